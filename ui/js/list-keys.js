// SPDX-License-Identifier: AGPL-3.0-or-later
// <ol data-keys>: while the focus is in the list, j or ↓ goes to the next item's link, k or ↑ to the
// one before, Home and End to the ends. They act only inside the list, as WCAG 2.1.4 allows.

import { isTyping } from "./shortcuts.js";

const STEPS = {
    j: 1,
    ArrowDown: 1,
    k: -1,
    ArrowUp: -1,
    Home: -Infinity,
    End: Infinity,
};

function itemsOf(list) {
    const rows = list.matches("table") ? list.tBodies[0].rows : list.children;
    return [...rows].filter((row) => row.querySelector("a[href], button"));
}

function clamp(index, length) {
    return Math.min(Math.max(index, 0), length - 1);
}

document.addEventListener("keydown", (event) => {
    const list = event.target.closest?.("[data-keys]");
    const step = STEPS[event.key];
    if (!list || !step || isTyping(event)) {
        return;
    }
    const items = itemsOf(list);
    const here = items.findIndex((item) => item.contains(event.target));
    if (here < 0) {
        return;
    }
    event.preventDefault();
    const there = items[clamp(here + step, items.length)];
    there.querySelector("a[href], button").focus();
});
