"""The store is what Greenhouse has, whatever happened on the way."""
import json
import signal

import tool


class Sync(tool.Test):
    options = ('--candidates', '2600', '--allowance', '0')

    def stored(self):
        return int(self.desk.query('select count(*) from candidates'))

    def greenhouse(self):
        """Ids of all candidates, by hand."""
        return set(self.sandbox.candidate_ids())

    def assertSame(self):
        stored = set(map(int, self.desk.query('select id from candidates').split()))
        self.assertEqual(stored, self.greenhouse())

    def test_killed_and_resumed(self):
        self.desk.connect()
        self.sandbox.fault('delay', 'GET', '/v3/candidates', delay_ms=300, times=0)
        sync = self.desk.start('sync')
        tool.wait(lambda: 0 < self.stored_or_none() < 2600, 'some pages to be stored')
        sync.kill()
        sync.communicate()
        before = self.stored()
        self.assertLess(before, 2600)
        self.sandbox.reset()

        resumed = self.desk.sync()
        self.assertTrue(resumed['complete'])
        # What was there already was not fetched again.
        self.assertLessEqual(resumed['created'], 2600 - before)
        self.assertEqual(resumed['candidates'], self.stored())
        self.assertSame()

    def stored_or_none(self):
        try:
            return self.stored()
        except (AssertionError, tool.subprocess.CalledProcessError, ValueError):
            return 0

    def test_stopped_by_hand(self):
        self.desk.connect()
        self.sandbox.fault('delay', 'GET', '/v3/candidates', delay_ms=500, times=0)
        sync = self.desk.start('sync')
        tool.wait(lambda: self.stored_or_none() > 0, 'a page to be stored')
        sync.send_signal(signal.SIGTERM)
        out, err = sync.communicate(timeout=30)
        self.assertEqual(sync.returncode, 128 + signal.SIGTERM)
        self.assertTrue(err.endswith('dialhousectl: Stopped.\n'), err)
        self.sandbox.reset()
        self.desk.sync()
        self.assertSame()

    def test_changes(self):
        self.desk.connect()
        self.desk.sync()
        people = [p['id'] for p in self.desk.ask('search', '--limit', 6, '')]
        gone, changed, anonymised, second, first = people[:5]
        self.sandbox.change('update', id=changed,
                            fields={'first_name': 'Wilhelmine', 'last_name': 'Vorderbrügge'})
        created = self.sandbox.change('add', fields={'first_name': 'Ottokar',
                                                     'last_name': 'Neuankömmling'})
        self.sandbox.change('delete', id=gone)
        self.sandbox.change('anonymise', id=anonymised)
        self.sandbox.change('merge', id=second, into=first)

        synced = self.desk.sync()
        self.assertEqual((synced['created'], synced['forgotten']), (1, 0))
        self.assertGreaterEqual(synced['updated'], 2)
        self.assertLess(synced['requests'], 12)
        self.assertEqual([p['id'] for p in self.desk.ask('search', 'vorderbrugge')], [changed])
        self.assertEqual([p['id'] for p in self.desk.ask('search', 'Ottokar Neu')], [created])
        self.assertEqual(len(self.desk.ask('show', gone)), 1)

        swept = self.desk.sync('--full')
        self.assertEqual((swept['forgotten'], swept['candidates']), (2, 2599))
        self.assertRefused(self.desk.run('show', gone), 1, str(gone))
        self.assertRefused(self.desk.run('show', second), 1, str(second))
        self.assertSame()

    def test_a_sweep_that_fails_forgets_nothing(self):
        self.desk.connect()
        self.desk.sync()
        before = self.stored()
        self.sandbox.fault('status', 'GET', '/v3/candidates', status=403, skip=2)
        done = self.desk.run('sync', '--full')
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.stored(), before)

    def test_token_expires_on_the_way(self):
        self.desk.connect()
        self.sandbox.fault('delay', 'GET', '/v3/candidates', delay_ms=200, times=0)
        sync = self.desk.start('sync')
        tool.wait(lambda: self.stored_or_none() > 0, 'a page to be stored')
        self.sandbox.expire_tokens()
        out, err = sync.communicate(timeout=60)
        self.assertEqual(sync.returncode, 0, err)
        self.assertSame()

    def test_nothing_new(self):
        self.desk.connect()
        self.desk.sync()
        again = self.desk.sync()
        self.assertEqual((again['created'], again['updated'], again['forgotten']), (0, 0, 0))
        self.assertLess(again['requests'], 12)

    def test_two_at_once(self):
        self.desk.connect()
        self.sandbox.fault('delay', 'GET', '/v3/candidates', delay_ms=50, times=0)
        syncs = [self.desk.start('sync') for _ in range(2)]
        for sync in syncs:
            out, err = sync.communicate(timeout=120)
            self.assertEqual(sync.returncode, 0, err)
        self.assertSame()


