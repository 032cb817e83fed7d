/* SPDX-License-Identifier: MIT
 *
 * Verdicts and relations.
 */
#include "desk/sight.h"

#include "base/map.h"

extern const struct embedded case_sql[];

const char *sight_relation_word(enum sight_relation relation)
{
	static const char *const words[SIGHT_RELATIONS] = {[SIGHT_OWNS] = "owns",
		[SIGHT_TEAM] = "team",
		[SIGHT_OTHER] = "other",
		[SIGHT_OPENED] = "opened",
		[SIGHT_RESTRICTED] = "restricted",
		[SIGHT_CONFLICT] = "conflict"};
	return words[relation];
}

const char *sight_verdict_word(enum sight_verdict verdict)
{
	static const char *const words[SIGHT_VERDICTS] =
		{[SIGHT_YES] = "yes", [SIGHT_NO] = "no", [SIGHT_HIDDEN] = "hidden"};
	return words[verdict];
}

/* ---- Verdicts ---- */

static enum definition_reach reach_of(const struct definition *of, uint64_t roles)
{
	enum definition_reach reach = DEFINITION_REACH_NONE;
	for (size_t i = 0; i < of->roles->count && i < DEFINITION_ROLES; i++)
		if ((roles >> i & 1) != 0 && of->reach[i] > reach)
			reach = of->reach[i];
	return reach;
}

enum sight_verdict sight_read(const struct definition *of, uint64_t roles,
	enum sight_relation relation)
{
	/* The least reach that sees an entry in this relation. */
	static const enum definition_reach least[SIGHT_RELATIONS] =
		{[SIGHT_OWNS] = DEFINITION_REACH_OWN,
			[SIGHT_TEAM] = DEFINITION_REACH_TEAM,
			[SIGHT_OTHER] = DEFINITION_REACH_ANY,
			[SIGHT_OPENED] = DEFINITION_REACH_OWN};
	enum definition_reach reach = reach_of(of, roles);
	if (relation == SIGHT_RESTRICTED || relation == SIGHT_CONFLICT)
		return SIGHT_HIDDEN;
	/* Whoever has no business with the register is not told what it holds. */
	if (reach == DEFINITION_REACH_NONE)
		return SIGHT_HIDDEN;
	return reach >= least[relation] ? SIGHT_YES : SIGHT_NO;
}

static enum sight_verdict with_role(const struct definition *of,
	uint64_t wanted, uint64_t roles, enum sight_relation relation)
{
	enum sight_verdict verdict = sight_read(of, roles, relation);
	return verdict == SIGHT_YES && (wanted & roles) == 0 ? SIGHT_NO : verdict;
}

enum sight_verdict sight_step(const struct definition *of,
	const struct definition_step *step, uint64_t roles,
	enum sight_relation relation)
{
	return with_role(of, step->who, roles, relation);
}

enum sight_verdict sight_approve(const struct definition *of,
	const struct definition_step *step, uint64_t roles,
	enum sight_relation relation)
{
	return with_role(of, step->approve, roles, relation);
}

bool sight_field(const struct definition_field *field, uint64_t roles)
{
	return field->see == 0 || (field->see & roles) != 0;
}

bool sight_may_give(const struct definition_field *field, uint64_t roles)
{
	return field->set == 0 || (field->set & roles) != 0;
}

/* ---- Relations ---- */

struct sight {
	const struct person *person;
	struct map *hidden; /* child to SIGHT_RESTRICTED, _OPENED, _CONFLICT */
};

bool person_is_in(const struct person *person, struct text team)
{
	for (size_t i = 0; i < person->team_count; i++)
		if (text_is(team, person->teams[i]))
			return true;
	return false;
}

static void close_map(void *map)
{
	map_close(map);
}

static bool read_hidden(struct sight *sight, struct store *store,
	enum sight_relation relation, const struct store_value values[3],
	struct fault *fault)
{
	static const char *const statements[SIGHT_RELATIONS] =
		{[SIGHT_RESTRICTED] = "restricted",
			[SIGHT_OPENED] = "opened",
			[SIGHT_CONFLICT] = "conflicts"};
	struct store_rows *rows;
	if (!store_query(store, store_find(case_sql, statements[relation]),
		    values, relation == SIGHT_CONFLICT ? 2 : 3, &rows, fault))
		return false;
	while (store_next(rows, fault))
		map_set_number(sight->hidden, store_get_integer(rows, 0),
			relation);
	store_end(rows);
	return !fault_is_set(fault);
}

bool sight_open(struct store *store, int la, const struct person *person,
	const char *now, struct arena *arena, struct sight **out_sight,
	struct fault *fault)
{
	struct sight *sight = arena_new(arena, sizeof *sight);
	*sight = (struct sight){person, map_open()};
	arena_on_close(arena, close_map, sight->hidden);
	*out_sight = sight;
	struct date today = DATE_NONE;
	(void)date_read_iso(text_cut(text_of(now), 0, 10), &today);
	if (person->is_operator)
		return true;
	const struct store_value of_login[] = {store_integer(la),
		store_string(person->login), store_date(today)};
	const struct store_value at_once[] = {store_integer(la),
		store_string(person->login), store_string(now)};
	const struct store_value of_account[] = {store_integer(la),
		store_integer(person->account), store_null()};
	/* In this order: broken glass opens a restriction, never a conflict. */
	return read_hidden(sight, store, SIGHT_RESTRICTED, of_login, fault)
		&& read_hidden(sight, store, SIGHT_OPENED, at_once, fault)
		&& read_hidden(sight, store, SIGHT_CONFLICT, of_account, fault);
}

enum sight_relation sight_relation(const struct sight *sight, int64_t child,
	struct text owner, struct text team)
{
	int64_t relation;
	if (child != 0 && map_get_number(sight->hidden, child, &relation))
		return (enum sight_relation)relation;
	if (owner.length > 0 && text_is(owner, sight->person->login))
		return SIGHT_OWNS;
	return person_is_in(sight->person, team) ? SIGHT_TEAM : SIGHT_OTHER;
}

bool sight_child(const struct sight *sight, int64_t child)
{
	int64_t relation;
	return !map_get_number(sight->hidden, child, &relation)
		|| relation == SIGHT_OPENED;
}
