#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""stepgen: src/store/steps/*.sql -> steps.c, the table `store_steps` of every step for each database.

usage: stepgen.py DIR [-o OUTPUT]
How a step is written stands in stepfile.py.
"""
import argparse

from outfile import write
from sqllex import c_string
from stepfile import main_with, read_steps, read_tables


def c_lines(sql):
    """One C string literal for each statement, in lines that a person can read."""
    lines = sql.splitlines(keepends=True) or ['']
    return '\n'.join(f'            {c_string(line)}' for line in lines)


def c_step(step):
    return '\n'.join([
        '    {',
        f'        .number = {step.number},',
        f'        .name = {c_string(step.name)},',
        f'        .sqlite =\n{c_lines(step.sql("sqlite"))},',
        f'        .postgres =\n{c_lines(step.sql("postgres"))},',
        f'        .checksum = "{step.checksum()}",',
        '    },',
    ])


def source(folder):
    steps = read_steps(folder)
    read_tables(steps)                  # refuses what does not make sense
    return '\n'.join([
        '/* SPDX-License-Identifier: AGPL-3.0-or-later */',
        '/* made by dev/stepgen.py from the steps beside it: do not edit */',
        '#include "store/steps.h"',
        '',
        'const Step store_steps[] = {',
        *[c_step(step) for step in steps],
        '};',
        '',
        f'const size_t store_steps_count = {len(steps)};',
        '',
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('folder', metavar='DIR')
    parser.add_argument('-o', '--output')
    options = parser.parse_args()
    write(options.output, source(options.folder))


if __name__ == '__main__':
    main_with(main)
