// SPDX-License-Identifier: AGPL-3.0-or-later
// hub.mjs: a stand-in for a WebSub hub (W3C, 2018): no real one, but as strict as one about what a publisher sends.

import { createServer } from "node:http";
import { once } from "node:events";
import { later } from "./later.mjs";

const BODY_MOST = 64 * 1024;

async function bodyOf(request) {
    let text = "";
    for await (const piece of request) {
        text += piece;
        if (text.length > BODY_MOST) {
            throw new Error("too much");
        }
    }
    return text;
}

/** What is wrong with an announcement; undefined: nothing. */
function mistakeOf(request, body) {
    const fields = new URLSearchParams(body);
    if (request.method !== "POST") {
        return "an announcement is a POST";
    }
    if (!request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
        return "an announcement is a form";
    }
    if (fields.get("hub.mode") !== "publish") {
        return "hub.mode is publish";
    }
    return URL.canParse(fields.get("hub.url") ?? "") ? undefined : "hub.url is an address";
}

/** Keeps what it was told in `told`; refuses the first `refusals` announcements with 503. */
export async function openHub(t, { refusals = 0 } = {}) {
    const hub = { told: [], refused: 0, mistakes: [] };
    const server = createServer(async (request, response) => {
        const body = await bodyOf(request);
        const mistake = mistakeOf(request, body);
        if (mistake) {
            hub.mistakes.push(mistake);
            response.writeHead(400).end(mistake);
        } else if (hub.refused < refusals) {
            hub.refused++;
            response.writeHead(503).end();
        } else {
            hub.told.push(new URLSearchParams(body).get("hub.url"));
            response.writeHead(204).end();
        }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    later(t, () => new Promise((done) => server.close(done)));
    hub.url = `http://127.0.0.1:${server.address().port}/`;
    return hub;
}
