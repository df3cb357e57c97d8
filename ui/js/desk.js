// SPDX-License-Identifier: AGPL-3.0-or-later
// The desk's script: one deferred file. Every page works without it.

import "./theme-switch.js";
import "./shortcuts.js";
import "./list-keys.js";
import "./dismiss.js";
import "./confirm.js";
import "./forms.js";
import "./live.js";
import "./agenda-grid.js";
import "./agenda-drag.js";
import "./copy-text.js";
import "./print.js";
import "./field-leave.js";
import "./undo.js";
import "./lease.js";
import "./many.js";
import "./board.js";
import "./copy.js";
import "./press-fields.js";
import "./press-toolbar.js";
import "./press-preview.js";
import "./press-save.js";
import "./press-review.js";
import "./photos-ground.js";
import "./photos-sort.js";
import "./photos-sort-live.js";
import "./photos-boxes.js";
import "./photos-one.js";
import "./photos-gallery.js";
import "./photos-upload.js";
