#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""bindings: a call gives its statement as many values as the statement has places for.

The compiler cannot know, and the database says it only when the line is run. Read are the calls that name
their statement and all its values, db_write(ctx, &q_press_file_add, I(id), T(name)); a call that takes them from
a variable or a macro is not judged.
"""
import os
import re

NAME_LINE = re.compile(r'^-- :name\s+(\S+)', re.M)
COMMENT = re.compile(r'--[^\n]*')
PLACE = re.compile(r'\$(\d+)')
CALL = re.compile(r'\b(db_\w+)\(')
# What stands between the statement and its values: a shape, where the answer goes.
BESIDES = {'db_one': 1, 'db_maybe': 1, 'db_list': 1, 'db_change': 1}
STATEMENT = re.compile(r'^&q_(\w+)$')
VALUE = re.compile(r'^(I|I_OR_NULL|R|B|T|W)\(')


def places(text):
    """How many values each statement of a file wants, by its name; the largest $n of any of its forms."""
    parts = NAME_LINE.split(text)
    wanted = {}
    for name, sql in zip(parts[1::2], parts[2::2]):
        numbers = [int(n) for n in PLACE.findall(COMMENT.sub('', sql.partition('\n')[2]))]
        wanted[name] = max([wanted.get(name, 0), *numbers])
    return wanted


def arguments(text, start):
    """The arguments of the call whose parenthesis opens before start, at its own level; [] when it does not end."""
    depth, begin, found, at = 0, start, [], start
    while at < len(text):
        c = text[at]
        if c == '"':
            at = re.compile(r'"(?:[^"\\]|\\.)*"').match(text, at).end() - 1
        elif c in '([{':
            depth += 1
        elif c in ')]}' and depth:
            depth -= 1
        elif c == ')' or (c == ',' and not depth):
            found.append(text[begin:at].strip())
            begin = at + 1
            if c == ')':
                return found
        at += 1
    return []


def wrong_calls(name, text, wanted):
    """What is wrong in one C file."""
    wrong = []
    for call in CALL.finditer(text):
        given = arguments(text, call.end())
        at = next((i for i, one in enumerate(given) if STATEMENT.match(one)), None)
        name_of = STATEMENT.match(given[at])[1] if at is not None else None
        if name_of not in wanted:
            continue
        values = given[at + 1 + BESIDES.get(call[1], 0):]
        if all(VALUE.match(one) for one in values) and len(values) != wanted[name_of]:
            line = text.count('\n', 0, call.start()) + 1
            wrong.append(f'{name}:{line}: {name_of} wants {wanted[name_of]} values and gets {len(values)}')
    return wrong


def check(root, names):
    wanted = {}
    texts = {}
    for name in names:
        if name.startswith('src/') and name.endswith(('.sql', '.c')):
            with open(os.path.join(root, name), encoding='utf-8') as file:
                texts[name] = file.read()
    for name, text in texts.items():
        if name.endswith('_queries.sql'):
            wanted.update(places(text))
    return [line for name, text in texts.items() if name.endswith('.c') for line in wrong_calls(name, text, wanted)]
