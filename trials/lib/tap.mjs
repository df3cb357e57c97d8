// SPDX-License-Identifier: AGPL-3.0-or-later
// tap.mjs: the tests as flat TAP, a point each, for who counts points.

import { reasonOf } from "./report.mjs";

export default async function* tap(events) {
    let points = 0;
    yield "TAP version 13\n";
    for await (const { type, data } of events) {
        if (type !== "test:pass" && type !== "test:fail") {
            continue;
        }
        const name = `${++points} - ${data.name.replaceAll("#", "no.")}`;
        if (type === "test:fail") {
            yield `not ok ${name}\n${reasonOf(data.details.error).replace(/^/gm, "# ")}\n`;
        } else {
            yield `ok ${name}${data.skip === undefined ? "" : ` # SKIP ${data.skip}`}\n`;
        }
    }
    yield `1..${points}\n`;
}
