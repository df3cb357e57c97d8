// SPDX-License-Identifier: AGPL-3.0-or-later
// press-story.test.mjs: one release's life: from an event, read on a telephone, under embargo, public at its minute, found and
// verified by citizens, corrected, withdrawn, counted; and nothing of it anywhere before its time.

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
const PHONE = { width: 390, height: 844 };
const MARK = "zafirina"; // a word that only this release has
const TITLE = "Abre el pozo Zafirina en Las Piedras";
const LEAD = "El nuevo pozo Zafirina dará agua a 2,350 familias de la colonia Las Piedras desde este jueves.";
const PARAGRAPH = "La obra costó once millones de pesos y se concluyó tres semanas antes de lo previsto.";
const BODY = `${PARAGRAPH}\n\nNadie tiene que pagar por la conexión ni entregar documentos a personas que llamen por teléfono.`;
const WHOLE = `${TITLE}\n\n${LEAD}\n\n${BODY}`;
const LISTS = ["/comunicados", "/comunicados.json", "/comunicados?tema=obra-publica", "/comunicados.atom", "/comunicados.rss"];
const FRONT = ["/", "/novedades.atom", "/novedades.rss", "/sitemap.xml", "/prensa", "/agenda.json"];
const skip = noBrowser();
let browser;

before(async () => {
    browser = skip ? undefined : await openBrowser();
});
after(() => browser?.close());

// ---- an office ----

async function openOffice(t, kind) {
    const desk = await openDesk(t, { kind });
    await desk.city.addPerson(SOFIA, "editor", "Sofía Valdeprosa");
    await desk.city.addPerson(DALIA, "director", "Dalia Guardaluz");
    desk.sofia = new Client(desk.server, await desk.city.token(SOFIA));
    desk.dalia = new Client(desk.server, await desk.city.token(DALIA));
    return desk;
}

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok([200, 201].includes(status), `${path} answered ${status}: ${text.slice(0, 400)}`);
    return json;
}

async function open(t, desk, mail, look = {}) {
    const window = await openWindow(browser, desk.server, look);
    t.after(() => window.context.close());
    if (mail) {
        await logInOnScreen(window.page, mail, PASSWORD);
    }
    return window;
}

const release = async (desk, id) => (await desk.client.get(`/mesa/comunicados/${id}`)).json;

function cityDay() {
    return new Date().toLocaleDateString("sv-SE", { timeZone: "America/Mexico_City" });
}

// Whole seconds: an instant in JSON has no smaller ones.
function instantIn(seconds) {
    return Math.ceil(Date.now() / 1000 + seconds) * 1000;
}

const rfc3339 = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

// ---- before its minute ----

async function makeEvent(desk) {
    const day = cityDay();
    return step(desk.client, "/mesa/agenda", {
        title: "Puesta en marcha del pozo",
        starts_at: `${day}T10:00`,
        ends_at: `${day}T11:00`,
        topics: ["Obra pública"],
        visibility: "public",
        status: "confirmed",
    });
}

async function isWrittenFromTheEvent(t, desk, event) {
    const { page, offences } = await open(t, desk, SOFIA);
    await page.goto(`/mesa/agenda/${event.id}`);
    await page.locator(`a[href='/mesa/comunicados/nuevo?evento=${event.id}']`).click();
    await page.waitForURL("**/mesa/comunicados/**");
    assert.equal(await page.inputValue("#title"), event.title, "the event's title is there");
    assert.match(await page.inputValue("#topics"), /Obra pública/);
    await page.fill("#title", TITLE);
    await page.fill("#lead", LEAD);
    await page.fill("#body", BODY);
    await page.locator("[data-save-state][data-is='saved']").waitFor();
    await page.click("[data-send]");
    await page.waitForURL(/\/mesa\/comunicados\/\w{13}(\?.*)?$/);
    const id = new URL(page.url()).pathname.split("/").at(-1);
    const { state, event: of } = await release(desk, id);
    assert.deepEqual([state, of], ["in_review", event.id]);
    assert.equal((await desk.sofia.post(`/mesa/comunicados/${id}/aprobar`, {})).status, 403, "who wrote it does not clear it");
    assert.deepEqual(offences, []);
    return id;
}

