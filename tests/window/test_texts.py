"""Text messages: written on the candidate's page, handed to the carrier once, and noted once in Greenhouse."""
import re
import signal

import house
import setting
import cloudtalk  # lies with the service tests, where the line before leads
import tool
import ui

LONDON, LEEDS = '+442079460100', '+441134960123'
PATH = '/sms/send.json'


class Texts(house.Test):
    options = ('--candidates', '300', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()
        self.desk.connect()
        self.desk.sync()
        identity = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id, '--as', self.sandbox.recruiter,
                                text=self.ct.secret + '\n').strip()
        self.desk.do('phone', 'set', identity, 'url', self.sandbox.cloudtalk_url)
        self.tick(LONDON, LEEDS)
        private = self.desk.query('SELECT id FROM candidates WHERE is_private').split()
        self.person = next(person for person in self.desk.ask('search', '--limit', '300', '')
                           if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name']) and person['phones']
                           and re.fullmatch(r'\+\d+', person['phones'][0]) and str(person['id']) not in private
                           and len(self.desk.ask('search', person['name'])) == 1)

    def tick(self, *numbers):
        self.desk.do('integration', 'set', self.desk.id, 'sms-numbers', ', '.join(numbers))

    def show(self):
        self.window = self.open()
        self.window.open_candidate(self.person['name'])

    # What the recruiter does

    def entry(self):
        return self.window.find('text', 'Text message')

    def begin(self):
        """By the key, as soon as it is heard: the page must have been loaded."""
        def look():
            entry = self.window.peek('text', 'Text message')
            if entry is not None and 'focused' in ui.states(entry):
                return True
            ui.keys('ctrl+m')
            return False

        ui.wait(look, 'the keyboard to be in the text message')

    def write(self, body):
        ui.typed(body)
        self.reads(body)

    def reads(self, body):
        ui.wait(lambda: ui.text(self.entry()) == body, 'the text to read %r' % body)

    def send(self):
        ui.keys('ctrl+Return')

    def is_closed(self):
        ui.wait(lambda: 'focused' not in ui.states(self.entry()), 'the text message to be put away')

    def row(self, *words):
        """The row of the history that says all of this."""
        def look():
            return next((node for node in ui.walk(self.window.root) if ui.role_of(node) == 'list item'
                         and node.get_name().startswith('Text message: ')
                         and all(word in node.get_name() for word in words)), None)

        return ui.wait(look, 'a row saying %r' % (words,), 60)

    def warns(self, words):
        ui.wait(lambda: any(words in ui.text(node) for node in ui.walk(self.window.root)
                            if ui.role_of(node) in ('alert', 'notification')), 'a warning: ' + words)

    def can_send(self):
        return 'sensitive' in ui.states(self.window.find('push button', 'Send'))

    # What must have come of it

    def out(self):
        return [text['message'] for text in self.ct.texts() if text['refusal'] is None]

    def note(self, body):
        note, = ui.wait(lambda: self.sandbox.notes(self.person['id'], body), 'the note in Greenhouse', 60)
        return note

    def state(self):
        return self.desk.query('SELECT state FROM texts ORDER BY id')

    def test_written_and_sent(self):
        self.desk.query("INSERT INTO templates (kind, name, text) VALUES ('text', 'Hello', 'Hi {first_name}'), "
                        "('note', 'Not this one', 'A note')")
        self.show()
        sheet = self.window.pane('Candidate')
        button = ui.wait(lambda: next((node for node in ui.walk(sheet) if ui.role_of(node) == 'push button'
                                       and node.get_name().startswith('Text +')), None), 'a number to text')
        self.window.press(button)
        ui.wait(lambda: 'focused' in ui.states(self.entry()), 'the keyboard to be in it')
        self.window.says('0 characters')
        self.assertFalse(self.can_send())

        # A template, by the key that begins a note with one elsewhere.
        ui.keys('ctrl+t')
        self.window.find('list item', 'Hello')
        self.assertIsNone(self.window.peek('list item', 'Not this one'))
        ui.keys('Return')
        self.reads('Hi ' + self.person['name'].split()[0])

        # What it costs, and what makes it cost more.
        self.window.set_text(self.entry(), 'It’s fine – does Thursday suit you?')
        self.window.says('35 characters · 1 message · 35 left')
        self.window.says('With ’ – only 70 characters fit into a message.')
        self.window.press_button('Write Plainly')
        body = "It's fine - does Thursday suit you?"
        self.reads(body)
        self.window.says('35 characters · 1 message · 125 left')
        ui.wait(lambda: self.desk.query('SELECT body FROM texts') == body, 'it to be kept')
        self.assertEqual(self.state(), 'draft')

        # Who wants none gets none.
        ui.wait(self.can_send, 'it to be ready')
        switch = self.window.find('check box', 'Asked not to get texts')
        self.window.press(switch)
        ui.wait(lambda: not self.can_send(), 'nothing to be sent any more')
        self.assertEqual(self.desk.query('SELECT e164 FROM opt_outs'), self.person['phones'][0])
        self.window.press(switch)
        ui.wait(self.can_send, 'it to be ready')

        self.send()
        self.is_closed()
        self.row(body, 'handed to the carrier', 'in Greenhouse')
        self.assertEqual((self.out(), self.state()), ([body], 'handed'))
        self.assertRegex(self.note(body)['body'], r'\AText message, handed to the carrier\nTo \+')
        self.close(self.window)

    def test_kept(self):
        """What is typed is there again, whatever became of the window; without a number to send it from, too."""
        self.tick()
        self.show()
        self.begin()
        self.warns('choose one in the integration')
        self.write('Half of it')
        self.warns('choose one in the integration')
        self.assertFalse(self.can_send())
        ui.keys('Escape')
        self.is_closed()
        self.begin()
        self.reads('Half of it')
        ui.wait(lambda: self.desk.query('SELECT body FROM texts') == 'Half of it', 'it to be kept')
        self.window.process.send_signal(signal.SIGKILL)
        self.window.process.wait()

        self.show()
        self.begin()
        self.reads('Half of it')
        self.window.set_text(self.entry(), '')
        ui.wait(lambda: self.state() == '', 'the draft to be gone')
        self.close(self.window)
        self.assertEqual(self.out(), [])

    def test_what_is_not_known_is_asked(self):
        self.ct.fault('cut', 'POST', PATH, after_store=True)
        self.show()
        self.begin()
        self.write('Are you there?')
        self.send()
        self.is_closed()
        row = self.row('Are you there?', 'perhaps sent')
        self.assertEqual(self.desk.outbox(), [])
        self.window.press_button('It Went Out', row)
        self.row('Are you there?', 'sent as you said', 'in Greenhouse')
        self.assertIn('sent as the recruiter says', self.note('Are you there?')['body'])
        self.assertEqual(self.out(), ['Are you there?'])

        # What did not go out is written again; what is refused stays to be changed, with the reason.
        self.ct.fault('cut', 'POST', PATH)
        self.begin()
        self.write('Lost')
        self.send()
        self.window.press_button('It Did Not', self.row('Lost', 'perhaps sent'))
        self.ct.switch('texts', refusal='Not allowed country.')
        self.window.press_button('Write Again…', self.row('Lost', 'did not go out'))
        self.reads('Lost')
        ui.wait(self.can_send, 'it to be ready')
        self.send()
        self.warns('Not allowed country.')
        self.window.set_text(self.entry(), 'Lost and found')
        ui.wait(self.can_send, 'it to be ready')
        self.send()
        self.row('Lost and found', 'handed to the carrier', 'in Greenhouse')
        self.assertEqual((self.out(), self.state()), (['Are you there?', 'Lost and found'], 'handed\nhanded'))

        # The window goes while one is on its way: whether it went out is worth a moment.
        self.ct.fault('delay', 'POST', PATH, delay_ms=2000)
        self.begin()
        self.write('Bye')
        self.send()
        ui.wait(lambda: self.state().endswith('sending'), 'it to be on its way')
        self.close(self.window)
        self.assertEqual((self.out()[-1], self.state().splitlines()[-1], len(self.desk.outbox())), ('Bye', 'handed', 3))


