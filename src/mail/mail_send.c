/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* mail_send.c: the talk with the city's mail server (SMTP, RFC 5321), by libcurl; what it says is read, not guessed. */
#include "base/text.h"
#include "mail/mail.h"

#include <curl/curl.h>
#include <glib.h>
#include <pthread.h>

#define CONNECT_TIMEOUT (15 * CLOCK_SECOND)
enum { ANSWER_MAX = 400 };

typedef struct Talk {
    Ctx *ctx;
    Bytes message;
    size_t given;
    char command[16];           /* the last that we said: RCPT, DATA… */
    char answer[ANSWER_MAX + 1];/* the last that it said */
    bool refused_address;       /* RCPT got 5xx */
    bool gave_all;              /* the message was written to its end */
} Talk;

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void drop_curl(CURL **curl)
{
    curl_easy_cleanup(*curl);
}

static void drop_list(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

/* ---- what libcurl asks and tells ---- */
static size_t give(char *to, size_t size, size_t n, void *data)
{
    Talk *talk = data;
    size_t left = talk->message.size - talk->given, most = size * n;
    size_t now = left < most ? left : most;
    memcpy(to, talk->message.data + talk->given, now);
    talk->given += now;
    talk->gave_all = talk->given == talk->message.size;
    return now;
}

static void heard(Talk *talk, const char *line, size_t n)
{
    while (n && (line[n - 1] == '\r' || line[n - 1] == '\n'))
        n--;
    n = n < ANSWER_MAX ? n : ANSWER_MAX;
    if (text_same(talk->command, "QUIT"))
        return; /* what counts was said before */
    memcpy(talk->answer, line, n);
    talk->answer[n] = '\0';
    if (n && line[0] == '5' && text_same(talk->command, "RCPT"))
        talk->refused_address = true;
}

static void said(Talk *talk, const char *line, size_t n)
{
    size_t word = 0;
    while (word < n && word < sizeof talk->command - 1 && g_ascii_isalpha(line[word]))
        word++;
    memcpy(talk->command, line, word);
    talk->command[word] = '\0';
}

static int listen_in(CURL *curl, curl_infotype type, char *bytes, size_t n, void *data)
{
    if (type == CURLINFO_HEADER_IN)
        heard(data, bytes, n);
    else if (type == CURLINFO_HEADER_OUT)
        said(data, bytes, n);
    return 0;
}

/* ---- where, and how closed ---- */
/* What does not leave this machine needs no TLS, and there is nobody to certify it. */
static bool on_this_machine(const char *url)
{
    static const char *const hosts[] = {"smtp://127.0.0.1", "smtp://localhost", "smtp://[::1]"};
    for (size_t i = 0; i < COUNT(hosts); i++) {
        size_t n = strlen(hosts[i]);
        if (!strncmp(url, hosts[i], n) && (!url[n] || url[n] == ':' || url[n] == '/'))
            return true;
    }
    return false;
}

/* The path of the address is what we call ourselves: EHLO host. */
static const char *server(Ctx *ctx)
{
    const char *url = ctx->city->mail.smtp, *host = strchr(ctx->city->mail.from, '@') + 1;
    size_t n = strlen(url);
    while (n && url[n - 1] == '/')
        n--;
    return arena_printf(ctx->arena, "%.*s/%s", (int)n, url, host);
}

static void set_server(CURL *curl, Ctx *ctx)
{
    const CityMail *mail = &ctx->city->mail;
    curl_easy_setopt(curl, CURLOPT_URL, server(ctx));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(on_this_machine(mail->smtp) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)(CONNECT_TIMEOUT / 1000));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(MAIL_TIMEOUT / 1000));
    if (mail->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, mail->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, mail->password ? mail->password : "");
    }
}

static void set_message(CURL *curl, Talk *talk, const char *sender, struct curl_slist *to)
{
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, talk);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)talk->message.size);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, talk);
}

/* ---- what it means ---- */
/* RFC 3463: 5.1.x speaks of the address, 5.2.1 of a mailbox that is closed; 5.7.x is a policy, about us. Without
 * such a code 550, 551 and 553 speak of the mailbox (RFC 5321 4.2.3). */
static bool nobody_there(const char *answer)
{
    const char *code = strlen(answer) > 4 ? answer + 4 : "";
    if (code[0] == '5' && code[1] == '.')
        return !strncmp(code, "5.1.", 4) || !strncmp(code, "5.2.1", 5);
    return !strncmp(answer, "550", 3) || !strncmp(answer, "551", 3) || !strncmp(answer, "553", 3);
}

static MailReceipt judge(Ctx *ctx, const Talk *talk, CURLcode done)
{
    const char *answer = *talk->answer ? text_valid(talk->answer, strlen(talk->answer)) ? text_squeeze(ctx->arena, talk->answer) : "?" : NULL;
    if (done == CURLE_OK)
        return (MailReceipt){MAIL_SENT, false, answer};
    if (talk->refused_address)
        return (MailReceipt){MAIL_REFUSED, nobody_there(talk->answer), answer};
    bool content = talk->gave_all && talk->answer[0] == '5'; /* it read the message and does not want it */
    if (content)
        return (MailReceipt){MAIL_REFUSED, false, answer};
    const char *why = curl_easy_strerror(done);
    return (MailReceipt){MAIL_LATER, false, answer ? arena_printf(ctx->arena, "%s (%s)", answer, why) : why};
}

bool mail_send(Ctx *ctx, const Mail *mail, MailReceipt *receipt_out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    Talk talk = {.ctx = ctx};
    if (!mail_compose(ctx, mail, &talk.message))
        return false;
    pthread_once(&once, start_curl);
    CURL *curl CLEANUP(drop_curl) = curl_easy_init();
    struct curl_slist *to CLEANUP(drop_list) = curl_slist_append(NULL, mail->to);
    if (!curl || !to)
        return fault(ctx, FAULT_BUSY, "There is no memory to send mail now.");
    set_server(curl, ctx);
    set_message(curl, &talk, mail_sender(ctx, mail), to);
    *receipt_out = judge(ctx, &talk, curl_easy_perform(curl));
    return true;
}
