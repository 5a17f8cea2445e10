"""The way of a note: from a Greenhouse that was never heard of to the candidate's page."""
import os
import stat
import time
import urllib.error

import tool

KEYS = {
    'integration': {'id', 'name', 'caption', 'api', 'subdomain', 'status', 'health'},
    'check': {'ok', 'permissions', 'acting_as', 'organization', 'api', 'remarks', 'site_admin',
              'clock_skew', 'allowance', 'window'},
    'permission': {'name', 'scope', 'granted', 'required', 'advice'},
    'sync': {'integration', 'complete', 'candidates', 'created', 'updated', 'forgotten', 'requests',
             'refused', 'seconds'},
    'search': {'id', 'name', 'title', 'company', 'phones', 'emails', 'job', 'stage', 'tags'},
    'outbox': {'id', 'state', 'candidate', 'note', 'attempts', 'error'},
}


class Way(tool.Test):
    options = ('--candidates', '700', '--allowance', '0')

    def test_the_whole_way(self):
        desk = self.desk

        identity = desk.add()
        self.assertRegex(identity, r'\A\S+\Z')
        listed, = desk.ask('integration', 'list')
        self.assertEqual(set(listed), KEYS['integration'])
        self.assertEqual((listed['id'], listed['name'], listed['api'], listed['subdomain']),
                         (identity, 'Alder Works', 'v3', 'alder'))
        self.assertEqual(listed['status'], 'inactive')

        check, = desk.ask('integration', 'check', identity, '--json')
        self.assertEqual(set(check), KEYS['check'])
        self.assertIs(check['ok'], True)
        self.assertTrue(check['organization'])
        self.assertEqual({key for p in check['permissions'] for key in p}, KEYS['permission'])
        self.assertIn('harvest:notes:create', [p['scope'] for p in check['permissions']])
        self.assertIn('harvest:candidates:list', desk.do('integration', 'check', identity))

        desk.do('integration', 'activate', identity)
        self.assertEqual(desk.ask('integration', 'list')[0]['status'], 'active')

        synced = desk.sync()
        self.assertLessEqual(KEYS['sync'], set(synced))
        self.assertEqual((synced['integration'], synced['complete']), (identity, True))
        self.assertEqual((synced['candidates'], synced['created']), (700, 700))
        self.assertEqual((synced['forgotten'], synced['refused']), (0, 0))
        self.assertGreater(synced['requests'], 1)
        self.assertEqual(desk.query('select count(*) from candidates'), '700')
        self.assertEqual(stat.S_IMODE(os.stat(desk.database()).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(desk.profile).st_mode), 0o700)

        person = self.somebody()
        found = desk.ask('search', '--limit', 500, person['emails'][0])
        self.assertEqual(found, [person])

        text = 'Zoë asks for <b>remote</b> work & a dog.\nSecond line: « ça va » 👍'
        outbox_id = desk.do('note', person['id'], text=text + '\n').strip()
        self.assertRegex(outbox_id, r'\A\d+\Z')
        waiting, = desk.outbox()
        self.assertEqual(set(waiting), KEYS['outbox'])
        self.assertEqual((waiting['id'], waiting['state'], waiting['candidate'], waiting['note']),
                         (int(outbox_id), 'waiting', person['id'], None))
        self.assertEqual(self.sandbox.notes(person['id'], 'Zoë asks'), [])

        sent, = desk.ask('outbox', 'flush')
        self.assertEqual((sent['state'], sent['attempts'], sent['error']), ('sent', 1, None))
        self.assertEqual(desk.outbox(), [sent])
        self.assertEqual(desk.ask('outbox'), [sent])
        self.assertEqual(desk.ask('outbox', 'flush'), [sent])

        note, = self.sandbox.notes(person['id'], 'Zoë asks')
        self.assertEqual(note['id'], sent['note'])
        self.assertTrue(note['body'].startswith(text), note['body'])
        page = self.sandbox.page(person['id'])
        self.assertEqual(page.count('Zoë asks for &lt;b&gt;remote&lt;/b&gt; work &amp; a dog.'), 1)
        self.assertIn(self.sandbox.recruiter_name(), page)

        shown, = desk.ask('show', person['id'])
        self.assertEqual({key: shown[key] for key in person}, person)
        entry, = [e for e in shown['history'] if e['note'] == sent['note']]
        self.assertEqual((entry['kind'], entry['state']), ('note', 'sent'))
        self.assertIn('Zoë asks', entry['text'])

    def somebody(self):
        """A candidate whose application and addresses are all there."""
        people = self.desk.ask('search', '--limit', 700, '')
        self.assertTrue(all(set(person) == KEYS['search'] for person in people))
        return next(p for p in people if p['job'] and p['stage'] and p['phones'] and p['emails'])

    def test_visibility(self):
        self.desk.connect()
        self.desk.sync()
        person = self.somebody()['id']
        for visibility in ('public', 'private', 'admin_only'):
            self.desk.do('note', person, '--visibility', visibility, text='seen by ' + visibility)
        self.desk.do('integration', 'set', self.desk.id, 'visibility', 'private')
        self.desk.do('note', person, text='seen as the integration says')
        self.desk.do('outbox', 'flush')

        notes = self.sandbox.notes(person, 'seen ')
        self.assertEqual({note['body'].splitlines()[0]: note['visibility'] for note in notes},
                         {'seen by public': 'publicly_visible', 'seen by private': 'privately_visible',
                          'seen by admin_only': 'admin_only_visible',
                          'seen as the integration says': 'privately_visible'})

    def test_discard_and_retry(self):
        self.desk.connect()
        self.desk.sync()
        person = self.somebody()['id']
        first = self.desk.do('note', person, text='thrown away').strip()
        second = self.desk.do('note', person, text='kept').strip()
        self.desk.do('outbox', 'discard', first)
        self.desk.do('outbox', 'retry', second)
        self.assertEqual([str(item['id']) for item in self.desk.outbox()], [second])
        self.desk.do('outbox', 'flush')
        self.assertEqual(self.sandbox.notes(person, 'thrown away'), [])
        self.assertEqual(len(self.sandbox.notes(person, 'kept')), 1)
        # What stands in Greenhouse is neither sent again nor hidden.
        self.assertRefused(self.desk.run('outbox', 'retry', second), 1)

    def test_several_integrations(self):
        self.desk.connect()
        first = self.desk.id
        self.desk.sync()
        self.assertRefused(self.desk.run('show', '1'), 1, 'no candidate 1')
        person = self.somebody()['id']

        self.desk.connect()
        second = self.desk.id
        self.assertNotEqual(first, second)
        self.assertEqual({line['integration'] for line in self.desk.ask('sync')}, {first, second})
        self.assertRefused(self.desk.run('note', person, text='for whom?'), 1, '--integration')
        self.desk.do('note', person, '--integration', second, text='for the second')
        self.assertEqual([item['integration'] for item in self.desk.outbox()], [second])

        self.desk.do('integration', 'pause', second)
        self.assertEqual(len(self.desk.ask('sync')), 1)
        self.assertEqual(self.desk.ask('show', person)[0]['integration'], first)

        self.assertRefused(self.desk.run('integration', 'remove', second), 2, 'DELETE')
        self.assertRefused(self.desk.run('integration', 'remove', second, '--confirm', 'yes'), 2)
        self.desk.do('integration', 'remove', second, '--confirm', 'DELETE')
        self.assertEqual([line['id'] for line in self.desk.ask('integration', 'list')], [first])
        self.assertEqual(len(self.desk.ask('show', person)), 1)
        self.assertIn(first, self.desk.database())

    def test_settings(self):
        self.desk.add()
        self.desk.do('integration', 'set', self.desk.id, 'caption', 'Für Zoë')
        shown, = self.desk.ask('integration', 'show', self.desk.id, env={'LC_ALL': 'C'})
        self.assertEqual(shown['caption'], 'Für Zoë')
        self.assertEqual(shown['harvest-url'].rstrip('/'), self.sandbox.harvest_url.rstrip('/'))
        self.assertEqual((shown['candidates'], shown['unsent']), (0, 0))

    def test_a_sandbox_of_ones_own(self):
        options = ('--candidates', '30', '--allowance', '2', '--window', '600', '--unaligned', '--delay', '20')
        plain = tool.Sandbox(*options)
        self.addCleanup(plain.stop)
        prepared = tool.Sandbox(*options, '--prepare')
        self.addCleanup(prepared.stop)
        others = tool.Sandbox(*options, '--seed', '7')
        self.addCleanup(others.stop)

        names = [[(person['id'], person['first_name'], person['last_name']) for person in
                  sandbox.world()['candidates']] for sandbox in (plain, prepared, others)]
        self.assertEqual(len(names[0]), 30)
        self.assertEqual(names[0], names[1])
        self.assertNotEqual(names[0], names[2])

        began = time.monotonic()
        self.assertEqual(len(plain.harvest('candidates')), 30)
        self.assertGreaterEqual(time.monotonic() - began, 0.04)
        self.assertEqual(len(prepared.harvest('candidates')), 30)
        plain.harvest('jobs')
        with self.assertRaises(urllib.error.HTTPError) as refused:
            plain.harvest('jobs')
        self.assertEqual(refused.exception.code, 429)
        self.assertGreater(int(refused.exception.headers['Retry-After']), 500)

    def test_help_and_version(self):
        self.assertRegex(self.desk.do('--version'), r'\Adialhousectl \d+\.\d+')
        text = self.desk.do('--help')
        for command in ('integration add', 'integration check', 'sync', 'search', 'show', 'call',
                        'note', 'outbox list', 'outbox retry', 'phone list', 'sandbox', 'tour'):
            self.assertIn('  ' + command, text)
            one = self.desk.do(*command.split(), '--help')
            self.assertTrue(one.startswith('Usage:\n  dialhousectl ' + command), one)
        self.assertIn('integration pause', self.desk.do('integration', '--help'))
        # Help makes nothing.
        self.assertEqual(os.listdir(self.desk.profile), [])


if __name__ == '__main__':
    tool.main()
