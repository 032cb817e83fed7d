/* SPDX-License-Identifier: MIT
 *
 * Notices and orders of home education: how their days are counted, in which
 * order they come, and under which law. The days are worked out by hand, from
 * a calendar.
 *
 * Long because each rule is tried on a notice that is served.
 */
#include "home.h"

#include <string.h>

/* Calendar days, beginning with the day of service. */
static void test_fifteen_days(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	/* Served on Monday 2 September 2024: the last day is Monday the 16th. */
	struct entry *entry = home_notice(&r, "2024-09-02");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT received_on, period_days,"
				    " expires_on, next_step_from, law_applied"
				    " FROM reg_ehe_notices"),
		"2024-09-02|15|2024-09-16|2024-09-17|EA1996\n");
	assert_string_equal(home_rows(&r,
				    "SELECT starts, due, warns, done FROM work"
				    " WHERE clock = 'notice'"),
		"2024-09-02|2024-09-16|2024-09-11|-\n");
	home_refused(&r,
		home_change(&r, entry, "not-satisfied", "2024-09-16",
			"decided_by=omar|decision_reasons=Nothing came"),
		"have not ended");
	entry = home_change(&r, entry, "not-satisfied", "2024-09-17",
		"decided_by=omar|decision_reasons=Nothing came");
	assert_non_null(entry);
	assert_string_equal(entry_state(entry)->name, "NOT_SATISFIED");
}

struct served {
	const char *on, *method, *received, *last;
};

/* When a paper counts as served, and the last of fifteen days from then. */
static void test_service(void **state)
{
	static const struct served rows[] = {{"2024-11-25", "HAND",
						     "2024-11-25", "2024-12-09"},
		{"2024-09-02", "EMAIL", "2024-09-02", "2024-09-16"},
		/* Posted on a Monday: Wednesday. On a Friday: Tuesday. */
		{"2024-09-02", "POST_FIRST", "2024-09-04", "2024-09-18"},
		{"2024-09-06", "POST_FIRST", "2024-09-10", "2024-09-24"},
		/* Maundy Thursday 2025: Good Friday and Easter Monday do not
		 * count, so Wednesday 23 April. */
		{"2025-04-17", "POST_FIRST", "2025-04-23", "2025-05-07"},
		/* Christmas Eve 2024: the 27th and the 30th. */
		{"2024-12-24", "POST_FIRST", "2024-12-30", "2025-01-13"}};
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct served *row = &rows[i];
		struct entry *entry = home_step(&r, home_unclear(&r, row->on),
			"serve-notice", row->on,
			arena_format(r.arena,
				"served_on=%s|method=%s|notice_to=A Parent|"
				"notice_reasons=x|authorised_by=omar",
				row->on, row->method));
		assert_non_null(entry);
		assert_string_equal(home_rows(&r,
					    arena_format(r.arena,
						    "SELECT received_on,"
						    " expires_on FROM"
						    " reg_ehe_notices WHERE"
						    " entry = %lld",
						    (long long)entry->id)),
			arena_format(r.arena, "%s|%s\n", row->received,
				row->last));
	}
}

/* The rule gives way to what is known, with how it is known. */
static void test_override(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_unclear(&r, "2024-09-02");
	const char *given = "served_on=2024-09-02|method=POST_FIRST|"
			    "notice_to=A Parent|notice_reasons=x|"
			    "authorised_by=omar|received_override_on=2024-09-09";
	home_refused(&r,
		home_step(&r, entry, "serve-notice", "2024-09-02", given),
		"received_override_why");
	entry = home_step(&r, entry, "serve-notice", "2024-09-02",
		arena_format(r.arena, "%s|received_override_why=Signed for",
			given));
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT received_on, expires_on FROM"
				    " reg_ehe_notices"),
		"2024-09-09|2024-09-23\n");
}

/* A council may give more days, never fewer than 15; a notice keeps its own
 * when the setting changes. */
