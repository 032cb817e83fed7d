/* SPDX-License-Identifier: MIT
 *
 * Home education: each thing that such a register gets wrong when it is wrong.
 *
 * Long because each of them is a case of its own.
 */
#include "home.h"

#include <string.h>

static void run(struct registering *r, const char *sql)
{
	HARNESS_DONE(store_script(r->keep.store, sql, &r->fault), &r->fault);
}

/* A plan, or enquiries, of a child from a day on. */
static void plan(struct registering *r, int64_t child, const char *from,
	const char *until)
{
	run(r,
		arena_format(r->arena,
			"INSERT INTO cp_plan (la, id, child, feed, starts, ends,"
			" previous_counted, year, batch)"
			" VALUES (206, %lld, %lld, 'cin', '%s', %s, 0, 2024, 1)",
			(long long)ident_next(&r->ids), (long long)child, from,
			until == NULL ? "NULL"
				      : arena_format(r->arena, "'%s'", until)));
}

static size_t list_count(struct registering *r, const char *name)
{
	const struct register_one *one = register_find(r->registers, TEXT("ehe"));
	struct roster_request request = {.registers = r->registers,
		.one = one,
		.list = definition_list(one->definition, text_of(name)),
		.today = r->today};
	const struct roster_line *lines;
	size_t count;
	assert_non_null(request.list);
	HARNESS_DONE(roster_read(r->keep.store, HARNESS_LA, &request, r->arena,
			     &lines, &count, &r->fault),
		&r->fault);
	return count;
}

/* 1. Home education, missing education, education the council arranges. */
static void test_states_of_law_differ(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_register(&r, 0, "2024-09-02");
	assert_int_equal(list_count(&r, "home-educated"), 1);
	assert_int_equal(list_count(&r, "missing"), 0);
	assert_non_null(home_step(&r, entry, "missing", "2024-11-04",
		"cme_on=2024-11-04|cme_reason=WHEREABOUTS"));
	assert_int_equal(list_count(&r, "home-educated"), 0);
	assert_int_equal(list_count(&r, "missing"), 1);
	struct registering_step step = {.register_name = "ehe",
		.step = "notify",
		.on = "2024-09-02",
		.given = "arrangement=EOTAS|notified_on=2024-09-02|"
			 "notified_by=CSC",
		.child = registering_child(&r, "2013-01-01")};
	struct entry *council = registering_step(&r, step);
	council = home_step(&r, council, "triage", "2024-09-02",
		"lives_in_area=yes");
	council = home_step(&r, council, "register", "2024-09-02",
		"ehe_started_on=2024-09-02|previous_setting=SPEC");
	assert_non_null(council);
	assert_int_equal(list_count(&r, "home-educated"), 0);
	home_refused(&r,
		home_step(&r, council, "find-unclear", "2024-10-01",
			"assessed_day=2024-10-01|evidence_type=NONE|"
			"assessed_by=lena|finding_reasons=x"),
		"not for the parent to show");
	/* A child missing education is not registered as home educated. */
	step.given = "arrangement=CME|notified_on=2024-09-02|notified_by=POLICE";
	step.child = registering_child(&r, "2013-02-01");
	struct entry *missing = registering_step(&r, step);
	missing = home_step(&r, missing, "triage", "2024-09-02",
		"lives_in_area=yes");
	home_refused(&r,
		home_step(&r, missing, "register", "2024-09-02",
			"ehe_started_on=2024-09-02|previous_setting=NONE"),
		"missing education is not home educated");
}

/* 2. Nothing in it is a score. */
static void test_no_score(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	const struct definition *of = registering_definition(&r, "ehe");
	static const char *const words[] = {"score", "risk rating", "rag"};
	for (size_t i = 0; i < of->field_count; i++)
		for (size_t j = 0; j < COUNT_OF(words); j++)
			assert_null(strstr(of->fields[i].name, words[j]));
}

/* 4. A reason the return asks, a second, the parent's words, and whether the
 * school pressed. */
