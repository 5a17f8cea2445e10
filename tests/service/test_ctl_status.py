"""Switching off, deleting, and several companies side by side; also while another process works."""
import os
import time

import tool

PAGES = ('GET', '/v3/candidates')


class Working(tool.Test):
    """Another process is at work meanwhile."""

    options = ('--candidates', '2600', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        self.desk.connect()

    def stored(self):
        try:
            return int(self.desk.query('select count(*) from candidates'))
        except (AssertionError, tool.subprocess.CalledProcessError, ValueError):
            return 0

    def begin_sync(self):
        """A sync that has stored something, and will go on for a long time."""
        self.sandbox.fault('delay', *PAGES, delay_ms=400, times=2)
        self.sandbox.fault('delay', *PAGES, delay_ms=20000, times=0)
        sync = self.desk.start('sync')
        tool.wait(self.stored, 'a page to be stored')
        return sync

    def end(self, process, seconds):
        began = time.monotonic()
        out, err = process.communicate(timeout=60)
        self.assertLess(time.monotonic() - began, seconds)
        self.assertNotIn('Sanitizer', err)
        return out, err

    def test_paused_in_mid_sync(self):
        sync = self.begin_sync()
        self.desk.do('integration', 'pause', self.desk.id)
        out, err = self.end(sync, 8)
        self.assertEqual(sync.returncode, 1, err)
        self.assertIn('activate', err)
        stored = self.stored()
        self.assertTrue(0 < stored < 2600)
        self.sandbox.reset()
        self.assertRefused(self.desk.run('sync'), 1, 'activate')
        self.assertEqual(self.stored(), stored)

        self.desk.do('integration', 'activate', self.desk.id)
        went_on = self.desk.sync()
        self.assertEqual((went_on['complete'], went_on['candidates']), (True, 2600))
        self.assertLessEqual(went_on['created'], 2600 - stored)

    def remove(self):
        self.desk.do('integration', 'remove', self.desk.id, '--confirm', 'DELETE')

    def assertNoTrace(self, names):
        self.assertEqual([name for name in os.listdir(self.desk.profile) if self.desk.id in name], [])
        held = tool.read_secrets()
        for secret in (self.desk.id, self.sandbox.client_secret, self.sandbox.client_id):
            self.assertNotIn(secret, held)
        values = [self.sandbox.client_secret, self.sandbox.client_id, self.sandbox.api_key, *names]
        # Recent files, the keyring's own and whatever else is written in a home.
        for path, content in tool.files(self.desk.profile, os.environ['HOME'],
                                        os.environ['TMPDIR']):
            for value in values:
                self.assertNotIn(value.encode(), content, path)

    def names(self):
        return [name for name in self.desk.query('select first_name || " " || last_name from candidates '
                                                 'limit 5').splitlines() if len(name) > 6]

    def test_deleted_in_mid_sync(self):
        """Whoever works keeps it whole; afterwards it goes without a trace."""
        sync = self.begin_sync()
        names = self.names()
        self.assertTrue(names)
        done = self.desk.run('integration', 'remove', self.desk.id, '--confirm', 'DELETE')
        self.assertRefused(done, 1, 'Alder Works')
        self.assertGreater(self.stored(), 0)
        self.assertEqual(self.desk.check()[1], 0)
        # Switching it off ends the sync, and then it can be deleted.
        self.desk.do('integration', 'pause', self.desk.id)
        self.end(sync, 8)
        self.remove()
        self.assertNoTrace(names)
        self.assertEqual(self.desk.do('integration', 'list'), '')

    def test_deleted_while_a_note_is_under_way(self):
        """The note arrives once, or the integration is kept until it did."""
        self.desk.sync()
        names = self.names()
        person = self.desk.ask('search', '')[0]['id']
        self.desk.do('note', person, text='Under way when it was deleted')
        self.sandbox.fault('delay', 'POST', '/v3/notes', delay_ms=1500, after_store=True)
        flush = self.desk.start('outbox', 'flush')
        tool.wait(lambda: self.sandbox.n_requests('POST', '/v3/notes'), 'the note to be on its way')
        done = self.desk.run('integration', 'remove', self.desk.id, '--confirm', 'DELETE')
        self.end(flush, 30)
        if done.returncode != 0:
            self.assertRefused(done, 1, 'Alder Works')
            self.assertEqual(self.desk.outbox()[0]['state'], 'sent')
            self.remove()
        self.assertEqual(len(self.sandbox.notes(person, 'Under way when it was deleted')), 1)
        self.assertNoTrace([*names, 'Under way when it was deleted'])


class Removal(tool.Test):
    options = ('--candidates', '50', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.person = self.desk.ask('search', '')[0]['id']

    def test_it_says_first_what_would_go(self):
        before = self.desk.do('integration', 'show', self.desk.id)
        done = self.desk.run('integration', 'remove', self.desk.id)
        self.assertRefused(done, 2, 'Alder Works', '50 candidates', 'keyring', 'no note', 'DELETE')
        for text in ('first', 'second'):
            self.desk.do('note', self.person, text=text)
        for confirm in ((), ('--confirm', 'delete'), ('--confirm', '')):
            done = self.desk.run('integration', 'remove', self.desk.id, *confirm)
            self.assertRefused(done, 2, '2 notes', 'outbox flush', '--confirm DELETE')
        self.assertEqual(len(self.desk.outbox()), 2)
        self.assertEqual(self.desk.do('integration', 'show', self.desk.id),
                         before.replace('"unsent":0', '"unsent":2'))
        self.assertRefused(self.desk.run('integration', 'remove', 'x'), 2, '“x”')

    def test_keyring_locked(self):
        """What cannot be forgotten whole is kept whole."""
        keyring = tool.Keyring('test')
        self.addCleanup(keyring.close)
        desk = tool.Desk(self.sandbox, {**keyring.env, 'DISPLAY': os.environ['DISPLAY']})
        self.addCleanup(desk.remove)
        desk.connect()
        keyring.lock()
        done = desk.run('integration', 'remove', desk.id, '--confirm', 'DELETE', timeout=30)
        self.assertRefused(done, 1, 'keyring is locked')
        self.assertEqual(desk.show()['status'], 'active')


class Several(tool.Test):
    """Two companies, each with its own store, credentials and allowance."""

    options = ('--candidates', '300', '--allowance', '0')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = tool.Sandbox('--candidates', '200', '--allowance', '0')

    @classmethod
    def tearDownClass(cls):
        cls.other.stop()
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.other.reset()
        self.alder = self.desk.connect(name='Alder')
        self.birch = self.desk.connect(name='Birch', sandbox=self.other)

    def test_apart(self):
        listed = self.desk.ask('integration', 'list')
        self.assertEqual({i['id']: i['name'] for i in listed},
                         {self.alder: 'Alder', self.birch: 'Birch'})
        colours = {self.desk.show(i)['colour'] for i in (self.alder, self.birch)}
        self.assertEqual(len(colours), 2)

        synced = self.desk.ask('sync')
        self.assertEqual({s['integration']: s['candidates'] for s in synced},
                         {self.alder: 300, self.birch: 200})
        for identity, sandbox in ((self.alder, self.sandbox), (self.birch, self.other)):
            stored = self.desk.query('select id from candidates', identity)
            self.assertEqual(set(map(int, stored.split())), set(sandbox.candidate_ids()))
            counted = sum(visit['path'].startswith('/v3/') for visit in sandbox.log())
            self.assertGreater(counted, 3)

        # Each asks with its own.
        self.sandbox.credential(secret='expired')
        self.assertEqual(self.desk.check(self.birch)[1], 0)
        self.assertEqual(self.desk.check(self.alder)[1], 1)
        done = self.desk.run('sync')
        self.assertEqual(done.returncode, 1)
        self.assertIn(self.birch, done.stdout)

    def test_search(self):
        self.desk.do('sync')
        found = self.desk.ask('search', '--limit', 8, '')
        # The first of each, then the second of each.
        self.assertEqual([{p['integration'] for p in found[i:i + 2]} for i in range(0, 8, 2)],
                         [{self.alder, self.birch}] * 4)
        for identity, count in ((self.alder, 300), (self.birch, 200)):
            narrow = self.desk.ask('search', '--integration', identity, '--limit', 1000, '')
            self.assertEqual({p['integration'] for p in narrow}, {identity})
            self.assertEqual(len(narrow), count)
        self.assertEqual(len(self.desk.ask('search', '--limit', 1000, '')), 500)
        self.desk.do('integration', 'pause', self.birch)
        self.assertEqual({p['integration'] for p in self.desk.ask('search', '--limit', 9, '')},
                         {self.alder})
        self.assertRefused(self.desk.run('search', '--integration', self.birch, 'a'), 1, 'activate')

    def test_one_id_in_two_companies(self):
        self.desk.do('sync')
        both = set(self.sandbox.candidate_ids()) & set(self.other.candidate_ids())
        person = min(both)
        for arguments in (('show', person), ('note', person), ('call', person)):
            with self.subTest(arguments[0]):
                done = self.desk.run(*arguments, text='words')
                self.assertRefused(done, 1, '--integration', str(person))
        for identity, sandbox, other in ((self.alder, self.sandbox, self.other),
                                         (self.birch, self.other, self.sandbox)):
            text = 'for %s alone' % identity
            shown, = self.desk.ask('show', person, '--integration', identity)
            self.assertEqual(shown['integration'], identity)
            self.desk.do('note', person, '--integration', identity, text=text)
            flushed = self.desk.ask('outbox', 'flush')
            self.assertEqual({item['state'] for item in flushed}, {'sent'})
            self.assertEqual((len(sandbox.notes(person, text)), len(other.notes(person, text))), (1, 0))

    def test_one_goes(self):
        self.desk.do('sync')
        secrets = tool.count_secrets()
        self.desk.do('integration', 'remove', self.alder, '--confirm', 'DELETE')
        self.assertEqual(tool.count_secrets(), secrets - 1)
        self.assertEqual([i['id'] for i in self.desk.ask('integration', 'list')], [self.birch])
        self.assertEqual(len(self.desk.ask('search', '--limit', 1000, '')), 200)
        self.assertEqual(self.desk.check(self.birch)[1], 0)


class Allowances(tool.Test):
    """One company's allowance is not another's."""

    options = ('--candidates', '30', '--allowance', '4')

    def test_apart(self):
        free = tool.Sandbox('--candidates', '30', '--allowance', '0')
        self.addCleanup(free.stop)
        narrow = self.desk.connect(name='Narrow')
        other = self.desk.connect(name='Free', sandbox=free)
        # The narrow one has to wait for its next half minute; the other does not wait with it.
        waiting = self.desk.start('sync', narrow)
        tool.wait(lambda: len(self.sandbox.log()) >= 3, 'its allowance to be used up')
        began = time.monotonic()
        self.assertTrue(self.desk.ask('sync', other)[-1]['complete'])
        self.assertLess(time.monotonic() - began, 15)
        self.assertIsNone(waiting.poll())
        waiting.terminate()
        waiting.communicate(timeout=30)


if __name__ == '__main__':
    tool.main()
