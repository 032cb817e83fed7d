/* SPDX-License-Identifier: MIT
 *
 * The rows of the invented borough, laid out as tables (so not by the
 * formatter). A macro a table; dates are quoted, NULL
 * is not.
 */
/* clang-format off */
#include "borough.h"

#include "reckoning.h"

#define BATCH(id, kind, first, last) \
	"INSERT INTO batch (la, id, kind, label, covers_first, covers_last," \
	" received_at, received_by, rows_in, refused, repaired, warned," \
	" children, linked) VALUES (206, " #id ", '" kind "', 'invented', '" \
	first "', '" last "', '2025-04-01T00:00:00.000Z', 'test', 1, 0, 0, 0," \
	" 1, 0);"
#define CHILD(id, born) \
	"INSERT INTO child (la, id, born, is_uasc, batch, version)" \
	" VALUES (206, " #id ", " born ", 0, 1, 1);"
#define REFERRAL(id, child, day, nfa, closed) \
	"INSERT INTO referral (la, id, child, feed, referred, nfa, closed," \
	" year, batch, file, row_number) VALUES (206, " #id ", " #child \
	", 'cin', '" day "', " #nfa ", " closed ", 2024, 1, 1, 1);"
#define NEED(child, starts, ends) \
	"INSERT INTO need_period (la, child, starts, ends)" \
	" VALUES (206, " #child ", '" starts "', " ends ");"
#define ASSESSMENT(id, child, started, authorised, days, from_referral) \
	"INSERT INTO assessment (la, id, child, feed, started, authorised," \
	" days, days_from_referral, batch) VALUES (206, " #id ", " #child \
	", 'cin', '" started "', " authorised ", " #days ", " #from_referral \
	", 1);"
#define ENQUIRY(id, child, started, icpc, days) \
	"INSERT INTO section47 (la, id, child, feed, started, icpc, icpc_days," \
	" batch) VALUES (206, " #id ", " #child ", 'cin', '" started "', " \
	icpc ", " #days ", 1);"
#define PLAN(id, child, starts, ends, supplied, counted) \
	"INSERT INTO cp_plan (la, id, child, feed, starts, ends," \
	" previous_supplied, previous_counted, batch) VALUES (206, " #id \
	", " #child ", 'cin', '" starts "', " ends ", " #supplied ", " \
	#counted ", 1);"
#define CP_REVIEW(plan, held) \
	"INSERT INTO cp_review (la, plan, held) VALUES (206, " #plan ", '" \
	held "');"
#define VISITED(table, id, child, ends, visit) \
	"INSERT INTO " table " (la, id, child, feed, starts, ends, last_visit," \
	" batch) VALUES (206, " #id ", " #child ", 'annex-a', '2024-01-01', " \
	ends ", " visit ", 5);"
#define SEEN(id, child, visit, alone) \
	"INSERT INTO cp_plan (la, id, child, feed, starts, previous_counted," \
	" last_visit, seen_alone, batch) VALUES (206, " #id ", " #child \
	", 'annex-a', '2024-01-01', 0, " visit ", " #alone ", 5);"
#define CARE(child, starts, ends, due) \
	"INSERT INTO care_period (la, child, starts, ends, first_review_due)" \
	" VALUES (206, " #child ", '" starts "', " ends ", '" due "');"
#define REVIEW(child, held) \
	"INSERT INTO lac_review (la, child, held, year, batch)" \
	" VALUES (206, " #child ", '" held "', 2023, 2);"
#define COUNT(basis, child, starts, ends, placements) \
	"INSERT INTO placement_count (la, basis, child, starts, ends," \
	" placements) VALUES (206, '" basis "', " #child ", '" starts "', " \
	ends ", " #placements ");"
#define STAY(basis, child, starts, since) \
	"INSERT INTO placement_stay (la, basis, child, starts, since)" \
	" VALUES (206, '" basis "', " #child ", '" starts "', '" since "');"
#define EPISODE(child, decom, dec, supplied, ls, rec, distance, location) \
	"INSERT INTO episode (la, child, decom, dec, dec_supplied, ls, rec," \
	" repairs, distance_tenths, pl_location, batch, file, row_number)" \
	" VALUES (206, " #child ", '" decom "', " dec ", " supplied ", " ls \
	", " rec ", '', " #distance ", " location ", 2, 1, 1);"
