// SPDX-License-Identifier: AGPL-3.0-or-later
// A picture of form[data-sort] large, in a dialog: marked by keys, by large buttons, or by a swipe; closed it
// gives the focus back to where it went to.

import { current, focusOn, form, itemById, neighbour, setCurrent } from "./photos-sort-items.js";
import { mark, markWord, undo } from "./photos-sort-marks.js";

const MARKS = { c: "keep", x: "drop", s: "star", 0: "none" };
const SWIPE_PX = 60;

const dialog = document.querySelector("dialog[data-large]");

// Closing gives the focus back to where it was before; it belongs to the picture that was seen last.
let shownId = null;

function part(name) {
    return dialog.querySelector(`[data-large-${name}]`);
}

function address(item) {
    return `/mesa/fotos/${item.dataset.photo}/1280.jpg`;
}

function fetchAhead(item) {
    if (item?.dataset.state === "ready") {
        new Image().src = address(item);
    }
}

function picture(item) {
    const small = item.querySelector("img");
    if (item.dataset.state !== "ready" || !small) {
        return item.querySelector(".photo-frame").cloneNode(true);
    }
    const large = document.createElement("img");
    large.src = address(item);
    large.alt = small.alt;
    return large;
}

function showMark(item) {
    const place = part("mark");
    place.textContent = markWord(item);
    dialog.dataset.mark = item.dataset.mark;
}

function show(item) {
    setCurrent(item);
    shownId = item.dataset.photo;
    part("picture").replaceChildren(picture(item));
    part("title").textContent = item.querySelector("time").textContent;
    part("link").href = item.querySelector("a").href;
    showMark(item);
    fetchAhead(neighbour(item, 1));
}

export function isLarge() {
    return Boolean(dialog?.open);
}

export function openLarge(item) {
    show(item);
    dialog.showModal();
}

function step(by) {
    const next = current() && neighbour(current(), by);
    if (next) {
        show(next);
    }
}

function set(wanted) {
    if (part("set")) {
        mark([current()], wanted);
        step(1);
    }
}

async function takeBack() {
    const [changed] = await undo();
    if (changed && isLarge()) {
        show(changed);
    }
}

function onKey(event) {
    const key = event.key.toLowerCase();
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const acts = {
        arrowleft: () => step(-1),
        arrowright: () => step(1),
        arrowup: () => step(-1),
        arrowdown: () => step(1),
        z: takeBack,
    };
    // A space on a button presses it.
    if (key === " " && !event.target.closest("button, a")) {
        acts[key] = () => dialog.close();
    }
    const act = acts[key] ?? (MARKS[key] && isPlain ? () => set(MARKS[key]) : null);
    if (act) {
        event.preventDefault();
        event.stopPropagation();
        act();
    }
}

function onClick(event) {
    const button = event.target.closest("button");
    if (event.target === dialog || button?.matches("[data-large-close]")) {
        dialog.close();
    } else if (button?.dataset.largeStep) {
        step(Number(button.dataset.largeStep));
    } else if (button?.dataset.largeSet) {
        set(button.dataset.largeSet);
    } else if (button?.matches("[data-large-undo]")) {
        takeBack();
    }
}

let from = null;

function onSwipe(event) {
    const by = from === null ? 0 : event.clientX - from;
    from = null;
    if (Math.abs(by) > SWIPE_PX) {
        step(by < 0 ? 1 : -1);
    }
}

if (form && dialog) {
    dialog.addEventListener("keydown", onKey);
    dialog.addEventListener("click", onClick);
    dialog.addEventListener("close", () => focusOn(itemById(shownId)));
    part("picture").addEventListener("pointerdown", (event) => {
        from = event.clientX;
    });
    part("picture").addEventListener("pointerup", onSwipe);
    document.addEventListener("photos:marked", (event) => {
        if (isLarge() && event.target === current()) {
            showMark(event.target);
        }
    });
}
