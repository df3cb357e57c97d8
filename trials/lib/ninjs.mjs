// SPDX-License-Identifier: AGPL-3.0-or-later
// ninjs.mjs: what ninjs 3.1 allows of an event, told strictly: whatever it does not name is wrong.
// (iptc.org/std/ninjs/ninjs-schema_3.1.json: unevaluatedProperties is false, and so is every additionalProperties.)

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;
const TRUNCATED = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const text = (value) => typeof value === "string" && value !== "" || "is no text";
const whole = (value) => Number.isInteger(value) || "is no whole number";
const uri = (value) => (typeof value === "string" && URL.canParse(value)) || "is no URI";
const like = (pattern) => (value) => pattern.test(value) || `does not look like ${pattern}`;
const oneOf = (...words) => (value) => words.includes(value) || `is none of ${words}`;
const list = (item) => ({ list: item });

const address = { lines: list(text), locality: text, area: text, postalCode: text, country: text };
const contactInfo = list({ type: text, role: text, lang: text, name: text, value: text, address });
const organisation = { name: text, rel: text, uri, literal: text, contactInfo };
const values = list({ role: text, contentType: text, value: text });
const recurrenceRule = { frequency: oneOf("daily", "weekly", "monthly", "yearly"), interval: whole, until: like(MOMENT), count: whole };
const dates = {
    startDate: like(MOMENT),
    endDate: like(MOMENT),
    expectedStartDate: like(TRUNCATED),
    expectedEndDate: like(TRUNCATED),
    recurrence: { recurrenceRules: list(recurrenceRule) },
};
const geoJSON = {
    type: oneOf("Feature"),
    properties: { name: text },
    geometry: { type: oneOf("Point"), coordinates: list((value) => Number.isFinite(value) || "is no number") },
};
const status = oneOf("usable", "withheld", "canceled");
const kind = oneOf("text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning");

const ITEM = {
    uri,
    standard: { name: text, version: oneOf("3.1"), schema: uri },
    type: kind,
    language: text,
    versionCreated: like(MOMENT),
    contentCreated: like(MOMENT),
    pubStatus: status,
    title: text,
    edNote: text,
    headlines: values,
    descriptions: values,
    subjects: list({ name: text, rel: text, uri, literal: text }),
    places: list({ name: text, rel: text, uri, literal: text, contactInfo, geoJSON }),
    eventDetails: { eventStatus: uri, plannedCoverageStatus: uri, dates, organiser: organisation },
    plannedCoverage: list({
        uri,
        title: text,
        pubStatus: status,
        type: kind,
        commissioned: { by: text, on: like(MOMENT) },
        dates,
        edNote: text,
        urgency: (value) => (Number.isInteger(value) && value >= 1 && value <= 9) || "is no urgency",
        itemCount: { rangeFrom: whole, rangeTo: whole },
    }),
};

function* troubles(rule, value, where) {
    if (typeof rule === "function") {
        const said = rule(value);
        if (said !== true) {
            yield `${where} ${said}: ${JSON.stringify(value)}`;
        }
    } else if (rule.list) {
        if (!Array.isArray(value)) {
            yield `${where} is no list`;
            return;
        }
        for (const [i, item] of value.entries()) {
            yield* troubles(rule.list, item, `${where}[${i}]`);
        }
    } else if (value === null || typeof value !== "object" || Array.isArray(value)) {
        yield `${where} is no object`;
    } else {
        for (const [name, inner] of Object.entries(value)) {
            if (rule[name]) {
                yield* troubles(rule[name], inner, `${where}.${name}`);
            } else {
                yield `${where}.${name} is not part of ninjs`;
            }
        }
    }
}

/** Exactly one kind of beginning, or exactly one kind of end. */
function* datesTroubles(value, where) {
    const starts = [value.startDate, value.expectedStartDate].filter(Boolean).length;
    const ends = [value.endDate, value.expectedEndDate].filter(Boolean).length;
    if (starts !== 1 && ends !== 1) {
        yield `${where} needs one beginning or one end`;
    }
}

/** Everything that is wrong with an item; empty when it is right. */
export function ninjsTroubles(item) {
    const found = [...troubles(ITEM, item, "item")];
    if (!item.uri) {
        found.push("item.uri is missing");
    }
    if (item.eventDetails?.dates) {
        found.push(...datesTroubles(item.eventDetails.dates, "item.eventDetails.dates"));
    }
    for (const coverage of item.plannedCoverage ?? []) {
        if (coverage.dates) {
            found.push(...datesTroubles(coverage.dates, "plannedCoverage.dates"));
        }
    }
    return found;
}
