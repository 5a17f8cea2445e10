"""dialhousectl as a script uses it: processes, pipes, exit statuses. And the sandbox it talks to."""
import base64
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

BARE_BUS = os.path.join(os.environ['G_TEST_SRCDIR'], 'support', 'bare.conf')
PROGRAM = os.path.abspath(sys.argv.pop(1))

# Under the address sanitizer the careful way to remember who allocated what makes a sync ten times as
# slow. Leaks are found either way; to see whose they are, run the command by hand.
os.environ['ASAN_OPTIONS'] = os.environ.get('ASAN_OPTIONS', '') + ':fast_unwind_on_malloc=1'


def wait(check, what, timeout=30.0):
    """Asks again until check() answers something true."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        got = check()
        if got:
            return got
        time.sleep(0.02)
    raise AssertionError('waited %gs for %s' % (timeout, what))


class Sandbox:
    """dialhousectl sandbox, with its door for tests."""

    def __init__(self, *options):
        self.process = subprocess.Popen([PROGRAM, 'sandbox', *options], stdout=subprocess.PIPE,
                                        text=True)
        self.about = json.loads(self.process.stdout.readline())
        self.kept_token = None

    def __getattr__(self, name):
        return self.__dict__['about'][name]

    def ask(self, method, path, body=None, headers=None):
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        request = urllib.request.Request(self.web_url + path, method=method, data=body,
                                         headers=headers or {})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.startswith(('{', '[')) else text

    # What Greenhouse has, by Greenhouse's own interface

    def token(self):
        basic = base64.b64encode(('%s:%s' % (self.client_id, self.client_secret)).encode()).decode()
        return self.ask('POST', '/token', b'grant_type=client_credentials',
                        {'Authorization': 'Basic ' + basic,
                         'Content-Type': 'application/x-www-form-urlencoded'})['access_token']

    def open_url(self, url, data=None):
        """With a token that is kept: there are sixty a minute, for everybody."""
        headers = {'Content-Type': 'application/json'} if data else {}
        for _ in range(2):
            self.kept_token = self.kept_token or self.token()
            headers['Authorization'] = 'Bearer ' + self.kept_token
            try:
                return urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30)
            except urllib.error.HTTPError as error:
                if error.code != 401:
                    raise
                self.kept_token = None
        raise AssertionError('no token is good for ' + url)

    def write_note(self, candidate, author, body):
        """A colleague's note."""
        note = {'candidate_id': candidate, 'user_id': author, 'body': body, 'note_type': 'NOTE',
                'visibility': 'public'}
        with self.open_url(self.harvest_url + '/v3/notes', json.dumps(note).encode()) as answer:
            return json.load(answer)

    def harvest(self, path, **query):
        """All rows of a list, page by page."""
        url = '%s/v3/%s?%s' % (self.harvest_url, path, urllib.parse.urlencode(query))
        rows = []
        while url:
            with self.open_url(url) as answer:
                rows += json.load(answer)
                link = answer.headers.get('Link') or ''
            url = link[1:link.index('>')] if link.startswith('<') else None
        return rows

    def notes(self, candidate, text):
        """Notes of a candidate that hold the text."""
        return [note for note in self.harvest('notes', candidate_ids=candidate, per_page=500)
                if text in (note['body'] or '')]

    def candidate_ids(self):
        return [row['id'] for row in self.harvest('candidates', fields='id', per_page=500)]

    def recruiter_name(self):
        return self.harvest('users', primary_email=self.recruiter)[0]['name']

    def feeds(self):
        """All that stands in anybody's activity feed."""
        return self.harvest('notes', per_page=500)

    def page(self, candidate):
        """The candidate's page, as a browser shows it."""
        return self.ask('GET', '/people/%d' % candidate)

    # What only a sandbox lets one do

    def fault(self, fault, method, path, **more):
        self.ask('POST', '/sandbox/faults', {'fault': fault, 'method': method, 'path': path, **more})

    def expire_tokens(self):
        self.ask('POST', '/sandbox/faults', {'fault': 'expire_tokens'})

    def take_scope(self, scope):
        self.ask('POST', '/sandbox/scopes', {'scope': scope, 'granted': False})

    def give_scopes(self):
        self.ask('POST', '/sandbox/scopes', {'granted': True})

    def take_permission(self, permission):
        self.ask('POST', '/sandbox/permissions', {'permission': permission, 'granted': False})

    def give_permissions(self):
        self.ask('POST', '/sandbox/permissions', {'granted': True})

    def credential(self, **how):
        """secret: ok, expired; acts_as: site_admin, basic, deactivated; addresses: any, other."""
        self.ask('POST', '/sandbox/credential', how)

    def set_clock(self, seconds):
        self.ask('POST', '/sandbox/clock', {'seconds': seconds})

    def retire_v1(self, status):
        self.ask('POST', '/sandbox/v1', {'retired': status})

    def change_user(self, action, user, **fields):
        self.ask('POST', '/sandbox/users', {'action': action, 'id': user, 'fields': fields})

    def churn(self, seed, every):
        """Something changes after every so many lists; 0 ends it."""
        self.ask('POST', '/sandbox/churn', {'seed': seed, 'every': every})

    def lag(self, requests):
        """How many lists it takes until one filtered by updated_at knows of a change."""
        self.ask('POST', '/sandbox/lag', {'requests': requests})

    def weather(self, seed, percent, path='/'):
        """The share of requests that meets a fault."""
        self.ask('POST', '/sandbox/weather', {'seed': seed, 'percent': percent, 'path': path})

    def world(self):
        """All that the lists would give: candidates, applications, jobs, stages, users."""
        return self.ask('GET', '/sandbox/world')

    def reset(self):
        """Ends faults, and forgets who came."""
        self.ask('DELETE', '/sandbox/faults')
        self.ask('DELETE', '/sandbox/log')
        self.give_scopes()
        self.give_permissions()
        self.credential(secret='ok', acts_as='site_admin', addresses='any')
        self.set_clock(0)
        self.retire_v1(0)
        self.churn(0, 0)
        self.lag(0)
        self.weather(0, 0)

    def n_requests(self, method, path):
        return sum((visit['method'], visit['path']) == (method, path) for visit in self.log())

    def log(self):
        return self.ask('GET', '/sandbox/log')

    def change(self, action, what='candidates', **more):
        """Changes candidates, applications, jobs or stages; the id of what was added."""
        return self.ask('POST', '/sandbox/' + what, {'action': action, **more})['id']

    def stop(self):
        self.process.terminate()
        status = self.process.wait(20)
        self.process.stdout.close()
        assert status == 0, status