class OptOuts(setting.Test):
    """Who asked not to get texts: the list in the integration's settings, by keyboard alone."""

    def opted_out(self):
        return self.desk.query('SELECT e164 FROM opt_outs ORDER BY e164').split()

    def rows(self):
        found = self.window.peek('list', 'Asked not to get texts', self.settings)
        return [node.get_name() for node in ui.children(found)] if found else []

    def shows(self, *starts):
        def look():
            rows = self.rows()
            return len(rows) == len(starts) and all(map(str.startswith, rows, starts))

        ui.wait(look, 'the rows %r' % (starts,))

    def write(self, number):
        """Where the keyboard is: that must be the entry."""
        ui.typed(number)
        ui.wait(lambda: ui.text(self.find('text', 'Add a number')) == number, 'the number to be typed')

    def add(self, number):
        self.write(number)
        ui.keys('Return')

    def test_page(self):
        name = 'Maximiliane-Josephine'
        self.sandbox.change('add', fields={'first_name': name, 'last_name': 'عبد الرحمن',
                                           'phone_numbers': [{'value': '+442071838750', 'type': 'mobile'}]})
        self.desk.connect()
        self.desk.sync()
        self.open_settings()
        self.activate(self.row('Alder Works'))
        self.find('push button', 'Check Again')
        self.go('Asked not to get texts', 'shift+Tab')
        self.find('text', 'Add a number')
        self.assertEqual(self.rows(), [])

        # What is no number stays to be mended.
        self.add('4420')
        self.says(lambda said: said.startswith('That is no complete phone number'))
        self.assertEqual(self.opted_out(), [])
        ui.keys('ctrl+a')
        self.add('+44 20 7183 8750')
        self.shows('+44 20 7183 8750')
        ui.wait(lambda: name in self.rows()[0], 'whose number it is')
        self.assertFalse([node for node in ui.walk(self.settings) if ui.role_of(node) == 'alert'])
        self.add('+493090182000')
        self.shows('+44 20 7183 8750', '+49 30 90182000')
        self.assertEqual(self.opted_out(), ['+442071838750', '+493090182000'])

        # What was asked elsewhere is there, too; and each can be taken away.
        self.tab_to('Send texts to +44 20 7183 8750 again')
        ui.keys('Return')
        self.shows('+49 30 90182000')
        self.write('+')
        ui.keys('BackSpace')
        self.tab_to('Send texts to +49 30 90182000 again')
        ui.keys('space')
        self.shows()
        self.assertEqual(self.opted_out(), [])

        ui.keys('Escape')
        self.find('push button', 'Check Again')
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
