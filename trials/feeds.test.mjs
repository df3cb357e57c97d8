// SPDX-License-Identifier: AGPL-3.0-or-later
// feeds.test.mjs: releases as feeds, sitemap and data for search engines, checked by xmllint; and the hub that is told of them.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { ask, Client } from "./lib/client.mjs";
import { openDesk } from "./lib/desk.mjs";
import { openHub } from "./lib/hub.mjs";

const execute = promisify(execFile);
const WRITER = "iris@sanluis.example";
const RETRY_MS = 60_000;

async function open(t, env = {}) {
    const desk = await openDesk(t, { env });
    await desk.city.addPerson(WRITER, "editor", "Iris");
    return { ...desk, writer: new Client(desk.server, await desk.city.token(WRITER)) };
}

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok([200, 201].includes(status), `${path} answered ${status}: ${text.slice(0, 300)}`);
    return json;
}

async function publish(desk, title, more = {}) {
    const draft = { title, lead: "Un resumen <con> signos & más", body: "Un [enlace](/agenda).\n\n> Cita ]]>", topics: ["Obra pública"], ...more };
    const { id } = await step(desk.writer, "/mesa/comunicados", draft);
    await step(desk.writer, `/mesa/comunicados/${id}/enviar`);
    await step(desk.client, `/mesa/comunicados/${id}/aprobar`);
    await step(desk.client, `/mesa/comunicados/${id}/publicar`);
    return id;
}

async function fetched(desk, path) {
    const { status, text, headers } = await ask(desk.server, path);
    assert.equal(status, 200, path);
    return { text, headers };
}

/** Fails with what xmllint says; schema: a file of schemas/, or none. */
async function assertXml(desk, text, schema) {
    const file = await desk.city.file("checked.xml", text);
    const how = schema ? ["--relaxng", join(import.meta.dirname, "schemas", schema)] : [];
    await execute("xmllint", ["--noout", ...how, file]);
}

const idsOf = (text) => [...text.matchAll(/tag:vocero,2022:release:[0-9A-Z]+/g)].map(([id]) => id);

test("the schemas refuse what is no feed of ours", async (t) => {
    const desk = await open(t);
    await publish(desk, "Arranca el bacheo");
    const { text } = await fetched(desk, "/comunicados.atom");
    await assert.rejects(assertXml(desk, text.replace(/<updated>[^<]*/, "<updated>ayer"), "atom.rng"));
    await assert.rejects(assertXml(desk, text.replace(/<id>[^<]*<\/id>/, ""), "atom.rng"));
    const { text: rss } = await fetched(desk, "/comunicados.rss");
    await assert.rejects(assertXml(desk, rss.replace(/<pubDate>[^<]*/, "<pubDate>2022-07-14"), "rss.rng"));
});

test("feeds hold in every state of a release, and entries keep their names", async (t) => {
    const desk = await open(t);
    const all = async () => {
        for (const [path, schema] of [["/comunicados.atom", "atom.rng"], ["/comunicados.rss", "rss.rng"], ["/novedades.atom", "atom.rng"],
            ["/novedades.rss", "rss.rng"], ["/agenda.atom", "atom.rng"]]) {
            await assertXml(desk, (await fetched(desk, path)).text, schema);
        }
        return idsOf((await fetched(desk, "/comunicados.atom")).text);
    };
    assert.deepEqual(await all(), []);
    const id = await publish(desk, "Arranca <el> bacheo & más");
    const [entry] = await all();
    assert.ok(entry);
    const topic = await fetched(desk, "/comunicados.atom?tema=obra-publica");
    await assertXml(desk, topic.text, "atom.rng");
    assert.deepEqual(idsOf(topic.text), [entry]);
    await step(desk.client, `/mesa/comunicados/${id}/corregir`, { body: "Otro texto.", note: "Era otro." });
    assert.deepEqual(await all(), [entry]);
    assert.match((await fetched(desk, "/comunicados.rss")).text, /Era otro\./);
    await step(desk.client, `/mesa/comunicados/${id}/retirar`, { reason: "No era cierto." });
    assert.deepEqual(await all(), [entry]);
    const last = (await fetched(desk, "/comunicados.atom")).text;
    assert.match(last, /No era cierto\./);
    assert.doesNotMatch(last, /Otro texto/);
});

test("who has a feed already gets nothing twice", async (t) => {
    const desk = await open(t);
    const id = await publish(desk, "Arranca el bacheo");
    for (const path of ["/comunicados.atom", "/comunicados.rss", "/comunicados/arranca-el-bacheo"]) {
        const { headers } = await fetched(desk, path);
        const since = { "If-None-Match": headers.get("etag") };
        assert.equal((await ask(desk.server, path, { headers: since })).status, 304, path);
        assert.ok(headers.get("last-modified"), path);
    }
    const { headers } = await fetched(desk, "/comunicados/arranca-el-bacheo");
    await step(desk.client, `/mesa/comunicados/${id}/corregir`, { body: "Otro texto.", note: "Era otro." });
    const since = { "If-None-Match": headers.get("etag") };
    const after = await ask(desk.server, "/comunicados/arranca-el-bacheo", { headers: since });
    assert.equal(after.status, 200);
    assert.match(after.text, /Otro texto\./);
});

test("crawlers find every release, the young ones as news", async (t) => {
    const desk = await open(t);
    await publish(desk, "Arranca <el> bacheo & más");
    const map = (await fetched(desk, "/sitemap.xml")).text;
    await assertXml(desk, map);
    assert.match(map, /<loc>[^<]*\/comunicados\/arranca-el-bacheo-mas<\/loc><lastmod>[^<]*[+-]\d\d:\d\d<\/lastmod><news:news>/);
    assert.match(map, /<news:title>Arranca &lt;el&gt; bacheo &amp; más<\/news:title>/);
    const year = new Date().getUTCFullYear();
    await assertXml(desk, (await fetched(desk, `/sitemap.xml?anio=${year}`)).text);
    assert.equal((await ask(desk.server, "/sitemap.xml?anio=mal")).status, 404);
    const page = (await fetched(desk, "/comunicados/arranca-el-bacheo-mas")).text;
    const data = JSON.parse(page.match(/<script type="application\/ld\+json">([^]*?)<\/script>/)[1]);
    assert.equal(data["@type"], "NewsArticle");
    assert.equal(data.headline, "Arranca <el> bacheo & más");
    assert.match(data.datePublished, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-06:00$/);
});

test("the hub is told of each feed that changed, also when it was away", async (t) => {
    const hub = await openHub(t, { refusals: 1 });
    const desk = await open(t, { VOCERO_PRESS_HUB: hub.url, VOCERO_NET_INSIDE: "true" });
    await publish(desk, "Arranca el bacheo");
    const wanted = ["/comunicados.atom", "/comunicados.rss", "/novedades.atom"];
    const missing = () => wanted.filter((path) => !hub.told.some((url) => url.endsWith(path)));
    for (const end = Date.now() + RETRY_MS; missing().length && Date.now() < end; ) {
        await wait(200);
    }
    assert.deepEqual(missing(), []);
    assert.deepEqual(hub.mistakes, []);
    assert.equal(hub.refused, 1);
    const { text, headers } = await fetched(desk, "/comunicados.atom");
    assert.ok(text.includes(`<link rel="hub" href="${hub.url}"/>`));
    assert.match(headers.get("link"), /rel="hub".*rel="self"/);
    await assertXml(desk, text, "atom.rng");
});