static void test_reasons(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_register(&r, 0, "2024-09-02");
	assert_int_equal(list_count(&r, "reason-blank"), 1);
	home_refused(&r,
		home_step(&r, entry, "record-reasons", "2024-09-03",
			"reason_primary=BULL|reason_secondary=BULL|"
			"reason_given_by=PARENT|school_pressure=YES"),
		"school_pressure_note");
	home_refused(&r,
		home_step(&r, entry, "record-reasons", "2024-09-03",
			"reason_primary=BULL|reason_secondary=BULL|"
			"reason_given_by=PARENT"),
		"second reason must differ");
	assert_non_null(home_step(&r, entry, "record-reasons", "2024-09-03",
		"reason_primary=BULL|reason_secondary=SUGG|"
		"reason_given_by=PARENT|reason_in_parent_words=She came home"
		" crying every day|school_pressure=YES|"
		"school_pressure_note=The head said it would be best"));
	assert_int_equal(list_count(&r, "reason-blank"), 0);
	assert_int_equal(list_count(&r, "school-pressure"), 1);
	assert_string_equal(home_rows(&r,
				    "SELECT reason_primary, reason_secondary,"
				    " reason_in_parent_words, school_pressure"
				    " FROM reg_ehe"),
		"BULL|SUGG|She came home crying every day|YES\n");
}

/* 5. Leavers stay, with the day, the way and the state they left. */
static void test_leavers_stay(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_register(&r, 0, "2024-09-02");
	entry = home_step(&r, entry, "on-roll", "2025-01-13",
		"on_roll_on=2025-01-13|return_school=100001");
	assert_non_null(entry);
	assert_int_equal(list_count(&r, "home-educated"), 0);
	assert_int_equal(list_count(&r, "followed"), 1);
	home_refused(&r,
		home_step(&r, entry, "check-12-weeks", "2025-04-06",
			"on_roll_12_weeks=yes"),
		"not been on the roll for 12 weeks");
	entry = home_step(&r, entry, "check-12-weeks", "2025-04-07",
		"on_roll_12_weeks=yes");
	entry = home_step(&r, entry, "close", "2025-04-08",
		"close_reason=RETURNED_SCHOOL|ehe_ended_on=2025-01-13|"
		"destination_checked_on=2025-04-07");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT stay_state, stay_from, stay_until"
				    " FROM reg_ehe_states ORDER BY place"),
		"NOTIFIED|2024-09-02|2024-09-02\n"
		"TRIAGE|2024-09-02|2024-09-02\n"
		"REGISTERED|2024-09-02|2025-01-13\n"
		"RETURNED|2025-01-13|2025-04-08\n"
		"CLOSED|2025-04-08|-\n");
	assert_string_equal(home_rows(&r,
				    "SELECT is_open, ehe_started_on,"
				    " ehe_ended_on, close_reason FROM reg_ehe"),
		"0|2024-09-02|2025-01-13|RETURNED_SCHOOL\n");
	assert_int_equal(list_count(&r, "leavers"), 1);
}

/* 6. Two children of one family are two; a second entry about the same child
 * is found before it is made. */