#define OUTCOME(child, convicted, check, sdq, rest) \
	"INSERT INTO lac_outcome (la, child, year, convicted, health_check," \
	" sdq_score, immunisations, teeth_check, health_assessment," \
	" substance_misuse, batch) VALUES (206, " #child ", 2023, " #convicted \
	", " #check ", " #sdq ", " rest ", 2);"
#define LEAVER(child, touch, activ, accom) \
	"INSERT INTO care_leaver (la, child, year, in_touch, activ, accom," \
	" batch) VALUES (206, " #child ", 2023, " touch ", " activ ", " accom \
	", 2);"
#define MISSING(child, day, kind) \
	"INSERT INTO missing (la, child, starts, kind, year, batch)" \
	" VALUES (206, " #child ", '" day "', '" kind "', 2024, 2);"
#define UNACCOMPANIED(child, until) \
	"INSERT INTO uasc (la, child, until, year, batch)" \
	" VALUES (206, " #child ", " until ", 2024, 2);"
#define PICTURE(child, starts, ends, ls, lasting, placed) \
	"INSERT INTO care_snapshot (la, id, child, starts, ends, legal_status," \
	" is_lasting, placed, batch, file, row_number) VALUES (206, " #child \
	", " #child ", '" starts "', " ends ", '" ls "', " #lasting ", '" \
	placed "', 5, 0, 2);"
#define LATEST(child, set) \
	"UPDATE care_snapshot SET " set " WHERE la = 206 AND id = " #child ";"
#define LEFT(child, eligibility, review, contact) \
	"INSERT INTO leaver_snapshot (la, id, child, eligibility," \
	" pathway_review, latest_contact, batch, file, row_number)" \
	" VALUES (206, " #child ", " #child ", " eligibility ", " review ", " \
	contact ", 5, 0, 2);"
#define CONTACT(id, child, day) \
	"INSERT INTO contact (la, id, child, made, batch, file, row_number)" \
	" VALUES (206, " #id ", " #child ", '" day "', 5, 0, 2);"
#define HELP(id, child, completed) \
	"INSERT INTO early_help (la, id, child, starts, completed, batch, file," \
	" row_number) VALUES (206, " #id ", " #child ", '2024-01-10', " \
	completed ", 5, 0, 2);"
#define PUPIL(child, census, sen) \
	"INSERT INTO census_pupil (la, child, school, census, sen, batch)" \
	" VALUES (206, " #child ", 'S1', '" census "', '" sen "', 3);"
#define MEALS(child, starts, ends) \
	"INSERT INTO fsm (la, child, starts, ends, batch)" \
	" VALUES (206, " #child ", '" starts "', " ends ", 3);"
#define ABSENCE(phase, child, school, status) \
	"INSERT INTO absence_state (la, phase, child, school, starts, status)" \
	" VALUES (206, '" phase "', " #child ", '" school \
	"', '2023-12-31', " #status ");"
#define EXCLUSION(child, day, category) \
	"INSERT INTO exclusion (la, child, school, starts, category, batch)" \
	" VALUES (206, " #child ", 'S1', '" day "', '" category "', 3);"
#define KEPT(measure, first, last, n, d, value) \
	"INSERT INTO aggregate (la, measure, covers_first, covers_last," \
	" numerator, denominator, value_tenths, note, source, entered_by," \
	" batch) VALUES (206, '" measure "', '" first "', '" last "', " #n \
	", " #d ", " #value ", '', 'invented', 'test', 4);"

static const char loaded[] =
	BATCH(1, "cin", "2019-04-01", "2025-03-31")
	BATCH(2, "ssda903", "2020-04-01", "2025-03-31")
	BATCH(3, "census", "2022-08-01", "2024-07-31")
	BATCH(4, "aggregates", "2019-04-01", "2025-03-31")
	BATCH(5, "annex-a", "2023-12-31", "2024-06-30");

