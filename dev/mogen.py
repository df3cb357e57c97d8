#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""mogen: locale/es.po -> es_mo.c, the compiled catalogue as bytes in the program.

usage: mogen.py PO [-o OUTPUT]

msgfmt does the compiling. It would put texts with PRId64 apart, in a table that depends on the
machine; so the macro is spelt out before, and a static assertion guards the spelling.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

from outfile import write

PER_LINE = 16


def compiled(path):
    """The catalogue as msgfmt makes it; its messages are passed on."""
    with open(path, encoding='utf-8') as file:
        text = file.read().replace('<PRId64>', 'ld')
    text = re.sub(r'#~.*\n', '', text)
    with tempfile.TemporaryDirectory() as folder:
        plain, binary = os.path.join(folder, 'words.po'), os.path.join(folder, 'words.mo')
        write(plain, text)
        done = subprocess.run(
            ['msgfmt', '--check-format', '--check-header', '--endianness=little',
             '--no-hash', '-o', binary, plain],
            stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr.replace(plain, path).rstrip())
        with open(binary, 'rb') as file:
            return file.read()


def source(path):
    data = compiled(path)
    name = re.sub(r'\W', '_', os.path.basename(path)[:-len('.po')])
    rows = [data[at:at + PER_LINE] for at in range(0, len(data), PER_LINE)]
    lines = ['    ' + ' '.join(f'0x{byte:02x},' for byte in row) for row in rows]
    return '\n'.join([
        '/* SPDX-License-Identifier: AGPL-3.0-or-later */',
        f'/* made by dev/mogen.py from {path}: do not edit */',
        '#include <inttypes.h>',
        '#include <stddef.h>',
        '',
        '_Static_assert(sizeof PRId64 == sizeof "ld", "the catalogue spells PRId64 as ld");',
        f'extern const unsigned char words_{name}_mo[];',
        f'extern const size_t words_{name}_mo_size;',
        '',
        f'const unsigned char words_{name}_mo[] = {{',
        *lines,
        '};',
        f'const size_t words_{name}_mo_size = sizeof words_{name}_mo;',
        '',
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('po', metavar='PO')
    parser.add_argument('-o', '--output')
    options = parser.parse_args()
    write(options.output, source(options.po))


if __name__ == '__main__':
    main()
