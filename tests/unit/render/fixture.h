/* SPDX-License-Identifier: MIT
 *
 * An invented report that has everything a writer can meet.
 *
 * Five measures end on figures a real committee was given for quarter 1 of
 * 2024-25; the quarters before them, the numerators and the breakdowns are made
 * up. Three more are a suppressed one, one whose history is too short, and one
 * whose every string is hostile: markup, formulas, ampersands, long names,
 * letters outside ASCII and text that runs from right to left.
 */
#ifndef KITH_TESTS_RENDER_FIXTURE_H
#define KITH_TESTS_RENDER_FIXTURE_H

#include "render/view.h"

#define FIXTURE_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A quarter with a target; with a target and a comparator; without a value. */
#define SHOWN(name, words, tenths_, above, below, target_) \
	{ \
		.label = name, .value = words, .numerator = above, \
		.denominator = below, .has_value = true, .tenths = tenths_, \
		.has_target = true, .target_tenths = target_ \
	}
#define COMPARED(name, words, tenths_, target_) \
	{ \
		.label = name, .value = words, .numerator = "", \
		.denominator = "", .has_value = true, .tenths = tenths_, \
		.has_target = true, .target_tenths = target_, \
		.has_comparator = true, .comparator_tenths = target_ \
	}
#define HIDDEN(name, symbol, below) \
	{ \
		.label = name, .value = symbol, .numerator = symbol, \
		.denominator = below \
	}
#define COUNTED(name, words, tenths_) \
	{ \
		.label = name, .value = words, .numerator = words, \
		.denominator = "", .has_value = true, .tenths = tenths_ \
	}

static const struct view_point fixture_cpp2_points[] = {
	SHOWN("2022-23 Q1", "23.5%", 235, "12", "51", 200),
	SHOWN("2022-23 Q2", "24.1%", 241, "27", "112", 200),
	SHOWN("2022-23 Q3", "22.7%", 227, "37", "163", 200),
	SHOWN("2022-23 Q4", "22.4%", 224, "48", "214", 200),
	SHOWN("2023-24 Q1", "26.7%", 267, "16", "60", 220),
	SHOWN("2023-24 Q2", "25.0%", 250, "29", "116", 220),
	HIDDEN("2023-24 Q3", "c", "171"),
	SHOWN("2023-24 Q4", "23.1%", 231, "51", "221", 220),
	SHOWN("2024-25 Q1", "20.7%", 207, "12", "58", 220),
};

static const struct view_point fixture_lac3p_points[] = {
	SHOWN("2022-23 Q1", "10.4%", 104, "34", "327", 110),
	SHOWN("2022-23 Q2", "10.9%", 109, "36", "330", 110),
	SHOWN("2022-23 Q3", "11.2%", 112, "38", "339", 110),
	SHOWN("2022-23 Q4", "11.8%", 118, "41", "347", 110),
	SHOWN("2023-24 Q1", "12.1%", 121, "42", "347", 110),
	SHOWN("2023-24 Q2", "12.6%", 126, "44", "349", 110),
	SHOWN("2023-24 Q3", "13.1%", 131, "46", "351", 110),
	SHOWN("2023-24 Q4", "13.9%", 139, "49", "353", 110),
	SHOWN("2024-25 Q1", "14.4%", 144, "51", "354", 110),
};

static const struct view_point fixture_laclt_points[] = {
	{.label = "2022-23 Q1", .value = "u", .numerator = "61", .denominator = "88"},
	{.label = "2022-23 Q2", .value = "u", .numerator = "62", .denominator = "90"},
	{.label = "2022-23 Q3", .value = "u", .numerator = "62", .denominator = "91"},
	{.label = "2022-23 Q4", .value = "u", .numerator = "63", .denominator = "92"},
	{.label = "2023-24 Q1", .value = "u", .numerator = "63", .denominator = "92"},
	SHOWN("2023-24 Q2", "69.1%", 691, "65", "94", 700),
	SHOWN("2023-24 Q3", "68.4%", 684, "65", "95", 700),
	SHOWN("2023-24 Q4", "67.7%", 677, "65", "96", 700),
	SHOWN("2024-25 Q1", "67.0%", 670, "65", "97", 700),
};

