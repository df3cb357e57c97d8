// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends what waits, in its order, as the person who did it. The page and its worker both do.
//
// Every entry has one random key, made once: as the header Idempotency-Key and as the field client_key. An
// answer that got lost is asked for again with it, and the server does nothing twice. A step that the server
// refuses because the coverage is there already, or further on, is done.

import { withLock } from "./field-lock.js";

const SESSION = "/mesa/campo.json";
const SESSION_MS = 15_000;
const STEP_MS = 60_000;
const FILES_MS = 15 * 60_000;

const PATHS = { accept: "aceptar", decline: "rechazar", start: "iniciar", deliver: "entregar", note: "nota" };
const BEYOND = {
    accept: ["accepted", "in_progress", "delivered", "approved", "returned"],
    start: ["in_progress", "delivered", "approved", "returned"],
    decline: ["declined"],
};

/** Who is logged in now: { state: "in", person, csrf }, or state login, forbidden, offline, busy. */
export async function askSession() {
    let answer;
    try {
        answer = await fetch(SESSION, {
            headers: { Accept: "application/json" },
            cache: "no-store",
            signal: AbortSignal.timeout(SESSION_MS),
        });
    } catch {
        return { state: "offline" };
    }
    if (answer.status === 401 || answer.redirected) {
        return { state: "login" };
    }
    if (answer.status === 403) {
        return { state: "forbidden" };
    }
    try {
        const { person, csrf } = await answer.json();
        return answer.ok ? { state: "in", person, csrf } : { state: "busy" };
    } catch {
        return { state: "busy" };
    }
}

// ---- one entry ----

function bodyOf(entry) {
    if (entry.act !== "deliver") {
        return JSON.stringify({ ...entry.fields, client_key: entry.key });
    }
    const form = new FormData();
    for (const [name, value] of Object.entries(entry.fields)) {
        form.append(name, value);
    }
    form.append("client_key", entry.key);
    for (const { name, blob } of entry.files) {
        form.append("file", blob, name);
    }
    return form;
}

function post(entry, csrf) {
    const headers = { Accept: "application/json", "X-CSRF-Token": csrf ?? "", "Idempotency-Key": entry.key };
    if (entry.act !== "deliver") {
        headers["Content-Type"] = "application/json";
    }
    return fetch(`/mesa/coberturas/${entry.coverage}/${PATHS[entry.act]}`, {
        method: "POST",
        headers,
        body: bodyOf(entry),
        signal: AbortSignal.timeout(entry.files.length > 0 ? FILES_MS : STEP_MS),
    });
}

async function sentenceOf(answer) {
    try {
        return (await answer.json()).error?.message ?? "";
    } catch {
        return String(answer.status);
    }
}

// After "not in this state": was it this very step, long ago?
async function isThere(entry) {
    if (!BEYOND[entry.act]) {
        return false;
    }
    const answer = await fetch(`/mesa/coberturas/${entry.coverage}.json`, {
        headers: { Accept: "application/json" },
        cache: "no-store",
        signal: AbortSignal.timeout(SESSION_MS),
    });
    if (!answer.ok) {
        return false;
    }
    const { state, assignee } = await answer.json();
    return assignee === entry.person && BEYOND[entry.act].includes(state);
}

const LATER = [408, 425, 429, 500, 502, 503, 504];

/** sent, refused (with the server's sentence), stale (a token of an earlier login), login, busy or offline */
async function outcomeOf(entry, csrf) {
    try {
        const answer = await post(entry, csrf);
        if (answer.status === 401 || answer.redirected) {
            return { state: "login" };
        }
        if (answer.ok) {
            return { state: "sent" };
        }
        if (LATER.includes(answer.status)) {
            return { state: "busy" };
        }
        if (answer.status === 409 && (await isThere(entry))) {
            return { state: "sent" };
        }
        const message = await sentenceOf(answer);
        return { state: answer.status === 403 ? "forbidden" : "refused", message };
    } catch {
        return { state: "offline" };
    }
}

// A 403 may only mean that somebody came in again since: once more with the new token.
async function sendOne(queue, entry, session) {
    await queue.change(entry.seq, { state: "sending", message: "" });
    let outcome = await outcomeOf(entry, session.csrf);
    if (outcome.state === "forbidden") {
        const now = await askSession();
        const isAnother = now.state === "in" && now.person === entry.person && now.csrf !== session.csrf;
        outcome = isAnother ? await outcomeOf(entry, now.csrf) : outcome;
    }
    if (outcome.state === "sent") {
        await queue.change(entry.seq, { state: "sent", files: [], message: "", sentAt: Date.now() });
    } else if (outcome.state === "refused" || outcome.state === "forbidden") {
        await queue.change(entry.seq, { state: "refused", message: outcome.message });
        return { state: "refused" };
    } else {
        await queue.change(entry.seq, { state: "waiting" });
    }
    return outcome;
}

// ---- all of them ----

export function isWaiting(entry) {
    return entry.state === "waiting" || entry.state === "sending";
}

/** The next one of this person; what comes after a refused one of the same coverage waits for it. */
export function nextOf(entries, person) {
    const held = new Set();
    for (const entry of entries.filter((one) => one.person === person)) {
        if (entry.state === "refused") {
            held.add(entry.coverage);
        } else if (isWaiting(entry) && !held.has(entry.coverage)) {
            return entry;
        }
    }
    return undefined;
}

async function sendAll(queue, changed) {
    const session = await askSession();
    let sent = 0;
    while (session.state === "in") {
        const entry = nextOf(await queue.all(), session.person);
        if (!entry) {
            break;
        }
        const outcome = await sendOne(queue, entry, session);
        changed();
        if (outcome.state === "sent") {
            sent += 1;
        } else if (outcome.state !== "refused") {
            return { ...outcome, sent };
        }
    }
    return { ...session, sent };
}

/** { state, person, sent }; undefined when another tab is sending. */
export function sendWaiting(queue, changed = () => {}) {
    return withLock(queue, () => sendAll(queue, changed));
}
