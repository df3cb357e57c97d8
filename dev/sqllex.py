# SPDX-License-Identifier: AGPL-3.0-or-later
"""sqllex: SQL text cut into tokens, so that no generator mistakes a string for a comment.

Knows what SQLite and PostgreSQL share ('text', "name", $1, -- and /* */ comments), and
PostgreSQL's dollar quotes ($$ body $$), which appear in the steps.
"""
import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>--[^\n]*|/\*.*?\*/)
    | (?P<string>[eE]?'(?:[^']|'')*'|(?P<dollar>\$(?:[A-Za-z_]\w*)?\$).*?(?P=dollar))
    | (?P<quoted>"(?:[^"]|"")*")
    | (?P<param>\$\d+)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d[\w.]*)
    | (?P<op>::|->>|->|<=|>=|<>|!=|\|\||@@|.)
    """,
    re.X | re.S,
)


class SqlError(Exception):
    """What is wrong with the SQL, and in which line."""

    def __init__(self, line, why):
        super().__init__(why)
        self.line = line


@dataclass(frozen=True)
class Token:
    kind: str       # space comment string quoted param word number op
    text: str
    line: int       # of its first character, from 1
    column: int     # of its first character, from 0

    @property
    def upper(self):
        return self.text.upper() if self.kind == 'word' else self.text

    @property
    def name(self):
        """The table or column that this token names: "quoted" or plain."""
        return self.text[1:-1].replace('""', '"') if self.kind == 'quoted' else self.text


def tokens(text, line=1):
    """All tokens of the text, spaces and comments too; the first stands in the given line."""
    found = []
    column = 0
    for match in TOKEN.finditer(text):
        kind = 'string' if match.lastgroup == 'dollar' else match.lastgroup
        part = match.group()
        if kind == 'op' and part in ('\'', '"'):
            raise SqlError(line, f'a {part} that is never closed')
        if kind == 'op' and text.startswith('/*', match.start()):
            raise SqlError(line, 'a /* that is never closed')
        found.append(Token(kind, part, line, column))
        line += part.count('\n')
        column = len(part) - part.rindex('\n') - 1 if '\n' in part else column + len(part)
    return found


def meaning(parts):
    """The tokens that the database acts on: no spaces, no comments."""
    return [part for part in parts if part.kind not in ('space', 'comment')]


def squeeze(parts):
    """The text of the tokens on one line, without comments, each run of space as one blank."""
    out = []
    for part in parts:
        if part.kind in ('space', 'comment'):
            if out and out[-1] != ' ':
                out.append(' ')
        else:
            out.append(part.text)
    return ''.join(out).strip()


def statements(parts):
    """The tokens cut at each `;`, which a trigger's BEGIN … END holds together."""
    found, now = [], []
    for part in parts:
        if part.kind == 'op' and part.text == ';' and not _inside_trigger(now):
            found.append(now)
            now = []
        else:
            now.append(part)
    found.append(now)
    return [one for one in found if meaning(one)]


def _inside_trigger(parts):
    """True between the BEGIN and the END of a CREATE TRIGGER."""
    words = [part.upper for part in parts if part.kind == 'word']
    if words[:1] != ['CREATE'] or 'TRIGGER' not in words[:4] or 'BEGIN' not in words:
        return False
    body = words[words.index('BEGIN'):]
    opened = body.count('BEGIN') + body.count('CASE')
    return opened > body.count('END')


def c_string(text):
    """The text as a C string literal."""
    escaped = text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n')
    return '"' + escaped.replace('\t', '\\t').replace('\r', '\\r') + '"'
