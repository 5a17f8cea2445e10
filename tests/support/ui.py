"""What a person does with a window, done through the accessibility bus.

Run under tests/support/with-session by /usr/bin/python3. GTK 4.8 is the floor; what it leaves out
of the accessibility tree (focus, actions of rows) is done with a real pointer and real keys.
"""

import os
import subprocess
import time
import warnings

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

warnings.simplefilter('ignore', DeprecationWarning)

# A program with sanitizers on a busy machine takes its time.
PATIENCE = 30.0

# What a node is stays, and is asked once: each question is a message to the program and one back. All else changes
# without us being told.
LASTING = Atspi.Cache.ROLE | Atspi.Cache.INTERFACES


def wait(check, what, timeout=PATIENCE):
    """Asks until check() answers something true, and returns that. Nothing else here waits."""
    end = time.monotonic() + timeout
    while True:
        try:
            answer = check()
        except GLib.Error:
            answer = None  # what was looked at has just gone away
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f'waited {timeout:g} seconds for {what}')
        time.sleep(0.05)


def children(node):
    found = (node.get_child_at_index(i) for i in range(node.get_child_count()))
    return [child for child in found if child is not None]


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def states(node):
    """The states of a node by name: 'showing', 'sensitive', 'pressed', 'focused', …"""
    node.clear_cache()
    return {state.value_nick for state in node.get_state_set().get_states()}


# What Debian 13 calls by another name.
RENAMED = {'button': 'push button', 'toggle button': 'push button', 'grouping': 'panel'}


def role_of(node):
    role = node.get_role_name()
    return RENAMED.get(role, role)


def text(node):
    """What a label or an entry says."""
    node.clear_cache()
    if node.get_text_iface() is None:
        return node.get_name()
    # An end of -1, the documented "all", answers nothing on GTK 4.8.
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def keys(*names):
    """Presses keys one after the other, in xdotool's spelling: 'ctrl+f', 'Return'."""
    subprocess.run(['xdotool', 'key', *names], check=True)


def typed(what):
    subprocess.run(['xdotool', 'type', '--delay', '15', what], check=True)


def has_keyboard(title):
    """Waits until what is typed goes to the window with that title: a new one has to be given it first."""
    def look():
        asked = subprocess.run(['xdotool', 'getwindowfocus', 'getwindowname'], capture_output=True, text=True)
        return asked.stdout.strip() == title

    wait(look, f'{title} to have the keyboard')


def screenshot(path):
    subprocess.run(['import', '-window', 'root', path], check=True)


def below(node, top):
    """Whether top holds node, still."""
    while node is not None and node != top:
        node = node.get_parent()
    return node is not None


class App:
    """A running program.

    name is what it calls itself on the bus: g_get_prgname(), the file's name unless set.
    """

    def __init__(self, argv, name=None, **options):
        self.name = name or os.path.basename(argv[0])
        self.process = subprocess.Popen(argv, **options)
        self.found = {}
        self.root = self._appear()

    def _appear(self):
        def look():
            if self.process.poll() is not None:
                raise AssertionError(f'{self.name} ended with {self.process.returncode} at once')
            desktop = Atspi.get_desktop(0)
            desktop.set_cache_mask(Atspi.Cache.NONE)
            for app in children(desktop):
                app.set_cache_mask(LASTING)
                if app.get_name() == self.name and app.get_process_id() == self.process.pid:
                    return app
            return None

        return wait(look, f'{self.name} to appear')

    def peek(self, role, name=None, under=None):
        """The first node of that role, and of that name if one is given, or None."""
        top = under or self.root

        # Where it was the last time it is most likely now, and far quicker to reach.
        known = self.found.get((role, name, top))
        try:
            if known is not None and self._fits(known, role, name) and below(known, top):
                return known
        except GLib.Error:
            pass

        found = next((node for node in walk(top) if self._fits(node, role, name)), None)
        if name is not None:
            self.found[role, name, top] = found
        return found

    @staticmethod
    def _fits(node, role, name):
        # libadwaita 1.2 calls a dialog's button '_Cancel Cancel'.
        return role_of(node) == role and (name is None or (said := node.get_name()) == name or
                                          said.endswith(' ' + name))

    def find(self, role, name=None, under=None, timeout=PATIENCE):
        return wait(lambda: self.peek(role, name, under), f'a {role} {name or ""}'.strip(), timeout)

    def gone(self, role, name=None, under=None, timeout=PATIENCE):
        wait(lambda: self.peek(role, name, under) is None, f'no {role} {name or ""}', timeout)

    def says(self, what, under=None, timeout=PATIENCE):
        """Waits for a label that says exactly this; a function is asked about each label's text."""
        fits = what if callable(what) else lambda said: said == what

        def look():
            for node in walk(under or self.root):
                if role_of(node) in ('label', 'status bar') and fits(text(node)):
                    return node
            return None

        return wait(look, f'a label saying {what!r}', timeout)

    def shown(self, role, name=None, under=None):
        """All nodes of that role, and of that name if one is given, that can be seen."""
        return [node for node in walk(under or self.root)
                if role_of(node) == role and (name is None or node.get_name() == name)
                and 'showing' in states(node)]

    def press(self, node, action=None):
        """Does what a click does. GTK lets 250 ms pass before a button acts: wait for the effect."""
        offers = [Atspi.Action.get_action_name(node, i)
                  for i in range(Atspi.Action.get_n_actions(node))]
        for choice in [action] if action else ['click', 'toggle', 'activate']:
            if choice in offers:
                Atspi.Action.do_action(node, offers.index(choice))
                return
        raise AssertionError(f'{node.get_name()!r} can only {offers}')

    def set_text(self, node, value):
        assert Atspi.EditableText.set_text_contents(node, value)
        wait(lambda: text(node) == value, f'the text to be {value!r}')

    def click(self, node, title, button=1):
        """A real click in the middle of node, in the window with that title."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{title}$'],
                               capture_output=True, text=True, check=True)
        box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        subprocess.run(['xdotool', 'mousemove', '--window', found.stdout.split()[-1],
                        str(box.x + box.width // 2), str(box.y + box.height // 2),
                        'click', str(button)], check=True)

    def calls(self, state):
        """Waits until the call bar says so; what may speak against a call, such as the hour, is passed over."""
        def look():
            if any(state in text(node) for node in walk(self.root) if role_of(node) == 'status bar'):
                return True
            anyway = self.peek('push button', 'Call Anyway')
            if anyway is not None:
                self.press(anyway)
            return False

        return wait(look, 'the call bar to say ' + state)

    def quit(self, timeout=PATIENCE):
        """Asks the program to end, and returns its exit status: not 0 if it leaked."""
        self.process.terminate()
        return self.process.wait(timeout)