static const char children[] =
	CHILD(1, "'2012-01-01'") CHILD(2, "'2012-01-01'")
	CHILD(3, "'2012-01-01'") CHILD(4, "'2012-01-01'")
	CHILD(5, "'2012-01-01'") CHILD(6, "'2012-01-01'")
	CHILD(7, "'2012-01-01'") CHILD(8, "'2012-01-01'")
	CHILD(9, "NULL") /* unborn */
	CHILD(10, "'2012-01-01'") CHILD(11, "'2012-01-01'")
	CHILD(12, "'2012-01-01'") CHILD(13, "'2012-01-01'")
	CHILD(14, "'2012-01-01'") CHILD(15, "'2012-01-01'")
	CHILD(16, "'2012-01-01'") CHILD(17, "'2012-01-01'")
	CHILD(18, "'2012-01-01'") CHILD(19, "'2012-01-01'")
	CHILD(20, "'2012-01-01'") CHILD(21, "'2012-01-01'")
	CHILD(22, "'2012-01-01'") CHILD(23, "'2012-01-01'")
	CHILD(24, "'2012-01-01'")
	CHILD(30, "'2006-06-30'") /* 18 on 30 June 2024 */
	CHILD(31, "'2006-07-01'") CHILD(34, "'2012-01-01'")
	CHILD(40, "'2010-01-01'") CHILD(41, "'2010-01-01'")
	CHILD(42, "'2010-01-01'")
	CHILD(43, "'2008-06-30'") /* 16 on 30 June 2024 */
	CHILD(44, "'2008-07-01'") CHILD(45, "'2015-01-01'")
	CHILD(46, "'2015-01-01'") CHILD(47, "'2015-01-01'")
	CHILD(48, "'2015-01-01'") CHILD(49, "'2015-01-01'")
	CHILD(50, "'2015-01-01'") CHILD(51, "'2015-01-01'")
	CHILD(52, "'2015-01-01'")
	CHILD(60, "'2014-03-31'") /* 10 on 31 March 2024 */
	CHILD(61, "'2014-04-01'")
	CHILD(62, "'2019-03-31'") /* 5 */
	CHILD(63, "'2019-04-01'") CHILD(64, "'2020-04-01'")
	CHILD(65, "'2007-03-31'") /* 17 */
	CHILD(66, "'2007-04-01'") CHILD(70, "'2003-05-01'")
	CHILD(71, "'2005-03-31'") /* 19 */
	CHILD(72, "'2005-04-01'") CHILD(73, "'2002-04-01'")
	CHILD(74, "'2002-04-01'") CHILD(75, "'2002-04-01'")
	CHILD(76, "'2002-03-31'") /* 22 */
	CHILD(77, "'2006-04-01'") CHILD(79, "'2007-04-01'")
	CHILD(80, "'2014-01-01'") CHILD(81, "'2014-01-01'")
	CHILD(82, "'2014-01-01'") CHILD(83, "'2010-01-01'")
	CHILD(84, "'2010-01-01'")
	CHILD(90, "'2004-02-29'") /* 18 on 1 March 2022 */
	"UPDATE child SET is_uasc = 1 WHERE la = 206 AND id = 44;";

