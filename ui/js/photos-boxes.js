// SPDX-License-Identifier: AGPL-3.0-or-later
// Boxes over a photo (figure[data-boxes]): drawn and moved by pointer or by keys, confirmed with Enter, saved at
// once. Everything is in ten-thousandths of the picture, as the server keeps it. Without this script the
// list beside the picture has the same boxes in numbers.

import htmx from "./htmx.js";
import { isTyping, shortcutsAreOn } from "./shortcuts.js";

const SCALE = 10_000;
const STEP = 100;
const LEAST = 100;
const NEW_SIZE = 1200;
const PAUSE_MS = 500;
const CORNER_PX = 14;

const stage = document.querySelector("figure[data-boxes]");
const over = stage?.querySelector("[data-over]");
const timers = new WeakMap();

let drag = null;

function say(name) {
    stage.querySelector("[data-box-status]").textContent = stage.dataset[name] ?? "";
}

function clamp(value, least, most) {
    return Math.round(Math.min(Math.max(value, least), most));
}

// ---- one box ----

function place(box) {
    const read = (name) => Number(box.getAttribute(name));
    return { x: read("x"), y: read("y"), width: read("width"), height: read("height") };
}

function put(box, { x, y, width, height }) {
    const wide = clamp(width, LEAST, SCALE);
    const high = clamp(height, LEAST, SCALE);
    box.setAttribute("width", wide);
    box.setAttribute("height", high);
    box.setAttribute("x", clamp(x, 0, SCALE - wide));
    box.setAttribute("y", clamp(y, 0, SCALE - high));
}

function makeBox(at) {
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    box.classList.add("photo-box", "confirmed");
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "button");
    put(box, at);
    over.insertBefore(box, over.querySelector("[data-focal]"));
    return box;
}

// ---- what the server keeps ----

async function post(path, fields) {
    const csrf = document.querySelector("input[name='csrf']").value;
    const answer = await fetch(`/mesa/fotos/${stage.dataset.boxes}/${path}`, {
        method: "POST",
        body: new URLSearchParams({ csrf, ...fields }),
        headers: { Accept: "application/json" },
    });
    if (!answer.ok) {
        throw new Error("refused");
    }
    return answer.json();
}

// The list of boxes, and what stands against publishing, as the server draws them.
function refreshRest() {
    for (const id of ["cuadros", "estado", "historia"]) {
        const target = document.getElementById(id);
        const how = { source: target, target, select: `#${id}`, swap: "outerMorph" };
        if (target) {
            htmx.ajax("GET", location.pathname, how);
        }
    }
}

// A box is a change of the photo: forms that stand on the version before it stand on this one now. Where
// somebody else was between, they stay behind, and the server says so when they are sent.
function takeVersion(version) {
    for (const field of document.querySelectorAll("input[name='version']")) {
        if (Number(field.value) + 1 === version) {
            field.value = version;
        }
    }
}

async function keep(work) {
    try {
        const told = await work();
        takeVersion(told.version);
        say("saved");
        refreshRest();
        return told;
    } catch {
        say("lost");
        return null;
    }
}

// A new one is known by its number from now on: it is the one that was not there before.
async function add(box) {
    const known = new Set([...over.querySelectorAll("[data-box]")].map((one) => one.dataset.box));
    const told = await keep(() => post("cuadros", place(box)));
    const mine = told?.boxes?.find((one) => !known.has(one.id));
    if (mine) {
        box.dataset.box = mine.id;
        box.setAttribute("aria-label", stage.dataset.newBox);
        say("added");
    } else {
        box.remove();
    }
}

function saveSoon(box) {
    clearTimeout(timers.get(box));
    const work = () => post("cuadros", { box: box.dataset.box, ...place(box) });
    timers.set(
        box,
        setTimeout(() => box.dataset.box && keep(work), PAUSE_MS),
    );
}

async function decide(box, state) {
    const told = await keep(() => post("cuadros/decidir", { box: box.dataset.box, state }));
    if (!told) {
        return;
    }
    if (state === "rejected") {
        leave(box);
    } else {
        box.classList.remove("proposed");
        box.classList.add("confirmed");
    }
}

async function remove(box) {
    if (await keep(() => post("cuadros/quitar", { box: box.dataset.box }))) {
        leave(box);
    }
}

function leave(box) {
    const next = box.nextElementSibling?.matches("[tabindex]") ? box.nextElementSibling : null;
    clearTimeout(timers.get(box));
    box.remove();
    (next ?? over.querySelector("[tabindex]") ?? stage.querySelector("[data-box-mode]")).focus();
}

function addInTheMiddle() {
    const at = (SCALE - NEW_SIZE) / 2;
    const box = makeBox({ x: at, y: at, width: NEW_SIZE, height: NEW_SIZE });
    box.focus();
    add(box);
}

