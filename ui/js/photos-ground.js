// SPDX-License-Identifier: AGPL-3.0-or-later
// While a picture is loaded, its place has its mean colour (img[data-thumbhash]): the first three bytes of
// the hash hold luminance and two differences (evanw/thumbhash, format of 2023).

function meanColour(hash) {
    const bytes = Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0));
    const head = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
    const luminance = (head & 63) / 63;
    const yellowBlue = ((head >> 6) & 63) / 31.5 - 1;
    const redGreen = ((head >> 12) & 63) / 31.5 - 1;
    const blue = luminance - (2 / 3) * yellowBlue;
    const red = (3 * luminance - blue + redGreen) / 2;
    const green = red - redGreen;
    const parts = [red, green, blue].map((part) => Math.round(Math.min(Math.max(part, 0), 1) * 255));
    return `rgb(${parts.join(" ")})`;
}

function paint(image) {
    if (image.complete || !image.dataset.thumbhash) {
        return;
    }
    try {
        image.style.backgroundColor = meanColour(image.dataset.thumbhash);
    } catch {
        // No base64: it stays as it is.
    }
}

function paintAll() {
    document.querySelectorAll("img[data-thumbhash]").forEach(paint);
}

document.addEventListener(
    "load",
    (event) => {
        if (event.target instanceof HTMLImageElement && event.target.dataset.thumbhash) {
            event.target.style.backgroundColor = "";
        }
    },
    true,
);
document.addEventListener("htmx:after:swap", paintAll);
paintAll();
