/* SPDX-License-Identifier: MIT
 *
 * One child's SSDA903 episodes: merging successive returns into one history,
 * and what follows from it (periods of care, placements, how long each has
 * lasted). Arrays in, arrays out; no database.
 *
 * A return holds only the episodes that touch its year, and a child who left
 * care is simply not in the next one. So: load oldest first; the key is child
 * and start (DECOM); a later return's row replaces an earlier one. Then, in
 * order of DECOM:
 *   a  an open row followed by another ends when that begins
 *   b  an open row of a child who is not in the next return loaded ends on
 *      31 March of its own return ("closed by merge"; no reason)
 *   c  a row that ends after the next begins ends when that begins
 *   d  a row that ends with X1 (next episode the same day) before the next
 *      begins ends when that begins
 *   e  rows given twice count once
 * The reason for ceasing (REC) means something only where DEC was supplied.
 *
 * Placements (old National Indicators 62 and 63): short breaks (V3, V4) are
 * left out; a temporary placement (T0 to T4) belongs to the one it interrupts;
 * a new one begins with a new carer (RNE S, P, B), or, on the placement basis,
 * also with a move with the same carer (T, U); going back after a temporary
 * placement, and adoption by the foster carer (A3, A5), begin none.
 */
#ifndef KITH_FEEDS_EPISODES_H
#define KITH_FEEDS_EPISODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

enum {
	EPISODES_OPEN_BEFORE_ANOTHER = 1, /* a */
	EPISODES_LEFT_UNSEEN = 2,         /* b */
	EPISODES_OVERLAP = 4,             /* c */
	EPISODES_GAP_AFTER_X1 = 8,        /* d */
	EPISODES_TWICE = 16,              /* e */
};

struct episode {
	struct date decom;
	struct date dec;          /* after repair; none: open */
	struct date dec_supplied; /* none: the return has none */
	struct text rne, ls, cin, place, provider, rec, reason;
	struct text home_post, pl_post, urn;
	int year;         /* of the return: 2023 for 2023-24 */
	unsigned repairs; /* the bits above */
	int64_t batch;
	int file;
	int64_t row;
};

/* The rows of all returns of one child, in any order; the years of all returns
 * loaded that have episodes, ascending. Repairs in place; the kept rows come
 * first, ordered by DECOM, and their number is returned. Rows dropped by rule
 * e stand behind them, marked. */
size_t episodes_merge(struct episode *rows, size_t count, const int *years,
	size_t year_count);

struct episodes_span {
	struct date starts;
	struct date ends; /* none: open; else the first day not in it */
};

struct episodes_care {
	struct episodes_span span;
	struct text rec;
};

struct episodes_spell {
	struct episodes_span span;
	struct text place, pl_post, rne; /* of its first episode */
};

/* On each day of the span so many placements overlap the months to it. */
struct episodes_tally {
	struct episodes_span span;
	int placements;
};

/* On each day of the span the child has been in the same placement, or in an
 * adoptive one and the one before it, since that day. */
struct episodes_stay {
	struct episodes_span span;
	struct date since;
};

enum episodes_basis {
	EPISODES_CARER,     /* a new carer begins a new placement */
	EPISODES_PLACEMENT, /* so does a move with the same carer */
	EPISODES_RAW,       /* carer basis, temporary placements counted too */
};

/* Merged episodes in, in order; results in the arena. */
size_t episodes_cares(const struct episode *episodes, size_t count,
	struct arena *arena, struct episodes_care **out_cares);
size_t episodes_spells(const struct episode *episodes, size_t count,
	enum episodes_basis basis, struct arena *arena,
	struct episodes_spell **out_spells);
size_t episodes_tallies(const struct episodes_spell *spells, size_t count,
	int months, struct arena *arena, struct episodes_tally **out_tallies);
size_t episodes_stays(const struct episode *episodes, size_t count,
	enum episodes_basis basis, struct arena *arena,
	struct episodes_stay **out_stays);

/* Looked after, but in a series of short breaks. */
bool episodes_is_short_break(const struct episode *episode);

#endif
