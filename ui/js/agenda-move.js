// SPDX-License-Identifier: AGPL-3.0-or-later
// Moving an event to another time: by keyboard from its link ("m", arrows, Enter), or by a pointer
// (agenda-drag.js). What the office only plans moves at once; what citizens were told asks for a reason,
// and an event of a series asks how much of it is meant, in the page's dialog. The form that is sent is
// the dialog's own: the server answers with the page, and a way to take it back.

import { addDays, addMinutes, gridOf, sayTime } from "./agenda-days.js";

const COARSE_MINUTES = 30;
const FINE_MINUTES = 15;

let moving = null; // { link, grid, from, to, allDay }

export function isMoving() {
    return moving !== null;
}

// ---- what is seen and heard of it ----

function say(text) {
    const status = document.querySelector("[data-move-status]");
    if (status) {
        status.textContent = text;
    }
}

function statusWords() {
    return document.querySelector("[data-move-status]")?.dataset ?? {};
}

function titleOf(link) {
    return link.querySelector(".title").textContent;
}

function clearTarget() {
    for (const cell of document.querySelectorAll(".is-target")) {
        cell.classList.remove("is-target");
    }
}

function show() {
    const { link, grid, to, allDay } = moving;
    const bar = document.querySelector("[data-move-bar]");
    const when = sayTime(to, allDay);
    bar.hidden = false;
    bar.querySelector("[data-move-bar-title]").textContent = titleOf(link);
    bar.querySelector("[data-move-bar-when]").textContent = when;
    clearTarget();
    for (const cell of grid.querySelectorAll(`[data-day="${to.slice(0, 10)}"]`)) {
        cell.classList.add("is-target");
    }
    say(when);
}

function hide() {
    document.querySelector("[data-move-bar]").hidden = true;
    moving?.link.classList.remove("is-moving");
    clearTarget();
}

// ---- from the first key to the last ----

export function beginMove(link) {
    const from = link.dataset.starts;
    moving = { link, grid: gridOf(link), from, to: from, allDay: "allDay" in link.dataset };
    link.classList.add("is-moving");
    show();
    say(`${titleOf(link)}. ${statusWords().begun ?? ""}`);
}

/** Where it would begin now; "2022-07-14T10:00". */
export function aimMove(to) {
    if (moving && moving.to !== to) {
        moving.to = to;
        show();
    }
}

export function leaveMove() {
    if (!moving) {
        return;
    }
    const { link } = moving;
    hide();
    moving = null;
    link.focus({ preventScroll: true });
    say(statusWords().left ?? "");
}

function fillForm(form, move) {
    const { link, from, to, allDay } = move;
    const back = new URL(form.elements.back.value, location.href);
    form.action = `/mesa/agenda/${link.dataset.event}/mover`;
    form.elements.starts_at.value = to;
    form.elements.version.value = link.dataset.version;
    form.elements.back.value = `${back.pathname}${back.search}#evento-${link.dataset.event}`;
    form.querySelector("[data-move-name]").textContent = titleOf(link);
    form.querySelector("[data-move-from]").textContent = sayTime(from, allDay);
    form.querySelector("[data-move-to]").textContent = sayTime(to, allDay);
}

// Gives back whether anything is asked at all.
function fillQuestions(form, link) {
    const asksReason = link.dataset.move === "ask";
    const asksScope = "series" in link.dataset;
    const scope = form.querySelector("[data-move-scope]");
    scope.hidden = !asksScope;
    scope.disabled = !asksScope;
    form.querySelector("[data-move-reason]").hidden = !asksReason;
    form.elements.reason.required = asksReason;
    form.elements.reason.disabled = !asksReason;
    return asksReason || asksScope;
}

export function confirmMove() {
    if (!moving || moving.to === moving.from) {
        leaveMove();
        return;
    }
    const dialog = document.querySelector("[data-move-dialog]");
    const form = dialog.querySelector("[data-move-form]");
    const { link } = moving;
    fillForm(form, moving);
    hide();
    moving = null;
    if (fillQuestions(form, link)) {
        dialog.addEventListener("close", () => link.focus(), { once: true });
        dialog.showModal();
    } else {
        form.requestSubmit();
    }
}

document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-move-cancel]")) {
        event.target.closest("dialog").close();
        say(statusWords().left ?? "");
    }
});

// ---- keys while it is moved ----

function byKey(event) {
    const { grid, to, allDay } = moving;
    const isWeek = grid.dataset.grid === "week";
    const minutes = event.shiftKey ? FINE_MINUTES : COARSE_MINUTES;
    switch (event.key) {
        case "ArrowLeft":
            return addDays(to, -1);
        case "ArrowRight":
            return addDays(to, 1);
        case "ArrowUp":
            return !isWeek ? addDays(to, -7) : allDay ? to : addMinutes(to, -minutes);
        case "ArrowDown":
            return !isWeek ? addDays(to, 7) : allDay ? to : addMinutes(to, minutes);
        default:
            return null;
    }
}

// In the capture phase, before the grid's own keys.
document.addEventListener(
    "keydown",
    (event) => {
        if (!moving) {
            return;
        }
        const to = byKey(event);
        const known = to !== null || event.key === "Enter" || event.key === "Escape";
        if (known) {
            event.preventDefault();
            event.stopPropagation();
        }
        if (to !== null) {
            aimMove(to);
        } else if (event.key === "Enter") {
            confirmMove();
        } else if (event.key === "Escape" || event.key === "Tab") {
            leaveMove();
        }
    },
    true,
);
