/* SPDX-License-Identifier: MIT
 *
 * Every shipped list is whole; codes mean what they meant on the day; a
 * council's files are laid over ours, and refused with file, row and column.
 */
#include "codes/codes.h"

#include <ftw.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"

static struct arena *arena;
static struct codes *shipped;

static int open_shipped(void **state)
{
	(void)state;
	struct fault fault = {0};
	arena = arena_open();
	if (codes_open(arena, NULL, &shipped, &fault))
		return 0;
	print_error("%s\n", fault.message);
	return 1;
}

static int close_shipped(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct date on(const char *iso)
{
	struct date date;
	assert_true(date_read_iso(text_of(iso), &date));
	return date;
}

/* Overlaps are refused when a list is opened; here the rest of each row. */
static void test_every_list(void **state)
{
	(void)state;
	size_t count;
	const struct codes_list *lists = codes_lists(shipped, &count);
	assert_true(count >= 37);
	for (size_t i = 0; i < count; i++) {
		assert_true(lists[i].count > 0);
		assert_true(i == 0
			|| text_compare(lists[i - 1].name, lists[i].name) < 0);
		assert_ptr_equal(codes_list(shipped,
					 arena_string(arena, lists[i].name)),
			&lists[i]);
		for (size_t j = 0; j < lists[i].count; j++) {
			const struct codes_entry *entry = &lists[i].entries[j];
			assert_true(entry->label.length > 0);
			assert_true(entry->source.length > 10);
			assert_int_equal(text_trim(entry->code).length,
				entry->code.length);
			assert_true(date_is_none(entry->valid_to)
				|| entry->valid_from.day <= entry->valid_to.day);
			assert_ptr_equal(codes_in(&lists[i], entry->code,
						 date_later(entry->valid_from,
							 (struct date){1})),
				entry);
		}
	}
}

static size_t size_of(const char *list)
{
	return codes_list(shipped, list)->count;
}

/* How many codes each return has, from the code sets themselves. */
static void test_sizes(void **state)
{
	(void)state;
	assert_int_equal(size_of("ethnic"), 20);
	assert_int_equal(size_of("rne"), 6);
	assert_int_equal(size_of("legal-status"), 13);
	assert_int_equal(size_of("category-of-need"), 8);
	assert_int_equal(size_of("place-provider"), 6);
	assert_int_equal(size_of("reason-place-change"), 12);
	assert_int_equal(size_of("review-code"), 8);
	assert_int_equal(size_of("disability"), 13);
	assert_int_equal(size_of("category-of-abuse"), 5);
	assert_int_equal(size_of("referral-source"), 22);
	assert_int_equal(size_of("accom"), 31);
	assert_int_equal(size_of("authorities"), 155);
	assert_int_equal(size_of("bank-holidays"), 75);
}

static void test_dated(void **state)
{
	(void)state;
	assert_true(codes_is_valid_on(shipped, "place", TEXT("H5"),
		on("2022-06-30")));
	assert_false(codes_is_valid_on(shipped, "place", TEXT("H5"),
		on("2025-04-01")));
	assert_true(codes_is_known(shipped, "place", TEXT("H5")));
	assert_false(codes_is_valid_on(shipped, "place", TEXT("K3"),
		on("2023-06-30")));
	assert_true(codes_is_valid_on(shipped, "place", TEXT("K3"),
		on("2024-06-30")));
	assert_false(codes_is_valid_on(shipped, "place", TEXT("K3"), DATE_NONE));
	assert_false(codes_is_known(shipped, "place", TEXT("k3")));
	assert_false(codes_is_known(shipped, "place", TEXT("")));
	assert_false(codes_is_known(shipped, "no-such-list", TEXT("K3")));
	/* One code, two meanings, each with its days. */
	const struct codes_entry *then = codes_find(shipped, "primary-need",
		TEXT("N1"), on("2025-03-31"));
	const struct codes_entry *now = codes_find(shipped, "primary-need",
		TEXT("N1"), on("2025-04-01"));
	assert_true(text_is(then->label, "Abuse or neglect"));
	assert_true(text_is(now->label, "Abuse, neglect and exploitation"));
	assert_ptr_equal(then->next, now);
	assert_null(now->next);
}

static void test_columns(void **state)
{
	(void)state;
	const struct codes_entry *entry = codes_find(shipped, "rec",
		TEXT("E47"), DATE_NONE);
	assert_true(
		text_is(codes_column(entry, "group"), "special guardianship"));
	assert_true(text_is(codes_column(entry, "code"), "E47"));
	assert_true(text_is_empty(codes_column(entry, "no such")));
	entry = codes_find(shipped, "authorities", TEXT("206"), DATE_NONE);
	assert_true(text_is(entry->label, "Islington"));
	assert_true(text_is(codes_column(entry, "ons"), "E09000019"));
	entry = codes_find(shipped, "sex", TEXT("2"), on("2020-01-01"));
	assert_true(text_is(codes_column(entry, "canonical"), "F"));
}

/* The fourteen of the Department's statistics: Greenwich is Outer there. */
static void test_inner_london(void **state)
{
	(void)state;
	const struct codes_list *list = codes_list(shipped, "authorities");
	int inner = 0, outer = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct text region = codes_column(&list->entries[i], "region");
		inner += text_is(region, "E13000001");
		outer += text_is(region, "E13000002");
	}
	assert_int_equal(inner, 14);
	assert_int_equal(outer, 19);
}

