// SPDX-License-Identifier: AGPL-3.0-or-later
// hostile.test.mjs: every address that takes something gets what nobody sends in good faith; links, files and what
// belongs to somebody else are tried by those whom they are not for.
//
// HOSTILE=1 tries every value in every field; else each field gets every fifth.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MONTH } from "./lib/calendar.mjs";
import { Client, ask } from "./lib/client.mjs";
import { FORM, logIn, openDesk, shareDesk } from "./lib/desk.mjs";
import { OTHERS, TEXTS, bodyWith, postsOf } from "./lib/hostile.mjs";
import { ADMIN } from "./lib/vocero.mjs";

const SHARE = process.env.HOSTILE ? 1 : 5;
const AT_ONCE = 6;
const RENATA = "renata@sanluis.example";
const EDUARDO = "eduardo@sanluis.example";

const sharedDesk = shareDesk();

// ---- one record of each kind ----

async function made(client, path, draft) {
    const { status, json, text } = await client.post(path, draft);
    assert.equal(status, 201, `${path}: ${text}`);
    return json;
}

const EVENT = { title: "Feria del libro", starts_at: "2027-07-21T10:00", ends_at: "2027-07-21T11:00", place: "Plaza de Armas" };

async function makeRecords({ city, client }) {
    await city.must(["import", "agenda", MONTH]);
    await city.addPerson(RENATA, "photographer");
    const event = (await made(client, "/mesa/agenda", EVENT)).id;
    const list = async (path) => (await client.get(path)).json.items.at(-1).id;
    return {
        "/mesa/agenda/": event,
        "/mesa/coberturas/": (await made(client, `/mesa/agenda/${event}/coberturas`, { kind: "photo", assignee: RENATA })).id,
        "/mesa/agenda/calendarios/": (await made(client, "/mesa/agenda/calendarios", { name: "Ferias" })).id,
        "/mesa/agenda/vistas/": (await made(client, "/mesa/agenda/vistas", { name: "Fotos", query: "tipo=photo" })).id,
        "/mesa/agenda/fuentes/": (await made(client, "/mesa/agenda/fuentes", { name: "Otra", url: "https://otra.example/a.ics", active: false, minutes: 60 })).id,
        "/mesa/agenda/suscripciones/": (await made(client, "/mesa/agenda/suscripciones", { name: "Mi teléfono", what: "all" })).id,
        "/mesa/contactos/": (await made(client, "/mesa/contactos", { name: "Ana Lente" })).id,
        "/mesa/ausencias/": (await made(client, "/mesa/ausencias", { from_at: "2030-08-01", to_at: "2030-08-02" })).id,
        "/mesa/lugares/": await list("/mesa/lugares"),
        "/mesa/personas/": await list("/mesa/personas"),
        "/mesa/puestos/": await list("/mesa/puestos"),
    };
}

function addressOf(records, path) {
    const longest = Object.keys(records).filter((kind) => path.startsWith(kind)).sort((a, b) => b.length - a.length)[0];
    return path.replace("{id}", records[longest] ?? "0000000000001").replace("{token}", "x".repeat(43)).replace("{month}", "2022-06")
        .replace("{slug}", "salud").replace("{variant}", "640.jpg");
}

// ---- bad bodies ----

function isToldWell(status, text, where) {
    assert.ok(status > 0 && status < 500, `${where}: ${status} ${text.slice(0, 300)}`);
    if (status >= 400) {
        const { error } = JSON.parse(text);
        assert.ok(error.kind && error.message.length > 5, `${where}: ${text}`);
    }
}

// Neither who asks nor the right to ask may be lost on the way.
const KEPT = /^\/(salir|entrar|mesa\/yo\/(clave|sesiones)|mesa\/personas|mesa\/roles)/;

function triesOf(posts) {
    const tries = posts.filter(({ path }) => !KEPT.test(path)).flatMap(({ path, fields }) =>
        fields.flatMap((field) => [...TEXTS, ...OTHERS].map((value) => ({ path, fields, field, value }))));
    return tries.filter((_, i) => i % SHARE === 0);
}

async function tryOne({ client, records }, { path, fields, field, value }, asForm) {
    const body = bodyWith(path, fields, field, value);
    const sent = asForm ? [new URLSearchParams(body).toString(), { "Content-Type": FORM }] : [body];
    const { status, text } = await client.post(addressOf(records, path), ...sent);
    isToldWell(status, text, `POST ${path} ${field}=${JSON.stringify(value)?.slice(0, 80)}`);
}

