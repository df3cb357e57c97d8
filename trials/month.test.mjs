// SPDX-License-Identifier: AGPL-3.0-or-later
// month.test.mjs: the circle of a month as its people walk it, each at their own screen: the chief of agenda writes
// and moves, the coordinator assigns, the photographer says yes and delivers without a network, the director signs,
// and a citizen opens the report, its code and its paper. On a fresh city with an imported month and on the
// invented one, at a desk by keyboard and on telephones by touch.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { MONTH, secretsOf } from "./lib/calendar.mjs";
import { Client } from "./lib/client.mjs";
import { openDesk } from "./lib/desk.mjs";
import { PASSWORD, makeDemo } from "./lib/vocero.mjs";

const CHIEF = "redaccion@sanluis.example";
const COORDINATION = "coordinacion@sanluis.example";
const PHOTOGRAPHER = "foto@sanluis.example";
const DIRECTION = "direccion@sanluis.example";
const STAFF = [
    [CHIEF, "editor", "Sofía Valdeprosa"],
    [COORDINATION, "coordinator", "Tadeo Entrevalles"],
    [PHOTOGRAPHER, "photographer", "Renata Piedraclara"],
    [DIRECTION, "director", "Dalia Guardaluz"],
];
const UNLIMITED = {
    VOCERO_LIMITS_ADDRESS_PER_MINUTE: "10000000",
    VOCERO_LIMITS_ACCOUNT_PER_MINUTE: "10000000",
};
const TITLE = "Paseo dominical por las siete colonias";
const TIMES = 5;
const REPORT = "/mesa/informes/2022-07";
const skip = noBrowser();
let browser;

before(async () => {
    if (!skip) {
        browser = await openBrowser();
    }
});
after(() => browser?.close());

// ---- two offices ----

async function openDemo(t) {
    const city = await makeDemo(t);
    const server = await city.serve({ env: UNLIMITED });
    const client = new Client(server, await city.token(city.mail));
    return { city, server, client, password: city.password, isPublished: true };
}

// Two of July's events are covered, so that figures have something to open.
async function openFresh(t) {
    const desk = await openDesk(t);
    await desk.city.must(["import", "agenda", MONTH]);
    for (const [mail, role, name] of STAFF) {
        await desk.city.addPerson(mail, role, name);
    }
    const events = await desk.client.all("/mesa/agenda?mes=2022-07&figura=events_held&limit=100");
    for (const { id } of events.slice(0, 2)) {
        const made = await desk.client.post(`/mesa/agenda/${id}/coberturas`, { kind: "photo", assignee: PHOTOGRAPHER });
        const at = `/mesa/coberturas/${made.json.id}`;
        for (const [step, body] of [["aceptar", {}], ["entregar", { kind: "note", text: "Tres fotos" }], ["aprobar", {}]]) {
            const { status, text } = await desk.client.post(`${at}/${step}`, body);
            assert.equal(status, 200, text);
        }
    }
    return { ...desk, password: PASSWORD, isPublished: false };
}

// ---- a person at a screen ----

// At a desk everything goes by keyboard: Tab until it is there, then keys. Telephones are touched.
class Walker {
    static async open(t, desk, look, mail) {
        const walker = Object.assign(new Walker(), await openWindow(browser, desk.server, look));
        walker.byKeys = look.width > 1000;
        walker.name = `${mail?.split("@")[0] ?? "ciudadania"}-${look.width}`;
        t.after(() => walker.context.close());
        if (mail) {
            await logInOnScreen(walker.page, mail, desk.password);
        }
        return walker;
    }

    async goto(address) {
        const answer = await this.page.goto(address);
        assert.equal(answer.status(), 200, address);
    }

    // SHOTS names a folder for pictures to look at.
    async look(where) {
        await isSound(this.page, `${where} (${this.name})`);
        if (process.env.SHOTS) {
            const name = where.replace(/[^a-z0-9]+/gi, "-");
            await this.page.screenshot({ path: `${process.env.SHOTS}/${this.name}-${name}.png`, fullPage: true });
        }
    }

    async reach(selector) {
        for (let presses = 0; presses < 250; presses += 1) {
            if (await this.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) {
                return;
            }
            await this.page.keyboard.press("Tab");
        }
        assert.fail(`Tab never comes to ${selector} on ${this.page.url()}`);
    }

