/* SPDX-License-Identifier: MIT
 *
 * Instants: milliseconds since 1970 in UTC, written 2024-06-30T09:15:00.000Z.
 * And the only place that asks the machine what time or day it is.
 */
#ifndef KITH_BASE_MOMENT_H
#define KITH_BASE_MOMENT_H

#include <stdint.h>

#include "base/date.h"

enum { MOMENT_TEXT = 25 }; /* with the zero byte */

int64_t moment_now(void);
void moment_write(int64_t moment, char out_text[MOMENT_TEXT]);
struct date moment_date(int64_t moment);

#endif