static void test_counted_once(void **state)
{
	struct registering r;
	int64_t open = 0;
	home_begin(&r, harness_of(state), "2025-06-02");
	int64_t elder = registering_child(&r, "2012-05-06");
	int64_t younger = registering_child(&r, "2014-05-06");
	struct entry *entry = home_register(&r, elder, "2024-09-02");
	assert_non_null(home_register(&r, younger, "2024-09-02"));
	assert_int_equal(list_count(&r, "home-educated"), 2);
	HARNESS_DONE(keep_open_about(&r.keep, entry->of, elder, &open, &r.fault),
		&r.fault);
	assert_int_equal(open, entry->id);
	assert_true(entry->of->has_one_open);
	/* Moved out and back: the first spell is over when the second begins. */
	entry = home_step(&r, entry, "tell-authority", "2024-12-02",
		"transfer_authority=202|transfer_told_on=2024-12-02");
	entry = home_step(&r, entry, "close", "2024-12-03",
		"close_reason=MOVED_OUT|ehe_ended_on=2024-12-01|"
		"close_authority=202|move_confirmed=yes|"
		"destination_checked_on=2024-12-03");
	assert_non_null(entry);
	HARNESS_DONE(keep_open_about(&r.keep, entry->of, elder, &open, &r.fault),
		&r.fault);
	assert_int_equal(open, 0);
	assert_non_null(home_register(&r, elder, "2025-02-03"));
	assert_int_equal(list_count(&r, "home-educated"), 2);
	assert_string_equal(home_rows(&r,
				    "SELECT count(*), count(DISTINCT child)"
				    " FROM reg_ehe"),
		"3|2\n");
}

/* 7. A child placed at a special school leaves it with consent only. */
static void test_special_school(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct registering_step step = {.register_name = "ehe",
		.step = "notify",
		.on = "2024-09-02",
		.given = "arrangement=EHE|notified_on=2024-09-02|"
			 "notified_by=SCHOOL_DELETION|last_school=100002|"
			 "placed_by_council=yes",
		.child = registering_child(&r, "2014-05-06")};
	struct entry *entry = registering_step(&r, step);
	entry = home_step(&r, entry, "triage", "2024-09-03", "lives_in_area=yes");
	assert_non_null(entry);
	assert_non_null(strstr(registering_mistakes(&r),
		"warning : The council's consent is needed"));
	home_refused(&r,
		home_step(&r, entry, "register", "2024-09-03",
			"ehe_started_on=2024-09-02|previous_setting=SPEC"),
		"consent is needed before the school takes the child off");
	assert_int_equal(list_count(&r, "consent"), 1);
	entry = home_step(&r, entry, "seek-consent", "2024-09-03",
		"consent_asked_on=2024-09-03");
	/* 15 school days: the first one is 4 September. */
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work WHERE clock = 'consent'"),
		"2024-09-24\n");
	entry = home_step(&r, entry, "consent-give", "2024-09-10",
		"served_on=2024-09-10|method=POST_FIRST|notice_to=A Parent|"
		"consent_reasons=The plan is amended|decided_by=omar");
	entry = home_step(&r, entry, "register", "2024-09-12",
		"ehe_started_on=2024-09-12|previous_setting=SPEC");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT notice_type, received_on FROM"
				    " reg_ehe_notices"),
		"CONSENT_SPECIAL|2024-09-12\n");
	/* Refused: the child stays at school and was never home educated. */
	step.child = registering_child(&r, "2014-05-07");
	entry = registering_step(&r, step);
	entry = home_step(&r, entry, "triage", "2024-09-03", "lives_in_area=yes");
	entry = home_step(&r, entry, "seek-consent", "2024-09-03",
		"consent_asked_on=2024-09-03");
	entry = home_step(&r, entry, "consent-refuse", "2024-09-10",
		"served_on=2024-09-10|method=HAND|notice_to=A Parent|"
		"consent_reasons=No provision|decided_by=omar");
	assert_non_null(entry);
	assert_false(entry_is_open(entry));
	assert_int_equal(list_count(&r, "home-educated"), 1);
}