    async use(selector) {
        if (this.byKeys) {
            await this.reach(selector);
            await this.page.keyboard.press("Enter");
        } else {
            await this.page.locator(selector).first().click();
        }
    }

    async follow(selector, address) {
        await Promise.all([this.page.waitForURL(address), this.use(selector)]);
    }

    // Sends a form whose page may come back under its own address.
    async send(selector) {
        await Promise.all([this.page.waitForNavigation(), this.use(selector)]);
    }

    async write(selector, text) {
        if (this.byKeys) {
            await this.reach(selector);
            await this.page.keyboard.press("Control+a");
            await this.page.keyboard.type(text);
        } else {
            await this.page.fill(selector, text);
        }
    }

    // The first radio of a group is reached by Tab, the others by arrows.
    async pick(name, value) {
        const at = `input[name='${name}']`;
        if (!this.byKeys) {
            await this.page.check(`${at}[value='${value}']`);
            return;
        }
        await this.reach(at);
        while (!(await this.page.isChecked(`${at}[value='${value}']`))) {
            await this.page.keyboard.press("ArrowDown");
        }
    }
}

// ---- the chief of agenda ----

function today() {
    return new Date().toLocaleDateString("sv-SE", { timeZone: "America/Mexico_City" });
}

function daysLater(day, days) {
    return new Date(Date.parse(`${day}T12:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

async function occurrences(client, day) {
    const months = new Set([0, 1, 2, 3, 4].map((week) => daysLater(day, 7 * week).slice(0, 7)));
    const events = [];
    for (const month of months) {
        events.push(...(await client.all(`/mesa/agenda?mes=${month}&limit=200`)));
    }
    return events.filter(({ title }) => title === TITLE).sort((a, b) => a.starts_at.localeCompare(b.starts_at));
}

async function writesEvent(chief, day) {
    const { page } = chief;
    await chief.goto(`/mesa/agenda?mes=${day.slice(0, 7)}#${day}`);
    await chief.look("the month");
    if (chief.byKeys) {
        await Promise.all([page.waitForURL(`**/nuevo?dia=${day}`), page.keyboard.press("n")]);
    } else {
        await chief.goto(`/mesa/agenda/nuevo?dia=${day}`);
    }
    await chief.look("a new event");
    await chief.write("#title", TITLE);
    await chief.page.fill("#starts_at", `${day}T23:00`); // still to come: a link ends with its event
    await chief.page.fill("#ends_at", `${daysLater(day, 1)}T01:00`);
    await chief.write("#place", "Plaza de Armas");
    await chief.follow("main form .form-actions button.primary", /\/mesa\/agenda\/[0-9A-Z]{13}$/);
    assert.equal(await page.textContent("h1"), TITLE);
    await chief.look("the event");
}

async function repeatsWeekly(chief, client, day) {
    const { page } = chief;
    await chief.follow("a[href$='/repetir']", "**/repetir");
    await chief.pick("ends", "count");
    await chief.write("#count", String(TIMES));
    await page.keyboard.press("Tab");
    await page.waitForFunction((times) => document.querySelectorAll("#preview li").length === times, TIMES);
    assert.ok(await page.evaluate(() => document.activeElement !== document.body), "the preview takes no focus away");
    await chief.look("how it repeats");
    await chief.follow("#preview button.primary", /\/mesa\/agenda\/[0-9A-Z]{13}$/);
    const series = await occurrences(client, day);
    assert.equal(series.length, TIMES);
    return series;
}

async function movesOne(chief, client, event) {
    const { page } = chief;
    const from = event.starts_at.slice(0, 10);
    if (chief.byKeys) {
        await chief.goto(`/mesa/agenda?mes=${from.slice(0, 7)}#evento-${event.id}`);
        for (const key of ["m", "ArrowRight", "Enter"]) {
            await page.keyboard.press(key);
        }
        await chief.look("the question before a move");
        await chief.write("#move-reason", "Pasa la carrera");
        await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    } else {
        await chief.goto(`/mesa/agenda/${event.id}`);
        const form = "form[action$='/reprogramar']";
        await page.locator(`details:has(${form}) > summary`).click();
        await page.fill(`${form} [name='starts_at']`, `${daysLater(from, 1)}T23:00`);
        await page.fill(`${form} [name='reason']`, "Pasa la carrera");
        await chief.look("a new date is given");
        await chief.send(`${form} button`);
    }
    const { json } = await client.get(`/mesa/agenda/${event.id}`);
    assert.equal(json.status, "rescheduled");
    assert.equal(json.starts_at.slice(0, 10), daysLater(from, 1));
}

async function cancelsOneAndTakesItBack(chief, client, event) {
    const { page } = chief;
    const state = async () => (await client.get(`/mesa/agenda/${event.id}`)).json.status;
    const form = "form[action$='/cancelar']";
    await chief.goto(`/mesa/agenda/${event.id}`);
    await chief.use(`details:has(${form}) > summary`);
    await chief.write(`${form} [name='reason']`, "Obras en la avenida");
    await chief.send(`${form} button`);
    assert.equal(await state(), "cancelled");
    await chief.look("a cancelled event");
    if (chief.byKeys) {
        await page.keyboard.press("z");
    } else {
        await page.locator(".toasts form[data-undo] button").click();
    }
    await page.locator(form).waitFor({ state: "attached" });
    assert.equal(await state(), "confirmed");
    await chief.look("an event whose cancelling was taken back");
}

async function sendsTheDay(chief, day) {
    await chief.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await chief.goto(`/mesa/agenda?dia=${day}`);
    await chief.look("the day");
    await chief.follow("a[href*='/texto']", "**/texto?dia=*");
    await chief.look("the day as a message");
    await chief.use("[data-copy]");
    await chief.page.getByText("Copiado").waitFor();
    assert.ok((await chief.page.evaluate(() => navigator.clipboard.readText())).includes(TITLE));
}

async function keepsTheAgenda(chief, client) {
    const day = today();
    await writesEvent(chief, day);
    const [first, second, third] = await repeatsWeekly(chief, client, day);
    await movesOne(chief, client, second);
    await cancelsOneAndTakesItBack(chief, client, third);
    await sendsTheDay(chief, day);
    return first;
}

// ---- the coordinator, the photographer ----

async function isElsewhere(client, event) {
    const other = await client.post("/mesa/agenda", {
        title: "Rueda de prensa a la misma hora",
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        place: "Palacio Municipal",
    });
    const made = await client.post(`/mesa/agenda/${other.json.id}/coberturas`, { kind: "photo", assignee: PHOTOGRAPHER });
    assert.equal(made.status, 201, made.text);
}

/** Gives the coverage's address and the link that answers it. */
async function assigns(coordinator, event) {
    const { page } = coordinator;
    await coordinator.goto(`/mesa/agenda/${event.id}`);
    await coordinator.write("#brief", "Diez fotos del paseo");
    await coordinator.send("form[action$='/coberturas'] button.primary");
    const coverage = await page.locator("#coberturas a[href*='/mesa/coberturas/']").first().getAttribute("href");
    if (!page.url().includes("/mesa/coberturas/")) {
        await coordinator.follow(`#coberturas a[href='${coverage}']`, `**${coverage}`);
    }
    await page.selectOption("#assignee", { label: await nameWithHours(page) });
    await coordinator.send("form[action$='/asignar'] button.primary");
    await coordinator.look("a clash while assigning");
    // which of those at that hour depends on the hour of the day in the invented city
    assert.match(await page.textContent("form[action$='/asignar']"), /cubre «[^»]+» a esa hora/);
    await coordinator.follow("button[name='anyway']", `**${coverage}`);
    await coordinator.look("assigned all the same");
    await coordinator.send("form[action$='/enlace'] button");
    await coordinator.look("the link to answer");
    return { at: coverage, link: await page.inputValue("#answer-link") };
}

async function nameWithHours(page) {
    const option = page.locator("#assignee option", { hasText: "Renata Piedraclara" });
    const label = await option.textContent();
    assert.match(label, /\d\d:\d\d–\d\d:\d\d/, "a name says when that person is busy");
    return label;
}

async function saysYes(t, desk, link) {
    const phone = await Walker.open(t, desk, { width: 390 });
    await phone.goto(link);
    await phone.look("the link on a telephone");
    await phone.follow("form[action$='/si'] button", "**/si");
    await phone.look("thanks");
    assert.equal((await phone.context.cookies()).length, 0, "answering needs no session");
    return phone;
}

async function isOnThePhone(page) {
    await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        if (!navigator.serviceWorker.controller) {
            await new Promise((go) => navigator.serviceWorker.addEventListener("controllerchange", go, { once: true }));
        }
    });
    await page.locator("[data-status-text]", { hasText: "Todo" }).waitFor();
}

