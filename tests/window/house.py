"""The window as a recruiter uses it: a profile, a sandbox beside it, and the program on both."""
import os
import pathlib
import sys

# A warning shall end the program, not the test that looks at it.
FATAL = os.environ.pop('G_DEBUG', '')
import ui  # noqa: E402
os.environ['G_DEBUG'] = FATAL

PROGRAM = os.path.abspath(sys.argv.pop(1))
# Without a search for leaks, which test_path makes. It takes the slow unwinder to tell the 16 kB that GLib
# keeps from the moment it is loaded from a leak of ours, and four fifths of what a window does under AT-SPI.
ENVIRONMENT = dict(os.environ,
                   ASAN_OPTIONS=os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0:fast_unwind_on_malloc=1')

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'service'))
import tool  # noqa: E402  (takes dialhousectl from the arguments)

TITLE = 'Dialhouse'


def install_browser():
    """A browser that notes the pages it is to show; answers the file it notes them in."""
    log = os.path.join(os.environ['XDG_CACHE_HOME'], 'web.log')
    program = os.path.join(os.environ['XDG_CACHE_HOME'], 'browser')
    with open(program, 'w') as file:
        file.write('#!/bin/sh\nprintf "%%s\\n" "$1" >> %s\n' % log)
    os.chmod(program, 0o755)
    with open(os.path.join(os.environ['XDG_DATA_HOME'], 'applications', 'browser.desktop'), 'w') as file:
        file.write('[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\n'
                   'MimeType=x-scheme-handler/https;x-scheme-handler/http;\nNoDisplay=true\n' % program)
    with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'mimeapps.list'), 'a') as file:
        file.write('x-scheme-handler/https=browser.desktop\nx-scheme-handler/http=browser.desktop\n')
    return log


class Window(ui.App):
    """dialhouse on a desk's profile."""

    def __init__(self, desk, **options):
        super().__init__([PROGRAM, '--profile', desk.profile], env=ENVIRONMENT, **options)

    def press_button(self, name, under=None):
        """Presses a button as soon as it can be pressed."""
        button = self.find('push button', name, under)
        ui.wait(lambda: 'sensitive' in ui.states(button), '%s to be ready' % name)
        self.press(button)

    def pane(self, name, where=None):
        """The part of the window that screen readers call so."""
        return ui.wait(lambda: next((node for node in ui.walk(where or self.root)
                                     if ui.role_of(node) == 'panel' and node.get_name() == name), None), name)

    def under(self, name, where=None):
        """What bears this name."""
        return ui.wait(lambda: next((node for node in ui.walk(where or self.root) if node.get_name() == name), None),
                       name)

    def focused(self, role, name):
        """Waits until that has the keyboard: what is typed goes there."""
        def look():
            # What came since the tree was last read is not yet known here.
            self.root.clear_cache()
            return next((node for node in ui.walk(self.root) if ui.role_of(node) == role
                         and (node.get_name().startswith(name) or node.get_name().endswith(' ' + name))
                         and 'focused' in ui.states(node)), None)

        return ui.wait(look, 'the keyboard to be in %s %s' % (role, name))

    def filters(self, kind, place):
        """By keyboard, until the page of that kind is open; place is its own in the list of kinds."""
        ui.keys('ctrl+shift+f')
        self.focused('list item', 'Job: ')
        ui.keys(*['Down'] * place)
        self.focused('list item', kind + ': ')
        ui.keys('Return')

    def save_search(self):
        """By keyboard, until the name of a search is asked for."""
        ui.keys('ctrl+shift+s')
        self.focused('push button', 'Save This Search…')
        ui.keys('Return')
        return self.focused('text', 'Name of the search')

    def open_candidate(self, name):
        """Searches for a person, and opens the one that is found."""
        entry = self.find('entry', 'Search candidates')
        self.click(entry, TITLE)
        ui.keys('ctrl+a')
        ui.typed(name)
        row = ui.wait(lambda: self._find_row(name), 'the row of ' + name)
        self.click(row, TITLE)
        page = self.pane('Candidate')
        self.says(name, page)

    def _find_row(self, name):
        rows = [node for node in ui.walk(self.find('list', 'Candidates')) if ui.role_of(node) == 'list item']
        return rows[0] if len(rows) == 1 and rows[0].get_name().startswith(name) else None

    def statuses(self):
        return [ui.text(node) for node in ui.walk(self.root) if ui.role_of(node) == 'status bar']


class Test(tool.Test):
    """One sandbox for a class of tests, a desk and a window for each."""

    def open(self, **options):
        window = Window(self.desk, **options)
        self.addCleanup(self.end, window)
        return window

    def end(self, window):
        if window.process.poll() is None:
            window.process.kill()
            window.process.wait()

    def tearDown(self):
        self.sandbox.reset()

    def close(self, window):
        """Everything is written, and nothing breaks, when the window goes."""
        self.assertEqual(window.quit(), 0)
