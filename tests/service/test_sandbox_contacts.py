"""The sandbox's CloudTalk and the company's contacts: one by one, ten at a time, tags, merging."""
import re

import cloudtalk
import tool

NIAMH = {'name': 'Niamh Corrigan', 'title': 'Staff engineer (applicant)', 'company': 'Hartfield — Payments lead',
         'ContactNumber': [{'public_number': '+447700900142'}, {'public_number': '+35315550142'}],
         'ContactEmail': [{'email': 'niamh.c@mailbox.example'}], 'ContactsTag': [{'name': 'Greenhouse'}],
         'ExternalUrl': [{'name': 'Greenhouse', 'url': 'https://hartfield.greenhouse.io/people/9041177'}],
         'favorite_agent': 4071}


def digits(number):
    return re.sub(r'\D', '', str(number))


class Case(tool.Test):
    options = ('--candidates', '20', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()

    def add(self, **fields):
        reply = self.ct.ask('PUT', '/contacts/add.json', NIAMH | fields)
        self.assertEqual((reply.status, reply.envelope['status']), (201, 201), reply.text)
        return int(reply.envelope['data']['id'])

    def edit(self, contact, **fields):
        return self.ct.ask('POST', '/contacts/edit/%d.json' % contact, fields)

    def show(self, contact):
        return self.ct.get('/contacts/show/%d.json' % contact)

    def bulk(self, *actions):
        commands = [{'action': action, 'command_id': str(i), 'data': data} for i, (action, data) in enumerate(actions)]
        return self.ct.ask('POST', '/bulk/contacts.json', commands)

    def assertRefused(self, reply, *fields):
        self.assertEqual((reply.status, reply.message), (406, 'Invalid input data.'), reply.text)
        self.assertEqual(sorted(reply.envelope.get('data') or []), sorted(fields))

    def assertMissing(self, reply):
        self.assertEqual((reply.status, reply.message), (404, 'Not found.'))


class OneByOne(Case):
    def test_added_and_shown(self):
        shown = self.show(self.add()).envelope
        self.assertEqual([shown['Contact'][name] for name in ('name', 'title', 'company')],
                         [NIAMH['name'], NIAMH['title'], NIAMH['company']])
        self.assertEqual([digits(row['public_number']) for row in shown['ContactNumber']],
                         ['447700900142', '35315550142'])
        for member in ('ContactEmail', 'ContactsTag', 'ExternalUrl'):
            self.assertEqual(shown[member], NIAMH[member])
        self.assertIn('Greenhouse', [tag['name'] for tag in self.ct.rows('/tags/index.json', 'Tag')])

    def test_a_name_is_enough_and_needed(self):
        reply = self.ct.ask('PUT', '/contacts/add.json', {'name': 'Somebody'})
        self.assertEqual(reply.status, 201)
        for body in ({}, {'name': ''}, {'name': None}, {'name': 7}):
            self.assertRefused(self.ct.ask('PUT', '/contacts/add.json', body), 'name')
        self.assertEqual(self.ct.ask('PUT', '/contacts/add.json', [NIAMH]).status, 406)

    def test_limits(self):
        for name, most in (('name', 150), ('title', 255), ('company', 100), ('industry', 100), ('website', 100),
                           ('address', 255), ('city', 255), ('state', 255), ('zip', 15)):
            self.assertRefused(self.ct.ask('PUT', '/contacts/add.json', NIAMH | {name: 'ß' * (most + 1)}), name)
            self.add(**{name: 'ß' * most})

    def test_lists_that_cannot_be(self):
        for member, value in (('ContactNumber', '+447700900142'), ('ContactNumber', ['+447700900142']),
                              ('ContactNumber', [{'public_number': 447700900142}]),
                              ('ContactNumber', [{'public_number': '07700 900142'}]),
                              ('ContactEmail', [{'email': 'niamh'}]), ('ContactEmail', [{'address': 'a@b.example'}]),
                              ('ContactsTag', ['Greenhouse']), ('ContactsTag', None),
                              ('ExternalUrl', [{'name': 'x' * 31, 'url': 'https://a.example'}]),
                              ('ExternalUrl', [{'name': 'x', 'url': 'https://a.example'}] * 4),
                              ('ContactAttribute', [{'attribute_id': 61, 'value': 'x'}]),
                              ('favorite_agent', '4071'), ('favorite_agent', 1), ('country_id', 'GB')):
            self.assertRefused(self.ct.ask('PUT', '/contacts/add.json', NIAMH | {member: value}), member)
        self.assertNotIn('Niamh Corrigan', self.ct.contacts())

    def test_an_edit_changes_what_is_sent(self):
        contact = self.add()
        self.assertEqual(self.edit(contact, title='Hired').envelope, {'status': 200})
        kept = self.ct.contacts()['Niamh Corrigan']
        self.assertEqual((kept['title'], kept['company'], len(kept['numbers'])), ('Hired', NIAMH['company'], 2))
        self.assertEqual((kept['tags'], kept['edits']), (['Greenhouse'], 1))

    def test_an_edit_replaces_lists(self):
        contact = self.add()
        self.edit(contact, ContactNumber=[{'public_number': '+447700900999'}], ContactsTag=[{'name': 'Client'}])
        kept = self.ct.contacts()['Niamh Corrigan']
        self.assertEqual((kept['numbers'], kept['tags']), (['+447700900999'], ['Client']))
        self.edit(contact, ContactNumber=[], ContactEmail=[{'email': ''}], title='')
        kept = self.ct.contacts()['Niamh Corrigan']
        self.assertEqual((kept['numbers'], kept['emails'], kept['title']), ([], [], ''))
        self.assertEqual(kept['urls'], [NIAMH['ExternalUrl'][0]['url']])

    def test_an_edit_that_cannot_be(self):
        contact = self.add()
        self.assertRefused(self.edit(contact, name=''), 'name')
        self.assertRefused(self.edit(contact, ContactNumber=''), 'ContactNumber')
        self.assertRefused(self.edit(contact, title='new', ContactEmail=[{'email': 'x'}]), 'ContactEmail')
        self.assertEqual(self.ct.contacts()['Niamh Corrigan']['title'], NIAMH['title'])
        self.assertMissing(self.edit(1, title='x'))

    def test_deleted(self):
        contact = self.add()
        path = '/contacts/delete/%d.json' % contact
        self.assertEqual(self.ct.ask('DELETE', path).envelope, {'status': 200})
        self.assertMissing(self.ct.ask('DELETE', path))
        self.assertMissing(self.show(contact))

    def test_a_call_knows_whom_it_was_with(self):
        contact = self.add()
        call = self.ct.switch('calls', type='incoming', external='+35315550142', talk_ms=5000)
        row = self.ct.get('/calls/index.json', call_id=call).rows[0]
        self.assertEqual((row['Contact']['name'], int(row['Contact']['id'])), ('Niamh Corrigan', contact))
        self.assertEqual(row['Contact']['external_urls'][0]['external_system'], 'Greenhouse')
        self.assertEqual(len(self.ct.get('/calls/index.json', contact_id=contact).rows), 1)


class Lists(Case):
    def rows(self, **query):
        return self.ct.get('/contacts/index.json', **query).rows

    def names(self, **query):
        return [row['Contact']['name'] for row in self.rows(**query)]

    def test_a_row_has_the_first_of_each(self):
        self.add()
        row = self.rows()[-1]
        self.assertEqual(sorted(row['Contact']), ['company', 'id', 'name'])
        self.assertEqual(digits(row['ContactNumber']['public_number']), '447700900142')
        self.assertEqual(row['ContactEmail'], {'email': 'niamh.c@mailbox.example'})

    def test_a_row_may_have_all(self):
        self.add()
        self.ct.switch('settings', list_rows='all')
        row = self.rows()[-1]
        self.assertEqual([digits(number['public_number']) for number in row['ContactNumber']],
                         ['447700900142', '35315550142'])

    def test_keywords(self):
        self.add()
        for keyword in ('+447700900142', '35315550142', 'niamh.c@mailbox', 'CORRIGAN', 'payments lead'):
            self.assertEqual(self.names(keyword=keyword), ['Niamh Corrigan'], keyword)
        self.assertEqual(self.names(keyword='nobody at all'), [])
        self.assertEqual(self.ct.get('/contacts/index.json?keyword=+447700900142').rows, [])

    def test_by_tag(self):
        self.add()
        tag = [row['id'] for row in self.ct.rows('/tags/index.json', 'Tag') if row['name'] == 'Greenhouse'][0]
        self.assertEqual(self.names(tag_id=tag), ['Niamh Corrigan'])
        self.assertEqual(self.names(tag_id=999), [])
        self.ct.ask('POST', '/tags/edit/%s.json' % tag, {'name': 'Hiring'})
        self.assertEqual(self.names(tag_id=tag), ['Niamh Corrigan'])
        self.ct.ask('DELETE', '/tags/delete/%s.json' % tag)
        self.assertEqual(self.ct.contacts()['Niamh Corrigan']['tags'], [])

    def test_pages(self):
        names = self.names()
        self.assertGreater(len(names), 3)
        found = [name for page in range(1, 4) for name in self.names(limit=2, page=page)]
        self.assertEqual(found, names)


class Tags(Case):
    def change(self, method, verb, contact, body):
        return self.ct.ask(method, '/contacts/%s/%d.json' % (verb, contact), body)

    def test_added_and_removed(self):
        contact = self.add(ContactsTag=[{'name': 'Client'}])
        reply = self.change('PUT', 'addTags', contact, {'tags': ['Greenhouse', 'Client']}).envelope
        self.assertEqual([tag['name'] for tag in reply['data']['tags']], ['Client', 'Greenhouse'])
        self.assertEqual(reply['data']['contact_id'], str(contact))
        self.change('DELETE', 'removeTags', contact, {'tags': ['Greenhouse', 'never there']})
        self.assertEqual(self.ct.contacts()['Niamh Corrigan']['tags'], ['Client'])

    def test_refusals(self):
        contact = self.add()
        for method, verb in (('PUT', 'addTags'), ('DELETE', 'removeTags')):
            for body in (None, {}, [], {'tags': 'Greenhouse'}, {'tags': [5]}, {'tags': ['']}):
                self.assertEqual(self.change(method, verb, contact, body).status, 406, (verb, body))
            self.assertMissing(self.change(method, verb, 1, {'tags': ['x']}))
        self.assertEqual(self.ct.contacts()['Niamh Corrigan']['tags'], ['Greenhouse'])


class TenAtATime(Case):
    def test_each_by_itself(self):
        contact = self.add()
        reply = self.bulk(('add_contact', NIAMH | {'name': 'Tomasz Wrona'}), ('edit_contact', {'id': contact, 'title': 'x'}),
                          ('add_contact', {'title': 'nameless'}), ('delete_contact', {'id': 1}),
                          ('edit_contact', {'id': str(contact), 'title': 'y'}), ('delete_contact', {'id': contact}))
        self.assertEqual((reply.status, reply.envelope['status']), (200, 200))
        rows = reply.rows
        self.assertEqual([row['command_id'] for row in rows], ['0', '1', '2', '3', '4', '5'])
        self.assertEqual([row['status'] for row in rows], [201, 200, 406, 404, 406, 200])
        self.assertIn('name', rows[2]['data'])
        self.assertEqual(self.ct.contacts()['Tomasz Wrona']['id'], int(rows[0]['data']['id']))
        self.assertNotIn('Niamh Corrigan', self.ct.contacts())

    def test_one_that_is_none_spoils_them_all(self):
        good = {'action': 'add_contact', 'command_id': '1', 'data': NIAMH}
        for body in ([good | {'action': 'add'}], [good | {'command_id': 5}], [good | {'data': []}], good, [],
                     [good, 'x'], [good] * 11, [{'action': 'add_contact', 'data': NIAMH}]):
            self.assertEqual(self.ct.ask('POST', '/bulk/contacts.json', body).status, 406, body)
        self.assertNotIn('Niamh Corrigan', self.ct.contacts())

    def test_it_counts_once_or_each(self):
        actions = [('add_contact', NIAMH)] * 10
        self.ct.switch('allowance', limit=60, seconds=3600)
        self.assertEqual(self.bulk(*actions).headers['X-CloudTalkAPI-Remaining'], '59')
        self.ct.switch('allowance', limit=60, seconds=3600, bulk='each')
        self.assertEqual([self.bulk(*actions).status for _ in range(7)], [200] * 6 + [429])

    def test_a_cut_before_and_after(self):
        for after, count in ((False, 0), (True, 1)):
            self.ct.fault('cut', 'POST', '/bulk/contacts.json', after_store=after)
            with self.assertRaises(OSError):
                self.bulk(('add_contact', NIAMH))
            self.assertEqual('Niamh Corrigan' in self.ct.contacts(), count == 1)


class Merging(Case):
    other = {'name': 'N. Corrigan', 'title': '', 'ContactNumber': [{'public_number': '+447700900142'}],
             'ContactEmail': [{'email': 'other@mailbox.example'}], 'ContactsTag': [{'name': 'Client'}]}

    def again(self):
        return int(self.ct.ask('PUT', '/contacts/add.json', self.other).envelope['data']['id'])

    def test_nobody_merges_by_default(self):
        first = self.add()
        self.assertNotEqual(self.again(), first)

    def test_all_numbers_are_kept_and_the_newest_of_everything_else(self):
        self.ct.switch('settings', merge='number')
        first = self.add()
        self.assertEqual(self.again(), first)
        kept = self.ct.contacts()['N. Corrigan']
        self.assertEqual((kept['id'], kept['merged'], kept['tags']), (first, 1, ['Client']))
        self.assertEqual(kept['numbers'], ['+447700900142', '+35315550142'])
        self.assertEqual(kept['emails'], ['niamh.c@mailbox.example', 'other@mailbox.example'])
        self.assertEqual((kept['title'], kept['company']), ('', NIAMH['company']))

    def test_rules(self):
        for rule, same in (('none', False), ('number', True), ('email', False), ('either', True)):
            self.ct.reset()
            self.ct.switch('settings', merge=rule)
            first = self.add()
            self.assertEqual(self.again() == first, same, rule)

    def test_the_answer_may_bear_an_id_that_leads_nowhere(self):
        self.ct.switch('settings', merge='number', merged_id='new')
        first = self.add()
        told = self.again()
        self.assertNotEqual(told, first)
        self.assertMissing(self.show(told))

    def test_ten_at_a_time_merge_as_well(self):
        self.ct.switch('settings', merge='number')
        first = self.add()
        rows = self.bulk(('add_contact', self.other)).rows
        self.assertEqual(int(rows[0]['data']['id']), first)

    def test_somebody_merges_two_by_hand(self):
        first, second = self.add(), self.again()
        self.ct.switch('contacts', id=first, swallow=second)
        self.assertMissing(self.show(second))
        self.assertEqual(len(self.ct.contacts()['N. Corrigan']['emails']), 2)


class Colleagues(Case):
    def test_they_add_change_and_delete(self):
        contact = self.ct.switch('contacts', **NIAMH)
        self.ct.switch('settings', merge='either')
        self.assertNotEqual(self.ct.switch('contacts', **NIAMH | {'name': 'The same'}), contact)
        self.ct.switch('contacts', id=contact, edit={'title': 'changed'})
        self.assertEqual(self.ct.contacts()['Niamh Corrigan']['title'], 'changed')
        self.ct.switch('contacts', id=contact, delete=True)
        self.assertNotIn('Niamh Corrigan', self.ct.contacts())
        self.ct.switch('contacts', delete='all')
        self.assertEqual(self.ct.contacts(), {})


if __name__ == '__main__':
    tool.main()
