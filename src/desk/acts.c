/* SPDX-License-Identifier: MIT
 *
 * The acts on feeds, settings and the audit chain.
 */
#include <stdio.h>

#include "base/file.h"
#include "base/moment.h"
#include "desk/acts-inside.h"
#include "measures/setting.h"
#include "people/apart.h"
#include "store/audit.h"
#include "store/backup.h"

extern const struct embedded desk_sql[];

static const char *kept(struct desk *desk, const struct store_rows *rows,
	int column)
{
	return arena_string(desk->arena, store_get_text(rows, column));
}

bool acts_import(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)note;
	const struct desk_import_input *in = input;
	struct region_part part;
	if (!region_one(&desk->region, desk->la, &part, fault))
		return false;
	return import_run(&(struct import_request){.part = &part,
				  .kind = in->kind,
				  .paths = in->paths,
				  .path_count = in->path_count,
				  .actor = desk->person.login,
				  .codes = desk->codes,
				  .covers = in->covers,
				  .today = desk->today},
		desk->arena, output, fault);
}

static bool add_feeds(struct desk *desk, const struct region_part *part,
	struct desk_feeds_row *into, size_t most, size_t *count,
	struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(part->store, store_find(desk_sql, "feeds"),
		    STORE_VALUES(store_integer(part->la)), &rows, fault))
		return false;
	while (*count < most && store_next(rows, fault)) {
		struct desk_feeds_row *row = &into[(*count)++];
		row->la = part->la;
		row->batch = store_get_integer(rows, 0);
		row->kind = kept(desk, rows, 1);
		row->label = kept(desk, rows, 2);
		int64_t *numbers[] = {&row->rows, &row->refused, &row->repaired,
			&row->warned, &row->children, &row->linked};
		for (size_t i = 0; i < COUNT_OF(numbers); i++)
			*numbers[i] = store_get_integer(rows, (int)i + 3);
		row->covers = (struct period){store_get_date(rows, 9),
			store_get_date(rows, 10)};
		row->received = kept(desk, rows, 11);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

bool acts_feeds(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)input;
	(void)note;
	enum { MOST = 10000 };
	struct desk_feeds_output *out = output;
	struct desk_feeds_row *rows = arena_array(desk->arena, MOST,
		sizeof *rows);
	size_t count = 0;
	for (size_t i = 0; i < desk->region.count; i++)
		if (!add_feeds(desk, &desk->region.parts[i], rows, MOST, &count,
			    fault))
			return false;
	*out = (struct desk_feeds_output){rows, count};
	return true;
}

static bool check_setting(const struct desk_set_input *in, struct fault *fault)
{
	const struct setting_row *row = setting_find(text_of(in->name));
	size_t count;
	if (row == NULL) {
		fault_set(fault, FAULT_USAGE, "there is no setting \"%s\"",
			in->name);
		const struct setting_row *rows = setting_rows(&count);
		return fault_hint(fault, "there are %s and %s", rows[0].name,
			rows[count - 1].name);
	}
	for (int i = 0; i < SETTING_VALUES; i++)
		if (text_is(text_of(in->value), row->values[i]))
			return true;
	fault_set(fault, FAULT_USAGE, "%s cannot be \"%s\"", in->name, in->value);
	return fault_hint(fault, "it may be %s or %s", row->values[0],
		row->values[1]);
}

bool acts_set(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)output;
	const struct desk_set_input *in = input;
	struct region_part part;
	char now[MOMENT_TEXT];
	moment_write(moment_now(), now);
	*note = (struct acts_note){"setting", in->name, in->value};
	return check_setting(in, fault)
		&& region_one(&desk->region, desk->la, &part, fault)
		&& store_run(part.store, store_find(desk_sql, "set"),
			STORE_VALUES(store_integer(part.la),
				store_string(in->name), store_date(in->from),
				store_string(in->value),
				store_string(desk->person.login),
				store_string(now)),
			fault);
}

