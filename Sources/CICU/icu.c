#include "CICU.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucol.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uenum.h>
#include <unicode/ulistformatter.h>
#include <unicode/unorm2.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#define CURRENCIES 64
#define STYLES 4

struct wasl_format {
  char locale[96];
  // Const use of these is safe from several threads.
  UPluralRules *plural;
  UNumberFormatter *number[STYLES];
  UCollator *collator;
  UListFormatter *list;
  UBreakIterator *words;  // only cloned
  // A date format carries a calendar that it changes: guarded.
  pthread_mutex_t guard;
  UDateFormat *date[STYLES];
  struct { char code[4]; UNumberFormatter *formatter; } money[CURRENCIES];
  int moneyCount;
};

int wasl_icu_version(void) { return U_ICU_VERSION_MAJOR_NUM; }

static int32_t toUTF8(const UChar *text, int32_t length, char *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed = 0;
  u_strToUTF8(out, capacity, &needed, text, length, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status)) return needed;
  return -(int32_t)status;
}

// UTF-16 of a UTF-8 text: in `small` when it fits, else on the heap; the caller frees when it differs.
static UChar *fromUTF8(const char *text, int32_t length, UChar *small, int32_t smallCapacity, int32_t *units) {
  UChar *buffer = small;
  if (length > smallCapacity) {
    buffer = malloc(sizeof(UChar) * ((size_t)length + 1));
    if (!buffer) return NULL;
  }
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(buffer, length > smallCapacity ? length : smallCapacity, units, text, length, 0xFFFD, NULL, &status);
  if (U_FAILURE(status)) {
    if (buffer != small) free(buffer);
    return NULL;
  }
  return buffer;
}

static UNumberFormatter *skeleton(const char *locale, const char *words) {
  UChar pattern[160];
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(pattern, 160, NULL, words, -1, &status);
  UNumberFormatter *f = unumf_openForSkeletonAndLocale(pattern, -1, locale, &status);
  return U_SUCCESS(status) ? f : NULL;
}

static UDateFormat *dates(const char *locale, const char *words) {
  UErrorCode status = U_ZERO_ERROR;
  UChar skeletonText[32], pattern[96], zone[8];
  u_strFromUTF8(skeletonText, 32, NULL, words, -1, &status);
  u_strFromUTF8(zone, 8, NULL, "Etc/UTC", -1, &status);
  UDateTimePatternGenerator *generator = udatpg_open(locale, &status);
  if (U_FAILURE(status)) return NULL;
  int32_t length = udatpg_getBestPattern(generator, skeletonText, -1, pattern, 96, &status);
  udatpg_close(generator);
  if (U_FAILURE(status)) return NULL;
  UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, zone, -1, pattern, length, &status);
  return U_SUCCESS(status) ? f : NULL;
}

wasl_format *wasl_format_open(const char *locale) {
  if (strlen(locale) >= sizeof(((wasl_format *)0)->locale)) return NULL;
  wasl_format *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  strcpy(f->locale, locale);
  pthread_mutex_init(&f->guard, NULL);
  UErrorCode status = U_ZERO_ERROR;
  f->plural = uplrules_open(locale, &status);
  f->collator = ucol_open(locale, &status);
  f->list = ulistfmt_open(locale, &status);
  f->words = ubrk_open(UBRK_WORD, locale, NULL, 0, &status);
  f->number[WASL_INTEGER] = skeleton(locale, "precision-integer");
  f->number[WASL_DECIMAL] = skeleton(locale, "precision-unlimited");
  f->number[WASL_PERCENT] = skeleton(locale, "percent .# scale/100");
  f->number[WASL_PLAIN] = skeleton(locale, "precision-integer group-off");
  f->date[WASL_DATE_LONG] = dates(locale, "yMMMMd");
  f->date[WASL_DATE_SHORT] = dates(locale, "yMMMd");
  f->date[WASL_DATE_MONTH] = dates(locale, "yMMMM");
  f->date[WASL_DATE_TIME] = dates(locale, "yMMMdHm");
  int whole = U_SUCCESS(status);
  for (int i = 0; i < STYLES; i++) whole = whole && f->number[i] && f->date[i];
  if (!whole) {
    wasl_format_close(f);
    return NULL;
  }
  return f;
}

