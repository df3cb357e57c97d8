# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gates of the whole tree, the catalogue of texts, and the counting of tests."""
import importlib.machinery
import importlib.util
import json
import os
import re
import subprocess
import unittest

from support import DEV, TreeTest

import catalogue
import gates

STEP = 'CREATE TABLE one (\n    id INTEGER -- the number\n);\n'
SPEAKS = 'void f(Ctx *ctx)\n{\n    say(ctx, "Hello");\n}\n'


def function(lines):
    return 'int f(void)\n{\n' + '    x();\n' * (lines - 2) + '}\n'


def translated(**texts):
    pairs = [f'msgid "{text}"\nmsgstr "{spanish}"\n' for text, spanish in texts.items()]
    return catalogue.HEADER.format(language='es_MX') + '\n'.join(pairs)


class Gates(TreeTest):
    def sound_tree(self):
        self.fill({'src/base/a.c': SPEAKS, 'src/store/steps/0001_one.sql': STEP,
                   'locale/es.po': translated(Hello='Hola')})
        os.makedirs(self.path('docs'))
        self.assertEqual(self.run_tool('datamodel.py', gates.STEPS, '-o', gates.PAGE), (0, ''))

    def assert_only(self, gate, *wrong):
        """Exactly this gate is closed, with these sentences."""
        found = {name: lines for name, lines in gates.check(self.root).items() if lines}
        self.assertEqual(list(found), [gate])
        self.assertEqual(len(found[gate]), len(wrong))
        for line, part in zip(found[gate], wrong):
            self.assertIn(part, line)
        self.assertEqual(self.run_tool('gates.py')[0], 1)

    def test_a_sound_tree_passes(self):
        self.sound_tree()
        self.assertEqual(self.run_tool('gates.py')[0], 0)

    def test_a_long_function_is_caught(self):
        self.sound_tree()
        self.fill({'src/base/b.c': function(60) + '\n' + function(61)})
        self.assert_only('too long', 'src/base/b.c:63: this function has 61 lines')

    def test_a_long_file_is_caught(self):
        self.sound_tree()
        self.fill({'src/base/b.c': 'int x;\n' * 500, 'src/base/c.h': 'int x;\n' * 501})
        self.assert_only('too long', 'src/base/c.h:1: this file has 501 lines')

    def test_a_long_table_is_no_function(self):
        self.sound_tree()
        self.fill({'src/base/b.c': 'int t[] = {\n' + '    1,\n' * 90 + '};\n'})
        self.assertEqual(self.run_tool('gates.py')[0], 0)

    def test_what_is_not_finished_is_caught(self):
        self.sound_tree()
        for word in ('TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'):
            with self.subTest(word):
                self.fill({'trials/b.mjs': f'\n// {word}: later\n'})
                self.assert_only('not finished', f'trials/b.mjs:2: // {word}: later')

    def test_what_git_ignores_is_not_searched(self):
        self.sound_tree()
        subprocess.run(['git', 'init', '-q', self.root], check=True)
        self.fill({'.gitignore': '/ui/dist/\n', 'ui/dist/b.js': '// TO' + 'DO\n'})
        self.assertEqual(self.run_tool('gates.py')[0], 0)

    def test_style_and_script_in_a_view_are_caught(self):
        self.sound_tree()
        self.fill({'src/web/b.html': '{# <p\n style="x"> #}\n{# <p onclick="x"> #}\n'})
        self.assert_only('style or script in a view', 'src/web/b.html:2: style=',
                         'src/web/b.html:3: onclick=')

    def test_a_call_with_a_value_too_few_is_caught(self):
        self.sound_tree()
        self.fill({'src/a/a_queries.sql': '-- :name a_add   $3: not here\nINSERT INTO one VALUES ($1, $2); -- $4\n',
                   'src/a/a.c': 'bool f(Ctx *ctx)\n{\n    return db_write(ctx, &q_a_add, I(max(1, 2)));\n}\n',
                   'src/a/fine.c': 'bool g(Ctx *ctx, i64 *n)\n{\n    return db_change(ctx, &q_a_add, n, I(1), T("a, (b"));\n}\n'})
        self.assert_only('bindings', 'src/a/a.c:3: a_add wants 2 values and gets 1')

    def test_a_call_whose_values_are_elsewhere_is_not_judged(self):
        self.sound_tree()
        self.fill({'src/a/a_queries.sql': '-- :name a_add\nINSERT INTO one VALUES ($1, $2);\n',
                   'src/a/a.c': 'bool f(Ctx *ctx)\n{\n    return db_write(ctx, &q_a_add, BOTH(ctx));\n}\n'})
        self.assertFalse(any(gates.check(self.root).values()))

    def test_a_text_without_spanish_is_caught(self):
        self.sound_tree()
        self.fill({'src/web/b.html': '{% view v() %}{{ _("Good\\nday") }}{% end %}'})
        self.assert_only('words', 'not translated: Good\\nday')

    def test_a_guess_is_caught(self):
        self.sound_tree()
        guess = '#, fuzzy\nmsgid "Good day"\nmsgstr "Hola"\n'
        self.fill({'src/base/b.c': SPEAKS.replace('Hello', 'Good day'),
                   'locale/es.po': translated(Hello='Hola') + '\n' + guess})
        self.assert_only('words', 'only guessed: Good day')

    def test_a_broken_format_is_caught(self):
        self.sound_tree()
        wrong = '#, c-format\nmsgid "%s of %d"\nmsgstr "%d de %s"\n'
        self.fill({'locale/es.po': translated(Hello='Hola') + '\n' + wrong})
        self.assert_only('words', 'format specifications')

    def test_a_missing_catalogue_is_caught(self):
        self.sound_tree()
        os.unlink(self.path('locale/es.po'))
        self.assert_only('words', 'there is no Spanish')

    def test_an_old_page_of_the_data_model_is_caught(self):
        self.sound_tree()
        self.fill({'src/store/steps/0002_two.sql': STEP.replace('one', 'two')})
        self.assert_only('data model', 'docs/data-model.md:1: not what the steps say')

    def test_a_column_without_comment_is_caught(self):
        self.sound_tree()
        self.fill({'src/store/steps/0001_one.sql': STEP.replace(' -- the number', '')})
        self.assert_only('data model', 'one.id has no comment')


