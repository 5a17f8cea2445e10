"""The whole program beside the least it could cost: first sync, start, memory, typing, changes, scrolling."""
import os
import threading
import time

import bench

FRAME = 16          # ms
N_CHANGES = 100
# What nobody is called before, and finds the changed ones alone.
NEW_COMPANY = 'Xyloquartz%d'
# What a recruiter types, in the letters of a plain keyboard and in others.
WORDS = ('alice brightwell mueller m\u00fcller o\'hanrahan siobhan dunmore zhang \u5f20 yamada \u5c71\u7530 ivanov maria '
         'josé muñoz goncalves featherstonehaugh weiss jaeger example engineer nurse 2025550 415 kestrel alder '
         'cohen \u05db\u05d4\u05df sharma haddad nguyen kowalski okonkwo tsereteli lukas anneliese phone')


class Pace:
    """How often, and how long."""
    starts = 5
    idle = 5        # seconds before memory is looked at
    scroll = 10     # seconds
    changes = 5


class QuickPace(Pace):
    """To see that the bench works, not what it says."""
    starts = idle = scroll = changes = 1


class Program:
    def __init__(self, options):
        self.options = options
        self.n = options.candidates
        self.pace = QuickPace if options.quick else Pace
        self.ctl = self.find('src/ctl/dialhousectl')
        self.figures = bench.Figures('program', self.n)
        self.sandbox = bench.Sandbox(self.ctl, '--candidates', str(self.n), '--allowance', '0')
        self.desk = bench.Desk(self.ctl, self.sandbox)

    def find(self, name):
        return os.path.join(self.options.programs, name)

    def window(self, desk):
        return bench.Window([self.find('tests/bench/driven'), '--profile', desk.profile])

    def bare_window(self):
        return bench.Window([self.find('tests/bench/bare-window')])

    # The first sync

    def measure_first_sync(self):
        file = os.path.join(self.desk.folder, 'floor.sqlite')
        floor = bench.Cost([self.find('tests/bench/floor'), self.sandbox.harvest_url, file], stdin=self.sandbox.token())
        cost = self.desk.sync()
        summary = cost.summary()
        assert summary['complete'] and summary['candidates'] == floor.summary()['candidates'], (summary, floor.output)
        speed = 1 / 0.6
        self.figures.print('first sync, processor', cost.cpu, 's', floor.cpu, 'the floor in C', speed)
        self.figures.print('first sync, time', cost.wall, 's', floor.wall, 'the floor in C', speed)
        if self.n == 100000:
            self.figures.print('first sync, processor, at most', cost.cpu, 's', 8, '8 s', 1)
        self.figures.print('first sync, peak memory of dialhousectl', cost.peak, 'MB', floor.peak, 'the floor in C')
        self.figures.print('stored file', self.desk.size(), 'MB', os.path.getsize(file) / 1e6, 'the floor in C')

    def measure_window_syncing(self):
        """The first sync again, in a window: what it holds where it is left alone, and where somebody scrolls
        through all scripts that people's names are written in; and whether it sticks then."""
        peak, limit, _, _ = self.sync_in_window(scrolled=False)
        self.figures.print('window during the first sync, peak memory', peak, 'MB', limit,
                           'a bare window + 60 MB', 1)
        peak, limit, frames, stall = self.sync_in_window(scrolled=True)
        self.figures.print('window during the first sync, scrolled, peak memory', peak, 'MB', limit,
                           'a bare window + 60 MB', 1)
        self.print_frames('scroll frame during the first sync', frames)
        self.print_stall('during the first sync', stall)

    def sync_in_window(self, scrolled):
        desk = bench.Desk(self.ctl, self.sandbox)
        bare = self.bare_window()       # as in measure_start: side by side
        bare.painted()
        window = self.window(desk)
        window.painted()
        sampler = Sampler(window)
        window.ask('sync', 'changes')
        if scrolled:
            window.tell('scroll', self.pace.scroll)
            frames, ended = read_until_both(window)
        else:
            frames, ended = None, window.read()
        assert ended['complete'] and ended['candidates'] == self.n, ended
        peak = sampler.end()
        stall = window.ask('stall')
        limit = bare.memory() + 60
        bare.close()
        window.close()
        desk.delete()
        return peak, limit, frames, stall

    # Start and memory

    def measure_start(self):
        """Bare, full and nearly empty in turn, so that all have the same luck."""
        few_sandbox = bench.Sandbox(self.ctl, '--candidates', '1000', '--allowance', '0')
        few = bench.Desk(self.ctl, few_sandbox)
        few.sync()
        makers = {'bare': self.bare_window, 'few': lambda: self.window(few), 'full': lambda: self.window(self.desk)}
        times = {name: [] for name in makers}
        for _ in range(self.pace.starts):
            for name, make in makers.items():
                window = make()
                times[name].append(window.painted())
                window.close()

        # Side by side, for what they share with others is counted in parts.
        windows = [self.bare_window(), self.window(self.desk)]
        for window in windows:
            window.painted()
        time.sleep(self.pace.idle)
        bare_memory, memory = (window.memory() for window in windows)
        for window in windows:
            window.close()
        few_sandbox.stop()
        few.delete()
        bare, full, least = (1000 * bench.median(times[name]) for name in ('bare', 'full', 'few'))
        self.figures.print('start to painted list', full, 'ms', bare, 'a bare window', 1.5)
        self.figures.print('start, beside 1,000 stored', full, 'ms', least, 'with 1,000 stored', 1.1)
        self.figures.print('memory after %d s' % self.pace.idle, memory, 'MB', bare_memory + 30,
                           'a bare window + 30 MB', 1)

    # The window at work

    def measure_typing(self, window):
        window.ask('stall')
        answer = window.ask('type', WORDS)
        self.figures.print('keystroke to result in the window, median', bench.median(answer['result']), 'ms')
        self.figures.print('keystroke to painted rows, median', bench.median(answer['painted']), 'ms')
        self.figures.print('frames from result to painted rows, p99', bench.percentile(answer['frames'], 0.99), 'frames',
                           2, '2 frames', 1)
        self.print_stall('while typing', window.ask('stall'))

    def measure_changes(self, window):
        """A hundred people are changed in Greenhouse; how long until the window has them?"""
        ids = [row['id'] for row in self.sandbox.list('candidates?per_page=500&fields=id')[0]][:N_CHANGES]
        waits, requests = [], []
        for run in range(self.pace.changes):
            company = NEW_COMPANY % run
            for one in ids:
                self.sandbox.ask('POST', '/sandbox/candidates',
                                 {'action': 'update', 'id': one, 'fields': {'company': company}})
            window.ask('search', company)
            for _ in range(2):
                requests.append(self.sandbox.list('candidates?per_page=500')[1])
            window.tell('await', len(ids), 60)
            started = window.ask('sync', 'changes')
            answers = [window.read(), window.read()]
            shown = next(answer for answer in answers if 'shown_at' in answer)
            assert shown['n'] == len(ids), answers
            waits.append(shown['shown_at'] - started['at'])
        window.ask('search', '')
        limit = 2 * bench.median(requests) + 0.1
        self.figures.print('100 changes, from "sync now" to shown', 1000 * bench.median(waits), 'ms', 1000 * limit,
                           'two requests + 100 ms', 1)

    def measure_scrolling(self, window):
        window.ask('stall')
        window.ask('sync', 'full')
        window.tell('scroll', self.pace.scroll)
        answers = [window.read()]
        while 'frames' not in answers[-1]:
            answers.append(window.read())
        self.print_frames('scroll frame during a full sync', answers[-1])
        self.print_stall('while scrolling during a full sync', window.ask('stall'))

    def print_frames(self, figure, answer):
        """Where others have the processor a frame waits for it: that is told apart."""
        self.figures.print(figure + ', p99', bench.percentile(answer['frames'], 0.99), 'ms', FRAME, 'a frame', 1)
        self.figures.print(figure + ', computing, p99', bench.percentile(answer['computing'], 0.99), 'ms', FRAME,
                           'a frame', 1)

    def print_stall(self, when, stall):
        """As long as it was, what a virtual machine's host took then, and how often it waited for the disk; had nobody
        else wanted its processor; and what it computed for in one go."""
        figure = 'longest stall of the main loop ' + when
        self.figures.print(figure, stall['longest'], 'ms', FRAME, 'a frame', 1)
        self.figures.print(figure + ', stolen by the host at most', stall['stolen'], 'ms')
        self.figures.print(figure + ', reading mapped files', stall['faults'], 'times')
        self.figures.print(figure + ', undisturbed', stall['undisturbed'], 'ms', FRAME, 'a frame', 1)
        self.figures.print(figure + ', computing', stall['busiest'], 'ms', FRAME, 'a frame', 1)

    def run(self):
        self.measure_first_sync()
        self.measure_start()
        if self.n <= 100000:
            self.measure_window_syncing()
        window = self.window(self.desk)
        window.painted()
        self.measure_typing(window)
        self.measure_changes(window)
        self.measure_scrolling(window)
        window.close()
        self.sandbox.stop()
        self.desk.delete()


def read_until_both(window):
    """The frames of a scrolled window and the outcome of its sync, whichever comes first."""
    frames = ended = None
    while frames is None or ended is None:
        answer = window.read()
        if 'ended' in answer:
            ended = answer
        else:
            frames = answer
    return frames, ended


class Sampler(threading.Thread):
    """Looks at a window's memory now and then, and keeps the most."""

    def __init__(self, window):
        super().__init__(daemon=True)
        self.window, self.peak, self.over = window, 0, threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.2):
            self.peak = max(self.peak, self.window.memory())

    def end(self):
        self.over.set()
        self.join()
        return self.peak


if __name__ == '__main__':
    parser = bench.arguments(__doc__)
    parser.add_argument('--quick', action='store_true', help=QuickPace.__doc__)
    Program(parser.parse_args()).run()
