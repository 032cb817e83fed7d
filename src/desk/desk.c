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
	struct desk_row row;
	acts_run *run;
} acts[DESK_ACTS] = {
	[DESK_IMPORT] = {{"import", "read returns and extracts", DESK_OPERATOR,
				 true, false}, /* each batch has its own entry */
		acts_import},
	[DESK_FEEDS] = {{"feeds", "see what is loaded", DESK_VIEWER, false, false},
		acts_feeds},
	[DESK_MEASURE] = {{"measure", "compute a measure", DESK_ANALYST, false,
				  false},
		acts_measure},
	[DESK_CHILDREN] = {{"read-children", "see the children behind a figure",
				   DESK_OPERATOR, false, true},
		acts_children},
	[DESK_REPORT] = {{"report", "compute the quarterly report", DESK_VIEWER,
				 false, false},
		acts_report},
	[DESK_FREEZE] = {{"freeze", "keep a quarter's values as published",
				 DESK_OPERATOR, true, true},
		acts_freeze},
	[DESK_SET] = {{"set", "change a setting", DESK_OPERATOR, true, true},
		acts_set},
	[DESK_COMMENT] = {{"comment", "write commentary beside a measure",
				  DESK_ANALYST, true, true},
		acts_comment},
	[DESK_VERIFY] = {{"verify", "check the audit chain", DESK_VIEWER, false,
				 false},
		acts_verify},
	[DESK_FAULTS] = {{"faults", "see what was wrong with an import",
				 DESK_OPERATOR, false, true},
		acts_faults},
	[DESK_BACKUP] = {{"backup", "make a backup", DESK_OPERATOR, false, true},
		acts_backup},
	[DESK_APART] = {{"keep-apart", "keep two records apart", DESK_OPERATOR,
				true, true},
		acts_apart},
	[DESK_SOURCE] = {{"read-source", "see an imported row as it came",
				 DESK_OPERATOR, false, true},
		acts_source},
	[DESK_ACCOUNT] = {{"account", "change accounts and teams",
				  DESK_OPERATOR, true, false}, /* by accounts/ */
		acts_account},
	[DESK_ACCOUNTS] = {{"accounts", "see accounts and teams", DESK_OPERATOR,
				   false, false},
		acts_accounts},
};

const struct desk_row *desk_row(enum desk_act act)
{
	return &acts[act].row;
}

bool desk_open(const struct desk_options *options, struct arena *arena,
	struct desk *out_desk, struct fault *fault)
{
	struct desk desk = {.arena = arena,
		.url = options->url,
		.actor = options->actor,
		.role = options->role,
		.la = options->la,
		.today = options->today};
	if (!codes_open(arena, options->definitions, &desk.codes, fault)
		|| !measure_open(arena, options->definitions, &desk.measures, fault)
		|| !quarterly_pack_open(arena, options->definitions, &desk.pack,
			fault)
		|| !region_open(&(struct region_options){.url = options->url,
					.la = options->la,
					.is_read_only = options->is_read_only},
			arena, &desk.region, fault))
		return false;
	*out_desk = desk;
	return true;
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
	struct region region;
	bool is_done = codes_open(arena, definitions, &codes, fault)
		&& region_init(url, la, name, fault)
		&& region_open(&(struct region_options){.url = url, .la = la},
			arena, &region, fault)
		&& set_codes(&region.parts[0], codes, arena, fault);
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

static bool write_entry(struct desk *desk, const struct region_part *part,
	const struct desk_row *row, const struct acts_note *note,
	struct fault *fault)
{
	return audit_add(part->store, part->la,
		&(struct audit_entry){.actor = desk->actor,
			.purpose = "command line",
			.act = row->name,
			.subject = note->subject,
			.subject_key = note->key,
			.detail = note->detail},
		fault);
}

/* Who looked at children must stand in the chain: where it cannot be written,
 * such a reading is refused before it begins. */
static bool may_be_entered(const struct desk *desk, enum desk_act act,
	struct fault *fault)
{
	for (size_t i = 0; i < desk->region.count; i++) {
		if (!store_is_kept_from_writing(desk->region.parts[i].store))
			continue;
		fault_set(fault, FAULT_DENIED,
			"who wants to %s is entered in the audit chain, and this"
			" database cannot be written",
			acts[act].row.about);
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
		struct region_part *part = &desk->region.parts[i];
		if (!store_begin(part->store, fault))
			return false;
		if (!write_entry(desk, part, &acts[act].row, &note, fault)
			|| !store_commit(part->store, fault)) {
			store_rollback(part->store);
			return false;
		}
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
	struct writer *writer;
	if (!region_one(&desk->region, desk->la, &part, fault)
		|| !writer_open(part.url, part.la, &writer, fault))
		return false;
	struct change change = {desk, act, &part, input, output};
	bool is_done = writer_submit(writer, run_change, &change, fault);
	writer_close(writer);
	return is_done;
}

bool desk_perform(struct desk *desk, enum desk_act act, const void *input,
	void *output, struct fault *fault)
{
	const struct desk_row *row = &acts[act].row;
	struct acts_note note = {0};
	if (desk->role < row->least) {
		fault_set(fault, FAULT_DENIED, "your role may not %s",
			row->about);
		return false;
	}
	if (!row->is_audited)
		return acts[act].run(desk, input, output, &note, fault);
	return row->changes ? change_audited(desk, act, input, output, fault)
			    : read_audited(desk, act, input, output, fault);
}
