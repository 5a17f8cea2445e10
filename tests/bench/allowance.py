"""The first sync against a sandbox that counts: how close it comes to what the allowance permits.

The last request may go out as the fifth window begins. So whatever is asked for besides (lists are walked in parts, and
each part ends in a page that is not full) has to wait for that window, and is seen; but there is room for it. A company
whose last request is the last of a window would wait a whole window for one request more: how many more there were is
printed beside the time."""
import concurrent.futures
import os

import bench

# requests, seconds, people: what takes four windows and a little
ALLOWANCES = ((50, 10, 40000), (50, 30, 40000), (150, 30, 122000))
DELAYS = (0, 200, 1000)     # ms a reply takes


class Run:
    def __init__(self, options, allowance, window, candidates, delay):
        self.allowance, self.window, self.candidates, self.delay = allowance, window, candidates, delay
        self.ctl = os.path.join(options.programs, 'src/ctl/dialhousectl')

    def sync(self):
        sandbox = bench.Sandbox(self.ctl, '--candidates', str(self.candidates), '--allowance', str(self.allowance),
                                '--window', str(self.window), '--unaligned', '--delay', str(self.delay))
        desk = bench.Desk(self.ctl, sandbox)
        self.summary = desk.sync().summary()
        assert self.summary['complete'] and self.summary['candidates'] == self.candidates, self.summary
        desk.delete()
        sandbox.stop()

    def permitted(self, needed):
        """The seconds after which the last request may go out, and its reply's; before the first, those until there
        is a token, which is asked for elsewhere and counts nowhere, but without which nobody may ask."""
        return self.delay / 1000 + (needed - 1) // self.allowance * self.window + self.delay / 1000


def count_needed(options, candidates):
    """The requests of one who walks through each list once, in full pages: the floor's."""
    ctl = os.path.join(options.programs, 'src/ctl/dialhousectl')
    sandbox = bench.Sandbox(ctl, '--candidates', str(candidates), '--allowance', '0')
    desk = bench.Desk(ctl, sandbox)
    floor = bench.Cost([os.path.join(options.programs, 'tests/bench/floor'), sandbox.harvest_url,
                        os.path.join(desk.folder, 'floor.sqlite')], stdin=sandbox.token())
    desk.delete()
    sandbox.stop()
    return floor.summary()['requests']


def main():
    options = bench.arguments(__doc__).parse_args()
    for allowance, window, candidates in ALLOWANCES:
        needed = count_needed(options, candidates)
        runs = [Run(options, allowance, window, candidates, delay) for delay in DELAYS]
        # Side by side: they wait most of the time.
        with concurrent.futures.ThreadPoolExecutor(len(runs)) as pool:
            list(pool.map(Run.sync, runs))
        for run in runs:
            figures = bench.Figures('allowance', candidates)
            name = 'first sync at %d in %d s, replies after %d ms' % (allowance, window, run.delay)
            figures.print(name, run.summary['seconds'], 's', run.permitted(needed), 'what the allowance permits', 1.05)
            figures.print(name + ', requests', run.summary['requests'], 'requests', needed, 'in full pages')
            figures.print(name + ', refused (429)', run.summary['refused'], 'requests', 0, 'none', 0)


if __name__ == '__main__':
    main()
