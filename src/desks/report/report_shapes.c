/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_shapes.c: how a report leaves as data: for the desk's programs, and for everybody. */
#include "desks/report/report_room.h"

static const Field figure_fields[] = {
    FIELD_TEXT(Figure, key),         FIELD_TEXT(Figure, label),       FIELD_INT(Figure, value),
    FIELD_INT(Figure, of),           FIELD_TEXT(Figure, unit),        FIELD_INT(Figure, goal),
    FIELD_INT(Figure, missing),      FIELD_INT(Figure, previous),     FIELD_INT(Figure, year_before),
    FIELD_WORD(Figure, direction, strategy_direction_words),          FIELD_WORD(Figure, kind, strategy_kind_words),
    FIELD_WORD(Figure, form, strategy_form_words),                    FIELD_TEXT(Figure, formula),
    FIELD_TEXT(Figure, source),      FIELD_TEXT(Figure, evidence),    FIELD_TEXT(Figure, records),
};
static const Shape figure_shape = SHAPE("figure", Figure, figure_fields);

static const Field uncovered_fields[] = {
    FIELD_ID(Uncovered, id), FIELD_TEXT(Uncovered, title), FIELD_TIME(Uncovered, starts_at), FIELD_TEXT(Uncovered, reason),
};
static const Shape uncovered_shape = SHAPE("uncovered_event", Uncovered, uncovered_fields);

#define SAID_OF_ALL                                                                                                        \
    FIELD_TEXT(Report, month), FIELD_TEXT(Report, area), FIELD_WORD(Report, state, report_state_words),                   \
        FIELD_INT(Report, version), FIELD_TEXT(Report, note), FIELD_TEXT(Report, sha256), FIELD_TEXT(Report, code),        \
        FIELD_TEXT(Report, signature), FIELD_TIME(Report, signed_at), FIELD_TEXT(Report, signed_as),                       \
        FIELD_TIME(Report, published_at), FIELD_TEXT(Report, url), FIELD_BOOL(Report, over), FIELD_TIME(Report, computed_at)
#define TABLES_OF_ALL                                                                                                      \
    FIELD_TEXT(Report, highlights), FIELD_TEXT(Report, difficulties), FIELD_TEXT(Report, outlook),                        \
        FIELD_TEXT(Report, previous_month), FIELD_TEXT(Report, year_before), FIELD_MANY(Report, figures, &figure_shape),   \
        FIELD_MANY(Report, areas, &agenda_tally_shape), FIELD_MANY(Report, topics, &agenda_tally_events_shape),                   \
        FIELD_MANY(Report, kinds, &agenda_tally_work_shape), FIELD_MANY(Report, days, &agenda_tally_events_shape),                     \
        FIELD_MANY(Report, not_covered, &uncovered_shape)

static const Field desk_fields[] = {
    SAID_OF_ALL, FIELD_INT(Report, revision), FIELD_TEXT(Report, reason), FIELD_TEXT(Report, sent_name),
    FIELD_TIME(Report, sent_at), FIELD_TEXT(Report, signed_name), TABLES_OF_ALL,
    FIELD_MANY(Report, people, &agenda_tally_work_shape),
};
const Shape report_shape = SHAPE("report", Report, desk_fields);

static const Field public_fields[] = {SAID_OF_ALL, TABLES_OF_ALL};
const Shape report_public_shape = SHAPE("published_report", Report, public_fields);

static const Field difference_fields[] = {
    FIELD_TEXT(ReportDifference, key), FIELD_TEXT(ReportDifference, label), FIELD_TEXT(ReportDifference, was),
    FIELD_TEXT(ReportDifference, is),
};
static const Shape difference_shape = SHAPE("report_difference", ReportDifference, difference_fields);
static const Field check_fields[] = {
    FIELD_BOOL(ReportCheck, same), FIELD_MANY(ReportCheck, differences, &difference_shape),
};
const Shape report_check_shape = SHAPE("report_check", ReportCheck, check_fields);
