// SPDX-License-Identifier: AGPL-3.0-or-later
// The coverages of the field page as they will be when all is sent: state, what comes next, a mark.

import { words } from "./field-words.js";

const LEADS_TO = { accept: "accepted", start: "in_progress", deliver: "delivered", decline: "declined" };
const MAY = {
    accepted: ["start", "deliver", "decline", "note"],
    in_progress: ["deliver", "note"],
    delivered: ["note"],
    declined: [],
};
// data-to-in_progress becomes dataset.toIn_progress.
const labelOf = (state) => words(`to${state[0].toUpperCase()}${state.slice(1)}`);

/** What the entries make of a coverage; refused ones make nothing, shown ones are in the page already. */
export function foreseen(state, entries) {
    const counting = entries.filter((entry) => entry.state !== "refused" && !(entry.state === "sent" && entry.shown));
    return counting.reduce((now, entry) => LEADS_TO[entry.act] ?? now, state);
}

function drawTask(task, entries) {
    const { state, may } = task.dataset;
    const next = foreseen(state, entries);
    const allowed = next === state ? may.split(" ") : MAY[next];
    const chip = task.querySelector("[data-chip]");
    chip.dataset.server ??= chip.textContent;
    chip.textContent = next === state ? chip.dataset.server : labelOf(next);
    task.querySelector("[data-kept]").hidden = !entries.some((entry) => entry.state !== "sent");
    for (const button of task.querySelectorAll("[data-act]")) {
        button.hidden = !allowed.includes(button.dataset.act);
    }
}

export function drawTasks(entries) {
    for (const task of document.querySelectorAll("[data-task]")) {
        drawTask(
            task,
            entries.filter((entry) => entry.coverage === task.dataset.task),
        );
    }
}

// ---- what the server says now ----

let lastSeen = document.getElementById("tasks")?.outerHTML;

function openOnes() {
    return [...document.querySelectorAll("#tasks details[open]")].map((box) => box.id);
}

/** Puts the fresh page's coverages into this one. What is open stays open. */
export function takeTasks(fresh) {
    const at = fresh.querySelector("[data-at]");
    document.querySelector("[data-at]").replaceWith(document.importNode(at, true));
    const tasks = fresh.getElementById("tasks");
    if (tasks.outerHTML === lastSeen) {
        return;
    }
    lastSeen = tasks.outerHTML;
    const open = openOnes();
    const focused = document.activeElement?.id;
    document.getElementById("tasks").replaceWith(document.importNode(tasks, true));
    for (const id of open) {
        document.getElementById(id)?.setAttribute("open", "");
    }
    if (focused) {
        document.getElementById(focused)?.focus();
    }
}
