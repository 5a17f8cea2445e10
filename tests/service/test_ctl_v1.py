"""The older Harvest: the whole way with a key, and the way out of it once it has ended."""
import re

import tool

PERMISSIONS = ['GET: Retrieve Candidate', 'GET: List Candidates', 'POST: Add Note', 'GET: List Users']


class Way(tool.Test):
    options = ('--candidates', '260', '--allowance', '0')

    def connect_and_sync(self):
        self.desk.connect(api='v1')
        self.desk.sync()
        return self.desk.ask('search', '')[0]['id']

    def test_the_whole_way(self):
        self.desk.add(api='v1')
        listed, = self.desk.ask('integration', 'list')
        self.assertEqual((listed['api'], listed['status'], listed['health']), ('v1', 'inactive', 'new'))

        check, status = self.desk.check()
        self.assertEqual((check['ok'], check['api'], status), (True, 'v1', 0))
        self.assertEqual([p['name'] for p in check['permissions']], PERMISSIONS)
        self.assertEqual({(p['scope'], p['granted']) for p in check['permissions']}, {(None, True)})
        self.assertEqual(check['window'], 10)
        text = self.desk.do('integration', 'check', self.desk.id)
        for name in PERMISSIONS:
            self.assertRegex(text, '(?m)^%s +granted$' % name)
        self.assertNotIn('(null)', text)

        self.desk.do('integration', 'activate', self.desk.id)
        synced = self.desk.sync()
        self.assertEqual((synced['complete'], synced['candidates']), (True, 260))
        self.assertEqual(set(map(int, self.desk.query('select id from candidates').split())),
                         set(self.sandbox.candidate_ids()))
        again = self.desk.sync()
        self.assertEqual((again['created'], again['forgotten']), (0, 0))

        person = next(p for p in self.desk.ask('search', '--limit', 260, '') if p['job']
                      and p['phones'] and p['phones'][0].startswith('+'))
        shown, = self.desk.ask('show', person['id'])
        self.assertIn(person['job'], [a['job'] for a in shown['applications']])
        self.assertEqual(shown['name'], person['name'])

        self.assertEqual(self.desk.ask('call', person['id'])[0]['candidate'], person['id'])
        self.desk.do('note', person['id'], text='Written by the older Harvest')
        sent = self.desk.ask('outbox', 'flush')[-1]
        self.assertEqual(sent['state'], 'sent')
        note, = self.sandbox.notes(person['id'], 'Written by the older Harvest')
        self.assertEqual(note['id'], sent['note'])
        me, = self.sandbox.harvest('users', primary_email=self.sandbox.recruiter)
        self.assertEqual(note['user_id'], me['id'])
        self.assertEqual(self.sandbox.page(person['id']).count('Written by the older Harvest'), 1)
        self.assertEqual(self.desk.ask('integration', 'list')[0]['health'], 'ok')

    def test_a_note_goes_out_once(self):
        person = self.connect_and_sync()
        path = '/v1/candidates/%d/activity_feed/notes' % person
        for fault, more in (('cut', {}), ('cut', {'after_store': True}), ('half', {}),
                            ('status', {'status': 502, 'after_store': True}),
                            ('status', {'status': 503})):
            with self.subTest(fault=fault, **more):
                text = 'once, in spite of %s %s.' % (fault, sorted(more))
                self.desk.do('note', person, text=text)
                self.sandbox.fault(fault, 'POST', path, **more)
                tool.wait(lambda: self.desk.run('outbox', 'flush').returncode == 0, 'the note to go', 60)
                self.assertEqual(len(self.sandbox.notes(person, text)), 1)
                self.sandbox.reset()

    def test_no_key_is_none(self):
        self.desk.add(api='v1', secret='not-the-key')
        check, status = self.desk.check()
        self.assertEqual((check['ok'], status), (False, 1))
        self.assertIn('key', check['error'])
        self.assertNotIn('not-the-key', check['error'])

    def test_each_permission_in_turn(self):
        self.desk.add(api='v1')
        for name in PERMISSIONS:
            with self.subTest(name):
                self.sandbox.take_permission(name)
                check, status = self.desk.check()
                missing = [p for p in check['permissions'] if p['granted'] is not True]
                self.assertEqual([(p['name'], p['granted']) for p in missing], [(name, False)])
                self.assertIn(name, missing[0]['advice'])
                self.assertEqual((check['ok'], status),
                                 (not missing[0]['required'], missing[0]['required']))
                done = self.desk.run('integration', 'check', self.desk.id)
                self.assertEqual(name in done.stderr, missing[0]['required'])
                self.assertRegex(done.stdout, '(?mi)^%s +missing$' % name)
                self.sandbox.give_permissions()
        self.assertEqual(self.desk.check()[1], 0)

    def test_checks_never_write(self):
        """Fifty, with everything ticked and with each permission gone."""
        self.desk.add(api='v1')
        before = self.sandbox.feeds()
        self.assertTrue(before)
        for name in [None, *PERMISSIONS]:
            self.sandbox.give_permissions()
            if name is not None:
                self.sandbox.take_permission(name)
            checks = [self.desk.start('integration', 'check', self.desk.id) for _ in range(10)]
            for check in checks:
                check.communicate(timeout=60)
        self.sandbox.give_permissions()
        self.assertEqual(self.sandbox.feeds(), before)


