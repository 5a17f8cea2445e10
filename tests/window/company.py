"""A company that has both, a Greenhouse and a CloudTalk: the sandbox, and a desk that knows them."""
import house  # noqa: F401  (the service tests lie where it leads)
import cloudtalk


def connect(test):
    """An integration in step with Greenhouse, and an account; nothing goes there by itself yet."""
    test.ct = cloudtalk.CloudTalk(test.sandbox)
    test.ct.reset()
    test.ct.switch('allowance', limit=1000000, told='always')
    test.ct.switch('contacts', delete='all')
    test.desk.connect()
    test.desk.do('integration', 'set', test.desk.id, 'contact-sync', 'no')
    account = test.desk.do('phone', 'add', 'cloudtalk', '--key-id', test.ct.key_id, '--as', test.sandbox.recruiter,
                           text=test.ct.secret).strip()
    test.desk.do('phone', 'set', account, 'url', test.sandbox.cloudtalk_url)
    test.desk.sync()


def count(test):
    return len(test.sandbox.ask('GET', '/sandbox/cloudtalk/contacts'))
