/* SPDX-License-Identifier: MIT
 *
 * The table of acts, and the one door in front of it.
 */
#include "desk/desk.h"

#include "codes/codes.h"
#include "desk/acts-inside.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/copy.h"
#include "store/writer.h"

extern const struct embedded desk_sql[];

static const struct {
	struct desk_row row; /* name, changes, is audited */
	acts_run *run;
} acts[DESK_ACTS] = {
	/* Each batch of an import has its own entry. */
	[DESK_IMPORT] = {{"import", true, false}, acts_import},
	[DESK_FEEDS] = {{"feeds", false, false}, acts_feeds},
	[DESK_MEASURE] = {{"measure", false, false}, acts_measure},
	[DESK_CHILDREN] = {{"read-children", false, true}, acts_children},
	[DESK_REPORT] = {{"report", false, false}, acts_report},
	[DESK_FREEZE] = {{"freeze", true, true}, acts_freeze},
	[DESK_SET] = {{"set", true, true}, acts_set},
	[DESK_COMMENT] = {{"comment", true, true}, acts_comment},
	[DESK_VERIFY] = {{"verify", false, false}, acts_verify},
	[DESK_FAULTS] = {{"faults", false, true}, acts_faults},
	[DESK_BACKUP] = {{"backup", false, true}, acts_backup},
	[DESK_APART] = {{"keep-apart", true, true}, acts_apart},
	[DESK_SOURCE] = {{"read-source", false, true}, acts_source},
	/* accounts/ enters what it does by itself. */
	[DESK_ACCOUNT] = {{"account", true, false}, acts_account},
	[DESK_ACCOUNTS] = {{"accounts", false, false}, acts_accounts},
	/* Every version kept has its own entry, besides the one about the child. */
	[DESK_CASE_READ] = {{"case-read", false, true}, acts_case_read},
	[DESK_CASE_HISTORY] = {{"case-history", false, true}, acts_case_history},
	[DESK_CASE_LIST] = {{"case-list", false, true}, acts_case_list},
	[DESK_CASE_STEP] = {{"case-step", true, true}, acts_case_step},
	[DESK_CASE_TRY] = {{"case-try", false, true}, acts_case_try},
	[DESK_CASE_BULK] = {{"case-bulk", true, true}, acts_case_bulk},
	[DESK_CASE_ASSIGN] = {{"case-assign", true, true}, acts_case_assign},
	[DESK_PROPOSALS] = {{"proposals", false, true}, acts_proposals},
	[DESK_PROPOSAL_DECIDE] = {{"proposal-decide", true, true},
		acts_proposal_decide},
	[DESK_WORK] = {{"work", false, true}, acts_work},
	[DESK_CHILD_FIND] = {{"child-find", false, true}, acts_child_find},
	[DESK_CHILD_READ] = {{"child-read", false, true}, acts_child_read},
	[DESK_CHILD_LOOKED] = {{"child-looked", false, true}, acts_child_looked},
	[DESK_RESTRICT] = {{"restrict", true, true}, acts_restrict},
	[DESK_GLASS_BREAK] = {{"glass-break", true, true}, acts_glass_break},
	[DESK_GLASS_LIST] = {{"glass-list", false, true}, acts_glass_list},
	[DESK_GLASS_REVIEW] = {{"glass-review", true, true}, acts_glass_review},
	[DESK_DRAFT_SAVE] = {{"draft-save", true, true}, acts_draft_save},
	[DESK_DRAFT_READ] = {{"draft-read", false, true}, acts_draft_read},
	[DESK_DRAFTS] = {{"drafts", false, true}, acts_drafts},
	[DESK_DRAFT_DROP] = {{"draft-drop", true, true}, acts_draft_drop},
	[DESK_TOLD] = {{"told", false, true}, acts_told},
	[DESK_LETTER] = {{"letter", false, true}, acts_letter},
	[DESK_LETTER_SEND] = {{"letter-send", true, true}, acts_letter_send},
	[DESK_LETTERS] = {{"letters", false, true}, acts_letters},
	[DESK_DISPOSALS] = {{"disposals", false, true}, acts_disposals},
	[DESK_DISPOSAL_ASK] = {{"disposal-ask", true, true}, acts_disposal_ask},
	[DESK_DISPOSAL_AGREE] = {{"disposal-agree", true, true},
		acts_disposal_agree},
	[DESK_HOLD] = {{"hold", true, true}, acts_hold},
	[DESK_SUBJECT] = {{"subject-access", false, true}, acts_subject},
	[DESK_INTAKE] = {{"intake", true, true}, acts_intake},
	[DESK_TERMLY] = {{"termly-return", false, true}, acts_termly},
};

/* ---- Who may ---- */

/* Words of the list `acts` that stand for several roles, by a column of the
 * list `roles`; "definition" is for everybody, as the register says more. */
static uint64_t roles_meant(const struct codes_list *roles, struct text word)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < roles->count && i < DEFINITION_ROLES; i++) {
		const struct codes_entry *role = &roles->entries[i];
		bool is_meant = text_is(word, "definition")
			|| text_equals(word, role->code)
			|| text_equals(word, codes_column(role, "kind"))
			|| text_equals(word, codes_column(role, "reads"));
		bits |= (uint64_t)is_meant << i;
	}
	return bits;
}

