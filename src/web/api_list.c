/* SPDX-License-Identifier: MIT
 *
 * Lists as JSON or CSV, and work as JSON or a calendar, as the asker takes it.
 *
 * CSV is for people with a spreadsheet: a cell that one would run as a formula
 * begins with an apostrophe. A calendar (RFC 5545) leaves the council's hands:
 * it says what is due on which entry, and no name, child or owner.
 */
#include "register/given.h"
#include "render/csv_out.h"
#include "web/api-inside.h"

enum { FOLD = 74 };

/* By the query's `format`, or by Accept. */
static bool wants(const struct api_call *call, const char *format,
	const char *type)
{
	struct text asked = api_query(call, "format");
	return asked.length > 0
		? text_is(asked, format)
		: text_has(http_header(call->request, "Accept"), text_of(type));
}

/* ---- CSV ---- */

static void csv_cell(struct buffer *out, struct text cell, bool is_first)
{
	if (!is_first)
		buffer_char(out, ',');
	csv_out_cell(out, cell);
}

static bool is_coded(const struct definition_field *field)
{
	return field->type == DEFINITION_CODE || field->type == DEFINITION_CODES;
}

static void csv_heading(struct api_call *call,
	const struct definition_list *list, struct buffer *out)
{
	static const char *const own[] = {"reference", "state", "state_label",
		"opened", "since", "owner", "team"};
	for (size_t i = 0; i < COUNT_OF(own); i++)
		csv_cell(out, text_of(own[i]), i == 0);
	for (size_t i = 0; i < list->column_count; i++) {
		const struct definition_field *field = list->columns[i];
		if (!sight_field(field, api_roles(call)))
			continue;
		csv_cell(out, text_of(field->name), false);
		if (is_coded(field))
			csv_cell(out,
				text_of(arena_format(call->arena, "%s_label",
					field->name)),
				false);
	}
	buffer_string(out, "\r\n");
}

static void csv_line(struct api_call *call, const struct desk_list_output *output,
	const struct desk_list_line *line, struct buffer *out)
{
	const struct definition_state *state =
		definition_state(output->definition, text_of(line->line.state));
	char opened[DATE_TEXT], since[DATE_TEXT];
	date_write(line->line.opened, opened);
	date_write(line->line.since, since);
	csv_cell(out, text_of(line->reference), true);
	csv_cell(out, text_of(line->line.state), false);
	csv_cell(out, text_of(state == NULL ? "" : state->title), false);
	csv_cell(out, text_of(opened), false);
	csv_cell(out, text_of(since), false);
	csv_cell(out, text_of(line->line.owner), false);
	csv_cell(out, text_of(line->line.team), false);
	for (size_t i = 0; i < output->list->column_count; i++) {
		const struct definition_field *field = output->list->columns[i];
		if (!sight_field(field, api_roles(call)))
			continue;
		csv_cell(out,
			given_written(field, line->line.values[i], call->arena),
			false);
		if (is_coded(field))
			csv_cell(out,
				given_shown(field, line->line.values[i],
					call->arena),
				false);
	}
	buffer_string(out, "\r\n");
}

static void write_csv(struct api_call *call, const struct desk_list_output *output)
{
	struct buffer *out = http_reply_page(call->reply,
		"text/csv; charset=utf-8", API_REPLY, call->arena);
	csv_heading(call, output->list, out);
	for (size_t i = 0; i < output->count; i++)
		csv_line(call, output, &output->lines[i], out);
	http_reply_header(call->reply, "Content-Disposition",
		text_of(arena_format(call->arena,
			"attachment; filename=\"%s-%s.csv\"",
			output->definition->name, output->list->name)));
}

/* ---- JSON ---- */

static void write_date(struct api_call *call, const char *key, struct date date)
{
	char text[DATE_TEXT];
	date_write(date, text);
	json_out_string_or_null(&call->json, key, text);
}

static void write_id(struct api_call *call, const char *key, int64_t id)
{
	json_out_string_or_null(&call->json, key,
		id == 0 ? "" : arena_format(call->arena, "%lld", (long long)id));
}

static void write_line(struct api_call *call,
	const struct desk_list_output *output, const struct desk_list_line *line)
{
	struct json_out *json = &call->json;
	json_out_object(json, NULL);
	json_out_string(json, "reference", line->reference);
	write_id(call, "child", line->line.child);
	api_case_state(call, "state", output->definition,
		text_of(line->line.state));
	json_out_flag(json, "is_open", line->line.is_open);
	write_date(call, "opened", line->line.opened);
	write_date(call, "since", line->line.since);
	json_out_string_or_null(json, "owner", line->line.owner);
	json_out_string_or_null(json, "team", line->line.team);
	json_out_object(json, "values");
	for (size_t i = 0; i < output->list->column_count; i++)
		if (sight_field(output->list->columns[i], api_roles(call)))
			api_case_value(call, output->list->columns[i]->name,
				output->list->columns[i], line->line.values[i]);
	json_out_object_end(json);
	json_out_object_end(json);
}

struct pages {
	size_t page, page_size, total;
};

static void write_pages(struct api_call *call, const struct pages *pages)
{
	struct json_out *json = &call->json;
	size_t last = pages->total == 0
		? 1
		: (pages->total + pages->page_size - 1) / pages->page_size;
	json_out_whole(json, "page", (int64_t)pages->page);
	json_out_whole(json, "page_size", (int64_t)pages->page_size);
	json_out_whole(json, "pages", (int64_t)last);
	json_out_whole(json, "total", (int64_t)pages->total);
}

