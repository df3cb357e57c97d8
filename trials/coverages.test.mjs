// SPDX-License-Identifier: AGPL-3.0-or-later
// coverages.test.mjs: who covers what, on screen: a clash that asks twice, a yes by link on a telephone without an
// account, a delivery with a file, an approval; the board by keyboard; what changes is told.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { openDesk } from "./lib/desk.mjs";
import { ADMIN, PASSWORD } from "./lib/vocero.mjs";

const RENATA = "renata@sanluis.example";
const skip = noBrowser();
let browser;

before(async () => {
    if (!skip) {
        browser = await openBrowser();
    }
});
after(() => browser?.close());

async function openOffice(t) {
    const desk = await openDesk(t);
    await desk.city.addPerson(RENATA, "photographer", "Renata Piedraclara");
    return desk;
}

async function open(t, desk, look = {}) {
    const window = await openWindow(browser, desk.server, look);
    t.after(() => window.context.close());
    return window;
}

/** An hour of the day after tomorrow, in the city. */
function hour(at) {
    const day = new Date(Date.now() + 48 * 3600_000);
    return `${day.toLocaleDateString("sv-SE", { timeZone: "America/Mexico_City" })}T${at}`;
}

async function makeEvent(client, title, from, to, place = "Plaza de Armas") {
    const draft = { title, starts_at: hour(from), ends_at: hour(to), place, status: "confirmed" };
    const { status, json, text } = await client.post("/mesa/agenda", draft);
    assert.equal(status, 201, text);
    return json.id;
}

async function makeCoverage(client, event, draft = {}) {
    const { status, json, text } = await client.post(`/mesa/agenda/${event}/coberturas`, { kind: "photo", ...draft });
    assert.equal(status, 201, text);
    return json.id;
}

async function stateOf(client, id) {
    return (await client.get(`/mesa/coberturas/${id}`)).json;
}

test("a clash asks twice, the telephone says yes, a file is handed in and approved", { skip }, async (t) => {
    const desk = await openOffice(t);
    const { client } = desk;
    const banderazo = await makeEvent(client, "Banderazo de salida", "10:00", "11:00");
    await makeCoverage(client, banderazo, { assignee: RENATA });
    const feria = await makeEvent(client, "Feria del libro", "10:30", "12:00", "Parque de Morales");
    const coverage = await makeCoverage(client, feria, { quantity_min: 3, brief: "Tres fotos de la inauguración" });

    // The coordinator chooses; each name says what that person has at that time.
    const chief = await open(t, desk);
    await logInOnScreen(chief.page, ADMIN, PASSWORD);
    await chief.page.goto(`/mesa/coberturas/${coverage}`);
    await isSound(chief.page, "the coverage");
    const option = chief.page.locator("#assignee option", { hasText: "Renata Piedraclara" });
    assert.match(await option.textContent(), /10:00–11:00/);
    await chief.page.selectOption("#assignee", await option.getAttribute("value"));
    await chief.page.click("form[action$='/asignar'] button:not([name])");
    const anyway = chief.page.locator("button[name='anyway']");
    await anyway.waitFor();
    await isSound(chief.page, "the question about the clash");
    assert.equal((await stateOf(client, coverage)).state, "proposed");
    await Promise.all([chief.page.waitForURL(`**/mesa/coberturas/${coverage}`), anyway.click()]);
    const assigned = await stateOf(client, coverage);
    assert.equal(assigned.state, "assigned");
    assert.equal(assigned.warnings[0].kind, "overlap");
    assert.equal(assigned.warnings[0].minutes_missing, 30);

    // The link is shown once; a fresh telephone without an account answers.
    await chief.page.click("form[action$='/enlace'] button");
    const link = await chief.page.inputValue("#answer-link");
    await isSound(chief.page, "the link");
    const phone = await open(t, desk, { width: 390 });
    for (let look = 0; look < 2; look++) {
        await phone.page.goto(link);
    }
    await isSound(phone.page, "the link's page");
    assert.equal((await phone.context.cookies()).length, 0);
    assert.equal((await stateOf(client, coverage)).state, "assigned");
    await phone.page.click("form[action$='/si'] button");
    await phone.page.waitForURL("**/si");
    await isSound(phone.page, "thanks");
    assert.equal((await stateOf(client, coverage)).state, "accepted");
    assert.equal((await phone.page.goto(link)).status(), 410);

    // She hands in a file from her telephone.
    const field = await open(t, desk, { width: 390 });
    await logInOnScreen(field.page, RENATA, PASSWORD);
    await field.page.goto(`/mesa/coberturas/${coverage}`);
    await isSound(field.page, "the coverage on a telephone");
    await field.page.setInputFiles("input[name='file']", { name: "inauguracion.txt", mimeType: "text/plain", buffer: Buffer.from("tres fotos") });
    await field.page.fill("input[name='quantity_delivered']", "2");
    assert.equal(await field.page.inputValue("input[name='worked_minutes']"), "90"); // how long the event lasts
    await field.page.click("form[action$='/entregar'] button");
    await field.page.locator("#evidencia a").first().waitFor();
    const delivered = await stateOf(client, coverage);
    assert.equal(delivered.state, "delivered");
    assert.equal(delivered.evidence[0].kind, "file");
    assert.equal(delivered.worked_minutes, 90);
    const download = await field.page.request.get(delivered.evidence[0].url);
    assert.equal(await download.text(), "tres fotos");

    await chief.page.goto(`/mesa/coberturas/${coverage}`);
    assert.match(await chief.page.locator("#evidencia .chip").textContent(), /^2 \S+ 3$/);
    await chief.page.click("form[action$='/aprobar'] button");
    await chief.page.waitForURL(`**/mesa/coberturas/${coverage}`);
    assert.equal((await stateOf(client, coverage)).state, "approved");
    assert.deepEqual([...chief.offences, ...phone.offences, ...field.offences], []);
});

