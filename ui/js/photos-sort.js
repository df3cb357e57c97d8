// SPDX-License-Identifier: AGPL-3.0-or-later
// Choosing from an event's pictures (form[data-sort]): one key marks, arrows go on, Shift chooses a range,
// Space shows large. Without this script the boxes and the buttons do the same, a page each time.

import {
    choose,
    chooseRange,
    chosen,
    current,
    focusOn,
    form,
    inRow,
    itemOf,
    items,
    neighbour,
    say,
    setAnchor,
    setCurrent,
    showChosen,
    targets,
    toggle,
} from "./photos-sort-items.js";
import { isLarge, openLarge } from "./photos-sort-large.js";
import { mark, undo } from "./photos-sort-marks.js";
import { isTyping, shortcutsAreOn } from "./shortcuts.js";

const MARKS = { c: "keep", x: "drop", s: "star", 0: "none" };

// ---- marking ----

// A single one gives way to the next; a selection is done with.
function markTargets(wanted, byKey) {
    const list = targets();
    if (list.length === 0) {
        say(form.dataset.nothing);
        return;
    }
    mark(list, wanted);
    if (chosen().length > 0) {
        choose(items(), false);
        return;
    }
    const next = neighbour(list[0], 1);
    if (next && byKey) {
        focusOn(next);
    } else if (next) {
        setCurrent(next);
        next.scrollIntoView({ block: "nearest" });
    }
}

async function takeBack() {
    const [changed] = await undo();
    if (changed) {
        focusOn(changed);
    }
}

// ---- keys ----

function isBox(element) {
    return element.matches?.(".sort-item input[type='checkbox']");
}

function letterKey(event) {
    const wanted = MARKS[event.key.toLowerCase()];
    const typed = isTyping(event) && !(isBox(event.target) && !event.ctrlKey && !event.metaKey);
    if (!wanted || typed || !shortcutsAreOn() || event.repeat) {
        return false;
    }
    markTargets(wanted, true);
    return true;
}

function arrowTarget(item, key) {
    const all = items();
    switch (key) {
        case "ArrowLeft":
            return neighbour(item, -1);
        case "ArrowRight":
            return neighbour(item, 1);
        case "ArrowUp":
            return inRow(item, -1);
        case "ArrowDown":
            return inRow(item, 1);
        case "Home":
            return all[0];
        case "End":
            return all.at(-1);
        default:
            return undefined;
    }
}

function arrowKey(event) {
    const item = itemOf(event.target);
    const to = item && !event.ctrlKey && !event.metaKey ? arrowTarget(item, event.key) : undefined;
    if (to === undefined) {
        return false;
    }
    if (to) {
        if (event.shiftKey) {
            if (chosen().length === 0) {
                setAnchor(item);
            }
            focusOn(to);
            chooseRange(to);
        } else {
            focusOn(to);
            setAnchor(to);
        }
    }
    return true;
}

function allKey(event) {
    const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a";
    if (!isAll || (event.target.matches("input, textarea, select") && !isBox(event.target))) {
        return false;
    }
    const all = items();
    choose(all, chosen().length < all.length);
    return true;
}

function itemKey(event) {
    const link = event.target.closest?.(".sort-item a");
    if (event.key === "Escape" && chosen().length > 0) {
        choose(items(), false);
        return true;
    }
    if (link && event.key === " ") {
        openLarge(itemOf(link));
        return true;
    }
    if (link && event.key === "Enter") {
        location.assign(link.href);
        return true;
    }
    return false;
}

function onKey(event) {
    if (event.defaultPrevented || isLarge() || document.querySelector("dialog[open]")) {
        return;
    }
    if (allKey(event) || arrowKey(event) || itemKey(event) || letterKey(event)) {
        event.preventDefault();
    }
}

// ---- pointer ----

function onClick(event) {
    const item = itemOf(event.target);
    if (!item) {
        return;
    }
    if (isBox(event.target)) {
        if (event.shiftKey) {
            chooseRange(item);
        } else {
            setAnchor(item);
            showChosen();
        }
        setCurrent(item);
        return;
    }
    if (!event.target.closest("a") || event.button !== 0) {
        return;
    }
    event.preventDefault();
    setCurrent(item);
    if (event.shiftKey) {
        chooseRange(item);
    } else if (event.ctrlKey || event.metaKey) {
        toggle(item);
    } else {
        openLarge(item);
    }
}

// ---- forms ----

// On the window, before the page asks whether one is sure.
function onSubmitFirst(event) {
    const needs = event.target === form && event.submitter?.matches("[data-needs-photos]");
    if (needs && chosen().length === 0) {
        event.preventDefault();
        event.stopImmediatePropagation();
        say(form.dataset.nothing);
        const place = form.querySelector("[data-chosen]");
        place.textContent = form.dataset.nothing;
        place.scrollIntoView({ block: "nearest" });
    }
}

function onSubmit(event) {
    if (event.target === form && event.submitter?.name === "mark") {
        event.preventDefault();
        markTargets(event.submitter.value, false);
    } else if (event.target.matches("[data-sort-undo]")) {
        event.preventDefault();
        takeBack();
    }
}

// Hundreds of boxes are one field.
function onFormData(event) {
    const photos = event.formData.getAll("photos");
    event.formData.delete("photos");
    event.formData.set("photos", photos.join(","));
}

async function takeWords() {
    const item = current() ?? chosen()[0];
    if (!item) {
        say(form.dataset.nothing);
        return;
    }
    const answer = await fetch(`/mesa/fotos/${item.dataset.photo}`, {
        headers: { Accept: "application/json" },
    });
    const photo = answer.ok ? await answer.json() : {};
    for (const name of ["caption", "place", "credit"]) {
        form.elements[name].value = photo[name] ?? "";
    }
    form.elements.people.value = (photo.people ?? []).join("\n");
    form.elements.caption.focus();
}

if (form) {
    document.addEventListener("keydown", onKey);
    form.addEventListener("click", onClick);
    form.addEventListener("focusin", (event) => {
        if (itemOf(event.target)) {
            setCurrent(itemOf(event.target));
        }
    });
    window.addEventListener("submit", onSubmitFirst, true);
    document.addEventListener("submit", onSubmit);
    form.addEventListener("formdata", onFormData);
    form.querySelector("[data-take-words]")?.addEventListener("click", takeWords);
    setCurrent(items()[0] ?? null);
    showChosen();
}
