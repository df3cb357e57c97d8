// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody typed and has not sent: the guard of <form data-guard>, and the question whether a
// form was touched, which the live refresh asks too.

function isChanged(control) {
    if (control instanceof HTMLSelectElement) {
        return isSelectChanged(control);
    }
    if (control.type === "checkbox" || control.type === "radio") {
        return control.checked !== control.defaultChecked;
    }
    if (control.type === "file") {
        return control.files.length > 0;
    }
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
        return control.type !== "hidden" && control.value !== control.defaultValue;
    }
    return false;
}

// A select without a chosen option shows its first one.
function isSelectChanged(select) {
    const options = [...select.options];
    if (!select.multiple && !options.some((option) => option.defaultSelected)) {
        return select.selectedIndex > 0;
    }
    return options.some((option) => option.selected !== option.defaultSelected);
}

export function isTouched(form) {
    return [...form.elements].some(isChanged);
}

let isLeavingBySending = false;

document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) {
        isLeavingBySending = true;
    }
});

// The page may come back from the browser's memory after "Back".
window.addEventListener("pageshow", () => {
    isLeavingBySending = false;
});

window.addEventListener("beforeunload", (event) => {
    const guarded = [...document.querySelectorAll("form[data-guard]")];
    if (!isLeavingBySending && guarded.some(isTouched)) {
        event.preventDefault();
    }
});
