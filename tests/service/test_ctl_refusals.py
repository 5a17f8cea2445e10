"""What does not work says so: exit status, one sentence, nothing half-saved."""
import os
import shutil
import socket
import subprocess
import tempfile

import tool


class Usage(tool.Test):
    options = ('--candidates', '10')

    def test_wrong_usage(self):
        for arguments in ((), ('fly',), ('integration',), ('integration', 'fly'), ('outbox', 'fly'),
                          ('phone',), ('--fly', 'tour'), ('sync', '--fly'), ('sync', 'a', 'b'),
                          ('integration', 'show'), ('integration', 'set', 'a', 'name'),
                          ('integration', 'add'), ('integration', 'add', '--name', 'A'),
                          ('integration', 'add', '--name', 'A', '--subdomain', 'a'),
                          ('integration', 'add', '--name', 'A', '--subdomain', 'a', '--api', 'v7'),
                          ('integration', 'remove', 'a'), ('search',), ('search', '--limit', 'x', 'a'),
                          ('search', '--limit', '0', 'a'), ('show',), ('show', 'Zoë'), ('show', '-1'),
                          ('show', '99999999999999999999'), ('note', 'x'), ('note', ''),
                          ('note', '1', '--visibility', 'secret'), ('call',), ('outbox', 'retry'),
                          ('outbox', 'retry', 'x'), ('outbox', 'discard', '0x1'),
                          ('sandbox', '--port', '70000'), ('sandbox', '--candidates', '-1'),
                          ('sandbox', '--window', '0'), ('sandbox', '--delay', '-1'),
                          ('sandbox', '--seed', '-1')):
            with self.subTest(arguments):
                done = self.desk.run(*arguments, text='words')
                self.assertRefused(done, 2)
                self.assertEqual(done.stdout, '')
        self.assertFalse([name for name in os.listdir(self.desk.profile) if name.endswith('.sqlite')])

    def test_hints(self):
        self.assertRefused(self.desk.run('integration'), 2, 'dialhousectl integration --help')
        self.assertRefused(self.desk.run('sync', '--fly'), 2, '--fly', 'dialhousectl sync --help')
        self.assertRefused(self.desk.run('integration', 'set', 'a'), 2, 'ID KEY VALUE')

    def test_without_integration(self):
        self.assertEqual(self.desk.do('integration', 'list'), '')
        self.assertEqual(self.desk.do('outbox', 'list'), '')
        for arguments in (('sync',), ('search', 'a'), ('show', '1'), ('note', '1'), ('call', '1')):
            with self.subTest(arguments):
                self.assertRefused(self.desk.run(*arguments, text='words'), 1, 'integration add')
        for arguments in (('integration', 'show', 'x'), ('integration', 'activate', 'x'), ('sync', 'x'),
                          ('integration', 'check', 'x'), ('integration', 'set', 'x', 'name', 'y'),
                          ('integration', 'remove', 'x', '--confirm', 'DELETE'), ('contacts', 'preview', 'x'),
                          ('contacts', 'sync', 'x'), ('contacts', 'remove', 'x')):
            with self.subTest(arguments):
                self.assertRefused(self.desk.run(*arguments), 1, '“x”')

    def test_inactive(self):
        self.desk.add()
        for arguments in (('sync',), ('sync', self.desk.id), ('search', 'a'), ('show', '1'),
                          ('note', '1'), ('call', '1')):
            with self.subTest(arguments):
                self.assertRefused(self.desk.run(*arguments, text='words'), 1, 'activate')

    def test_standard_input(self):
        add = ('integration', 'add', '--name', 'A', '--subdomain', 'a', '--client-id', 'x')
        for text in ('', '\n', 'two\nlines\n', 'x' * 100000):
            with self.subTest(text[:10]):
                self.assertRefused(self.desk.run(*add, text=text), 1)
        self.assertEqual(self.desk.do('integration', 'list'), '')

        self.desk.connect()
        self.desk.sync()
        person = self.desk.ask('search', '')[0]['id']
        for text in ('', ' \n\t\n'):
            with self.subTest(text):
                self.assertRefused(self.desk.run('note', person, text=text), 1)
        done = subprocess.run([tool.PROGRAM, '--profile', self.desk.profile, 'note', str(person)],
                              input=b'\xff\xfe', capture_output=True)
        self.assertEqual((done.returncode, done.stderr.count(b'\n')), (1, 1))
        self.assertEqual(self.desk.outbox(), [])

    def test_settings(self):
        self.desk.add()
        for key, value, word in (('harvest-url', 'http://example.org/v3', 'https'),
                                 ('auth-url', 'ftp://localhost', 'https'),
                                 ('visibility', 'everyone', 'admin_only'), ('as', 'nobody', 'e-mail'),
                                 ('fly', 'high', 'visibility'), ('status', 'flying', 'active')):
            with self.subTest(key):
                before = self.desk.do('integration', 'show', self.desk.id)
                done = self.desk.run('integration', 'set', self.desk.id, key, value)
                self.assertRefused(done, 1, word)
                self.assertEqual(self.desk.do('integration', 'show', self.desk.id), before)

    def test_output_that_cannot_be_written(self):
        with open('/dev/full', 'w') as full:
            done = subprocess.run([tool.PROGRAM, '--help'], stdout=full, stderr=subprocess.PIPE,
                                  text=True)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r'\Adialhousectl: [^\n]+\n\Z')


