// SPDX-License-Identifier: AGPL-3.0-or-later
// mail.test.mjs: a release goes out by a real Postfix; what arrives is read by another MIME parser (Python's), and its link to
// leave is pressed as a mail program presses it (RFC 8058).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, Client } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { noPostfix, startPostfix } from "./lib/postfix.mjs";
import { makeCity } from "./lib/vocero.mjs";

const WRITER = "iris@sanluis.example";
const TITLE = "Arranca el bacheo en 14 colonias: ¡más de 3,000 m² en la ribera del río Santiago!";
const BODY = "El **programa** empieza hoy.\n\n.una línea que empieza con punto\n\nFrom here on: ñandú, «comillas», 🚧\n";

const READER = `
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
print(json.dumps({"headers": [[k, str(v)] for k, v in m.items()], "type": m.get_content_type(), "parts": m.is_multipart(),
    "charset": m.get_content_charset(), "text": m.get_content(), "defects": [repr(d) for d in m.defects],
    "bad": [k for k, v in m.items() if getattr(v, "defects", ())]}))
`;

function parse(bytes) {
    return new Promise((done, failed) => {
        const child = spawn("python3", ["-c", READER]);
        let said = "";
        child.stdout.on("data", (part) => (said += part));
        child.on("error", failed);
        child.on("close", (status) => (status === 0 ? done(JSON.parse(said)) : failed(new Error(`python3: ${status}`))));
        child.stdin.end(bytes);
    });
}

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok(status < 400, `${path} answered ${status}: ${text.slice(0, 300)}`);
    return json;
}

async function open(t, kind, postfix) {
    const city = await makeCity(t, kind);
    await city.addPerson(WRITER, "community_manager", "Iris");
    const tokens = [await city.token(WRITER), await city.token()];
    const env = { VOCERO_MAIL_SMTP: postfix.url, VOCERO_MAIL_FROM: "prensa@sanluis.example", VOCERO_MAIL_BOUNCES: "rebotes@sanluis.example" };
    const server = await city.serve({ env });
    const [writer, chief] = tokens.map((token) => new Client(server, token));
    return { city, server, writer, chief };
}

async function publish(desk, title) {
    const made = await step(desk.writer, "/mesa/comunicados", { title, lead: "Doce millones.", body: BODY });
    await step(desk.writer, `/mesa/comunicados/${made.id}/enviar`);
    await step(desk.chief, `/mesa/comunicados/${made.id}/aprobar`);
    return step(desk.chief, `/mesa/comunicados/${made.id}/publicar`);
}

async function contact(desk, name, mail, list) {
    const made = await step(desk.chief, "/mesa/prensa/contactos", { name, mail, outlet: "Pulso", consent_how: "tarjeta" });
    await step(desk.chief, `/mesa/prensa/listas/${list}/miembros`, { contact: made.id });
    return made;
}

async function settled(desk, release) {
    for (let turn = 0; turn < 300; turn++) {
        const { json } = await desk.chief.get(`/mesa/comunicados/${release}/envios`);
        if (json.items.length && json.items.every((sending) => sending.waiting === 0)) {
            return json.items;
        }
        await sleep(100);
    }
    throw new Error("the messages do not settle");
}

function looksRight(message, release) {
    const head = Object.fromEntries(message.headers.map(([name, value]) => [name.toLowerCase(), value]));
    assert.deepEqual(message.defects, []);
    assert.deepEqual(message.bad, []);
    assert.equal(message.type, "text/plain");
    assert.equal(message.parts, false);
    assert.equal(message.charset, "utf-8");
    assert.equal(head.subject, `${release.folio} · ${TITLE}`);
    assert.match(head.from, /Comunicación Social del Ayuntamiento <prensa@sanluis\.example>/);
    assert.match(head.to, /Lucía "La Güera" Cantera|lucia@pulso\.example/);
    assert.match(head["return-path"], /^<rebotes\+[0-9a-z]{13}-[0-9a-z]{13}@sanluis\.example>$/);
    assert.match(head["message-id"], /^<[0-9a-z.]+@sanluis\.example>$/);
    assert.equal(head["list-unsubscribe-post"], "List-Unsubscribe=One-Click");
    assert.ok(Math.abs(Date.parse(head.date) - Date.now()) < 10 * 60_000);
    const text = message.text.replaceAll("\r\n", "\n");
    for (const line of [TITLE, "El programa empieza hoy.", "\n.una línea que empieza con punto", "\nFrom here on: ñandú, «comillas», 🚧", release.code, release.url]) {
        assert.ok(text.includes(line), `${line} is missing in:\n${text}`);
    }
    return head["list-unsubscribe"].match(/^<(.+)>$/)[1];
}

async function press(server, leave) {
    const { pathname } = new URL(leave);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return ask(server, pathname, { method: "POST", body: "List-Unsubscribe=One-Click", headers });
}

for (const kind of DATABASES) {
    test(`a release reaches the media by Postfix, once, and whoever wants leaves (${kind})`, { skip: noPostfix() ?? missing(kind) }, async (t) => {
        const postfix = await startPostfix(t, "pulso.example", ["lucia", "marco"]);
        const desk = await open(t, kind, postfix);
        const list = await step(desk.chief, "/mesa/prensa/listas", { name: "Medios locales" });
        const lucia = await contact(desk, 'Lucía "La Güera" Cantera', "lucia@pulso.example", list.id);
        await contact(desk, "Marco Silva", "marco@pulso.example", list.id);
        const gone = await contact(desk, "Quien ya no está", "nadie@pulso.example", list.id);
        const release = await publish(desk, TITLE);
        await step(desk.chief, `/mesa/comunicados/${release.id}/envios`, { lists: [list.id] });
        const [sending] = await settled(desk, release.id);
        assert.deepEqual([sending.sent, sending.failed], [2, 1], await postfix.log());
        const [bytes] = await postfix.mailbox("lucia");
        const leave = looksRight(await parse(bytes), release);
        const { json: bounced } = await desk.chief.get(`/mesa/prensa/contactos/${gone.id}`);
        assert.equal(bounced.bounces, 1);
        assert.match(bounced.bounce_text, /^550 5\.1\.1 .*nadie@pulso\.example/);
        assert.equal((await press(desk.server, leave)).status, 200);
        assert.ok((await desk.chief.get(`/mesa/prensa/contactos/${lucia.id}`)).json.opted_out_at);
        const next = await publish(desk, "El bacheo sigue");
        await step(desk.chief, `/mesa/comunicados/${next.id}/envios`, { lists: [list.id] });
        await settled(desk, next.id);
        assert.equal((await postfix.mailbox("marco", 2)).length, 2);
        assert.equal((await postfix.mailbox("lucia")).length, 1);
    });
}