async function isApprovedOnATelephone(t, desk, id) {
    const { page, offences } = await open(t, desk, DALIA, { width: PHONE.width, touch: true });
    await page.setViewportSize(PHONE);
    await page.goto("/mesa/comunicados");
    await page.locator("#te-espera a", { hasText: TITLE }).tap();
    await page.waitForURL(`**/${id}`);
    await page.locator(".review-bar form .button").tap();
    await Promise.all([page.waitForNavigation(), page.locator("dialog[open] button[value='yes']").tap()]);
    assert.equal((await release(desk, id)).state, "approved");
    await isSound(page, "an approved release on a telephone");
    assert.deepEqual(offences, []);
}

/** A link for an accredited person; hers opens, another does not, nor does it without being accredited. */
async function mediaReadItBefore(desk, id) {
    const rosa = { name: "Rosa Primera", outlet: "El Pregón", outlet_kind: "print", mail: "rosa@pregon.example", consent_how: "Lo pidió" };
    const contact = await step(desk.client, "/mesa/prensa/contactos", { ...rosa, accredited: true });
    const stranger = await step(desk.client, "/mesa/prensa/contactos", { ...rosa, mail: "otro@pregon.example" });
    assert.ok((await desk.client.post(`/mesa/comunicados/${id}/avances`, { contact: stranger.id })).status >= 400);
    const given = await step(desk.client, `/mesa/comunicados/${id}/avances`, { contact: contact.id });
    const path = new URL(given.items[0].url).pathname;
    const opened = await ask(desk.server, path);
    assert.equal(opened.status, 200, opened.text.slice(0, 300));
    assert.ok(opened.text.includes(PARAGRAPH) && opened.text.includes("Rosa Primera"));
    assert.match(opened.headers.get("cache-control"), /no-store/);
    for (const other of [-1, -8, -20]) {
        const at = path.length + other;
        const changed = path.slice(0, at) + (path[at] === "A" ? "B" : "A") + path.slice(at + 1);
        assert.equal((await ask(desk.server, changed)).status, 404, `changed at ${other}`);
    }
    return path;
}

async function verify(desk, fill) {
    const form = new FormData();
    fill(form);
    const headers = { Accept: "application/json" };
    const answer = await fetch(new URL("/verificar", desk.server.url), { method: "POST", headers, body: form });
    return answer.json();
}

const paste = (desk, text) => verify(desk, (form) => form.set("q", text));

/** Nobody outside finds a release with these words. */
async function isNowhere(desk, { words, slug, text }) {
    for (const path of [...LISTS, ...FRONT, `/buscar?q=`, `/buscar.json?q=`]) {
        const isSearch = path.endsWith("q=");
        const answer = await ask(desk.server, isSearch ? path + words : path);
        assert.ok([200, 404, 422].includes(answer.status), `${path} answered ${answer.status}`);
        const said = isSearch ? answer.text.replaceAll(words, "") : answer.text;
        assert.ok(!said.toLowerCase().includes(words), `${path} tells of it`);
        assert.ok(!slug || !said.includes(slug), `${path} has its address`);
    }
    assert.deepEqual((await ask(desk.server, `/buscar.json?q=${words}`)).json.items, []);
    for (const suffix of slug ? ["", ".json", ".atom", ".txt", "/kit.zip", "/tarjeta.png", "?edicion=1"] : []) {
        assert.equal((await ask(desk.server, `/comunicados/${slug}${suffix}`)).status, 404, suffix);
    }
    assert.equal((await paste(desk, text)).state, "unknown");
}

// ---- at its minute, and after ----

async function goesPublicByItself(desk, slug, at) {
    for (;;) {
        const asked = Date.now();
        const { status } = await ask(desk.server, `/comunicados/${slug}`);
        if (status === 200) {
            assert.ok(Date.now() >= at, "not before its minute");
            return Date.now() - at;
        }
        assert.equal(status, 404);
        assert.ok(asked < at + 30_000, "it is late");
        await sleep(200);
    }
}

