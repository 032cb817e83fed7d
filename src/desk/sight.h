/* SPDX-License-Identifier: MIT
 *
 * Who may see and do what with whose entry: one answer for command line, API
 * and pages.
 *
 * A person stands in one relation to an entry: they own it, their team does, or
 * neither; above that, the child may be restricted, or their own family. The
 * verdict comes from the register's definition (`see` of the register, `who` of
 * the step), the person's roles and that relation, and from nothing else.
 * "Hidden" answers as if there were no such record, in lists and counts too.
 *
 * A restricted child is hidden from all but the members the restriction names,
 * and whoever broke the glass, for an hour. A child of the person's own family
 * is hidden always. Roles do not matter for either. (Data Protection Act 2018
 * Schedule 1 paragraph 18; UK GDPR article 5(1)(f).)
 */
#ifndef KITH_DESK_SIGHT_H
#define KITH_DESK_SIGHT_H

#include "base/arena.h"
#include "desk/person.h"
#include "register/definition.h"
#include "store/store.h"

enum sight_relation {
	SIGHT_OWNS,
	SIGHT_TEAM,
	SIGHT_OTHER,      /* some other team's or nobody's */
	SIGHT_OPENED,     /* restricted; the glass was broken */
	SIGHT_RESTRICTED, /* restricted; not a member */
	SIGHT_CONFLICT,   /* own family */
	SIGHT_RELATIONS,
};

enum sight_verdict {
	SIGHT_YES,
	SIGHT_NO,     /* it is there; somebody else's */
	SIGHT_HIDDEN, /* there is no such thing */
	SIGHT_VERDICTS,
};

/* The words of a written verdict: "owns", "yes". */
const char *sight_relation_word(enum sight_relation relation);
const char *sight_verdict_word(enum sight_verdict verdict);

/* ---- Verdicts, from tables alone ---- */

enum sight_verdict sight_read(const struct definition *of, uint64_t roles,
	enum sight_relation relation);

/* To take a step, one must see the entry and have a role of the step. */
enum sight_verdict sight_step(const struct definition *of,
	const struct definition_step *step, uint64_t roles,
	enum sight_relation relation);

/* To agree to one: a role that may. (That it is not the asker is the act's.) */
enum sight_verdict sight_approve(const struct definition *of,
	const struct definition_step *step, uint64_t roles,
	enum sight_relation relation);

/* Whether the roles are shown, or may give, a field of an entry they see. */
bool sight_field(const struct definition_field *field, uint64_t roles);
bool sight_may_give(const struct definition_field *field, uint64_t roles);

/* ---- Relations, from the database ---- */

struct sight;

/* What is hidden from the person at an instant (UTC text). */
bool sight_open(struct store *store, int la, const struct person *person,
	const char *now, struct arena *arena, struct sight **out_sight,
	struct fault *fault) __attribute__((warn_unused_result));

/* child may be 0. */
enum sight_relation sight_relation(const struct sight *sight, int64_t child,
	struct text owner, struct text team);

/* Whether anything about the child may be told at all. */
bool sight_child(const struct sight *sight, int64_t child);

#endif
