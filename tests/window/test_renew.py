"""New credentials for an integration that stays."""
import alone
import tool
import ui

TITLE = 'New Credentials'
ID, SECRET, KEY, ACTING_USER = 'Client ID', 'Client secret', 'Harvest API key', 'Acting user'


class Renew(alone.Test):
    options = ('--candidates', '60', '--allowance', '0')

    def setUp(self):
        super().setUp()
        tool.forget_secrets()
        self.desk.connect()
        self.desk.sync()

    def show(self):
        self.window = self.open('renew', TITLE)

    def fill(self, **fields):
        for name, value in fields.items():
            ui.Atspi.EditableText.set_text_contents(self.window.find('text', name.replace('_', ' ')), value)

    def save(self, client_id=None, secret=None):
        self.fill(**{ID: self.sandbox.client_id if client_id is None else client_id,
                     SECRET: self.sandbox.client_secret if secret is None else secret})
        self.window.press_button('Save', self.window.form)

    def assertKept(self):
        listed, = self.desk.ask('integration', 'list')
        self.assertEqual((listed['id'], listed['name']), (self.desk.id, 'Alder Works'))
        self.assertEqual(tool.count_secrets(), 1)
        self.assertEqual(self.desk.query('SELECT count(*) FROM candidates'), '60')
        return listed

    def test_only_what_is_new(self):
        self.show()
        for name in ('Name of this connection', 'Your e-mail in Greenhouse', KEY):
            self.assertEqual(self.window.shown('text', name), [], name)
        self.save(secret='wrong' * 8)
        self.window.says(lambda said: 'does not accept' in said)
        ui.wait(lambda: self.window.can_press('Save'), 'the form to be free again')
        self.assertEqual(ui.text(self.window.find('text', ID)), self.sandbox.client_id)

        self.save()
        self.window.says(lambda said: 'Alder Works' in said and said.endswith('Has New Credentials'))
        self.window.press_button('Done', self.window.form)
        self.assertEqual(self.window.end(), ['connected', self.desk.id])
        self.assertKept()
        self.desk.sync()

    def test_switched_off(self):
        self.desk.do('integration', 'pause', self.desk.id)
        self.show()
        self.save()
        self.window.says(lambda said: said.endswith('Has New Credentials'))
        self.window.press_button('Switch on', self.window.form)
        self.assertEqual(self.window.end(), ['connected', self.desk.id])
        self.assertEqual(self.assertKept()['status'], 'active')

    def test_thinking_better_of_it(self):
        self.show()
        ui.keys('Escape')
        self.assertEqual(self.window.end(), [])
        self.assertKept()
        self.desk.sync()

    def test_after_the_end_of_v1(self):
        self.desk = tool.Desk(self.sandbox)
        self.addCleanup(self.desk.remove)
        tool.forget_secrets()
        self.desk.connect(api='v1')
        self.desk.sync()
        self.assertIn(self.sandbox.api_key, tool.read_secrets())
        self.sandbox.retire_v1(410)
        self.assertRefused(self.desk.run('sync'), 1, 'V3')

        # It has what the new kind asks for, and nothing to choose.
        self.show()
        self.assertEqual(self.window.shown('text', KEY), [])
        self.save()
        self.window.says(lambda said: said.endswith('Has New Credentials'))
        self.window.press_button('Done', self.window.form)
        self.assertEqual(self.window.end(), ['connected', self.desk.id])

        self.assertEqual(self.assertKept()['api'], 'v3')
        self.assertNotIn(self.sandbox.api_key, tool.read_secrets())
        self.assertEqual(self.desk.sync()['created'], 0)


if __name__ == '__main__':
    tool.main()
