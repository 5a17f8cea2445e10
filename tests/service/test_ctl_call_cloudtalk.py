"""Calls by a CloudTalk account: which number is shown, by which way they go, and that each goes once."""
import os
import re

import cloudtalk
import tool

LONDON, LEEDS = '+442079460100', '+441134960123'
DATA, CONFIG = os.environ['XDG_DATA_HOME'], os.environ['XDG_CONFIG_HOME']


class Call(tool.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.log = os.path.join(os.environ['XDG_CACHE_HOME'], 'tel.log')
        self.forget_links()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()
        self.desk.connect()
        self.desk.sync()
        self.phone = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id, '--as',
                                  self.sandbox.recruiter, text=self.ct.secret + '\n').strip()
        self.desk.do('phone', 'set', self.phone, 'url', self.sandbox.cloudtalk_url)
        people = self.desk.ask('search', '--limit', 60, '')
        numbers = [number for person in people for number in person['phones']]
        self.person = next(p for p in people if p['phones'] and numbers.count(p['phones'][0]) == 1
                           and re.fullmatch(r'\+\d{8,15}', p['phones'][0]))
        self.number = self.person['phones'][0]

    def tearDown(self):
        self.forget_links()
        super().tearDown()

    # CloudTalk Phone, on this desktop or not

    def forget_links(self):
        for path in self.log, os.path.join(DATA, 'applications', 'cloudtalk.desktop'):
            if os.path.exists(path):
                os.remove(path)
        path = os.path.join(CONFIG, 'mimeapps.list')
        with open(path) as file:
            lines = [line for line in file if 'ct+tel' not in line]
        with open(path, 'w') as file:
            file.writelines(lines)

    def open_links(self):
        with open(os.path.join(DATA, 'applications', 'cloudtalk.desktop'), 'w') as file:
            file.write('[Desktop Entry]\nType=Application\nName=CloudTalk Phone\nExec=%s %%u\n'
                       'MimeType=x-scheme-handler/ct+tel;\n' % os.path.join(os.environ['XDG_CACHE_HOME'], 'catch-tel'))
        with open(os.path.join(CONFIG, 'mimeapps.list'), 'a') as file:
            file.write('x-scheme-handler/ct+tel=cloudtalk.desktop\n')

    def opened(self):
        tool.wait(lambda: os.path.exists(self.log) and os.path.getsize(self.log), 'the link')
        with open(self.log) as file:
            return file.read()

    def call(self, *options):
        call, = self.desk.ask('call', self.person['id'], *options)
        return call

    def test_rings_here_first(self):
        call = self.call()
        self.assertEqual((call['phone'], call['number'], call['from'], call['state'], call['candidate']),
                         (self.phone, self.number, LONDON, 'dialling', self.person['id']))
        self.assertIn('CloudTalk is ringing you. Answer to call ', call['hint'])
        asked, = self.ct.asked()
        self.assertEqual((asked['external'], asked['agent']), (self.number, 4071))
        self.assertFalse(os.path.exists(self.log))

    def test_another_phone(self):
        self.assertEqual(self.call('--phone', 'system')['phone'], 'system')
        self.assertEqual(self.opened(), 'tel:%s\n' % self.number)
        self.assertEqual(self.ct.asked(), [])

    def test_another_number_goes_by_a_link(self):
        self.assertRefused(self.desk.run('call', self.person['id'], '--from', LEEDS), 1, 'ct+tel')
        self.open_links()
        call = self.call('--from', '+44 113 496 0123')
        self.assertEqual((call['from'], call['state']), (LEEDS, 'dialling'))
        self.assertEqual(self.opened(), 'ct+tel:%s?from=%%2B441134960123\n' % self.number)
        self.assertEqual(self.ct.asked(), [])

    def test_the_number_that_is_ticked_is_shown(self):
        self.ct.switch('next', pick_up_ms=0, times=2)
        self.desk.do('integration', 'set', self.desk.id, 'call-numbers', LEEDS)
        self.assertEqual(self.call()['from'], LONDON)
        self.open_links()
        self.assertEqual(self.call()['from'], LEEDS)
        self.assertIn('?from=%2B441134960123', self.opened())
        self.assertEqual(len(self.ct.asked()), 1)
        self.desk.do('integration', 'set', self.desk.id, 'call-numbers', '%s, %s' % (LEEDS, LONDON))
        self.assertEqual(self.call()['from'], LONDON)
        self.assertEqual(len(self.ct.asked()), 2)

    def test_the_agents_own_needs_no_link(self):
        self.open_links()
        self.assertEqual(self.call('--from', LONDON)['from'], LONDON)
        self.assertEqual(len(self.ct.asked()), 1)
        self.assertFalse(os.path.exists(self.log))

    def test_closed(self):
        self.ct.switch('agents', agent=self.sandbox.recruiter, state='offline')
        self.assertRefused(self.desk.run('call', self.person['id']), 1, 'CloudTalk is closed')
        self.open_links()
        self.assertEqual(self.call()['from'], LONDON)
        self.assertEqual(self.opened(), 'ct+tel:%s?from=%%2B442079460100\n' % self.number)
        self.assertEqual(self.ct.asked(), [])

    def test_numbers_that_cannot_be(self):
        self.assertRefused(self.desk.run('call', self.person['id'], '--from', 'London'), 1, 'country code')
        self.assertRefused(self.desk.run('call', self.person['id'], '--from', '+15550000000'), 1)
        self.assertRefused(self.desk.run('call', self.person['id'], '--phone', 'system', '--from', LONDON), 1, '--from')
        self.assertEqual(self.ct.asked(), [])

    def test_cut_after_it_was_taken(self):
        self.ct.fault('cut', 'POST', '/calls/create.json', after_store=True)
        call = self.call()
        self.assertEqual(call['state'], 'dialling')
        self.assertIn('do not call again yet', call['hint'])
        self.assertEqual(len(self.ct.asked()), 1)


if __name__ == '__main__':
    tool.main()
