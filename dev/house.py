# SPDX-License-Identifier: AGPL-3.0-or-later
"""house: the plan of src/: which floor stands on which, and who stands left of whom.

An arrow (an include or a call) points down; among the desks it may also point left, to the other
desk's door. HACKING.md draws the picture; floors.py and arrows.py hold the code to it.
"""
import re

FLOORS = [
    ['base'],
    ['net'],
    ['store'],
    ['web', 'channels', 'mail', 'media', 'paper'],
    ['desks'],
    ['app'],
]
DESKS = [
    'people', 'strategy', 'matters', 'agenda', 'photos', 'live', 'press', 'council', 'posts',
    'fediverse', 'subscribers', 'inbox', 'cases', 'report', 'site',
]
LEVEL = {folder: level for level, floor in enumerate(FLOORS) for folder in floor}



def is_test(path):
    """Tests, what they share and fuzzers stand outside of the floors: they may look anywhere."""
    return bool(re.search(r'_(test|fuzz|harness)(_\w+)?\.[ch]$', path))


def room_of(parts):
    """The desk of desks/press/press.c, else the folder of the floor."""
    return parts[1] if parts[0] == 'desks' and len(parts) > 2 else parts[0]


def why_not(a, b):
    """Why a file may not use another, both as parts below src/; None when it may."""
    for parts in (a, b):
        if parts[0] not in LEVEL:
            return f'{parts[0]} is no floor of the house'
    if LEVEL[b[0]] > LEVEL[a[0]]:
        return 'climbs a floor'
    if LEVEL[b[0]] < LEVEL[a[0]]:
        return None
    if b[0] != a[0]:
        return 'siblings do not know each other'
    if a[0] != 'desks':
        return None
    return _why_not_desk(room_of(a), room_of(b))


def _why_not_desk(a, b):
    if a == b:
        return None
    for room in (a, b):
        if room not in DESKS:
            return f'{room} is no desk of the house'
    return 'turns right' if DESKS.index(b) > DESKS.index(a) else None
