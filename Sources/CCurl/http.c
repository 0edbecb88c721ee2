#include "CCurl.h"
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct answer { unsigned char *bytes; size_t length, limit; };

static size_t gather(char *bytes, size_t size, size_t count, void *context) {
  struct answer *answer = context;
  size_t length = size * count;
  if (length > answer->limit - answer->length) return 0;
  memcpy(answer->bytes + answer->length, bytes, length);
  answer->length += length;
  return length;
}

int wasl_http(const char *address, const char *form, const char *user, const char *password, const char *authorities,
              unsigned char *bytes, unsigned long limit, unsigned long *length, long seconds,
              char *redirect, unsigned long redirect_size, char *message, unsigned long message_size, long *status) {
  CURL *curl = curl_easy_init();
  *length = 0;
  *status = 0;
  redirect[0] = 0;
  if (!curl) {
    snprintf(message, message_size, "out of memory");
    return -1;
  }
  struct answer answer = { bytes, 0, limit };
  char error[CURL_ERROR_SIZE] = "";
  struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
  curl_easy_setopt(curl, CURLOPT_URL, address);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, seconds < 5 ? seconds : 5L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "wasl");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, gather);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  if (authorities) curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
  if (form) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(form));
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, form);
  }
  if (user) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl, CURLOPT_USERNAME, user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, password ? password : "");
  }
  CURLcode code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
  char *target = NULL;
  curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &target);
  snprintf(redirect, redirect_size, "%s", target ? target : "");
  *length = answer.length;
  snprintf(message, message_size, "%s", error[0] ? error : curl_easy_strerror(code));
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return (int)code;
}
