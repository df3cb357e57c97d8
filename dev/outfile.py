# SPDX-License-Identifier: AGPL-3.0-or-later
"""outfile: how the generators write what they make."""
import os
import sys


def write(path, text):
    """Writes to the file, or to standard output where none is named.

    A file that says the same already is left alone, so that nothing is compiled anew for it.
    """
    if path and os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            if file.read() == text:
                return
    if path:
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
    else:
        sys.stdout.write(text)


def write_depfile(path, output, sources):
    """Tells ninja what the output was made from: the sources, and the Python of the generator."""
    if not path:
        return
    here = os.path.dirname(os.path.abspath(__file__))
    modules = [module.__file__ for module in list(sys.modules.values())
               if getattr(module, '__file__', None) and module.__file__.startswith(here)]
    names = [name.replace(' ', '\\ ') for name in [*sources, *sorted(modules)]]
    write(path, f'{output}: ' + ' '.join(names) + '\n')
