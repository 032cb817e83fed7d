/* SPDX-License-Identifier: MIT
 *
 * The termly return, counted by hand over the cases of home.h.
 */
#include "home.h"
#include "register/termly.h"

#include <string.h>

static struct termly compute(struct registering *r, const char *census)
{
	struct termly termly;
	HARNESS_DONE(termly_compute(r->keep.store, HARNESS_LA, r->codes,
			     registering_day(census), r->arena, &termly,
			     &r->fault),
		&r->fault);
	return termly;
}

static int64_t cell(const struct termly *termly, enum termly_collection of,
	const char *topic, const char *group)
{
	for (size_t i = 0; i < termly->count; i++)
		if (termly->cells[i].of == of
			&& strcmp(termly->cells[i].topic, topic) == 0
			&& strcmp(termly->cells[i].group, group) == 0)
			return termly->cells[i].count;
	fail_msg("there is no group \"%s\" of \"%s\"", group, topic);
	return -1;
}

static void test_census_days(void **state)
{
	static const char *const days[][TERMLY_TERMS] = {{"2022-10-06",
								 "2023-01-19",
								 "2023-05-18"},
		{"2024-10-03", "2025-01-16", "2025-05-15"},
		{"2025-10-02", "2026-01-15", "2026-05-21"},
		{"2026-10-01", "2027-01-21", "2027-05-20"}};
	static const int years[] = {2022, 2024, 2025, 2026};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(years); i++)
		for (int term = 0; term < TERMLY_TERMS; term++)
			assert_int_equal(termly_census(years[i],
						 (enum termly_term)term)
						 .day,
				registering_day(days[i][term]).day);
}

static void test_stock(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	home_cases(&r);
	struct termly t = compute(&r, "2025-05-15");
	/* A, D, I are home educated; C and E missing education. */
	assert_int_equal(cell(&t, TERMLY_EHE, "Total", "Total"), 3);
	assert_int_equal(cell(&t, TERMLY_EHE, "Sex", "Female"), 3);
	assert_int_equal(cell(&t, TERMLY_EHE, "Sex", "Male"), 0);
	/* Born in May 2014. */
	assert_int_equal(cell(&t, TERMLY_EHE, "Year group", "Year 6"), 3);
	assert_int_equal(cell(&t, TERMLY_EHE, "Primary reason",
				 "School dissatisfaction bullying"),
		1);
	assert_int_equal(cell(&t, TERMLY_EHE, "Primary reason",
				 "School suggestion"),
		1);
	assert_int_equal(cell(&t, TERMLY_EHE, "Primary reason", "Unknown"), 1);
	assert_int_equal(cell(&t, TERMLY_EHE, "Primary reason", "Religious"), 0);
	assert_int_equal(cell(&t, TERMLY_CME, "Total", "Total"), 2);
	assert_int_equal(cell(&t, TERMLY_CME, "Primary reason",
				 "Home education not suitable"),
		1);
	assert_int_equal(cell(&t, TERMLY_CME, "Primary reason",
				 "Whereabouts not known"),
		1);
	/* C for 211 days, E for 101. */
	assert_int_equal(cell(&t, TERMLY_CME, "Length of time missing",
				 "Over 26 weeks"),
		1);
	assert_int_equal(cell(&t, TERMLY_CME, "Length of time missing",
				 "Over 13 and up to 26 weeks"),
		1);
}

static void test_flows(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	home_cases(&r);
	struct termly t = compute(&r, "2025-05-15");
	const struct termly_flow *ehe = &t.flow[TERMLY_EHE];
	/* In: A, B, C, D, E, I twice. Out: B, C, E, I. */
	assert_int_equal(ehe->start, 0);
	assert_int_equal(ehe->in, 7);
	assert_int_equal(ehe->out, 4);
	assert_int_equal(ehe->end, 3);
	assert_int_equal(ehe->any_time, 6);
	assert_int_equal(cell(&t, TERMLY_EHE, "Out", "To school"), 1);
	assert_int_equal(cell(&t, TERMLY_EHE, "Out", "To missing education"), 2);
	assert_int_equal(cell(&t, TERMLY_EHE, "Out", "Moved to another area"), 1);
	assert_int_equal(cell(&t, TERMLY_EHE,
				 "Previous setting of those who began", "Academy"),
		7);
	assert_int_equal(cell(&t, TERMLY_EHE, "Notices and orders",
				 "Notices under section 437(1)"),
		1);
	assert_int_equal(cell(&t, TERMLY_EHE, "Notices and orders",
				 "School attendance orders issued"),
		1);
	assert_int_equal(cell(&t, TERMLY_EHE, "Notices and orders",
				 "School attendance orders revoked"),
		0);
	const struct termly_flow *cme = &t.flow[TERMLY_CME];
	assert_int_equal(cme->in, 2);
	assert_int_equal(cme->end, 2);
	/* A year on: nothing happened since, all who are there were there. */
	t = compute(&r, "2026-05-21");
	assert_int_equal(t.flow[TERMLY_EHE].start, 3);
	assert_int_equal(t.flow[TERMLY_EHE].in, 0);
	assert_int_equal(t.flow[TERMLY_EHE].any_time, 3);
	assert_int_equal(cell(&t, TERMLY_EHE, "Year group", "Year 7"), 3);
}

