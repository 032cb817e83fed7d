/* SPDX-License-Identifier: MIT
 *
 * Steps on entries, kept and read again: versions, derived rows, work, what
 * was known when, on both engines.
 */
#include "base/file.h"
#include "registering.h"

static struct entry *ask(struct registering *r, int64_t child)
{
	return registering_step(r,
		(struct registering_step){.register_name = "lending",
			.step = "ask",
			.on = "2025-01-06",
			.given = "wheels=24|deposit=12.50|"
				 "why=Walks 3 miles",
			.child = child});
}

static struct entry *again(struct registering *r, const struct entry *entry,
	const char *step, const char *on, const char *given)
{
	return registering_step(r,
		(struct registering_step){.register_name = "lending",
			.step = step,
			.on = on,
			.given = given,
			.entry = entry->id});
}

static void test_kept(void **state)
{
	struct registering r;
	registering_begin(&r, harness_of(state));
	int64_t child = registering_child(&r, "2014-05-06");
	struct entry *entry = ask(&r, child);
	assert_string_equal(registering_mistakes(&r), "");
	assert_non_null(entry);
	assert_int_equal(entry->version, 1);
	assert_non_null(again(&r, entry, "lend", "2025-01-07", "bicycle=B 7"));
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT state, opened, since, wheels, deposit,"
				    " sex_at_lending, bicycle, why, times_late"
				    " FROM reg_lending"),
		"LENT|2025-01-06|2025-01-07|24|1250|F|B 7|Walks 3 miles|0\n");
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT version, step, on_day, actor FROM"
				    " entry_version ORDER BY version"),
		"1|ask|2025-01-06|lena\n2|lend|2025-01-07|lena\n");
	/* Six weeks from the day it was lent; a week's warning. */
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT clock, starts, due, warns, done FROM"
				    " work"),
		"bring-back|2025-01-07|2025-02-18|2025-02-11|-\n");
	struct entry *loaded;
	HARNESS_DONE(keep_load(&r.keep, entry->id, &loaded, &r.fault), &r.fault);
	assert_int_equal(loaded->version, 2);
	HARNESS_DONE(keep_load_version(&r.keep, entry->id, 1, &loaded, &r.fault),
		&r.fault);
	assert_string_equal(entry_state(loaded)->name, "ASKED");
}

static void test_part(void **state)
{
	struct registering r;
	registering_begin(&r, harness_of(state));
	struct entry *entry = ask(&r, registering_child(&r, "2014-05-06"));
	again(&r, entry, "lend", "2025-01-07", "bicycle=B7");
	/* Posted on Friday 7 February: received on Tuesday 11; 15 days beginning
	 * with it end on 25 February. */
	entry = again(&r, entry, "return", "2025-02-06",
		"returned_on=6/2/2025|condition_found=Bad|posted_on=7 February"
		" 2025|method=POST_FIRST");
	assert_string_equal(registering_mistakes(&r), "");
	assert_non_null(entry);
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT clock, starts, due, done FROM work"),
		"answer-due|2025-02-11|2025-02-25|-\n");
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT times_late FROM reg_lending"),
		"1\n");
	entry = registering_step(&r,
		(struct registering_step){.register_name = "lending",
			.step = "answer",
			.on = "2025-02-20",
			.given = "answered_on=2025-02-20",
			.entry = entry->id,
			.item = entry->parts[0].items[0]});
	assert_non_null(entry);
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT clock, done FROM work"),
		"answer-due|2025-02-20\n");
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT condition_found, answered_on FROM"
				    " reg_lending_returns"),
		"BAD|2025-02-20\n");
}

static void test_refused(void **state)
{
	struct registering r;
	registering_begin(&r, harness_of(state));
	int64_t child = registering_child(&r, "2010-05-06");
	struct registering_step step = {.register_name = "lending",
		.step = "ask",
		.on = "2025-01-06",
		.given = "deposit=12.505|why=x|colour=red|why=y",
		.child = child};
	assert_null(registering_step(&r, step));
	assert_string_equal(registering_mistakes(&r),
		"why: is given twice\n"
		"deposit: Deposit must be a number, as 12.5\n"
		"colour: \"colour\" is not asked for by this step\n"
		"wheels: Size of the wheels, in inches: enter an answer\n");
	step.given = "wheels=99";
	assert_null(registering_step(&r, step));
	assert_string_equal(registering_mistakes(&r),
		"wheels: Size of the wheels, in inches must be from 12 to 29\n");
	/* A deposit is asked from 20 inches, required from 24. */
	step.given = "wheels=24";
	assert_null(registering_step(&r, step));
	assert_string_equal(registering_mistakes(&r),
		"deposit: Deposit: enter an answer\n");
	step.given = "wheels=16|deposit=5";
	struct entry *entry = registering_step(&r, step);
	assert_non_null(entry);
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT deposit FROM reg_lending"),
		"-\n");
	assert_null(again(&r, entry, "return", "2025-01-07", ""));
	assert_string_equal(registering_mistakes(&r),
		": \"It came back\" cannot be done now\n");
	again(&r, entry, "lend", "2025-01-07", "bicycle=B7");
	assert_null(again(&r, entry, "return", "2025-02-06",
		"returned_on=2025-01-01|condition_found=GONE"));
	assert_string_equal(registering_mistakes(&r),
		"condition_found: Condition must be one of the list\n"
		"returned_on: The day it came back must not be before it was"
		" asked for\n");
	assert_null(again(&r, entry, "correct", "2025-01-08", "bicycle=B8"));
	assert_string_equal(registering_mistakes(&r),
		"reason: Enter the reason for the correction\n");
	/* A child of 17 is warned about, not refused. */
	step.child = registering_child(&r, "2008-01-01");
	step.given = "wheels=16";
	assert_non_null(registering_step(&r, step));
	assert_string_equal(registering_mistakes(&r),
		"warning : The child is not of school age\n");
}