/* Every code a list refers to is in the list it refers to. */
static void test_references(void **state)
{
	(void)state;
	const struct codes_list *list = codes_list(shipped, "ethnic-extended");
	for (size_t i = 0; i < list->count; i++)
		assert_true(codes_is_known(shipped, "ethnic",
			codes_column(&list->entries[i], "ethnic")));
	const struct codes_list *main = codes_list(shipped, "ethnic");
	for (size_t i = 0; i < main->count; i++)
		assert_true(codes_is_known(shipped, "ethnic-extended",
			main->entries[i].code));
	const struct codes_list *sexes = codes_list(shipped, "sex");
	for (size_t i = 0; i < sexes->count; i++)
		assert_true(codes_is_known(shipped, "sex",
			codes_column(&sexes->entries[i], "canonical")));
}

/* Bank holidays a rule can foretell, and those it cannot. */
static void test_bank_holidays(void **state)
{
	(void)state;
	struct clock_holidays holidays = codes_bank_holidays(shipped);
	assert_int_equal(holidays.count, 75);
	for (size_t i = 0; i < holidays.count; i++) {
		assert_true(date_weekday(holidays.days[i]) < SATURDAY);
		assert_true(i == 0
			|| holidays.days[i - 1].day < holidays.days[i].day);
	}
	for (int year = 2019; year <= 2027; year++) {
		struct date easter = date_easter(year);
		const struct date foretold[] = {date_add_days(easter, -2),
			date_add_days(easter, 1),
			date_nth_weekday(year, 8, MONDAY, -1),
			year == 2020 ? date_from(2020, 5, 8)
				     : date_nth_weekday(year, 5, MONDAY, 1),
			year == 2022 ? date_from(2022, 6, 2)
				     : date_nth_weekday(year, 5, MONDAY, -1)};
		for (size_t i = 0; i < COUNT_OF(foretold); i++)
			assert_false(
				clock_is_working_day(&holidays, foretold[i]));
	}
	assert_false(clock_is_working_day(&holidays, on("2022-09-19")));
	assert_false(clock_is_working_day(&holidays, on("2023-05-08")));
}

/* A council's folder, written for one test. */
static char folder[] = "/tmp/kith-codes-XXXXXX";

static int remove_one(const char *at, const struct stat *about, int kind,
	struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(at);
}

static int make_folder(void **state)
{
	(void)state;
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	return mkdtemp(folder) == NULL
		|| mkdir(arena_format(arena, "%s/codes", folder), 0700) != 0;
}