class Greenhouse(tool.Test):
    """Refusals that come from the other end."""

    options = ('--candidates', '300', '--allowance', '0')

    def connect_and_sync(self):
        self.desk.connect()
        self.desk.sync()
        return self.desk.ask('search', '')[0]['id']

    def test_wrong_credentials(self):
        for more in ({'secret': 'wrong'}, {'client_id': 'abcdefghijklmnopqrstuvwxyz'}):
            with self.subTest(more):
                desk = tool.Desk(self.sandbox)
                self.addCleanup(desk.remove)
                desk.add(**more)
                done = desk.run('integration', 'check', desk.id, '--json')
                self.assertRefused(done, 1, 'client ID')
                self.assertNotIn('wrong', done.stderr)
                self.assertIn('"ok":false', done.stdout)
                desk.do('integration', 'activate', desk.id)
                done = desk.run('sync')
                self.assertRefused(done, 1, 'client ID')
                self.assertEqual(desk.query('select count(*) from candidates'), '0')

    def test_missing_scopes(self):
        self.sandbox.take_scope('harvest:notes:create')
        self.sandbox.take_scope('harvest:jobs:list')
        self.desk.add()
        done = self.desk.run('integration', 'check', self.desk.id, '--json')
        self.assertIn('"scope":"harvest:jobs:list","granted":false', done.stdout)
        self.sandbox.take_scope('harvest:candidates:list')
        done = self.desk.run('integration', 'check', self.desk.id, '--json')
        self.assertRefused(done, 1, 'harvest:candidates:list')
        self.assertIn('"scope":"harvest:candidates:list","granted":false', done.stdout)
        self.desk.do('integration', 'activate', self.desk.id)
        self.assertRefused(self.desk.run('sync'), 1, 'harvest:candidates:list')

    def test_note_without_its_scope(self):
        person = self.connect_and_sync()
        self.sandbox.take_scope('harvest:notes:create')
        self.desk.do('note', person, text='may not be sent')
        done = self.desk.run('outbox', 'flush')
        self.assertRefused(done, 1, 'harvest:notes:create')
        self.assertEqual(self.desk.outbox()[0]['state'], 'refused')
        self.sandbox.reset()
        self.desk.do('outbox', 'retry', self.desk.outbox()[0]['id'])
        self.desk.do('outbox', 'flush')
        self.assertEqual(len(self.sandbox.notes(person, 'may not be sent')), 1)

    def test_unknown_recruiter(self):
        person = self.connect_and_sync()
        self.desk.do('integration', 'set', self.desk.id, 'as', 'nobody@example.org')
        self.desk.do('note', person, text='signed by nobody')
        self.assertRefused(self.desk.run('outbox', 'flush'), 1, 'e-mail')
        self.assertEqual(self.desk.outbox()[0]['state'], 'waiting')
        self.assertEqual(self.sandbox.notes(person, 'signed by nobody'), [])

    def test_candidate_gone(self):
        person = self.connect_and_sync()
        self.sandbox.change('delete', id=person)
        self.desk.do('note', person, text='for nobody')
        self.assertRefused(self.desk.run('outbox', 'flush'), 1, 'not in Greenhouse')
        self.assertEqual(self.desk.outbox()[0]['state'], 'refused')

    def test_bad_answers(self):
        self.desk.connect()
        for fault in ('html', 'status', 'cut', 'half', 'garbage', 'redirect', 'foreign_link'):
            with self.subTest(fault):
                self.sandbox.fault(fault, 'GET', '/v3/candidates', times=0)
                done = self.desk.run('sync')
                self.assertRefused(done, 1)
                self.assertNotIn('<', done.stderr)
                self.assertEqual(self.desk.query('select count(*) from candidates'), '0')
                self.sandbox.reset()
        self.assertEqual(self.desk.sync()['candidates'], 300)


