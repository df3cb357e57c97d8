// SPDX-License-Identifier: AGPL-3.0-or-later
// Every palette, light and dark: text on its grounds has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

const PAIR = /(--[\w-]+): light-dark\((#\w+), (#\w+)\)/g;
const PLAIN = /^ {4}(--[\w-]+): (#\w+);/gm;

function luminance(hex) {
    const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
    const linear = parts.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
}

function colours(css, theme) {
    const found = {};
    for (const [, name, value] of css.matchAll(PLAIN)) found[name] = value;
    for (const [, name, light, dark] of css.matchAll(PAIR)) found[name] = theme === "dark" ? dark : light;
    return found;
}

const WANTED = [
    ["--tinta", "--paper"],
    ["--tinta", "--sheet"],
    ["--tinta", "--tinta-soft"],
    ["--tinta-strong", "--paper"],
    ["--on-tinta", "--tinta"],
    ["--cantera", "--paper"],
    ["--cantera", "--sheet"],
    ["--cantera", "--cantera-soft"],
    ["--cantera-strong", "--paper"],
    ["--on-cantera", "--cantera"],
    ["--ink", "--paper"],
    ["--ink-2", "--paper"],
    ["--ink-3", "--paper"],
    ["--rail-ink", "--rail"],
    ["--rail-ink-2", "--rail"],
    ["--rail-ink-2", "--rail-2"],
];

const tokens = await readFile(new URL("css/tokens.css", import.meta.url), "utf8");
const palettes = await readFile(new URL("css/palettes.css", import.meta.url), "utf8");
const rules = [...palettes.matchAll(/\[data-palette="([\w-]+)"\] \{([^}]*)\}/g)];

test("there are three palettes besides the first", () => {
    assert.deepEqual(rules.map(([, name]) => name), ["laguna", "tuna", "noche"]);
});

for (const [name, css] of [["cantera", ""], ...rules.map(([, ...rest]) => rest)]) {
    for (const theme of ["light", "dark"]) {
        test(`${name}, ${theme}: every text can be read on its ground`, () => {
            const all = { ...colours(tokens, theme), ...colours(css, theme) };
            for (const [text, ground] of WANTED) {
                const found = contrast(all[text], all[ground]);
                assert.ok(found >= 4.5, `${text} on ${ground}: ${found.toFixed(2)}`);
            }
        });
    }
}