class Catalogue(TreeTest):
    def texts(self, files):
        self.fill(files)
        return sorted(re.findall(r'^msgid(?:_plural)? "(.+)"$', catalogue.template(self.root), re.M))

    def test_texts_of_every_kind_are_found(self):
        found = self.texts({
            'src/a.c': 'say(c, "a"); say_n(c, "b", "c", 2); fault(c, FAULT_BUSY, "d %d", 1);\n'
                       'fault_field(c, "no", "e"); const char *f = N_("f");\n'
                       'html_sayf_n(h, "%" PRId64 " g", "%" PRId64 " h", 2);\n',
            'src/v.html': '{% view v() %}<p title="{{ _("i") }}">{{ _("j") }}</p>{% end %}',
            'src/w.html': '{% view w() %}{{ _("Search") }}{{ _("Search…") }}{% end %}',
        })
        self.assertEqual(found, ['%<PRId64> g', '%<PRId64> h', 'Search', 'Search…', 'a', 'b', 'c',
                                 'd %d', 'e', 'f', 'i', 'j'])

    def test_the_log_and_the_tests_are_not_translated(self):
        self.assertEqual(self.texts({
            'src/a.c': 'fault(ctx, FAULT_BROKEN, "log"); fault(ctx, FAULT_BUSY, "%s", why);\n',
            'src/a_test.c': 'say(ctx, "test");',
        }), [])

    def test_a_catalogue_does_not_change_by_itself(self):
        self.fill({'src/a.c': SPEAKS})
        pot = catalogue.template(self.root)
        once = catalogue.merged(translated(Hello='Hola', Old='Viejo'), pot)
        self.assertEqual(catalogue.merged(once, pot), once)
        self.assertNotRegex(once, r'Date|^#: ')

    def test_what_others_translated_is_added(self):
        self.fill({'one.po': 'msgid "a"\nmsgstr "uno"\n\nmsgid "b"\nmsgstr "dos"\n',
                   'two.po': translated(b='otro', Hello='otro')})
        text = catalogue.added(translated(Hello='Hola'),
                               [self.path('one.po'), self.path('two.po')])
        pairs = dict(re.findall(r'msgid "(.+)"\nmsgstr "(.+)"', text))
        self.assertEqual(pairs, {'Hello': 'Hola', 'a': 'uno', 'b': 'dos'})


class CompiledCatalogue(TreeTest):
    def mogen(self, text):
        self.fill({'es.po': text})
        return self.run_tool('mogen.py', 'es.po', '-o', 'es_mo.c')

    def test_the_bytes_are_msgfmt_s(self):
        self.assertEqual(self.mogen(translated(Hello='Hola')), (0, ''))
        text = self.read('es_mo.c')
        data = bytes(int(byte, 16) for byte in re.findall(r'0x([0-9a-f]{2}),', text))
        self.assertEqual(data[:4], b'\xde\x12\x04\x95')
        self.assertIn(b'\0Hola\0', data)
        self.assert_compiles('es_mo.c')

    def test_numbers_of_64_bits_are_spelt_out(self):
        self.assertEqual(self.mogen(
            translated(Hello='Hola')
            + '\n#, c-format\nmsgid "%<PRId64> day"\nmsgid_plural "%<PRId64> days"\n'
              'msgstr[0] "%<PRId64> día"\nmsgstr[1] "%<PRId64> días"\n'), (0, ''))
        data = bytes(int(byte, 16) for byte in re.findall(r'0x([0-9a-f]{2}),', self.read('es_mo.c')))
        self.assertIn(b'%ld day\0%ld days\0', data)
        self.assertIn('%ld día\0%ld días\0'.encode(), data)

    def test_a_broken_catalogue_fails_with_its_line(self):
        status, said = self.mogen(translated(Hello='Hola') + '\nmsgid broken\n')
        self.assertEqual(status, 1)
        self.assertRegex(said, r'^es\.po:\d+: ')


class Counting(TreeTest):
    def count(self, *entries):
        loader = importlib.machinery.SourceFileLoader('counter', os.path.join(DEV, 'test'))
        counter = importlib.util.module_from_spec(
            importlib.util.spec_from_loader('counter', loader))
        loader.exec_module(counter)
        self.fill({'log.json': ''.join(json.dumps(entry) + '\n' for entry in entries)})
        return counter.count_all(self.path('log.json'))

    def test_points_are_counted(self):
        said = 'TAP version 13\n1..4\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP no cluster\nok 4\n'
        self.assertEqual(self.count({'result': 'FAIL', 'stdout': said}), [2, 1, 1])

    def test_programs_without_points_are_counted_themselves(self):
        self.assertEqual(self.count({'result': 'OK'}, {'result': 'OK', 'stdout': 'fine'},
                                    {'result': 'FAIL'}, {'result': 'SKIP'}), [2, 1, 1])

    def test_a_program_that_dies_has_failed(self):
        self.assertEqual(self.count({'result': 'ERROR', 'stdout': 'ok 1\nok 2\n'},
                                    {'result': 'TIMEOUT', 'stdout': 'ok 1\n'}), [3, 2, 0])


if __name__ == '__main__':
    unittest.main()
