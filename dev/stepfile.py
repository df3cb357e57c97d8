# SPDX-License-Identifier: AGPL-3.0-or-later
"""stepfile: the steps of the database, read from src/store/steps/NNNN_name.sql.

A step is written in what SQLite and PostgreSQL share. Three kinds of line are for the generators:

    -- :sqlite … -- :postgres … -- :end     lines for one database only
    CREATE TABLE event (   -- :public       what the table holds can be seen by citizens
        title TEXT NOT NULL,  -- a comment  each column says what it holds

Types are INTEGER (64 bits), REAL, TEXT and BLOB; PostgreSQL gets BIGINT, DOUBLE PRECISION, TEXT
and BYTEA. A comment that stands alone belongs to the column below it, or, when it is indented
deeper than the columns, to the one above.
"""
import hashlib
import os
import re
import sys
from dataclasses import dataclass, field

from sqllex import SqlError, meaning, squeeze, statements, tokens

FILE_NAME = re.compile(r'(\d{4})_([a-z0-9_]+)\.sql')
MARK = re.compile(r'\s*-- :(sqlite|postgres|end)\s*$')
TYPES = {'INTEGER': 'BIGINT', 'REAL': 'DOUBLE PRECISION', 'TEXT': 'TEXT', 'BLOB': 'BYTEA'}
SQLITE_ONLY = {'AUTOINCREMENT', 'ROWID', 'STRICT', 'VIRTUAL'}
CONSTRAINTS = {'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN', 'CONSTRAINT', 'EXCLUDE'}


class StepError(Exception):
    """Prints as file:line: what is wrong."""

    def __init__(self, path, line, why):
        super().__init__(f'{path}:{line}: {why}')


@dataclass
class Column:
    name: str
    type: str
    rules: str
    comment: str
    path: str
    line: int
    only: str = ''      # 'sqlite' or 'postgres' where just one of them has it


@dataclass
class Table:
    name: str
    comment: str
    public: bool
    path: str
    line: int
    columns: list = field(default_factory=list)
    rules: list = field(default_factory=list)
    parents: list = field(default_factory=list)     # tables whose deletions reach into this one
    virtual: str = ''
    only: str = ''

    def column(self, name):
        return next((column for column in self.columns if column.name == name), None)


class Step:
    """One file: its number, its name, and its text for each of the two databases."""

    def __init__(self, path):
        self.path = path
        match = FILE_NAME.fullmatch(os.path.basename(path))
        if not match:
            raise StepError(path, 1, 'a step is called NNNN_name.sql, in lower case')
        self.number = int(match[1])
        self.name = f'{match[1]}_{match[2]}'
        with open(path, encoding='utf-8') as file:
            self.text = file.read()
        self._split()

    def _split(self):
        """Gives each database the lines meant for it; the others become empty lines."""
        self.lines = {'sqlite': [], 'postgres': []}
        self.marked = set()             # lines for one database: their types are left alone
        self.canon = []                 # what the checksum is made of
        section, opened = None, 0
        for number, line in enumerate(self.text.split('\n'), 1):
            mark = MARK.match(line)
            if mark:
                if mark[1] == 'end' and section is None:
                    raise StepError(self.path, number, '-- :end without a -- :sqlite or :postgres')
                section = None if mark[1] == 'end' else mark[1]
                opened = number
                self.marked.add(number)
                self.canon.append(f'\x01{mark[1]} ')
            elif section:
                self.marked.add(number)
            for dialect, lines in self.lines.items():
                wanted = not mark and section in (None, dialect)
                lines.append(line if wanted else '')
            if not mark:
                self.canon.append(line + '\n')
        if section:
            raise StepError(self.path, opened, f'-- :{section} is not ended by -- :end')

    def tokens(self, dialect):
        try:
            return tokens('\n'.join(self.lines[dialect]))
        except SqlError as error:
            raise StepError(self.path, error.line, str(error)) from None

    def sql(self, dialect):
        """The statements as that database takes them, one a line."""
        out = []
        for one in statements(self.tokens(dialect)):
            text = squeeze(one if dialect == 'sqlite' else self._for_postgres(one))
            out.append(text + (_strict(meaning(one)) if dialect == 'sqlite' else '') + ';\n')
        return ''.join(out)

    def _for_postgres(self, parts):
        return [_Translated(part) if part.kind == 'word' and part.line not in self.marked else part
                for part in parts]

    def checksum(self):
        """SHA-256 of the statements: a mended comment or indent does not alter a released step."""
        pieces = []
        for part in re.split('(\x01\\w+ )', ''.join(self.canon)):
            pieces.append(part if part.startswith('\x01') else squeeze(tokens(part)))
        return hashlib.sha256('\n'.join(pieces).encode()).hexdigest()