bool api_list(struct api_call *call, struct fault *fault)
{
	const struct desk_list_output *output = (const void *)call->output.bytes;
	struct json_out *json = &call->json;
	(void)fault;
	api_page_links(call, output->page, output->page_size, output->total);
	if (wants(call, "csv", "text/csv")) {
		write_csv(call, output);
		return true;
	}
	api_begin(call);
	json_out_object(json, NULL);
	json_out_string(json, "register", output->definition->name);
	json_out_string(json, "list", output->list->name);
	json_out_string(json, "title", output->list->title);
	write_pages(call,
		&(struct pages){output->page, output->page_size, output->total});
	json_out_array(json, "lines");
	for (size_t i = 0; i < output->count; i++)
		write_line(call, output, &output->lines[i]);
	json_out_array_end(json);
	json_out_object_end(json);
	return true;
}

/* ---- Work ---- */

/* Long lines go on behind a line end and a blank (RFC 5545 section 3.1), and
 * never within a character. */
static void ical_line(struct buffer *out, const char *name, struct text value)
{
	struct buffer line = {.maximum = 1 << 16};
	buffer_string(&line, name);
	for (size_t i = 0; i < value.length; i++) {
		char c = value.at[i];
		if (c == ',' || c == ';' || c == '\\')
			buffer_char(&line, '\\');
		if (c == '\n')
			buffer_string(&line, "\\n");
		else if ((unsigned char)c >= 0x20)
			buffer_char(&line, c);
	}
	struct text rest = buffer_text(&line);
	while (rest.length > FOLD) {
		size_t cut = FOLD;
		while ((rest.at[cut] & 0xC0) == 0x80)
			cut--;
		buffer_add(out, text_cut(rest, 0, cut));
		buffer_string(out, "\r\n ");
		rest = text_cut(rest, cut, rest.length);
	}
	buffer_add(out, rest);
	buffer_string(out, "\r\n");
	buffer_finish(&line);
}

static void ical_date(struct api_call *call, struct buffer *out,
	const char *name, struct date date)
{
	int year, month, day;
	date_parts(date, &year, &month, &day);
	ical_line(out, name,
		text_of(arena_format(call->arena, "%04d%02d%02d", year, month,
			day)));
}

static void ical_event(struct api_call *call, const struct desk_work_line *line,
	const char *stamp, struct buffer *out)
{
	if (date_is_none(line->due))
		return;
	buffer_string(out, "BEGIN:VEVENT\r\n");
	ical_line(out, "UID:",
		text_of(arena_format(call->arena, "%s-%s-%lld@kith",
			line->reference, line->clock->name,
			(long long)line->item)));
	ical_line(out, "DTSTAMP:", text_of(stamp));
	ical_date(call, out, "DTSTART;VALUE=DATE:", line->due);
	ical_date(call, out, "DTEND;VALUE=DATE:", date_add_days(line->due, 1));
	ical_line(out, "SUMMARY:",
		text_of(arena_format(call->arena, "%s (%s)", line->clock->title,
			line->reference)));
	ical_line(out, "DESCRIPTION:",
		text_of(line->clock->law == NULL ? "" : line->clock->law));
	buffer_string(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

static void write_calendar(struct api_call *call,
	const struct desk_work_output *output)
{
	struct buffer *out = http_reply_page(call->reply,
		"text/calendar; charset=utf-8", API_REPLY, call->arena);
	int year, month, day;
	date_parts(call->desk.today, &year, &month, &day);
	const char *stamp = arena_format(call->arena, "%04d%02d%02dT000000Z",
		year, month, day);
	buffer_string(out,
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kith//due dates//EN\r\n"
		"CALSCALE:GREGORIAN\r\nX-WR-CALNAME:Due dates\r\n");
	for (size_t i = 0; i < output->count; i++)
		ical_event(call, &output->lines[i], stamp, out);
	buffer_string(out, "END:VCALENDAR\r\n");
}

static void write_work_line(struct api_call *call,
	const struct desk_work_line *line)
{
	struct json_out *json = &call->json;
	int today = call->desk.today.day;
	bool is_overdue = line->due.day != 0 && line->due.day < today;
	json_out_object(json, NULL);
	json_out_string(json, "reference", line->reference);
	json_out_string(json, "register", line->definition->name);
	json_out_object(json, "clock");
	json_out_string(json, "code", line->clock->name);
	json_out_string(json, "label", line->clock->title);
	json_out_object_end(json);
	json_out_string_or_null(json, "then",
		line->clock->then == NULL ? "" : line->clock->then);
	json_out_string_or_null(json, "law",
		line->clock->law == NULL ? "" : line->clock->law);
	write_id(call, "child", line->child);
	write_id(call, "item", line->item);
	write_date(call, "starts", line->starts);
	write_date(call, "warns", line->warns);
	write_date(call, "due", line->due);
	json_out_flag(json, "is_overdue", is_overdue);
	json_out_string_or_null(json, "owner", line->owner);
	json_out_string_or_null(json, "team", line->team);
	json_out_object_end(json);
}

bool api_work(struct api_call *call, struct fault *fault)
{
	const struct desk_work_output *output = (const void *)call->output.bytes;
	struct json_out *json = &call->json;
	(void)fault;
	api_page_links(call, output->page, output->page_size, output->total);
	if (wants(call, "calendar", "text/calendar")) {
		write_calendar(call, output);
		return true;
	}
	api_begin(call);
	json_out_object(json, NULL);
	write_pages(call,
		&(struct pages){output->page, output->page_size, output->total});
	json_out_whole(json, "overdue", (int64_t)output->overdue);
	json_out_whole(json, "soon", (int64_t)output->soon);
	json_out_array(json, "lines");
	for (size_t i = 0; i < output->count; i++)
		write_work_line(call, &output->lines[i]);
	json_out_array_end(json);
	json_out_object_end(json);
	return true;
}
