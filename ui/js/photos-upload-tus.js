// SPDX-License-Identifier: AGPL-3.0-or-later
// One upload over tus 1.0.0 (tus.io/protocols/resumable-upload): begin, ask where it stands, send a piece, give up.
//
// What goes wrong is an Error with status (0: no answer came), text (the server's sentence) and wait (seconds that the server
// asks for; 0: none).

const PIECE = 5 * 1024 * 1024;

// A connection that moves nothing for so long is dead, whatever the browser says.
const SILENT_MS = 30_000;

function encode(text) {
    return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function metadata(fields) {
    const pairs = Object.entries(fields).filter(([, value]) => value);
    return pairs.map(([key, value]) => `${key} ${encode(value)}`).join(",");
}

function troubleOf(xhr) {
    const error = new Error("upload");
    error.status = xhr.status;
    error.wait = Number(xhr.status && xhr.getResponseHeader("Retry-After")) || 0;
    try {
        error.text = JSON.parse(xhr.responseText).error.message;
    } catch {
        error.text = "";
    }
    return error;
}

// XMLHttpRequest, because fetch does not say how much of a body has left.
function ask({ method, address, headers, body = null, signal, onProgress }) {
    return new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        let silent = 0;
        const alive = () => {
            clearTimeout(silent);
            silent = setTimeout(() => xhr.abort(), SILENT_MS);
        };
        const stop = () => xhr.abort();
        xhr.open(method, address);
        for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", ...headers })) {
            xhr.setRequestHeader(name, value);
        }
        xhr.upload.addEventListener("progress", (event) => {
            alive();
            onProgress?.(event.loaded);
        });
        xhr.addEventListener("loadend", () => {
            clearTimeout(silent);
            signal?.removeEventListener("abort", stop);
            const fine = xhr.status >= 200 && xhr.status < 300;
            (fine ? resolve : reject)(fine ? xhr : troubleOf(xhr));
        });
        signal?.addEventListener("abort", stop);
        alive();
        xhr.send(body);
    });
}

async function checksum(piece) {
    if (!crypto.subtle) {
        return {}; // not a secure context: the length is all that can be checked
    }
    const digest = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
    return { "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...new Uint8Array(digest)))}` };
}

function standing(xhr) {
    return {
        offset: Number(xhr.getResponseHeader("Upload-Offset")),
        record: xhr.getResponseHeader("Vocero-Record"),
    };
}

/** Announces a file; its address. */
export async function begin(place, file, { event, coverage }, csrf) {
    const headers = {
        "X-CSRF-Token": csrf,
        "Upload-Length": String(file.size),
        "Upload-Metadata": metadata({ filename: file.name, event, coverage }),
    };
    const xhr = await ask({ method: "POST", address: place, headers });
    return xhr.getResponseHeader("Location");
}

// Another connection is still at it, perhaps our own from before a reload: a piece would be refused when it is there.
function refuseHeld(xhr) {
    if (xhr.getResponseHeader("Vocero-Held")) {
        throw Object.assign(new Error("upload"), { status: 423, wait: 1, text: "" });
    }
}

/** Where it stands: { offset, record }; null when the server knows it no longer. */
export async function look(address) {
    try {
        const xhr = await ask({ method: "HEAD", address });
        refuseHeld(xhr);
        return standing(xhr);
    } catch (error) {
        if (error.status === 404 || error.status === 410) {
            return null;
        }
        throw error;
    }
}

/** Sends the next piece from offset on; { offset, record }. */
export async function sendPiece(address, file, offset, { csrf, signal, onProgress }) {
    const piece = file.slice(offset, offset + PIECE);
    const headers = {
        "X-CSRF-Token": csrf,
        "Upload-Offset": String(offset),
        "Content-Type": "application/offset+octet-stream",
        ...(await checksum(piece)),
    };
    const body = { method: "PATCH", address, headers, body: piece, signal };
    return standing(await ask({ ...body, onProgress: (n) => onProgress?.(offset + n) }));
}

/** Gives an upload up; whether the server heard it does not matter: it forgets it in a day. */
export function giveUp(address, csrf) {
    return ask({ method: "DELETE", address, headers: { "X-CSRF-Token": csrf } }).catch(() => null);
}
