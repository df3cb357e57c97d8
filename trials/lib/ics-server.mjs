// SPDX-License-Identifier: AGPL-3.0-or-later
// ics-server.mjs: a calendar of another office on loopback: it says ETag, answers 304, and counts.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { later } from "./later.mjs";

/** events: {uid, title, day, sequence, more}; days are of July 2030. */
export function calendarOf(events) {
    const lines = events.map(({ uid, title, day, sequence = 0, more = [] }) => [
        "BEGIN:VEVENT",
        `UID:${uid}`,
        "DTSTAMP:20300101T000000Z",
        `DTSTART;TZID=America/Mexico_City:203007${day}T100000`,
        "DURATION:PT1H",
        `SUMMARY:${title}`,
        `SEQUENCE:${sequence}`,
        ...more,
        "END:VEVENT",
    ].join("\r\n"));
    return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//otra//ES", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

export class IcsServer {
    body = calendarOf([]);
    asked = 0;
    same = 0;

    static async start(t) {
        const self = new IcsServer();
        self.server = createServer((request, answer) => self.answer(request, answer));
        await new Promise((ready) => self.server.listen(0, "127.0.0.1", ready));
        self.url = `http://127.0.0.1:${self.server.address().port}/agenda.ics`;
        later(t, () => new Promise((ended) => {
            self.server.closeAllConnections();
            self.server.close(ended);
        }));
        return self;
    }

    give(events) {
        this.body = calendarOf(events);
    }

    answer(request, answer) {
        const etag = `"${createHash("sha256").update(this.body).digest("hex").slice(0, 16)}"`;
        this.asked++;
        if (request.headers["if-none-match"] === etag) {
            this.same++;
            answer.writeHead(304, { ETag: etag });
            answer.end();
            return;
        }
        answer.writeHead(200, { "Content-Type": "text/calendar", ETag: etag });
        answer.end(this.body);
    }
}
