// SPDX-License-Identifier: AGPL-3.0-or-later
// photos-desk.test.mjs: pictures at the desk on screen: chosen by keys, undone, described together, boxes drawn by keys.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { Client } from "./lib/client.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { handIn, lookedAt, picture } from "./lib/pictures.mjs";
import { PASSWORD } from "./lib/vocero.mjs";

const RENATA = "renata@sanluis.example";
const DALIA = "dalia@sanluis.example";
const PHOTOS = 9;
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

// An event with a coverage of Renata's and nine pictures: three alone, then three bursts of two.
async function makeEvent(title) {
    const event = await desk.client.post("/mesa/agenda", {
        title,
        starts_at: "2022-07-14T10:00",
        time_zone: "America/Mexico_City",
        place: "Parque Tangamanga",
        status: "confirmed",
        visibility: "public",
    });
    assert.equal(event.status, 201, event.text);
    const kind = { kind: "photo", assignee: RENATA };
    const coverage = await desk.client.post(`/mesa/agenda/${event.json.id}/coberturas`, kind);
    assert.equal(coverage.status, 201, coverage.text);
    const accepted = await desk.renata.post(`/mesa/coberturas/${coverage.json.id}/aceptar`);
    assert.equal(accepted.status, 200, accepted.text);
    return { id: event.json.id, coverage: coverage.json.id };
}

async function fill(event, seed) {
    for (let n = 0; n < PHOTOS; n++) {
        const scene = n < 3 ? n : 3 + Math.floor((n - 3) / 2);
        const shade = n < 3 ? 0 : ((n - 3) % 2) * 6;
        const bytes = picture(seed + scene, { shade });
        const filename = `DSC_${String(n + 1).padStart(4, "0")}.png`;
        await handIn(desk.renata, bytes, { filename, event: event.id, coverage: event.coverage });
    }
    return lookedAt(desk.renata, event.id);
}

before(async () => {
    if (skip) {
        return;
    }
    browser = await openBrowser();
    desk = await sharedDesk();
    await desk.city.addPerson(RENATA, "photographer", "Renata Piedraclara");
    await desk.city.addPerson(DALIA, "director", "Dalia Guardaluz");
    desk.renata = new Client(desk.server, await desk.city.token(RENATA));
    desk.event = await makeEvent("Inauguración del parque");
    desk.photos = await fill(desk.event, 100);
});
after(() => browser?.close());

async function open(t, mail, look = {}) {
    const window = await openWindow(browser, desk.server, look);
    t.after(() => window.context.close());
    await logInOnScreen(window.page, mail, PASSWORD);
    return window;
}

function sortPage() {
    return `/mesa/fotos/elegir?evento=${desk.event.id}`;
}

async function marksOf() {
    const { json } = await desk.renata.get(sortPage());
    return json.items.map((photo) => photo.mark).join(" ");
}

// What was sent by keys is there a moment later.
async function isMarked(page, wanted) {
    for (let turn = 0; turn < 60 && (await marksOf()) !== wanted; turn++) {
        await page.waitForTimeout(50);
    }
    assert.equal(await marksOf(), wanted);
}

async function clearMarks() {
    const photos = desk.photos.map((photo) => photo.id).join(",");
    const answer = await desk.renata.post("/mesa/fotos/marcar", { photos, mark: "none" });
    assert.equal(answer.status, 200, answer.text);
}

function marks(...given) {
    return given.concat(Array(PHOTOS - given.length).fill("none")).join(" ");
}

function counts(page) {
    return page.locator("[data-count-of]").allTextContents();
}

// ---- bytes ----

