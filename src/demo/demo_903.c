/* SPDX-License-Identifier: MIT
 *
 * The looked-after return (SSDA903), a folder a year.
 *
 * Each return holds the episodes that touch its year and, for the children in
 * them, the other tables. What lies after the year's last day is not known
 * yet: such ends are blank. Codes are those of the year: SEX is 1 or 2 up to
 * 2023-24, M or F from 2024-25; social workers are returned from 2023-24.
 *
 * Planted: a byte order mark before one header file; a child who is gone
 * without an end; an end that overlaps (demo_care.c).
 *
 * Long because a return has eleven tables, each with rules of its own.
 */
#include "demo/demo_care.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/period.h"
#include "base/text.h"
#include "demo/demo_out.h"

enum table {
	HEADER,
	EPISODES,
	REVIEWS,
	UASC,
	OC2,
	OC3,
	AD1,
	PLACED,
	PREVIOUS,
	MISSING,
	WORKERS,
	TABLES,
};

static const struct {
	const char *name;
	const char *heading;
} tables[TABLES] = {
	[HEADER] = {"header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"},
	[EPISODES] = {"episodes.csv",
		"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
		"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"},
	[REVIEWS] = {"reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE"},
	[UASC] = {"uasc.csv", "CHILD,SEX,DOB,DUC"},
	[OC2] = {"oc2.csv",
		"CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,"
		"IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,"
		"INTERVENTION_RECEIVED,INTERVENTION_OFFERED"},
	[OC3] = {"oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM"},
	[AD1] = {"ad1.csv",
		"CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,"
		"SEX_ADOPTR,LS_ADOPTR"},
	[PLACED] = {"placed_for_adoption.csv",
		"CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,"
		"REASON_PLACED_CEASED"},
	[PREVIOUS] = {"previous_permanence.csv",
		"CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM"},
	[MISSING] = {"missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END"},
	[WORKERS] = {"sw_episodes.csv",
		"CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON"},
};

struct one_return {
	const struct demo_world *world;
	struct period period;
	int year;
	struct demo_out out[TABLES];
};

/* One child in one return. */
struct subject {
	struct one_return *to;
	int32_t index;
	const struct demo_looked *child;
	const struct demo_person *person;
	struct demo_random random; /* the same in every return of the child */
};

static bool is_inside(const struct one_return *to, struct date day)
{
	return !date_is_none(day) && day.day >= to->period.first.day
		&& day.day <= to->period.last.day;
}

/* Child and birth date, which begin most tables. */
static struct demo_out *begin_row(struct subject *subject, enum table table)
{
	struct demo_out *out = &subject->to->out[table];
	demo_out_number(out, subject->person->social);
	demo_out_uk(out, subject->person->born);
	return out;
}

static const char *sex_code(const struct one_return *to,
	const struct demo_person *person)
{
	bool is_male = person->sex == DEMO_MALE;
	if (to->year >= 2024)
		return is_male ? "M" : "F";
	return is_male ? "1" : "2";
}

static void write_header(struct subject *subject)
{
	const struct demo_person *person = subject->person;
	struct demo_out *out = &subject->to->out[HEADER];
	struct date last = subject->to->period.last;
	demo_out_number(out, person->social);
	demo_out_field(out, sex_code(subject->to, person));
	demo_out_uk(out, person->born);
	demo_out_field(out, demo_people_ethnic(person));
	char upn[DEMO_UPN];
	demo_people_upn_on(person, last, upn);
	demo_out_field(out, upn);
	bool may_be_mother = person->sex == DEMO_FEMALE
		&& date_age(person->born, last) >= 13;
	struct date first_child =
		date_add_days(date_add_months(person->born,
				      16 * 12 + person->forename % 18),
			person->middle);
	bool is_mother = may_be_mother && subject->index % 23 == 0
		&& first_child.day <= last.day;
	demo_out_field(out, is_mother ? "1" : may_be_mother ? "0" : "");
	demo_out_uk(out, is_mother ? first_child : DATE_NONE);
	demo_out_row(out);
}