int32_t wasl_format_months(wasl_format *f, const char *const *names) {
  const UDateFormatSymbolType places[] = {
      UDAT_MONTHS, UDAT_SHORT_MONTHS, UDAT_STANDALONE_MONTHS, UDAT_STANDALONE_SHORT_MONTHS};
  for (int month = 0; month < 12; month++) {
    UErrorCode status = U_ZERO_ERROR;
    UChar name[64];
    int32_t length = 0;
    u_strFromUTF8(name, 64, &length, names[month], -1, &status);
    for (int style = 0; style < STYLES; style++)
      for (int place = 0; place < 4; place++)
        udat_setSymbols(f->date[style], places[place], month, name, length, &status);
    if (U_FAILURE(status)) return -(int32_t)status;
  }
  return 0;
}

void wasl_format_close(wasl_format *f) {
  if (!f) return;
  uplrules_close(f->plural);
  ucol_close(f->collator);
  ulistfmt_close(f->list);
  ubrk_close(f->words);
  for (int i = 0; i < STYLES; i++) {
    unumf_close(f->number[i]);
    udat_close(f->date[i]);
  }
  for (int i = 0; i < f->moneyCount; i++) unumf_close(f->money[i].formatter);
  pthread_mutex_destroy(&f->guard);
  free(f);
}

int32_t wasl_plural(const wasl_format *f, double number, char *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UChar word[16];
  int32_t length = uplrules_select(f->plural, number, word, 16, &status);
  return U_FAILURE(status) ? -(int32_t)status : toUTF8(word, length, out, capacity);
}

int32_t wasl_plural_categories(const wasl_format *f, char *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *words = uplrules_getKeywords(f->plural, &status);
  int32_t used = 0, length = 0;
  const char *word;
  while (U_SUCCESS(status) && (word = uenum_next(words, &length, &status)) != NULL) {
    if (used + length + 1 <= capacity) {
      memcpy(out + used, word, (size_t)length);
      out[used + length] = ' ';
    }
    used += length + 1;
  }
  uenum_close(words);
  return U_FAILURE(status) ? -(int32_t)status : used;
}

static int32_t decimalText(const UNumberFormatter *formatter, const char *decimal, int32_t length, char *out,
                           int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UFormattedNumber *result = unumf_openResult(&status);
  unumf_formatDecimal(formatter, decimal, length, result, &status);
  UChar text[128];
  int32_t units = unumf_resultToString(result, text, 128, &status);
  unumf_closeResult(result);
  return U_FAILURE(status) ? -(int32_t)status : toUTF8(text, units, out, capacity);
}

int32_t wasl_number(const wasl_format *f, int32_t style, const char *decimal, int32_t length, char *out,
                    int32_t capacity) {
  if (style < 0 || style >= STYLES) return -(int32_t)U_ILLEGAL_ARGUMENT_ERROR;
  return decimalText(f->number[style], decimal, length, out, capacity);
}

int32_t wasl_money(const wasl_format *shared, const char *currency, const char *decimal, int32_t length, char *out,
                   int32_t capacity) {
  wasl_format *f = (wasl_format *)shared;  // the table of currencies is guarded
  UNumberFormatter *formatter = NULL;
  int owned = 0;
  if (strlen(currency) != 3) return -(int32_t)U_ILLEGAL_ARGUMENT_ERROR;
  pthread_mutex_lock(&f->guard);
  for (int i = 0; i < f->moneyCount && !formatter; i++)
    if (memcmp(f->money[i].code, currency, 3) == 0) formatter = f->money[i].formatter;
  if (!formatter) {
    char words[96] = "currency/";
    strncat(words, currency, 3);
    strcat(words, " unit-width-iso-code precision-currency-standard/w");
    formatter = skeleton(f->locale, words);
    if (formatter && f->moneyCount < CURRENCIES) {
      memcpy(f->money[f->moneyCount].code, currency, 4);
      f->money[f->moneyCount++].formatter = formatter;
    } else {
      owned = 1;
    }
  }
  pthread_mutex_unlock(&f->guard);
  if (!formatter) return -(int32_t)U_ILLEGAL_ARGUMENT_ERROR;
  int32_t written = decimalText(formatter, decimal, length, out, capacity);
  if (owned) unumf_close(formatter);
  return written;
}

int32_t wasl_currency_digits(const char *currency) {
  UErrorCode status = U_ZERO_ERROR;
  UChar code[4] = {0};
  if (strlen(currency) != 3) return -(int32_t)U_ILLEGAL_ARGUMENT_ERROR;
  for (int i = 0; i < 3; i++) code[i] = (UChar)(unsigned char)currency[i];
  int32_t digits = ucurr_getDefaultFractionDigits(code, &status);
  return U_FAILURE(status) ? -(int32_t)status : digits;
}

