// SPDX-License-Identifier: AGPL-3.0-or-later
// The pictures of a gallery one by one: a dialog shows the figure of each picture's own page, the address
// follows, the neighbours are fetched ahead. Without this script each picture is a page with the same figure.
// Keys: arrows, Home and End; Escape closes and the focus goes back to the picture's place on the wall.

import { paintThumbs } from "./thumbs.js";

const SWIPE = 50;
const wall = document.querySelector("[data-wall]");
const dialog = document.querySelector("[data-lightbox]");

function part(name) {
    return dialog.querySelector(`[data-${name}]`);
}

/** The figures by the address of their page; a promise each, so that nothing is fetched twice. */
const figures = new Map();

async function fetchFigure(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) {
        throw new Error(`${address}: ${answer.status}`);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const figure = document.importNode(page.querySelector("[data-picture]"), true);
    return { figure, title: page.title };
}

function figureAt(address) {
    if (!figures.has(address)) {
        const coming = fetchFigure(address);
        coming.catch(() => figures.delete(address));
        figures.set(address, coming);
    }
    return figures.get(address);
}

class Lightbox {
    constructor() {
        this.links = [...wall.querySelectorAll("a")];
        this.at = -1;
        this.home = location.pathname + location.search;
        this.homeTitle = document.title;
    }

    link(step = 0) {
        return this.links[this.at + step];
    }

    open(at) {
        history.pushState({ lightbox: true }, "", this.links[at].href);
        dialog.showModal();
        this.show(at);
    }

    async show(at) {
        if (at < 0 || at >= this.links.length) {
            return;
        }
        this.at = at;
        const address = this.link().href;
        history.replaceState({ lightbox: true }, "", address);
        this.sayPlace();
        part("stage").setAttribute("aria-busy", "true");
        try {
            const { figure, title } = await figureAt(address);
            this.put(address, figure, title);
        } catch {
            this.putTrouble(address);
        }
        this.preload();
    }

    /** Somebody may have gone on while the figure was on its way. */
    put(address, content, title) {
        if (this.link()?.href !== address) {
            return;
        }
        const stage = part("stage");
        stage.replaceChildren(content);
        stage.removeAttribute("aria-busy");
        stage.scrollTop = 0;
        document.title = title ?? document.title;
    }

    putTrouble(address) {
        const sentence = document.createElement("p");
        sentence.textContent = part("stage").dataset.trouble;
        this.put(address, sentence);
    }

    sayPlace() {
        const place = part("place");
        place.textContent = place.dataset.place
            .replace("{n}", this.at + 1)
            .replace("{all}", this.links.length);
        part("previous").disabled = this.at === 0;
        part("next").disabled = this.at === this.links.length - 1;
        // A button that was just used up must not take the focus with it.
        if (!dialog.contains(document.activeElement) || document.activeElement.disabled) {
            part("close").focus();
        }
    }

    preload() {
        for (const step of [1, -1]) {
            const link = this.link(step);
            if (link) {
                figureAt(link.href).catch(() => {});
            }
        }
    }

    /** Back to the wall; the address too, where it was changed here. */
    closed() {
        const link = this.link();
        part("stage").replaceChildren();
        document.title = this.homeTitle;
        this.at = -1;
        if (history.state?.lightbox) {
            history.replaceState(null, "", this.home);
        }
        link?.focus();
        link?.scrollIntoView({ block: "nearest" });
    }
}

function onKey(box, event) {
    const moves = { ArrowLeft: box.at - 1, ArrowRight: box.at + 1, Home: 0, End: box.links.length - 1 };
    if (event.key in moves && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        box.show(moves[event.key]);
    }
}

function listenToSwipes(box) {
    let from = null;
    dialog.addEventListener("touchstart", (event) => {
        from = event.touches.length === 1 ? event.touches[0] : null;
    }, { passive: true });
    dialog.addEventListener("touchend", (event) => {
        const to = event.changedTouches[0];
        const wide = from ? to.clientX - from.clientX : 0;
        const high = from ? to.clientY - from.clientY : 0;
        if (Math.abs(wide) > SWIPE && Math.abs(wide) > 2 * Math.abs(high) && (visualViewport?.scale ?? 1) === 1) {
            box.show(box.at + (wide < 0 ? 1 : -1));
        }
        from = null;
    });
}

function listen(box) {
    wall.addEventListener("click", (event) => {
        const link = event.target.closest("a");
        if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
            event.preventDefault();
            box.open(box.links.indexOf(link));
        }
    });
    dialog.addEventListener("keydown", (event) => onKey(box, event));
    dialog.addEventListener("close", () => box.closed());
    part("close").addEventListener("click", () => dialog.close());
    part("previous").addEventListener("click", () => box.show(box.at - 1));
    part("next").addEventListener("click", () => box.show(box.at + 1));
    addEventListener("popstate", () => dialog.open && dialog.close());
    listenToSwipes(box);
}

if (wall && dialog?.showModal) {
    listen(new Lightbox());
}
paintThumbs(wall);
