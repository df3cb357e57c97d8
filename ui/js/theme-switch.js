// SPDX-License-Identifier: AGPL-3.0-or-later
// <button data-theme-switch>: light and dark by hand; theme.js reads the choice on the next page.

const root = document.documentElement;
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function shownTheme() {
    return root.dataset.theme ?? (systemIsDark.matches ? "dark" : "light");
}

function remember(theme) {
    try {
        localStorage.setItem("vocero-theme", theme);
    } catch {
        // The choice then holds for this page only.
    }
}

document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) {
        return;
    }
    root.dataset.theme = shownTheme() === "dark" ? "light" : "dark";
    remember(root.dataset.theme);
});

// Another tab of the same person changed it.
window.addEventListener("storage", (event) => {
    if (event.key === "vocero-theme" && event.newValue) {
        root.dataset.theme = event.newValue;
    }
});
