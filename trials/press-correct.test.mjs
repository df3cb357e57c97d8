// SPDX-License-Identifier: AGPL-3.0-or-later
// press-correct.test.mjs: a published release with a wrong cover, wrong words and a wrong document is corrected on screen; citizens
// read what changed, the earlier edition keeps its own, and /verificar knows both.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { Client, ask } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { openDesk } from "./lib/desk.mjs";
import { png } from "./lib/png.mjs";
import { PASSWORD } from "./lib/vocero.mjs";

const SOFIA = "sofia@sanluis.example";
const DALIA = "dalia@sanluis.example";
const WRONG_ALT = "Una alberca llena";
const RIGHT_ALT = "Un tanque de agua pintado de verde, con tres personas delante";
const WRONG_PLAN = Buffer.from("%PDF-1.4 plano de otra colonia");
const RIGHT_PLAN = Buffer.from("%PDF-1.4 plano de Las Piedras");
const NOTE = "La portada, su descripción y el plano eran de otra obra.";
const skip = noBrowser();
let browser;

before(async () => {
    browser = skip ? undefined : await openBrowser();
});
after(() => browser?.close());

// ---- an office with a release that went out wrong ----

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok([200, 201].includes(status), `${path} answered ${status}: ${text.slice(0, 400)}`);
    return json;
}

async function bring(desk, id, name, bytes, type, fields = {}) {
    const form = new FormData();
    form.set("file", new Blob([bytes], { type }), name);
    for (const [field, value] of Object.entries(fields)) {
        form.set(field, value);
    }
    const headers = { ...desk.sofia.headers };
    const answer = await fetch(new URL(`/mesa/comunicados/${id}/archivos`, desk.server.url), { method: "POST", headers, body: form });
    assert.equal(answer.status, 201);
    return answer.json();
}

const release = async (desk, id) => (await desk.dalia.get(`/mesa/comunicados/${id}`)).json;

/** All copies of a picture are there when the largest can be had at the desk. */
async function isPrepared(desk, file) {
    for (let i = 0; i < 100; i++) {
        if ((await desk.dalia.get(`/mesa/comunicados/archivos/${file}/2560.jpg`)).status === 200) {
            return;
        }
        await sleep(200);
    }
    assert.fail("the copies of the picture are not made");
}

async function openOffice(t, kind) {
    const desk = await openDesk(t, { kind });
    await desk.city.addPerson(SOFIA, "editor", "Sofía Valdeprosa");
    await desk.city.addPerson(DALIA, "director", "Dalia Guardaluz");
    desk.sofia = new Client(desk.server, await desk.city.token(SOFIA));
    desk.dalia = new Client(desk.server, await desk.city.token(DALIA));
    const { id } = await step(desk.sofia, "/mesa/comunicados", {
        title: "Entra en servicio el tanque de Las Piedras",
        lead: "Dará agua a 900 familias.",
        body: "El tanque guarda 200 mil litros.",
    });
    const cover = { alt: WRONG_ALT, caption: "El tanque", credit: "R. Paz", is_cover: "1" };
    const picture = await bring(desk, id, "alberca.png", png(1200, 800, [40, 90, 160]), "image/png", cover);
    const plan = await bring(desk, id, "plano.pdf", WRONG_PLAN, "application/pdf", { caption: "Plano de la obra" });
    await step(desk.sofia, `/mesa/comunicados/${id}/enviar`);
    await step(desk.dalia, `/mesa/comunicados/${id}/aprobar`);
    await isPrepared(desk, picture.id);
    const { slug } = await step(desk.dalia, `/mesa/comunicados/${id}/publicar`);
    return { desk, id, slug, cover: picture.id, plan: plan.id };
}

async function open(t, desk, mail, look) {
    const window = await openWindow(browser, desk.server, look);
    t.after(() => window.context.close());
    if (mail) {
        await logInOnScreen(window.page, mail, PASSWORD);
    }
    return window;
}

