// SPDX-License-Identifier: AGPL-3.0-or-later
// htmx with its server-sent-events extension, in one file on purpose: as two deferred scripts
// htmx 4.0.1 lost the connection in one page load of five (its issue #3693).

import htmx from "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-sse.js";
import { isTouched } from "./forms.js";

// A live part keeps what it shows when the server says no; the next change tries again. An element
// that wants the answer all the same says so with hx-status:422.
htmx.config.noSwap = [204, 304, "4xx", "5xx"];

class RefusedFunction {
    constructor() {
        throw new Error("hx-on, js: and trigger filters are not used here");
    }
}

// What a refresh by morph leaves alone. A form that somebody began to fill in stays as it is, with
// its hidden version number: so the server still notices that another was first. A details that is
// open stays open.
const keeping = {
    init: (api) => api.initSecurity(null, RefusedFunction, RefusedFunction),
    htmx_before_on_init: () => false,
    htmx_before_morph_node: (element) =>
        !(element instanceof HTMLFormElement && isTouched(element)),
    htmx_before_morph_attr: (element, { attrName }) =>
        !(attrName === "open" && element.matches("details, dialog")),
};

htmx.registerExtension("vocero", keeping);

export default htmx;
