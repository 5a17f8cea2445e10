"""What the settings window does, from a script: connecting, checking, choosing who one is."""
import os
import re

import tool

SCOPES = {
    'harvest:candidates:list': 'List candidates',
    'harvest:notes:list': 'List notes',
    'harvest:notes:create': 'Create notes',
    'harvest:users:list': 'List users',
    'harvest:applications:list': 'List applications',
    'harvest:jobs:list': 'List jobs',
}
REQUIRED = {'harvest:candidates:list', 'harvest:notes:create', 'harvest:users:list'}


class Form(tool.Test):
    """Adding one, and giving it other credentials."""

    options = ('--candidates', '60', '--allowance', '0')

    def test_what_people_paste(self):
        for pasted in ('https://yourcompany.greenhouse.io/people/1', 'yourcompany.greenhouse.io',
                       ' YourCompany ', 'https://yourcompany.greenhouse.io'):
            with self.subTest(pasted):
                identity = self.desk.do('integration', 'add', '--name', ' Alder ', '--subdomain', pasted,
                                        '--client-id', ' %s ' % self.sandbox.client_id,
                                        text='\n  %s \r\n\n' % self.sandbox.client_secret).strip()
                shown = self.desk.show(identity)
                self.assertEqual((shown['name'], shown['subdomain']), ('Alder', 'yourcompany'))
                self.assertEqual((shown['status'], shown['health']), ('inactive', 'new'))
                for key in ('harvest-url', 'auth-url'):
                    self.desk.do('integration', 'set', identity, key, self.sandbox.web_url)
                check, status = self.desk.check(identity)
                self.assertEqual((check['ok'], status), (True, 0))

    def test_bad_input(self):
        good = {'--name': 'A', '--subdomain': 'a', '--client-id': self.sandbox.client_id}
        secret = self.sandbox.client_secret
        before = tool.count_secrets()
        for more, text, status, word in (
                ({'--name': None}, secret, 2, '--name'),
                ({'--subdomain': None}, secret, 2, '--subdomain'),
                ({'--client-id': None}, secret, 2, '--client-id'),
                ({'--api': 'v2'}, secret, 2, 'v3 or v1'),
                ({'--api': 'v1'}, secret, 2, '--client-id'),
                ({'--api': 'v1', '--client-id': None, '--acting-user': '1'}, secret, 2,
                 '--acting-user'),
                ({'--name': ' '}, secret, 1, 'name'),
                ({'--subdomain': 'not a place!'}, secret, 1, 'subdomain'),
                ({'--subdomain': 'https://example.org/people/1'}, secret, 1, 'subdomain'),
                ({'--client-id': ' '}, secret, 1, 'client ID'),
                ({'--client-id': secret}, secret, 1, 'client'),
                ({'--client-id': '0123456789abcdef0123456789abcdef-1'}, secret, 1, 'key'),
                ({}, '', 1, 'secret'),
                ({}, '\n \n', 1, 'secret'),
                ({'--acting-user': 'Zoë'}, secret, 1, 'user'),
                ({'--as': 'nobody'}, secret, 1, 'e-mail')):
            with self.subTest(word=word, more=more):
                arguments = [word for option, value in (good | more).items() if value is not None
                             for word in (option, value)]
                done = self.desk.run('integration', 'add', *arguments, text=text)
                self.assertRefused(done, status, word)
                self.assertNotIn(secret, done.stderr)
                self.assertEqual(done.stdout, '')
                self.assertEqual(self.desk.do('integration', 'list'), '')
                self.assertEqual([name for name in os.listdir(self.desk.profile)
                                  if '.sqlite' in name], [])
        self.assertEqual(tool.count_secrets(), before)

    def test_acting_user(self):
        users = self.sandbox.harvest('users', per_page=500)
        admin = next(user for user in users if user['site_admin'] and not user['deactivated'])
        other = next(user for user in users if not user['site_admin'] and not user['deactivated'])
        self.desk.add(options=('--acting-user', admin['id']))
        self.assertEqual(self.desk.show()['acting-user'], str(admin['id']))
        check, status = self.desk.check()
        self.assertEqual((check['ok'], check['site_admin'], status), (True, True, 0))
        self.assertIn(admin['name'], check['acting_as'])

        # From the address of that person's page, as it is in Greenhouse
        self.desk.do('integration', 'set', self.desk.id, 'acting-user',
                     'https://app.greenhouse.io/account/users/%d' % other['id'])
        check, status = self.desk.check()
        self.assertEqual((check['ok'], status), (False, 1))
        self.assertIsNot(check['site_admin'], True)

    def test_renewed(self):
        self.desk.add(secret='the-old-one')
        self.assertEqual(self.desk.check()[1], 1)
        before = tool.count_secrets()

        # What Greenhouse does not take is not kept, and the old one stays.
        done = self.desk.run('integration', 'renew', self.desk.id, '--client-id',
                             self.sandbox.client_id, text='another-wrong-one')
        self.assertRefused(done, 1, 'secret')
        self.assertIn('the-old-one', tool.read_secrets())
        self.assertNotIn('another-wrong-one', tool.read_secrets())

        done = self.desk.run('integration', 'renew', self.desk.id, '--client-id',
                             self.sandbox.client_id, text=self.sandbox.client_secret)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, '', ''))
        self.assertNotIn('the-old-one', tool.read_secrets())
        self.assertEqual(tool.count_secrets(), before)
        self.assertEqual(self.desk.check()[1], 0)
        self.assertEqual(self.desk.show()['status'], 'inactive')

    def test_renewed_wrongly(self):
        self.desk.add()
        for arguments, text, status, word in (
                ((), 'secret', 2, '--client-id'),
                (('--api', 'v1', '--client-id', 'x'), 'key', 2, '--client-id'),
                (('--client-id', self.sandbox.client_id), '', 1, 'secret'),
                (('--client-id', self.sandbox.client_id, '--acting-user', 'x'),
                 self.sandbox.client_secret, 1, 'user')):
            with self.subTest(word):
                done = self.desk.run('integration', 'renew', self.desk.id, *arguments, text=text)
                self.assertRefused(done, status, word)
        self.assertRefused(self.desk.run('integration', 'renew', 'x', '--client-id', 'y', text='z'),
                           1, '“x”')
        self.assertEqual(self.desk.check()[1], 0)

    def test_settings(self):
        self.desk.add()
        for key, value, kept in (('caption', ' the main one ', 'the main one'), ('colour', 'red', 'red'),
                                 ('contact-tag', 'Talent', 'Talent'),
                                 ('call-numbers', '+44 20 7946 0958; +1 415 555 2671',
                                  '+442079460958, +14155552671'),
                                 ('sms-numbers', '+442079460958', '+442079460958'),
                                 ('visibility', 'private', 'private'),
                                 ('subdomain', 'https://birch.greenhouse.io/people/1', 'birch')):
            with self.subTest(key):
                self.desk.do('integration', 'set', self.desk.id, key, value)
                self.assertEqual(self.desk.show()[key], kept)
        for key, value in (('colour', 'beautiful'), ('call-numbers', 'home'), ('sms-numbers', '12'),
                           ('acting-user', 'me'), ('recruiter-id', 'me')):
            with self.subTest(key=key, value=value):
                before = self.desk.show()
                self.assertRefused(self.desk.run('integration', 'set', self.desk.id, key, value), 1)
                self.assertEqual(self.desk.show(), before)