/* Two people read version 1; the second to save is told. */
static void test_conflict(void **state)
{
	struct registering r;
	registering_begin(&r, harness_of(state));
	struct entry *entry = ask(&r, registering_child(&r, "2014-05-06"));
	struct entry *stale = entry_copy(entry, r.arena);
	again(&r, entry, "lend", "2025-01-07", "bicycle=B7");
	struct keep_change change = {.step = "lend",
		.actor = "omar",
		.reason = "",
		.purpose = "test",
		.on = r.today,
		.today = r.today,
		.ids = &r.ids};
	HARNESS_DONE(store_begin(r.keep.store, &r.fault), &r.fault);
	assert_false(keep_save(&r.keep, stale, &change, &r.fault));
	assert_int_equal(r.fault.kind, FAULT_CONFLICT);
	store_rollback(r.keep.store);
	struct entry *newest;
	const struct keep_difference *differences;
	size_t count;
	r.fault = (struct fault){0};
	HARNESS_DONE(keep_load(&r.keep, entry->id, &newest, &r.fault), &r.fault);
	keep_compare(stale, newest, r.arena, &differences, &count);
	assert_int_equal(count, 2);
	assert_string_equal(differences[0].label, "State");
	assert_string_equal(differences[1].label, "Bicycle number");
	assert_true(text_is(differences[1].after, "B7"));
}

/* A definition with other fields finds its tables made anew, and what it has
 * no place for is not lost. */
static void test_upgrade(void **state)
{
	struct registering r;
	registering_begin(&r, harness_of(state));
	struct entry *entry = ask(&r, registering_child(&r, "2014-05-06"));
	const char *folder = harness_path(r.harness, "council");
	HARNESS_DONE(file_make_folder(arena_format(r.arena, "%s/registers", folder),
			     &r.fault),
		&r.fault);
	struct text text;
	HARNESS_DONE(file_map(harness_source(r.harness,
				      "tests/council/registers/lending.yaml"),
			     r.arena, &text, &r.fault),
		&r.fault);
	/* `why` is dropped by another name, `lamp` is new. */
	struct buffer changed = {.maximum = 1 << 20};
	while (text.length > 0) {
		struct text line = text_split(text, '\n', &text);
		if (text_is(line, "  wheels:"))
			buffer_string(&changed,
				"  lamp:\n    label: Lamp\n"
				"    type: text\n"
				"    derived: if(wheels > 20,"
				" 'big', 'small')\n");
		buffer_add(&changed, line);
		buffer_char(&changed, '\n');
	}
	HARNESS_DONE(file_write(arena_format(r.arena,
					"%s/registers/lending.yaml", folder),
			     buffer_text(&changed), &r.fault),
		&r.fault);
	buffer_finish(&changed);
	struct registers *newer;
	size_t count;
	HARNESS_DONE(register_open(r.arena, r.codes, folder, &newer, &r.fault),
		&r.fault);
	assert_false(register_check(newer, r.keep.store, HARNESS_LA, &r.fault));
	assert_int_equal(r.fault.kind, FAULT_CONFLICT);
	r.fault = (struct fault){0};
	HARNESS_DONE(register_up(newer, r.keep.store, HARNESS_LA, &count,
			     &r.fault),
		&r.fault);
	assert_int_equal(count, 1);
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT wheels, lamp FROM reg_lending"),
		"24|big\n");
	/* Back again: the old tables, the old data. */
	HARNESS_DONE(register_up(r.registers, r.keep.store, HARNESS_LA, &count,
			     &r.fault),
		&r.fault);
	assert_string_equal(harness_rows(r.harness, r.keep.store,
				    "SELECT wheels, why FROM reg_lending"),
		"24|Walks 3 miles\n");
	assert_int_not_equal(entry->id, 0);
}

