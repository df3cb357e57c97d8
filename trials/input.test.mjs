// SPDX-License-Identifier: AGPL-3.0-or-later
// input.test.mjs: bad input by file, by address, by body and by pace: told what was wrong, nothing half done.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MONTH, makeMonth } from "./lib/calendar.mjs";
import { ask } from "./lib/client.mjs";
import { FORM, logIn, openDesk, shareDesk } from "./lib/desk.mjs";
import { drip, exchange } from "./lib/raw.mjs";
import { ADMIN, makeCity, must, run } from "./lib/vocero.mjs";

// Refused requests leave it as it was, so one desk serves many tests.
const sharedDesk = shareDesk();

// ---- calendar files ----

const GOOD_EVENT = ["BEGIN:VEVENT", "UID:bueno@x", "DTSTART:20220701T150000Z", "DURATION:PT1H", "SUMMARY:Bueno", "END:VEVENT"];

function calendar(...bad) {
    return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//ES", ...GOOD_EVENT, ...bad, "END:VCALENDAR", ""].join("\r\n");
}

function badEvent(...lines) {
    return calendar("BEGIN:VEVENT", ...lines, "END:VEVENT");
}

const START = "DTSTART:20220702T150000Z";
const NAMED = ["UID:malo@x", "SUMMARY:Malo"];

const BROKEN_FILES = {
    "an empty file": ["", /BEGIN:VCALENDAR/],
    "no calendar at all": ["hola, mundo\r\n", /^vocero: (Line|Línea) 1: .*BEGIN:VCALENDAR/],
    "a web page": ["<!doctype html><title>404</title>", /^vocero: (Line|Línea) 1: .*BEGIN:VCALENDAR/],
    "UTF-16": [Buffer.from(`\ufeff${calendar()}`, "utf16le"), /(Line|Línea) 1: .*UTF-8/],
    "Latin-1": [Buffer.from(calendar("BEGIN:VEVENT", ...NAMED, START, "DESCRIPTION:Jardín", "END:VEVENT"), "latin1"), /(Line|Línea) 14: .*UTF-8/],
    "a file cut in an event": [calendar().slice(0, 140), /(Line|Línea) \d+: /],
    "a file cut after an event": [calendar().replace(/END:VCALENDAR\r\n$/, ""), /(Line|Línea) \d+: /],
    "an END without a BEGIN": [calendar("END:VEVENT"), /(Line|Línea) 10: END/],
    "a line that is not folded": [badEvent(...NAMED, START, "DESCRIPTION:una", "línea suelta"), /(Line|Línea) 15: .*línea suelta/],
    "no UID": [badEvent("SUMMARY:Malo", START), /(Line|Línea) \d+: .*UID/],
    "no SUMMARY": [badEvent("UID:malo@x", START), /(Line|Línea) \d+: .*SUMMARY/],
    "no DTSTART": [badEvent(...NAMED), /(Line|Línea) \d+: .*DTSTART/],
    "DTEND before DTSTART": [badEvent(...NAMED, START, "DTEND:20220702T140000Z"), /(Line|Línea) 14: .*DTEND/],
    "DTEND and DURATION": [badEvent(...NAMED, START, "DTEND:20220702T160000Z", "DURATION:PT1H"), /(Line|Línea) \d+: .*DURATION/],
    "a day that is none": [badEvent(...NAMED, "DTSTART:20220231T150000Z"), /(Line|Línea) 13: .*DTSTART/],
    "a zone nobody knows": [badEvent(...NAMED, "DTSTART;TZID=Luna/Mar:20220702T150000"), /(Line|Línea) 13: .*Luna/],
    "an event of a year": [badEvent(...NAMED, START, "DURATION:P365D"), /(Line|Línea) \d+: .*60 (days|días)/],
    "a rule of every second": [badEvent(...NAMED, START, "RRULE:FREQ=SECONDLY"), /(Line|Línea) 14: .*RRULE/],
    "a bomb of a rule": [badEvent(...NAMED, START, "RRULE:FREQ=MINUTELY;INTERVAL=1;COUNT=100000000"), /(Line|Línea) 14: RRULE/],
    "a rule of a day that no month has": [badEvent(...NAMED, START, "RRULE:FREQ=MONTHLY;BYDAY=8TH"), /(Line|Línea) 14: RRULE/],
    "a rule that is none": [badEvent(...NAMED, START, "RRULE:FREQ=A VECES"), /(Line|Línea) 14: .*RRULE/],
    "GEO out of the earth": [badEvent(...NAMED, START, "LOCATION:Luna", "GEO:220.1;-100"), /(Line|Línea) 15: .*GEO/],
    "a title of 10,000 letters": [badEvent("UID:malo@x", START, `SUMMARY:${"a".repeat(10000)}`), /(Line|Línea) \d+: .*SUMMARY/],
    "components without end": ["BEGIN:VCALENDAR\r\n".repeat(200), /(Line|Línea) \d+: /],
    "more than 20,000 events": [makeMonth("mucho", 20_001), /20[,.\s]?000/],
};