static const struct codes_entry *entry_of(const struct desk *desk,
	enum desk_act act)
{
	return codes_find(desk->codes, "acts", text_of(acts[act].row.name),
		DATE_NONE);
}

static void read_allowed(struct desk *desk)
{
	const struct codes_list *roles = codes_list(desk->codes, "roles");
	for (int i = 0; i < DESK_ACTS; i++) {
		const struct codes_entry *entry = entry_of(desk,
			(enum desk_act)i);
		struct text words = entry == NULL ? TEXT("")
						  : codes_column(entry, "roles");
		while (words.length > 0)
			desk->allowed[i] |= roles_meant(roles,
				text_split(words, ' ', &words));
	}
}

bool desk_may(const struct desk *desk, enum desk_act act)
{
	return desk->person.is_operator
		|| (desk->allowed[act] & desk->person.roles) != 0;
}

const struct desk_row *desk_row(enum desk_act act)
{
	return &acts[act].row;
}

/* A definition that changed since finds its tables made anew. */
static bool bring_up(const struct registers *registers,
	const struct region *region, struct fault *fault)
{
	for (size_t i = 0; i < region->count; i++) {
		const struct region_part *part = &region->parts[i];
		size_t changed;
		if (!store_is_kept_from_writing(part->store)
			&& !register_up(registers, part->store, part->la,
				&changed, fault))
			return false;
	}
	return true;
}

static bool take_role(struct desk *desk, const char *role, struct fault *fault)
{
	const struct codes_list *roles = codes_list(desk->codes, "roles");
	if (role == NULL)
		return true;
	for (size_t i = 0; i < roles->count && i < DEFINITION_ROLES; i++)
		if (text_is(roles->entries[i].code, role))
			desk->person.roles = (uint64_t)1 << i;
	if (desk->person.roles != 0)
		return true;
	fault_set(fault, FAULT_USAGE, "there is no role \"%s\"", role);
	return fault_hint(fault, "see the code list roles");
}

bool desk_open(const struct desk_options *options, struct arena *arena,
	struct desk *out_desk, struct fault *fault)
{
	struct registers *registers;
	struct desk desk = {.arena = arena,
		.url = options->url,
		.person = {.login = options->actor,
			.is_operator = options->role == NULL,
			.purpose = "command line"},
		.la = options->la,
		.today = options->today};
	if (!codes_open(arena, options->definitions, &desk.codes, fault)
		|| !register_open(arena, desk.codes, options->definitions,
			&registers, fault)
		|| !measure_open(arena, options->definitions, &desk.measures, fault)
		|| !quarterly_pack_open(arena, options->definitions, &desk.pack,
			fault)
		|| !region_open(&(struct region_options){.url = options->url,
					.la = options->la,
					.is_read_only = options->is_read_only},
			arena, &desk.region, fault))
		return false;
	desk.registers = registers;
	read_allowed(&desk);
	if (!take_role(&desk, options->role, fault))
		return false;
	*out_desk = desk;
	return options->is_read_only || bring_up(registers, &desk.region, fault);
}

void desk_seat(const struct desk *desk, const struct person *person,
	struct arena *arena, struct desk *out_desk)
{
	*out_desk = *desk;
	out_desk->person = *person;
	out_desk->arena = arena;
}

static bool set_codes(const struct region_part *part, const struct codes *codes,
	struct arena *arena, struct fault *fault)
{
	const struct codes_entry *entry = codes_find(codes, "authorities",
		text_of(arena_format(arena, "%d", part->la)), DATE_NONE);
	return entry == NULL
		|| store_run(part->store,
			store_find(desk_sql, "set_authority_codes"),
			STORE_VALUES(store_integer(part->la),
				store_maybe(codes_column(entry, "ons")),
				store_maybe(codes_column(entry, "region"))),
			fault);
}

bool desk_init(const char *url, int la, const char *name,
	const char *definitions, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct codes *codes;
	struct registers *registers;
	struct region region;
	bool is_done = codes_open(arena, definitions, &codes, fault)
		&& register_open(arena, codes, definitions, &registers, fault)
		&& region_init(url, la, name, fault)
		&& region_open(&(struct region_options){.url = url, .la = la},
			arena, &region, fault)
		&& set_codes(&region.parts[0], codes, arena, fault)
		&& bring_up(registers, &region, fault);
	arena_close(arena);
	return is_done;
}

bool desk_copy(const char *from_url, const char *to_url, int la,
	struct fault *fault)
{
	return copy_store(from_url, to_url, la, NULL, fault);
}

bool desk_restore(const char *file, const char *url, struct fault *fault)
{
	return backup_restore(file, url, fault);
}

/* "Compute a measure", within a sentence. */
static const char *about(const struct desk *desk, enum desk_act act)
{
	const struct codes_entry *entry = entry_of(desk, act);
	struct text label = entry == NULL ? text_of(acts[act].row.name)
					  : entry->label;
	char first = label.length == 0 ? ' ' : label.at[0];
	if (first >= 'A' && first <= 'Z')
		first = (char)(first - 'A' + 'a');
	return arena_format(desk->arena, "%c" TEXT_FORMAT, first,
		TEXT_ARGS(text_cut(label, 1, label.length)));
}

