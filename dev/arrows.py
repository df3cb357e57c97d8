#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""arrows: who really calls whom, read from the object files with nm.

usage: arrows.py BUILD

Fails when a call climbs a floor, goes to a sibling, turns right among the desks, or when files call
each other in a circle, also within one folder. Prints the picture, highest first.
"""
import collections
import json
import os
import re
import subprocess
import sys

from house import LEVEL, is_test, why_not

DEFINED = set('TDRBGSVWC')


def place_of(path):
    """Where an object's source stands in the house, without its ending; None when outside.

    What generators make lies in the build folder: src/base/libbase.a.p/es_mo.c belongs to base,
    src/desks/libpress.a.p/press_views.c to desks/press.
    """
    parts = os.path.splitext(path)[0].split('/')
    if 'src' not in parts:
        return None
    parts = parts[parts.index('src') + 1:]
    if len(parts) < 2 or parts[0] not in LEVEL:
        return None
    private = [part for part in parts if part.endswith('.p')]
    parts = [part for part in parts if not part.endswith('.p')]
    made = re.match(r'lib(\w+)\.a\.p$', private[0]) if private else None
    if parts[0] == 'desks' and len(parts) == 2 and made:
        parts.insert(1, made[1])
    return '/'.join(parts)


def objects_of(build):
    """Place by object file, from what meson says that it compiled."""
    with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as file:
        units = json.load(file)
    found = {}
    for unit in units:
        path = os.path.normpath(unit['file'])
        place = None if is_test(path) else place_of(path)
        built = os.path.join(unit['directory'], unit['output'])
        if place and os.path.exists(built):
            found[built] = place
    return found


def symbols_of(built):
    """The names that an object defines for others, and those that it wants from others."""
    defined, wanted = set(), set()
    for row in subprocess.check_output(['nm', built], text=True).splitlines():
        kind, symbol = row.split()[-2:]
        if kind in DEFINED:
            defined.add(symbol)
        elif kind == 'U':
            wanted.add(symbol)
    return defined, wanted


def arrows_of(objects):
    """For each place the places that it calls, each with one of the symbols."""
    home, wants = {}, collections.defaultdict(set)
    for built, place in objects.items():
        defined, wanted = symbols_of(built)
        home.update(dict.fromkeys(defined, place))
        wants[place] |= wanted
    arrows = {}
    for place, wanted in wants.items():
        arrows[place] = {home[symbol]: symbol for symbol in sorted(wanted)
                         if symbol in home and home[symbol] != place}
    return arrows


def wrong_turns(arrows):
    wrong = []
    for a in sorted(arrows):
        for b, symbol in sorted(arrows[a].items()):
            why = why_not(a.split('/'), b.split('/'))
            if why:
                wrong.append(f'{a} -> {b} ({symbol}): {why}')
    return wrong


def circles(arrows):
    """Each circle once, as a list of places that ends where it began."""
    found, done, path = [], set(), []

    def climb(place):
        if place in path:
            found.append(path[path.index(place):] + [place])
            return
        if place in done:
            return
        path.append(place)
        for other in sorted(arrows.get(place, ())):
            climb(other)
        path.pop()
        done.add(place)

    for place in sorted(arrows):
        climb(place)
    return found


def describe_circle(circle, arrows):
    steps = [f'{a} -> {b} ({arrows[a][b]})' for a, b in zip(circle, circle[1:])]
    return 'circle: ' + ', '.join(steps)


def picture(arrows):
    """Every file with its height above the ground, highest first."""
    height = {}

    def climb(place):
        if place not in height:
            height[place] = 1 + max((climb(other) for other in arrows.get(place, ())), default=0)
        return height[place]

    order = sorted(arrows, key=lambda place: (-climb(place), place))
    return [f'{height[place]:2} {place:36} -> {" ".join(sorted(arrows[place]))}'.rstrip()
            for place in order]


def main():
    if len(sys.argv) != 2:
        sys.exit('usage: arrows.py BUILD')
    objects = objects_of(sys.argv[1])
    if not objects:
        sys.exit(f'arrows: there are no object files in {sys.argv[1]}')
    arrows = arrows_of(objects)
    wrong = wrong_turns(arrows)
    wrong += [describe_circle(circle, arrows) for circle in circles(arrows)]
    if wrong:
        sys.exit('\n'.join(wrong))
    print('\n'.join(picture(arrows)))


if __name__ == '__main__':
    main()