async function eventsOf(city) {
    const result = JSON.parse(await city.must(["import", "agenda", await city.file("bueno.ics", calendar()), "--json"]));
    return result.created;
}

for (const [name, [file, expected]] of Object.entries(BROKEN_FILES)) {
    test(`import refuses ${name}, and takes nothing of it`, async (t) => {
        const city = await makeCity(t);
        const { status, stderr } = await city.run(["import", "agenda", await city.file("malo.ics", file)]);
        assert.equal(status, 1);
        assert.match(stderr, expected);
        assert.equal(stderr.trim().split("\n").length, 1, `one line: ${stderr}`);
        assert.ok(stderr.length > 40 && stderr.length < 2000, stderr);
        assert.equal(await eventsOf(city), 1, "the good event of the bad file must not be there yet");
    });
}

test("import refuses a file of 50 MB, what is no file, and what is not there", async (t) => {
    const city = await makeCity(t);
    const huge = await city.file("enorme.ics", Buffer.alloc(50 * 1024 * 1024, "X"));
    for (const [path, why] of [[huge, /10 MB/], [city.folder, /cannot be/], [`${city.folder}/nada.ics`, /cannot be opened/]]) {
        const { status, stderr } = await city.run(["import", "agenda", path]);
        assert.equal(status, 1, path);
        assert.match(stderr, why);
    }
});

test("import --skip-bad takes what is right and lists what is not", async (t) => {
    const city = await makeCity(t);
    const file = await city.file("mixto.ics", badEvent(...NAMED, START, "DTEND:20220702T140000Z"));
    const result = JSON.parse(await city.must(["import", "agenda", file, "--skip-bad", "--json"]));
    assert.deepEqual([result.created, result.refused], [1, 1]);
    const refused = result.lines.find(({ what }) => what === "refused");
    assert.equal(refused.line, 14);
    assert.match(refused.why, /DTEND/);
});

// ---- the command line ----

const WRONG_USAGE = [
    [], ["nada"], ["serve", "--nada"], ["import"], ["import", "agenda"], ["import", "fotos", "x"], ["report"],
    ["report", "2022-07", "--format", "papiro"], ["user"], ["user", "add"], ["user", "baila"], ["init"],
];

test("wrong usage ends with 2 and says what is right", async () => {
    for (const args of WRONG_USAGE) {
        const { status, stderr, stdout } = await run(args);
        assert.equal(status, 2, `vocero ${args.join(" ")}: ${stderr}`);
        assert.match(stderr, /\w{4}/);
        assert.equal(stdout, "");
    }
});

