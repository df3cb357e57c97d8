// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in a picture's place until it is loaded: some 25 bytes that the server sends with the page
// (ThumbHash, evanw.github.io/thumbhash) become a blurred drawing. Nothing moves when the picture comes.

const SIDE = 32;

function bytesOf(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** What the first five or six bytes say, and where the waves begin. */
function readHead(hash) {
    const first = hash[0] | (hash[1] << 8) | (hash[2] << 16);
    const second = hash[3] | (hash[4] << 8);
    const hasAlpha = first >> 23 === 1;
    const isLandscape = second >> 15 === 1;
    const steps = second & 7;
    return {
        light: (first & 63) / 63,
        yellow: ((first >> 6) & 63) / 31.5 - 1,
        red: ((first >> 12) & 63) / 31.5 - 1,
        lightScale: ((first >> 18) & 31) / 31,
        yellowScale: ((second >> 3) & 63) / 63,
        redScale: ((second >> 9) & 63) / 63,
        hasAlpha,
        wide: Math.max(3, isLandscape ? (hasAlpha ? 5 : 7) : steps),
        high: Math.max(3, isLandscape ? steps : hasAlpha ? 5 : 7),
        starts: hasAlpha ? 6 : 5,
    };
}

/** Half a byte each: how strong a wave is. */
function waveReader(hash, starts) {
    let index = 0;
    return (wide, high, scale) => {
        const waves = [];
        for (let y = 0; y < high; y++) {
            for (let x = y ? 0 : 1; x * high < wide * (high - y); x++) {
                const half = (hash[starts + (index >> 1)] >> ((index & 1) << 2)) & 15;
                waves.push({ x, y, strength: (half / 7.5 - 1) * scale });
                index++;
            }
        }
        return waves;
    };
}

function sum(base, waves, x, y) {
    let value = base;
    for (const wave of waves) {
        value += wave.strength * 2 * Math.cos((Math.PI / SIDE) * (x + 0.5) * wave.x) * Math.cos((Math.PI / SIDE) * (y + 0.5) * wave.y);
    }
    return value;
}

function channel(value) {
    return Math.max(0, 255 * Math.min(1, value));
}

function pixelsOf(hash) {
    const head = readHead(hash);
    const read = waveReader(hash, head.starts);
    const light = read(head.wide, head.high, head.lightScale);
    const yellow = read(3, 3, head.yellowScale * 1.25);
    const red = read(3, 3, head.redScale * 1.25);
    const pixels = new ImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
        const x = i % SIDE;
        const y = Math.floor(i / SIDE);
        const l = sum(head.light, light, x, y);
        const p = sum(head.yellow, yellow, x, y);
        const q = sum(head.red, red, x, y);
        const b = l - (2 / 3) * p;
        const r = (3 * l - b + q) / 2;
        pixels.data.set([channel(r), channel(r - q), channel(b), 255], i * 4);
    }
    return pixels;
}

/** Behind the picture, until that is there. */
function paint(picture) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIDE;
    canvas.getContext("2d").putImageData(pixelsOf(bytesOf(picture.dataset.thumb)), 0, 0);
    picture.before(canvas);
    picture.addEventListener("load", () => canvas.remove(), { once: true });
}

/** Those that are on the screen soon, and only what is not there yet. */
const near = new IntersectionObserver(
    (entries) => {
        for (const { target, isIntersecting } of entries) {
            if (isIntersecting) {
                near.unobserve(target);
                if (!target.complete) {
                    paint(target);
                }
            }
        }
    },
    { rootMargin: "50%" },
);

export function paintThumbs(root) {
    for (const picture of root?.querySelectorAll("img[data-thumb]") ?? []) {
        if (!picture.complete) {
            near.observe(picture);
        }
    }
}
