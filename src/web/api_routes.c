/* SPDX-License-Identifier: MIT
 *
 * The table of the API: every route, and every member of what goes in and out.
 *
 * Long because it is a table. Who may is not here: see desk/.
 */
#include "web/api-inside.h"

#define MEMBERS(of) (of), COUNT_OF(of)
#define AT(of, member) .at = offsetof(struct of, member)
#define MANY(of, member, how_many) \
	.at = offsetof(struct of, member), \
	.count_at = offsetof(struct of, how_many)

/* ---- Inputs that a table alone does not give ---- */

struct entry_asked {
	struct desk_case_input in;
};

struct list_asked {
	struct desk_list_input in;
	struct text format;
};

struct work_asked {
	struct desk_work_input in;
	struct text format;
};

struct step_asked {
	struct desk_step_input in;
	bool is_trial;
};

struct report_asked {
	struct desk_report_input in;
	struct text period;
};

struct measure_asked {
	struct desk_measure_input in;
	struct text by;
};

struct restriction_ended {
	struct desk_restrict_input in;
};

_Static_assert(sizeof(struct step_asked) <= API_SPACE
		&& sizeof(struct measure_asked) <= API_SPACE
		&& sizeof(struct desk_report_output) <= API_SPACE
		&& sizeof(struct desk_child_card) <= API_SPACE
		&& sizeof(struct desk_case) <= API_SPACE,
	"an act's structs fit into a call");

static bool no_version(struct api_call *call)
{
	api_problem(call, 428,
		"Say which version was read: If-Match, or \"version\".");
	return false;
}

static bool prepare_opening(struct api_call *call, struct fault *fault)
{
	struct desk_step_input *in = (void *)call->input.bytes;
	const struct step_asked *asked = (const void *)call->input.bytes;
	const struct register_one *one = register_find(call->desk.registers,
		in->register_name);
	(void)fault;
	for (size_t i = 0; one != NULL && in->step.length == 0
		&& i < one->definition->step_count;
		i++)
		if (one->definition->steps[i].opens)
			in->step = text_of(one->definition->steps[i].name);
	if (asked->is_trial)
		call->act = DESK_CASE_TRY;
	return true;
}

static bool prepare_step(struct api_call *call, struct fault *fault)
{
	struct desk_step_input *in = (void *)call->input.bytes;
	const struct step_asked *asked = (const void *)call->input.bytes;
	(void)fault;
	if (call->version != 0)
		in->version = call->version;
	if (asked->is_trial)
		call->act = DESK_CASE_TRY;
	return asked->is_trial || in->version != 0 || no_version(call);
}

static bool prepare_assign(struct api_call *call, struct fault *fault)
{
	struct desk_assign_input *in = (void *)call->input.bytes;
	(void)fault;
	if (call->version != 0)
		in->version = call->version;
	return in->version != 0 || no_version(call);
}

static bool prepare_bulk(struct api_call *call, struct fault *fault)
{
	enum { MOST = 500 };
	const struct desk_bulk_input *in = (const void *)call->input.bytes;
	if (in->count == 0 || in->count > MOST)
		return fault_set(fault, FAULT_INPUT,
			"steps must be from 1 to %d", MOST);
	for (size_t i = 0; i < in->count; i++)
		if (in->steps[i].version == 0)
			return no_version(call);
	return true;
}

static bool prepare_proposals(struct api_call *call, struct fault *fault)
{
	static const char *const states[] = {"waiting", "approved", "returned"};
	struct desk_proposals_input *in = (void *)call->input.bytes;
	if (in->state == NULL)
		in->state = states[0];
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (text_is(text_of(in->state), states[i]))
			return true;
	fault_set(fault, FAULT_INPUT,
		"state must be waiting, approved or returned");
	text_copy(fault->field, sizeof fault->field, TEXT("state"));
	return false;
}

static bool prepare_report(struct api_call *call, struct fault *fault)
{
	struct report_asked *asked = (void *)call->input.bytes;
	struct period period;
	if (!period_read(asked->period, &period)
		|| date_add_months(period.first, 3).day != period.last.day + 1) {
		text_copy(fault->field, sizeof fault->field, TEXT("period"));
		return fault_set(fault, FAULT_INPUT,
			"period must be a quarter, as 2024-25Q1");
	}
	/* What leaves by a report route is the form that may be published. */
	asked->in = (struct desk_report_input){.end = period.last,
		.is_published = true,
		.has_breakdowns = true};
	return true;
}

