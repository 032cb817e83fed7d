/* SPDX-License-Identifier: MIT
 *
 * Home education: cases of pupils who left a roll of the borough before the end
 * of a year and are on no other, as steps for the register `ehe` (see
 * register/intake.h). Most go as they should; some are left as officers leave
 * them: without a reason, without a meeting, with a notice that nobody decided.
 */
#include "demo/demo-inside.h"

#include <stdio.h>

#include "base/text.h"
#include "demo/demo_out.h"

enum { MOST_CASES = 120, AGE_FROM = 5, AGE_TO = 15 };

static const char *const columns[] = {"case", "step", "on", "actor", "row",
	"child_id", "upn", "born", "sex", "arrangement", "notified_on",
	"notified_by", "ehe_started_on", "last_school", "deleted_on",
	"deletion_ground", "parent_letter", "placed_by_council",
	"lives_in_area", "previous_setting", "reason_primary",
	"reason_given_by", "reason_in_parent_words", "school_pressure",
	"school_pressure_note", "alerted_on", "alerted_worker", "alert_about",
	"made_on", "contact_kind", "contact_about", "was_answered", "offered_on",
	"held_on", "meeting_mode", "attendees", "child_seen", "child_voice",
	"child_voice_how", "is_concern", "declined_on", "declined_reason",
	"assessed_day", "evidence_type", "assessed_by", "finding_reasons",
	"served_on", "method", "notice_to", "notice_reasons", "authorised_by",
	"response_on", "response_summary", "decided_by", "decision_reasons",
	"expediency_by", "expediency_reasons", "notice_school", "on_roll_on",
	"return_school", "on_roll_12_weeks", "cme_on", "cme_reason",
	"transfer_authority", "transfer_told_on", "close_reason", "ehe_ended_on",
	"close_authority", "move_confirmed", "destination_checked_on"};

/* A step so many days after the one before; '@' is its day, '#' a school. */
struct act {
	int after;
	const char *step, *given;
};

static const struct act register_acts[] = {{1, "triage", "lives_in_area=yes"},
	{2, "register", "ehe_started_on=^|previous_setting=LAMAIN"},
	{5, "first-contact", "made_on=@|contact_kind=LETTER"}, {0, NULL, NULL}};
static const struct act met[] = {{40, "offer-meeting", "offered_on=@"},
	{14, "hold-meeting",
		"held_on=@|meeting_mode=LIBRARY|attendees=CHILD;PARENT|"
		"child_seen=yes|child_voice=I like reading but I miss my friends|"
		"child_voice_how=SAID|is_concern=no"},
	{3, "find-suitable",
		"assessed_day=@|evidence_type=MEETING|assessed_by=demo.officer|"
		"finding_reasons=Broad and well planned"},
	{0, NULL, NULL}};
static const struct act declined[] = {{40, "offer-meeting", "offered_on=@"},
	{9, "decline-meeting", "declined_on=@|declined_reason=SENT_REPORT"},
	{20, "find-suitable",
		"assessed_day=@|evidence_type=REPORT|assessed_by=demo.officer|"
		"finding_reasons=A full report"},
	{0, NULL, NULL}};
static const struct act returned[] = {{40, "offer-meeting", "offered_on=@"},
	{80, "on-roll", "on_roll_on=@|return_school=#"},
	{90, "check-12-weeks", "on_roll_12_weeks=yes"}, {0, NULL, NULL}};
#define UNCLEAR \
	{60, "find-unclear", \
		"assessed_day=@|evidence_type=NONE|assessed_by=demo.officer|" \
		"finding_reasons=Nothing was sent"}, \
		{7, "ask-informally", \
			"made_on=@|contact_kind=LETTER|" \
			"contact_about=How is it going"}, \
		{14, "ask-informally", \
			"made_on=@|contact_kind=PHONE|" \
			"contact_about=How is it going"}, \
	{ \
		14, "serve-notice", \
			"served_on=@|method=HAND|notice_to=A Parent|" \
			"notice_reasons=No information|" \
			"authorised_by=demo.principal" \
	}
