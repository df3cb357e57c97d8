// SPDX-License-Identifier: AGPL-3.0-or-later
// <markdown-toolbar for="body">: GitHub's custom element puts Markdown around what is marked. Here are
// its keys (Ctrl+B: button[data-md-key="b"]) and the quote with who said it (button[data-quote-block]).

import "@github/markdown-toolbar-element";

function insert(field, text) {
    field.focus();
    // The browser's own way keeps Ctrl+Z; it is old, so there is another one behind it.
    if (!document.execCommand("insertText", false, text)) {
        field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

function selectIn(field, from, words) {
    const at = field.value.indexOf(words, from);
    if (at >= 0) {
        field.setSelectionRange(at, at + words.length);
    }
}

function quote(button) {
    const field = document.getElementById(button.dataset.quoteBlock);
    const { quoteWords, quoteWho } = button.dataset;
    const from = field.selectionStart;
    const marked = field.value.slice(from, field.selectionEnd).trim();
    const before = from > 0 && !/\n\s*$/.test(field.value.slice(0, from)) ? "\n\n" : "";
    const lines = (marked || quoteWords).split("\n").map((line) => `> ${line}`.trimEnd());
    insert(field, `${before}${lines.join("\n")}\n>\n> — ${quoteWho}\n\n`);
    selectIn(field, from, marked ? quoteWho : quoteWords);
}

document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-quote-block]");
    if (button) {
        quote(button);
    }
});

document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !field.matches?.("textarea[id]")) {
        return;
    }
    const toolbar = document.querySelector(`markdown-toolbar[for="${CSS.escape(field.id)}"]`);
    const key = CSS.escape(event.key.toLowerCase());
    const button = toolbar?.querySelector(`[data-md-key="${key}"]`);
    if (button) {
        event.preventDefault();
        button.click();
    }
});