static void write_episode(struct subject *subject,
	const struct demo_episode *episode)
{
	struct demo_out *out = &subject->to->out[EPISODES];
	bool is_over = is_inside(subject->to, episode->dec)
		&& episode->rec[0] != '\0';
	bool is_respite = subject->child->is_respite;
	char code[DEMO_POSTCODE] = "";
	demo_out_number(out, subject->person->social);
	demo_out_uk(out, episode->decom);
	demo_out_field(out, (char[]){episode->rne, '\0'});
	demo_out_field(out, episode->ls);
	snprintf(code, sizeof code, "N%d", subject->child->need);
	demo_out_field(out, code);
	demo_out_field(out, episode->place);
	demo_out_field(out, episode->provider);
	demo_out_uk(out, is_over ? episode->dec : DATE_NONE);
	demo_out_field(out, is_over ? episode->rec : "");
	demo_out_field(out, is_over ? episode->reason : "");
	bool has_home = !is_respite && !subject->person->is_uasc;
	const struct demo_family *family =
		&subject->to->world->families[subject->person->family];
	demo_place_postcode(family->postcode, code);
	demo_out_field(out, has_home ? code : "");
	demo_place_postcode(episode->postcode, code);
	demo_out_field(out, is_respite ? "" : code);
	demo_out_field(out, episode->urn);
	demo_out_row(out);
}

/* First review within 20 working days, the second within three months, then
 * every six months (Care Planning Regulations 2010, reg 33); some are late. */
static void write_reviews(struct subject *subject,
	const struct demo_period *period)
{
	static const char *const codes[] = {"PN1", "PN2", "PN3", "PN4", "PN5",
		"PN6", "PN7"};
	static const int weights[] = {560, 70, 40, 50, 110, 120, 50};
	struct demo_random *random = &subject->random;
	struct date end = date_is_none(period->end) ? subject->to->period.last
						    : period->end;
	struct date day = date_add_days(period->start,
		demo_random_between(random, 18, 27));
	for (int i = 0; day.day < end.day; i++) {
		struct date held = demo_days_next_working(day);
		bool is_young = date_age(subject->person->born, held) < 4;
		const char *code = codes[demo_random_weighted(random, weights,
			COUNT_OF(weights))];
		if (is_inside(subject->to, held)) {
			struct demo_out *out = begin_row(subject, REVIEWS);
			demo_out_uk(out, held);
			demo_out_field(out, is_young ? "PN0" : code);
			demo_out_row(out);
		}
		int usual = i == 0 ? demo_random_between(random, 70, 88)
				   : demo_random_between(random, 150, 178);
		bool is_late = demo_random_chance(random, 60);
		day = date_add_days(held, is_late ? usual + 40 : usual);
	}
}

static void write_workers(struct subject *subject,
	const struct demo_period *period)
{
	static const char *const reasons[] = {"TSPROC", "LEFTRL", "ORGRST",
		"MANAGE", "ABSENC", "CHCHAN", "OTHERS"};
	struct demo_random *random = &subject->random;
	struct date last = subject->to->period.last;
	struct date end = date_is_none(period->end) || period->end.day > last.day
		? last
		: period->end;
	bool is_first = true;
	for (struct date day = period->start; day.day < end.day;) {
		struct date next = date_add_days(day,
			demo_random_between(random, 90, 620));
		bool is_open = next.day > last.day
			&& (date_is_none(period->end)
				|| period->end.day > last.day);
		if (!is_open)
			next = date_earlier(next, end);
		int worker = demo_random_between(random, 10, 95);
		const char *reason =
			reasons[demo_random_below(random, COUNT_OF(reasons))];
		if (is_open || next.day >= subject->to->period.first.day) {
			char id[16];
			snprintf(id, sizeof id, "SW9900%02d", worker);
			struct demo_out *out = begin_row(subject, WORKERS);
			demo_out_field(out, id);
			demo_out_uk(out, day);
			demo_out_uk(out, is_open ? DATE_NONE : next);
			demo_out_field(out, is_first ? "FCONTA" : reason);
			demo_out_row(out);
		}
		is_first = false;
		day = next;
	}
}

