"""What is not yet in Greenhouse: seen, understood and dealt with by a person, and gone once at the next start."""
import house
import tool
import ui
from gi.repository import Gio, GLib

NOTES = ('POST', '/v3/notes')
NOWHERE = 'http://127.0.0.1:9'


class Notifications:
    """The part of a desktop that shows notifications."""

    XML = '''<node><interface name="org.freedesktop.Notifications">
      <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
        <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
        <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
      <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
      <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
    </interface></node>'''

    def __init__(self):
        self.shown, self.n_shown = {}, 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.registration = self.bus.register_object('/org/freedesktop/Notifications',
                                                     Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0],
                                                     self.called, None, None)
        self.name = Gio.bus_own_name_on_connection(self.bus, 'org.freedesktop.Notifications',
                                                   Gio.BusNameOwnerFlags.REPLACE, None, None)

    def called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == 'Notify':
            self.n_shown += 1
            self.shown[self.n_shown] = arguments.unpack()[3:5]
            self.asker = sender
            invocation.return_value(GLib.Variant('(u)', (self.n_shown,)))
        elif method == 'CloseNotification':
            self.shown.pop(arguments.unpack()[0], None)
            invocation.return_value(None)
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body'],)))
        else:
            invocation.return_value(GLib.Variant('(ssss)', ('test', 'test', '1', '1.2')))

    def look(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.shown

    def click(self):
        number, = self.shown
        self.bus.emit_signal(self.asker, '/org/freedesktop/Notifications', 'org.freedesktop.Notifications',
                             'ActionInvoked', GLib.Variant('(us)', (number, 'default')))
        self.bus.flush_sync()

    def close(self):
        Gio.bus_unown_name(self.name)
        self.bus.unregister_object(self.registration)


class Outbox(house.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.person = next(person for person in self.desk.ask('search', '--limit', '60', '')
                           if person['name'].isascii())

    # What happens to the notes

    def write(self, text):
        return int(self.desk.do('note', self.person['id'], text=text))

    def be_offline(self):
        self.desk.do('integration', 'set', self.desk.id, 'harvest-url', NOWHERE)

    def make_unclear(self, text):
        """Greenhouse stores a note and never says so, and may not be asked either."""
        self.sandbox.take_scope('harvest:notes:list')
        self.sandbox.fault('cut', *NOTES, after_store=True)
        self.write(text)
        self.desk.run('outbox', 'flush')
        self.assertEqual(self.desk.outbox()[-1]['state'], 'uncertain')

    def assertStandsOnce(self, text):
        ui.wait(lambda: len(self.sandbox.notes(self.person['id'], text)) == 1, 'the note in Greenhouse', 60)

    # What the recruiter does

    def show_outbox(self):
        self.window = self.open()
        self.window.find('entry', 'Search candidates')
        ui.has_keyboard(house.TITLE)
        ui.keys('ctrl+shift+o')
        ui.has_keyboard('Outbox')

    def row(self, *words):
        """The row that says all this."""
        return ui.wait(lambda: next((node for node in ui.walk(self.window.find('list', 'Notes not yet in Greenhouse'))
                                     if ui.role_of(node) == 'list item'
                                     and all(word in node.get_name() for word in words)), None),
                       'a row saying %r' % (words,))

    def buttons(self, name):
        """Those that offer it in a row: GTK does not say what of a list is on the screen."""
        return [node for node in ui.walk(self.window.find('list', 'Notes not yet in Greenhouse'))
                if ui.role_of(node) == 'push button' and node.get_name() == name and 'visible' in ui.states(node)]

    def press(self, name):
        self.window.press(ui.wait(lambda: next(iter(self.buttons(name)), None), 'the button ' + name))

    def answer(self, name):
        """In a question, whose buttons exist twice, one of them not to be seen."""
        self.window.press(self.window.find('push button', name, self.window.find('dialog')))

    def says_empty(self):
        # The label is in the tree all the time.
        notes = self.window.find('list', 'Notes not yet in Greenhouse')
        ui.wait(lambda: self.window.peek('list item', under=notes) is None, 'an empty outbox', 60)
        self.window.says('All Notes Are in Greenhouse')

    def test_waiting(self):
        self.write('Free from 5 January')
        self.be_offline()
        self.show_outbox()
        row = self.row(self.person['name'], 'Free from 5 January', 'waiting to be sent', 'tries', ' at ')
        self.assertNotIn('Dialhouse ', row.get_name())
        self.window.says('1 note waiting')

        self.desk.do('integration', 'set', self.desk.id, 'harvest-url', self.sandbox.harvest_url)
        # The program read its settings when it began.
        self.close(self.window)
        self.show_outbox()
        self.assertStandsOnce('Free from 5 January')
        self.says_empty()
        self.close(self.window)

    def test_refused_edited_and_sent(self):
        self.sandbox.take_scope('harvest:notes:create')
        self.write('Speaks Polnish')
        self.show_outbox()
        self.row('Speaks Polnish', 'refused', 'harvest:notes:create')

        ui.keys('Return')
        text = self.window.find('text', 'Text of the note')
        self.assertEqual(ui.text(text), 'Speaks Polnish')
        self.window.set_text(text, 'Speaks Polish')
        preview = ui.text(self.window.says(lambda said: said.startswith('Speaks Polish\n\nDialhouse ')))
        self.sandbox.give_scopes()
        self.window.press_button('Save')
        self.assertStandsOnce('Speaks Polish')
        note, = self.sandbox.notes(self.person['id'], 'Speaks Polish')
        self.assertEqual(note['body'], preview)
        self.assertEqual(self.sandbox.notes(self.person['id'], 'Polnish'), [])
        self.says_empty()
        self.close(self.window)

    def test_send_now(self):
        self.sandbox.take_scope('harvest:notes:create')
        self.write('Likes sailing')
        self.show_outbox()
        self.row('Likes sailing', 'refused')
        self.sandbox.give_scopes()
        self.press('Send Now')
        self.assertStandsOnce('Likes sailing')
        self.says_empty()
        self.close(self.window)

    def test_discarding_asks(self):
        self.write('Not for Greenhouse')
        self.be_offline()
        self.show_outbox()
        self.row('Not for Greenhouse')
        ui.keys('Delete')
        self.answer('Cancel')
        self.window.gone('push button', 'Discard')
        self.assertEqual(len(self.desk.outbox()), 1)
        ui.has_keyboard('Outbox')
        ui.keys('Delete')
        self.answer('Discard')
        self.says_empty()
        self.assertEqual(self.desk.outbox(), [])
        self.close(self.window)

    def test_unclear_and_there(self):
        self.make_unclear('Knows Rust')
        self.write('Knows C too')
        self.be_offline()
        self.show_outbox()
        # It stands first although the other may be tried at once, and the menu offers the same as its buttons.
        self.row('Knows Rust', 'needs a look')
        self.assertEqual(self.buttons('Send Now'), [])
        ui.keys('Menu')
        self.window.find('menu item', 'Send Again')
        ui.keys('Escape')
        self.press('It Is There')
        self.row('Knows C too')
        ui.wait(lambda: self.desk.outbox()[0]['state'] == 'sent', 'the word to be taken', 60)
        self.assertEqual(self.sandbox.page(self.person['id']).count('Knows Rust'), 1)
        self.close_anyway()

    def test_unclear_and_missing(self):
        self.sandbox.take_scope('harvest:notes:list')
        self.sandbox.fault('cut', *NOTES)
        self.write('Lost on the way')
        self.desk.run('outbox', 'flush')
        self.show_outbox()
        self.row('Lost on the way', 'needs a look')
        self.press('Send Again')
        self.says_empty()
        self.sandbox.give_scopes()
        self.assertStandsOnce('Lost on the way')
        self.close(self.window)

    def close_anyway(self):
        """The question comes with Ctrl+Q, and is answered."""
        ui.keys('ctrl+q')
        self.answer('Close')
        self.assertEqual(self.window.process.wait(ui.PATIENCE), 0)

    def test_closing_says_so_once(self):
        self.write('Goes at the next start')
        self.be_offline()
        self.window = self.open()
        self.window.says('1 note waiting')
        ui.has_keyboard(house.TITLE)
        ui.keys('ctrl+q')
        self.window.says('1 Note Is Not in Greenhouse Yet')
        self.answer('Keep Open')
        self.window.gone('dialog')
        self.assertIsNone(self.window.process.poll())

        ui.has_keyboard(house.TITLE)
        ui.keys('ctrl+w')
        self.window.says('1 Note Is Not in Greenhouse Yet')
        self.answer('Close')
        self.assertEqual(self.window.process.wait(ui.PATIENCE), 0)

        self.desk.do('integration', 'set', self.desk.id, 'harvest-url', self.sandbox.harvest_url)
        self.window = self.open()
        self.assertStandsOnce('Goes at the next start')
        ui.wait(lambda: [item['state'] for item in self.desk.outbox()] == ['sent'], 'the proof')
        # Nothing is left to be asked about.
        ui.wait(lambda: self.window.peek('label', '1 note waiting') is None, 'the count to go')
        ui.has_keyboard(house.TITLE)
        ui.keys('ctrl+q')
        self.assertEqual(self.window.process.wait(ui.PATIENCE), 0)
        self.assertStandsOnce('Goes at the next start')

    def save_unclear(self, text):
        """Saves a note in the window, of which nobody will know whether it arrived."""
        self.sandbox.take_scope('harvest:notes:list')
        self.sandbox.fault('cut', *NOTES, after_store=True)
        self.window.click(self.window.find('text', 'Note'), house.TITLE)
        ui.typed(text)
        self.window.press_button('Save note')

    def test_the_desktop_is_told(self):
        desktop = Notifications()
        self.addCleanup(desktop.close)
        self.window = self.open()
        self.window.open_candidate(self.person['name'])
        self.save_unclear('Nobody knows')
        (title, body), = ui.wait(lambda: desktop.look(), 'a notification', 60).values()
        self.assertEqual(title, 'A note needs a look')
        self.assertNotIn(self.person['name'], title + body)
        self.window.says('1 note needs a look')

        desktop.click()
        ui.has_keyboard('Outbox')
        self.row('Nobody knows', 'needs a look')
        self.press('It Is There')
        self.says_empty()
        ui.keys('ctrl+w')
        ui.has_keyboard(house.TITLE)

        # Solved without a click on it, it goes by itself.
        desktop.shown.clear()
        self.save_unclear('Once more')
        ui.wait(lambda: desktop.look(), 'a second notification', 60)
        ui.keys('ctrl+shift+o')
        ui.has_keyboard('Outbox')
        self.row('Once more', 'needs a look')
        self.press('It Is There')
        ui.wait(lambda: not desktop.look(), 'the notification to go')
        self.assertEqual(desktop.n_shown, 2)
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
