"""Many desks on one key: a Monday morning on which everybody syncs and posts a note, and must get through.

Each desk is a profile of its own, and has synced before. At some moment of the first window it begins to fetch
everything again, and in the course of the next two it sends a note: in two processes that know nothing of each other.
The sandbox lets in 150 requests in 30 seconds."""
import argparse
import concurrent.futures
import datetime
import os
import random
import subprocess
import sys
import time

import bench

ALLOWANCE, WINDOW = 150, 30
MOST_WINDOWS = 2        # that a note may wait
IN_FLIGHT = 1.0         # seconds in which a request may still arrive that was sent before the 429 was read


def instant(text):
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()


class Member:
    """One desk of the fleet."""

    def __init__(self, number, ctl, sandbox):
        self.text = 'From desk %d of the fleet.' % number
        self.desk = bench.Desk(ctl, sandbox)
        self.desk.sync()
        chance = random.Random(number)
        self.begins_after = chance.uniform(0, WINDOW)
        self.notes_after = chance.uniform(0, 2 * WINDOW)
        self.processes = []
        self.ended = False

    def start(self, *words):
        process = subprocess.Popen(self.desk.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def work(self, candidate, end):
        """Syncs, and posts a note meanwhile."""
        time.sleep(self.begins_after)
        self.began = time.time()
        sync = self.start('sync', '--full')
        time.sleep(self.notes_after)
        self.noted_at = time.time()
        self.desk.run('note', str(candidate), stdin=self.text)
        flush = self.start('outbox', 'flush')
        try:
            for process in sync, flush:
                out, err = process.communicate(timeout=max(0.1, end - time.time()))
                if process.returncode != 0:
                    print('desk %s: %s' % (self.desk.id, err.strip()), file=sys.stderr)
        except subprocess.TimeoutExpired:
            for process in self.processes:
                process.kill()
                process.wait()
        self.ended = all(process.returncode == 0 for process in self.processes)
        self.ended_at = time.time()


class Log:
    """What the sandbox saw."""

    def __init__(self, sandbox):
        visits = [visit for visit in sandbox.ask('GET', '/sandbox/log') if visit['path'].startswith('/v3/')]
        self.visits = [(instant(visit['at']), visit['token'], visit['status']) for visit in visits]
        self.refusals = [(at, token) for at, token, status in self.visits if status == 429]

    def count_obeyed(self):
        """Refusals after which that process asked for nothing until the window was over."""
        return sum(not any(other == token and at + IN_FLIGHT < asked_at < (at // WINDOW + 1) * WINDOW
                           for asked_at, other, _ in self.visits)
                   for at, token in self.refusals)


def waits(sandbox, members):
    """How long each note took to arrive; those that did are left out of the second, which counts the missing."""
    found = {}
    since = datetime.datetime.utcfromtimestamp(min(member.began for member in members)).isoformat(timespec='seconds')
    rows, _ = sandbox.list('notes?per_page=500&type=NOTE&created_at=gte%7C' + since + 'Z')
    for note in rows:
        for member in members:
            if member.text in note['body']:
                found.setdefault(member, []).append(instant(note['created_at']) - member.noted_at)
    twice = sum(len(times) - 1 for times in found.values())
    return [times[0] for times in found.values()], len(members) - len(found), twice


def run(options, n_desks):
    ctl = os.path.join(options.programs, 'src/ctl/dialhousectl')
    sandbox = bench.Sandbox(ctl, '--candidates', str(options.candidates), '--allowance', '0')
    # A real desk takes one token an hour, ours one a command: the token service must not be what they wait for.
    sandbox.ask('POST', '/sandbox/allowance', {'api': 'token', 'allowance': 0})
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        members = list(pool.map(lambda number: Member(number, ctl, sandbox), range(n_desks)))
    candidates = [row['id'] for row in sandbox.list('candidates?fields=id&per_page=500')[0]]

    sandbox.ask('DELETE', '/sandbox/log')
    sandbox.ask('POST', '/sandbox/allowance', {'allowance': ALLOWANCE, 'seconds': WINDOW, 'aligned': True})
    time.sleep(WINDOW - time.time() % WINDOW)       # to have whole windows
    began = time.time()
    end = began + options.limit
    with concurrent.futures.ThreadPoolExecutor(n_desks) as pool:
        list(pool.map(lambda member: member.work(candidates[members.index(member)], end), members))

    sandbox.ask('POST', '/sandbox/allowance', {'allowance': 0})
    log = Log(sandbox)
    times, n_missing, n_twice = waits(sandbox, members)
    sandbox.stop()
    for member in members:
        member.desk.delete()

    permitted = (len(log.visits) - len(log.refusals) - 1) // ALLOWANCE * WINDOW
    figures = bench.Figures('fleet', options.candidates)
    name = '%d desks on one key' % n_desks
    seconds = max(member.ended_at for member in members) - began
    n_ended = sum(member.ended for member in members)
    figures.print(name + ', that did not end', n_desks - n_ended, 'desks', 0, 'none', 0)
    last = max(member.noted_at for member in members) - began
    figures.print(name + ', all are done after', seconds, 's', max(permitted, last),
                  'what the allowance permits' if permitted > last else 'when the last note is written')
    figures.print(name + ', longest wait of a note', max(times, default=0) / WINDOW, 'windows', MOST_WINDOWS, 'at most', 1)
    figures.print(name + ', notes missing or there twice', n_missing + n_twice, 'notes', 0, 'none', 0)
    figures.print(name + ', refused (429)', len(log.refusals), 'requests', len(log.visits), 'of all requests')
    figures.print(name + ', refusals not obeyed', len(log.refusals) - log.count_obeyed(), 'requests', 0, 'none', 0)
    return (n_desks, n_ended, '%.0f' % seconds, '%.2f' % (max(times, default=0) / WINDOW), len(log.visits),
            len(log.refusals), log.count_obeyed())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--programs', required=True, help='the build directory')
    parser.add_argument('--candidates', type=int, default=1000)
    parser.add_argument('--desks', default='20,100', help='how many, with commas between runs')
    parser.add_argument('--limit', type=float, default=900, help='seconds a run may take')
    options = parser.parse_args()

    table = [('desks', 'ended', 'seconds', 'longest wait of a note (windows)', 'requests', '429s', '429s obeyed')]
    for n_desks in map(int, options.desks.split(',')):
        table.append(run(options, n_desks))
    for row in table:
        print('  '.join(str(cell).rjust(len(head)) for cell, head in zip(row, table[0])), file=sys.stderr)


if __name__ == '__main__':
    main()