// What was taken can be shown, in every form that a list has.
const SHOWN = [
    "/agenda", "/agenda.json", "/agenda.csv", "/agenda.ics", "/agenda.atom", "/agenda.txt", "/mesa", "/mesa/agenda", "/mesa/agenda.csv", "/mesa/agenda.ics",
    "/mesa/agenda/vistas", "/mesa/agenda/calendarios", "/mesa/agenda/fuentes", "/mesa/lugares", "/mesa/contactos", "/mesa/ausencias", "/mesa/coberturas/tablero",
    "/mesa/coberturas/calor", "/mesa/coberturas/carriles", "/mesa/campo", "/mesa/informes/2022-06", "/mesa/estrategias/metas", "/mesa/bitacora", "/buscar?q=feria",
];

test("no field of any address takes what it cannot keep, and none breaks", async () => {
    const desk = await sharedDesk();
    const { client } = desk;
    const records = await makeRecords(desk);
    const tries = triesOf(postsOf((await client.get("/mesa/openapi.json")).json));
    assert.ok(tries.length > 4000, `${tries.length} tries`);
    let next = 0;
    const some = async () => {
        while (next < tries.length) {
            const i = next++;
            await tryOne({ client, records }, tries[i], i % 3 === 0 && typeof tries[i].value === "string");
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, some));
    for (const path of SHOWN) {
        for (const Accept of ["text/html", "*/*"]) {
            const { status, text } = await client.get(path, { Accept });
            assert.equal(status, 200, `${path}: ${text.slice(0, 300)}`);
            assert.ok(!/<script>alert|<svg onload|href="javascript:/i.test(text), `${path} holds what somebody wrote as markup`);
        }
    }
});

test("a name of many marks is too long, whatever it is the name of", async (t) => {
    const { client } = await openDesk(t);
    const name = `e${"\u0301".repeat(3000)}`;
    const drafts = {
        "/mesa/agenda/calendarios": { name }, "/mesa/contactos": { name }, "/mesa/agenda/vistas": { name, query: "" },
        "/mesa/agenda/suscripciones": { name, what: "all" }, "/mesa/personas": { name, mail: "t@x.example", role: "reader" },
        "/mesa/agenda/fuentes": { name, url: "https://otra.example/a.ics", minutes: 60 },
    };
    for (const [path, draft] of Object.entries(drafts)) {
        const { status, json } = await client.post(path, draft);
        assert.deepEqual([status, json.error?.field], [422, "name"], path);
    }
});

test("what asks for a list is checked: cursors, limits, filters, periods", async () => {
    const { client } = await sharedDesk();
    const { paths } = (await client.get("/mesa/openapi.json")).json;
    const lists = Object.entries(paths).filter(([path, { get }]) => get && !path.includes("{") && get.parameters?.length && !path.startsWith("/mesa/flujo"));
    assert.ok(lists.length > 15);
    for (const [path, { get }] of lists) {
        for (const { name } of get.parameters.filter((parameter) => parameter.in === "query")) {
            for (const value of ["%ff", "%00", "-1", "9".repeat(30), "a".repeat(1500), "%27%20OR%201=1", "0000-00", "9999-12", "2022-02-31", "%E2%80%AE", "NaN", "yo", "[]"]) {
                const { status, text } = await client.get(`${path}?${name}=${value}`);
                assert.ok(status < 500, `${path}?${name}=${value}: ${status} ${text.slice(0, 200)}`);
            }
        }
    }
});

// ---- files ----

const SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const REFUSED_FILES = {
    "nothing": ["", "vacío.pdf"], "a page": ["<!doctype html><script>alert(1)</script>", "plano.pdf"], "a picture that runs": [SVG, "foto.png"],
    "a program": [Buffer.from("7f454c4602010100", "hex"), "invitación.pdf"], "markup behind spaces": [`\ufeff  \n${SVG}`, "texto.txt"],
};
const NAMES = {
    "../../../etc/passwd": "passwd", "..\\..\\win.ini": "win.ini", 'a"; filename="b.exe': null, "con\nsalto.pdf": null, "nul\u0000o.pdf": null, ".": null, "..": null,
    "factura\u202efdp.exe": null, [`${"ñ".repeat(2000)}.pdf`]: null, "": null, "%00%2e%2e%2f.pdf": null, "=CMD().pdf": null,
};

async function upload(client, event, bytes, filename, fields = {}) {
    const form = new FormData();
    form.set("file", new Blob([bytes]), filename);
    for (const [name, value] of Object.entries(fields)) {
        form.set(name, value);
    }
    const answer = await fetch(new URL(`/mesa/agenda/${event}/archivos`, client.server.url), { method: "POST", body: form, headers: client.headers });
    const text = await answer.text();
    return { status: answer.status, text, json: JSON.parse(text) };
}

test("files: what a browser could run is refused, names go nowhere, what is given out is given to be kept", async (t) => {
    const { client, server } = await openDesk(t);
    const event = (await made(client, "/mesa/agenda", { ...EVENT, visibility: "public", status: "confirmed" }));
    for (const [what, [bytes, name]] of Object.entries(REFUSED_FILES)) {
        const { status, json } = await upload(client, event.id, bytes, name);
        assert.ok([415, 422].includes(status) && json.error.field === "file", `${what}: ${status} ${JSON.stringify(json)}`);
    }
    for (const [name, kept] of Object.entries(NAMES)) {
        const { status, json, text } = await upload(client, event.id, "Hola, mundo", name, { is_public: "1" });
        isToldWell(status, text, JSON.stringify(name).slice(0, 60));
        if (status !== 201) {
            continue;
        }
        assert.ok(!/[\/\\\n\u0000\u202e]/.test(json.filename) && json.filename.length <= 255, JSON.stringify(json.filename));
        assert.ok(kept === null || json.filename === kept, json.filename);
        const slug = event.slug ?? (await client.get(`/mesa/agenda/${event.id}`)).json.slug;
        for (const path of [`/mesa/agenda/archivos/${json.id}`, `/agenda/${slug}/archivos/${json.id}`]) {
            const given = await client.get(path, { Accept: "*/*" });
            assert.equal(given.status, 200, path);
            assert.match(given.headers.get("content-disposition"), /^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[\w.%~-]+$/);
            assert.equal(given.headers.get("x-content-type-options"), "nosniff");
            assert.match(given.headers.get("content-type"), /^text\/plain/);
            assert.match(given.headers.get("content-security-policy"), /default-src 'none'/);
        }
    }
    const { json: file } = await upload(client, event.id, "0123456789", "diez.txt");
    for (const range of ["bytes=0-", "bytes=-0", "bytes=5-2", "bytes=99999999999999999999-", `bytes=${"0-1,".repeat(2000)}0-1`, "bytes=a-b", "lines=1-2"]) {
        const given = await client.get(`/mesa/agenda/archivos/${file.id}`, { Accept: "*/*", Range: range });
        assert.ok([200, 206, 400, 416, 431].includes(given.status) && given.text.length <= 1000 + 10, `${range.slice(0, 40)}: ${given.status}`);
    }
    assert.equal((await ask(server, `/agenda/no-hay/archivos/${file.id}`)).status, 404);
});

// ---- links and secret addresses ----

async function makeLink(client, event) {
    const coverage = await made(client, `/mesa/agenda/${event}/coberturas`, { kind: "video", assignee: RENATA });
    const { json, text } = await client.post(`/mesa/coberturas/${coverage.id}/enlace`, {});
    const [, token] = text.match(/\/c\/([\w-]{43})/) ?? assert.fail(text);
    return { coverage: coverage.id, token, json };
}

/** The log, as soon as it has a line of this address: it is written a moment after the answer. */
async function logWith(server, address) {
    for (let i = 0; i < 100 && !server.log.some((line) => line.includes(address)); i++) {
        await new Promise((done) => setTimeout(done, 50));
    }
    const log = server.log.join("\n");
    assert.ok(log.includes(address), log.slice(-2000));
    return log;
}

function answerBy(server, token, word) {
    const body = new URLSearchParams({ reason: "No puedo" }).toString();
    return ask(server, `/c/${token}/${word}`, { method: "POST", body, headers: { "Content-Type": FORM } });
}

for (const kind of ["sqlite", "postgres"]) {
    test(`a link answers once, also when eight answer at once (${kind})`, async (t) => {
        const { city, client, server } = await openDesk(t, { kind });
        await city.addPerson(RENATA, "photographer");
        const event = (await made(client, "/mesa/agenda", EVENT)).id;
        const { coverage, token } = await makeLink(client, event);
        const answers = await Promise.all(["si", "no", "si", "no", "si", "no", "si", "no"].map((word) => answerBy(server, token, word)));
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 410, 410, 410, 410, 410, 410, 410]);
        const lines = (await client.all("/mesa/bitacora")).filter(({ subject_id, verb }) => subject_id === coverage && /accepted|declined/.test(verb));
        assert.equal(lines.length, 1, "the journal says it once");
        assert.equal((await answerBy(server, token, "si")).status, 410);
    });
}

