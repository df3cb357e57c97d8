// SPDX-License-Identifier: AGPL-3.0-or-later
// report.mjs: how the tests are told: a line each, what went wrong at once, and a count at the end.

// What the runner says of all tests together, which the last line here says better.
const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;

function seconds(ms) {
    return `${(ms / 1000).toFixed(1)} s`;
}

export function reasonOf(error) {
    const text = error?.cause?.stack ?? error?.cause?.message ?? error?.message ?? String(error);
    return text.replace(/^/gm, "      ");
}

export default async function* report(events) {
    const sums = { passed: 0, failed: 0, skipped: 0 };
    for await (const { type, data } of events) {
        if (type === "test:pass" && data.skip !== undefined) {
            sums.skipped++;
            yield `skip  ${data.name} (${data.skip})\n`;
        } else if (type === "test:pass") {
            sums.passed++;
            yield `ok    ${data.name} (${seconds(data.details.duration_ms)})\n`;
        } else if (type === "test:fail") {
            sums.failed++;
            yield `FAIL  ${data.name}\n${reasonOf(data.details.error)}\n`;
        } else if (type === "test:diagnostic" && !SUMMARY.test(data.message)) {
            yield `      ${data.message}\n`;
        }
    }
    yield `${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped\n`;
}
