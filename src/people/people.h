/* SPDX-License-Identifier: MIT
 *
 * The child index of one authority, while an import is under way.
 *
 * A feed gives what it knows of a child (numbers, date of birth); the index
 * answers with the child it is, or makes a new one. Evidence, strongest first:
 * the same local child id; the same UPN, present or former, and the same date
 * of birth; the same NHS number and no other date of birth. Never a UPN alone
 * against a different date of birth, and never two records that are kept
 * apart (a child before and after adoption).
 *
 * New children and numbers are written as they come; changes to known ones by
 * people_flush. All within the caller's transaction.
 */
#ifndef KITH_PEOPLE_PEOPLE_H
#define KITH_PEOPLE_PEOPLE_H

#include "base/ident.h"
#include "people/identifier.h"
#include "store/store.h"

struct people;

/* Bytes of the longest number that is kept and sought by. Longer ones are no
 * number any return has, and name nobody. */
enum { PEOPLE_NUMBER = 90 };

struct people_clue {
	struct text numbers[IDENTIFIER_SCHEMES]; /* empty: not given */
	struct date born;
	struct date expected; /* unborn */
	struct date died;
	struct text sex;       /* M, F, U; empty: not given */
	struct text ethnicity; /* one of the 20 codes */
	struct text ethnicity_source;
	struct date mother_of;
	bool is_uasc;
};

enum people_link {
	PEOPLE_NEW,    /* not seen before */
	PEOPLE_KNOWN,  /* same child, from this kind of feed or its key */
	PEOPLE_BY_UPN, /* linked by UPN and date of birth */
	PEOPLE_BY_NHS,
};

struct people_found {
	int64_t child;
	enum people_link link;
	bool born_differs; /* the feed's date of birth is not the index's */
	bool sex_differs;
	bool is_first;         /* the batch has not claimed this child before */
	struct date born_held; /* what the index has */
};

bool people_open(struct store *store, int la, struct ident_source *ids,
	struct people **out_people, struct fault *fault)
	__attribute__((warn_unused_result));
void people_close(struct people *people); /* NULL is fine */

/* Finds or makes the child, and adds what the clue knows beyond the index.
 * Batches are filled one after the other. */
bool people_claim(struct people *people, const struct people_clue *clue,
	int64_t batch, struct people_found *out_found, struct fault *fault)
	__attribute__((warn_unused_result));

/* A number that a row to come will ask for: a hint, and wrong ones do no harm.
 * The index is larger than the processor's cache, and so the wait is spared. */
void people_expect(const struct people *people, enum identifier_scheme scheme,
	struct text value);

/* Finds without making or changing; 0 if there is none. */
int64_t people_find(const struct people *people, const struct people_clue *clue);

/* Writes what changed. Call before the transaction commits. */
bool people_flush(struct people *people, struct fault *fault)
	__attribute__((warn_unused_result));

size_t people_count(const struct people *people);

/* Date of birth held for a child; none if not known. */
struct date people_born(const struct people *people, int64_t child);

#endif