async function citizensFindIt(desk, { slug }) {
    const year = cityDay().slice(0, 4);
    const places = [...LISTS, `/comunicados?anio=${year}`, `/comunicados.json?anio=${year}&tema=obra-publica`, `/buscar?q=${MARK}`];
    for (const path of [...places, `/buscar.json?q=${MARK}&tipo=comunicados`, "/", "/novedades.atom", "/novedades.rss", "/sitemap.xml"]) {
        const { status, text } = await ask(desk.server, path);
        assert.equal(status, 200, path);
        assert.ok(text.includes(slug), `${path} leads to it`);
    }
    const full = (await ask(desk.server, "/comunicados.atom")).text;
    assert.ok(full.includes(PARAGRAPH), "the feed has the whole text");
}

async function isReadWithoutScripts(t, desk, folio) {
    const { page, offences } = await open(t, desk, null, { width: PHONE.width, scripts: false });
    await page.goto(`/buscar?q=${MARK}`);
    await page.locator("main a", { hasText: TITLE }).first().click();
    assert.equal(await page.locator("h1").textContent(), TITLE);
    const text = await page.locator("main").textContent();
    assert.ok(text.includes(PARAGRAPH) && text.includes(folio));
    assert.deepEqual(offences, []);
}

function passages(verdict, kind) {
    return verdict.passages.filter((one) => one.kind === kind).map(({ text }) => text).join(" ");
}

async function isVerified(desk, { code, folio, url }) {
    for (const typed of [code, url, WHOLE]) {
        const found = await paste(desk, typed);
        assert.deepEqual([found.state, found.folio], ["official", folio], typed.slice(0, 40));
    }
    const forged = await paste(desk, WHOLE.replace("2,350", "9,350"));
    assert.equal(forged.state, "changed");
    assert.match(passages(forged, "was"), /^2/);
    assert.match(passages(forged, "is"), /^9/);
}

// ---- corrected, withdrawn, counted ----

const NOTE = "La obra costó doce millones, no once.";

async function isCorrectedOnScreen(t, desk, id) {
    const { page } = await open(t, desk, DALIA);
    await page.goto(`/mesa/comunicados/${id}/corregir`);
    await page.fill("#body", BODY.replace("once", "doce"));
    await page.fill("#note", NOTE);
    await page.locator("[data-save]").first().click();
    const yes = page.locator("dialog[open] button[value='yes']");
    await Promise.race([yes.waitFor().then(() => yes.click()), page.waitForURL(`**/${id}`)]);
    await page.waitForURL(new RegExp(`/${id}(\\?.*)?$`));
    assert.equal((await release(desk, id)).state, "corrected");
}

async function bothEditionsAreRead(desk, slug) {
    const present = (await ask(desk.server, `/comunicados/${slug}`)).text;
    assert.ok(present.includes(NOTE) && present.includes("doce millones"));
    const past = (await ask(desk.server, `/comunicados/${slug}?edicion=1`)).text;
    assert.match(past, /<del>[^<]*once/);
    assert.match(past, /<ins>[^<]*doce/);
    assert.match((await ask(desk.server, `/comunicados/${slug}.json?edicion=1`)).json.body, /once millones/);
    const old = await paste(desk, WHOLE);
    assert.deepEqual([old.state, old.version, old.newer, old.corrections[0].note], ["official", 1, 2, NOTE]);
    assert.equal((await paste(desk, WHOLE.replace("once", "doce"))).version, 2);
    assert.ok((await ask(desk.server, "/comunicados.rss")).text.includes(NOTE), "the feed says it");
}

