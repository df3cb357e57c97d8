/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* made by dev/stepgen.py from the steps beside it: do not edit */
#include "store/steps.h"

const Step store_steps[] = {
    {
        .number = 1,
        .name = "0001_people",
        .sqlite =
            "CREATE TABLE person ( id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> '-- no; '), since INTEGER NOT NULL DEFAULT 0, share REAL, face BLOB, UNIQUE (name) ) STRICT;\n"
            "CREATE INDEX person_by_name ON person (name);\n"
            "CREATE VIRTUAL TABLE person_text USING fts5 (name);\n"
            "CREATE TRIGGER person_said AFTER INSERT ON person BEGIN INSERT INTO person_text (name) VALUES (CASE WHEN 1 THEN NEW.name END); END;\n",
        .postgres =
            "CREATE TABLE person ( id BIGINT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> '-- no; '), since BIGINT NOT NULL DEFAULT 0, share DOUBLE PRECISION, face BYTEA, UNIQUE (name) );\n"
            "CREATE INDEX person_by_name ON person (name);\n"
            "CREATE TABLE person_text ( id INTEGER, words tsvector );\n"
            "CREATE FUNCTION said() RETURNS trigger AS $$ BEGIN x := 'a;'; END; $$ LANGUAGE plpgsql;\n",
        .checksum = "5df810ed2ce7dee3a1009af00b798b2a3e4970f76a88f146a363fe6ba1b81ca5",
    },
    {
        .number = 10,
        .name = "0010_press",
        .sqlite =
            "CREATE TABLE press_release ( id INTEGER PRIMARY KEY, author INTEGER REFERENCES person (id) ON DELETE CASCADE, title TEXT NOT NULL ) STRICT;\n"
            "CREATE TABLE press_note ( id INTEGER PRIMARY KEY, release INTEGER NOT NULL REFERENCES press_release (id) ) WITHOUT ROWID, STRICT;\n"
            "ALTER TABLE press_release ADD COLUMN lead TEXT;\n",
        .postgres =
            "CREATE TABLE press_release ( id BIGINT PRIMARY KEY, author BIGINT REFERENCES person (id) ON DELETE CASCADE, title TEXT NOT NULL );\n"
            "CREATE TABLE press_note ( id BIGINT PRIMARY KEY, release BIGINT NOT NULL REFERENCES press_release (id) );\n"
            "ALTER TABLE press_release ADD COLUMN lead TEXT;\n",
        .checksum = "defc6ecd1c21bf7817db368ef9dfba7d96a9885d3347c56665aac30bd8b2a72c",
    },
};

const size_t store_steps_count = 2;
