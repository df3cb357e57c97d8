// SPDX-License-Identifier: AGPL-3.0-or-later
// One tab, or the worker, sends at a time. Others do not wait: whoever has the lock sends theirs, too.

const NAME = "vocero-campo";
const CLAIM_MS = 30_000;
const RENEW_MS = 10_000;

const self_ = Math.random().toString(36).slice(2);

async function withClaim(queue, work) {
    const claim = () => queue.claim(self_, Date.now() + CLAIM_MS);
    if (!(await claim())) {
        return undefined;
    }
    const renewing = setInterval(claim, RENEW_MS);
    try {
        return await work();
    } finally {
        clearInterval(renewing);
        await queue.claim(self_, 0);
    }
}

/** What work gives; undefined when another one is at it. */
export function withLock(queue, work) {
    if (!navigator.locks) {
        return withClaim(queue, work);
    }
    return navigator.locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