static bool prepare_measure(struct api_call *call, struct fault *fault)
{
	struct measure_asked *asked = (void *)call->input.bytes;
	struct text rest = asked->by;
	while (rest.length > 0 && asked->in.by_count < DESK_BY)
		asked->in.by[asked->in.by_count++] = text_split(rest, ',', &rest);
	return rest.length == 0
		|| fault_set(fault, FAULT_INPUT,
			"by takes at most %d breakdowns", DESK_BY);
}

/* ---- Shapes of inputs ---- */

static const struct api_member register_path[] = {
	{"register", "Name of a register", API_TEXT, .in = API_PATH,
		.is_required = true, AT(desk_list_input, register_name)},
};
static const struct api_shape register_asked_shape = {NULL,
	sizeof(struct desk_list_input), MEMBERS(register_path)};

static const struct api_member list_members[] = {
	{"register", "Name of a register", API_TEXT, .in = API_PATH,
		.is_required = true, AT(list_asked, in.register_name)},
	{"list", "Name of one of its lists", API_TEXT, .in = API_PATH,
		.is_required = true, AT(list_asked, in.list)},
	{"order", "A column; a minus before it turns the order round", API_TEXT,
		.in = API_QUERY, AT(list_asked, in.order)},
	{"page", "From 1", API_SIZE, .in = API_QUERY, AT(list_asked, in.page)},
	{"page_size", "At most 500", API_SIZE, .in = API_QUERY,
		AT(list_asked, in.page_size)},
	{"format", "json or csv; else as Accept says", API_TEXT,
		.in = API_QUERY, AT(list_asked, format)},
};
static const struct api_shape list_asked_shape = {NULL,
	sizeof(struct list_asked), MEMBERS(list_members)};

static const struct api_member opening_members[] = {
	{"register", "Name of a register", API_TEXT, .in = API_PATH,
		.is_required = true, AT(step_asked, in.register_name)},
	{"try", "Say what would happen; nothing is kept", API_FLAG,
		.in = API_QUERY, AT(step_asked, is_trial)},
	{"child", "The child that the entry is about", API_ID,
		AT(step_asked, in.child)},
	{"step", "A step that opens; its first if none is named", API_TEXT,
		AT(step_asked, in.step)},
	{"given", "Fields and what is given for them", API_GIVEN,
		MANY(step_asked, in.given, in.count)},
	{"on", "The day of the event; today if none", API_DATE,
		AT(step_asked, in.on)},
	{"reason", "Why, where the step asks", API_STRING,
		AT(step_asked, in.reason)},
};
static const struct api_shape opening_shape = {"opening",
	sizeof(struct step_asked), MEMBERS(opening_members)};

static const struct api_member entry_members[] = {
	{"reference", "Of an entry", API_TEXT, .in = API_PATH,
		.is_required = true, AT(entry_asked, in.reference)},
	{"version", "As this version had it", API_WHOLE, .in = API_QUERY,
		AT(entry_asked, in.version)},
	{"known_at", "As it was known at an instant, 2024-06-30T12:00:00.000Z",
		API_STRING, .in = API_QUERY, AT(entry_asked, in.known_at)},
};
static const struct api_shape entry_asked_shape = {NULL,
	sizeof(struct entry_asked), MEMBERS(entry_members)};

static const struct api_member history_members[] = {
	{"reference", "Of an entry", API_TEXT, .in = API_PATH,
		.is_required = true, AT(entry_asked, in.reference)},
};
static const struct api_shape history_asked_shape = {NULL,
	sizeof(struct entry_asked), MEMBERS(history_members)};

static const struct api_member step_members[] = {
	{"reference", "Of an entry", API_TEXT, .in = API_PATH,
		.is_required = true, AT(step_asked, in.reference)},
	{"step", "Name of a step", API_TEXT, .in = API_PATH,
		.is_required = true, AT(step_asked, in.step)},
	{"try", "Say what would happen; nothing is kept", API_FLAG,
		.in = API_QUERY, AT(step_asked, is_trial)},
	{"given", "Fields and what is given for them", API_GIVEN,
		MANY(step_asked, in.given, in.count)},
	{"item", "The row of a part that is changed", API_ID,
		AT(step_asked, in.item)},
	{"version", "That was read; or in If-Match", API_WHOLE,
		AT(step_asked, in.version)},
	{"on", "The day of the event; today if none", API_DATE,
		AT(step_asked, in.on)},
	{"reason", "Why, where the step asks", API_STRING,
		AT(step_asked, in.reason)},
};
static const struct api_shape step_shape = {"step", sizeof(struct step_asked),
	MEMBERS(step_members)};

