/* SPDX-License-Identifier: MIT
 *
 * What does not come from the children: comparators and typed-in figures.
 *
 * Comparators use the layout of the Department's published tables. For the
 * latest year before the report, Inner London's persistent absence is the
 * 15.9% and 20.2% that Islington's report of quarter 1 2024-25 quotes; 2016/17
 * to 2018/19 are the published figures (DfE, Pupil absence in schools in
 * England 2018/19); 2021/22 is made up to lie between. Placement stability is
 * as published (DfE, Children looked after in England 2024), up to 2023, the
 * latest there was in June 2024.
 */
#include "demo/demo-inside.h"

#include <stdio.h>

#include "base/text.h"
#include "demo/demo_out.h"

struct absence_row {
	const char *year;
	const char *type;
	const char *enrolments;
	const char *absent;
	const char *percent;
};

static const struct absence_row inner_london[] = {
	{"201617", "State-funded primary", "209745", "18067", "8.61379"},
	{"201617", "State-funded secondary", "146115", "17167", "11.74896"},
	{"201718", "State-funded primary", "210204", "18621", "8.85854"},
	{"201718", "State-funded secondary", "151122", "18014", "11.92017"},
	{"201819", "State-funded primary", "208877", "18199", "8.71278"},
	{"201819", "State-funded secondary", "152947", "18314", "11.97408"},
	{"202122", "State-funded primary", "199000", "35422", "17.8"},
	{"202122", "State-funded secondary", "158000", "34760", "22.0"},
	{"202223", "State-funded primary", "197000", "31323", "15.9"},
	{"202223", "State-funded secondary", "160000", "32320", "20.2"},
};

static const char absence_heading[] =
	"time_identifier,year_breakdown,time_period,geographic_level,"
	"country_code,country_name,region_code,region_name,old_la_code,"
	"new_la_code,la_name,estab,laestab,urn,school_type,academy_type,"
	"academy_open_date,all_through,num_schools,enrolments,sess_possible,"
	"sess_overall,sess_authorised,sess_unauthorised,sess_overall_percent,"
	"sess_authorised_percent,sess_unauthorised_percent,"
	"enrolments_pa_10_exact,enrolments_pa_10_exact_percent";

static bool write_absence(const char *folder, struct fault *fault)
{
	struct demo_out out = {.is_inside_row = false};
	demo_out_line(&out, absence_heading);
	for (size_t i = 0; i < COUNT_OF(inner_london); i++) {
		const struct absence_row *row = &inner_london[i];
		buffer_format(&out.buffer,
			"Academic year,six half terms,%s,Regional,E92000001,"
			"England,E13000001,Inner London,,,,,,,%s,,,,x,%s,"
			"x,x,x,x,x,x,x,%s,%s\n",
			row->year, row->type, row->enrolments, row->absent,
			row->percent);
	}
	return demo_out_save(&out, folder, "absence_inner_london.csv", fault);
}

struct stability_row {
	int year;
	bool is_region; /* Inner London; otherwise England */
	int stable, long_term, stable_percent;
	int three, looked, three_percent;
};

static const struct stability_row stability[] = {
	{2021, false, 20000, 28640, 70, 7400, 80780, 9},
	{2021, true, 810, 1140, 71, 380, 4110, 9},
	{2022, false, 20840, 29510, 71, 8200, 82090, 10},
	{2022, true, 800, 1140, 70, 430, 4190, 10},
	{2023, false, 20210, 29600, 68, 8840, 83760, 11},
	{2023, true, 740, 1130, 66, 450, 4010, 11},
};

static void stability_line(struct demo_out *out,
	const struct stability_row *row, const char *group, int numbers[2])
{
	buffer_format(&out->buffer,
		"%d,Reporting year,%s,E92000001,England,%s,,,,%s,%d,%d\n",
		row->year, row->is_region ? "Regional" : "National",
		row->is_region ? "E13000001,Inner London" : ",", group,
		numbers[0], numbers[1]);
}

