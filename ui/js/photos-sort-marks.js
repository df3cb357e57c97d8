// SPDX-License-Identifier: AGPL-3.0-or-later
// Marks of form[data-sort]: shown at once, sent one after the other, taken back when the server says no.

import { form, itemById, items, say } from "./photos-sort-items.js";

const CHANGED = "photos:marked";

let last = Promise.resolve();
let waiting = 0;

export function isSending() {
    return waiting > 0;
}

function word(mark) {
    return form.dataset[`word${mark[0].toUpperCase()}${mark.slice(1)}`] ?? "";
}

export function markWord(item) {
    return item.dataset.mark === "none" ? "" : word(item.dataset.mark);
}

function countAnew(mark, by) {
    const place = document.querySelector(`[data-count-of="${mark}"]`);
    if (place) {
        place.textContent = Number(place.textContent.replace(/\D/g, "")) + by;
    }
}

export function show(item, mark) {
    if (item.dataset.mark === mark) {
        return;
    }
    countAnew(item.dataset.mark, -1);
    countAnew(mark, 1);
    item.dataset.mark = mark;
    item.querySelector("[data-mark-word]").textContent = markWord(item);
    item.dispatchEvent(new CustomEvent(CHANGED, { bubbles: true }));
}

async function send(address, fields) {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, ...fields });
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { method: "POST", body, headers, keepalive: true });
    const told = await answer.json().catch(() => null);
    if (!answer.ok) {
        throw new Error(told?.error?.message ?? form.dataset.lost);
    }
    return told;
}

// One after the other, in the order of the keys, so that each is one step to undo.
function inTurn(work, back) {
    waiting += 1;
    last = last
        .then(work)
        .catch((error) => {
            back();
            say(error instanceof TypeError ? form.dataset.lost : error.message);
        })
        .finally(() => {
            waiting -= 1;
        });
    return last;
}

export function mark(list, wanted) {
    const before = list.map((item) => [item.dataset.photo, item.dataset.mark]);
    const photos = list.map((item) => item.dataset.photo).join(",");
    list.forEach((item) => show(item, wanted));
    say(list.length === 1 ? word(wanted) : `${word(wanted)}: ${list.length}`);
    const fields = { photos, mark: wanted };
    return inTurn(
        () => send(form.action, fields),
        () => before.forEach(([id, was]) => itemById(id) && show(itemById(id), was)),
    );
}

function takeOver(told) {
    const marks = new Map(told.items.map((photo) => [photo.id, photo.mark]));
    const changed = items().filter((item) => {
        const now = marks.get(item.dataset.photo);
        return now && now !== item.dataset.mark;
    });
    changed.forEach((item) => show(item, marks.get(item.dataset.photo)));
    say(form.dataset.undone);
    return changed;
}

/** Gives the pictures that are as before again. */
export function undo() {
    const address = document.querySelector("form[data-sort-undo]").action;
    let changed = [];
    const work = async () => {
        changed = takeOver(await send(address, {}));
    };
    return inTurn(work, () => {}).then(() => changed);
}