static const struct api_member each_members[] = {
	{"reference", "Of an entry", API_TEXT, .is_required = true,
		AT(desk_step_input, reference)},
	{"step", "Name of a step", API_TEXT, .is_required = true,
		AT(desk_step_input, step)},
	{"given", "Fields and what is given for them", API_GIVEN,
		MANY(desk_step_input, given, count)},
	{"item", "The row of a part that is changed", API_ID,
		AT(desk_step_input, item)},
	{"version", "That was read", API_WHOLE, .is_required = true,
		AT(desk_step_input, version)},
	{"on", "The day of the event; today if none", API_DATE,
		AT(desk_step_input, on)},
	{"reason", "Why, where the step asks", API_STRING,
		AT(desk_step_input, reason)},
};
static const struct api_shape each_shape = {"bulk_step",
	sizeof(struct desk_step_input), MEMBERS(each_members)};

static const struct api_member bulk_members[] = {
	{"steps", "All are taken, or none", API_LIST, .is_required = true,
		MANY(desk_bulk_input, steps, count), .shape = &each_shape},
};
static const struct api_shape bulk_shape = {"bulk",
	sizeof(struct desk_bulk_input), MEMBERS(bulk_members)};

static const struct api_member assign_members[] = {
	{"reference", "Of an entry", API_TEXT, .in = API_PATH,
		.is_required = true, AT(desk_assign_input, reference)},
	{"owner", "Login; without one it is the team's", API_TEXT,
		AT(desk_assign_input, owner)},
	{"team", "Name of a team; as it is if none", API_TEXT,
		AT(desk_assign_input, team)},
	{"version", "That was read; or in If-Match", API_WHOLE,
		AT(desk_assign_input, version)},
	{"reason", "Why", API_STRING, AT(desk_assign_input, reason)},
};
static const struct api_shape assign_shape = {"assignment",
	sizeof(struct desk_assign_input), MEMBERS(assign_members)};

static const struct api_member proposals_members[] = {
	{"state", "waiting, approved or returned", API_STRING, .in = API_QUERY,
		AT(desk_proposals_input, state)},
};
static const struct api_shape proposals_asked_shape = {NULL,
	sizeof(struct desk_proposals_input), MEMBERS(proposals_members)};

static const struct api_member decide_members[] = {
	{"id", "Of a proposal", API_ID, .in = API_PATH, .is_required = true,
		AT(desk_decide_input, proposal)},
	{"agreed", "Whether the step is taken", API_FLAG, .is_required = true,
		AT(desk_decide_input, is_agreed)},
	{"reason", "Why it is returned", API_STRING,
		AT(desk_decide_input, reason)},
};
static const struct api_shape decide_shape = {"decision",
	sizeof(struct desk_decide_input), MEMBERS(decide_members)};

static const struct api_member work_members[] = {
	{"when", "all, overdue, or soon: warned of", API_WORD, .in = API_QUERY,
		AT(work_asked, in.when), .words = desk_work_when_words},
	{"whose", "mine, my team's, or anybody's", API_WORD, .in = API_QUERY,
		AT(work_asked, in.whose), .words = desk_work_whose_words},
	{"register", "Of one register alone", API_TEXT, .in = API_QUERY,
		AT(work_asked, in.register_name)},
	{"page", "From 1", API_SIZE, .in = API_QUERY, AT(work_asked, in.page)},
	{"page_size", "At most 500", API_SIZE, .in = API_QUERY,
		AT(work_asked, in.page_size)},
	{"format", "json or calendar; else as Accept says", API_TEXT,
		.in = API_QUERY, AT(work_asked, format)},
};
static const struct api_shape work_asked_shape = {NULL,
	sizeof(struct work_asked), MEMBERS(work_members)};

static const struct api_member find_members[] = {
	{"find", "A name, a number, a date of birth", API_TEXT, .in = API_QUERY,
		.is_required = true, AT(desk_find_input, words)},
};
static const struct api_shape find_asked_shape = {NULL,
	sizeof(struct desk_find_input), MEMBERS(find_members)};

static const struct api_member child_members[] = {
	{"id", "Of a child", API_ID, .in = API_PATH, .is_required = true,
		AT(desk_child_input, child)},
};
static const struct api_shape child_asked_shape = {NULL,
	sizeof(struct desk_child_input), MEMBERS(child_members)};

static const struct api_member break_members[] = {
	{"id", "Of a child", API_ID, .in = API_PATH, .is_required = true,
		AT(desk_glass_input, child)},
	{"reason", "Why the record must be seen now", API_STRING,
		.is_required = true, AT(desk_glass_input, reason)},
};
static const struct api_shape break_shape = {"glass",
	sizeof(struct desk_glass_input), MEMBERS(break_members)};

