"""Says what failed in a run of meson's, and counts: a test that speaks TAP by its points, any
other test as one. A second log is of those that failed in the first and ran again: it counts in their
stead, and what passed only then is named. The last line is for scripts: N passed, N failed, N skipped.

With --failed it only names the tests that failed, a line each."""

import json
import re
import sys

POINT = re.compile(r'^(not )?ok\b(?:[^#\\]|\\.)*(#\s*(skip|todo))?', re.IGNORECASE)
GOOD = ('OK', 'EXPECTEDFAIL', 'SKIP')


def points(output):
    """The names of the failed, and the numbers of passed and skipped points of TAP output."""
    failed, passed, skipped = [], 0, 0
    for line in output.splitlines():
        point = POINT.match(line)
        if not point:
            continue
        if point[3] and point[3].lower() == 'skip':
            skipped += 1
        elif point[1]:
            failed.append(line)
        else:
            passed += 1
    return failed, passed, skipped


def read(log):
    """The tests of a log by name, in its order."""
    with open(log, encoding='utf-8') as lines:
        return {test['name']: test for test in map(json.loads, lines)}


def judge(test):
    """What is wrong with a test, a sentence each, and how many points passed and were skipped."""
    bad, good, skipped = points(test.get('stdout') or '')
    complaints = [f'{test["name"]}: {point}' for point in bad]

    if not bad and not good:
        skipped = max(1, skipped) if test['result'] == 'SKIP' else 0
        good = 1 if test['result'] in GOOD and not skipped else 0
    # A program can fail beside its points: crash, leak, take too long.
    if test['result'] not in GOOD and not bad:
        complaints.append(f'{test["name"]}: {test["result"].lower()}, exit status {test["returncode"]}')
    return complaints, good, skipped


def name_failed(log):
    for name, test in read(log).items():
        if test['result'] not in GOOD:
            print(name.split(' / ')[-1])
    return 0


def main(log, again=None):
    tests = read(log)
    unsteady = []

    for name, test in (read(again) if again else {}).items():
        if test['result'] in GOOD:
            unsteady += judge(tests[name])[0]
        tests[name] = test

    passed = failed = skipped = 0
    complaints = []
    for test in tests.values():
        bad, good, left_out = judge(test)
        complaints += bad
        failed += len(bad)
        passed += good
        skipped += left_out

    if unsteady:
        print('\nFailed, and passed when run again alone:\n  ' + '\n  '.join(unsteady))
    if complaints:
        print('\nFailed:\n  ' + '\n  '.join(complaints))
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    return 1 if failed or not passed + skipped else 0


if sys.argv[1] == '--failed':
    sys.exit(name_failed(sys.argv[2]))
sys.exit(main(*sys.argv[1:]))
