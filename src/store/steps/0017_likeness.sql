-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0017_likeness: how a text or a picture is recognised that is almost one that the office published (store/likeness.h).

-- The plain text of a seal, as it was published: what a pasted text is compared with.
CREATE TABLE store_likeness_text ( -- :public
    seal  INTEGER NOT NULL PRIMARY KEY REFERENCES store_seal (id), -- which seal
    text  TEXT NOT NULL                         -- words as people read them
);
-- Chosen runs of its words (winnowing): texts that share some have a passage in common.
CREATE TABLE store_likeness_print ( -- :public
    hash INTEGER NOT NULL,                      -- of a run of words, folded
    seal INTEGER NOT NULL REFERENCES store_seal (id), -- in which text
    PRIMARY KEY (hash, seal)
);
CREATE INDEX store_likeness_print_by_seal ON store_likeness_print (seal);
-- A picture that was published with a seal.
CREATE TABLE store_likeness_picture ( -- :public
    seal   INTEGER NOT NULL REFERENCES store_seal (id), -- which seal
    sha256 TEXT NOT NULL,                       -- of the picture as it came
    look   INTEGER NOT NULL,                    -- its perceptual hash: 64 bits, near for pictures that look alike
    name   TEXT NOT NULL,                       -- what it is called
    PRIMARY KEY (seal, sha256)
);
CREATE INDEX store_likeness_picture_by_sha ON store_likeness_picture (sha256, seal);
-- The hash in eight bands of eight bits: of two that differ in at most fifteen bits one band differs in at most one.
CREATE TABLE store_likeness_band ( -- :public
    band   INTEGER NOT NULL CHECK (band BETWEEN 0 AND 7), -- which byte
    bits   INTEGER NOT NULL,                    -- its value
    look   INTEGER NOT NULL,                    -- the whole hash
    seal   INTEGER NOT NULL REFERENCES store_seal (id), -- whose
    PRIMARY KEY (band, bits, look, seal)
);
CREATE INDEX store_likeness_band_by_seal ON store_likeness_band (seal);