/* A child protection plan: the social worker is told before the letter goes. */
static void test_alert_before_letter(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	int64_t child = registering_child(&r, "2014-05-06");
	plan(&r, child, "2024-06-01", NULL);
	struct entry *entry = home_notify(&r, child, "2024-09-02");
	entry = home_step(&r, entry, "triage", "2024-09-02", "lives_in_area=yes");
	assert_non_null(strstr(registering_mistakes(&r),
		"warning : The child has a child protection plan"));
	assert_string_equal(home_rows(&r,
				    "SELECT due, done FROM work"
				    " WHERE clock = 'alert-first'"),
		"2024-09-03|-\n");
	assert_int_equal(list_count(&r, "not-alerted"), 1);
	home_refused(&r,
		home_step(&r, entry, "register", "2024-09-02",
			"ehe_started_on=2024-09-02|previous_setting=ACAD"),
		"Tell the social worker and a manager first");
	entry = home_step(&r, entry, "alert", "2024-09-02",
		"alerted_on=2024-09-02|alerted_worker=S. Worker|"
		"alert_about=Told of the withdrawal");
	entry = home_step(&r, entry, "register", "2024-09-02",
		"ehe_started_on=2024-09-02|previous_setting=ACAD");
	entry = home_step(&r, entry, "first-contact", "2024-09-03",
		"made_on=2024-09-03|contact_kind=LETTER");
	assert_non_null(entry);
	assert_int_equal(list_count(&r, "not-alerted"), 0);
	assert_int_equal(list_count(&r, "social-care"), 1);
	/* A plan that begins after registration stops the letter too. */
	child = registering_child(&r, "2014-05-08");
	entry = home_register(&r, child, "2024-09-02");
	plan(&r, child, "2024-09-03", NULL);
	home_refused(&r,
		home_step(&r, entry, "first-contact", "2024-09-03",
			"made_on=2024-09-03|contact_kind=LETTER"),
		"before the first letter");
}

static struct entry *offered(struct registering *r)
{
	struct entry *entry = home_register(r, 0, "2024-09-02");
	return home_step(r, entry, "offer-meeting", "2024-10-01",
		"offered_on=2024-10-01|offered_for=2024-10-10|meeting_mode=HUB");
}

/* 8. The child's own words, or why there are none. */
static void test_child_heard(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = offered(&r);
	home_refused(&r,
		home_change(&r, entry, "hold-meeting", "2024-10-10",
			"held_on=2024-10-10|meeting_mode=HUB|"
			"attendees=PARENT;OFFICER|child_seen=no|is_concern=no|"
			"family_voice=All is well"),
		"what the child said, or why");
	home_refused(&r,
		home_change(&r, entry, "hold-meeting", "2024-10-10",
			"held_on=2024-10-10|meeting_mode=HUB|"
			"attendees=CHILD;PARENT|child_seen=no|is_concern=no|"
			"child_voice=x|child_voice_how=SAID"),
		"so the child was seen");
	assert_non_null(home_change(&r, entry, "hold-meeting", "2024-10-10",
		"held_on=2024-10-10|meeting_mode=HUB|attendees=CHILD;PARENT|"
		"child_seen=yes|child_alone=YES|child_voice=I like the mornings"
		" but I miss Sam|child_voice_how=SAID|needs_found=SOCIAL|"
		"is_concern=no"));
	assert_string_equal(home_rows(&r,
				    "SELECT child_voice, child_voice_how,"
				    " next_due_on FROM reg_ehe_meetings"),
		"I like the mornings but I miss Sam|SAID|2025-04-10\n");
	assert_string_equal(home_rows(&r,
				    "SELECT seen_on, spoken_alone,"
				    " meeting_due_on FROM reg_ehe"),
		"2024-10-10|YES|2025-04-10\n");
	assert_int_equal(list_count(&r, "child-not-heard"), 0);
	assert_int_equal(list_count(&r, "meeting-overdue"), 1);
	assert_int_equal(list_count(&r, "not-seen"), 0);
	r.today = registering_day("2025-10-11");
	assert_int_equal(list_count(&r, "not-seen"), 1);
}

