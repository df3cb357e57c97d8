// SPDX-License-Identifier: AGPL-3.0-or-later
// photos-upload.test.mjs: pictures on their way in: the server killed in the middle of a piece, the network cut, the page
// loaded again; what arrives is byte for byte what was sent.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { Client, ask } from "./lib/client.mjs";
import { openNetwork } from "./lib/cut.mjs";
import { openDesk } from "./lib/desk.mjs";
import { picture } from "./lib/pictures.mjs";
import { ADMIN, PASSWORD } from "./lib/vocero.mjs";

const PLACE = "/mesa/fotos/subidas";
const TUS = { "Tus-Resumable": "1.0.0" };
const KILLS = Math.min(20, Number(process.env.KILLS ?? 4)); // of one picture; the kill trials have hundreds
const skip = noBrowser();
let browser;

before(async () => {
    browser = skip ? null : await openBrowser();
});
after(() => browser?.close());

async function makeEvent(client, title) {
    const starts = new Date(Date.now() - 3600_000).toISOString().slice(0, 16);
    const made = await client.post("/mesa/agenda", { title, starts_at: starts, time_zone: "America/Mexico_City" });
    assert.equal(made.status, 201, made.text);
    return made.json.id;
}

function metadata(fields) {
    const pairs = Object.entries(fields);
    return pairs.map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`).join(",");
}

async function begin(client, bytes, event) {
    const headers = { ...client.headers, ...TUS, "Upload-Length": String(bytes.length) };
    headers["Upload-Metadata"] = metadata({ filename: "DSC_0001.JPG", event });
    const answer = await ask(client.server, PLACE, { method: "POST", headers });
    assert.equal(answer.status, 201, answer.text);
    return answer.headers.get("location");
}

async function look(client, address) {
    const answer = await ask(client.server, address, { method: "HEAD", headers: { ...client.headers, ...TUS } });
    assert.equal(answer.status, 204);
    return { offset: Number(answer.headers.get("upload-offset")), record: answer.headers.get("vocero-record") };
}

function patchHeaders(client, offset, body, sum) {
    const headers = { ...client.headers, ...TUS, "Upload-Offset": String(offset), "Content-Length": body.length };
    headers["Content-Type"] = "application/offset+octet-stream";
    if (sum) {
        headers["Upload-Checksum"] = `sha256 ${createHash("sha256").update(body).digest("base64")}`;
    }
    return headers;
}

/** Sends some of a piece's bytes, and leaves the connection open. */
async function sendHalf(client, address, offset, body, share, sum) {
    const url = new URL(address, client.server.url);
    const half = request(url, { method: "PATCH", headers: patchHeaders(client, offset, body, sum) });
    half.on("error", () => {});
    half.on("response", (answer) => answer.resume());
    await new Promise((sent) => half.write(body.subarray(0, Math.floor(body.length * share)), sent));
    await wait(150);
    return half;
}

async function send(client, address, offset, body, sum = true) {
    const headers = patchHeaders(client, offset, body, sum);
    delete headers["Content-Length"];
    return ask(client.server, address, { method: "PATCH", headers, body });
}

function hashOf(bytes) {
    return createHash("sha256").update(bytes).digest("hex");
}

async function original(client, record) {
    const answer = await fetch(new URL(`${record}/original`, client.server.url), { headers: client.headers });
    assert.equal(answer.status, 200);
    return Buffer.from(await answer.arrayBuffer());
}

for (const sum of [false, true]) {
    test(`killed in the middle of pieces ${sum ? "with" : "without"} a checksum, it goes on where it stood`, async (t) => {
        const { city, server, token } = await openDesk(t);
        let client = new Client(server, token);
        const bytes = Buffer.concat([picture(7), randomBytes(6_000_000)]);
        const address = await begin(client, bytes, await makeEvent(client, "Feria"));
        const step = Math.floor(bytes.length / (2 * KILLS + 1));
        let sure = 0;
        for (let round = 0; round < KILLS; round++) {
            const piece = bytes.subarray(sure, sure + step);
            assert.equal((await send(client, address, sure, piece, sum)).status, 204);
            sure += piece.length;
            const half = await sendHalf(client, address, sure, bytes.subarray(sure, sure + step), 0.3 + (round % 6) / 10, sum);
            await client.server.kill();
            half.destroy();
            client = new Client(await city.serve(), token);
            const { offset, record } = await look(client, address);
            assert.ok(sum ? offset === sure : offset >= sure, `${offset} of ${sure}`);
            assert.equal(record, null);
            sure = offset;
        }
        const last = await send(client, address, sure, bytes.subarray(sure), sum);
        assert.equal(last.status, 204, last.text);
        const record = last.headers.get("vocero-record");
        assert.deepEqual(await look(client, address), { offset: bytes.length, record });
        assert.equal(hashOf(await original(client, record)), hashOf(bytes));
    });
}

// ---- on screen ----

async function pictures(city, count, size) {
    const files = [];
    for (let n = 0; n < count; n++) {
        const path = join(city.folder, `DSC_${1000 + n}.png`);
        await writeFile(path, Buffer.concat([picture(40 + n), randomBytes(size)]));
        files.push(path);
    }
    return files;
}

async function openPage(t, desk, where) {
    const { page, context, offences } = await openWindow(browser, where);
    await logInOnScreen(page, ADMIN, PASSWORD);
    const event = await makeEvent(desk.client, "Desfile");
    await page.goto(`/mesa/fotos/subir?evento=${event}`);
    return { page, context, offences, event };
}

async function allArrived(desk, event, count) {
    const { json } = await desk.client.get(`/mesa/fotos.json?evento=${event}`);
    assert.equal(json.items.length, count);
    return json.items;
}

function finished(page) {
    return page.locator("[data-upload-done]").waitFor({ timeout: 90_000 });
}

test("the page is sound, says what is refused, and shows what came", { skip }, async (t) => {
    const desk = await openDesk(t);
    const { page, context, offences, event } = await openPage(t, desk, desk.server);
    for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await isSound(page, `the page at ${width}`);
    }
    const empty = join(desk.city.folder, "vacia.jpg");
    await writeFile(empty, "");
    await page.setInputFiles("#files", [...(await pictures(desk.city, 4, 1000)), empty]);
    await finished(page);
    assert.match(await page.textContent("[data-upload-words]"), /^4 .*1 /);
    assert.match(await page.textContent(".upload-item.refused"), /vacia\.jpg/);
    await isSound(page, "the page with its list");
    await allArrived(desk, event, 4);
    await page.click("[data-upload-link]");
    assert.match(page.url(), new RegExp(`evento=${event}`));
    assert.deepEqual(offences, []);
    await context.close();
});

test("a cut network is waited for, and the rest is sent by itself", { skip }, async (t) => {
    const desk = await openDesk(t);
    const network = await openNetwork(t, desk.server);
    const { page, context, event } = await openPage(t, desk, network);
    const files = await pictures(desk.city, 5, 9_000_000);
    const sentBefore = network.sent;
    await page.setInputFiles("#files", files);
    while (network.sent - sentBefore < 14_000_000) {
        await wait(5);
    }
    network.cut();
    await page.locator(".upload-item[data-state=trouble]").first().waitFor();
    await wait(1500);
    network.mend();
    await finished(page);
    const photos = await allArrived(desk, event, 5);
    assert.ok(photos.every(({ size }) => size > 9_000_000));
    assert.ok(network.sent - sentBefore < 5 * 9_100_000 + 4 * 5_300_000, "more was sent again than what was under way");
    await context.close();
});

test("after a reload the same files go on where they stopped", { skip }, async (t) => {
    const desk = await openDesk(t);
    const network = await openNetwork(t, desk.server);
    const { page, context, event } = await openPage(t, desk, network);
    const files = await pictures(desk.city, 1, 23_000_000);
    const sentBefore = network.sent;
    page.on("dialog", (dialog) => dialog.accept());
    await page.setInputFiles("#files", files);
    while (network.sent - sentBefore < 12_000_000) {
        await wait(5);
    }
    await page.reload();
    const sentFirst = network.sent - sentBefore;
    assert.match(await page.textContent("[data-upload-left]"), /DSC_1000\.png/);
    await page.setInputFiles("#files", files);
    await finished(page);
    await allArrived(desk, event, 1);
    const sentAgain = network.sent - sentBefore - sentFirst;
    assert.ok(sentAgain < 23_000_000 - 2 * 5_242_880 + 1_000_000, `two pieces were there, and ${sentAgain} bytes came again`);
    await page.reload();
    assert.equal(await page.locator("[data-upload-left]").isVisible(), false);
    await context.close();
});

// ---- a folder, without a browser ----

test("a folder is imported once, in the order of its names, and what is refused is said", async (t) => {
    const { city, client } = await openDesk(t);
    const event = await makeEvent(client, "Entrega de luminarias");
    const folder = join(city.folder, "tarjeta");
    await mkdir(join(folder, "abajo"), { recursive: true });
    for (const n of [1, 2, 10]) {
        await writeFile(join(folder, `DSC_${n}.png`), picture(n));
    }
    await writeFile(join(folder, "abajo", "DSC_3.png"), picture(3));
    await writeFile(join(folder, "factura.jpg"), "#!/bin/sh\necho no soy una foto\n");
    await writeFile(join(folder, "vacia.jpg"), "");
    await symlink("/etc/passwd", join(folder, "enlace.jpg"));
    const command = ["import", "photos", folder, "--event", event, "--user", ADMIN];
    const first = await city.run(command);
    assert.equal(first.status, 1);
    assert.equal(first.stdout, "6 files: 3 new, 0 unchanged, 3 refused\n");
    for (const name of ["factura.jpg", "vacia.jpg", "enlace.jpg"]) {
        assert.match(first.stderr, new RegExp(`refused: ${name}: .`));
    }
    const again = await city.run([...command, "--skip-bad", "--json"]);
    assert.equal(again.status, 0);
    assert.deepEqual(JSON.parse(again.stdout), { files: 6, new: 0, unchanged: 3, refused: 3 });
    const { json } = await client.get(`/mesa/fotos.json?evento=${event}`);
    assert.deepEqual(json.items.map(({ filename }) => filename).sort(), ["DSC_1.png", "DSC_10.png", "DSC_2.png"]);
    for (const wrong of [["import", "photos", folder], ["import", "photos", folder, "--event", "nada"]]) {
        assert.equal((await city.run(wrong)).status, 2);
    }
    assert.equal((await city.run(["import", "photos", join(folder, "no"), "--event", event, "--user", ADMIN])).status, 1);
});