const part = (page, name) => page.locator(".correct-files li", { hasText: name });

// ---- corrected on screen ----

/** A file is chosen and brought in; what was typed stays. */
async function add(page, { name, mimeType, buffer, alt, caption }) {
    await page.locator(".correct-files summary", { hasText: "Agregar una imagen" }).click();
    await page.locator("input[name='file']").setInputFiles({ name, mimeType, buffer });
    if (alt) {
        await page.locator("[id='file_alt']").fill(alt);
    }
    await page.locator("[id='file_caption']").fill(caption);
    await page.locator("button[value='file']").click();
    await page.locator(".notice.good", { hasText: name }).waitFor();
}

async function isCorrectedOnScreen(t, { desk, id, cover, plan }) {
    const { page, offences } = await open(t, desk, DALIA);
    await page.goto(`/mesa/comunicados/${id}`);
    await page.locator(`a[href='/mesa/comunicados/${id}/corregir']`).click();
    await isSound(page, "the form of a correction");
    await page.fill("#note", NOTE);
    await page.fill("#lead", "Dará agua a 950 familias.");
    await part(page, "plano.pdf").locator("input[name$='.out']").check();
    await add(page, { name: "tanque.png", mimeType: "image/png", buffer: png(1400, 900, [30, 140, 60]), alt: "Un tanque", caption: "El tanque nuevo" });
    await add(page, { name: "plano-bueno.pdf", mimeType: "application/pdf", buffer: RIGHT_PLAN, caption: "Plano de Las Piedras" });
    assert.equal(await page.inputValue("#note"), NOTE, "what was typed is still there");
    assert.equal(await page.inputValue("#lead"), "Dará agua a 950 familias.");
    assert.ok(await part(page, "plano.pdf").locator("input[name$='.out']").isChecked());
    await isSound(page, "the form with two files that wait");
    assert.equal((await release(desk, id)).edition, 1);
    await part(page, "tanque.png").locator("textarea[name$='.alt']").fill(RIGHT_ALT);
    await part(page, "tanque.png").locator("input[type='radio']").check();
    await part(page, "alberca.png").locator("input[name$='.out']").check();
    const { waiting } = await release(desk, id);
    assert.deepEqual(waiting.map(({ filename }) => filename), ["tanque.png", "plano-bueno.pdf"]);
    await nobodyHasThem(desk, waiting);
    await isPrepared(desk, waiting[0].id);
    await page.locator("[data-save]").first().click();
    await page.locator("dialog[open] button[value='yes']").click();
    await page.waitForURL(new RegExp(`/${id}(\\?.*)?$`));
    const now = await release(desk, id);
    assert.deepEqual([now.state, now.edition, now.waiting], ["corrected", 2, []]);
    assert.deepEqual(now.files.map(({ filename, alt }) => [filename, alt ?? null]), [["tanque.png", RIGHT_ALT], ["plano-bueno.pdf", null]]);
    assert.deepEqual(offences, []);
    return { cover, plan, newCover: now.files[0].id, newPlan: now.files[1].id };
}

async function nobodyHasThem(desk, waiting) {
    const { slug } = (await ask(desk.server, "/comunicados.json")).json.items[0];
    for (const { id, filename } of waiting) {
        for (const path of [`/medios/${id}/640.jpg`, `/comunicados/${slug}/archivos/${id}`]) {
            assert.equal((await ask(desk.server, path)).status, 404, `${path} before the correction`);
        }
        for (const suffix of ["", ".json", ".atom"]) {
            assert.ok(!(await ask(desk.server, `/comunicados/${slug}${suffix}`)).text.includes(filename), `${filename} in ${suffix}`);
        }
    }
}

// ---- what citizens get ----

