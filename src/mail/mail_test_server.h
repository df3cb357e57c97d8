/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* mail_test_server.h: a strict stand-in for a mail server, on loopback, for tests: it insists on RFC 5321's order and line
 * ends, and keeps what it took.
 *
 * The local part of a recipient says what becomes of it: "nadie…" 550 5.1.1, "politica…" 550 5.7.1, "lleno…" 452 4.2.2,
 * "contenido…" 554 after the message, "corta…" the connection ends after the message without a word; others are taken. */
#pragma once
#include "base/base.h"

typedef struct MailTestServer MailTestServer;

MailTestServer *mail_test_server_start(void);
void mail_test_server_stop(MailTestServer *s);
const char *mail_test_server_url(const MailTestServer *s); /* smtp://127.0.0.1:PORT */
size_t mail_test_server_count(MailTestServer *s);
/* The i-th that it took; lives as long as the server. Dots are unstuffed. */
const char *mail_test_server_message(MailTestServer *s, size_t i);
const char *mail_test_server_sender(MailTestServer *s, size_t i);
const char *mail_test_server_recipient(MailTestServer *s, size_t i);
/* What a client did that RFC 5321 does not allow; NULL: nothing. */
const char *mail_test_server_complaint(MailTestServer *s);
