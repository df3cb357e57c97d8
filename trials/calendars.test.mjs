// SPDX-License-Identifier: AGPL-3.0-or-later
// calendars.test.mjs: calendars of others come in by address, ours go out, and other programs read them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { CANCELLED, MONTH, STANDING } from "./lib/calendar.mjs";
import { ask } from "./lib/client.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { IcsServer } from "./lib/ics-server.mjs";
import { ninjsTroubles } from "./lib/ninjs.mjs";
import { ADMIN, PASSWORD } from "./lib/vocero.mjs";

const skip = noBrowser();
const sharedDesk = shareDesk({ env: { VOCERO_NET_INSIDE: "true" } });
let browser;
let desk;

before(async () => {
    desk = await sharedDesk();
    await desk.city.must(["import", "agenda", MONTH]);
    browser = skip ? undefined : await openBrowser();
});
after(() => browser?.close());

const SOURCES = "/mesa/agenda/fuentes";

async function until(what, ready) {
    for (let tries = 0; tries < 150; tries++) {
        const value = await ready();
        if (value) {
            return value;
        }
        await new Promise((wake) => setTimeout(wake, 100));
    }
    assert.fail(`it never came: ${what}`);
}

async function eventCalled(title) {
    const { json } = await desk.client.get("/mesa/agenda?mes=2030-07&limit=200");
    return json.items.find((event) => event.title === title);
}

const source = (id) => desk.client.get(`${SOURCES}/${id}`).then(({ json }) => json);

async function look(id) {
    const asked = (await source(id)).fetched_at;
    assert.equal((await desk.client.post(`${SOURCES}/${id}/mirar`)).status, 200);
    return until("the look", async () => {
        const now = await source(id);
        return now.fetched_at !== asked && now;
    });
}

// Its times to the second: two looks within one would be taken for one.
const aSecond = () => new Promise((wake) => setTimeout(wake, 1100));

test("a calendar comes in by its address, changes and asks when something disappears", { skip }, async (t) => {
    const { page, context, offences } = await openWindow(browser, desk.server, { width: 390 });
    t.after(() => context.close());
    const office = await IcsServer.start(t);
    const uno = { uid: "1@otra", title: "Taller de son", day: "10" };
    const dos = { uid: "2@otra", title: "Cine al aire libre", day: "11" };
    const tres = { uid: "3@otra", title: "Feria del libro usado", day: "12" };
    office.give([uno, dos, tres]);

    await logInOnScreen(page, ADMIN, PASSWORD);
    await page.goto("/mesa/agenda/importar");
    await isSound(page, "/mesa/agenda/importar");
    await page.click(`a[href="${SOURCES}/nueva"]`);
    await isSound(page, `${SOURCES}/nueva`);
    await page.fill("#name", "Casa de la Cultura");
    await page.fill("#url", office.url);
    await Promise.all([page.waitForURL(/fuentes\/[0-9A-Z]{13}$/), page.press("#url", "Enter")]);
    const id = page.url().split("/").pop();
    await until("the first event", () => eventCalled(uno.title));

    office.give([{ ...uno, title: "Taller de son huasteco", sequence: 1 }, dos, tres]);
    await aSecond();
    const changed = await look(id);
    assert.equal(changed.changed, 1);
    assert.ok(await eventCalled("Taller de son huasteco"));
    await aSecond();
    await look(id);
    assert.ok(office.same >= 1, "it asked with the ETag");

    office.give([{ ...uno, title: "Taller de son huasteco", sequence: 1 }, dos]);
    await aSecond();
    assert.equal((await look(id)).missing, 1);
    assert.equal((await eventCalled(tres.title)).status, "confirmed");
    await page.goto(`${SOURCES}/${id}`);
    await isSound(page, `${SOURCES}/:id`);
    const missing = await eventCalled(tres.title);
    await page.goto(`/mesa/agenda/${missing.id}`);
    await isSound(page, "/mesa/agenda/:id of a missing event");
    assert.ok(await page.locator(`form[action="/mesa/agenda/${missing.id}/conservar"]`).isVisible());
    await page.goto(`${SOURCES}/${id}`);
    await page.check(`input[name=event][value="${missing.id}"]`);
    await page.fill("textarea[name=reason]", "La casa de cultura la retiró");
    await Promise.all([page.waitForNavigation(), page.click("button[value=cancel]")]);
    assert.equal((await eventCalled(tres.title)).status, "cancelled");
    await isSound(page, `${SOURCES}/:id`);
    assert.deepEqual(offences, []);
});

test("an answer with much less than before is held back until somebody says that it is right", async (t) => {
    const office = await IcsServer.start(t);
    const events = ["a", "b", "c", "d"].map((uid, i) => ({ uid: `${uid}@tres`, title: `Ronda ${uid}`, day: `2${i}` }));
    office.give(events);
    const { json, status } = await desk.client.post(SOURCES, { name: "Deporte", url: office.url, minutes: 60 });
    assert.equal(status, 201);
    await until("the first look", async () => (await source(json.id)).created === 4);
    office.give([]);
    await aSecond();
    const held = await look(json.id);
    assert.equal(held.held_missing, 4);
    assert.equal(held.missing, 0);
    await aSecond();
    assert.equal((await desk.client.post(`${SOURCES}/${json.id}/aceptar`)).status, 200);
    await until("the marks", async () => (await source(json.id)).missing === 4);
    const kept = await desk.client.post(`${SOURCES}/${json.id}/ausentes`, { decision: "keep", all: true });
    assert.equal(kept.json.missing, 0);
    assert.equal((await eventCalled("Ronda a")).status, "confirmed");
});

