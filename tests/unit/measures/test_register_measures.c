/* SPDX-License-Identifier: MIT
 *
 * Measures that read registers, over cases taken through their steps. Beside
 * each figure stand the children counted, then those in the denominator only.
 * None of them may be left out.
 */
#include "home.h"
#include "reckoning.h"

#include <string.h>

struct vector {
	const char *id, *at, *expected;
};

static const struct vector vectors[] = {
	{"EHE", "2024-09-30", "3"},    /* A, B, I */
	{"EHE", "2024-10-10", "4"},    /* A, B, C, I */
	{"EHE", "2024-10-15", "4"},    /* the last day before C is decided */
	{"EHE", "2024-10-16", "3"},    /* C is not educated suitably */
	{"EHE", "2024-12-31", "3"},    /* A, B, E; I has moved */
	{"EHE", "2025-01-12", "3"},    /* B, the day before school */
	{"EHE", "2025-01-13", "2"},    /* A, E */
	{"EHE", "2025-05-31", "3"},    /* A, D, I again */
	{"EHEANY", "2024-09-30", "3"}, /* A, B, I */
	{"EHEANY", "2025-05-31", "6"}, /* A to E, I once */
	{"EHENEW", "2025-05-31", "7"}, /* A to E, I twice; not H, not J */
	{"EHEEND", "2025-05-31", "2"}, /* B, I */
	{"EHECON", "2025-05-31", "1/3 33.3"}, /* A; D, I */
	{"EHECON", "2024-10-09", "0/4 0.0"},
	{"EHECON", "2024-10-10", "1/4 25.0"}, /* A; B, C, I */
	{"EHESUI", "2025-05-31", "1/4 25.0"}, /* A; C, D, I */
	{"EHEUNC", "2024-10-10", "1/4 25.0"}, /* C; A, B, I */
	{"EHEUNC", "2025-05-31", "0/4 0.0"},
	{"EHEUNS", "2025-05-31", "1/4 25.0"}, /* C; A, D, I */
	{"EHERET", "2025-05-31", "1"},        /* B */
	{"EHESUS", "2025-04-06", "0/0 z"},
	{"EHESUS", "2025-05-31", "1/1 100.0"}, /* B */
	{"EHEKIO", "2025-05-31", "2"},         /* A, D */
	{"EHEKIH", "2025-05-31", "1"},         /* A */
	{"EHEKID", "2025-05-31", "1"},         /* D */
	{"EHEVOI", "2025-05-31", "1/1 100.0"}, /* A */
	{"EHENOT", "2025-05-31", "1"},         /* C */
	{"EHESAO", "2025-05-31", "1"},         /* C */
	{"EHESAR", "2025-05-31", "0"},
	{"EHEBLK", "2025-05-31", "1/3 33.3"},  /* I; A, D */
	{"EHEWDR", "2025-05-31", "1"},         /* D */
	{"EHEPRS", "2025-05-31", "1/1 100.0"}, /* D */
	{"CME", "2025-05-31", "2"},            /* C, E */
	{"FLX", "2025-03-31", "2"},            /* F, G */
	{"FLX", "2025-05-31", "1"},            /* G */
	{"FLXOUT", "2025-05-31", "1/1 100.0"}, /* F */
	{"CNIS", "2025-05-31", "6"},           /* A, C, D, E, G, I */
};

static int64_t child(struct registering *r)
{
	return registering_child(r, "2014-05-06");
}

static void taught_and_heard(struct registering *r)
{
	struct entry *a = home_register(r, child(r), "2024-09-02");
	a = home_step(r, a, "record-reasons", "2024-09-02",
		"reason_primary=BULL|reason_given_by=PARENT");
	a = home_step(r, a, "offer-meeting", "2024-10-01",
		"offered_on=2024-10-01");
	a = home_change(r, a, "hold-meeting", "2024-10-10",
		"held_on=2024-10-10|meeting_mode=HUB|attendees=CHILD|"
		"child_seen=yes|child_voice=Maths is fun|child_voice_how=SAID|"
		"is_concern=no");
	assert_non_null(home_step(r, a, "find-suitable", "2024-12-02",
		"assessed_day=2024-12-02|evidence_type=REPORT|assessed_by=lena|"
		"finding_reasons=A good report"));
}

