"""The whole path by keyboard alone: search, call, type, pin, tag, template, end, wrap up, next."""
import datetime
import glob
import os
import re
import sqlite3

import house
import tool
import ui

TEL_LOG = os.environ['XDG_CACHE_HOME'] + '/tel.log'


class Keyboard(house.Test):
    options = ('--candidates', '300', '--allowance', '0')

    def setUp(self):
        super().setUp()
        if os.path.exists(TEL_LOG):
            os.remove(TEL_LOG)
        self.desk.connect()
        self.desk.sync()
        self.desk.make_it_noon()
        self.person, self.next = self.choose()
        self.add_templates()
        self.window = self.open()
        ui.has_keyboard(house.TITLE)

    def choose(self):
        """Somebody with a number whose name finds nobody else, and who comes after them in the list."""
        to_call = self.desk.query('SELECT candidate_id FROM candidate_phones JOIN candidates ON id = candidate_id'
                                  ' WHERE e164 IS NOT NULL AND is_private = 0').split()
        people = self.desk.ask('search', '--limit', '300', '')
        return next((person, people[place + 1]) for place, person in enumerate(people[:-1])
                    if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name']) and str(person['id']) in to_call
                    and people[place + 1]['name'] != person['name']
                    and len(self.desk.ask('search', person['name'])) == 1)

    def add_templates(self):
        path, = glob.glob(self.desk.profile + '/*.sqlite')
        with sqlite3.connect(path) as database:
            database.executemany(
                'INSERT INTO templates (kind, name, job, stage, text) VALUES (?, ?, ?, ?, ?)',
                [('note', 'Zebra', None, None, 'Nothing to see'),
                 ('note', 'Salary', None, None, 'Hello {first_name}, {{so}} {salary}'),
                 ('script', 'Opening', None, None, 'Good morning {first_name} {last_name}')])
        database.close()

    # What the recruiter sees

    def note(self):
        return self.window.find('text', 'Note')

    def says_state(self, state):
        ui.wait(lambda: state in self.window.statuses(), 'the call bar to say ' + state)

    def reads(self, text):
        ui.wait(lambda: ui.text(self.note()) == text, 'the note to read %r' % text)

    def day(self, later):
        return datetime.date.today() + datetime.timedelta(days=later)

    def in_words(self, later):
        return self.day(later).strftime('%a %-d %b')

    def chosen(self, tag, where):
        return 'pressed' in ui.states(self.window.find('push button', tag, where))

    def preview(self):
        pane = self.window.pane('Wrap up')
        return next((ui.text(node) for node in ui.walk(pane) if ui.role_of(node) == 'label'
                     and 'Dialhouse ' in ui.text(node)), None)

    def begin_call(self):
        """Searches by name, opens, calls, and says that they answered: keys only."""
        ui.keys('ctrl+f')
        ui.typed(self.person['name'])
        ui.wait(lambda: self.window._find_row(self.person['name']), 'the row')
        ui.keys('Return')
        self.window.says(self.person['name'], self.window.pane('Candidate'))
        ui.keys('ctrl+f', 'BackSpace')
        ui.wait(lambda: self.window._find_row(self.person['name']) is None, 'the whole list')
        ui.keys('ctrl+d')
        # Asked first where it is early or late for the candidate.
        ui.wait(lambda: 'calling' in self.window.statuses() or self.window.peek('dialog'), 'the call, or a question')
        if 'calling' not in self.window.statuses():
            ui.keys('Tab', 'Return')
        self.says_state('calling')
        ui.wait(lambda: os.path.exists(TEL_LOG), 'the tel: link')
        self.window.focused('text', 'Note')

    def answer(self):
        ui.keys('ctrl+shift+a')
        self.says_state('talking')

    def test_the_whole_path(self):
        self.begin_call()
        self.answer()
        ui.keys('ctrl+n')
        self.window.focused('text', 'Note')

        ui.typed('Free from 5 January.')
        self.reads('Free from 5 January.')
        ui.keys('ctrl+period')
        pin = ui.wait(lambda: re.fullmatch(r'Free from 5 January.\n\[00:\d\d\] ', ui.text(self.note())), 'the time')
        ui.typed('71k ')

        # The best is found by a few letters, and what it cannot know is told.
        ui.keys('ctrl+t')
        self.window.find('list item', 'Salary')
        ui.typed('sal')
        ui.wait(lambda: not self.window.shown('list item', 'Zebra'), 'only what is looked for')
        ui.keys('Return')
        self.reads(pin.group() + '71k Hello %s, {so} {salary}' % self.person['name'].split()[0])
        ui.wait(lambda: any('{salary}' in said for said in self.window.statuses()), 'a word on the open field')
        self.window.focused('text', 'Note')
        text = ui.text(self.note())

        ui.keys('ctrl+shift+t')
        self.window.find('list item', 'Opening')
        ui.keys('Return')
        self.window.says('Good morning ' + self.person['name'])
        self.window.focused('text', 'Note')
        self.reads(text)

        talking = self.window.pane('Note')
        ui.keys('alt+1', 'alt+2', 'alt+2', 'alt+3')
        ui.wait(lambda: (self.chosen('Interested', talking), self.chosen('Call again', talking),
                         self.chosen('Not now', talking)) == (True, False, True), 'two tags')

        # Somebody else can be looked at: the call goes on, and nothing is lost.
        sheet = self.window.pane('Candidate')
        ui.keys('ctrl+Page_Down')
        self.window.says(self.next['name'], sheet)
        self.reads('')
        self.says_state('talking')
        ui.keys('ctrl+shift+d')
        self.window.says(self.person['name'], sheet)
        self.reads(text)
        self.assertTrue(self.chosen('Interested', talking))

        ui.keys('ctrl+e')
        self.says_state('ended')
        ui.wait(self.preview, 'the note as it will read')
        ui.wait(lambda: 'Tags: Interested, Not now' in self.preview(), 'the tags')
        ui.keys('alt+3')
        ui.wait(lambda: 'Tags: Interested\n' in self.preview(), 'one tag less')
        self.window.focused('push button', 'Answered')
        ui.keys('Tab', 'Tab', 'space')
        ui.wait(lambda: 'Outgoing call, voicemail' in self.preview(), 'another outcome')
        ui.keys('ctrl+b')
        self.window.focused('push button', 'Tomorrow')
        ui.keys('Return')
        self.window.find('push button', 'Call again ' + self.in_words(1))
        shown = self.preview()
        self.assertIn(text, shown)
        ui.keys('ctrl+shift+Return')
        self.window.says(self.next['name'], sheet)

        ui.wait(lambda: self.sandbox.notes(self.person['id'], '71k Hello'), 'the note in Greenhouse', 60)
        note, = self.sandbox.notes(self.person['id'], '71k Hello')
        self.assertEqual(note['body'], shown)
        self.assertEqual(self.desk.query('SELECT call_again_on FROM calls'), self.day(1).isoformat())
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