static bool write_entry(struct desk *desk, const struct region_part *part,
	const struct desk_row *row, const struct acts_note *note,
	struct fault *fault)
{
	return audit_add(part->store, part->la,
		&(struct audit_entry){.actor = desk->person.login,
			.purpose = desk->person.purpose,
			.act = row->name,
			.subject = note->subject,
			.subject_key = note->key,
			.detail = note->detail},
		fault);
}

/* A server's writer stays open; a command makes its own. */
bool desk_submit(struct desk *desk, const struct region_part *part,
	writer_act *act, void *data, struct fault *fault)
{
	struct writer *writer;
	if (desk->writers != NULL)
		return writers_for(desk->writers, part, &writer, fault)
			&& writer_submit(writer, act, data, fault);
	if (!writer_open(part->url, part->la, &writer, fault))
		return false;
	bool is_done = writer_submit(writer, act, data, fault);
	writer_close(writer);
	return is_done;
}

/* An entry about a reading, on its way through a server's writer. */
struct reading {
	struct desk *desk;
	const struct region_part *part;
	const struct desk_row *row;
	const struct acts_note *note;
};

static bool enter(struct store *store, int la, void *data, struct fault *fault)
{
	struct reading *reading = data;
	struct region_part part = *reading->part;
	(void)la;
	part.store = store;
	return write_entry(reading->desk, &part, reading->row, reading->note,
		fault);
}

static bool enter_now(struct reading *reading, struct fault *fault)
{
	struct store *store = reading->part->store;
	if (!store_begin(store, fault))
		return false;
	if (enter(store, reading->part->la, reading, fault)
		&& store_commit(store, fault))
		return true;
	store_rollback(store);
	return false;
}

/* Who looked at children must stand in the chain: where it cannot be written,
 * such a reading is refused before it begins. */
static bool may_be_entered(const struct desk *desk, enum desk_act act,
	struct fault *fault)
{
	/* A server's readers never write; its writers do. */
	for (size_t i = 0; i < desk->region.count && desk->writers == NULL; i++) {
		if (!store_is_kept_from_writing(desk->region.parts[i].store))
			continue;
		fault_set(fault, FAULT_DENIED,
			"who wants to %s is entered in the audit chain, and this"
			" database cannot be written",
			about(desk, act));
		return fault_hint(fault,
			"figures and reports can be made from it all the same");
	}
	return true;
}

/* A reading act is done first, then its entries are written and committed, and
 * only then may its result be shown. */
static bool read_audited(struct desk *desk, enum desk_act act,
	const void *input, void *output, struct fault *fault)
{
	struct acts_note note = {0};
	if (!may_be_entered(desk, act, fault)
		|| !acts[act].run(desk, input, output, &note, fault))
		return false;
	for (size_t i = 0; i < desk->region.count; i++) {
		struct reading reading = {desk, &desk->region.parts[i],
			&acts[act].row, &note};
		if (desk->la != 0 && reading.part->la != desk->la)
			continue;
		if (!(desk->writers == NULL ? enter_now(&reading, fault)
					    : desk_submit(desk, reading.part,
						    enter, &reading, fault)))
			return false;
	}
	return true;
}

/* A change on its way through the writer. */
struct change {
	struct desk *desk;
	enum desk_act act;
	const struct region_part *part;
	const void *input;
	void *output;
};

/* On the writer's thread and connection: the act sees a desk of one authority
 * behind that connection. The caller waits, so the arena is ours. */
static bool run_change(struct store *store, int la, void *data,
	struct fault *fault)
{
	struct change *change = data;
	struct region_part part = *change->part;
	struct desk inside = *change->desk;
	struct acts_note note = {0};
	part.store = store;
	inside.la = la;
	inside.region = (struct region){&part, 1};
	return acts[change->act].run(&inside, change->input, change->output,
		       &note, fault)
		&& write_entry(&inside, &part, &acts[change->act].row, &note,
			fault);
}

/* Every change goes through the authority's writer, which answers only after
 * the commit. */
static bool change_audited(struct desk *desk, enum desk_act act,
	const void *input, void *output, struct fault *fault)
{
	struct region_part part;
	if (!region_one(&desk->region, desk->la, &part, fault))
		return false;
	struct change change = {desk, act, &part, input, output};
	return desk_submit(desk, &part, run_change, &change, fault);
}

bool desk_perform(struct desk *desk, enum desk_act act, const void *input,
	void *output, struct fault *fault)
{
	const struct desk_row *row = &acts[act].row;
	struct acts_note note = {0};
	if (!desk_may(desk, act))
		return fault_set(fault, FAULT_DENIED, "your role may not %s",
			about(desk, act));
	if (!row->is_audited)
		return acts[act].run(desk, input, output, &note, fault);
	return row->changes ? change_audited(desk, act, input, output, fault)
			    : read_audited(desk, act, input, output, fault);
}
