// SPDX-License-Identifier: AGPL-3.0-or-later
// photos-story.test.mjs: an event's pictures from the camera's card to the public gallery, and one of them away again: pictures of
// 24 megapixels, handed in on a telephone whose network breaks in the middle.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { Client, ask } from "./lib/client.mjs";
import { openNetwork } from "./lib/cut.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { openDesk } from "./lib/desk.mjs";
import { BINARY, PASSWORD, makeFolder } from "./lib/vocero.mjs";

const run = promisify(execFile);
const SCENES = process.env.SCENES ?? join(dirname(BINARY), "../../trials/scenes");
const PHOTOS = Number(process.env.PHOTOS ?? 8);
const WIDTH = 6000;
const HEIGHT = 4000;
const XIMENA = "ximena@sanluis.example";
const SOFIA = "sofia@sanluis.example";
const PHONE = { width: 390, touch: true };
const TITLE = "Recorrido por la obra del colector";
const WORD = "zafirino"; // a word that only these pictures have
const CAPTION = `Vecinas y vecinos recorren el colector ${WORD}, con la brigada de obras.`;
const SECRETS = ["SERIE-SECRETA", "Camarona", "DSC_", "Recorrido de obra número"]; // of the camera, and what it wrote
const skip = noBrowser() || (existsSync(SCENES) ? false : `needs ${SCENES}: ninja builds it`);
let browser;
let card;

before(async () => {
    if (skip) {
        return;
    }
    browser = await openBrowser();
    card = await mkdtemp(join(tmpdir(), "vocero-card-"));
    await run(SCENES, [card, String(PHOTOS), String(WIDTH), String(HEIGHT)]);
});
after(async () => {
    await browser?.close();
    if (card) {
        await rm(card, { recursive: true });
    }
});

// ---- an office ----

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok([200, 201].includes(status), `${path} answered ${status}: ${text.slice(0, 400)}`);
    return json;
}

async function openOffice(t, kind) {
    const desk = await openDesk(t, { kind });
    await desk.city.addPerson(XIMENA, "photographer", "Ximena Luzdelvalle");
    await desk.city.addPerson(SOFIA, "editor", "Sofía Valdeprosa");
    desk.ximena = new Client(desk.server, await desk.city.token(XIMENA));
    desk.sofia = new Client(desk.server, await desk.city.token(SOFIA));
    desk.event = await step(desk.client, "/mesa/agenda", {
        title: TITLE,
        starts_at: "2022-07-14T10:00",
        ends_at: "2022-07-14T12:00",
        time_zone: "America/Mexico_City",
        place: "Colector Sur",
        visibility: "public",
        status: "confirmed",
    });
    desk.coverage = await step(desk.client, `/mesa/agenda/${desk.event.id}/coberturas`, { kind: "photo", assignee: XIMENA });
    await step(desk.ximena, `/mesa/coberturas/${desk.coverage.id}/aceptar`);
    return desk;
}

async function open(t, server, mail, look = {}) {
    const window = await openWindow(browser, server, look);
    t.after(() => window.context.close());
    if (mail) {
        await logInOnScreen(window.page, mail, PASSWORD);
    }
    return window;
}

async function photosOf(desk) {
    const { json, text } = await desk.ximena.get(`/mesa/fotos/elegir?evento=${desk.event.id}`);
    assert.ok(json?.items, text.slice(0, 300));
    return json.items;
}

async function until(what, condition, ms = 240_000) {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(250)) {
        const found = await condition();
        if (found) {
            return found;
        }
    }
    throw new Error(`${what}: not after ${ms / 1000} s`);
}

// ---- in: by telephone, over a network that breaks ----

async function areHandedIn(t, desk) {
    const network = await openNetwork(t, desk.server);
    const { page, offences } = await open(t, network, XIMENA, PHONE);
    const files = (await readdir(card)).sort().map((name) => join(card, name));
    const sizes = await Promise.all(files.map((file) => stat(file)));
    const all = sizes.reduce((sum, { size }) => sum + size, 0);
    await page.goto(`/mesa/fotos/subir?cobertura=${desk.coverage.id}`);
    await isSound(page, "handing photos in");
    const before = network.sent;
    await page.setInputFiles("#files", files);
    await until("more than half of it is sent", () => network.sent - before > all * 0.6);
    network.cut();
    await page.locator("[data-upload-items] li", { hasText: /red|reintenta|conexión/i }).first().waitFor();
    await sleep(1500);
    const sent = network.sent;
    network.mend();
    await page.locator("[data-upload-done]:not([hidden])").waitFor({ timeout: 300_000 });
    assert.ok(network.sent - sent < all, "what had arrived was not sent again");
    await isSound(page, "photos that are handed in");
    assert.deepEqual(offences.filter((line) => !/net::ERR_|Failed to load resource|sse:error: Failed to fetch/.test(line)), []);
    await page.locator("[data-upload-link]").click();
    await page.waitForURL("**/mesa/fotos/**");
}

