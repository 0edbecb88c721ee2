#include <cjose/cjose.h>
#include <openssl/evp.h>
