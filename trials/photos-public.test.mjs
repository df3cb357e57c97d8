// SPDX-License-Identifier: AGPL-3.0-or-later
// photos-public.test.mjs: a gallery as citizens see it: on every screen, by keys, without scripts, taken away whole or in part,
// and gone at once when it is withdrawn.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { isSound, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { ask } from "./lib/client.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { handIn, lookedAt, picture } from "./lib/pictures.mjs";
import { makeFolder } from "./lib/vocero.mjs";

const runFile = promisify(execFile);
const PHOTOS = 7;
const LOOKS = [
    { width: 1440, dark: false },
    { width: 1440, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
];
const skip = noBrowser();
const sharedDesk = shareDesk();
let browser;
let desk;

// ---- what is public ----

async function done(answer) {
    const { status, text, json } = await answer;
    assert.ok(status === 200 || status === 201, `${status}: ${text}`);
    return json;
}

async function makeEvent(client, title) {
    const event = await done(
        client.post("/mesa/agenda", {
            title,
            starts_at: "2022-07-14T10:00",
            time_zone: "America/Mexico_City",
            place: "Parque Tangamanga",
            status: "confirmed",
            visibility: "public",
        }),
    );
    return event.id;
}

async function takePhotos(client, event, seed, count) {
    for (let n = 0; n < count; n++) {
        const bytes = picture(seed + n, n === 2 ? { width: 900, height: 1400 } : { width: 1400, height: 900 });
        await handIn(client, bytes, { filename: `IMG_SECRETO_${n}.png`, event });
    }
    const photos = await lookedAt(client, event);
    for (const [n, photo] of photos.entries()) {
        await done(
            client.post(`/mesa/fotos/${photo.id}`, {
                caption: `Corte de listón, toma ${n + 1}`,
                alt: `Bloques de color de la toma ${n + 1}`,
                credit: n % 2 ? "Luis Gil" : "Renata Paz",
                people: "Ana Paz",
                minors: "none",
            }),
        );
    }
    return photos.map((photo) => photo.id);
}

async function becomes(client, gallery, state) {
    for (let turn = 0; turn < 240; turn++) {
        const found = await done(client.get(`/mesa/galerias/${gallery}`));
        if (found.state === state) {
            return found;
        }
        await wait(250);
    }
    throw new Error(`the gallery did not become ${state} within a minute`);
}

async function publish(client, title, event, photos) {
    const lead = "Así se vivió la mañana.";
    const gallery = await done(client.post("/mesa/galerias", { title, lead, event, photos: photos.join(",") }));
    await done(client.post(`/mesa/galerias/${gallery.id}/publicar`));
    return becomes(client, gallery.id, "published");
}

before(async () => {
    if (skip) {
        return;
    }
    browser = await openBrowser();
    desk = await sharedDesk();
    desk.event = await makeEvent(desk.client, "Inauguración del parque");
    desk.photos = await takePhotos(desk.client, desk.event, 100, PHOTOS);
    desk.gallery = await publish(desk.client, "Inauguración del parque", desk.event, desk.photos);
    desk.path = new URL(desk.gallery.url).pathname;
});
after(() => browser?.close());

async function open(t, look = {}) {
    const window = await openWindow(browser, desk.server, look);
    t.after(() => window.context.close());
    return window;
}

function pathOf(page) {
    return new URL(page.url()).pathname;
}

function pageOf(n) {
    return `${desk.path}/${desk.photos[n]}`;
}

/** Every picture on the screen came. */
async function picturesCame(page, place = "main") {
    await page.waitForFunction(
        (selector) => [...document.querySelectorAll(`${selector} img`)].every((one) => !one.checkVisibility() || one.loading === "lazy" || (one.complete && one.naturalWidth > 0)),
        place,
    );
}

// ---- looked at ----

for (const look of LOOKS) {
    const name = `${look.width} px, ${look.dark ? "dark" : "light"}`;
    test(`galleries stand every look: ${name}`, { skip }, async (t) => {
        const { page, offences } = await open(t, look);
        for (const path of ["/galerias", desk.path, pageOf(1), "/galerias?anio=1999", "/"]) {
            await page.goto(path);
            await picturesCame(page);
            await isSound(page, path);
        }
        await page.goto(desk.path);
        await page.locator("[data-wall] a").first().click();
        await page.locator("[data-lightbox] [data-picture]").waitFor();
        await isSound(page, "the lightbox");
        assert.deepEqual(offences, []);
    });
}

test("the first picture is asked for in the first round", { skip }, async (t) => {
    const { page, context } = await open(t);
    const asked = [];
    let held = 0;
    // Styles and scripts are kept back: what is asked for meanwhile waits for none of them.
    await context.route(/\/estatico\/(site|theme)-.*\.(css|js)$/, async (route) => {
        held++;
        await wait(1500);
        held--;
        await route.continue();
    });
    page.on("request", (request) => {
        if (request.url().includes("/medios/")) {
            asked.push({ id: request.url().split("/").at(-2), early: held > 0 });
        }
    });
    await page.goto(desk.path);
    assert.equal(asked[0].id, desk.photos[0], "the first one goes first");
    assert.ok(asked[0].early, "and waits for nothing");
});

test("nothing jumps while pictures come", { skip }, async (t) => {
    const { page, context } = await open(t);
    await context.route(/\/medios\//, async (route) => {
        await wait(400);
        await route.continue();
    });
    await page.addInitScript(() => {
        globalThis.shifted = 0;
        new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) {
                globalThis.shifted += value;
            }
        }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(desk.path);
    await picturesCame(page);
    await page.waitForTimeout(300);
    assert.ok((await page.evaluate(() => globalThis.shifted)) < 0.01);
});