static const char front_door[] =
	/* twelve months apart to the day, and a day less */
	REFERRAL(1, 1, "2023-04-10", 0, "'2023-06-01'")
	REFERRAL(2, 1, "2024-04-10", 0, "NULL")
	REFERRAL(3, 2, "2023-04-11", 0, "'2023-06-01'")
	REFERRAL(4, 2, "2024-04-10", 0, "NULL")
	/* twice on one day */
	REFERRAL(5, 3, "2024-05-01", 0, "NULL")
	REFERRAL(6, 3, "2024-05-01", 0, "'2024-05-01'")
	/* no further action, then again */
	REFERRAL(7, 4, "2024-04-02", 1, "NULL")
	REFERRAL(8, 4, "2024-06-01", NULL, "NULL")
	/* first and last day of the quarter, and outside */
	REFERRAL(9, 5, "2024-04-01", 0, "'2024-06-30'")
	REFERRAL(10, 6, "2024-06-30", 0, "NULL")
	REFERRAL(11, 7, "2024-07-01", 0, "NULL")
	REFERRAL(12, 8, "2024-03-31", 0, "NULL")
	/* an older one open beside a later */
	REFERRAL(13, 5, "2022-05-01", 0, "'2024-06-30'")
	/* as derived from these */
	NEED(1, "2023-04-10", "'2023-06-01'") NEED(1, "2024-04-10", "NULL")
	NEED(2, "2023-04-11", "'2023-06-01'") NEED(2, "2024-04-10", "NULL")
	NEED(3, "2024-05-01", "NULL") NEED(4, "2024-06-01", "NULL")
	NEED(5, "2022-05-01", "'2024-06-30'") NEED(6, "2024-06-30", "NULL")
	NEED(7, "2024-07-01", "NULL") NEED(8, "2024-03-31", "NULL")
	ASSESSMENT(20, 1, "2024-01-26", "'2024-04-01'", 45, 46)
	ASSESSMENT(21, 2, "2024-04-25", "'2024-06-30'", 46, NULL)
	ASSESSMENT(22, 3, "2024-05-02", "'2024-05-02'", 0, 45)
	ASSESSMENT(23, 4, "2024-05-02", "'2024-07-01'", 42, 42)
	ASSESSMENT(24, 5, "2024-05-02", "NULL", NULL, NULL)
	ENQUIRY(30, 1, "2024-04-02", "'2024-04-23'", 15)
	/* two enquiries before one conference: the later counts */
	ENQUIRY(31, 2, "2024-04-01", "'2024-05-10'", 28)
	ENQUIRY(32, 2, "2024-05-01", "'2024-05-10'", 6)
	ENQUIRY(33, 3, "2024-06-06", "'2024-06-28'", 16)
	ENQUIRY(34, 4, "2024-06-06", "NULL", NULL)
	ENQUIRY(35, 5, "2024-06-24", "'2024-07-01'", 5);

static const char protection[] =
	PLAN(1, 1, "2024-04-23", "NULL", 0, 0)
	PLAN(2, 2, "2024-06-25", "NULL", 1, 0) /* the return says one before */
	PLAN(3, 3, "2024-08-12", "NULL", 0, 0)
	PLAN(4, 9, "2024-05-05", "NULL", NULL, 0) /* of an unborn child */
	PLAN(5, 10, "2024-04-01", "'2024-05-01'", 0, 0) /* twice in the year */
	PLAN(6, 10, "2024-05-20", "NULL", 0, 1)
	PLAN(7, 11, "2019-05-01", "'2022-04-15'", 0, 0) /* 24 months before */
	PLAN(8, 11, "2024-04-15", "NULL", NULL, 1)
	PLAN(9, 12, "2019-05-01", "'2022-04-14'", 0, 0) /* and a day more */
	PLAN(10, 12, "2024-04-15", "NULL", NULL, 1)
	PLAN(11, 13, "2024-01-01", "'2024-06-01'", 0, 0) /* the same day */
	PLAN(12, 13, "2024-06-01", "NULL", 0, 1)
	PLAN(13, 14, "2022-06-30", "NULL", 0, 0) /* 24 months on the day */
	PLAN(14, 15, "2022-07-01", "NULL", 0, 0)
	PLAN(15, 16, "2022-05-15", "'2024-05-15'", 0, 0)
	PLAN(16, 17, "2022-05-16", "'2024-05-15'", 0, 0)
	PLAN(17, 18, "2020-02-29", "'2022-02-28'", 0, 0) /* not yet 2 years */
	PLAN(18, 19, "2020-02-29", "'2022-03-01'", 0, 0)
	/* reviews: 91 days, 92 days, overdue, once late, 183 days */
	PLAN(19, 20, "2024-01-01", "NULL", 0, 0) CP_REVIEW(19, "2024-04-01")
	PLAN(20, 21, "2024-01-01", "NULL", 0, 0) CP_REVIEW(20, "2024-04-02")
	PLAN(21, 22, "2023-09-01", "NULL", 0, 0) CP_REVIEW(21, "2023-11-30")
	PLAN(22, 23, "2023-01-01", "NULL", 0, 0) CP_REVIEW(22, "2023-04-01")
	CP_REVIEW(22, "2023-10-02") CP_REVIEW(22, "2024-03-01")
	PLAN(23, 24, "2023-01-01", "NULL", 0, 0) CP_REVIEW(23, "2023-04-01")
	CP_REVIEW(23, "2023-10-01") CP_REVIEW(23, "2024-03-01");

