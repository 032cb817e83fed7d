/* SPDX-License-Identifier: MIT
 *
 * Cases of home education for tests.
 */
#include "home.h"

#include <string.h>

void home_begin(struct registering *r, struct harness *harness, const char *today)
{
	registering_begin(r, harness);
	r->today = registering_day(today);
}

void home_commence(struct registering *r, const char *day)
{
	const char *sql = arena_format(r->arena,
		"INSERT INTO setting (la, name, valid_from, value, set_by,"
		" set_at) VALUES (206, 'ehe_2026_commencement', '2024-01-01',"
		" '%s', 'lena', '2024-01-01')",
		day);
	HARNESS_DONE(store_script(r->keep.store, sql, &r->fault), &r->fault);
}

struct entry *home_notify(struct registering *r, int64_t child, const char *on)
{
	if (child == 0)
		child = registering_child(r, "2014-05-06");
	return registering_step(r,
		(struct registering_step){.register_name = "ehe",
			.step = "notify",
			.on = on,
			.given = arena_format(r->arena,
				"arrangement=EHE|notified_on=%s|"
				"notified_by=PARENT|ehe_started_on=%s",
				on, on),
			.child = child});
}

struct entry *home_step(struct registering *r, const struct entry *entry,
	const char *step, const char *on, const char *given)
{
	assert_non_null(entry);
	return registering_step(r,
		(struct registering_step){.register_name = entry->of->name,
			.step = step,
			.on = on,
			.given = given,
			.entry = entry->id});
}

struct entry *home_change(struct registering *r, const struct entry *entry,
	const char *step, const char *on, const char *given)
{
	assert_non_null(entry);
	const struct definition_step *defined = definition_step(entry->of,
		text_of(step));
	assert_non_null(defined);
	assert_non_null(defined->changes);
	const struct entry_part *rows = &entry->parts[defined->changes->number - 1];
	assert_true(rows->count > 0);
	return registering_step(r,
		(struct registering_step){.register_name = entry->of->name,
			.step = step,
			.on = on,
			.given = given,
			.entry = entry->id,
			.item = rows->items[rows->count - 1]});
}

struct entry *home_register(struct registering *r, int64_t child, const char *on)
{
	struct entry *entry = home_notify(r, child, on);
	entry = home_step(r, entry, "triage", on, "lives_in_area=yes");
	return home_step(r, entry, "register", on,
		arena_format(r->arena,
			"ehe_started_on=%s|previous_setting=ACAD", on));
}

struct entry *home_unclear(struct registering *r, const char *on)
{
	struct entry *entry = home_register(r, 0, on);
	entry = home_step(r, entry, "find-unclear", on,
		arena_format(r->arena,
			"assessed_day=%s|evidence_type=NONE|assessed_by=lena|"
			"finding_reasons=Nothing was sent",
			on));
	for (int i = 0; i < 2; i++)
		entry = home_step(r, entry, "ask-informally", on,
			arena_format(r->arena,
				"made_on=%s|contact_kind=LETTER|"
				"contact_about=How is it going?",
				on));
	assert_non_null(entry);
	return entry;
}

struct entry *home_notice(struct registering *r, const char *on)
{
	return home_step(r, home_unclear(r, on), "serve-notice", on,
		arena_format(r->arena,
			"served_on=%s|method=HAND|notice_to=A Parent|"
			"notice_reasons=No information|authorised_by=omar",
			on));
}

struct entry *home_intention(struct registering *r, struct entry *entry,
	const char *on)
{
	entry = home_change(r, entry, "not-satisfied", on,
		"decided_by=omar|decision_reasons=Nothing came");
	entry = home_step(r, entry, "decide-expedient", on,
		"expediency_by=omar|expediency_reasons=No education at all");
	entry = home_step(r, entry, "consult-school", on,
		arena_format(r->arena,
			"served_on=%s|method=EMAIL|notice_to=The Governors|"
			"notice_school=100001",
			on));
	return home_step(r, entry, "serve-intention", on,
		arena_format(r->arena,
			"served_on=%s|method=HAND|notice_to=A Parent|"
			"notice_school=100001|authorised_by=omar",
			on));
}

const char *home_rows(struct registering *r, const char *sql)
{
	return harness_rows(r->harness, r->keep.store, sql);
}

void home_refused(struct registering *r, const struct entry *entry,
	const char *words)
{
	const char *mistakes = registering_mistakes(r);
	if (entry != NULL)
		fail_msg("was not refused; said: %s", mistakes);
	if (strstr(mistakes, words) == NULL)
		fail_msg("\"%s\" is not said in: %s", words, mistakes);
}
