/* SPDX-License-Identifier: MIT
 *
 * Reading entries: one, its history, a list.
 */
#include <stdlib.h>

#include "desk/case_at-inside.h"

/* ---- One entry ---- */

/* The steps that stand open and that the person may take. */
static void find_steps(struct case_at *at, const struct entry *entry,
	struct desk_case *out)
{
	const struct definition *of = entry->of;
	const struct definition_step **steps = arena_array(at->desk->arena,
		of->step_count + 1, sizeof *steps);
	for (size_t i = 0; i < of->step_count; i++) {
		const struct definition_step *step = &of->steps[i];
		bool may = at->desk->person.is_operator
			|| sight_step(of, step, at->roles,
				   case_at_relation(at, entry))
				== SIGHT_YES;
		if (may && !step->opens
			&& step_is_open(entry, step, at->desk->today))
			steps[out->step_count++] = step;
	}
	out->steps = steps;
}

static bool load_as_asked(struct case_at *at, const struct desk_case_input *in,
	struct entry **io_entry, struct fault *fault)
{
	if (in->known_at != NULL)
		return keep_load_known(&at->keep, (*io_entry)->id, in->known_at,
			io_entry, fault);
	return in->version == 0
		|| keep_load_version(&at->keep, (*io_entry)->id, in->version,
			io_entry, fault);
}

bool acts_case_read(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_case_input *in = input;
	struct desk_case *out = output;
	struct case_at at;
	struct entry *entry;
	struct condition_calendar calendar;
	if (!case_at_open(desk, &at, fault)
		|| !case_at_load(&at, in->reference, &entry, fault)
		|| !load_as_asked(&at, in, &entry, fault)
		|| !keep_dress(&at.keep, entry, desk->today, &calendar, fault))
		return false;
	*out = (struct desk_case){.definition = entry->of,
		.entry = entry,
		.reference = case_at_reference(&at, entry->of, entry->id),
		.roles = at.roles};
	work_of(entry, desk->today, &calendar, desk->arena, &out->work,
		&out->work_count);
	find_steps(&at, entry, out);
	*note = case_at_note(&at, entry->subject, out->reference);
	return case_at_blank(&at, entry, fault);
}

/* ---- History ---- */

static bool read_version(struct case_at *at, const struct entry *newest,
	const struct keep_version *version, struct entry **out_entry,
	struct fault *fault)
{
	struct entry *entry = entry_new(newest->of, at->part.la,
		newest->subject, at->desk->arena);
	entry->id = newest->id;
	entry->version = version->version;
	*out_entry = entry;
	return entry_read(entry, version->document, fault)
		&& case_at_blank(at, entry, fault);
}

/* Versions after `from`, newest first, each with what it changed. */
bool acts_versions(struct case_at *at, const struct entry *newest, int from,
	const struct desk_version **out_versions, size_t *out_count,
	struct fault *fault)
{
	const struct keep_version *kept;
	size_t count;
	if (!keep_history(&at->keep, newest->id, &kept, &count, fault))
		return false;
	struct desk_version *versions = arena_array(at->desk->arena, count + 1,
		sizeof *versions);
	struct entry *before = entry_new(newest->of, at->part.la,
		newest->subject, at->desk->arena);
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		struct entry *after;
		if (!read_version(at, newest, &kept[i], &after, fault))
			return false;
		if (kept[i].version > from)
			found++;
		struct desk_version *version = &versions[count - 1 - i];
		*version = (struct desk_version){.version = kept[i].version,
			.at = kept[i].at,
			.step = kept[i].step,
			.actor = kept[i].actor,
			.reason = kept[i].reason,
			.on = kept[i].on};
		keep_compare(before, after, at->desk->arena,
			&version->differences, &version->count);
		before = after;
	}
	*out_versions = versions;
	*out_count = found;
	return true;
}

bool acts_case_history(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_case_input *in = input;
	struct desk_history_output *out = output;
	struct case_at at;
	struct entry *entry;
	*out = (struct desk_history_output){NULL, NULL, 0};
	if (!case_at_open(desk, &at, fault)
		|| !case_at_load(&at, in->reference, &entry, fault)
		|| !acts_versions(&at, entry, 0, &out->versions, &out->count,
			fault))
		return false;
	out->reference = case_at_reference(&at, entry->of, entry->id);
	*note = case_at_note(&at, entry->subject, out->reference);
	return true;
}

/* ---- Lists ---- */

struct seen {
	struct case_at *at;
	const struct definition *of;
};

static bool sees(void *context, int64_t child, struct text owner, struct text team)
{
	const struct seen *seen = context;
	const struct case_at *at = seen->at;
	if (at->desk->person.is_operator)
		return true;
	enum sight_relation relation = sight_relation(at->sight, child, owner,
		team);
	return sight_read(seen->of, at->roles, relation) == SIGHT_YES;
}

struct order {
	size_t column;
	bool is_downwards;
};

