// SPDX-License-Identifier: AGPL-3.0-or-later
// <button data-copy="id">: the text of a field to the clipboard; where the browser does not allow that,
// the text is marked, so that a person copies it. <button data-share="id" hidden> shows itself where the
// browser can hand a text to another app.

function status(button, text) {
    const place = button.closest("section, main")?.querySelector("[data-copy-status]");
    if (place) {
        place.textContent = text ?? "";
    }
}

function mark(field) {
    field.focus();
    field.select();
    try {
        return document.execCommand("copy");
    } catch {
        return false;
    }
}

async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    try {
        await navigator.clipboard.writeText(field.value);
        status(button, button.dataset.copied);
    } catch {
        // No clipboard without https, or it was not allowed.
        status(button, mark(field) ? button.dataset.copied : button.dataset.select);
    }
}

async function share(button) {
    const text = document.getElementById(button.dataset.share).value;
    try {
        await navigator.share({ text });
    } catch {
        // Somebody closed the sheet.
    }
}

document.addEventListener("click", (event) => {
    const copier = event.target.closest?.("[data-copy]");
    const sharer = event.target.closest?.("[data-share]");
    if (copier) {
        copy(copier);
    } else if (sharer) {
        share(sharer);
    }
});

if (navigator.share) {
    for (const button of document.querySelectorAll("[data-share]")) {
        button.hidden = false;
    }
}
