// SPDX-License-Identifier: AGPL-3.0-or-later
// What others change appears by itself. The frame holds <div data-flow="/mesa/flujo">; the stream
// sends "journal" events such as {"subject": "agenda_event", "id": …, "verb": …, "by": …}. Every
// element whose data-live names the subject is refreshed: by its own hx-get and
// hx-trigger="vocero:live" where it has them, else from the page's address by its id.
//
// Streams of hidden tabs are closed (a browser opens only six connections to an HTTP/1.1 server) and
// opened again when the tab is looked at, with Last-Event-ID. Because a server may have forgotten
// that place, a stream that was opened again refreshes everything once.

import htmx from "./htmx.js";

// Several changes in a row make one refresh; the random part keeps forty desks from asking in the
// same millisecond.
const QUIET_MS = 200;
const SPREAD_MS = 300;

// A stream that broke is opened again by the extension; one that never opened, by us.
const OPEN_AGAIN_MS = 10_000;

const waiting = new Set();
let timer = 0;

function refresh(element) {
    if (!element.isConnected) {
        return;
    }
    htmx.trigger(element, "vocero:live");
    if (element.id && !element.matches("[hx-get], [data-hx-get]")) {
        htmx.ajax("GET", location.pathname + location.search, {
            source: element,
            target: element,
            select: `#${CSS.escape(element.id)}`,
            swap: "outerMorph",
        });
    }
}

function refreshWaiting() {
    timer = 0;
    const elements = [...waiting];
    waiting.clear();
    elements.forEach(refresh);
}

function refreshSoon(elements) {
    for (const element of elements) {
        waiting.add(element);
    }
    if (waiting.size > 0 && !timer) {
        timer = setTimeout(refreshWaiting, QUIET_MS + Math.random() * SPREAD_MS);
    }
}

function elementsAbout(subject) {
    return document.querySelectorAll(`[data-live~="${CSS.escape(subject)}"]`);
}

function entryOf(event) {
    try {
        return JSON.parse(event.detail.data);
    } catch {
        return null;
    }
}

function announce(entry) {
    const status = document.querySelector("[data-live-status]");
    if (status && entry.by) {
        status.textContent = status.dataset.liveStatus.replace("{by}", entry.by);
    }
}

function follow(stream) {
    let timesOpened = 0;

    stream.addEventListener("journal", (event) => {
        const entry = entryOf(event);
        const elements = entry?.subject ? elementsAbout(entry.subject) : [];
        if (elements.length > 0) {
            refreshSoon(elements);
            announce(entry);
        }
    });
    stream.addEventListener("htmx:sse:after:connection", () => {
        timesOpened += 1;
        if (timesOpened > 1) {
            refreshSoon(document.querySelectorAll("[data-live]"));
        }
    });
    const openAgain = () => {
        if (timesOpened === 0) {
            setTimeout(() => htmx.trigger(stream, "vocero:open"), OPEN_AGAIN_MS);
        }
    };
    stream.addEventListener("htmx:response:error", openAgain);
    stream.addEventListener("htmx:error", openAgain);
    // This script is deferred: htmx looks for its attributes only after it.
    stream.setAttribute("hx-sse:connect", stream.dataset.flow);
    stream.setAttribute("hx-trigger", "load, vocero:open");
    stream.setAttribute("hx-swap", "none");
}

const stream = document.querySelector("[data-flow]");
if (stream && document.querySelector("[data-live]")) {
    follow(stream);
}
