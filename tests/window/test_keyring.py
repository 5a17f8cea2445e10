"""Where credentials go, and what becomes of a form when the keyring does not open."""
import glob
import os
import subprocess
import sys
import unittest

import house
import prompter
import tool
import ui
from gi.repository import Gio, GLib

SHOW_WINDOW = os.path.abspath(sys.argv.pop(1))
PASSWORD = 'test'

FIELDS = {
    'Name of this connection': lambda sandbox: 'Alder Works',
    'Greenhouse subdomain': lambda sandbox: 'alder',
    'Client ID': lambda sandbox: sandbox.client_id,
    'Client secret': lambda sandbox: sandbox.client_secret,
    'Your e-mail in Greenhouse': lambda sandbox: sandbox.recruiter,
    'Harvest address': lambda sandbox: sandbox.harvest_url,
    'Sign-in address': lambda sandbox: sandbox.auth_url,
}


def accessibility_bus():
    """A program on a bus of its own is still driven over the one accessibility bus."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None,
                             GLib.VariantType('(s)'), Gio.DBusCallFlags.NONE, -1, None).unpack()[0]


class Window(house.Window):
    def __init__(self, argv, env):
        ui.App.__init__(self, argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                        env=env | {'AT_SPI_BUS_ADDRESS': accessibility_bus(),
                                   'ASAN_OPTIONS': house.ENVIRONMENT['ASAN_OPTIONS']})

    def finish(self):
        """Ends the program, and answers all it said."""
        self.process.terminate()
        told, _ = self.process.communicate(timeout=ui.PATIENCE)
        assert self.process.returncode == 0, (self.process.returncode, told)
        return told


class Keyring(house.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def start(self, bus):
        """The program on a bus, with its form filled in."""
        self.desk.env = bus.env
        self.window = self.run_window([house.PROGRAM, '--profile', self.desk.profile], bus.env)
        self.window.press(self.window.find('push button', 'Connect Greenhouse'))
        self.dialog = ui.wait(lambda: next((child for child in ui.children(self.window.root)
                                            if child.get_name() == 'Connect Greenhouse'), None), 'the form')
        self.window.press(next(node for node in ui.walk(self.dialog) if node.get_name().startswith('Advanced')
                               and ui.role_of(node) != 'label'))
        self.window.find('text', 'Sign-in address', self.dialog)
        for name, value in FIELDS.items():
            ui.Atspi.EditableText.set_text_contents(self.window.find('text', name, self.dialog), value(self.sandbox))

    def run_window(self, argv, env):
        window = Window(argv, env)
        self.addCleanup(window.process.stdout.close)
        self.addCleanup(self.end, window)
        return window

    def open_keyring(self):
        keyring = tool.Keyring(PASSWORD)
        self.addCleanup(keyring.close)
        return keyring

    def prompter(self, keyring, dismiss):
        person = prompter.Prompter(keyring.env['DBUS_SESSION_BUS_ADDRESS'], dismiss)
        self.addCleanup(person.end)
        return person

    def connect(self):
        self.window.press_button('Connect', self.dialog)

    def is_free(self):
        """Whether the form can be filled in. GTK says so of what holds the entries, not of the entries."""
        node = self.window.find('text', 'Client ID', self.dialog)
        while node != self.dialog:
            if 'sensitive' not in ui.states(node):
                return False
            node = node.get_parent()
        return True

    def wait_until_free(self):
        ui.wait(self.is_free, 'the form to be free again')

    def assertKept(self):
        """The form says what it said; nothing is half saved."""
        self.wait_until_free()
        for name, value in FIELDS.items():
            said = ui.text(self.window.find('text', name, self.dialog))
            if name == 'Client secret':    # which shows dots
                self.assertEqual(len(said), len(value(self.sandbox)))
            else:
                self.assertEqual(said, value(self.sandbox))
        self.assertEqual(self.desk.ask('integration', 'list'), [])
        self.assertEqual(glob.glob(self.desk.profile + '/*.sqlite*'), [])

    def test_absent(self):
        bus = tool.Bus()
        self.addCleanup(bus.close)
        self.start(bus)
        self.connect()
        self.window.says(lambda said: 'No keyring is running' in said)
        self.assertKept()
        self.window.finish()

    def test_locked_and_dismissed(self):
        keyring = self.open_keyring()
        keyring.lock()
        person = self.prompter(keyring, dismiss=True)
        self.start(keyring)
        self.connect()
        self.window.says(lambda said: 'keyring is locked' in said)
        self.assertEqual(person.asked, 1)
        self.assertKept()

        # The same form, once the keyring is open.
        prompter.unlock(keyring.env['DBUS_SESSION_BUS_ADDRESS'], PASSWORD)
        self.connect()
        self.window.says(lambda said: said.startswith('Connected to ') and 'Alder Works' in said)
        self.assertEqual(len(self.desk.ask('integration', 'list')), 1)
        self.window.finish()

    def test_prompt_left_open(self):
        keyring = self.open_keyring()
        keyring.lock()
        person = self.prompter(keyring, dismiss=False)
        self.start(keyring)
        self.connect()
        ui.wait(lambda: person.asked, 'the prompt')
        self.assertFalse(self.is_free())
        self.window.press_button('Cancel', self.dialog)
        self.wait_until_free()
        person.close_all()
        self.assertKept()
        self.window.finish()

    def test_locked_while_deleting(self):
        keyring = self.open_keyring()
        self.desk.env = keyring.env
        identity = self.desk.add()
        keyring.lock()
        self.prompter(keyring, dismiss=True)
        self.window = self.run_window([SHOW_WINDOW, self.desk.profile, 'remove', identity], keyring.env)
        confirm = self.window.find('text', 'Type DELETE to confirm')
        self.window.set_text(confirm, 'DELETE')
        self.window.press_button('Delete Integration')
        self.window.says(lambda said: 'keyring is locked' in said)
        self.assertEqual(len(self.desk.ask('integration', 'list')), 1)

        prompter.unlock(keyring.env['DBUS_SESSION_BUS_ADDRESS'], PASSWORD)
        self.window.press_button('Delete Integration')
        told, _ = self.window.process.communicate(timeout=ui.PATIENCE)
        self.assertIn('removed', told)
        self.assertEqual(self.desk.ask('integration', 'list'), [])

    def test_in_the_keyring_alone(self):
        keyring = self.open_keyring()
        # As talkative as it can be.
        self.start(type('Loud', (), {'env': keyring.env | {'G_MESSAGES_DEBUG': 'all'}}))
        self.connect()
        self.window.says(lambda said: said.startswith('Connected to '))
        self.window.press_button('Switch on', self.dialog)
        self.window.find('list item', timeout=60)
        secrets = [self.sandbox.client_secret.encode(), self.sandbox.client_id.encode()]

        process = '/proc/%d/' % self.window.process.pid
        places = dict(tool.files(self.desk.profile, keyring.home, os.environ['HOME']))
        self.assertGreater(len(places), 3)
        for name in ('environ', 'cmdline'):
            with open(process + name, 'rb') as file:
                places[process + name] = file.read()
        places['the program\'s output'] = self.window.finish().encode()
        for secret in secrets:
            self.assertEqual([place for place, held in places.items() if secret in held], [])


if __name__ == '__main__':
    tool.main()
