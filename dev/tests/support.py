# SPDX-License-Identifier: AGPL-3.0-or-later
"""support: what the tests of dev/ share: trees in a temporary folder, and both compilers."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
DEV = os.path.dirname(HERE)
GOLDEN = os.path.join(HERE, 'golden')
sys.path.insert(0, DEV)

WARNINGS = ['-std=gnu17', '-Wall', '-Wextra', '-Wshadow', '-Wformat=2', '-Wmissing-prototypes',
            '-Wvla', '-Wno-unused-parameter', '-Werror']


class TreeTest(unittest.TestCase):
    """A test with a folder of its own, filled from a dict of path: text."""

    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)

    def path(self, name):
        return os.path.join(self.root, name)

    def fill(self, files):
        for name, text in files.items():
            os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
            with open(self.path(name), 'w', encoding='utf-8') as file:
                file.write(text)

    def read(self, name):
        return read(self.path(name))

    def run_tool(self, tool, *args, cwd=None):
        """Runs dev/TOOL; gives its exit status and all that it said."""
        done = subprocess.run([os.path.join(DEV, tool), *args], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, cwd=cwd or self.root, check=False)
        return done.returncode, done.stdout

    def assert_compiles(self, *names):
        """The C passes both compilers without a warning, against tests/include."""
        for compiler in compilers():
            done = compile_c(compiler, self.root, names)
            self.assertEqual(done.returncode, 0, done.stdout)

    def assert_does_not_compile(self, name, why):
        done = compile_c('gcc', self.root, [name])
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(why, done.stdout)


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def compilers():
    return [name for name in ('gcc', 'clang-14') if shutil.which(name)]


def compile_c(compiler, folder, names):
    command = [compiler, *WARNINGS, '-I', os.path.join(HERE, 'include'), '-I', folder,
               '-fsyntax-only', *names]
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