async function isWithdrawn(desk, { id, slug, code }) {
    const reason = "El pozo no abrió.";
    await step(desk.dalia, `/mesa/comunicados/${id}/retirar`, { reason });
    for (const suffix of ["", "?edicion=1", ".json"]) {
        const { status, text } = await ask(desk.server, `/comunicados/${slug}${suffix}`);
        assert.equal(status, 410, suffix);
        assert.ok(text.includes(reason) && !text.includes("millones"), `${suffix}: the notice, not the text`);
    }
    for (const path of ["/", "/comunicados", "/comunicados.json", "/sitemap.xml", "/novedades.rss"]) {
        assert.ok(!(await ask(desk.server, path)).text.includes("doce millones"), path);
    }
    for (const path of ["/comunicados", "/comunicados.json", "/sitemap.xml"]) {
        assert.ok(!(await ask(desk.server, path)).text.includes(slug), path);
    }
    assert.deepEqual((await ask(desk.server, `/buscar.json?q=${MARK}`)).json.items, []);
    for (const path of ["/comunicados.atom", "/comunicados.rss"]) {
        assert.ok((await ask(desk.server, path)).text.includes(reason), `${path} says it`);
    }
    for (const typed of [code, WHOLE, WHOLE.replace("once", "doce")]) {
        const verdict = await paste(desk, typed);
        assert.deepEqual([verdict.state, verdict.reason], ["withdrawn", reason], typed.slice(0, 30));
    }
}

async function isCounted(desk, wanted) {
    const { json } = await desk.client.get(`/mesa/informes/${cityDay().slice(0, 7)}`);
    for (const [key, value] of Object.entries(wanted)) {
        const figure = json.figures.find((one) => one.key === key);
        assert.equal(figure?.value, value, key);
        const { pathname, search } = new URL(figure.records, desk.server.url);
        const records = await desk.client.get(pathname + search);
        assert.equal(records.json.total, value, figure.records);
        assert.equal((await desk.client.all(pathname + search)).length, value, key);
    }
}

for (const kind of DATABASES) {
    test(`a release lives its life on ${kind}`, { skip: skip || missing(kind) }, async (t) => {
        const desk = await openOffice(t, kind);
        const id = await isWrittenFromTheEvent(t, desk, await makeEvent(desk));
        await isApprovedOnATelephone(t, desk, id);
        const at = instantIn(25);
        await step(desk.dalia, `/mesa/comunicados/${id}/programar`, { publish_at: rfc3339(at), embargo_until: rfc3339(at) });
        const { slug, state, folio } = await release(desk, id);
        assert.deepEqual([state, folio ?? null], ["embargoed", null]);
        const link = await mediaReadItBefore(desk, id);
        await isNowhere(desk, { words: MARK, slug, text: WHOLE });
        assert.ok(Date.now() < at, "all that was looked at before its minute");
        const late = await goesPublicByItself(desk, slug, at);
        t.diagnostic(`public ${late} ms after its minute`);
        const public_ = await release(desk, id);
        assert.match(public_.folio, /^CS\/0001\/\d{4}$/);
        const led = await ask(desk.server, link);
        assert.ok([302, 303, 307].includes(led.status) && led.headers.get("location").includes(slug), "the link leads to it now");
        await citizensFindIt(desk, public_);
        await isReadWithoutScripts(t, desk, public_.folio);
        await isVerified(desk, public_);
        await isCounted(desk, { releases_published: 1, releases_corrected: 0 });
        await isCorrectedOnScreen(t, desk, id);
        await bothEditionsAreRead(desk, slug);
        await isCounted(desk, { releases_published: 1, releases_corrected: 1, releases_withdrawn: 0 });
        await isWithdrawn(desk, public_);
        await isCounted(desk, { releases_withdrawn: 1 });
        assert.equal(await desk.server.stop(), 0);
        assert.match(await desk.city.must(["check"]), /the chain holds/);
    });

    test(`what is not public yet leaves by no address on ${kind}`, { skip: missing(kind) }, async (t) => {
        const desk = await openOffice(t, kind);
        const words = "canarioverde";
        const text = (n) => `Primera frase de la prueba ${words} número ${n}, que nadie de fuera puede leer todavía en ningún lado.`;
        const write = (n) => step(desk.sofia, "/mesa/comunicados", { title: `Plan ${words} ${n}`, lead: text(n), body: text(n), topics: [words] });
        const [draft, sent, approved, scheduled, embargoed, dropped] = await Promise.all([1, 2, 3, 4, 5, 6].map(write));
        await step(desk.sofia, `/mesa/comunicados/${draft.id}/comentarios`, { text: `¿Y el ${words}?` });
        await step(desk.sofia, `/mesa/comunicados/${dropped.id}/descartar`);
        for (const { id } of [sent, approved, scheduled, embargoed]) {
            await step(desk.sofia, `/mesa/comunicados/${id}/enviar`);
        }
        await step(desk.dalia, `/mesa/comunicados/${sent.id}/devolver`, { reason: `Falta el ${words}` });
        for (const { id } of [approved, scheduled, embargoed]) {
            await step(desk.dalia, `/mesa/comunicados/${id}/aprobar`);
        }
        const later = rfc3339(instantIn(3600));
        await step(desk.dalia, `/mesa/comunicados/${scheduled.id}/programar`, { publish_at: later });
        await step(desk.dalia, `/mesa/comunicados/${embargoed.id}/programar`, { publish_at: later, embargo_until: later });
        for (const [n, { id }] of [draft, sent, approved, scheduled, embargoed, dropped].entries()) {
            await isNowhere(desk, { words, slug: (await release(desk, id)).slug, text: text(n + 1) });
        }
    });
}