// ---- by keys ----

test("the pictures are gone through by keys, the address follows, the focus comes back", { skip }, async (t) => {
    const { page, offences } = await open(t);
    await page.goto(desk.path);
    await page.locator("[data-wall] a").nth(1).focus();
    await page.keyboard.press("Enter");
    const dialog = page.locator("[data-lightbox]");
    await dialog.locator("[data-picture]").waitFor();
    assert.equal(pathOf(page), pageOf(1));
    const place = dialog.locator("[data-place]");
    for (const [key, at] of [["ArrowRight", 2], ["End", PHOTOS - 1], ["ArrowRight", PHOTOS - 1], ["Home", 0], ["ArrowLeft", 0], ["ArrowRight", 1]]) {
        await page.keyboard.press(key);
        await dialog.getByText(`Corte de listón, toma ${at + 1}`, { exact: true }).waitFor();
        assert.equal(pathOf(page), pageOf(at));
        assert.equal(await place.textContent(), `Foto ${at + 1} de ${PHOTOS}`);
    }
    assert.ok(await page.evaluate(() => document.querySelector("[data-lightbox]").contains(document.activeElement)));
    await page.keyboard.press("Escape");
    await page.waitForURL(`**${desk.path}`); // the dialog tells of its end a moment after it
    assert.equal(await dialog.isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), pageOf(1));
    assert.deepEqual(offences, []);
});

test("the way back of the browser closes the pictures", { skip }, async (t) => {
    const { page } = await open(t, { width: 390, touch: true });
    await page.goto(desk.path);
    await page.locator("[data-wall] a").nth(2).click();
    await page.locator("[data-lightbox] [data-picture]").waitFor();
    await page.goBack();
    await page.locator("[data-lightbox]").waitFor({ state: "hidden" });
    assert.equal(pathOf(page), desk.path);
});

test("without a script each picture is a page, and the way leads on and back", { skip }, async (t) => {
    const { page, offences } = await open(t, { scripts: false });
    await page.goto(desk.path);
    await page.locator("[data-wall] a").first().click();
    assert.equal(pathOf(page), pageOf(0));
    for (let n = 1; n < 3; n++) {
        await page.locator("a[rel=next]").click();
        assert.equal(pathOf(page), pageOf(n));
    }
    await page.locator("a[rel=prev]").click();
    await page.getByRole("link", { name: /Volver a la galería/ }).click();
    assert.equal(new URL(page.url()).hash, `#f${desk.photos[1]}`);
    assert.deepEqual(offences, []);
});

test("a page of others shows the gallery, and only that one", { skip }, async (t) => {
    const { page } = await open(t);
    await page.goto(desk.path);
    const code = await page.locator("#embed-code").inputValue();
    assert.match(code, /^<iframe src="[^"]+\/insertar"/);
    const inside = await ask(desk.server, `${desk.path}/insertar`);
    assert.match(inside.headers.get("content-security-policy"), /frame-ancestors \*/);
    assert.doesNotMatch(inside.text, /<script/);
    await page.goto(`${desk.path}/insertar`);
    await isSound(page, "the embedded page");
});

// ---- taken away ----

