// SPDX-License-Identifier: AGPL-3.0-or-later
// A cursor in the grid of a month or a week (role grid, ARIA Authoring Practices): left and right go to
// the neighbouring day, down and up through a day's events and on to the next week, Home and End to the
// ends of the week, Page Up and Page Down to the time before and after. One link has the tab stop; Enter
// opens it because it is a link. "m" moves an event (agenda-move.js).

import { dateOf, datesOf, gridOf, itemsOf } from "./agenda-days.js";
import { beginMove, isMoving } from "./agenda-move.js";
import { isTyping, shortcutsAreOn } from "./shortcuts.js";

const WEEK = 7;

// ---- the tab stop ----

function stopAt(grid, link) {
    for (const other of grid.querySelectorAll("a[tabindex='0']")) {
        other.tabIndex = -1;
    }
    link.tabIndex = 0;
}

function startOf(grid) {
    const today = grid.querySelector("a.day[aria-current='date']");
    return today ?? itemsOf(grid, datesOf(grid)[0])[0];
}

// After a live refresh some links are new and one may still have the stop.
function prepare(grid) {
    const kept = grid.querySelector("a[tabindex='0']");
    for (const link of grid.querySelectorAll("a[href]")) {
        link.tabIndex = -1;
    }
    const stop = grid.contains(document.activeElement) ? document.activeElement : kept;
    const first = stop ?? startOf(grid);
    if (first) {
        stopAt(grid, first);
    }
}

function prepareAll() {
    document.querySelectorAll("[data-grid]").forEach(prepare);
}

// ---- where a key leads ----

// To a time that the page does not show: it opens there, with the cursor on that day.
function leave(direction, date) {
    const link = document.querySelector(`[data-period="${direction}"]`);
    if (link) {
        location.assign(`${link.href}#${date}`);
    }
    return null;
}

function shifted(date, days) {
    const day = new Date(`${date}T00:00Z`);
    day.setUTCDate(day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
}

function dayBeside(grid, date, days, row) {
    const wanted = shifted(date, days);
    const dates = datesOf(grid);
    if (!dates.includes(wanted)) {
        return leave(days < 0 ? "previous" : "next", wanted);
    }
    const items = itemsOf(grid, wanted);
    return items[Math.min(row, items.length - 1)];
}

function isMonth(grid) {
    return grid.dataset.grid === "month";
}

function below(grid, date, items, row) {
    if (row + 1 < items.length) {
        return items[row + 1];
    }
    return isMonth(grid) ? dayBeside(grid, date, WEEK, 0) : null;
}

function above(grid, date, items, row) {
    if (row > 0) {
        return items[row - 1];
    }
    return isMonth(grid) ? dayBeside(grid, date, -WEEK, 0) : null;
}

function weekEnd(grid, date, last) {
    const weekday = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % WEEK;
    const wanted = shifted(date, last ? WEEK - 1 - weekday : -weekday);
    const shown = datesOf(grid);
    const nearest = last ? shown.at(-1) : shown[0];
    return itemsOf(grid, shown.includes(wanted) ? wanted : nearest)[0];
}

const STEPS = {
    ArrowLeft: (grid, date, items, row) => dayBeside(grid, date, -1, row),
    ArrowRight: (grid, date, items, row) => dayBeside(grid, date, 1, row),
    ArrowUp: above,
    ArrowDown: below,
    Home: (grid, date) => weekEnd(grid, date, false),
    End: (grid, date) => weekEnd(grid, date, true),
    PageUp: (grid, date) => leave("previous", shifted(date, isMonth(grid) ? -28 : -WEEK)),
    PageDown: (grid, date) => leave("next", shifted(date, isMonth(grid) ? 28 : WEEK)),
};

document.addEventListener("keydown", (event) => {
    const grid = gridOf(event.target);
    const link = event.target.closest?.("a[href]");
    if (!grid || !link || isMoving() || isTyping(event)) {
        return;
    }
    if (event.key === "m" && shortcutsAreOn() && link.matches("[data-move]")) {
        event.preventDefault();
        beginMove(link);
        return;
    }
    const step = STEPS[event.key];
    if (!step || event.shiftKey) {
        return;
    }
    event.preventDefault();
    const date = dateOf(link);
    const items = itemsOf(grid, date);
    step(grid, date, items, items.indexOf(link))?.focus();
});

// ---- the day under the cursor ----

// "New event" begins on the day that the cursor is on.
function aimNewEvent(date, hour) {
    const link = document.querySelector("a[data-new-event]");
    if (link) {
        const query = new URLSearchParams(hour ? { dia: date, hora: hour } : { dia: date });
        link.search = `?${query}`;
    }
    return link;
}

document.addEventListener("focusin", (event) => {
    const grid = gridOf(event.target);
    const link = event.target.closest?.("a[href]");
    if (grid && link) {
        stopAt(grid, link);
        aimNewEvent(dateOf(link));
    }
});

function hourAt(grid, cell, y) {
    if (!cell.matches(".week-day")) {
        return null;
    }
    const box = cell.getBoundingClientRect();
    const hours = Number(grid.dataset.lastHour) - Number(grid.dataset.firstHour);
    const hour = Number(grid.dataset.firstHour) + Math.floor(((y - box.top) / box.height) * hours);
    return `${String(hour).padStart(2, "0")}:00`;
}

document.addEventListener("dblclick", (event) => {
    const grid = gridOf(event.target);
    const cell = event.target.closest?.("[data-day]");
    if (grid && cell && !event.target.closest("a")) {
        aimNewEvent(cell.dataset.day, hourAt(grid, cell, event.clientY))?.click();
    }
});

// ---- coming in ----

// #2022-07-14 puts the cursor on that day, #evento-ID on that event.
function comeIn() {
    const grid = document.querySelector("[data-grid]");
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (!grid || !wanted) {
        return;
    }
    const id = /^evento-([0-9A-Z]{13})$/.exec(wanted)?.[1];
    const link = id
        ? grid.querySelector(`[data-event="${id}"]`)
        : /^\d{4}-\d\d-\d\d$/.test(wanted) && itemsOf(grid, wanted)[0];
    if (link) {
        link.focus();
    }
}

document.addEventListener("htmx:after:swap", prepareAll);
prepareAll();
comeIn();