static const struct view_point fixture_papri_points[] = {
	COMPARED("2022-23 Q1", "20.2%", 202, 181),
	COMPARED("2022-23 Q2", "20.8%", 208, 181),
	COMPARED("2022-23 Q3", "21.4%", 214, 181),
	COMPARED("2022-23 Q4", "21.2%", 212, 181),
	COMPARED("2023-24 Q1", "21.0%", 210, 170),
	COMPARED("2023-24 Q2", "19.6%", 196, 170),
	COMPARED("2023-24 Q3", "18.9%", 189, 170),
	COMPARED("2023-24 Q4", "18.2%", 182, 170),
	COMPARED("2024-25 Q1", "17.7%", 177, 159),
};

static const struct view_point fixture_pasec_points[] = {
	COMPARED("2022-23 Q1", "26.6%", 266, 221),
	COMPARED("2022-23 Q2", "27.0%", 270, 221),
	COMPARED("2022-23 Q3", "27.9%", 279, 221),
	COMPARED("2022-23 Q4", "27.5%", 275, 221),
	COMPARED("2023-24 Q1", "27.2%", 272, 212),
	COMPARED("2023-24 Q2", "26.1%", 261, 212),
	COMPARED("2023-24 Q3", "25.8%", 258, 212),
	COMPARED("2023-24 Q4", "25.0%", 250, 212),
	COMPARED("2024-25 Q1", "24.5%", 245, 202),
};

static const struct view_point fixture_iypt3_points[] = {
	COUNTED("2022-23 Q1", "14", 140),
	COUNTED("2022-23 Q2", "11", 110),
	COUNTED("2022-23 Q3", "9", 90),
	HIDDEN("2022-23 Q4", "c", ""),
	COUNTED("2023-24 Q1", "12", 120),
	COUNTED("2023-24 Q2", "8", 80),
	COUNTED("2023-24 Q3", "0", 0),
	COUNTED("2023-24 Q4", "7", 70),
	HIDDEN("2024-25 Q1", "c", ""),
};

static const struct view_point fixture_hostile_points[] = {
	SHOWN("=1+1 <Q1>", "-1.5%", -15, "-1", "66", 10),
	HIDDEN("@SUM(A1) & Q2", "x", "<b>"),
	{.label = "مارس Q3",
		.value = "<script>alert(3)</script>",
		.numerator = "",
		.denominator = ""},
	SHOWN("2024-25 Q4", "3.0%", 30, "2", "66", 10),
};

static const struct view_group fixture_cpp2_ages[] = {
	{"Under 1", "c", "c", "11", false, 0},
	{"1 to 4", "u", "c", "9", false, 0},
	{"5 to 9", "25.0%", "6", "24", true, 250},
	{"10 to 15", "c", "c", "14", false, 0},
	{"16 and over", "z", "0", "0", false, 0},
};

static const struct view_group fixture_papri_phases[] = {
	{"Reception to year 2", "19.3%", "1,204", "6,238", true, 193},
	{"Years 3 to 6", "16.2%", "1,006", "6,210", true, 162},
};

static const struct view_group fixture_hostile_groups[] = {
	{"<img src=x onerror=alert(1)>", "x", "", "", false, 0},
	{"=HYPERLINK(\"http://example.invalid\")", "low", "low", "1,250", false,
		0},
	{"Łucja Öztürk-Ó Súilleabháin & Daughters, the longest name that "
	 "anyone could type into a field that was never meant to hold it",
		"50.0%", "6", "12", true, 500},
	{"فاطمة الزهراء", "k", "k", "40", false, 0},
	{"\xE2\x80\xAEgnirts desrever", "100.0%", "12", "12", true, 1000},
	{"bad bytes \xFF\xC0 and \x1b[31m escapes", "0.0%", "0", "12", true, 0},
};

static const struct view_breakdown fixture_cpp2_breakdowns[] = {
	{.title = "Age band",
		.groups = fixture_cpp2_ages,
		.count = FIXTURE_COUNT(fixture_cpp2_ages),
		.note = "Two bands are hidden so that a third cannot be "
			"worked out from the total."},
};

static const struct view_breakdown fixture_papri_breakdowns[] = {
	{.title = "Phase",
		.groups = fixture_papri_phases,
		.count = FIXTURE_COUNT(fixture_papri_phases),
		.note = ""},
};

static const struct view_breakdown fixture_hostile_breakdowns[] = {
	{.title = "\"Group\" & <kind>",
		.groups = fixture_hostile_groups,
		.count = FIXTURE_COUNT(fixture_hostile_groups),
		.note = "</p></section><h1>Not a heading</h1>"},
};

static const char *const fixture_cpp2_notes[] = {
	"Plans transferred in from another authority are left out "
	"(setting transfers_in: exclude).",
	"58 plans belong to 41 families: one group of brothers and sisters "
	"can move this measure.",
	"2023-24 Q3 is suppressed because the difference from Q2 would show "
	"a number below 6.",
};

