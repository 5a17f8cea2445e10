"""One window about an integration, without the main window: show-window in the place of dialhouse."""
import subprocess

import house
import ui


class Window(house.Window):
    """show-window's window; what it tells its owner is read at the end."""

    def __init__(self, desk, kind, title, env=None):
        ui.App.__init__(self, [house.PROGRAM, desk.profile, kind, desk.id],
                        env=house.ENVIRONMENT | (env or {}), stdout=subprocess.PIPE, text=True)
        self.title = title
        self.form = self.under(title)

    def end(self):
        """Waits until the window has closed by itself, and answers what it told."""
        told, _ = self.process.communicate(timeout=ui.PATIENCE)
        assert self.process.returncode == 0, self.process.returncode
        return told.split()

    def banner(self):
        return self.pane('Message')

    def can_press(self, name):
        return 'sensitive' in ui.states(self.find('push button', name))


class Test(house.Test):
    def open(self, kind, title, **options):
        window = Window(self.desk, kind, title, **options)
        self.addCleanup(self.end, window)
        return window

    def end(self, window):
        super().end(window)
        window.process.stdout.close()
