// SPDX-License-Identifier: AGPL-3.0-or-later
// png.mjs: a picture of one colour, or of a colour for each place, made on the spot.

import { crc32, deflateSync } from "node:zlib";

function crc(bytes) {
    if (crc32) {
        return crc32(bytes);
    }
    let sum = 0xffffffff;
    for (const byte of bytes) {
        sum ^= byte;
        for (let bit = 0; bit < 8; bit++) {
            sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
        }
    }
    return (sum ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
}

function file(width, height, rows) {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
        Buffer.from("89504e470d0a1a0a", "hex"),
        chunk("IHDR", head),
        chunk("IDAT", deflateSync(rows)),
        chunk("IEND", Buffer.alloc(0)),
    ]);
}

/** RGB, 8 bits; colour: three numbers. */
export function png(width, height, colour) {
    const row = Buffer.concat([Buffer.from([0]), Buffer.concat(Array(width).fill(Buffer.from(colour)))]);
    return file(width, height, Buffer.concat(Array(height).fill(row)));
}

/** RGB, 8 bits; colourAt(x, y) gives three numbers. */
export function pngOf(width, height, colourAt) {
    const rows = Buffer.alloc(height * (width * 3 + 1));
    for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
            rows.set(colourAt(x, y), y * (width * 3 + 1) + 1 + x * 3);
        }
    }
    return file(width, height, rows);
}
