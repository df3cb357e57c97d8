// SPDX-License-Identifier: AGPL-3.0-or-later
// The editor saves by itself a moment after one stops typing (form[data-autosave]), and at Ctrl+S. Each
// saving names the version that it stands on: when somebody else was first nothing is overwritten, and both
// texts are shown. Without a network the browser keeps a copy and tries again.

import { dropCopy, keepCopy, offerCopy, textOf } from "./press-copy.js";

const PAUSE_MS = 2500;
const AGAIN_MS = 5000;

const form = document.querySelector("form[data-press-editor]");
const state = form?.querySelector("[data-save-state]");

let timer = 0;
let isSaving = false;
let isBlocked = false; // Somebody else was first: people decide.
let saved = form ? JSON.stringify(textOf(form)) : "";

function key() {
    return form.dataset.copyKey ?? "";
}

function say(what, values = {}) {
    let text = state.dataset[what] ?? "";
    for (const [name, value] of Object.entries(values)) {
        text = text.replace(`{${name}}`, value);
    }
    if (state.textContent !== text) {
        state.textContent = text;
    }
    state.dataset.is = what;
}

function isDirty() {
    return JSON.stringify(textOf(form)) !== saved;
}

// The same sign as press_sign_of() makes: FNV-1a over the trimmed text's UTF-8.
function signOf(text) {
    const plain = text.replaceAll("\r", "").trim().normalize("NFC");
    let sum = 2166136261;
    for (const byte of new TextEncoder().encode(plain)) {
        sum = Math.imul(sum ^ byte, 16777619) >>> 0;
    }
    return sum.toString(16).padStart(8, "0");
}

function signAnew() {
    const was = form.elements.was;
    const names = was.value.split(" ").map((sign) => sign.split("=")[0]);
    was.value = names
        .filter((name) => form.elements[name])
        .map((name) => `${name}=${signOf(form.elements[name].value)}`)
        .join(" ");
}

// What is saved is not "typed and not sent" any more: the leave warning compares with the defaults.
function settle() {
    for (const control of form.elements) {
        if (control instanceof HTMLSelectElement) {
            for (const option of control.options) {
                option.defaultSelected = option.selected;
            }
        } else if (control.type === "checkbox" || control.type === "radio") {
            control.defaultChecked = control.checked;
        } else if (control.type !== "hidden" && "defaultValue" in control) {
            control.defaultValue = control.value;
        }
    }
}

function setVersion(version) {
    let field = form.elements.version;
    if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = "version";
        form.append(field);
    }
    field.value = version;
}

// A new release has an address from its first saving on.
function moveTo(release) {
    if (key() !== "new") {
        return;
    }
    dropCopy("new");
    form.dataset.copyKey = release.id;
    form.action = `/mesa/comunicados/${release.id}`;
    history.replaceState(null, "", `/mesa/comunicados/${release.id}/editar`);
}

function take(release, sent) {
    moveTo(release);
    setVersion(release.version);
    saved = sent;
    if (JSON.stringify(textOf(form)) === sent) {
        signAnew();
        settle();
        dropCopy(key());
        say("saved", { time: release.changed_at.slice(11, 16) });
    } else {
        saveSoon();
    }
    document.body.dispatchEvent(new CustomEvent("vocero:saved"));
}

async function whoWasFirst() {
    try {
        const answer = await fetch(`${form.action}/versiones?limit=1`, {
            headers: { Accept: "application/json" },
        });
        return (await answer.json()).items[0]?.person_name;
    } catch {
        return null;
    }
}

async function showConflict() {
    isBlocked = true;
    keepCopy(key(), form);
    const notice = form.querySelector("[data-conflict]");
    const who = notice.querySelector("[data-conflict-who]");
    const name = (await whoWasFirst()) ?? who.dataset.somebody;
    who.textContent = who.dataset.words.replace("{name}", name);
    notice.hidden = false;
    say("waiting");
    notice.scrollIntoView({ block: "center" });
}

async function refused(answer) {
    if (answer.status === 412) {
        await showConflict();
        return;
    }
    const told = await answer.json().catch(() => null);
    keepCopy(key(), form);
    say("refused", { why: told?.error?.message ?? answer.status });
}

function lost() {
    keepCopy(key(), form);
    say("offline");
    clearTimeout(timer);
    timer = setTimeout(() => save(true), AGAIN_MS);
}

function fields(bySelf) {
    const sent = new URLSearchParams(new FormData(form));
    sent.delete("theirs");
    sent.delete("then");
    if (bySelf) {
        sent.set("autosave", "1");
    }
    return sent;
}

async function save(bySelf) {
    clearTimeout(timer);
    if (isSaving || isBlocked) {
        return;
    }
    if (!form.elements.title.value.trim()) {
        keepCopy(key(), form);
        say("needsTitle");
        return;
    }
    if (bySelf && !isDirty()) {
        return;
    }
    isSaving = true;
    say("saving");
    const sent = JSON.stringify(textOf(form));
    let answer = null;
    try {
        answer = await fetch(form.action, {
            method: "POST",
            body: fields(bySelf),
            headers: { Accept: "application/json" },
        });
    } catch {
        // Said below: there is no answer.
    }
    isSaving = false;
    if (!answer || answer.status >= 500) {
        lost();
    } else if (answer.ok) {
        take(await answer.json(), sent);
    } else {
        await refused(answer);
    }
}

function saveSoon() {
    clearTimeout(timer);
    if (!isBlocked) {
        timer = setTimeout(() => save(true), PAUSE_MS);
    }
}

function touched() {
    keepCopy(key(), form);
    if ("autosave" in form.dataset && !isBlocked) {
        say("waiting");
        saveSoon();
    }
}

function isCommand(event) {
    return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}

function onKey(event) {
    if (!isCommand(event) || event.isComposing || document.querySelector("dialog[open]")) {
        return;
    }
    const button =
        event.key === "s" ? form.querySelector("[data-save]") : form.querySelector("[data-send]");
    if ((event.key === "s" || event.key === "Enter") && button) {
        event.preventDefault();
        button.click();
    }
}

// Where it saves by itself, "Save" stays in the editor.
function onSubmit(event) {
    clearTimeout(timer);
    const isPlainSave = event.submitter?.matches("[data-save]") && "autosave" in form.dataset;
    if (isPlainSave && !isBlocked) {
        event.preventDefault();
        save(false);
    } else if (!event.submitter?.hasAttribute("formaction")) {
        keepCopy(key(), form, true);
    }
}

if (form && "copyKey" in form.dataset) {
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", onSubmit);
    window.addEventListener("online", () => isDirty() && save(true));
    offerCopy(key(), form);
}
if (form) {
    document.addEventListener("keydown", onKey);
}
