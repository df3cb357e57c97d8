// SPDX-License-Identifier: AGPL-3.0-or-later
// Small helps around the fields of a release: characters are counted while one types, a title stays
// on one line, a topic is put in or taken out by its chip, an hour is filled in by its button.

function count(control) {
    const place = document.getElementById(control.dataset.count);
    if (place?.dataset.countText) {
        const length = [...control.value].length;
        place.textContent = place.dataset.countText
            .replace("{n}", length)
            .replace("{most}", control.maxLength);
        place.classList.toggle("near", length > control.maxLength * 0.9);
    }
}

function words(field) {
    return field.value
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean);
}

function sameWord(one, other) {
    return one.localeCompare(other, "es", { sensitivity: "base" }) === 0;
}

function showTopics(field) {
    const chosen = words(field);
    for (const chip of field.form.querySelectorAll("[data-topic]")) {
        const pressed = chosen.some((word) => sameWord(word, chip.dataset.topic));
        chip.setAttribute("aria-pressed", String(pressed));
    }
}

function toggleTopic(chip) {
    const field = chip.closest("form").elements.topics;
    const chosen = words(field);
    const rest = chosen.filter((word) => !sameWord(word, chip.dataset.topic));
    field.value = (rest.length < chosen.length ? rest : [...chosen, chip.dataset.topic]).join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
}

function fill(button) {
    const field = button.closest("form").elements[button.dataset.fill];
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
}

document.addEventListener("input", (event) => {
    const control = event.target;
    if (control.matches("[data-one-line]") && control.value.includes("\n")) {
        control.value = control.value.replace(/\s*\n\s*/g, " ");
    }
    if (control.matches("[data-count]")) {
        count(control);
    }
    if (control.name === "topics" && control.form) {
        showTopics(control);
    }
});

// Enter in a field that has a button of its own presses that one, and does not send the whole form.
document.addEventListener("keydown", (event) => {
    const field = event.target;
    const own = field.name && field.form?.querySelector(`[data-enter="${CSS.escape(field.name)}"]`);
    if (event.key === "Enter" && !event.isComposing && (own || field.matches?.("[data-one-line]"))) {
        event.preventDefault();
        own?.click();
    }
});

document.addEventListener("click", (event) => {
    const chip = event.target.closest?.("[data-topic]");
    const hour = event.target.closest?.("[data-fill]");
    if (chip) {
        toggleTopic(chip);
    } else if (hour) {
        fill(hour);
    }
});

export function refreshFields(form) {
    form.querySelectorAll("[data-count]").forEach(count);
    if (form.elements.topics) {
        showTopics(form.elements.topics);
    }
}

document.querySelectorAll("form[data-press-editor]").forEach(refreshFields);