/* Six weeks are 42 days, four are 28. */
static const char visits[] =
	VISITED("cin_plan", 1, 1, "NULL", "'2024-05-19'")
	VISITED("cin_plan", 2, 2, "NULL", "'2024-05-18'")
	VISITED("cin_plan", 3, 3, "NULL", "NULL")
	VISITED("cin_plan", 4, 4, "'2024-06-30'", "'2024-06-20'")
	SEEN(101, 1, "'2024-06-02'", 1) SEEN(102, 2, "'2024-06-01'", 0)
	SEEN(103, 3, "NULL", NULL);

static const char care[] =
	CARE(30, "2020-01-01", "NULL", "2020-01-30")
	CARE(31, "2020-01-01", "NULL", "2020-01-30")
	CARE(34, "2021-01-01", "'2024-06-30'", "2021-02-01")
	CARE(40, "2021-12-30", "NULL", "2022-01-31") /* 30 months on the day */
	CARE(41, "2021-12-31", "NULL", "2022-02-01")
	CARE(42, "2020-01-01", "NULL", "2020-01-30")
	CARE(43, "2021-01-01", "NULL", "2021-02-01")
	CARE(44, "2020-01-01", "NULL", "2020-01-30")
	CARE(45, "2024-06-03", "NULL", "2024-07-01")
	CARE(46, "2024-05-31", "NULL", "2024-06-28")
	CARE(90, "2021-01-01", "NULL", "2021-02-01")
	STAY("C", 40, "2022-06-30", "2022-06-30") /* 24 months on the day */
	STAY("C", 42, "2022-07-01", "2022-07-01")
	STAY("C", 43, "2021-01-01", "2021-01-01")
	STAY("C", 44, "2020-01-01", "2020-01-01")
	COUNT("C", 31, "2024-06-30", "NULL", 3) COUNT("P", 31, "2024-06-30", "NULL", 3)
	COUNT("C", 40, "2024-01-01", "NULL", 2) COUNT("P", 40, "2024-01-01", "NULL", 3)
	COUNT("C", 41, "2024-01-01", "'2024-06-30'", 3)
	COUNT("D", 40, "2024-01-01", "NULL", 3) COUNT("D", 45, "2024-06-10", "NULL", 3)
	COUNT("W", 41, "2024-01-01", "NULL", 3) COUNT("W", 42, "2024-01-01", "NULL", 2)
	/* reviews: 31 a day over, 41 and 44 on the last day, 42 a day over */
	REVIEW(31, "2024-03-29")
	REVIEW(41, "2022-01-10") REVIEW(41, "2022-04-10") REVIEW(41, "2023-12-30")
	REVIEW(42, "2020-01-20") REVIEW(42, "2020-04-10") REVIEW(42, "2023-12-29")
	REVIEW(43, "2024-06-01") REVIEW(44, "2024-03-30")
	"INSERT INTO previous_permanence (la, child, year, prev_perm, batch)"
	" VALUES (206, 45, 2024, 'P2', 2), (206, 46, 2024, 'P1', 2);"
	MISSING(31, "2024-03-31", "M") MISSING(31, "2024-04-01", "M")
	MISSING(31, "2024-05-01", "A") MISSING(31, "2024-06-30", "M")
	/* twelve months before to the day, and a day less */
	MISSING(40, "2023-06-30", "M") MISSING(41, "2023-07-01", "M")
	UNACCOMPANIED(42, "'2024-07-01'") UNACCOMPANIED(43, "'2024-06-30'")
	UNACCOMPANIED(44, "NULL");

/* Annex A's lists 1, 2, 8 and 9. A visit is due on the day (40 after three
 * months, 41 after six weeks, 45 after a week) or was the day before. */