test("a secret address says nothing of who asks wrongly, is kept nowhere, and is written nowhere", async (t) => {
    const { city, client, server } = await openDesk(t);
    await city.addPerson(RENATA, "photographer");
    const event = (await made(client, "/mesa/agenda", EVENT)).id;
    const { token } = await makeLink(client, event);
    const feed = await made(client, "/mesa/agenda/suscripciones", { name: "Teléfono", what: "all" });
    const secret = feed.address.match(/calendario\/([\w-]{43})/)[1];
    for (const path of [`/c/${token}`, `/calendario/${secret}.ics`]) {
        const { status, headers } = await ask(server, path);
        assert.equal(status, 200, path);
        assert.match(headers.get("cache-control"), /no-store/);
        assert.match(headers.get("x-robots-tag"), /noindex/);
        assert.equal(headers.get("referrer-policy"), "same-origin");
        assert.equal(headers.get("access-control-allow-origin"), null);
    }
    const said = new Set();
    for (const wrong of ["x".repeat(43), `${token.slice(0, 42)}${token[42] === "A" ? "B" : "A"}`, "a".repeat(20), "Z".repeat(100)]) {
        for (const path of [`/c/${wrong}`, `/calendario/${wrong}.ics`]) {
            const { status, text } = await ask(server, path, { headers: { Accept: "application/json" } });
            said.add(`${path.split("/")[1]} ${status} ${text.replaceAll(wrong, "").replace(/"request":"\w+"/, "")}`.slice(0, 120));
        }
    }
    assert.equal(said.size, 2, [...said].join("\n"));
    await answerBy(server, token, "si");
    const journal = JSON.stringify(await client.all("/mesa/bitacora"));
    const log = await logWith(server, "/c/:token/si");
    for (const word of [token, secret]) {
        assert.ok(!log.includes(word) && !journal.includes(word) && !log.includes(word.slice(0, 20)));
    }
});

