// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading a release before it goes out: a marked passage becomes the quote of a comment, passages that
// were commented are shown in the text, and who comes back is told that it changed since.

const PREFIX = "vocero-visto-";

/* ---- a comment on a passage ---- */

const button = document.querySelector("[data-quote-button]");
const form = document.getElementById("comentar");

function markedPassage() {
    const selection = document.getSelection();
    const text = selection && !selection.isCollapsed ? selection.toString().trim() : "";
    const at = selection?.anchorNode;
    const place = at?.nodeType === Node.ELEMENT_NODE ? at : at?.parentElement;
    return text && place?.closest("[data-quotable]") ? text : "";
}

function takePassage() {
    const text = markedPassage().replace(/\s+/g, " ").slice(0, 1000);
    form.elements.quote.value = text;
    button.hidden = true;
    document.getSelection().removeAllRanges();
    form.scrollIntoView({ block: "center" });
    form.elements.text.focus({ preventScroll: true });
}

if (button && form) {
    document.addEventListener("selectionchange", () => {
        button.hidden = !markedPassage();
    });
    // The selection would be gone before the click.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", takePassage);
}

/* ---- passages that were commented ---- */

function textNodes(place) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
        nodes.push(walker.currentNode);
    }
    return nodes;
}

// Words of a quote may lie in several elements, with other white space between them.
function rangeOf(nodes, quote) {
    const letters = [];
    for (const node of nodes) {
        for (let at = 0; at < node.data.length; at += 1) {
            if (/\S/.test(node.data[at])) {
                letters.push({ node, at });
            }
        }
    }
    const text = letters.map(({ node, at }) => node.data[at]).join("");
    const wanted = quote.replace(/\s+/g, "");
    const from = wanted ? text.indexOf(wanted) : -1;
    if (from < 0) {
        return null;
    }
    const first = letters[from];
    const last = letters[from + wanted.length - 1];
    const range = new Range();
    range.setStart(first.node, first.at);
    range.setEnd(last.node, last.at + 1);
    return range;
}

function showPassages() {
    const article = document.querySelector("[data-quotable]");
    if (!article || !CSS.highlights) {
        return;
    }
    const nodes = textNodes(article);
    const quotes = [...document.querySelectorAll(".comments .open [data-passage]")];
    const ranges = quotes.map((quote) => rangeOf(nodes, quote.textContent)).filter(Boolean);
    CSS.highlights.set("passage", new Highlight(...ranges));
}

showPassages();

/* ---- what changed since one was here ---- */

function remembered(key, value) {
    try {
        const before = Number(localStorage.getItem(PREFIX + key));
        localStorage.setItem(PREFIX + key, value);
        return before;
    } catch {
        return 0;
    }
}

const notice = document.querySelector("[data-seen]");
if (notice) {
    const now = Number(notice.dataset.seenVersion);
    const before = now ? remembered(notice.dataset.seen, now) : 0;
    if (before && before < now) {
        notice.querySelector("[data-seen-link]").search = `?de=${before}&a=${now}`;
        notice.hidden = false;
    }
}
