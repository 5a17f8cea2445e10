"""What an admin does with an integration, in the settings window."""
import setting
import tool
import ui
from setting import SETTINGS

FORM = 'Connect Greenhouse'


class Settings(setting.Test):
    def open_page(self):
        self.open_settings()
        self.activate(self.row('Alder Works'))
        self.find('push button', 'Check Again')
        self.says(lambda said: said.startswith('Checked '))

    def test_from_nothing_to_active(self):
        self.open_settings()
        self.says('No Integrations')
        self.window.press_button('Greenhouse…', self.settings)
        form = self.child(FORM)
        self.window.press(next(node for node in ui.walk(form) if node.get_name().startswith('Advanced')
                               and ui.role_of(node) != 'label'))
        for name, value in {'Name of this connection': 'Alder Works', 'Greenhouse subdomain': 'alder',
                            'Client ID': self.sandbox.client_id, 'Client secret': self.sandbox.client_secret,
                            'Your e-mail in Greenhouse': self.sandbox.recruiter,
                            'Harvest address': self.sandbox.harvest_url,
                            'Sign-in address': self.sandbox.auth_url}.items():
            ui.Atspi.EditableText.set_text_contents(self.window.find('text', name, form), value)
        self.window.press_button('Connect', form)
        self.window.says(lambda said: said.startswith('Connected to '))
        self.window.press_button('Later', form)

        status = self.find('check box', 'Status')
        self.assertEqual(self.desk.ask('integration', 'list')[0]['status'], 'inactive')
        self.window.press(status)
        self.says(lambda said: said.startswith('Active: '))
        ui.wait(lambda: 'checked' in ui.states(status), 'the switch to stay')
        self.assertEqual(self.desk.ask('integration', 'list')[0]['status'], 'active')
        self.close(self.window)

    def test_a_scope_is_taken_away(self):
        self.desk.add()
        self.open_page()
        self.assertEqual(self.missing(), [])
        self.sandbox.take_scope('harvest:notes:list')
        self.window.press_button('Check Again', self.settings)
        ui.wait(lambda: self.missing() == ['List notes: Missing'], 'the missing permission')
        self.window.press_button('How to grant List notes', self.settings)
        self.says(lambda said: 'harvest:notes:list' in said)

        # What tells of it is gone in seconds, on a busy machine before anybody has looked.
        self.window.press_button('Copy Report', self.settings)
        report = self.paste()
        self.assertIn('List notes', report)
        for secret in (self.sandbox.client_secret, self.sandbox.recruiter, self.sandbox.recruiter_name()):
            self.assertNotIn(secret, report)
        self.close(self.window)

    def missing(self):
        return [node.get_name() for node in ui.walk(self.settings) if ui.role_of(node) == 'list item'
                and ': Missing' in node.get_name()]

    def paste(self):
        caption = self.find('text', 'Caption')
        self.window.click(caption, SETTINGS)

        # The button that copies was pressed a moment ago: GTK does what it is for a quarter of a second later.
        def look():
            ui.keys('ctrl+a', 'ctrl+v')
            return ui.text(caption)

        said = ui.wait(look, 'the clipboard')
        ui.keys('Escape')
        ui.wait(lambda: ui.text(caption) == '', 'Escape to take back what was pasted')
        return said

    def test_typing_with_the_keyboard_alone(self):
        self.desk.add()
        self.open_page()
        # GTK 4.8 does not tell that an entry has the focus: count from the row above them.
        self.tab_to('Status')
        ui.keys('Tab', 'Tab', 'Tab', 'ctrl+a')
        ui.typed('Zweite Etage')
        ui.keys('Return')
        ui.wait(lambda: self.desk.ask('integration', 'list')[0]['caption'] == 'Zweite Etage', 'the caption')

        # What is refused stays as it was typed, and Escape takes it back.
        subdomain = self.find('text', 'Greenhouse subdomain')
        ui.keys('Tab', 'ctrl+a')
        ui.typed('a!b')
        ui.keys('Return')
        self.says(lambda said: 'subdomain' in said and said.endswith('.'))
        self.assertEqual(ui.text(subdomain), 'a!b')
        ui.keys('Escape')
        ui.wait(lambda: ui.text(subdomain) == 'alder', 'what is kept')
        self.close(self.window)

    def test_numbers(self):
        self.desk.add()
        self.open_page()
        self.go('Numbers for calls')
        entry = self.find('text', 'Add a number')
        ui.typed('12')
        ui.keys('Return')
        self.says(lambda said: '12' in said and said.endswith('.'))
        self.assertEqual(ui.text(entry), '12')
        for number in ('+442079460958', '+14155552671'):
            ui.keys('ctrl+a')
            ui.typed(number)
            ui.keys('Return')
            ui.wait(lambda: ui.text(entry) == '', number + ' to be kept')
        self.assertEqual(self.kept('call-numbers'), '+442079460958, +14155552671')
        self.window.press_button('Move +1 415-555-2671 up', self.settings)
        ui.wait(lambda: self.kept('call-numbers') == '+14155552671, +442079460958', 'the other order')
        self.window.press_button('Remove +44 20 7946 0958', self.settings)
        ui.wait(lambda: self.kept('call-numbers') == '+14155552671', 'one to be gone')
        ui.keys('Escape')
        self.says('+1 415-555-2671')
        self.close(self.window)

    def test_who_i_am(self):
        self.desk.connect()
        self.desk.sync()
        self.desk.do('integration', 'pause', self.desk.id)
        name = self.sandbox.recruiter_name()
        self.open_page()
        self.go('Who I am')
        self.find('entry', 'Search people')
        self.find('list item', 'Nobody')
        people = self.find('list', 'People')
        others = [node.get_name() for node in ui.children(people) if name not in node.get_name()][1:]
        ui.typed(others[0])
        ui.wait(lambda: [node.get_name() for node in ui.children(people)] == [others[0]], 'one person alone')
        ui.keys('Return')
        self.says(lambda said: said.startswith(others[0] + ' · '))
        self.close(self.window)

    def test_deleted_from_its_page(self):
        self.desk.add()
        self.open_page()
        self.window.press_button('Delete Integration…', self.settings)
        confirm = self.child('Delete Integration')
        self.window.set_text(self.window.find('text', 'Type DELETE to confirm', confirm), 'DELETE')
        self.window.press_button('Delete Integration', confirm)
        self.says('No Integrations')
        ui.wait(lambda: self.desk.ask('integration', 'list') == [], 'the integration to be gone')
        ui.wait(lambda: tool.count_secrets() == 0, 'its secret to be gone')
        self.close(self.window)

    def test_many_who_are_gone_are_forgotten_on_a_word(self):
        self.desk.connect()
        self.desk.sync()
        gone = self.sandbox.candidate_ids()[:10]
        for person in gone:
            self.sandbox.change('delete', id=person)
        self.desk.run('sync', '--full')
        before = int(self.desk.query('SELECT count(*) FROM candidates'))
        self.open_page()
        self.window.press_button('Forget Them', self.settings)
        ui.wait(lambda: int(self.desk.query('SELECT count(*) FROM candidates')) == before - len(gone), 'them to be gone')
        self.window.gone('push button', 'Forget Them', self.settings)
        self.close(self.window)

    def test_closed_during_a_check(self):
        self.desk.add()
        self.open_page()
        self.sandbox.fault('delay', 'GET', '/v3/notes', delay_ms=20000)
        asked = self.sandbox.n_requests('GET', '/v3/notes')
        self.window.press_button('Check Again', self.settings)
        ui.wait(lambda: self.sandbox.n_requests('GET', '/v3/notes') > asked, 'the check to ask')
        # One goes back to the list, the next closes; pressed while the page moves, one may be lost.
        ui.wait(lambda: all(child.get_name() != SETTINGS for child in ui.children(self.window.root)) or
                ui.keys('Escape'), 'it to close')
        self.close(self.window)

    def test_what_notes_tell(self):
        self.desk.add()
        self.open_page()
        # With keys, which bring it to where it can be seen.
        self.tab_to('What the note tells of the call')
        ui.keys('space')
        self.find('check box', 'Own number')
        self.tab_to('Own number')
        ui.keys('space')
        ui.wait(lambda: self.kept('note-fields').startswith('number, time, '), 'one field less')
        ui.keys('Escape')

        # Behind the fields; GTK 4.8 does not tell that an entry has the focus.
        ui.wait(lambda: (node := self.focused()) is not None and node.get_name() == 'What the note tells of the call',
                'the button to have the keyboard')
        ui.keys('Tab', 'ctrl+a')
        ui.typed('Interested,Visa , ,Visa')
        ui.keys('Return')
        ui.wait(lambda: self.kept('quick-tags') == 'Interested, Visa', 'the tags')
        self.close(self.window)

    def templates(self):
        return self.desk.query("SELECT kind || '|' || name || '|' || COALESCE (job, '-') || '|' || text FROM templates")

    def test_templates(self):
        self.desk.add()
        self.open_page()
        self.go('Templates and scripts')
        self.window.press_button('Add Template…', self.settings)
        self.window.set_text(self.find('text', 'Name'), 'First talk')
        self.window.set_text(self.find('text', 'Text'), 'Hello {first_name}, {salary}')
        self.says('Hello Mira, {salary}')
        self.says(lambda said: '{salary}' in said and 'no field' in said)
        self.window.press_button('Save', self.settings)
        ui.wait(lambda: self.templates() == 'note|First talk|-|Hello {first_name}, {salary}', 'the template')

        # What is left without a word is kept, too; and what is deleted comes back.
        self.window.gone('text', 'Name', self.settings)
        self.activate(self.find('list item', 'First talk'))
        self.window.set_text(self.find('text', 'Text'), 'Good day {last_name}')
        ui.keys('Escape')
        ui.wait(lambda: self.templates() == 'note|First talk|-|Good day {last_name}', 'the change')
        self.window.press_button('Delete First talk', self.settings)
        ui.wait(lambda: self.templates() == '', 'the template to be gone')
        self.window.press_button('Undo', self.settings)
        ui.wait(lambda: self.templates() == 'note|First talk|-|Good day {last_name}', 'the template to be back')
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
