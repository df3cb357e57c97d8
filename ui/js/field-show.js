// SPDX-License-Identifier: AGPL-3.0-or-later
// What the field page says of its queue: the line that stays at the top, and the list of entries.

import { isWaiting } from "./field-send.js";
import { sizeSaid, words } from "./field-words.js";

const part = (name) => document.querySelector(`[data-${name}]`);
const actLabel = (act) => words(`act${act[0].toUpperCase()}${act.slice(1)}`);

export function named(entry) {
    return `${actLabel(entry.act)} · ${entry.title}`;
}

function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
}

function button(label, name, seq) {
    const made = make("button", "button", label);
    made.type = "button";
    made.dataset[name] = seq;
    return made;
}

// ---- the list ----

function stateOf(entry, isHeld) {
    if (isHeld && isWaiting(entry)) {
        return words("stateAfter");
    }
    return words(`state${entry.state[0].toUpperCase()}${entry.state.slice(1)}`);
}

function detailOf(entry, isHeld) {
    const size = entry.size > 0 ? ` · ${sizeSaid(entry.size)}` : "";
    return stateOf(entry, isHeld) + size;
}

function lineOf(entry, isHeld) {
    const line = make("li", `entry ${entry.state}`, "");
    line.dataset.entry = entry.seq;
    line.append(make("b", "", named(entry)), make("span", "detail", detailOf(entry, isHeld)));
    if (entry.message) {
        line.append(make("p", "message", entry.message));
    }
    if (entry.state === "refused" || entry.state === "waiting") {
        const buttons = make("div", "button-row", "");
        if (entry.state === "refused") {
            buttons.append(button(words("retry"), "retry", entry.seq));
        }
        buttons.append(button(words("discard"), "discard", entry.seq));
        line.append(buttons);
    }
    return line;
}

function drawList(mine) {
    const kept = mine.filter((entry) => entry.state !== "sent");
    const refused = new Set();
    const lines = kept.map((entry) => {
        const line = lineOf(entry, refused.has(entry.coverage));
        if (entry.state === "refused") {
            refused.add(entry.coverage);
        }
        return line;
    });
    part("queue").hidden = kept.length === 0;
    part("entries").replaceChildren(...lines);
    const size = kept.reduce((sum, entry) => sum + entry.size, 0);
    part("size").textContent = size > 0 ? sizeSaid(size) : "";
    const sent = mine.filter((entry) => entry.state === "sent");
    part("sent-box").hidden = sent.length === 0;
    part("sent").replaceChildren(...sent.reverse().map((entry) => lineOf(entry, false)));
}

// ---- the line at the top ----

function countsSaid(waiting, refused, isSending) {
    const said = [];
    if (waiting > 0) {
        said.push(words(isSending ? "sending" : "waiting", { n: waiting }));
    }
    if (refused > 0) {
        said.push(words("refused", { n: refused }));
    }
    return said;
}

function statusOf(net, waiting, refused, isSending) {
    if (net === "login") {
        return ["bad", [waiting > 0 ? words("again", { n: waiting }) : words("againNone")]];
    }
    if (net === "forbidden") {
        return ["bad", [words("forbidden")]];
    }
    const counts = countsSaid(waiting, refused, isSending && net === "in");
    if (net === "offline") {
        return ["warn", [words("offline"), ...counts]];
    }
    if (net === "busy") {
        return ["warn", [...counts, words("busy")]];
    }
    return [refused > 0 ? "bad" : waiting > 0 ? "warn" : "ok", counts.length > 0 ? counts : [words("allSent")]];
}

function sayIn(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

function drawStatus(net, mine) {
    const waiting = mine.filter(isWaiting).length;
    const refused = mine.filter((entry) => entry.state === "refused").length;
    const isSending = mine.some((entry) => entry.state === "sending");
    const [look, said] = statusOf(net, waiting, refused, isSending);
    part("status").dataset.look = look;
    sayIn(part("status-text"), said.join(" · "));
    part("login").hidden = net !== "login";
}

function drawWarning(troubles) {
    part("warning").hidden = troubles.length === 0;
    sayIn(part("warning-text"), troubles.join(" "));
}

// Somebody else used this telephone, and something of hers is still on it.
function othersSaid(others) {
    const names = [...new Set(others.map((entry) => entry.name))];
    return names.map((what) => words("others", { n: others.filter((entry) => entry.name === what).length, what }));
}

export function show({ net, entries, person, troubles }) {
    const mine = entries.filter((entry) => entry.person === person);
    const others = entries.filter((entry) => entry.person !== person && entry.state !== "sent");
    drawList(mine);
    drawStatus(net, mine);
    drawWarning([...troubles, ...othersSaid(others)]);
    return mine;
}
