// SPDX-License-Identifier: AGPL-3.0-or-later
// The copy of a text that this browser keeps while the office has not got it: against a lost network, an
// empty battery, a closed lid. It is offered when the editor is opened again, and never taken by itself.

const PREFIX = "vocero-comunicado-";
// What belongs to the sending, not to the text.
const NOT_TEXT = new Set(["csrf", "version", "was", "then", "theirs", "autosave", "event_seen"]);

export function textOf(form) {
    return [...new FormData(form)].filter(([name]) => !NOT_TEXT.has(name));
}

function storage(act) {
    try {
        return act(localStorage);
    } catch {
        return null; // Switched off, or full: then only the network keeps it.
    }
}

export function keepCopy(key, form, isSent = false) {
    const copy = {
        at: Date.now(),
        version: form.elements.version?.value ?? "",
        isSent,
        fields: textOf(form),
    };
    storage((place) => place.setItem(PREFIX + key, JSON.stringify(copy)));
}

export function dropCopy(key) {
    storage((place) => place.removeItem(PREFIX + key));
}

function readCopy(key) {
    const text = storage((place) => place.getItem(PREFIX + key));
    try {
        return text ? JSON.parse(text) : null;
    } catch {
        return null;
    }
}

function isSame(form, fields) {
    const there = textOf(form);
    return JSON.stringify(there) === JSON.stringify(fields);
}

function put(form, fields) {
    for (const [name, value] of fields) {
        const control = form.elements[name];
        if (control && "value" in control) {
            control.value = value;
            control.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}

function said(at) {
    return new Date(at).toLocaleString("es-MX", { dateStyle: "medium", timeStyle: "short" });
}

// A copy that was sent, of a version that is not the present one any more, has arrived.
function hasArrived(form, copy) {
    return copy.isSent && copy.version !== (form.elements.version?.value ?? "");
}

export function offerCopy(key, form) {
    const copy = readCopy(key);
    const notice = form.querySelector("[data-kept-copy]");
    if (!copy || !notice) {
        return;
    }
    if (hasArrived(form, copy) || isSame(form, copy.fields)) {
        dropCopy(key);
        return;
    }
    const when = notice.querySelector("[data-kept-when]");
    when.textContent = when.dataset.words.replace("{time}", said(copy.at));
    notice.hidden = false;
    notice.querySelector("[data-kept-take]").addEventListener("click", () => {
        put(form, copy.fields);
        notice.hidden = true;
        form.elements.body?.focus();
    });
    notice.querySelector("[data-kept-drop]").addEventListener("click", () => {
        dropCopy(key);
        notice.hidden = true;
        form.elements.body?.focus();
    });
}
