/* SPDX-License-Identifier: MIT
 *
 * The functions over the rows of a part. While one row is looked at, it stands
 * in the frame at the level of the function.
 */
#include "register/condition-inside.h"

static struct condition_rows rows_of(const struct condition_frame *frame,
	const struct condition_node *node)
{
	const struct condition_rows *parts = frame->input->parts;
	return parts == NULL ? (struct condition_rows){.count = 0}
			     : parts[node->part - 1];
}

static struct value cell(const struct condition_node *column,
	const struct value *row)
{
	return row[column->slot].kind == column->kind ? row[column->slot]
						      : value_empty();
}

/* Whether the row meets the condition, if the function has one. */
static bool is_meant(const struct condition_node *node,
	struct condition_frame *frame, const struct value *row)
{
	if (node->count < 2)
		return true;
	const struct condition_node *asked = node->arguments[1];
	frame->rows[node->level] = row;
	struct value value = asked->run(asked, frame);
	return value.kind == VALUE_FLAG && value.flag;
}

struct value condition_run_count(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct condition_rows rows = rows_of(frame, node->arguments[0]);
	if (node->count < 2)
		return value_number((int64_t)rows.count);
	int64_t count = 0;
	for (size_t i = 0; i < rows.count; i++)
		count += is_meant(node, frame, rows.rows[i]);
	return value_number(count);
}

static bool is_one(const struct condition_node *node,
	struct condition_frame *frame, bool wanted)
{
	struct condition_rows rows = rows_of(frame, node->arguments[0]);
	for (size_t i = 0; i < rows.count; i++)
		if (is_meant(node, frame, rows.rows[i]) == wanted)
			return true;
	return false;
}

struct value condition_run_any(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(is_one(node, frame, true));
}

/* Of no rows, all do. */
struct value condition_run_all(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(!is_one(node, frame, false));
}

struct value condition_run_first(const struct condition_node *node,
	struct condition_frame *frame)
{
	const struct condition_node *column = node->arguments[0];
	struct condition_rows rows = rows_of(frame, column);
	for (size_t i = 0; i < rows.count; i++) {
		struct value value = cell(column, rows.rows[i]);
		if (value.kind != VALUE_EMPTY
			&& is_meant(node, frame, rows.rows[i]))
			return value;
	}
	return value_empty();
}

struct value condition_run_last(const struct condition_node *node,
	struct condition_frame *frame)
{
	const struct condition_node *column = node->arguments[0];
	struct condition_rows rows = rows_of(frame, column);
	for (size_t i = rows.count; i > 0; i--) {
		struct value value = cell(column, rows.rows[i - 1]);
		if (value.kind != VALUE_EMPTY
			&& is_meant(node, frame, rows.rows[i - 1]))
			return value;
	}
	return value_empty();
}

static struct date pick(struct date a, struct date b, bool is_latest)
{
	if (date_is_none(a) || date_is_none(b))
		return date_is_none(a) ? b : a;
	return is_latest ? date_later(a, b) : date_earlier(a, b);
}

static struct date pick_of(const struct condition_node *column,
	struct condition_frame *frame, bool is_latest)
{
	struct condition_rows rows = rows_of(frame, column);
	struct date picked = DATE_NONE;
	for (size_t i = 0; i < rows.count; i++) {
		struct value value = cell(column, rows.rows[i]);
		if (value.kind == VALUE_DATE)
			picked = pick(picked, value.date, is_latest);
	}
	return picked;
}

/* Of the dates that are given. */
static struct value pick_all(const struct condition_node *node,
	struct condition_frame *frame, bool is_latest)
{
	struct date picked = DATE_NONE;
	for (int i = 0; i < node->count; i++) {
		const struct condition_node *next = node->arguments[i];
		if (next->shape == CONDITION_COLUMN) {
			picked = pick(picked, pick_of(next, frame, is_latest),
				is_latest);
			continue;
		}
		struct value value = next->run(next, frame);
		if (value.kind == VALUE_DATE)
			picked = pick(picked, value.date, is_latest);
	}
	return value_date(picked);
}

struct value condition_run_earliest(const struct condition_node *node,
	struct condition_frame *frame)
{
	return pick_all(node, frame, false);
}

struct value condition_run_latest(const struct condition_node *node,
	struct condition_frame *frame)
{
	return pick_all(node, frame, true);
}

/* As clock_run_start, with the stays where they lie. */
struct value condition_run_run_start(const struct condition_node *node,
	struct condition_frame *frame)
{
	const struct condition_node *from = node->arguments[0];
	const struct condition_node *to = node->arguments[1];
	struct condition_rows rows = rows_of(frame, from);
	struct date run = pick_of(from, frame, true);
	bool is_longer = rows.count > 0;
	while (is_longer) {
		is_longer = false;
		for (size_t i = rows.count; i > 0; i--) {
			const struct value *row = rows.rows[i - 1];
			struct value first = cell(from, row);
			struct value last = cell(to, row);
			struct clock_span stay = {first.kind == VALUE_DATE
					? first.date
					: DATE_NONE,
				last.kind == VALUE_DATE ? last.date : DATE_NONE};
			is_longer |= clock_run_extends(stay, &run);
		}
	}
	return value_date(run);
}