test("the board is moved by keyboard, and by dragging only where a button leads", { skip }, async (t) => {
    const desk = await openOffice(t);
    const event = await makeEvent(desk.client, "Banderazo de salida", "10:00", "11:00");
    const coverage = await makeCoverage(desk.client, event, { assignee: RENATA });
    const { page, offences } = await open(t, desk);
    await logInOnScreen(page, RENATA, PASSWORD);
    await page.goto("/mesa/coberturas/tablero");
    await isSound(page, "the board");
    const card = page.locator("[data-card]");
    await card.locator("a").focus();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.value), "accepted");
    await Promise.all([page.waitForURL("**/tablero"), page.keyboard.press("Enter")]);
    await page.locator("[data-column='accepted'] [data-card]").waitFor();
    assert.equal((await stateOf(desk.client, coverage)).state, "accepted");

    await card.dragTo(page.locator("[data-column='approved']"));
    assert.equal((await stateOf(desk.client, coverage)).state, "accepted");
    assert.notEqual(await page.locator("[data-board-status]").textContent(), "");
    await card.dragTo(page.locator("[data-column='in_progress']"));
    await page.locator("[data-column='in_progress'] [data-card]").waitFor();
    assert.equal((await stateOf(desk.client, coverage)).state, "in_progress");
    assert.deepEqual(offences, []);
});

test("what changes is told as a difference, and the bell rings by itself", { skip }, async (t) => {
    const desk = await openOffice(t);
    const event = await makeEvent(desk.client, "Banderazo de salida", "10:00", "11:00");
    const { page, offences } = await open(t, desk);
    await logInOnScreen(page, RENATA, PASSWORD);
    assert.equal(await page.locator("#bell-0 .badge").count(), 0);
    await page.waitForTimeout(500); // the stream is open
    await makeCoverage(desk.client, event, { assignee: RENATA });
    await page.locator("#bell-0 .badge").waitFor();
    const changed = await desk.client.post(`/mesa/agenda/${event}`, {
        starts_at: hour("12:00"), ends_at: hour("13:00"), reason: "Cambió la ruta",
    });
    assert.equal(changed.status, 200, changed.text);
    await page.goto("/mesa/avisos");
    await isSound(page, "notices");
    const newest = page.locator(".notices > li").first();
    assert.match(await newest.locator("del").first().textContent(), /10:00/);
    assert.match(await newest.locator("ins").first().textContent(), /12:00/);
    await Promise.all([page.waitForURL(`**/mesa/agenda/${event}`), newest.locator("button.open").click()]);
    await page.goto("/mesa/avisos");
    assert.equal(await page.locator(".notices > li").count(), 1);
    assert.deepEqual(offences, []);
});

for (const look of [{ width: 1440 }, { width: 1440, dark: true }, { width: 390 }, { width: 390, dark: true }]) {
    test(`the pages of coverages are sound at ${look.width} px${look.dark ? ", dark" : ""}`, { skip }, async (t) => {
        const desk = await openOffice(t);
        const event = await makeEvent(desk.client, "Banderazo de salida", "10:00", "11:00");
        const other = await makeEvent(desk.client, "Feria del libro", "10:30", "12:00");
        await makeCoverage(desk.client, event, { assignee: RENATA });
        const coverage = await makeCoverage(desk.client, other, { assignee: RENATA, kind: "video" });
        await makeEvent(desk.client, "Sin nadie", "05:00", "06:00");
        const contact = await desk.client.post("/mesa/contactos", { name: "Ana Lente", phone: "+52 444 123 4567" });
        await desk.client.post("/mesa/ausencias", { from_at: hour("00:00").slice(0, 10), to_at: hour("00:00").slice(0, 10), kind: "vacation" });
        const { page, offences } = await open(t, desk, look);
        await logInOnScreen(page, ADMIN, PASSWORD);
        const day = hour("00:00").slice(0, 10);
        for (const address of ["/mesa", "/mesa/coberturas", `/mesa/coberturas/carriles?dia=${day}`, "/mesa/coberturas/tablero",
            `/mesa/coberturas/calor?mes=${day.slice(0, 7)}`, `/mesa/coberturas/${coverage}`, "/mesa/coberturas/sin-motivo",
            "/mesa/contactos", `/mesa/contactos/${contact.json.id}`, "/mesa/ausencias", "/mesa/avisos", `/mesa/agenda/${event}`]) {
            const answer = await page.goto(address);
            assert.equal(answer.status(), 200, address);
            await isSound(page, address);
        }
        assert.deepEqual(offences, []);
    });
}
