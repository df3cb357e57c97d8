// SPDX-License-Identifier: AGPL-3.0-or-later
// cut.mjs: a network between a browser and the server that can be cut: what is on its way breaks off, and nothing gets through.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { later } from "./later.mjs";

/** Listens in front of a server; gives its url, how many bytes went up, cut() and mend(). */
export async function openNetwork(t, server) {
    const network = { isCut: false, sent: 0 };
    const sockets = new Set();
    const front = createServer((near) => {
        if (network.isCut) {
            near.destroy();
            return;
        }
        const far = connect(server.port, "127.0.0.1");
        for (const socket of [near, far]) {
            sockets.add(socket);
            socket.on("error", () => {});
            socket.on("close", () => {
                sockets.delete(socket);
                near.destroy();
                far.destroy();
            });
        }
        near.on("data", (bytes) => {
            network.sent += bytes.length;
        });
        near.pipe(far);
        far.pipe(near);
    });
    front.listen(0, "127.0.0.1");
    await once(front, "listening");
    network.url = `http://127.0.0.1:${front.address().port}`;
    network.cut = () => {
        network.isCut = true;
        sockets.forEach((socket) => socket.destroy());
    };
    network.mend = () => {
        network.isCut = false;
    };
    later(t, () => {
        network.cut();
        front.close();
    });
    return network;
}
