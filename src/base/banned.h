/* SPDX-License-Identifier: MIT
 *
 * Functions that kith does not call: they write without a bound, read without
 * saying what they could not read, depend on the locale or hide state. Every
 * file is compiled with this header first (-include); `base` alone may define
 * BASE_MAY_ALLOCATE, BASE_MAY_READ_ENVIRONMENT to use what it wraps.
 *
 * A file whose library's headers name such a function is compiled with
 * BASE_BANNED_LATER; it includes this header itself, after the library's.
 */
#if !defined(KITH_BASE_BANNED_H) && !defined(BASE_BANNED_LATER)
#define KITH_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* libpq's header defines a macro with one of the names, so it must come
 * first; only src/store/postgres.c then uses it. */
#if __has_include(<postgres_ext.h>)
#include <postgres_ext.h>
#endif

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok
#pragma GCC poison strtok_r atoi atol atoll atof strtol strtoul strtoll
#pragma GCC poison strtoull strtod gets localtime localtime_r gmtime ctime
#pragma GCC poison asctime system popen tmpnam mktemp rand srand

#endif
