// SPDX-License-Identifier: AGPL-3.0-or-later
// What others mark and what the machine has looked at comes to form[data-sort] by itself: the counts are asked
// for, and only when they are others than those shown are the pictures fetched anew.

import htmx from "./htmx.js";
import { current, form, setCurrent, showChosen } from "./photos-sort-items.js";
import { isSending } from "./photos-sort-marks.js";

const AGAIN_MS = 4000;
const COUNTS = { keep: "kept", star: "starred", drop: "dropped", none: "unchosen" };

const place = document.querySelector("[data-progress-at]");

let timer = 0;

function shown(mark) {
    const element = document.querySelector(`[data-count-of="${mark}"]`);
    return Number(element.textContent.replace(/\D/g, ""));
}

function inState(state) {
    return form.querySelectorAll(`.sort-item[data-state="${state}"]`).length;
}

function isOther(counts) {
    const marked = Object.entries(COUNTS).some(([mark, key]) => shown(mark) !== counts[key]);
    return marked || inState("processing") > counts.processing || inState("failed") > counts.failed;
}

function showCounts(counts) {
    for (const [mark, key] of Object.entries(COUNTS)) {
        document.querySelector(`[data-count-of="${mark}"]`).textContent = counts[key];
    }
}

function showProgress(counts) {
    const all = counts.kept + counts.starred + counts.dropped + counts.unchosen;
    const bar = place.querySelector("progress");
    place.hidden = counts.processing === 0;
    bar.max = Math.max(all, 1);
    bar.value = all - counts.processing;
    const words = place.querySelector("[data-progress-words]");
    words.textContent = place.dataset.words.replace("{n}", counts.processing);
}

async function fetchPictures() {
    const target = document.getElementById("tanda");
    const here = location.pathname + location.search;
    const how = { source: target, target, select: "#tanda", swap: "outerMorph" };
    await htmx.ajax("GET", here, how);
    setCurrent(current());
    showChosen();
}

async function look() {
    clearTimeout(timer);
    timer = 0;
    if (isSending()) {
        lookAgain();
        return;
    }
    const answer = await fetch(place.dataset.progressAt, { headers: { Accept: "application/json" } });
    if (!answer.ok || isSending()) {
        return;
    }
    const counts = await answer.json();
    const other = isOther(counts);
    showProgress(counts);
    if (other) {
        showCounts(counts);
        await fetchPictures();
    }
    if (counts.processing > 0) {
        lookAgain();
    }
}

function lookAgain() {
    timer ||= setTimeout(() => look().catch(() => {}), AGAIN_MS);
}

if (form && place) {
    place.addEventListener("vocero:live", () => look().catch(() => {}));
    document.addEventListener("visibilitychange", () => {
        if (!document.hidden && !place.hidden) {
            lookAgain();
        }
    });
    if (!place.hidden) {
        lookAgain();
    }
}
