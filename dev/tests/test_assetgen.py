# SPDX-License-Identifier: AGPL-3.0-or-later
"""The embedder of styles, scripts and pictures."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ASSETGEN = os.path.join(HERE, '..', 'assetgen.py')
SRC = os.path.join(HERE, '..', '..', 'src')

READER = r'''
#include "web/asset.h"
int main(void)
{
    for (size_t i = 0; i < assets_count; i++)
        printf("%s|%s|%d|%.*s|%zu|%zu\n", assets[i].path, assets[i].type, assets[i].immutable,
               (int)assets[i].plain.size, assets[i].plain.data, assets[i].gzip.size,
               assets[i].brotli.size);
}
'''


class AssetgenTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        with open(os.path.join(self.folder, name), 'w', encoding='utf-8') as file:
            file.write(text)

    def path(self, name):
        return os.path.join(self.folder, name)

    def generate(self, items):
        self.write('assets.json', json.dumps(items))
        return subprocess.run(
            [sys.executable, ASSETGEN, self.path('assets.json'), '-o', self.path('data.c'),
             '-s', self.path('data.S'), '--depfile', self.path('data.d')],
            capture_output=True, text=True, check=False)

    def embedded(self):
        self.write('reader.c', READER)
        subprocess.run(['cc', '-I', SRC, '-o', self.path('reader'), self.path('reader.c'),
                        self.path('data.c'), self.path('data.S')], check=True)
        out = subprocess.run([self.path('reader')], capture_output=True, text=True, check=True)
        return [line.split('|') for line in out.stdout.splitlines() if '|' in line]

    def test_the_bytes_and_their_small_forms_go_in(self):
        self.write('a-12.css', 'body{}')
        self.write('a-12.css.gz', 'gz')
        self.write('a-12.css.br', 'b')
        done = self.generate([{'name': 'a.css', 'file': 'a-12.css', 'type': 'text/css',
                               'immutable': True}])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.embedded()[0],
                         ['/estatico/a-12.css', 'text/css', '1', 'body{}', '2', '1'])

    def test_what_browsers_ask_for_by_themselves_is_there(self):
        self.write('icono-192-aa.png', 'png')
        self.generate([{'name': 'icono-192.png', 'file': 'icono-192-aa.png', 'type': 'image/png',
                        'immutable': True}])
        paths = [line[0] for line in self.embedded()]
        self.assertIn('/favicon.ico', paths)
        with open(self.path('manifest.webmanifest'), encoding='utf-8') as file:
            icons = json.load(file)['icons']
        self.assertEqual(icons[0]['src'], '/estatico/icono-192-aa.png')

    def test_the_build_knows_what_it_depends_on(self):
        self.write('a-12.css', 'body{}')
        self.generate([{'name': 'a.css', 'file': 'a-12.css', 'type': 'text/css',
                        'immutable': True}])
        with open(self.path('data.d'), encoding='utf-8') as file:
            self.assertIn('a-12.css', file.read())

    def test_an_entry_that_lacks_something_is_told(self):
        done = self.generate([{'name': 'a.css', 'type': 'text/css'}])
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('lacks file', done.stderr)