static const char *const fixture_lac3p_notes[] = {
	"A placement begins with RNE S, P, T, B or U (setting "
	"placement_break_rule: placement). Temporary placements T0 to T4 do "
	"not count when the child returns.",
};

static const char *const fixture_hostile_notes[] = {
	"<script>alert('note')</script>",
	"]]> --> &amp; &#x3c;",
};

static const struct view_measure fixture_measures[] = {
	{
		.id = "CPP2",
		.title = "Children who became subject to a child protection "
			 "plan for a second or subsequent time",
		.definition = "Of all child protection plans that started "
			      "since 1 April, how many were for a child who "
			      "had been on a plan before, however long ago.",
		.polarity = "Low is good, but not zero",
		.basis = "Year to date, 1 April to 30 June 2024",
		.unit = VIEW_PERCENT,
		.value = "20.7%",
		.has_value = true,
		.tenths = 207,
		.symbol = "",
		.symbol_words = "",
		.numerator = "12",
		.denominator = "58",
		.numerator_words = "plans for a child with an earlier plan",
		.denominator_words = "plans started",
		.previous = "26.7%",
		.previous_label = "2023-24 Q1",
		.change = "6.0 percentage points lower",
		.target = "22.0% or less",
		.against_target = "1.3 points inside target",
		.comparator_name = "",
		.comparator = "",
		.comparator_source = "",
		.status = VIEW_GREEN,
		.status_words = "meets target",
		.direction = VIEW_BETTER,
		.direction_words = "Better than a year ago",
		.frozen = "",
		.coverage = "CIN census, complete from 1 April 2019 to "
			    "30 June 2024",
		.notes = fixture_cpp2_notes,
		.note_count = FIXTURE_COUNT(fixture_cpp2_notes),
		.points = fixture_cpp2_points,
		.point_count = FIXTURE_COUNT(fixture_cpp2_points),
		.breakdowns = fixture_cpp2_breakdowns,
		.breakdown_count = FIXTURE_COUNT(fixture_cpp2_breakdowns),
		.commentary_why = "",
		.commentary_so_what = "",
		.commentary_next = "",
		.commentary_by_when = "",
	},
	{
		.id = "LAC3P",
		.title = "Placement stability, short term: children looked "
			 "after with 3 or more placements in a year",
		.definition = "Of the children looked after on the last day "
			      "of the quarter, how many had lived in three or "
			      "more placements in the twelve months before.",
		.polarity = "Low is good",
		.basis = "Rolling 12 months to 30 June 2024",
		.unit = VIEW_PERCENT,
		.value = "14.4%",
		.has_value = true,
		.tenths = 144,
		.symbol = "",
		.symbol_words = "",
		.numerator = "51",
		.denominator = "354",
		.numerator_words = "children with 3 or more placements",
		.denominator_words = "children looked after",
		.previous = "12.1%",
		.previous_label = "2023-24 Q1",
		.change = "2.3 percentage points higher",
		.target = "11.0% or less",
		.against_target = "3.4 points over target",
		.comparator_name = "",
		.comparator = "",
		.comparator_source = "",
		.status = VIEW_RED,
		.status_words = "misses target by more than a tenth",
		.direction = VIEW_WORSE,
		.direction_words = "Worse than a year ago",
		.frozen = "Published value 14.1% (50 of 354) on 12 July 2024; "
			  "revised since",
		.coverage = "SSDA903, complete from 1 April 2017 to "
			    "30 June 2024",
		.notes = fixture_lac3p_notes,
		.note_count = FIXTURE_COUNT(fixture_lac3p_notes),
		.points = fixture_lac3p_points,
		.point_count = FIXTURE_COUNT(fixture_lac3p_points),
		.commentary_why = "Two residential homes closed at short "
				  "notice in March and nine children moved twice within "
				  "eight weeks.",
		.commentary_so_what =
			"Children who move often change school "
			"and lose their social worker; six of the nine did.",
		.commentary_next = "A placement panel meets weekly and agrees "
				   "a named back-up carer before any planned move.",
		.commentary_by_when = "Head of service for corporate "
				      "parenting, 30 September 2024",
	},
	{
		.id = "LACLT",
		.title = "Placement stability, long term: children in the "
			 "same placement for two years",
		.definition = "Of the children under 16 who have been looked "
			      "after for more than two and a half years, how "
			      "many have lived in the same placement for two "
			      "years or are placed for adoption.",
		.polarity = "High is good",
		.basis = "Snapshot on 30 June 2024",
		.unit = VIEW_PERCENT,
		.value = "67.0%",
		.has_value = true,
		.tenths = 670,
		.symbol = "",
		.symbol_words = "",
		.numerator = "65",
		.denominator = "97",
		.numerator_words = "children in the same placement",
		.denominator_words = "children looked after 2.5 years or more",
		.previous = "u",
		.previous_label = "2023-24 Q1",
		.change = "",
		.target = "70.0% or more",
		.against_target = "3.0 points below target",
		.status = VIEW_AMBER,
		.status_words = "misses target by less than a tenth",
		.direction = VIEW_UNKNOWN,
		.direction_words = "Not known: last year's history is too short",
		.coverage = "SSDA903, complete from 1 April 2021 to "
			    "30 June 2024",
		.points = fixture_laclt_points,
		.point_count = FIXTURE_COUNT(fixture_laclt_points),
	},
	{
		.id = "PAPRI",
		.title = "Persistent absence, primary schools",
		.definition = "Of the pupils enrolled in the borough's state-"
			      "funded primary schools, how many missed a "
			      "tenth or more of their possible sessions.",
		.polarity = "Low is good",
		.basis = "Autumn and spring terms 2022/23",
		.unit = VIEW_PERCENT,
		.value = "17.7%",
		.has_value = true,
		.tenths = 177,
		.symbol = "",
		.symbol_words = "",
		.numerator = "2,210",
		.denominator = "12,448",
		.numerator_words = "persistent absentees",
		.denominator_words = "enrolments",
		.previous = "21.0%",
		.previous_label = "2023-24 Q1",
		.change = "3.3 percentage points lower",
		.target = "below Inner London (15.9%)",
		.against_target = "1.8 points above Inner London",
		.comparator_name = "Inner London",
		.comparator = "15.9%",
		.comparator_source = "Department for Education, Pupil absence "
				     "in schools in England, 2022/23",
		.status = VIEW_RED,
		.status_words = "misses target by more than a tenth",
		.direction = VIEW_BETTER,
		.direction_words = "Better than a year ago",
		.coverage = "Explore Education Statistics, to spring 2023",
		.points = fixture_papri_points,
		.point_count = FIXTURE_COUNT(fixture_papri_points),
		.breakdowns = fixture_papri_breakdowns,
		.breakdown_count = FIXTURE_COUNT(fixture_papri_breakdowns),
	},
	{
		.id = "PASEC",
		.title = "Persistent absence, secondary schools",
		.definition = "Of the pupils enrolled in the borough's state-"
			      "funded secondary schools, how many missed a "
			      "tenth or more of their possible sessions.",
		.polarity = "Low is good",
		.basis = "Autumn and spring terms 2022/23",
		.unit = VIEW_PERCENT,
		.value = "24.5%",
		.has_value = true,
		.tenths = 245,
		.symbol = "",
		.symbol_words = "",
		.numerator = "1,870",
		.denominator = "7,630",
		.numerator_words = "persistent absentees",
		.denominator_words = "enrolments",
		.previous = "27.2%",
		.previous_label = "2023-24 Q1",
		.change = "2.7 percentage points lower",
		.target = "below Inner London (20.2%)",
		.against_target = "4.3 points above Inner London",
		.comparator_name = "Inner London",
		.comparator = "20.2%",
		.comparator_source = "Department for Education, Pupil absence "
				     "in schools in England, 2022/23",
		.status = VIEW_RED,
		.status_words = "misses target by more than a tenth",
		.direction = VIEW_BETTER,
		.direction_words = "Better than a year ago",
		.coverage = "Explore Education Statistics, to spring 2023",
		.points = fixture_pasec_points,
		.point_count = FIXTURE_COUNT(fixture_pasec_points),
	},
	{
		.id = "IYPT3",
		.title = "Young people referred to specialist drug and "
			 "alcohol treatment (tier 3)",
		.definition = "Referrals received in the quarter.",
		.polarity = "Neither high nor low is good: a fall may mean "
			    "less need or less reach",
		.basis = "Quarter, 1 April to 30 June 2024",
		.unit = VIEW_COUNT,
		.value = "c",
		.symbol = "c",
		.symbol_words = "suppressed: fewer than 6 young people",
		.numerator = "c",
		.denominator = "",
		.numerator_words = "referrals",
		.denominator_words = "",
		.previous = "12",
		.previous_label = "2023-24 Q1",
		.change = "",
		.target = "",
		.against_target = "",
		.status = VIEW_NEUTRAL,
		.status_words = "for information",
		.direction = VIEW_UNKNOWN,
		.direction_words = "Not shown: the value is suppressed",
		.coverage = "Referral register, complete from 1 April 2022",
		.points = fixture_iypt3_points,
		.point_count = FIXTURE_COUNT(fixture_iypt3_points),
	},
	{
		.id = "CLASTAB2",
		.title = "Children looked after for two years who had 3 or "
			 "more placements in that time",
		.definition = "Needs four and a half years of history.",
		.polarity = "Low is good",
		.basis = "Rolling 24 months to 30 June 2024",
		.unit = VIEW_PERCENT,
		.value = "u",
		.symbol = "u",
		.symbol_words = "",
		.numerator = "21",
		.denominator = "97",
		.numerator_words = "children with 3 or more placements",
		.denominator_words = "children looked after for two years",
		.previous = "x",
		.previous_label = "2023-24 Q1",
		.target = "none set",
		.comparator_name = "England",
		.comparator = "22.7%",
		.comparator_source = "Department for Education, Children "
				     "looked after in England, 2024",
		.status = VIEW_GREY,
		.status_words = "not judged: no target",
		.direction = VIEW_UNKNOWN,
		.direction_words = "Not known",
		.coverage = "SSDA903, complete from 1 April 2021 only",
	},
	{
		.id = "+X<1>&\"'",
		.title = "=1+1 <script>alert(\"title\")</script> & Łódź, "
			 "الأطفال في المنطقة",
		.definition = "<script>alert(1)</script> & \"quotes\" 'and' "
			      "more",
		.polarity = "@polarity",
		.basis = "-basis",
		.unit = VIEW_PERCENT,
		.value = "3.0%",
		.has_value = true,
		.tenths = 30,
		.numerator = "2",
		.denominator = "66",
		.numerator_words = "<i>",
		.denominator_words = "</i>",
		.previous = "=2+2",
		.previous_label = "<b>last</b>",
		.change = "-1.0 & <",
		.target = "\t=3",
		.against_target = "\r=4",
		.comparator_name = "A comparator area with a name that is far "
				   "too long for any margin <u>",
		.comparator = "@5",
		.comparator_source = "javascript:alert(1)",
		.status = VIEW_AMBER,
		.status_words = "<amber>",
		.direction = VIEW_SAME,
		.direction_words = "& the same",
		.frozen = "<frozen>",
		.coverage = "<coverage>",
		.notes = fixture_hostile_notes,
		.note_count = FIXTURE_COUNT(fixture_hostile_notes),
		.points = fixture_hostile_points,
		.point_count = FIXTURE_COUNT(fixture_hostile_points),
		.breakdowns = fixture_hostile_breakdowns,
		.breakdown_count = FIXTURE_COUNT(fixture_hostile_breakdowns),
		.commentary_why = "=cmd|' /C calc'!A0",
		.commentary_so_what = "<textarea>",
		.commentary_next = "line one\nline two",
		.commentary_by_when = "\"tomorrow\", <b>",
	},
};