// ---- what is refused ----

async function addCover(desk, id, alt) {
    const form = new FormData();
    form.set("file", new Blob([png(1200, 630, [20, 90, 60])], { type: "image/png" }), "pozo.png");
    form.set("is_cover", "1");
    form.set("alt", alt);
    const headers = { ...desk.sofia.headers };
    const answer = await fetch(new URL(`/mesa/comunicados/${id}/archivos`, desk.server.url), { method: "POST", headers, body: form });
    assert.ok(answer.ok, await answer.text());
}

test("a cover without alternative text does not go out, and it is said why", async (t) => {
    const desk = await openOffice(t);
    const { id } = await step(desk.sofia, "/mesa/comunicados", { title: TITLE, body: BODY });
    await addCover(desk, id, "");
    const { status, json } = await desk.sofia.post(`/mesa/comunicados/${id}/enviar`, {});
    assert.equal(status, 422);
    assert.match(JSON.stringify(json.error), /texto alternativo/);
    assert.equal((await release(desk, id)).state, "draft");
});

test("a file of 100 MB is not read to be verified", async (t) => {
    const desk = await openOffice(t);
    const form = new FormData();
    form.set("archivo", new Blob([Buffer.alloc(100 * 1024 * 1024, 1)]), "grande.pdf");
    const answer = await fetch(new URL("/verificar", desk.server.url), { method: "POST", body: form }).catch((error) => error);
    assert.ok(answer instanceof Error || answer.status === 413, `${answer.status}`);
    assert.equal((await paste(desk, WHOLE)).state, "unknown", "the server goes on");
});

test("in electoral silence it goes out only when somebody signs for it, and the reason stays inside", async (t) => {
    const desk = await openOffice(t);
    const from_at = rfc3339(instantIn(-3600));
    const to_at = rfc3339(instantIn(86_400));
    await step(desk.client, "/mesa/comunicados/silencio", { name: "Veda", basis: "LGIPE 209", from_at, to_at });
    const { id } = await step(desk.sofia, "/mesa/comunicados", { title: TITLE, lead: LEAD, body: BODY });
    await step(desk.sofia, `/mesa/comunicados/${id}/enviar`);
    await step(desk.dalia, `/mesa/comunicados/${id}/aprobar`);
    const held = await desk.dalia.post(`/mesa/comunicados/${id}/publicar`, {});
    assert.ok([409, 422].includes(held.status), held.text);
    assert.match(held.text, /Veda/);
    const reason = "Protección civil lo pide por canarioverde";
    assert.equal((await desk.sofia.post(`/mesa/comunicados/${id}/excepcion`, { reason })).status, 403);
    await step(desk.client, `/mesa/comunicados/${id}/excepcion`, { reason });
    await step(desk.dalia, `/mesa/comunicados/${id}/publicar`);
    const { slug } = await release(desk, id);
    for (const path of [`/comunicados/${slug}`, `/comunicados/${slug}.json`, ...LISTS, ...FRONT, "/buscar.json?q=proteccion"]) {
        assert.ok(!(await ask(desk.server, path)).text.includes("canarioverde"), path);
    }
});