static const struct api_member review_members[] = {
	{"id", "Of an opening", API_ID, .in = API_PATH, .is_required = true,
		AT(desk_review_input, id)},
	{"justified", "Whether it was", API_FLAG, .is_required = true,
		AT(desk_review_input, is_justified)},
};
static const struct api_shape review_shape = {"review",
	sizeof(struct desk_review_input), MEMBERS(review_members)};

static const struct api_member restrict_members[] = {
	{"id", "Of a child", API_ID, .in = API_PATH, .is_required = true,
		AT(desk_restrict_input, child)},
	{"reason", "Why", API_STRING, .is_required = true,
		AT(desk_restrict_input, reason)},
	{"guardian", "Login of who answers for it", API_STRING,
		.is_required = true, AT(desk_restrict_input, guardian)},
	{"members", "Logins of who sees the record", API_STRINGS,
		MANY(desk_restrict_input, members, member_count)},
};
static const struct api_shape restrict_shape = {"restriction",
	sizeof(struct desk_restrict_input), MEMBERS(restrict_members)};

static const struct api_member unrestrict_members[] = {
	{"id", "Of a child", API_ID, .in = API_PATH, .is_required = true,
		AT(desk_restrict_input, child)},
};
static const struct api_shape unrestrict_shape = {NULL,
	sizeof(struct desk_restrict_input), MEMBERS(unrestrict_members)};

static const struct api_member draft_members[] = {
	{"reference", "Of an entry", API_TEXT, .in = API_PATH,
		.is_required = true, AT(desk_draft_input, reference)},
	{"step", "Name of a step", API_TEXT, .in = API_PATH,
		.is_required = true, AT(desk_draft_input, step)},
	{"given", "The form as far as it got", API_JSON, .is_required = true,
		AT(desk_draft_input, input)},
};
static const struct api_shape draft_shape = {"draft_kept",
	sizeof(struct desk_draft_input), MEMBERS(draft_members)};
static const struct api_shape draft_asked_shape = {NULL,
	sizeof(struct desk_draft_input), draft_members, 2};

static const struct api_member draft_new_members[] = {
	{"register", "Name of a register", API_TEXT, .in = API_PATH,
		.is_required = true, AT(desk_draft_input, register_name)},
	{"step", "Name of a step that opens", API_TEXT, .in = API_PATH,
		.is_required = true, AT(desk_draft_input, step)},
	{"given", "The form as far as it got", API_JSON, .is_required = true,
		AT(desk_draft_input, input)},
};
static const struct api_shape draft_new_shape = {"draft_kept",
	sizeof(struct desk_draft_input), MEMBERS(draft_new_members)};
static const struct api_shape draft_new_asked_shape = {NULL,
	sizeof(struct desk_draft_input), draft_new_members, 2};

static const struct api_member measure_members[] = {
	{"id", "Of a measure", API_TEXT, .in = API_PATH, .is_required = true,
		AT(measure_asked, in.id)},
	{"at", "The day", API_DATE, .in = API_QUERY, .is_required = true,
		AT(measure_asked, in.at)},
	{"by", "One or two breakdowns with a comma between", API_TEXT,
		.in = API_QUERY, AT(measure_asked, by)},
	{"publish", "As it may be published", API_FLAG, .in = API_QUERY,
		AT(measure_asked, in.is_published)},
};
static const struct api_shape measure_asked_shape = {NULL,
	sizeof(struct measure_asked), MEMBERS(measure_members)};

static const struct api_member report_members[] = {
	{"period", "A quarter, as 2024-25Q1", API_TEXT, .in = API_QUERY,
		.is_required = true, AT(report_asked, period)},
};
static const struct api_shape report_asked_shape = {NULL,
	sizeof(struct report_asked), MEMBERS(report_members)};

/* ---- Shapes of outputs ---- */

static void write_warnings(struct api_call *call, const char *key,
	const void *whole)
{
	const struct step_outcome *outcome =
		&((const struct desk_step_output *)whole)->outcome;
	json_out_array(&call->json, key);
	for (size_t i = 0; i < outcome->count; i++)
		if (outcome->mistakes[i].is_warning)
			json_out_string(&call->json, NULL,
				outcome->mistakes[i].message);
	json_out_array_end(&call->json);
}

static const struct api_member move_members[] = {
	{"title", "Of the clock", API_STRING, AT(desk_move, title)},
	{"law", "What it stands on", API_STRING, AT(desk_move, law)},
	{"before", "When it was due", API_DATE, AT(desk_move, before)},
	{"after", "When it is due now", API_DATE, AT(desk_move, after)},
	{"is_done", NULL, API_FLAG, AT(desk_move, is_done)},
};
static const struct api_shape move_shape = {"move", sizeof(struct desk_move),
	MEMBERS(move_members)};

