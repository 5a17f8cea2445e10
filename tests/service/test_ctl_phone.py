"""Phones that are added: CloudTalk accounts, from a script."""
import contextlib
import fcntl
import os
import signal
import stat
import subprocess
import threading

import cloudtalk
import tool

STEPS = ['keys', 'agent', 'calling', 'limit', 'state', 'numbers', 'history', 'tag', 'link']
LONDON, LEEDS = '+442079460100', '+441134960123'


class Case(tool.Test):
    options = ('--candidates', '20', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()
        self.ct.switch('keys', keys='ok')

    def add(self, *options, secret=None):
        """A new account at the sandbox."""
        identity = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id, *options,
                                text=(secret or self.ct.secret) + '\n').strip()
        self.desk.do('phone', 'set', identity, 'url', self.sandbox.cloudtalk_url)
        return identity

    def accounts(self):
        return [phone for phone in self.desk.ask('phone', 'list') if phone['kind'] == 'cloudtalk']

    def account(self, identity):
        return next(account for account in self.accounts() if account['id'] == identity)

    def check(self, identity):
        done = self.desk.run('phone', 'check', identity, '--json')
        return tool.json.loads(done.stdout), done.returncode

    def finding(self, identity, name):
        """How a step went: its state, and the sentence."""
        found, _ = self.check(identity)
        step = next(step for step in found['steps'] if step['name'] == name)
        return step['state'], step['text']

    def file(self):
        return os.path.join(self.desk.profile, 'phones.ini')


