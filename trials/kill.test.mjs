// SPDX-License-Identifier: AGPL-3.0-or-later
// kill.test.mjs: kill -9 while it writes: what was acknowledged is there, once; a file is taken whole or not at all.
//
// KILLS says how many rounds in all (5); they are shared among the kinds of load and the databases.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { makeMonth } from "./lib/calendar.mjs";
import { Client } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { BINARY, makeCity } from "./lib/vocero.mjs";

const KILLS = Number(process.env.KILLS ?? 5);
const SHARE = Math.max(1, Math.ceil(KILLS / (2 * DATABASES.length)));
const CLIENTS = 8;
const IMPORTED = 400;
const LIMITS = { VOCERO_LIMITS_ADDRESS_PER_MINUTE: "100000000", VOCERO_LIMITS_ACCOUNT_PER_MINUTE: "100000000" };

// Spread over the time that the work takes, the same in each run.
function momentOf(round, most) {
    return ((round * 0.618) % 1) * most;
}

async function holds(city) {
    assert.match(await city.must(["check"]), /the chain holds/);
}

// ---- under posts ----

/** A client that posts until the connection breaks, and then knows one request of which it does not know the end. */
async function postUntilKilled(client, name, acknowledged) {
    for (let i = 0; ; i++) {
        const title = `${name} evento ${i}`;
        const body = { title, starts_at: "2022-07-05T10:00", ends_at: "2022-07-05T11:00" };
        const key = { "Idempotency-Key": title };
        try {
            const { status, json } = await client.post("/mesa/agenda", body, key);
            assert.equal(status, 201);
            acknowledged.set(title, json.id);
        } catch (error) {
            if (error instanceof assert.AssertionError) {
                throw error;
            }
            return { body, key };
        }
    }
}

function countTitles(events, titles) {
    for (const { title } of events) {
        titles.set(title, (titles.get(title) ?? 0) + 1);
    }
    return titles;
}

// What was cut off is sent again with its key, as a client does that never saw an answer.
async function sendAgain(client, open, acknowledged) {
    for (const { body, key } of open) {
        const { status, json, text } = await client.post("/mesa/agenda", body, key);
        assert.equal(status, 201, text);
        acknowledged.set(body.title, json.id);
    }
}

async function roundOfPosts(city, token, round, acknowledged) {
    const server = await city.serve({ env: LIMITS });
    const client = new Client(server, token);
    const names = Array.from({ length: CLIENTS }, (_, i) => `ronda ${round} cliente ${i}`);
    const posting = names.map((name) => postUntilKilled(client, name, acknowledged));
    await sleep(60 + momentOf(round, 250));
    await server.kill();
    const open = await Promise.all(posting);
    const next = await city.serve({ env: LIMITS });
    await sendAgain(new Client(next, token), open, acknowledged);
    await next.kill();
}

async function eachIsThereOnce(city, token, acknowledged) {
    const server = await city.serve({ env: LIMITS });
    const events = await new Client(server, token).all("/mesa/agenda?mes=2022-07&limit=200");
    assert.equal(await server.stop(), 0);
    const titles = countTitles(events, new Map());
    const ids = new Set(events.map(({ id }) => id));
    for (const [title, id] of acknowledged) {
        assert.equal(titles.get(title), 1, `${title} is there ${titles.get(title) ?? 0} times`);
        assert.ok(ids.has(id), `${title} has another id than was told`);
    }
    assert.equal(events.length, acknowledged.size, "there are events that nobody was told of");
}

for (const kind of DATABASES) {
    test(`${SHARE} kills under posts of ${CLIENTS} clients on ${kind}`, { skip: missing(kind) }, async (t) => {
        const city = await makeCity(t, kind);
        const token = await city.token();
        const acknowledged = new Map();
        for (let round = 0; round < SHARE; round++) {
            await roundOfPosts(city, token, round, acknowledged);
            await holds(city);
            if (round % 10 === 9 || round === SHARE - 1) {
                await eachIsThereOnce(city, token, acknowledged);
            }
        }
        t.diagnostic(`${acknowledged.size} events were acknowledged`);
    });
}

// ---- in an import ----

/** Starts an import and kills it; true when it was over before. */
async function importAndKill(city, file, afterMs) {
    const child = spawn(BINARY, ["import", "agenda", file, ...city.options], { stdio: "ignore" });
    const ended = once(child, "exit");
    await Promise.race([sleep(afterMs), ended]);
    child.kill("SIGKILL");
    const [code] = await ended;
    return code === 0;
}

async function timeOfImport(city) {
    const began = Date.now();
    await city.must(["import", "agenda", await city.file("medida.ics", makeMonth("medida", IMPORTED))]);
    return Date.now() - began;
}

async function countOf(city, name) {
    const file = `${name}.ics`;
    const again = JSON.parse(await city.must(["import", "agenda", await city.file(file, makeMonth(name, IMPORTED)), "--json"]));
    assert.equal(again.created + again.unchanged, IMPORTED);
    return again.unchanged;
}

for (const kind of DATABASES) {
    test(`${SHARE} kills in an import on ${kind}`, { skip: missing(kind) }, async (t) => {
        const city = await makeCity(t, kind);
        const whole = await timeOfImport(city);
        let taken = 0;
        for (let round = 0; round < SHARE; round++) {
            const name = `ronda ${round}`;
            const file = await city.file("ronda.ics", makeMonth(name, IMPORTED));
            const done = await importAndKill(city, file, 5 + momentOf(round, whole * 1.1));
            await holds(city);
            const there = await countOf(city, name);
            assert.ok(there === 0 || there === IMPORTED, `${there} of ${IMPORTED} events are there`);
            assert.ok(!done || there === IMPORTED, "it said that it was done");
            taken += there > 0;
        }
        t.diagnostic(`${taken} of ${SHARE} files were taken before the kill`);
    });
}
