// SPDX-License-Identifier: AGPL-3.0-or-later
// desk.mjs: a city that is served, with a client; and what several tests of one file share.

import { after } from "node:test";
import { Client, ask } from "./client.mjs";
import { ADMIN, PASSWORD, makeCity } from "./vocero.mjs";

// Tests ask faster than people.
const UNLIMITED = {
    VOCERO_LIMITS_ADDRESS_PER_MINUTE: "10000000",
    VOCERO_LIMITS_ACCOUNT_PER_MINUTE: "10000000",
};

export const FORM = "application/x-www-form-urlencoded";

export async function openDesk(t, { env = {}, kind = "sqlite" } = {}) {
    const city = await makeCity(t, kind);
    const token = await city.token();
    const server = await city.serve({ env: { ...UNLIMITED, ...env } });
    return { city, server, token, client: new Client(server, token) };
}

/** A desk that the tests of one file share; gone after the last of them. */
export function shareDesk(options) {
    const endings = [];
    const file = { after: (ending) => endings.push(ending) };
    after(() => Promise.all(endings.map((end) => end())));
    let desk;
    return () => (desk ??= openDesk(file, options));
}

/** Logs in as a person does; gives the cookie. */
export async function logIn(server, mail = ADMIN, password = PASSWORD) {
    const body = new URLSearchParams({ mail, password }).toString();
    const headers = { "Content-Type": FORM };
    const answer = await ask(server, "/entrar", { method: "POST", body, headers });
    if (answer.status !== 303) {
        throw new Error(`login answered ${answer.status}`);
    }
    return answer.headers.get("set-cookie").split(";")[0];
}