static void write_missing(struct subject *subject,
	const struct demo_period *period)
{
	struct one_return *to = subject->to;
	struct demo_random *random = &subject->random;
	struct date from = date_later(period->start, to->period.first);
	struct date end = date_is_none(period->end)
		? to->period.last
		: date_earlier(period->end, to->period.last);
	bool is_teenager = date_age(subject->person->born, from) >= 12;
	if (!is_teenager || end.day < from.day + 20 || subject->index % 5 > 1)
		return;
	for (struct date day =
			date_add_days(from, demo_random_between(random, 3, 120));
		day.day + 8 < end.day;
		day = date_add_days(day, demo_random_between(random, 20, 150))) {
		struct demo_out *out = begin_row(subject, MISSING);
		demo_out_field(out, demo_random_chance(random, 780) ? "M" : "A");
		demo_out_uk(out, day);
		demo_out_uk(out,
			date_add_days(day, demo_random_between(random, 1, 5)));
		demo_out_row(out);
	}
}

/* What was there before care, for those who started in the year. */
static void write_previous(struct subject *subject,
	const struct demo_period *period, bool is_second)
{
	static const char *const codes[] = {"Z1", "P1", "P2", "P3", "P4"};
	static const int weights[] = {880, 25, 35, 20, 40};
	struct demo_random *random = &subject->random;
	int drawn = demo_random_weighted(random, weights, COUNT_OF(weights));
	int years = demo_random_between(random, 1, 6);
	if (!is_inside(subject->to, period->start))
		return;
	if (is_second && subject->child->is_back_after_sgo)
		drawn = 2;
	struct date ordered = date_add_months(period->start, -12 * years);
	if (drawn != 0 && ordered.day < subject->person->born.day)
		drawn = 4;
	struct demo_out *out = begin_row(subject, PREVIOUS);
	demo_out_field(out, codes[drawn]);
	demo_out_field(out,
		drawn == 0 || drawn == 4 ? ""
			: years % 3 == 0 ? "309"
					 : "206");
	int year, month, day;
	date_parts(ordered, &year, &month, &day);
	char text[16] = "";
	if (drawn == 4)
		snprintf(text, sizeof text, "zz/zz/zzzz");
	else if (drawn != 0 && years == 6)
		snprintf(text, sizeof text, "zz/zz/%04d", year);
	else if (drawn != 0)
		snprintf(text, sizeof text, "zz/%02d/%04d", month, year);
	demo_out_field(out, text);
	demo_out_row(out);
}

static void write_outcomes(struct subject *subject)
{
	struct demo_random random = demo_random_stream(subject->to->world->seed,
		200000 + (uint64_t)subject->index * 16
			+ (uint64_t)(subject->to->year - DEMO_FIRST_YEAR));
	struct demo_out *out = begin_row(subject, OC2);
	int age = date_age(subject->person->born, subject->to->period.last);
	static const char *const refusals[] = {"SDQ2", "SDQ3", "SDQ4", "SDQ5"};
	bool is_scored = age >= 4 && age <= 16
		&& demo_random_chance(&random, 780);
	char score[8] = "";
	if (is_scored)
		snprintf(score, sizeof score, "%d",
			demo_random_between(&random, 2, 18)
				+ demo_random_between(&random, 0, 10));
	demo_out_field(out, score);
	demo_out_field(out,
		is_scored ? ""
			: age < 4 || age > 16
			? "SDQ1"
			: refusals[demo_random_below(&random, 4)]);
	bool has_substance = age >= 11 && demo_random_chance(&random, 40);
	bool is_helped = demo_random_chance(&random, 500);
	demo_out_field(out,
		age < 10                                  ? ""
			: demo_random_chance(&random, 25) ? "1"
							  : "0");
	demo_out_field(out,
		age >= 5                                   ? ""
			: demo_random_chance(&random, 900) ? "1"
							   : "0");
	demo_out_field(out, demo_random_chance(&random, 860) ? "1" : "0");
	demo_out_field(out, demo_random_chance(&random, 800) ? "1" : "0");
	demo_out_field(out, demo_random_chance(&random, 910) ? "1" : "0");
	demo_out_field(out, has_substance ? "1" : "0");
	demo_out_field(out, !has_substance ? "" : is_helped ? "1" : "0");
	demo_out_field(out, !has_substance || is_helped ? "" : "1");
	demo_out_row(out);
}

