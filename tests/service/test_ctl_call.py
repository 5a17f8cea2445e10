"""Calls by the desktop's phone, the sandbox command and the tour."""
import json
import os
import pty
import re
import signal
import subprocess

import tool


class Call(tool.Test):
    options = ('--candidates', '400', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.log = os.path.join(os.environ['XDG_CACHE_HOME'], 'tel.log')
        if os.path.exists(self.log):
            os.remove(self.log)
        self.desk.connect()
        self.desk.sync()
        self.people = self.desk.ask('search', '--limit', 400, '')

    def dialled(self):
        tool.wait(lambda: os.path.exists(self.log) and os.path.getsize(self.log), 'the phone to ring')
        with open(self.log) as file:
            return file.read()

    def somebody(self, tagged=False):
        """One whose first number is in the international form, and nobody else's."""
        numbers = [number for person in self.people for number in person['phones']]
        return next(p for p in self.people if p['phones'] and numbers.count(p['phones'][0]) == 1
                    and (p['tags'] or not tagged)
                    and re.fullmatch(r'\+\d{8,15}', p['phones'][0]))

    def test_candidate(self):
        person = self.somebody()
        call, = self.desk.ask('call', person['id'])
        self.assertEqual(self.dialled(), 'tel:%s\n' % person['phones'][0])
        self.assertEqual((call['candidate'], call['number'], call['phone'], call['outbox']),
                         (person['id'], person['phones'][0], 'system', None))
        shown, = self.desk.ask('show', person['id'])
        entry, = [entry for entry in shown['history'] if entry.get('call') == call['call']]
        self.assertEqual((entry['kind'], entry['direction'], entry['number'], entry['seconds']),
                         ('call', 'outgoing', person['phones'][0], None))

    def test_number(self):
        person = self.somebody()
        call, = self.desk.ask('call', person['phones'][0], '--phone', 'system')
        self.assertEqual(call['candidate'], person['id'])
        self.assertEqual(self.dialled(), 'tel:%s\n' % person['phones'][0])

    def test_nobodys_number(self):
        call, = self.desk.ask('call', '+44 20 7946 0018')
        self.assertEqual((call['candidate'], call['number']), (None, '+442079460018'))
        self.assertEqual(self.dialled(), 'tel:+442079460018\n')

    def test_refused(self):
        self.assertRefused(self.desk.run('call', '1'), 1)
        self.assertRefused(self.desk.run('call', 'Zoë'), 1, 'country code')
        self.assertRefused(self.desk.run('call', '+1 555'), 1)
        self.assertRefused(self.desk.run('call', '+442079460018', '--phone', 'x'), 1, 'phone list')
        self.assertRefused(self.desk.run('call', '+442079460018', '--from', '+1'), 1, '--from')
        without = next(p for p in self.people if not p['phones'])
        self.assertRefused(self.desk.run('call', without['id']), 1, 'no phone number')
        self.assertFalse(os.path.exists(self.log))

    def test_phone_list(self):
        phone, = self.desk.ask('phone', 'list')
        self.assertEqual((phone['id'], phone['health']), ('system', 'ok'))

    def converse(self, person, *lines):
        """At a terminal: waits for each question, then types the answer to it."""
        terminal, end = pty.openpty()
        process = self.desk.start('call', person['id'], stdin=end)
        os.close(end)
        for question, answer in lines:
            heard = ''
            while question not in heard:
                line = process.stderr.readline()
                self.assertTrue(line, heard)
                heard += line
            os.write(terminal, (answer + '\n').encode())
        out, err = process.communicate(timeout=30)
        os.close(terminal)
        return process.returncode, out, err

    def test_conversation(self):
        person = self.somebody()
        status, out, err = self.converse(person, ('they answer', ''), ('it is over', ''),
                                         ('an empty line ends it', 'Call again on Monday\nat nine\n'))
        self.assertEqual(status, 0, err)
        call = json.loads(out)
        self.assertEqual((call['state'], call['outcome']), ('ended', 'answered'))
        self.desk.do('outbox', 'flush')
        note, = self.sandbox.notes(person['id'], 'Call again on Monday')
        self.assertRegex(note['body'], r'\AOutgoing call, answered\n')
        self.assertIn('Call again on Monday\nat nine\n', note['body'])
        shown, = self.desk.ask('show', person['id'])
        entry = shown['history'][0]
        self.assertEqual((entry['kind'], entry['state'], entry['outcome'], entry['call']),
                         ('call', 'sent', 'answered', call['call']))
        self.assertGreaterEqual(entry['seconds'], 0)

    def test_a_tag_is_told(self):
        person = self.somebody(tagged=True)
        self.desk.do('integration', 'set', self.desk.id, 'stop-tags', person['tags'][0])
        status, out, err = self.converse(person, ('is tagged “%s”.\n' % person['tags'][0], 'x'))
        self.assertEqual((status, json.loads(out)['outbox']), (0, None))

    def test_nobody_answers(self):
        person = self.somebody()
        status, out, err = self.converse(person, ('they answer', 'n'), ('an empty line ends it', ''))
        self.assertEqual(status, 0, err)
        self.desk.do('outbox', 'flush')
        note, = self.sandbox.notes(person['id'], 'no answer')
        self.assertEqual(note['id'], self.desk.outbox()[0]['note'])

    def test_never_mind(self):
        status, out, err = self.converse(self.somebody(), ('they answer', 'x'))
        self.assertEqual((status, json.loads(out)['outbox']), (0, None))
        self.assertEqual(self.desk.outbox(), [])


class SandboxCommand(tool.Test):
    def test_port(self):
        first = tool.Sandbox('--candidates', '5')
        port = int(first.web_url.rsplit(':', 1)[1])
        self.assertTrue(first.web_url.startswith('http://127.0.0.1:'))
        done = self.desk.run('sandbox', '--port', port)
        self.assertRefused(done, 1)
        first.stop()
        again = tool.Sandbox('--port', str(port), '--candidates', '5')
        self.assertEqual(again.web_url, first.web_url)
        again.stop()

    def test_stopped_by_hand(self):
        sandbox = tool.Sandbox('--candidates', '5')
        sandbox.process.send_signal(signal.SIGINT)
        self.assertEqual(sandbox.process.wait(20), 0)
        sandbox.process.stdout.close()


class Tour(tool.Test):
    def tour(self, **more):
        return subprocess.run([tool.PROGRAM, '--profile', self.desk.profile, 'tour'], text=True,
                              capture_output=True, timeout=120, **more)

    def assertGone(self):
        left = [name for name in os.listdir(os.environ['TMPDIR']) if 'tour' in name]
        self.assertEqual((left, os.listdir(self.desk.profile)), ([], []))

    def test_tour(self):
        before = tool.count_secrets()
        done = self.tour()
        self.assertEqual((done.returncode, done.stderr), (0, ''), done.stdout)
        steps = [line.split()[1] for line in done.stdout.splitlines() if line.startswith('✓')]
        self.assertEqual(steps, ['Sandbox', 'Connect', 'Check', 'Sync', 'Search', 'Call', 'Note',
                                 'Send', 'Read'])
        self.assertTrue(all(len(line) < 200 for line in done.stdout.splitlines()))
        self.assertGone()
        self.assertEqual(tool.count_secrets(), before)

    def test_without_display_and_bus(self):
        env = {key: value for key, value in os.environ.items()
               if key not in ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        env['XDG_RUNTIME_DIR'] = '/nowhere'
        done = self.tour(env=env)
        self.assertEqual((done.returncode, done.stderr), (0, ''), done.stdout)

    def test_stopped_by_hand(self):
        tour = subprocess.Popen([tool.PROGRAM, 'tour'], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)
        self.assertTrue(tour.stdout.readline().startswith('✓'))
        tour.send_signal(signal.SIGINT)
        out, err = tour.communicate(timeout=30)
        self.assertEqual((tour.returncode, err), (130, 'dialhousectl: Stopped.\n'), out)
        self.assertGone()


if __name__ == '__main__':
    tool.main()