test("every command answers --help and touches nothing", async (t) => {
    const nowhere = "/nonexistent/vocero";
    const listed = await must(["--help"]);
    const commands = [...listed.matchAll(/^ {2}([a-z]+) +[A-Z]/gm)].map(([, name]) => name);
    assert.ok(commands.includes("serve") && commands.includes("routes"), listed);
    for (const command of commands) {
        const { status, stdout } = await run([command, "--help", "--data", nowhere]);
        assert.equal(status, 0, command);
        assert.match(stdout, /--data/);
    }
});

test("commands refuse what makes no sense, in one line", async (t) => {
    const city = await makeCity(t);
    const cases = [
        [["report", "2022-13"], /2022-13/], [["report", "julio"], /julio/], [["report", "2199-01"], /2199/],
        [["user", "token", "nadie@x.example"], /nadie@x\.example/],
        [["user", "add", "no-es-correo", "--name", "X", "--role", "reader"], /no-es-correo|mail|correo/],
        [["user", "add", "a@x.example", "--name", "X", "--role", "rey"], /rey/],
        [["user", "role", ADMIN, "--role", "reader"], /administra/],
        [["user", "token", ADMIN, "--scope", "todo"], /scope|todo|alcance/],
    ];
    for (const [args, why] of cases) {
        const { status, stderr } = await city.run(args);
        assert.equal(status, 1, args.join(" "));
        assert.match(stderr, why);
        assert.equal(stderr.trim().split("\n").length, 1, stderr);
    }
});

// ---- addresses and methods ----

const ADDRESSES = {
    "/nada": 404, "/agenda/no-hay-tal-evento": 404, "/agenda/%2F": [400, 404], "/agenda%2Fx": [400, 404], "/mesa%2Fagenda": [400, 404],
    "/agenda/%ff": 400, "/agenda/%zz": 400, "/agenda/%c0%af": 400, "/agenda?mes=%ff": 400, "/agenda/%00": 400,
    "/agenda/../mesa": 404, "/agenda/%2e%2e/mesa": 404, "//agenda": 404, "/agenda?mes=2022-13": [400, 404, 422],
    "/agenda?mes=ayer": [400, 404, 422], "/agenda?semana=2022-W99": [400, 404, 422], "/agenda?dia=2022-02-31": [400, 404, 422],
    "/agenda.exe": 404, "/agenda.json?limit=-1": [200, 400, 422], "/agenda.json?after=falso": [400, 422],
    "/static/../../etc/passwd": 404, "/static/%2e%2e%2fetc%2fpasswd": [400, 404],
    [`/agenda/${"a".repeat(3000)}`]: [404, 414], [`/agenda?mes=${"a".repeat(3000)}`]: [400, 404, 414, 422],
};

