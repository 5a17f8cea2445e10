"""GNOME Calls itself, with its provider for trying out: what `desktop.py` plays, the real program does.

Skipped where it is not installed (Debian: gnome-calls), as is more than a test should ask for.
"""
import os
import shutil
import signal
import subprocess
import sys

import house
import tool
import ui

# Who calls when GNOME Calls is told to ring: a number of Germany, as the line would report it there.
RINGS, NUMBER = '0987654321', '+49987654321'
OTHER = '+442071838750'
ACTIVE, INCOMING = 1, 5


def make_locale():
    """A recruiter in Germany: for numbers alone."""
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'locales')
    os.mkdir(folder)
    subprocess.run(['localedef', '--no-archive', '-i', 'de_DE', '-f', 'UTF-8', folder + '/de_DE.UTF-8'], check=True)
    return {'LOCPATH': folder, 'LANG': 'C.UTF-8', 'LC_ADDRESS': 'de_DE.UTF-8'}


class GnomeCalls(house.Test):
    options = ('--candidates', '40', '--allowance', '0')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'mimeapps.list'), 'w') as file:
            file.write('[Default Applications]\nx-scheme-handler/tel=org.gnome.Calls.desktop\n')
        # GNOME Calls warns of what this desktop has not; it is not to die of that, whoever starts it.
        for name in 'G_DEBUG', 'LC_ALL':
            house.ENVIRONMENT.pop(name, None)
        # Nor do we look at its window: libatspi stumbles over two programs that appear at once.
        house.ENVIRONMENT.update(make_locale(), NO_AT_BRIDGE='1')
        cls.ringer, cls.called = [cls.sandbox.change('add', fields={
            'first_name': first, 'last_name': last, 'phone_numbers': [{'value': number, 'type': 'mobile'}]})
            for first, last, number in (('Mira', 'Tolland', NUMBER), ('Niamh', 'Corrigan', OTHER))]

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.phone = subprocess.Popen(['gnome-calls', '--provider', 'dummy', '--daemon'], env=house.ENVIRONMENT,
                                      stderr=subprocess.DEVNULL)
        self.addCleanup(self.end_phone)
        # Not asked for by its name alone, which would start a second one.
        ui.wait(self.is_there, 'GNOME Calls on the bus')
        self.window = self.open()
        self.window.find('list', 'Candidates')

    def end_phone(self):
        self.phone.kill()
        self.phone.wait()

    # GNOME Calls, as it is on the bus

    def bus(self, path, method, *arguments):
        return subprocess.run(['gdbus', 'call', '--session', '-d', 'org.gnome.Calls', '-o', path, '-m', method,
                               *arguments], capture_output=True, text=True)

    def is_there(self):
        asked = subprocess.run(['gdbus', 'call', '--session', '-d', 'org.freedesktop.DBus', '-o', '/org/freedesktop/DBus',
                                '-m', 'org.freedesktop.DBus.NameHasOwner', 'org.gnome.Calls'], capture_output=True, text=True)
        return 'true' in asked.stdout and self.objects() is not None

    def objects(self):
        done = self.bus('/org/gnome/Calls', 'org.freedesktop.DBus.ObjectManager.GetManagedObjects')
        return done.stdout if done.returncode == 0 else None

    def has(self, number, state):
        ui.wait(lambda: "'Id': <'%s'>" % number in self.objects() and "'State': <uint32 %d>" % state in self.objects(),
                'GNOME Calls to have %s in state %d' % (number, state))

    def has_none(self):
        ui.wait(lambda: '/Call/' not in self.objects(), 'GNOME Calls to have no call')

    def hang_up_there(self):
        """In GNOME Calls' own window, or at the other end."""
        objects = self.objects()
        path = objects[objects.index('/org/gnome/Calls/Call/'):].split("'")[0]
        self.bus(path, 'org.gnome.Calls.Call.Hangup')

    # Dialhouse

    def says_state(self, state):
        ui.wait(lambda: state in self.window.statuses(), 'the call bar to say ' + state)

    def note(self, person, words):
        note, = ui.wait(lambda: self.sandbox.notes(person, words), 'the note in Greenhouse', 60)
        return note['body']

    def test_a_day(self):
        self.take_a_call()
        self.place_a_call()
        self.ring_withheld()
        self.close(self.window)

    def take_a_call(self):
        """It rings there, is named and taken here, goes on after a crash, and is hung up here."""
        self.phone.send_signal(signal.SIGUSR1)
        self.says_state('calls you')
        self.window.find('push button', 'Call with Mira Tolland')
        self.has(RINGS, INCOMING)
        self.window.press_button('Answer')
        self.says_state('talking')
        self.has(RINGS, ACTIVE)

        ui.wait(lambda: self.desk.query('SELECT state FROM calls') == 'active', 'the call in the log')
        self.window.process.send_signal(signal.SIGKILL)
        self.window.process.wait()
        self.window = self.open()
        self.says_state('talking')
        self.window.says('Mira Tolland', self.window.pane('Candidate'))
        self.window.set_text(self.window.find('text', 'Note'), 'Asked about the office.')
        self.window.press_button('End')
        self.says_state('ended')
        self.has_none()
        self.window.press_button('Save', self.window.pane('Wrap up'))
        self.assertRegex(self.note(self.ringer, 'Asked about the office.'),
                         r'\AIncoming call, answered\nFrom \+49 9876 54321\n[^\n]*, length not known\n')

    def place_a_call(self):
        """A link reaches it; it answers, and the other end hangs up."""
        self.window.open_candidate('Niamh Corrigan')
        ui.keys('ctrl+d')
        # It dials for a moment only, which a slow look may miss.
        self.window.calls('talking')
        self.has(OTHER, ACTIVE)
        # Not with keys: its window has come to the front.
        self.window.set_text(self.window.find('text', 'Note'), 'Free from March.')
        self.hang_up_there()
        self.says_state('ended')
        self.window.press_button('Save', self.window.pane('Wrap up'))
        self.assertRegex(self.note(self.called, 'Free from March.'), r'\AOutgoing call, answered\nTo \+44 20 7183 8750')

    def ring_withheld(self):
        """Nobody knows who it is."""
        self.phone.send_signal(signal.SIGUSR2)
        self.says_state('calls you')
        self.window.press_button('Decline')
        self.has_none()
        ui.wait(lambda: self.desk.query('SELECT outcome, number FROM calls ORDER BY started_at DESC LIMIT 1') ==
                'missed|', 'the call to stand as missed')


if __name__ == '__main__':
    missing = [name for name in ('gnome-calls', 'localedef') if shutil.which(name) is None]
    if missing:
        print('skipped: there is no ' + ' and no '.join(missing))
        sys.exit(77)
    tool.main()
