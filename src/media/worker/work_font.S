/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_font.S: the bytes of the watermark's font (WOFF, SIL Open Font License; docs/dependencies.md). */
        .section .rodata
        .global work_font
        .global work_font_end
        .balign 16
work_font:
        .incbin WORK_FONT
work_font_end:
        .section .note.GNU-stack,"",%progbits
