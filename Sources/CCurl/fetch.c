#include "CCurl.h"
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

struct sink { FILE *file; long long left; };

static size_t keep(char *bytes, size_t size, size_t count, void *context) {
  struct sink *sink = context;
  size_t length = size * count;
  if ((long long)length > sink->left) return 0;
  sink->left -= (long long)length;
  return fwrite(bytes, 1, length, sink->file);
}

int wasl_fetch(const char *address, const char *path, long long limit, long seconds,
               char *message, unsigned long message_size, long *status) {
  CURL *curl = curl_easy_init();
  FILE *file = fopen(path, "wb");
  if (!curl || !file) {
    if (curl) curl_easy_cleanup(curl);
    if (file) fclose(file);
    snprintf(message, message_size, "cannot write %s", path);
    return -1;
  }
  struct sink sink = { file, limit };
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_URL, address);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
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
  CURLcode code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
  if (fclose(file) != 0 && code == CURLE_OK) code = CURLE_WRITE_ERROR;
  snprintf(message, message_size, "%s", error[0] ? error : curl_easy_strerror(code));
  curl_easy_cleanup(curl);
  return (int)code;
}