static void test_lists(void **state)
{
	struct registering r;
	registering_begin(&r, harness_of(state));
	struct entry *one = ask(&r, registering_child(&r, "2014-05-06"));
	struct entry *two = ask(&r, registering_child(&r, "2015-05-06"));
	again(&r, two, "lend", "2025-01-07", "bicycle=B9");
	again(&r, two, "return", "2025-02-06",
		"returned_on=2025-02-05|condition_found=BAD");
	const struct register_one *reg = register_find(r.registers,
		TEXT("lending"));
	struct roster_request request = {.registers = r.registers,
		.one = reg,
		.list = definition_list(reg->definition, TEXT("open")),
		.today = r.today};
	const struct roster_line *lines;
	size_t count;
	HARNESS_DONE(roster_read(r.keep.store, HARNESS_LA, &request, r.arena,
			     &lines, &count, &r.fault),
		&r.fault);
	assert_int_equal(count, 2);
	assert_int_equal(lines[0].entry, one->id);
	assert_int_equal(lines[0].values[1].number, 24);
	request.list = definition_list(reg->definition, TEXT("bad"));
	HARNESS_DONE(roster_read(r.keep.store, HARNESS_LA, &request, r.arena,
			     &lines, &count, &r.fault),
		&r.fault);
	assert_int_equal(count, 1);
	assert_int_equal(lines[0].entry, two->id);
	assert_true(text_is(lines[0].values[0].text, "B9"));
}

static void test_verified(void **state)
{
	struct registering r;
	registering_begin(&r, harness_of(state));
	struct entry *entry = ask(&r, registering_child(&r, "2014-05-06"));
	again(&r, entry, "lend", "2025-01-07", "bicycle=B7");
	struct keep_verdict verdict;
	HARNESS_DONE(keep_verify(r.keep.store, HARNESS_LA, &verdict, &r.fault),
		&r.fault);
	assert_int_equal(verdict.versions, 2);
	assert_null(verdict.why);
	static const char *const harms[] =
		{"UPDATE entry_version SET document = '{}' WHERE version = 1",
			"UPDATE entry_version SET actor = 'x' WHERE version = 2",
			"DELETE FROM entry_version WHERE version = 2",
			"DELETE FROM entry_version WHERE version = 1",
			"DELETE FROM audit WHERE seq = 2",
			"UPDATE entry SET version = 1",
			"UPDATE audit SET detail = 'x' WHERE seq = 2"};
	for (size_t i = 0; i < COUNT_OF(harms); i++) {
		HARNESS_DONE(store_begin(r.keep.store, &r.fault), &r.fault);
		HARNESS_DONE(store_script(r.keep.store, harms[i], &r.fault),
			&r.fault);
		HARNESS_DONE(keep_verify(r.keep.store, HARNESS_LA, &verdict,
				     &r.fault),
			&r.fault);
		if (verdict.why == NULL)
			fail_msg("not noticed: %s", harms[i]);
		store_rollback(r.keep.store);
	}
}

/* Absence is that of the latest two terms in which anything was possible:
 * 12 of 120 sessions is 10.0 %, persistent and not severe. */
static void test_absence(void **state)
{
	struct registering r;
	struct value facts[FACTS];
	registering_begin(&r, harness_of(state));
	int64_t child = registering_child(&r, "2014-05-06");
	const char *sql = arena_format(r.arena,
		"INSERT INTO attendance_term (la, child, school, year, term,"
		" feed, possible, authorised, unauthorised, unmapped, batch)"
		" VALUES (206, %lld, 'S', 2024, 2, 'census', 0, 0, 0, 0, 1),"
		" (206, %lld, 'S', 2024, 1, 'census', 50, 5, 1, 0, 1),"
		" (206, %lld, 'S', 2024, 0, 'census', 70, 4, 2, 0, 1),"
		" (206, %lld, 'S', 2023, 2, 'census', 60, 60, 0, 0, 1)",
		(long long)child, (long long)child, (long long)child,
		(long long)child);
	HARNESS_DONE(store_script(r.keep.store, sql, &r.fault), &r.fault);
	HARNESS_DONE(fact_read(r.keep.store, HARNESS_LA, child, r.today,
			     r.arena, facts, &r.fault),
		&r.fault);
	assert_int_equal(facts[FACT_ABSENCE].number, 100);
	assert_true(facts[FACT_PERSISTENT].flag);
	assert_false(facts[FACT_SEVERE].flag);
	assert_int_equal(facts[FACT_SUSPENSIONS].kind, VALUE_EMPTY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_kept),
		HARNESS_EACH_ENGINE(test_part), HARNESS_EACH_ENGINE(test_refused),
		HARNESS_EACH_ENGINE(test_conflict),
		HARNESS_EACH_ENGINE(test_upgrade),
		HARNESS_EACH_ENGINE(test_lists),
		HARNESS_EACH_ENGINE(test_verified),
		HARNESS_EACH_ENGINE(test_absence)};
	return HARNESS_RUN(tests);
}