async function bothEditionsAreRead(t, { desk, slug }, { cover, plan, newCover, newPlan }) {
    const present = (await ask(desk.server, `/comunicados/${slug}`)).text;
    assert.ok(present.includes(RIGHT_ALT) && present.includes(`/medios/${newCover}/`) && !present.includes(`/medios/${cover}/`));
    assert.ok(present.includes(newPlan) && !present.includes(plan) && present.includes(NOTE));
    const data = (await ask(desk.server, `/comunicados/${slug}.json`)).json;
    assert.equal(data.cover.alt, RIGHT_ALT);
    assert.equal((await ask(desk.server, `/comunicados/${slug}.json?edicion=1`)).json.cover.alt, WRONG_ALT);
    for (const [file, bytes] of [[plan, WRONG_PLAN], [newPlan, RIGHT_PLAN]]) {
        assert.equal((await ask(desk.server, `/comunicados/${slug}/archivos/${file}`)).text, bytes.toString());
    }
    for (const look of [{ width: 1440 }, { width: 390 }, { width: 390, dark: true }, { width: 1440, scripts: false }]) {
        const { page, offences } = await open(t, desk, null, look);
        await page.goto(`/comunicados/${slug}?edicion=1`);
        const said = await page.locator(".compared").innerText();
        for (const words of ["La portada es otra imagen", WRONG_ALT, RIGHT_ALT, "Se retiró el archivo “Plano de la obra”", "Se añadió el archivo “Plano de Las Piedras”"]) {
            assert.ok(said.includes(words), `${words} in: ${said}`);
        }
        if (look.scripts !== false) {
            await isSound(page, `the comparison at ${look.width} px`);
        }
        assert.deepEqual(offences, []);
    }
}

async function verifiedIs(desk, name, bytes) {
    const form = new FormData();
    form.set("file", new Blob([bytes]), name);
    const answer = await fetch(new URL("/verificar", desk.server.url), { method: "POST", headers: { Accept: "application/json" }, body: form });
    const { state, version, newer } = await answer.json();
    return [state, version, newer ?? null];
}

for (const kind of DATABASES) {
    test(`a wrong cover, wrong words and a wrong document are corrected on ${kind}`, { skip: skip || missing(kind) }, async (t) => {
        const office = await openOffice(t, kind);
        const files = await isCorrectedOnScreen(t, office);
        await bothEditionsAreRead(t, office, files);
        assert.deepEqual(await verifiedIs(office.desk, "plano.pdf", WRONG_PLAN), ["official", 1, 2]);
        assert.deepEqual(await verifiedIs(office.desk, "plano.pdf", RIGHT_PLAN), ["official", 2, null]);
        assert.match(await office.desk.city.must(["check"]), /the chain holds/);
    });
}

test("words of the cover are corrected on a telephone, and blank ones are told at their field", { skip }, async (t) => {
    const { desk, id, slug } = await openOffice(t, DATABASES[0]);
    const { page, offences } = await open(t, desk, DALIA, { width: 390, touch: true });
    await page.goto(`/mesa/comunicados/${id}/corregir`);
    await isSound(page, "the form of a correction on a telephone");
    await page.fill("#note", "La descripción.");
    const alt = part(page, "alberca.png").locator("textarea[name$='.alt']");
    await alt.fill("");
    for (const words of [null, RIGHT_ALT]) {
        if (words) {
            await page.locator(".correct-files .field.invalid", { hasText: "no tiene texto alternativo" }).waitFor();
            await isSound(page, "the refused correction");
            await alt.fill(words);
        }
        await page.locator("[data-save]").first().tap();
        await Promise.all([page.waitForNavigation(), page.locator("dialog[open] button[value='yes']").tap()]);
    }
    assert.equal((await ask(desk.server, `/comunicados/${slug}.json`)).json.cover.alt, RIGHT_ALT);
    const { page: reader } = await open(t, desk, null, { width: 390 });
    await reader.goto(`/comunicados/${slug}?edicion=1`);
    assert.match(await reader.locator(".file-changes").innerText(), new RegExp(`Texto alternativo de la portada[\\s\\S]*Antes\\s+${WRONG_ALT}\\s+Ahora\\s+${RIGHT_ALT}`));
    assert.deepEqual(offences, []);
});
