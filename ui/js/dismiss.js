// SPDX-License-Identifier: AGPL-3.0-or-later
// Small closings: a notice by its button, a menu (details.menu) at Escape or a click elsewhere.

document.addEventListener("click", (event) => {
    const notice = event.target.closest("[data-dismiss]")?.closest(".notice");
    if (notice) {
        notice.remove();
        // The focus was on the button that is gone now.
        document.querySelector("main")?.focus({ preventScroll: true });
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
        if (!menu.contains(event.target)) {
            menu.open = false;
        }
    }
});

document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
        return;
    }
    const menu = event.target.closest?.("details.menu[open]");
    if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
    }
});