static const struct api_member taken_members[] = {
	{"reference", "Of the entry", API_STRING, AT(desk_step_output, reference)},
	{"version", "The entry has now", API_WHOLE, AT(desk_step_output, version)},
	{"proposal", "It waits for somebody to agree", API_ID,
		AT(desk_step_output, proposal)},
	{"warnings", NULL, API_OWN, .write = write_warnings,
		.schema = "{\"type\": \"array\", \"items\":"
			  " {\"type\": \"string\"}}"},
	{"moves", "Clocks that it starts, moves or stops", API_LIST,
		MANY(desk_step_output, moves, move_count), .shape = &move_shape},
	{"letters", "That may be made now", API_STRINGS,
		MANY(desk_step_output, letters, letter_count)},
};
static const struct api_shape taken_shape = {"taken",
	sizeof(struct desk_step_output), MEMBERS(taken_members)};

static void write_bulk(struct api_call *call, const char *key, const void *whole)
{
	const struct desk_bulk_output *output = whole;
	const struct desk_bulk_input *in = (const void *)call->input.bytes;
	json_out_array(&call->json, key);
	for (size_t i = 0; i < in->count; i++)
		api_shape_write(call, NULL, &taken_shape, &output->outputs[i]);
	json_out_array_end(&call->json);
}

static const struct api_member bulk_taken_members[] = {
	{"steps", "As they were asked for", API_OWN, .write = write_bulk,
		.schema = "{\"type\": \"array\", \"items\":"
			  " {\"$ref\": \"#/components/schemas/taken\"}}"},
};
static const struct api_shape bulk_taken_shape = {"bulk_taken",
	sizeof(struct desk_bulk_output), MEMBERS(bulk_taken_members)};

static const struct api_member history_out_members[] = {
	{"reference", "Of the entry", API_STRING,
		AT(desk_history_output, reference)},
	{"versions", "Newest first", API_OWN, .write = api_case_versions,
		.schema = "{\"type\": \"array\", \"items\":"
			  " {\"$ref\": \"#/components/schemas/version\"}}"},
};
static const struct api_shape history_shape = {"history",
	sizeof(struct desk_history_output), MEMBERS(history_out_members)};

static const struct api_member proposal_members[] = {
	{"id", NULL, API_ID, AT(desk_proposal, id)},
	{"reference", "Of the entry", API_STRING, AT(desk_proposal, reference)},
	{"register", NULL, API_STRING, AT(desk_proposal, register_name)},
	{"step", "That waits", API_STRING, AT(desk_proposal, step)},
	{"state", NULL, API_STRING, AT(desk_proposal, state)},
	{"on", "The day of the event", API_DATE, AT(desk_proposal, on)},
	{"given", "What was given for it", API_JSON, AT(desk_proposal, input)},
	{"asked_by", "Login", API_STRING, AT(desk_proposal, asked_by)},
	{"asked_at", NULL, API_STRING, AT(desk_proposal, asked_at)},
	{"decided_by", "Login", API_STRING, AT(desk_proposal, decided_by)},
	{"reason", "Of the decision", API_STRING, AT(desk_proposal, reason)},
	{"may_decide", "Whether the asker may", API_FLAG,
		AT(desk_proposal, may_decide)},
};
static const struct api_shape proposal_shape = {"proposal",
	sizeof(struct desk_proposal), MEMBERS(proposal_members)};
static const struct api_member proposals_out_members[] = {
	{"proposals", "Oldest first", API_LIST,
		MANY(desk_proposals_output, proposals, count),
		.shape = &proposal_shape},
};
static const struct api_shape proposals_shape = {"proposals",
	sizeof(struct desk_proposals_output), MEMBERS(proposals_out_members)};

static const struct api_member found_members[] = {
	{"child", NULL, API_ID, AT(desk_found, child)},
	{"name", NULL, API_STRING, AT(desk_found, name)},
	{"number", NULL, API_STRING, AT(desk_found, number)},
	{"born", NULL, API_DATE, AT(desk_found, born)},
	{"is_mine", "The asker sees an entry about the child", API_FLAG,
		AT(desk_found, is_mine)},
};
static const struct api_shape found_shape = {"found", sizeof(struct desk_found),
	MEMBERS(found_members)};
static const struct api_member find_out_members[] = {
	{"children", NULL, API_LIST, MANY(desk_find_output, found, count),
		.shape = &found_shape},
	{"is_cut", "There are more", API_FLAG, AT(desk_find_output, is_cut)},
};
static const struct api_shape find_shape = {"children",
	sizeof(struct desk_find_output), MEMBERS(find_out_members)};

