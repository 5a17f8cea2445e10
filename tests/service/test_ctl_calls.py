"""The call log as a script reads it: filters, search, and a table that no spreadsheet takes for formulas."""
import csv
import datetime
import io
import subprocess

import tool

NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def micros(when):
    return int(when.timestamp()) * 1000000


class Calls(tool.Test):
    options = ('--candidates', '40', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.desk.connect()
        self.desk.sync()
        self.people = self.desk.ask('search', '--limit', '40', '')

    def log(self, uid, candidate, minutes_ago=1, **more):
        """Writes a call as an older moment of this desk would have left it."""
        call = {'uid': uid, 'candidate_id': candidate, 'direction': 'outgoing', 'number': '', 'state': 'ended',
                'outcome': 'answered', 'started_at': micros(NOW) - minutes_ago * 60000000, 'answered_at': 0,
                'ended_at': 0, 'duration': -1, 'wrapped_up': 1, **more}
        values = ', '.join('NULL' if value is None else str(value) if isinstance(value, int)
                           else "'%s'" % value.replace("'", "''") for value in call.values())
        subprocess.run(['sqlite3', self.desk.database()], check=True, text=True,
                       input='INSERT INTO calls (%s) VALUES (%s);' % (', '.join(call), values))

    def uids(self, *options):
        return [call['call'] for call in self.desk.ask('calls', *options)]

    def test_filters(self):
        one, other = self.people[0]['id'], self.people[1]['id']
        today = datetime.date.today().isoformat()
        self.log('old', one, 3 * 24 * 60, call_again_on=today)
        self.log('missed', other, 3, direction='incoming', outcome='missed')
        self.log('dropped', other, 2, dropped=1)
        self.log('failed', other, 1, outcome='failed')
        self.assertEqual(self.uids(), ['failed', 'dropped', 'missed', 'old'])
        self.assertEqual(self.uids('--filter', 'missed'), ['missed'])
        self.assertEqual(self.uids('--filter', 'unlogged'), ['missed', 'old'])
        self.assertEqual(self.uids('--filter', 'call-again'), ['old'])
        self.assertNotIn('old', self.uids('--filter', 'today'))
        self.assertEqual(self.uids('--filter', 'unlogged', self.people[0]['name']), ['old'])
        self.assertRefused(self.desk.run('calls', '--filter', 'lost'), 2, 'call-again')

    def test_object(self):
        person = self.people[0]
        self.log('one', person['id'], 2, e164='+442079460958', duration=252)
        call, = self.desk.ask('calls')
        self.assertEqual((call['candidate'], call['name'], call['number'], call['seconds'], call['outcome'],
                          call['unlogged'], call['note_state']),
                         (person['id'], person['name'], '+442079460958', 252, 'answered', True, None))

    def note(self, number, body, kind='NOTE', minutes_ago=1, user=None):
        """Writes down a note as it was last seen in Greenhouse."""
        subprocess.run(['sqlite3', self.desk.database()], check=True, text=True,
                       input="INSERT INTO notes (id, candidate_id, application_id, user_id, type, subject, body, "
                       "visibility, created_at, seen_run) VALUES (%d, %d, 0, %d, '%s', NULL, '%s', 'private', %d, 0);"
                       % (number, self.people[0]['id'], user or 0, kind, body.replace("'", "''"),
                          micros(NOW) - minutes_ago * 60000000))

    def history(self):
        return self.desk.ask('show', self.people[0]['id'])[0]['history']

    def test_history_of_colleagues(self):
        """Notes of other Dialhouses are calls, as far as that is certain; one call is one row."""
        told = 'Incoming call, answered\nFrom +44 20 7946 0958\n23 Nov 2026, 14:05 CET (08:05 there), 1:04:12\n' \
               'Tags: Interested\n\nFree from 5 January.\nIncoming call\n\nDialhouse %s'
        self.note(1, told % 'bcdfghjkm2', minutes_ago=1)
        self.note(2, told % 'bcdfghjkm2' + '\n', minutes_ago=2)
        self.note(3, 'Call by Oskar Venn\nOutgoing call, no answer\n23 Nov 2026, 14:05 CET\n\nDialhouse bcdfghjkm3',
                  minutes_ago=3)
        self.note(4, 'Outgoing call, answered\nNo reference below', minutes_ago=4)
        self.note(5, 'We had an\nOutgoing call, answered\n\nDialhouse bcdfghjkm5', minutes_ago=5)
        self.note(6, told % 'bcdfghjkm2', kind='EMAIL', minutes_ago=6)
        self.note(7, 'Quoted\n\nDialhouse bcdfghjkm2', minutes_ago=7)
        self.note(8, 'Outgoing call, busy\n12 Dec 2026, 09:41 CET\n\nDialhouse bcdfghjkm8', minutes_ago=8)

        rows = [row for row in self.history() if row['note'] in range(1, 9)]
        self.assertEqual([(row['note'], row['kind']) for row in rows],
                         [(1, 'call'), (3, 'call'), (4, 'note'), (5, 'note'), (6, 'note'), (7, 'note'), (8, 'call')])
        self.assertEqual((rows[0]['direction'], rows[0]['outcome'], rows[0]['seconds'], rows[0]['text']),
                         ('incoming', 'answered', 3852, 'Free from 5 January.\nIncoming call'))
        self.assertEqual((rows[1]['direction'], rows[1]['outcome'], rows[1]['seconds'], rows[1]['text']),
                         ('outgoing', 'no-answer', None, ''))
        self.assertEqual((rows[6]['outcome'], rows[6]['seconds']), ('busy', None))

    def test_history_of_ours(self):
        """A note of ours that was read back is the same row as its call."""
        person = self.people[0]
        self.log('ours', person['id'], 5, duration=60)
        body = 'Outgoing call, answered\n\nSpoke\n\nDialhouse bcdfghjkm4'
        subprocess.run(['sqlite3', self.desk.database()], check=True, text=True,
                       input="INSERT INTO outbox (candidate_id, call_uid, reference, body, visibility, author_id, state, "
                       "attempts, first_sent_at, next_try_at, note_id, created_at, proof) VALUES (%d, 'ours', "
                       "'bcdfghjkm4', '%s', 'private', 0, 'sent', 1, 1, 0, 77, 1, 'read-back');" % (person['id'], body))
        self.note(77, body)
        self.note(78, body)
        rows = [row for row in self.history() if row['note'] in (77, 78)]
        self.assertEqual([(row['call'], row['note'], row['state'], row['seconds']) for row in rows],
                         [('ours', 77, 'sent', 60)])

    def test_csv(self):
        names = ['=cmd|\' /C calc\'!A0', '@SUM(1+1)*cmd|" /C calc"!A0', '-2+3', '+1', '\t=1', 'Zoë "Z" Großmann, PhD',
                 '＝1+1', '张伟明', 'فاطمة الخطيب']
        for i, name in enumerate(names):
            subprocess.run(['sqlite3', self.desk.database()], check=True, text=True,
                           input="UPDATE candidates SET first_name = '%s', last_name = NULL WHERE id = %d;"
                           % (name.replace("'", "''"), self.people[i]['id']))
            self.log('call-%d' % i, self.people[i]['id'], i)
        self.log('last', self.people[0]['id'], 60, e164='+442079460958', own_number='+12025550100', duration=252,
                 time_zone='Europe/Berlin', call_again_on='2026-12-24', started_at=1795701900000000, by_hand=1)
        done = subprocess.run([tool.PROGRAM, '--profile', self.desk.profile, 'calls', '--csv'], capture_output=True,
                              check=True)
        lines = done.stdout.split(b'\r\n')
        self.assertEqual(lines[0], b'"started","direction","outcome","seconds","candidate","candidate_id","number",'
                         b'"own_number","company","tags","call_again_on","by_hand","note_state","note_id","call"')
        self.assertEqual(lines[-1], b'')
        self.assertNotIn(b'\n', done.stdout.replace(b'\r\n', b''))

        rows = list(csv.reader(io.StringIO(done.stdout.decode(), newline='')))
        cells = {row[14]: row[4] for row in rows[1:]}
        for i, name in enumerate(names):
            hostile = name[0] in '=@-+\t＝'
            self.assertEqual(cells['call-%d' % i], ("'" if hostile else '') + name)
        for row in rows[1:]:
            for cell in row:
                self.assertNotIn(cell[:1], list('=+-@\t\r\n'))

        whole = next(line for line in lines if line.endswith(b'"last"'))
        self.assertEqual(whole, ('"2026-11-26T15:05:00+01:00","outgoing","answered","252","\'%s","%d",'
                                 '"\'+442079460958","\'+12025550100","Alder Works","","2026-12-24","yes","none","",'
                                 '"last"' % (names[0], self.people[0]['id'])).encode())


if __name__ == '__main__':
    tool.main()
