"""Candidates as CloudTalk's contacts, from a script: all of them, none twice, through kills and restarts."""
import cloudtalk
import tool

BULK = '/bulk/contacts.json'


class Case(tool.Test):
    options = ('--candidates', '30', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()
        self.ct.switch('keys', keys='ok')
        self.ct.switch('allowance', limit=1000000, told='always')
        self.ct.switch('contacts', delete='all')

    def connect(self):
        """An integration that is in step with Greenhouse, and an account at the sandbox."""
        self.integration = self.desk.add()
        account = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id,
                               text=self.ct.secret + '\n').strip()
        self.desk.do('phone', 'set', account, 'url', self.sandbox.cloudtalk_url)
        self.desk.do('integration', 'activate', self.integration)
        self.desk.sync()
        return account

    def run_contacts(self, what, status=0):
        done = self.desk.run('contacts', what, self.integration)
        self.assertEqual(done.returncode, status, done.stderr)
        return tool.json.loads(done.stdout.splitlines()[-1])

    def assertDid(self, report, add, change, remove):
        self.assertEqual([report[name] for name in ('complete', 'add', 'change', 'remove', 'failed', 'refused')],
                         [True, add, change, remove, 0, 0])

    def contacts(self):
        return self.sandbox.ask('GET', '/sandbox/cloudtalk/contacts')

    def stored(self):
        """What the search of this desk finds: id to candidate."""
        return {person['id']: person for person in self.desk.ask('search', '--limit', '100000', '')}

    def links(self):
        """The candidates' ids by the links on contacts; fails where one stands on two."""
        links = [int(url.rsplit('/', 1)[1]) for contact in self.contacts() for url in contact['urls']
                 if '/people/' in url]
        self.assertEqual(len(links), len(set(links)), 'somebody is there twice')
        return set(links)


class Step(Case):
    def test_there_and_back(self):
        self.connect()
        preview = self.run_contacts('preview')
        self.assertEqual(self.contacts(), [])
        first = self.run_contacts('sync')
        self.assertEqual([preview[name] for name in ('remove', 'skipped')], [0, first['skipped']])
        self.assertEqual((preview['add'], preview['change']), (first['add'], first['change']))
        self.assertEqual((first['complete'], first['failed'], first['refused']), (True, 0, 0))
        self.assertEqual({tag for contact in self.contacts() for tag in contact['tags']}, {'Greenhouse'})

        # As CloudTalk shows them.
        stored = self.stored()
        for contact in self.contacts():
            person = stored[int(contact['urls'][0].rsplit('/', 1)[1])]
            self.assertEqual(contact['name'], person['name'])
            self.assertEqual(contact['company'] or '', (person['company'] or '')[:100])
            self.assertIn(person['job'] or '', contact['title'] or '')
            self.assertIn(person['stage'] or '', contact['title'] or '')

        again = self.run_contacts('sync')
        self.assertEqual((again['add'], again['change'], again['remove'], again['requests']), (0, 0, 0, 0))
        last = self.run_contacts('remove')
        self.assertEqual(last['remove'], len(self.links()) or first['add'] + first['change'])
        self.assertEqual(self.contacts(), [])

    def test_private_candidates_never_get_there(self):
        self.connect()
        self.run_contacts('sync')
        hidden = sorted(self.links())[:3]
        for person in hidden:
            self.sandbox.change('update', id=person, fields={'private': True})
        self.desk.sync()
        self.assertDid(self.run_contacts('sync'), 0, 0, 3)
        self.assertFalse(set(hidden) & self.links())

    def test_refusals(self):
        self.integration = self.desk.add()
        self.assertRefused(self.desk.run('contacts', 'sync', self.integration), 1, 'activate')
        self.desk.do('integration', 'activate', self.integration)
        self.assertRefused(self.desk.run('contacts', 'sync', self.integration), 1, 'phone add cloudtalk')
        account = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id,
                               text=self.ct.secret + '\n').strip()
        self.desk.do('phone', 'set', account, 'url', self.sandbox.cloudtalk_url)
        self.assertRefused(self.desk.run('contacts', 'sync', self.integration), 1, 'sync this integration first')
        self.assertEqual(self.contacts(), [])

    def test_chosen_jobs(self):
        self.connect()
        job = next(person['job'] for person in self.stored().values() if person['job'])
        self.desk.do('integration', 'set', self.integration, 'contact-jobs', ' %s ;; No such job\n' % job)
        self.assertEqual(self.desk.show()['contact-jobs'], job + '; No such job')
        some = self.run_contacts('sync')
        self.assertTrue(0 < some['add'] < len(self.stored()))

        # Of all: the others come along. Of none: all go.
        self.desk.do('integration', 'set', self.integration, 'contact-jobs', '')
        self.assertGreater(self.run_contacts('sync')['add'], 0)
        self.desk.do('integration', 'set', self.integration, 'contact-stages', 'No such stage')
        self.assertGreater(self.run_contacts('sync')['remove'], some['add'])
        self.assertEqual(self.contacts(), [])

    def bulks(self):
        """What was answered, 0 while nothing was."""
        return [visit['status'] for visit in self.sandbox.log() if visit['path'].endswith(BULK)]

    def kill_with_a_request_on_the_way(self, **how):
        """The second ten are at CloudTalk when the program dies."""
        self.sandbox.reset()
        self.ct.switch('contacts', delete='all')
        self.ct.fault('delay', 'POST', BULK, skip=1, delay_ms=2000, **how)
        process = self.desk.start('contacts', 'sync', self.integration)
        try:
            tool.wait(lambda: len(self.bulks()) == 2, 'the request')
        finally:
            process.kill()
            process.communicate()

    def test_killed_before_the_answer(self):
        self.connect()
        self.desk.do('integration', 'set', self.integration, 'note-patience', '4')
        for after_store in (True, False):
            with self.subTest(after_store=after_store):
                self.kill_with_a_request_on_the_way(after_store=after_store)
                self.assertEqual(len(self.contacts()), 20 if after_store else 10)
                # What CloudTalk has not done yet it does later: who was sent is looked for first, not sent again.
                self.run_contacts('sync')
                tool.wait(lambda: 0 not in self.bulks(), 'all to be done')
                self.links()
                self.assertEqual(self.run_contacts('sync')['requests'], 0)
                # It is known whose they are.
                self.run_contacts('remove')
                self.assertEqual(self.contacts(), [])

    def test_another_tag(self):
        self.connect()
        first = self.run_contacts('sync')
        self.desk.do('integration', 'set', self.integration, 'contact-tag', 'Talent')
        self.assertEqual(self.run_contacts('sync')['change'], first['add'] + first['change'])
        self.assertEqual({tuple(contact['tags']) for contact in self.contacts()}, {('Talent',)})


