// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages with little data: who chose them once keeps them. The server leaves pictures and fonts out where the
// address says so (?datos=pocos) or the browser asks for it (Save-Data); here the choice is remembered and
// carried to the links of this site, so that no cookie is needed.

const KEY = "vocero-datos";
const FIELD = "datos";

function remembered() {
    try {
        return localStorage.getItem(KEY) === "pocos";
    } catch {
        return false;
    }
}

function remember(choice) {
    try {
        if (choice === "pocos") {
            localStorage.setItem(KEY, choice);
        } else {
            localStorage.removeItem(KEY);
        }
    } catch {
        // Storage is switched off: the choice holds for this page.
    }
}

function carry(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || !remembered()) {
        return;
    }
    const url = new URL(link.href);
    if (url.searchParams.has(FIELD) || url.pathname.startsWith("/mesa")) {
        return;
    }
    url.searchParams.set(FIELD, "pocos");
    link.href = url.pathname + url.search + url.hash;
}

const chosen = new URLSearchParams(location.search).get(FIELD);
if (chosen === "pocos" || chosen === "todos") {
    remember(chosen);
}
document.addEventListener("click", carry, true);
