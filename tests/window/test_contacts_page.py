"""Candidates as contacts of the phone system: the page of an integration about them."""
import company
import setting
import tool
import ui


class Contacts(setting.Test):
    def setUp(self):
        super().setUp()
        company.connect(self)

    def open_page(self):
        self.open_settings()
        self.activate(self.row('Alder Works'))
        self.find('push button', 'Check Again')
        # It lies near the end of a long page.
        self.go('Contacts', 'shift+Tab')
        self.find('push button', 'Preview Contacts')

    def go_by_keyboard(self):
        """No row in between takes the keyboard, and a button says what its row says."""
        self.tab_to('Stages')
        for name in ('Preview Contacts', 'Sync Contacts', 'Take Contacts Away…'):
            ui.keys('Tab')
            node = ui.wait(lambda: (now := self.focused()) is not None and now.get_name() == name and now, name)
            self.assertTrue(node.get_description(), name)

    def test_there_and_back(self):
        self.open_page()
        self.go_by_keyboard()
        self.window.press_button('Preview Contacts', self.settings)
        self.says(lambda said: said.startswith('Would add ') and said.split()[2] != '0,')
        self.assertTrue(self.find('push button', 'Preview Contacts').get_description().startswith('Would add '))
        self.assertEqual(company.count(self), 0)
        self.window.press_button('Sync Contacts', self.settings)
        self.says(lambda said: said.endswith(' 0 removed') and ' added, ' in said)
        self.assertGreater(company.count(self), 40)
        self.window.press_button('Preview Contacts', self.settings)
        self.says(lambda said: said.startswith('Nothing to do'))

        self.window.press_button('Take Contacts Away…', self.settings)
        # In a question the buttons exist twice, one of them not to be seen.
        self.window.press(self.window.find('push button', 'Take Away', self.window.find('dialog')))
        self.says(lambda said: ' removed' in said and ' 0 added, 0 changed' in said)
        self.assertEqual(company.count(self), 0)
        self.close(self.window)

    def test_by_themselves(self):
        self.desk.do('integration', 'set', self.desk.id, 'contact-sync', 'yes')
        self.open_settings()
        ui.wait(lambda: company.count(self) > 40, 'the contacts')
        self.close(self.window)

    def test_whose(self):
        """Those of one job alone: ticked, told on the page, and what a sync then goes by."""
        self.open_page()
        self.go('Jobs')
        choices = self.find('list', 'Jobs')
        box = ui.wait(lambda: next((node for node in ui.walk(choices) if ui.role_of(node) == 'check box'), None),
                      'a job to choose')
        row = next(node for node in ui.children(choices) if ui.below(box, node))
        self.activate(row)
        ui.wait(lambda: self.kept('contact-jobs'), 'the job to be kept')
        job = self.kept('contact-jobs')
        ui.keys('alt+Left')
        self.says(job)
        self.window.press_button('Preview Contacts', self.settings)
        self.says(lambda said: said.startswith('Would add ') and 0 < int(said.split()[2].rstrip(',')) < 40)
        self.close(self.window)

    def test_what_goes_wrong_is_said(self):
        self.open_page()
        self.ct.switch('keys', keys='withdrawn')
        self.addCleanup(self.ct.switch, 'keys', keys='ok')
        self.window.press_button('Sync Contacts', self.settings)
        self.says(lambda said: said.startswith('CloudTalk does not accept the keys'))
        self.assertEqual(company.count(self), 0)
        self.close(self.window)


if __name__ == '__main__':
    tool.main()