static const struct act satisfied[] = {UNCLEAR,
	{18, "record-response", "response_on=@|response_summary=A late report"},
	{4, "satisfied",
		"decided_by=demo.principal|decision_reasons=The report shows it"},
	{0, NULL, NULL}};
static const struct act ordered[] = {UNCLEAR,
	{15, "not-satisfied",
		"decided_by=demo.principal|decision_reasons=Nothing came"},
	{1, "decide-expedient",
		"expediency_by=demo.principal|"
		"expediency_reasons=No education at all"},
	{1, "consult-school",
		"served_on=@|method=EMAIL|notice_to=The Governors|"
		"notice_school=#"},
	{1, "serve-intention",
		"served_on=@|method=HAND|notice_to=A Parent|notice_school=#|"
		"authorised_by=demo.principal"},
	{16, "serve-order",
		"served_on=@|method=HAND|notice_to=A Parent|notice_school=#|"
		"authorised_by=demo.principal"},
	{0, NULL, NULL}};
static const struct act undecided[] = {UNCLEAR, {0, NULL, NULL}};
static const struct act missing[] = {{60, "missing",
					     "cme_on=@|cme_reason=WHEREABOUTS"},
	{0, NULL, NULL}};
static const struct act moved[] =
	{{90, "tell-authority", "transfer_authority=202|transfer_told_on=@"},
		{12, "close",
			"close_reason=MOVED_OUT|ehe_ended_on=@|close_authority=202|"
			"move_confirmed=yes|destination_checked_on=@"},
		{0, NULL, NULL}};
static const struct act left_alone[] = {{0, NULL, NULL}};

/* By turns. */
static const struct {
	const struct act *acts;
	const char *reason;
} courses[] = {{met, "PHIL"}, {met, "MENT"}, {declined, "LIFE"}, {met, "SEND"},
	{returned, "BULL"}, {satisfied, "DISS"}, {met, "MENT"},
	{ordered, "NOGV"}, {missing, "UNKN"}, {left_alone, NULL},
	{moved, "RELI"}, {undecided, "SUGG"}, {declined, "PREF"}};

struct home {
	const struct demo_world *world;
	struct demo_out out;
	int number; /* of the case, from 1 */
	struct date day, began;
	int32_t urn;
	struct text values[COUNT_OF(columns)];
};

static void give(struct home *home, const char *name, struct text value)
{
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		if (text_is(text_of(name), columns[i]))
			home->values[i] = value;
}

static void give_all(struct home *home, const char *given,
	char days[2][DATE_TEXT], char urn[16])
{
	struct text rest = text_of(given);
	date_write(home->day, days[0]);
	date_write(home->began, days[1]);
	(void)snprintf(urn, 16, "%d", (int)home->urn);
	while (rest.length > 0) {
		struct text value;
		struct text name = text_split(text_split(rest, '|', &rest), '=',
			&value);
		char column[64];
		text_copy(column, sizeof column, name);
		give(home, column,
			text_is(value, "@")           ? text_of(days[0])
				: text_is(value, "^") ? text_of(days[1])
				: text_is(value, "#") ? text_of(urn)
						      : value);
	}
}

static void write_line(struct home *home, const char *step, const char *given)
{
	char days[2][DATE_TEXT], urn[16], number[16];
	(void)snprintf(number, sizeof number, "%d", home->number);
	give_all(home, given, days, urn);
	give(home, "case", text_of(number));
	give(home, "step", text_of(step));
	give(home, "on", text_of(days[0]));
	give(home, "actor", TEXT("demo.officer"));
	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		char value[200];
		text_copy(value, sizeof value, home->values[i]);
		demo_out_field(&home->out, value);
		home->values[i] = (struct text){NULL, 0};
	}
	demo_out_row(&home->out);
}