static void write_adoption(struct subject *subject,
	const struct demo_episode *episodes, size_t count)
{
	struct one_return *to = subject->to;
	struct date placed = DATE_NONE;
	bool is_adopted = false, is_by_carer = false, is_touching = false;
	for (size_t i = 0; i < count; i++) {
		if (episodes[i].place[0] != 'A')
			continue;
		if (date_is_none(placed))
			placed = episodes[i].decom;
		is_by_carer = episodes[i].place[1] == '5';
		is_touching = is_touching || is_inside(to, episodes[i].decom)
			|| is_inside(to, episodes[i].dec);
		is_adopted = is_adopted
			|| (is_inside(to, episodes[i].dec)
				&& strncmp(episodes[i].rec, "E1", 2) == 0);
	}
	if (is_touching && placed.day <= to->period.last.day) {
		struct demo_out *out = begin_row(subject, PLACED);
		demo_out_uk(out, placed);
		demo_out_field(out, "");
		demo_out_field(out, "");
		demo_out_row(out);
	}
	if (!is_adopted)
		return;
	static const char *const status[] = {"L11", "L12", "L3", "L0"};
	static const char *const sexes[] = {"MF", "FF", "MF", "F1"};
	int kind = subject->index % 4;
	struct demo_out *out = begin_row(subject, AD1);
	demo_out_uk(out, date_add_days(placed, -45));
	demo_out_uk(out, date_add_days(placed, -21));
	demo_out_field(out, is_by_carer ? "1" : "0");
	demo_out_field(out, kind == 3 ? "1" : "2");
	demo_out_field(out, sexes[kind]);
	demo_out_field(out, status[kind]);
	demo_out_row(out);
}

/* Around their 17th to 21st birthdays, young people who have left care after
 * 13 weeks or more that went beyond their 16th birthday. */
static void write_leaver(struct subject *subject)
{
	static const char *const activities[] = {"F1", "F2", "P2", "F4", "F5",
		"P5", "G4", "G5", "G6", "0"};
	static const int activity_weights[] = {70, 230, 30, 40, 200, 40, 100,
		190, 40, 60};
	static const char *const homes[] = {"U1", "B1", "Z1", "E1", "D1", "T1",
		"K1", "C1", "S2", "W2", "X2", "V2", "U2", "0"};
	static const int home_weights[] = {330, 150, 110, 60, 170, 20, 30, 15,
		8, 6, 18, 5, 6, 20};
	static const char *const touches[] = {"YES", "NO", "REFU", "NREQ",
		"RHOM", "DIED"};
	static const int touch_weights[] = {942, 25, 12, 8, 11, 2};
	const struct demo_looked *child = subject->child;
	const struct demo_period *period = &child->periods[child->period_count - 1];
	if (child->is_respite || date_is_none(period->end)
		|| date_age(subject->person->born, period->end) < 16
		|| period->end.day < period->start.day + 91)
		return;
	for (int age = 17; age <= 21; age++) {
		struct date birthday = date_months_reached(subject->person->born,
			age * 12);
		struct demo_random random =
			demo_random_stream(subject->to->world->seed,
				500000 + (uint64_t)subject->index * 8
					+ (uint64_t)(age - 17));
		if (!is_inside(subject->to, birthday)
			|| birthday.day < period->end.day)
			continue;
		int touch = demo_random_weighted(&random, touch_weights,
			COUNT_OF(touch_weights));
		bool is_known = touch == 0;
		const char *activity = activities[demo_random_weighted(&random,
			activity_weights, COUNT_OF(activity_weights))];
		const char *home = homes[demo_random_weighted(&random,
			home_weights, COUNT_OF(home_weights))];
		struct demo_out *out = begin_row(subject, OC3);
		demo_out_field(out, touches[touch]);
		demo_out_field(out, is_known ? activity : touch > 3 ? "" : "0");
		demo_out_field(out, is_known ? home : touch > 3 ? "" : "0");
		demo_out_row(out);
	}
}