async function areWhole(desk) {
    const photos = await until("all are looked at", async () => {
        const items = await photosOf(desk);
        return items.length === PHOTOS && items.every((photo) => photo.state !== "processing") && items;
    });
    for (const photo of photos) {
        assert.equal(photo.state, "ready", photo.error);
        assert.deepEqual([photo.width, photo.height], [WIDTH, HEIGHT], `${photo.filename} stands upright`);
        const name = join(card, photo.filename);
        const sum = execFileSync("sha256sum", [name], { encoding: "utf8" }).split(" ")[0];
        assert.equal(photo.sha256, sum, `${photo.filename} arrived as it was`);
    }
    assert.equal(new Date(photos[0].taken_at).toISOString(), "2022-07-14T16:00:00.000Z", "by the camera's clock and its offset");
    const bursts = new Set(photos.map((photo) => photo.burst).filter(Boolean));
    assert.equal(bursts.size, Math.ceil(PHOTOS / 4), "four pictures of a scene are a burst");
    return photos;
}

// ---- chosen and described ----

async function areChosen(t, desk) {
    const { page, offences } = await open(t, desk.server, XIMENA);
    await page.goto(`/mesa/fotos/elegir?evento=${desk.event.id}&cobertura=${desk.coverage.id}`);
    await isSound(page, "choosing");
    await page.locator(".sort-item a").first().focus();
    const keys = ["s", "x", "x", "z", "c"];
    for (const key of keys) {
        await page.keyboard.press(key);
        await sleep(300);
    }
    const marks = async () => (await photosOf(desk)).map((photo) => photo.mark);
    await until("keys have marked", async () => {
        const [first, second] = await marks();
        return first === "star" && second === "drop";
    }, 15_000);
    assert.deepEqual(offences, []);
    const photos = await photosOf(desk);
    const kept = photos.filter((_, n) => n % 4 !== 1);
    await step(desk.ximena, "/mesa/fotos/marcar", { photos: kept.slice(1).map(({ id }) => id).join(","), mark: "keep" });
    const dropped = photos.filter((_, n) => n % 4 === 1);
    await step(desk.ximena, "/mesa/fotos/marcar", { photos: dropped.map(({ id }) => id).join(","), mark: "drop" });
    return kept.map(({ id }) => id);
}

async function areDescribed(desk, kept) {
    const photos = kept.join(",");
    await step(desk.ximena, "/mesa/fotos/palabras", { photos, caption: CAPTION, place: "Colector Sur", credit: "Ximena Luzdelvalle" });
    await step(desk.ximena, "/mesa/fotos/menores", { photos: kept.slice(1).join(","), minors: "none" });
    for (const [n, id] of kept.entries()) {
        await step(desk.ximena, `/mesa/fotos/${id}`, { alt: `Siete personas de pie junto a una zanja, escena ${n + 1}` });
    }
}

/** A child's face is covered on screen: a box drawn with the mouse, and what the picture then needs. */
async function aFaceIsCovered(t, desk, id) {
    const { page, offences } = await open(t, desk.server, XIMENA);
    await page.goto(`/mesa/fotos/${id}`);
    await isSound(page, "one photo");
    await page.click("[data-box-mode]");
    const frame = await page.locator("[data-boxes] img").boundingBox();
    await page.mouse.move(frame.x + frame.width * 0.4, frame.y + frame.height * 0.4);
    await page.mouse.down();
    await page.mouse.move(frame.x + frame.width * 0.55, frame.y + frame.height * 0.6, { steps: 5 });
    await page.mouse.up();
    const found = async () => {
        const { json } = await desk.ximena.get(`/mesa/fotos/${id}`);
        return json.boxes.find((box) => box.state === "confirmed");
    };
    const box = await until("the box is kept", found, 15_000);
    assert.ok(Math.abs(box.x - 4000) < 200 && Math.abs(box.width - 1500) < 250, JSON.stringify(box));
    await step(desk.ximena, `/mesa/fotos/${id}`, { minors: "pixelate" });
    assert.deepEqual(offences, []);
}

async function areDelivered(desk, kept) {
    await step(desk.ximena, "/mesa/fotos/entregar", { coverage: desk.coverage.id });
    const { json } = await desk.client.get(`/mesa/coberturas/${desk.coverage.id}`);
    assert.equal(json.state, "delivered");
    assert.ok(json.evidence.some((evidence) => evidence.kind === "photo"), JSON.stringify(json.evidence));
    assert.equal(json.quantity_delivered, kept.length);
}

