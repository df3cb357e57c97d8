// SPDX-License-Identifier: AGPL-3.0-or-later
// form[data-upload]: photos are handed in three at a time, in pieces that survive a lost network and a reload. Without this
// script the form sends them all at once.

import { UploadFile } from "./photos-upload-file.js";
import { unfinished } from "./photos-upload-store.js";
import { addLine, addRefused, linkTo, sentence, showLine, showTotal, speakNow, weight } from "./photos-upload-show.js";

const AT_ONCE = 3;
const PICTURE = /\.(jpe?g|png|webp|hei[cf])$/i;

const form = document.querySelector("form[data-upload]");
const uploads = [];
const lines = new Map();
let refused = 0;

function trouble(text) {
    form.querySelector("[data-upload-trouble]").textContent = text;
}

function target() {
    const chosen = form.elements.target.selectedOptions[0];
    return chosen ? { event: chosen.dataset.event, coverage: chosen.dataset.coverage } : null;
}

// ---- one after the other ----

function running() {
    return uploads.filter((upload) => upload.state === "sending" || upload.state === "trouble").length;
}

function startNext() {
    for (const upload of uploads) {
        if (running() >= AT_ONCE) {
            return;
        }
        if (upload.state === "waiting" && !upload.isRunning) {
            upload.isRunning = true;
            upload.run().finally(() => {
                upload.isRunning = false;
                startNext();
            });
        }
    }
}

let drawing = 0;

function drawTotal() {
    drawing = 0;
    showTotal(uploads, refused);
}

function changed(upload) {
    const line = lines.get(upload);
    if (line) {
        showLine(line, upload);
        drawing ||= setTimeout(drawTotal, 200);
    }
}

function goOn(upload) {
    upload.failures = 0;
    upload.set("waiting");
    startNext();
}

function cancel(upload) {
    upload.cancel();
    lines.get(upload).remove();
    startNext();
}

// ---- what was chosen ----

function whyNot(file) {
    if (file.size === 0) {
        return sentence("empty");
    }
    if (file.size > Number(form.dataset.most)) {
        return sentence("tooLarge", weight(file.size), weight(Number(form.dataset.most)));
    }
    return file.type.startsWith("image/") || PICTURE.test(file.name) ? null : sentence("noPicture");
}

function isThere(upload) {
    return uploads.some((other) => other.key === upload.key && !["cancelled", "refused"].includes(other.state));
}

function add(file, where) {
    const why = whyNot(file);
    if (why) {
        refused += 1;
        addRefused(file.name, why);
        return;
    }
    const upload = new UploadFile(file, {
        place: form.dataset.upload,
        person: form.dataset.person,
        target: where,
        csrf: form.elements.csrf.value,
        changed,
    });
    if (isThere(upload)) {
        return;
    }
    uploads.push(upload);
    lines.set(upload, addLine(file.name, { pause: () => upload.pause(), retry: () => goOn(upload), cancel: () => cancel(upload) }));
    showLine(lines.get(upload), upload);
}

function take(files) {
    const where = target();
    trouble(where ? "" : sentence("choose"));
    if (!where || !files.length) {
        return;
    }
    linkTo(where.event);
    [...files].forEach((file) => add(file, where));
    form.elements.files.value = "";
    drawTotal();
    startNext();
}

// ---- after a reload ----

function tellUnfinished() {
    const names = unfinished(form.dataset.person);
    const place = form.querySelector("[data-upload-left]");
    place.hidden = names.length === 0;
    if (names.length) {
        const shown = names.slice(0, 5).join(", ") + (names.length > 5 ? " …" : "");
        place.textContent = sentence("left", names.length, shown);
    }
}

// ---- hands ----

function bringsFile(event) {
    return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

function listen() {
    const zone = form.querySelector("[data-upload-drop]");
    form.elements.files.addEventListener("change", () => take(form.elements.files.files));
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("dragover", (event) => {
        if (bringsFile(event)) {
            event.preventDefault();
            zone.classList.add("is-over");
        }
    });
    document.addEventListener("dragleave", (event) => {
        if (!event.relatedTarget) {
            zone.classList.remove("is-over");
        }
    });
    document.addEventListener("drop", (event) => {
        zone.classList.remove("is-over");
        if (bringsFile(event)) {
            event.preventDefault();
            take(event.dataTransfer.files);
        }
    });
}

function listenToAll() {
    document.querySelector("[data-upload-pause]").addEventListener("click", () => {
        uploads.filter((upload) => !upload.isOver).forEach((upload) => upload.pause());
        document.querySelector("[data-upload-resume]").hidden = false;
        document.querySelector("[data-upload-resume]").focus();
    });
    document.querySelector("[data-upload-resume]").addEventListener("click", () => {
        uploads.filter((upload) => upload.state === "paused" || upload.state === "login").forEach(goOn);
        document.querySelector("[data-upload-panel] h2").focus();
    });
    window.addEventListener("offline", () => running() && speakNow(sentence("cut")));
    window.addEventListener("online", () => running() && speakNow(sentence("goesOn")));
    window.addEventListener("beforeunload", (event) => {
        if (running()) {
            event.preventDefault();
        }
    });
}

if (form) {
    listen();
    listenToAll();
    tellUnfinished();
}