// ---- other sites ----

test("no form of the desk is taken from another site or without the page's secret", async (t) => {
    const { server, client } = await openDesk(t);
    const cookie = await logIn(server);
    const posts = postsOf((await client.get("/mesa/openapi.json")).json).filter(({ path }) => path.startsWith("/mesa"));
    assert.ok(posts.length > 70);
    for (const { path } of posts) {
        const address = addressOf({}, path);
        // Pieces of a file come with a type of their own (tus 1.0), and their secret in a header.
        const isUpload = path === "/mesa/fotos/subidas";
        const kind = isUpload
            ? { "Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0", "Upload-Length": "100" }
            : { "Content-Type": FORM };
        for (const headers of [{}, { "Sec-Fetch-Site": "cross-site" }, { Origin: "https://otra.example" }]) {
            for (const csrf of ["", `csrf=${"x".repeat(43)}`]) {
                const { status } = await ask(server, address, { method: "POST", body: csrf, headers: { Cookie: cookie, ...kind, ...headers } });
                assert.equal(status, 403, `${path} ${JSON.stringify(headers)} ${csrf}`);
            }
        }
    }
});

test("every page says which scripts it trusts; only public data is for other sites", async (t) => {
    const { client, server } = await openDesk(t);
    const { paths } = (await client.get("/mesa/openapi.json")).json;
    const event = await made(client, "/mesa/agenda", { ...EVENT, visibility: "public", status: "confirmed" });
    const open = new Set(["/agenda.json", "/agenda.ics", "/informes.json"]);
    for (const path of [...Object.keys(paths).filter((path) => paths[path].get && path !== "/mesa/flujo"), "/mesa/campo/sw.js", ...open]) {
        const address = addressOf({ "/mesa/agenda/": event.id }, path);
        const { status, headers } = await client.get(address, { Accept: "*/*", Origin: "https://otra.example" });
        assert.ok(status < 500, `${address}: ${status}`);
        assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'.*(frame-ancestors 'none'|sandbox)/, address);
        assert.equal(headers.get("x-content-type-options"), "nosniff", address);
        assert.ok(!/unsafe-/.test(headers.get("content-security-policy")), address);
        if (path.startsWith("/mesa/") && path !== "/mesa/campo/sw.js" && !path.startsWith("/mesa/campo/manifest")) {
            assert.equal(headers.get("access-control-allow-origin"), null, address);
        }
    }
    assert.equal((await ask(server, "/agenda.json")).headers.get("access-control-allow-origin"), "*");
});