async function deliversInTheStreet(t, desk, look, { at }) {
    const id = at.split("/").at(-1);
    const phone = await Walker.open(t, desk, { ...look, width: 390 }, PHOTOGRAPHER);
    const { page, context } = phone;
    await phone.goto("/mesa/campo");
    await isOnThePhone(page);
    const task = page.locator(`#task-${id}`);
    await phone.look("the field page");
    await context.setOffline(true);
    await page.reload();
    await task.locator("[data-act='start']").click();
    await task.locator("[data-act='deliver']").click();
    await page.fill("#deliver-note", "Diez fotos, con la vista desde el quiosco");
    await page.locator("#deliver button.primary").click();
    await page.locator("#deliver").waitFor({ state: "hidden" });
    await phone.look("what waits on the telephone");
    await context.setOffline(false);
    await page.locator("[data-status-text]", { hasText: "Todo" }).waitFor();
    const { json } = await desk.client.get(at);
    assert.equal(json.state, "delivered");
    assert.equal(json.evidence.length, 1, "delivered once");
    await phone.goto(at);
    await phone.look("what was delivered");
    return phone;
}

// ---- the director ----

async function approves(director, client, { at }) {
    await director.goto(at);
    assert.match(await director.page.textContent("#evidencia"), /desde el quiosco/);
    await director.send("form[action$='/aprobar'] button");
    assert.equal((await client.get(at)).json.state, "approved");
    await director.look("approved");
}

