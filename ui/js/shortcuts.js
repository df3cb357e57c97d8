// SPDX-License-Identifier: AGPL-3.0-or-later
// "/" goes to the search field; <a data-key="t"> is clicked by its key, a <summary data-key="f"> opened
// and its first field focused; <button data-opens="id"> shows a dialog. WCAG 2.1.4 wants a way to switch
// such keys off: <input type="checkbox" data-shortcuts> does, and is remembered in this browser.

const KEY = "vocero-shortcuts";

export function shortcutsAreOn() {
    try {
        return localStorage.getItem(KEY) !== "off";
    } catch {
        return true;
    }
}

// True while a letter key means text, or belongs to the browser.
export function isTyping(event) {
    const at = event.target;
    // "[" is AltGr with another key on Spanish keyboards, which says Ctrl and Alt on Windows.
    const isWritten = event.getModifierState("AltGraph");
    return (
        event.metaKey ||
        ((event.ctrlKey || event.altKey) && !isWritten) ||
        event.isComposing ||
        at.isContentEditable ||
        at.matches?.("input, textarea, select")
    );
}

document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || isTyping(event) || !shortcutsAreOn()) {
        return;
    }
    const field = document.querySelector("[data-search]");
    // The site's field is not shown on telephones.
    if (field?.checkVisibility?.() ?? field) {
        event.preventDefault();
        field.focus();
        field.select();
    }
});

function isShown(element) {
    return element.checkVisibility?.() ?? true;
}

function useKey(target) {
    target.click();
    if (target.matches("summary") && target.parentElement.open) {
        target.parentElement.querySelector("select, input:not([type='hidden'])")?.focus();
    }
}

document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTyping(event) || !shortcutsAreOn()) {
        return;
    }
    if (document.querySelector("dialog[open]")) {
        return;
    }
    const named = [...document.querySelectorAll("[data-key]")];
    const target = named.find((one) => one.dataset.key === event.key && isShown(one));
    if (target) {
        event.preventDefault();
        useKey(target);
    }
});

document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) {
        document.getElementById(opener.dataset.opens)?.showModal();
    }
});

document.addEventListener("change", (event) => {
    if (event.target.matches("[data-shortcuts]")) {
        try {
            localStorage.setItem(KEY, event.target.checked ? "on" : "off");
        } catch {
            // Nothing to remember it in.
        }
    }
});

document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-shortcuts]")) {
        box.checked = shortcutsAreOn();
    }
});
