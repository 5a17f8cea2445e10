"""Whatever keeps a desk from its Greenhouse has a sentence of its own, and it says what to do."""
import os
import re
import shutil
import unittest

import tool
import trouble

# GnuTLS keeps what it loads for the life of the process, in a module that is unloaded before
# LeakSanitizer looks: it then dies of the question. Everything else is still watched.
NO_LEAK_CHECK = {'ASAN_OPTIONS': os.environ['ASAN_OPTIONS'] + ':detect_leaks=0'}

# Names that no network has.
NOWHERE = {'harvest-url': 'https://harvest.dialhouse.invalid',
           'auth-url': 'https://auth.dialhouse.invalid'}


class Faults(tool.Test):
    options = ('--candidates', '30', '--allowance', '0')
    # Cause by cause: the sentence without what changes from run to run.
    sentences = {}

    def setUp(self):
        super().setUp()
        self.desk.add()

    def point(self, harvest, auth):
        self.desk.do('integration', 'set', self.desk.id, 'harvest-url', harvest)
        self.desk.do('integration', 'set', self.desk.id, 'auth-url', auth)

    def serve(self, server):
        self.addCleanup(server.close)
        return server

    def hear(self, cause, *words, desk=None, status=1, env=None, **more):
        """Checks, and remembers the sentence; it names each of the words and nothing secret."""
        desk = desk or self.desk
        done = desk.run('integration', 'check', desk.id, env=env, **more)
        self.note(cause, done, *words)
        return done

    def note(self, cause, done, *words):
        self.assertRefused(done, 1, *words)
        for secret in self.secrets():
            self.assertNotIn(secret, done.stderr + done.stdout, cause)
        self.assertNotRegex(done.stderr, r'(?i)<html|G_?IO|G_TLS|gnutls|libsecret|org\.freedesktop')
        sentence = re.sub(r' \(request [^)]*\)', '', done.stderr.strip())
        sentence = re.sub(r'127\.0\.0\.1|[a-z]+\.dialhouse\.invalid', 'HOST', sentence)
        # What to do comes after what is the matter.
        self.assertRegex(sentence, r'[:;.] .{12,}', cause)
        Faults.sentences[cause] = sentence

    def secrets(self):
        return [self.sandbox.client_id, self.sandbox.client_secret, 'abcdefghijklmnop', 'not-the-one']

    # The credential

    def credential(self, cause, *words, **more):
        desk = tool.Desk(self.sandbox)
        self.addCleanup(desk.remove)
        desk.add(**more)
        self.hear(cause, *words, desk=desk)

    def test_wrong_id(self):
        self.credential('wrong id', 'client ID', 'API Credential Management',
                        client_id='abcdefghijklmnopqrstuvwx.harvest')

    def test_wrong_secret(self):
        self.credential('wrong secret', 'secret', 'API Credential Management', secret='not-the-one')

    def test_malformed_id(self):
        self.credential('malformed id', 'client ID', client_id='abcdefghijklmnopqrstuvwx')

    def test_expired_secret(self):
        self.sandbox.credential(secret='expired')
        self.hear('expired secret', 'secret')

    def test_no_admin(self):
        self.sandbox.credential(acts_as='basic')
        self.hear('no admin', 'Site Admin')

    def test_acting_user_left(self):
        self.sandbox.credential(acts_as='deactivated')
        self.hear('acting user left', 'deactivated')

    def test_other_address(self):
        self.sandbox.credential(addresses='other')
        self.hear('IP refused', 'IP address')

    # The way there

    def test_certificate_not_trusted(self):
        folder = trouble.folder()
        self.addCleanup(shutil.rmtree, folder)
        server = self.serve(trouble.Server(certificate=folder))
        self.point(server.url, server.url)
        self.hear('certificate', 'certificate', 'date and time', 'proxy', env=NO_LEAK_CHECK)
        self.assertEqual(server.heard, [], 'something was said to a stranger')

    def test_no_tls_at_all(self):
        server = self.serve(trouble.Server())
        address = server.url.replace('http:', 'https:')
        self.point(address, address)
        self.hear('no TLS', 'secure connection', env=NO_LEAK_CHECK)

    def test_captive_portal(self):
        server = self.serve(trouble.Server(body=trouble.SIGN_IN_PAGE,
                                           headers=[('Content-Type', 'text/html')]))
        self.point(server.url, server.url)
        self.hear('captive portal', 'web page', 'sign in', 'browser')

    def test_captive_portal_behind_the_token(self):
        """The network signs people out between one request and the next."""
        server = self.serve(trouble.Server(body=trouble.SIGN_IN_PAGE,
                                           headers=[('Content-Type', 'text/html')]))
        self.point(server.url, self.sandbox.auth_url)
        self.hear('captive portal, later', 'web page', 'sign in', 'browser')

    def test_captive_portal_that_redirects(self):
        server = self.serve(trouble.Server())
        leads = self.serve(trouble.Server(302, [('Location', server.url + '/login')]))
        self.point(leads.url, leads.url)
        self.hear('redirect', 'sign in', 'browser')
        self.point(leads.url, self.sandbox.auth_url)
        self.hear('redirect, later', 'sign in')
        self.assertEqual(server.heard, [], 'a redirect was followed')

    def through_proxy(self, address):
        """A proxy is asked for names it has to find itself; what is on loopback is reached without."""
        self.point(NOWHERE['harvest-url'], NOWHERE['auth-url'])
        return {**NO_LEAK_CHECK, 'https_proxy': address, 'http_proxy': address}

    def test_proxy_asks_who(self):
        proxy = self.serve(trouble.Server(407, [('Proxy-Authenticate', 'Basic realm="Office"')]))
        self.hear('proxy asks who', 'proxy', 'password', env=self.through_proxy(proxy.url))
        self.assertTrue(proxy.heard, 'the proxy was not asked')
        self.assertNotIn('Authorization', ''.join(proxy.heard))

    def test_proxy_refuses(self):
        proxy = self.serve(trouble.Server(403))
        self.hear('proxy refuses', 'proxy', env=self.through_proxy(proxy.url))
        self.assertTrue(proxy.heard, 'the proxy was not asked')
        self.assertNotIn('Authorization', ''.join(proxy.heard))

    def test_no_such_name(self):
        self.point(NOWHERE['harvest-url'], NOWHERE['auth-url'])
        self.hear('no DNS', 'dialhouse.invalid', 'network connection', env=NO_LEAK_CHECK)

    def test_nobody_listens(self):
        address = trouble.free_address()
        self.point(address, address)
        self.hear('refused', 'refuses connections', 'address')

    def test_hangs_up(self):
        server = self.serve(trouble.Cutter())
        self.point(server.url, server.url)
        self.hear('hangs up', 'broke', 'try again')

    def test_not_greenhouse(self):
        server = self.serve(trouble.Server(404, body=b'{"message":"no such route"}'))
        self.point(server.url, server.url)
        self.hear('not Greenhouse', 'address of the integration')

    def test_trouble_at_greenhouse(self):
        server = self.serve(trouble.Server(503))
        self.point(server.url, server.url)
        self.hear('trouble', 'try again')

    # The keyring

    def test_no_keyring(self):
        bus = tool.Bus()
        self.addCleanup(bus.close)
        self.hear('no keyring', 'keyring', env=bus.env)

    def test_keyring_locked(self):
        keyring = tool.Keyring('test')
        self.addCleanup(keyring.close)
        desk = tool.Desk(self.sandbox, {**keyring.env, 'DISPLAY': os.environ['DISPLAY']})
        self.addCleanup(desk.remove)
        desk.add()
        keyring.lock()
        self.hear('keyring locked', 'keyring is locked', desk=desk, timeout=30)

    def test_nothing_in_the_keyring(self):
        tool.forget_secrets()
        self.hear('keyring empty', 'keyring')


class Together(unittest.TestCase):
    """After all of them: no two causes say the same."""

    # Greenhouse answers these alike, so that one sentence has to do, and names all of them; and a
    # network that wants one to sign in is the same at whatever moment.
    ALIKE = [{'wrong id', 'wrong secret', 'expired secret'},
             {'captive portal', 'captive portal, later'}, {'redirect', 'redirect, later'}]

    def test_each_its_own_sentence(self):
        self.assertGreaterEqual(len(Faults.sentences), 10)
        spoken = {}
        for cause, sentence in Faults.sentences.items():
            spoken.setdefault(sentence, set()).add(cause)
        for sentence, causes in spoken.items():
            self.assertTrue(len(causes) == 1 or any(causes <= alike for alike in self.ALIKE),
                            '%s: %s' % (causes, sentence))


if __name__ == '__main__':
    tool.main()