class _Translated:
    """A word of the common dialect in PostgreSQL's spelling."""

    def __init__(self, part):
        self.kind = part.kind
        self.text = TYPES.get(part.upper, part.text)


def _strict(parts):
    """What SQLite wants after a CREATE TABLE (…) so that it keeps the types."""
    words = [part.upper for part in parts]
    if words[0] != 'CREATE' or 'TABLE' not in words[:3] or 'VIRTUAL' in words[:3]:
        return ''
    if '(' not in words or 'STRICT' in words[-3:]:
        return ''
    return ' STRICT' if words[-1] == ')' else ', STRICT'


def read_steps(folder):
    """All steps of the folder in their order."""
    names = sorted(name for name in os.listdir(folder) if name.endswith('.sql'))
    steps = [Step(os.path.join(folder, name)) for name in names]
    for before, after in zip(steps, steps[1:]):
        if before.number == after.number:
            raise StepError(after.path, 1, f'number {after.number:04} is taken by {before.name}')
    return steps


def read_tables(steps):
    """The tables as they stand after the last step, by name in the order of their making."""
    models = {dialect: _Model(dialect) for dialect in ('sqlite', 'postgres')}
    for step in steps:
        for model in models.values():
            model.apply(step)
    return _merge(models['sqlite'].tables, models['postgres'].tables)


def _merge(sqlite, postgres):
    merged = {}
    order = list(sqlite) + [name for name in postgres if name not in sqlite]
    for name in order:
        table = sqlite.get(name) or postgres[name]
        other = postgres.get(name) if name in sqlite else None
        if name not in sqlite or name not in postgres:
            table.only = 'sqlite' if name in sqlite else 'postgres'
        else:
            for column in table.columns:
                column.only = '' if other.column(column.name) else 'sqlite'
            for column in other.columns:
                if not table.column(column.name):
                    column.only = 'postgres'
                    table.columns.append(column)
        merged[name] = table
    return merged


class _Model:
    """Follows the steps of one database statement by statement."""

    def __init__(self, dialect):
        self.dialect = dialect
        self.tables = {}

    def apply(self, step):
        self.step = step
        parts = step.tokens(self.dialect)
        for part in meaning(parts):
            if part.kind == 'word' and part.upper in SQLITE_ONLY and part.line not in step.marked:
                self.fail(part, f'{part.text} is for SQLite only: put it into a -- :sqlite section')
        for one in statements(parts):
            words = [part.upper for part in meaning(one)]
            if words[0] == 'CREATE' and 'TABLE' in words[:3]:
                self._create(one, words)
            elif words[:2] == ['ALTER', 'TABLE']:
                self._alter(parts, one, words)
            elif words[:2] == ['DROP', 'TABLE']:
                self.tables.pop(_named(meaning(one)[2:])[0].name, None)

    def fail(self, part, why):
        raise StepError(self.step.path, part.line, why)

    def _create(self, parts, words):
        real = meaning(parts)
        name_token, after = _named(real[words.index('TABLE') + 1:])
        name = name_token.name
        if not re.fullmatch(r'[a-z][a-z0-9_]*', name):
            self.fail(name_token, f'table "{name}": names are lower case with _')
        if name in self.tables:
            self.fail(name_token, f'table {name} exists already')
        head, public = _comments_above(parts, name_token.line)
        table = Table(name, head, public, self.step.path, name_token.line)
        if 'VIRTUAL' in words[:3]:
            table.virtual = squeeze(parts[parts.index(after[0]):])
        else:
            if not after or after[0].text != '(':
                self.fail(name_token, f'table {name} has no list of columns')
            self._columns(table, parts[parts.index(after[0]) + 1:])
        self.tables[name] = table

    def _columns(self, table, parts):
        """Reads what stands between the parentheses, with the comments where they belong."""
        items, depth = [[]], 0
        loose = []          # comments alone on a line, for the next item
        indent = None
        for index, part in enumerate(parts):
            if part.kind == 'comment' and depth >= 0:
                _place_comment(part, parts[:index], items, loose, indent, table)
            elif part.text == ',' and depth == 0:
                items.append([])
            elif part.text == ')' and depth == 0:
                depth = -1
            elif part.kind != 'space' and depth >= 0:
                depth += {'(': 1, ')': -1}.get(part.text, 0)
                if indent is None:
                    indent = part.column if part.line > table.line else None
                items[-1] += loose + [part]
                loose.clear()
            elif part.kind == 'space' and depth >= 0 and items[-1]:
                items[-1].append(part)
        for item in items:
            if meaning(item):
                self._item(table, item)

    def _item(self, table, item):
        """One column, or a rule of the table."""
        real = meaning(item)
        _note_parent(table, real)
        if real[0].kind == 'word' and real[0].upper in CONSTRAINTS:
            table.rules.append(squeeze(item))
            return
        self._add_column(table, item, real)

    def _add_column(self, table, item, real):
        first = real[0]
        if table.column(first.name):
            self.fail(first, f'column {table.name}.{first.name} exists already')
        kind = real[1].upper if len(real) > 1 and real[1].kind == 'word' else ''
        if kind not in TYPES and first.line not in self.step.marked:
            self.fail(first, f'{table.name}.{first.name}: the type is {kind or "missing"}; '
                             f'use {", ".join(TYPES)}')
        rules = squeeze(item[item.index(real[1]) + 1:]) if len(real) > 1 else ''
        comment = _said([part for part in item if part.kind == 'comment'])
        table.columns.append(Column(first.name, kind, rules, comment, self.step.path, first.line))

    def _alter(self, everything, parts, words):
        real = meaning(parts)
        table = self.tables.get(real[2].name)
        if not table:
            self.fail(real[2], f'there is no table {real[2].name}')
        if words[3] == 'ADD' and words[4] not in CONSTRAINTS:
            at = 5 if words[4] == 'COLUMN' else 4
            item = parts[parts.index(real[at]):] + _trailing(everything, parts)
            self._add_column(table, item, real[at:])
            _note_parent(table, real[at:])
        elif words[3] == 'DROP' and words[4] != 'CONSTRAINT':
            name = real[5 if words[4] == 'COLUMN' else 4].name
            table.columns = [column for column in table.columns if column.name != name]
        elif words[3] == 'RENAME' and words[4] == 'TO':
            del self.tables[table.name]
            table.name = real[5].name
            self.tables[table.name] = table
        elif words[3] == 'RENAME':
            at = 5 if words[4] == 'COLUMN' else 4
            table.column(real[at].name).name = real[at + 2].name


