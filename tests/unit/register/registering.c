/* SPDX-License-Identifier: MIT
 *
 * Registers for tests.
 */
#include "registering.h"

#include "register/given.h"

struct date registering_day(const char *day)
{
	struct date date = DATE_NONE;
	if (day != NULL && day[0] != '\0')
		assert_true(date_read_iso(text_of(day), &date));
	return date;
}

void registering_begin(struct registering *registering, struct harness *harness)
{
	struct fault fault = {0};
	size_t changed;
	*registering = (struct registering){.harness = harness,
		.arena = harness_arena(harness),
		.today = registering_day("2025-06-02")};
	const char *council = harness_source(harness, "tests/council");
	HARNESS_DONE(codes_open(registering->arena, council,
			     &registering->codes, &fault),
		&fault);
	HARNESS_DONE(register_open(registering->arena, registering->codes,
			     council, &registering->registers, &fault),
		&fault);
	registering->keep = (struct keep){registering->registers,
		harness_store(harness), HARNESS_LA, registering->arena};
	HARNESS_DONE(register_up(registering->registers, harness_store(harness),
			     HARNESS_LA, &changed, &fault),
		&fault);
}

const struct definition *registering_definition(struct registering *registering,
	const char *name)
{
	const struct register_one *one = register_find(registering->registers,
		text_of(name));
	assert_non_null(one);
	return one->definition;
}

int64_t registering_child(struct registering *registering, const char *born)
{
	struct fault fault = {0};
	int64_t id = ident_next(&registering->ids);
	const char *sql = arena_format(registering->arena,
		"INSERT INTO child (la, id, born, sex, is_uasc, batch, version)"
		" VALUES (206, %lld, '%s', 'F', 0, 1, 1)",
		(long long)id, born);
	HARNESS_DONE(store_script(registering->keep.store, sql, &fault), &fault);
	return id;
}

static size_t split(struct registering *registering, const char *given,
	struct step_given *into)
{
	struct text rest = text_of(given);
	size_t count = 0;
	(void)registering;
	while (rest.length > 0) {
		struct text pair = text_split(rest, '|', &rest);
		struct text value;
		into[count].name = text_split(pair, '=', &value);
		into[count++].text = value;
	}
	return count;
}

static bool load(struct registering *registering,
	const struct registering_step *step, struct entry **out_entry)
{
	const struct definition *of = registering_definition(registering,
		step->register_name);
	if (step->entry == 0) {
		*out_entry = entry_new(of, HARNESS_LA, step->child,
			registering->arena);
		return true;
	}
	return keep_load(&registering->keep, step->entry, out_entry,
		&registering->fault);
}

struct entry *registering_step(struct registering *registering,
	struct registering_step step)
{
	struct step_given given[32];
	struct entry *before, *after;
	struct condition_calendar calendar;
	const struct definition *of = registering_definition(registering,
		step.register_name);
	struct date on = registering_day(step.on);
	registering->fault = (struct fault){0};
	HARNESS_DONE(load(registering, &step, &before), &registering->fault);
	HARNESS_DONE(keep_dress(&registering->keep, before, on, &calendar,
			     &registering->fault),
		&registering->fault);
	struct step_request request = {.step = definition_step(of,
					       text_of(step.step)),
		.given = given,
		.count = split(registering, step.given, given),
		.item = step.item != 0 ? step.item
				       : ident_next(&registering->ids),
		.on = on,
		.today = registering->today,
		.actor = step.actor == NULL ? "lena" : step.actor,
		.reason = step.reason == NULL ? "" : step.reason,
		.calendar = &calendar};
	assert_non_null(request.step);
	step_take(before, &request, registering->arena, &after,
		&registering->outcome);
	if (after == NULL)
		return NULL;
	struct keep_change change = {.step = request.step->name,
		.actor = request.actor,
		.reason = request.reason,
		.purpose = "test",
		.on = on,
		.today = registering->today,
		.ids = &registering->ids};
	struct fault *fault = &registering->fault;
	HARNESS_DONE(store_begin(registering->keep.store, fault), fault);
	HARNESS_DONE(keep_save(&registering->keep, after, &change, fault), fault);
	HARNESS_DONE(store_commit(registering->keep.store, fault), fault);
	return after;
}

const char *registering_mistakes(struct registering *registering)
{
	struct buffer out = {.maximum = 1 << 16};
	for (size_t i = 0; i < registering->outcome.count; i++)
		buffer_format(&out, "%s%s: %s\n",
			registering->outcome.mistakes[i].is_warning ? "warning "
								    : "",
			registering->outcome.mistakes[i].field,
			registering->outcome.mistakes[i].message);
	const char *text = arena_string(registering->arena, buffer_text(&out));
	buffer_finish(&out);
	return text;
}
