// SPDX-License-Identifier: AGPL-3.0-or-later
// verify-texts.test.mjs: what reached somebody by a messaging app, against what was published: texts, links, pictures, documents;
// and the same without this office, with openssl, node and `vocero verify`.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, readFile, rename, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { isSound, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { Client, ask } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { openDesk, shareDesk } from "./lib/desk.mjs";
import { run } from "./lib/vocero.mjs";

const execute = promisify(execFile);
const WRITER = "iris@sanluis.example";
const VIPS = existsSync("/usr/bin/vips") && existsSync("/usr/bin/vipsthumbnail");
const ZBAR = existsSync("/usr/bin/zbarimg");
const DOCS = new URL("../docs/verify.md", import.meta.url);

const LEAD = "Este jueves se puso en marcha el nuevo pozo de la colonia Las Piedras, que dará agua a 2,350 familias.";
const BODY =
    "La obra costó **once millones** de pesos y se concluyó tres semanas antes de lo previsto.\n\n" +
    "Nadie tiene que pagar por la conexión ni entregar documentos a personas que llamen por teléfono.";
const PLAIN = BODY.replaceAll("*", "");

// ---- an office that publishes ----

function withWriter(desk, token) {
    return Object.assign(desk, { writerToken: token, writer: new Client(desk.server, token) });
}

/** The same people at a server that was started again. */
function again(desk, server) {
    Object.assign(desk, { server, client: new Client(server, desk.token) });
    withWriter(desk, desk.writerToken);
}

async function openOffice(t, kind = "sqlite") {
    const desk = await openDesk(t, { kind });
    await desk.city.addPerson(WRITER, "editor", "Iris");
    return withWriter(desk, await desk.city.token(WRITER));
}

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok([200, 201, 303].includes(status), `${path} answered ${status}: ${text.slice(0, 300)}`);
    return json;
}

/** The public record of a release that went all its way. */
async function publish(desk, title, { lead = LEAD, body = BODY, cover } = {}) {
    const { id } = await step(desk.writer, "/mesa/comunicados", { title, lead, body });
    if (cover) {
        await addCover(desk, id, cover);
    }
    await step(desk.writer, `/mesa/comunicados/${id}/enviar`);
    await step(desk.client, `/mesa/comunicados/${id}/aprobar`);
    await step(desk.client, `/mesa/comunicados/${id}/publicar`);
    const { json } = await desk.client.get(`/mesa/comunicados/${id}`);
    return json;
}

async function addCover(desk, id, bytes) {
    const form = new FormData();
    form.set("file", new Blob([bytes], { type: "image/png" }), "pozo.png");
    form.set("alt", "Un pozo de agua junto a un árbol");
    form.set("is_cover", "1");
    const answer = await fetch(new URL(`/mesa/comunicados/${id}/archivos`, desk.server.url), {
        method: "POST",
        headers: { Accept: "application/json", Authorization: `Bearer ${desk.writerToken}` },
        body: form,
    });
    assert.ok(answer.ok, await answer.text());
}

// ---- asking ----

