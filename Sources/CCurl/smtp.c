#include "CCurl.h"
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

struct letter { const unsigned char *bytes; size_t left; };

static size_t give(char *into, size_t size, size_t count, void *context) {
  struct letter *letter = context;
  size_t room = size * count, length = letter->left < room ? letter->left : room;
  memcpy(into, letter->bytes, length);
  letter->bytes += length;
  letter->left -= length;
  return length;
}

// Remembers the verb of our last command and the server's answer to it. What we send besides (credentials, the
// letter) is never kept. The good-bye at the end says nothing.
static int overhear(CURL *curl, curl_infotype kind, char *bytes, size_t length, void *context) {
  static const char *const verbs[] = { "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT" };
  (void)curl;
  struct wasl_mail_result *result = context;
  if (kind == CURLINFO_HEADER_OUT) {
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
      size_t size = strlen(verbs[i]);
      if (length <= size || memcmp(bytes, verbs[i], size) != 0) continue;
      if (bytes[size] != ' ' && bytes[size] != '\r') continue;
      if (strcmp(verbs[i], "QUIT") == 0) {
        result->closing = 1;
      } else {
        strcpy(result->command, verbs[i]);
        result->reply[0] = 0;
      }
    }
  } else if (kind == CURLINFO_HEADER_IN && !result->closing) {
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) length--;
    if (length == 0) return 0;
    if (length >= sizeof result->reply) length = sizeof result->reply - 1;
    memcpy(result->reply, bytes, length);
    result->reply[length] = 0;
  }
  return 0;
}

int wasl_mail(const char *address, const char *user, const char *password, const char *authorities,
              const char *from, const char *to, const unsigned char *bytes, unsigned long length,
              int requires_tls, long seconds, struct wasl_mail_result *result) {
  memset(result, 0, sizeof *result);
  CURL *curl = curl_easy_init();
  char recipient[300];
  snprintf(recipient, sizeof recipient, "<%s>", to);
  char sender[300];
  snprintf(sender, sizeof sender, "<%s>", from);
  struct curl_slist *recipients = curl_slist_append(NULL, recipient);
  if (!curl || !recipients) {
    if (curl) curl_easy_cleanup(curl);
    curl_slist_free_all(recipients);
    snprintf(result->message, sizeof result->message, "out of memory");
    return -1;
  }
  struct letter letter = { bytes, length };
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_URL, address);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  // A letter goes to the server named, never through a proxy that the environment names.
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, requires_tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (authorities) curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
  if (user) curl_easy_setopt(curl, CURLOPT_USERNAME, user);
  if (password) curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender);
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &letter);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, seconds < 20 ? seconds : 20L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, overhear);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, result);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  CURLcode code = curl_easy_perform(curl);
  snprintf(result->message, sizeof result->message, "%s", error[0] ? error : curl_easy_strerror(code));
  curl_slist_free_all(recipients);
  curl_easy_cleanup(curl);
  return (int)code;
}
