// SPDX-License-Identifier: AGPL-3.0-or-later
// The queue of the field page: what was done on this telephone, in its order, until the server has it.
//
// An entry: { seq, order, key, person, name, coverage, title, act, fields, files, size, state, message, sentAt,
// shown }. Its state is waiting, sending, sent or refused. It is kept in IndexedDB; where there
// is none, or no room left, in memory: then it is gone with the page, and the page says so.

const NAME = "vocero-campo";
const STORE = "entries";
const CLAIM = "claim";
const SENT_KEPT_MS = 24 * 3600 * 1000;

function done(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

function finished(transaction) {
    return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
    });
}

function openDatabase() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
        request.result.createObjectStore(STORE, { keyPath: "seq", autoIncrement: true });
        request.result.createObjectStore(CLAIM, { keyPath: "id" });
    };
    return done(request);
}

class DiskQueue {
    constructor(database) {
        this.database = database;
        this.isKept = true;
        // Another tab deletes everything: it must not wait for this one.
        database.onversionchange = () => database.close();
    }

    async run(mode, work, store = STORE) {
        const transaction = this.database.transaction(store, mode);
        const ended = finished(transaction);
        ended.catch(() => {}); // told by the last line, or by work
        const result = await work(transaction.objectStore(store));
        await ended;
        return result;
    }

    all() {
        return this.run("readonly", (store) => done(store.getAll()));
    }

    add(entry) {
        return this.run("readwrite", (store) => done(store.add(entry)));
    }

    // Only what is still there: somebody may have thrown it away meanwhile.
    change(seq, values) {
        return this.run("readwrite", async (store) => {
            const entry = await done(store.get(seq));
            return entry && done(store.put({ ...entry, ...values }));
        });
    }

    remove(seq) {
        return this.run("readwrite", (store) => done(store.delete(seq)));
    }

    // For browsers without navigator.locks: true when nobody else sends until then.
    claim(by, until) {
        return this.run(
            "readwrite",
            async (store) => {
                const held = await done(store.get(1));
                const isFree = !held || held.by === by || held.until < Date.now();
                return isFree && done(store.put({ id: 1, by, until })).then(() => true);
            },
            CLAIM,
        );
    }
}

class MemoryQueue {
    constructor() {
        this.entries = [];
        this.isKept = false;
    }

    async all() {
        return this.entries.map((entry) => ({ ...entry }));
    }

    // Negative numbers: they stay apart from those of the database.
    async add(entry) {
        const seq = this.next ?? -1_000_000_000;
        this.next = seq + 1;
        this.entries.push({ ...entry, seq });
        return seq;
    }

    async change(seq, values) {
        const entry = this.entries.find((one) => one.seq === seq);
        Object.assign(entry ?? {}, values);
    }

    async remove(seq) {
        this.entries = this.entries.filter((one) => one.seq !== seq);
    }

    async claim() {
        return true;
    }
}

/** Both queues as one; what does not fit on the disk goes to memory. */
export class Queue {
    constructor(disk) {
        this.memory = new MemoryQueue();
        this.disk = disk;
    }

    get isKept() {
        return this.disk !== null;
    }

    of(seq) {
        return seq < 0 || !this.disk ? this.memory : this.disk;
    }

    async all() {
        const kept = this.disk ? await this.disk.all() : [];
        return [...kept, ...(await this.memory.all())].sort((a, b) => a.order - b.order || a.seq - b.seq);
    }

    /** Gives whether the telephone keeps it. */
    async add(draft) {
        const last = (await this.all()).at(-1);
        const entry = { ...draft, order: 1 + (last?.order ?? 0) };
        if (this.disk) {
            try {
                await this.disk.add(entry);
                return true;
            } catch {
                // No room: it is sent from memory.
            }
        }
        await this.memory.add(entry);
        return false;
    }

    change(seq, values) {
        return this.of(seq).change(seq, values);
    }

    remove(seq) {
        return this.of(seq).remove(seq);
    }

    claim(by, until) {
        return (this.disk ?? this.memory).claim(by, until);
    }

    async prune() {
        const old = Date.now() - SENT_KEPT_MS;
        for (const entry of await this.all()) {
            if (entry.state === "sent" && entry.sentAt < old) {
                await this.remove(entry.seq);
            }
        }
    }
}

export async function openQueue() {
    try {
        return new Queue(new DiskQueue(await openDatabase()));
    } catch {
        return new Queue(null);
    }
}

/** What was sent is forgotten; what was not stays for its person. */
export async function forgetSent() {
    const queue = await openQueue();
    for (const entry of await queue.all()) {
        if (entry.state === "sent") {
            await queue.remove(entry.seq);
        }
    }
}

export function deleteQueue(queue) {
    queue.disk?.database.close();
    return done(indexedDB.deleteDatabase(NAME)).catch(() => {});
}
