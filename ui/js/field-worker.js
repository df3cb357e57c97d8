// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker of the field page (/mesa/campo/sw.js names its files and loads it): the page opens without a
// network, as it was last seen. It keeps that one page and what it is drawn with, nothing else of the desk.

import { openQueue } from "./field-store.js";
import { sendWaiting } from "./field-send.js";

const { page: PAGE, assets: ASSETS } = self.vocero;
const PREFIX = "vocero-campo-";
const CACHE = PREFIX + ASSETS.map((path) => /-([0-9a-f]+)\.\w+$/.exec(path)[1]).join("");
const PATIENCE_MS = 3000;

function isPage(answer) {
    return answer.ok && !answer.redirected && answer.type === "basic";
}

async function keepPage(answer) {
    if (isPage(answer)) {
        const cache = await caches.open(CACHE);
        await cache.put(PAGE, answer.clone());
    }
    return answer;
}

// ---- coming and going ----

// Somebody whose session has ended gets the worker without a page.
async function install() {
    const cache = await caches.open(CACHE);
    await cache.addAll(ASSETS);
    await keepPage(await fetch(PAGE, { headers: { Accept: "text/html" }, cache: "no-store" }));
    await self.skipWaiting();
}

async function activate() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

// ---- answering ----

function keptPage() {
    return caches.match(PAGE, { ignoreVary: true });
}

function later(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// The network goes first for three seconds; then what was kept, if anything was.
async function answerPage(event) {
    const fresh = fetch(event.request).then(keepPage);
    event.waitUntil(fresh.catch(() => {}));
    if (event.request.cache === "reload") {
        return fresh;
    }
    const answer = await Promise.race([fresh.catch(() => undefined), later(PATIENCE_MS)]);
    if (answer && answer.status < 500) {
        return answer;
    }
    return (await keptPage()) ?? fresh;
}

async function answerAsset(request) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) {
        return kept;
    }
    const answer = await fetch(request);
    if (answer.ok) {
        const cache = await caches.open(CACHE);
        await cache.put(request, answer.clone());
    }
    return answer;
}

self.addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    const { origin, pathname } = new URL(url);
    if (method !== "GET" || origin !== self.location.origin) {
        return;
    }
    if (pathname === PAGE) {
        event.respondWith(answerPage(event));
    } else if (pathname.startsWith("/estatico/")) {
        event.respondWith(answerAsset(event.request));
    }
});

// ---- sending when the network is back and no page is open (Background Sync) ----

async function sendInBackground() {
    const queue = await openQueue();
    const result = await sendWaiting(queue);
    queue.disk?.database.close();
    if (result?.state === "offline" || result?.state === "busy") {
        throw new Error("not all is sent"); // the browser tries again
    }
    new BroadcastChannel("vocero-campo").postMessage("changed");
}

self.addEventListener("sync", (event) => {
    if (event.tag === "vocero-campo") {
        event.waitUntil(sendInBackground());
    }
});
