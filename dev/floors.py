#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""floors: fails when an #include in src/ does not keep to the plan of the house.

usage: floors.py [ROOT]

That is: it climbs a floor, turns right among the desks, reaches past a desk's door, brings GLib to a
desk, or lets a library in where it does not belong; or two files have the same name.
"""
import os
import re
import sys

from house import is_test, room_of, why_not

QUOTED = re.compile(r'\s*#\s*include\s+"([^"]+)"')
SYSTEM = re.compile(r'\s*#\s*include\s+<([^>]+)>')

# Headers that the build makes from elsewhere, and who may see them.
MADE = {'assets.h': r'(web|desks|app)/.*'}

# Each library has one place; pattern of the header, pattern of the files, what to say.
LIBRARIES = [
    (r'sqlite3(ext)?\.h', r'store/db_sqlite\w*\.[ch]', 'sqlite3.h stays in store/db_sqlite*'),
    (r'(postgresql/)?libpq-\w+\.h', r'store/db_postgres\w*\.[ch]',
     'libpq-fe.h stays in store/db_postgres*'),
    (r'microhttpd\.h', r'web/server\.c|web/server_\w+\.[ch]', 'microhttpd.h stays in web/server*'),
    (r'(glib|gio|gmodule|glib-object).*', r'(?!desks/).*', 'GLib stays below the desks'),
    (r'gmime/.*', r'mail/.*', 'messages are made and read in mail'),
    (r'curl/.*', r'net/.*|channels/.*|mail/.*', 'outgoing traffic belongs to net, channels and mail'),
]


def why_not_include(path, name, root):
    """Why the file (below src/) may not include "name"; None when it may."""
    a, b = path.split('/'), name.split('/')
    if len(b) == 1:
        return why_not_generated(path, name, root)
    why = why_not(a, b)
    if why or b[0] != 'desks':
        return why
    return why_not_door(a, b)


def why_not_door(a, b):
    """A desk is entered by its door; the wiring may also take what it hangs."""
    room = room_of(b)
    doors = {f'{room}.h'}
    if a[0] == 'desks' and room_of(a) == room:
        return None
    if a[0] == 'app':
        doors.add(f'{room}_pages.h')
    return None if b[-1] in doors else f'by the window: the door is desks/{room}/{room}.h'


def folders_of(path, root):
    """Where what a file's headers are made from may lie: beside it, for a desk anywhere in its room."""
    parts = path.split('/')
    if parts[0] != 'desks' or len(parts) < 3:
        return [os.path.join(root, 'src', os.path.dirname(path))]
    return [folder for folder, _, _ in os.walk(os.path.join(root, 'src', *parts[:2]))]


def why_not_generated(path, name, root):
    """A header without a folder is made from a .sql or .html of the same place."""
    stem = os.path.splitext(name)[0]
    if name in MADE and re.fullmatch(MADE[name], path):
        return None
    if any(os.path.exists(os.path.join(folder, stem + ending))
           for folder in folders_of(path, root) for ending in ('.sql', '.html')):
        return None
    return 'write the path from src/'


def why_not_system(path, name):
    for header, place, why in LIBRARIES:
        if re.fullmatch(header, name) and not re.fullmatch(place, path):
            return why
    return None


def check_file(root, path):
    """All that is wrong with one file's includes."""
    wrong = []
    with open(os.path.join(root, 'src', path), encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            quoted, system = QUOTED.match(line), SYSTEM.match(line)
            why = None
            if quoted:
                why = why_not_include(path, quoted[1], root) or why_not_system(path, quoted[1])
            elif system:
                why = why_not_system(path, system[1])
            if why:
                wrong.append(f'src/{path}:{number}: {line.strip()}   <- {why}')
    return wrong


def files_of(root):
    """All files below src/, as paths from there."""
    found = []
    for folder, _, names in os.walk(os.path.join(root, 'src')):
        for name in names:
            found.append(os.path.relpath(os.path.join(folder, name), os.path.join(root, 'src')))
    return sorted(found)


def same_names(paths):
    """Files of one name: whoever looks for one finds the other."""
    seen, wrong = {}, []
    for path in paths:
        name = os.path.basename(path)
        if name == 'meson.build':
            continue
        if name in seen:
            wrong.append(f'src/{path}:1: there is also src/{seen[name]}: a name only once')
        seen.setdefault(name, path)
    return wrong


def check(root):
    paths = files_of(root)
    wrong = same_names(paths)
    for path in paths:
        if path.endswith(('.c', '.h')) and not is_test(path):
            wrong += check_file(root, path)
    return wrong


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else '.'
    wrong = check(root)
    for line in wrong:
        print(line)
    print(f'floors: {len(wrong)} wrong' if wrong else 'floors: every include keeps to the plan')
    sys.exit(bool(wrong))


if __name__ == '__main__':
    main()
