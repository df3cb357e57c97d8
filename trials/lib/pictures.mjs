// SPDX-License-Identifier: AGPL-3.0-or-later
// pictures.mjs: pictures made on the spot, each with a look of its own, and handed in as a program does (tus 1.0).

import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { ask } from "./client.mjs";
import { pngOf } from "./png.mjs";

const BLOCK = 40;

// Always the same numbers for the same seed (mulberry32).
function numbers(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let n = Math.imul(state ^ (state >>> 15), state | 1);
        n ^= n + Math.imul(n ^ (n >>> 7), n | 61);
        return ((n ^ (n >>> 14)) >>> 0) / 4294967296;
    };
}

/** A PNG of large blocks; the same seed with another shade looks the same to a person, and to a look's hash. */
export function picture(seed, { width = 800, height = 520, shade = 0 } = {}) {
    const next = numbers(seed);
    const across = Math.ceil(width / BLOCK);
    const blocks = Array.from({ length: across * Math.ceil(height / BLOCK) }, () =>
        [next(), next(), next()].map((part) => Math.min(255, Math.floor(part * 240) + shade)),
    );
    return pngOf(width, height, (x, y) => blocks[Math.floor(y / BLOCK) * across + Math.floor(x / BLOCK)]);
}

function inBase64(text) {
    return Buffer.from(text).toString("base64");
}

/** Hands a picture in whole; gives the photo's address. */
export async function handIn(client, bytes, { filename, event, coverage }) {
    const metadata = { filename, event, ...(coverage ? { coverage } : {}) };
    const answer = await ask(client.server, "/mesa/fotos/subidas", {
        method: "POST",
        body: bytes,
        headers: {
            ...client.headers,
            "Tus-Resumable": "1.0.0",
            "Upload-Length": String(bytes.length),
            "Content-Type": "application/offset+octet-stream",
            "Upload-Metadata": Object.entries(metadata)
                .map(([name, value]) => `${name} ${inBase64(value)}`)
                .join(","),
        },
    });
    assert.equal(answer.status, 201, answer.text);
    return answer.headers.get("vocero-record");
}

/** Waits until nothing of the event is being looked at any more; gives its photos by time. */
export async function lookedAt(client, event) {
    for (let turn = 0; turn < 240; turn++) {
        const { json, text } = await client.get(`/mesa/fotos/elegir?evento=${event}`);
        assert.ok(json?.items, text);
        if (json.items.every((photo) => photo.state !== "processing")) {
            return json.items;
        }
        await wait(250);
    }
    throw new Error("the pictures were not looked at within a minute");
}
