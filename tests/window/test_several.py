"""Two companies in one window: their people together or apart, and nothing of one in the other."""
import re

import house
import tool
import ui

ALDER, BIRCH = 'Alder Works', 'Birch & Sons'


class Several(house.Test):
    """Both sandboxes invent the same people, with the same ids."""

    options = ('--candidates', '24', '--allowance', '0')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = tool.Sandbox(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.other.stop()
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.other.reset()
        self.desk.connect(name=ALDER)
        self.desk.connect(name=BIRCH, sandbox=self.other, options=('--caption', 'Head office'))
        self.desk.sync()
        self.person = next(person for person in self.desk.ask('search', '--limit', '48', '')
                           if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name'])
                           and any(re.fullmatch('[+][0-9]+', phone) for phone in person['phones'])
                           and len(self.desk.ask('search', person['name'])) == 2)
        self.window = self.open()
        ui.has_keyboard(house.TITLE)

    def companies(self):
        return [integration['name'] for integration in self.desk.ask('integration', 'list')]

    def rows(self):
        # Rows that came since the tree was last read are not yet known here.
        self.window.root.clear_cache()
        return [node.get_name() for node in ui.walk(self.window.find('list', 'Candidates'))
                if ui.role_of(node) == 'list item']

    def companies_of_rows(self):
        return {row.rpartition(', ')[2] for row in self.rows()}

    def lists(self, check, what):
        return ui.wait(lambda: check(self.rows()), what)

    def search(self):
        ui.keys('ctrl+f')
        ui.typed(self.person['name'])

    def open_row(self, company):
        """The one of two people of the same name and id whose company this is."""
        self.search()
        self.lists(lambda rows: sorted(row.rpartition(', ')[2] for row in rows) == [ALDER, BIRCH], 'both of them')
        found = self.window.find('list', 'Candidates')
        row = ui.wait(lambda: next((node for node in ui.walk(found) if ui.role_of(node) == 'list item'
                                    and node.get_name().endswith(company)), None), 'the row of ' + company)
        self.window.click(row, house.TITLE)
        self.sheet = self.window.pane('Candidate')
        self.window.says(self.person['name'], self.sheet)
        self.window.says(company, self.sheet)

    def says_company(self, company, where):
        self.window.root.clear_cache()
        self.window.says(company, self.window.pane(where))

    def test_all_or_one(self):
        ui.wait(lambda: self.companies_of_rows() == {ALDER, BIRCH}, 'people of both')
        self.search()
        self.lists(lambda rows: len(rows) == 2, 'both of the name')
        for number, company in enumerate(self.companies(), 1):
            ui.keys('ctrl+%d' % number)
            self.window.find('push button', 'Company: ' + company)
            self.lists(lambda rows: len(rows) == 1 and not rows[0].endswith(company), 'only the one of ' + company)
        ui.keys('ctrl+0')
        self.lists(lambda rows: len(rows) == 2, 'both again')

        ui.keys('ctrl+comma')
        ui.wait(lambda: [child for child in ui.children(self.window.root)
                         if ui.role_of(child) in ('frame', 'dialog', 'window')][1:], 'the settings window')
        self.close(self.window)

    def test_filters_and_saved_searches_are_of_both(self):
        def first_choice():
            self.window.root.clear_cache()
            return self.window.peek('check box', None, self.window.find('list', 'Stage'))
        self.window.filters('Stage', 1)
        stage, count = re.fullmatch('(.*), ([0-9]+) candidates', ui.wait(first_choice, 'a stage').get_name()).groups()
        people = {row['candidate_id'] for row in self.sandbox.harvest('applications', per_page=500)
                  if row['stage_name'] == stage}
        self.assertEqual(int(count), 2 * len(people))
        self.window.focused('list item', stage + ', ')
        ui.keys('space')
        self.window.find('push button', 'Remove filter: ' + stage)
        ui.keys('Escape')
        self.lists(lambda rows: len(rows) == 2 * len(people), 'those of the stage in both')

        name = self.window.save_search()
        ui.wait(lambda: ui.text(name) == stage, 'a name for the search')
        ui.keys('Return')
        for integration in self.desk.ask('integration', 'list'):
            ui.wait(lambda: self.desk.query('SELECT name FROM saved_searches', integration['id']) == stage,
                    'the search to be saved in ' + integration['name'])
        self.close(self.window)

    def test_a_note_goes_to_its_company(self):
        self.open_row(BIRCH)
        self.says_company(BIRCH, 'Note')
        note = self.window.find('text', 'Note')
        self.window.click(note, house.TITLE)
        ui.typed('for the other one')
        self.open_row(ALDER)
        ui.wait(lambda: ui.text(note) == '', 'a note of their own')
        self.open_row(BIRCH)
        ui.wait(lambda: ui.text(note) == 'for the other one', 'the note to be back')
        self.window.press_button('Save note')
        ui.wait(lambda: self.other.notes(self.person['id'], 'for the other one'), 'the note in Greenhouse', 60)
        self.assertEqual(self.sandbox.notes(self.person['id'], 'for the other one'), [])
        self.close(self.window)

    def test_a_call_goes_to_its_company(self):
        self.open_row(BIRCH)
        number = ui.wait(lambda: next((node for node in ui.walk(self.sheet) if ui.role_of(node) == 'push button'
                                       and node.get_name().startswith('Call ')), None), 'a number to call')
        self.window.press_button(number.get_name(), self.sheet)
        self.window.calls('calling')
        self.window.press_button('They answered')
        self.window.find('push button', 'Call with %s · %s' % (self.person['name'], BIRCH))
        ui.typed('called for the other one')
        self.window.press_button('End')
        self.says_company(BIRCH, 'Wrap up')
        self.window.press_button('Save', self.window.pane('Wrap up'))
        ui.wait(lambda: self.other.notes(self.person['id'], 'called for the other one'), 'the note in Greenhouse', 60)
        self.assertEqual(self.sandbox.notes(self.person['id'], 'called for the other one'), [])
        self.close(self.window)

    def sync_breaks(self):
        """F5 does nothing while the sync still runs that the window begins with; a further one takes the word back."""
        self.window.root.clear_cache()
        broken = next((node for node in ui.walk(self.window.pane('Message')) if ui.role_of(node) == 'label'
                       and BIRCH in ui.text(node) and ALDER not in ui.text(node)), None)
        return broken or ui.keys('F5')

    def way_to_the_settings(self):
        self.window.root.clear_cache()
        banner = self.window.pane('Message')
        return next((node for node in ui.walk(banner) if node.get_name() == 'Open Settings'
                     and ui.role_of(node) == 'push button'), None)

    def test_what_breaks_leads_to_the_settings(self):
        self.other.take_scope('harvest:candidates:list')
        ui.wait(self.sync_breaks, 'a word on what broke, and whose it is')
        self.window.press(ui.wait(self.way_to_the_settings, 'the way to the settings'))
        ui.wait(lambda: [child for child in ui.children(self.window.root)
                         if ui.role_of(child) in ('frame', 'dialog', 'window')][1:], 'the settings window')
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
