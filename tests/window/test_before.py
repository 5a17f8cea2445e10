"""What is asked before a call: tags, the hour, a colleague who was faster, a call that still goes on."""
import os
import re

import house
import tool
import ui

TEL_LOG = os.environ['XDG_CACHE_HOME'] + '/tel.log'


class Before(house.Test):
    options = ('--candidates', '300', '--allowance', '0')

    def setUp(self):
        super().setUp()
        if os.path.exists(TEL_LOG):
            os.remove(TEL_LOG)
        self.desk.connect()
        self.desk.sync()
        to_call = self.desk.query('SELECT candidate_id FROM candidate_phones JOIN candidates ON id = candidate_id'
                                  ' WHERE e164 IS NOT NULL AND is_private = 0').split()
        people = (person for person in self.desk.ask('search', '--limit', '300', '')
                  if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name']) and str(person['id']) in to_call
                  and person['tags'] and len(self.desk.ask('search', person['name'])) == 1)
        self.person = next(people)
        self.other = next(person for person in people if not set(person['tags']) & set(self.person['tags']))
        self.identity = self.desk.id

    def open_with(self, stop_tags):
        self.desk.do('integration', 'set', self.identity, 'stop-tags', stop_tags)
        self.window = self.open()
        self.window.open_candidate(self.person['name'])

    def press_call(self):
        sheet = self.window.pane('Candidate')
        self.window.press(ui.wait(lambda: next((node for node in ui.walk(sheet)
                                                if ui.role_of(node) == 'push button'
                                                and node.get_name().startswith('Call ')), None), 'a number to call'))

    def dialled(self):
        if not os.path.exists(TEL_LOG):
            return 0
        with open(TEL_LOG) as log:
            return log.read().count('tel:')

    def asks(self, sentence):
        """The question stands, and gives this reason."""
        self.window.says(lambda said: sentence in said.split('\n'))

    def test_a_tag_is_asked_about(self):
        self.open_with(self.person['tags'][0].upper())
        self.press_call()
        self.asks('%s is tagged “%s”.' % (self.person['name'], self.person['tags'][0]))
        ui.keys('Escape')
        self.window.gone('push button', 'Call Anyway')
        self.assertFalse(self.dialled())
        self.assertEqual(self.desk.query('SELECT count(*) FROM calls').strip(), '0')

        ui.keys('ctrl+d')
        self.asks('%s is tagged “%s”.' % (self.person['name'], self.person['tags'][0]))
        ui.keys('alt+a')
        self.window.calls('calling')
        ui.wait(self.dialled, 'the tel: link')
        self.close(self.window)

    def test_a_colleague_was_faster(self):
        self.open_with('')
        colleague = next(user for user in self.sandbox.harvest('users', per_page=500)
                         if user['name'] != self.sandbox.recruiter_name() and not user['deactivated'])
        self.sandbox.write_note(self.person['id'], colleague['id'], 'Spoke with them just now.')
        # Looked at anew: the feed is read.
        self.window.open_candidate(self.other['name'])
        self.window.open_candidate(self.person['name'])
        self.window.says(colleague['name'] + ' wrote a note just now')
        self.press_call()
        self.asks(colleague['name'] + ' wrote a note just now.')
        ui.keys('Escape')
        self.window.gone('push button', 'Call Anyway')
        self.assertFalse(self.dialled())
        self.close(self.window)

    def test_a_number_without_a_country(self):
        """In the test's locale no country is at home; the candidate's other number tells the likeliest."""
        rows = [row.split('|') for row in self.desk.query(
            "SELECT n.typed, n.candidate_id FROM candidate_phones n JOIN candidate_phones o USING (candidate_id)"
            " WHERE n.e164 IS NULL AND n.typed GLOB '[2-9][0-9][0-9]-[0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]'"
            " AND o.e164 LIKE '+1%'").split('\n')]
        typed, self.person = next((number, person) for number, candidate in rows
                                  for person in self.desk.ask('show', candidate)
                                  if re.fullmatch('[A-Z][a-z]+ [A-Z][a-z]+', person['name'])
                                  and len(self.desk.ask('search', person['name'])) == 1)
        self.open_with('')
        self.window.says(lambda said: 'does not say its country' in said)
        self.window.press_button('Choose the country of %s, and call' % typed)
        self.window.says('Which Country Is %s In?' % typed)
        # Of the buttons that are called so, the question's.
        self.window.press(ui.wait(lambda: next((button for button in ui.walk(self.window.root)
                                                if ui.role_of(button) == 'push button'
                                                and button.get_name() == '_Call Call'), None), 'the answer'))
        self.window.calls('calling')
        ui.wait(self.dialled, 'the tel: link')
        with open(TEL_LOG) as log:
            self.assertIn('tel:+1' + typed.replace('-', ''), log.read())
        self.assertEqual(self.desk.query('SELECT number, e164 FROM calls'),
                         '%s|+1%s' % (typed, typed.replace('-', '')))
        self.close(self.window)

    def test_one_call_after_the_other(self):
        self.open_with('')
        self.press_call()
        self.window.calls('calling')
        self.window.press_button('They answered')
        self.window.open_candidate(self.other['name'])
        self.press_call()
        self.window.says('You Are on a Call with ' + self.person['name'])
        ui.keys('Escape')
        self.window.gone('push button', 'End It First')
        self.window.calls('talking')

        self.press_call()
        self.window.press_button('End It First')
        self.window.says(self.person['name'], self.window.pane('Candidate'))
        self.window.press_button('Save', self.window.pane('Wrap up'))
        # The next one, as it was asked for.
        self.window.says(self.other['name'], self.window.pane('Candidate'))
        self.window.calls('calling')
        ui.wait(lambda: self.dialled() == 2, 'the second tel: link')
        self.assertEqual(self.desk.query("SELECT count(*) FROM calls WHERE state <> 'ended'").strip(), '1')
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
