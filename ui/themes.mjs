// SPDX-License-Identifier: AGPL-3.0-or-later
// Unfolds light-dark(light, dark) in custom properties into three plain blocks, for browsers that do
// not know the function: light, dark by the system's wish, dark by the reader's choice.

const PAIR = /^ *(--[\w-]+): light-dark\((.+)\);$/gm;

// Splits at the comma that is not inside rgb( … ).
function splitPair(text) {
    let depth = 0;
    for (let at = 0; at < text.length; at += 1) {
        if (text[at] === "(") depth += 1;
        if (text[at] === ")") depth -= 1;
        if (text[at] === "," && depth === 0) {
            return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
        }
    }
    throw new Error(`light-dark() wants two values: ${text}`);
}

// Takes the text of tokens.css, gives it with plain values and the dark blocks at its end.
export function unfoldThemes(css) {
    const dark = [];
    const plain = css.replace(PAIR, (whole, name, values) => {
        const [lightValue, darkValue] = splitPair(values);
        dark.push(`${name}: ${darkValue};`);
        return `    ${name}: ${lightValue};`;
    });
    const body = dark.join("\n");
    return `${plain.replace("color-scheme: light dark;", "color-scheme: light;")}
@media (prefers-color-scheme: dark) {
:root:not([data-theme="light"]) { color-scheme: dark; ${body} }
}
:root[data-theme="dark"] { ${body} }
`;
}

const RULE = /(\[data-palette="[\w-]+"\]) \{([^}]*)\}/g;

// A palette lies on the page itself or on a sample of it; in both places it follows the theme.
function darkSelectors(root, selector) {
    return `${root}${selector}, ${root} ${selector}`;
}

// Takes the text of palettes.css: each rule light, dark by the system's wish, dark by the reader's choice.
export function unfoldPalettes(css) {
    const system = ':root:not([data-theme="light"])';
    const chosen = ':root[data-theme="dark"]';
    return css.replace(RULE, (whole, selector, body) => {
        const dark = [];
        const plain = body.replace(PAIR, (line, name, values) => {
            const [lightValue, darkValue] = splitPair(values);
            dark.push(`${name}: ${darkValue};`);
            return `    ${name}: ${lightValue};`;
        });
        const night = dark.join("\n");
        return `${selector} {${plain}}
@media (prefers-color-scheme: dark) {
${darkSelectors(system, selector)} { ${night} }
}
${darkSelectors(chosen, selector)} { ${night} }`;
    });
}