int32_t wasl_date(wasl_format *f, int32_t style, double milliseconds, char *out, int32_t capacity) {
  if (style < 0 || style >= STYLES) return -(int32_t)U_ILLEGAL_ARGUMENT_ERROR;
  UErrorCode status = U_ZERO_ERROR;
  UChar text[128];
  pthread_mutex_lock(&f->guard);
  int32_t units = udat_format(f->date[style], milliseconds, text, 128, NULL, &status);
  pthread_mutex_unlock(&f->guard);
  return U_FAILURE(status) ? -(int32_t)status : toUTF8(text, units, out, capacity);
}

int32_t wasl_list(const wasl_format *f, const char *const *items, const int32_t *lengths, int32_t count, char *out,
                  int32_t capacity) {
  if (count <= 0) return 0;
  int32_t total = 0, result = -(int32_t)U_MEMORY_ALLOCATION_ERROR;
  for (int32_t i = 0; i < count; i++) total += lengths[i] + 1;
  UChar *buffer = malloc(sizeof(UChar) * (size_t)total);
  const UChar **parts = malloc(sizeof(UChar *) * (size_t)count);
  int32_t *units = malloc(sizeof(int32_t) * (size_t)count);
  int32_t roomy = total * 2 + count * 16 + 16;
  UChar *text = malloc(sizeof(UChar) * (size_t)roomy);
  if (buffer && parts && units && text) {
    UErrorCode status = U_ZERO_ERROR;
    UChar *cursor = buffer;
    for (int32_t i = 0; i < count && U_SUCCESS(status); i++) {
      u_strFromUTF8WithSub(cursor, lengths[i] + 1, &units[i], items[i], lengths[i], 0xFFFD, NULL, &status);
      parts[i] = cursor;
      cursor += lengths[i] + 1;
    }
    int32_t length = ulistfmt_format(f->list, parts, units, count, text, roomy, &status);
    result = U_FAILURE(status) ? -(int32_t)status : toUTF8(text, length, out, capacity);
  }
  free(buffer);
  free(parts);
  free(units);
  free(text);
  return result;
}

int32_t wasl_sort_key(const wasl_format *f, const char *text, int32_t length, uint8_t *out, int32_t capacity) {
  UChar small[256];
  int32_t units = 0;
  UChar *wide = fromUTF8(text, length, small, 256, &units);
  if (!wide) return -(int32_t)U_MEMORY_ALLOCATION_ERROR;
  int32_t needed = ucol_getSortKey(f->collator, wide, units, out, capacity);
  if (wide != small) free(wide);
  return needed;
}

int32_t wasl_words(const wasl_format *f, const char *text, int32_t length, int32_t *pairs, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UText *source = utext_openUTF8(NULL, text, length, &status);
  UBreakIterator *breaks = ubrk_clone(f->words, &status);
  int32_t found = 0;
  if (U_SUCCESS(status)) {
    ubrk_setUText(breaks, source, &status);
    int32_t start = ubrk_first(breaks), end;
    while (U_SUCCESS(status) && (end = ubrk_next(breaks)) != UBRK_DONE) {
      if (ubrk_getRuleStatus(breaks) >= UBRK_WORD_NONE_LIMIT) {
        if (found < capacity) {
          pairs[found * 2] = start;
          pairs[found * 2 + 1] = end;
        }
        found++;
      }
      start = end;
    }
  }
  ubrk_close(breaks);
  utext_close(source);
  return U_FAILURE(status) ? -(int32_t)status : found;
}

static int32_t normalize(const UNormalizer2 *form, int32_t growth, const char *text, int32_t length, char *out,
                         int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UChar small[512];
  int32_t units = 0;
  UChar *wide = fromUTF8(text, length, small, 512, &units);
  if (!wide) return -(int32_t)U_MEMORY_ALLOCATION_ERROR;
  int32_t roomy = units * growth + 1, result = -(int32_t)U_MEMORY_ALLOCATION_ERROR;
  UChar *composed = malloc(sizeof(UChar) * (size_t)roomy);
  if (composed) {
    int32_t made = unorm2_normalize(form, wide, units, composed, roomy, &status);
    result = U_FAILURE(status) ? -(int32_t)status : toUTF8(composed, made, out, capacity);
  }
  free(composed);
  if (wide != small) free(wide);
  return result;
}

int32_t wasl_compose(const char *text, int32_t length, char *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFCInstance(&status);
  if (U_FAILURE(status)) return -(int32_t)status;
  // Composition of one character may lengthen it threefold at most.
  return normalize(form, 3, text, length, out, capacity);
}

int32_t wasl_fold(const char *text, int32_t length, char *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
  if (U_FAILURE(status)) return -(int32_t)status;
  // One Arabic ligature stands for eighteen letters.
  return normalize(form, 18, text, length, out, capacity);
}