static const struct api_member look_members[] = {
	{"at", NULL, API_STRING, AT(desk_looked, at)},
	{"actor", "Login", API_STRING, AT(desk_looked, actor)},
	{"purpose", "Where they acted", API_STRING, AT(desk_looked, purpose)},
	{"act", NULL, API_STRING, AT(desk_looked, act)},
	{"detail", NULL, API_STRING, AT(desk_looked, detail)},
};
static const struct api_shape look_shape = {"look", sizeof(struct desk_looked),
	MEMBERS(look_members)};
static const struct api_member looked_members[] = {
	{"looks", "Newest first", API_LIST,
		MANY(desk_looked_output, looks, count), .shape = &look_shape},
};
static const struct api_shape looked_shape = {"looked",
	sizeof(struct desk_looked_output), MEMBERS(looked_members)};

static const struct api_member opened_members[] = {
	{"id", NULL, API_ID, AT(desk_glass_output, id)},
	{"until", "The record is hidden again then", API_STRING,
		AT(desk_glass_output, until)},
	{"review_due", NULL, API_DATE, AT(desk_glass_output, review_due)},
};
static const struct api_shape opened_shape = {"glass_broken",
	sizeof(struct desk_glass_output), MEMBERS(opened_members)};

static const struct api_member opening_line_members[] = {
	{"id", NULL, API_ID, AT(desk_glass_line, id)},
	{"child", NULL, API_ID, AT(desk_glass_line, child)},
	{"login", "Who opened it", API_STRING, AT(desk_glass_line, login)},
	{"reason", NULL, API_STRING, AT(desk_glass_line, reason)},
	{"opened_at", NULL, API_STRING, AT(desk_glass_line, opened_at)},
	{"review_due", NULL, API_DATE, AT(desk_glass_line, review_due)},
	{"guardian", "Login", API_STRING, AT(desk_glass_line, guardian)},
};
static const struct api_shape opening_line_shape = {"glass_opening",
	sizeof(struct desk_glass_line), MEMBERS(opening_line_members)};
static const struct api_member glass_members[] = {
	{"openings", "That wait for review", API_LIST,
		MANY(desk_glass_list_output, lines, count),
		.shape = &opening_line_shape},
};
static const struct api_shape glass_shape = {"glass_openings",
	sizeof(struct desk_glass_list_output), MEMBERS(glass_members)};

static const struct api_member draft_out_members[] = {
	{"register", NULL, API_STRING, AT(desk_draft, register_name)},
	{"reference", "Of the entry; null of a step that opens", API_STRING,
		AT(desk_draft, reference)},
	{"step", NULL, API_STRING, AT(desk_draft, step)},
	{"saved_at", NULL, API_STRING, AT(desk_draft, saved_at)},
	{"given", "The form as far as it got", API_JSON, AT(desk_draft, input)},
};
static const struct api_shape draft_out_shape = {"draft",
	sizeof(struct desk_draft), MEMBERS(draft_out_members)};
static const struct api_member drafts_members[] = {
	{"drafts", "The asker's own", API_LIST,
		MANY(desk_drafts_output, drafts, count),
		.shape = &draft_out_shape},
};
static const struct api_shape drafts_shape = {"drafts",
	sizeof(struct desk_drafts_output), MEMBERS(drafts_members)};

static const struct api_member message_members[] = {
	{"kind", NULL, API_STRING, AT(desk_told, kind)},
	{"subject", NULL, API_STRING, AT(desk_told, subject)},
	{"content", NULL, API_STRING, AT(desk_told, content)},
	{"made_at", NULL, API_STRING, AT(desk_told, made_at)},
	{"role", "Told to all of this role", API_STRING, AT(desk_told, role)},
	{"reference", "Of the entry it is about", API_STRING,
		AT(desk_told, reference)},
};
static const struct api_shape message_shape = {"message",
	sizeof(struct desk_told), MEMBERS(message_members)};
static const struct api_member told_members[] = {
	{"messages", "For the asker", API_LIST,
		MANY(desk_told_output, told, count), .shape = &message_shape},
};
static const struct api_shape told_shape = {"told",
	sizeof(struct desk_told_output), MEMBERS(told_members)};

static const struct api_member feed_members[] = {
	{"kind", NULL, API_STRING, AT(desk_feeds_row, kind)},
	{"label", NULL, API_STRING, AT(desk_feeds_row, label)},
	{"rows", "Read", API_COUNT, AT(desk_feeds_row, rows)},
	{"refused", NULL, API_COUNT, AT(desk_feeds_row, refused)},
	{"repaired", NULL, API_COUNT, AT(desk_feeds_row, repaired)},
	{"warned", NULL, API_COUNT, AT(desk_feeds_row, warned)},
	{"children", NULL, API_COUNT, AT(desk_feeds_row, children)},
	{"linked", "Of these with children known before", API_COUNT,
		AT(desk_feeds_row, linked)},
	{"covers_from", NULL, API_DATE, AT(desk_feeds_row, covers.first)},
	{"covers_to", NULL, API_DATE, AT(desk_feeds_row, covers.last)},
	{"received", NULL, API_STRING, AT(desk_feeds_row, received)},
	{"batch", NULL, API_ID, AT(desk_feeds_row, batch)},
};
static const struct api_shape feed_shape = {"feed",
	sizeof(struct desk_feeds_row), MEMBERS(feed_members)};
