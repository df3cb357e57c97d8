// SPDX-License-Identifier: AGPL-3.0-or-later
// agenda-lists.test.mjs: the month without a mouse, and with one: cursor, new event, moving, undo, filters, saved
// views, text, paper.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { ADMIN, PASSWORD } from "./lib/vocero.mjs";

const skip = noBrowser();
const sharedDesk = shareDesk();
let browser;
let desk;

before(async () => {
    if (!skip) {
        browser = await openBrowser();
        desk = await sharedDesk();
    }
});
after(() => browser?.close());

async function open(t, options) {
    const window = await openWindow(browser, desk.server, options);
    t.after(() => window.context.close());
    await logInOnScreen(window.page, ADMIN, PASSWORD);
    return window;
}

async function make(fields) {
    const { status, json, text } = await desk.client.post("/mesa/agenda", fields);
    assert.equal(status, 201, text);
    return json;
}

async function find(id) {
    return (await desk.client.get(`/mesa/agenda/${id}`)).json;
}

function focused(page) {
    return page.evaluate(() => {
        const at = document.activeElement;
        return { label: at.getAttribute("aria-label"), text: at.querySelector(".title")?.textContent };
    });
}

async function keys(page, ...names) {
    for (const name of names) {
        await page.keyboard.press(name);
    }
}