class Retired(tool.Test):
    """Greenhouse ended it. The integration goes on as v3, with all it has."""

    options = ('--candidates', '120', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        self.desk.connect(api='v1')

    def test_one_sentence(self):
        sentences = set()
        self.desk.sync()
        for status in (401, 403, 404, 410):
            with self.subTest(status):
                self.sandbox.retire_v1(status)
                for arguments in (('integration', 'check', self.desk.id), ('sync',)):
                    done = self.desk.run(*arguments)
                    # Of a single list refused with 403 nobody can tell that it is not the box.
                    if status == 403 and arguments == ('sync',):
                        self.assertRefused(done, 1, 'GET: List Candidates')
                        continue
                    self.assertRefused(done, 1, 'ended Harvest v1', 'V3', 'use them instead')
                    sentences.add(re.sub(r' \(request [^)]*\)', '', done.stderr))
        self.assertEqual(len(sentences), 1, sentences)

    def test_renewed_as_v3(self):
        self.desk.sync()
        person = self.desk.ask('search', '')[0]['id']
        self.desk.do('note', person, text='sent with the key')
        self.desk.do('outbox', 'flush')
        self.desk.do('note', person, text='written before it ended')
        before = self.desk.ask('show', person)[0]
        secrets = tool.count_secrets()
        self.assertIn(self.sandbox.api_key, tool.read_secrets())

        self.sandbox.retire_v1(410)
        self.assertRefused(self.desk.run('sync'), 1, 'V3')
        self.assertRefused(self.desk.run('outbox', 'flush'), 1)
        self.desk.do('integration', 'renew', self.desk.id, '--api', 'v3',
                     '--client-id', self.sandbox.client_id, text=self.sandbox.client_secret)

        self.assertNotIn(self.sandbox.api_key, tool.read_secrets())
        self.assertIn(self.sandbox.client_secret, tool.read_secrets())
        self.assertEqual(tool.count_secrets(), secrets)
        shown = self.desk.show()
        self.assertEqual((shown['api'], shown['status'], shown['candidates'], shown['unsent']),
                         ('v3', 'active', 120, 1))
        after = self.desk.ask('show', person)[0]
        self.assertEqual(after['history'], before['history'])
        self.assertEqual(after['applications'], before['applications'])

        synced = self.desk.sync()
        self.assertEqual((synced['complete'], synced['candidates'], synced['created'],
                          synced['forgotten']), (True, 120, 0, 0))
        self.desk.do('outbox', 'flush')
        for text in ('sent with the key', 'written before it ended'):
            self.assertEqual(len(self.sandbox.notes(person, text)), 1, text)
        self.assertEqual(self.desk.check()[1], 0)

    def test_renewed_in_the_middle_of_a_sync(self):
        """Where v1 had come to is no place v3 knows."""
        self.sandbox.fault('status', 'GET', '/v1/candidates', status=410, skip=1, times=0)
        self.desk.run('sync')
        self.sandbox.reset()
        self.desk.do('integration', 'renew', self.desk.id, '--client-id', self.sandbox.client_id,
                     text=self.sandbox.client_secret)
        self.assertEqual(self.desk.sync()['candidates'], 120)

    def test_another_company(self):
        """Candidates of one company are not mixed up with another's."""
        self.desk.sync()
        elsewhere = tool.Sandbox('--candidates', '10', '--allowance', '0')
        self.addCleanup(elsewhere.stop)
        # Both pretend to be the same company, so nothing but the credentials differs.
        done = self.desk.run('integration', 'renew', self.desk.id, '--client-id', elsewhere.client_id,
                             text=elsewhere.client_secret)
        self.assertRefused(done, 1, 'secret')
        self.assertIn(self.sandbox.api_key, tool.read_secrets())
        self.assertEqual(self.desk.show()['api'], 'v1')


if __name__ == '__main__':
    tool.main()
