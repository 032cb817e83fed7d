/* SPDX-License-Identifier: MIT
 *
 * Who bears a number: an index of all identifiers of an authority, made to be
 * asked once or more for every row of an import and to cost little a child.
 *
 * A number is kept as sixteen bytes. Up to fifteen letters and digits stand
 * there as they are, so that nothing can be mistaken for them; of a longer
 * number, which no return has, there is a keyed fingerprint of 120 bits. An
 * entry is twenty bytes, with the person; the few numbers that several people
 * bear lead to a list. The place of an entry depends on a key made at random
 * for each index, so that nobody can write a file whose numbers all collide.
 *
 * A person is a number from 0, given by the caller. Nothing is ever removed.
 */
#ifndef KITH_PEOPLE_NUMBERS_H
#define KITH_PEOPLE_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct numbers;

struct numbers *numbers_open(void);
void numbers_close(struct numbers *numbers); /* NULL is fine */

/* A number of some scheme (0 to 7) as it is kept. */
struct numbers_key {
	uint64_t words[2];
};
struct numbers_key numbers_key_of(const struct numbers *numbers,
	unsigned scheme, struct text value);

/* The bearers, last added first: zero, none; else one that can be asked who it
 * is and for the next. Valid until something is added. */
uint32_t numbers_first(const struct numbers *numbers,
	const struct numbers_key *key);
uint32_t numbers_next(const struct numbers *numbers, uint32_t bearer);
int32_t numbers_person(const struct numbers *numbers, uint32_t bearer);

/* Soon somebody will ask for this key: fetches where it would stand. */
void numbers_expect(const struct numbers *numbers, const struct numbers_key *key);

void numbers_add(struct numbers *numbers, const struct numbers_key *key,
	int32_t person);

size_t numbers_bytes(const struct numbers *numbers); /* of memory, for tests */

#endif
