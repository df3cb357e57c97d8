// SPDX-License-Identifier: AGPL-3.0-or-later
// calendar.mjs: the month of the story, and just enough of RFC 5545 to know what in it is private.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const HANDED_OUT = fileURLToPath(new URL("../../../shared/data/agenda-2022-07.ics", import.meta.url));
const OWN = fileURLToPath(new URL("../fixtures/agenda-2022-07.ics", import.meta.url));

/** The calendar files of July 2022: 70 public events stand, 2 are cancelled, 2 are not public. */
export const MONTHS = [OWN, HANDED_OUT].filter((path) => existsSync(path));
export const MONTH = OWN;
export const STANDING = 70;
export const CANCELLED = 2;
export const PRIVATE = 2;

function unescape(text) {
    return text.replace(/\\n/gi, "\n").replace(/\\([\\;,])/g, "$1");
}

function readEvent(block) {
    const event = {};
    for (const line of block.split("\n")) {
        const [, name, value] = line.match(/^([A-Z-]+)[^:]*:(.*)$/) ?? [];
        if (name) {
            event[name] ??= unescape(value);
        }
    }
    return event;
}

/** The events of a calendar file, each with its properties by name. */
export function readEvents(text) {
    const unfolded = text.replace(/\r?\n[ \t]/g, "").replace(/\r\n/g, "\n");
    return [...unfolded.matchAll(/BEGIN:VEVENT\n([\s\S]*?)END:VEVENT/g)].map(([, block]) => readEvent(block));
}

/** Texts of a calendar file that nobody outside of the desk may read. */
export function secretsOf(path) {
    const hidden = readEvents(readFileSync(path, "utf8")).filter(({ CLASS }) => /PRIVATE|CONFIDENTIAL/.test(CLASS ?? ""));
    return hidden.flatMap(({ UID, SUMMARY, DESCRIPTION }) => [UID, SUMMARY, DESCRIPTION]).filter(Boolean);
}

/** A calendar of n events, for loads: each has a title of its own. */
export function makeMonth(name, n) {
    const two = (number) => String(number).padStart(2, "0");
    const events = Array.from({ length: n }, (_, i) => {
        const start = `202303${two(1 + (i % 28))}T${two(8 + (i % 12))}0000`;
        return [
            "BEGIN:VEVENT",
            `UID:${name}-${i}@trial.example`,
            "DTSTAMP:20230101T000000Z",
            `DTSTART;TZID=America/Mexico_City:${start}`,
            "DURATION:PT1H",
            `SUMMARY:${name} ${i}`,
            "END:VEVENT",
        ].join("\r\n");
    });
    return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//trial//ES\r\n${events.join("\r\n")}\r\nEND:VCALENDAR\r\n`;
}
