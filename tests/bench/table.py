"""table.py TESTLOG.json [README.md]: makes a table of what the benches printed, and puts it into the README."""
import json
import os
import platform
import re
import sys
import time

BEGIN, END = '<!-- measured: tests/bench/run --update-readme -->', '<!-- measured -->'


def read_figures(path):
    """Every figure of every bench, and the names of benches that failed."""
    figures, failed = [], []
    with open(path) as log:
        for line in log:
            bench = json.loads(line)
            if bench['result'] != 'OK':
                failed.append(bench['name'])
            figures += [json.loads(text) for text in bench.get('stdout', '').splitlines() if text.startswith('{"bench"')]
    return figures, failed


def number(value):
    """Three digits that tell, and no more."""
    if value is None:
        return ''
    if value >= 100:
        return format(round(value), ',')
    return '%.3g' % value


def with_unit(value, unit):
    return '' if value is None else '%s %s' % (number(value), unit)


def rows(figures):
    """A figure's sizes one below the other, the smallest first."""
    order = list(dict.fromkeys((figure['bench'], figure['figure']) for figure in figures))
    last = None
    for figure in sorted(figures, key=lambda one: (order.index((one['bench'], one['figure'])), one['candidates'])):
        name = figure['figure']
        limit = '%s: %s' % (figure['limit_name'], with_unit(figure['limit'], figure['unit']))
        yield (name if name != last else '', format(figure['candidates'], ','),
               with_unit(figure['value'], figure['unit']), limit if figure['limit'] else figure['limit_name'],
               number(figure['ratio']), '' if figure['target'] is None else '≤ ' + number(figure['target']),
               {True: 'yes', False: '**no**', None: ''}[figure['met']])
        last = name


def processor():
    with open('/proc/cpuinfo') as file:
        match = re.search(r'^model name\s*: (.*)$', file.read(), re.MULTILINE)
    return match.group(1) if match else platform.machine()


def make_table(figures, failed):
    lines = ['Measured on %s with %d processors (%s).' % (time.strftime('%-d %B %Y'), os.cpu_count(), processor()), '']
    if failed:
        lines += ['These did not come to their end: %s.' % ', '.join(failed), '']
    lines += ['| | candidates | measured | beside | ratio | wanted | met |', '| --- | ---: | ---: | --- | ---: | ---: | --- |']
    lines += ['| %s |' % ' | '.join(row) for row in rows(figures)]
    return '\n'.join(lines)


def main():
    figures, failed = read_figures(sys.argv[1])
    print(make_table(figures, failed))
    if len(sys.argv) > 2:
        # The README has what something was promised of.
        table = make_table([figure for figure in figures if figure['target'] is not None], failed)
        with open(sys.argv[2]) as file:
            text = file.read()
        before, after = text.index(BEGIN) + len(BEGIN), text.index(END)
        with open(sys.argv[2], 'w') as file:
            file.write(text[:before] + '\n' + table + '\n' + text[after:])


if __name__ == '__main__':
    main()
