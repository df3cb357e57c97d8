/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_july.S: the calendar file of the invented July, as bytes in the program. */
    .section .rodata
    .global demo_july_begin
    .global demo_july_end
demo_july_begin:
    .incbin DEMO_JULY_ICS
demo_july_end:
    .byte 0
    .section .note.GNU-stack, "", @progbits
