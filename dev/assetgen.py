#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Embeds what ui/build.mjs made into the program.

usage: assetgen.py ASSETS_JSON -o ASSETS_DATA_C -s ASSETS_DATA_S --depfile FILE

The bytes go in by the assembler's .incbin (assets_data.S); assets_data.c is the table of asset.h,
sorted by path. A file's .gz and .br, where they lie beside it, are its compressed forms. Two
addresses that browsers ask for by themselves are made here: /favicon.ico and /manifest.webmanifest.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

PREFIX = "/estatico/"
FAVICON = "icono-192.png"
MANIFEST_ICONS = {
    "icono-192.png": {"sizes": "192x192", "type": "image/png"},
    "icono-512.png": {"sizes": "512x512", "type": "image/png"},
    "icono-mascara.svg": {"sizes": "any", "type": "image/svg+xml", "purpose": "maskable"},
}


class Asset:
    """One address: its type, and the files of its plain and compressed forms."""

    def __init__(self, path, kind, plain, immutable):
        self.path = path
        self.type = kind
        self.immutable = immutable
        self.forms = [plain, sibling(plain, ".gz"), sibling(plain, ".br")]

    def etag(self):
        return hashlib.sha256(self.forms[0].read_bytes()).hexdigest()[:24]


def sibling(plain, ending):
    file = plain.with_name(plain.name + ending)
    return file if file.exists() else None


def read_items(manifest):
    items = json.loads(manifest.read_text(encoding="utf-8"))
    for item in items:
        missing = {"name", "file", "type"} - item.keys()
        if missing:
            sys.exit(f"{manifest}: an entry lacks {', '.join(sorted(missing))}: {item}")
    return items


def listed_assets(items, folder):
    assets = []
    for item in items:
        immutable = item.get("immutable", False)
        path = (PREFIX if immutable else "/") + item["file"]
        assets.append(Asset(path, item["type"], folder / item["file"], immutable))
    return assets


def favicon(items, folder):
    for item in items:
        if item["name"] == FAVICON:
            return [Asset("/favicon.ico", item["type"], folder / item["file"], False)]
    return []


def web_manifest(items, made):
    """What a phone needs to put the desk on its home screen."""
    files = {item["name"]: PREFIX + item["file"] for item in items}
    icons = [{"src": files[name], **more} for name, more in MANIFEST_ICONS.items() if name in files]
    text = json.dumps(
        {
            "name": "Vocero",
            "short_name": "Vocero",
            "lang": "es-MX",
            "start_url": "/mesa",
            "scope": "/",
            "display": "standalone",
            "icons": icons,
        },
        ensure_ascii=False,
        indent=1,
    )
    made.write_text(text + "\n", encoding="utf-8")
    return [Asset("/manifest.webmanifest", "application/manifest+json", made, False)]


def label(number, form):
    return f"vocero_asset_{number}_{('plain', 'gzip', 'brotli')[form]}"


def write_assembly(assets, out):
    lines = ["/* Made by dev/assetgen.py. */", '\t.section .rodata,"a"']
    for number, asset in enumerate(assets):
        for form, file in enumerate(asset.forms):
            if file:
                name = label(number, form)
                lines += ["\t.balign 16", f"\t.global {name}", f"{name}:", f'\t.incbin "{file.resolve()}"']
    lines.append('\t.section .note.GNU-stack,"",%progbits')
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def entry(number, asset):
    parts = [
        f"        .path = {json.dumps(asset.path)},",
        f"        .type = {json.dumps(asset.type)},",
        f'        .etag = "\\"{asset.etag()}\\"",',
        f"        .immutable = {'true' if asset.immutable else 'false'},",
    ]
    for form, member in enumerate(("plain", "gzip", "brotli")):
        if asset.forms[form]:
            size = asset.forms[form].stat().st_size
            parts.append(f"        .{member} = {{{label(number, form)}, {size}}},")
    return "    {\n" + "\n".join(parts) + "\n    },"


def write_table(assets, out):
    names = [
        label(number, form)
        for number, asset in enumerate(assets)
        for form, file in enumerate(asset.forms)
        if file
    ]
    lines = ["/* Made by dev/assetgen.py. */", '#include "web/asset.h"', ""]
    lines += [f"extern const char {name}[];" for name in names]
    lines += ["", "const Asset assets[] = {"]
    lines += [entry(number, asset) for number, asset in enumerate(assets)]
    lines += ["};", "const size_t assets_count = sizeof assets / sizeof assets[0];"]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_depfile(depfile, out, manifest, assets):
    files = [manifest] + [file for asset in assets for file in asset.forms if file]
    names = " ".join(str(file).replace(" ", "\\ ") for file in files)
    depfile.write_text(f"{out}: {names}\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("manifest", type=Path)
    parser.add_argument("-o", dest="table", type=Path, required=True)
    parser.add_argument("-s", dest="assembly", type=Path, required=True)
    parser.add_argument("--depfile", type=Path)
    args = parser.parse_args()
    folder = args.manifest.parent
    items = read_items(args.manifest)
    made = args.table.with_name("manifest.webmanifest")
    assets = listed_assets(items, folder) + favicon(items, folder) + web_manifest(items, made)
    assets.sort(key=lambda asset: asset.path)
    write_assembly(assets, args.assembly)
    write_table(assets, args.table)
    if args.depfile:
        write_depfile(args.depfile, args.table, args.manifest, [a for a in assets if made not in a.forms])


if __name__ == "__main__":
    main()
