// SPDX-License-Identifier: AGPL-3.0-or-later
// The board of coverages: a card that is dropped on a column presses its own button of that state. There is
// no other way to move it, so what may not be moved by its buttons may not be dragged either.

const MOVED = "text/vocero-card";

// Where the card was last: a column that does not take it gets no "drop".
let over = null;

function board(element) {
    return element?.closest?.("[data-board]");
}

function buttonFor(card, column) {
    return card?.querySelector(`button[name="state"][value="${CSS.escape(column.dataset.column)}"]`);
}

function tell(text) {
    const status = document.querySelector("[data-board-status]");
    if (status) {
        status.textContent = text;
    }
}

function mark(area, card) {
    for (const column of area.querySelectorAll("[data-column]")) {
        column.classList.toggle("takes", Boolean(card && buttonFor(card, column)));
    }
}

document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card || !board(card)) {
        return;
    }
    event.dataTransfer.setData(MOVED, card.id);
    event.dataTransfer.effectAllowed = "move";
    card.classList.add("moving");
    mark(board(card), card);
});

document.addEventListener("dragover", (event) => {
    const column = event.target.closest?.("[data-column]");
    if (column && event.dataTransfer.types.includes(MOVED)) {
        event.preventDefault();
        over = column;
        event.dataTransfer.dropEffect = column.classList.contains("takes") ? "move" : "none";
    }
});

document.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-column]");
    const id = event.dataTransfer.getData(MOVED);
    if (!column || !id) {
        return;
    }
    event.preventDefault();
    const button = buttonFor(document.getElementById(id), column);
    button?.form.requestSubmit(button);
});

document.addEventListener("dragend", (event) => {
    const card = event.target.closest?.("[data-card]");
    card?.classList.remove("moving");
    const area = board(card);
    if (!area) {
        return;
    }
    if (over && over !== card.closest("[data-column]") && !over.classList.contains("takes")) {
        tell(area.dataset.noWay ?? "");
    }
    over = null;
    mark(area, null);
});

// A month that is wider than the screen begins where today is.
for (const here of document.querySelectorAll("[data-scroll-here]")) {
    const area = here.closest(".table-wrap");
    if (area && area.scrollWidth > area.clientWidth) {
        area.scrollLeft = here.offsetLeft - area.clientWidth / 2;
    }
}