static void write_periods(struct subject *subject)
{
	struct one_return *to = subject->to;
	const struct demo_looked *child = subject->child;
	for (int i = 0; i < child->period_count; i++) {
		const struct demo_period *period = &child->periods[i];
		if (period->start.day > to->period.last.day)
			break;
		bool is_past = !date_is_none(period->end)
			&& period->end.day < to->period.first.day;
		/* The streams are drawn in full each time, so that a review
		 * has the same date in whichever return it falls. */
		subject->random = demo_random_stream(to->world->seed,
			700000 + (uint64_t)subject->index * 4 + (uint64_t)i);
		write_previous(subject, period, i > 0);
		if (is_past)
			continue;
		write_reviews(subject, period);
		subject->random = demo_random_stream(to->world->seed,
			900000 + (uint64_t)subject->index * 4 + (uint64_t)i);
		if (to->year >= 2023)
			write_workers(subject, period);
		subject->random = demo_random_stream(to->world->seed,
			1100000 + ((uint64_t)subject->index * 4 + (uint64_t)i) * 8
				+ (uint64_t)(to->year - DEMO_FIRST_YEAR));
		write_missing(subject, period);
	}
	const struct demo_period *now = &child->periods[child->period_count - 1];
	bool is_open = date_is_none(now->end)
		|| now->end.day > to->period.last.day;
	if (is_open && now->start.day <= date_add_months(to->period.last, -12).day)
		write_outcomes(subject);
}

static void write_child(struct one_return *to, int32_t index)
{
	const struct demo_looked *child = &to->world->looked[index];
	struct subject subject = {
		.to = to,
		.index = index,
		.child = child,
		.person = &to->world->people[child->person],
	};
	write_leaver(&subject);
	struct demo_episode episodes[DEMO_EPISODES];
	size_t count = demo_episode_expand(to->world, index, episodes);
	size_t written = 0;
	for (size_t i = 0; i < count; i++) {
		const struct demo_episode *episode = &episodes[i];
		bool is_past = !date_is_none(episode->dec)
			&& episode->dec.day < to->period.first.day;
		if (is_past || episode->decom.day > to->period.last.day)
			continue;
		write_episode(&subject, episode);
		written++;
	}
	if (written == 0)
		return;
	write_header(&subject);
	write_adoption(&subject, episodes, count);
	if (!child->is_respite)
		write_periods(&subject);
	if (subject.person->is_uasc) {
		struct demo_out *out = &to->out[UASC];
		struct date adult = date_months_reached(subject.person->born,
			216);
		demo_out_number(out, subject.person->social);
		demo_out_field(out, sex_code(to, subject.person));
		demo_out_uk(out, subject.person->born);
		demo_out_uk(out,
			adult.day <= to->period.last.day ? adult : DATE_NONE);
		demo_out_row(out);
	}
}

static bool write_return(const struct demo_world *world, const char *folder,
	int year, struct fault *fault)
{
	struct one_return *to = arena_new(world->arena, sizeof *to);
	*to = (struct one_return){.world = world, .year = year};
	bool is_whole = year < DEMO_LAST_YEAR;
	to->period = is_whole ? period_financial_year(year)
			      : period_quarter(year, 1);
	char path[4096];
	snprintf(path, sizeof path, "%s/%d-%02d%s", folder, year,
		(year + 1) % 100, is_whole ? "" : "-q1");
	if (!file_make_folder(path, fault))
		return false;
	if (year == 2021) /* planted */
		buffer_string(&to->out[HEADER].buffer, "\xef\xbb\xbf");
	for (int i = 0; i < TABLES; i++)
		demo_out_line(&to->out[i], tables[i].heading);
	for (int32_t i = 0; i < (int32_t)world->looked_count; i++)
		write_child(to, i);
	bool is_fine = true;
	for (int i = 0; i < TABLES; i++) {
		if (i == WORKERS && year < 2023)
			buffer_finish(&to->out[i].buffer);
		else if (!demo_out_save(&to->out[i], path, tables[i].name, fault))
			is_fine = false;
	}
	return is_fine;
}

bool demo_903_write(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	for (int year = DEMO_FIRST_LOOKED_AFTER; year <= DEMO_LAST_YEAR; year++)
		if (!write_return(world, folder, year, fault))
			return false;
	return true;
}
