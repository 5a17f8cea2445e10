"""Text messages from a script: each goes out once at most, and what the carrier took has one note."""
import signal
import time

import cloudtalk
import tool

LONDON, LEEDS, BERLIN = '+442079460100', '+441134960123', '+493023125012'
NOBODY = '+447400123456'
PATH = '/sms/send.json'


class Case(tool.Test):
    options = ('--candidates', '300', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()
        self.desk.connect()
        self.desk.sync()
        people = self.desk.ask('search', '--limit', 300, '')
        numbers = [number for person in people for number in person['phones']]
        private = self.desk.query('SELECT id FROM candidates WHERE is_private').split()
        self.person = next(person for person in people if person['phones'] and str(person['id']) not in private
                           and numbers.count(person['phones'][0]) == 1 and person['phones'][0].startswith('+')
                           and person['phones'][0][1:].isdigit())

    def add_phone(self):
        identity = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id, '--as', self.sandbox.recruiter,
                                text=self.ct.secret + '\n').strip()
        self.desk.do('phone', 'set', identity, 'url', self.sandbox.cloudtalk_url)

    def tick(self, *numbers):
        self.desk.do('integration', 'set', self.desk.id, 'sms-numbers', ', '.join(numbers))

    def send(self, body, *options, to=None):
        """What came of it, and the exit status."""
        done = self.desk.run('sms', to or self.person['id'], *options, text=body)
        return (tool.json.loads(done.stdout) if done.stdout else None), done

    def went_out(self, body):
        return [text for text in self.ct.texts() if text['message'] == body and text.get('refusal') is None]

    def kept(self):
        return self.desk.ask('sms', 'list')

    def history(self):
        shown, = self.desk.ask('show', self.person['id'])
        return [entry for entry in shown['history'] if entry['kind'] == 'text']

    def notes(self, body):
        self.desk.do('outbox', 'flush')
        return self.sandbox.notes(self.person['id'], body)


