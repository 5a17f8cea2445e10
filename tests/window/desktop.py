"""A desktop that rings: GNOME Calls as it looks on the bus, and who shows notifications."""
import os
import threading

from gi.repository import Gio, GLib

ACTIVE, INCOMING, DISCONNECTED = 1, 5, 7

CALLS = '''<node>
  <interface name="org.freedesktop.DBus.ObjectManager">
    <method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method>
    <signal name="InterfacesAdded"><arg type="o"/><arg type="a{sa{sv}}"/></signal>
    <signal name="InterfacesRemoved"><arg type="o"/><arg type="as"/></signal>
  </interface>
  <interface name="org.gnome.Calls.Call">
    <method name="Accept"/>
    <method name="Hangup"/>
    <property name="Inbound" type="b" access="read"/>
    <property name="State" type="u" access="read"/>
    <property name="Id" type="s" access="read"/>
    <property name="DisplayName" type="s" access="read"/>
    <property name="ImagePath" type="s" access="read"/>
    <property name="Protocol" type="s" access="read"/>
    <property name="Encrypted" type="b" access="read"/>
    <property name="CanDtmf" type="b" access="read"/>
    <property name="Hints" type="a{sv}" access="read"/>
  </interface>
</node>'''

NOTIFICATIONS = '''<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  </interface>
</node>'''

ROOT = '/org/gnome/Calls'
PHONE = 'org.gnome.Calls.desktop'


def make_handler():
    """GNOME Calls opens phone links, and is not there until it is started."""
    with open(os.path.join(os.environ['XDG_DATA_HOME'], 'applications', PHONE), 'w') as file:
        file.write('[Desktop Entry]\nType=Application\nName=Calls\nExec=true %u\n'
                   'MimeType=x-scheme-handler/tel;\n')
    with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'mimeapps.list'), 'w') as file:
        file.write('[Default Applications]\nx-scheme-handler/tel=%s\n' % PHONE)


class Desktop:
    """Both services, in a thread of their own, for the test waits in its own way."""

    def __init__(self):
        self.calls = {}             # by path: (number, state)
        self.notifications = {}     # by number: (title, body, actions)
        self.n_calls = self.n_notifications = 0
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        ready.wait()

    def _serve(self, ready):
        self.context.push_thread_default()
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ['DBUS_SESSION_BUS_ADDRESS'],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None, None)
        self.manager, self.call = Gio.DBusNodeInfo.new_for_xml(CALLS).interfaces
        notifications, = Gio.DBusNodeInfo.new_for_xml(NOTIFICATIONS).interfaces
        self.bus.register_object(ROOT, self.manager, self._on_manager, None, None)
        self.bus.register_object('/org/freedesktop/Notifications', notifications, self._on_notifications,
                                 None, None)
        for name in 'org.gnome.Calls', 'org.freedesktop.Notifications':
            self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                               'RequestName', GLib.Variant('(su)', (name, 0)), None, 0, -1, None)
        ready.set()
        self.loop.run()

    def stop(self):
        self.loop.quit()
        self.bus.close_sync(None)

    # GNOME Calls

    def _properties(self, path):
        number, state = self.calls[path]
        return {'Inbound': GLib.Variant('b', True), 'State': GLib.Variant('u', state),
                'Id': GLib.Variant('s', number), 'DisplayName': GLib.Variant('s', ''),
                'ImagePath': GLib.Variant('s', ''), 'Protocol': GLib.Variant('s', 'tel'),
                'Encrypted': GLib.Variant('b', False), 'CanDtmf': GLib.Variant('b', True),
                'Hints': self._hints(True)}

    def _hints(self, shown):
        return GLib.Variant('a{sv}', {'ui-active': GLib.Variant('b', shown)})

    def _on_manager(self, bus, sender, path, interface, method, arguments, invocation):
        invocation.return_value(GLib.Variant('(a{oa{sa{sv}}})', (
            {path: {self.call.name: self._properties(path)} for path in self.calls},)))

    def _on_call(self, bus, sender, path, interface, method, arguments, invocation):
        invocation.return_value(None)
        self.move(path, ACTIVE if method == 'Accept' else DISCONNECTED)

    def _on_property(self, bus, sender, path, interface, name):
        return self._properties(path)[name]

    def ring(self, number):
        """Somebody calls; answers by what name the call goes."""
        self.n_calls += 1
        path = '%s/Call/%d' % (ROOT, self.n_calls)
        self.calls[path] = (number, INCOMING)
        done = threading.Event()
        self.context.invoke_full(0, self._export, path, done)
        done.wait()
        return path

    def _export(self, path, done):
        self.bus.register_object(path, self.call, self._on_call, self._on_property, None)
        self.bus.emit_signal(None, ROOT, self.manager.name, 'InterfacesAdded', GLib.Variant(
            '(oa{sa{sv}})', (path, {self.call.name: self._properties(path)})))
        # Then it shows its own window.
        self._change(path, 'Hints', self._hints(True))
        done.set()
        return False

    def _change(self, path, name, value):
        self.bus.emit_signal(None, path, 'org.freedesktop.DBus.Properties', 'PropertiesChanged', GLib.Variant(
            '(sa{sv}as)', (self.call.name, {name: value}, [])))

    def move(self, path, state):
        self.calls[path] = (self.calls[path][0], state)
        self._change(path, 'State', GLib.Variant('u', state))
        if state == DISCONNECTED:
            del self.calls[path]
            self.bus.emit_signal(None, ROOT, self.manager.name, 'InterfacesRemoved', GLib.Variant(
                '(oas)', (path, [self.call.name])))

    def state(self, path):
        return self.calls[path][1] if path in self.calls else DISCONNECTED

    # Notifications

    def _on_notifications(self, bus, sender, path, interface, method, arguments, invocation):
        if method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body'],)))
        elif method == 'GetServerInformation':
            invocation.return_value(GLib.Variant('(ssss)', ('test', 'test', '1', '1.2')))
        elif method == 'CloseNotification':
            self.notifications.pop(arguments.unpack()[0], None)
            invocation.return_value(None)
        else:
            _, number, _, title, body, actions, _, _ = arguments.unpack()
            if number == 0:
                self.n_notifications += 1
                number = self.n_notifications
            self.notifications[number] = (title, body, dict(zip(actions[::2], actions[1::2])))
            invocation.return_value(GLib.Variant('(u)', (number,)))

    def notification(self, title):
        """Its body and the words of its buttons; None if it does not stand there."""
        for said, body, actions in list(self.notifications.values()):
            if plain(said) == title:
                return plain(body), [word for key, word in actions.items() if key != 'default']
        return None

    def choose(self, title, button=None):
        """Clicks a notification, or one of its buttons."""
        for number, (said, _, actions) in list(self.notifications.items()):
            if plain(said) == title:
                key = next(key for key, word in actions.items() if (word == button if button else key == 'default'))
                del self.notifications[number]
                self.bus.emit_signal(None, '/org/freedesktop/Notifications', 'org.freedesktop.Notifications',
                                     'ActionInvoked', GLib.Variant('(us)', (number, key)))
                return
        raise AssertionError('no notification %r' % title)


def plain(text):
    """Without the marks that keep a name's direction."""
    return text.replace('\u2068', '').replace('\u2069', '')
