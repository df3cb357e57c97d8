#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes a C table of a trained cascade of OpenCV (LBP features, stumps), for src/media/worker/.

usage: cascadegen.py CASCADE.xml -o CASCADE_C

The licence that stands at the head of the XML file stands at the head of the table too, as it asks.
"""
import argparse
import re
import xml.etree.ElementTree as tree
from pathlib import Path

from outfile import write

SUBSET = 8  # words of 32 bits: one bit for each of the 256 patterns
EPSILON = 1e-5  # OpenCV takes it off each stage's threshold when it reads the file


class Unexpected(Exception):
    """The file is no cascade of the kind that worker/work_faces.c evaluates."""


def licence(text):
    """The comments before the first element: who made it, and what must be said."""
    head = text[:text.index('<opencv_storage>')]
    found = re.findall(r'<!--(.*?)-->', head, re.S)
    if not found:
        raise Unexpected('no licence stands at its head')
    return '\n'.join(' * ' + line.strip() if line.strip() else ' *'
                     for line in '\n'.join(found).replace('*/', '* /').strip().splitlines())


def number(element, name):
    found = element.find(name)
    if found is None or not found.text:
        raise Unexpected(f'{name} is missing')
    return float(found.text)


def stumps_of(stage):
    """(feature, subset, value when the pattern is in it, value when not)"""
    for weak in stage.find('weakClassifiers'):
        nodes = [int(n) for n in weak.find('internalNodes').text.split()]
        leaves = [float(n) for n in weak.find('leafValues').text.split()]
        if len(nodes) != 3 + SUBSET or nodes[:2] != [0, -1] or len(leaves) != 2:
            raise Unexpected('a classifier is no stump')
        yield nodes[2], [n & 0xffffffff for n in nodes[3:]], leaves


def read(cascade):
    """(side, features, stages), a stage being (threshold, stumps)."""
    if cascade.findtext('featureType') != 'LBP' or cascade.findtext('stageType') != 'BOOST':
        raise Unexpected('its features are not LBP')
    side = int(number(cascade, 'width'))
    if side != int(number(cascade, 'height')):
        raise Unexpected('its window is no square')
    features = [[int(n) for n in rect.findtext('rect').split()] for rect in cascade.find('features')]
    for x, y, width, height in features:
        if min(x, y) < 0 or min(width, height) < 1 or x + 3 * width > side or y + 3 * height > side:
            raise Unexpected('a feature lies outside of the window')
    stages = [(number(stage, 'stageThreshold') - EPSILON, list(stumps_of(stage)))
              for stage in cascade.find('stages')]
    if any(not 0 <= stump[0] < len(features) for _, stumps in stages for stump in stumps):
        raise Unexpected('a feature is missing')
    return side, features, stages


def table(side, features, stages):
    yield 'static const CascadeCell cells[] = {'
    for rect in features:
        yield '    {' + ', '.join(map(str, rect)) + '},'
    yield '};\n\nstatic const CascadeStump stumps[] = {'
    for _, stumps in stages:
        for feature, subset, (inside, outside) in stumps:
            bits = ', '.join(f'0x{word:08x}' for word in subset)
            yield f'    {{{feature}, {{{bits}}}, {inside!r}f, {outside!r}f}},'
    yield '};\n\nstatic const CascadeStage stages[] = {'
    for threshold, stumps in stages:
        yield f'    {{{len(stumps)}, {threshold!r}f}},'
    yield '};\n'
    yield f'const Cascade faces_cascade = {{{side}, {len(stages)}, {len(features)}, stages, stumps, cells}};'


def main():
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument('cascade')
    parser.add_argument('-o', dest='output', required=True)
    options = parser.parse_args()
    text = Path(options.cascade).read_text(encoding='utf-8')
    try:
        side, features, stages = read(tree.fromstring(text).find('cascade'))
        notice = licence(text)
    except Unexpected as why:
        raise SystemExit(f'cascadegen: {options.cascade}: {why}') from None
    write(options.output, '/* Made by dev/cascadegen.py from ' + Path(options.cascade).name + ':\n *\n' + notice +
          '\n */\n#include "media/worker/cascade.h"\n\n' + '\n'.join(table(side, features, stages)) + '\n')


if __name__ == '__main__':
    main()