static void test_longer_notice(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	HARNESS_DONE(store_script(r.keep.store,
			     "INSERT INTO setting (la, name, valid_from, value,"
			     " set_by, set_at) VALUES (206, 'ehe_notice_days',"
			     " '2024-10-01', '21', 'lena', '2024-10-01')",
			     &r.fault),
		&r.fault);
	struct entry *old = home_notice(&r, "2024-09-02");
	struct entry *new = home_notice(&r, "2024-10-01");
	assert_non_null(new);
	/* The old one is written again after the change. */
	assert_non_null(home_change(&r, old, "record-response", "2024-10-02",
		"response_on=2024-10-01|response_summary=A letter"));
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work WHERE clock = 'notice'"
				    " ORDER BY due"),
		"2024-09-16\n2024-10-21\n");
	const struct definition *of = registering_definition(&r, "ehe");
	for (size_t i = 0; i < of->setting_count; i++)
		if (strcmp(of->settings[i].name, "ehe_notice_days") == 0)
			assert_int_equal(of->settings[i].least, 15);
}

/* An answer after the last day is taken, and said to be late. */
static void test_late_answer(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_notice(&r, "2024-09-02");
	entry = home_change(&r, entry, "record-response", "2024-09-20",
		"response_on=2024-09-19|response_summary=A report of 12 pages");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT response_is_late FROM"
				    " reg_ehe_notices"),
		"1\n");
	entry = home_change(&r, entry, "satisfied", "2024-09-23",
		"decided_by=omar|decision_reasons=The report shows it");
	assert_non_null(entry);
	assert_string_equal(entry_state(entry)->name, "SUITABLE");
	home_refused(&r,
		home_change(&r,
			home_intention(&r, home_notice(&r, "2024-09-02"),
				"2024-09-17"),
			"satisfied", "2024-09-23",
			"decided_by=omar|decision_reasons=x"),
		"cannot be done now");
}

/* No drifting into a notice without two enquiries or evidence. */
static void test_enquiries_first(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_register(&r, 0, "2024-09-02");
	entry = home_step(&r, entry, "find-unclear", "2024-10-01",
		"assessed_day=2024-10-01|evidence_type=NONE|assessed_by=lena|"
		"finding_reasons=Nothing was sent");
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work"
				    " WHERE clock = 'unclear'"),
		"2024-10-31\n");
	home_refused(&r,
		home_step(&r, entry, "serve-notice", "2024-10-02",
			"served_on=2024-10-02|method=HAND|notice_to=A Parent|"
			"notice_reasons=x|authorised_by=omar"),
		"two informal enquiries");
}

/* 11. No order without a decision that school is expedient. */
static void test_expediency(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_change(&r, home_notice(&r, "2024-09-02"),
		"not-satisfied", "2024-09-17",
		"decided_by=omar|decision_reasons=Nothing came");
	const char *notice = "served_on=2024-09-17|method=HAND|"
			     "notice_to=A Parent|notice_school=100001|"
			     "authorised_by=omar";
	home_refused(&r,
		home_step(&r, entry, "serve-intention", "2024-09-17", notice),
		"Decide first whether school is expedient");
	home_refused(&r,
		home_step(&r, entry, "consult-school", "2024-09-17",
			"served_on=2024-09-17|method=HAND|notice_to=x|"
			"notice_school=100001"),
		"Decide first whether school is expedient");
	home_refused(&r,
		home_step(&r, entry, "serve-order", "2024-09-17", notice),
		"cannot be done now");
	struct entry *not_so = home_step(&r, entry, "decide-not-expedient",
		"2024-09-17",
		"expediency_by=omar|expediency_reasons=A tutor begins");
	assert_non_null(not_so);
	assert_string_equal(entry_state(not_so)->name, "MONITOR");
	const struct definition *of = entry->of;
	static const char *const orders[] = {"order", "order-2026", "intention"};
	for (size_t i = 0; i < COUNT_OF(orders); i++) {
		const struct definition_letter *letter = definition_letter(of,
			text_of(orders[i]));
		struct buffer out = {.maximum = 1 << 16};
		condition_print(letter->when, &out);
		buffer_char(&out, '\0');
		assert_non_null(strstr(out.bytes, "expediency"));
		buffer_finish(&out);
	}
}