async function writesTheReport(director, desk) {
    const { page } = director;
    await director.goto(REPORT);
    await director.look("the month's report");
    if (desk.isPublished) {
        const form = "form[action$='/recalcular']";
        await director.use(`details:has(${form}) > summary`);
        await director.write(`${form} [name='reason']`, "Se corrigió un registro");
        await director.send(`${form} button`);
    }
    await page.fill("[name='highlights']", "Un mes en la calle.\n- Siete colonias");
    await director.send("#textos form button");
    await director.goto(REPORT);
    assert.match(await page.inputValue("[name='highlights']"), /Siete colonias/);
    await director.look("the report's texts");
}

async function publishesTheReport(director, coordinator) {
    await coordinator.goto(REPORT);
    await coordinator.send("form[action$='/revisar'] button");
    await coordinator.look("sent to review");
    await director.goto(REPORT);
    await director.send("form[action$='/firmar'] button");
    await director.look("signed");
    await director.send("form[action$='/publicar'] button");
    await director.look("published");
}

// Each count of the desk's report opens a list of exactly so many records.
async function opensEachFigure(director, client) {
    const { figures } = (await client.get(REPORT)).json;
    const counts = figures.filter(({ form, records }) => form === "count" && records);
    assert.ok(counts.length >= 12);
    await director.goto(REPORT);
    const links = await director.page.locator("#cifras td.number b a").evaluateAll(
        (all) => all.map((link) => ({ text: link.textContent.trim(), href: link.getAttribute("href") })));
    for (const { key, value, records } of counts) {
        const { pathname, search } = new URL(records, client.server.url);
        const link = links.find(({ href }) => href === pathname + search);
        assert.equal(Number(link?.text.replace(/\D/g, "")), value, `${key} stands on the screen`);
        await director.goto(link.href);
        const where = pathname === "/mesa/comunicados" ? "main .card > header h2" : "main .lead";
        const said = (await director.page.locator(where).allTextContents()).join(" ");
        assert.equal(Number(said.match(/\d+/)?.[0] ?? 0), value, `${key}: ${link.href}`);
        assert.equal((await client.all(link.href)).length, value, key);
    }
}

