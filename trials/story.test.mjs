// SPDX-License-Identifier: AGPL-3.0-or-later
// story.test.mjs: a month goes through the house: calendar file, agenda, coverage, public page, report.

import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { CANCELLED, MONTHS, PRIVATE, STANDING, secretsOf } from "./lib/calendar.mjs";
import { Client, ask } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { makeCity } from "./lib/vocero.mjs";

const PHOTOGRAPHER = "foto@sanluis.example";
const COVERED = 68;

async function importMonth(city, file) {
    return JSON.parse(await city.must(["import", "agenda", file, "--json"]));
}

async function importsOnce(city, file) {
    const first = await importMonth(city, file);
    assert.equal(first.refused, 0);
    assert.ok(first.created > STANDING, `${first.created} events are new`);
    const again = await importMonth(city, file);
    const { created, changed, cancelled, refused } = again;
    assert.deepEqual({ created, changed, cancelled, refused }, { created: 0, changed: 0, cancelled: 0, refused: 0 });
}

function stands(event) {
    return event.visibility === "public" && !["cancelled", "postponed"].includes(event.status);
}

async function hasTheMonth(client) {
    const events = await client.all("/mesa/agenda?mes=2022-07&limit=30");
    const { json } = await client.get("/mesa/agenda?mes=2022-07");
    assert.equal(json.total, events.length);
    assert.equal(events.filter(stands).length, STANDING);
    assert.equal(events.filter(({ status }) => status === "cancelled").length, CANCELLED);
    assert.equal(events.filter(({ visibility }) => /private|confidential/.test(visibility)).length, PRIVATE);
    return events.filter(stands);
}

async function step(client, address, body, state) {
    const { status, json, text } = await client.post(address, body);
    assert.equal(status, 200, `${address}: ${text}`);
    assert.equal(json.state, state);
    return json;
}

async function cover(admin, photographer, event) {
    const draft = { kind: "photo", assignee: PHOTOGRAPHER, brief: "Tres fotos" };
    const made = await admin.post(`/mesa/agenda/${event.id}/coberturas`, draft);
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json.state, "assigned");
    assert.equal(new URL(made.headers.get("location"), admin.server.url).pathname, `/mesa/coberturas/${made.json.id}`);
    const at = `/mesa/coberturas/${made.json.id}`;
    await step(photographer, `${at}/aceptar`, {}, "accepted");
    const evidence = { kind: "link", url: `https://fototeca.example/${event.slug}` };
    const delivered = await step(photographer, `${at}/entregar`, evidence, "delivered");
    assert.equal(delivered.evidence[0].url, evidence.url);
    await step(admin, `${at}/aprobar`, {}, "approved");
}

function figuresOf(report) {
    return Object.fromEntries(report.figures.map((figure) => [figure.key, figure]));
}

function says68Of70(report) {
    const figures = figuresOf(report);
    assert.equal(figures.events_held.value, STANDING);
    assert.equal(figures.events_covered.value, COVERED);
    assert.equal(figures.events_covered.of, STANDING);
    assert.equal(figures.events_not_covered.value, STANDING - COVERED);
    assert.equal(report.not_covered.length, STANDING - COVERED);
}

async function everyFigureCountsItsList(client, report) {
    const counts = report.figures.filter(({ form }) => form === "count");
    assert.ok(counts.length >= 12, "the report counts what the agenda has");
    for (const { key, value, records } of counts) {
        const { pathname, search } = new URL(records, client.server.url);
        const { status, json } = await client.get(pathname + search);
        assert.equal(status, 200, `${key}: ${records}`);
        assert.equal(json.total, value, `${key}: ${records}`);
        assert.equal((await client.all(pathname + search)).length, value, key);
    }
}

async function isReported(city, client) {
    const onScreen = await client.get("/mesa/informes/2022-07");
    says68Of70(onScreen.json);
    await everyFigureCountsItsList(client, onScreen.json);
    const said = JSON.parse(await city.must(["report", "2022-07", "--format", "json"]));
    says68Of70(said);
    assert.equal(said.sha256, onScreen.json.sha256);
    assert.match(await city.must(["report", "2022-07"]), /68\D+70/);
    assert.match(await city.must(["report", "2022-07", "--format", "csv"]), /events_covered[^\n]*,68,70/);
}

const OUTSIDE = [
    "/", "/agenda?mes=2022-07", "/agenda.json?mes=2022-07&limit=200", "/agenda.csv?mes=2022-07&limit=200",
    "/agenda.ics?mes=2022-07", "/agenda.ics", "/agenda.atom", "/novedades.atom", "/sitemap.xml",
];

