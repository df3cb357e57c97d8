/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* mail_message.c: a message as MIME, and its addresses. */
#include "base/text.h"
#include "mail/mail.h"

#include <gmime/gmime.h>
#include <pthread.h>

static void start_gmime(void)
{
    g_mime_init();
}

static void begin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_gmime);
}

bool mail_is_set_up(const City *city)
{
    return city->mail.smtp && *city->mail.smtp && city->mail.from;
}

static const char *host_of(const char *address)
{
    const char *at = strrchr(address, '@');
    return at ? at + 1 : address;
}

const char *mail_id(Ctx *ctx, const char *words)
{
    return arena_printf(ctx->arena, "%s@%s", words, ctx->city->mail.from ? host_of(ctx->city->mail.from) : "localhost");
}

const char *mail_sender(Ctx *ctx, const Mail *mail)
{
    const char *address = ctx->city->mail.bounces ? ctx->city->mail.bounces : ctx->city->mail.from;
    if (!mail->tag)
        return address;
    const char *host = host_of(address);
    return arena_printf(ctx->arena, "%.*s+%s@%s", (int)(host - address - 1), address, mail->tag, host);
}

/* ---- the head: one line each, whatever was typed ---- */
static const char *line(Ctx *ctx, const char *text)
{
    return text ? text_squeeze(ctx->arena, text) : NULL;
}

static void put_address(Ctx *ctx, GMimeMessage *message, GMimeAddressType type, const char *name, const char *address)
{
    g_mime_message_add_mailbox(message, type, line(ctx, name), address);
    internet_address_set_charset(internet_address_list_get_address(g_mime_message_get_addresses(message, type), 0), "utf-8");
}

/* As it is, on one line: an address that was cut into encoded words is no address for the programs that read it. */
static void put_raw(Ctx *ctx, GMimeMessage *message, const char *name, const char *value)
{
    g_mime_object_set_header(GMIME_OBJECT(message), name, "", "utf-8");
    GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), name);
    g_mime_header_set_raw_value(header, arena_printf(ctx->arena, " %s\n", value));
}

static void put_head(Ctx *ctx, GMimeMessage *message, const Mail *mail)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(mail->at / CLOCK_SECOND);
    put_address(ctx, message, GMIME_ADDRESS_TYPE_FROM, mail->from_name ? mail->from_name : ctx->city->office, ctx->city->mail.from);
    put_address(ctx, message, GMIME_ADDRESS_TYPE_TO, mail->to_name, mail->to);
    g_mime_message_set_subject(message, line(ctx, mail->subject), "utf-8");
    g_mime_message_set_date(message, utc);
    g_mime_message_set_message_id(message, mail->id);
    if (!mail->leave)
        return;
    put_raw(ctx, message, "List-Unsubscribe", arena_printf(ctx->arena, "<%s>", mail->leave));
    put_raw(ctx, message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

/* Always UTF-8: GMime would choose the smallest charset that fits, another one from message to message. */
static void put_text(GMimeMessage *message, const Mail *mail)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail->text, strlen(mail->text));
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_part_set_content(GMIME_PART(part), content);
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
    g_object_unref(part);
    g_object_unref(content);
    g_object_unref(stream);
}

static const char *written(Ctx *ctx, GMimeMessage *message)
{
    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    g_autofree char *whole = g_mime_object_to_string(GMIME_OBJECT(message), options);
    g_mime_format_options_free(options);
    return arena_text(ctx->arena, whole);
}

bool mail_compose(Ctx *ctx, const Mail *mail, Bytes *out)
{
    if (!mail_is_set_up(ctx->city))
        return fault(ctx, FAULT_CONFLICT, "Mail is not set up: write smtp and from into [mail] of vocero.conf.");
    if (!mail->to || !text_mail_valid(mail->to) || strpbrk(mail->to, "\r\n<>"))
        return fault(ctx, FAULT_INVALID, "\"%s\" is no mail address.", mail->to ? mail->to : "");
    if (strlen(mail->text) > MAIL_MAX / 4)
        return fault(ctx, FAULT_TOO_LARGE, "The text is too long for a message.");
    begin();
    GMimeMessage *message = g_mime_message_new(TRUE);
    put_head(ctx, message, mail);
    put_text(message, mail);
    const char *whole = written(ctx, message);
    g_object_unref(message);
    *out = (Bytes){whole, strlen(whole)};
    return true;
}
