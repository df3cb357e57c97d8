// SPDX-License-Identifier: AGPL-3.0-or-later
// The text beside the editor as everybody will read it: the server makes the HTML, so that what is seen
// here is what is published. On a telephone one of the two is shown (button[data-pane-switch]).

const PAUSE_MS = 350;

let timer = 0;
let asked = 0;

function fieldsOf(form) {
    const fields = new URLSearchParams();
    for (const name of ["csrf", "title", "lead", "body"]) {
        fields.set(name, form.elements[name]?.value ?? "");
    }
    return fields;
}

function put(place, text) {
    place.textContent = text ?? "";
    place.hidden = !text;
}

function show(form, preview) {
    const pane = form.querySelector("[data-preview]");
    put(pane.querySelector("[data-preview-title]"), preview.title);
    put(pane.querySelector("[data-preview-lead]"), preview.lead);
    // Sanitised by the server; the page's policy runs nothing that is inline.
    pane.querySelector("[data-preview-body]").innerHTML = preview.body_html ?? "";
    const count = form.querySelector("[data-preview-count]");
    count.textContent = count.dataset.words
        .replace("{words}", preview.words.toLocaleString("es-MX"))
        .replace("{minutes}", preview.minutes);
}

async function ask(form) {
    const mine = (asked += 1);
    try {
        const answer = await fetch("/mesa/comunicados/previa", {
            method: "POST",
            body: fieldsOf(form),
            headers: { Accept: "application/json" },
        });
        if (answer.ok && mine === asked) {
            show(form, await answer.json());
        }
    } catch {
        // No network for a moment: the next letter asks again.
    }
}

function askSoon(form) {
    clearTimeout(timer);
    timer = setTimeout(() => ask(form), PAUSE_MS);
}

function switchPane(form, pane) {
    form.dataset.shows = pane;
    for (const button of form.querySelectorAll("[data-pane-switch]")) {
        button.setAttribute("aria-pressed", String(button.dataset.paneSwitch === pane));
    }
}

const form = document.querySelector("form[data-press-editor]");
if (form) {
    form.addEventListener("input", (event) => {
        if (["title", "lead", "body"].includes(event.target.name)) {
            askSoon(form);
        }
    });
    form.addEventListener("click", (event) => {
        const button = event.target.closest("[data-pane-switch]");
        if (button) {
            switchPane(form, button.dataset.paneSwitch);
        }
    });
    ask(form);
}