// ---- inside addresses ----

test("a source may not be inside, however its address is written, nor become so later", async (t) => {
    const { client } = await openDesk(t);
    const good = await made(client, "/mesa/agenda/fuentes", { name: "Buena", url: "https://otra.example/a.ics", active: false, minutes: 60 });
    const inside = [
        "http://127.0.0.1/a.ics", "http://127.1/a.ics", "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
        "http://10.1.2.3/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://[fe80::1]/", "http://[fd00::1]/",
        "http://①②⑦.⓪.⓪.①/", "http://100.64.0.1/", "file:///etc/passwd", "gopher://x.example/", "ftp://x.example/a.ics", "https://user:pass@x.example/a.ics", "javascript:alert(1)",
        "https://x.example:22/a.ics", "webcal://127.0.0.1/a.ics", "https://", "//x.example/a.ics", "https://x.example/\r\nHost: y", "unix:/tmp/x",
    ];
    for (const url of inside) {
        for (const path of ["/mesa/agenda/fuentes", `/mesa/agenda/fuentes/${good.id}`]) {
            const { status, json, text } = await client.post(path, { name: "Mala", url, active: false, minutes: 60, version: good.version });
            assert.ok(status === 422 && json.error.field === "url", `${path} ${url}: ${status} ${text}`);
        }
    }
    assert.equal((await client.get(`/mesa/agenda/fuentes/${good.id}`)).json.url, "https://otra.example/a.ics");
});

// ---- what belongs to somebody else ----

test("what is somebody else's is neither seen nor changed by its number", async (t) => {
    const { city, client, server } = await openDesk(t);
    await city.addPerson(EDUARDO, "coordinator");
    const other = new Client(server, await city.token(EDUARDO));
    const view = await made(client, "/mesa/agenda/vistas", { name: "Mía", query: "tipo=photo" });
    const feed = await made(client, "/mesa/agenda/suscripciones", { name: "Mío", what: "all" });
    const event = await made(client, "/mesa/agenda", EVENT);
    await made(other, `/mesa/agenda/${event.id}/coberturas`, { kind: "photo", assignee: ADMIN });
    const notice = (await client.get("/mesa/avisos")).json.items[0];
    assert.ok(notice, "the assignment was told");
    const day = new Date(Date.now() + 10 * 24 * 3600_000).toISOString().slice(0, 10);
    const away = await made(client, "/mesa/ausencias", { from_at: day, to_at: day, kind: "sick_leave" });
    const tries = [
        [`/mesa/agenda/vistas/${view.id}`, { name: "Tuya", shared: true }], [`/mesa/agenda/vistas/${view.id}/borrar`], [`/mesa/agenda/suscripciones/${feed.id}/terminar`],
        [`/mesa/avisos/${notice.id}/abrir`], [`/mesa/avisos/${notice.id}/leido`], [`/mesa/agenda/${event.id}/deshacer`], [`/mesa/ausencias/${away.id}/quitar`],
    ];
    for (const [path, body] of tries) {
        const { status, text } = await other.post(path, body ?? {});
        assert.ok([403, 404, 409].includes(status), `${path}: ${status} ${text}`);
        assert.ok(!text.includes("Mía") && !text.includes("Mío"), text);
    }
    assert.ok(!JSON.stringify((await other.get("/mesa/agenda/vistas")).json).includes("Mía"));
    assert.ok(!JSON.stringify((await other.get("/mesa/agenda/suscripciones")).json).includes("Mío"));
    const seen = (await other.get("/mesa/ausencias")).json.items.find(({ id }) => id === away.id);
    assert.equal(seen?.kind, "away", "why somebody is away is theirs");
    assert.equal((await client.get("/mesa/avisos")).json.items[0].seen_at ?? null, null);
});
