"""A long list under the keyboard, and what stays where it is while others come in above."""
import house
import tool
import ui
from ui import Atspi

N_CANDIDATES = 3000
LATER = '2030-01-01T00:00:00.000Z'


class List(house.Test):
    options = ('--candidates', str(N_CANDIDATES), '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        self.list = self.window.find('list', 'Candidates')
        ui.wait(lambda: self.rows(), 'the list to be filled')

    def rows(self):
        self.window.root.clear_cache()
        return [node for node in ui.walk(self.list) if ui.role_of(node) == 'list item' and node.get_name()]

    def selected(self):
        return next((row for row in self.rows() if 'selected' in ui.states(row)), None)

    def top_of(self, row):
        return Atspi.Component.get_extents(row, Atspi.CoordType.WINDOW).y

    def sheet_says(self, name):
        """The selected one is the one that is open."""
        self.window.says(name.partition(',')[0], self.window.pane('Candidate'))

    def open_first(self):
        """From the search down into the list."""
        ui.keys('ctrl+f', 'Down')
        name = ui.wait(self.selected, 'a row to be selected').get_name()
        self.sheet_says(name)
        return name

    def moved_to(self, key, old):
        """Presses a key, and returns the name of the row that is selected then."""
        def look():
            row = self.selected()
            return row.get_name() if row is not None and row.get_name() != old else None

        ui.keys(key)
        name = ui.wait(look, 'another row after ' + key)
        self.sheet_says(name)
        return name

    def come_in(self, n):
        """So many new people, all more recently active than anybody here; waits until they are in the list."""
        for i in range(n):
            self.sandbox.change('add', fields={'first_name': 'Newly', 'last_name': 'Come %d' % i})
        ui.wait(lambda: self.synced('first_name', 'Newly'), 'them to be stored')
        # The rows about those in sight are there too, if unseen.
        ui.wait(lambda: any(row.get_name().startswith('Newly') for row in self.rows()), 'them to be in the list')

    def synced(self, column, value):
        """F5 does nothing while the sync still runs that the window begins with."""
        ui.keys('F5')
        return self.desk.query("SELECT count(*) FROM candidates WHERE %s = '%s'" % (column, value)) != '0'

    def test_keys(self):
        first = self.open_first()
        down = self.moved_to('Down', first)
        page = self.moved_to('Next', down)
        self.moved_to('Prior', page)
        last = self.moved_to('End', down)
        above = self.moved_to('Up', last)
        self.assertEqual(self.moved_to('Down', above), last)
        self.assertEqual(self.moved_to('Home', last), first)
        self.assertEqual(self.moved_to('Down', first), down)

        # Typing searches.
        ui.typed('an')
        ui.wait(lambda: ui.text(self.window.find('entry', 'Search candidates')) == 'an', 'the search')
        self.close(self.window)

    def test_what_comes_in_moves_nothing(self):
        name = self.open_first()
        for _ in range(6):
            name = self.moved_to('Next', name)
        top = self.top_of(self.selected())

        self.come_in(30)
        row = ui.wait(self.selected, 'the row to be selected still')
        self.assertEqual((row.get_name(), self.top_of(row)), (name, top))
        self.sheet_says(name)
        below = self.moved_to('Down', name)
        self.assertEqual(self.moved_to('Up', below), name)
        self.close(self.window)

    def selected_moves(self, name):
        """The selected one is active again, and so stands on top."""
        found, = [person for person in self.desk.ask('search', name) if person['name'] == name]
        self.sandbox.change('update', id=found['id'], fields={'title': 'Moved', 'last_activity_at': LATER})
        ui.wait(lambda: self.synced('title', 'Moved'), 'the change to be stored')
        ui.wait(lambda: any(', Moved' in row.get_name() for row in self.rows()), 'the change to be in the list')

    def test_the_selected_one_moves(self):
        name = first = self.open_first()
        for _ in range(6):
            name = self.moved_to('Next', name)
        below = self.moved_to('Down', name)
        top = self.top_of(self.selected())
        name = self.moved_to('Up', below)

        self.selected_moves(name.partition(',')[0])
        row = ui.wait(self.selected, 'the row to be selected still')
        self.assertIn(', Moved', row.get_name())
        moved = row.get_name()
        self.sheet_says(name)
        row = next(row for row in self.rows() if row.get_name() == below)
        self.assertLess(abs(self.top_of(row) - top), 2 * Atspi.Component.get_extents(row, Atspi.CoordType.WINDOW).height)

        # The keyboard went along.
        self.assertEqual(self.moved_to('Down', moved), first)
        self.assertEqual(self.moved_to('Up', first), moved)
        self.close(self.window)

    def test_the_selected_one_leaves(self):
        ids = {name: self.sandbox.change('add', fields={'first_name': name, 'last_name': 'Quillfeather'})
               for name in ('Dora', 'Carl', 'Bert', 'Anna')}
        ui.wait(lambda: self.synced('first_name', 'Anna'), 'them to be stored')
        ui.keys('ctrl+f')
        ui.typed('quillfeather')
        ui.wait(lambda: len(self.rows()) == 4, 'four')
        first, second, *below = [row.get_name() for row in self.rows()]
        self.assertEqual(self.open_first(), first)
        self.assertEqual(self.moved_to('Down', first), second)

        # Found no more, and shown still; the keyboard is where it was.
        self.sandbox.change('update', id=ids[second.split()[0]], fields={'last_name': 'Married'})
        ui.wait(lambda: self.synced('last_name', 'Married'), 'the change to be stored')
        ui.wait(lambda: [row.get_name() for row in self.rows()] == [first, *below], 'them to be gone')
        self.assertIn(self.moved_to('Down', first), below)
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