static struct entry *order(struct registering *r, const struct entry *entry,
	const char *on, const char *school)
{
	return home_step(r, entry, "serve-order", on,
		arena_format(r->arena,
			"served_on=%s|method=HAND|notice_to=A Parent|"
			"notice_school=%s|authorised_by=omar",
			on, school));
}

/* The whole way: school and parents have 15 days each, then the order, then
 * what follows when it is not followed. */
static void test_order(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_intention(&r, home_notice(&r, "2024-09-02"),
		"2024-09-17");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT clock, due FROM work WHERE clock IN"
				    " ('intention', 'school-consultation')"
				    " ORDER BY clock"),
		"intention|2024-10-01\nschool-consultation|2024-10-01\n");
	home_refused(&r, order(&r, entry, "2024-10-01", "100001"),
		"days of the notice of intention have not ended");
	entry = home_step(&r, entry, "record-direction", "2024-10-01",
		"direction_pending=yes");
	home_refused(&r, order(&r, entry, "2024-10-02", "100001"),
		"direction of the Secretary of State");
	entry = home_step(&r, entry, "record-direction", "2024-10-14",
		"direction_pending=no");
	entry = home_step(&r, entry, "record-choice", "2024-10-14",
		"school_chosen=100003");
	home_refused(&r, order(&r, entry, "2024-10-15", "100001"),
		"The parent chose another school");
	entry = order(&r, entry, "2024-10-15", "100003");
	assert_non_null(entry);
	/* Ten school days from Tuesday 15 October 2024, past the half term that
	 * begins on the 28th. */
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work"
				    " WHERE clock = 'order-on-roll'"),
		"2024-11-05\n");
	home_refused(&r,
		home_step(&r, entry, "close", "2024-11-06",
			"close_reason=INDEPENDENT_SCHOOL|"
			"ehe_ended_on=2024-11-06"),
		"order is in force");
	entry = home_step(&r, entry, "breach", "2024-11-06", "");
	home_refused(&r,
		home_step(&r, entry, "consider-prosecution", "2024-11-06",
			"legal_authorised_by=nina"),
		"cannot be done now");
	home_refused(&r,
		home_step(&r, entry, "consider-eso", "2024-11-06",
			"eso_considered=no|eso_applied=no|eso_reasons=x"),
		"must be considered before a prosecution");
	entry = home_step(&r, entry, "consider-eso", "2024-11-06",
		"eso_considered=yes|eso_applied=no|eso_reasons=Would not help");
	entry = home_step(&r, entry, "consider-prosecution", "2024-11-11",
		"legal_authorised_by=nina");
	entry = home_step(&r, entry, "complied", "2024-11-25",
		"on_roll_on=2024-11-25|return_school=100003");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT state, ehe_ended_on, school_named"
				    " FROM reg_ehe"),
		"COMPLIED|2024-11-25|100003\n");
}

/* Revoked, the education may be found suitable again. */
static void test_revoked(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct entry *entry = home_intention(&r, home_notice(&r, "2024-09-02"),
		"2024-09-17");
	entry = home_step(&r, entry, "serve-order", "2024-10-02",
		"served_on=2024-10-02|method=HAND|notice_to=A Parent|"
		"notice_school=100001|authorised_by=omar");
	entry = home_step(&r, entry, "ask-change", "2024-11-01",
		"change_asked_on=2024-11-01");
	home_refused(&r,
		home_step(&r, entry, "ask-change", "2024-11-01",
			"change_asked_on=2024-11-01|"
			"change_refused_on=2024-11-02"),
		"change_refused_why");
	entry = home_step(&r, entry, "revoke-order", "2024-11-11",
		"served_on=2024-11-11|method=HAND|notice_to=A Parent|"
		"notice_reasons=A tutor began|authorised_by=omar");
	entry = home_step(&r, entry, "find-suitable", "2024-11-12",
		"assessed_day=2024-11-12|evidence_type=TUTOR_REPORT|"
		"assessed_by=lena|finding_reasons=Seen");
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    "SELECT notice_type FROM reg_ehe_notices"
				    " ORDER BY place"),
		"S437_1\nSCHOOL_CONSULT\nS438_INTENTION\nSAO\nSAO_REVOKE\n");
}

/* ---- The 2026 Act ---- */

