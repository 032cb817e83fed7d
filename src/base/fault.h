/* SPDX-License-Identifier: MIT
 *
 * What went wrong, for the person who has to put it right.
 *
 * A function that can fail returns bool and, on failure, has written a fault.
 * The first fault wins: later ones are consequences. The kind alone decides
 * the exit code (and, in the web server, the status and the page).
 *
 * Messages are short and factual, lower case, without a full stop; what to do
 * about it goes into the hint.
 */
#ifndef KITH_BASE_FAULT_H
#define KITH_BASE_FAULT_H

#include <stdbool.h>

enum fault_kind {
	FAULT_NONE,
	FAULT_USAGE,    /* the command line or request is not one we know */
	FAULT_INPUT,    /* a file or value that cannot be read */
	FAULT_DENIED,   /* the asker may not */
	FAULT_MISSING,  /* the thing named is not there */
	FAULT_CONFLICT, /* someone else changed it first */
	FAULT_BUSY,     /* may work later */
	FAULT_LIMIT,    /* larger than a limit in limits.h allows */
	FAULT_BROKEN,   /* stored data or a definition contradicts itself */
	FAULT_SYSTEM,   /* the machine refused */
	FAULT_KINDS,
};

struct fault {
	enum fault_kind kind; /* FAULT_NONE: nothing has gone wrong */
	char message[256];
	char detail[512]; /* what the library or file said; may be empty */
	char hint[256];   /* what to do; may be empty */
	char field[64];   /* the input at fault; may be empty */
	bool is_closed; /* a later fault came: its detail and hint are not ours */
};

/* Writes the fault unless one is already there. Returns false always, so that
 * a failing function may end with `return fault_set(...)`. */
bool fault_set(struct fault *fault, enum fault_kind kind, const char *format,
	...) __attribute__((format(printf, 3, 4)));

/* Add to the fault just set; the first call of each wins. Return false. */
bool fault_detail(struct fault *fault, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool fault_hint(struct fault *fault, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Names the file a fault of input or limits was found in, behind the detail;
 * other kinds, and faults that name it already, stay as they are. False. */
bool fault_in(struct fault *fault, const char *path);

bool fault_is_set(const struct fault *fault);
void fault_clear(struct fault *fault);

/* The exit code of the command-line contract for a kind: 0, 2, 3, 4, 5, 70. */
int fault_exit_code(enum fault_kind kind);

#endif
