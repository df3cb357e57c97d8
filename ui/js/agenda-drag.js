// SPDX-License-Identifier: AGPL-3.0-or-later
// Dragging an event to another day of the month, or another hour of the week: with a mouse at once, with
// a finger after a long press, so that a page can still be scrolled. Escape leaves it where it was. What
// happens then is agenda-move.js's, as for the keyboard.

import { gridOf, onDate } from "./agenda-days.js";
import { aimMove, beginMove, confirmMove, isMoving, leaveMove } from "./agenda-move.js";

const SLACK_PX = 6;
const LONG_PRESS_MS = 450;
const QUARTER = 15;
const DAY_MINUTES = 24 * 60;

let held = null; // { link, x, y, grip, isTouch, timer }
let isDragging = false;
let wasDragged = false;

function begin() {
    isDragging = true;
    clearTimeout(held.timer);
    document.documentElement.classList.add("is-dragging");
    beginMove(held.link);
}

function end() {
    clearTimeout(held?.timer);
    document.documentElement.classList.remove("is-dragging");
    isDragging = false;
    held = null;
}

// ---- where the pointer is ----

function hourAt(grid, column, y) {
    const box = column.getBoundingClientRect();
    const first = Number(grid.dataset.firstHour) * 60;
    const minutes = (Number(grid.dataset.lastHour) * 60 - first) * ((y - box.top) / box.height);
    const rounded = first + Math.round(minutes / QUARTER) * QUARTER;
    const inside = Math.min(Math.max(rounded, 0), DAY_MINUTES - QUARTER);
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(inside / 60))}:${two(inside % 60)}`;
}

function targetAt(x, y) {
    const { link, grip } = held;
    const cell = document.elementFromPoint(x, y)?.closest("[data-day]");
    const grid = gridOf(cell);
    if (!grid || grid !== gridOf(link)) {
        return null;
    }
    const hasHour = cell.matches(".week-day") && !("allDay" in link.dataset);
    return hasHour
        ? `${cell.dataset.day}T${hourAt(grid, cell, y - grip)}`
        : onDate(link.dataset.starts, cell.dataset.day);
}

// ---- the pointer's way ----

document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.("[data-grid] [data-move]");
    wasDragged = false;
    if (!link || event.button !== 0 || !event.isPrimary || isMoving()) {
        return;
    }
    const isTouch = event.pointerType !== "mouse";
    const grip = event.clientY - link.getBoundingClientRect().top;
    held = { link, x: event.clientX, y: event.clientY, grip, isTouch, timer: 0 };
    if (isTouch) {
        held.timer = setTimeout(begin, LONG_PRESS_MS);
    }
});

document.addEventListener("pointermove", (event) => {
    if (!held) {
        return;
    }
    const way = Math.hypot(event.clientX - held.x, event.clientY - held.y);
    if (!isDragging && way > SLACK_PX) {
        if (held.isTouch) {
            end(); // a finger that moves at once scrolls
            return;
        }
        begin();
    }
    if (isDragging) {
        const to = targetAt(event.clientX, event.clientY);
        if (to) {
            aimMove(to);
        }
    }
});

document.addEventListener("pointerup", (event) => {
    if (!held) {
        return;
    }
    const dropped = isDragging && targetAt(event.clientX, event.clientY);
    wasDragged = isDragging;
    end();
    if (dropped) {
        confirmMove();
    } else if (wasDragged) {
        leaveMove();
    }
});

document.addEventListener("pointercancel", () => {
    if (held) {
        const wasBegun = isDragging;
        end();
        if (wasBegun) {
            leaveMove();
        }
    }
});

document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) {
        end();
        wasDragged = true;
    }
});

// ---- what the browser would do with a link ----

document.addEventListener(
    "click",
    (event) => {
        if (wasDragged && event.target.closest?.("[data-grid]")) {
            event.preventDefault();
            event.stopPropagation();
        }
        wasDragged = false;
    },
    true,
);

document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.("[data-grid] [data-move]")) {
        event.preventDefault();
    }
});

document.addEventListener("contextmenu", (event) => {
    if (held?.isTouch) {
        event.preventDefault();
    }
});

document.addEventListener(
    "touchmove",
    (event) => {
        if (isDragging) {
            event.preventDefault();
        }
    },
    { passive: false },
);
