/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_head_fuzz.c: any bytes as a picture's beginning: a type that is known and sizes that can be, or no. */
#include "media/media_room.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    PictureHead head = {0};
    char *exact = malloc(size ? size : 1); /* so that one byte too far is noticed */
    memcpy(exact, data, size);
    if (media_head((Bytes){exact, size}, &head) && (!head.type || head.width < 1 || head.height < 1))
        abort();
    free(exact);
    return 0;
}