test("copies stay in the browser of who asked, the original goes only as a download", { skip }, async () => {
    const [{ id, filename, renditions }] = desk.photos;
    const copy = await desk.renata.get(renditions[0].url);
    assert.equal(copy.status, 200);
    assert.match(copy.headers.get("cache-control"), /^private, max-age=\d+, immutable$/);
    assert.match(copy.headers.get("content-type"), /^image\//);
    const original = await desk.renata.get(`/mesa/fotos/${id}/original`, { Accept: "*/*" });
    assert.equal(original.status, 200);
    assert.match(original.headers.get("content-disposition"), new RegExp(`^attachment.*${filename}`));
    assert.match(original.headers.get("cache-control"), /no-store/);
    const nobody = await fetch(new URL(renditions[0].url, desk.server.url), { redirect: "manual" });
    assert.equal(nobody.status, 303);
    assert.match(nobody.headers.get("location"), /^\/entrar/);
});

// ---- choosing ----

test("the machine was asked and every picture can be seen", { skip }, async () => {
    assert.equal(desk.photos.length, PHOTOS);
    for (const photo of desk.photos) {
        assert.equal(photo.state, "ready", photo.error);
        assert.equal(photo.width, 800);
    }
    const bursts = new Set(desk.photos.filter((photo) => photo.burst).map((photo) => photo.burst));
    assert.equal(bursts.size, 3, "three scenes were taken twice");
});

test("one key marks and goes on, z takes it back", { skip }, async (t) => {
    await clearMarks();
    const { page, offences } = await open(t, RENATA);
    await page.goto(sortPage());
    await page.locator(".sort-item a").first().focus();
    await page.keyboard.press("c");
    await page.keyboard.press("x");
    await page.keyboard.press("s");
    await isMarked(page, marks("keep", "drop", "star"));
    assert.deepEqual(await counts(page), ["1", "1", "1", "6"]);
    const here = await page.evaluate(() => document.activeElement.closest(".sort-item").dataset.photo);
    assert.equal(here, await page.locator(".sort-item").nth(3).getAttribute("data-photo"));
    await page.keyboard.press("z");
    await isMarked(page, marks("keep", "drop"));
    assert.deepEqual(await counts(page), ["1", "0", "1", "7"]);
    await page.keyboard.press("0");
    await isMarked(page, marks("keep", "drop"));
    assert.deepEqual(offences, []);
});

test("Shift chooses a range, Ctrl+A all, and a mark is for all that are chosen", { skip }, async (t) => {
    await clearMarks();
    const { page } = await open(t, RENATA);
    await page.goto(sortPage());
    await page.locator(".sort-item a").first().focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    assert.match(await page.locator("[data-chosen]").textContent(), /^3 fotos elegidas/);
    await page.keyboard.press("c");
    await isMarked(page, marks("keep", "keep", "keep"));
    assert.equal(await page.locator(".sort-item input:checked").count(), 0);
    await page.keyboard.press("Control+a");
    assert.equal(await page.locator(".sort-item input:checked").count(), PHOTOS);
    await page.keyboard.press("x");
    await isMarked(page, Array(PHOTOS).fill("drop").join(" "));
    await page.keyboard.press("z");
    await isMarked(page, marks("keep", "keep", "keep"));
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".sort-item input:checked").count(), 0);
});

test("large it is marked with the same keys, and closing leaves the focus there", { skip }, async (t) => {
    await clearMarks();
    const { page, offences } = await open(t, RENATA);
    await page.goto(sortPage());
    await page.locator(".sort-item a").nth(1).focus();
    await page.keyboard.press("Space");
    await page.locator("dialog[data-large][open] img").waitFor();
    await page.keyboard.press("s");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("x");
    await page.keyboard.press("Escape");
    await isMarked(page, marks("none", "star", "none", "drop"));
    const here = await page.evaluate(() => document.activeElement.closest(".sort-item").dataset.photo);
    assert.equal(here, await page.locator(".sort-item").nth(4).getAttribute("data-photo"));
    assert.deepEqual(offences, []);
});

test("what another one marks appears by itself", { skip }, async (t) => {
    await clearMarks();
    const { page } = await open(t, DALIA);
    await page.goto(sortPage());
    const id = await page.locator(".sort-item").first().getAttribute("data-photo");
    await page.waitForTimeout(500);
    await desk.renata.post("/mesa/fotos/marcar", { photos: id, mark: "star" });
    await page.locator(`.sort-item[data-photo="${id}"][data-mark="star"]`).waitFor();
    assert.equal((await counts(page))[1], "1");
});

