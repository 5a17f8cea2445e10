"""From the first start to candidates in the window; and every way a connection can fail."""
import glob
import socket

import house
import tool
import ui

FIELDS = {
    'name': 'Name of this connection',
    'subdomain': 'Greenhouse subdomain',
    'client_id': 'Client ID',
    'secret': 'Client secret',
    'email': 'Your e-mail in Greenhouse',
    'harvest_url': 'Harvest address',
    'auth_url': 'Sign-in address',
}


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
                               and node.get_role_name() != 'label'))
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
        return self.window.find('text', FIELDS[name])

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
        place = self.window.under('DialBanner', self.form) if at is None else self.row(at)
        self.window.says(lambda said: all(word in said for word in words), place)
        ui.wait(lambda: 'sensitive' in ui.states(self.field('name')), 'the form to be free again')
        for name, value in values.items():
            if name != 'secret':    # which shows dots
                self.assertEqual(ui.text(self.field(name)), value)
        self.assertNothingSaved()

    def row(self, name):
        """The field with its entry, and the words under that."""
        node = self.field(name)
        while node.get_name() != 'DialField':
            node = node.get_parent()
        return node

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
        self.assertFails('did not accept', at='secret', secret='wrong' * 8)
        self.assertFails('did not accept', at='secret', client_id='wrong' * 8)
        self.assertFails('Nobody', at='email', email='nobody@example.com')
        self.sandbox.take_scope('harvest:candidates:list')
        self.assertFails('List candidates', 'harvest:candidates:list')
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
