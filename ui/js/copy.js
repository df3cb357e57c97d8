// SPDX-License-Identifier: AGPL-3.0-or-later
// <button data-copy="ID">: puts what stands in the field with that id on the clipboard, and says so by
// selecting it. Without this script people select and copy it themselves.

document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    const field = button && document.getElementById(button.dataset.copy);
    if (!field) {
        return;
    }
    field.focus();
    field.select();
    try {
        await navigator.clipboard.writeText(field.value);
        button.classList.add("done");
    } catch {
        // No leave to write there: what is selected can be copied by hand.
    }
});
