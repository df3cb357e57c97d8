// SPDX-License-Identifier: AGPL-3.0-or-later
// verify.test.mjs: what /verificar says of codes, hashes, files and forgeries.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ask } from "./lib/client.mjs";
import { makeDemo } from "./lib/vocero.mjs";

const execute = promisify(execFile);
const QPDF = existsSync("/usr/bin/qpdf") && existsSync("/usr/bin/pdftotext");

async function download(server, path) {
    const answer = await fetch(new URL(path, server.url));
    assert.equal(answer.status, 200, path);
    return Buffer.from(await answer.arrayBuffer());
}

async function handIn(server, bytes, name) {
    const form = new FormData();
    form.set("archivo", new Blob([bytes]), name);
    const answer = await fetch(new URL("/verificar", server.url), {
        method: "POST",
        headers: { Accept: "application/json" },
        body: form,
    });
    return { status: answer.status, json: await answer.json() };
}

async function open(t) {
    const city = await makeDemo(t);
    const server = await city.serve();
    const { json: report } = await ask(server, "/informes/2022-07.json");
    return { city, server, report };
}

test("a code, a link and a hash are known; others are not", async (t) => {
    const { server, report } = await open(t);
    const state = async (asked) =>
        (await ask(server, `/verificar.json?codigo=${encodeURIComponent(asked)}`)).json.state;
    const sha256 = createHash("sha256").update(await download(server, "/informes/2022-07.pdf")).digest("hex");
    assert.equal(await state(report.code), "official");
    assert.equal(await state(report.code.toLowerCase().replaceAll("-", " ")), "official");
    assert.equal(await state(`https://portal.example/verificar?codigo=${report.code}`), "official");
    assert.equal(await state(report.sha256), "official");
    assert.equal(await state(sha256), "official");
    assert.equal(await state("f".repeat(64)), "unknown");
    assert.equal(await state(report.code.replace(/.$/, (sign) => (sign === "A" ? "B" : "A"))), "typo");
    assert.equal(await state("hola"), "typo");
});

test("each file of the report is known by its bytes, and is not kept", async (t) => {
    const { city, server } = await open(t);
    const kept = async (bytes) => {
        const name = createHash("sha256").update(bytes).digest("hex");
        return (await readdir(join(city.data, "vault"), { recursive: true })).includes(join(name.slice(0, 2), name.slice(2)));
    };
    for (const format of ["pdf", "xlsx", "docx"]) {
        const bytes = await download(server, `/informes/2022-07.${format}`);
        const { json } = await handIn(server, bytes, `x.${format}`);
        assert.equal(await kept(bytes), false, format);
        assert.deepEqual([json.state, json.file], ["official", `informe-2022-07.${format}`]);
    }
    for (const form of ["/informes/2022-07.json", "/informes/2022-07.json?forma=canonica"]) {
        const bytes = await download(server, form);
        assert.equal((await handIn(server, bytes, "x.json")).json.state, "official", form);
        assert.equal(await kept(bytes), false, form);
    }
});

test("a changed figure in the data is named", async (t) => {
    const { server } = await open(t);
    for (const form of ["/informes/2022-07.json", "/informes/2022-07.json?forma=canonica"]) {
        const text = (await download(server, form)).toString();
        const forged = text.replace(/("key":"events_covered"[^}]*"value":)68/, "$170");
        assert.notEqual(forged, text, form);
        const { json } = await handIn(server, Buffer.from(forged), "x.json");
        assert.equal(json.state, "changed", form);
        const [first] = json.differences;
        assert.match(first.what, /Eventos cubiertos/);
        assert.match(first.was, /68/);
        assert.match(first.is, /70/);
    }
});

test("a changed number on the paper is named", { skip: QPDF ? false : "qpdf or pdftotext is not here" }, async (t) => {
    const { city, server } = await open(t);
    const path = (name) => join(city.folder, name);
    await writeFile(path("original.pdf"), await download(server, "/informes/2022-07.pdf"));
    await execute("qpdf", ["--qdf", "--object-streams=disable", path("original.pdf"), path("plain.pdf")]);
    const plain = (await readFile(path("plain.pdf"))).toString("latin1");
    const forged = plain.replace("[(68 de 7)", "[(69 de 7)");
    assert.notEqual(forged, plain);
    await writeFile(path("forged.pdf"), Buffer.from(forged, "latin1"));
    const copy = await handIn(server, await readFile(path("plain.pdf")), "copia.pdf");
    assert.equal(copy.json.state, "official", "the same words in other bytes are a copy");
    const { json } = await handIn(server, await readFile(path("forged.pdf")), "falso.pdf");
    assert.equal(json.state, "changed");
    assert.deepEqual(json.differences, [{ what: "Eventos cubiertos", was: "68", is: "69" }]);
});

test("what is no document of ours is said, whatever it is", async (t) => {
    const { server } = await open(t);
    assert.equal((await handIn(server, Buffer.from("%PDF-1.7\nno more"), "a.pdf")).json.state, "unknown");
    assert.equal((await handIn(server, Buffer.alloc(100_000, 7), "a.bin")).json.state, "unknown");
    assert.equal((await handIn(server, Buffer.from("{"), "a.json")).json.state, "unknown");
    assert.equal((await handIn(server, Buffer.alloc(0), "a.pdf")).status, 422);
    assert.equal((await handIn(server, Buffer.alloc(21 * 1024 * 1024), "a.pdf")).status, 413);
});
