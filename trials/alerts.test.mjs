// SPDX-License-Identifier: AGPL-3.0-or-later
// alerts.test.mjs: an alert by two persons, above every page until its end, also where pages come from memory; its
// messages against the schema of CAP 1.2; and pages for who saves data.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client, ask } from "./lib/client.mjs";
import { openDesk } from "./lib/desk.mjs";

const execute = promisify(execFile);
const SCHEMA = fileURLToPath(new URL("./schemas/cap-1.2.xsd", import.meta.url));
const XMLLINT = existsSync("/usr/bin/xmllint");

async function openOffice(t) {
    const { city, server, client } = await openDesk(t);
    await city.addPerson("coordinacion@sanluis.example", "coordinator", "Coordinación");
    const other = new Client(server, await city.token("coordinacion@sanluis.example"));
    return { city, server, client, other };
}

function rain(seconds, more = {}) {
    return {
        level: "danger", headline: "Río <crecido> & peligro", event: "Lluvia intensa", category: "Met",
        area: "Municipio de San Luis Potosí", instruction: "No cruces el río.", urgency: "Immediate", severity: "Severe",
        certainty: "Observed", expires_at: new Date(Date.now() + seconds * 1000).toISOString(), ...more,
    };
}

async function give(office, draft) {
    const raised = await office.client.post("/mesa/sitio/avisos", draft);
    assert.equal(raised.status, 201, raised.text);
    const own = await office.client.post(`/mesa/sitio/avisos/${raised.json.id}/confirmar`);
    assert.equal(own.status, 403, "nobody confirms her own alert");
    const confirmed = await office.other.post(`/mesa/sitio/avisos/${raised.json.id}/confirmar`);
    assert.equal(confirmed.status, 200, confirmed.text);
    return raised.json.id;
}

async function valid(server, path) {
    const { status, headers, text } = await ask(server, path);
    assert.equal(status, 200, path);
    assert.equal(headers.get("content-type"), "application/cap+xml; charset=utf-8");
    const child = execute("xmllint", ["--noout", "--nonet", "--schema", SCHEMA, "-"]);
    child.child.stdin.end(text);
    await child;
    return text;
}

test("an alert stands above pages that lie in memory, and leaves them at its end", async (t) => {
    const office = await openOffice(t);
    const page = async (path = "/contacto") => (await ask(office.server, path)).text;
    assert.doesNotMatch(await page(), /crecido/);
    await page(); // from memory
    await give(office, rain(6));
    assert.match(await page(), /Río &lt;crecido&gt; &amp; peligro/);
    assert.match(await page("/agenda"), /role="alert"/);
    assert.match(await page("/no/hay/nada"), /role="alert"/);
    await wait(7000);
    assert.doesNotMatch(await page(), /crecido/);
    assert.doesNotMatch(await page("/agenda"), /crecido/);
});

test("alert, update and end are messages of CAP 1.2", { skip: !XMLLINT }, async (t) => {
    const office = await openOffice(t);
    const first = await give(office, rain(600));
    const second = await give(office, rain(900, { headline: "Sigue la lluvia", updates: first, exercise: "1" }));
    const ended = await office.client.post(`/mesa/sitio/avisos/${second}/terminar`, { reason: "Cesó" });
    assert.equal(ended.status, 200, ended.text);
    const { text: feed } = await ask(office.server, "/avisos.atom");
    const paths = [...feed.matchAll(/type="application\/cap\+xml" href="https?:\/\/[^/]+([^"]+)"/g)].map(([, path]) => path);
    assert.equal(paths.length, 3);
    const messages = await Promise.all(paths.map((path) => valid(office.server, path)));
    assert.match(messages[0], /<msgType>Cancel<\/msgType>/);
    assert.match(messages[1], /<status>Exercise<\/status>\n<msgType>Update<\/msgType>/);
    assert.match(messages[2], /<msgType>Alert<\/msgType>/);
    const identifier = (text) => text.match(/<identifier>([^<]+)/)[1];
    assert.ok(messages[1].includes(`,${identifier(messages[2])},`), "the update names the first");
    assert.ok(messages[0].includes(`,${identifier(messages[1])},`), "the end names the update");
});

test("who saves data gets pages without pictures and fonts", async (t) => {
    const { server } = await openOffice(t);
    const whole = await ask(server, "/");
    const lean = await ask(server, "/", { headers: { "Save-Data": "on" } });
    assert.match(whole.text, /<img /);
    assert.match(whole.text, /rel="preload"/);
    assert.doesNotMatch(lean.text, /<img /);
    assert.doesNotMatch(lean.text, /rel="preload"/);
    assert.match(lean.headers.get("vary"), /Save-Data/);
    assert.equal((await ask(server, "/?datos=pocos")).text, lean.text);
    assert.equal(lean.headers.get("set-cookie"), null);
});
