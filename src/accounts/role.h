/* SPDX-License-Identifier: MIT
 *
 * Roles: what a person's work is, as a small set.
 *
 * Which roles there are is the code list `roles` (domain: who may do what). A
 * role's place is its row's number in that list, so a set of roles is one word
 * and a question about it one instruction. Places are of one run of the
 * program: what is stored is always the code.
 *
 * What a role may do with a case is not said here but by each act and each
 * register; a row only says the most it may see (column `reads`): cases, own
 * (only what it takes part in), figures, none.
 *
 * Whoever makes accounts must not be able to give themselves children's
 * records: administrator and any role that reads cases exclude each other.
 */
#ifndef KITH_ACCOUNTS_ROLE_H
#define KITH_ACCOUNTS_ROLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

struct codes;

enum { ROLE_MOST = 64 };

struct role_set {
	uint64_t bits; /* bit n: the role at place n */
};

enum role_reads { ROLE_NOTHING, ROLE_FIGURES, ROLE_OWN, ROLE_CASES };

struct role {
	struct text code;
	struct text label;
	struct text does;
	enum role_reads reads;
	bool is_public; /* a parent or young person, not at work */
};

struct role_list {
	struct role roles[ROLE_MOST];
	size_t count;
};

/* From the list `roles`, a council's own rows among them. In the arena. */
bool role_open(const struct codes *codes, struct arena *arena,
	const struct role_list **out_roles, struct fault *fault)
	__attribute__((warn_unused_result));

/* -1: there is no such role. */
int role_place(const struct role_list *roles, struct text code);

/* The set of the codes; codes that are not roles are left out. */
struct role_set role_set_of(const struct role_list *roles,
	const char *const *codes, size_t count);
bool role_has(const struct role_list *roles, struct role_set set,
	const char *code);
struct role_set role_with(struct role_set set, int place);
struct role_set role_without(struct role_set set, int place);
bool role_overlaps(struct role_set a, struct role_set b);

/* The most that any of the roles may see. */
enum role_reads role_most_read(const struct role_list *roles,
	struct role_set set);

/* Whether one person may hold all of them: administrators read no cases. */
bool role_may_join(const struct role_list *roles, struct role_set set);

/* The codes with a blank between, in the list's order. */
struct text role_words(const struct role_list *roles, struct role_set set,
	struct arena *arena);

#endif
