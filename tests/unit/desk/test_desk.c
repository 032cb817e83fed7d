/* SPDX-License-Identifier: MIT
 *
 * The table of acts: who may do what, whole table against every role, and what
 * leaves an entry in the audit chain.
 */
#include "desk/desk.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#include "harness.h"

/* NULL: whoever has the database file. */
static struct desk desk_for(struct harness *h, const char *role)
{
	struct desk desk;
	struct fault fault = {0};
	struct desk_options options = {.url = harness_url(h),
		.actor = "tester",
		.role = role,
		.today = date_from(2024, 7, 1)};
	HARNESS_DONE(desk_open(&options, harness_arena(h), &desk, &fault),
		&fault);
	return desk;
}

/* Performs an act with the least input it can be given. */
static struct fault perform(struct harness *h, struct desk *desk,
	enum desk_act act)
{
	union {
		struct import_outcome import;
		struct desk_feeds_output feeds;
		struct desk_measure_output measure;
		struct desk_children_output children;
		struct desk_report_output report;
		struct desk_verify_output verify;
		struct desk_faults_output faults;
		struct desk_source_output source;
		char cases[1024];
	} output;
	const char *path = harness_path(h, "absent");
	struct date end = date_from(2024, 6, 30);
	const struct desk_import_input import = {.kind = "ssda903",
		.paths = &path,
		.path_count = 1};
	const struct desk_measure_input measure = {.id = TEXT("LAC"), .at = end};
	const struct desk_children_input children = {TEXT("LAC"), end, true};
	const struct desk_report_input report = {.end = end,
		.is_published = true};
	const struct desk_set_input set = {"placement_break_rule", "CARER",
		date_from(2000, 1, 1)};
	const struct desk_comment_input comment = {.measure = TEXT("LAC"),
		.end = end,
		.why = "",
		.so_what = "",
		.what_next = "",
		.by_when = ""};
	const struct desk_faults_input faults = {0, 10};
	static int backups;
	const struct desk_backup_input backup = {harness_path(h,
		arena_format(harness_arena(h), "backup-%d", ++backups))};
	const struct desk_source_input source = {1, 0, 2};
	const struct desk_apart_input apart = {"1", "2", "tested"};
	const struct desk_account_input account = {.doing = DESK_ACCOUNT_SWEEP};
	const void *const inputs[DESK_ACTS] = {[DESK_IMPORT] = &import,
		[DESK_MEASURE] = &measure,
		[DESK_CHILDREN] = &children,
		[DESK_REPORT] = &report,
		[DESK_FREEZE] = &report,
		[DESK_SET] = &set,
		[DESK_COMMENT] = &comment,
		[DESK_FAULTS] = &faults,
		[DESK_BACKUP] = &backup,
		[DESK_APART] = &apart,
		[DESK_SOURCE] = &source,
		[DESK_ACCOUNT] = &account};
	/* Acts on registers are asked for nothing that is there. */
	static const char nothing[512];
	if (inputs[act] == NULL) {
		struct fault none = {0};
		(void)!desk_perform(desk, act, nothing, &output, &none);
		return none;
	}
	struct fault fault = {0};
	(void)!desk_perform(desk, act, inputs[act], &output, &fault);
	return fault;
}

static int64_t entries(struct harness *h)
{
	struct text rest;
	int64_t count = 0;
	const char *rows = harness_rows(h, harness_store(h),
		"SELECT COUNT(*) FROM audit");
	assert_true(
		text_to_int64(text_split(text_of(rows), '\n', &rest), &count));
	return count;
}

