"""Nothing secret and nobody's name lands where it may be found: files, arguments, environment, logs."""
import base64
import os
import signal

import tool

DEBUG = {'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': '1', 'LIBSECRET_DEBUG': 'all'}
TEXT = 'Wants to move to Ravenna by spring'


class Secrets(tool.Test):
    options = ('--candidates', '120', '--allowance', '0')

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
        basic = self.sandbox.client_id + ':' + self.sandbox.client_secret
        encoded = base64.b64encode(basic.encode()).decode()
        return [self.sandbox.client_secret, encoded.rstrip('='), *self.door.tokens]

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
