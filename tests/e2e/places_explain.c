/* SPDX-License-Identifier: MIT
 *
 * What stands behind a figure, and who may see it.
 */
#include "places.h"

static struct text explain(const char *id, const char *role, const char *more)
{
	return EXPECT(0, places.harness, PLACES_FILE, "--role", role, "report",
		"quarterly", "--period", "2024-25Q1", "--explain", id, more);
}

static int64_t numerator_of(const char *id)
{
	struct text csv = EXPECT(0, places.harness, PLACES_FILE, "measure", id,
		"--at", "2024-06-30", "--format", "csv");
	return running_number(running_cell(places.harness, csv, 1, "numerator"));
}

/* Lines after "children that counted:". */
static int64_t listed(struct text text)
{
	bool is_list = false;
	int64_t count = 0;
	while (text.length > 0) {
		struct text line = text_split(text, '\n', &text);
		count += is_list && line.length > 0;
		is_list |= text_is(line, "children that counted:");
	}
	return count;
}

static const char *const ids[] = {"CPP2", "LAC3P", "LACLT", "LAC", "LACNEW",
	"REREF", "ICPC15", "CIN"};

void places_test_explain(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		struct text text = explain(ids[i], "case-analyst", NULL);
		int64_t count = numerator_of(ids[i]);
		SAYS(text, "SELECT ");
		SAYS(text, "\nfeed: ");
		SAYS(text, "covers 20");
		SAYS(text, "sha256 ");
		NEVER_SAYS(text, "../");
		assert_true(count > 5);
		assert_int_equal(listed(text), count);
	}
}

/* An analyst sees how, not who; a viewer what is published; the published
 * explanation hides what the report hides. */
void places_test_explain_roles(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		struct text text = explain(ids[i], "analyst", NULL);
		SAYS(text, "SELECT ");
		SAYS(text, "children: your role may not see them");
		assert_int_equal(listed(text), 0);
		NEVER_SAYS(text, "  40");
		assert_int_equal(listed(explain(ids[i], "democratic-services",
					 "--publish")),
			0);
	}
	struct running run = KITH(places.harness, PLACES_FILE, "--role",
		"democratic-services", "report", "quarterly", "--period",
		"2024-25Q1", "--explain", "LAC");
	assert_int_equal(run.code, 4);
	SAME(run.out, text_of(""));
	int64_t small = numerator_of("LACSGB");
	assert_true(small > 0 && small < 6);
	struct text hidden = explain("LACSGB", "case-analyst", "--publish");
	SAYS(hidden, "value: c (c");
	assert_int_equal(listed(hidden), 0);
	EXPECT(2, places.harness, PLACES_FILE, "report", "quarterly",
		"--period", "2024-25Q1", "--explain", "LACX");
}

static int64_t entries(void)
{
	struct text rest,
		verdict = EXPECT(0, places.harness, PLACES_FILE, "audit",
			"verify");
	return running_number(
		text_split(text_cut(verdict, 5, verdict.length), ' ', &rest));
}

/* The list agrees with the figure, is never published, and who read it is
 * written down. */
void places_test_children(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		int64_t before = entries(), counted = 0;
		struct text csv = EXPECT(0, places.harness, PLACES_FILE,
			"measure", ids[i], "--at", "2024-06-30", "--children",
			"--format", "csv");
		struct text rest = csv;
		while (rest.length > 0)
			counted += text_has(text_split(rest, '\n', &rest),
				TEXT(",counted,"));
		assert_int_equal(counted, numerator_of(ids[i]));
		assert_int_equal(entries(), before + 1);
	}
	int64_t before = entries();
	struct running run = KITH(places.harness, PLACES_FILE, "measure", "LAC",
		"--at", "2024-06-30", "--children", "--publish");
	assert_int_equal(run.code, 4);
	SAME(run.out, text_of(""));
	run = KITH(places.harness, PLACES_FILE, "--role", "analyst", "measure",
		"LAC", "--at", "2024-06-30", "--children");
	assert_int_equal(run.code, 4);
	SAME(run.out, text_of(""));
	assert_int_equal(entries(), before);
}