/* 9. Offered and declined is kept, and is no refusal of education. */
static void test_declined(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = offered(&r);
	home_refused(&r,
		home_change(&r, entry, "decline-meeting", "2024-10-05",
			"declined_on=2024-10-05"),
		"declined_reason");
	assert_non_null(home_change(&r, entry, "decline-meeting", "2024-10-05",
		"declined_on=2024-10-05|declined_reason=SENT_REPORT|"
		"declined_words=We sent our report instead"));
	assert_string_equal(home_rows(&r,
				    "SELECT state, meetings_declined, met_on"
				    " FROM reg_ehe"),
		"REGISTERED|1|-\n");
	assert_string_equal(home_rows(&r,
				    "SELECT offered_on, declined_on,"
				    " declined_reason, next_due_on"
				    " FROM reg_ehe_meetings"),
		"2024-10-01|2024-10-05|SENT_REPORT|2025-04-05\n");
	assert_string_equal(home_rows(&r,
				    "SELECT done FROM work"
				    " WHERE clock = 'kit-first'"),
		"2024-10-05\n");
	assert_int_equal(list_count(&r, "meeting-declined"), 1);
	home_refused(&r,
		home_change(&r, entry, "hold-meeting", "2024-10-10",
			"held_on=2024-10-10|meeting_mode=HUB|attendees=CHILD|"
			"child_seen=yes|is_concern=no|child_voice=x|"
			"child_voice_how=SAID"),
		"The meeting was declined");
}

/* A concern is referred on the same day. */
static void test_concern(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_change(&r, offered(&r), "hold-meeting",
		"2024-10-10",
		"held_on=2024-10-10|meeting_mode=HUB|attendees=CHILD|"
		"child_seen=yes|is_concern=yes|child_voice=x|"
		"child_voice_how=SAID");
	assert_non_null(strstr(registering_mistakes(&r), "same day"));
	assert_string_equal(home_rows(&r,
				    "SELECT due, done FROM work"
				    " WHERE clock = 'referral'"),
		"2024-10-10|-\n");
	assert_non_null(home_change(&r, entry, "record-referral", "2024-10-10",
		"referred_on=2024-10-10|referral_number=R1"));
	assert_string_equal(home_rows(&r,
				    "SELECT done FROM work"
				    " WHERE clock = 'referral'"),
		"2024-10-10\n");
}

/* 10. A flexible arrangement is in its own register. */
static void test_flexible(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	int64_t child = registering_child(&r, "2012-05-06");
	struct registering_step step = {.register_name = "ehe",
		.step = "notify",
		.on = "2025-01-06",
		.given = "arrangement=FLEXI|notified_on=2025-01-06|"
			 "notified_by=PARENT",
		.child = child};
	home_refused(&r, registering_step(&r, step), "kept in its own register");
	step = (struct registering_step){.register_name = "flexi",
		.step = "propose",
		.on = "2025-01-06",
		.given = "flexi_school=100001|purpose=ANXIETY|"
			 "from_home_education=yes",
		.child = child};
	struct entry *entry = registering_step(&r, step);
	const char *week = "mon_am=SCHOOL|mon_pm=SCHOOL|tue_am=SCHOOL|"
			   "tue_pm=HOME|wed_am=HOME|wed_pm=HOME|thu_am=SCHOOL|"
			   "thu_pm=HOME|fri_am=HOME|fri_pm=HOME";
	entry = home_step(&r, entry, "agree", "2025-01-08",
		arena_format(r.arena,
			"agreed_by=The Head|agreed_on=2025-01-08|"
			"starts_on=2025-01-13|target_on=2025-04-28|%s|"
			"home_mark=C|home_responsible=A Parent|"
			"safeguarding_contact=The Lead",
			week));
	entry = home_step(&r, entry, "begin", "2025-01-13",
		"starts_on=2025-01-13");
	entry = home_step(&r, entry, "review", "2025-02-28",
		"reviewed_on=2025-02-28|planned_sessions=24|"
		"attended_sessions=21|review_child_voice=I can do it");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT sessions_at_school, attended_latest"
				    " FROM reg_flexi"),
		"4|875\n");
	home_refused(&r,
		home_step(&r, entry, "end", "2025-04-28",
			"ended_on=2025-04-28|outcome=EXTENDED"),
		"has not ended");
	assert_non_null(home_step(&r, entry, "end", "2025-04-28",
		"ended_on=2025-04-28|outcome=FULL_TIME"));
	assert_int_equal(list_count(&r, "home-educated"), 0);
}

