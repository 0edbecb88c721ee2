#ifndef WASL_CICU_H
#define WASL_CICU_H
// Narrow face of ICU. The distribution renames ICU's symbols per version, so Swift cannot
// call them by name: these few functions are compiled against the installed headers.
// Text goes in and out as UTF-8. Functions that write return the length needed in bytes,
// or a negative ICU error code; nothing is written beyond `capacity`, and no NUL is added.
#include <stdint.h>

int wasl_icu_version(void);

typedef struct wasl_format wasl_format;

/// Formats of one locale (`ar@numbers=latn`, `en_GB`), or NULL. Opened once, shared by threads, never closed.
wasl_format *_Nullable wasl_format_open(const char *_Nonnull locale);
/// Twelve names that stand for the locale's own in every date, January first; before the formats are shared.
/// Returns 0, or a negative ICU error code.
int32_t wasl_format_months(wasl_format *_Nonnull f, const char *_Nonnull const *_Nonnull names);
void wasl_format_close(wasl_format *_Nullable f);

/// CLDR cardinal category of a number: `zero`, `one`, `two`, `few`, `many`, `other`.
int32_t wasl_plural(const wasl_format *_Nonnull f, double number, char *_Nonnull out, int32_t capacity);
/// All cardinal categories the locale has, separated by spaces.
int32_t wasl_plural_categories(const wasl_format *_Nonnull f, char *_Nonnull out, int32_t capacity);

enum { WASL_INTEGER = 0, WASL_DECIMAL = 1, WASL_PERCENT = 2, WASL_PLAIN = 3 };
/// A decimal number given as text (`-1234.50`) in style; DECIMAL loses no digit but zeros at the end.
int32_t wasl_number(const wasl_format *_Nonnull f, int32_t style, const char *_Nonnull decimal, int32_t length,
                    char *_Nonnull out, int32_t capacity);
/// Amount as decimal text with an ISO 4217 code, `USD 1,234.50`; a whole amount shows no fraction.
int32_t wasl_money(const wasl_format *_Nonnull f, const char *_Nonnull currency, const char *_Nonnull decimal,
                   int32_t length, char *_Nonnull out, int32_t capacity);
/// Digits after the point of a currency (USD 2, JPY 0).
int32_t wasl_currency_digits(const char *_Nonnull currency);

enum { WASL_DATE_LONG = 0, WASL_DATE_SHORT = 1, WASL_DATE_MONTH = 2, WASL_DATE_TIME = 3 };
/// Milliseconds since 1970, shown in UTC.
int32_t wasl_date(wasl_format *_Nonnull f, int32_t style, double milliseconds, char *_Nonnull out, int32_t capacity);
/// Items joined as the language joins them ("a, b and c").
int32_t wasl_list(const wasl_format *_Nonnull f, const char *_Nonnull const *_Nonnull items,
                  const int32_t *_Nonnull lengths, int32_t count, char *_Nonnull out, int32_t capacity);
/// Bytes that sort as the language sorts.
int32_t wasl_sort_key(const wasl_format *_Nonnull f, const char *_Nonnull text, int32_t length,
                      uint8_t *_Nonnull out, int32_t capacity);
/// Start and end (UTF-8 offsets) of each word that has letters, digits or ideographs, as pairs.
/// Returns the number of words found, of which at most `capacity` pairs are written.
int32_t wasl_words(const wasl_format *_Nonnull f, const char *_Nonnull text, int32_t length,
                   int32_t *_Nonnull pairs, int32_t capacity);
/// Normal form C of a text.
int32_t wasl_compose(const char *_Nonnull text, int32_t length, char *_Nonnull out, int32_t capacity);
/// NFKC with case folded: full-width letters, ligatures and presentation forms become plain letters.
int32_t wasl_fold(const char *_Nonnull text, int32_t length, char *_Nonnull out, int32_t capacity);
#endif