static int remove_folder(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void put(const char *name, const char *bytes)
{
	struct fault fault = {0};
	const char *path = arena_format(arena, "%s/codes/%s", folder, name);
	assert_true(file_write(path, text_of(bytes), &fault));
}

static void test_overlay(void **state)
{
	(void)state;
	put("place.csv",
		"source,code,label,valid_from,valid_to,beds\n"
		"council,H5,Our semi-independent,,2024-03-31,4\n"
		"council,Q1,Our own kind,2020-01-01,,\n");
	put("wards.csv",
		"\xef\xbb\xbf"
		"code,label,valid_from,valid_to,source\r\n"
		"W1,\"North, upper\",,,council\r\n");
	put("notes.txt", "not a list");
	struct fault fault = {0};
	struct codes *codes = NULL;
	assert_true(codes_open(arena, folder, &codes, &fault));
	assert_int_equal(codes_list(codes, "place")->count, size_of("place") + 1);
	assert_false(
		codes_is_valid_on(codes, "place", TEXT("H5"), on("2024-06-30")));
	const struct codes_entry *entry = codes_find(codes, "place", TEXT("H5"),
		on("2020-01-01"));
	assert_true(text_is(entry->label, "Our semi-independent"));
	assert_true(text_is(codes_column(entry, "beds"), "4"));
	assert_true(codes_is_known(codes, "place", TEXT("Q1")));
	assert_true(codes_is_known(codes, "place", TEXT("U1")));
	entry = codes_find(codes, "wards", TEXT("W1"), DATE_NONE);
	assert_true(text_is(entry->label, "North, upper"));
	assert_null(codes_list(shipped, "wards"));
}

static void test_overlay_refused(void **state)
{
	(void)state;
	static const char heading[] = "code,label,valid_from,valid_to,source\n";
	static const struct {
		const char *bytes, *says;
	} cases[] = {
		{"", "\"x.csv\", row 1, column code: the file is empty"},
		{"code,label,valid_from,source\n",
			"\"x.csv\", row 1, column valid_to: the column is not "
			"there"},
		{"+A,a,,,s\nB,b,1/4/2024,,s\n",
			"row 3, column valid_from: is not a date"},
		{"+A,a,,2024-02-30,s\n", "row 2, column valid_to: is not a date"},
		{"+A,a,2024-04-01,2024-03-31,s\n",
			"row 2, column valid_to: is before valid_from"},
		{"+A,a,,,\n", "row 2, column source: must not be empty"},
		{"+,a,,,s\n", "row 2, column code: must not be empty"},
		{"+A,a,,\n", "row 2: too few fields"},
		{"+A,a,,,s,t\n", "row 2: too many fields"},
		{"+A,a,,,s\nA,b,2024-01-01,,s\n",
			"\"x.csv\": two rows of code \"A\" are valid at once"},
		{"+A,a,2024-01-01,,s\nA,b,,2024-01-01,s\n",
			"\"x.csv\": two rows of code \"A\" are valid at once"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		bool is_headed = cases[i].bytes[0] == '+';
		put("x.csv",
			arena_format(arena, "%s%s", is_headed ? heading : "",
				cases[i].bytes + is_headed));
		struct fault fault = {0};
		struct codes *codes = NULL;
		assert_false(codes_open(arena, folder, &codes, &fault));
		assert_null(codes);
		assert_int_equal(fault.kind, FAULT_INPUT);
		if (strstr(fault.message, cases[i].says) == NULL)
			fail_msg("wanted \"%s\", got \"%s\"", cases[i].says,
				fault.message);
	}
	struct fault fault = {0};
	struct codes *codes = NULL;
	assert_false(codes_open(arena, "/no/such/folder", &codes, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
}

/* Spans given out of order are put in order. */
static void test_spans_in_any_order(void **state)
{
	(void)state;
	put("x.csv",
		"code,label,valid_from,valid_to,source\n"
		"A,third,2024-01-01,,s\n"
		"A,first,,2021-12-31,s\n"
		"A,second,2022-01-01,2023-12-30,s\n");
	struct fault fault = {0};
	struct codes *codes = NULL;
	assert_true(codes_open(arena, folder, &codes, &fault));
	static const struct {
		const char *day, *label;
	} cases[] = {{"1999-01-01", "first"}, {"2021-12-31", "first"},
		{"2022-01-01", "second"}, {"2023-12-30", "second"},
		{"2023-12-31", NULL}, {"2024-01-01", "third"},
		{"2050-01-01", "third"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct codes_entry *entry = codes_find(codes, "x",
			TEXT("A"), on(cases[i].day));
		assert_int_equal(entry == NULL, cases[i].label == NULL);
		if (entry != NULL)
			assert_true(text_is(entry->label, cases[i].label));
	}
}

/* Each code of each list is found in every list just if it stands there. */
static void test_as_read_through(void **state)
{
	(void)state;
	size_t count;
	const struct codes_list *lists = codes_lists(shipped, &count);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < lists[i].count; j++) {
			const struct codes_list *other =
				&lists[(i * 7 + j) % count];
			struct text code = lists[i].entries[j].code;
			const struct codes_entry *found = NULL;
			for (size_t k = other->count; k-- > 0;)
				if (text_equals(other->entries[k].code, code)
					&& (found == NULL
						|| other->entries[k].next
							== found))
					found = &other->entries[k];
			const struct codes_entry *given = codes_in(other, code,
				DATE_NONE);
			assert_int_equal(given == NULL, found == NULL);
			if (given != NULL)
				assert_true(text_equals(given->code, code));
			assert_non_null(codes_in(&lists[i], code, DATE_NONE));
		}
	const struct codes_list *list = codes_list(shipped, "rne");
	assert_null(codes_in(list, (struct text){NULL, 0}, DATE_NONE));
	assert_null(codes_in(list, (struct text){"S\0", 2}, DATE_NONE));
	assert_null(codes_in(list, TEXT("SSSSSSSSS"), DATE_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_list),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_dated),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_inner_london),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_bank_holidays),
		cmocka_unit_test_setup_teardown(test_overlay, make_folder,
			remove_folder),
		cmocka_unit_test_setup_teardown(test_overlay_refused,
			make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_spans_in_any_order,
			make_folder, remove_folder),
		cmocka_unit_test(test_as_read_through),
	};
	return cmocka_run_group_tests(tests, open_shipped, close_shipped);
}