/* "freeze: sign-off\n" for every act: which roles may, tried with each. */
static void write_verdicts(struct harness *h, struct buffer *out)
{
	struct desk all = desk_for(h, NULL);
	const struct codes_list *roles = codes_list(all.codes, "roles");
	for (int act = 0; act < DESK_ACTS; act++) {
		buffer_format(out, "%s:", desk_row((enum desk_act)act)->name);
		for (size_t i = 0; i < roles->count; i++) {
			struct desk desk = all;
			desk.person = (struct person){.login = "tester",
				.roles = (uint64_t)1 << i,
				.purpose = "test"};
			int64_t before = entries(h);
			struct fault fault = perform(h, &desk,
				(enum desk_act)act);
			bool may = desk_may(&desk, (enum desk_act)act);
			/* A refusal, and a fault, leave the chain alone. */
			if (fault.kind != FAULT_NONE)
				assert_int_equal(entries(h), before);
			if (!may)
				assert_int_equal(fault.kind, FAULT_DENIED);
			if (may)
				buffer_format(out, " " TEXT_FORMAT,
					TEXT_ARGS(roles->entries[i].code));
		}
		buffer_char(out, '\n');
	}
}

/* What the roles may stands written in tests/golden/access/acts.txt: an act or
 * a role that has no verdict there, or another, fails here. After a change that
 * is meant: KITH_TEST_REWRITE=1 test_desk, and read the difference. */
static void test_roles(void **state)
{
	struct harness *h = harness_of(state);
	struct buffer verdicts = {.maximum = 1 << 20};
	struct text written;
	struct fault fault = {0};
	const char *path = harness_source(h, "tests/golden/access/acts.txt");
	write_verdicts(h, &verdicts);
	if (file_environment("KITH_TEST_REWRITE") != NULL)
		HARNESS_DONE(file_write(path, buffer_text(&verdicts), &fault),
			&fault);
	HARNESS_DONE(file_map(path, harness_arena(h), &written, &fault), &fault);
	assert_string_equal(verdicts.bytes,
		arena_string(harness_arena(h), written));
	buffer_finish(&verdicts);
}

/* Whoever has the file may do everything, and is entered for it. */
static void test_operator(void **state)
{
	struct harness *h = harness_of(state);
	struct desk desk = desk_for(h, NULL);
	for (int act = 0; act < DESK_ACTS; act++) {
		const struct desk_row *row = desk_row((enum desk_act)act);
		int64_t before = entries(h);
		struct fault fault = perform(h, &desk, (enum desk_act)act);
		bool is_entered = row->is_audited && fault.kind == FAULT_NONE;
		assert_int_not_equal(fault.kind, FAULT_DENIED);
		assert_int_equal(entries(h), before + is_entered);
	}
}

static void test_rows(void **state)
{
	(void)state;
	for (int i = 0; i < DESK_ACTS; i++) {
		const struct desk_row *row = desk_row((enum desk_act)i);
		assert_non_null(row->name);
		/* Import writes an entry for each of its batches itself, accounts/
		 * for each thing done to an account. */
		assert_true(!row->changes || row->is_audited || i == DESK_IMPORT
			|| i == DESK_ACCOUNT);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(row->name,
				desk_row((enum desk_act)j)->name);
	}
}