class Surroundings(tool.Test):
    """What this machine lacks."""

    options = ('--candidates', '60')

    def test_server_down(self):
        self.desk.connect()
        with socket.create_server(('127.0.0.1', 0)) as nobody:
            address = 'http://127.0.0.1:%d' % nobody.getsockname()[1]
        self.desk.do('integration', 'set', self.desk.id, 'auth-url', address)
        self.desk.do('integration', 'set', self.desk.id, 'harvest-url', address)
        for arguments in (('sync',), ('integration', 'check', self.desk.id)):
            with self.subTest(arguments):
                self.assertRefused(self.desk.run(*arguments), 1)

    def test_no_keyring(self):
        bus = tool.Bus()
        self.addCleanup(bus.close)
        nowhere = {key: value for key, value in os.environ.items()
                   if key not in ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
        for env in (bus.env, {**nowhere, 'XDG_RUNTIME_DIR': '/nowhere'}):
            desk = tool.Desk(self.sandbox, env)
            self.addCleanup(desk.remove)
            done = desk.run('integration', 'add', '--name', 'A', '--subdomain', 'a', '--client-id',
                            self.sandbox.client_id, text=self.sandbox.client_secret)
            self.assertRefused(done, 1, 'keyring')
            self.assertEqual(desk.do('integration', 'list'), '')

    def test_locked_keyring(self):
        keyring = tool.Keyring()
        self.addCleanup(keyring.close)
        self.desk.env = keyring.env
        done = self.desk.run('integration', 'add', '--name', 'B', '--subdomain', 'b', '--client-id',
                             'b', text='c', timeout=30)
        self.assertRefused(done, 1, 'keyring is locked')
        self.assertEqual(self.desk.do('integration', 'list'), '')

    def test_keyring_locked_later(self):
        """A script has nobody to answer a prompt: it is told at once, display or not."""
        keyring = tool.Keyring('test')
        self.addCleanup(keyring.close)
        self.desk.env = {**keyring.env, 'DISPLAY': os.environ['DISPLAY']}
        self.desk.connect()
        keyring.lock()
        self.assertRefused(self.desk.run('sync', timeout=30), 1, 'keyring is locked')

    def test_forgotten_secret(self):
        self.desk.connect()
        tool.forget_secrets()
        self.assertRefused(self.desk.run('sync'), 1)

    def test_no_phone_program(self):
        self.desk.connect()
        self.desk.sync()
        person = next(p for p in self.desk.ask('search', '--limit', 60, '') if p['phones']
                      and p['phones'][0].startswith('+'))
        nothing = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, nothing)
        env = {'XDG_DATA_DIRS': nothing, 'XDG_DATA_HOME': nothing, 'XDG_CONFIG_HOME': nothing}
        done = self.desk.run('call', person['id'], env=env)
        self.assertRefused(done, 1, 'tel:')
        self.assertNotIn(person['phones'][0][-4:], done.stderr)
        self.assertIn('tel:', self.desk.ask('phone', 'list', env=env)[0]['health'])

    def test_store_from_the_future(self):
        self.desk.add()
        self.desk.query('pragma user_version = 999')
        # It is shown for what it is, and does not keep the others from their work.
        listed, = self.desk.ask('integration', 'list')
        self.assertEqual(listed['id'], self.desk.id)
        self.assertIn('newer', listed['health'])
        self.assertRefused(self.desk.run('integration', 'show', self.desk.id), 1, 'newer')
        self.assertRefused(self.desk.run('sync'), 1)

    def test_profile_that_is_none(self):
        path = os.path.join(self.desk.profile, 'file')
        with open(path, 'w'):
            pass
        done = subprocess.run([tool.PROGRAM, '--profile', path, 'integration', 'list'],
                              capture_output=True, text=True)
        self.assertRefused(done, 1, path)


if __name__ == '__main__':
    tool.main()