// ---- keys ----

const ARROWS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
};

function moveByKey(box, event) {
    const [right, down] = ARROWS[event.key];
    const step = event.ctrlKey || event.metaKey ? STEP / 10 : STEP;
    const at = place(box);
    if (event.shiftKey) {
        at.width += right * step;
        at.height += down * step;
    } else {
        at.x += right * step;
        at.y += down * step;
    }
    put(box, at);
    saveSoon(box);
}

function onKey(event) {
    const box = event.target.closest?.(".photo-box");
    if (!box) {
        return;
    }
    if (event.key in ARROWS) {
        moveByKey(box, event);
    } else if (event.key === "Enter" || event.key === " ") {
        decide(box, "confirmed");
    } else if (event.key === "Delete" || event.key === "Backspace") {
        remove(box);
    } else if (event.key.toLowerCase() === "x" && !isTyping(event) && shortcutsAreOn()) {
        decide(box, "rejected");
    } else {
        return;
    }
    event.preventDefault();
    event.stopPropagation();
}

// ---- pointer ----

function isMode(name) {
    return stage.querySelector(`[data-${name}-mode]`).getAttribute("aria-pressed") === "true";
}

function setMode(name, isOn) {
    for (const one of ["box", "focal"]) {
        const pressed = one === name && isOn;
        stage.querySelector(`[data-${one}-mode]`).setAttribute("aria-pressed", String(pressed));
        over.classList.toggle(`is-${one}`, pressed);
    }
}

function at(event) {
    const frame = over.getBoundingClientRect();
    return {
        x: ((event.clientX - frame.left) / frame.width) * SCALE,
        y: ((event.clientY - frame.top) / frame.height) * SCALE,
    };
}

function setFocal({ x, y }) {
    const circle = over.querySelector("[data-focal]");
    const fields = { focal_x: clamp(x, 0, SCALE), focal_y: clamp(y, 0, SCALE) };
    circle.setAttribute("cx", fields.focal_x);
    circle.setAttribute("cy", fields.focal_y);
    for (const [name, value] of Object.entries(fields)) {
        const field = document.getElementById(name);
        if (field) {
            field.value = value;
        }
    }
    setMode("focal", false);
    say("focalSet");
}

function isAtCorner(box, event) {
    const frame = box.getBoundingClientRect();
    return frame.right - event.clientX < CORNER_PX && frame.bottom - event.clientY < CORNER_PX;
}

function onDown(event) {
    const box = event.target.closest(".photo-box");
    if (isMode("focal")) {
        setFocal(at(event));
    } else if (isMode("box")) {
        const from = at(event);
        const fresh = makeBox({ ...from, width: LEAST, height: LEAST });
        drag = { box: fresh, from, was: place(fresh), kind: "draw" };
    } else if (box) {
        const kind = isAtCorner(box, event) ? "size" : "move";
        box.focus();
        drag = { box, from: at(event), was: place(box), kind };
    }
    if (drag) {
        event.preventDefault();
        over.setPointerCapture(event.pointerId);
    }
}

function onMove(event) {
    if (!drag) {
        return;
    }
    const { box, from, was, kind } = drag;
    const to = at(event);
    const right = to.x - from.x;
    const down = to.y - from.y;
    if (kind === "move") {
        put(box, { ...was, x: was.x + right, y: was.y + down });
    } else if (kind === "size") {
        put(box, { ...was, width: was.width + right, height: was.height + down });
    } else {
        const left = clamp(Math.min(from.x, to.x), 0, SCALE);
        const top = clamp(Math.min(from.y, to.y), 0, SCALE);
        put(box, { x: left, y: top, width: Math.abs(right), height: Math.abs(down) });
    }
}

function onUp() {
    if (!drag) {
        return;
    }
    const { box, was, kind } = drag;
    drag = null;
    if (kind === "draw") {
        setMode("box", false);
        box.focus();
        add(box);
    } else if (JSON.stringify(was) !== JSON.stringify(place(box))) {
        saveSoon(box);
    }
}

// A click that came from the keyboard has no place on the screen: the box stands in the middle.
function onTool(event) {
    const tool = event.target.closest("[data-box-mode], [data-focal-mode]");
    if (!tool) {
        return;
    }
    if (tool.matches("[data-focal-mode]")) {
        setMode("focal", !isMode("focal"));
    } else if (event.detail === 0) {
        addInTheMiddle();
    } else {
        setMode("box", !isMode("box"));
    }
}

if (over) {
    over.addEventListener("keydown", onKey);
    over.addEventListener("pointerdown", onDown);
    over.addEventListener("pointermove", onMove);
    over.addEventListener("pointerup", onUp);
    over.addEventListener("pointercancel", onUp);
    stage.addEventListener("click", onTool);
}
