#ifndef WASL_CCURL_H
#define WASL_CCURL_H
/* Fetches an http(s) address into a file: at most `limit` bytes, `seconds` long, five redirects.
   Returns 0, or a libcurl code with its text in `message`. `status` is the answer's HTTP status.
   libcurl's setter takes variable arguments, which Swift cannot call. */
int wasl_fetch(const char *address, const char *path, long long limit, long seconds,
               char *message, unsigned long message_size, long *status);
#endif
