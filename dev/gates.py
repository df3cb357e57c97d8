#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""gates: what must hold of every file in the tree.

usage: gates.py [ROOT]

- a function under src/ has at most 60 lines, a file at most 500
- nothing says that it is not finished
- no style or script inside a view
- every text of a screen has its Spanish, checked by msgfmt
- docs/data-model.md is what the steps say, and each column has a comment
- a call gives its statement as many values as it has places for
"""
import os
import re
import subprocess
import sys

import bindings
import catalogue
import datamodel
from stepfile import StepError, read_steps, read_tables

FUNCTION_MAX = 60
FILE_MAX = 500
# Put together here, so that this file does not find itself.
UNFINISHED = re.compile(r'\b(' + '|'.join(('TO' 'DO', 'FIX' 'ME', 'XX' 'X')) + r')\b')
INLINE = re.compile(r'<[^>]*\s(style|on[a-z]+)\s*=', re.I)
SEARCHED = ('src/', 'ui/', 'dev/', 'trials/', 'bench/', 'packaging/', 'docs/', 'Makefile',
            'meson.build', 'README.md', 'HACKING.md', 'GLOSSARY.md', '.ci/')
STEPS = 'src/store/steps'
PAGE = 'docs/data-model.md'


def tree(root):
    """The files that are ours: what git knows or would add; without git, all that is there."""
    done = subprocess.run(['git', '-C', root, 'ls-files', '-z', '--cached', '--others',
                           '--exclude-standard'],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode == 0:
        names = done.stdout.decode().split('\0')
    else:
        names = [os.path.relpath(os.path.join(folder, name), root)
                 for folder, folders, found in os.walk(root)
                 if not _skip(folders) for name in found]
    return sorted({name for name in names if name and os.path.isfile(os.path.join(root, name))})


def _skip(folders):
    """Keeps os.walk out of what is not ours; always false."""
    folders[:] = [name for name in folders
                  if name not in ('node_modules', '.git', 'dist') and not name.startswith('build')]
    return False


def read(root, name):
    """The lines of a text file; none of a binary one."""
    try:
        with open(os.path.join(root, name), encoding='utf-8') as file:
            return file.read().splitlines()
    except UnicodeDecodeError:
        return []


def long_functions(name, lines):
    """Functions that do not fit on a page. Their braces stand in the first column."""
    wrong, begun = [], None
    for number, line in enumerate(lines, 1):
        if line == '{':
            begun = number
        elif line == '}' and begun:
            length = number - begun + 1
            if length > FUNCTION_MAX:
                wrong.append(f'{name}:{begun - 1}: this function has {length} lines, '
                             f'at most {FUNCTION_MAX}')
            begun = None
    return wrong


def sizes(root, names):
    wrong = []
    for name in names:
        if not name.startswith('src/') or not name.endswith(('.c', '.h', '.html')):
            continue
        lines = read(root, name)
        if len(lines) > FILE_MAX:
            wrong.append(f'{name}:1: this file has {len(lines)} lines, at most {FILE_MAX}')
        if name.endswith('.c'):
            wrong += long_functions(name, lines)
    return wrong


def unfinished(root, names):
    return [f'{name}:{number}: {line.strip()[:100]}'
            for name in names
            if name.startswith(SEARCHED) and not name.endswith(('package-lock.json', '.svg'))
            for number, line in enumerate(read(root, name), 1) if UNFINISHED.search(line)]


def inline_code(root, names):
    wrong = []
    for name in names:
        if name.endswith('.html') and name.startswith('src/'):
            text = '\n'.join(read(root, name))
            for match in INLINE.finditer(text):
                line = text.count('\n', 0, match.end()) + 1
                wrong.append(f'{name}:{line}: {match[1]}= in a view; styles and scripts live in ui/')
    return wrong


def untranslated(root):
    po = os.path.join(root, 'locale', 'es.po')
    if not os.path.exists(po):
        return ['locale/es.po:1: there is no Spanish; run `make words`']
    done = subprocess.run(['msgfmt', '--check-format', '--check-domain', '--output-file=/dev/null', po],
                          stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return [done.stderr.rstrip()]
    with open(po, encoding='utf-8') as file:
        missing, fuzzy = catalogue.missing(file.read(), catalogue.template(root))
    return ([f'locale/es.po:1: not translated: {text}' for text in missing]
            + [f'locale/es.po:1: only guessed: {text}' for text in fuzzy])


def data_model(root):
    folder = os.path.join(root, STEPS)
    if not os.path.isdir(folder):
        return [f'{STEPS}: there are no steps']
    try:
        steps = read_steps(folder)
        tables = list(read_tables(steps).values())
    except StepError as error:
        return [str(error)]
    wrong = datamodel.uncommented(tables)
    if not wrong and datamodel.page(steps, tables) != datamodel.read(os.path.join(root, PAGE)):
        wrong.append(f'{PAGE}:1: not what the steps say; run `make docs`')
    return wrong


def check(root):
    names = tree(root)
    return {
        'too long': sizes(root, names),
        'not finished': unfinished(root, names),
        'style or script in a view': inline_code(root, names),
        'words': untranslated(root),
        'data model': data_model(root),
        'bindings': bindings.check(root, names),
    }


def main():
    failed = False
    for gate, wrong in check(sys.argv[1] if len(sys.argv) > 1 else '.').items():
        print(f'{gate}: {"nothing" if not wrong else ""}')
        for line in wrong:
            failed = True
            print(f'  {line}')
    sys.exit(failed)


if __name__ == '__main__':
    main()
