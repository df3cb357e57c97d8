// SPDX-License-Identifier: AGPL-3.0-or-later
// hostile.mjs: values that nobody types in good faith, and what stands beside them in a body that would be right.

const SECONDS = Array.from({ length: 60 }, (_, i) => i).join(",");
const DAYS_OF_YEAR = Array.from({ length: 366 }, (_, i) => i + 1).join(",");
const MANY_DAYS = Array.from({ length: 5000 }, (_, i) => new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10));

/** Texts: too long, not to be shown, numbers and dates at the edge of the world, addresses that are none, rules that explode. */
export const TEXTS = [
    "", " \t\n ", "a".repeat(5000), "á".repeat(60_000), `e${"\u0301".repeat(3000)}`, "a\u0000b", "\u0001\u001b[2J", "factura\u202efdp.exe",
    "\ufeff", "una\u2028dos", "\ufffe\uffff", "\u{10ffff}", "-1", "0", "-0", "+7", "2147483648", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "9".repeat(400), "1e999", "NaN", "-inf", "0x1F", "1,5", "0000-00-00", "0000-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59",
    "9999-12-31", "10000-01-01T00:00", "-2022-01-01", "2022-02-31", "2022-07-14T25:61", "2022-04-03T02:30", "2022-10-30T01:30", "2022-W99",
    "292277-01-01", "javascript:alert(1)", "JaVaScRiPt:alert(1)//https://x", "data:text/html,<script>1</script>", "file:///etc/passwd", "http://127.0.0.1:1/x.ics",
    "http://[::1]/", "https://user:pass@x.example/", "//x.example", "\\\\x\\y", "../../../../etc/passwd", "a/../b", "'; DROP TABLE agenda_event; --", "%s%n%x%d",
    "<script>alert(1)</script>", "</textarea><svg onload=alert(1)>", "{{7*7}}", "=CMD|'/C calc'!A0", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=2147483648",
    "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999999999", `FREQ=YEARLY;BYSECOND=${SECONDS};BYMINUTE=${SECONDS};BYHOUR=0,1,2,3,4,5`,
    `FREQ=YEARLY;BYYEARDAY=${DAYS_OF_YEAR};BYSETPOS=-366,366`, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY\r\nSUMMARY:x",
    MANY_DAYS.join("\n"), MANY_DAYS.join(","), "calendario=%ff&tipo=%00", "calendario=a&calendario=b&lugar=-1", "&&==&%",
];

/** What JSON has besides texts. */
export const OTHERS = [
    null, true, false, 0, -1, 1.5, -0.0001, 1e308, 2 ** 53, 9223372036854775807, [], {}, [[]], [[["x"]]], [null, 1, "a", {}], { a: { b: [1] } },
    Array(5000).fill("2022-07-14"), Array(300).fill({ kind: "link", url: "javascript:alert(1)" }), [{ kind: 7, url: {}, text: [] }], { "": "" }, { "a\u0000": 1 },
];

const RIGHT = {
    title: "Feria", name: "Feria", starts_at: "2022-07-21T10:00", ends_at: "2022-07-21T11:00", time_zone: "America/Mexico_City", reason: "Lluvia", kind: "photo",
    assignee: "admin@sanluis.example", note: "Doce fotos", mail: "tadeo@sanluis.example", role: "editor", right: "agenda_edit", allowed: "1",
    from_at: "2022-08-01", to_at: "2022-08-02", tongue: "es", scope: "read", indicator: "media_pickups", period: "2022-07", month: "2022-07", target: "60",
    value: "31", url: "https://sintesis.example/julio", text: "Doce", visibility: "public", status: "confirmed", state: "accepted", choice: "weather",
    freq: "weekly", interval: "1", weekdays: "mo", ends: "count", count: "5", month_by: "day", minutes: "60", what: "all", decision: "keep", query: "tipo=photo",
};
// A series has words of its own where other records have the same names.
const RIGHT_IN = { "/mesa/agenda/{id}/repetir": { scope: "all" }, "/mesa/agenda/{id}": { scope: "one" }, "/mesa/agenda/{id}/reprogramar": { scope: "one" } };

/** A body that is right but for one field. */
export function bodyWith(path, fields, field, value) {
    const all = { ...RIGHT, ...RIGHT_IN[path] };
    const body = Object.fromEntries(fields.filter((name) => name in all).map((name) => [name, all[name]]));
    return { ...body, [field]: value };
}

/** Every address that takes a POST, with its fields, from what the program says of itself. */
export function postsOf(openapi) {
    return Object.entries(openapi.paths)
        .filter(([, { post }]) => post)
        .map(([path, { post }]) => {
            const [content] = Object.values(post.requestBody?.content ?? {});
            return { path, fields: Object.keys(content?.schema?.properties ?? {}) };
        });
}
