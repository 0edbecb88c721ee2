#define _GNU_SOURCE
#include "CSpawn.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

int wasl_spawn(pid_t *child, const char *program, char *const *arguments, char *const *environment,
               const char *folder, const char *in, const char *out, const char *said) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code) return code;
  code = posix_spawnattr_init(&attributes);
  if (code) {
    posix_spawn_file_actions_destroy(&actions);
    return code;
  }
  const int writing = O_WRONLY | O_CREAT | O_TRUNC;
  sigset_t none;
  sigemptyset(&none);
  if (!(code = posix_spawn_file_actions_addopen(&actions, 0, in, O_RDONLY, 0)) &&
      !(code = posix_spawn_file_actions_addopen(&actions, 1, out, writing, 0600)) &&
      !(code = posix_spawn_file_actions_addopen(&actions, 2, said, writing, 0600)) &&
      !(code = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) &&
      (!folder || !(code = posix_spawn_file_actions_addchdir_np(&actions, folder))) &&
      !(code = posix_spawnattr_setsigmask(&attributes, &none)) &&
      !(code = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK)))
    code = posix_spawnp(child, program, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return code;
}