static const struct view_source fixture_sources[] = {
	{"SSDA903", "1 April 2017 to 30 June 2024", "data to 30 June 2024",
		"18,240", "3", "112", "99.8% linked to a child"},
	{"CIN census", "1 April 2019 to 30 June 2024", "data to 30 June 2024",
		"41,077", "0", "24", "99.1% linked to a child"},
	{"<feed> & \"co\"", "=covers", "+fresh", "1", "@2", "-3", ""},
};

static const char *const fixture_notes[] = {
	"Figures are provisional until the yearly returns are final.",
	"Green: meets target. Amber: misses by no more than a tenth of the "
	"target. Red: misses by more (setting rag_amber_share: 0.10).",
	"<note> & 'more'",
};

static const struct view_report fixture_report = {
	.title = "Children's services performance report",
	.authority = "Borough of Kithley (206)",
	.period = "Quarter 1 2024-25",
	.as_at = "30 June 2024",
	.as_at_date = {739067},
	.edition = "For publication: small numbers suppressed",
	.definitions = "kith 0.1.0, definitions 1a2b3c4d",
	.measures = fixture_measures,
	.measure_count = FIXTURE_COUNT(fixture_measures),
	.sources = fixture_sources,
	.source_count = FIXTURE_COUNT(fixture_sources),
	.notes = fixture_notes,
	.note_count = FIXTURE_COUNT(fixture_notes),
};

#endif
