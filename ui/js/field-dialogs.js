// SPDX-License-Identifier: AGPL-3.0-or-later
// The dialogs of the field page: deliver, decline, a note, and "are you sure?".

import { sizeSaid, words } from "./field-words.js";

const FILES_MAX = 200 * 1024 * 1024;

function textOf(form, name) {
    return form.elements[name].value.trim();
}

function filesOf(form) {
    const inputs = [...form.elements].filter((control) => control.type === "file");
    return inputs.flatMap((input) => [...input.files]).map((file) => ({ name: file.name, blob: file }));
}

function isLink(text) {
    return /^https?:\/\/\S+$/i.test(text);
}

function without(fields) {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

// What is wrong is thrown as the sentence that is shown.
const READERS = {
    deliver(form) {
        const files = filesOf(form);
        const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
        const note = textOf(form, "note");
        const link = textOf(form, "link");
        if (!note && !link && files.length === 0) {
            throw new Error(words("nothing"));
        }
        if (link && !isLink(link)) {
            throw new Error(words("notALink"));
        }
        if (size > FILES_MAX) {
            throw new Error(words("tooLarge", { what: sizeSaid(size) }));
        }
        const numbers = {
            quantity_delivered: textOf(form, "quantity_delivered"),
            worked_minutes: textOf(form, "worked_minutes"),
        };
        return { fields: without({ note, link, ...numbers }), files, size };
    },
    decline(form) {
        const reason = textOf(form, "reason");
        if (!reason) {
            throw new Error(words("reasonMissing"));
        }
        return { fields: { reason }, files: [], size: 0 };
    },
    note(form) {
        const text = textOf(form, "text");
        if (!text) {
            throw new Error(words("textMissing"));
        }
        return { fields: { text }, files: [], size: 0 };
    },
};

function complain(dialog, message) {
    const line = dialog.querySelector("[data-error]");
    line.textContent = message;
    line.hidden = !message;
}

/** Opens the dialog of an act; give() gets what was filled in, and says whether the dialog may close. */
export function openAct(act, title, give) {
    const dialog = document.getElementById(act);
    const form = dialog.querySelector("form");
    dialog.querySelector("[data-about]").textContent = title;
    complain(dialog, "");
    form.onsubmit = async (event) => {
        event.preventDefault();
        try {
            await give(READERS[act](form));
            form.reset();
            dialog.close();
        } catch (error) {
            complain(dialog, error.message);
        }
    };
    dialog.showModal();
}

document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) {
        event.target.closest("dialog").close();
    }
});

/** Asks; lines name what would be lost. Resolves to true for yes. */
export function isSure(question, detail, lines) {
    const dialog = document.getElementById("sure");
    dialog.querySelector("[data-question]").textContent = question;
    dialog.querySelector("[data-detail]").textContent = detail;
    const list = dialog.querySelector("[data-lost]");
    list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
        dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
}
