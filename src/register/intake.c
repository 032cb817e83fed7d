/* SPDX-License-Identifier: MIT
 *
 * From lines to steps.
 *
 * An arena holds what one line needs and is emptied after it; a case is known
 * by its entry's id alone, and read again for each of its lines.
 */
#include "register/intake.h"

#include "base/csv.h"
#include "base/limits.h"
#include "base/map.h"
#include "people/people.h"
#include "register/step.h"

/* Columns that are no fields. */
enum own {
	CASE,
	STEP,
	ON,
	ACTOR,
	REASON,
	ROW,
	CHILD_ID,
	UPN,
	BORN,
	SEX,
	OWNS,
};

static const char *const own_names[OWNS] = {[CASE] = "case",
	[STEP] = "step",
	[ON] = "on",
	[ACTOR] = "actor",
	[REASON] = "reason",
	[ROW] = "row",
	[CHILD_ID] = "child_id",
	[UPN] = "upn",
	[BORN] = "born",
	[SEX] = "sex"};

enum { NONE = -1, REFUSED_CASE = 0, MOST_GIVEN = DEFINITION_FIELDS };

struct intake {
	const struct intake_request *request;
	const struct definition *of;
	struct arena *arena; /* of the result */
	struct arena *line_arena;
	struct people *people;
	struct map *cases; /* word: id of the entry; 0: refused */
	int own[OWNS];     /* place in a row, or NONE */
	const char *names[LIMIT_COLUMNS]; /* of fields; NULL: own, or nameless */
	size_t columns;
	struct intake_fault *faults;
	struct intake_result result;
};

static void complain(struct intake *intake, const struct csv_row *row,
	const char *column, const char *message)
{
	struct intake_result *result = &intake->result;
	if (result->fault_count == INTAKE_FAULTS)
		return;
	intake->faults[result->fault_count++] = (struct intake_fault){row->line,
		arena_string(intake->arena, text_of(column)),
		arena_string(intake->arena, text_of(message))};
}

static struct text cell(const struct intake *intake, const struct csv_row *row,
	enum own which)
{
	int place = intake->own[which];
	return place == NONE || (size_t)place >= row->count
		? (struct text){NULL, 0}
		: text_trim(row->fields[place]);
}

/* ---- The heading ---- */

static bool is_field(const struct definition *of, struct text name)
{
	bool is_known = definition_field(of, NULL, name) != NULL;
	for (size_t i = 0; i < of->part_count; i++)
		is_known = is_known
			|| definition_field(of, &of->parts[i], name) != NULL;
	return is_known;
}

static bool read_column(struct intake *intake, struct text name, size_t place,
	struct fault *fault)
{
	for (int i = 0; i < OWNS; i++)
		if (text_is(name, own_names[i])) {
			intake->own[i] = (int)place;
			return true;
		}
	if (name.length == 0)
		return true;
	if (!is_field(intake->of, name)) {
		fault_set(fault, FAULT_INPUT,
			"the column \"" TEXT_FORMAT "\" is no field of the"
			" register \"%s\"",
			TEXT_ARGS(text_cut(name, 0, 60)), intake->of->name);
		return false;
	}
	intake->names[place] = arena_string(intake->arena, name);
	return true;
}

static bool read_heading(struct intake *intake, struct csv *csv,
	struct fault *fault)
{
	struct csv_row row;
	for (int i = 0; i < OWNS; i++)
		intake->own[i] = NONE;
	if (!csv_next(csv, &row))
		return fault_set(fault, FAULT_INPUT, "the file is empty");
	intake->columns = row.count;
	for (size_t i = 0; i < row.count; i++)
		if (!read_column(intake, text_trim(row.fields[i]), i, fault))
			return false;
	if (intake->own[ON] == NONE)
		return fault_set(fault, FAULT_INPUT,
			"the file has no column \"on\"");
	return true;
}

/* ---- The child and the entry ---- */