async function send(server, fill) {
    const form = new FormData();
    fill(form);
    const answer = await fetch(new URL("/verificar", server.url), {
        method: "POST",
        headers: { Accept: "application/json" },
        body: form,
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return JSON.parse(text);
}

const paste = (server, text) => send(server, (form) => form.set("q", text));
const handIn = (server, bytes, name) => send(server, (form) => form.set("archivo", new Blob([bytes]), name));

function passages(verdict, kind) {
    return verdict.passages.filter((one) => one.kind === kind).map((one) => one.text);
}

const sharedOffice = shareDesk();
let office;
let pozo;
let browser;

before(async () => {
    office = await sharedOffice();
    await office.city.addPerson(WRITER, "editor", "Iris");
    withWriter(office, await office.city.token(WRITER));
    pozo = await publish(office, "Nuevo pozo en Las Piedras");
    browser = noBrowser() ? undefined : await openBrowser();
});
after(() => browser?.close());

// ---- texts ----

for (const kind of DATABASES) {
    test(`${kind}: whole, in part, changed, corrected, withdrawn`, { skip: missing(kind) }, async (t) => {
        const desk = await openOffice(t, kind);
        const release = await publish(desk, "Nuevo pozo en Las Piedras");
        const whole = `${release.title}\n\n${LEAD}\n\n${PLAIN}`;
        const official = await paste(desk.server, whole);
        assert.deepEqual([official.state, official.part, official.folio], ["official", false, release.folio]);
        const part = await paste(desk.server, "se concluyó tres semanas antes de lo previsto. Nadie tiene que pagar");
        assert.deepEqual([part.state, part.part, part.code], ["official", true, release.code]);
        const forged = await paste(desk.server, whole.replace("Nadie tiene", "Cada familia tiene"));
        assert.equal(forged.state, "changed");
        assert.deepEqual([passages(forged, "was"), passages(forged, "is")], [["Nadie"], ["Cada familia"]]);
        const title = release.title;
        await step(desk.client, `/mesa/comunicados/${release.id}/corregir`, {
            title,
            lead: LEAD,
            body: BODY.replace("once", "doce"),
            note: "Costó doce millones, no once.",
        });
        const old = await paste(desk.server, whole);
        assert.deepEqual([old.state, old.version, old.newer], ["official", 1, 2]);
        assert.equal(old.corrections[0].note, "Costó doce millones, no once.");
        assert.match(old.url, /\?edicion=1$/);
        const present = await paste(desk.server, whole.replace("once", "doce"));
        assert.deepEqual([present.state, present.version, present.newer], ["official", 2, undefined]);
        await step(desk.client, `/mesa/comunicados/${release.id}/retirar`, { reason: "El pozo se clausuró." });
        for (const text of [whole, whole.replace("once", "doce"), release.url, release.code]) {
            const withdrawn = await paste(desk.server, text);
            assert.equal(withdrawn.state, "withdrawn", text);
            assert.equal(withdrawn.reason, "El pozo se clausuró.");
        }
    });
}

test("a link of ours is known, whatever its form; a link of others is said", async () => {
    const path = new URL(pozo.url).pathname;
    for (const link of [pozo.url, path, `${path}.json`, `${pozo.url}?utm_source=x#abajo`, `${path}?edicion=1`]) {
        const found = await paste(office.server, link);
        assert.deepEqual([found.state, found.code], ["official", pozo.code], link);
    }
    const other = await paste(office.server, `https://sanluis-oficial.example${path}`);
    assert.deepEqual([other.state, other.other_host], ["unknown", "sanluis-oficial.example"]);
    assert.equal((await paste(office.server, "/comunicados/no-hay-tal")).state, "unknown");
});

test("what is too large is refused before it is read", async () => {
    const started = Date.now();
    const answer = await fetch(new URL("/verificar", office.server.url), {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/octet-stream" },
        body: Buffer.alloc(100 * 1024 * 1024, 1),
    }).catch((error) => error);
    assert.ok(answer instanceof Error || answer.status === 413, `${answer.status}`);
    assert.ok(Date.now() - started < 20_000);
    assert.equal((await paste(office.server, `${LEAD} ${PLAIN}`)).state, "official", "the server goes on");
});

// ---- pictures ----

test("a picture is known by its bytes, and smaller or in another format by how it looks", { skip: !VIPS }, async () => {
    const file = (name) => join(office.city.folder, name);
    await execute("vips", ["perlin", file("noise.v"), "900", "600", "--cell-size", "220", "--seed", "3"]);
    await execute("vips", ["scale", file("noise.v"), file("cover.png")]);
    await execute("vips", ["perlin", file("other.v"), "900", "600", "--cell-size", "220", "--seed", "8"]);
    await execute("vips", ["scale", file("other.v"), file("other.png")]);
    const cover = await readFile(file("cover.png"));
    const release = await publish(office, "Un árbol junto al pozo", { lead: "Foto del día.", cover });
    await execute("vipsthumbnail", [file("cover.png"), "-s", "480", "-o", file("small.jpg[Q=60]")]);
    const same = await handIn(office.server, cover, "x.png");
    assert.deepEqual([same.state, same.file, same.code], ["official", "pozo.png", release.code]);
    const small = await handIn(office.server, await readFile(file("small.jpg")), "IMG-2022-WA0001.jpg");
    assert.deepEqual([small.state, small.by, small.picture, small.code], ["official", "picture", "pozo.png", release.code]);
    assert.ok(small.bits > -1 && small.bits <= 12);
    assert.equal((await handIn(office.server, await readFile(file("other.png")), "y.png")).state, "unknown");
    const broken = await handIn(office.server, cover.subarray(0, 200), "z.png");
    assert.deepEqual([broken.state, broken.unread], ["unknown", true]);
});

// ---- the square ----

test("the QR code leads to the verification", { skip: !ZBAR || !VIPS }, async () => {
    const { status, headers, text } = await ask(office.server, `/verificar/qr?codigo=${pozo.code}`);
    assert.equal(status, 200);
    assert.equal(headers.get("content-type"), "image/svg+xml");
    assert.match(headers.get("cache-control"), /immutable/);
    const svg = await office.city.file("qr.svg", text);
    const png = join(office.city.folder, "qr.png");
    await execute("vips", ["copy", svg, png]);
    const { stdout } = await execute("zbarimg", ["--quiet", "--raw", png]);
    assert.match(stdout.trim(), new RegExp(`/verificar\\?codigo=${pozo.code}$`));
    assert.equal((await ask(office.server, "/verificar/qr?codigo=VOC-0000-00")).status, 404);
});

// ---- without the office ----

async function download(server, folder, path, name) {
    const answer = await fetch(new URL(path, server.url));
    assert.equal(answer.status, 200, path);
    await writeFile(join(folder, name), Buffer.from(await answer.arrayBuffer()));
    return join(folder, name);
}

async function sealed(desk, code) {
    const { folder } = desk.city;
    await download(desk.server, folder, "/.well-known/vocero-keys.json", "vocero-keys.json");
    return download(desk.server, folder, `/verificar/documento?codigo=${code}`, "sealed.json");
}

/** The commands of docs/verify.md, as they stand there. */
async function documented(name) {
    const text = await readFile(DOCS, "utf8");
    const [, block] = text.match(new RegExp(`<!-- trial: ${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``));
    return block;
}

test("the commands of the manual say so with openssl and with node", async () => {
    const { folder } = office.city;
    const path = await sealed(office, pozo.code);
    const openssl = async () => execute("sh", ["-e", "-c", await documented("openssl")], { cwd: folder });
    const node = async () => (await execute("node", ["-e", await documented("node")], { cwd: folder })).stdout.trim();
    assert.match((await openssl()).stdout, /Signature Verified Successfully/);
    assert.equal(await node(), "official");
    await writeFile(path, (await readFile(path, "utf8")).replace("once millones", "doce millones"));
    await assert.rejects(openssl, /Signature Verification Failure|Command failed/);
    assert.equal(await node(), "not official");
});

async function verify(folder, name, ...more) {
    const args = ["verify", join(folder, name), "--keys", join(folder, "vocero-keys.json"), "--json", ...more];
    const { status, stdout, stderr } = await run(args);
    return { status, stderr, json: stdout ? JSON.parse(stdout) : undefined };
}

test("vocero verify proves a document, and finds out what was altered", async () => {
    const { folder } = office.city;
    const path = await sealed(office, pozo.code);
    const whole = await readFile(path, "utf8");
    const as = async (text) => {
        await writeFile(join(folder, "altered.json"), text);
        return verify(folder, "altered.json");
    };
    const good = await verify(folder, "sealed.json");
    assert.deepEqual([good.status, good.json.state, good.json.title], [0, "official", pozo.title]);
    assert.equal((await as(whole.replace("once", "doce"))).json.signature, "altered");
    assert.equal((await as(whole.slice(0, -40))).json.state, "unknown");
    assert.equal((await as(whole.replace(pozo.code, "VOC-0000-00"))).status, 1);
    assert.equal((await as("")).json.state, "unknown");
    assert.equal((await as("\u0000\u0001garbage")).json.state, "unknown");
    assert.equal((await as(whole.replace("{", `{"title":"Otra cosa",`))).json.state, "altered");
    await writeFile(join(folder, "big.bin"), "x");
    await truncate(join(folder, "big.bin"), 100 * 1024 * 1024);
    assert.equal((await verify(folder, "big.bin")).json.state, "unknown");
    assert.equal((await run(["verify", join(folder, "sealed.json")])).status, 2);
    assert.equal((await run(["verify", join(folder, "none.json"), "--keys", join(folder, "vocero-keys.json")])).status, 1);
});

test("vocero verify holds a text and a report's paper against what was signed", async () => {
    const { folder } = office.city;
    await sealed(office, pozo.code);
    await writeFile(join(folder, "message.txt"), `${LEAD}\n\n${PLAIN}`);
    const against = ["--sealed", join(folder, "sealed.json")];
    assert.equal((await verify(folder, "message.txt", ...against)).json.state, "official");
    await writeFile(join(folder, "message.txt"), `${LEAD}\n\n${PLAIN.replace("once", "noventa")}`);
    const altered = await verify(folder, "message.txt", ...against);
    assert.deepEqual([altered.status, altered.json.state], [1, "altered"]);
    assert.deepEqual(altered.json.differences.map(({ was, is }) => was ?? is), ["once", "noventa"]);
    const athome = await office.city.run(["verify", join(folder, "sealed.json"), "--json"]);
    assert.equal(JSON.parse(athome.stdout).state, "official", athome.stderr);
});

// ---- another key ----

test("an operator changes the key: what the old one signed stays official", async (t) => {
    const desk = await openOffice(t);
    const first = await publish(desk, "Antes de la otra llave");
    await sealed(desk, first.code);
    await desk.server.stop();
    const key = join(desk.city.data, "seal.key");
    await rename(key, `${key}.2026-11`);
    const server = await desk.city.serve();
    assert.equal((await stat(key)).mode & 0o777, 0o600);
    again(desk, server);
    const second = await publish(desk, "Después de la otra llave", { lead: "Otra cosa muy distinta, dicha otro día." });
    const { json: keys } = await ask(server, "/.well-known/vocero-keys.json");
    assert.equal(keys.items.length, 2);
    assert.equal(keys.items.filter((one) => one.to_at).length, 1);
    for (const code of [first.code, second.code]) {
        assert.equal((await paste(server, code)).state, "official");
        await sealed(desk, code);
        assert.equal((await verify(desk.city.folder, "sealed.json")).json.state, "official");
    }
    // The old file in its place again: it signs nothing more, and what is there stays.
    await server.stop();
    await rename(key, `${key}.new`);
    await rename(`${key}.2026-11`, key);
    await chmod(key, 0o600);
    again(desk, await desk.city.serve());
    await assert.rejects(publish(desk, "Con la llave vieja"), /409/);
    assert.equal((await paste(desk.server, second.code)).state, "official");
});

// ---- on screen ----

const LOOKS = [
    { width: 1440, dark: false },
    { width: 390, dark: false },
    { width: 390, dark: true },
];

for (const look of LOOKS) {
    test(`the page is sound at ${look.width}, ${look.dark ? "dark" : "light"}`, { skip: noBrowser() }, async (t) => {
        const { context, page, offences } = await openWindow(browser, office.server, look);
        t.after(() => context.close());
        await page.goto("/verificar");
        await isSound(page, "verify, empty");
        await page.fill("#q", `${LEAD}\n\n${PLAIN.replace("Nadie", "Cada quien")}`);
        await page.click("button:has-text('Verificar')");
        await page.waitForSelector(".verdict.bad");
        assert.equal(await page.locator(".passage del").first().textContent(), "Cada quien");
        await isSound(page, "verify, changed");
        assert.deepEqual(offences, []);
    });
}

test("without scripts a text and a file are asked for all the same", { skip: noBrowser() }, async (t) => {
    const { context, page } = await openWindow(browser, office.server, { scripts: false });
    t.after(() => context.close());
    await page.goto("/verificar");
    await page.fill("#q", `${LEAD} ${PLAIN}`);
    await page.click("button:has-text('Verificar')");
    await page.waitForSelector(".verdict.good");
    await page.setInputFiles("#archivo", await sealed(office, pozo.code));
    await page.fill("#q", "");
    await page.click("button:has-text('Verificar')");
    await page.waitForSelector(".verdict.good");
});

test("a file is pasted or dropped, and one that is too large is said before it is sent", { skip: noBrowser() }, async (t) => {
    const { context, page } = await openWindow(browser, office.server, {});
    t.after(() => context.close());
    await page.goto("/verificar");
    await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(["El agua"], "nota.txt", { type: "text/plain" }));
        document.querySelector("form[data-verify]").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    assert.equal(await page.evaluate(() => document.querySelector("#archivo").files[0].name), "nota.txt");
    await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(21 * 1024 * 1024)], "grande.bin"));
        document.querySelector("#q").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.match(await page.textContent("[data-trouble]"), /20 MB/);
    await page.click("button:has-text('Verificar')");
    assert.match(page.url(), /\/verificar$/);
    assert.equal(await page.locator(".verdict").count(), 0);
});
