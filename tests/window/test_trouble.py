"""A disk that is full: told, and what is typed is not lost."""
import os
import re
import subprocess

import house
import tool
import ui


class Full(house.Test):
    options = ('--candidates', '100', '--allowance', '0')

    def setUp(self):
        super().setUp()
        if os.geteuid() != 0:
            self.skipTest('only root may mount')
        subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', self.desk.profile], check=True)
        self.addCleanup(subprocess.run, ['umount', '-l', self.desk.profile])
        self.desk.connect()
        self.desk.sync()
        self.person = next(person for person in self.desk.ask('search', '--limit', '100', '')
                           if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name'])
                           and len(self.desk.ask('search', person['name'])) == 1)

    def fill(self):
        """Leaves no page, and then no byte."""
        filler = os.open(self.desk.profile + '/filler', os.O_WRONLY | os.O_CREAT)
        try:
            while os.write(filler, b'x' * 4096):
                pass
        except OSError:
            os.close(filler)

    def note(self, window):
        return window.find('text', 'Note')

    def test_what_is_typed_is_not_lost(self):
        window = self.open()
        window.open_candidate(self.person['name'])
        self.fill()
        # More than the log has room left for.
        text = 'Free from Monday. ' + 'Wants hybrid. ' * 600
        window.set_text(self.note(window), text)
        window.says(lambda said: 'disk is full' in said)
        self.assertEqual(ui.text(self.note(window)), text)
        window.quit()

        # Closed with a full disk, and opened when there is room again.
        os.unlink(self.desk.profile + '/filler')
        window = self.open()
        window.open_candidate(self.person['name'])
        ui.wait(lambda: ui.text(self.note(window)) == text, 'what was typed')
        window.press_button('Save note')
        ui.wait(lambda: self.sandbox.notes(self.person['id'], 'Free from Monday.'), 'the note in Greenhouse', 60)
        self.close(window)
        self.assertEqual(len(self.sandbox.notes(self.person['id'], 'Free from Monday.')), 1)
        self.assertEqual(self.desk.query('PRAGMA integrity_check'), 'ok')
        self.assertEqual(self.desk.query('SELECT count(*) FROM drafts'), '0')


if __name__ == '__main__':
    tool.main()
