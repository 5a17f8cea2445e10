"""Adding a phone account in the settings, seeing whether it is ready to call, choosing its numbers."""
import setting
import cloudtalk  # lies with the service tests, where the line before leads
import tool
import ui

FORM = 'Add CloudTalk'
STEPS = ['Keys', 'Who you are', 'Calling out', 'Daily limit', 'CloudTalk Phone', 'Numbers', 'Call history',
         'Contact tag', 'Call links']


class Phones(setting.Test):
    def setUp(self):
        super().setUp()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()
        self.desk.add()

    def add(self):
        """An account, by the command line."""
        self.account = self.desk.do('phone', 'add', 'cloudtalk', '--key-id', self.ct.key_id, '--as',
                                    self.sandbox.recruiter, text=self.ct.secret).strip()
        self.desk.do('phone', 'set', self.account, 'url', self.sandbox.cloudtalk_url)

    def open_page(self):
        self.open_settings()
        self.activate(self.row('CloudTalk'))
        ui.wait(lambda: len(self.steps()) == len(STEPS), 'the check')

    def steps(self):
        """What the page says of each step."""
        found = self.window.peek('list', 'What CloudTalk says', self.settings)
        names = [node.get_name() for node in ui.children(found)] if found else []
        return dict(name.split(': ') for name in names if ': ' in name)

    def phones(self):
        return [phone for phone in self.desk.ask('phone', 'list') if phone['kind'] == 'cloudtalk']

    def test_from_the_form_to_the_first_check(self):
        self.open_settings()
        # The menu is one of two: the keyboard goes through it.
        ui.has_keyboard(setting.SETTINGS)
        self.tab_to('Add')
        ui.keys('Return')
        ui.wait(lambda: self.window.peek('menu item', 'CloudTalk…'), 'the menu')
        ui.keys('Down', 'Return')
        form = self.child(FORM)
        ui.has_keyboard(FORM)

        # The keyboard is in the first field; what is wrong is said at the field it is about.
        ui.keys('Return')
        self.window.says(lambda said: said.startswith('Enter the Access Key ID'), form)
        ui.typed(self.ct.key_id)
        ui.keys('Return')
        self.window.says(lambda said: said.startswith('Enter the Access Key Secret'), form)
        self.window.press(next(node for node in ui.walk(form) if node.get_name().startswith('Advanced')
                               and ui.role_of(node) != 'label'))
        for name, value in {'Access Key Secret': 'wrong', "CloudTalk's address": self.sandbox.cloudtalk_url,
                            'Caption': 'Second floor'}.items():
            ui.Atspi.EditableText.set_text_contents(self.window.find('text', name, form), value)
        self.window.press_button('Add', form)
        self.window.says(lambda said: said.startswith('CloudTalk does not accept the keys'), form)
        self.assertEqual((self.phones(), tool.count_secrets()), ([], 1))

        ui.Atspi.EditableText.set_text_contents(self.window.find('text', 'Access Key Secret', form), self.ct.secret)
        self.window.press_button('Add', form)
        ui.wait(lambda: len(self.steps()) == len(STEPS), 'the check on the page')
        self.assertEqual(list(self.steps()), STEPS)
        self.assertEqual({name for name, word in self.steps().items() if word != 'Good'}, {'Call links'})
        self.says(lambda said: said.startswith('You are ') and self.sandbox.recruiter in said)
        self.assertEqual([(phone['caption'], phone['as']) for phone in self.phones()],
                         [('Second floor', self.sandbox.recruiter)])
        ui.keys('Escape')
        self.row('CloudTalk (Second floor)')
        self.close(self.window)

    def test_what_keeps_it_from_calling(self):
        self.add()
        self.open_page()
        self.ct.switch('agents', agent=self.sandbox.recruiter, state='offline')
        self.window.press_button('Check Again', self.settings)
        ui.wait(lambda: self.steps().get('CloudTalk Phone') == 'Note', 'the agent to be offline')
        self.says(lambda said: 'offline' in said and 'CloudTalk Phone' in said)

        self.ct.switch('agents', agent=self.sandbox.recruiter, may_call_out=False)
        self.window.press_button('Check Again', self.settings)
        ui.wait(lambda: self.steps().get('Calling out') == 'Missing', 'the agent not to be allowed')
        ui.keys('Escape')
        row = self.row('CloudTalk')
        ui.wait(lambda: not row.get_name().endswith('Working'), 'the list to say so')
        self.close(self.window)

    def test_who_i_am(self):
        self.add()
        self.open_page()
        other = next(agent for agent in self.desk.ask('phone', 'agents', self.account) if not agent['me'])
        self.go('Who I am')
        self.find('list item', self.sandbox.recruiter_name() + ', chosen')
        ui.typed(other['name'])
        agents = self.find('list', 'Agents')
        ui.wait(lambda: [node.get_name() for node in ui.children(agents)] == [other['name']], 'one alone')
        ui.keys('Return')
        self.says(lambda said: said.startswith('You are ' + other['name']))
        self.assertEqual([(phone['agent-id'], phone['as']) for phone in self.phones()],
                         [(str(other['id']), other['email'])])
        self.close(self.window)

    def test_numbers_are_ticked(self):
        self.add()
        self.open_settings()
        self.activate(self.row('Alder Works'))
        self.find('push button', 'Check Again')
        self.go('Numbers for SMS', 'shift+Tab')
        offers = self.find('list', 'Numbers of the phone account')

        def tick(number):
            self.activate(ui.wait(lambda: next((node for node in ui.children(offers) if node.get_name() == number), None),
                                  number + ' to be offered'))

        for number in ('+44 113 496 0123', '+44 20 7946 0100'):
            tick(number)
            ui.wait(lambda: number.replace(' ', '') in self.kept('sms-numbers'), number + ' to be kept')
            ui.wait(lambda: 'checked' in ui.states(self.find('check box', number)), number + ' to be ticked')
        self.assertEqual(self.kept('sms-numbers'), '+441134960123, +442079460100')
        self.assertNotIn('+44 20 7946 0199', [ui.text(node) for node in ui.walk(offers)])

        # Typing one is still possible, and what is ticked can be taken back.
        self.window.click(self.find('text', 'Add a number'), setting.SETTINGS)
        ui.typed('+14155552671')
        ui.keys('Return')
        ui.wait(lambda: '+14155552671' in self.kept('sms-numbers'), 'the one that was typed')
        tick('+44 113 496 0123')
        ui.wait(lambda: self.kept('sms-numbers') == '+442079460100, +14155552671', 'one to be taken back')
        self.close(self.window)

    def test_what_dialhousectl_does_shows(self):
        """Added, changed, renewed and removed in another process, while the window is open."""
        self.open_settings()
        self.find('list item', 'Alder Works, alder, Inactive, Not checked yet')
        self.assertIsNone(self.window.peek('list', 'Phones', self.settings))
        self.add()
        row = self.row('CloudTalk')
        self.desk.do('phone', 'set', self.account, 'caption', 'Second floor')
        ui.wait(lambda: row.get_name().startswith('CloudTalk (Second floor)'), 'the row to bear its caption')

        self.activate(row)
        ui.wait(lambda: len(self.steps()) == len(STEPS), 'the check')
        self.says('Second floor')
        self.desk.do('phone', 'set', self.account, 'as', 'ines.aldaba@example.com')
        self.says(lambda said: 'ines.aldaba@example.com' in said)
        ui.wait(lambda: self.steps().get('CloudTalk Phone') == 'Note', 'her state, she being offline')
        self.desk.do('phone', 'renew', self.account, '--key-id', self.ct.key_id, text=self.ct.secret)
        ui.wait(lambda: len(self.steps()) == len(STEPS), 'the check with the new keys')

        # And what the window does is there for the next command.
        self.go('Who I am')
        ui.typed(self.sandbox.recruiter_name())
        ui.wait(lambda: len(ui.children(self.find('list', 'Agents'))) == 1, 'one alone')
        ui.keys('Return')
        ui.wait(lambda: [phone['as'] for phone in self.phones()] == [self.sandbox.recruiter], 'the choice')

        self.desk.do('phone', 'remove', self.account, '--confirm', 'DELETE')
        self.find('list item', 'Alder Works, alder, Inactive, Not checked yet')
        self.assertIsNone(self.window.peek('list', 'Phones', self.settings))
        self.close(self.window)

    def test_deleted_from_its_page(self):
        self.add()
        self.open_page()
        self.window.press_button('Delete Account…', self.settings)
        confirm = self.child('Delete Account')
        self.window.set_text(self.window.find('text', 'Type DELETE to confirm', confirm), 'DELETE')
        self.window.press_button('Delete Account', confirm)
        self.find('list item', 'Alder Works, alder, Inactive, Not checked yet')
        ui.wait(lambda: self.phones() == [], 'the account to be gone')
        self.assertEqual(tool.count_secrets(), 1)
        self.assertIsNone(self.window.peek('list', 'Phones', self.settings))
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
