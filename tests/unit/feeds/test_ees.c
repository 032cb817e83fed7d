/* SPDX-License-Identifier: MIT
 *
 * Published statistics: which column is what, areas, symbols, replacement.
 */
#include "importing.h"

static const char small[] =
	"\xef\xbb\xbfTIME_PERIOD,time_identifier,geographic_level,country_code,"
	"country_name,region_code,region_name,new_la_code,la_name,old_la_code,"
	"laestab,phase,year_breakdown,empty,number,percentage\n"
	"202324,Academic year,National,E92000001,England,,,,,,,Primary,"
	"six half terms,,\"1,234\",12.5\n"
	"202324,Academic year,Regional,E92000001,England,E13000001,Inner London,"
	",,,,Primary,six half terms,,c,-0.5\n"
	"202324,Academic year,Local authority,E92000001,England,E13000001,"
	"Inner London,E09000099,\"Invented, City of\",999,,Primary,"
	"six half terms,,low,1.5e-05\n"
	"202324,Academic year,School,E92000001,England,E13000001,Inner London,"
	"E09000099,\"Invented, City of\",999,9992015,,six half terms,,7,\n";

static void test_figures(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_write(harness, "small.csv", text_of(small));
	struct import_outcome outcome = importing_one(harness, "ees", path);
	assert_int_equal(outcome.batch_count, 1);
	assert_int_equal(outcome.batches[0].rows_in, 4);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_string_equal(outcome.batches[0].label, "small.csv");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT publication, seq, time_period,"
				    " time_identifier, level, area, area_name,"
				    " filters, indicator, value FROM published"
				    " ORDER BY publication, seq"),
		"small.csv|1|202324|Academic year|National|E92000001|England|"
		"phase=Primary;year_breakdown=six half terms|number|1,234\n"
		"small.csv|2|202324|Academic year|National|E92000001|England|"
		"phase=Primary;year_breakdown=six half terms|percentage|12.5\n"
		"small.csv|3|202324|Academic year|Regional|E13000001|"
		"Inner London|phase=Primary;year_breakdown=six half terms|"
		"number|c\n"
		"small.csv|4|202324|Academic year|Regional|E13000001|"
		"Inner London|phase=Primary;year_breakdown=six half terms|"
		"percentage|-0.5\n"
		"small.csv|5|202324|Academic year|Local authority|E09000099|"
		"Invented, City of|phase=Primary;year_breakdown=six half terms|"
		"number|low\n"
		"small.csv|6|202324|Academic year|Local authority|E09000099|"
		"Invented, City of|phase=Primary;year_breakdown=six half terms|"
		"percentage|1.5e-05\n"
		"small.csv|7|202324|Academic year|School|9992015||"
		"year_breakdown=six half terms|number|7\n");
}

/* A column is a filter if a single cell of it is text, wherever it stands. */
static void test_late_text(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_write(harness, "late.csv",
		TEXT("time_period,geographic_level,country_code,age,count\n"
		     "2024,National,E92000001,10,5\n"
		     "2024,National,E92000001,10 and over,6\n"));
	importing_one(harness, "ees", path);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT filters, indicator, value FROM"
				    " published ORDER BY seq"),
		"age=10|count|5\nage=10 and over|count|6\n");
}

static void test_wrong_rows(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_write(harness, "wrong.csv",
		TEXT("time_period,geographic_level,country_code,count\n"
		     "2024,National,E92000001\n"
		     "2024,,E92000001,5\n"
		     ",National,E92000001,5\n"
		     "2024,Parish,E92000001,5\n"
		     "2024,National,,5\n"
		     "2024,National,E92000001,5,6\n"
		     "2024,National,E92000001,5,\n"));
	struct import_outcome outcome = importing_one(harness, "ees", path);
	assert_int_equal(outcome.batches[0].rows_in, 7);
	assert_int_equal(outcome.batches[0].refused, 6);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT row_number, column_name, value, rule,"
				    " severity FROM import_fault ORDER BY seq"),
		"2||2024,National,E92000001|row|refused\n"
		"3|geographic_level||missing|refused\n"
		"4|time_period||missing|refused\n"
		"5|geographic_level|Parish|level|refused\n"
		"6|country_code||missing|refused\n"
		"7||2024,National,E92000001,5,6|row|refused\n");
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM published"),
		1);
}

