# SPDX-License-Identifier: AGPL-3.0-or-later
"""pictures: photographs of 24 megapixels into the copies that a gallery is made of, beside libvips alone and sharp."""
import os
import subprocess

import tools
from tools import Failed, median, run, spread

SHARP = '0.35.5'
PHOTOS, ROUNDS = 3, 3
HERE = os.path.dirname(os.path.abspath(__file__))


def photo(folder, number):
    """A scene of clouds of several sizes with a camera's grain: about 7 MB as a JPEG of quality 93."""
    path = os.path.join(folder, f'foto{number}.jpg')
    bands = []

    def at(name):
        return os.path.join(folder, f'{number}{name}.v')


    for band, cell in enumerate((512, 256, 128)):
        run(['vips', 'perlin', at(f'p{band}'), 3000, 2000, '--cell-size', cell, '--uchar', '--seed', number * 10 + band])
        bands.append(at(f'p{band}'))
    run(['vips', 'bandjoin', ' '.join(bands), at('rgb')])
    run(['vips', 'resize', at('rgb'), at('large'), 2])
    run(['vips', 'gaussnoise', at('grain'), 6000, 4000, '--mean', 0, '--sigma', 6])
    run(['vips', 'add', at('large'), at('grain'), at('sum')])
    run(['vips', 'cast', at('sum'), at('bytes'), 'uchar'])
    run(['vips', 'copy', at('bytes'), path + '[Q=93,subsample-mode=off]', '--interpretation', 'srgb'])
    for name in os.listdir(folder):
        if name.endswith('.v'):
            os.unlink(os.path.join(folder, name))
    return path


def sharp_folder():
    """Where sharp of exactly this version is installed, for measuring only; None with a sentence when it cannot be had."""
    folder = os.path.join(HERE, 'out', f'sharp-{SHARP}')
    if os.path.isdir(os.path.join(folder, 'node_modules', 'sharp')):
        return folder
    os.makedirs(folder, exist_ok=True)
    done = subprocess.run(['npm', 'install', '--silent', '--no-save', '--prefix', folder, f'sharp@{SHARP}'],
                          capture_output=True, text=True, check=False)
    return folder if done.returncode == 0 else None


def figures(command):
    """(seconds of CPU, seconds, bytes at the peak) that a program prints last."""
    cpu, took, peak = run(command).split()[-3:]
    return float(cpu), float(took), int(peak) * 1024


def rounds(commands):
    """Each command's figures, in alternating rounds after one that is not counted."""
    seen = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, command in commands.items():
            found = figures(command)
            if number:
                seen[name].append(found)
    return seen


def two_at_once(command):
    """Pictures a second by two programs, each with all photos, on the two processors."""
    both = [subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate()[0].split() for one in both]
    if any(one.returncode for one in both):
        raise Failed('bench_pictures failed')
    return 2 * PHOTOS / max(float(words[1]) for words in said)


def copies_made(bench, row):
    folder = os.path.join(bench.folder, 'fotos')
    os.makedirs(folder)
    photos = [photo(folder, number) for number in range(PHOTOS)]
    ours, sharp = bench.program('bench_pictures'), sharp_folder()
    commands = {'ours': [ours, 'avif', *photos], 'vips': [bench.program('bench_pictures_vips'), 'avif', *photos]}
    if sharp:
        commands['sharp'] = ['node', os.path.join(HERE, 'bench_pictures_sharp.mjs'), sharp, 'avif', *photos]
    seen = rounds(commands)
    cpu = {name: [one[0] / PHOTOS for one in found] for name, found in seen.items()}
    beside = '; '.join(f'{name} {spread(values)} s' for name, values in cpu.items())
    yield row('24 megapixels into 8 copies: CPU beside the same by libvips alone', median(cpu['ours']) / median(cpu['vips']), 1.1,
              beside=beside)
    if sharp:
        yield row(f'the same beside sharp {SHARP}', median(cpu['ours']) / median(cpu['sharp']), 1.0, beside='CPU')
    else:
        print(f'bench: sharp {SHARP} cannot be had from npm here: not compared')
    peak = [tools.megabytes(one[2]) for one in seen['ours']]
    yield row('the peak of its memory (MiB RSS)', median(peak), 130, '{:.0f}', beside=spread(peak, '{:.0f}'))
    rate = [two_at_once([ours, 'plain', *photos]) for _ in range(ROUNDS)]
    yield row('two at once, 7 copies without AVIF (pictures a second)', median(rate), 1.2, '{:.2f}', at_least=True, beside=spread(rate))