static void back_at_school(struct registering *r)
{
	struct entry *b = home_register(r, child(r), "2024-09-16");
	b = home_step(r, b, "on-roll", "2025-01-13",
		"on_roll_on=2025-01-13|return_school=100001");
	assert_non_null(home_step(r, b, "check-12-weeks", "2025-04-07",
		"on_roll_12_weeks=yes"));
}

static void ordered(struct registering *r)
{
	struct entry *c = home_intention(r, home_notice(r, "2024-10-01"),
		"2024-10-16");
	assert_non_null(home_step(r, c, "serve-order", "2024-10-31",
		"served_on=2024-10-31|method=HAND|notice_to=A Parent|"
		"notice_school=100001|authorised_by=omar"));
}

static void pressed(struct registering *r)
{
	struct entry *d = registering_step(r,
		(struct registering_step){.register_name = "ehe",
			.step = "notify",
			.on = "2025-03-03",
			.given = "arrangement=EHE|notified_on=2025-03-03|"
				 "notified_by=SCHOOL_DELETION|"
				 "last_school=100001|deleted_on=2025-03-03|"
				 "deletion_ground=OTHERWISE|parent_letter=a.pdf|"
				 "reason_primary=SUGG|reason_given_by=PARENT",
			.child = child(r)});
	d = home_step(r, d, "triage", "2025-03-03", "lives_in_area=yes");
	d = home_step(r, d, "register", "2025-03-03",
		"ehe_started_on=2025-03-03|previous_setting=ACAD");
	d = home_step(r, d, "offer-meeting", "2025-04-01",
		"offered_on=2025-04-01");
	assert_non_null(home_change(r, d, "decline-meeting", "2025-04-05",
		"declined_on=2025-04-05|declined_reason=NO_REASON"));
}

static void flexible(struct registering *r, const char *from, const char *until)
{
	struct entry *f = registering_step(r,
		(struct registering_step){.register_name = "flexi",
			.step = "propose",
			.on = "2025-01-06",
			.given = "flexi_school=100001|purpose=PHASED",
			.child = child(r)});
	f = home_step(r, f, "agree", "2025-01-08",
		arena_format(r->arena,
			"agreed_by=The Head|agreed_on=2025-01-08|starts_on=%s|"
			"target_on=2025-07-01|mon_am=SCHOOL|mon_pm=SCHOOL|"
			"tue_am=SCHOOL|tue_pm=HOME|wed_am=HOME|wed_pm=HOME|"
			"thu_am=HOME|thu_pm=HOME|fri_am=HOME|fri_pm=HOME|"
			"home_mark=C|home_responsible=x|safeguarding_contact=x",
			from));
	f = home_step(r, f, "begin", from,
		arena_format(r->arena, "starts_on=%s", from));
	assert_non_null(f);
	if (until != NULL)
		assert_non_null(home_step(r, f, "end", until,
			arena_format(r->arena, "ended_on=%s|outcome=FULL_TIME",
				until)));
}

static void in_error(struct registering *r, const char *on, const char *until)
{
	assert_non_null(home_step(r, home_register(r, child(r), on), "close",
		until,
		arena_format(r->arena,
			"close_reason=NOT_EHE_ERROR|ehe_ended_on=%s", until)));
}

static void fill(struct registering *r, struct harness *harness)
{
	home_begin(r, harness, "2025-06-02");
	taught_and_heard(r);
	back_at_school(r);
	ordered(r);
	pressed(r);
	struct entry *e = home_register(r, child(r), "2024-11-04");
	assert_non_null(home_step(r, e, "missing", "2025-02-03",
		"cme_on=2025-02-03|cme_reason=WHEREABOUTS"));
	flexible(r, "2025-01-13", "2025-04-28");
	flexible(r, "2025-02-03", NULL);
	in_error(r, "2024-09-02", "2024-09-10");
	/* The register is older than all the figures look back on. */
	in_error(r, "2023-01-09", "2023-01-10");
	int64_t moved = child(r);
	struct entry *i = home_register(r, moved, "2024-09-02");
	i = home_step(r, i, "tell-authority", "2024-12-02",
		"transfer_authority=202|transfer_told_on=2024-12-02");
	assert_non_null(home_step(r, i, "close", "2024-12-03",
		"close_reason=MOVED_OUT|ehe_ended_on=2024-12-01|"
		"close_authority=202|move_confirmed=yes"));
	assert_non_null(home_register(r, moved, "2025-02-03"));
	/* So is the register of flexible arrangements: one was not agreed. */
	struct entry *j = registering_step(r,
		(struct registering_step){.register_name = "flexi",
			.step = "propose",
			.on = "2023-01-09",
			.given = "flexi_school=100001|purpose=PHASED",
			.child = child(r)});
	assert_non_null(home_step(r, j, "refuse", "2023-01-10",
		"outcome_note=The head did not agree"));
}

