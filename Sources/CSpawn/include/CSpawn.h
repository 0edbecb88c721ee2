#ifndef WASL_CSPAWN_H
#define WASL_CSPAWN_H
// `posix_spawn` with the parts that glibc hides behind _GNU_SOURCE, which Swift's module map does not set.
#include <sys/types.h>

/// Starts a program with standard input, output and error at three files, nothing else open, no signal blocked.
/// `folder` may be NULL. Returns 0 or an errno.
int wasl_spawn(pid_t *_Nonnull child, const char *_Nonnull program, char *_Nullable const *_Nonnull arguments,
               char *_Nullable const *_Nonnull environment, const char *_Nullable folder, const char *_Nonnull in,
               const char *_Nonnull out, const char *_Nonnull said);
#endif
