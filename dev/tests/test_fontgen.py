# SPDX-License-Identifier: AGPL-3.0-or-later
"""The embedder of fonts."""
import os
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
FONTGEN = os.path.join(HERE, '..', 'fontgen.py')
TABLES = [(b'cmap', b'a table that is long enough to be worth packing ' * 4), (b'head', b'short')]


def woff(tables):
    """A WOFF file: each table packed where that makes it shorter."""
    entries, bodies = b'', b''
    offset = 44 + 20 * len(tables)
    for tag, data in tables:
        packed = zlib.compress(data)
        body = packed if len(packed) < len(data) else data
        entries += struct.pack('>4sIIII', tag, offset + len(bodies), len(body), len(data), 7)
        bodies += body + bytes(-len(body) % 4)
    size = offset + len(bodies)
    head = struct.pack('>4sIIHHIHHIIIII', b'wOFF', 0x10000, size, len(tables), *[0] * 9)
    return head + entries + bodies


class FontgenTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def generate(self, content):
        with open(self.path('a.woff'), 'wb') as file:
            file.write(content)
        return subprocess.run(
            [sys.executable, FONTGEN, self.path('a.woff'), '-o', self.path('f.c'), '-s', self.path('f.S')],
            capture_output=True, text=True, check=False)

    def test_the_tables_come_out_as_they_were(self):
        done = self.generate(woff(TABLES))
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.path('a.ttf'), 'rb') as file:
            font = file.read()
        self.assertEqual(struct.unpack_from('>IHHHH', font), (0x10000, 2, 32, 1, 0))
        for number, (tag, data) in enumerate(TABLES):
            found, checksum, offset, size = struct.unpack_from('>4sIII', font, 12 + 16 * number)
            self.assertEqual((found, checksum, font[offset:offset + size]), (tag, 7, data))
            self.assertEqual(offset % 4, 0)

    def test_the_table_names_each_size(self):
        self.generate(woff(TABLES))
        size = os.path.getsize(self.path('a.ttf'))
        with open(self.path('f.c'), encoding='utf-8') as file:
            self.assertIn(f'{{vocero_font_0, {size}}}', file.read())

    def test_what_is_no_font_is_told(self):
        for content in (b'', b'wOF2' + bytes(60), woff(TABLES)[:90], b'<!doctype html>' + bytes(60)):
            done = self.generate(content)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn('a.woff', done.stderr)
            self.assertNotIn('Traceback', done.stderr)


if __name__ == '__main__':
    unittest.main()