/* Not set: not commenced, and nothing of it is there. */
static void test_not_commenced(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2027-06-02");
	struct entry *entry = home_register(&r, 0, "2027-01-04");
	home_refused(&r,
		home_step(&r, entry, "ask-visit", "2027-01-05",
			"visit_asked_on=2027-01-05"),
		"cannot be done now");
	home_refused(&r,
		home_step(&r, entry, "ask-information", "2027-01-05",
			"information_asked_on=2027-01-05"),
		"cannot be done now");
	assert_string_equal(home_rows(&r,
				    "SELECT count(*) FROM work"
				    " WHERE clock = 'visit-request'"),
		"0\n");
	assert_string_equal(home_rows(&r, "SELECT regime FROM reg_ehe"),
		"EA1996\n");
}

/* From the day it begins: its notice, its order; cases begun under the old law
 * are carried through under it. */
static void test_commenced(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2027-06-02");
	home_commence(&r, "2026-09-01");
	struct entry *old = home_notice(&r, "2026-08-31");
	assert_non_null(old);
	/* The old notice goes on: decided and followed by an intention. */
	old = home_intention(&r, old, "2026-09-15");
	assert_non_null(old);
	assert_string_equal(entry_state(old)->name, "INTENTION");
	old = home_step(&r, old, "serve-order", "2026-09-30",
		"served_on=2026-09-30|method=HAND|notice_to=A Parent|"
		"notice_school=100001|authorised_by=omar");
	assert_non_null(old);
	/* No notice under the old law may be begun now. */
	struct entry *entry = home_unclear(&r, "2026-09-01");
	const char *notice = "served_on=2026-09-02|method=HAND|"
			     "notice_to=A Parent|notice_reasons=x|"
			     "authorised_by=omar";
	home_refused(&r,
		home_step(&r, entry, "serve-notice", "2026-09-02", notice),
		"cannot be done now");
	entry = home_step(&r, entry, "serve-preliminary", "2026-09-02", notice);
	entry = home_change(&r, entry, "not-satisfied", "2026-09-17",
		"decided_by=omar|decision_reasons=Nothing came");
	entry = home_step(&r, entry, "decide-expedient", "2026-09-17",
		"expediency_by=omar|expediency_reasons=No education");
	entry = home_step(&r, entry, "consult-school", "2026-09-17",
		"served_on=2026-09-17|method=EMAIL|notice_to=x|"
		"notice_school=100001");
	const char *order = "served_on=2026-09-18|method=HAND|"
			    "notice_to=A Parent|notice_school=100001|"
			    "authorised_by=omar";
	home_refused(&r,
		home_step(&r, entry, "serve-intention", "2026-09-18", order),
		"has no notice of intention");
	entry = home_step(&r, entry, "serve-order-2026", "2026-09-18", order);
	assert_non_null(entry);
	assert_string_equal(home_rows(&r,
				    arena_format(r.arena,
					    "SELECT notice_type, law_applied"
					    " FROM reg_ehe_notices WHERE entry ="
					    " %lld ORDER BY place",
					    (long long)entry->id)),
		"PRELIM_436H|CWS2026\nSCHOOL_CONSULT|CWS2026\n"
		"SAO_436I|CWS2026\n");
}

/* Before it begins the new notice cannot be served. */
static void test_new_notice_waits(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2027-06-02");
	home_commence(&r, "2026-09-01");
	home_refused(&r,
		home_step(&r, home_unclear(&r, "2026-08-31"),
			"serve-preliminary", "2026-08-31",
			"served_on=2026-08-31|method=HAND|notice_to=A Parent|"
			"notice_reasons=x|authorised_by=omar"),
		"cannot be done now");
}

