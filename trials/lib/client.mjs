// SPDX-License-Identifier: AGPL-3.0-or-later
// client.mjs: a program that talks to the desk in JSON.

const ANSWER_MS = 60_000;

function bodyOf(body, headers) {
    if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
        return body;
    }
    headers["Content-Type"] ??= "application/json";
    return JSON.stringify(body);
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** One request; gives status, headers, text, and json where the answer is such. */
export async function ask(server, path, options = {}) {
    const { method = "GET", body, headers = {}, signal } = options;
    const sent = { ...headers };
    const url = new URL(path, server.url);
    const answer = await fetch(url, {
        method,
        body: bodyOf(body, sent),
        headers: sent,
        redirect: "manual",
        signal: signal ?? AbortSignal.timeout(ANSWER_MS),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: parse(text) };
}

/** A client with a token of the desk. */
export class Client {
    constructor(server, token) {
        this.server = server;
        this.headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
    }

    get(path, headers = {}) {
        return ask(this.server, path, { headers: { ...this.headers, ...headers } });
    }

    post(path, body = {}, headers = {}, signal = undefined) {
        const all = { ...this.headers, ...headers };
        return ask(this.server, path, { method: "POST", body, headers: all, signal });
    }

    /** Every record of a list, page by page. */
    async all(path) {
        const items = [];
        for (let next = path; next; ) {
            const { status, json, text } = await this.get(next);
            if (status !== 200) {
                throw new Error(`${next} answered ${status}: ${text.slice(0, 300)}`);
            }
            items.push(...json.items);
            next = json.next;
        }
        return items;
    }
}
