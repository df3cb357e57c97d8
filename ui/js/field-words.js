// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of the field page stand in its HTML: words("waiting", { n: 3 }).

export function words(name, values = {}) {
    const said = document.getElementById("words").dataset[name] ?? "";
    return said.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

const UNITS = ["B", "KB", "MB", "GB"];

export function sizeSaid(bytes) {
    const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
    const number = bytes / 1024 ** step;
    return `${number < 10 && step > 0 ? number.toFixed(1) : Math.round(number)} ${UNITS[step]}`;
}
