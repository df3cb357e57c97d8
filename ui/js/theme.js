// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs in the head before the first paint: the theme that the reader chose, and that scripts run.
// Without it nothing is lost but the choice; the system's theme holds.

const root = document.documentElement;

root.dataset.script = "";
try {
    const chosen = localStorage.getItem("vocero-theme");
    if (chosen === "light" || chosen === "dark") {
        root.dataset.theme = chosen;
    }
} catch {
    // Storage is switched off: the system's theme holds.
}
