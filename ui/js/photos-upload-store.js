// SPDX-License-Identifier: AGPL-3.0-or-later
// Which uploads were begun in this browser and are not finished: so that the same file, chosen again after a reload, goes on
// where it stopped. Only names and addresses are kept, never bytes; without storage everything else works.

const PREFIX = "vocero.upload.";
const LIFE_MS = 24 * 3600 * 1000; // as long as the server keeps them

/** What tells a file from others, for one person and one event. */
export function keyOf(person, file, target) {
    const parts = [person, target.event, target.coverage ?? "", file.name, file.size, file.lastModified];
    return PREFIX + parts.join("|");
}

export function recall(key) {
    try {
        const kept = JSON.parse(localStorage.getItem(key));
        return kept && Date.now() - kept.at < LIFE_MS ? kept : null;
    } catch {
        return null;
    }
}

export function remember(key, address, name) {
    try {
        localStorage.setItem(key, JSON.stringify({ address, name, at: Date.now() }));
    } catch {
        // full or forbidden: a reload begins this file anew
    }
}

export function forget(key) {
    try {
        localStorage.removeItem(key);
    } catch {
        // nothing was kept
    }
}

/** The names of a person's files that were not finished; what is too old is forgotten. */
export function unfinished(person) {
    try {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${person}|`));
        keys.filter((key) => !recall(key)).forEach(forget);
        return keys.map(recall).filter(Boolean).map((kept) => kept.name);
    } catch {
        return [];
    }
}