test("a mark that is refused is as before, and says why", { skip }, async (t) => {
    await clearMarks();
    const { page } = await open(t, RENATA);
    await page.goto(sortPage());
    await page.route("**/mesa/fotos/marcar", (route) => route.abort());
    await page.locator(".sort-item a").first().focus();
    await page.keyboard.press("c");
    await page.locator("[data-sort-status]", { hasText: "no se guardó" }).waitFor();
    assert.equal(await page.locator(".sort-item").first().getAttribute("data-mark"), "none");
    assert.deepEqual(await counts(page), ["0", "0", "0", String(PHOTOS)]);
});

test("without scripts boxes and buttons do the same", { skip }, async (t) => {
    await clearMarks();
    const { page } = await open(t, RENATA, { scripts: false });
    await page.goto(sortPage());
    await page.locator(".sort-item input").nth(0).check();
    await page.locator(".sort-item input").nth(2).check();
    await page.click(".sort-bar button[value='keep']");
    await isMarked(page, marks("keep", "none", "keep"));
    await page.click(".sort-bar button[form='deshacer']");
    await isMarked(page, marks());
    await page.click("button[form='propuesta']");
    const chosen = (await marksOf()).split(" ");
    assert.equal(chosen.filter((mark) => mark === "keep").length, 3);
    assert.equal(chosen.filter((mark) => mark === "drop").length, 3);
});

// ---- words ----

test("words are written once for the selection", { skip }, async (t) => {
    const { page } = await open(t, RENATA);
    await page.goto(sortPage());
    await page.locator("#palabras > summary").click();
    assert.match(await page.inputValue("#caption"), /^Inauguración del parque, en Parque Tangamanga, el 14 de julio de 2022\.$/);
    await page.click("[data-needs-photos][formaction='/mesa/fotos/palabras']");
    assert.match(await page.locator("[data-chosen]").textContent(), /Elige primero/);
    await page.locator(".sort-item input").nth(0).check();
    await page.locator(".sort-item input").nth(3).check();
    await page.fill("#caption", "Corte de listón en el parque");
    await page.fill("#people", "Ana Ruiz\nLeo Paz");
    await Promise.all([page.waitForNavigation(), page.click("[formaction='/mesa/fotos/palabras']")]);
    const { items } = (await desk.renata.get(sortPage())).json;
    const written = items.filter((photo) => photo.caption === "Corte de listón en el parque");
    assert.deepEqual(written.map((photo) => items.indexOf(photo)), [0, 3]);
    assert.deepEqual(written[0].people, ["Ana Ruiz", "Leo Paz"]);
    assert.match(written[0].credit, /^Renata Piedraclara/);
});

test("a gallery is made of the selection, and the coverage delivered after one has seen what it lacks", { skip }, async (t) => {
    await clearMarks();
    const { page } = await open(t, RENATA);
    await page.goto(sortPage());
    await page.locator(".sort-item input").nth(0).check();
    await page.locator(".sort-item input").nth(2).check();
    await page.locator("summary", { hasText: "Una galería" }).click();
    await Promise.all([page.waitForURL("**/mesa/galerias/*"), page.click("[formaction='/mesa/galerias']")]);
    const gallery = await desk.renata.get(new URL(page.url()).pathname);
    assert.equal(gallery.json.title, "Inauguración del parque");
    assert.deepEqual(gallery.json.items.map((photo) => photo.id), [desk.photos[0].id, desk.photos[2].id]);
    await page.goto(sortPage());
    await page.click("a[href^='/mesa/fotos/entregar']");
    assert.match(await page.textContent("h1"), /^Entregar la cobertura con 9 fotos$/);
    assert.match(await page.textContent(".obstacles"), /sin texto alternativo/);
});

