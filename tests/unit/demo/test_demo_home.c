/* SPDX-License-Identifier: MIT
 *
 * The demonstration's cases of home education come into the register: every
 * step holds, and what is planted is there.
 */
#include "base/file.h"
#include "demo/demo.h"
#include "home.h"
#include "register/intake.h"

static void test_home(void **state)
{
	struct harness *harness = harness_of(state);
	struct registering r;
	struct text csv;
	struct intake_result result;
	home_begin(&r, harness, "2024-06-30");
	const char *folder = harness_path(harness, "demo");
	HARNESS_DONE(demo_write(folder, DEMO_SEED, &r.fault), &r.fault);
	HARNESS_DONE(file_map(arena_format(r.arena, "%s/registers/ehe.csv", folder),
			     r.arena, &csv, &r.fault),
		&r.fault);
	struct intake_request request = {.registers = r.registers,
		.one = register_find(r.registers, TEXT("ehe")),
		.store = r.keep.store,
		.la = HARNESS_LA,
		.csv = csv,
		.actor = "demo",
		.today = r.today,
		.batch = 1,
		.ids = &r.ids};
	HARNESS_DONE(store_begin(r.keep.store, &r.fault), &r.fault);
	HARNESS_DONE(intake_run(&request, r.arena, &result, &r.fault), &r.fault);
	HARNESS_DONE(store_commit(r.keep.store, &r.fault), &r.fault);
	for (size_t i = 0; i < result.fault_count; i++)
		print_error("%lld %s: %s\n", (long long)result.faults[i].line,
			result.faults[i].column, result.faults[i].message);
	assert_int_equal(result.refused, 0);
	assert_true(result.opened >= 50);
	static const char *const states[] = {"SUITABLE", "FORMAL_NOTICE",
		"TRIAGE", "SAO_IN_FORCE", "CME", "CONTACTED", "RETURNED",
		"CLOSED"};
	for (size_t i = 0; i < COUNT_OF(states); i++)
		assert_string_not_equal(home_rows(&r,
						arena_format(r.arena,
							"SELECT count(*) FROM"
							" reg_ehe WHERE state ="
							" '%s'",
							states[i])),
			"0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_SQLITE(test_home)};
	return HARNESS_RUN(tests);
}
