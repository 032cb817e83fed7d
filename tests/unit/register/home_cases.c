/* SPDX-License-Identifier: MIT
 *
 * Cases of every kind, for figures: see home.h for who is who.
 */
#include "home.h"

static int64_t child(struct registering *r)
{
	return registering_child(r, "2014-05-06");
}

void home_taught(struct registering *r)
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

void home_back_at_school(struct registering *r)
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

void home_in_error(struct registering *r, const char *on, const char *until)
{
	assert_non_null(home_step(r, home_register(r, child(r), on), "close",
		until,
		arena_format(r->arena,
			"close_reason=NOT_EHE_ERROR|ehe_ended_on=%s", until)));
}

void home_cases(struct registering *r)
{
	home_taught(r);
	home_back_at_school(r);
	ordered(r);
	pressed(r);
	struct entry *e = home_register(r, child(r), "2024-11-04");
	assert_non_null(home_step(r, e, "missing", "2025-02-03",
		"cme_on=2025-02-03|cme_reason=WHEREABOUTS"));
	flexible(r, "2025-01-13", "2025-04-28");
	flexible(r, "2025-02-03", NULL);
	home_in_error(r, "2024-09-02", "2024-09-10");
	/* The register is older than all the figures look back on. */
	home_in_error(r, "2023-01-09", "2023-01-10");
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
