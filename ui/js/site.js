// SPDX-License-Identifier: AGPL-3.0-or-later
// The public site's script: theme and "/". Every page works without it.

import "./theme-switch.js";
import "./shortcuts.js";
import "./copy-text.js";
import "./print.js";
import "./verify.js";
import "./little.js";
import "./lightbox.js";
