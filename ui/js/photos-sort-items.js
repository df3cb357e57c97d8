// SPDX-License-Identifier: AGPL-3.0-or-later
// The pictures of form[data-sort]: which one is in focus, which are chosen, where the arrows lead.

export const form = document.querySelector("form[data-sort]");

// Rows are looked for among so many neighbours: a page may hold hundreds.
const NEAR = 80;

let currentId = null;
let anchorId = null;

export function items() {
    return form ? [...form.querySelectorAll(".sort-item")] : [];
}

export function itemOf(element) {
    return element?.closest?.(".sort-item") ?? null;
}

export function itemById(id) {
    return form?.querySelector(`.sort-item[data-photo="${CSS.escape(id)}"]`) ?? null;
}

export function say(text) {
    const status = form.querySelector("[data-sort-status]");
    status.textContent = text ?? "";
}

// ---- the one in focus ----

export function current() {
    return currentId ? itemById(currentId) : null;
}

export function setCurrent(item) {
    for (const other of form.querySelectorAll(".sort-item.is-current")) {
        other.classList.toggle("is-current", other === item);
    }
    item?.classList.add("is-current");
    currentId = item?.dataset.photo ?? null;
}

export function focusOn(item) {
    if (item) {
        setCurrent(item);
        item.querySelector("a").focus();
        item.scrollIntoView({ block: "nearest" });
    }
}

export function neighbour(item, step) {
    const all = items();
    const at = all.indexOf(item);
    return all[at + step] ?? null;
}

function middle(item) {
    const box = item.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2, height: box.height };
}

// The nearest one in the next row above (-1) or below (1).
export function inRow(item, direction) {
    const all = items();
    const at = all.indexOf(item);
    const near = all.slice(Math.max(at - NEAR, 0), at + NEAR);
    const from = middle(item);
    const places = near
        .map((other) => ({ other, place: middle(other) }))
        .filter(({ place }) => (place.y - from.y) * direction > from.height / 2);
    if (places.length === 0) {
        return null;
    }
    const row = Math.min(...places.map(({ place }) => Math.abs(place.y - from.y)));
    const inThatRow = places.filter(({ place }) => Math.abs(place.y - from.y) < row + 20);
    inThatRow.sort((one, two) => Math.abs(one.place.x - from.x) - Math.abs(two.place.x - from.x));
    return inThatRow[0].other;
}

// ---- the chosen ones ----

function boxOf(item) {
    return item.querySelector("input[type='checkbox']");
}

export function chosen() {
    return items().filter((item) => boxOf(item)?.checked);
}

export function showChosen() {
    const place = form.querySelector("[data-chosen]");
    if (!place) {
        return;
    }
    const count = chosen().length;
    const words =
        count === 0
            ? place.dataset.chosenNone
            : count === 1
              ? place.dataset.chosenOne
              : place.dataset.chosenMany;
    place.textContent = words.replace("{n}", count);
}

export function choose(list, isChosen) {
    for (const item of list) {
        const box = boxOf(item);
        if (box) {
            box.checked = isChosen;
        }
    }
    showChosen();
}

export function toggle(item) {
    choose([item], !boxOf(item)?.checked);
    anchorId = item.dataset.photo;
}

export function setAnchor(item) {
    anchorId = item.dataset.photo;
}

// From where the choosing began (or the one in focus) to this one.
export function chooseRange(item) {
    const all = items();
    const from = all.indexOf((anchorId && itemById(anchorId)) || current() || item);
    const to = all.indexOf(item);
    anchorId = all[from].dataset.photo;
    choose(all, false);
    choose(all.slice(Math.min(from, to), Math.max(from, to) + 1), true);
}

// What a key or a button means: the chosen ones, else the one in focus.
export function targets() {
    const list = chosen();
    return list.length > 0 ? list : [current()].filter(Boolean);
}