// ---- out: a gallery ----

async function isPublished(desk, kept) {
    const unready = await desk.sofia.post("/mesa/galerias", { title: "Antes de tiempo", event: desk.event.id, photos: (await photosOf(desk)).map(({ id }) => id) });
    const refused = await desk.sofia.post(`/mesa/galerias/${unready.json.id}/publicar`, {});
    assert.ok([409, 422].includes(refused.status), `nobody looked at all of them: ${refused.status} ${refused.text}`);
    const gallery = await step(desk.sofia, "/mesa/galerias", { title: TITLE, event: desk.event.id, photos: kept });
    assert.equal((await desk.ximena.post(`/mesa/galerias/${gallery.id}/publicar`, {})).status, 403, "who takes pictures does not publish them");
    await step(desk.sofia, `/mesa/galerias/${gallery.id}/publicar`);
    return until("the gallery is public", async () => {
        const { json } = await desk.sofia.get(`/mesa/galerias/${gallery.id}`);
        assert.notEqual(json.state, "draft", "nothing stopped it");
        return json.state === "published" && json;
    });
}

async function bytesOf(url) {
    const answer = await fetch(url);
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** No public byte says which camera, which file, where it stood. */
async function nothingLeaks(desk, items) {
    for (const item of items) {
        for (const { url } of [...item.renditions, { url: item.download }]) {
            const { status, headers, bytes } = await bytesOf(url);
            assert.equal(status, 200, url);
            for (const secret of SECRETS) {
                assert.ok(!bytes.includes(secret), `${url} has ${secret}`);
                assert.ok(!(headers.get("content-disposition") ?? "").includes(secret));
            }
            assert.ok(!bytes.includes("GPSLatitude") && !bytes.includes("exif:GPS"), `${url} says where`);
        }
        const { bytes } = await bytesOf(item.download);
        assert.ok(bytes.includes("Ximena Luzdelvalle") && bytes.includes(WORD), "what media take says who and what");
    }
}

async function citizensSeeIt(t, desk, gallery, kept) {
    const { json } = await ask(desk.server, `/galerias/${gallery.slug}.json`);
    assert.deepEqual(json.items.map(({ id }) => id), kept);
    await nothingLeaks(desk, json.items.slice(0, 3));
    for (const look of [{ width: 390, scripts: false }, { width: 1440 }, { width: 1440, dark: true }]) {
        const { page, offences } = await open(t, desk.server, null, look);
        await page.goto(`/galerias/${gallery.slug}`);
        await page.waitForFunction(() => document.querySelector("main img").complete);
        const first = page.locator("main picture img").first();
        assert.ok((await first.evaluate((img) => img.naturalWidth)) > 300, "the first picture is there");
        if (look.scripts !== false) {
            await isSound(page, `the gallery at ${JSON.stringify(look)}`);
        } else {
            await page.locator("main a:has(picture)").first().click();
            await page.waitForURL(`**/galerias/${gallery.slug}/*`);
            assert.ok((await page.textContent("main")).includes(WORD), "its caption");
        }
        assert.deepEqual(offences, []);
    }
    const front = (await ask(desk.server, "/")).text;
    assert.ok(front.includes(gallery.slug) && front.includes("/medios/"), "the front page shows real pictures");
    assert.ok((await ask(desk.server, `/buscar?q=${WORD}`)).text.includes(gallery.slug), "found by a caption's word");
    assert.ok((await ask(desk.server, "/galerias.atom")).text.includes(gallery.slug));
}

/** The whole event as a ZIP, of which half comes later. */
async function theZipResumes(desk, gallery, count) {
    const path = join(card, "fotos.zip");
    const url = new URL(`/galerias/${gallery.slug}/fotos.zip`, desk.server.url);
    const whole = await bytesOf(url);
    assert.equal(whole.status, 200);
    assert.equal(Number(whole.headers.get("content-length")), whole.bytes.length);
    const half = Math.floor(whole.bytes.length / 2);
    const rest = await fetch(url, { headers: { Range: `bytes=${half}-`, "If-Range": whole.headers.get("etag") } });
    assert.equal(rest.status, 206);
    const resumed = Buffer.concat([whole.bytes.subarray(0, half), Buffer.from(await rest.arrayBuffer())]);
    assert.ok(resumed.equals(whole.bytes));
    await writeFile(path, resumed);
    const listed = execFileSync("python3", ["-c", "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print('\\n'.join(z.namelist()))", path], { encoding: "utf8" });
    await rm(path);
    const names = listed.trim().split("\n");
    const pictures = names.filter((name) => name.endsWith(".jpg"));
    assert.equal(pictures.length, count);
    for (const name of pictures) {
        assert.match(name, /2022-07-14-\d+\.jpg$/);
    }
}

/** What is covered cannot be seen in any public copy, and can at the desk. */
async function theFaceIsCovered(t, desk, gallery, id) {
    const { json } = await ask(desk.server, `/galerias/${gallery.slug}.json`);
    const item = json.items.find((one) => one.id === id);
    const jpeg = item.renditions.filter(({ format, width }) => format === "jpeg" && width === 1280)[0];
    const shown = await bytesOf(jpeg.url);
    const original = await fetch(new URL(`/mesa/fotos/${id}/1280.jpg`, desk.server.url), { headers: desk.ximena.headers });
    const compared = await makeFolder(t);
    const [a, b] = [join(compared, "a.jpg"), join(compared, "b.jpg")];
    await writeFile(a, shown.bytes);
    await writeFile(b, Buffer.from(await original.arrayBuffer()));
    const difference = (area) => Number(execFileSync("bash", ["-c",
        `vips extract_area a.jpg a.v ${area} && vips extract_area b.jpg b.v ${area} && vips subtract a.v b.v d.v && vips abs d.v e.v && vips avg e.v`],
        { cwd: compared, encoding: "utf8" }));
    const covered = difference("520 360 160 120");
    const outside = difference("40 40 160 120");
    assert.ok(covered > outside * 2 + 1, `covered ${covered}, outside ${outside}`);
}

/** Each figure opens a list of exactly what it counts: the event is of July, the pictures came and went out today. */
async function theReportCountsThem(desk, kept) {
    const today = new Date().toLocaleDateString("sv-SE", { timeZone: "America/Mexico_City" }).slice(0, 7);
    const wanted = [["2022-07", "events_with_photo", 1], [today, "photos_delivered", kept.length], [today, "photos_published", kept.length]];
    for (const [month, key, value] of wanted) {
        const { json } = await desk.client.get(`/mesa/informes/${month}`);
        const figure = json.figures.find((one) => one.key === key);
        assert.equal(figure?.value, value, `${key} of ${month}`);
        assert.equal((await desk.client.get(figure.records)).json.total, value, `${key}: ${figure.records}`);
    }
}

async function oneGoesAway(desk, gallery, id) {
    const before = (await ask(desk.server, `/galerias/${gallery.slug}.json`)).json;
    const item = before.items.find((one) => one.id === id);
    await step(desk.sofia, `/mesa/fotos/${id}/retirar`, { reason: "La familia lo pidió" });
    for (const { url } of [...item.renditions, { url: item.download }, { url: item.url }]) {
        assert.equal((await bytesOf(url)).status, 410, url);
    }
    for (const path of [`/galerias/${gallery.slug}`, `/galerias/${gallery.slug}.json`, `/galerias/${gallery.slug}.atom`, "/", "/galerias", "/galerias.atom", "/sitemap.xml"]) {
        const { status, text } = await ask(desk.server, path);
        assert.equal(status, 200, path);
        assert.ok(!text.includes(id), `${path} still has it`);
    }
    await theZipResumes(desk, gallery, before.items.length - 1);
}

for (const kind of DATABASES) {
    test(`from the card to the gallery, and one away again (${kind})`, { skip: skip || missing(kind), timeout: 900_000 }, async (t) => {
        const desk = await openOffice(t, kind);
        await t.test("handed in by telephone, with the network cut in the middle", (t) => areHandedIn(t, desk));
        await t.test("every picture arrived as it was, upright, in bursts", () => areWhole(desk));
        let kept;
        await t.test("chosen by keys", async (t) => {
            kept = await areChosen(t, desk);
        });
        await t.test("described", () => areDescribed(desk, kept));
        await t.test("a face is covered with a box", (t) => aFaceIsCovered(t, desk, kept[0]));
        await t.test("the coverage is delivered with them", () => areDelivered(desk, kept));
        let gallery;
        await t.test("an editor publishes them", async () => {
            gallery = await isPublished(desk, kept);
        });
        await t.test("citizens see it, and nothing of the camera", (t) => citizensSeeIt(t, desk, gallery, kept));
        await t.test("the covered face cannot be seen", (t) => theFaceIsCovered(t, desk, gallery, kept[0]));
        await t.test("media take all of it, in two parts", () => theZipResumes(desk, gallery, kept.length));
        await t.test("the month's report counts them", () => theReportCountsThem(desk, kept));
        await t.test("one is gone everywhere at once", () => oneGoesAway(desk, gallery, kept[1]));
    });
}
