/* SPDX-License-Identifier: MIT
 *
 * What long work is doing, on one line of the terminal that is written over.
 * In a pipe, a test or a service nothing is written.
 */
#ifndef KITH_BASE_PROGRESS_H
#define KITH_BASE_PROGRESS_H

void progress_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Clears the line; before any other message. */
void progress_end(void);

#endif