async function showsNothingPrivate(server, secrets) {
    assert.ok(secrets.length >= 2 * PRIVATE, "the file has something to hide");
    const searches = secrets.flatMap((text) => [text, ...text.split(/\s+/).filter((word) => word.length > 4)]);
    const addresses = searches.map((words) => `/buscar.json?q=${encodeURIComponent(words)}`);
    for (const address of [...OUTSIDE, ...addresses]) {
        const { status, text, json } = await ask(server, address);
        assert.equal(status, 200, address);
        // a page of hits repeats what was asked
        const said = (json?.items ? JSON.stringify(json.items) : text).replace(/\r?\n[ \t]/g, "");
        for (const secret of secrets) {
            assert.ok(!said.includes(secret), `${address} shows "${secret}"`);
        }
    }
}

// The cancelled ones are public too: people must learn of it.
async function isPublished(server) {
    const { json } = await ask(server, "/agenda.json?mes=2022-07&limit=200");
    assert.equal(json.total, STANDING + CANCELLED);
    const ics = await ask(server, "/agenda.ics?mes=2022-07");
    assert.match(ics.headers.get("content-type"), /^text\/calendar/);
    assert.equal(ics.text.match(/^BEGIN:VEVENT/gm).length, STANDING + CANCELLED);
    const html = await ask(server, "/agenda?mes=2022-07");
    assert.ok(html.text.includes(`/agenda/${json.items[0].slug}`));
    for (const suffix of ["", ".json", ".ics"]) {
        const { status } = await ask(server, `/agenda/${json.items[0].slug}${suffix}`);
        assert.equal(status, 200, suffix);
    }
}

// The address of a private event is as unknown as one that never was.
async function privateOnesAreNotThere(client, events) {
    for (const { slug, visibility } of events) {
        if (/private|confidential/.test(visibility)) {
            const { status } = await ask(client.server, `/agenda/${slug}`);
            assert.equal(status, 404);
        }
    }
}

async function goThrough(t, kind, file) {
    const city = await makeCity(t, kind);
    await importsOnce(city, file);
    await city.addPerson(PHOTOGRAPHER, "photographer", "Fotografía");
    const server = await city.serve();
    const admin = new Client(server, await city.token());
    const photographer = new Client(server, await city.token(PHOTOGRAPHER));
    const events = await hasTheMonth(admin);
    for (const event of events.slice(0, COVERED)) {
        await cover(admin, photographer, event);
    }
    await isReported(city, admin);
    await isPublished(server);
    await showsNothingPrivate(server, secretsOf(file));
    await privateOnesAreNotThere(admin, await admin.all("/mesa/agenda?mes=2022-07"));
    assert.match(await city.must(["check"]), /the chain holds/);
    assert.equal(await server.stop(), 0);
}

for (const kind of DATABASES) {
    for (const file of MONTHS) {
        const own = file === MONTHS[0] ? "our own" : "the handed out";
        test(`${own} month goes through the house on ${kind}: 68 of 70`, { skip: missing(kind) }, async (t) => {
            assert.equal(basename(file), "agenda-2022-07.ics");
            await goThrough(t, kind, file);
        });
    }
}

test("only who may approve approves, and only what was delivered", async (t) => {
    const city = await makeCity(t);
    await importMonth(city, MONTHS[0]);
    await city.addPerson(PHOTOGRAPHER, "photographer", "Fotografía");
    const server = await city.serve();
    const admin = new Client(server, await city.token());
    const photographer = new Client(server, await city.token(PHOTOGRAPHER));
    const [event] = (await admin.get("/mesa/agenda?mes=2022-07&limit=1")).json.items;
    const made = await admin.post(`/mesa/agenda/${event.id}/coberturas`, { kind: "photo", assignee: PHOTOGRAPHER });
    const at = `/mesa/coberturas/${made.json.id}`;
    const early = await admin.post(`${at}/aprobar`);
    assert.equal(early.status, 409);
    assert.equal(early.json.error.kind, "conflict");
    assert.equal((await photographer.post(`${at}/aprobar`)).status, 403);
    assert.equal((await photographer.post(`${at}/aceptar`)).status, 200);
    const empty = await photographer.post(`${at}/entregar`);
    assert.equal(empty.status, 422, "nothing was delivered");
    assert.equal((await admin.get("/mesa/informes/2022-07")).json.figures.find((f) => f.key === "events_covered").value, 0);
});