static void test_vectors(void **state)
{
	struct harness *harness = harness_of(state);
	struct registering r;
	fill(&r, harness);
	struct reckoning reckoning = reckoning_open(harness);
	struct buffer wrong = {.maximum = 1 << 16};
	for (size_t i = 0; i < COUNT_OF(vectors); i++) {
		const struct vector *v = &vectors[i];
		const char *got = reckoning_text(&reckoning, v->id, v->at);
		if (strcmp(got, v->expected) != 0)
			buffer_format(&wrong, "%s at %s: expected %s, got %s\n",
				v->id, v->at, v->expected, got);
	}
	reckoning_close(&reckoning);
	if (wrong.length > 0)
		fail_msg("%s", wrong.bytes);
	buffer_finish(&wrong);
}

/* Began less ended is the change of the stock, as long as nobody went between
 * home education and missing education. */
static void test_reconciles(void **state)
{
	struct harness *harness = harness_of(state);
	struct registering r;
	home_begin(&r, harness, "2025-06-02");
	in_error(&r, "2023-01-09", "2023-01-10");
	back_at_school(&r);
	taught_and_heard(&r);
	home_register(&r, child(&r), "2025-01-06");
	struct reckoning reckoning = reckoning_open(harness);
	int64_t start = reckoning_at(&reckoning, "EHE", "2024-05-31").numerator;
	int64_t end = reckoning_at(&reckoning, "EHE", "2025-05-31").numerator;
	int64_t in = reckoning_at(&reckoning, "EHENEW", "2025-05-31").numerator;
	int64_t out = reckoning_at(&reckoning, "EHEEND", "2025-05-31").numerator;
	assert_int_equal(start, 0);
	assert_int_equal(in, 3);
	assert_int_equal(out, 1);
	assert_int_equal(start + in - out, end);
	reckoning_close(&reckoning);
}

/* A register without an entry says nothing, and before its first entry. */
static void test_not_kept(void **state)
{
	struct harness *harness = harness_of(state);
	struct reckoning reckoning = reckoning_open(harness);
	assert_string_equal(reckoning_text(&reckoning, "EHE", "2025-05-31"),
		"0 x");
	reckoning_close(&reckoning);
	struct registering r;
	home_begin(&r, harness, "2025-06-02");
	taught_and_heard(&r);
	reckoning = reckoning_open(harness);
	assert_string_equal(reckoning_text(&reckoning, "EHE", "2024-09-01"),
		"0 x");
	assert_string_equal(reckoning_text(&reckoning, "EHE", "2024-09-02"), "1");
	/* Twelve months that begin before the register does. */
	assert_string_equal(reckoning_text(&reckoning, "EHENEW", "2024-12-31"),
		"1 u");
	assert_string_equal(reckoning_text(&reckoning, "FLX", "2025-05-31"),
		"0 x");
	reckoning_close(&reckoning);
}

static void test_all_have_vectors(void **state)
{
	struct reckoning reckoning = reckoning_open(harness_of(state));
	for (size_t m = 0; m < reckoning.measures.count; m++) {
		const struct measure *measure = &reckoning.measures.items[m];
		bool is_there = !text_starts(measure->feeds[0],
			TEXT("register "));
		for (size_t i = 0; i < COUNT_OF(vectors); i++)
			is_there |= text_is(measure->id, vectors[i].id);
		if (!is_there)
			fail_msg(TEXT_FORMAT " has no vector",
				TEXT_ARGS(measure->id));
	}
	reckoning_close(&reckoning);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_vectors),
		HARNESS_EACH_ENGINE(test_reconciles),
		HARNESS_EACH_ENGINE(test_not_kept),
		HARNESS_SQLITE(test_all_have_vectors)};
	return HARNESS_RUN(tests);
}