class Check(tool.Test):
    options = ('--candidates', '40', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.add()

    def test_all_green(self):
        check, status = self.desk.check()
        self.assertEqual((status, check['ok'], check['api'], check['remarks']), (0, True, 'v3', []))
        self.assertEqual({p['scope']: p['name'] for p in check['permissions']}, SCOPES)
        self.assertEqual({p['scope'] for p in check['permissions'] if p['required']}, REQUIRED)
        self.assertEqual({p['granted'] for p in check['permissions']}, {True})
        self.assertIs(check['site_admin'], True)
        self.assertLess(abs(check['clock_skew']), 3)
        self.assertEqual(check['window'], 30)
        self.assertGreater(check['allowance'], 0)
        self.assertEqual(self.desk.ask('integration', 'list')[0]['health'], 'ok')

    def test_each_scope_in_turn(self):
        """It names exactly the one that is missing."""
        for scope, name in SCOPES.items():
            with self.subTest(scope):
                self.sandbox.take_scope(scope)
                check, status = self.desk.check()
                missing = [p for p in check['permissions'] if p['granted'] is not True]
                self.assertEqual([(p['scope'], p['name'], p['granted']) for p in missing],
                                 [(scope, name, False)])
                self.assertIn(scope, missing[0]['advice'])
                self.assertEqual((check['ok'], status), (scope not in REQUIRED, scope in REQUIRED))
                health = self.desk.ask('integration', 'list')[0]['health']
                self.assertIn(scope, health)

                done = self.desk.run('integration', 'check', self.desk.id)
                self.assertEqual(done.returncode, scope in REQUIRED)
                self.assertEqual(scope in done.stderr, scope in REQUIRED)
                lines = done.stdout.splitlines()
                at = next(i for i, line in enumerate(lines) if line.startswith(name + ' '))
                self.assertRegex(lines[at], '(?i)missing')
                self.assertIn(scope, lines[at + 1])
                self.assertEqual(len(re.findall('(?i)missing', done.stdout)), 1, done.stdout)
                self.sandbox.give_scopes()
        self.assertEqual(self.desk.check()[1], 0)

    def test_as_text(self):
        done = self.desk.run('integration', 'check', self.desk.id)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        facts, table = done.stdout.split('\n\n', 1)
        facts = dict(line.split(':', 1) for line in facts.splitlines())
        self.assertEqual(list(facts), ['Organization', 'Acting as', 'Site Admin', 'Clock', 'Allowance'])
        self.assertEqual((facts['Site Admin'].strip(), facts['Clock'].strip()), ('yes', 'right'))
        # Names, grants and scopes stand in columns.
        rows = [re.fullmatch(r'(\S.*?)  +(granted)  +(harvest:\S+)', line)
                for line in table.splitlines()]
        self.assertEqual({row[3]: row[1] for row in rows}, SCOPES)
        for column in (2, 3):
            self.assertEqual(len({row.start(column) for row in rows}), 1)

    def test_clock(self):
        for seconds, word in ((3600, 'behind'), (-3600, 'ahead')):
            with self.subTest(seconds):
                self.sandbox.set_clock(seconds)
                check, status = self.desk.check()
                self.assertLess(abs(check['clock_skew'] - seconds), 5)
                self.assertRegex(' '.join(check['remarks']), '(?i)clock')
                self.assertEqual((check['ok'], status), (True, 0))
                text = self.desk.do('integration', 'check', self.desk.id)
                self.assertRegex(text, r'Clock: +\d+ seconds %s' % word)
                self.assertIn(check['remarks'][0], text)

    def test_no_admin(self):
        self.sandbox.credential(acts_as='basic')
        check, status = self.desk.check()
        # Whoever may list nobody cannot even ask who they are themselves.
        self.assertEqual((check['ok'], status), (False, 1))
        self.assertIsNot(check['site_admin'], True)
        self.assertRegex(' '.join(check['remarks']), 'Site Admin')

    def test_remembered(self):
        """The list knows what the last check found."""
        self.assertEqual(self.desk.ask('integration', 'list')[0]['health'], 'new')
        self.desk.check()
        self.assertEqual(self.desk.ask('integration', 'list')[0]['health'], 'ok')
        self.sandbox.credential(secret='expired')
        done = self.desk.run('integration', 'check', self.desk.id)
        self.assertRefused(done, 1, 'secret')
        self.assertIn(self.desk.ask('integration', 'list')[0]['health'], done.stderr)

    def test_refused_later(self):
        """After a refused permission the check has run by itself."""
        self.desk.check()
        self.desk.do('integration', 'activate', self.desk.id)
        self.desk.sync()
        self.sandbox.take_scope('harvest:candidates:list')
        self.assertRefused(self.desk.run('sync'), 1, 'harvest:candidates:list')
        self.assertIn('harvest:candidates:list', self.desk.ask('integration', 'list')[0]['health'])

    def test_it_never_writes(self):
        """Not in fifty checks; fifty more are v1's."""
        before = self.sandbox.feeds()
        self.assertTrue(before)
        # Each of these processes takes a token of its own, and a minute has sixty.
        self.sandbox.ask('POST', '/sandbox/allowance', {'api': 'token', 'allowance': 0})
        for scope in [None, *SCOPES]:
            self.sandbox.give_scopes()
            if scope is not None:
                self.sandbox.take_scope(scope)
            checks = [self.desk.start('integration', 'check', self.desk.id) for _ in range(8)]
            for check in checks:
                check.communicate(timeout=60)
                self.assertEqual(check.returncode, scope in REQUIRED)
        self.sandbox.give_scopes()
        self.assertEqual(self.sandbox.feeds(), before)
        self.assertEqual({visit['path'] for visit in self.sandbox.log() if visit['method'] != 'GET'},
                         {'/token', '/introspect'})


class WhoIAm(tool.Test):
    options = ('--candidates', '40', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.person = self.desk.ask('search', '')[0]['id']
        self.users = self.sandbox.harvest('users', per_page=500)

    def send(self, text):
        self.desk.do('note', self.person, text=text)
        self.desk.do('outbox', 'flush')
        note, = self.sandbox.notes(self.person, text)
        return note

    def test_list(self):
        listed = self.desk.ask('integration', 'users', self.desk.id)
        self.assertEqual({key for user in listed for key in user}, {'id', 'name', 'email'})
        self.assertEqual({user['id'] for user in listed},
                         {user['id'] for user in self.users if not user['deactivated']})
        some = next(user for user in self.users if not user['deactivated'])
        for text in (some['name'], some['name'].upper(), some['primary_email']):
            found = self.desk.ask('integration', 'users', self.desk.id, *text.split())
            self.assertIn(some['id'], [user['id'] for user in found])
            self.assertLess(len(found), len(listed))
        self.assertEqual(self.desk.ask('integration', 'users', self.desk.id, 'qqqqq'), [])
        self.assertRefused(self.desk.run('integration', 'users', 'x'), 1, '“x”')

    def test_by_email(self):
        me = self.desk.show()
        self.assertEqual(me['recruiter_name'], self.sandbox.recruiter_name())
        self.assertEqual(self.send('by e-mail')['user_id'], me['recruiter_id'])

    def test_by_another_address(self):
        """A person has several addresses in Greenhouse, and may sign in by any."""
        emails = self.sandbox.harvest('user_emails', per_page=500)
        primary = {user['primary_email'] for user in self.users}
        active = {user['id'] for user in self.users if not user['deactivated']}
        other = next(mail for mail in emails
                     if mail['email'] not in primary and mail['user_id'] in active)
        self.desk.do('integration', 'set', self.desk.id, 'as', other['email'])
        self.assertEqual(self.send('by another address')['user_id'], other['user_id'])

    def test_chosen(self):
        chosen = self.desk.ask('integration', 'users', self.desk.id)[-1]
        self.desk.do('integration', 'set', self.desk.id, 'recruiter-id', chosen['id'])
        shown = self.desk.show()
        self.assertEqual((shown['recruiter_id'], shown['recruiter_name']),
                         (chosen['id'], chosen['name']))
        self.assertEqual(self.send('chosen from the list')['user_id'], chosen['id'])

    def test_nobody(self):
        """Nothing is signed by whom nobody knows."""
        self.assertIsNone(self.desk.show()['recruiter_problem'])
        for key, value in (('as', 'nobody@example.org'),):
            with self.subTest(key):
                self.desk.do('integration', 'set', self.desk.id, key, value)
                shown = self.desk.show()
                self.assertEqual((shown['recruiter_id'], shown['recruiter_name']), (None, None))
                self.assertIn('integration', shown['recruiter_problem'])

    def test_one_who_left(self):
        me = self.desk.show()['recruiter_id']
        self.sandbox.change_user('deactivate', me)
        self.desk.sync()
        self.desk.do('note', self.person, text='signed by one who left')
        done = self.desk.run('outbox', 'flush')
        self.assertRefused(done, 1, 'deactivated')
        self.assertEqual(self.sandbox.notes(self.person, 'signed by one who left'), [])
        self.assertNotIn(me, [user['id'] for user in
                              self.desk.ask('integration', 'users', self.desk.id)])
        self.sandbox.change_user('activate', me)


if __name__ == '__main__':
    tool.main()