static bool write_stability(const char *folder, struct fault *fault)
{
	static const char long_term[] =
		"Children looked after continuously for "
		"at least 2.5 years on 31 March aged under 16 years,";
	struct demo_out out = {.is_inside_row = false};
	char group[256];
	demo_out_line(&out,
		"\xef\xbb\xbf"
		"time_period,time_identifier,"
		"geographic_level,country_code,country_name,region_code,"
		"region_name,old_la_code,la_name,new_la_code,cla_group,"
		"placement_stability,number,percentage");
	for (size_t i = 0; i < COUNT_OF(stability); i++) {
		const struct stability_row *row = &stability[i];
		snprintf(group, sizeof group,
			"%sLiving with the same carer for "
			"at least 2 years",
			long_term);
		stability_line(&out, row, group,
			(int[]){row->stable, row->stable_percent});
		snprintf(group, sizeof group, "%sTotal children", long_term);
		stability_line(&out, row, group, (int[]){row->long_term, 100});
		stability_line(&out, row,
			"CLA on 31 March,With 3 or more "
			"placements during the year",
			(int[]){row->three, row->three_percent});
		stability_line(&out, row, "CLA on 31 March,Total children",
			(int[]){row->looked, 100});
	}
	return demo_out_save(&out, folder, "cla_placement_stability.csv", fault);
}

bool demo_other_comparators(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	(void)world; /* nothing in it comes from the children */
	return write_absence(folder, fault) && write_stability(folder, fault);
}

/* Nine quarters to 2024-25 quarter 1. A denominator of 0: a plain count. */
struct typed_row {
	const char *measure;
	const char *source;
	const char *note; /* on the latest quarter */
	int numbers[9];
	int denominators[9];
};

static const struct typed_row typed[] = {
	{"IYPT2", "Young people's drug and alcohol service",
		"referral form changed in April",
		{41, 38, 44, 46, 52, 47, 45, 43, 31}, {0}},
	{"IYPT3", "Young people's drug and alcohol service", "",
		{28, 25, 30, 29, 34, 30, 28, 26, 19}, {0}},
	{"EHC20W", "SEN team", "", {52, 49, 55, 50, 47, 44, 51, 53, 56},
		{88, 84, 93, 90, 91, 87, 92, 94, 95}},
	{"NEETNK", "Careers service", "",
		{142, 171, 128, 131, 138, 166, 125, 127, 133},
		{3650, 3640, 3660, 3655, 3670, 3660, 3680, 3675, 3690}},
	{"FTE", "Youth justice service", "",
		{14, 12, 15, 11, 13, 10, 12, 9, 10}, {0}},
	{"SWVAC", "Human resources", "", {31, 33, 30, 29, 28, 30, 27, 26, 25},
		{185, 185, 186, 186, 188, 188, 188, 190, 190}},
	{"EHSTEP", "Early help", "", {38, 29, 41, 44, 40, 31, 43, 39, 36}, {0}},
	{"COMPLAINTS", "Complaints team", "",
		{17, 14, 19, 16, 18, 15, 20, 17, 15}, {0}},
};

/* One decimal, half up. */
static void add_share(struct demo_out *out, int number, int of)
{
	int tenths = (number * 2000 + of) / (of * 2);
	char text[48];
	snprintf(text, sizeof text, "%d.%d", tenths / 10, tenths % 10);
	demo_out_field(out, text);
}

static void typed_line(struct demo_out *out, const struct typed_row *row, int at)
{
	char text[48];
	int year = 2022 + at / 4, of = row->denominators[at];
	snprintf(text, sizeof text, "%d-%02dQ%d", year, (year + 1) % 100,
		at % 4 + 1);
	demo_out_field(out, row->measure);
	demo_out_field(out, text);
	demo_out_number(out, row->numbers[at]);
	if (of == 0) {
		demo_out_field(out, "");
		demo_out_number(out, row->numbers[at]);
	} else {
		demo_out_number(out, of);
		add_share(out, row->numbers[at], of);
	}
	demo_out_field(out, at == 8 ? row->note : "");
	demo_out_field(out, row->source);
	demo_out_field(out, "demo.analyst");
	demo_out_row(out);
}

bool demo_other_aggregates(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	(void)world; /* nothing in it comes from the children */
	static const int population[] = {41200, 41000, 40700, 40400, 40200,
		40000};
	struct demo_out out = {.is_inside_row = false};
	demo_out_line(&out,
		"measure,period,numerator,denominator,value,note,"
		"source,entered_by");
	for (size_t i = 0; i < COUNT_OF(typed); i++)
		for (int at = 0; at < 9; at++)
			typed_line(&out, &typed[i], at);
	for (int i = 0; i < (int)COUNT_OF(population); i++)
		buffer_format(&out.buffer,
			"POP017,%d-%02d,%d,,%d,"
			"mid-year estimate 0 to 17,ONS layout,demo.analyst\n",
			2019 + i, (20 + i) % 100, population[i], population[i]);
	return demo_out_save(&out, folder, "aggregates.csv", fault);
}