static const struct api_member feeds_members[] = {
	{"feeds", NULL, API_LIST, MANY(desk_feeds_output, rows, count),
		.shape = &feed_shape},
};
static const struct api_shape feeds_shape = {"feeds",
	sizeof(struct desk_feeds_output), MEMBERS(feeds_members)};

/* ---- Routes ---- */

#define V1 "/api/v1"

const struct api_route api_table[] = {
	{HTTP_GET, V1, "about", "What there is", DESK_ACTS, "read",
		API_ANY_SCOPE, .write = api_index, .schema = "about"},
	{HTTP_GET, V1 "/registers", "registers",
		"The registers the asker works with", DESK_ACTS, "read",
		API_ANY_SCOPE, .write = api_definitions, .schema = "registers"},
	{HTTP_GET, V1 "/registers/{register:word}", "register",
		"A register's definition", DESK_ACTS, "read", API_REGISTER,
		.input = &register_asked_shape, .write = api_definition,
		.schema = "register"},
	{HTTP_GET, V1 "/registers/{register:word}/lists/{list:word}", "list",
		"A list of a register, as JSON or CSV", DESK_CASE_LIST, "read",
		API_REGISTER, .input = &list_asked_shape, .write = api_list,
		.schema = "list"},
	{HTTP_POST, V1 "/registers/{register:word}/entries", "open",
		"Take a step that opens an entry", DESK_CASE_STEP, "write",
		API_REGISTER, .input = &opening_shape, .output = &taken_shape,
		.prepare = prepare_opening, .write = api_case_step, .status = 201},
	{HTTP_GET, V1 "/registers/{register:word}/drafts/{step:word}",
		"draft_of_opening", "The asker's draft of a step that opens",
		DESK_DRAFT_READ, "write", API_REGISTER,
		.input = &draft_new_asked_shape, .output = &draft_out_shape},
	{HTTP_PUT, V1 "/registers/{register:word}/drafts/{step:word}",
		"keep_draft_of_opening", "Keep a draft of a step that opens",
		DESK_DRAFT_SAVE, "write", API_REGISTER, .input = &draft_new_shape},
	{HTTP_DELETE, V1 "/registers/{register:word}/drafts/{step:word}",
		"drop_draft_of_opening", "Throw it away", DESK_DRAFT_DROP,
		"write", API_REGISTER, .input = &draft_new_asked_shape},
	{HTTP_GET, V1 "/entries/{reference:text}", "entry", "An entry",
		DESK_CASE_READ, "read", API_ENTRY, .input = &entry_asked_shape,
		.write = api_case_entry, .schema = "entry"},
	{HTTP_GET, V1 "/entries/{reference:text}/history", "history",
		"What an entry was and who changed it", DESK_CASE_HISTORY,
		"read", API_ENTRY, .input = &history_asked_shape,
		.output = &history_shape},
	{HTTP_POST, V1 "/entries/{reference:text}/steps/{step:word}", "take",
		"Take a step, or try it", DESK_CASE_STEP, "write", API_ENTRY,
		.input = &step_shape, .output = &taken_shape,
		.prepare = prepare_step, .write = api_case_step},
	{HTTP_POST, V1 "/entries/{reference:text}/assign", "assign",
		"Give an entry to a person or team", DESK_CASE_ASSIGN, "write",
		API_ENTRY, .input = &assign_shape, .output = &taken_shape,
		.prepare = prepare_assign, .write = api_case_step},
	{HTTP_GET, V1 "/entries/{reference:text}/drafts/{step:word}", "draft",
		"The asker's draft of a step", DESK_DRAFT_READ, "write", API_ENTRY,
		.input = &draft_asked_shape, .output = &draft_out_shape},
	{HTTP_PUT, V1 "/entries/{reference:text}/drafts/{step:word}",
		"keep_draft", "Keep a draft of a step", DESK_DRAFT_SAVE,
		"write", API_ENTRY, .input = &draft_shape},
	{HTTP_DELETE, V1 "/entries/{reference:text}/drafts/{step:word}",
		"drop_draft", "Throw it away", DESK_DRAFT_DROP, "write",
		API_ENTRY, .input = &draft_asked_shape},
	{HTTP_POST, V1 "/bulk", "bulk", "Several steps, all or none",
		DESK_CASE_BULK, "write", API_EACH, .input = &bulk_shape,
		.output = &bulk_taken_shape, .prepare = prepare_bulk},
	{HTTP_GET, V1 "/proposals", "proposals",
		"Steps that wait for somebody to agree", DESK_PROPOSALS, "read",
		API_ALL, .input = &proposals_asked_shape,
		.output = &proposals_shape, .prepare = prepare_proposals},
	{HTTP_POST, V1 "/proposals/{id}", "decide",
		"Agree to a step, or return it", DESK_PROPOSAL_DECIDE, "write",
		API_ALL, .input = &decide_shape, .output = &taken_shape,
		.write = api_case_step},
	{HTTP_GET, V1 "/work", "work",
		"What is to be done by when, as JSON or a calendar", DESK_WORK,
		"read", API_ASKED, .input = &work_asked_shape,
		.write = api_work, .schema = "work"},
	{HTTP_GET, V1 "/children", "find", "Look for a child", DESK_CHILD_FIND,
		"read", API_ALL, .input = &find_asked_shape,
		.output = &find_shape},
	{HTTP_GET, V1 "/children/{id}", "child", "What is known of a child",
		DESK_CHILD_READ, "read", API_ALL, .input = &child_asked_shape,
		.write = api_case_child, .schema = "child"},
	{HTTP_GET, V1 "/children/{id}/looked", "looked",
		"Who looked at a child's record", DESK_CHILD_LOOKED, "read",
		API_ALL, .input = &child_asked_shape, .output = &looked_shape},
	{HTTP_POST, V1 "/children/{id}/glass", "break_glass",
		"Open a restricted record for an hour", DESK_GLASS_BREAK,
		"write", API_ALL, .input = &break_shape,
		.output = &opened_shape, .status = 201},
	{HTTP_POST, V1 "/children/{id}/restriction", "restrict",
		"Restrict a child's record", DESK_RESTRICT, "write", API_ALL,
		.input = &restrict_shape},
	{HTTP_DELETE, V1 "/children/{id}/restriction", "end_restriction",
		"End a restriction", DESK_RESTRICT, "write", API_ALL,
		.input = &unrestrict_shape},
	{HTTP_GET, V1 "/glass", "glass", "Openings that wait for review",
		DESK_GLASS_LIST, "read", API_ALL, .output = &glass_shape},
	{HTTP_POST, V1 "/glass/{id}", "review", "Review an opening",
		DESK_GLASS_REVIEW, "write", API_ALL, .input = &review_shape},
	{HTTP_GET, V1 "/drafts", "drafts", "The asker's drafts", DESK_DRAFTS,
		"write", API_ALL, .output = &drafts_shape},
	{HTTP_GET, V1 "/told", "told", "The asker's messages", DESK_TOLD,
		"read", API_ALL, .output = &told_shape},
	{HTTP_GET, V1 "/measures", "measures", "The measures there are",
		DESK_ACTS, "measure", API_NOTHING,
		.write = api_figures_measures, .schema = "measures"},
	{HTTP_GET, V1 "/measures/{id:text}", "measure", "A measure's figures",
		DESK_MEASURE, "measure", API_NOTHING,
		.input = &measure_asked_shape, .prepare = prepare_measure,
		.write = api_figures_measure, .schema = "figures"},
	{HTTP_GET, V1 "/reports/quarterly", "quarterly",
		"The quarterly performance report, as it may be published",
		DESK_REPORT, "report", API_NOTHING,
		.input = &report_asked_shape, .prepare = prepare_report,
		.write = api_figures_report, .schema = "quarterly"},
	{HTTP_GET, V1 "/feeds", "feeds", "What is loaded", DESK_FEEDS, "feeds",
		API_NOTHING, .output = &feeds_shape},
};
const size_t api_table_count = COUNT_OF(api_table);

/* What there is: the table, for people who look at the root first. */
bool api_index(struct api_call *call, struct fault *fault)
{
	(void)fault;
	api_begin(call);
	json_out_object(&call->json, NULL);
	json_out_string(&call->json, "version", "v1");
	json_out_array(&call->json, "routes");
	for (size_t i = 0; i < api_table_count; i++) {
		const struct api_route *route = &api_table[i];
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "name", route->name);
		json_out_string(&call->json, "method",
			http_method_name(route->method));
		json_out_string(&call->json, "path", route->pattern);
		json_out_string(&call->json, "about", route->about);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
	json_out_object_end(&call->json);
	return true;
}
