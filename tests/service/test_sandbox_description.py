"""What CloudTalk's API description refuses the sandbox refuses, and what it takes the sandbox takes.

Where DIALHOUSE_CLOUDTALK_URL names an independent server made from the description, it is asked the same: so this
table is not ours alone.
"""
import http.client
import json
import os
import unittest
import urllib.parse

import cloudtalk
import tool

NUMBER = '+447700900142'
CALL = {'agent_id': 4071, 'callee_number': NUMBER}
TEXT = {'sender': '+442079460100', 'recipient': NUMBER, 'message': 'Hello'}
ADD = {'name': 'Niamh Corrigan'}

REFUSED = [
    ('GET', '/agents/index.json?limit=0', None),
    ('GET', '/agents/index.json?limit=1001', None),
    ('GET', '/agents/index.json?limit=ten', None),
    ('GET', '/agents/index.json?page=0', None),
    ('GET', '/agents/index.json?id=abc', None),
    ('GET', '/numbers/index.json?is_free=2', None),
    ('GET', '/numbers/index.json?connected_to=4', None),
    ('GET', '/numbers/index.json?country_code=GB', None),
    ('GET', '/tags/index.json?id=Greenhouse', None),
    ('GET', '/calls/index.json?type=out', None),
    ('GET', '/calls/index.json?status=ended', None),
    ('GET', '/calls/index.json?user_id=me', None),
    ('GET', '/calls/index.json?date_from=yesterday', None),
    ('GET', '/calls/index.json?date_from=2025-03-04T09:12:08', None),
    ('GET', '/calls/index.json?date_to=2025-03-04', None),
    ('GET', '/contacts/index.json?tag_id=x', None),
    ('GET', '/contacts/show/abc.json', None),
    ('GET', '/calls/show/1.json', None),
    ('POST', '/agents/index.json', None),
    ('PATCH', '/contacts/edit/55090.json', ADD),
    ('POST', '/contacts/add.json', ADD),
    ('POST', '/calls/create.json', None),
    ('POST', '/calls/create.json', {}),
    ('POST', '/calls/create.json', []),
    ('POST', '/calls/create.json', {'agent_id': 4071}),
    ('POST', '/calls/create.json', CALL | {'agent_id': '4071'}),
    ('POST', '/calls/create.json', CALL | {'agent_id': 4071.5}),
    ('POST', '/calls/create.json', CALL | {'agent_id': None}),
    ('POST', '/calls/create.json', CALL | {'callee_number': 447700900142}),
    ('POST', '/sms/send.json', {}),
    ('POST', '/sms/send.json', TEXT | {'message': None}),
    ('POST', '/sms/send.json', TEXT | {'message': 5}),
    ('POST', '/sms/send.json', TEXT | {'sender': 442079460100}),
    ('POST', '/sms/send.json', TEXT | {'images_by_url': 'https://a.example/a.png'}),
    ('POST', '/sms/send.json', TEXT | {'images_by_url': [5]}),
    ('POST', '/sms/send.json', TEXT | {'country_code': 44}),
    ('PUT', '/tags/add.json', {}),
    ('PUT', '/tags/add.json', {'name': 5}),
    ('PUT', '/contacts/add.json', {}),
    ('PUT', '/contacts/add.json', {'name': None}),
    ('PUT', '/contacts/add.json', ADD | {'title': 5}),
    ('PUT', '/contacts/add.json', ADD | {'company': None}),
    ('PUT', '/contacts/add.json', ADD | {'favorite_agent': '4071'}),
    ('PUT', '/contacts/add.json', ADD | {'country_id': 'GB'}),
    ('PUT', '/contacts/add.json', ADD | {'ContactNumber': NUMBER}),
    ('PUT', '/contacts/add.json', ADD | {'ContactNumber': [NUMBER]}),
    ('PUT', '/contacts/add.json', ADD | {'ContactNumber': [{'public_number': 447700900142}]}),
    ('PUT', '/contacts/add.json', ADD | {'ContactEmail': [{'email': 'niamh'}]}),
    ('PUT', '/contacts/add.json', ADD | {'ContactEmail': [{'email': 5}]}),
    ('PUT', '/contacts/add.json', ADD | {'ContactsTag': ['Greenhouse']}),
    ('PUT', '/contacts/add.json', ADD | {'ContactsTag': None}),
    ('PUT', '/contacts/add.json', ADD | {'ExternalUrl': {'name': 'x', 'url': 'y'}}),
    ('PUT', '/contacts/add.json', ADD | {'ExternalUrl': [{'name': 'x' * 31, 'url': 'y'}]}),
    ('PUT', '/contacts/add.json', ADD | {'ExternalUrl': [{'name': 'x', 'url': 'y'}] * 4}),
    ('PUT', '/contacts/add.json', ADD | {'ContactAttribute': [{'attribute_id': '61', 'value': 'x'}]}),
    ('POST', '/contacts/edit/55090.json', None),
    ('POST', '/contacts/edit/55090.json', []),
    ('POST', '/contacts/edit/55090.json', {'ContactNumber': ''}),
    ('POST', '/contacts/edit/abc.json', {'title': 'x'}),
    ('PUT', '/contacts/addTags/55090.json', None),
    ('PUT', '/contacts/addTags/55090.json', {}),
    ('PUT', '/contacts/addTags/55090.json', {'tags': 'Greenhouse'}),
    ('PUT', '/contacts/addTags/55090.json', {'tags': [5]}),
    ('DELETE', '/contacts/removeTags/55090.json', None),
    ('DELETE', '/contacts/removeTags/55090.json', {'tags': None}),
    ('POST', '/bulk/contacts.json', None),
    ('POST', '/bulk/contacts.json', {}),
    ('POST', '/bulk/contacts.json', [{'action': 'add_contact', 'data': ADD}]),
    ('POST', '/bulk/contacts.json', [{'action': 'add', 'command_id': '1', 'data': ADD}]),
    ('POST', '/bulk/contacts.json', [{'action': 'add_contact', 'command_id': 1, 'data': ADD}]),
    ('POST', '/bulk/contacts.json', [{'action': 'add_contact', 'command_id': '1', 'data': ADD}] * 11),
]