/* Absence, suspension or a penalty notice before: a question to the school. */
static void test_after_absence(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	int64_t child = registering_child(&r, "2012-05-06");
	run(&r,
		arena_format(r.arena,
			"INSERT INTO exclusion (la, child, school, starts,"
			" category, batch) VALUES (206, %lld, '100001',"
			" '2024-05-01', 'SUSP', 1)",
			(long long)child));
	struct registering_step step = {.register_name = "ehe",
		.step = "notify",
		.on = "2024-09-02",
		.given = "arrangement=EHE|notified_on=2024-09-02|"
			 "notified_by=SCHOOL_DELETION|last_school=100001|"
			 "deleted_on=2024-09-02|deletion_ground=OTHERWISE|"
			 "parent_letter=letter.pdf",
		.child = child};
	struct entry *entry = registering_step(&r, step);
	assert_string_equal(registering_mistakes(&r), "");
	assert_non_null(home_step(&r, entry, "triage", "2024-09-02",
		"lives_in_area=yes"));
	assert_int_equal(list_count(&r, "after-absence"), 1);
	assert_int_equal(list_count(&r, "withdrawals"), 1);
	assert_string_equal(home_rows(&r,
				    "SELECT suspensions_at_start, facts_on,"
				    " year_group_at_start, key_stage_at_start"
				    " FROM reg_ehe"),
		"1|2024-09-02|8|3\n");
}

/* A talk about school is one step from any state, with its clocks. */
static void test_return(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_register(&r, 0, "2024-09-02");
	entry = home_step(&r, entry, "talk-about-school", "2024-11-04",
		"return_asked_on=2024-11-04|return_asked_by=CHILD|"
		"return_words=I want to try");
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work"
				    " WHERE clock = 'return-contact'"),
		"2024-11-11\n");
	entry = home_change(&r, entry, "answer-return", "2024-11-06",
		"return_contacted_on=2024-11-06");
	entry = home_change(&r, entry, "apply-for-place", "2024-11-11",
		"applied_on=2024-11-11|applied_school=100001");
	/* 15 school days from Monday 11 November. */
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work"
				    " WHERE clock = 'admission'"),
		"2024-12-02\n");
	home_refused(&r,
		home_change(&r, entry, "record-admission", "2024-11-20",
			"admission_outcome=FAIR_ACCESS|"
			"admission_outcome_on=2024-11-20"),
		"fair_access_on");
	entry = home_change(&r, entry, "record-admission", "2024-11-20",
		"admission_outcome=OFFERED|admission_outcome_on=2024-11-20");
	entry = home_step(&r, entry, "on-roll", "2025-01-06",
		"on_roll_on=2025-01-06|return_school=100001");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT clock, due FROM work"
				    " WHERE clock IN ('on-roll-6', 'on-roll-12')"
				    " ORDER BY due"),
		"on-roll-6|2025-02-17\non-roll-12|2025-03-31\n");
}

/* Under or over age, or living elsewhere: not on this register. */
static void test_routed_elsewhere(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_notify(&r,
		registering_child(&r, "2021-05-06"), "2024-09-02");
	entry = home_step(&r, entry, "triage", "2024-09-02", "lives_in_area=no");
	home_refused(&r,
		home_step(&r, entry, "register", "2024-09-02",
			"ehe_started_on=2024-09-02|previous_setting=EY"),
		"not of compulsory school age");
	assert_non_null(
		strstr(registering_mistakes(&r), "does not live in the area"));
	home_refused(&r,
		home_step(&r, entry, "close", "2024-09-05",
			"close_reason=MOVED_OUT|ehe_ended_on=2024-09-05|"
			"close_authority=202|move_confirmed=no"),
		"move_unconfirmed_why");
	home_refused(&r,
		home_step(&r, entry, "close", "2024-09-05",
			"close_reason=MOVED_OUT|ehe_ended_on=2024-09-05|"
			"close_authority=202|move_confirmed=no|"
			"move_unconfirmed_why=Rang twice"),
		"Tell the other authority before you close");
}