test("one photo: words, counted alternative text, and on to the next", { skip }, async (t) => {
    const { page, offences } = await open(t, RENATA);
    const [first, second] = desk.photos;
    await page.goto(`/mesa/fotos/${first.id}`);
    await page.fill("#alt", "Cuatro personas cortan un listón rojo");
    assert.match(await page.textContent("#alt-count"), /^37 de 250/);
    await page.check("input[name='minors'][value='none']");
    await Promise.all([page.waitForURL(`**/mesa/fotos/${second.id}`), page.click("[data-save-next]")]);
    const { json } = await desk.renata.get(`/mesa/fotos/${first.id}`);
    assert.equal(json.alt, "Cuatro personas cortan un listón rojo");
    assert.equal(json.minors, "none");
    await page.locator("h1").click();
    await Promise.all([page.waitForURL(`**/mesa/fotos/${first.id}`), page.keyboard.press("k")]);
    await Promise.all([page.waitForURL(`**/mesa/fotos/${second.id}`), page.keyboard.press("ArrowRight")]);
    assert.deepEqual(offences, []);
});

// ---- boxes ----

async function boxesOf(id) {
    return (await desk.renata.get(`/mesa/fotos/${id}`)).json.boxes;
}

async function boxesAre(page, id, wanted) {
    let seen = null;
    for (let turn = 0; turn < 60; turn++) {
        seen = (await boxesOf(id)).map(({ x, y, width, height, state }) => ({ x, y, width, height, state }));
        if (JSON.stringify(seen) === JSON.stringify(wanted)) {
            return;
        }
        await page.waitForTimeout(50);
    }
    assert.deepEqual(seen, wanted);
}

test("a box is drawn, moved, sized and taken away by keys", { skip }, async (t) => {
    const { page, offences } = await open(t, RENATA);
    const { id } = desk.photos[2];
    await page.goto(`/mesa/fotos/${id}`);
    await page.fill("#caption", "Lo que se escribe antes no se pierde");
    await page.locator("h1").click();
    await page.keyboard.press("b");
    await boxesAre(page, id, [{ x: 4400, y: 4400, width: 1200, height: 1200, state: "confirmed" }]);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Shift+ArrowDown");
    await boxesAre(page, id, [{ x: 4500, y: 4300, width: 1200, height: 1300, state: "confirmed" }]);
    await page.locator("#cuadros .box-list li").waitFor();
    assert.equal(await page.inputValue("#caption"), "Lo que se escribe antes no se pierde");
    await page.click("[data-photo-words] button.primary");
    await page.locator(".toasts").waitFor();
    assert.equal((await desk.renata.get(`/mesa/fotos/${id}`)).json.caption, "Lo que se escribe antes no se pierde");
    await page.locator(".photo-box").focus();
    await page.keyboard.press("Delete");
    await boxesAre(page, id, []);
    assert.deepEqual(offences, []);
});

test("a box is drawn by a pointer, and the focal point set by a click", { skip }, async (t) => {
    const { page } = await open(t, RENATA);
    const { id } = desk.photos[4];
    await page.goto(`/mesa/fotos/${id}`);
    const frame = await page.locator("[data-over]").boundingBox();
    await page.click("[data-box-mode]");
    await page.mouse.move(frame.x + frame.width * 0.2, frame.y + frame.height * 0.3);
    await page.mouse.down();
    await page.mouse.move(frame.x + frame.width * 0.4, frame.y + frame.height * 0.6, { steps: 4 });
    await page.mouse.up();
    await page.locator("#cuadros .box-list li").waitFor();
    const [box] = await boxesOf(id);
    assert.ok(Math.abs(box.x - 2000) < 60 && Math.abs(box.width - 2000) < 60, JSON.stringify(box));
    assert.ok(Math.abs(box.y - 3000) < 60 && Math.abs(box.height - 3000) < 60, JSON.stringify(box));
    await page.click("[data-focal-mode]");
    await page.mouse.click(frame.x + frame.width * 0.75, frame.y + frame.height * 0.5);
    assert.ok(Math.abs(Number(await page.locator("#focal_x").inputValue()) - 7500) < 60);
});

// ---- removed and back ----

