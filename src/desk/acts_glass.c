/* SPDX-License-Identifier: MIT
 *
 * Restricting a child's record, opening it for an hour with a reason, and
 * reviewing who did.
 */
#include "codes/codes.h"
#include "desk/case_at-inside.h"

extern const struct embedded case_sql[];

enum { GLASS_MINUTES = 60, REVIEW_WORKING_DAYS = 2, LEAST_REASON = 10 };

static bool end_restriction(struct case_at *at,
	const struct desk_restrict_input *in, struct fault *fault)
{
	int64_t id;
	return store_number(at->part.store,
		       store_find(case_sql, "restriction_end"),
		       STORE_VALUES(store_integer(at->part.la),
			       store_integer(in->child),
			       store_date(at->desk->today)),
		       &id, fault)
		|| fault_set(fault, FAULT_MISSING,
			"this child's record is not restricted");
}

static bool begin_restriction(struct case_at *at,
	const struct desk_restrict_input *in, struct fault *fault)
{
	int64_t id = ident_next(&at->ids), known;
	if (!store_number(at->part.store, store_find(case_sql, "child_is_known"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(in->child)),
		    &known, fault))
		return fault_set(fault, FAULT_MISSING, "there is no such child");
	if (in->reason == NULL || in->reason[0] == '\0')
		return fault_set(fault, FAULT_INPUT, "enter the reason");
	if (!store_run(at->part.store, store_find(case_sql, "restriction_add"),
		    STORE_VALUES(store_integer(at->part.la), store_integer(id),
			    store_integer(in->child), store_string(in->reason),
			    store_string(in->guardian),
			    store_date(at->desk->today),
			    store_string(at->desk->person.login)),
		    fault))
		return false;
	for (size_t i = 0; i < in->member_count; i++)
		if (!store_run(at->part.store,
			    store_find(case_sql, "restriction_member_add"),
			    STORE_VALUES(store_integer(at->part.la),
				    store_integer(id),
				    store_string(in->members[i])),
			    fault))
			return false;
	return true;
}

bool acts_restrict(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_restrict_input *in = input;
	struct case_at at;
	(void)output;
	if (!case_at_open(desk, &at, fault))
		return false;
	*note = case_at_note(&at, in->child,
		in->guardian == NULL ? "restriction ended" : "restricted");
	return in->guardian == NULL ? end_restriction(&at, in, fault)
				    : begin_restriction(&at, in, fault);
}

/* The guardian of the restriction that hides the child from the person. To
 * whoever it is not hidden from, and to own family, there is nothing to open. */
static bool find_guardian(struct case_at *at, int64_t child,
	const char **out_guardian, struct fault *fault)
{
	struct store_rows *rows;
	*out_guardian = NULL;
	if (sight_relation(at->sight, child, TEXT(""), TEXT(""))
		!= SIGHT_RESTRICTED)
		return fault_set(fault, FAULT_MISSING,
			"there is no restricted record to open");
	if (!store_query(at->part.store, store_find(case_sql, "restriction_of"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(child), store_date(at->desk->today)),
		    &rows, fault))
		return false;
	if (store_next(rows, fault))
		*out_guardian = arena_string(at->desk->arena,
			store_get_text(rows, 1));
	store_end(rows);
	return *out_guardian != NULL;
}

bool acts_glass_break(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_glass_input *in = input;
	struct desk_glass_output *out = output;
	struct clock_holidays holidays = codes_bank_holidays(desk->codes);
	struct case_at at;
	const char *guardian;
	char until[MOMENT_TEXT];
	if (in->reason == NULL
		|| text_trim(text_of(in->reason)).length < LEAST_REASON)
		return fault_set(fault, FAULT_INPUT,
			"enter why you must see this record now");
	if (!case_at_open(desk, &at, fault)
		|| !find_guardian(&at, in->child, &guardian, fault))
		return false;
	moment_write(moment_now() + (int64_t)GLASS_MINUTES * 60 * 1000, until);
	*out = (struct desk_glass_output){.id = ident_next(&at.ids),
		.until = arena_string(desk->arena, text_of(until)),
		.review_due = clock_working_days(&holidays, desk->today,
			REVIEW_WORKING_DAYS)};
	*note = case_at_note(&at, in->child, in->reason);
	return store_run(at.part.store, store_find(case_sql, "glass_add"),
		       STORE_VALUES(store_integer(at.part.la),
			       store_integer(out->id), store_integer(in->child),
			       store_string(desk->person.login),
			       store_string(in->reason), store_string(at.now),
			       store_string(until), store_string(guardian),
			       store_date(out->review_due)),
		       fault)
		&& acts_tell(&at, at.part.store,
			&(struct acts_message){.kind = "glass",
				.login = guardian,
				.subject = "A restricted record was opened",
				.content = arena_format(desk->arena,
					"%s opened it: %s", desk->person.login,
					in->reason)},
			fault);
}

bool acts_glass_list(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { MOST = 500 };
	struct desk_glass_list_output *out = output;
	struct arena *arena = desk->arena;
	struct case_at at;
	struct store_rows *rows;
	struct desk_glass_line *lines = arena_array(arena, MOST, sizeof *lines);
	size_t count = 0;
	(void)input;
	if (!case_at_open(desk, &at, fault)
		|| !store_query(at.part.store,
			store_find(case_sql, "glass_waiting"),
			STORE_VALUES(store_integer(at.part.la), store_string("")),
			&rows, fault))
		return false;
	while (count < MOST && store_next(rows, fault))
		lines[count++] = (struct desk_glass_line){.id = store_get_integer(rows,
								  0),
			.child = store_get_integer(rows, 1),
			.login = arena_string(arena, store_get_text(rows, 2)),
			.reason = arena_string(arena, store_get_text(rows, 3)),
			.opened_at = arena_string(arena, store_get_text(rows, 4)),
			.review_due = store_get_date(rows, 6),
			.guardian = arena_string(arena, store_get_text(rows, 7))};
	store_end(rows);
	*out = (struct desk_glass_list_output){lines, count};
	*note = (struct acts_note){"break_glass", "", "waiting"};
	return !fault_is_set(fault);
}

bool acts_glass_review(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_review_input *in = input;
	struct case_at at;
	int64_t id;
	(void)output;
	const char *verdict = in->is_justified ? "justified" : "not-justified";
	*note = (struct acts_note){"break_glass",
		arena_format(desk->arena, "%lld", (long long)in->id), verdict};
	if (!case_at_open(desk, &at, fault))
		return false;
	if (store_number(at.part.store, store_find(case_sql, "glass_review"),
		    STORE_VALUES(store_integer(at.part.la), store_integer(in->id),
			    store_string(desk->person.login),
			    store_string(at.now), store_string(verdict)),
		    &id, fault))
		return true;
	return fault_set(fault, FAULT_CONFLICT,
		"there is no such opening that you may review");
}
