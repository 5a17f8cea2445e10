"""The settings window, opened from the main one and moved about in."""
import house
import tool
import ui

SETTINGS = 'Settings'


class Test(house.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()

    def child(self, name):
        return ui.wait(lambda: next((child for child in ui.children(self.window.root) if child.get_name() == name),
                                    None), 'the window ' + name)

    def open_settings(self):
        self.window = self.open()
        # Pressed before the window has the keyboard, it is lost; pressed twice, it shows the same window.
        ui.wait(lambda: ui.keys('ctrl+comma') or any(child.get_name() == SETTINGS
                                                     for child in ui.children(self.window.root)), 'the settings')
        self.settings = self.child(SETTINGS)

    def activate(self, row):
        ui.wait(lambda: ui.Atspi.Component.get_extents(row, ui.Atspi.CoordType.WINDOW).width > 1 and
                'active' in ui.states(self.settings), 'the row to show')
        self.window.click(row, SETTINGS)

    def find(self, role, name):
        return self.window.find(role, name, self.settings)

    def says(self, what):
        return self.window.says(what, self.settings)

    def kept(self, key):
        return self.desk.query("SELECT value FROM settings WHERE key = '%s'" % key)

    def focused(self):
        return next((node for node in ui.walk(self.settings) if 'focused' in ui.states(node)), None)

    def tab_to(self, title, key='Tab'):
        """With the Tab key alone: what is meant may be out of sight."""
        ui.wait(lambda: ui.keys(key) or ((node := self.focused()) is not None and node.get_name() == title),
                title + ' to have the focus', 120)

    def go(self, title, key='Tab'):
        """Activates a row of the page that leads to another."""
        self.tab_to(title, key)
        ui.keys('Return')

    def row(self, start):
        """A row of the page by how its name begins."""
        return ui.wait(lambda: next((node for node in ui.walk(self.settings) if ui.role_of(node) == 'list item' and
                                     node.get_name().startswith(start)), None), 'the row of ' + start)