test("what is removed comes back from the notice", { skip }, async (t) => {
    const { page } = await open(t, RENATA);
    const { id } = desk.photos[8];
    await page.goto(`/mesa/fotos/${id}`);
    await page.locator("summary", { hasText: "Quitarla" }).click();
    await page.fill("#remove-reason", "Salió movida");
    await page.click("form[action$='/quitar'].form button.danger");
    await page.click("[data-confirm-dialog] button[value='yes']");
    await page.locator(".toasts form[data-undo] button").click();
    await page.waitForURL(`**/mesa/fotos/${id}`);
    assert.equal((await desk.renata.get(`/mesa/fotos/${id}`)).json.removed_at, undefined);
});

// ---- moved and back ----

test("what was moved goes back by a key, but for what another one moved on", { skip }, async (t) => {
    const fair = await makeEvent("Feria del libro");
    const { page, offences } = await open(t, RENATA);
    const [mine, hers] = desk.photos;
    await page.goto(sortPage());
    await page.locator(`.sort-item input[value="${mine.id}"]`).check();
    await page.locator(`.sort-item input[value="${hers.id}"]`).check();
    await page.locator("summary", { hasText: "Mover la selección" }).click();
    await page.selectOption("#target", `${fair.id}/${fair.coverage}`);
    await page.click("[formaction='/mesa/fotos/mover']");
    await page.click("[data-confirm-dialog] button[value='yes']");
    await page.locator(".toasts", { hasText: "Se movieron 2 fotos." }).waitFor();
    assert.equal(await page.locator(".sort-item").count(), PHOTOS - 2);
    const third = await makeEvent("Clausura");
    const on = await desk.client.post(`/mesa/fotos/${hers.id}`, { target: third.id });
    assert.equal(on.status, 200, on.text);
    await isSound(page, "the notice of a move");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("z")]);
    const said = "1 foto volvió a donde estaba. 1 foto se queda como está, porque alguien la cambió entretanto:";
    await page.locator(".toasts", { hasText: said }).waitFor();
    const back = (await desk.renata.get(`/mesa/fotos/${mine.id}`)).json;
    assert.deepEqual([back.event, back.coverage], [desk.event.id, desk.event.coverage]);
    assert.equal((await desk.renata.get(`/mesa/fotos/${hers.id}`)).json.event, third.id);
    const home = await desk.client.post(`/mesa/fotos/${hers.id}`, { target: `${desk.event.id}/${desk.event.coverage}` });
    assert.equal(home.status, 200, home.text);
    assert.deepEqual(offences, []);
});

// ---- on paper ----

test("on paper there are pictures and words, and nothing to press or fill in", { skip }, async (t) => {
    const { page } = await open(t, DALIA);
    await page.emulateMedia({ media: "print" });
    for (const where of [sortPage(), `/mesa/fotos/${desk.photos[4].id}`]) {
        await page.goto(where);
        assert.ok((await page.locator("main img:visible").count()) > 0, where);
        const pressed = page.locator("main :is(button, input, select, textarea, summary, nav):visible");
        assert.deepEqual(await pressed.evaluateAll((all) => all.map((one) => one.outerHTML)), [], where);
    }
    assert.ok(await page.locator("#paper-title").isVisible());
});

// ---- for everybody ----

for (const look of LOOKS) {
    test(`every page is sound at ${look.width}${look.dark ? ", dark" : ""}`, { skip }, async (t) => {
        const { page, offences } = await open(t, DALIA, look);
        const coverage = `/mesa/fotos/entregar?cobertura=${desk.event.coverage}`;
        for (const where of ["/mesa/fotos", sortPage(), `/mesa/fotos/${desk.photos[4].id}`]) {
            await page.goto(where);
            await isSound(page, where);
        }
        const window = await open(t, RENATA, look);
        await window.page.goto(coverage);
        await isSound(window.page, coverage);
        await window.page.goto(`${sortPage()}&cobertura=${desk.event.coverage}`);
        await window.page.locator(".sort-item a").first().click();
        await window.page.locator("dialog[data-large][open]").waitFor();
        await isSound(window.page, "a photo, large");
        assert.deepEqual([...offences, ...window.offences], []);
    });
}