async function copies() {
    const { json } = await ask(desk.server, `${desk.path}.json`);
    return json;
}

test("copies say who took them and nothing that the camera knew", { skip }, async () => {
    const gallery = await copies();
    assert.equal(gallery.items.length, PHOTOS);
    for (const photo of gallery.items) {
        assert.match(photo.name, /^inauguracion-del-parque-\d{4}-\d\d-\d\d-\d\d$/);
        assert.ok(photo.renditions.some(({ format }) => format === "avif"));
        for (const { url, format } of photo.renditions) {
            const answer = await fetch(new URL(new URL(url).pathname, desk.server.url));
            assert.equal(answer.status, 200, url);
            assert.equal(answer.headers.get("content-type"), `image/${format}`);
            assert.match(answer.headers.get("cache-control"), /immutable/);
            assert.doesNotMatch(answer.headers.get("content-disposition"), /SECRETO/);
        }
    }
    assert.doesNotMatch(JSON.stringify(gallery), /SECRETO/);
});

async function curl(...args) {
    return runFile("curl", ["--silent", "--show-error", "--fail", ...args]);
}

test("the archive is whole for others' programs, and goes on where it broke off", { skip }, async (t) => {
    const folder = await makeFolder(t);
    const url = new URL(`${desk.path}/fotos.zip`, desk.server.url).href;
    const whole = join(folder, "whole.zip");
    const broken = join(folder, "broken.zip");
    await curl("--output", whole, url);
    await runFile("unzip", ["-tq", whole]);
    const { stdout } = await runFile("python3", ["-c", "import sys, zipfile\nprint('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))", whole]);
    assert.match(stdout, /inauguracion-del-parque-\d{4}-\d\d-\d\d-01\.jpg/);
    assert.match(stdout, /LEEME\.txt/);
    assert.doesNotMatch(stdout, /SECRETO/);
    const bytes = await readFile(whole);
    await curl("--output", broken, url);
    await truncate(broken, Math.floor(bytes.length / 3));
    await curl("--continue-at", "-", "--output", broken, url);
    assert.ok(bytes.equals(await readFile(broken)));
    const behind = await ask(desk.server, `${desk.path}/fotos.zip`, { headers: { Range: `bytes=${bytes.length}-` } });
    assert.equal(behind.status, 416);
});

test("crawlers and readers of feeds find pictures", { skip }, async () => {
    const map = await ask(desk.server, "/sitemap.xml");
    assert.equal(map.text.match(/<image:loc>/g).length, PHOTOS);
    const news = await ask(desk.server, "/novedades.atom");
    assert.match(news.text, /tag:vocero,2022:gallery:/);
    const found = await ask(desk.server, "/buscar?q=mañana", { headers: { Accept: "text/html" } });
    assert.match(found.text, new RegExp(desk.path));
    const front = await ask(desk.server, "/", { headers: { Accept: "text/html" } });
    assert.match(front.text, /Testimonio gráfico/);
    const lean = await ask(desk.server, `${desk.path}?datos=pocos`, { headers: { Accept: "text/html" } });
    assert.doesNotMatch(lean.text, /<img /);
    assert.match(lean.text, /Bloques de color de la toma 1/);
});

// ---- withdrawn: the last test, for it takes the gallery away ----

test("a picture that is withdrawn is gone everywhere at once, and then the gallery", { skip }, async () => {
    const [first] = (await copies()).items;
    const addresses = first.renditions.map(({ url }) => new URL(url).pathname);
    await done(desk.client.post(`/mesa/fotos/${first.id}/retirar`, { reason: "La familia lo pidió." }));
    for (const path of [...addresses, `${desk.path}/${first.id}`, `/medios/${first.id}/1280.webp`]) {
        assert.equal((await ask(desk.server, path)).status, 410, path);
    }
    const page = await ask(desk.server, desk.path, { headers: { Accept: "text/html" } });
    assert.ok(!page.text.includes(first.id));
    await done(desk.client.post(`/mesa/galerias/${desk.gallery.id}/retirar`, { reason: "Los datos eran falsos." }));
    for (const path of [desk.path, `${desk.path}.json`, `${desk.path}/fotos.zip`, `${desk.path}/${desk.photos[3]}`]) {
        assert.equal((await ask(desk.server, path)).status, 410, path);
    }
    const other = await ask(desk.server, `/medios/${desk.photos[3]}/1280.webp`);
    assert.equal(other.status, 410);
});
