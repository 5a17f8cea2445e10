"""Who calls: the desktop tells it, the window asks where it cannot, and what is answered becomes a note."""
import signal

import house
import desktop
import tool
import ui

MIRA = '+442071838750'
SHARED = '+442079460958'
NOBODY = '+4930901820'


class Incoming(house.Test):
    options = ('--candidates', '60', '--allowance', '0')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        desktop.make_handler()
        cls.desktop = desktop.Desktop()
        for first, last, number in (('Mira', 'Tolland', MIRA), ('Ada', 'Sharer', SHARED), ('Bea', 'Sharer', SHARED),
                                    ('Zora', 'Unheard', None)):
            cls.sandbox.change('add', fields={
                'first_name': first, 'last_name': last,
                'phone_numbers': [{'value': number, 'type': 'mobile'}] if number else []})

    @classmethod
    def tearDownClass(cls):
        cls.desktop.stop()
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.desktop.notifications.clear()
        self.desk.connect()
        self.desk.sync()
        self.window = self.open()
        self.window.find('list', 'Candidates')

    def tearDown(self):
        for call in list(self.desktop.calls):
            self.desktop.move(call, desktop.DISCONNECTED)
        super().tearDown()

    def told(self, title):
        return ui.wait(lambda: self.desktop.notification(title), 'the notification ' + title)

    def says_state(self, state):
        ui.wait(lambda: state in self.window.statuses(), 'the call bar to say ' + state)

    def calls(self):
        """The call log, the oldest first."""
        return [tuple(row.split('|')) for row in self.desk.query(
            'SELECT state, outcome, wrapped_up, coalesce(first_name, "") FROM calls'
            ' LEFT JOIN candidates ON id = candidate_id ORDER BY started_at').splitlines()]

    def wait_for_calls(self, *calls):
        ui.wait(lambda: self.calls() == list(calls), 'the call log to be %r' % (calls,))

    def choose_person(self, name):
        window = self.window.under('Who Is It?')
        row = ui.wait(lambda: next((node for node in ui.walk(window) if ui.role_of(node) == 'list item'
                                    and node.get_name().startswith(name)), None), name)
        self.window.click(row, 'Who Is It\\?')
        ui.wait(lambda: all(node.get_name() != 'Who Is It?' for node in ui.walk(self.window.root)),
                'the question to go')

    def test_answered(self):
        """One has the number: answered on the desktop, typed, ended here, and it stands in Greenhouse."""
        call = self.desktop.ring(MIRA)
        body, buttons = self.told('Mira Tolland is calling')
        self.assertIn('+44 20 7183 8750', body)
        self.assertEqual(buttons, ['Answer'])
        self.says_state('calls you')
        self.window.find('push button', 'Decline')

        self.desktop.choose('Mira Tolland is calling', 'Answer')
        self.says_state('talking')
        self.assertEqual(self.desktop.state(call), desktop.ACTIVE)
        ui.wait(lambda: self.desktop.notification('Mira Tolland is calling') is None, 'the notification to go')
        page = self.window.pane('Candidate')
        self.window.says('Mira Tolland', page)
        self.window.click(self.window.find('text', 'Note'), house.TITLE)
        ui.typed('Asked about the office.')

        self.window.press_button('End')
        self.says_state('ended')
        self.assertEqual(self.desktop.state(call), desktop.DISCONNECTED)
        self.window.press_button('Save', self.window.pane('Wrap up'))
        self.wait_for_calls(('ended', 'answered', '1', 'Mira'))
        person, = self.desk.query('SELECT candidate_id FROM calls').split()
        note, = ui.wait(lambda: self.sandbox.notes(int(person), 'Asked about the office.'), 'the note', 60)
        self.assertRegex(note['body'], r'(?m)^Incoming call, answered\nFrom \+44 20 7183 8750')
        self.close(self.window)

    def test_declined(self):
        """Nobody talks: the phone rings no more, and the call stays in the log as one that was missed."""
        call = self.desktop.ring(MIRA)
        self.window.press_button('Decline')
        self.wait_for_calls(('ended', 'missed', '0', 'Mira'))
        self.assertEqual(self.desktop.state(call), desktop.DISCONNECTED)

    def test_several(self):
        """Two have the number: the window asks, and remembers."""
        call = self.desktop.ring(SHARED)
        body, _ = self.told('+44 20 7946 0958 is calling')
        self.assertEqual(body, '2 candidates have this number')
        self.window.press_button('Answer')
        self.says_state('talking')
        self.window.press_button('Who is it?')
        self.choose_person('Bea Sharer')
        page = self.window.pane('Candidate')
        self.window.says('Bea Sharer', page)
        self.desktop.move(call, desktop.DISCONNECTED)
        self.wait_for_calls(('ended', 'answered', '0', 'Bea'))
        self.says_state('ended')
        self.window.press_button('Save', self.window.pane('Wrap up'))
        self.wait_for_calls(('ended', 'answered', '1', 'Bea'))

        self.desktop.ring(SHARED)
        self.told('Bea Sharer is calling')

    def test_nobody(self):
        """Nobody has the number: missed, told, and tied to somebody who is searched for."""
        call = self.desktop.ring(NOBODY)
        body, _ = self.told('+49 30 901820 is calling')
        self.assertEqual(body, 'No candidate has this number')
        self.says_state('calls you')
        self.desktop.move(call, desktop.DISCONNECTED)
        self.told('Missed call from +49 30 901820')
        self.wait_for_calls(('ended', 'missed', '0', ''))

        self.desktop.choose('Missed call from +49 30 901820')
        self.window.click(self.window.find('entry', 'Search for somebody else'), 'Who Is It\\?')
        ui.typed('Zora')
        ui.wait(lambda: [node for node in ui.walk(self.window.root) if ui.role_of(node) == 'list item'
                         and node.get_name().startswith('Zora Unheard')], 'Zora')
        ui.keys('Return')
        self.wait_for_calls(('ended', 'missed', '0', 'Zora'))
        self.desktop.ring(NOBODY)
        self.told('Zora Unheard is calling')

    def restart(self):
        """The program is killed, and started again while GNOME Calls goes on."""
        self.window.process.send_signal(signal.SIGKILL)
        self.window.process.wait()
        self.window = self.open()

    def test_restart_while_talking(self):
        """The call goes on, and so does the window: it ends where it was answered, though nobody knows its length."""
        call = self.desktop.ring(MIRA)
        self.window.press_button('Answer')
        self.says_state('talking')
        self.wait_for_calls(('active', 'unknown', '0', 'Mira'))
        self.restart()
        self.says_state('talking')
        page = self.window.pane('Candidate')
        self.window.says('Mira Tolland', page)
        self.window.press_button('End')
        self.says_state('ended')
        self.assertEqual(self.desktop.state(call), desktop.DISCONNECTED)
        self.window.says(lambda said: 'length not known' in said, self.window.pane('Wrap up'))
        self.window.press_button('Save', self.window.pane('Wrap up'))
        self.wait_for_calls(('ended', 'answered', '1', 'Mira'))
        self.close(self.window)

    def test_restart_while_it_rings(self):
        """It still rings, and is one call; taken while nobody looked, it is talked."""
        call = self.desktop.ring(MIRA)
        self.wait_for_calls(('ringing', 'unknown', '0', 'Mira'))
        self.restart()
        self.says_state('calls you')
        self.wait_for_calls(('ringing', 'unknown', '0', 'Mira'))
        self.desktop.move(call, desktop.ACTIVE)
        self.says_state('talking')
        self.desktop.move(call, desktop.DISCONNECTED)
        self.says_state('ended')
        self.wait_for_calls(('ended', 'answered', '0', 'Mira'))

    def test_busy(self):
        """While the desk is taken: told, and kept."""
        first = self.desktop.ring(MIRA)
        self.window.press_button('Answer')
        self.says_state('talking')
        other = self.desktop.ring(NOBODY)
        _, buttons = self.told('+49 30 901820 is calling')
        self.assertEqual(buttons, [])
        self.desktop.move(other, desktop.DISCONNECTED)
        self.told('Missed call from +49 30 901820')
        self.assertEqual(self.desktop.state(first), desktop.ACTIVE)
        self.says_state('talking')
        self.wait_for_calls(('active', 'unknown', '0', 'Mira'), ('ended', 'missed', '0', ''))


if __name__ == '__main__':
    tool.main()
