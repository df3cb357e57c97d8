// SPDX-License-Identifier: AGPL-3.0-or-later
// A field of several words between commas (input[data-many][list]) suggests for the last of them: the
// browser's own list knows only whole values, so what stands before the comma is put before each.

function suggestBehind(field) {
    const at = field.value.lastIndexOf(",");
    const before = at < 0 ? "" : `${field.value.slice(0, at + 1)} `;
    const taken = new Set(before.split(",").map((word) => word.trim()));
    for (const option of field.list.options) {
        option.dataset.word ??= option.value;
        option.disabled = taken.has(option.dataset.word);
        option.value = before + option.dataset.word;
    }
}

document.addEventListener("input", (event) => {
    if (event.target.matches("input[data-many][list]")) {
        suggestBehind(event.target);
    }
});