test("addresses that mean nothing are told so, never with a fault of ours", async (t) => {
    const { server } = await sharedDesk();
    for (const [address, expected] of Object.entries(ADDRESSES)) {
        const { status, text } = await exchange(server, `GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        assert.ok([expected].flat().includes(status), `${address.slice(0, 60)} gave ${status}`);
        assert.match(text, /X-Request-Id|Content-Length/i);
    }
    const long = await exchange(server, `GET /agenda/${"a".repeat(9000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    assert.ok([400, 404, 414, 431].includes(long.status), `a very long address gave ${long.status}`);
});

test("a page of an error says what to do, in the reader's language, as a page or as JSON", async (t) => {
    const { server } = await sharedDesk();
    const html = await ask(server, "/nada", { headers: { Accept: "text/html", "Accept-Language": "es-MX" } });
    assert.match(html.text, /<html lang="es/);
    assert.match(html.text, /<h1/);
    const json = await ask(server, "/nada", { headers: { Accept: "application/json" } });
    assert.equal(json.json.error.kind, "not_found");
    assert.ok(json.json.error.message.length > 10);
});

async function routesOf() {
    const said = await must(["routes", "--json"]);
    return said.trim().split("\n").map((line) => JSON.parse(line));
}

function fillIn(path) {
    return path.replace(":id", "0000000000001").replace(":slug", "no-hay").replace(":month", "2022-07").replace(":token", "x".repeat(43))
        .replace(":variant", "640.jpg");
}

test("a method that an address does not take is 405 with Allow", async (t) => {
    const { server, client } = await sharedDesk();
    const routes = await routesOf();
    const paths = [...new Set(routes.map(({ path }) => path))];
    for (const path of paths) {
        const taken = routes.filter((route) => route.path === path).map(({ method }) => method);
        for (const method of ["PUT", "DELETE", "PATCH", "POST"].filter((name) => !taken.includes(name))) {
            const answer = await ask(server, fillIn(path), { method, headers: client.headers });
            assert.equal(answer.status, 405, `${method} ${path}`);
            for (const good of taken) {
                assert.ok(answer.headers.get("allow").includes(good), `${method} ${path}: ${answer.headers.get("allow")}`);
            }
        }
    }
    const trace = await exchange(server, "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert.ok([400, 405, 501].includes(trace.status), `TRACE gave ${trace.status}`);
});

// ---- bodies ----

const BODIES = {
    "nothing": [undefined, undefined],
    "an empty form": [FORM, ""],
    "a form of noise": [FORM, "%ff%fe=%zz&&&===&title=%00"],
    "a form with NUL and controls": [FORM, "title=a%00b%01&starts_at=%0d%0a&reason=%1b"],
    "5,000 fields": [FORM, Array.from({ length: 5000 }, (_, i) => `f${i}=1`).join("&")],
    "the same field often": [FORM, "title=a&".repeat(100)],
    "dates that are none": [FORM, "title=x&starts_at=2022-02-31T99:99&ends_at=ayer&due_at=-1&version=x&lat=NaN&lon=inf"],
    "numbers without end": [FORM, `version=${"9".repeat(500)}&lat=${"1e999"}&limit=-0`],
    "broken JSON": ["application/json", '{"title": '],
    "a JSON list": ["application/json", "[1, 2, 3]"],
    "a JSON text": ["application/json", '"hola"'],
    "JSON null": ["application/json", "null"],
    "deep JSON": ["application/json", "[".repeat(100_000)],
    "deep objects": ["application/json", '{"a":'.repeat(5000) + "1" + "}".repeat(5000)],
    "JSON of wrong types": ["application/json", '{"title": {"a": [1]}, "starts_at": true, "version": "x", "evidence": [[[]]], "rights": {}}'],
    "JSON that is no UTF-8": ["application/json", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    "JSON with lone surrogates": ["application/json", '{"title": "\\ud800", "reason": "\\udfff"}'],
    "a multipart without parts": ["multipart/form-data; boundary=x", "--x--\r\n"],
    "a multipart without end": ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nhola'],
    "a multipart without boundary": ["multipart/form-data", "--x--"],
    "an unasked file": ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\nMZ\r\n--x--\r\n'],
    "a wrong type": ["image/png", Buffer.from("89504e470d0a1a0a", "hex")],
    "a type that is none": ["\x01;;;", "hola"],
    "two megabytes": [FORM, `title=${"a".repeat(2 * 1024 * 1024)}`],
};

// A page for logging out and the like may well say yes; what is never right is a fault of ours, or silence.
function isNoFault(status, text, where) {
    assert.ok(status > 0, `${where}: no answer`);
    assert.ok(status < 500, `${where}: ${status} ${text.slice(0, 400)}`);
}

async function makeRecords({ city, client }) {
    await city.must(["import", "agenda", MONTH]);
    const [event] = (await client.get("/mesa/agenda?mes=2022-07&limit=1")).json.items;
    const draft = { kind: "photo", assignee: ADMIN };
    const made = await client.post(`/mesa/agenda/${event.id}/coberturas`, draft);
    return { event: event.id, coverage: made.json.id };
}

let records;

// Where a form is sent by people only, the answer may be a page.
function saysWhy(text) {
    const body = text.slice(text.indexOf("\r\n\r\n") + 4);
    return !body.startsWith("{") || JSON.parse(body).error.message.length > 5;
}

for (const [name, [type, body]] of Object.entries(BODIES)) {
    test(`${name} as the body of every POST is no fault of ours`, async () => {
        const desk = await sharedDesk();
        const { server, client } = desk;
        const { event, coverage } = await (records ??= makeRecords(desk));
        const posts = (await routesOf()).filter(({ method, path }) => method === "POST" && path !== "/salir");
        assert.ok(posts.length > 20);
        for (const { path } of posts) {
            const id = path.includes("coberturas/:id") ? coverage : event;
            const headers = { ...client.headers, ...(type && { "Content-Type": type }) };
            const { status, text } = await postRaw(server, fillIn(path.replace(":id", id)), headers, body ?? "");
            isNoFault(status, text, `POST ${path}`);
            assert.ok(status < 400 || saysWhy(text), `POST ${path}: ${text}`);
        }
        const still = await ask(server, "/salud");
        assert.equal(still.status, 200, still.text);
    });
}

function postRaw(server, address, headers, body) {
    const bytes = Buffer.from(body);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `POST ${address} HTTP/1.1\r\nHost: x\r\n${lines.join("")}Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`;
    return exchange(server, [Buffer.from(head, "latin1"), bytes], { waitMs: 20_000 });
}

test("a form's mistakes are told by field, all at once", async (t) => {
    const { client } = await openDesk(t);
    const { status, json } = await client.post("/mesa/agenda", { title: " ", starts_at: "2022-02-31T10:00" });
    assert.equal(status, 422);
    assert.equal(json.error.kind, "invalid");
    assert.ok(["title", "starts_at"].includes(json.error.field), json.error.field);
});

test("a cursor that was made up or belongs to another list is refused", async (t) => {
    const { client, city } = await openDesk(t);
    await city.must(["import", "agenda", MONTH]);
    const { json } = await client.get("/mesa/agenda?mes=2022-07&limit=5");
    const cursor = new URL(json.next, "http://x").searchParams.get("after");
    const forged = (cursor[0] === "A" ? "B" : "A") + cursor.slice(1);
    for (const address of [`/mesa/agenda?mes=2022-07&after=${forged}`, "/mesa/agenda?after=%27%20OR%201=1", `/mesa/bitacora?after=${forged}`]) {
        const { status } = await client.get(address);
        assert.ok(status === 400 || status === 422, `${address} gave ${status}`);
    }
});

// ---- who asks ----

test("a form without the page's secret, or from another site, changes nothing", async (t) => {
    const { server, client } = await openDesk(t);
    const cookie = await logIn(server);
    const fields = { title: "Falso", starts_at: "2022-07-01T10:00" };
    const before = (await client.get("/mesa/agenda?mes=2022-07")).json.total;
    for (const csrf of [{}, { csrf: "x".repeat(43) }]) {
        const body = new URLSearchParams({ ...fields, ...csrf }).toString();
        const answer = await ask(server, "/mesa/agenda", { method: "POST", body, headers: { "Content-Type": FORM, Cookie: cookie } });
        assert.equal(answer.status, 403, answer.text.slice(0, 200));
    }
    assert.equal((await client.get("/mesa/agenda?mes=2022-07")).json.total, before);
});

// A page leads to the login; a program is told.
function isTurnedAway({ status, headers }) {
    return status === 401 || status === 403 || (status === 303 && headers.get("location").startsWith("/entrar"));
}

test("nobody comes in without a session or with a token that is none", async () => {
    const { server } = await sharedDesk();
    const routes = (await routesOf()).filter(({ right }) => right !== "public");
    assert.ok(routes.length > 20);
    const nobodies = [{}, { Authorization: `Bearer ${"x".repeat(43)}` }, { Cookie: `vocero=${"x".repeat(43)}` }];
    for (const { method, path } of routes) {
        for (const headers of nobodies) {
            const answer = await ask(server, fillIn(path), { method, headers, ...(method === "POST" && { body: {} }) });
            assert.ok(isTurnedAway(answer), `${method} ${path} gave ${answer.status} to ${JSON.stringify(headers)}`);
        }
    }
});

// ---- framing and pace ----

const HEAD = "POST /entrar HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";

const FRAMING = {
    "two lengths": `${HEAD}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
    "a length and chunks": `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "a negative length": `${HEAD}Content-Length: -1\r\n\r\n`,
    "a length of letters": `${HEAD}Content-Length: muchos\r\n\r\n`,
    "a length without end": `${HEAD}Content-Length: ${"9".repeat(30)}\r\n\r\n`,
    "chunks of noise": `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\nhola\r\n`,
    "a chunk larger than it says": `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\nhola\r\n0\r\n\r\n`,
    "a folded header": `${HEAD}X-A: 1\r\n 2\r\nContent-Length: 0\r\n\r\n`,
    "no host": "GET / HTTP/1.1\r\n\r\n",
    "two hosts": "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "a NUL in a header": "GET / HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n",
    "another encoding": `${HEAD}Transfer-Encoding: gzip\r\n\r\n`,
    "300 headers": `GET / HTTP/1.1\r\nHost: x\r\n${"X-A: 1\r\n".repeat(300)}\r\n`,
    "a head of 100 kB": `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(100_000)}\r\n\r\n`,
    "no HTTP at all": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03hola\r\n\r\n",
};

for (const [name, bytes] of Object.entries(FRAMING)) {
    test(`${name}: refused, and the connection ends`, async (t) => {
        const { server } = await sharedDesk();
        const after = "GET /agenda HTTP/1.1\r\nHost: x\r\n\r\n";
        const { status, closed, text } = await exchange(server, [Buffer.from(bytes, "latin1"), after], { waitMs: 15_000 });
        assert.ok(status === 0 || (status >= 400 && status !== 500 && status !== 503), `status ${status}`);
        assert.ok(closed, "the connection stays open");
        assert.ok(!/^HTTP\/1\.1 200/m.test(text), "what came behind was answered as a request");
        assert.equal((await ask(server, "/salud")).status, 200);
    });
}

test("a body that is shorter than it says is cut, not waited for without end", async (t) => {
    const { server } = await openDesk(t, { env: { VOCERO_SERVER_HEAD_DEADLINE: "2" } });
    const lying = `${HEAD}Content-Length: 1000\r\n\r\nmail=a`;
    const { closed, ms } = await exchange(server, lying, { waitMs: 12_000 });
    assert.ok(closed && ms < 11_000, `closed ${closed} after ${ms} ms`);
});

test("clients that drip their head or their body are cut, others are served meanwhile", async (t) => {
    const { server } = await openDesk(t, { env: { VOCERO_SERVER_HEAD_DEADLINE: "2" } });
    const head = Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ${"a".repeat(2000)}`);
    const body = Buffer.from(`${HEAD}Content-Length: 5000\r\n\r\n${"a".repeat(5000)}`);
    const slow = [head, head, head, body].map((bytes) => drip(server, bytes));
    assert.equal((await ask(server, "/agenda")).status, 200);
    for (const { cut, ms } of await Promise.all(slow)) {
        assert.ok(cut && ms < 15_000, `cut ${cut} after ${ms} ms`);
    }
});

test("too many tries at a password are slowed, without saying who exists", async (t) => {
    const { server } = await openDesk(t);
    const seen = new Set();
    const answers = {};
    for (const mail of [ADMIN, "nadie@sanluis.example"]) {
        answers[mail] = [];
        for (let i = 0; i < 12; i++) {
            const body = new URLSearchParams({ mail, password: `mala-${i}` }).toString();
            const { status } = await ask(server, "/entrar", { method: "POST", body, headers: { "Content-Type": FORM } });
            answers[mail].push(status);
            seen.add(status);
        }
    }
    assert.deepEqual([...seen].sort(), [401, 429]);
    assert.equal(answers[ADMIN][0], 401);
});