static void test_newer_replaces(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "ees",
		importing_write(harness, "a/figures.csv",
			TEXT("time_period,geographic_level,country_code,count\n"
			     "2023,National,E92000001,5\n2024,National,E92000001,6\n")));
	importing_one(harness, "ees",
		importing_write(harness, "other.csv",
			TEXT("time_period,geographic_level,country_code,count\n"
			     "2023,National,E92000001,1\n")));
	importing_one(harness, "ees",
		importing_write(harness, "b/figures.csv",
			TEXT("time_period,geographic_level,country_code,count\n"
			     "2025,National,E92000001,7\n")));
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT publication, time_period, value FROM"
				    " published ORDER BY publication, seq"),
		"figures.csv|2025|7\nother.csv|2023|1\n");
}

static void test_same_name_twice(void **state)
{
	struct harness *harness = harness_of(state);
	const char *paths[] = {importing_write(harness, "a/figures.csv",
				       TEXT("time_period,geographic_level,country_code,count\n"
					    "2023,National,E92000001,5\n")),
		importing_write(harness, "b/figures.csv",
			TEXT("time_period,geographic_level,country_code,count\n"
			     "2024,National,E92000001,5\n")),
		NULL};
	struct import_outcome outcome;
	struct fault fault = {0};
	assert_false(importing_try(harness, "ees", paths, &outcome, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	assert_non_null(strstr(fault.message, "same publication"));
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM published"),
		0);
}

/* ---- What is published of Islington ---- */

static void test_attendance(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness,
		"attendance-la-aggregates/EES_ytd_data.csv");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "ees", path);
	assert_int_equal(outcome.batches[0].rows_in, 647);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT filters, substr(value, 1, 7) FROM"
				    " published WHERE indicator = 'pa_perc'"
				    " AND area = 'E09000019' ORDER BY filters"),
		"education_phase=Primary|19.1278\n"
		"education_phase=Secondary|25.0307\n"
		"education_phase=Special|38.7159\n"
		"education_phase=Total|22.1790\n");
	assert_true(importing_number(harness,
			    "SELECT COUNT(*) FROM published"
			    " WHERE value = 'c'")
		== 216);
}

static void test_stability(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness,
		"ees_la_cla_placement_stability_2024.csv");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "ees", path);
	assert_int_equal(outcome.batches[0].rows_in, 5010);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT indicator, value, area_name FROM"
				    " published WHERE area = 'E09000019'"
				    " AND time_period = '2024'"
				    " AND (filters LIKE '%CLA on 31 March%'"
				    "  OR filters LIKE '%2.5 years%')"
				    " ORDER BY seq"),
		"number|76|Islington\npercentage|72|Islington\n"
		"number|106|Islington\npercentage|100|Islington\n"
		"number|298|Islington\npercentage|100|Islington\n"
		"number|36|Islington\npercentage|12|Islington\n");
}

static void test_absence(void **state)
{
	struct harness *harness = harness_of(state);
	const char *areas = importing_sample(harness,
		"ees_absence_nat_reg_la_201617_201819.csv");
	const char *schools = importing_sample(harness,
		"ees_absence_islington_schools_201718_201819.csv");
	if (areas == NULL || schools == NULL)
		return;
	struct import_outcome outcome = importing_all(harness, "ees",
		(const char *const[]){areas, schools, NULL});
	assert_int_equal(outcome.batch_count, 2);
	assert_int_equal(outcome.batches[0].rows_in, 1941);
	assert_int_equal(outcome.batches[1].rows_in, 124);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM import_fault"),
		0);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT area, filters, value FROM published"
				    " WHERE indicator ="
				    " 'enrolments_pa_10_exact_percent'"
				    " AND time_period = '201819'"
				    " AND area IN ('E13000001', '2062128')"
				    " ORDER BY area, filters"),
		"2062128|year_breakdown=six half terms;"
		"school_type=State-funded primary|13.6646\n"
		"E13000001|year_breakdown=six half terms;"
		"school_type=Special|29.80789\n"
		"E13000001|year_breakdown=six half terms;"
		"school_type=State-funded primary|8.71278\n"
		"E13000001|year_breakdown=six half terms;"
		"school_type=State-funded secondary|11.97408\n"
		"E13000001|year_breakdown=six half terms;"
		"school_type=Total|10.3572\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_figures),
		HARNESS_SQLITE(test_late_text),
		HARNESS_EACH_ENGINE(test_wrong_rows),
		HARNESS_EACH_ENGINE(test_newer_replaces),
		HARNESS_SQLITE(test_same_name_twice),
		HARNESS_EACH_ENGINE(test_attendance),
		HARNESS_EACH_ENGINE(test_stability),
		HARNESS_SQLITE(test_absence),
	};
	return HARNESS_RUN(tests);
}
