#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""sqlgen: press_queries.sql -> press_queries.h, one `const Query` for every `-- :name`.

usage: sqlgen.py ROOM QUERIES.sql --steps DIR [-o OUTPUT] [--depfile FILE]

A room with many statements has several files, agenda_series_queries.sql beside agenda_queries.sql; each
becomes a header with a list of its own name.

    -- :name press_find          one release, by its number
    SELECT id, title FROM press_release WHERE id = $1;

becomes q_press_find. A statement that the two databases spell differently stands twice, as
`-- :name press_search :sqlite` and `-- :name press_search :postgres`. The table that a statement
writes must exist in the steps; whether it is public there decides .touches_public.
"""
import argparse
import os
import re

from outfile import write, write_depfile
from sqllex import SqlError, c_string, meaning, squeeze, statements, tokens
from stepfile import StepError, main_with, read_steps, read_tables

NAME_LINE = re.compile(r'-- :name\s+(\S+)(?:\s+:(sqlite|postgres)\b)?\s*(.*)')
VERBS = ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'VALUES')


class Query:
    """One named statement, in one text for both databases or in one for each."""

    def __init__(self, name, line, comment):
        self.name = name
        self.line = line
        self.comment = comment
        self.text = {}          # by database; None is for both
        self.written = []       # tables, the statement's own first
        self.params = {}


class Reader:
    """Reads a room's queries and refuses what cannot be right."""

    def __init__(self, room, path, tables):
        self.room = room
        self.path = path
        self.tables = tables
        self.queries = {}

    def fail(self, line, why):
        raise StepError(self.path, line, why)

    def read(self, text):
        now, dialect, start, body = None, None, 1, []
        for number, line in enumerate(text.split('\n') + ['-- :name'], 1):
            if not line.startswith('-- :name'):
                body.append(line)
                continue
            if now:
                self._statement(now, dialect, start, '\n'.join(body))
            elif meaning(self._tokens('\n'.join(body), start)):
                self.fail(start, 'a statement without a -- :name above it')
            if number <= text.count('\n') + 1:
                now, dialect = self._open(line, number)
            start, body = number + 1, []
        for query in self.queries.values():
            self._check_pair(query)
        return list(self.queries.values())

    def _tokens(self, text, line):
        try:
            return tokens(text, line)
        except SqlError as error:
            return self.fail(error.line, str(error))

    def _open(self, line, number):
        match = NAME_LINE.fullmatch(line.rstrip())
        if not match:
            self.fail(number, 'write `-- :name room_what  comment`')
        name, dialect, comment = match.groups()
        if not re.fullmatch(r'[a-z][a-z0-9_]*', name):
            self.fail(number, f'"{name}" is no name: lower case, digits and _')
        if not name.startswith(self.room + '_'):
            self.fail(number, f'{name} does not start with {self.room}_')
        query = self.queries.get(name)
        if query and (dialect is None or None in query.text or dialect in query.text):
            self.fail(number, f'{name} stands in line {query.line} already')
        if not query:
            query = self.queries[name] = Query(name, number, comment)
        return query, dialect

    def _statement(self, query, dialect, line, text):
        parts = self._tokens(text, line)
        found = statements(parts)
        if not found:
            self.fail(line - 1, f'{query.name} has no statement')
        if len(found) > 1:
            self.fail(meaning(found[1])[0].line, f'{query.name} has two statements; name the second')
        real = meaning(found[0])
        query.text[dialect] = squeeze(found[0])
        query.params[dialect] = self._count_params(query, real)
        for name in self._tables_written(real):
            if name.name not in self.tables:
                self.fail(name.line, f'{query.name} writes {name.name}, which no step makes')
            if name.name not in query.written:
                query.written.append(name.name)

    def _count_params(self, query, real):
        """$1 … $n without a gap: how many values the caller gives."""
        used = sorted({int(part.text[1:]) for part in real if part.kind == 'param'})
        for number, given in enumerate(used, 1):
            if number != given:
                self.fail(query.line, f'{query.name} uses ${given} but not ${number}')
        return len(used)

    def _tables_written(self, real):
        """The tables behind INSERT INTO, UPDATE and DELETE FROM; the outermost statement's first."""
        words = [part.upper for part in real]
        main = self._main_verb(real, words)
        found = []
        for at, word in enumerate(words):
            name = _written_at(words, at)
            if name is not None and name < len(real):
                found.insert(0 if at == main else len(found), real[name])
        return found

    def _main_verb(self, real, words):
        """Where the statement itself begins, behind its WITH."""
        depth = 0
        for at, word in enumerate(words):
            depth += {'(': 1, ')': -1}.get(word, 0)
            if depth == 0 and word in VERBS:
                return at
            if at == 0 and word not in VERBS + ('WITH',):
                self.fail(real[0].line, f'{word} is not SELECT, INSERT, UPDATE, DELETE or WITH')
        return self.fail(real[0].line, 'WITH without a statement')

    def _check_pair(self, query):
        given = set(query.text)
        if given not in ({None}, {'sqlite', 'postgres'}):
            missing = ({'sqlite', 'postgres'} - given).pop()
            self.fail(query.line, f'{query.name} has no :{missing} text')
        if len(set(query.params.values())) > 1:
            self.fail(query.line, f'{query.name}: both texts must take the same number of values')


