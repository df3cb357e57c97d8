/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_test_pictures.h: pictures made for tests: scenes that are drawn from a number, in any format that libvips writes. */
#pragma once
#include "base/arena.h"

/* A scene as PPM in the folder; paths live in the arena. The same seed and size give the same bytes; other seeds look different. */
const char *picture_scene(Arena *a, const char *folder, const char *name, unsigned seed, int width, int height);
/* Runs vips: command is e.g. "copy", from a path to a path with options: x.jpg[Q=30]; more goes behind, NULL: nothing. */
const char *picture_made(Arena *a, const char *command, const char *from, const char *to, const char *more);
/* The bytes of a JPEG with an EXIF block before its own: an orientation, an artist, and where it was taken. */
const char *picture_with_exif(Arena *a, const char *jpeg, const char *to, int orientation);

Bytes picture_read(Arena *a, const char *path);
void picture_write(const char *path, Bytes bytes);
/* What a second reader finds of EXIF, XMP, IPTC or profiles: the name of the first such block, or NULL. */
const char *picture_metadata(Bytes bytes);
