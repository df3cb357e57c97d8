# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps' generator and the page of the data model."""
import os
import sqlite3
import unittest

from support import GOLDEN, TreeTest, read

import datamodel
import stepgen
from stepfile import Step, StepError, read_steps, read_tables

STEPS = os.path.join(GOLDEN, 'steps')
ONE = 'CREATE TABLE one (\n    id INTEGER PRIMARY KEY -- the number\n);\n'


class Golden(TreeTest):
    def test_the_c_is_as_expected(self):
        self.assertEqual(stepgen.source(STEPS), read(os.path.join(GOLDEN, 'steps.c')))

    def test_the_c_compiles(self):
        self.assert_compiles(os.path.join(GOLDEN, 'steps.c'))

    def test_the_page_is_as_expected(self):
        steps = read_steps(STEPS)
        page = datamodel.page(steps, list(read_tables(steps).values()))
        self.assertEqual(page, read(os.path.join(GOLDEN, 'data-model.md')))

    def test_sqlite_takes_the_steps(self):
        with sqlite3.connect(':memory:') as db:
            for step in read_steps(STEPS):
                db.executescript(step.sql('sqlite'))
            with self.assertRaises(sqlite3.IntegrityError):     # STRICT: a text is no number
                db.execute("INSERT INTO person (id, name, since) VALUES (1, 'Ana', 'soon')")

    def test_a_deletion_reaches_what_refers_to_it(self):
        self.assertEqual(read_tables(read_steps(STEPS))['press_release'].parents, ['person'])


class Steps(TreeTest):
    def tables(self, **steps):
        self.fill({f'steps/{name.strip("_")}.sql': text for name, text in steps.items()})
        return read_tables(read_steps(self.path('steps')))

    def assert_refused(self, text, where, why, name='_0001_one'):
        with self.assertRaises(StepError) as caught:
            self.tables(**{name: text})
        self.assertIn(where, str(caught.exception))
        self.assertIn(why, str(caught.exception))

    def checksum(self, text):
        self.fill({'0001_one.sql': text})
        return Step(self.path('0001_one.sql')).checksum()

    def test_comments_and_blanks_do_not_alter_a_step(self):
        other = '-- new\n' + ONE.replace('the number', 'its number').replace('    id', '  id')
        self.assertEqual(self.checksum(ONE), self.checksum(other))

    def test_marking_a_table_public_does_not_alter_a_step(self):
        self.assertEqual(self.checksum(ONE), self.checksum(ONE.replace('(\n', '( -- :public\n')))

    def test_any_other_change_alters_a_step(self):
        sections = ONE + '-- :sqlite\nSELECT 1;\n-- :end\n'
        texts = [ONE, ONE.replace('id', 'ib'), ONE.replace('PRIMARY KEY', 'UNIQUE'), sections,
                 sections.replace('sqlite', 'postgres'), ONE.replace('one', "one_")]
        self.assertEqual(len({self.checksum(text) for text in texts}), len(texts))

    def test_later_steps_change_the_model(self):
        tables = self.tables(_0001_one=ONE, _0002_two=(
            'ALTER TABLE one ADD COLUMN name TEXT;   -- a name\n'
            'ALTER TABLE one ADD COLUMN gone TEXT;   -- not for long\n'
            'ALTER TABLE one DROP COLUMN gone;\n'
            'ALTER TABLE one RENAME COLUMN name TO title;\n'
            'ALTER TABLE one RENAME TO two;\n'
            'CREATE TABLE three (id INTEGER);\nDROP TABLE IF EXISTS three;\n'))
        self.assertEqual(list(tables), ['two'])
        columns = [(column.name, column.comment) for column in tables['two'].columns]
        self.assertEqual(columns, [('id', 'the number'), ('title', 'a name')])

    def test_public_is_said_at_the_table(self):
        tables = self.tables(_0001_one=ONE.replace('(\n', '(   -- :public  seen by all\n'))
        self.assertTrue(tables['one'].public)
        self.assertEqual(tables['one'].comment, 'seen by all')

    def test_a_column_for_one_database_only(self):
        tables = self.tables(_0001_one=ONE.replace(
            '    id', '-- :postgres\n    words tsvector, -- found\n-- :end\n    id'))
        self.assertEqual([column.only for column in tables['one'].columns], ['', 'postgres'])

    def test_a_name_without_a_number_is_refused(self):
        self.assert_refused(ONE, 'first.sql:1', 'NNNN_name.sql', name='first')

    def test_a_number_twice_is_refused(self):
        with self.assertRaises(StepError) as caught:
            self.tables(_0001_one=ONE, _0001_two='SELECT 1;')
        self.assertIn('0001_two.sql:1: number 0001 is taken by 0001_one', str(caught.exception))

    def test_an_unknown_type_is_refused(self):
        self.assert_refused(ONE.replace('INTEGER', 'VARCHAR(20)'), ':2:', 'the type is VARCHAR')

    def test_a_missing_type_is_refused(self):
        self.assert_refused('CREATE TABLE one (\n    id\n);', ':2:', 'the type is missing')

    def test_what_only_sqlite_knows_is_refused(self):
        for text in (ONE.replace('KEY', 'KEY AUTOINCREMENT'), ONE.replace(');', ') STRICT;'),
                     ONE.replace(');', ') WITHOUT ROWID;'),
                     'CREATE VIRTUAL TABLE one USING fts5 (name);'):
            with self.subTest(text):
                self.assert_refused(text, '0001_one.sql:', 'for SQLite only')

    def test_a_table_twice_is_refused(self):
        self.assert_refused(ONE + ONE, ':4:', 'table one exists already')

    def test_a_column_twice_is_refused(self):
        self.assert_refused('CREATE TABLE one (\n    id INTEGER,\n    id TEXT\n);', ':3:',
                            'one.id exists already')

    def test_an_upper_case_table_is_refused(self):
        self.assert_refused(ONE.replace('one', 'One'), ':1:', 'lower case')

    def test_a_change_to_an_unknown_table_is_refused(self):
        self.assert_refused('\nALTER TABLE two ADD COLUMN x TEXT;', ':2:', 'there is no table two')

    def test_a_section_without_end_is_refused(self):
        self.assert_refused(ONE + '-- :sqlite\nSELECT 1;\n', ':4:', 'is not ended')

    def test_an_end_without_section_is_refused(self):
        self.assert_refused(ONE + '-- :end\n', ':4:', 'without a -- :sqlite')

    def test_an_open_string_is_refused(self):
        self.assert_refused(ONE + "SELECT 'open;\n", ':4:', 'never closed')


class Page(TreeTest):
    def run_page(self, text, *more):
        self.fill({'steps/0001_one.sql': text})
        return self.run_tool('datamodel.py', 'steps', *more)

    def test_a_column_without_comment_fails(self):
        status, said = self.run_page('CREATE TABLE one (\n    id INTEGER,\n    b TEXT -- b\n);\n')
        self.assertEqual((status, said), (1, 'steps/0001_one.sql:2: one.id has no comment\n'))

    def test_an_old_page_fails_the_check(self):
        self.run_page(ONE, '-o', 'page.md')
        self.assertEqual(self.run_page(ONE, '--check', 'page.md'), (0, ''))
        status, said = self.run_page(ONE.replace('the number', 'its number'), '--check', 'page.md')
        self.assertEqual(status, 1)
        self.assertIn('make docs', said)

    def test_a_missing_page_fails_the_check(self):
        self.assertEqual(self.run_page(ONE, '--check', 'none.md')[0], 1)


if __name__ == '__main__':
    unittest.main()
