#ifndef WASL_CCURL_H
#define WASL_CCURL_H
/* Fetches an http(s) address into a file: at most `limit` bytes, `seconds` long, five redirects.
   Returns 0, or a libcurl code with its text in `message`. `status` is the answer's HTTP status, `kind` why there is
   no file. With `is_public_only` no connection is opened to a private, local or reserved network.
   libcurl's setter takes variable arguments, which Swift cannot call. */
enum wasl_fetch_kind {
  WASL_FETCH_UNREACHABLE = 0, WASL_FETCH_ANSWER = 1, WASL_FETCH_TOO_LARGE = 2, WASL_FETCH_PRIVATE = 3
};
int wasl_fetch(const char *address, const char *path, long long limit, long seconds, int is_public_only,
               char *message, unsigned long message_size, long *status, int *kind);

/* GETs an http(s) address, or POSTs `form` (already encoded) to it, and keeps the answer in `bytes`, which has room
   for `limit`; a longer one is an error. No redirect is followed: where it
   leads stands in `redirect`. `user` and `password` go as HTTP Basic; each may
   be NULL, as may `authorities`, a file of certificates to trust instead of
   the system's. Returns 0, or a libcurl code. */
int wasl_http(const char *address, const char *form, const char *user, const char *password, const char *authorities,
              unsigned char *bytes, unsigned long limit, unsigned long *length, long seconds,
              char *redirect, unsigned long redirect_size, char *message, unsigned long message_size, long *status);

/* What a mail server answered: `reply` to `command` (the verb alone), `message` in libcurl's words. */
struct wasl_mail_result { char command[16]; char reply[512]; char message[512]; int closing; };

/* Hands one message, `length` bytes with lines ending in CRLF, to an smtp:// or smtps:// server, for one recipient.
   `from` and `to` are bare addresses. `authorities` names a file of certificates to trust, or is NULL for the
   system's. Without `requires_tls` a server that offers no TLS is used in the clear; a wrong certificate never is.
   Returns 0, or a libcurl code. Blocks for `seconds` at most. */
int wasl_mail(const char *address, const char *user, const char *password, const char *authorities,
              const char *from, const char *to, const unsigned char *bytes, unsigned long length,
              int requires_tls, long seconds, struct wasl_mail_result *result);
#endif