static bool find_child(struct intake *intake, const struct csv_row *row,
	int64_t *out_child, struct fault *fault)
{
	struct people_clue clue = {.sex = cell(intake, row, SEX)};
	struct people_found found;
	struct text born = cell(intake, row, BORN);
	clue.numbers[IDENTIFIER_CHILD_ID] = cell(intake, row, CHILD_ID);
	clue.numbers[IDENTIFIER_UPN] = cell(intake, row, UPN);
	*out_child = 0;
	if (born.length > 0 && !date_read_iso(born, &clue.born)) {
		complain(intake, row, "born",
			"must be a real date, as 2014-05-06");
		return true;
	}
	if (clue.numbers[IDENTIFIER_CHILD_ID].length == 0
		&& clue.numbers[IDENTIFIER_UPN].length == 0) {
		complain(intake, row, "child_id",
			"the line names no child: give child_id or upn");
		return true;
	}
	if (date_is_none(clue.born) && people_find(intake->people, &clue) == 0) {
		complain(intake, row, "born",
			"the child is not known yet: give the date of birth");
		return true;
	}
	if (!people_claim(intake->people, &clue, intake->request->batch, &found,
		    fault))
		return false;
	*out_child = found.child;
	/* The step that follows asks the database about the child. */
	if (found.link == PEOPLE_NEW && !people_flush(intake->people, fault))
		return false;
	if (found.born_differs) {
		complain(intake, row, "born", "is not that of the child");
		*out_child = 0;
	}
	return true;
}

/* A new entry about the line's child; NULL where it may not be. */
static bool open_entry(struct intake *intake, const struct csv_row *row,
	struct keep *keep, struct entry **out_entry, struct fault *fault)
{
	const struct definition *of = intake->of;
	int64_t child = 0, open = 0;
	*out_entry = NULL;
	if (of->subject == DEFINITION_CHILD) {
		if (!find_child(intake, row, &child, fault))
			return false;
		if (child == 0)
			return true;
		if (of->has_one_open
			&& !keep_open_about(keep, of, child, &open, fault))
			return false;
		if (open != 0) {
			complain(intake, row, "child_id",
				"the child has an open entry already");
			return true;
		}
	}
	*out_entry = entry_new(of, keep->la, child, intake->line_arena);
	return true;
}

static const struct definition_step *opening(const struct definition *of)
{
	const struct definition_step *found = NULL;
	for (size_t i = 0; i < of->step_count; i++)
		if (of->steps[i].opens) {
			if (found != NULL)
				return NULL;
			found = &of->steps[i];
		}
	return found;
}

/* ---- One line ---- */

struct line {
	const struct csv_row *row;
	const struct definition_step *step;
	struct date on;
	struct entry *before;
};

static size_t collect(const struct intake *intake, const struct csv_row *row,
	struct step_given *given)
{
	size_t count = 0;
	for (size_t i = 0; i < row->count && i < intake->columns; i++) {
		struct text text = text_trim(row->fields[i]);
		if (intake->names[i] != NULL && text.length > 0
			&& count < MOST_GIVEN)
			given[count++] =
				(struct step_given){text_of(intake->names[i]),
					text};
	}
	return count;
}

/* The number of the row that the step changes, or of the new one. */
static bool find_item(struct intake *intake, const struct line *line,
	int64_t *out_item)
{
	const struct definition_part *part = line->step->changes;
	struct text text = cell(intake, line->row, ROW);
	int64_t number;
	*out_item = part == NULL ? ident_next(intake->request->ids) : 0;
	if (part == NULL)
		return true;
	const struct entry_part *rows = &line->before->parts[part->number - 1];
	if (text.length == 0)
		number = (int64_t)rows->count;
	else if (!text_to_int64(text, &number))
		number = 0;
	if (number < 1 || (uint64_t)number > rows->count) {
		complain(intake, line->row, "row",
			"there is no such row in the case");
		return false;
	}
	*out_item = rows->items[number - 1];
	return true;
}

static const char *string_or(struct intake *intake, struct text text,
	const char *otherwise)
{
	return text.length == 0 ? otherwise
				: arena_string(intake->line_arena, text);
}

static void tell(struct intake *intake, const struct csv_row *row,
	const struct step_outcome *outcome)
{
	for (size_t i = 0; i < outcome->count; i++) {
		const struct step_mistake *mistake = &outcome->mistakes[i];
		if (mistake->is_warning)
			intake->result.warned++;
		else
			complain(intake, row, mistake->field, mistake->message);
	}
}

