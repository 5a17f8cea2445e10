"""Nothing secret and nobody's name lands where it may be found: files, arguments, environment, logs."""
import base64
import os
import resource
import shutil
import signal
import tempfile
import unittest

import tool
import trouble

DEBUG = {'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': 'all', 'LIBSECRET_DEBUG': 'all'}
TEXT = 'Wants to move to Ravenna by spring'


class Secrets(tool.Test):
    options = ('--candidates', '620', '--allowance', '0')  # more than a page

    def setUp(self):
        super().setUp()
        self.heard = []
        self.door = tool.TokenDoor(self.sandbox)
        self.addCleanup(self.door.close)

    def run_aloud(self, *arguments, **more):
        done = self.desk.run(*arguments, env=DEBUG, **more)
        self.heard.append((arguments, done.stderr))
        return done

    def secrets(self):
        found = [self.sandbox.client_secret, self.sandbox.api_key, *self.door.tokens]
        for pair in (self.sandbox.client_id + ':' + self.sandbox.client_secret,
                     self.sandbox.api_key + ':'):
            found.append(base64.b64encode(pair.encode()).decode().rstrip('='))
        return found

    def test_logs(self):
        self.run_aloud('integration', 'add', '--name', 'A', '--subdomain', 'a', '--client-id',
                       self.sandbox.client_id, '--as', self.sandbox.recruiter,
                       text=self.sandbox.client_secret)
        identity = self.desk.ask('integration', 'list')[0]['id']
        for key, value in (('harvest-url', self.sandbox.harvest_url),
                           ('auth-url', self.door.url), ('status', 'active')):
            self.run_aloud('integration', 'set', identity, key, value)
        self.run_aloud('integration', 'check', identity)
        self.run_aloud('sync')
        person = next(p for p in self.desk.ask('search', '--limit', 120, '')
                      if p['phones'] and p['emails'] and p['phones'][0].startswith('+')
                      and len(p['name']) > 7)
        self.run_aloud('search', person['name'])
        self.run_aloud('show', person['id'])
        self.run_aloud('call', person['id'])
        self.run_aloud('note', person['id'], text=TEXT)
        self.sandbox.fault('cut', 'POST', '/v3/notes', after_store=True)
        self.run_aloud('outbox', 'flush')
        self.sandbox.reset()
        self.sandbox.expire_tokens()
        self.run_aloud('outbox', 'flush')
        self.run_aloud('sync', '--full')

        self.assertTrue(any(log for arguments, log in self.heard), 'the logs were not on')
        self.assertGreater(len(self.door.tokens), 1)
        for secret in [*self.secrets(), person['name'], person['emails'][0], person['phones'][0],
                       TEXT]:
            for arguments, log in self.heard:
                self.assertNotIn(secret, log, arguments)

        self.assertNowhere(self.secrets(), (self.desk.profile, os.environ['HOME'],
                                            os.environ['TMPDIR']))
        names = [person['name'].split()[0].encode(), TEXT.encode()]
        store = os.path.basename(self.desk.database())
        for path, content in tool.files(os.environ['HOME'], os.environ['TMPDIR'],
                                                self.desk.profile):
            if not os.path.basename(path).startswith(store):
                for name in names:
                    self.assertNotIn(name, content, path)

    def assertNowhere(self, secrets, folders):
        for path, content in tool.files(*folders):
            # The keyring itself is encrypted; it is looked at like everything else.
            for secret in secrets:
                self.assertNotIn(secret.encode(), content, path)

    def test_process(self):
        self.desk.connect()
        self.desk.do('integration', 'set', self.desk.id, 'auth-url', self.door.url)
        self.sandbox.fault('delay', 'GET', '/v3/candidates', delay_ms=3000, times=0)
        sync = self.desk.start('sync')
        tool.wait(lambda: self.sandbox.n_requests('GET', '/v3/candidates'), 'the sync to be under way')
        seen = b''
        for name in ('cmdline', 'environ'):
            with open('/proc/%d/%s' % (sync.pid, name), 'rb') as file:
                seen += file.read()
        sync.send_signal(signal.SIGINT)
        sync.communicate(timeout=30)
        self.sandbox.reset()
        self.assertIn(b'sync', seen)
        self.assertTrue(self.door.tokens)
        for secret in self.secrets():
            self.assertNotIn(secret.encode(), seen)

    def test_older_harvest(self):
        """The same with a key, and when new credentials take its place."""
        self.run_aloud('integration', 'add', '--name', 'A', '--subdomain', 'a', '--api', 'v1',
                       '--as', self.sandbox.recruiter, text=self.sandbox.api_key)
        identity = self.desk.ask('integration', 'list')[0]['id']
        for key, value in (('harvest-url', self.sandbox.harvest_url),
                           ('auth-url', self.door.url), ('status', 'active')):
            self.desk.do('integration', 'set', identity, key, value)
        for arguments in (('integration', 'check', identity), ('sync',),
                          ('integration', 'users', identity)):
            self.assertEqual(self.run_aloud(*arguments).returncode, 0)
        person = self.desk.ask('search', '')[0]['id']
        self.run_aloud('note', person, text=TEXT)
        self.run_aloud('outbox', 'flush')
        self.sandbox.retire_v1(410)
        self.run_aloud('sync')
        done = self.run_aloud('integration', 'renew', identity, '--client-id', self.sandbox.client_id,
                              text=self.sandbox.client_secret)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.run_aloud('sync')

        self.assertTrue(self.door.tokens)
        for secret in [*self.secrets(), TEXT]:
            for arguments, log in self.heard:
                self.assertNotIn(secret, log, arguments)
        self.assertNowhere(self.secrets(), (self.desk.profile, os.environ['HOME'],
                                            os.environ['TMPDIR']))

    def test_cloudtalk(self):
        """A call and a text by a telephone system, which is asked for the call afterwards."""
        self.desk.connect()
        self.desk.do('sync')
        person = next(p for p in self.desk.ask('search', '--limit', 120, '')
                      if p['phones'] and p['phones'][0].startswith('+') and p['phones'][0][1:].isdigit())
        self.run_aloud('phone', 'add', 'cloudtalk', '--key-id', self.sandbox.cloudtalk_key_id,
                       '--as', self.sandbox.recruiter, text=self.sandbox.cloudtalk_secret)
        account = next(phone['id'] for phone in self.desk.ask('phone', 'list') if phone['kind'] == 'cloudtalk')
        self.desk.do('phone', 'set', account, 'url', self.sandbox.cloudtalk_url)
        for arguments in (('phone', 'check', account), ('phone', 'numbers', account)):
            self.assertEqual(self.run_aloud(*arguments).returncode, 0)
        self.run_aloud('call', person['id'], '--phone', account)
        self.desk.do('integration', 'set', self.desk.id, 'sms-numbers', '+442079460100')
        self.run_aloud('sms', person['id'], text=TEXT)
        self.assertGreater(self.sandbox.n_requests('POST', '/cloudtalk/api/calls/create.json'), 0)
        self.assertGreater(self.sandbox.n_requests('POST', '/cloudtalk/api/sms/send.json'), 0)

        pair = self.sandbox.cloudtalk_key_id + ':' + self.sandbox.cloudtalk_secret
        secrets = [self.sandbox.cloudtalk_secret, base64.b64encode(pair.encode()).decode().rstrip('=')]
        for secret in [*secrets, person['phones'][0].lstrip('+'), person['name'], TEXT]:
            for arguments, log in self.heard:
                self.assertNotIn(secret, log, arguments)
        self.assertTrue(any('dial-http' in log for arguments, log in self.heard), 'the logs were not on')
        self.assertNowhere(secrets, (self.desk.profile, os.environ['HOME'], os.environ['TMPDIR']))

    def test_other_hosts(self):
        """Whoever leads elsewhere is not followed, and nothing is said there."""
        stranger = trouble.Server()
        self.addCleanup(stranger.close)
        newer = self.desk.connect()
        older = self.desk.connect(api='v1', name='Older')
        self.desk.do('sync')
        person = self.desk.ask('search', '--integration', older, '')[0]['id']
        for method, path, arguments in (
                ('GET', '/v3/candidates', ('sync', newer, '--full')),
                ('GET', '/v1/candidates', ('sync', older, '--full')),
                ('POST', '/token', ('integration', 'check', newer)),
                ('POST', '/introspect', ('integration', 'check', newer)),
                ('GET', '/v1/users', ('integration', 'check', older))):
            with self.subTest(path):
                self.sandbox.fault('redirect', method, path, times=0, location=stranger.url + path)
                self.desk.run(*arguments)
                self.assertGreater(self.sandbox.n_requests(method, path), 0)
                self.sandbox.reset()
                self.assertEqual(stranger.heard, [])

        misleader = trouble.Misleader(self.sandbox, stranger.url)
        self.addCleanup(misleader.close)
        for identity in (newer, older):
            with self.subTest(identity):
                misled = misleader.n_misled
                self.desk.do('integration', 'set', identity, 'harvest-url', misleader.url)
                self.assertRefused(self.desk.run('sync', identity, '--full'), 1)
                self.desk.do('integration', 'set', identity, 'harvest-url', self.sandbox.harvest_url)
                self.assertGreater(misleader.n_misled, misled)
                self.assertEqual(stranger.heard, [])

        for identity, path in ((older, '/v1/candidates/%d/activity_feed/notes' % person),
                               (newer, '/v3/notes')):
            self.sandbox.fault('redirect', 'POST', path, times=0, location=stranger.url + path)
            self.desk.do('note', person, '--integration', identity, text=TEXT)
            # It looks again and again whether the note arrived; nobody waits for that here.
            flush = self.desk.start('outbox', 'flush', '--integration', identity)
            tool.wait(lambda: self.sandbox.n_requests('POST', path), 'the note to be on its way')
            tool.wait(lambda: self.sandbox.log()[-1]['status'], 'the redirect')
            flush.terminate()
            flush.communicate(timeout=60)
        self.assertEqual(stranger.heard, [])

    def test_core(self):
        """A process that is aborted leaves no image of its memory."""
        with open('/proc/sys/kernel/core_pattern') as file:
            pattern = file.read().strip()
        if pattern.startswith('|') or pattern.startswith('/'):
            raise unittest.SkipTest('this machine keeps cores its own way: ' + pattern)
        folder = tempfile.mkdtemp(prefix='core.')
        self.addCleanup(shutil.rmtree, folder)
        self.desk.connect()
        self.sandbox.fault('delay', 'GET', '/v3/candidates', delay_ms=20000, times=0)
        # The sanitizer would end the process in its own way.
        env = {'ASAN_OPTIONS': os.environ['ASAN_OPTIONS'] +
               ':handle_abort=0:disable_coredump=0:detect_leaks=0'}

        def unlimited():
            hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
            resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

        if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
            raise unittest.SkipTest('cores are forbidden to everybody here')
        sync = self.desk.start('sync', env=env, cwd=folder, preexec_fn=unlimited)
        tool.wait(lambda: self.sandbox.n_requests('GET', '/v3/candidates'), 'the sync to be under way')
        with open('/proc/%d/limits' % sync.pid) as file:
            limits = file.read()
        sync.send_signal(signal.SIGABRT)
        sync.communicate(timeout=60)
        self.sandbox.reset()
        self.assertEqual(sync.returncode, -signal.SIGABRT)
        self.assertRegex(limits, r'Max core file size +0 +0 ')
        self.assertEqual(os.listdir(folder), [])

    def test_removed(self):
        """Removing an integration takes its entry out of the keyring, and its file."""
        before = tool.count_secrets()
        self.desk.connect()
        self.assertEqual(tool.count_secrets(), before + 1)
        self.desk.do('integration', 'remove', self.desk.id, '--confirm', 'DELETE')
        self.assertEqual(tool.count_secrets(), before)
        left = [name for name in os.listdir(self.desk.profile) if self.desk.id in name]
        self.assertEqual(left, [])


if __name__ == '__main__':
    tool.main()
