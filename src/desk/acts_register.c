/* SPDX-License-Identifier: MIT
 *
 * Whole registers: bringing cases in from a file, and the termly return of
 * home education.
 */
#include "base/file.h"
#include "desk/case_at-inside.h"
#include "register/intake.h"

bool acts_intake(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_intake_input *in = input;
	struct case_at at;
	struct text csv;
	struct intake_request request = {.registers = desk->registers,
		.one = register_find(desk->registers, in->register_name),
		.actor = desk->person.login,
		.today = desk->today};
	if (request.one == NULL)
		return fault_set(fault, FAULT_MISSING,
			"there is no such register");
	if (!case_at_open(desk, &at, fault)
		|| !file_map(in->path, desk->arena, &csv, fault))
		return false;
	request.store = at.part.store;
	request.la = at.part.la;
	request.csv = csv;
	request.ids = &at.ids;
	*note = (struct acts_note){"register", request.one->definition->name,
		arena_string(desk->arena, file_name(text_of(in->path)))};
	return intake_run(&request, desk->arena, output, fault)
		|| fault_in(fault, in->path);
}

/* The newest census day that has come. */
static struct date newest_census(struct date on)
{
	struct date newest = DATE_NONE;
	int year = date_year(on);
	for (int begins = year - 1; begins <= year; begins++)
		for (int term = 0; term < TERMLY_TERMS; term++) {
			struct date day = termly_census(begins,
				(enum termly_term)term);
			if (day.day <= on.day && day.day > newest.day)
				newest = day;
		}
	return newest;
}

bool acts_termly(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_termly_input *in = input;
	struct region_part part;
	struct date on = date_is_none(in->on) ? desk->today : in->on;
	*note = (struct acts_note){"register", "ehe", "termly return"};
	return region_one(&desk->region, desk->la, &part, fault)
		&& termly_compute(part.store, part.la, desk->codes,
			newest_census(on), desk->arena, output, fault);
}
