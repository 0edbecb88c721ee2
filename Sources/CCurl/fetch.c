#include "CCurl.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

struct sink { FILE *file; long long left; int is_full; int is_private; };

/// Private, local, shared and reserved networks (RFC 6890) of both families, also IPv4 inside IPv6.
static int is_private4(uint32_t a) {
  return (a >> 24) == 0 || (a >> 24) == 10 || (a >> 24) == 127 || (a >> 22) == (100u << 2 | 1) ||
         (a >> 16) == (169u << 8 | 254) || (a >> 20) == (172u << 4 | 1) || (a >> 16) == (192u << 8 | 168) ||
         (a >> 8) == (192u << 16) || (a >> 8) == (192u << 16 | 2) || (a >> 17) == (198u << 7 | 9) ||
         (a >> 8) == (198u << 16 | 51u << 8 | 100) || (a >> 8) == (203u << 16 | 113) || (a >> 28) >= 14;
}
static int is_private(const struct sockaddr *address) {
  if (address->sa_family == AF_INET)
    return is_private4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
  if (address->sa_family != AF_INET6) return 1;
  const uint8_t *b = ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr;
  static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  static const uint8_t translated[12] = {0, 0x64, 0xff, 0x9b};
  if (!memcmp(b, mapped, 12) || !memcmp(b, translated, 12))
    return is_private4((uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15]);
  // What is in use of the public internet is 2000::/3, less 6to4, Teredo and documentation.
  return (b[0] & 0xe0) != 0x20 || (b[0] == 0x20 && b[1] == 0x02) ||
         (b[0] == 0x20 && b[1] == 0x01 && (b[2] == 0 || (b[2] == 0x0d && b[3] == 0xb8)));
}
static curl_socket_t open_public(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  if (is_private(&address->addr)) {
    ((struct sink *)context)->is_private = 1;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype, address->protocol);
}

static size_t keep(char *bytes, size_t size, size_t count, void *context) {
  struct sink *sink = context;
  size_t length = size * count;
  if ((long long)length > sink->left) {
    sink->is_full = 1;
    return 0;
  }
  sink->left -= (long long)length;
  return fwrite(bytes, 1, length, sink->file);
}

int wasl_fetch(const char *address, const char *path, long long limit, long seconds, int is_public_only,
               char *message, unsigned long message_size, long *status, int *kind) {
  *kind = WASL_FETCH_UNREACHABLE;
  CURL *curl = curl_easy_init();
  FILE *file = fopen(path, "wb");
  if (!curl || !file) {
    if (curl) curl_easy_cleanup(curl);
    if (file) fclose(file);
    snprintf(message, message_size, "cannot write %s", path);
    return -1;
  }
  struct sink sink = { file, limit, 0, 0 };
  const char *further = strncmp(address, "https:", 6) ? "http,https" : "https";
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_URL, address);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, further);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 20L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)limit);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "wasl");
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
  if (is_public_only) {
    // A proxy would make the connection in our place, out of sight.
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_public);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &sink);
  }
  CURLcode code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
  if (fclose(file) != 0 && code == CURLE_OK) code = CURLE_WRITE_ERROR;
  snprintf(message, message_size, "%s", error[0] ? error : curl_easy_strerror(code));
  if (sink.is_private) *kind = WASL_FETCH_PRIVATE;
  else if (sink.is_full || code == CURLE_FILESIZE_EXCEEDED) *kind = WASL_FETCH_TOO_LARGE;
  else if (code == CURLE_HTTP_RETURNED_ERROR) *kind = WASL_FETCH_ANSWER;
  curl_easy_cleanup(curl);
  return (int)code;
}
