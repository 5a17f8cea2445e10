"""A store that is damaged, a disk that is full or cannot be written: told, and nothing is lost that can be kept."""
import glob
import os
import subprocess

import tool


class Damage(tool.Test):
    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.person = self.desk.ask('search', '--limit', '1', '')[0]

    def overwrite(self, path, start, length):
        with open(path, 'r+b') as file:
            file.seek(start)
            file.write(b'G' * length)

    def test_a_damaged_head(self):
        """The file is set aside, a note that waited goes out once, and the candidates come again."""
        outbox = self.desk.run('note', self.person['id'], text='Free from Monday.').stdout.strip()
        self.overwrite(self.desk.database(), 0, 100)
        done = self.desk.run('outbox', 'list')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('was damaged, and stands in', done.stderr)
        self.assertIn('1 note ', done.stderr)
        self.assertEqual([str(row['id']) for row in self.desk.outbox()], [outbox])
        aside, = glob.glob(self.desk.profile + '/*.damaged-*[0-9]')
        self.assertEqual(os.stat(aside).st_mode & 0o777, 0o600)

        self.assertTrue(self.desk.sync()['complete'])
        self.assertEqual(self.desk.ask('search', '--limit', '1', self.person['name'])[0]['id'], self.person['id'])
        self.desk.run('outbox', 'flush')
        self.assertEqual(len(self.sandbox.notes(self.person['id'], 'Free from Monday.')), 1)
        self.assertEqual(self.desk.outbox()[0]['state'], 'sent')

    def test_a_note_that_was_sent_is_not_sent_again(self):
        """What could be read is older than what was done: the note is looked for first."""
        before = self.desk.database() + '.before'
        self.desk.run('note', self.person['id'], text='Wants hybrid.')
        subprocess.run(['sqlite3', self.desk.database(), ".backup '%s'" % before], check=True)
        self.desk.run('outbox', 'flush')
        self.assertEqual(len(self.sandbox.notes(self.person['id'], 'Wants hybrid.')), 1)
        for suffix in '-wal', '-shm':
            if os.path.exists(self.desk.database() + suffix):
                os.unlink(self.desk.database() + suffix)
        os.replace(before, self.desk.database())
        self.overwrite(self.desk.database(), 0, 16)
        self.desk.run('outbox', 'flush')
        self.assertEqual(len(self.sandbox.notes(self.person['id'], 'Wants hybrid.')), 1)
        self.assertEqual(self.desk.outbox()[0]['state'], 'sent')

    def test_removing_takes_what_was_set_aside(self):
        self.overwrite(self.desk.database(), 0, 100)
        self.desk.ask('integration', 'list')
        self.desk.do('integration', 'remove', self.desk.id, '--confirm', 'DELETE')
        self.assertEqual([name for name in os.listdir(self.desk.profile) if name.startswith(self.desk.id)], [])


class Disk(tool.Test):
    """A disk of its own for the profile, which only root can have."""

    def setUp(self):
        super().setUp()
        if os.geteuid() != 0:
            self.skipTest('only root may mount')

    def mount(self, *options):
        subprocess.run(['mount', '-t', 'tmpfs', *options, 'tmpfs', self.desk.profile], check=True)
        self.addCleanup(subprocess.run, ['umount', '-l', self.desk.profile])

    def connect(self):
        self.desk.connect()
        self.desk.sync()
        return self.desk.ask('search', '--limit', '1', '')[0]

    def test_full(self):
        self.mount('-o', 'size=4m')
        person = self.connect()
        filler = os.open(self.desk.profile + '/filler', os.O_WRONLY | os.O_CREAT)
        try:
            while os.write(filler, b'x' * 4096):
                pass
        except OSError:
            os.close(filler)
        # What is left in the log's last page may take a small note; a long one does not fit.
        self.assertRefused(self.desk.run('note', person['id'], text='word ' * 20000), 1, 'disk is full')
        os.unlink(self.desk.profile + '/filler')
        self.assertEqual(self.desk.outbox(), [])
        self.desk.do('note', person['id'], text='There is room again.')
        self.desk.do('outbox', 'flush')
        self.assertEqual(len(self.sandbox.notes(person['id'], 'There is room again.')), 1)
        self.assertEqual(self.desk.query('PRAGMA integrity_check'), 'ok')

    def test_read_only(self):
        self.mount()
        person = self.connect()
        subprocess.run(['mount', '-o', 'remount,ro', self.desk.profile], check=True)
        done = self.desk.run('note', person['id'], text='Not to be lost.')
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, 'cannot be (written|opened|used)')
        subprocess.run(['mount', '-o', 'remount,rw', self.desk.profile], check=True)
        self.assertEqual(self.desk.outbox(), [])


if __name__ == '__main__':
    tool.main()