test("the month is gone through with arrows", { skip }, async (t) => {
    const { page, offences } = await open(t);
    await make({ title: "Primero", starts_at: "2022-09-14T09:00", status: "tentative" });
    await make({ title: "Segundo", starts_at: "2022-09-14T11:00", status: "tentative" });
    await page.goto("/mesa/agenda?mes=2022-09#2022-09-14");
    assert.match((await focused(page)).label, /14 de septiembre/);
    await keys(page, "ArrowDown");
    assert.equal((await focused(page)).text, "Primero");
    await keys(page, "ArrowDown");
    assert.equal((await focused(page)).text, "Segundo");
    await keys(page, "ArrowDown");
    assert.match((await focused(page)).label, /21 de septiembre/);
    await keys(page, "ArrowLeft");
    assert.match((await focused(page)).label, /20 de septiembre/);
    await keys(page, "Home");
    assert.match((await focused(page)).label, /19 de septiembre/);
    await keys(page, "End", "ArrowUp");
    assert.match((await focused(page)).label, /18 de septiembre/);
    assert.equal(await page.locator("[data-grid] a[tabindex='0']").count(), 1);
    await Promise.all([page.waitForURL(/mes=2022-10#2022-10-/), keys(page, "PageDown")]);
    await Promise.all([page.waitForURL(/mes=2022-09$/), keys(page, "[")]);
    await Promise.all([page.waitForURL(/semana=/), keys(page, "2")]);
    await Promise.all([page.waitForURL(/vista=lista/), keys(page, "4")]);
    assert.deepEqual(offences, []);
});

test("what another adds appears, and the cursor stays where it was", { skip }, async (t) => {
    const { page } = await open(t);
    await page.goto("/mesa/agenda?mes=2023-05#2023-05-09");
    await page.waitForTimeout(500); // until the stream is open
    await make({ title: "De otra persona", starts_at: "2023-05-10T10:00" });
    await page.locator(".month").getByText("De otra persona").waitFor();
    assert.match((await focused(page)).label, /9 de mayo/);
    assert.equal(await page.locator("[data-grid] a[tabindex='0']").count(), 1);
    await keys(page, "ArrowRight", "ArrowDown");
    assert.equal((await focused(page)).text, "De otra persona");
});

test("an event is made on the day under the cursor, and opened with Enter", { skip }, async (t) => {
    const { page, offences } = await open(t);
    await page.goto("/mesa/agenda?mes=2022-09#2022-09-06");
    await Promise.all([page.waitForURL("**/mesa/agenda/nuevo?dia=2022-09-06"), keys(page, "n")]);
    assert.match(await page.inputValue("#starts_at"), /^2022-09-06T/);
    await page.fill("#title", "Con teclas");
    await Promise.all([page.waitForURL(/\/mesa\/agenda\/[0-9A-Z]{13}$/), page.press("#title", "Enter")]);
    await page.goto("/mesa/agenda?mes=2022-09#2022-09-06");
    await keys(page, "ArrowDown");
    assert.equal((await focused(page)).text, "Con teclas");
    await Promise.all([page.waitForURL(/\/mesa\/agenda\/[0-9A-Z]{13}$/), keys(page, "Enter")]);
    assert.deepEqual(offences, []);
});

test("a public event is moved by keyboard with a reason, and the step taken back", { skip }, async (t) => {
    const { page, offences } = await open(t);
    const event = await make({ title: "Anunciado", starts_at: "2022-09-07T10:00" });
    await page.goto(`/mesa/agenda?mes=2022-09#evento-${event.id}`);
    await keys(page, "m", "ArrowRight", "ArrowDown");
    assert.match(await page.textContent("[data-move-bar]"), /15 de septiembre/);
    assert.match(await page.textContent("[data-move-status]"), /15 de septiembre/);
    await keys(page, "Escape");
    assert.equal((await focused(page)).text, "Anunciado");
    await keys(page, "m", "ArrowRight", "ArrowDown", "Enter");
    await isSound(page, "the question before a move");
    await page.fill("#move-reason", "Lluvia");
    await Promise.all([page.waitForEvent("load"), page.press("#move-reason", "Enter")]);
    const moved = await find(event.id);
    assert.equal(moved.status, "rescheduled");
    assert.match(moved.starts_at, /^2022-09-15T10:00/);
    assert.equal((await focused(page)).text, "Anunciado", "the cursor stays on the event");
    await Promise.all([page.waitForEvent("load"), page.locator("form[action$='/deshacer'] button").first().click()]);
    assert.match((await find(event.id)).starts_at, /^2022-09-07T10:00/);
    assert.deepEqual(offences, []);
});

test("what is only planned is dragged to another day, and in the week to another hour", { skip }, async (t) => {
    const { page, offences } = await open(t);
    const event = await make({ title: "Arrastrado", starts_at: "2022-11-08T10:00", status: "tentative" });
    await page.goto("/mesa/agenda?mes=2022-11");
    const chip = page.locator(`[data-event="${event.id}"]`);
    const drag = async (target, position) => {
        await chip.hover();
        await page.mouse.down();
        const box = await target.boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + position(box), { steps: 5 });
        await Promise.all([page.waitForEvent("load"), page.mouse.up()]);
    };
    await drag(page.locator("td[data-day='2022-11-17']"), (box) => box.height / 2);
    assert.match((await find(event.id)).starts_at, /^2022-11-17T10:00/);
    await page.goto("/mesa/agenda?semana=2022-W46");
    const column = page.locator(".week-day[data-day='2022-11-18']");
    // The grid goes from 7 to 21; the pointer holds the chip in its middle.
    await drag(column, (box) => box.height * (8 / 14));
    const { starts_at } = await find(event.id);
    assert.match(starts_at, /^2022-11-18T1[45]:(00|15|30|45)/);
    assert.deepEqual(offences, []);
});

test("in the week an event is moved by quarters of an hour", { skip }, async (t) => {
    const { page, offences } = await open(t);
    const event = await make({ title: "Por cuartos", starts_at: "2022-12-06T10:00", status: "tentative" });
    await page.goto(`/mesa/agenda?semana=2022-W49#evento-${event.id}`);
    await Promise.all([
        page.waitForEvent("load"),
        keys(page, "m", "ArrowDown", "Shift+ArrowDown", "ArrowRight", "Enter"),
    ]);
    assert.match((await find(event.id)).starts_at, /^2022-12-07T10:45/);
    assert.deepEqual(offences, []);
});

test("who comes second with a move is told, and sees the event as it is now", { skip }, async (t) => {
    const { page } = await open(t);
    const event = await make({ title: "De dos", starts_at: "2023-01-10T10:00", status: "tentative" });
    await page.goto(`/mesa/agenda?mes=2023-01#evento-${event.id}`);
    await page.evaluate(() => document.querySelector("[data-flow]")?.remove());
    await page.evaluate(() => document.querySelector("#agenda").removeAttribute("data-live"));
    await desk.client.post(`/mesa/agenda/${event.id}`, { title: "Del otro", version: event.version });
    await Promise.all([page.waitForEvent("load"), keys(page, "m", "ArrowRight", "Enter")]);
    await page.locator(".error-summary").waitFor();
    assert.match(await page.textContent("main"), /Del otro/);
    await isSound(page, "a move that came second");
    assert.match((await find(event.id)).starts_at, /^2023-01-10T10:00/);
});

test("a filter is chosen without the mouse, saved, and found again", { skip }, async (t) => {
    const { page, offences } = await open(t);
    await make({ title: "Concierto", starts_at: "2023-02-07T10:00", topics: ["Música"] });
    await make({ title: "Obra", starts_at: "2023-02-08T10:00", topics: ["Calles"] });
    await page.goto("/mesa/agenda?mes=2023-02");
    await keys(page, "f");
    await page.selectOption("#filter-tema", "Música");
    await Promise.all([page.waitForURL(/tema=M/), page.locator(".filter-form button.primary").click()]);
    assert.equal(await page.locator("#agenda .month").getByText("Obra").count(), 0);
    await isSound(page, "a filtered month");
    await page.locator(".saved-views summary").click();
    await page.fill("#view-name", "Música");
    await Promise.all([page.waitForEvent("load"), page.press("#view-name", "Enter")]);
    await page.goto("/mesa/agenda");
    await Promise.all([page.waitForURL(/tema=M/), page.locator(".saved-views nav a").first().click()]);
    await page.goto("/mesa/agenda/vistas");
    await isSound(page, "saved views");
    assert.deepEqual(offences, []);
});

test("the keys are told", { skip }, async (t) => {
    const { page } = await open(t);
    await page.goto("/mesa/agenda?mes=2022-09");
    await keys(page, "?");
    await page.locator("#agenda-keys[open]").waitFor();
    await isSound(page, "the keys");
    await keys(page, "Escape");
    assert.equal(await page.locator("#agenda-keys[open]").count(), 0);
});

test("a day is copied as a message", { skip }, async (t) => {
    const { page, offences } = await open(t);
    await make({ title: "Para copiar", starts_at: "2023-03-07T10:00" });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto("/mesa/agenda/texto?dia=2023-03-07");
    await page.locator("[data-copy]").click();
    await page.getByText("Copiado").waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /🕙 10:00 \*Para copiar\*/);
    await isSound(page, "a day as a message");
    assert.deepEqual(offences, []);
});

const VIEWS = ["mes=2022-09", "semana=2022-W37", "dia=2022-09-14", "mes=2022-09&vista=lista"];

test("every view is printed", { skip }, async (t) => {
    const { page } = await open(t);
    for (const view of VIEWS) {
        await page.goto(`/mesa/agenda?${view}`);
        const pdf = await page.pdf({ preferCSSPageSize: true });
        assert.ok(pdf.length > 5_000, view);
        const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
        assert.ok(pages <= (view.startsWith("mes=2022-09&") ? 3 : 1), `${view} takes ${pages} pages`);
    }
});

for (const look of [{ width: 1440 }, { width: 1440, dark: true }, { width: 390 }, { width: 390, dark: true }]) {
    test(`every view is sound at ${look.width} px${look.dark ? ", dark" : ""}`, { skip }, async (t) => {
        const { page, offences } = await open(t, look);
        for (const view of [...VIEWS, "mes=2022-09&tipo=photo", "mes=2022-09&figura=events_covered"]) {
            await page.goto(`/mesa/agenda?${view}`);
            await isSound(page, view);
        }
        await page.goto("/agenda?mes=2022-09");
        await isSound(page, "the public month");
        assert.deepEqual(offences, []);
    });
}

test("without scripts: filters by a form, an event moved by its form", { skip }, async (t) => {
    const { page } = await open(t, { scripts: false });
    const event = await make({ title: "Sin guion", starts_at: "2023-04-11T10:00", status: "tentative" });
    await page.goto("/mesa/agenda?mes=2023-04");
    await page.locator(".filter-fold summary").click();
    await page.selectOption("#filter-estado", "tentative");
    await Promise.all([page.waitForURL(/estado=tentative/), page.locator(".filter-form button.primary").click()]);
    await page.goto(`/mesa/agenda/${event.id}/mover`);
    await page.fill("#starts_at", "2023-04-12T10:00");
    await Promise.all([page.waitForEvent("load"), page.locator("form[action$='/mover'] button.primary").click()]);
    assert.match((await find(event.id)).starts_at, /^2023-04-12T10:00/);
});
