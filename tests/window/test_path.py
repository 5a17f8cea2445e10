"""The main job in a real window: find somebody, call, type, end, save; and the note stands in Greenhouse."""
import glob
import html
import os
import re
import sqlite3
import sys
import tempfile
import unittest
import urllib.request

from gi.repository import GLib

import ui

# A warning is fatal to the program. Here it may only be libatspi's, about a program too busy to answer.
GLib.log_set_always_fatal(GLib.LogLevelFlags.LEVEL_ERROR)

PROGRAM = os.path.abspath(sys.argv.pop(1))
TITLE = 'Dialhouse Sandbox'


class Path(unittest.TestCase):
    """dialhouse --sandbox in a profile of its own; the first sync, which takes its time, is made once."""

    @classmethod
    def setUpClass(cls):
        cls.profile = tempfile.mkdtemp(prefix='profile.')
        cls.taken = set()
        cls.start()
        ui.wait(lambda: cls.setting('last-sync'), 'the first sync', 300)

    @classmethod
    def tearDownClass(cls):
        """The exit status tells of leaks too."""
        if cls.app.process.poll() is None and cls.app.quit() != 0:
            raise AssertionError('dialhouse did not end well')

    @classmethod
    def start(cls):
        cls.app = ui.App([PROGRAM, '--sandbox', '--profile', cls.profile])
        ui.has_keyboard(TITLE)

    def setUp(self):
        if self.app.process.poll() is not None:
            self.start()

    # What the store has

    @classmethod
    def query(cls, sql, *values):
        files = glob.glob(cls.profile + '/*.sqlite')
        if not files:
            return []
        try:
            with sqlite3.connect('file:%s?mode=ro' % files[0], uri=True) as database:
                return database.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            return []       # not yet made

    @classmethod
    def setting(cls, key):
        found = cls.query('SELECT value FROM settings WHERE key = ?', key)
        return found[0][0] if found else None

    def choose(self):
        """Somebody new whom the sandbox's phone reaches, and an address that finds nobody else."""
        for person, first, last, address, e164 in self.query(
                'SELECT c.id, first_name, last_name, address, e164 FROM candidates c'
                ' JOIN candidate_phones p ON p.candidate_id = c.id AND p.position = 0'
                ' JOIN candidate_emails e ON e.candidate_id = c.id AND e.position = 0'
                ' WHERE e164 IS NOT NULL AND extension IS NULL AND last_name IS NOT NULL AND preferred_name IS NULL'
                ' AND is_private = 0 ORDER BY c.id'):
            name = '%s %s' % (first, last)
            if (person not in self.taken and e164[-1] not in '123' and re.fullmatch("[A-Za-z]+ [A-Za-z'-]+", name)
                    and re.fullmatch('[a-z.]+[0-9]+@example.[a-z]+', address)):
                self.taken.add(person)
                return person, name, address
        raise AssertionError('the sandbox knows nobody to call')

    def person_page(self, person):
        address = '%s/people/%d' % (self.setting('harvest-url'), person)
        with urllib.request.urlopen(address, timeout=30) as answer:
            return html.unescape(answer.read().decode())

    def person_page_answers(self, person):
        try:
            return self.person_page(person)
        except OSError:
            return None

    # What a recruiter sees and does

    def says_state(self, state):
        ui.wait(lambda: any(ui.text(node) == state for node in ui.walk(self.app.root)
                            if ui.role_of(node) == 'status bar'), 'the call to be ' + state)

    def find_person(self, name, address):
        """Searches, and opens the first match."""
        ui.keys('ctrl+f')
        self.type_and_open(name, address)

    def type_and_open(self, name, address):
        ui.typed(address)
        ui.wait(lambda: [item.get_name().startswith(name) for item in self.rows()] == [True], 'the row of ' + name)
        ui.keys('Return')
        self.page = self.app.find('scroll pane', name)

    def rows(self):
        return [node for node in ui.walk(self.app.find('list', 'Candidates'))
                if ui.role_of(node) == 'list item']

    def click(self, name):
        self.app.click(self.app.find('push button', name), TITLE)

    def stands_in_greenhouse(self, person, text):
        self.app.says('in Greenhouse', under=self.app.find('list', 'History', under=self.page), timeout=60)
        # An older note of the same person stands there, too.
        page = ui.wait(lambda: text in self.person_page(person) and self.person_page(person), 'the note in the feed')
        self.assertEqual(page.count(text), 1, page)
        self.assertIn('Oskar Venn', page)
        self.assertIn('Dialhouse ', page)

    def test_with_a_mouse(self):
        person, name, address = self.choose()
        self.find_person(name, address)

        call = ui.wait(lambda: next((node for node in ui.walk(self.page) if ui.role_of(node) == 'push button'
                                     and node.get_name().startswith('Call +')), None), 'a number to call')
        self.app.click(call, TITLE)
        self.app.calls('talking')
        ui.typed('Free from 5 January.')
        self.click('End')
        self.app.says('Wrap up')
        self.click('Save')

        self.stands_in_greenhouse(person, 'Free from 5 January.')

    def test_with_the_keyboard_alone(self):
        person, name, address = self.choose()
        self.find_person(name, address)

        ui.keys('ctrl+d')
        self.app.calls('talking')
        ui.typed('Wants hybrid, two days.')
        ui.keys('ctrl+e')
        self.app.says('Wrap up')
        ui.keys('ctrl+Return')

        self.stands_in_greenhouse(person, 'Wants hybrid, two days.')
        ui.keys('ctrl+q')
        self.assertEqual(self.app.process.wait(ui.PATIENCE), 0)

    def test_with_the_window_opened_again(self):
        """The sandbox keeps what was written into it, and the desk what it has."""
        person, name, address = self.choose()
        self.find_person(name, address)
        ui.keys('ctrl+n')
        ui.typed('Prefers e-mail.')
        ui.keys('ctrl+Return')
        self.stands_in_greenhouse(person, 'Prefers e-mail.')
        self.assertEqual(self.app.quit(), 0)

        self.start()
        self.type_and_open(name, address)     # though the desk is still being opened
        ui.wait(lambda: self.person_page_answers(person), 'the sandbox to be back')
        self.stands_in_greenhouse(person, 'Prefers e-mail.')


if __name__ == '__main__':
    unittest.main(verbosity=2)
