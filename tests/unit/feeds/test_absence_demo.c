/* SPDX-License-Identifier: MIT
 *
 * The invented borough's censuses and marks, a million rows, imported whole:
 * persistent absence on two quarter days comes out as the borough was planned,
 * and the marks give the same terms as the census. Slow.
 */
#include "demo/demo.h"
#include "school.h"

static void expect_rate(struct harness *harness, const char *day,
	const char *phase, const char *tenths)
{
	const char *sql = arena_format(harness_arena(harness),
		"SELECT (SUM(CASE WHEN status >= 1 THEN 2000 ELSE 0 END)"
		" + COUNT(*)) / (2 * COUNT(*)) FROM absence_state"
		" WHERE phase = '%s' AND starts <= '%s' AND ends > '%s'",
		phase, day, day);
	school_expect(harness, sql,
		arena_format(harness_arena(harness), "%s\n", tenths));
}

static void test_demo(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	HARNESS_DONE(demo_write(harness_path(harness, "demo"), DEMO_SEED, &fault),
		&fault);
	school_import(harness, "census", "demo/census");
	expect_rate(harness, "2024-06-30", "primary", "177");
	expect_rate(harness, "2023-06-30", "primary", "210");
	expect_rate(harness, "2024-06-30", "secondary", "245");
	expect_rate(harness, "2023-06-30", "secondary", "272");
	school_import(harness, "marks", "demo/marks");
	expect_rate(harness, "2024-06-30", "primary", "177");
	school_expect(harness,
		"SELECT COUNT(*) FROM attendance_term AS c"
		" JOIN attendance_term AS m ON m.la = c.la"
		" AND m.child = c.child AND m.school = c.school"
		" AND m.year = c.year AND m.term = c.term AND m.feed = 'marks'"
		" WHERE c.feed = 'census' AND (m.possible <> c.possible"
		" OR m.authorised <> c.authorised"
		" OR m.unauthorised <> c.unauthorised"
		" OR m.unmapped <> c.unmapped)",
		"0\n");
	school_expect(harness,
		"SELECT COUNT(*) FROM attendance_term AS c"
		" WHERE c.feed = 'census' AND c.year = 2023 AND c.term <= 1"
		" AND NOT EXISTS (SELECT 1 FROM attendance_term AS m"
		" WHERE m.la = c.la AND m.child = c.child"
		" AND m.school = c.school AND m.year = c.year"
		" AND m.term = c.term AND m.feed = 'marks')",
		"0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_SQLITE(test_demo),
	};
	return HARNESS_RUN(tests);
}
