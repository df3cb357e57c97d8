// SPDX-License-Identifier: AGPL-3.0-or-later
// A gallery's photos in their order (ol[data-gallery-order]): dragged with a mouse, or moved with Alt and the
// arrow keys while the focus is in one of them. The order is sent at once; Ctrl+Z takes it back. Without this
// script the buttons of form#orden do the same, one step at a time.
//
// While a gallery is published (data-gallery-poll) its progress is asked for until it is over.

import htmx from "./htmx.js";

const MOVED = "text/vocero-photo";
const SEND_AFTER_MS = 600;
const POLL_MS = 2000;
const LOST = [409, 412];

const before = []; // orders that can be taken back
let timer = 0;
let sending = Promise.resolve();

const list = () => document.querySelector("[data-gallery-order]");
const form = () => document.getElementById("orden");
const items = () => [...(list()?.children ?? [])];
const idsOf = (all) => all.map((item) => item.dataset.photo).join(",");

function tell(key, words = {}) {
    const status = document.querySelector("[data-gallery-status]");
    if (status) {
        status.textContent = Object.entries(words).reduce(
            (text, [name, value]) => text.replace(`{${name}}`, value),
            status.dataset[key] ?? key,
        );
    }
}

// ---- what is shown ----

function number() {
    const all = items();
    all.forEach((item, index) => {
        item.querySelector(".gallery-number").textContent = index + 1;
        item.querySelector("button[name='up']").disabled = index === 0;
        item.querySelector("button[name='down']").disabled = index === all.length - 1;
    });
}

function place(item, index) {
    const all = items();
    const others = all.filter((other) => other !== item);
    const to = Math.min(Math.max(index, 0), others.length);
    if (all.indexOf(item) === to) {
        return false;
    }
    before.push(idsOf(all));
    list().insertBefore(item, others[to] ?? null);
    number();
    tell("moved", { place: to + 1, all: all.length });
    sendSoon();
    return true;
}

// ---- what is kept ----

async function send() {
    const fields = { csrf: form().elements.csrf.value, version: form().elements.version.value };
    const body = new URLSearchParams({ ...fields, photos: idsOf(items()) });
    const headers = { Accept: "application/json" };
    const answer = await fetch(form().action, { method: "POST", body, headers, keepalive: true });
    const told = await answer.json().catch(() => null);
    if (!answer.ok) {
        tell(LOST.includes(answer.status) ? "lost" : (told?.error?.message ?? "failed"));
        return;
    }
    for (const version of document.querySelectorAll("input[name='version']")) {
        version.value = told.version;
    }
    tell("kept");
}

// Several steps in a row are one change.
function sendSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => {
        sending = sending.then(send).catch(() => tell("failed"));
    }, SEND_AFTER_MS);
}

function takeBack() {
    const order = before.pop()?.split(",");
    if (!order) {
        return;
    }
    const byId = new Map(items().map((item) => [item.dataset.photo, item]));
    list().append(...order.map((id) => byId.get(id)).filter(Boolean));
    number();
    sendSoon();
}

// ---- keys ----

const STEPS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

document.addEventListener("keydown", (event) => {
    const item = event.target.closest?.("[data-gallery-order] > [data-photo]");
    if (item && event.altKey && event.key in STEPS) {
        event.preventDefault();
        const focused = event.target;
        place(item, items().indexOf(item) + STEPS[event.key]);
        focused.focus();
        item.scrollIntoView({ block: "nearest" });
    } else if (item && event.key === "z" && (event.ctrlKey || event.metaKey) && before.length > 0) {
        event.preventDefault();
        takeBack();
    }
});

// The buttons too, without leaving the page.
document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-gallery-order] button[data-step]");
    if (button) {
        event.preventDefault();
        const item = button.closest("[data-photo]");
        place(item, items().indexOf(item) + Number(button.dataset.step));
        button.focus();
    }
});

// ---- the mouse ----

let dragged = null;

function clear() {
    for (const item of items()) {
        item.classList.remove("drop-before", "drop-after");
    }
}

function isBehind(item, y) {
    const box = item.getBoundingClientRect();
    return y > box.top + box.height / 2;
}

document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-gallery-order] > [data-photo]");
    if (dragged) {
        event.dataTransfer.setData(MOVED, dragged.dataset.photo);
        event.dataTransfer.effectAllowed = "move";
        dragged.classList.add("moving");
    }
});

document.addEventListener("dragover", (event) => {
    const over = event.target.closest?.("[data-gallery-order] > [data-photo]");
    if (dragged && over) {
        event.preventDefault();
        clear();
        over.classList.add(isBehind(over, event.clientY) ? "drop-after" : "drop-before");
    }
});

document.addEventListener("drop", (event) => {
    const over = event.target.closest?.("[data-gallery-order] > [data-photo]");
    if (!dragged || !over || over === dragged) {
        return;
    }
    event.preventDefault();
    const others = items().filter((item) => item !== dragged);
    place(dragged, others.indexOf(over) + (isBehind(over, event.clientY) ? 1 : 0));
});

document.addEventListener("dragend", () => {
    dragged?.classList.remove("moving");
    dragged = null;
    clear();
});

// ---- on its way to the public ----

function poll() {
    const way = document.querySelector("[data-gallery-poll]");
    if (!way) {
        return;
    }
    if (!document.hidden) {
        htmx.ajax("GET", location.pathname, { source: way, target: way, select: `#${way.id}`, swap: "outerMorph" });
    }
    setTimeout(poll, POLL_MS);
}

if (document.querySelector("[data-gallery-poll]")) {
    setTimeout(poll, POLL_MS);
}