class Crowd(Case):
    """Many, at the pace that is allowed, through a kill and a restart."""
    options = ('--candidates', '600', '--allowance', '0')

    def kill_in_the_middle(self, n_there):
        process = self.desk.start('contacts', 'sync', self.integration)
        try:
            tool.wait(lambda: len(self.contacts()) >= n_there, '%d contacts' % n_there, 120)
        finally:
            process.kill()
            process.communicate()

    def test_none_twice(self):
        self.connect()
        self.desk.do('integration', 'set', self.integration, 'note-patience', '2')
        expected = self.run_contacts('preview')
        for n_there in (100, 300):
            self.kill_in_the_middle(n_there)
            self.assertLess(len(self.contacts()), expected['add'])
        self.run_contacts('sync')
        there = self.links()
        private = {person['id'] for person in self.sandbox.world()['candidates'] if person['private']}
        self.assertFalse(there & private)
        self.assertEqual(self.run_contacts('sync')['requests'], 0)

        # Fifty change, twenty vanish: exactly those are touched.
        edits = {contact['id']: contact['edits'] for contact in self.contacts()}
        alone = sorted(int(contact['urls'][0].rsplit('/', 1)[1]) for contact in self.contacts()
                       if len(contact['urls']) == 1)
        changed, gone = alone[:50], alone[50:70]
        for person in changed:
            self.sandbox.change('update', id=person, fields={'title': 'Director of %d' % person})
        for person in gone:
            self.sandbox.change('delete', id=person)
        self.desk.do('sync', self.integration, '--full')
        report = self.run_contacts('sync')
        self.assertDid(report, 0, 50, 20)
        self.assertEqual(self.links(), there - set(gone))
        touched = {int(contact['urls'][0].rsplit('/', 1)[1]) for contact in self.contacts()
                   if contact['edits'] != edits[contact['id']]}
        self.assertEqual(touched, set(changed))


if __name__ == '__main__':
    tool.main()
