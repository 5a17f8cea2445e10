"""CloudTalk as the telephone: it rings the recruiter, its history tells how the call went, and what was called elsewhere
is found there."""
import re
import subprocess

import house
import cloudtalk
import ui

NIAMH = '+442071838750'
AGENT = 4071


class CloudTalk(house.Test):
    options = ('--candidates', '40', '--allowance', '0')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.sandbox.change('add', fields={
            'first_name': 'Niamh', 'last_name': 'Corrigan', 'phone_numbers': [{'value': NIAMH, 'type': 'mobile'}]})

    def setUp(self):
        super().setUp()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()
        # Whoever hurries asks for more than a company may ask for.
        self.ct.switch('allowance', limit=1000000, told='always')
        self.desk.connect()
        self.account = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id, '--as',
                                    self.sandbox.recruiter, text=self.ct.secret + '\n').strip()
        self.desk.do('phone', 'set', self.account, 'url', self.sandbox.cloudtalk_url)
        self.desk.sync()
        self.desk.make_it_noon()
        # One call came in before the window opens; the recordings take their time.
        subprocess.run(['sqlite3', self.desk.database(), "INSERT INTO settings VALUES ('calls-since', '1');"], check=True)
        self.ct.switch('settings', link='uploaded', recording_ms=3600000)
        self.ct.switch('calls', type='incoming', external=NIAMH, talk_ms=61000, notes=['Asked about the office'])

    def open_niamh(self):
        self.window = self.open()
        ui.has_keyboard(house.TITLE)
        self.window.find('list', 'Candidates')
        self.window.open_candidate('Niamh Corrigan')

    def says_state(self, state):
        ui.wait(lambda: state in self.window.statuses(), 'the call bar to say ' + state)

    def asked(self):
        return ui.wait(self.ct.asked, 'CloudTalk to be asked for a call')[-1]

    def move(self, action, **more):
        """Something happens to the call that runs."""
        self.ct.switch('calls', id=self.asked()['id'], action=action, **more)

    def note(self, words):
        """The one note in Greenhouse."""
        note, = ui.wait(lambda: self.sandbox.notes(self.person, words), 'the note in Greenhouse', 60)
        return note['body']

    def n_requests(self, method, path):
        return self.sandbox.n_requests(method, self.ct.url.path + path)

    def n_asked(self):
        return self.n_requests('POST', '/calls/create.json')

    def test_a_day(self):
        self.open_niamh()
        self.log_what_came_in()
        self.call_while_closed()
        self.call_and_talk()
        self.call_for_nothing()
        self.call_unheard()
        self.assertEqual(self.n_asked(), 3)
        self.close(self.window)
        self.see_the_recordings()

    def log_what_came_in(self):
        """A call on the web phone is to be logged."""
        ui.wait(self.calls_open, 'the calls')
        self.window.press_button('Unlogged')
        self.window.press_button('Log It: \u2068Niamh Corrigan\u2069')
        ui.has_keyboard('Log This Call')
        ui.typed('Called back on Monday.')
        ui.keys('ctrl+Return')
        body = self.note('Called back on Monday.')
        self.assertRegex(body, r'\AIncoming call, answered\nFrom \+44 20 7183 8750 ')
        self.assertIn('\nAsked about the office\n', body)
        self.assertNotIn('Recording', body)
        ui.has_keyboard('Calls')
        ui.keys('Escape')
        ui.has_keyboard(house.TITLE)

    def call_while_closed(self):
        """Who is offline is told what to do, and nothing rings."""
        self.ct.switch('agents', agent=AGENT, state='offline')
        ui.keys('ctrl+d')
        self.window.says(lambda said: said.startswith('CloudTalk is closed'))
        self.assertEqual((self.n_asked(), self.ct.asked()), (0, []))

    def call_and_talk(self):
        """The recruiter is rung and picks up, then she does; history shows the call late, while it runs."""
        self.ct.switch('agents', agent=AGENT, state='online', pick_up_ms=-1)
        self.ct.switch('settings', listed='running', lag_ms=3000)
        self.ct.switch('next', ring_ms=3600000, talk_ms=-1, wrap_up_ms=-1)
        ui.keys('ctrl+d')
        self.window.says(lambda said: re.fullmatch('CloudTalk is ringing you. Answer to call .*Niamh Corrigan.*', said))
        self.move('pick_up')
        self.move('answer')
        self.says_state('talking')
        ui.typed('Free from March.')
        self.move('end', notes=['Wants hybrid'], tags=['Screened'])
        self.says_state('ended')
        self.window.press_button('Save', self.window.pane('Wrap up'))
        body = self.note('Free from March.')
        self.assertRegex(body, r'\AOutgoing call, answered\nTo \+44 20 7183 8750 from \+44 20 7946 0100 ')
        for line in ('(London hiring desk)', '\nAgent: Oskar Venn\n', '\nTags: Screened\n', '\nWants hybrid\n'):
            self.assertIn(line, body)

    def call_for_nothing(self):
        """History tells of what has ended alone: the wrap-up comes by itself, and knows that nobody answered."""
        # The 20 seconds of the next ring, and the minute history is waited for then, need not be sat through.
        self.desk.do('phone', 'set', self.account, 'haste', '4')
        self.ct.switch('settings', listed='ended', lag_ms=0)
        self.ct.switch('next', outcome='no_answer', pick_up_ms=0, ring_ms=1000)
        ui.keys('ctrl+d')
        ui.wait(lambda: self.outcomes() == ['answered', 'failed', 'answered', 'no-answer'], 'the last call to end')
        self.window.press_button('Save', self.window.pane('Wrap up'))
        ui.wait(lambda: self.desk.query('SELECT min(wrapped_up) FROM calls') == '1', 'all to be wrapped up')

    def call_unheard(self):
        """The recruiter lets the ring of CloudTalk go by: there was no call, the window says so, and nothing is noted."""
        self.ct.switch('settings', agent_ring_ms=500)
        self.ct.switch('next', outcome='agent_missed')
        ui.keys('ctrl+d')
        self.window.says(lambda said: re.fullmatch('There was no call with .*Niamh Corrigan.*: nobody answered the ring '
                                                   'of CloudTalk here.', said), timeout=90)
        ui.wait(lambda: self.outcomes() == ['answered', 'failed', 'answered', 'no-answer', 'failed'], 'it to be over')
        self.assertNotIn('ringing', ' '.join(self.window.statuses()))

    def see_the_recordings(self):
        """They are there later; no call stands in the log twice, and none has a second note."""
        self.ct.switch('settings', recording_ms=0)
        window = self.open()
        ui.wait(lambda: self.desk.query("SELECT count(*) FROM calls WHERE recording_url LIKE '%/cloudtalk/r/play/%'") == '2',
                'the pages of the recordings')
        self.close(window)
        self.assertEqual(self.outcomes(), ['answered', 'failed', 'answered', 'no-answer', 'failed'])
        self.assertEqual(self.desk.query('SELECT direction, candidate_id FROM calls WHERE outside'),
                         'incoming|%d' % self.person)
        for words in ('Asked about the office', 'Wants hybrid'):
            self.assertEqual(len(self.sandbox.notes(self.person, words)), 1)

    def outcomes(self):
        """How the calls in the log went, the oldest first."""
        return self.desk.query("SELECT outcome FROM calls WHERE state = 'ended' ORDER BY started_at").split()

    def calls_open(self):
        # The key does nothing while the desk is being opened.
        ui.keys('ctrl+shift+l')
        asked = subprocess.run(['xdotool', 'getwindowfocus', 'getwindowname'], capture_output=True, text=True)
        return asked.stdout.strip() == 'Calls'


if __name__ == '__main__':
    house.tool.main()
