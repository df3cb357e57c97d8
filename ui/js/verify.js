// SPDX-License-Identifier: AGPL-3.0-or-later
// /verificar: a file may be dropped on the form or pasted into it; one that is too large is said before it
// is sent. Without this script the form works all the same.

const form = document.querySelector("form[data-verify]");

function trouble(text) {
    form.querySelector("[data-trouble]").textContent = text;
}

/** Puts the first file into the form's own field; false when there is none. */
function take(files) {
    if (!files?.length) {
        return false;
    }
    const one = new DataTransfer();
    one.items.add(files[0]);
    const field = form.elements.archivo;
    field.files = one.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
}

function isTooLarge() {
    const file = form.elements.archivo.files[0];
    return file !== undefined && file.size > Number(form.dataset.most);
}

function bringsFile(event) {
    return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

function onDrag(event) {
    if (bringsFile(event)) {
        event.preventDefault();
        form.classList.add("is-over");
    }
}

function onDrop(event) {
    form.classList.remove("is-over");
    if (bringsFile(event)) {
        event.preventDefault();
        take(event.dataTransfer.files);
    }
}

if (form) {
    form.addEventListener("dragover", onDrag);
    form.addEventListener("dragleave", () => form.classList.remove("is-over"));
    form.addEventListener("drop", onDrop);
    form.addEventListener("paste", (event) => {
        if (take(event.clipboardData?.files)) {
            event.preventDefault();
        }
    });
    form.addEventListener("change", () => trouble(isTooLarge() ? form.dataset.tooLarge : ""));
    form.addEventListener("submit", (event) => {
        if (isTooLarge()) {
            event.preventDefault();
            trouble(form.dataset.tooLarge);
            form.elements.archivo.focus();
        }
    });
}
