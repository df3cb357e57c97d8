// SPDX-License-Identifier: AGPL-3.0-or-later
// report.test.mjs: the month's report from its draft to the public, and each of its files read by another program.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, createPublicKey, verify } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { MONTH } from "./lib/calendar.mjs";
import { Client, ask } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { makeCity, makeDemo } from "./lib/vocero.mjs";

const execute = promisify(execFile);
const OFFICE = ["/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice"].find(existsSync);
const POPPLER = existsSync("/usr/bin/pdftotext");
const FORMATS = ["text", "html", "json", "csv", "xlsx", "pdf", "docx"];
const DIRECTOR = "direccion@sanluis.example";
const ED25519_PREFIX = Buffer.from("302a300506032b6570032100", "hex"); // SubjectPublicKeyInfo, RFC 8410

async function program(folder, name, ...args) {
    const { stdout } = await execute(name, args, { cwd: folder, maxBuffer: 1 << 26 });
    return stdout;
}

// The text of an office file, as LibreOffice reads it.
async function readByOffice(city, file, format) {
    const home = `-env:UserInstallation=file://${city.folder}/office`;
    await program(city.folder, OFFICE, home, "--headless", "--convert-to", format, "--outdir", city.folder, file);
    return readFile(file.replace(/\.\w+$/, `.${format.split(":")[0]}`), "utf8");
}

// Rows of a CSV file (RFC 4180).
function rowsOf(csv) {
    const rows = [[""]];
    for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
        rows.at(-1).splice(-1, 1, quoted?.replaceAll('""', '"') ?? plain);
        if (end === ",") {
            rows.at(-1).push("");
        } else if (end) {
            rows.push([""]);
        }
    }
    return rows.filter((row) => row.length > 1);
}

async function files(city) {
    const made = {};
    for (const format of FORMATS) {
        made[format] = join(city.folder, `informe.${format}`);
        await city.must(["report", "2022-07", "--format", format, "-o", made[format]]);
    }
    return made;
}

test("68 of 70 in every format, read by other programs", async (t) => {
    const city = await makeDemo(t);
    const made = await files(city);
    const text = (format) => readFile(made[format], "utf8");
    assert.match(await text("text"), /Eventos cubiertos +68 de 70/);
    assert.match(await text("html"), /<th scope="row">Eventos cubiertos<\/th>.*<td>68<\/td><td>70<\/td>/);
    const { figures } = JSON.parse(await text("json"));
    const covered = figures.find(({ key }) => key === "events_covered");
    assert.deepEqual([covered.value, covered.of], [68, 70]);
    const [head, ...rows] = rowsOf(await text("csv"));
    const row = rows.find((cells) => cells[head.indexOf("key")] === "events_covered");
    assert.deepEqual([row[head.indexOf("value")], row[head.indexOf("of")]], ["68", "70"]);
    assert.ok(rows.every((cells) => cells.length === head.length));
    await t.test("poppler", { skip: POPPLER ? false : "poppler is not here" }, async () => {
        assert.match(await program(city.folder, "pdftotext", "-layout", made.pdf, "-"), /68 de 70/);
        const info = await program(city.folder, "pdfinfo", "-struct-text", made.pdf);
        assert.match(info, /68 de 70/);
        assert.match(info, /^ *H1/m);
        assert.match(await program(city.folder, "pdfinfo", made.pdf), /^Tagged: +yes$/m);
    });
    await t.test("LibreOffice", { skip: OFFICE ? false : "LibreOffice is not here" }, async () => {
        const sheet = rowsOf(await readByOffice(city, made.xlsx, "csv"));
        assert.ok(sheet.some((cells) => cells[0] === "Eventos cubiertos" && cells[1] === "68" && cells[2] === "70"));
        assert.match(await readByOffice(city, made.docx, "txt:Text"), /68 de 70/);
    });
});

test("a signed report has the same bytes each time", async (t) => {
    const city = await makeDemo(t);
    const first = await files(city);
    const before = await Promise.all(FORMATS.map((format) => readFile(first[format])));
    await files(city);
    for (const [i, format] of FORMATS.entries()) {
        assert.ok(before[i].equals(await readFile(first[format])), format);
    }
});