/* What parents tell, the home visit, and news of providers. */
static void test_information(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2027-06-02");
	home_commence(&r, "2026-09-01");
	struct entry *entry = home_register(&r, 0, "2026-09-02");
	/* The request for a visit: 15 days beginning with registration. */
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work"
				    " WHERE clock = 'visit-request'"),
		"2026-09-16\n");
	entry = home_step(&r, entry, "ask-visit", "2026-09-10",
		"visit_asked_on=2026-09-10");
	entry = home_step(&r, entry, "record-visit", "2026-09-20",
		"visit_outcome=REFUSED");
	entry = home_step(&r, entry, "ask-information", "2026-09-03",
		"information_asked_on=2026-09-03");
	assert_string_equal(home_rows(&r,
				    "SELECT due FROM work"
				    " WHERE clock = 'information'"),
		"2026-09-18\n");
	const char *given = "information_given_on=2026-09-16|"
			    "home_address=1 Test Street|hours_by_parents=20|"
			    "hours_by_others=4.5";
	home_refused(&r,
		home_step(&r, entry, "record-information", "2026-09-16", given),
		"Record each parent first");
	entry = home_step(&r, entry, "add-parent", "2026-09-16",
		"parent_name=A Parent|relationship=mother|educates=yes");
	entry = home_step(&r, entry, "record-information", "2026-09-16", given);
	assert_non_null(entry);
	entry = home_step(&r, entry, "record-providers", "2026-09-16",
		"providers_told_on=2026-09-16");
	home_refused(&r,
		home_step(&r, entry, "ask-providers", "2026-12-15",
			"providers_asked_on=2026-12-15"),
		"only every 3 months");
	assert_non_null(home_step(&r, entry, "ask-providers", "2026-12-16",
		"providers_asked_on=2026-12-16"));
	assert_string_equal(home_rows(&r,
				    "SELECT hours_by_parents, hours_by_others"
				    " FROM reg_ehe"),
		"200|45\n");
}

/* Consent: condition B, a plan now or in the five years before. */
static void test_consent_after_plan(void **state)
{
	static const struct {
		const char *ended, *notified;
		bool is_needed;
	} rows[] = {
		{"2021-09-03", "2026-09-02", true},
		{"2021-09-02", "2026-09-02", false},
		{"2024-03-01", "2026-08-31", false}, /* not commenced yet */
		{"2024-03-01", "2026-09-01", true},
	};
	struct registering r;
	home_begin(&r, harness_of(state), "2027-06-02");
	home_commence(&r, "2026-09-01");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t child = registering_child(&r, "2014-05-06");
		const char *sql = arena_format(r.arena,
			"INSERT INTO cp_plan (la, id, child, feed, starts, ends,"
			" previous_counted, year, batch) VALUES (206, %zu, %lld,"
			" 'cin', '2020-01-01', '%s', 0, 2024, 1)",
			i + 1, (long long)child, rows[i].ended);
		HARNESS_DONE(store_script(r.keep.store, sql, &r.fault), &r.fault);
		struct entry *entry = registering_step(&r,
			(struct registering_step){.register_name = "ehe",
				.step = "notify",
				.on = rows[i].notified,
				.given = arena_format(r.arena,
					"arrangement=EHE|notified_on=%s|"
					"notified_by=SCHOOL_DELETION|"
					"last_school=100001",
					rows[i].notified),
				.child = child});
		entry = home_step(&r, entry, "triage", rows[i].notified,
			"lives_in_area=yes");
		assert_non_null(entry);
		entry = home_step(&r, entry, "register", rows[i].notified,
			arena_format(r.arena,
				"ehe_started_on=%s|previous_setting=ACAD",
				rows[i].notified));
		if (rows[i].is_needed)
			home_refused(&r, entry, "consent is needed");
		else
			assert_non_null(entry);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_fifteen_days),
		HARNESS_EACH_ENGINE(test_service),
		HARNESS_EACH_ENGINE(test_override),
		HARNESS_EACH_ENGINE(test_longer_notice),
		HARNESS_EACH_ENGINE(test_late_answer),
		HARNESS_EACH_ENGINE(test_enquiries_first),
		HARNESS_EACH_ENGINE(test_expediency),
		HARNESS_EACH_ENGINE(test_order),
		HARNESS_EACH_ENGINE(test_revoked),
		HARNESS_EACH_ENGINE(test_not_commenced),
		HARNESS_EACH_ENGINE(test_commenced),
		HARNESS_EACH_ENGINE(test_new_notice_waits),
		HARNESS_EACH_ENGINE(test_information),
		HARNESS_EACH_ENGINE(test_consent_after_plan)};
	return HARNESS_RUN(tests);
}
