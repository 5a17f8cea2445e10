"""Deleting an integration: what it says first, what can still be sent, and what is left: nothing."""
import os

import alone
import company
import tool
import ui

TITLE = 'Delete Integration'


class Remove(alone.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        self.desk.connect()
        self.desk.sync()
        self.people = self.sandbox.candidate_ids()

    def show(self):
        self.window = self.open('remove', TITLE)
        self.confirm = self.window.find('text', 'Type DELETE to confirm')

    def names(self):
        return [node.get_name() for node in ui.walk(self.window.form) if ui.role_of(node) == 'list item']

    def confirmed(self, typed):
        self.window.set_text(self.confirm, typed)
        return self.window.can_press(TITLE)

    def assertThere(self):
        self.assertEqual(len(self.desk.ask('integration', 'list')), 1)
        self.assertEqual(tool.count_secrets(), 1)

    def assertNoTrace(self):
        self.assertEqual(self.desk.ask('integration', 'list'), [])
        self.assertEqual(tool.count_secrets(), 0)
        left = [name for name in os.listdir(self.desk.profile) if self.desk.id in name]
        self.assertEqual(left, [])

    def test_by_the_word_alone(self):
        self.show()
        self.window.says(lambda said: said.startswith('Delete “') and 'Alder Works' in said)
        ui.wait(lambda: '60 candidates' in self.names(), 'how many go')
        self.assertIn('Credentials', self.names())
        self.assertIn('Greenhouse keeps everything it has', self.names())
        self.assertIsNone(self.window.peek('push button', 'Send Now'))

        self.assertFalse(self.window.can_press(TITLE))
        for other in ('delete', 'DELET', 'DELETE it', 'DELETED'):
            self.assertFalse(self.confirmed(other), other)
        ui.keys('Return')
        self.assertTrue(self.confirmed(' DELETE '))
        self.assertThere()

        # The keyboard has been in the entry from the start.
        ui.keys('Return')
        self.assertEqual(self.window.end(), ['removed'])
        self.assertNoTrace()

    def test_thinking_better_of_it(self):
        self.show()
        self.assertTrue(self.confirmed('DELETE'))
        ui.keys('Escape')
        self.assertEqual(self.window.end(), [])
        self.assertThere()

    def test_sending_first(self):
        first, second = self.people[:2]
        name = self.desk.ask('show', first)[0]['name']
        self.desk.do('note', first, text='Likes sailing boats.\nAnd more of that.\n')
        self.desk.do('note', second, text='Back in spring.\n')
        self.sandbox.fault('status', 'POST', '/v3/notes', status=422)
        self.show()
        self.window.find('list item', name)
        self.window.says(lambda said: said.startswith('Likes sailing boats.') and 'waiting' in said and 'more' not in said)
        self.window.says(lambda said: said.startswith('Back in spring.'))
        self.window.says(lambda said: 'lost' in said)

        # One is refused, and stays with the reason; the other one arrives.
        self.window.press_button('Send Now')
        self.window.says(lambda said: said.startswith('Likes sailing boats.') and 'refused' in said)
        ui.wait(lambda: not any(said.startswith('Back in spring.') for said in map(ui.text, ui.walk(self.window.form))),
                'the note that arrived to go')
        self.assertEqual(len(self.sandbox.notes(second, 'Back in spring.')), 1)
        self.assertEqual(self.sandbox.notes(first, 'sailing'), [])

        ui.wait(lambda: self.confirmed('DELETE'), 'the button')
        self.window.press_button(TITLE)
        self.assertEqual(self.window.end(), ['removed'])
        self.assertNoTrace()

    def test_the_last_one_leaves_good_news(self):
        self.desk.do('note', self.people[2], text='Calls back.\n')
        self.show()
        self.window.press_button('Send Now')
        self.window.says('All notes are in Greenhouse.')
        self.assertEqual(len(self.sandbox.notes(self.people[2], 'Calls back.')), 1)
        self.assertThere()
        self.assertEqual(self.window.quit(), 0)

    def test_switched_off(self):
        self.desk.do('note', self.people[3], text='Waits for ever.\n')
        self.desk.do('integration', 'pause', self.desk.id)
        self.show()
        self.window.says(lambda said: 'switch it on first' in said)
        self.assertFalse(self.window.can_press('Send Now'))
        self.assertEqual(self.window.quit(), 0)
        self.assertThere()


class Contacts(alone.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        company.connect(self)
        self.desk.do('contacts', 'sync')
        self.window = self.open('remove', TITLE)
        self.confirm = self.window.find('text', 'Type DELETE to confirm')

    def offer(self):
        def look():
            self.window.root.clear_cache()
            return next((node for node in ui.walk(self.window.form) if ui.role_of(node) == 'check box' and
                         node.get_name().startswith('Take %d contacts' % company.count(self))), None)
        return ui.wait(look, 'the offer')

    def test_contacts_go_along(self):
        self.assertGreater(company.count(self), 40)
        self.window.press(self.offer())
        self.window.set_text(self.confirm, 'DELETE')
        ui.keys('Return')
        self.assertEqual(self.window.end(), ['removed'])
        self.assertEqual(company.count(self), 0)
        self.assertEqual(self.desk.ask('integration', 'list'), [])

    def test_contacts_stay(self):
        before = company.count(self)
        self.offer()
        self.window.set_text(self.confirm, 'DELETE')
        ui.keys('Return')
        self.assertEqual(self.window.end(), ['removed'])
        self.assertEqual(company.count(self), before)

    def test_nothing_goes_where_contacts_cannot(self):
        self.ct.switch('keys', keys='withdrawn')
        self.addCleanup(self.ct.switch, 'keys', keys='ok')
        self.window.press(self.offer())
        self.window.set_text(self.confirm, 'DELETE')
        ui.keys('Return')
        self.window.says(lambda said: said.startswith('CloudTalk does not accept the keys'))
        ui.keys('Escape')
        self.assertEqual(self.window.end(), [])
        self.assertEqual(len(self.desk.ask('integration', 'list')), 1)


if __name__ == '__main__':
    tool.main()