/* False: the next step would be after the last day of the demonstration. */
static bool act(struct home *home, const struct act *acts)
{
	const struct date last = date_from(2024, 6, 30);
	for (const struct act *at = acts; at->step != NULL; at++) {
		home->day = date_add_days(home->day, at->after);
		if (home->day.day > last.day)
			return false;
		write_line(home, at->step, at->given);
	}
	return true;
}

static void notify(struct home *home, const struct demo_person *person,
	const char *reason)
{
	char upn[DEMO_UPN], born[DATE_TEXT], social[16] = "";
	demo_people_upn_on(person, home->began, upn);
	date_write(person->born, born);
	if (person->social != 0)
		(void)snprintf(social, sizeof social, "%d", (int)person->social);
	give(home, "child_id", text_of(social));
	give(home, "upn", text_of(upn));
	give(home, "born", text_of(born));
	give(home, "sex", person->sex == DEMO_MALE ? TEXT("M") : TEXT("F"));
	if (reason != NULL) {
		give(home, "reason_primary", text_of(reason));
		give(home, "reason_given_by", TEXT("PARENT"));
		give(home, "reason_in_parent_words",
			TEXT("We think home is better for now"));
	}
	if (reason != NULL && text_is(text_of(reason), "SUGG")) {
		give(home, "school_pressure", TEXT("YES"));
		give(home, "school_pressure_note",
			TEXT("The school said it would be best"));
	}
	write_line(home, "notify",
		"arrangement=EHE|notified_on=@|notified_by=SCHOOL_DELETION|"
		"ehe_started_on=@|last_school=#|deleted_on=@|"
		"deletion_ground=OTHERWISE|parent_letter=letter.pdf");
}

static void write_case(struct home *home, const struct demo_enrolment *enrolment)
{
	const struct demo_person *person = &home->world->people[enrolment->person];
	const struct demo_school *school = &home->world->schools[enrolment->school];
	size_t course = (size_t)home->number % COUNT_OF(courses);
	home->day = home->began = date_add_days(enrolment->left, 1);
	home->urn = school->urn;
	home->number++;
	notify(home, person, courses[course].reason);
	/* Whoever is known to social care: their worker is told first. */
	if (person->social != 0)
		write_line(home, "alert",
			"alerted_on=@|alerted_worker=The social worker|"
			"alert_about=Withdrawn from school");
	/* A special school's pupil waits for consent, which nobody asked for. */
	if (school->phase == DEMO_SPECIAL) {
		write_line(home, "triage",
			"lives_in_area=yes|placed_by_council=yes");
		return;
	}
	if (act(home, register_acts))
		(void)act(home, courses[course].acts);
}

/* Of school age, gone in the middle of a year, on no roll since. */
static bool is_withdrawn(const struct demo_world *world, size_t place)
{
	const struct demo_enrolment *enrolment = &world->enrolments[place];
	const struct demo_person *person = &world->people[enrolment->person];
	struct date left = enrolment->left;
	if (date_is_none(left) || left.day < date_from(2022, 9, 10).day
		|| left.day > date_from(2024, 6, 20).day
		|| person->enrolment != (int32_t)place + 1
		|| person->upn[0] == '\0')
		return false;
	int month, day, year;
	date_parts(left, &year, &month, &day);
	int age = date_age(person->born, left);
	return month != 7 && month != 8 && age >= AGE_FROM && age <= AGE_TO
		&& date_age(person->born, date_from(2024, 6, 30)) <= AGE_TO;
}

bool demo_home_write(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	struct home home = {.world = world};
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		demo_out_field(&home.out, columns[i]);
	demo_out_row(&home.out);
	for (size_t i = 0; i < world->enrolments_count; i++)
		if (home.number < MOST_CASES && is_withdrawn(world, i))
			write_case(&home, &world->enrolments[i]);
	return demo_out_save(&home.out, folder, "ehe.csv", fault);
}