static int compare_values(struct value a, struct value b)
{
	if (a.kind != b.kind) /* what is not given stands last */
		return a.kind == VALUE_EMPTY    ? 1
			: b.kind == VALUE_EMPTY ? -1
						: 0;
	switch (a.kind) {
	case VALUE_TEXT:
		return text_compare(a.text, b.text);
	case VALUE_DATE:
		return (a.date.day > b.date.day) - (a.date.day < b.date.day);
	case VALUE_NUMBER:
		return (a.number > b.number) - (a.number < b.number);
	case VALUE_FLAG:
		return (int)b.flag - (int)a.flag;
	default:
		return 0;
	}
}

static int compare_lines(const void *a, const void *b, void *context)
{
	const struct roster_line *x = a, *y = b;
	const struct order *order = context;
	struct value p = x->values[order->column], q = y->values[order->column];
	int by = compare_values(p, q);
	bool has_both = p.kind != VALUE_EMPTY && q.kind != VALUE_EMPTY;
	if (order->is_downwards && has_both)
		by = -by;
	return by != 0 ? by : (x->entry > y->entry) - (x->entry < y->entry);
}

static bool find_order(const struct definition_list *list, struct text word,
	struct order *out_order, struct fault *fault)
{
	struct order order = {.is_downwards = text_starts(word, TEXT("-"))};
	if (order.is_downwards)
		word = text_cut(word, 1, word.length);
	for (; order.column < list->column_count; order.column++)
		if (text_is(word, list->columns[order.column]->name)) {
			*out_order = order;
			return true;
		}
	return fault_set(fault, FAULT_USAGE,
		"the list cannot be put in order by \"" TEXT_FORMAT "\"",
		TEXT_ARGS(word));
}

static bool find_list(struct desk *desk, const struct desk_list_input *in,
	const struct register_one **out_one,
	const struct definition_list **out_list, struct fault *fault)
{
	*out_one = register_find(desk->registers, in->register_name);
	/* Whoever has no business with the register is not told its lists. */
	bool is_told = *out_one != NULL
		&& (desk->person.is_operator
			|| sight_read((*out_one)->definition,
				   desk->person.roles, SIGHT_OWNS)
				== SIGHT_YES);
	*out_list = !is_told ? NULL
			     : definition_list((*out_one)->definition, in->list);
	if (*out_list != NULL)
		return true;
	fault_set(fault, FAULT_MISSING, "there is no such list");
	return false;
}

/* Fields of the list that the person is not shown. */
static void blank_columns(const struct case_at *at,
	const struct definition_list *list, struct roster_line *lines,
	size_t count)
{
	for (size_t c = 0; c < list->column_count; c++) {
		bool is_hidden = !sight_field(list->columns[c], at->roles)
			|| list->columns[c]->sealed_until != NULL;
		for (size_t i = 0; i < count && is_hidden; i++)
			lines[i].values[c] = value_empty();
	}
}

static void take_page(struct case_at *at, const struct desk_list_input *in,
	const struct roster_line *lines, struct desk_list_output *out)
{
	size_t size = in->page_size == 0 ? DESK_PAGE : in->page_size;
	if (size > DESK_PAGE_MOST)
		size = DESK_PAGE_MOST;
	size_t page = in->page == 0 ? 1 : in->page;
	size_t first = (page - 1) * size;
	struct desk_list_line *kept = arena_array(at->desk->arena, size,
		sizeof *kept);
	for (size_t i = first; i < out->total && out->count < size; i++)
		kept[out->count++] = (struct desk_list_line){lines[i],
			case_at_reference(at, out->definition, lines[i].entry)};
	out->lines = kept;
	out->page = page;
	out->page_size = size;
}

bool acts_case_list(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_list_input *in = input;
	struct desk_list_output *out = output;
	const struct register_one *one;
	const struct definition_list *list;
	const struct roster_line *lines;
	struct case_at at;
	struct order order;
	size_t count;
	if (!find_list(desk, in, &one, &list, fault)
		|| !case_at_open(desk, &at, fault)
		|| (in->order.length > 0
			&& !find_order(list, in->order, &order, fault)))
		return false;
	struct seen seen = {&at, one->definition};
	struct roster_request request = {.registers = desk->registers,
		.one = one,
		.list = list,
		.today = desk->today,
		.sees = sees,
		.context = &seen};
	if (!roster_read(at.part.store, at.part.la, &request, desk->arena,
		    &lines, &count, fault))
		return false;
	struct roster_line *own = arena_array(desk->arena, count + 1,
		sizeof *own);
	for (size_t i = 0; i < count; i++)
		own[i] = lines[i];
	blank_columns(&at, list, own, count);
	if (in->order.length > 0)
		qsort_r(own, count, sizeof *own, compare_lines, &order);
	*out = (struct desk_list_output){.definition = one->definition,
		.list = list,
		.total = count};
	take_page(&at, in, own, out);
	*note = (struct acts_note){"register", one->definition->name, list->name};
	return true;
}
