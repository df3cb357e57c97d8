// SPDX-License-Identifier: AGPL-3.0-or-later
// later.mjs: what a test made is taken away in the opposite order, all of it, whatever fails.

const stacks = new WeakMap();

async function runAll(stack) {
    const errors = [];
    while (stack.length > 0) {
        try {
            await stack.pop()();
        } catch (error) {
            errors.push(error);
        }
    }
    if (errors.length > 0) {
        throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
    }
}

/** Does it when the test t (or a file: { after }) is over. */
export function later(t, work) {
    let stack = stacks.get(t);
    if (!stack) {
        stack = [];
        stacks.set(t, stack);
        t.after(() => runAll(stack));
    }
    stack.push(work);
}