def _named(parts):
    """Skips IF [NOT] EXISTS: the name, and what follows it."""
    while parts and parts[0].upper in ('IF', 'NOT', 'EXISTS'):
        parts = parts[1:]
    return parts[0], parts[1:]


def _note_parent(table, real):
    """Remembers REFERENCES parent … ON DELETE CASCADE or SET …: deleting there changes this one."""
    words = [part.upper for part in real]
    if 'REFERENCES' in words and {'CASCADE', 'SET'} & set(words):
        table.parents.append(real[words.index('REFERENCES') + 1].name)


def _said(comments):
    """What the comments say, in one line."""
    said = ' '.join(re.sub(r'^(--|/\*)|\*/$', '', part.text).strip() for part in comments)
    return ' '.join(said.split())


def _comments_above(parts, line):
    """The table's comment: the lines right above it; and whether its own line says :public."""
    above, public, own = [], False, ''
    for part in parts:
        if part.line > line:
            break
        if part.kind == 'comment' and part.line < line:
            above = above if above and above[-1].line == part.line - 1 else []
            above.append(part)
        elif part.kind == 'comment':
            said = _said([part])
            public = bool(re.match(r':public\b', said))
            own = re.sub(r'^:public\s*', '', said)
    if above and above[-1].line + 1 < _first_line(parts):
        above = []
    return ' '.join(said for said in (_said(above), own) if said), public


def _first_line(parts):
    return meaning(parts)[0].line


def _place_comment(part, before, items, loose, indent, table):
    """Hangs a comment inside CREATE TABLE ( … ) on the item that it speaks of."""
    alone = not [other for other in meaning(before) if other.line == part.line]
    if part.line == table.line:
        return
    if alone and (indent is None or part.column <= indent):
        loose.append(part)
        return
    spoken = items[-1] if meaning(items[-1]) else items[-2] if len(items) > 1 else items[-1]
    spoken.append(part)


def _trailing(everything, parts):
    """The comment behind the `;` of a statement, in the same line."""
    last = meaning(parts)[-1]
    return [part for part in everything
            if part.kind == 'comment' and part.line == last.line and part not in parts]


def main_with(work):
    """Runs a generator; an error becomes one line on stderr and exit status 1."""
    try:
        work()
    except (StepError, OSError) as error:
        sys.exit(str(error))