static const char pictures[] =
	PICTURE(40, "2021-12-30", "NULL", "C2", 1, "2022-06-30")
	LATEST(40, "placements = 3, last_visit = '2024-03-30',"
		" last_health = '2023-06-30', last_dental = '2023-06-29',"
		" missing = 2, interview_offered = 1, interview_accepted = 1")
	PICTURE(41, "2021-12-31", "NULL", "C2", 0, "2022-07-01")
	LATEST(41, "placements = 2, last_visit = '2024-05-19',"
		" last_health = '2023-06-29', last_dental = '2023-06-30',"
		" missing = 1, interview_offered = 0")
	PICTURE(42, "2020-01-01", "NULL", "C2", 1, "2022-07-01")
	LATEST(42, "last_visit = '2024-03-29', missing = 0, interview_offered = 1")
	PICTURE(43, "2020-01-01", "NULL", "C2", 0, "2020-01-01")
	LATEST(43, "placements = 4, last_visit = '2024-05-18', missing = 1,"
		" interview_offered = 1, interview_accepted = 0")
	PICTURE(45, "2024-06-23", "NULL", "C1", 0, "2024-06-23")
	PICTURE(46, "2024-01-01", "NULL", "C1", 0, "2024-06-22")
	LATEST(46, "last_visit = '2024-06-20'") /* at the placement before */
	PICTURE(47, "2022-01-01", "'2024-06-30'", "C2", 0, "2022-01-01")
	PICTURE(48, "2022-01-01", "NULL", "V4", 0, "2022-01-01")
	PICTURE(30, "2022-01-01", "NULL", "C2", 0, "2022-01-01") /* 18 */
	/* three months only after the first year; not yet 5 when assessed */
	PICTURE(63, "2023-01-01", "NULL", "C2", 1, "2023-01-01")
	LATEST(63, "last_visit = '2023-12-31', last_health = '2023-12-30'")
	LEFT(70, "'Former relevant child'", "'2023-12-30'", "'2024-05-05'")
	LEFT(71, "'Relevant child'", "'2023-12-29'", "'2024-05-04'")
	LEFT(72, "'Qualifying care leaver'", "NULL", "NULL")
	LEFT(77, "NULL", "NULL", "NULL")
	CONTACT(1, 1, "2024-04-01") CONTACT(2, 1, "2024-04-01")
	CONTACT(3, 2, "2024-06-30") CONTACT(4, 3, "2024-03-31")
	CONTACT(5, 4, "2024-07-01")
	HELP(1, 5, "'2024-04-01'") HELP(2, 6, "NULL") HELP(3, 7, "'2024-03-31'");

static const char episodes[] =
	EPISODE(34, "2021-01-01", "'2024-06-30'", "'2024-06-30'", "'C2'", "'E4A'", 9999, "NULL")
	EPISODE(40, "2021-12-30", "NULL", "NULL", "'C2'", "NULL", 200, "'IN'")
	EPISODE(41, "2021-12-31", "NULL", "NULL", "'C2'", "NULL", 201, "'OUT'")
	EPISODE(42, "2020-01-01", "NULL", "NULL", "NULL", "NULL", 9999, "'OUT'")
	EPISODE(43, "2021-01-01", "NULL", "NULL", "'C2'", "NULL", NULL, "NULL")
	EPISODE(44, "2020-01-01", "NULL", "NULL", "'C2'", "NULL", 500, "'OUT'")
	EPISODE(47, "2022-01-01", "'2024-04-01'", "'2024-04-01'", "'C2'", "'E45'", 9999, "NULL")
	EPISODE(48, "2022-01-01", "'2024-05-01'", "'2024-05-01'", "'E1'", "'E11'", 9999, "NULL")
	EPISODE(49, "2022-01-01", "'2024-05-01'", "'2024-05-01'", "'C2'", "'X1'", 9999, "NULL")
	EPISODE(50, "2018-01-01", "'2024-03-31'", "'2024-03-31'", "'C2'", "'E43'", 9999, "NULL")
	EPISODE(51, "2022-01-01", "'2024-05-01'", "NULL", "'C2'", "NULL", 9999, "NULL")
	EPISODE(52, "2024-04-05", "'2024-04-09'", "'2024-04-09'", "'V4'", "'E4A'", 9999, "NULL");

