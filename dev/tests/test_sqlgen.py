# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queries' generator."""
import os
import unittest

from support import GOLDEN, TreeTest, read

import sqlgen
from stepfile import StepError, read_steps

STEPS = read_steps(os.path.join(GOLDEN, 'steps'))


class Golden(TreeTest):
    def test_the_header_is_as_expected(self):
        status, said = self.run_tool('sqlgen.py', 'press', 'press_queries.sql', '--steps', 'steps',
                                     cwd=GOLDEN)
        self.assertEqual((status, said), (0, read(os.path.join(GOLDEN, 'press_queries.h'))))

    def test_the_header_compiles(self):
        self.fill({'use.c': '#include "press_queries.h"\n'
                            'const struct { const Query *const *all; size_t n; } rooms = '
                            '{press_queries, press_queries_count};\n',
                   'press_queries.h': read(os.path.join(GOLDEN, 'press_queries.h'))})
        self.assert_compiles('use.c')

    def test_ninja_learns_of_every_step(self):
        self.run_tool('sqlgen.py', 'press', 'press_queries.sql', '--steps', 'steps',
                      '-o', self.path('out.h'), '--depfile', self.path('out.d'), cwd=GOLDEN)
        said = self.read('out.d')
        for name in ('out.h: ', 'steps/0001_people.sql', 'steps/0010_press.sql', 'sqllex.py'):
            self.assertIn(name, said)


class Queries(TreeTest):
    def queries(self, text):
        self.fill({'q.sql': text})
        tables = sqlgen.read_tables(STEPS)
        return sqlgen.Reader('press', self.path('q.sql'), tables).read(text), tables

    def one(self, text):
        found, tables = self.queries('-- :name press_x\n' + text)
        return found[0].written, sqlgen.touches_public(found[0], tables)

    def assert_refused(self, text, line, why):
        with self.assertRaises(StepError) as caught:
            self.queries(text)
        self.assertIn(f'q.sql:{line}: ', str(caught.exception))
        self.assertIn(why, str(caught.exception))

    def test_reads_write_nothing(self):
        for text in ('SELECT 1', 'VALUES (1)', 'WITH a AS (SELECT 1) SELECT * FROM a',
                     'SELECT id FROM person FOR UPDATE SKIP LOCKED',
                     "SELECT 'INSERT INTO person', \"update\" FROM person -- DELETE FROM person"):
            with self.subTest(text):
                self.assertEqual(self.one(text), ([], False))

    def test_writes_know_their_table(self):
        for text, table in (
            ('INSERT INTO press_note (id) VALUES (1)', 'press_note'),
            ('INSERT OR IGNORE INTO press_note (id) VALUES (1)', 'press_note'),
            ('UPDATE press_note SET id = 1', 'press_note'),
            ('DELETE FROM press_note', 'press_note'),
            ('WITH a AS (SELECT 1) DELETE FROM press_note WHERE id IN (SELECT * FROM a)', 'press_note'),
            ('DELETE FROM "press_note"', 'press_note'),
            ('INSERT INTO press_note (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2',
             'press_note'),
        ):
            with self.subTest(text):
                self.assertEqual(self.one(text), ([table], False))

    def test_the_statement_s_own_table_comes_first(self):
        text = ('WITH gone AS (DELETE FROM press_note RETURNING id)'
                ' INSERT INTO press_release (id) SELECT id FROM gone')
        self.assertEqual(self.one(text), (['press_release', 'press_note'], True))

    def test_a_write_inside_with_is_a_write(self):
        text = 'WITH gone AS (DELETE FROM press_release RETURNING id) SELECT id FROM gone'
        self.assertEqual(self.one(text), (['press_release'], True))

    def test_a_deletion_that_reaches_a_public_table_touches_it(self):
        self.assertEqual(self.one('DELETE FROM person WHERE id = $1'), (['person'], True))

    def test_a_name_twice_is_refused(self):
        text = '-- :name press_a\nSELECT 1;\n-- :name press_a\nSELECT 2;\n'
        self.assert_refused(text, 3, 'stands in line 1 already')

    def test_a_name_of_another_room_is_refused(self):
        self.assert_refused('\n-- :name agenda_a\nSELECT 1;\n', 2, 'does not start with press_')

    def test_a_strange_name_is_refused(self):
        self.assert_refused('-- :name press-a\nSELECT 1;\n', 1, 'is no name')

    def test_an_empty_name_is_refused(self):
        self.assert_refused('-- :name\nSELECT 1;\n', 1, 'write `-- :name room_what')

    def test_a_write_on_an_unknown_table_is_refused(self):
        self.assert_refused('-- :name press_a\n\nUPDATE nothing SET a = 1;\n', 3,
                            'writes nothing, which no step makes')

    def test_a_gap_between_values_is_refused(self):
        self.assert_refused('-- :name press_a\nSELECT $1, $3;\n', 1, 'uses $3 but not $2')

    def test_values_that_do_not_begin_with_1_are_refused(self):
        self.assert_refused('-- :name press_a\nSELECT $2;\n', 1, 'uses $2 but not $1')

    def test_a_name_without_statement_is_refused(self):
        text = '-- :name press_a\n-- only words\n;\n-- :name press_b\nSELECT 1;\n'
        self.assert_refused(text, 1, 'press_a has no statement')

    def test_a_last_name_without_statement_is_refused(self):
        self.assert_refused('-- :name press_a\nSELECT 1;\n-- :name press_b\n', 3, 'no statement')

    def test_two_statements_are_refused(self):
        self.assert_refused('-- :name press_a\nSELECT 1;\n\nSELECT 2;\n', 4, 'two statements')

    def test_a_statement_without_name_is_refused(self):
        self.assert_refused('-- words\nSELECT 1;\n-- :name press_a\nSELECT 1;\n', 1,
                            'without a -- :name')

    def test_half_a_pair_is_refused(self):
        self.assert_refused('-- :name press_a :sqlite\nSELECT 1;\n', 1, 'no :postgres text')

    def test_a_pair_with_a_common_text_is_refused(self):
        text = '-- :name press_a :sqlite\nSELECT 1;\n-- :name press_a\nSELECT 1;\n'
        self.assert_refused(text, 3, 'already')

    def test_a_pair_of_different_values_is_refused(self):
        text = '-- :name press_a :sqlite\nSELECT $1;\n-- :name press_a :postgres\nSELECT 1;\n'
        self.assert_refused(text, 1, 'the same number of values')

    def test_another_kind_of_statement_is_refused(self):
        self.assert_refused('-- :name press_a\nDROP TABLE person;\n', 2, 'DROP is not SELECT')

    def test_an_open_string_is_refused(self):
        self.assert_refused("-- :name press_a\nSELECT 'x;\n", 2, 'never closed')

    def test_a_file_without_queries_is_refused(self):
        self.fill({'q.sql': '-- nothing\n'})
        status, said = self.run_tool('sqlgen.py', 'press', 'q.sql', '--steps',
                                     os.path.join(GOLDEN, 'steps'))
        self.assertEqual((status, said), (1, 'q.sql:1: there is no -- :name in this file\n'))


if __name__ == '__main__':
    unittest.main()
