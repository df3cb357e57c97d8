// SPDX-License-Identifier: AGPL-3.0-or-later
// Logging out of the desk also takes what the field page kept in this browser: its page and what was sent.
// What was not sent yet stays for its person, who is asked for it at the next login.

import { forgetSent } from "./field-store.js";

const PATIENCE_MS = 1500;

async function forget() {
    const names = await caches.keys();
    const ours = names.filter((name) => name.startsWith("vocero-campo-"));
    await Promise.all(ours.map((name) => caches.delete(name)));
    if (ours.length > 0) {
        await forgetSent();
    }
}

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/salir" || event.defaultPrevented || !("caches" in window)) {
        return;
    }
    event.preventDefault();
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    Promise.race([forget(), late]).finally(() => form.submit());
});