/* Immunised, teeth, health assessment, substances. */
static const char outcomes[] =
	OUTCOME(40, 1, NULL, 17, "1, 0, 1, 0")
	OUTCOME(60, 0, NULL, 16, "0, 0, 0, 0")
	OUTCOME(61, NULL, NULL, NULL, "0, 0, 0, 0")
	OUTCOME(62, NULL, NULL, NULL, "0, 0, 0, 0")
	OUTCOME(63, NULL, 1, NULL, "0, 0, 0, 0")
	OUTCOME(64, NULL, 0, 20, "0, NULL, NULL, 0")
	OUTCOME(65, 0, NULL, NULL, "0, 0, 0, 0")
	OUTCOME(66, 0, NULL, NULL, "1, 0, 0, 1")
	LEAVER(70, "'YES'", "'F1'", "'B1'") LEAVER(71, "'NO'", "'G4'", "'B2'")
	LEAVER(72, "'YES'", "'P2'", "'D1'") LEAVER(73, "'DIED'", "NULL", "NULL")
	LEAVER(74, "'RHOM'", "'F1'", "'B1'") LEAVER(75, "'REFU'", "NULL", "NULL")
	LEAVER(76, "'YES'", "'F1'", "'B1'") LEAVER(77, "'YES'", "'F4'", "'B2'")
	LEAVER(79, "'YES'", "'F1'", "'B1'");

static const char schools[] =
	ABSENCE("primary", 80, "S1", 1) ABSENCE("primary", 80, "S2", 0)
	ABSENCE("primary", 81, "S1", 0) ABSENCE("primary", 82, "S1", 2)
	ABSENCE("secondary", 83, "S3", 1) ABSENCE("special", 84, "S4", 1)
	ABSENCE("secondary", 40, "S3", 1) ABSENCE("secondary", 1, "S3", 0)
	ABSENCE("other", 4, "S9", 1) ABSENCE("other", 5, "S9", 0)
	PUPIL(80, "2024-01-18", "E") PUPIL(81, "2023-10-05", "E")
	PUPIL(81, "2024-05-16", "K") PUPIL(82, "2024-01-18", "K")
	MEALS(80, "2022-01-01", "NULL") MEALS(80, "2023-09-01", "'2024-06-30'")
	MEALS(82, "2023-01-01", "'2024-06-30'")
	EXCLUSION(80, "2023-06-30", "SUSP") EXCLUSION(80, "2023-07-01", "SUSP")
	EXCLUSION(80, "2024-06-30", "FIXD") EXCLUSION(80, "2024-01-10", "PERM")
	EXCLUSION(80, "2024-01-11", "LNCH");

static const char kept[] =
	KEPT("POP017", "2022-04-01", "2023-03-31", 39000, NULL, NULL)
	KEPT("POP017", "2023-04-01", "2024-03-31", 40000, NULL, NULL)
	KEPT("POP017", "2024-07-01", "2025-06-30", 50000, NULL, NULL)
	KEPT("IYPT2", "2024-01-01", "2024-06-30", 99, NULL, NULL)
	KEPT("IYPT2", "2024-04-01", "2024-06-30", 31, NULL, NULL)
	KEPT("IYPT3", "2024-04-01", "2024-06-30", 0, NULL, NULL)
	KEPT("EHC20W", "2024-04-01", "2024-06-30", 20, 50, NULL)
	KEPT("NEETNK", "2024-04-01", "2024-06-30", 3, 100, 31)
	KEPT("FTE", "2024-04-01", "2024-06-30", 4, NULL, NULL)
	KEPT("SWVAC", "2024-04-01", "2024-06-30", NULL, NULL, 125)
	KEPT("SWAGY", "2024-04-01", "2024-06-30", 10, 80, NULL)
	KEPT("SWTURN", "2024-04-01", "2024-06-30", 12, 100, NULL)
	KEPT("FOSCAR", "2024-04-01", "2024-06-30", 55, NULL, NULL)
	KEPT("EHSTEP", "2024-04-01", "2024-06-30", NULL, NULL, 70);

void borough_fill(struct harness *harness)
{
	static const char *const all[] = {loaded, children, front_door,
		protection, visits, care, pictures, episodes, outcomes, schools, kept};
	for (size_t i = 0; i < COUNT_OF(all); i++)
		reckoning_fill(harness, all[i]);
}