async function goesDownToEvidence(director) {
    const { page } = director;
    await director.goto("/mesa/agenda?mes=2022-07&figura=events_covered&vista=lista");
    await director.look("the covered events");
    const event = await page.locator("#agenda h3 a, #agenda th a, #agenda .rows a").first().getAttribute("href");
    await director.goto(event);
    await director.look("a covered event");
    const coverage = await page.locator("#coberturas a", { hasText: "Aprobada" }).first().getAttribute("href");
    await director.follow(`#coberturas a[href='${coverage}']`, `**${coverage}`);
    assert.ok((await page.locator("#evidencia li").count()) > 0, "an approved coverage has evidence");
    await page.goBack();
    assert.equal(new URL(page.url()).pathname, event, "back leads to the event");
    assert.equal(await page.locator("#coberturas").count(), 1);
}

// ---- a citizen ----

async function reads(citizen) {
    const { page } = citizen;
    await citizen.goto("/informes");
    await citizen.look("the reports");
    await citizen.follow("main a[href='/informes/2022-07']", "**/informes/2022-07");
    assert.match(await page.textContent("main"), /Siete colonias/);
    await citizen.look("the report");
    const paper = await page.request.get(await page.locator("main a[href*='.pdf']").first().getAttribute("href"));
    assert.match(paper.headers()["content-disposition"], /2022-07.*\.pdf/);
    assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
    const code = (await page.textContent("main")).match(/VOC-[0-9A-Z]+-[0-9A-Z]+/)[0];
    await citizen.goto("/verificar");
    await citizen.write("#q", code);
    await page.locator(".verify-ask button[type=submit]").press("Enter");
    await page.locator(".verdict.good").waitFor();
    await citizen.look("a verified code");
}

async function findsNothingPrivate(citizen, client, secrets) {
    const events = await client.all("/mesa/agenda?mes=2022-07&limit=200");
    const hidden = events.filter(({ visibility }) => /private|confidential/.test(visibility));
    assert.ok(hidden.length > 0, "the month has private events");
    const said = [...secrets, ...hidden.flatMap(({ title, description }) => [title, description])].filter(Boolean);
    const searches = hidden.map(({ title }) => `/buscar?q=${encodeURIComponent(title.split(" ").at(-1))}`);
    for (const address of ["/", "/agenda?mes=2022-07", "/agenda", "/informes/2022-07", ...searches]) {
        await citizen.goto(address);
        const text = await citizen.page.textContent("body");
        for (const secret of said) {
            assert.ok(!text.includes(secret), `${address} shows "${secret}"`);
        }
        await citizen.look(`public ${address.split("?")[0]}`);
    }
    for (const { slug } of hidden) {
        assert.equal((await citizen.page.goto(`/agenda/${slug}`)).status(), 404);
    }
}

// ---- the circle ----

// Without a network a browser says so of each request.
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/;

const OFFICES = [
    { office: "a fresh city with an imported month", open: openFresh, secrets: secretsOf(MONTH) },
    { office: "the invented city", open: openDemo, secrets: [] },
];
const LOOKS = [{ width: 1440 }, { width: 390, dark: true }];

for (const { office, open, secrets } of OFFICES) {
    for (const look of LOOKS) {
        test(`a month in ${office} at ${look.width} px`, { skip }, async (t) => {
            const desk = await open(t);
            const { client } = desk;
            const chief = await Walker.open(t, desk, look, CHIEF);
            const event = await keepsTheAgenda(chief, client);
            await isElsewhere(client, event);
            const coordinator = await Walker.open(t, desk, look, COORDINATION);
            const coverage = await assigns(coordinator, event);
            const phone = await saysYes(t, desk, coverage.link);
            const field = await deliversInTheStreet(t, desk, look, coverage);
            const director = await Walker.open(t, desk, look, DIRECTION);
            await approves(director, client, coverage);
            await writesTheReport(director, desk);
            await publishesTheReport(director, coordinator);
            await opensEachFigure(director, client);
            await goesDownToEvidence(director);
            const citizen = await Walker.open(t, desk, look);
            await reads(citizen);
            await findsNothingPrivate(citizen, client, secrets);
            const walkers = [chief, coordinator, phone, field, director, citizen];
            assert.deepEqual(walkers.flatMap(({ offences }) => offences).filter((said) => !OFFLINE.test(said)), []);
        });
    }
}