class Adding(Case):
    def test_where_things_are_kept(self):
        identity = self.add('--caption', ' Alder ', '--as', self.sandbox.recruiter)
        account = self.account(identity)
        self.assertEqual({key: account[key] for key in ('title', 'caption', 'as', 'key_id', 'health')},
                         {'title': 'CloudTalk (Alder)', 'caption': 'Alder', 'as': self.sandbox.recruiter,
                          'key_id': self.ct.key_id, 'health': 'new'})
        self.assertEqual(stat.S_IMODE(os.stat(self.file()).st_mode), 0o600)
        for path, text in tool.files(self.desk.profile):
            self.assertNotIn(self.ct.secret.encode(), text, path)
        self.assertEqual(tool.count_secrets(), 1)
        self.assertIn(self.ct.secret, tool.read_secrets())

        # Both halves are what opens the door, in a process that knows nothing else.
        self.assertEqual(self.check(identity)[1], 0)

    def test_who_signs_notes_is_who_calls(self):
        self.desk.add()
        self.assertEqual(self.account(self.add())['as'], self.sandbox.recruiter)

    def test_bad_input(self):
        good = ['--key-id', self.ct.key_id]
        for arguments, text, status, word in (
                (['cloudtalk'], 'secret', 2, '--key-id'),
                (['sip', *good], 'secret', 2, 'cloudtalk'),
                (['cloudtalk', *good], '', 1, 'secret'),
                (['cloudtalk', '--key-id', ' '], 'secret', 1, 'Access Key ID'),
                (['cloudtalk', *good], self.ct.key_id, 1, 'Access Key Secret'),
                (['cloudtalk', *good, '--as', 'me'], 'secret', 1, 'e-mail')):
            with self.subTest(word=word, arguments=arguments):
                self.assertRefused(self.desk.run('phone', 'add', *arguments, text=text), status, word)
                self.assertEqual(self.accounts(), [])
                self.assertFalse(os.path.exists(self.file()))
        self.assertEqual(tool.count_secrets(), 0)

    def test_settings(self):
        identity = self.add('--as', self.sandbox.recruiter)
        self.check(identity)
        mine = self.account(identity)['agent-id']
        other = next(agent for agent in self.desk.ask('phone', 'agents', identity) if not agent['me'])
        self.assertEqual(mine, '4071')
        self.desk.do('phone', 'set', identity, 'caption', 'Second floor')
        self.assertEqual(self.account(identity)['title'], 'CloudTalk (Second floor)')

        # Who was chosen stays chosen; an address takes their place.
        self.desk.do('phone', 'set', identity, 'agent-id', other['id'])
        self.assertEqual(self.check(identity)[0]['agent']['id'], other['id'])
        self.desk.do('phone', 'set', identity, 'as', self.sandbox.recruiter.upper())
        self.assertEqual(self.check(identity)[0]['agent']['id'], int(mine))

        before = self.account(identity)
        for key, value, word in (('agent-id', 'me', 'whole number'), ('as', 'me', 'e-mail'), ('colour', 'red', 'caption'),
                                 ('url', 'http://example.org', 'https'), ('url', 'not a place', '')):
            with self.subTest(key=key, value=value):
                self.assertRefused(self.desk.run('phone', 'set', identity, key, value), 1, word)
                self.assertEqual(self.account(identity), before)
        for phone, word in (('system', 'desktop'), ('nobody', '“nobody”')):
            self.assertRefused(self.desk.run('phone', 'set', phone, 'caption', 'x'), 1, word)

    def test_renewed(self):
        identity = self.add('--as', self.sandbox.recruiter, secret='the-old-one')
        found, status = self.check(identity)
        self.assertEqual((found['ok'], status, found['steps'][0]['state']), (False, 1, 'failed'))
        self.assertNotEqual(self.account(identity)['health'], 'ok')

        # What CloudTalk does not take is not kept, and the old one stays.
        done = self.desk.run('phone', 'renew', identity, '--key-id', self.ct.key_id, text='another-wrong-one')
        self.assertRefused(done, 1)
        self.assertIn('the-old-one', tool.read_secrets())

        self.desk.do('phone', 'renew', identity, '--key-id', self.ct.key_id, text=self.ct.secret)
        self.assertNotIn('the-old-one', tool.read_secrets())
        self.assertEqual(tool.count_secrets(), 1)
        self.assertEqual(self.check(identity)[1], 0)

    def test_removed(self):
        self.desk.add()
        identity, other = self.add(), self.add('--caption', 'Other')
        self.desk.do('integration', 'set', self.desk.id, 'phone', identity)
        self.assertRefused(self.desk.run('integration', 'set', self.desk.id, 'phone', 'x'), 1, '“x”')
        for more in ((), ('--confirm', 'delete')):
            self.assertRefused(self.desk.run('phone', 'remove', identity, *more), 2, 'DELETE', 'keys')
        self.assertEqual(len(self.accounts()), 2)

        self.desk.do('phone', 'remove', identity, '--confirm', 'DELETE')
        self.assertEqual([account['id'] for account in self.accounts()], [other])
        self.assertEqual(self.desk.show()['phone'], '')
        with open(self.file()) as file:
            self.assertNotIn(identity, file.read())
        self.assertEqual(tool.count_secrets(), 2)   # the integration's and the other's
        self.assertRefused(self.desk.run('phone', 'remove', identity, '--confirm', 'DELETE'), 1, identity)

    def test_two_at_once(self):
        """What one process writes the other one does not undo."""
        first, second = self.add(), self.add()

        def name(identity):
            for number in range(8):
                self.desk.do('phone', 'set', identity, 'caption', '%s %d' % (identity, number))

        threads = [threading.Thread(target=name, args=(identity,)) for identity in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([self.account(identity)['caption'] for identity in (first, second)],
                         [first + ' 7', second + ' 7'])

    def test_a_file_that_makes_no_sense(self):
        self.desk.add()
        self.add()
        with open(self.file(), 'a') as file:
            file.write('what is this\n')
        with open(self.file()) as file:
            before = file.read()
        done = self.desk.run('phone', 'list')
        self.assertEqual(done.returncode, 1)
        self.assertIn(self.file(), done.stderr)
        self.assertIn('"system"', done.stdout)
        self.assertRefused(self.desk.run('phone', 'add', 'cloudtalk', '--key-id', 'x', text='y'), 1, self.file())
        with open(self.file()) as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(len(self.desk.ask('integration', 'list')), 1)
        self.assertEqual(tool.count_secrets(), 2)


class Killed(Case):
    """The program dies while an account is being added, on either side of the keyring."""

    def setUp(self):
        super().setUp()
        self.keyring = tool.Keyring('secret')
        self.addCleanup(self.keyring.close)
        self.desk = tool.Desk(self.sandbox, env=self.keyring.env)
        self.addCleanup(self.desk.remove)

    def start(self):
        """Begins to add one, as far as it gets."""
        process = self.desk.start('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id, stdin=subprocess.PIPE)
        process.stdin.write(self.ct.secret)
        process.stdin.close()
        return process

    def kill(self, process):
        self.assertIsNone(process.poll())
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    @contextlib.contextmanager
    def stopped(self):
        """A keyring that does not answer."""
        self.keyring.daemon.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.keyring.daemon.send_signal(signal.SIGCONT)

    def says(self):
        """What the file says of accounts that are being added."""
        try:
            with open(self.file()) as file:
                return file.read().count('\nadding=')
        except FileNotFoundError:
            return 0

    def assertNothing(self, n_secrets):
        self.assertEqual((self.accounts(), tool.count_secrets(self.keyring.env)), ([], n_secrets))
        self.add()
        self.assertEqual((len(self.accounts()), tool.count_secrets(self.keyring.env)), (1, n_secrets + 1))

    def test_before_the_keyring(self):
        with self.stopped():
            process = self.start()
            tool.wait(self.says, 'the account to be written down')
            self.kill(process)
        self.assertNothing(0)

    def test_after_the_keyring(self):
        with self.stopped():
            process = self.start()
            tool.wait(self.says, 'the account to be written down')
            lock = open(self.file() + '.lock', 'r+')
            fcntl.lockf(lock, fcntl.LOCK_EX)
        tool.wait(lambda: tool.count_secrets(self.keyring.env) == 1, 'the keys to be in the keyring')
        self.kill(process)
        lock.close()

        # It is known where they came from: the desk's own test sees them swept up.
        self.assertEqual(self.says(), 1)
        self.assertNothing(1)


class Checking(Case):
    def setUp(self):
        super().setUp()
        self.id = self.add('--as', self.sandbox.recruiter)

    def test_all_is_well(self):
        self.desk.add()
        found, status = self.check(self.id)
        self.assertEqual((found['ok'], status), (True, 0))
        self.assertEqual([step['name'] for step in found['steps']], STEPS)
        # Nothing opens CloudTalk's links here.
        self.assertEqual({step['name'] for step in found['steps'] if step['state'] != 'ok'}, {'link'})
        self.assertEqual((found['agent']['id'], found['agent']['state'], found['agent']['default_number']),
                         (4071, 'online', LONDON))
        self.assertIn('London hiring desk', next(step['text'] for step in found['steps'] if step['name'] == 'numbers'))
        self.assertEqual(self.account(self.id)['health'], 'ok')
        words = self.desk.do('phone', 'check', self.id)
        self.assertEqual(len(words.splitlines()), len(STEPS))
        self.assertIn('You may call out.', words)

        # It asks and writes nothing.
        asked = [visit for visit in self.sandbox.log() if visit['path'].startswith('/cloudtalk/')]
        self.assertEqual({visit['method'] for visit in asked}, {'GET'})

    def test_what_can_be_wrong(self):
        agent = self.sandbox.recruiter
        for wish, step, state, word in (
                ({'may_call_out': False}, 'calling', 'failed', 'Users'),
                ({'within_limit': False}, 'limit', 'advice', 'Account'),
                ({'state': 'offline'}, 'state', 'advice', 'CloudTalk Phone'),
                ({'state': 'paused'}, 'state', 'advice', 'CloudTalk Phone'),
                ({'state': 'calling'}, 'state', 'ok', 'on a call'),
                ({'email': 'somebody@else.example'}, 'agent', 'ok', 'somebody@else.example')):
            with self.subTest(wish):
                self.ct.switch('agents', agent=agent, **wish)
                self.assertEqual((found := self.finding(self.id, step))[0], state)
                self.assertIn(word, found[1])
                self.ct.reset()

    def test_who_is_not_among_the_agents(self):
        self.desk.do('phone', 'set', self.id, 'as', 'nobody@example.org')
        state, text = self.finding(self.id, 'agent')
        self.assertEqual(state, 'failed')
        self.assertIn('nobody@example.org', text)
        self.assertIn('Users', text)
        self.assertIn('nobody@example.org', self.account(self.id)['health'])
        self.assertRefused(self.desk.run('phone', 'check', self.id, '--json'), 1, 'nobody@example.org')

    def test_keys_that_were_withdrawn(self):
        self.ct.switch('keys', keys='withdrawn')
        found, status = self.check(self.id)
        self.assertEqual((found['ok'], status), (False, 1))
        self.assertEqual([(step['name'], step['state']) for step in found['steps']], [('keys', 'failed')])
        self.assertIn('API keys', found['steps'][0]['text'])
        self.assertNotIn(self.ct.secret, str(found))
        self.assertEqual(self.account(self.id)['health'], found['steps'][0]['text'])

        # Given back, a check says so, and it is forgotten.
        self.ct.switch('keys', keys='ok')
        self.assertEqual(self.check(self.id)[1], 0)
        self.assertEqual(self.account(self.id)['health'], 'ok')

    def test_nobody_answers(self):
        self.desk.do('phone', 'set', self.id, 'url', 'http://127.0.0.1:9/api')
        found, status = self.check(self.id)
        self.assertEqual((found['ok'], found['steps'], status), (False, [], 1))
        self.assertIn('127.0.0.1', found['error'])

    def test_the_minute_is_used_up(self):
        self.addCleanup(self.ct.switch, 'allowance', limit=60, seconds=60, others=0, told='always')
        self.ct.switch('allowance', limit=60, seconds=3, others=58, told='refused')
        done = self.desk.run('phone', 'check', self.id)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r'used up for this minute; it goes on at \d\d:\d\d:\d\d')

    def test_the_tag(self):
        self.desk.add()
        self.assertIn('yet', self.finding(self.id, 'tag')[1])
        self.desk.do('integration', 'set', self.desk.id, 'contact-tag', 'Screened')
        state, text = self.finding(self.id, 'tag')
        self.assertEqual((state, 'yet' in text), ('ok', False))
        self.assertIn('Screened', text)

    def test_numbers(self):
        numbers = {row['number']: row for row in self.desk.ask('phone', 'numbers', self.id)}
        self.assertEqual(numbers[LONDON], {'number': LONDON, 'name': 'London hiring desk', 'mine': True,
                                           'default': True, 'can_text': True})
        self.assertEqual((numbers[LEEDS]['mine'], numbers[LEEDS]['default']), (True, False))
        # Neither the fax nor the one that is free.
        self.assertEqual({'+442079460199', '+442079460177'} & set(numbers), set())

    def test_a_program_that_opens_links(self):
        applications = os.path.join(os.environ['XDG_DATA_HOME'], 'applications')
        os.makedirs(applications, exist_ok=True)
        path = os.path.join(applications, 'cloudtalk-phone.desktop')
        with open(path, 'w') as file:
            file.write('[Desktop Entry]\nType=Application\nName=CloudTalk Phone\nExec=true %u\n'
                       'MimeType=x-scheme-handler/ct+tel;\n')
        self.addCleanup(os.remove, path)
        subprocess.run(['update-desktop-database', applications], check=True)
        self.addCleanup(subprocess.run, ['update-desktop-database', applications], check=True)
        state, text = self.finding(self.id, 'link')
        self.assertEqual(state, 'ok')
        self.assertIn('CloudTalk Phone', text)


if __name__ == '__main__':
    tool.main()