def _written_at(words, at):
    """The index of the table's name when a write begins at this word."""
    before = words[at - 1] if at else ''
    if words[at] == 'INSERT':
        return words.index('INTO', at) + 1 if 'INTO' in words[at:at + 4] else None
    if words[at] == 'UPDATE' and before not in ('DO', 'FOR', 'KEY', 'ON'):
        return at + 1
    if words[at] == 'DELETE' and before != 'ON' and words[at + 1:at + 2] == ['FROM']:
        return at + 2
    return None


def touches_public(query, tables):
    """Whether citizens may see a change: in the tables written, or in those that lose rows with them."""
    reached = list(query.written)
    for name in reached:
        if tables[name].public:
            return True
        reached += [child.name for child in tables.values()
                    if name in child.parents and child.name not in reached]
    return False


def c_query(query, tables):
    main = query.text.get(None) or query.text['sqlite']
    lines = [f'/* {query.comment.replace("*/", "")} */'] if query.comment else []
    lines += [
        f'static const Query q_{query.name} __attribute__((unused)) = {{',
        f'    .name = "{query.name}",',
        f'    .sql = {c_string(main)},',
    ]
    if 'postgres' in query.text:
        lines.append(f'    .sql_postgres = {c_string(query.text["postgres"])},')
    table = f'"{query.written[0]}"' if query.written else 'NULL'
    lines += [
        f'    .table = {table},',
        f'    .writes = {"true" if query.written else "false"},',
        f'    .touches_public = {"true" if touches_public(query, tables) else "false"},',
        '};',
        '',
    ]
    return '\n'.join(lines)


def header(room, path, steps):
    tables = read_tables(steps)
    with open(path, encoding='utf-8') as file:
        queries = Reader(room, path, tables).read(file.read())
    if not queries:
        raise StepError(path, 1, 'there is no -- :name in this file')
    stem = os.path.splitext(os.path.basename(path))[0]
    return '\n'.join([
        '/* SPDX-License-Identifier: AGPL-3.0-or-later */',
        f'/* made by dev/sqlgen.py from {path}: do not edit */',
        '#pragma once',
        '#include "store/db.h"',
        '',
        *[c_query(query, tables) for query in queries],
        f'static const Query *const {stem}[] __attribute__((unused)) = {{',
        *[f'    &q_{query.name},' for query in queries],
        '};',
        '',
        f'enum {{ {stem}_count = {len(queries)} }};',
        '',
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('room', metavar='ROOM')
    parser.add_argument('queries', metavar='QUERIES.sql')
    parser.add_argument('--steps', metavar='DIR', required=True)
    parser.add_argument('-o', '--output')
    parser.add_argument('--depfile', metavar='FILE', help='what ninja reads')
    options = parser.parse_args()
    steps = read_steps(options.steps)
    write(options.output, header(options.room, options.queries, steps))
    write_depfile(options.depfile, options.output, [options.steps] + [step.path for step in steps])


if __name__ == '__main__':
    main_with(main)
