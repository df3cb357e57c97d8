// SPDX-License-Identifier: AGPL-3.0-or-later
// tus.test.mjs: a client of others hands a picture in: tus-js-client, stopped in the middle, goes on by itself; what the desk
// keeps is byte for byte what was sent.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { openDesk } from "../lib/desk.mjs";
import { lookedAt } from "../lib/pictures.mjs";
import { pngOf } from "../lib/png.mjs";
import { missing } from "./lib.mjs";

const SIDE = 2000; // grain of three bytes a place: 12 MB that no packing makes smaller
const CHUNK = 256 * 1024;
const PLACE = "/mesa/fotos/subidas";
const require = createRequire(import.meta.url);
const skip = missing("tus-js-client");

function grainyPicture() {
    let state = 20220714;
    const next = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state >>> 24;
    };
    return pngOf(SIDE, SIDE, () => [next(), next(), next()]);
}

function hashOf(bytes) {
    return createHash("sha256").update(bytes).digest("hex");
}

/** An upload as their client does it. Past stopAt bytes it is aborted, with a piece under way. */
function upload(bytes, options, stopAt = Infinity) {
    const { Upload } = require("tus-js-client");
    const told = { offsets: [], url: null, previous: null, ended: null };
    told.ended = new Promise((ended, failed) => {
        const client = new Upload(bytes, {
            ...options,
            chunkSize: CHUNK,
            retryDelays: [200, 1000, 3000],
            onError: failed,
            onSuccess: () => ended("whole"),
            onChunkComplete: (_size, accepted) => {
                told.offsets.push(accepted);
                told.url = client.url;
                if (accepted >= stopAt) {
                    setImmediate(() => client.abort().then(() => ended("stopped"), failed));
                }
            },
        });
        client.findPreviousUploads().then((previous) => {
            told.previous = previous.length;
            if (previous.length) {
                client.resumeFromPreviousUpload(previous[0]);
            }
            client.start();
        }, failed);
    });
    return told;
}

test("tus-js-client, stopped in the middle, goes on where it stood", { skip, timeout: 300_000 }, async (t) => {
    const { FileUrlStorage } = require("tus-js-client");
    const { city, server, client } = await openDesk(t);
    const starts = new Date(Date.now() - 3600_000).toISOString().slice(0, 16);
    const made = await client.post("/mesa/agenda", { title: "Feria", starts_at: starts, time_zone: "America/Mexico_City" });
    assert.equal(made.status, 201, made.text);
    const event = made.json.id;
    const bytes = grainyPicture();
    assert.ok(bytes.length > 12_000_000, `${bytes.length} bytes`);

    const options = {
        endpoint: new URL(PLACE, server.url).href,
        headers: { ...client.headers },
        metadata: { filename: "DSC_2022 año.PNG", filetype: "image/png", event },
        urlStorage: new FileUrlStorage(join(city.folder, "begun.json")),
        storeFingerprintForResuming: true,
        removeFingerprintOnSuccess: true,
    };
    const first = upload(bytes, options, bytes.length / 2);
    assert.equal(await first.ended, "stopped");
    assert.equal(first.previous, 0);
    const half = first.offsets.at(-1);
    assert.ok(half >= bytes.length / 2 && half < bytes.length * 0.75, `stopped at ${half}`);
    const nothing = await client.get(`/mesa/fotos.json?evento=${event}`);
    assert.deepEqual(nothing.json.items, [], "half a picture is no record");

    const second = upload(bytes, options);
    assert.equal(await second.ended, "whole");
    assert.equal(second.previous, 1, "it remembered what it began");
    assert.equal(second.url, first.url);
    assert.ok(second.offsets[0] > half, "nothing was sent anew");
    assert.equal(second.offsets.at(-1), bytes.length);

    const [photo, ...more] = await lookedAt(client, event);
    assert.deepEqual(more, []);
    assert.equal(photo.state, "ready", photo.error);
    assert.deepEqual([photo.filename, photo.size], ["DSC_2022 año.PNG", bytes.length]);
    assert.equal(photo.sha256, hashOf(bytes));
    const kept = await fetch(new URL(`/mesa/fotos/${photo.id}/original`, server.url), { headers: client.headers });
    assert.equal(hashOf(Buffer.from(await kept.arrayBuffer())), hashOf(bytes));
});
