// SPDX-License-Identifier: AGPL-3.0-or-later
// <button data-print>: the browser's own printing.

document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) {
        window.print();
    }
});
