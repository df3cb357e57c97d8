// SPDX-License-Identifier: AGPL-3.0-or-later
// The field page (/mesa/campo): what is done in the street goes into a queue on the telephone and out of it
// when there is a network. Without this script the page is a list of links.

import { isSure, openAct } from "./field-dialogs.js";
import { sendWaiting, isWaiting } from "./field-send.js";
import { named, show } from "./field-show.js";
import { deleteQueue, openQueue } from "./field-store.js";
import { drawTasks, takeTasks } from "./field-tasks.js";
import { words } from "./field-words.js";

const PAGE = "/mesa/campo";
const WORKER = "/mesa/campo/sw.js";
const EVERY_MS = 30_000;
const FRESH_MS = 2 * 60_000;
const FRESH_PATIENCE_MS = 20_000;
const BUSY_MS = 1500;

const news = "BroadcastChannel" in window ? new BroadcastChannel("vocero-campo") : null;
const troubles = new Set();
let queue;
let net = navigator.onLine ? "in" : "offline";
let freshAt = 0;
let isWiped = false;

const person = () => document.querySelector("[data-day]").dataset.person;

// ---- what is seen ----

async function draw() {
    const entries = await queue.all();
    const mine = show({ net, entries, person: person(), troubles: [...troubles] });
    drawTasks(mine);
}

async function changed() {
    await draw();
    news?.postMessage("changed");
}

// ---- what the server says now ----

function pageIn(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    return fresh.querySelector("[data-field]") ? fresh : null;
}

// What was sent before this page was asked for is in it.
async function markShown(sent) {
    await Promise.all(sent.map((entry) => queue.change(entry.seq, { shown: true })));
}

async function refresh() {
    const sent = (await queue.all()).filter((entry) => entry.state === "sent" && !entry.shown);
    try {
        const signal = AbortSignal.timeout(FRESH_PATIENCE_MS);
        const answer = await fetch(PAGE, { headers: { Accept: "text/html" }, cache: "reload", signal });
        const fresh = answer.ok && !answer.redirected ? pageIn(await answer.text()) : null;
        if (!fresh) {
            return answer.redirected ? "login" : answer.status === 403 ? "forbidden" : "busy";
        }
        takeTasks(fresh);
        document.querySelector(".field-head p").textContent = fresh.querySelector("[data-day]").dataset.name;
        await markShown(sent);
        freshAt = Date.now();
        return "in";
    } catch {
        return "offline";
    }
}

// ---- sending ----

// Where the browser can: when the network is back, even with the page closed.
function sendInBackground() {
    navigator.serviceWorker?.ready
        .then((registration) => registration.sync?.register("vocero-campo"))
        .catch(() => {});
}

let isSyncing = false;
let isAskedAgain = false;

async function syncOnce(wantsNews) {
    const entries = await queue.all();
    const result = entries.some(isWaiting) ? await sendWaiting(queue, changed) : { state: net, sent: 0 };
    net = result?.state ?? net;
    if (!result) {
        setTimeout(sync, BUSY_MS); // another tab, or the worker, is at it
    }
    const isOld = Date.now() - freshAt > FRESH_MS || net !== "in";
    if (result?.sent > 0 || wantsNews || (isOld && result?.state !== "login")) {
        net = await refresh();
    }
}

async function sync(wantsNews = false) {
    isAskedAgain ||= isSyncing;
    if (isSyncing || isWiped) {
        return;
    }
    isSyncing = true;
    do {
        isAskedAgain = false;
        await syncOnce(wantsNews);
        await draw();
    } while (isAskedAgain);
    isSyncing = false;
    if (net === "offline" && (await queue.all()).some(isWaiting)) {
        sendInBackground();
    }
}

// ---- acting ----

async function enqueue(task, act, { fields, files, size }) {
    const { dataset } = document.querySelector("[data-day]");
    const isKept = await queue.add({
        key: crypto.randomUUID(),
        person: dataset.person,
        name: dataset.name,
        coverage: task.dataset.task,
        title: task.querySelector("h3").textContent.trim(),
        act,
        fields,
        files,
        size,
        state: "waiting",
        message: "",
        sentAt: 0,
        shown: false,
    });
    if (!isKept && queue.isKept) {
        troubles.add(words("full"));
    }
    navigator.storage?.persist?.().catch(() => {}); // there is something to lose now; a browser may say no
    await changed();
    sync();
}

function act(button) {
    const task = button.closest("[data-task]");
    const name = button.dataset.act;
    if (name === "accept" || name === "start") {
        enqueue(task, name, { fields: {}, files: [], size: 0 });
    } else {
        openAct(name, task.querySelector("h3").textContent.trim(), (filled) => enqueue(task, name, filled));
    }
}

async function retry(seq) {
    await queue.change(seq, { state: "waiting", message: "" });
    await changed();
    sync();
}

async function discard(seq) {
    const entry = (await queue.all()).find((one) => one.seq === seq);
    if (entry && (await isSure(words("discardAsk"), "", [named(entry)]))) {
        await queue.remove(seq);
        await changed();
        sync();
    }
}

async function wipe() {
    const lost = (await queue.all()).filter((entry) => entry.state !== "sent");
    const detail = words(lost.length > 0 ? "wipeLost" : "wipeNone");
    if (!(await isSure(words("wipeAsk"), detail, lost.map(named)))) {
        return;
    }
    isWiped = true;
    await deleteQueue(queue);
    const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(registrations.map((registration) => registration.unregister()));
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
    document.getElementById("tasks").remove();
    document.querySelector("[data-queue]").hidden = true;
    document.querySelector("[data-sent-box]").hidden = true;
    document.querySelector("[data-wipe]").hidden = true;
    document.querySelector("[data-status-text]").textContent = words("wiped");
}

function onClick(event) {
    const button = event.target.closest("button");
    const data = button?.dataset ?? {};
    if (data.act) {
        act(button);
    } else if (data.retry) {
        retry(Number(data.retry));
    } else if (data.discard) {
        discard(Number(data.discard));
    } else if ("wipe" in data) {
        wipe();
    } else if ("refresh" in data) {
        sync(true);
    }
}

// ---- when ----

function syncIfSeen() {
    if (!document.hidden) {
        sync();
    }
}

async function begin() {
    queue = await openQueue();
    if (!queue.isKept) {
        troubles.add(words("noStore"));
    }
    document.addEventListener("click", onClick);
    window.addEventListener("online", () => sync(true));
    window.addEventListener("offline", () => {
        net = "offline";
        draw();
    });
    document.addEventListener("visibilitychange", syncIfSeen);
    setInterval(syncIfSeen, EVERY_MS);
    news?.addEventListener("message", draw);
    navigator.serviceWorker?.register(WORKER, { scope: PAGE }).catch(() => {});
    await queue.prune();
    await draw();
    await sync(true);
}

begin();
