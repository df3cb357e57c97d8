// SPDX-License-Identifier: AGPL-3.0-or-later
// How uploads look: a line for each file with its bar and its words, the bar of all, and what is said to a screen reader.

const STEPS = 1000;

// What is read aloud: a beginning, an end, a trouble; in between at most so often.
const SPEAK_MS = 20_000;

const words = document.getElementById("subida-palabras")?.dataset;
const panel = document.querySelector("[data-upload-panel]");
const status = document.querySelector("[data-upload-status]");

let spoken = 0;

/** The sentence of that name, with %1, %2, %3 put in. */
export function sentence(name, ...values) {
    return values.reduce((text, value, i) => text.replace(`%${i + 1}`, value), words[name]);
}

export function weight(bytes) {
    const megabytes = bytes / 1e6;
    const digits = megabytes < 10 ? 1 : 0;
    return `${megabytes.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits })} MB`;
}

export function percent(part, whole) {
    return whole ? Math.floor((part / whole) * 100) : 0;
}

function speak(text, now = false) {
    if (now || Date.now() - spoken > SPEAK_MS) {
        spoken = Date.now();
        status.textContent = text;
    }
}

export function speakNow(text) {
    speak(text, true);
}

function stateWords(upload) {
    const { file, offset } = upload;
    switch (upload.state) {
        case "sending":
            return sentence("sending", percent(offset, file.size), weight(file.size));
        case "paused":
            return sentence("paused", percent(offset, file.size));
        case "trouble":
            if (!navigator.onLine) {
                return sentence("offline");
            }
            return sentence(upload.why === "full" ? "full" : "again", upload.wait);
        case "refused":
            return sentence("refused", upload.why);
        default:
            return sentence(upload.state);
    }
}

/** A new line; ways are the verbs of its buttons. */
export function addLine(name, ways) {
    const list = panel.querySelector("[data-upload-items]");
    const made = document.getElementById("subida").content.querySelector("li").cloneNode(true);
    made.querySelector("[data-name]").textContent = name;
    made.querySelector("[data-progress]").setAttribute("aria-label", sentence("progressOf", name));
    for (const [way, label] of [["pause", "pauseOf"], ["retry", "retryOf"], ["cancel", "cancelOf"]]) {
        const button = made.querySelector(`[data-${way}]`);
        button.querySelector(".visually-hidden").textContent = sentence(label, name);
        button.addEventListener("click", () => ways[way]());
    }
    list.append(made);
    panel.hidden = false;
    return made;
}

/** A file that was not even begun. */
export function addRefused(name, why) {
    const line = addLine(name, {});
    line.classList.add("refused");
    line.querySelector("[data-state]").textContent = sentence("refused", why);
    line.querySelector("[data-progress]").remove();
    line.querySelector(".upload-ways").remove();
}

/** Takes the focus along when the button under it goes. */
function showWay(line, way, shown) {
    const button = line.querySelector(`[data-${way}]`);
    if (!shown && document.activeElement === button) {
        panel.querySelector("h2").focus();
    }
    button.hidden = !shown;
}

export function showLine(line, upload) {
    const stopped = upload.state === "paused" || upload.state === "login";
    line.dataset.state = upload.state;
    line.classList.toggle("refused", upload.state === "refused");
    line.querySelector("[data-progress]").value = percent(upload.offset * 10, upload.file.size);
    line.querySelector("[data-state]").textContent = stateWords(upload);
    showWay(line, "pause", !upload.isOver && !stopped);
    showWay(line, "retry", stopped);
    showWay(line, "cancel", !upload.isOver);
    if (upload.state === "done" && !line.querySelector("a")) {
        const link = document.createElement("a");
        link.href = upload.record;
        link.textContent = upload.file.name;
        line.querySelector("[data-name]").replaceChildren(link);
    }
}

function endWords(done, refused) {
    if (refused) {
        return sentence("withRefused", done, refused);
    }
    return done === 1 ? sentence("allOne") : sentence("all", done);
}

/** The bar of all: by bytes, so that a large file counts for what it is. */
export function showTotal(uploads, refusedBefore) {
    const live = uploads.filter((upload) => upload.state !== "cancelled");
    const done = live.filter((upload) => upload.state === "done").length;
    const refused = refusedBefore + live.filter((upload) => upload.state === "refused").length;
    const bytes = live.reduce((sum, upload) => sum + upload.file.size, 0);
    const sent = live.reduce((sum, upload) => sum + (upload.state === "refused" ? upload.file.size : upload.offset), 0);
    const over = live.every((upload) => upload.isOver);
    const text = over ? endWords(done, refused) : sentence("total", done, live.length, percent(sent, bytes));
    panel.querySelector("[data-upload-total]").value = over ? STEPS : percent(sent * 10, bytes);
    panel.querySelector("[data-upload-words]").textContent = text;
    panel.querySelector("[data-upload-hint]").hidden = over;
    panel.querySelector("[data-upload-done]").hidden = !(over && done);
    panel.querySelector("[data-upload-pause]").hidden = over || live.every((upload) => upload.isOver || upload.state === "paused");
    panel.querySelector("[data-upload-resume]").hidden = !live.some((upload) => upload.state === "paused" || upload.state === "login");
    speak(text, over && status.textContent !== text);
}

export function linkTo(event) {
    const url = new URL("/mesa/fotos/elegir", location.href);
    url.searchParams.set("evento", event);
    panel.querySelector("[data-upload-link]").href = url.pathname + url.search;
}