/* On every census day, whatever lies between: start + in - out = end, and each
 * breakdown adds up to the whole. */
static void test_reconciles(void **state)
{
	static const char *const topics[] = {"Sex", "Year group",
		"Primary reason"};
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	home_cases(&r);
	for (int year = 2023; year < 2027; year++)
		for (int term = 0; term < TERMLY_TERMS; term++) {
			char day[DATE_TEXT];
			date_write(termly_census(year, (enum termly_term)term),
				day);
			struct termly t = compute(&r, day);
			for (int of = 0; of < TERMLY_COLLECTIONS; of++) {
				const struct termly_flow *flow = &t.flow[of];
				int64_t total = cell(&t,
					(enum termly_collection)of, "Total",
					"Total");
				assert_int_equal(flow->start + flow->in
						- flow->out,
					flow->end);
				assert_int_equal(total, flow->end);
				int64_t sums[COUNT_OF(topics)] = {0};
				for (size_t i = 0; i < t.count; i++)
					for (size_t k = 0; k < COUNT_OF(topics);
						k++)
						if ((int)t.cells[i].of == of
							&& strcmp(t.cells[i].topic,
								   topics[k])
								== 0)
							sums[k] += t.cells[i].count;
				for (size_t k = 0; k < COUNT_OF(topics); k++)
					assert_int_equal(sums[k], total);
			}
		}
}

/* Corrected days move the figures with them. */
static void test_began_before_told(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_notify(&r, 0, "2024-10-10");
	entry = home_step(&r, entry, "triage", "2024-10-10", "lives_in_area=yes");
	assert_non_null(home_step(&r, entry, "register", "2024-10-11",
		"ehe_started_on=2024-09-02|previous_setting=LAMAIN"));
	struct termly t = compute(&r, "2024-10-03");
	assert_int_equal(t.flow[TERMLY_EHE].end, 1);
	assert_int_equal(cell(&t, TERMLY_EHE,
				 "Previous setting of those who began",
				 "School maintained by the authority"),
		1);
}

static void test_published(void **state)
{
	static const struct {
		int64_t count;
		const char *text;
	} rows[] = {{0, "0"}, {1, "low"}, {4, "low"}, {5, "10"}, {14, "10"},
		{15, "20"}, {94, "90"}, {95, "100"}, {1234, "1230"}};
	char text[TERMLY_ROUNDED];
	struct registering r;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		termly_round(rows[i].count, text);
		assert_string_equal(text, rows[i].text);
	}
	home_begin(&r, harness_of(state), "2025-06-02");
	home_cases(&r);
	struct termly t = compute(&r, "2025-05-15");
	struct buffer out = {.maximum = 1 << 16};
	termly_csv(&t, TERMLY_PUBLISHED, &out);
	buffer_char(&out, '\0');
	assert_non_null(strstr(out.bytes, "ehe,\"Total\",\"Total\",low\n"));
	assert_non_null(strstr(out.bytes, "ehe,\"Flow\",\"In\",10\n"));
	assert_null(strstr(out.bytes, ",3\n"));
	buffer_finish(&out);
	out = (struct buffer){.maximum = 1 << 16};
	termly_csv(&t, TERMLY_TRUE, &out);
	buffer_char(&out, '\0');
	assert_non_null(strstr(out.bytes, "ehe,\"Total\",\"Total\",3\n"));
	buffer_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_census_days),
		HARNESS_EACH_ENGINE(test_stock), HARNESS_EACH_ENGINE(test_flows),
		HARNESS_EACH_ENGINE(test_reconciles),
		HARNESS_EACH_ENGINE(test_began_before_told),
		HARNESS_EACH_ENGINE(test_published)};
	return HARNESS_RUN(tests);
}
