# SPDX-License-Identifier: AGPL-3.0-or-later
"""catalogue: the texts of the screens, gathered by xgettext and compared with a translation.

Views are compiled first, so that xgettext reads them as C. No dates and no line numbers go
into the files: a catalogue changes only when a text does.
"""
import os
import re
import subprocess
import tempfile

import viewgen
from house import is_test

# Which argument of which function is a text; PRINTF-like ones are checked as formats.
KEYWORDS = [
    '_', 'N_', 'say:2', 'say_n:2,3', 'fault:3', 'fault_field:3', 'fault_at:5',
    'html_say:2', 'html_say_n:2,3', 'html_sayf:2', 'html_sayf_n:2,3',
    'tongue_say:2', 'tongue_say_n:2,3', 'wrong:4', 'exchange_refuse:3',
]
FORMATS = ['fault:3', 'fault_field:3', 'fault_at:5', 'html_sayf:2', 'html_sayf_n:2', 'html_sayf_n:3']
HEADER = '''msgid ""
msgstr ""
"Project-Id-Version: vocero\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

'''


def run(*command):
    """Output of a gettext tool; what it complains about ends the program."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False)
    if done.returncode:
        raise SystemExit(done.stderr.rstrip())
    return done.stdout


def sources(root):
    """The C files and the views below src/ that speak to people; tests do not."""
    found = []
    for folder, _, names in os.walk(os.path.join(root, 'src')):
        found += [os.path.join(folder, name) for name in names
                  if name.endswith(('.c', '.html')) and not is_test(name)]
    return sorted(found)


def template(root):
    """All texts as a .pot, sorted."""
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(sources(root)):
            with open(path, encoding='utf-8') as file:
                text = file.read()
            made.append(os.path.join(folder, f'{number:04}.c'))
            with open(made[-1], 'w', encoding='utf-8') as file:
                file.write(compiled(path, text) if path.endswith('.html') else spoken(text))
        return HEADER.format(language='') + gather(made)


def compiled(path, text):
    """A view as C."""
    try:
        return viewgen.render(path, text, 'views.h', [])[0]
    except viewgen.ViewError as error:
        raise SystemExit(f'{path}:{error.line}: {error}') from None


def spoken(text):
    """C without what nobody translates.

    What FAULT_BROKEN says goes to the log, people get a general sentence; and "%s" has no words.
    """
    text = re.sub(r'\bfault\((?=\s*[^,()]*,\s*FAULT_BROKEN\b)', 'logged(', text)
    return re.sub(r'([,(]\s*)"%s"(?=\s*[,)])', r'\g<1>0', text)


def gather(paths):
    """The texts of C files, without xgettext's header. It cannot leave that out by itself: with
    --omit-header it also forgets the charset, and drops what is not ASCII."""
    if not paths:
        return ''
    text = run('xgettext', '--language=C', '--from-code=UTF-8', '--no-location', '--sort-output',
               '--no-wrap', '--keyword', *[f'--keyword={keyword}' for keyword in KEYWORDS],
               *[f'--flag={flag}:c-format' for flag in FORMATS], '--output=-', *paths)
    return text.partition('\n\n')[2]


def merged(po, pot):
    """The translation brought up to date with the template; both are texts."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = os.path.join(folder, 'old.po'), os.path.join(folder, 'new.pot')
        for path, text in ((old, po), (new, pot)):
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
        text = run('msgmerge', '--quiet', '--no-fuzzy-matching', '--no-location', '--sort-output',
                   '--no-wrap', '--output-file=-', old, new)
    return ''.join(line for line in text.splitlines(keepends=True)
                   if not line.startswith('"POT-Creation-Date'))


def selected(po, *options):
    """The msgids that msgattrib picks out of a catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'picked.po')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(po)
        text = run('msgattrib', '--no-wrap', '--no-obsolete', *options, path)
    found = [''.join(re.findall(r'"(.*)"\n', match[1]))
             for match in re.finditer(r'^msgid ((?:".*"\n)+)', text, re.M)]
    return [msgid for msgid in found if msgid]


def missing(po, pot):
    """The texts that have no translation, and those whose translation is only a guess."""
    text = merged(po, pot)
    return selected(text, '--untranslated'), selected(text, '--only-fuzzy')


def added(po, paths):
    """The translation with what other .po files know; what it has already stays."""
    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, 'base.po')
        whole = []
        for number, path in enumerate(paths):
            with open(path, encoding='utf-8') as file:
                text = file.read()
            if not re.search(r'^msgid ""\nmsgstr ""\n"', text, re.M):
                text = HEADER.format(language='es_MX') + text
            whole.append(os.path.join(folder, f'{number}.po'))
            with open(whole[-1], 'w', encoding='utf-8') as file:
                file.write(text)
            run('msguniq', '--use-first', '--no-wrap', '--output-file', whole[-1], whole[-1])
        with open(base, 'w', encoding='utf-8') as file:
            file.write(po)
        return run('msgcat', '--use-first', '--no-location', '--sort-output', '--no-wrap', base,
                   *whole)
