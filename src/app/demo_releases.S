/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_releases.S: what the invented office writes, as bytes in the program; ends with a NUL. */
    .section .rodata
    .global demo_releases
demo_releases:
    .incbin DEMO_RELEASES
    .byte 0
    .section .note.GNU-stack, "", @progbits
