"""A person whom the keyring asks for its password: the prompt of gcr, without a window."""
import threading

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

PROMPTER = Gio.DBusNodeInfo.new_for_xml('''
<node>
  <interface name="org.gnome.keyring.internal.Prompter">
    <method name="BeginPrompting"><arg type="o" direction="in"/></method>
    <method name="PerformPrompt">
      <arg type="o" direction="in"/><arg type="s" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="s" direction="in"/>
    </method>
    <method name="StopPrompting"><arg type="o" direction="in"/></method>
  </interface>
</node>''').interfaces[0]


def connect(address):
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        None, None)


class Prompter:
    """Has the prompts of a bus, and closes them all, or the one at hand once it is told to."""

    def __init__(self, address, dismiss):
        self.dismiss = dismiss
        self.asked = 0
        self.waiting = []
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(address, ready), daemon=True)
        self.thread.start()
        assert ready.wait(20)

    def _run(self, address, ready):
        self.context.push_thread_default()
        self.bus = connect(address)
        self.bus.register_object('/org/gnome/keyring/Prompter', PROMPTER, self._on_called, None, None)
        self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName',
                           GLib.Variant('(su)', ('org.gnome.keyring.SystemPrompter', 4)), None,
                           Gio.DBusCallFlags.NONE, -1, None)
        ready.set()
        self.loop.run()
        self.bus.close_sync(None)

    def _tell(self, sender, callback, method, arguments):
        self.bus.call(sender, callback, 'org.gnome.keyring.internal.Prompter.Callback', method, arguments, None,
                      Gio.DBusCallFlags.NO_AUTO_START, -1, None, None)

    def _on_called(self, bus, sender, path, interface, method, arguments, invocation):
        callback = arguments.get_child_value(0).get_string()
        invocation.return_value(None)
        if method == 'BeginPrompting':
            self._tell(sender, callback, 'PromptReady', GLib.Variant('(sa{sv}s)', ('', {}, '')))
        elif method == 'PerformPrompt':
            self.asked += 1
            if self.dismiss:
                self._close(sender, callback)
            else:
                self.waiting.append((sender, callback))
        elif method == 'StopPrompting':
            self._tell(sender, callback, 'PromptDone', None)

    def _close(self, sender, callback):
        self._tell(sender, callback, 'PromptReady', GLib.Variant('(sa{sv}s)', ('no', {}, '')))

    def close_all(self):
        def close():
            while self.waiting:
                self._close(*self.waiting.pop())
            return GLib.SOURCE_REMOVE

        source = GLib.idle_source_new()
        source.set_callback(lambda *_: close())
        source.attach(self.context)

    def end(self):
        self.loop.quit()
        self.thread.join(20)


def unlock(address, password):
    """What logging in does."""
    bus = connect(address)

    def call(interface, method, arguments, kind):
        return bus.call_sync('org.freedesktop.secrets', '/org/freedesktop/secrets', interface, method, arguments,
                             GLib.VariantType(kind), Gio.DBusCallFlags.NONE, -1, None).unpack()

    _, session = call('org.freedesktop.Secret.Service', 'OpenSession',
                      GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))), '(vo)')
    call('org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', 'UnlockWithMasterPassword',
         GLib.Variant('(o(oayays))', ('/org/freedesktop/secrets/collection/login',
                                      (session, b'', password.encode(), 'text/plain'))), '()')
    bus.close_sync(None)
