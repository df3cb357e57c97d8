#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""run: all tests of dev/, told as TAP so that `make test` counts each."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


class Tap(unittest.TestResult):
    """Prints a point for each test; what went wrong follows as a comment."""

    def __init__(self):
        super().__init__()
        self.spoken = 0
        self.broken = set()

    def point(self, word, test, note=''):
        self.spoken += 1
        print(f'{word} {self.spoken} - {test.id()}{note}', flush=True)

    def trouble(self, test, error):
        self.broken.add(test.id())
        text = self._exc_info_to_string(error, test)
        print('\n'.join('# ' + line for line in text.splitlines()))

    def addError(self, test, err):
        super().addError(test, err)
        self.trouble(test, err)
        if not isinstance(test, unittest.TestCase):     # a module that cannot be loaded
            self.point('not ok', test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.trouble(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self.trouble(test, err)
            print(f'# in {subtest}')

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.point('ok', test, f' # SKIP {reason}')

    def stopTest(self, test):
        super().stopTest(test)
        if test.id() in self.broken:
            self.point('not ok', test)
        elif not any(skipped is test for skipped, _ in self.skipped):
            self.point('ok', test)


def main():
    suite = unittest.defaultTestLoader.discover(HERE)
    print('TAP version 13')
    print(f'1..{suite.countTestCases()}', flush=True)
    result = Tap()
    suite.run(result)
    sys.exit(not result.wasSuccessful())


if __name__ == '__main__':
    main()