/* What letters and routing need to know of a child: the preferred name, the
 * latest home and whether it lies here, a plan that is over. */
static void test_facts(void **state)
{
	struct registering r;
	struct value facts[FACTS];
	home_begin(&r, harness_of(state), "2025-06-02");
	int64_t child = registering_child(&r, "2014-05-06");
	long long id = (long long)child;
	plan(&r, child, "2020-01-01", "2020-06-30");
	plan(&r, child, "2021-01-01", "2021-06-30");
	plan(&r, child, "2022-01-01", NULL);
	run(&r,
		arena_format(r.arena,
			"INSERT INTO child_name (la, child, kind, surname,"
			" forename, folded, batch) VALUES"
			" (206, %lld, 'legal', 'Testley', 'Alexandra', 'x', 1),"
			" (206, %lld, 'preferred', 'Testley', 'Alex', 'x', 1),"
			" (206, %lld, 'former', 'Oldley', 'Alexandra', 'x', 1)",
			id, id, id));
	run(&r,
		arena_format(r.arena,
			"INSERT INTO address (la, child, starts, postcode, uprn,"
			" feed, batch) VALUES"
			" (206, %lld, '2020-01-01', 'ZZ11ZZ', '', 'census', 1),"
			" (206, %lld, '2024-01-01', 'ZZ22ZZ', '', 'census', 1)",
			id, id));
	run(&r,
		"INSERT INTO postcode (pcd, laua, ward, lsoa) VALUES"
		" ('ZZ11ZZ', 'E09000019', '', ''),"
		" ('ZZ22ZZ', 'E09000007', '', '')");
	run(&r, "UPDATE authority SET ons_code = 'E09000019' WHERE la = 206");
	HARNESS_DONE(fact_read(r.keep.store, HARNESS_LA, child,
			     registering_day("2025-06-02"), r.arena, facts,
			     &r.fault),
		&r.fault);
	assert_true(text_is(facts[FACT_FORENAME].text, "Alex"));
	assert_true(text_is(facts[FACT_SURNAME].text, "Testley"));
	assert_true(text_is(facts[FACT_POSTCODE].text, "ZZ22ZZ"));
	assert_int_equal(facts[FACT_CP_ENDED].date.day,
		registering_day("2021-06-30").day);
	assert_int_equal(facts[FACT_SCHOOL_AGE_ENDS].date.day,
		registering_day("2030-06-28").day);
	assert_int_equal(facts[FACT_IN_AREA].kind, VALUE_FLAG);
	assert_false(facts[FACT_IN_AREA].flag);
	HARNESS_DONE(fact_read(r.keep.store, HARNESS_LA, child,
			     registering_day("2023-06-02"), r.arena, facts,
			     &r.fault),
		&r.fault);
	assert_true(facts[FACT_IN_AREA].flag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(
						   test_states_of_law_differ),
		HARNESS_EACH_ENGINE(test_no_score),
		HARNESS_EACH_ENGINE(test_reasons),
		HARNESS_EACH_ENGINE(test_leavers_stay),
		HARNESS_EACH_ENGINE(test_counted_once),
		HARNESS_EACH_ENGINE(test_special_school),
		HARNESS_EACH_ENGINE(test_alert_before_letter),
		HARNESS_EACH_ENGINE(test_child_heard),
		HARNESS_EACH_ENGINE(test_declined),
		HARNESS_EACH_ENGINE(test_concern),
		HARNESS_EACH_ENGINE(test_flexible),
		HARNESS_EACH_ENGINE(test_after_absence),
		HARNESS_EACH_ENGINE(test_return),
		HARNESS_EACH_ENGINE(test_routed_elsewhere),
		HARNESS_EACH_ENGINE(test_facts)};
	return HARNESS_RUN(tests);
}