// ---- going out ----

function read(text) {
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const zone of calendar.getAllSubcomponents("vtimezone")) {
        ICAL.TimezoneService.register(zone);
    }
    return { calendar, events: calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event)) };
}

test("ical.js reads what we publish, with our time zones", async () => {
    const { status, text, headers } = await ask(desk.server, "/agenda.ics?mes=2022-07");
    assert.equal(status, 200);
    assert.match(headers.get("content-type"), /^text\/calendar/);
    ICAL.TimezoneService.reset();
    const { calendar, events } = read(text);
    assert.equal(events.length, STANDING + CANCELLED);
    assert.equal(calendar.getAllSubcomponents("vtimezone").length, 1);
    const listed = await desk.client.all("/agenda.json?mes=2022-07&limit=200");
    const starts = new Set(listed.map((event) => `${event.uid} ${Date.parse(event.starts_at)}`));
    for (const event of events) {
        const at = event.startDate.isDate ? undefined : event.startDate.toJSDate().getTime();
        if (at !== undefined) {
            assert.ok(starts.has(`${event.uid} ${at}`), `${event.summary} is at ${event.startDate}`);
        }
        assert.ok(event.component.getFirstPropertyValue("last-modified"));
    }
});

test("the same feed is a 304, and shows what was cancelled to readers that hide it", async () => {
    const first = await ask(desk.server, "/agenda.ics?mes=2022-07");
    const again = await ask(desk.server, "/agenda.ics?mes=2022-07", { headers: { "If-None-Match": first.headers.get("etag") } });
    assert.equal(again.status, 304);
    assert.ok(first.headers.get("etag").startsWith('"'));
    const shown = read((await ask(desk.server, "/agenda.ics?mes=2022-07&cancelled=show")).text).events;
    assert.equal(shown.filter((event) => /^(CANCELADO|CANCELLED): /.test(event.summary)).length, CANCELLED);
    assert.equal(shown.filter((event) => event.component.getFirstPropertyValue("status") === "CANCELLED").length, 0);
});

test("our own export comes in again and changes nothing", async () => {
    const { text } = await ask(desk.server, "/agenda.ics?mes=2022-07");
    const file = await desk.city.file("propia.ics", text);
    const said = JSON.parse(await desk.city.must(["import", "agenda", file, "--json"]));
    assert.equal(said.unchanged, STANDING + CANCELLED);
    assert.equal(said.created + said.changed + said.cancelled + said.refused, 0);
});

test("a secret address is a calendar until it ends", async () => {
    const made = await desk.client.post("/mesa/agenda/suscripciones", { name: "Teléfono", what: "all" });
    assert.equal(made.status, 201);
    const path = new URL(made.json.address).pathname;
    const { status, text, headers } = await ask(desk.server, path);
    assert.equal(status, 200);
    assert.match(headers.get("cache-control") ?? "", /no-store|private|no-cache/);
    read(text);
    assert.ok(!text.includes(path.split("/").pop().replace(".ics", "")));
    await until("the note of its use", async () => {
        const { json } = await desk.client.get("/mesa/agenda/suscripciones");
        return json.items.find(({ id }) => id === made.json.id)?.used_at;
    });
    assert.equal((await desk.client.post(`/mesa/agenda/suscripciones/${made.json.id}/terminar`)).status, 200);
    assert.equal((await ask(desk.server, path)).status, 410);
});

test("ninjs says of events only what the standard allows", async () => {
    const { json } = await desk.client.get("/mesa/agenda?mes=2022-07&limit=3");
    for (const kind of ["photo", "audio", "design"]) {
        const answer = await desk.client.post(`/mesa/agenda/${json.items[0].id}/coberturas`,
            { kind, assignee: ADMIN, brief: "Dos planos", quantity_min: 3, quantity_max: 5 });
        assert.equal(answer.status, 201, answer.text);
    }
    const { json: list } = await desk.client.get("/mesa/agenda.ninjs?mes=2022-07");
    assert.ok(list.items.length >= STANDING);
    assert.deepEqual(list.items.flatMap(ninjsTroubles), []);
    const { json: one } = await desk.client.get(`/mesa/agenda/${json.items[0].id}.ninjs`);
    assert.equal(one.plannedCoverage.length, 3);
    assert.deepEqual(ninjsTroubles(one), []);
    assert.notDeepEqual(ninjsTroubles({ ...one, made_up: 1 }), []);
    const open = await ask(desk.server, `/agenda/${json.items[0].slug}.ninjs`);
    assert.deepEqual(ninjsTroubles(open.json), []);
    assert.equal(open.json.plannedCoverage, undefined);
});

for (const look of [{ width: 1440 }, { width: 390, dark: true }]) {
    test(`the pages of calendars stand ${look.width} px`, { skip }, async (t) => {
        const { page, context, offences } = await openWindow(browser, desk.server, look);
        t.after(() => context.close());
        await logInOnScreen(page, ADMIN, PASSWORD);
        const [event] = (await desk.client.get("/agenda.json?mes=2022-07&limit=1")).json.items;
        for (const path of [SOURCES, "/mesa/agenda/suscripciones", "/mesa/agenda/importar", `/agenda/${event.slug}`]) {
            await page.goto(path);
            await isSound(page, path);
        }
        const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
        assert.equal(data["@type"], "Event");
        assert.equal(data.name, event.title);
        assert.deepEqual(offences, []);
    });
}