class Presence(tool.Test):
    """Who is gone from Greenhouse is looked up now and then, and not believed where that is too many."""

    options = ('--candidates', '200', '--allowance', '0')

    def make_due(self):
        self.desk.query("update sync_positions set completed_since = 1 where aim = 'presence'")

    def people(self, n):
        return [person['id'] for person in self.desk.ask('search', '--limit', n, '')]

    def delete(self, people):
        for person in people:
            self.sandbox.change('delete', id=person)

    def assertSame(self):
        stored = set(map(int, self.desk.query('select id from candidates').split()))
        self.assertEqual(stored, set(self.sandbox.candidate_ids()))

    def test_by_itself(self):
        self.desk.connect()
        self.desk.sync()
        people = self.people(7)
        self.delete(people[:4])
        self.sandbox.change('merge', id=people[5], into=people[6])
        self.assertEqual(self.desk.sync()['forgotten'], 0)

        self.make_due()
        self.assertEqual(self.desk.sync()['forgotten'], 5)
        self.assertSame()
        self.assertEqual(self.desk.sync()['requests'], 5)

    def test_too_many(self):
        self.desk.connect()
        n = self.desk.sync()['candidates']
        self.delete(self.people(20))
        for options in (), ('--full',):
            self.make_due()
            done = self.desk.run('sync', *options)
            self.assertRefused(done, 1, '--full --forget 20')
            told = json.loads(done.stdout.splitlines()[-1])
            self.assertEqual((told['forgotten'], told['missing'], told['candidates']), (0, 20, n))
        # It is told until it is solved.
        self.assertIn('20 of %d' % n, self.desk.show()['health'])

        self.assertRefused(self.desk.run('sync', '--full', '--forget', '19'), 1, '--forget 20')
        self.assertEqual(self.desk.sync('--full', '--forget', '20')['forgotten'], 20)
        self.assertSame()
        self.assertNotIn('20 of', self.desk.show()['health'])

    def test_a_sweep_cut_short(self):
        self.desk.connect()
        n = self.desk.sync()['candidates']
        self.delete(self.people(3))
        for status in 403, 404:
            self.make_due()
            self.sandbox.fault('status', 'GET', '/v3/candidates', status=status, skip=1)
            done = self.desk.run('sync')
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(self.desk.query('select count(*) from candidates'), str(n))
        self.assertEqual(self.desk.sync()['forgotten'], 3)
        self.assertSame()

    def test_paused(self):
        self.desk.connect()
        self.desk.do('integration', 'set', self.desk.id, 'sync-paused', 'yes')
        self.assertRefused(self.desk.run('sync'), 1, 'sync-paused no')
        self.assertRefused(self.desk.run('integration', 'set', self.desk.id, 'sync-paused', 'maybe'), 1, 'yes or no')
        self.desk.do('integration', 'set', self.desk.id, 'sync-paused', 'no')
        self.assertTrue(self.desk.sync()['complete'])
        self.assertSame()


class Allowance(tool.Test):
    """Two windows of a few requests: the program waits for the next one, and is never told to."""

    options = ('--candidates', '2600', '--allowance', '9')

    def test_small_allowance(self):
        self.desk.connect()
        synced = self.desk.sync()
        self.assertEqual((synced['complete'], synced['candidates']), (True, 2600))
        self.assertLessEqual(synced['refused'], 1)
        self.assertGreater(synced['requests'], 9)

    def test_told_to_wait(self):
        self.desk.connect()
        self.sandbox.fault('status', 'GET', '/v3/users', status=429, retry_after=1, body='Retry later')
        done = self.desk.run('sync', timeout=200)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('"refused":1', done.stdout)


if __name__ == '__main__':
    tool.main()