class TokenDoor(http.server.ThreadingHTTPServer):
    """Stands before the sandbox's token service and remembers the tokens it hands out."""

    def __init__(self, sandbox):
        self.tokens = []
        door = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                headers = {name: self.headers[name] for name in ('Authorization', 'Content-Type')}
                answer = sandbox.ask('POST', self.path, body, headers)
                if 'access_token' in answer:
                    door.tokens.append(answer['access_token'])
                data = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header('Content-Type', 'application/json')
                self.send_header('Content-Length', str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *arguments):
                pass

        super().__init__(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d' % self.server_port
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


def files(*folders):
    """Every file below, with what it holds."""
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(parent, name)
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, 'rb') as file:
                        yield path, file.read()


class Bus:
    """A session bus that can start nothing by itself."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix='bus.')
        self.env = dict(os.environ, XDG_DATA_HOME=self.home, XDG_RUNTIME_DIR=self.home)
        self.process = subprocess.Popen(['dbus-daemon', '--config-file=' + BARE_BUS, '--nofork',
                                         '--print-address'], env=self.env, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.env['DBUS_SESSION_BUS_ADDRESS'] = self.process.stdout.readline().strip()

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()
        shutil.rmtree(self.home, ignore_errors=True)


class Keyring(Bus):
    """A keyring of its own: one that was never unlocked, or one to be locked later."""

    def __init__(self, password=None):
        super().__init__()
        # It warns when an item is replaced, and is not to die of that.
        env = {name: value for name, value in self.env.items() if name != 'G_DEBUG'}
        self.daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground',
                                        '--components=secrets',
                                        *(['--unlock'] if password else [])], env=env,
                                       stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        self.daemon.stdin.write((password or '').encode())
        self.daemon.stdin.close()
        wait(self.is_there, 'the keyring')

    def lock(self):
        subprocess.run(['gdbus', 'call', '--session', '-d', 'org.freedesktop.secrets',
                        '-o', '/org/freedesktop/secrets',
                        '-m', 'org.freedesktop.Secret.Service.Lock',
                        '[objectpath "/org/freedesktop/secrets/collection/login"]'],
                       env=self.env, check=True, stdout=subprocess.DEVNULL)

    def is_there(self):
        return subprocess.run(['gdbus', 'introspect', '--session', '-d', 'org.freedesktop.secrets',
                               '-o', '/org/freedesktop/secrets'], env=self.env,
                              capture_output=True).returncode == 0

    def close(self):
        self.daemon.terminate()
        self.daemon.wait(10)
        super().close()


def _ask_keyring(what, env=None):
    """In a process of its own: libsecret remembers what it once loaded."""
    return subprocess.run([sys.executable, '-W', 'ignore', '-c', '''
import gi
gi.require_version('Secret', '1')
from gi.repository import Secret
service = Secret.Service.get_sync(Secret.ServiceFlags.OPEN_SESSION |
                                  Secret.ServiceFlags.LOAD_COLLECTIONS)
items = [item for collection in service.get_collections() for item in collection.get_items()]
''' + what], check=True, capture_output=True, text=True, env=env).stdout


def count_secrets(env=None):
    return int(_ask_keyring('print(len(items))', env))


def read_secrets():
    """What the keyring holds: every value, with its label and attributes."""
    return _ask_keyring('''
for item in items:
    item.load_secret_sync()
    print(item.get_label(), item.get_attributes(), item.get_secret().get_text())
''')


def forget_secrets():
    _ask_keyring('for item in items: item.delete_sync()')


class Desk:
    """A profile of its own, and the commands in it."""

    def __init__(self, sandbox=None, env=os.environ):
        self.env = dict(env)
        self.profile = tempfile.mkdtemp(prefix='profile.')
        self.sandbox = sandbox
        self.id = None

    def start(self, *arguments, stdin=subprocess.DEVNULL, env=None, **more):
        return subprocess.Popen([PROGRAM, '--profile', self.profile, *map(str, arguments)],
                                stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, env=self.env | (env or {}), **more)

    def run(self, *arguments, text='', env=None, timeout=120):
        process = self.start(*arguments, stdin=subprocess.PIPE, env=env)
        try:
            out, err = process.communicate(text, timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError('%r did not end: %r' % (arguments, process.communicate()))
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def do(self, *arguments, **more):
        """What must succeed; answers standard output."""
        done = self.run(*arguments, **more)
        assert done.returncode == 0, '%r: %d, %r' % (arguments, done.returncode, done.stderr)
        return done.stdout

    def ask(self, *arguments, **more):
        """The same for an answer in JSON lines."""
        return [json.loads(line) for line in self.do(*arguments, **more).splitlines()]

    def add(self, secret=None, client_id=None, recruiter=None, api='v3', name='Alder Works',
            sandbox=None, options=()):
        sandbox = sandbox or self.sandbox
        if api == 'v1':
            options = ('--api', 'v1', *options)
            secret = secret or sandbox.api_key
        else:
            options = ('--client-id', client_id or sandbox.client_id, *options)
        self.id = self.do('integration', 'add', '--name', name, '--subdomain', 'alder',
                          '--as', recruiter or sandbox.recruiter, *options,
                          text=(secret or sandbox.client_secret) + '\n').strip()
        self.do('integration', 'set', self.id, 'harvest-url', sandbox.harvest_url)
        self.do('integration', 'set', self.id, 'auth-url', sandbox.auth_url)
        return self.id

    def connect(self, **more):
        self.add(**more)
        self.do('integration', 'activate', self.id)
        # No list lags here, unless a test wants it.
        self.do('integration', 'set', self.id, 'note-patience', '4')
        return self.id

    def check(self, identity=None, **more):
        """What a check finds, be it good or bad, and its exit status."""
        done = self.run('integration', 'check', identity or self.id, '--json', **more)
        return json.loads(done.stdout), done.returncode

    def show(self, identity=None):
        return self.ask('integration', 'show', identity or self.id)[0]

    def sync(self, *options):
        return self.ask('sync', *options)[-1]

    def outbox(self):
        return self.ask('outbox', 'list')

    def database(self, identity=None):
        found = [os.path.join(self.profile, name) for name in os.listdir(self.profile)
                 if name.endswith('.sqlite') and name.startswith(identity or '')]
        assert len(found) == 1, found
        return found[0]

    def query(self, sql, identity=None):
        return subprocess.run(['sqlite3', self.database(identity), sql], check=True, text=True,
                              capture_output=True).stdout.strip()

    def make_it_noon(self):
        """For all candidates: whoever is called at night is asked about first, and tests run at all hours."""
        hours = 12 - time.gmtime().tm_hour
        self.query("UPDATE candidates SET time_zone = 'Etc/GMT%s'" % (f'{-hours:+d}' if hours else ''))

    def remove(self):
        shutil.rmtree(self.profile)


class Test(unittest.TestCase):
    """One sandbox for a class of tests, one desk for each."""

    options = ('--candidates', '200')

    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.sandbox.stop()

    def setUp(self):
        self.sandbox.reset()
        self.desk = Desk(self.sandbox)
        self.addCleanup(self.desk.remove)

    def assertRefused(self, done, status, *words):
        """Status, nothing but one sentence on standard error, and what it must name."""
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertRegex(done.stderr, r'\Adialhousectl: [^\n]{10,}\n\Z')
        for word in words:
            self.assertIn(word, done.stderr)


def main():
    unittest.main(argv=[sys.argv[0], '-v', *sys.argv[1:]])
