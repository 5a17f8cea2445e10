"""Says what failed in a run of meson's, and counts: a test that speaks TAP by its points, any
other test as one. The last line is for scripts: N passed, N failed, N skipped."""

import json
import re
import sys

POINT = re.compile(r'^(not )?ok\b(?:[^#\\]|\\.)*(#\s*(skip|todo))?', re.IGNORECASE)


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


def main(log):
    passed = failed = skipped = 0
    complaints = []

    for line in open(log, encoding='utf-8'):
        test = json.loads(line)
        good = test['result'] in ('OK', 'EXPECTEDFAIL')
        bad_points, good_points, skipped_points = points(test.get('stdout') or '')

        if bad_points or good_points:
            passed += good_points
            failed += len(bad_points)
            skipped += skipped_points
            complaints += [f'{test["name"]}: {point}' for point in bad_points]
        elif test['result'] == 'SKIP':
            skipped += max(1, skipped_points)
        elif good:
            passed += 1
        # A program can fail beside its points: crash, leak, take too long.
        if not good and test['result'] != 'SKIP' and not bad_points:
            failed += 1
            complaints.append(f'{test["name"]}: {test["result"].lower()}, '
                              f'exit status {test["returncode"]}')

    if complaints:
        print('\nFailed:\n  ' + '\n  '.join(complaints))
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    return 1 if failed or not passed + skipped else 0


sys.exit(main(sys.argv[1]))
