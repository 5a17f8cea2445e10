"""test_bench.py COMMAND [-- COMMAND]…: every bench comes to its end with few people, and prints lines of the form that
the table is made of. What they say is not looked at."""
import json
import os
import subprocess
import sys
import unittest

# Leaks are looked for elsewhere, and a warning of GTK's ends no bench.
ENVIRONMENT = dict(os.environ, G_DEBUG='',
                   ASAN_OPTIONS=os.environ.get('ASAN_OPTIONS', '') + ':fast_unwind_on_malloc=1:detect_leaks=0')
NAMES = {'bench', 'candidates', 'figure', 'unit', 'value', 'limit', 'limit_name', 'ratio', 'target', 'met'}


def commands(words):
    command = []
    for word in words:
        if word == '--':
            yield command
            command = []
        else:
            command.append(word)
    yield command


class TestLines(unittest.TestCase):
    def test_lines(self):
        for command in commands(COMMANDS):
            with self.subTest(command=command):
                output = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True).stdout
                figures = [json.loads(line) for line in output.splitlines() if line.startswith('{"bench"')]
                self.assertTrue(figures)
                for figure in figures:
                    self.check(figure)

    def check(self, figure):
        self.assertEqual(set(figure), NAMES)
        self.assertGreaterEqual(figure['value'], 0)
        if figure['limit']:
            self.assertAlmostEqual(figure['ratio'], figure['value'] / figure['limit'], delta=0.01 + 0.01 * figure['ratio'])
        if figure['target'] is not None and figure['limit']:
            self.assertEqual(figure['met'], figure['ratio'] <= figure['target'])


if __name__ == '__main__':
    COMMANDS = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
