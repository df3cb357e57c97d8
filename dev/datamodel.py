#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""datamodel: src/store/steps/*.sql -> docs/data-model.md, every table and column with its comment.

usage: datamodel.py DIR [-o OUTPUT]       writes the page
       datamodel.py DIR --check PAGE      fails when the page is not what the steps say
Fails also when a column has no comment.
"""
import argparse
import os
import re
import sys

from outfile import write
from stepfile import main_with, read_steps, read_tables

HEAD = """# The data model

Made by `make docs` from the steps in `src/store/steps/`; do not edit. INTEGER has 64 bits (BIGINT in
PostgreSQL), REAL is DOUBLE PRECISION there and BLOB is BYTEA. Instants are UTC microseconds, truth
is 0 or 1. **Public** marks a table whose records citizens can see: a change in it makes the public
pages anew.
"""
ONLY = {'sqlite': 'SQLite only', 'postgres': 'PostgreSQL only'}


def uncommented(tables):
    """Where a column's comment is missing, as file:line: what."""
    return [f'{column.path}:{column.line}: {table.name}.{column.name} has no comment'
            for table in tables for column in table.columns if not column.comment]


def cell(text):
    """Text that stays inside its cell of a Markdown table."""
    return text.replace('|', '\\|')


def code(text):
    return f'`{cell(text)}`' if text else ''


def file_of(table):
    return os.path.basename(table.path)


def heading(table):
    marks = ['public'] if table.public else []
    marks += [ONLY[table.only]] if table.only else []
    return f'### {table.name}' + (f' ({", ".join(marks)})' if marks else '')


def section(table):
    lines = [heading(table), ''] + ([table.comment, ''] if table.comment else [])
    if table.virtual:
        lines += [f'A virtual table in SQLite: {code(table.virtual)}', '']
    if not table.columns:
        return lines
    lines += ['| column | type | rules | what it holds |', '| --- | --- | --- | --- |']
    for column in table.columns:
        only = f' ({ONLY[column.only]})' if column.only else ''
        lines.append(f'| {column.name} | {column.type} | {code(column.rules)} '
                     f'| {cell(column.comment)}{only} |')
    lines.append('')
    for rule in table.rules:
        lines.append(f'- {code(rule)}')
    return lines + ([''] if table.rules else [])


def page(steps, tables):
    lines = HEAD.splitlines() + ['']
    for step in steps:
        here = [table for table in tables if file_of(table) == os.path.basename(step.path)]
        if here:
            lines += [f'## {step.name}', '']
        for table in here:
            lines += section(table)
    return re.sub(r'\n{3,}', '\n\n', '\n'.join(lines)).rstrip() + '\n'


def run():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('folder', metavar='DIR')
    parser.add_argument('-o', '--output')
    parser.add_argument('--check', metavar='PAGE')
    options = parser.parse_args()
    steps = read_steps(options.folder)
    tables = list(read_tables(steps).values())
    missing = uncommented(tables)
    if missing:
        sys.exit('\n'.join(missing))
    text = page(steps, tables)
    if not options.check:
        write(options.output, text)
    elif read(options.check) != text:
        sys.exit(f'{options.check} is not what the steps say: run `make docs`')


def read(path):
    if not os.path.exists(path):
        return ''
    with open(path, encoding='utf-8') as file:
        return file.read()


if __name__ == '__main__':
    main_with(run)
