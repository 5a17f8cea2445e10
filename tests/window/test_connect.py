"""From the first start to candidates in the window; and every way a connection can fail."""
import glob
import os
import socket

import house
import tool
import ui

FIELDS = {
    'name': 'Name of this connection',
    'subdomain': 'Greenhouse subdomain',
    'client_id': 'Client ID',
    'secret': 'Client secret',
    'key': 'Harvest API key',
    'email': 'Your e-mail in Greenhouse',
    'acting_user': 'Acting user',
    'harvest_url': 'Harvest address',
    'auth_url': 'Sign-in address',
}


TITLE = 'Connect Greenhouse'


def closed_port():
    with socket.socket() as taken:
        taken.bind(('127.0.0.1', 0))
        return taken.getsockname()[1]


class Connect(house.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        self.window = self.open()
        self.window.press(self.window.find('push button', 'Connect Greenhouse'))
        self.form = ui.wait(lambda: next((child for child in ui.children(self.window.root)
                                          if child.get_name() == 'Connect Greenhouse'), None), 'the form')
        self.window.press(next(node for node in ui.walk(self.form) if node.get_name().startswith('Advanced')
                               and ui.role_of(node) != 'label'))
        self.window.find('text', FIELDS['auth_url'])
        self.right = {
            'name': 'Alder Works',
            'subdomain': 'alder',
            'client_id': self.sandbox.client_id,
            'secret': self.sandbox.client_secret,
            'email': self.sandbox.recruiter,
            'harvest_url': self.sandbox.harvest_url,
            'auth_url': self.sandbox.auth_url,
        }

    def field(self, name):
        return self.window.find('text', FIELDS[name], self.form)

    def fill(self, **wrong):
        values = {**self.right, **wrong}
        for name, value in values.items():
            ui.Atspi.EditableText.set_text_contents(self.field(name), value)
        return values

    def connect(self, **wrong):
        values = self.fill(**wrong)
        self.window.press_button('Connect', self.form)
        return values

    def assertNothingSaved(self):
        self.assertEqual(self.desk.ask('integration', 'list'), [])
        self.assertEqual(tool.count_secrets(), 0)
        self.assertEqual(glob.glob(self.desk.profile + '/*.sqlite'), [])

    def assertFails(self, *words, at=None, **wrong):
        """It says why, at the row if one is meant; the form keeps its values; nothing is half saved."""
        values = self.connect(**wrong)
        place = self.window.pane('Message', self.form) if at is None else self.row(at)
        self.window.says(lambda said: all(word in said for word in words), place)
        ui.wait(lambda: 'sensitive' in ui.states(self.field('name')), 'the form to be free again')
        for name, value in values.items():
            if name not in ('secret', 'key'):    # which show dots
                self.assertEqual(ui.text(self.field(name)), value)
        self.assertNothingSaved()

    def row(self, name):
        """The field with its entry, and the words under that."""
        node = self.field(name)
        while ui.role_of(node) != 'list':
            node = node.get_parent()
        return node.get_parent()

    def leave(self, name, typed):
        """Types into a field and goes on to the next; answers what stands there then."""
        self.window.click(self.field(name), TITLE)
        ui.keys('ctrl+a')
        ui.typed(typed)
        ui.keys('Tab')
        return self.field(name)

    def step(self):
        """The step in Greenhouse that stands out."""
        steps = [node for node in ui.walk(self.window.under('Steps in Greenhouse', self.form))
                 if ui.role_of(node) == 'list item' and 'selected' in ui.states(node)]
        return steps[0].get_name() if steps else ''

    def test_what_is_noticed_at_once(self):
        for typed in ('https://yourcompany.greenhouse.io/people/1', 'yourcompany.greenhouse.io', ' YourCompany '):
            field = self.leave('subdomain', typed)
            ui.wait(lambda: ui.text(field) == 'yourcompany', 'the subdomain of ' + typed)
        self.leave('subdomain', 'https://example.com/jobs')
        self.window.says(lambda said: 'no Greenhouse subdomain' in said, self.row('subdomain'))
        self.leave('email', 'me')
        self.window.says(lambda said: 'no e-mail address' in said, self.row('email'))

        # The secret in the place of the ID, and taken away again.
        self.window.set_text(self.field('client_id'), self.sandbox.client_secret)
        self.window.says(lambda said: 'looks like the client secret' in said, self.row('client_id'))
        self.window.set_text(self.field('client_id'), self.sandbox.client_id)
        self.window.says(lambda said: said.startswith('Stands beside'), self.row('client_id'))
        ui.Atspi.EditableText.set_text_contents(self.field('secret'), self.sandbox.client_id)
        self.window.says(lambda said: 'client ID once more' in said, self.row('secret'))
        self.assertNothingSaved()
        self.close(self.window)

    def test_the_steps_beside_it(self):
        # Everything the check asks for stands there, and nothing else.
        self.desk.add()
        names = {label for label in map(ui.text, ui.walk(self.window.under('Steps in Greenhouse', self.form)))}
        wanted = self.desk.ask('integration', 'check', self.desk.id, '--json')[0]['permissions']
        for permission in wanted:
            self.assertIn(permission['name'], names)
            self.assertIn(permission['scope'], names)

        # It goes along with the keyboard.
        self.window.click(self.field('subdomain'), TITLE)
        ui.wait(lambda: 'Sign in' in self.step(), 'the step for the subdomain')
        self.window.click(self.field('client_id'), TITLE)
        ui.wait(lambda: 'copy the client ID' in self.step(), 'the step for the keys')
        self.window.click(self.window.find('radio button', 'Harvest (API key)'), TITLE)
        ui.wait(lambda: 'Create New API Key' in self.step(), 'the step for the kind')
        for name in ('GET: Retrieve Candidate', 'GET: List Candidates', 'POST: Add Note', 'GET: List Users'):
            self.window.says(name, self.form)
        self.assertEqual(self.window.shown('text', FIELDS['client_id']), [])
        self.close(self.window)

    def test_to_greenhouse_and_back(self):
        log = house.install_browser()
        self.window.press_button('Open This Page', self.form)
        ui.wait(lambda: os.path.exists(log), 'the browser')
        self.leave('subdomain', 'alder.greenhouse.io')
        ui.wait(lambda: ui.text(self.field('subdomain')) == 'alder', 'the subdomain')
        self.window.press_button('Open This Page', self.form)
        with open(log) as file:
            pages = ui.wait(lambda: file.seek(0) or len(lines := file.read().split()) == 2 and lines, 'the browser')
        self.assertTrue(pages[0].startswith('https://app.greenhouse.io/'), pages)
        self.assertTrue(pages[1].startswith('https://alder.greenhouse.io/'), pages)

        self.window.press_button('Copy This List', self.form)
        self.window.find('push button', 'Copied', self.form)
        self.window.click(self.field('name'), TITLE)
        ui.keys('ctrl+v')
        ui.wait(lambda: 'harvest:candidates:list' in ui.text(self.field('name')) and
                'harvest:notes:create' in ui.text(self.field('name')), 'the list')
        self.close(self.window)

    def test_what_is_missing(self):
        self.assertFails('Enter a name', at='name', name='')
        self.assertFails('subdomain', at='subdomain', subdomain='')
        self.assertFails('Enter the client ID', at='client_id', client_id='')
        self.assertFails('Enter the client secret', at='secret', secret='')
        self.assertFails('no e-mail address', at='email', email='me')
        self.assertFails('https://', at='auth_url', auth_url='http://example.com')
        self.assertFails('https://', at='harvest_url', harvest_url='http://example.com')
        self.close(self.window)

    def test_what_greenhouse_refuses(self):
        self.assertFails('does not accept', at='secret', secret='wrong' * 8)
        self.assertFails('does not accept', at='secret', client_id='wrong.harvest')
        self.assertFails('Nobody', at='email', email='nobody@example.com')
        self.sandbox.take_scope('harvest:candidates:list')
        self.assertFails('List candidates', 'harvest:candidates:list')
        self.close(self.window)

    def choose_v1(self):
        """The other kind of credentials, and what is right for it."""
        self.window.click(self.window.find('radio button', 'Harvest (API key)'), TITLE)
        self.window.find('text', FIELDS['key'])
        for name in ('client_id', 'secret', 'auth_url'):
            del self.right[name]
        self.right['key'] = self.sandbox.api_key

    def test_what_v1_refuses(self):
        self.choose_v1()
        self.assertFails('Enter the API key', at='key', key='')
        self.assertFails('refuses this API key', at='key', key=self.sandbox.api_key[:-1])
        self.sandbox.take_permission('POST: Add Note')
        self.assertFails('POST: Add Note')
        self.close(self.window)

    def test_connect_v1(self):
        self.choose_v1()
        self.connect()
        self.window.says(lambda said: said.startswith('Connected to ') and 'Alder Works' in said)
        self.window.press_button('Switch on', self.form)
        self.window.find('list item', timeout=60)
        listed, = self.desk.ask('integration', 'list')
        self.assertEqual((listed['api'], listed['status']), ('v1', 'active'))
        self.assertEqual(tool.count_secrets(), 1)
        self.assertIn(self.sandbox.api_key, tool.read_secrets())
        self.close(self.window)

    def test_no_server(self):
        nowhere = 'http://127.0.0.1:%d' % closed_port()
        self.assertFails('127.0.0.1', harvest_url=nowhere, auth_url=nowhere)
        self.close(self.window)

    def test_giving_up(self):
        self.sandbox.fault('delay', 'POST', '/token', delay_ms=20000)
        self.connect()
        ui.wait(lambda: 'Asking Greenhouse…' in self.window.statuses(), 'the question to Greenhouse')
        self.window.press_button('Cancel', self.form)
        ui.wait(lambda: 'Asking Greenhouse…' not in self.window.statuses(), 'the end of the question')
        self.assertNothingSaved()
        self.close(self.window)

    def test_connect_and_switch_on(self):
        # As pasted by a person in a hurry.
        self.connect(client_id=' %s\n' % self.sandbox.client_id, subdomain='https://alder.greenhouse.io/people')
        self.window.says(lambda said: said.startswith('Connected to ') and 'Alder Works' in said)
        listed, = self.desk.ask('integration', 'list')
        self.assertEqual(listed['subdomain'], 'alder')
        self.assertNotEqual(listed['status'], 'active')

        self.window.press_button('Switch on', self.form)
        ui.wait(lambda: self.window.root.get_child_count() == 1, 'the form to be gone')
        self.window.find('list item', timeout=60)
        self.assertEqual(self.desk.ask('integration', 'list')[0]['status'], 'active')
        self.assertEqual(tool.count_secrets(), 1)
        self.close(self.window)

    def test_connect_and_leave_it_off(self):
        self.connect()
        self.window.says(lambda said: said.startswith('Connected to '))
        self.window.press_button('Later', self.form)
        ui.wait(lambda: self.window.root.get_child_count() == 1, 'the form to be gone')
        self.assertNotEqual(self.desk.ask('integration', 'list')[0]['status'], 'active')
        self.window.says(lambda said: 'Alder Works' in said and said.endswith('Is Switched Off'))
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
