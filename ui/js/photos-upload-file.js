// SPDX-License-Identifier: AGPL-3.0-or-later
// One file on its way: begun or gone on with, sent piece by piece, tried again until it is there or the server says no.

import { begin, giveUp, look, sendPiece } from "./photos-upload-tus.js";
import { forget, keyOf, recall, remember } from "./photos-upload-store.js";

const WAIT_FIRST_MS = 1000;
const WAIT_MOST_MS = 30_000;

// Another connection is at it, the offset was another, a piece was damaged, too many requests: all heal by asking again.
const HEALS = [409, 423, 429, 460];

/** States: waiting, sending, trouble (it tries again), paused, login, refused, done, cancelled. */
export class UploadFile {
    constructor(file, { place, person, target, csrf, changed }) {
        Object.assign(this, { file, place, target, csrf, changed });
        this.key = keyOf(person, file, target);
        this.address = recall(this.key)?.address ?? null;
        this.offset = 0;
        this.failures = 0;
        this.set("waiting");
    }

    set(state, more = {}) {
        this.state = state;
        this.why = "";
        this.wait = 0;
        Object.assign(this, more);
        this.changed(this);
    }

    get isOver() {
        return ["done", "refused", "cancelled"].includes(this.state);
    }

    /** Sends until it is there, or somebody stops it. */
    async run() {
        this.stopper = new AbortController();
        this.set("sending");
        while (this.state === "sending" || this.state === "trouble") {
            try {
                await this.go();
            } catch (error) {
                await this.meet(error);
            }
        }
    }

    async go() {
        if (!this.address) {
            this.address = await begin(this.place, this.file, this.target, this.csrf);
            remember(this.key, this.address, this.file.name);
        }
        let at = await look(this.address);
        if (!at) {
            this.address = null; // it expired: from the beginning
            return;
        }
        while (!at.record && this.state !== "paused" && this.state !== "cancelled") {
            this.set("sending", { offset: at.offset });
            at = await sendPiece(this.address, this.file, at.offset, {
                csrf: this.csrf,
                signal: this.stopper.signal,
                onProgress: (offset) => this.set("sending", { offset }),
            });
            this.failures = 0;
        }
        if (at.record) {
            forget(this.key);
            this.set("done", { offset: this.file.size, record: at.record });
        }
    }

    async meet(error) {
        if (this.state === "paused" || this.state === "cancelled") {
            return;
        }
        if (error.status === 401) {
            this.set("login");
        } else if (error.status === 404 || error.status === 410) {
            this.address = null;
        } else if (error.status >= 400 && error.status < 500 && !HEALS.includes(error.status)) {
            forget(this.key);
            this.set("refused", { why: error.text });
        } else {
            await this.pauseBefore(error);
        }
    }

    /** Twice as long each time, never at the same moment as all the others; at once when the network is back. */
    async pauseBefore(error) {
        const grown = Math.min(WAIT_FIRST_MS * 2 ** this.failures, WAIT_MOST_MS);
        const wait = Math.max(error.wait * 1000, grown * (0.75 + Math.random() / 2));
        this.failures += 1;
        this.set("trouble", { why: error.status === 507 ? "full" : "network", wait: Math.ceil(wait / 1000) });
        await new Promise((resolve) => {
            const timer = setTimeout(resolve, wait);
            this.wake = () => {
                clearTimeout(timer);
                resolve();
            };
            window.addEventListener("online", this.wake, { once: true });
        });
        window.removeEventListener("online", this.wake);
    }

    stop(state) {
        this.set(state);
        this.stopper?.abort();
        this.wake?.();
    }

    pause() {
        this.stop("paused");
    }

    cancel() {
        this.stop("cancelled");
        forget(this.key);
        if (this.address) {
            giveUp(this.address, this.csrf);
        }
    }
}
