// SPDX-License-Identifier: AGPL-3.0-or-later
// press-kill.test.mjs: kill -9 around the minute of publication: each release goes public once, with a number of its own and
// none left out; what was changed in time does not.
//
// KILLS says how many rounds in all (6), shared between the databases.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { makeCity } from "./lib/vocero.mjs";

const KILLS = Number(process.env.KILLS ?? 6);
const SHARE = Math.max(1, Math.ceil(KILLS / DATABASES.length));
const PER_ROUND = 4;
const LOOK_EVERY = 25; // rounds between two looks at everything
const LEASE_MS = 150_000; // a job that a killed worker held is done by another after its lease
const LIMITS = { VOCERO_LIMITS_ADDRESS_PER_MINUTE: "100000000", VOCERO_LIMITS_ACCOUNT_PER_MINUTE: "100000000" };
const WRITER = "iris@sanluis.example";

// From a little before the minute until the worker must have seen it, the same in each run.
function momentOf(round) {
    return -150 + ((round * 0.618) % 1) * 1500;
}

// Far enough for what must be done before, however slow the machine is just now.
function nextMinute(marginMs) {
    return Math.ceil((Date.now() + Math.max(800, marginMs)) / 1000) * 1000;
}

function instant(ms) {
    return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The two who are needed: one writes, the other approves and publishes. */
async function openOffice(t, kind) {
    const city = await makeCity(t, kind);
    await city.addPerson(WRITER, "community_manager", "Iris");
    return { city, tokens: { writer: await city.token(WRITER), chief: await city.token() } };
}

async function serve(office) {
    const server = await office.city.serve({ env: LIMITS });
    return { server, writer: new Client(server, office.tokens.writer), chief: new Client(server, office.tokens.chief) };
}

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok(status === 200 || status === 201 || status === 303, `${path} answered ${status}: ${text.slice(0, 300)}`);
    return json;
}

async function approved(desk, title) {
    const { id } = await step(desk.writer, "/mesa/comunicados", { title, body: `${title}: texto.`, topics: ["Salud"] });
    await step(desk.writer, `/mesa/comunicados/${id}/enviar`);
    await step(desk.chief, `/mesa/comunicados/${id}/aprobar`);
    return id;
}

async function schedule(desk, id, at) {
    await step(desk.chief, `/mesa/comunicados/${id}/programar`, { publish_at: instant(at) });
}

/** Somebody edits it while it may be going out: "draft" when that was in time, "public" when not, "unknown" after the kill. */
async function edit(desk, id, title) {
    try {
        const { status } = await desk.writer.post(`/mesa/comunicados/${id}`, { title: `${title}, otra vez`, body: "Otro texto." });
        if (status === 409) {
            return "public";
        }
        return status === 200 || status === 303 ? "draft" : "unknown";
    } catch {
        return "unknown";
    }
}

async function oneRound(office, round, wanted) {
    const desk = await serve(office);
    const titles = Array.from({ length: PER_ROUND + 2 }, (_, i) => `Ronda ${round} número ${i}`);
    const began = Date.now();
    const ids = await Promise.all(titles.map((title) => approved(desk, title)));
    const at = nextMinute(Date.now() - began);
    await Promise.all(ids.map((id) => schedule(desk, id, at)));
    const [edited, taken, ...plain] = ids;
    await step(desk.chief, `/mesa/comunicados/${taken}/desprogramar`);
    const editing = sleep(at - Date.now() + momentOf(round + 7) - 600).then(() => edit(desk, edited, titles[0]));
    await sleep(Math.max(0, at + momentOf(round) - Date.now()));
    await desk.server.kill();
    plain.forEach((id) => wanted.set(id, "public"));
    wanted.set(taken, "approved");
    const became = await editing;
    wanted.set(edited, became);
    return became;
}

function statesOf(releases) {
    return new Map(releases.map((release) => [release.id, release]));
}

async function listAll(desk) {
    return statesOf(await desk.chief.all("/mesa/comunicados?limit=200"));
}

function foliosHaveNoGaps(releases) {
    const years = new Map();
    for (const { folio } of releases.values()) {
        if (folio) {
            const [, number, year] = folio.match(/^CS\/(\d{4,})\/(\d{4})$/);
            years.set(year, [...(years.get(year) ?? []), Number(number)]);
        }
    }
    for (const numbers of years.values()) {
        numbers.sort((a, b) => a - b);
        assert.deepEqual(numbers, Array.from(numbers, (_, i) => i + 1), "folios have a gap or a double");
    }
}

function nobodyIsWrong(releases, wanted, atTheEnd) {
    for (const [id, want] of wanted) {
        const { state, title, edition } = releases.get(id);
        if (want === "draft" || want === "approved") {
            assert.equal(state, want, `${title} was taken back in time`);
        } else if (want === "public" && atTheEnd) {
            assert.equal(state, "published", `${title} is lost`);
        }
        assert.equal(edition, state === "published" ? 1 : 0, `${title} has another edition`);
    }
    foliosHaveNoGaps(releases);
}

async function untilAllAreOut(desk) {
    const until = Date.now() + LEASE_MS;
    for (;;) {
        const releases = await listAll(desk);
        const waiting = [...releases.values()].filter(({ state }) => state === "scheduled");
        if (waiting.length === 0 || Date.now() > until) {
            return releases;
        }
        await sleep(500);
    }
}

async function eachWentOutOnce(desk, releases) {
    for (const { id, state, title } of releases.values()) {
        const versions = await desk.chief.all(`/mesa/comunicados/${id}/versiones`);
        const out = versions.filter(({ kind }) => kind === "published");
        assert.equal(out.length, state === "published" ? 1 : 0, `${title} was published ${out.length} times`);
    }
    const codes = [...releases.values()].map(({ code }) => code).filter(Boolean);
    assert.equal(new Set(codes).size, codes.length, "two releases have one code");
}

async function lookAtAll(office, wanted) {
    const desk = await serve(office);
    nobodyIsWrong(await listAll(desk), wanted, false);
    await desk.server.kill();
    assert.match(await office.city.must(["check"]), /the chain holds/);
}

for (const kind of DATABASES) {
    test(`${SHARE} kills around the minute of publication on ${kind}`, { skip: missing(kind) }, async (t) => {
        const office = await openOffice(t, kind);
        const wanted = new Map();
        const edits = { draft: 0, public: 0, unknown: 0 };
        for (let round = 0; round < SHARE; round++) {
            edits[await oneRound(office, round, wanted)]++;
            if (round % LOOK_EVERY === LOOK_EVERY - 1) {
                await lookAtAll(office, wanted);
            }
        }
        const desk = await serve(office);
        const releases = await untilAllAreOut(desk);
        nobodyIsWrong(releases, wanted, true);
        await eachWentOutOnce(desk, releases);
        assert.equal(await desk.server.stop(), 0);
        assert.match(await office.city.must(["check"]), /the chain holds/);
        t.diagnostic(`${releases.size} releases; edits in time ${edits.draft}, too late ${edits.public}, cut off ${edits.unknown}`);
    });
}