/* Takes the step and keeps it; *out_entry is 0 if it was refused. */
static bool take(struct intake *intake, const struct line *line,
	struct keep *keep, int64_t *out_entry, struct fault *fault)
{
	const struct intake_request *request = intake->request;
	struct step_given given[MOST_GIVEN];
	struct condition_calendar calendar;
	struct step_outcome outcome;
	struct entry *after;
	*out_entry = 0;
	if (!keep_dress(keep, line->before, line->on, &calendar, fault))
		return false;
	struct step_request step = {.step = line->step,
		.given = given,
		.count = collect(intake, line->row, given),
		.on = line->on,
		.today = request->today,
		.actor = string_or(intake, cell(intake, line->row, ACTOR),
			request->actor),
		.reason = string_or(intake, cell(intake, line->row, REASON), ""),
		.calendar = &calendar};
	if (!find_item(intake, line, &step.item))
		return true;
	step_take(line->before, &step, intake->line_arena, &after, &outcome);
	tell(intake, line->row, &outcome);
	if (after == NULL)
		return true;
	struct keep_change change = {.step = line->step->name,
		.actor = step.actor,
		.reason = step.reason,
		.purpose = "import",
		.on = line->on,
		.today = request->today,
		.ids = request->ids};
	if (!keep_save(keep, after, &change, fault))
		return false;
	intake->result.opened += line->step->opens;
	*out_entry = after->id;
	return true;
}

/* The step and the day of a line; false where they cannot be read. */
static bool read_line(struct intake *intake, bool is_new, struct line *line)
{
	struct text name = cell(intake, line->row, STEP);
	struct text on = cell(intake, line->row, ON);
	if (line->row->flaw != NULL) {
		complain(intake, line->row, "", line->row->flaw);
		return false;
	}
	line->step = name.length > 0 ? definition_step(intake->of, name)
		: is_new             ? opening(intake->of)
				     : NULL;
	if (line->step == NULL) {
		complain(intake, line->row, "step",
			name.length > 0 ? "is no step of this register"
					: "must name a step");
		return false;
	}
	if (line->step->opens != is_new) {
		complain(intake, line->row, "step",
			is_new ? "the first line of a case must open it"
			       : "the case is open already");
		return false;
	}
	if (!date_read_iso(on, &line->on)) {
		complain(intake, line->row, "on",
			"must be a real date, as 2024-09-02");
		return false;
	}
	return true;
}

static bool take_line(struct intake *intake, const struct csv_row *row,
	struct fault *fault)
{
	const struct intake_request *request = intake->request;
	struct keep keep = {request->registers, request->store, request->la,
		intake->line_arena};
	struct text word = cell(intake, row, CASE);
	struct line line = {.row = row};
	int64_t entry = 0, kept = 0;
	bool is_known = word.length > 0 && map_get(intake->cases, word, &entry);
	intake->result.lines++;
	if (is_known && entry == REFUSED_CASE) {
		complain(intake, row, "case",
			"an earlier line of this case was refused");
	} else if (read_line(intake, !is_known, &line)) {
		bool is_read = is_known
			? keep_load(&keep, entry, &line.before, fault)
			: open_entry(intake, row, &keep, &line.before, fault);
		if (!is_read
			|| (line.before != NULL
				&& !take(intake, &line, &keep, &kept, fault)))
			return false;
	}
	intake->result.taken += kept != 0;
	intake->result.refused += kept == 0;
	if (word.length > 0)
		(void)map_set(intake->cases, word, kept);
	return true;
}

static bool take_all(struct intake *intake, struct csv *csv, struct fault *fault)
{
	struct csv_row row;
	while (csv_next(csv, &row)) {
		intake->line_arena = arena_open();
		bool is_done = take_line(intake, &row, fault);
		arena_close(intake->line_arena);
		if (!is_done)
			return false;
	}
	return people_flush(intake->people, fault);
}

bool intake_run(const struct intake_request *request, struct arena *arena,
	struct intake_result *out_result, struct fault *fault)
{
	struct intake *intake = arena_new(arena, sizeof *intake);
	*intake = (struct intake){.request = request,
		.of = request->one->definition,
		.arena = arena,
		.faults = arena_array(arena, INTAKE_FAULTS,
			sizeof *intake->faults)};
	struct csv *csv = csv_open(request->csv, csv_guess_mark(request->csv));
	intake->cases = map_open();
	bool is_done = read_heading(intake, csv, fault)
		&& people_open(request->store, request->la, request->ids,
			&intake->people, fault)
		&& take_all(intake, csv, fault);
	people_close(intake->people);
	map_close(intake->cases);
	csv_close(csv);
	if (!is_done)
		return false;
	intake->result.faults = intake->faults;
	*out_result = intake->result;
	return true;
}