TAKEN = [
    ('GET', '/agents/index.json?limit=1000&page=1&associated_number=%2B442079460100', None),
    ('GET', '/numbers/index.json?is_free=0&connected_to=1&country_code=44&area_code=20', None),
    ('GET', '/tags/index.json?id=318', None),
    ('GET', '/calls/index.json?user_id=4071&public_external=%2B447700900142&type=outgoing&limit=5'
            '&date_from=2025-03-04%2009%3A12%3A08Z&date_to=2025-03-04T09%3A12%3A08Z&status=missed', None),
    ('GET', '/calls/index.json?call_id=70311450&limit=1', None),
    ('GET', '/contacts/index.json?keyword=%2B447700900142&tag_id=318&limit=1000', None),
    ('GET', '/contacts/show/55090.json', None),
    ('POST', '/calls/create.json', CALL),
    ('POST', '/sms/send.json', TEXT),
    ('POST', '/sms/send.json', TEXT | {'country_code': 'GB', 'images_by_url': ['https://a.example/a.png']}),
    ('PUT', '/tags/add.json', {'name': 'Greenhouse'}),
    ('PUT', '/contacts/add.json', ADD),
    ('PUT', '/contacts/add.json', ADD | {
        'title': 'Applicant', 'company': 'Hartfield', 'favorite_agent': 4071,
        'ContactNumber': [{'public_number': NUMBER}], 'ContactEmail': [{'email': 'niamh.c@mailbox.example'}],
        'ContactsTag': [{'name': 'Greenhouse'}], 'ExternalUrl': [{'name': 'Greenhouse', 'url': 'https://a.example/1'}]}),
    ('POST', '/contacts/edit/55090.json', {'title': '', 'ContactNumber': [], 'ContactsTag': [{'name': 'Client'}]}),
    ('PUT', '/contacts/addTags/55090.json', {'tags': ['Greenhouse']}),
    ('DELETE', '/contacts/removeTags/55090.json', {'tags': ['Greenhouse']}),
    ('DELETE', '/contacts/delete/55090.json', None),
]

# The description has seven schemas for what an action holds, wants exactly one of them to fit, and requires nothing in
# any: no bulk request can be right by it, its own example neither.
NOT_BY_THE_DESCRIPTION = [
    ('POST', '/bulk/contacts.json', [{'action': 'add_contact', 'command_id': '1', 'data': ADD},
                                     {'action': 'edit_contact', 'command_id': '2', 'data': {'id': 55090, 'title': 'x'}},
                                     {'action': 'delete_contact', 'command_id': '3', 'data': {'id': 55090}}]),
    # Its words have this one, its schema wants a zone.
    ('GET', '/calls/index.json?date_from=2025-03-04%2009%3A12%3A08', None),
]


class Description(tool.Test):
    options = ('--candidates', '5', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.ct = cloudtalk.CloudTalk(self.sandbox)

    def ask_sandbox(self, method, path, body):
        self.ct.reset()
        return self.ct.ask(method, path, body).status

    def ask_stranger(self, method, path, body):
        url = urllib.parse.urlsplit(os.environ['DIALHOUSE_CLOUDTALK_URL'])
        connection = http.client.HTTPConnection(url.netloc, timeout=30)
        headers = {'Accept': 'application/json'} | ({'Content-Type': 'application/json'} if body is not None else {})
        connection.request(method, url.path + path, None if body is None else json.dumps(body), headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def check(self, ask):
        for request in REFUSED:
            with self.subTest(refused=request):
                self.assertIn(ask(*request), range(400, 500))
        for request in TAKEN:
            with self.subTest(taken=request):
                self.assertIn(ask(*request), (200, 201))

    def test_the_sandbox(self):
        self.check(self.ask_sandbox)
        for request in NOT_BY_THE_DESCRIPTION:
            self.assertEqual(self.ask_sandbox(*request), 200)

    @unittest.skipUnless('DIALHOUSE_CLOUDTALK_URL' in os.environ, 'no server made from the description is named')
    def test_the_description(self):
        self.check(self.ask_stranger)
        for request in NOT_BY_THE_DESCRIPTION:
            self.assertEqual(self.ask_stranger(*request), 422)


if __name__ == '__main__':
    tool.main()
