// SPDX-License-Identifier: AGPL-3.0-or-later
// raw.mjs: bytes over a socket, for requests that no HTTP client would send.

import { once } from "node:events";
import { connect } from "node:net";

/** What came back: text, how long it took, and whether the other side closed. */
export function exchange(server, pieces, { waitMs = 10_000, halfClose = false } = {}) {
    const list = Array.isArray(pieces) ? pieces : [pieces];
    return new Promise((done) => {
        const began = Date.now();
        const chunks = [];
        const socket = connect(server.port, "127.0.0.1");
        let closed = false;
        const finish = () => {
            clearTimeout(timer);
            socket.destroy();
            const text = Buffer.concat(chunks).toString("latin1");
            const status = Number(text.match(/^HTTP\/1\.[01] (\d{3})/)?.[1] ?? 0);
            done({ text, status, closed, ms: Date.now() - began });
        };
        const timer = setTimeout(finish, waitMs);
        socket.on("data", (chunk) => chunks.push(chunk));
        socket.on("error", () => (closed = true));
        socket.on("close", () => {
            closed = true;
            finish();
        });
        for (const piece of list) {
            socket.write(piece);
        }
        if (halfClose) {
            socket.end();
        }
    });
}

/**
 * Sends the head and waits until the server wants the body, so that it is at the request for sure; send() gives it the body.
 * The answer is all that came.
 */
export async function begin(server, head) {
    const socket = connect(server.port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("error", () => {});
    const closed = once(socket, "close");
    socket.write(`${head}Expect: 100-continue\r\n\r\n`);
    while (!text.includes("100 Continue")) {
        await once(socket, "data");
    }
    return {
        send(body) {
            socket.write(body);
        },
        async answer() {
            await closed;
            const [, status] = text.match(/HTTP\/1\.1 ([2-5]\d\d)/) ?? [];
            return { text, status: Number(status ?? 0) };
        },
    };
}

/** A client that sends one byte every so often, until it is cut. */
export function drip(server, bytes, { everyMs = 100, waitMs = 20_000 } = {}) {
    return new Promise((done) => {
        const began = Date.now();
        const socket = connect(server.port, "127.0.0.1");
        let sent = 0;
        const finish = (cut) => {
            clearInterval(dripping);
            clearTimeout(timer);
            socket.destroy();
            done({ cut, ms: Date.now() - began, sent });
        };
        const dripping = setInterval(() => {
            if (sent < bytes.length && socket.writable) {
                socket.write(bytes.subarray(sent, ++sent));
            }
        }, everyMs);
        const timer = setTimeout(finish, waitMs, false);
        socket.on("data", () => {});
        socket.on("error", () => {});
        socket.on("close", () => finish(true));
    });
}
