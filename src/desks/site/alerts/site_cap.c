/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_cap.c: an alert as a message of the Common Alerting Protocol (OASIS CAP 1.2, July 2010).
 *
 * Elements stand in the order of its schema.  Times are those of the city with their offset; UTC is written -00:00 and
 * never Z (3.3.2).  Identifier and sender have no blank, comma, < or & (3.2.1), since `references` parts by them. */
#include "base/buf.h"
#include "base/id.h"
#include "base/text.h"
#include "desks/site/alerts/site_alert.h"

enum { CAP_MAX = 64 * 1024 };
static const char cap_open[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n";

/* ---- XML ---- */
static const char *reference(char c)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    default: return "&quot;";
    }
}

static void escape(Buf *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("<>&\"", *text))
            buf_text(out, reference(*text));
        else if ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t')
            buf_char(out, *text);
    }
}

/* Nothing is written for what is not there. */
static void element(Buf *out, const char *name, const char *text)
{
    if (text_blank(text))
        return;
    buf_printf(out, "<%s>", name);
    escape(out, text);
    buf_printf(out, "</%s>\n", name);
}

static void moment(Ctx *ctx, Buf *out, const char *name, i64 instant)
{
    const char *text = clock_rfc3339(ctx->arena, ctx->city->zone, instant);
    bool utc = text_ends(text, "+00:00");
    element(out, name, utc ? arena_printf(ctx->arena, "%.19s-00:00", text) : text);
}

/* ---- who and what ---- */
/* Of the site's address; what CAP does not allow there becomes a hyphen. */
static const char *host(Ctx *ctx)
{
    const char *after = strstr(ctx->city->base_url, "://");
    char *name = arena_text(ctx->arena, after ? after + 3 : ctx->city->base_url);
    for (char *p = name; *p; p++)
        if ((unsigned char)*p <= ' ' || strchr(",<&/", *p))
            *p = '-';
    return name;
}

static const char *sender(Ctx *ctx)
{
    return arena_printf(ctx->arena, "comunicacion@%s", host(ctx));
}

static const char *identifier(Ctx *ctx, const Alert *a, bool end)
{
    return arena_printf(ctx->arena, "%s-%s%s", host(ctx), id_text(ctx->arena, a->id), end ? "-fin" : "");
}

/* sender,identifier,sent of the message that this one is about. */
static void refer(Ctx *ctx, Buf *out, const Alert *about)
{
    Buf *sent = buf_new(ctx->arena, 64, 256);
    moment(ctx, sent, "sent", about->confirmed_at);
    const char *text = arena_printf(ctx->arena, "%.*s", CLOCK_RFC3339, buf_data(sent) + strlen("<sent>"));
    element(out, "references", arena_printf(ctx->arena, "%s,%s,%s", sender(ctx), identifier(ctx, about, false), text));
}

static void write_head(Ctx *ctx, Buf *out, const Alert *a, const Alert *about, bool end)
{
    element(out, "identifier", identifier(ctx, a, end));
    element(out, "sender", sender(ctx));
    moment(ctx, out, "sent", end ? a->ended_at : a->confirmed_at);
    element(out, "status", a->exercise ? "Exercise" : "Actual");
    element(out, "msgType", end ? "Cancel" : about ? "Update" : "Alert");
    element(out, "source", "Vocero");
    element(out, "scope", "Public");
    element(out, "note", arena_printf(ctx->arena, "%s %s%s%s", tongue_say(TONGUE_ES, N_("This is a message of the communication office, "
                                      "not of the national alert system.")),
                                      a->exercise ? tongue_say(TONGUE_ES, N_("This is a drill.")) : "", end && a->reason ? " " : "",
                                      end && a->reason ? a->reason : ""));
    if (about)
        refer(ctx, out, about);
}

static void write_info(Ctx *ctx, Buf *out, const Alert *a, bool end)
{
    const char *drill = a->exercise ? tongue_say(TONGUE_ES, N_("DRILL: ")) : "";
    buf_text(out, "<info>\n");
    element(out, "language", "es-MX");
    element(out, "category", word_name(site_category_words, a->category));
    element(out, "event", a->event);
    element(out, "urgency", end ? "Past" : word_name(site_urgency_words, a->urgency));
    element(out, "severity", word_name(site_severity_words, a->severity));
    element(out, "certainty", word_name(site_certainty_words, a->certainty));
    moment(ctx, out, "effective", a->confirmed_at);
    moment(ctx, out, "expires", a->expires_at);
    element(out, "senderName", arena_printf(ctx->arena, "%s, %s", ctx->city->office, ctx->city->name));
    element(out, "headline", arena_printf(ctx->arena, "%s%s", drill, a->headline));
    element(out, "description", a->text);
    element(out, "instruction", a->instruction);
    element(out, "web", arena_printf(ctx->arena, "%s%s", ctx->city->base_url, site_alert_url(ctx->arena, a->id, NULL).s));
    buf_text(out, "<area>\n");
    element(out, "areaDesc", a->area);
    buf_text(out, "</area>\n</info>\n");
}

Buf *site_cap(Ctx *ctx, const Alert *a, const Alert *updated, bool end)
{
    Buf *out = buf_new(ctx->arena, 4096, CAP_MAX);
    buf_text(out, cap_open);
    write_head(ctx, out, a, end ? a : updated, end);
    write_info(ctx, out, a, end);
    buf_text(out, "</alert>\n");
    return out;
}
