"""Filters, sorting and saved searches beside the search; a first sync that is watched and paused."""
import re
import unicodedata

import house
import tool
import ui

STAGE, QUIET = 'Phone Screen', 'not contacted for 7 days'
NAME = '%s, %s' % (STAGE, QUIET)


class Window(house.Test):
    def node(self, role, name):
        """One that has come since the tree was last read."""
        def look():
            self.window.root.clear_cache()
            return self.window.peek(role, name)
        return ui.wait(look, '%s %s' % (role, name))

    def told(self):
        """The rows of the list, as they are read out."""
        self.window.root.clear_cache()
        return [node.get_name() for node in ui.walk(self.window.find('list', 'Candidates'))
                if ui.role_of(node) == 'list item']

    def chips(self):
        self.window.root.clear_cache()
        return [node.get_name().removeprefix('Remove filter: ') for node in ui.walk(self.window.root)
                if ui.role_of(node) == 'push button' and node.get_name().startswith('Remove filter: ')]


class Filters(Window):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.names = {person['id']: person['name'] for person in self.desk.ask('search', '--limit', '100', '')}
        self.screened = {row['candidate_id'] for row in self.sandbox.harvest('applications', per_page=500)
                         if row['stage_name'] == STAGE}
        # Spoken with a moment ago.
        self.spoken = min(self.screened)
        self.desk.do('note', self.spoken, text='Spoke by phone.')
        self.desk.do('outbox', 'flush')
        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        self.lists(self.names, 'everybody')

    def rows(self):
        return [max((name for name in self.names.values() if row.startswith(name)), key=len, default=row)
                for row in self.told()]

    def lists(self, ids, what):
        expected = sorted(self.names[identity] for identity in ids)
        ui.wait(lambda: sorted(self.rows()) == expected, what)

    def choice(self, name):
        """A stage among those offered, and at which place it stands."""
        def look():
            self.window.root.clear_cache()
            boxes = [node for node in ui.walk(self.window.find('list', 'Stage')) if ui.role_of(node) == 'check box']
            return next(((place, box) for place, box in enumerate(boxes) if box.get_name().startswith(name + ', ')), None)
        return ui.wait(look, 'the choice of ' + name)

    def filter_by_keyboard(self):
        self.window.filters('Stage', 1)
        place, box = self.choice(STAGE)
        self.assertEqual(box.get_name(), '%s, %d candidates' % (STAGE, len(self.screened)))
        ui.keys(*['Down'] * place)
        self.window.focused('list item', STAGE + ', ')
        ui.keys('space')
        ui.wait(lambda: self.chips() == [STAGE], 'a chip')
        ui.keys('Escape')
        self.lists(self.screened, 'those of the stage')

        self.window.filters('Not Contacted For', 4)
        self.window.focused('list item', '7 days')
        ui.keys('space')
        ui.wait(lambda: self.chips() == [STAGE, QUIET], 'both chips')
        ui.keys('Escape')
        self.lists(self.screened - {self.spoken}, 'those of the stage nobody spoke with')

    def test_filter_save_and_open_again(self):
        self.filter_by_keyboard()

        # It suggests a name: Enter takes it.
        name = self.window.save_search()
        ui.wait(lambda: ui.text(name) == NAME, 'a name to be suggested')
        ui.keys('Return')
        ui.wait(lambda: self.saved() == [NAME], 'the search to be saved')
        ui.keys('Escape')

        # The first chip by the pointer, the last one by the keyboard.
        self.window.press(self.node('push button', 'Remove filter: ' + STAGE))
        ui.wait(lambda: self.chips() == [QUIET], 'one chip less')
        ui.keys('ctrl+f', 'BackSpace')
        ui.wait(lambda: self.chips() == [], 'no chip')
        self.lists(self.names, 'everybody again')
        self.close(self.window)

        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        self.lists(self.names, 'everybody')
        ui.keys('ctrl+shift+s')
        ui.wait(lambda: self.saved_rows() == [NAME], 'the saved search')
        self.window.focused('list item', NAME)
        ui.keys('Return')
        ui.wait(lambda: self.chips() == [STAGE, QUIET], 'its filters')
        self.lists(self.screened - {self.spoken}, 'whom it finds')

        ui.keys('ctrl+shift+s')
        self.window.press(self.node('push button', 'Delete “\u2068%s\u2069”' % NAME))
        ui.wait(lambda: self.saved() == [], 'the search to be gone')
        self.window.press(self.node('push button', 'Undo'))
        ui.wait(lambda: self.saved() == [NAME], 'the search to be back')
        self.close(self.window)

    def saved(self):
        return self.desk.query('SELECT name FROM saved_searches').splitlines()

    def saved_rows(self):
        self.window.root.clear_cache()
        return [node.get_name() for node in ui.walk(self.window.find('list', 'Saved searches'))
                if ui.role_of(node) == 'list item']

    def test_sort_and_mark(self):
        # Past the filters.
        ui.keys('ctrl+f', 'Tab', 'Tab', 'space')
        self.window.press(self.node('menu item', 'Name'))

        def latin():
            plain = [unicodedata.normalize('NFKD', name) for name in self.rows() if re.match('[A-Z]', name)]
            return [re.sub('[^a-z ]', '', name.casefold()) for name in plain]
        ui.wait(lambda: len(latin()) > 20 and latin() == sorted(latin()), 'people by name')
        self.close(self.window)
        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        ui.wait(lambda: len(latin()) > 20 and latin() == sorted(latin()), 'people by name, still')

        # What is found where a row does not show it, the row shows.
        person = next(person for person in self.desk.ask('search', '--limit', '60', '') if person['emails'])
        ui.keys('ctrl+f')
        ui.typed(person['emails'][0])
        ui.wait(lambda: len(self.told()) == 1 and person['emails'][0] in self.told()[0], 'the address in the row')
        self.close(self.window)


class Progress(Window):
    # Two requests in half a minute: no machine is too slow to see it under way.
    options = ('--candidates', '600', '--allowance', '2', '--window', '30')

    def status(self):
        self.window.root.clear_cache()
        lines = [node for node in ui.walk(self.window.root) if node.get_name() == 'Synchronisation']
        return [ui.text(node) for line in lines for node in ui.walk(line) if ui.role_of(node) == 'label']

    def says(self, word):
        ui.wait(lambda: any(word in said for said in self.status()), 'a status of ' + word, 2 * ui.PATIENCE)

    def test_pause_outlives_the_program(self):
        self.desk.connect()
        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        self.window.press(self.node('push button', 'Pause the sync'))
        self.says('aused')
        self.close(self.window)

        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        resume = self.node('push button', 'Resume the sync')
        self.says('aused')
        self.sandbox.ask('POST', '/sandbox/allowance', {'allowance': 0, 'seconds': 30})
        self.window.press(resume)
        self.says('Up to date')
        self.assertEqual(self.desk.query('SELECT count(*) FROM candidates'), '600')
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
