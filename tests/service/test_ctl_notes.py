"""A note goes out once, whatever happens on its way."""
import signal

import tool

POST = ('POST', '/v3/notes')


class Notes(tool.Test):
    options = ('--candidates', '40', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.person = self.desk.ask('search', '')[0]['id']

    def write(self, text):
        return int(self.desk.do('note', self.person, text=text))

    def assertStandsOnce(self, text):
        item, = [item for item in self.desk.outbox() if item['state'] == 'sent']
        note, = self.sandbox.notes(self.person, text)
        self.assertEqual(note['id'], item['note'])
        self.assertEqual(self.sandbox.page(self.person).count(text), 1)

    def flush_until_sent(self):
        def sent():
            done = self.desk.run('outbox', 'flush')
            self.assertLessEqual(done.stderr.count('\n'), 1, done.stderr)
            return done.returncode == 0
        tool.wait(sent, 'the note to be sent', 120)

    def test_cut_before_it_was_stored(self):
        self.write('cut before')
        self.sandbox.fault('cut', *POST)
        self.flush_until_sent()
        self.assertStandsOnce('cut before')

    def test_cut_after_it_was_stored(self):
        self.write('cut after')
        self.sandbox.fault('cut', *POST, after_store=True)
        self.flush_until_sent()
        self.assertStandsOnce('cut after')
        self.assertEqual(self.desk.outbox()[0]['attempts'], 1)

    def test_trouble_after_it_was_stored(self):
        for status in (500, 502, 504):
            with self.subTest(status):
                text = 'trouble %d' % status
                self.write(text)
                self.sandbox.fault('status', *POST, status=status, after_store=True)
                self.flush_until_sent()
                self.assertEqual(len(self.sandbox.notes(self.person, text)), 1)

    def test_trouble_before_it_was_stored(self):
        self.write('trouble before')
        self.sandbox.fault('status', *POST, status=503)
        self.flush_until_sent()
        self.assertStandsOnce('trouble before')

    def test_half_an_answer(self):
        self.write('half an answer')
        self.sandbox.fault('half', *POST)
        self.flush_until_sent()
        self.assertStandsOnce('half an answer')

    def kill_while_posting(self, text, fault, **more):
        self.write(text)
        self.sandbox.fault(fault, *POST, **more)
        flush = self.desk.start('outbox', 'flush')
        tool.wait(lambda: self.sandbox.n_requests(*POST) > 0, 'the note to be on its way')
        flush.kill()
        flush.communicate()
        self.assertEqual(flush.returncode, -signal.SIGKILL)
        self.assertIn(self.desk.outbox()[0]['state'], ('sending', 'uncertain'))
        self.sandbox.reset()

    def test_killed_after_it_was_stored(self):
        self.kill_while_posting('killed after', 'delay', delay_ms=20000, after_store=True)
        tool.wait(lambda: self.sandbox.notes(self.person, 'killed after'), 'the note to be stored')
        self.flush_until_sent()
        self.assertStandsOnce('killed after')

    def test_killed_before_it_was_stored(self):
        self.kill_while_posting('killed before', 'cut', delay_ms=3000)
        self.flush_until_sent()
        self.assertStandsOnce('killed before')

    def test_killed_over_and_over(self):
        for i in range(12):
            text = 'killed over and over %d.' % i
            self.write(text)
            self.sandbox.fault('delay', 'GET', '/v3/candidates', delay_ms=25 * i)
            self.sandbox.fault('delay', *POST, delay_ms=10 * i)
            flush = self.desk.start('outbox', 'flush')
            try:
                flush.communicate(timeout=0.05 + 0.04 * i)
            except tool.subprocess.TimeoutExpired:
                flush.kill()
                flush.communicate()
            self.sandbox.reset()
        self.flush_until_sent()
        for i in range(12):
            self.assertEqual(len(self.sandbox.notes(self.person, 'over and over %d.' % i)), 1)
        self.assertEqual({item['state'] for item in self.desk.outbox()}, {'sent'})

    def test_stopped_by_hand(self):
        self.write('stopped by hand')
        self.sandbox.fault('delay', *POST, delay_ms=2000, after_store=True)
        flush = self.desk.start('outbox', 'flush')
        tool.wait(lambda: self.sandbox.n_requests(*POST) > 0, 'the note to be on its way')
        flush.send_signal(signal.SIGINT)
        out, err = flush.communicate(timeout=20)
        self.assertEqual((flush.returncode, err), (130, 'dialhousectl: Stopped.\n'))
        self.sandbox.reset()
        self.flush_until_sent()
        self.assertStandsOnce('stopped by hand')

    def test_two_flushes_at_once(self):
        texts = ['at once %d.' % i for i in range(6)]
        for text in texts:
            self.write(text)
        self.sandbox.fault('delay', *POST, delay_ms=150, times=6)
        flushes = [self.desk.start('outbox', 'flush') for _ in range(3)]
        for flush in flushes:
            out, err = flush.communicate(timeout=60)
            self.assertEqual((flush.returncode, err), (0, ''))
        for text in texts:
            self.assertEqual(len(self.sandbox.notes(self.person, text)), 1, text)
        self.assertEqual([item['attempts'] for item in self.desk.outbox()], [1] * 6)

    def test_writing_while_another_flushes(self):
        self.write('the first')
        self.sandbox.fault('delay', *POST, delay_ms=1000)
        flush = self.desk.start('outbox', 'flush')
        tool.wait(lambda: self.sandbox.n_requests(*POST) > 0, 'the note to be on its way')
        self.write('the second')
        flush.communicate(timeout=60)
        self.flush_until_sent()
        for text in ('the first', 'the second'):
            self.assertEqual(len(self.sandbox.notes(self.person, text)), 1, text)

    def test_it_asks_where_it_may_not_look(self):
        outbox_id = self.write('may not look')
        self.sandbox.take_scope('harvest:notes:list')
        self.sandbox.fault('cut', *POST, after_store=True)
        done = self.desk.run('outbox', 'flush')
        self.assertRefused(done, 1, 'harvest:notes:list')
        self.assertEqual(self.desk.outbox()[0]['state'], 'uncertain')
        # It waits for the person, however often it is asked.
        self.assertRefused(self.desk.run('outbox', 'flush'), 1)
        self.assertEqual(self.sandbox.page(self.person).count('may not look'), 1)
        self.desk.do('outbox', 'discard', outbox_id)
        self.assertEqual(self.desk.outbox(), [])

        # Without the scope, and without trouble, Greenhouse's own word is the proof.
        self.write('may not look but was told')
        self.assertEqual(self.desk.ask('outbox', 'flush')[0]['state'], 'sent')

    def test_no_connection_then_one(self):
        self.write('goes later')
        self.desk.do('integration', 'set', self.desk.id, 'harvest-url', 'http://127.0.0.1:9')
        self.assertRefused(self.desk.run('outbox', 'flush'), 1)
        self.assertEqual(self.desk.outbox()[0]['state'], 'waiting')
        self.desk.do('integration', 'set', self.desk.id, 'harvest-url', self.sandbox.harvest_url)
        self.desk.do('outbox', 'flush')
        self.assertStandsOnce('goes later')

    def test_a_paused_integration_sends_nothing(self):
        self.write('not now')
        self.desk.do('integration', 'pause', self.desk.id)
        self.assertRefused(self.desk.run('outbox', 'flush'), 1, 'not active')
        self.assertEqual(self.desk.outbox()[0]['state'], 'waiting')
        self.assertEqual(self.sandbox.notes(self.person, 'not now'), [])
        self.desk.do('integration', 'activate', self.desk.id)
        self.desk.do('outbox', 'flush')
        self.assertStandsOnce('not now')


if __name__ == '__main__':
    tool.main()
