// SPDX-License-Identifier: AGPL-3.0-or-later
// "z" or Ctrl+Z takes the last step back where the page offers it (form[data-undo]): the notice of
// the step goes before the record's own button. While somebody types the keys belong to the text.

import { isTyping, shortcutsAreOn } from "./shortcuts.js";

function isText(element) {
    return element.isContentEditable || element.matches?.("input, textarea, select");
}

function isUndoKey(event) {
    if (event.key.toLowerCase() !== "z" || event.altKey || event.shiftKey || event.repeat) {
        return false;
    }
    if (event.ctrlKey || event.metaKey) {
        return !isText(event.target);
    }
    return !isTyping(event) && shortcutsAreOn();
}

document.addEventListener("keydown", (event) => {
    if (!isUndoKey(event) || document.querySelector("dialog[open]")) {
        return;
    }
    const form =
        document.querySelector(".toasts form[data-undo]") ??
        document.querySelector("form[data-undo]");
    if (form) {
        event.preventDefault();
        form.requestSubmit();
    }
});