static bool verify_versions(struct desk *desk, const struct region_part *part,
	struct desk_verify_row *row, struct fault *fault)
{
	struct keep_verdict verdict = {.why = ""};
	bool is_read = keep_verify(part->store, part->la, &verdict, fault);
	row->versions = verdict.versions;
	row->broken_entry = verdict.broken_entry;
	row->broken_version = verdict.broken_version;
	row->broken_why = arena_string(desk->arena, text_of(verdict.why));
	return is_read || !fault_is_set(fault);
}

bool acts_verify(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)input;
	(void)note;
	struct desk_verify_output *out = output;
	struct desk_verify_row *rows = arena_array(desk->arena,
		desk->region.count, sizeof *rows);
	for (size_t i = 0; i < desk->region.count; i++) {
		const struct region_part *part = &desk->region.parts[i];
		struct audit_verdict verdict;
		if (!audit_verify(part->store, part->la, &verdict, fault))
			return false;
		rows[i].la = part->la;
		rows[i].verdict.entries = verdict.entries;
		rows[i].verdict.broken_at = verdict.broken_at;
		rows[i].verdict.head = arena_string(desk->arena,
			text_of(verdict.head));
		rows[i].verdict.why = arena_string(desk->arena,
			text_of(verdict.why));
		if (!verify_versions(desk, part, &rows[i], fault))
			return false;
	}
	*out = (struct desk_verify_output){rows, desk->region.count};
	return true;
}

static bool read_faults(struct desk *desk, const struct region_part *part,
	const struct desk_faults_input *in, struct desk_faults_output *out,
	struct fault *fault)
{
	int64_t batch = in->batch;
	if (batch == 0
		&& !store_number(part->store, store_find(desk_sql, "newest_batch"),
			STORE_VALUES(store_integer(part->la)), &batch, fault))
		return !fault_is_set(fault);
	struct store_rows *rows;
	if (!store_query(part->store, store_find(desk_sql, "faults"),
		    STORE_VALUES(store_integer(part->la), store_integer(batch),
			    store_integer((int64_t)in->most)),
		    &rows, fault))
		return false;
	struct desk_fault *faults = arena_array(desk->arena, in->most,
		sizeof *faults);
	size_t count = 0;
	while (count < in->most && store_next(rows, fault)) {
		struct desk_fault *row = &faults[count++];
		row->batch = store_get_integer(rows, 0);
		const char **texts[] = {&row->file, &row->column, &row->value,
			&row->rule, &row->severity, &row->message};
		for (size_t i = 0; i < COUNT_OF(texts); i++)
			*texts[i] = kept(desk, rows, (int)i + 1);
		row->row = store_get_integer(rows, 7);
	}
	store_end(rows);
	*out = (struct desk_faults_output){faults, count};
	return !fault_is_set(fault);
}

bool acts_faults(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_faults_input *in = input;
	struct desk_faults_output *out = output;
	struct region_part part;
	*out = (struct desk_faults_output){NULL, 0};
	*note = (struct acts_note){"import_fault",
		arena_format(desk->arena, "%lld", (long long)in->batch), ""};
	return region_one(&desk->region, desk->la, &part, fault)
		&& read_faults(desk, &part, in, out, fault);
}

bool acts_backup(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)output;
	const struct desk_backup_input *in = input;
	*note = (struct acts_note){"database",
		arena_string(desk->arena, file_name(text_of(in->file))), ""};
	return backup_make(desk->url, in->file, fault);
}

bool acts_apart(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)output;
	const struct desk_apart_input *in = input;
	struct region_part part;
	*note = (struct acts_note){"child", in->child, in->reason};
	return region_one(&desk->region, desk->la, &part, fault)
		&& apart_keep(part.store, part.la,
			&(struct apart_pair){text_of(in->child),
				text_of(in->other), text_of(in->reason)},
			fault);
}
