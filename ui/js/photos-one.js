// SPDX-License-Identifier: AGPL-3.0-or-later
// One photo: j or → goes to the next of its event, k or ← to the one before; Ctrl+Enter saves and goes on,
// Ctrl+S saves; the alternative text is counted while it is written.

import { refreshFields } from "./press-fields.js";
import { isTyping, shortcutsAreOn } from "./shortcuts.js";

const STEPS = { j: "after", ArrowRight: "after", k: "before", ArrowLeft: "before" };

const form = document.querySelector("form[data-photo-words]");

function isElsewhere(event) {
    const at = event.target;
    return at.closest?.("[data-over]") || document.querySelector("dialog[open]");
}

function stepKey(event) {
    const link = document.querySelector(`[data-photo-step="${STEPS[event.key]}"]`);
    if (!link || event.shiftKey || isTyping(event) || isElsewhere(event) || !shortcutsAreOn()) {
        return false;
    }
    link.click();
    return true;
}

function saveKey(event) {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!form || !isCommand || (event.key !== "s" && event.key !== "Enter")) {
        return false;
    }
    const next = event.key === "Enter" ? form.querySelector("[data-save-next]") : null;
    form.requestSubmit(next ?? form.querySelector("button.primary"));
    return true;
}

document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && (stepKey(event) || saveKey(event))) {
        event.preventDefault();
    }
});

if (form) {
    refreshFields(form);
}
