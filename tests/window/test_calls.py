"""All calls on one page: filters, search, what is still to be done about them, calls made elsewhere, and a table."""
import csv
import datetime
import itertools
import os
import re
import stat
import subprocess
import time

import house
import ui

CALLS = 'Calls'


class Calls(house.Test):
    options = ('--candidates', '24', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        people = (person for person in self.desk.ask('search', '--limit', '24', '')
                  if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name'])
                  and len(self.desk.ask('search', person['name'])) == 1)
        self.one, self.other = itertools.islice(people, 2)
        self.n_calls = 0

    def log(self, person, minutes_ago, **more):
        """Writes a call as an older moment of this desk would have left it."""
        self.n_calls += 1
        call = {'uid': 'call-%d' % self.n_calls, 'candidate_id': person['id'], 'direction': 'outgoing',
                'number': '+442079460958', 'e164': '+442079460958', 'state': 'ended', 'outcome': 'answered',
                'started_at': int(time.time() - minutes_ago * 60) * 1000000, 'answered_at': 0, 'ended_at': 0,
                'duration': 252, 'wrapped_up': 1, **more}
        values = ', '.join(str(value) if isinstance(value, int) else "'%s'" % value for value in call.values())
        subprocess.run(['sqlite3', self.desk.database()], check=True, text=True,
                       input='INSERT INTO calls (%s) VALUES (%s);' % (', '.join(call), values))
        return call['uid']

    def open_calls(self):
        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        ui.wait(self.calls_open, 'the calls')

    def calls_open(self):
        # The key does nothing while the desk is being opened.
        ui.keys('ctrl+shift+l')
        asked = subprocess.run(['xdotool', 'getwindowfocus', 'getwindowname'], capture_output=True, text=True)
        return asked.stdout.strip() == CALLS

    def rows(self):
        """What is cached is forgotten for the list alone: the accessibility library may break over a whole window
        that is being built."""
        found = self.window.find('list', CALLS)
        found.clear_cache()
        return [node.get_name() for node in ui.children(found) if ui.role_of(node) == 'list item']

    def await_rows(self, *people):
        """The rows of these people, from above."""
        def look():
            rows = self.rows()
            return len(rows) == len(people) and all(row.startswith(person['name'])
                                                    for row, person in zip(rows, people))
        ui.wait(look, 'the rows of %s' % [person['name'] for person in people])

    def choose(self, name):
        self.window.press(self.window.find('push button', name))

    def test_filters_and_search(self):
        self.log(self.one, 3)
        self.log(self.other, 2, direction='incoming', outcome='missed')
        self.log(self.one, 1, dropped=1)
        self.open_calls()
        self.await_rows(self.one, self.other, self.one)
        self.choose('Unlogged')
        self.await_rows(self.other, self.one)
        self.choose('Missed')
        self.await_rows(self.other)
        self.choose('To Call Again')
        self.window.says('Nobody to Call Again Today')
        self.choose('All')
        self.await_rows(self.one, self.other, self.one)
        ui.typed(self.other['name'])
        self.await_rows(self.other)
        ui.keys('Escape')
        self.await_rows(self.one, self.other, self.one)

        ui.typed(self.other['name'])
        self.await_rows(self.other)
        ui.keys('Return', 'Return')
        self.window.says(self.other['name'], self.window.pane('Candidate'))
        self.close(self.window)

    def test_log_it(self):
        uid = self.log(self.one, 5)
        self.open_calls()
        self.choose('Unlogged')
        self.await_rows(self.one)
        ui.wait(lambda: any('no note' in row for row in self.rows()[:1]), 'the state of the note')
        ui.keys('Tab')
        ui.keys('ctrl+l')
        ui.has_keyboard('Log a Call')
        ui.keys('Escape')
        ui.has_keyboard(CALLS)
        self.choose('Log It: \u2068%s\u2069' % self.one['name'])
        ui.has_keyboard('Log This Call')
        ui.typed('Spoke of the offer')
        preview = self.window.says(lambda said: 'Spoke of the offer' in said and 'Dialhouse ' in said)
        shown = ui.text(preview)
        self.assertTrue(shown.startswith('Outgoing call, answered\nTo +44 20 7946 0958\n'), shown)
        ui.keys('ctrl+Return')
        self.window.says('Every Call Has Its Note')
        note, = ui.wait(lambda: self.sandbox.notes(self.one['id'], 'Spoke of the offer'), 'the note in Greenhouse')
        self.assertEqual(note['body'], shown)
        self.assertEqual(self.desk.query('SELECT call_uid FROM outbox'), uid)
        self.choose('All')
        ui.wait(lambda: any('in Greenhouse' in row for row in self.rows()[:1]), 'the proof')
        self.close(self.window)

    def test_no_note_is_needed(self):
        self.log(self.one, 5)
        self.open_calls()
        self.choose('Unlogged')
        self.await_rows(self.one)
        self.choose('No note is needed: \u2068%s\u2069' % self.one['name'])
        self.window.says('Every Call Has Its Note')
        self.choose('Undo')
        self.await_rows(self.one)
        self.close(self.window)

    def test_made_elsewhere(self):
        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        self.window.open_candidate(self.one['name'])
        ui.keys('ctrl+l')
        ui.has_keyboard('Log a Call')
        ui.typed('Met on the train')
        self.window.set_text(self.window.find('text', 'Number, if known'), '')
        self.window.set_text(self.window.find('text', 'Length in minutes, such as 12 or 12:30'), '12:30')
        self.window.set_text(self.window.find('text', 'Began at, such as 14:05'), 'noon')
        self.window.says('Say when it began, in hours and minutes, such as 14:05.')
        self.window.set_text(self.window.find('text', 'Began at, such as 14:05'), '0:00')
        shown = ui.text(self.window.says(lambda said: 'Met on the train\n\nDialhouse ' in said))
        day = datetime.date.today()
        self.assertTrue(shown.startswith('Outgoing call, answered\n%d %s, 00:00 UTC, 12:30\n'
                                         % (day.day, day.strftime('%b %Y'))), shown)
        ui.keys('ctrl+Return')
        note, = ui.wait(lambda: self.sandbox.notes(self.one['id'], 'Met on the train'), 'the note in Greenhouse')
        self.assertEqual(note['body'], shown)
        self.assertEqual(self.desk.query('SELECT by_hand, duration FROM calls'), '1|750')
        self.close(self.window)

    def test_next_to_call(self):
        today = datetime.date.today()
        self.log(self.one, 3000, call_again_on=today.isoformat())
        self.log(self.other, 3000, call_again_on=(today - datetime.timedelta(days=1)).isoformat())
        self.open_calls()
        self.choose('To Call Again')
        self.await_rows(self.other, self.one)
        ui.keys('Escape')
        ui.has_keyboard(house.TITLE)
        for person in (self.other, self.one, self.other):
            ui.keys('ctrl+j')
            self.window.says(person['name'], self.window.pane('Candidate'))
        self.close(self.window)

    def read_table(self, path):
        with open(path, 'rb') as file:
            table = file.read()
        return table if table.startswith(b'\xef\xbb\xbf') else None

    def test_export(self):
        self.log(self.one, 3)
        self.log(self.other, 2, dropped=1)
        path = os.path.join(os.environ['TMPDIR'], 'calls.csv')
        with open(path, 'w') as file:
            file.write('older')
        self.open_calls()
        self.choose('Unlogged')
        self.await_rows(self.one)
        ui.wait(lambda: 'sensitive' in ui.states(self.window.find('push button', 'Export These Calls as CSV')),
                'all calls to be known')
        ui.keys('ctrl+s')
        ui.has_keyboard('Export Calls')
        ui.keys('ctrl+a')
        ui.typed(path)
        ui.keys('Return')
        self.window.press(self.window.find('push button', 'Replace'))
        # A toast may be gone again before the whole window was looked through.
        table = ui.wait(lambda: self.read_table(path), 'the table in place of what was there')
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        rows = list(csv.DictReader(table.decode('utf-8-sig').splitlines()))
        self.assertEqual([(row['candidate'], row['note_state']) for row in rows], [(self.one['name'], 'none')])
        self.close(self.window)


if __name__ == '__main__':
    house.tool.main()
