"""What is typed is kept, and what is saved stands in Greenhouse exactly as it was shown."""
import itertools
import os
import re
import signal
import subprocess

import house
import tool
import ui

TEL_LOG = os.environ['XDG_CACHE_HOME'] + '/tel.log'


class Note(house.Test):
    options = ('--candidates', '300', '--allowance', '0')

    def setUp(self):
        super().setUp()
        if os.path.exists(TEL_LOG):
            os.remove(TEL_LOG)
        self.desk.connect()
        self.desk.sync()
        to_call = self.desk.query('SELECT candidate_id FROM candidate_phones JOIN candidates ON id = candidate_id'
                                  ' WHERE e164 IS NOT NULL AND is_private = 0').split()
        people = [person for person in self.desk.ask('search', '--limit', '300', '')
                  if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name']) and str(person['id']) in to_call]
        self.person, self.other = itertools.islice((person for person in people
                                                    if len(self.desk.ask('search', person['name'])) == 1), 2)
        self.window = self.open()
        self.window.open_candidate(self.person['name'])

    # What the recruiter does

    def note(self):
        return self.window.find('text', 'Note')

    def note_about_the_call(self):
        return self.window.find('text', 'Note about the call')

    def reads(self, text):
        # One buffer for both: before the call ends, and after.
        ui.wait(lambda: ui.text(self.note()) == text and 'read-only' not in ui.states(self.note()),
                'the note to read %r' % text)

    def write(self, text):
        """Clicks into the note and types, keys that the store has to follow."""
        self.window.click(self.note(), house.TITLE)
        ui.typed(text)

    def call(self):
        sheet = self.window.pane('Candidate')
        button = ui.wait(lambda: next((node for node in ui.walk(sheet) if ui.role_of(node) == 'push button'
                                       and node.get_name().startswith('Call ')), None), 'a number to call')
        self.window.press(button)
        self.window.calls('calling')
        ui.wait(lambda: os.path.exists(TEL_LOG), 'the tel: link')

    def says_state(self, state):
        ui.wait(lambda: state in self.window.statuses(), 'the call bar to say ' + state)

    def answer(self):
        self.window.press_button('They answered')
        self.says_state('talking')

    def end_call(self):
        self.window.press_button('End')
        self.says_state('ended')
        ui.wait(self.preview, 'the note as it will read')

    def talk(self, text):
        """A whole call, up to the wrap-up; the keyboard is in the note from the start."""
        self.call()
        self.answer()
        ui.typed(text)
        self.reads(text)
        self.end_call()

    def press_and_wait(self, button, heir):
        """Presses a button, and waits for the keyboard to be where it leads."""
        self.window.press(button)
        ui.wait(lambda: 'focused' in ui.states(heir), '%s to have the keyboard' % heir.get_name())

    def preview(self):
        pane = self.window.pane('Wrap up')
        return next((ui.text(node) for node in ui.walk(pane) if ui.role_of(node) == 'label'
                     and 'Dialhouse ' in ui.text(node)), None)

    # What must have come of it

    def kept(self, person):
        return self.desk.query('SELECT text FROM drafts WHERE candidate_id = %d' % person['id'])

    def sent(self, text):
        note, = ui.wait(lambda: self.sandbox.notes(self.person['id'], text), 'the note in Greenhouse', 60)
        return note

    def assertSaved(self):
        ui.wait(lambda: 'Saved; it goes to Greenhouse now' in self.window.statuses(), 'a word that it is saved')
        self.reads('')
        ui.wait(lambda: self.kept(self.person) == '', 'the draft to be gone')

    def test_every_keystroke_is_kept(self):
        self.write('Free from 5 January')
        ui.wait(lambda: self.kept(self.person) == 'Free from 5 January', 'the text in the store')
        ui.typed('.')
        self.window.process.send_signal(signal.SIGKILL)
        self.window.process.wait()

        self.window = self.open()
        self.window.open_candidate(self.person['name'])
        ui.wait(lambda: ui.text(self.note()).startswith('Free from 5 January'), 'the text to be back')
        self.close(self.window)

    def test_the_last_keystroke_is_kept_when_the_window_goes(self):
        self.write('Salary: 71k')
        self.reads('Salary: 71k')
        self.close(self.window)
        self.assertEqual(self.kept(self.person), 'Salary: 71k')

    def test_each_candidate_has_a_note(self):
        self.write('about the one')
        self.reads('about the one')
        self.window.open_candidate(self.other['name'])
        self.reads('')
        self.write('about the other')
        self.reads('about the other')
        self.window.open_candidate(self.person['name'])
        self.reads('about the one')
        self.window.open_candidate(self.other['name'])
        self.reads('about the other')
        self.close(self.window)

    def test_note_without_a_call(self):
        self.write('Wants hybrid, two days.')
        self.reads('Wants hybrid, two days.')
        self.window.press_button('Save note')
        self.assertSaved()
        self.assertEqual(self.sent('Wants hybrid')['visibility'], 'publicly_visible')

        # The proof leads to where it stands; where nothing can show that, to a browser.
        proof = ui.wait(lambda: next((node for node in ui.walk(self.window.root) if node.get_name() == 'in Greenhouse'
                                      and ui.role_of(node) == 'push button'), None), 'the proof')
        self.window.press(proof)
        self.window.says('No program opens web pages. Choose a browser in Settings, under Default Applications.')
        log = house.install_browser()
        self.window.press(proof)
        with open(ui.wait(lambda: os.path.exists(log) and log, 'the browser')) as file:
            page = ui.wait(lambda: file.read().strip(), 'the page')
        self.assertTrue(page.endswith('/people/%d' % self.person['id']), page)
        self.close(self.window)

    def test_enter_twice(self):
        self.write('Speaks Polish.')
        self.reads('Speaks Polish.')
        self.call()
        self.answer()
        self.end_call()
        shown = self.preview()
        self.assertIn('Speaks Polish.', shown)
        ui.keys('Return', 'Return')
        self.assertSaved()
        self.assertEqual(self.sent('Speaks Polish.')['body'], shown)
        self.assertIn('Speaks Polish.', self.sandbox.page(self.person['id']))
        self.close(self.window)

    def test_who_is_typing_goes_on_typing(self):
        self.call()
        self.answer()
        text = 'One line, and another while the call comes to its end over there'
        typist = subprocess.Popen(['xdotool', 'type', '--delay', '150', text])
        self.addCleanup(typist.wait)
        self.end_call()
        self.assertEqual(typist.wait(60), 0)
        self.reads(text)
        ui.wait(lambda: text in self.preview(), 'the text in the preview')
        shown = self.preview()
        ui.keys('ctrl+Return')
        self.assertSaved()
        self.assertEqual(self.sent('One line')['body'], shown)
        self.close(self.window)

    def test_outcome_tags_and_visibility_arrive(self):
        self.talk('Call on Friday')
        pane = self.window.pane('Wrap up')
        self.window.press_button('Voicemail', pane)
        self.window.press_button('Call again', pane)
        menu = self.window.find('push button', 'Add a tag of your own', pane)
        self.window.press(next(iter(ui.children(menu))))
        self.window.set_text(self.window.find('text', 'Tag of your own'), 'Visa')
        self.window.press_button('Add')
        menu = self.window.find('push button', 'Visibility in Greenhouse: Visible to all', pane)
        self.window.press(next(iter(ui.children(menu))))
        self.window.press(self.window.find('menu item', 'Private'))
        self.window.find('push button', 'Visibility in Greenhouse: Private', pane)
        ui.wait(lambda: 'voicemail' in self.preview().lower() and 'Visa' in self.preview(), 'the choices in the preview')
        shown = self.preview()
        self.assertIn('Call again, Visa', shown)

        self.window.press_button('Save', pane)
        self.assertSaved()
        note = self.sent('Call on Friday')
        self.assertEqual(note['body'], shown)
        self.assertEqual(note['visibility'], 'privately_visible')
        self.close(self.window)

    def test_not_logging_keeps_the_text(self):
        self.talk('Wrong number')
        pane = self.window.pane('Wrap up')
        ask, drop = [node for node in ui.walk(pane)
                     if ui.role_of(node) == 'push button' and node.get_name() == "Don't log"]
        back, save = (self.window.find('push button', name, pane) for name in ('Go back', 'Save'))
        self.press_and_wait(ask, back)
        self.press_and_wait(back, save)
        self.press_and_wait(ask, back)
        self.window.press(drop)
        ui.wait(lambda: 'Not logged' in self.window.statuses(), 'a word that it is not logged')
        self.reads('Wrong number')
        self.assertEqual(self.desk.outbox(), [])
        self.assertEqual(self.kept(self.person), 'Wrong number')
        self.close(self.window)

    def test_a_call_elsewhere(self):
        self.call()
        self.window.open_candidate(self.other['name'])
        self.write('about the other')
        self.reads('about the other')
        self.window.says(lambda said: 'goes on' in said and self.person['name'] in said)
        self.window.press_button('Call with ' + self.person['name'])
        self.reads('')
        self.write('about the one')
        self.reads('about the one')
        self.end_call()
        self.assertIn('about the one', self.preview())
        self.assertEqual(self.kept(self.other), 'about the other')
        self.close(self.window)

    def crash(self, tags):
        """Once these tags are in the store, the program is killed and started again."""
        ui.wait(lambda: self.desk.query('SELECT name FROM call_tags ORDER BY position').splitlines() == tags,
                '%r in the store' % tags)
        self.window.process.send_signal(signal.SIGKILL)
        self.window.process.wait()
        self.window = self.open()
        self.window.open_candidate(self.person['name'])
        self.reads('Nearly lost')
        ui.wait(lambda: self.preview() and 'Nearly lost' in self.preview(), 'the wrap-up to be back')
        self.assertIn('\nTags: %s\n' % ', '.join(tags), self.preview())

    def test_crashes(self):
        """While talking, and in the wrap-up: the words are there, and the tags."""
        self.call()
        self.answer()
        ui.typed('Nearly lost')
        ui.wait(lambda: self.kept(self.person) == 'Nearly lost', 'the text in the store')
        ui.keys('alt+1')
        self.crash(['Interested'])
        self.window.press_button('Not now', self.window.pane('Wrap up'))
        self.crash(['Interested', 'Not now'])

        shown = self.preview()
        self.window.press_button('Save', self.window.pane('Wrap up'))
        self.assertSaved()
        self.assertEqual(self.sent('Nearly lost')['body'], shown)
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
