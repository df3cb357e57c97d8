/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* mail_test.c: what leaves, what the server's words mean; read back by GMime and against a strict stand-in on loopback. */
#include "mail/mail.h"
#include "mail/mail_test_server.h"

#include <gmime/gmime.h>

typedef struct Post {
    MailTestServer *server;
    City city;
    Ctx ctx;
} Post;

static void set_up(Post *p, gconstpointer unused)
{
    p->server = mail_test_server_start();
    p->city = (City){.name = "San Luis Potosí", .office = "Comunicación Social", .base_url = "https://sanluis.example",
                     .mail = {.smtp = mail_test_server_url(p->server), .from = "prensa@sanluis.example", .bounces = "rebotes@sanluis.example"}};
    p->ctx = (Ctx){arena_new(0), NULL, &actor_system, &p->city, 1657810800000000, {0}};
}

static void tear_down(Post *p, gconstpointer unused)
{
    arena_free(p->ctx.arena);
    mail_test_server_stop(p->server);
}

static Mail letter(const char *to)
{
    return (Mail){
        .to = to, .to_name = "Íñigo Núñez, \"El Güero\"", .subject = "CS/0123/2022 · Arranca el bacheo en 14 colonias y en la ribera del río Santiago: ¡más de 3,000 m²!",
        .text = "Arranca el bacheo.\n.\n..y una línea con punto\nFrom the start: " "ñandú\n", .id = "abc.def@sanluis.example",
        .tag = "1a2b-3c4d", .leave = "https://comunicacion.ayuntamiento.sanluis.example/prensa/baja/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", .at = 1657810800000000,
    };
}

static GMimeMessage *parse(const char *bytes)
{
    g_mime_init();
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, strlen(bytes));
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    g_assert_nonnull(message);
    return message;
}

static const char *head(GMimeMessage *m, const char *name)
{
    return g_mime_object_get_header(GMIME_OBJECT(m), name);
}

static void every_byte_arrives(Post *p, gconstpointer unused)
{
    Mail mail = letter("inigo@pulso.example");
    MailReceipt receipt = {0};
    g_assert_true(mail_send(&p->ctx, &mail, &receipt));
    g_assert_cmpint(receipt.outcome, ==, MAIL_SENT);
    g_assert_cmpuint(mail_test_server_count(p->server), ==, 1);
    g_assert_cmpstr(mail_test_server_complaint(p->server), ==, NULL);
    g_assert_cmpstr(mail_test_server_sender(p->server, 0), ==, "rebotes+1a2b-3c4d@sanluis.example");
    g_assert_cmpstr(mail_test_server_recipient(p->server, 0), ==, "inigo@pulso.example");
    GMimeMessage *m = parse(mail_test_server_message(p->server, 0));
    g_assert_cmpstr(g_mime_message_get_subject(m), ==, mail.subject);
    g_assert_cmpstr(g_mime_message_get_message_id(m), ==, "abc.def@sanluis.example");
    g_assert_cmpstr(head(m, "List-Unsubscribe"), ==, "<https://comunicacion.ayuntamiento.sanluis.example/prensa/baja/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG>");
    g_assert_cmpstr(head(m, "List-Unsubscribe-Post"), ==, "List-Unsubscribe=One-Click");
    g_assert_nonnull(strstr(mail_test_server_message(p->server, 0), "\r\nList-Unsubscribe: <https://comunicacion.ayunta"));
    g_assert_nonnull(strstr(mail_test_server_message(p->server, 0), "\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    g_assert_cmpint(g_date_time_to_unix(g_mime_message_get_date(m)), ==, 1657810800);
    InternetAddress *from = internet_address_list_get_address(g_mime_message_get_from(m), 0);
    g_assert_cmpstr(internet_address_get_name(from), ==, "Comunicación Social");
    InternetAddress *to = internet_address_list_get_address(g_mime_message_get_to(m), 0);
    g_assert_cmpstr(internet_address_get_name(to), ==, mail.to_name);
    g_autofree char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_message_get_mime_part(m)));
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    g_autofree char *unix_text = g_strjoinv("\n", lines);
    g_assert_cmpstr(unix_text, ==, mail.text);
    g_object_unref(m);
}

static void no_line_of_the_head_can_be_smuggled_in(Post *p, gconstpointer unused)
{
    Mail mail = letter("inigo@pulso.example");
    Bytes bytes;
    mail.subject = "Hola\r\nBcc: todos@pulso.example";
    mail.to_name = "Íñigo\nX-Evil: 1";
    g_assert_true(mail_compose(&p->ctx, &mail, &bytes));
    GMimeMessage *m = parse(bytes.data);
    g_assert_null(head(m, "Bcc"));
    g_assert_null(head(m, "X-Evil"));
    g_object_unref(m);
    mail.to = "a@b.example\r\nRCPT TO:<c@d.example>";
    g_assert_false(mail_compose(&p->ctx, &mail, &bytes));
    g_assert_cmpint(p->ctx.fault.kind, ==, FAULT_INVALID);
}

static MailReceipt said_of(Post *p, const char *to)
{
    Mail mail = letter(to);
    MailReceipt receipt = {0};
    g_assert_true(mail_send(&p->ctx, &mail, &receipt));
    return receipt;
}

static void what_the_server_says_is_understood(Post *p, gconstpointer unused)
{
    MailReceipt r = said_of(p, "nadie@pulso.example");
    g_assert_cmpint(r.outcome, ==, MAIL_REFUSED);
    g_assert_true(r.bad_address);
    g_assert_cmpstr(r.answer, ==, "550 5.1.1 no such mailbox here");
    r = said_of(p, "politica@pulso.example");
    g_assert_cmpint(r.outcome, ==, MAIL_REFUSED);
    g_assert_false(r.bad_address);
    r = said_of(p, "lleno@pulso.example");
    g_assert_cmpint(r.outcome, ==, MAIL_LATER);
    r = said_of(p, "contenido@pulso.example");
    g_assert_cmpint(r.outcome, ==, MAIL_REFUSED);
    g_assert_false(r.bad_address);
    r = said_of(p, "corta@pulso.example");
    g_assert_cmpint(r.outcome, ==, MAIL_LATER);
    g_assert_cmpuint(mail_test_server_count(p->server), ==, 0);
}

static void without_a_server_nothing_is_lost(Post *p, gconstpointer unused)
{
    p->city.mail.smtp = "smtp://127.0.0.1:1";
    g_assert_cmpint(said_of(p, "inigo@pulso.example").outcome, ==, MAIL_LATER);
    p->city.mail.smtp = mail_test_server_url(p->server);
    g_assert_cmpint(said_of(p, "inigo@pulso.example").outcome, ==, MAIL_SENT);
}

static void mail_that_is_not_set_up_says_so(Post *p, gconstpointer unused)
{
    Mail mail = letter("inigo@pulso.example");
    MailReceipt receipt;
    p->city.mail.smtp = NULL;
    g_assert_false(mail_is_set_up(&p->city));
    g_assert_false(mail_send(&p->ctx, &mail, &receipt));
    g_assert_cmpint(p->ctx.fault.kind, ==, FAULT_CONFLICT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define MAIL_TEST(name) g_test_add("/mail/" #name, Post, NULL, set_up, name, tear_down)
    MAIL_TEST(every_byte_arrives);
    MAIL_TEST(no_line_of_the_head_can_be_smuggled_in);
    MAIL_TEST(what_the_server_says_is_understood);
    MAIL_TEST(without_a_server_nothing_is_lost);
    MAIL_TEST(mail_that_is_not_set_up_says_so);
    return g_test_run();
}