class Ready(Case):
    def setUp(self):
        super().setUp()
        self.add_phone()
        self.tick(LONDON, LEEDS, BERLIN)

    def test_handed(self):
        body = 'Hi, does Thursday at 9 suit you?\nBring the sketches.'
        text, done = self.send('\n ' + body + '\n\n')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((text['candidate'], text['number'], text['from'], text['state'], text['messages']),
                         (self.person['id'], self.person['phones'][0], LONDON, 'handed', 1))
        out, = self.went_out(body)
        self.assertEqual((out['sender'], out['recipient']), (LONDON, self.person['phones'][0]))

        note, = self.notes('Bring the sketches.')
        self.assertRegex(note['body'], r'\AText message, handed to the carrier\nTo \+.* from \+44 20 7946 0100\n\d+ \w+ '
                                       r'\d+, \d\d:\d\d .*\n\nHi, does Thursday at 9 suit you\?\nBring the sketches\.\n\n'
                                       r'Dialhouse [a-z0-9]{10}\Z')
        self.assertNotIn('elivered', note['body'])
        entry, = self.history()
        self.assertEqual((entry['text'], entry['text_state'], entry['state'], entry['note'], entry['from']),
                         (body, 'handed', 'sent', note['id'], LONDON))

    def test_from_and_to(self):
        text, done = self.send('€' * 81, '--from', '+49 30 23125012', to='+44 7400 123456')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((text['candidate'], text['number'], text['from'], text['messages']), (None, NOBODY, BERLIN, 2))
        out, = self.ct.texts()
        self.assertEqual((out['sender'], out['recipient']), (BERLIN, NOBODY))
        self.assertEqual(self.desk.outbox(), [])

    def test_refused(self):
        for refusal in ('Not allowed country.', 'SMS send failed', 'Limit exceeded'):
            self.ct.switch('texts', refusal=refusal)
            text, done = self.send('Hello')
            self.assertEqual((done.returncode, text['state']), (1, 'refused'), done.stderr)
            self.assertTrue(text['error'])
        self.ct.switch('texts', credit=False)
        self.assertEqual(self.send('Hello')[0]['state'], 'refused')
        self.ct.switch('texts', credit=True)
        text, done = self.send('Hello', '--from', LEEDS)
        self.assertEqual((done.returncode, text['state']), (1, 'refused'))
        self.assertEqual(self.went_out('Hello'), [])
        self.assertEqual([kept['state'] for kept in self.kept()], ['refused'] * 5)
        self.assertEqual(self.desk.outbox(), [])

    def test_bad_input(self):
        self.assertRefused(self.desk.run('sms', self.person['id'], text=' \n'), 1, 'no text')
        self.assertRefused(self.desk.run('sms', self.person['id'], text='a' * 1601), 1, '1600')
        self.assertRefused(self.desk.run('sms', self.person['id'], '--from', '+442079460155', text='Hi'), 1, LONDON)
        self.assertRefused(self.desk.run('sms', 'Zoë', text='Hi'), 1, 'country code')
        self.assertRefused(self.desk.run('sms', 'settle', '1', 'perhaps'), 2, 'unsent')
        self.assertRefused(self.desk.run('sms', 'settle', '1', 'sent'), 1)
        self.assertEqual((self.ct.texts(), self.kept()), ([], []))

    def test_unclear(self):
        """It went out, and nobody said so: it stays unknown until a person has looked."""
        for fault in ({'fault': 'cut', 'after_store': True}, {'fault': 'status', 'status': 502, 'after_store': True},
                      {'fault': 'garbage', 'after_store': True}):
            body = 'Unclear: %s' % fault['fault']
            self.ct.fault(method='POST', path=PATH, **fault)
            text, done = self.send(body)
            self.assertEqual((done.returncode, text['state']), (1, 'unknown'), done.stderr)
            self.assertIn('sms settle %d' % text['text'], done.stderr)
            self.assertEqual(len(self.went_out(body)), 1)
            self.assertEqual(self.desk.outbox(), [])

            self.desk.do('sms', 'settle', text['text'], 'sent')
            note, = self.notes(body)
            self.assertIn('Text message, sent as the recruiter says\n', note['body'])
            self.assertRefused(self.desk.run('sms', 'settle', text['text'], 'unsent'), 1)
            self.desk.query('DELETE FROM outbox')
        self.assertEqual(len(self.ct.texts()), 3)

    def test_unsent(self):
        self.ct.fault('cut', 'POST', PATH)
        text, done = self.send('Lost')
        self.assertEqual((done.returncode, text['state']), (1, 'unknown'), done.stderr)
        self.desk.do('sms', 'settle', text['text'], 'unsent')
        kept, = self.kept()
        self.assertEqual(kept['state'], 'refused')
        self.assertEqual((self.ct.texts(), self.desk.outbox()), ([], []))

    def test_opt_out(self):
        number = self.person['phones'][0]
        self.desk.do('sms', 'opt-out', number)
        self.assertRefused(self.desk.run('sms', self.person['id'], text='Hi'), 1, 'not to get')
        self.assertRefused(self.desk.run('sms', number, text='Hi'), 1, 'not to get')
        self.assertEqual((self.ct.texts(), self.kept()), ([], []))
        self.desk.do('sms', 'opt-in', number)
        self.assertEqual(self.send('Hi')[1].returncode, 0)

    def test_two_at_once(self):
        self.ct.fault('delay', 'POST', PATH, delay_ms=300)
        several = [self.desk.start('sms', self.person['id'], stdin=tool.subprocess.PIPE) for _ in range(2)]
        for i, process in enumerate(several):
            process.stdin.write('Number %d' % i)
            process.stdin.close()
            process.stdin = None
        for process in several:
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, err)
            self.assertEqual(tool.json.loads(out)['state'], 'handed')
        self.assertEqual(sorted(text['message'] for text in self.ct.texts()), ['Number 0', 'Number 1'])

    def test_killed(self):
        """Killed at any moment: what went out is handed over with one note, or asks; and nothing goes out twice."""
        begun = time.monotonic()
        self.send('How long it takes')
        whole = time.monotonic() - begun
        steps = 16
        for step in range(steps):
            body = 'Killed %d' % step
            self.ct.fault('delay', 'POST', PATH, delay_ms=int(whole * 100), after_store=step % 2 == 0)
            process = self.desk.start('sms', self.person['id'], stdin=tool.subprocess.PIPE)
            process.stdin.write(body)
            process.stdin.close()
            process.stdin = None
            time.sleep(whole * 1.15 * step / steps)
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
            self.sandbox.ask('DELETE', '/sandbox/faults')

        states = {}
        tool.wait(lambda: 'sending' not in [text['state'] for text in self.kept()], 'what was killed to be unknown')
        for text in self.desk.query("SELECT body || '|' || state FROM texts").splitlines():
            body, state = text.split('|')
            self.assertNotIn(body, states)
            states[body] = state
        for step in range(steps):
            body = 'Killed %d' % step
            out = self.went_out(body)
            self.assertLessEqual(len(out), 1, body)
            if out:
                self.assertIn(states.get(body), ('handed', 'unknown'), body)
        print('killed: %s' % sorted(states.values()))
        self.assertIn('unknown', states.values())
        handed = [body for body, state in states.items() if state == 'handed']
        self.assertEqual(len(self.desk.outbox()), len(handed))
        self.desk.do('outbox', 'flush')
        texts = [note for note in self.sandbox.notes(self.person['id'], 'Text message, handed to the carrier')
                 if any(body in note['body'] for body in handed)]
        self.assertEqual(len(texts), len(handed))


class NotReady(Case):
    def test_what_is_to_be_set_up(self):
        self.assertRefused(self.desk.run('sms', self.person['id'], text='Hi'), 1, 'phone account')
        self.add_phone()
        self.assertRefused(self.desk.run('sms', self.person['id'], text='Hi'), 1, 'SMS')
        self.tick(LONDON)
        self.desk.do('integration', 'pause', self.desk.id)
        self.assertRefused(self.desk.run('sms', self.person['id'], text='Hi'), 1, 'not active')
        self.assertEqual((self.ct.texts(), self.desk.query('SELECT count(*) FROM texts')), ([], '0'))


if __name__ == '__main__':
    tool.main()