/* A viewer sees what is published, and nothing else. */
static void test_unpublished(void **state)
{
	struct harness *h = harness_of(state);
	struct desk viewer = desk_for(h, "democratic-services");
	struct desk analyst = desk_for(h, "analyst");
	struct desk_report_output output;
	struct fault fault = {0};
	const struct desk_report_input plain = {.end = date_from(2024, 6, 30)};
	assert_false(desk_perform(&viewer, DESK_REPORT, &plain, &output, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault = (struct fault){0};
	HARNESS_DONE(desk_perform(&analyst, DESK_REPORT, &plain, &output, &fault),
		&fault);
}

/* A quarter is frozen once; what failed left nothing behind. */
static void test_freeze(void **state)
{
	struct harness *h = harness_of(state);
	struct desk desk = desk_for(h, NULL);
	struct fault fault = perform(h, &desk, DESK_FREEZE);
	HARNESS_DONE(!fault_is_set(&fault), &fault);
	const char *kept = harness_rows(h, harness_store(h),
		"SELECT COUNT(*) FROM frozen_value");
	int64_t before = entries(h);
	fault = perform(h, &desk, DESK_FREEZE);
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	assert_string_equal(kept,
		harness_rows(h, harness_store(h),
			"SELECT COUNT(*) FROM frozen_value"));
	assert_int_equal(entries(h), before);
}

/* ---- A database that cannot be written ---- */

enum { NOBODY = 65534 };

/* Takes the right to write away, from root too: root becomes nobody. */
static void take_pen(struct harness *h)
{
	struct fault fault = {0};
	if (harness_engine(h) == STORE_POSTGRES) {
		HARNESS_DONE(store_script(harness_store(h),
				     "DO $$BEGIN EXECUTE 'ALTER DATABASE '"
				     " || current_database() || ' SET"
				     " default_transaction_read_only = on';"
				     " END$$",
				     &fault),
			&fault);
		harness_leave(h);
		return;
	}
	harness_leave(h);
	const char *folder = harness_path(h, "");
	assert_int_equal(chmod(harness_url(h), 0444), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	if (geteuid() == 0)
		assert_int_equal(seteuid(NOBODY), 0);
}

static void give_pen_back(struct harness *h)
{
	if (harness_engine(h) == STORE_POSTGRES) {
		struct fault fault = {0};
		struct store *store = harness_store(h);
		HARNESS_DONE(store_script(store,
				     "SET default_transaction_read_only = off",
				     &fault),
			&fault);
		HARNESS_DONE(store_script(store,
				     "DO $$BEGIN EXECUTE 'ALTER DATABASE '"
				     " || current_database() || ' RESET"
				     " default_transaction_read_only'; END$$",
				     &fault),
			&fault);
		harness_leave(h);
		return;
	}
	if (geteuid() == NOBODY)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod(harness_path(h, ""), 0700), 0);
	assert_int_equal(chmod(harness_url(h), 0600), 0);
}

/* What only reads works; what must be entered in the chain is refused before
 * anything is shown, and so is what changes. */
static void test_medium(void **state)
{
	struct harness *h = harness_of(state);
	static const struct {
		enum desk_act act;
		enum fault_kind kind;
	} rows[] = {{DESK_FEEDS, FAULT_NONE}, {DESK_MEASURE, FAULT_NONE},
		{DESK_REPORT, FAULT_NONE}, {DESK_VERIFY, FAULT_NONE},
		{DESK_CHILDREN, FAULT_DENIED}, {DESK_FAULTS, FAULT_DENIED},
		{DESK_SOURCE, FAULT_DENIED}, {DESK_BACKUP, FAULT_DENIED},
		{DESK_IMPORT, FAULT_DENIED}, {DESK_SET, FAULT_DENIED},
		{DESK_FREEZE, FAULT_DENIED}};
	(void)entries(h);
	take_pen(h);
	struct desk desk = desk_for(h, NULL);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fault fault = perform(h, &desk, rows[i].act);
		if (fault.kind != rows[i].kind)
			print_error("%s: %s: %s (%s)\n",
				desk_row(rows[i].act)->name, fault.message,
				fault.detail, fault.hint);
		assert_int_equal(fault.kind, rows[i].kind);
		assert_true(fault.kind == FAULT_NONE
			|| strstr(fault.message, "cannot be written") != NULL);
	}
	give_pen_back(h);
}

/* A log beside it holds what the file lacks: not to be read without. */
static void test_medium_in_the_middle(void **state)
{
	struct harness *h = harness_of(state);
	struct fault fault = {0};
	const char *log = arena_format(harness_arena(h), "%s-wal",
		harness_url(h));
	struct desk desk;
	(void)entries(h);
	harness_leave(h);
	HARNESS_DONE(file_write(log, TEXT("not empty"), &fault), &fault);
	take_pen(h);
	assert_false(desk_open(&(struct desk_options){.url = harness_url(h),
				       .actor = "tester"},
		harness_arena(h), &desk, &fault));
	give_pen_back(h);
	assert_non_null(strstr(fault.hint, "in the middle of work"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows),
		HARNESS_EACH_ENGINE(test_roles),
		HARNESS_EACH_ENGINE(test_operator),
		HARNESS_EACH_ENGINE(test_unpublished),
		HARNESS_EACH_ENGINE(test_freeze),
		HARNESS_EACH_ENGINE(test_medium),
		HARNESS_SQLITE(test_medium_in_the_middle)};
	return HARNESS_RUN(tests);
}