test("what citizens download is what was signed, and anybody can check it", async (t) => {
    const city = await makeDemo(t);
    const server = await city.serve();
    const { json: report } = await ask(server, "/informes/2022-07.json");
    assert.equal(report.state, "published");
    assert.match(report.code, /^VOC-/);
    assert.doesNotMatch(JSON.stringify(report), /\/mesa\//);
    const { text } = await ask(server, "/informes/2022-07.json?forma=canonica");
    assert.equal(createHash("sha256").update(text).digest("hex"), report.sha256);
    const { json: keys } = await ask(server, "/.well-known/vocero-keys.json");
    const raw = (keys.items ?? keys.keys).map((key) => Buffer.from(key.public_key, "base64url"));
    const signed = raw.some((bytes) => {
        const key = createPublicKey({ key: Buffer.concat([ED25519_PREFIX, bytes]), format: "der", type: "spki" });
        return verify(null, Buffer.from(text), key, Buffer.from(report.signature, "base64url"));
    });
    assert.ok(signed, "one of the city's keys made the signature");
});

// ---- the way to publication, over HTTP ----

async function startMonth(t, kind) {
    const city = await makeCity(t, kind);
    await city.must(["import", "agenda", MONTH]);
    await city.addPerson(DIRECTOR, "director", "Dirección");
    const server = await city.serve();
    const client = async (mail) => new Client(server, await city.token(mail));
    return { server, writes: await client(), signs: await client(DIRECTOR) };
}

async function step(client, path, body, status = 200) {
    const answer = await client.post(`/mesa/informes/2022-07${path}`, body);
    assert.equal(answer.status, status, `${path}: ${answer.text.slice(0, 300)}`);
    return answer.json;
}

for (const kind of DATABASES) {
    test(`draft, review, signature, publication, a new version (${kind})`, { skip: missing(kind) }, async (t) => {
        const { server, writes, signs } = await startMonth(t, kind);
        await step(writes, "", { highlights: "Un mes de obras.\n- Bacheo" });
        const sent = await step(writes, "/revisar");
        assert.equal(sent.state, "in_review");
        await step(writes, "/firmar", { sha256: sent.sha256 }, 403);
        await step(signs, "/firmar", { sha256: "0".repeat(64) }, 412);
        await step(signs, "/devolver", { reason: "Falta la feria" });
        const again = await step(writes, "/revisar");
        await step(signs, "/firmar", { sha256: again.sha256 });
        assert.equal((await ask(server, "/informes/2022-07")).status, 404);
        await step(signs, "/publicar");
        assert.equal((await ask(server, "/informes/2022-07")).status, 200);
        await step(writes, "/recalcular", {}, 422);
        assert.equal((await step(writes, "/recalcular", { reason: "Se corrigió un registro" })).version, 2);
        const { json } = await ask(server, "/informes/2022-07.json");
        assert.deepEqual([json.version, json.sha256], [1, again.sha256]);
    });

    test(`of two who sign at once one wins (${kind})`, { skip: missing(kind) }, async (t) => {
        const { writes, signs } = await startMonth(t, kind);
        const { sha256 } = await step(writes, "/revisar");
        const both = await Promise.all([1, 2].map(() => signs.post("/mesa/informes/2022-07/firmar", { sha256 })));
        assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    });

    test(`what changed meanwhile is not signed (${kind})`, { skip: missing(kind) }, async (t) => {
        const { writes, signs } = await startMonth(t, kind);
        const { sha256 } = await step(writes, "/revisar");
        const { json } = await writes.get("/mesa/agenda?mes=2022-07&figura=events_held&limit=1");
        const cancelled = await writes.post(`/mesa/agenda/${json.items[0].id}/cancelar`, { reason: "Lluvia" });
        assert.equal(cancelled.status, 200);
        const refused = await step(signs, "/firmar", { sha256 }, 409);
        assert.match(refused.error.message, /70.*69/);
    });
}

test("a month that is not over is not sent to review, and says until when", async (t) => {
    const city = await makeCity(t);
    const server = await city.serve();
    const client = new Client(server, await city.token());
    const month = new Date(Date.now() - 86_400_000).toISOString().slice(0, 7);
    const { status, json } = await client.post(`/mesa/informes/${month}/revisar`);
    assert.equal(status, 409);
    assert.match(json.error.message, /\d{4}/);
});
