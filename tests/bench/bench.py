"""What the benches share: figures, the sandbox, a desk, and what processes cost."""
import argparse
import atexit
import base64
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

# Whoever is stopped stops what it started.
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))


def arguments(description):
    """What every bench takes: the programs it needs, and how many people."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--candidates', type=int, default=10000)
    parser.add_argument('--programs', required=True, help='where dialhousectl, driven, bare-window and floor are')
    return parser


class Figures:
    """Prints one line of JSON a figure, as bench_print() in bench.c does."""

    def __init__(self, bench, candidates):
        self.bench, self.candidates = bench, candidates

    def print(self, figure, value, unit, limit=None, limit_name='', target=None):
        ratio = value / limit if limit else None
        met = None if target is None else ratio <= target if limit else value <= target
        print(json.dumps({
            'bench': self.bench, 'candidates': self.candidates, 'figure': figure, 'unit': unit,
            'value': round(value, 4), 'limit': limit and round(limit, 4), 'limit_name': limit_name,
            'ratio': ratio and round(ratio, 4), 'target': target,
            'met': met,
        }), flush=True)


def median(values):
    return percentile(values, 0.5)


def percentile(values, part):
    """The value that this part of them does not exceed."""
    values = sorted(values)
    return values[max(0, math.ceil(len(values) * part) - 1)]


class Sandbox:
    """dialhousectl sandbox in a process of its own. It stands for computers elsewhere: it lets others go first."""

    def __init__(self, ctl, *options):
        self.process = subprocess.Popen(['nice', ctl, 'sandbox', *options], stdout=subprocess.PIPE, text=True)
        atexit.register(self.stop)
        self.about = json.loads(self.process.stdout.readline())

    def __getattr__(self, name):
        return self.__dict__['about'][name]

    def ask(self, method, path, body=None, headers=None):
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        request = urllib.request.Request(self.web_url + path, method=method, data=body, headers=headers or {})
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.startswith(('{', '[')) else text

    def token(self):
        basic = base64.b64encode(('%s:%s' % (self.client_id, self.client_secret)).encode()).decode()
        return self.ask('POST', '/token', b'grant_type=client_credentials',
                        {'Authorization': 'Basic ' + basic,
                         'Content-Type': 'application/x-www-form-urlencoded'})['access_token']

    def list(self, path):
        """One page of a list, and the seconds it took."""
        headers = {'Authorization': 'Bearer ' + self.token()}
        began = time.monotonic()
        rows = self.ask('GET', '/v3/' + path, headers=headers)
        return rows, time.monotonic() - began

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Cost:
    """Runs a command to its end and says what it cost."""

    def __init__(self, command, stdin=None):
        began = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        process.stdin.write(stdin or '')
        process.stdin.close()
        self.output = process.stdout.read()
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - began
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024
        if process.returncode != 0:
            sys.exit('%s ended with %d' % (command[0], process.returncode))

    def summary(self):
        """The last line of output, as JSON."""
        return json.loads(self.output.splitlines()[-1])


class Desk:
    """A profile of its own, connected to a sandbox."""

    def __init__(self, ctl, sandbox):
        self.ctl, self.sandbox = ctl, sandbox
        self.folder = tempfile.mkdtemp(prefix='bench-desk.')
        self.profile = os.path.join(self.folder, 'profile')
        self.id = self.run('integration', 'add', '--name', 'Alder', '--subdomain', 'alder',
                           '--client-id', sandbox.client_id, '--as', sandbox.recruiter,
                           stdin=sandbox.client_secret).strip()
        self.run('integration', 'set', self.id, 'harvest-url', sandbox.harvest_url)
        self.run('integration', 'set', self.id, 'auth-url', sandbox.auth_url)
        self.run('integration', 'activate', self.id)

    def command(self, *words):
        return [self.ctl, '--profile', self.profile, *words]

    def run(self, *words, stdin=''):
        return subprocess.run(self.command(*words), input=stdin, capture_output=True, text=True, check=True).stdout

    def sync(self):
        return Cost(self.command('sync'))

    def size(self):
        """The stored file's MB."""
        return sum(os.path.getsize(os.path.join(self.profile, name)) for name in os.listdir(self.profile)) / 1e6

    def delete(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Window:
    """driven or bare-window, which answer in lines of JSON."""

    def __init__(self, command):
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit('the window went away')
        return json.loads(line)

    def painted(self):
        """Seconds from the start of the process to the first painted rows."""
        return self.read()['painted_at'] - self.began

    def tell(self, *words):
        self.process.stdin.write(' '.join(map(str, words)) + '\n')
        self.process.stdin.flush()

    def ask(self, *words):
        self.tell(*words)
        return self.read()

    def memory(self):
        """MB that are its own: proportional set size."""
        with open('/proc/%d/smaps_rollup' % self.process.pid) as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith('Pss:'))

    def close(self):
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.stdout.close()
        self.process.wait(60)
