#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Embeds fonts into the program, for src/paper/.

usage: fontgen.py FONT.woff… -o FONTS_DATA_C -s FONTS_DATA_S

Each WOFF 1.0 file (https://www.w3.org/TR/WOFF/) becomes the plain TrueType file that HarfBuzz
wants, beside the outputs. The bytes go in by the assembler's .incbin (FONTS_DATA_S); FONTS_DATA_C
is the table of paper_fonts.h in the order of the arguments.
"""

import argparse
import struct
import sys
import zlib
from pathlib import Path


WOFF_HEAD = struct.Struct(">4s4sIHHIHHIIIII")
WOFF_ENTRY = struct.Struct(">4sIIII")
SFNT_HEAD = struct.Struct(">4sHHHH")
SFNT_ENTRY = struct.Struct(">4sIII")


def read_tables(woff):
    """The flavor of the font, and (tag, checksum, bytes) of each of its tables."""
    signature, flavor, _, count = WOFF_HEAD.unpack_from(woff)[:4]
    if signature != b"wOFF":
        raise ValueError("is no WOFF 1.0 file")
    tables = []
    for number in range(count):
        tag, offset, packed, size, checksum = WOFF_ENTRY.unpack_from(
            woff, WOFF_HEAD.size + number * WOFF_ENTRY.size
        )
        data = woff[offset : offset + packed]
        if packed < size:
            data = zlib.decompress(data)
        if len(data) != size:
            raise ValueError(f"has a broken table {tag!r}")
        tables.append((tag, checksum, data))
    return flavor, tables


def unpack(woff):
    """A TrueType file of a WOFF file."""
    flavor, tables = read_tables(woff)
    power = len(tables).bit_length() - 1
    range_ = 16 << power
    head = SFNT_HEAD.pack(flavor, len(tables), range_, power, len(tables) * 16 - range_)
    offset = SFNT_HEAD.size + SFNT_ENTRY.size * len(tables)
    entries, bodies = [], []
    for tag, checksum, data in tables:
        entries.append(SFNT_ENTRY.pack(tag, checksum, offset, len(data)))
        bodies.append(data + bytes(-len(data) % 4))
        offset += len(bodies[-1])
    return head + b"".join(entries) + b"".join(bodies)


def unpack_all(fonts, folder):
    """Writes each font's TrueType file; their paths."""
    made = []
    for font in fonts:
        path = folder / (font.stem + ".ttf")
        try:
            path.write_bytes(unpack(font.read_bytes()))
        except (ValueError, struct.error, zlib.error) as error:
            sys.exit(f"fontgen: {font}: {error}")
        made.append(path)
    return made


def label(number):
    return f"vocero_font_{number}"


def write_assembly(fonts, out):
    lines = ["/* Made by dev/fontgen.py. */", '\t.section .rodata,"a"']
    for number, font in enumerate(fonts):
        name = label(number)
        lines += ["\t.balign 16", f"\t.global {name}", f"{name}:", f'\t.incbin "{font.resolve()}"']
    lines.append('\t.section .note.GNU-stack,"",%progbits')
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_table(fonts, out):
    lines = ["/* Made by dev/fontgen.py. */", '#include "paper/paper_fonts.h"', ""]
    lines += [f"extern const char {label(number)}[];" for number in range(len(fonts))]
    lines += ["", "const Bytes paper_fonts[] = {"]
    for number, font in enumerate(fonts):
        lines.append(f"    {{{label(number)}, {font.stat().st_size}}}, /* {font.name} */")
    lines += ["};", "const size_t paper_fonts_count = COUNT(paper_fonts);"]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fonts", type=Path, nargs="+")
    parser.add_argument("-o", dest="table", type=Path, required=True)
    parser.add_argument("-s", dest="assembly", type=Path, required=True)
    args = parser.parse_args()
    missing = [str(font) for font in args.fonts if not font.is_file()]
    if missing:
        sys.exit(f"fontgen: not there: {', '.join(missing)}; `npm ci` in ui/ fetches them")
    fonts = unpack_all(args.fonts, args.table.parent)
    write_assembly(fonts, args.assembly)
    write_table(fonts, args.table)


if __name__ == "__main__":
    main()
