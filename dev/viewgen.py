#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""viewgen: press_views.html -> press_views.c + press_views.h. Escapes by type and by place.

usage: viewgen.py [--depfile FILE] INPUT OUTPUT.c OUTPUT.h HEADER...

{% view name(args) %} … {% end %}   one C function: void name(Html *h, args)
{% call name(args) %}               another view, here
{{ expr }}                          in text or in a quoted attribute; put(), put_attr() and put_url()
                                    choose by the type of the value how it is escaped
{{ _("Words") }}                    all words of a screen; letters outside {{ }} are refused
{% if (c) %} … {% else if (c) %} … {% else %} … {% end %}    also between the attributes of a tag
{% each Type x in list %} … {% none %} … {% end %}           x_index counts from 0; none: empty list
{% for (…) %} … {% end %}   {% while (…) %} … {% end %}   {% break %}   {% continue %}
{% const Person *p = …; %}          any other C statement
{# … #}                             a comment

What HTML may be written stands in viewrules.py. A line that holds only a {% %} leaves no trace.
"""
import argparse
import os
import re
import sys
from dataclasses import dataclass, field

import viewrules as rules
from outfile import write, write_depfile
from sqllex import c_string
from viewplace import Place, ViewError

OPENERS = {'{{': '}}', '{%': '%}', '{#': '#}'}
VIEW = re.compile(r'view\s+([a-z]\w*)\s*\((.*)\)', re.S)
CALL = re.compile(r'call\s+([a-z]\w*)\s*\((.*)\)', re.S)
EACH = re.compile(r'each\s+(\w[\w\s*]*?[\s*])(\w+)\s+in\s+(.+)', re.S)
BRANCH = re.compile(r'(if|for|while)\s*\(.*\)', re.S)
ELSE = re.compile(r'else(\s+if\s*\(.*\))?', re.S)
NOT_HERE = re.compile(r'(return|goto|switch|do|end|endif|elif|else|none|include)\b')
C_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', re.S)
C_PIECE = re.compile(C_LITERAL.pattern + r'|\w+|[^\s\w]', re.S)


@dataclass
class Token:
    kind: str       # text, value, block, note
    text: str       # for all but text: what stands between the braces
    line: int
    alone: bool = False     # a block with nothing else in its lines

    @property
    def traceless(self):
        return self.kind == 'note' or (self.kind == 'block' and not CALL.fullmatch(self.text))

    @property
    def blank(self):
        return self.kind == 'text' and not self.text.strip(' \t')


@dataclass
class Block:
    kind: str       # view, if, for, while, each, none
    line: int
    place: Place    # where the page stood when it began
    end: str = '}'  # the C that closes it
    depth: int = 1  # how many C blocks it is
    name: str = ''  # of an each: its variable
    seen: dict = field(default_factory=dict)    # attributes set by the branches before this one


def fail(line, why):
    raise ViewError(line, why)


def cut(text):
    """The source as tokens; a }} inside a C string does not end a value."""
    found, at, line = [], 0, 1
    while at < len(text):
        match = re.search(r'\{[{%#]', text[at:])
        start = at + match.start() if match else len(text)
        if start > at:
            found.append(Token('text', text[at:start], line))
            line += text.count('\n', at, start)
        if start == len(text):
            break
        after = _closing(text, start, line)
        kind = {'{{': 'value', '{%': 'block', '{#': 'note'}[text[start:start + 2]]
        found.append(Token(kind, text[start + 2:after - 2].strip(), line))
        line += text.count('\n', start, after)
        at = after
    _mark_alone(found)
    return found


def _closing(text, start, line):
    """Where the {{, {% or {# that starts here has ended."""
    closer = OPENERS[text[start:start + 2]]
    at = start + 2
    while at < len(text):
        if text.startswith(closer, at):
            return at + 2
        literal = C_LITERAL.match(text, at) if closer != '#}' else None
        if text.startswith(('{{', '{%'), at) and closer != '#}':
            break
        at = literal.end() if literal else at + 1
    return fail(line, f'{text[start:start + 2]} without {closer}')


def _mark_alone(found):
    """Finds the blocks that have their lines for themselves, alone or with other blocks."""
    at_line_start = True
    index = 0
    while index < len(found):
        token = found[index]
        if token.kind == 'text':
            at_line_start = bool(re.search(r'\n[ \t]*\Z', token.text)) or (
                at_line_start and not token.text.strip(' \t'))
            index += 1
            continue
        after = index
        while after < len(found) and (found[after].traceless or found[after].blank):
            after += 1
        ends_line = after == len(found) or _begins_with_line_end(found[after])
        if at_line_start and token.traceless and ends_line:
            for other in found[index:after]:
                other.alone = other.traceless
        at_line_start = False
        index = max(after, index + 1)


def _begins_with_line_end(token):
    return token.kind == 'text' and bool(re.match(r'[ \t]*\n', token.text))


class Writer:
    """Turns tokens into C, one function for each view."""

    def __init__(self, source):
        self.source = source
        self.c = []
        self.prototypes = []
        self.blocks = []
        self.place = Place()
        self.literal = []       # literals that go out in one html_raw()
        self.begun = False      # the view has sent something

    # ---- the C text -------------------------------------------------------------------------

    def indent(self):
        return '    ' * sum(block.depth for block in self.blocks)

    def code(self, text, line=None):
        """A line of C; one that can hold a mistake of the author points into the .html."""
        self.flush()
        if line:
            self.c.append(f'#line {line} {c_string(self.source)}')
        self.c.append(self.indent() + text)

    def send(self, text):
        if not self.begun and not self.place.preformatted():
            text = text.lstrip()
        self.begun = self.begun or bool(text)
        if text:
            self.literal.append(text)

    def flush(self, last=False):
        text = ''.join(self.literal)
        self.literal = []
        if last:
            text = text.rstrip()
        if not text:
            return
        pieces = [c_string(piece) for piece in text.splitlines(keepends=True)]
        joined = ('\n' + self.indent() + ' ' * len('html_raw(h, ')).join(pieces)
        self.c.append(f'{self.indent()}html_raw(h, {joined}, {len(text.encode())});')

    # ---- tokens -----------------------------------------------------------------------------

    def run(self, found):
        for index, token in enumerate(found):
            self.place.line = token.line
            if token.kind == 'text':
                before = found[index - 1] if index else None
                self._literal(token, before)
            elif token.kind == 'value':
                self._value(token)
            elif token.kind == 'block':
                self._block(token)
        if self.blocks:
            block = self.blocks[-1]
            fail(block.line, f'this {block.kind} is not ended by {{% end %}}')

    def _literal(self, token, before):
        text = token.text
        if not self.blocks:
            if re.sub(r'<!--.*?-->', '', text, flags=re.S).strip():
                fail(token.line, 'HTML outside of a view')
            return
        in_text = self.place.state == 'text' and not self.place.preformatted()
        if before and before.alone and in_text:
            text, skipped = re.subn(r'\A[ \t]*\n[ \t]*', '', text)
            self.place.line += skipped
        self.send(self.place.feed(text))

    def _value(self, token):
        if not self.blocks:
            fail(token.line, 'a value outside of a view')
        if not token.text:
            fail(token.line, 'an empty {{ }}')
        verb = self.place.verb_for_value()
        if self.place.state == 'text' or self.place.attribute in rules.SPOKEN_ATTRIBUTES:
            _refuse_bare_words(token)
        self.begun = True
        self.code(f'{verb}(h, {token.text});', token.line)

    def _block(self, token):
        text = token.text
        if re.match(r'view\b', text):
            self._view(token)
        elif not self.blocks:
            fail(token.line, 'a {% %} outside of a view')
        else:
            self.place.check_block()
            self._inner_block(token, text)

    def _inner_block(self, token, text):
        if text == 'end':
            self._end(token)
        elif text == 'none':
            self._none(token)
        elif ELSE.fullmatch(text):
            self._else(token)
        elif re.match(r'each\b', text):
            self._each(token)
        elif BRANCH.fullmatch(text):
            kind = text.split('(')[0].strip()
            self.code(f'{text} {{', token.line)
            self._begin(kind, token)
        elif re.match(r'call\b', text):
            self._call(token)
        else:
            self._statement(token)

    def _begin(self, kind, token, **more):
        self.blocks.append(Block(kind, token.line, self.place.copy(), **more))

    def _view(self, token):
        if self.blocks:
            fail(token.line, f'a view inside the view of line {self.blocks[0].line}')
        match = VIEW.fullmatch(token.text)
        if not match:
            fail(token.line, 'write {% view name(Type arg, …) %}')
        args = match[2].strip()
        more = '' if args in ('', 'void') else ', ' + ' '.join(args.split())
        signature = f'void {match[1]}(Html *h{more})'
        self.prototypes.append(signature + ';')
        self.place = Place(line=token.line)
        self.begun = False
        self.c.append('')
        self.code(signature, token.line)
        self.c.append('{')
        self._begin('view', token)

    def _end(self, token):
        block = self.blocks[-1]
        self._check_place(block, token)
        self.flush(last=block.kind == 'view')
        self.blocks.pop()
        for line in block.end.split('\n'):
            self.c.append(self.indent() + line)
        self._join_attributes(block)

    def _check_place(self, block, token):
        if self.place.same_as(block.place):
            return
        fail(token.line, f'the {block.kind} of line {block.line} began {block.place.describe()} '
                         f'and ends {self.place.describe()}')

    def _join_attributes(self, block):
        """After a branch inside a tag: its attributes count, and the next one wants a blank."""
        self.place.seen = {**block.seen, **self.place.seen}
        if self.place.state == 'tag':
            self.place.spaced = False

    def _else(self, token):
        block = self.blocks[-1]
        if block.kind != 'if':
            fail(token.line, f'else belongs to an if, not to the {block.kind} of line {block.line}')
        self._check_place(block, token)
        self.flush()
        self.blocks.pop()
        self.code(f'}} {" ".join(token.text.split())} {{', token.line)
        block.kind = 'else' if token.text == 'else' else 'if'
        self.blocks.append(block)
        self._restart(block)

    def _restart(self, block):
        """The next branch begins where the first began, and shares its value with it."""
        ended = self.place
        block.seen.update(ended.seen)
        self.place = block.place.copy()
        self.place.line, self.place.held = ended.line, ended.held

    def _each(self, token):
        match = EACH.fullmatch(token.text)
        if not match:
            fail(token.line, 'write {% each Type name in list %}')
        kind, name, items = ' '.join(match[1].split()), match[2], match[3].strip()
        kind = kind.removeprefix('const ')
        self.code('{')
        self.code(f'    const List {name}_list = {items};', token.line)
        self.code(f'    for (size_t {name}_index = 0; {name}_index < {name}_list.count; '
                  f'{name}_index++) {{', token.line)
        self._begin('each', token, end='    }\n}', depth=2, name=name)
        self.code(f'const {kind} *const {name} = '
                  f'(const {kind} *){name}_list.items + {name}_index;', token.line)

    def _none(self, token):
        block = self.blocks[-1]
        if block.kind != 'each':
            fail(token.line, f'none belongs to an each, not to the {block.kind} of line {block.line}')
        self._check_place(block, token)
        self.flush()
        self.blocks.pop()
        self.code('    }')
        self.code(f'    if ({block.name}_list.count == 0) {{')
        block.kind = 'none'
        self.blocks.append(block)
        self._restart(block)

    def _call(self, token):
        match = CALL.fullmatch(token.text)
        if not match:
            fail(token.line, 'write {% call name(args) %}')
        if self.place.state != 'text':
            fail(token.line, f'a view cannot be called {self.place.describe()}')
        more = f', {match[2].strip()}' if match[2].strip() else ''
        self.begun = True
        self.code(f'{match[1]}(h{more});', token.line)

    def _statement(self, token):
        text = token.text.rstrip(';').rstrip()
        if text in ('break', 'continue'):
            self._check_jump(token)
        elif re.match(r'(if|for|while)\b', text):
            fail(token.line, f'{{% {text} %}}: put parentheses around the condition')
        elif not re.search(r'[=(]', text) or NOT_HERE.match(text):
            fail(token.line, f'{{% {text} %}} is nothing that a view knows')
        self.code(f'{text};', token.line)

    def _check_jump(self, token):
        loops = [block for block in self.blocks if block.kind in ('for', 'while', 'each')]
        if not loops:
            fail(token.line, f'{token.text} outside of a loop')
        self._check_place(loops[-1], token)


def _refuse_bare_words(token):
    """Words that are shown go through _(); a string all alone is a name, the same everywhere."""
    if C_LITERAL.fullmatch(token.text):
        return
    calls = []      # for each open parenthesis: is it a function's
    before = ''
    for match in C_PIECE.finditer(token.text):
        piece = match.group()
        if piece == '(':
            calls.append(bool(re.fullmatch(r'\w+', before)))
        elif piece == ')' and calls:
            calls.pop()
        elif piece.startswith('"') and rules.has_letters(piece) and not any(calls):
            fail(token.line, f'{piece} would not be translated: write _({piece})')
        before = piece


def render(source, text, header, doors):
    """The C file and the header of one .html."""
    writer = Writer(source)
    writer.run(cut(text))
    note = ('/* SPDX-License-Identifier: AGPL-3.0-or-later */\n'
            f'/* made by dev/viewgen.py from {source}: do not edit */\n')
    includes = ''.join(f'#include "{door}"\n' for door in doors)
    head = (f'{note}#pragma once\n#include "web/html.h"\n{includes}\n'
            + '\n'.join(writer.prototypes) + '\n')
    code = f'{note}#include "{os.path.basename(header)}"\n' + '\n'.join(writer.c) + '\n'
    return code, head


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('source', metavar='INPUT')
    parser.add_argument('code', metavar='OUTPUT.c')
    parser.add_argument('header', metavar='OUTPUT.h')
    parser.add_argument('doors', metavar='HEADER', nargs='*')
    parser.add_argument('--depfile', metavar='FILE', help='what ninja reads')
    options = parser.parse_args()
    with open(options.source, encoding='utf-8') as file:
        text = file.read()
    try:
        code, head = render(options.source, text, options.header, options.doors)
    except ViewError as error:
        sys.exit(f'{options.source}:{error.line}: {error}')
    write(options.code, code)
    write(options.header, head)
    write_depfile(options.depfile, options.code, [options.source])


if __name__ == '__main__':
    main()
