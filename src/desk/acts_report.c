/* SPDX-License-Identifier: MIT
 *
 * The acts on the quarterly report: of one authority, or of a region, where
 * each authority is a part that runs by itself and the parts are gathered.
 */
#include "base/moment.h"
#include "desk/acts-inside.h"
#include "measures/gather.h"

extern const struct embedded measures_sql[];

static bool report_authority(struct desk *desk,
	const struct desk_report_input *in, struct desk_report_output *out,
	struct fault *fault)
{
	struct region_part part;
	struct roll *roll;
	if (!region_one(&desk->region, desk->la, &part, fault)
		|| !acts_roll(desk, &part, in->end, &roll, fault))
		return false;
	out->la = part.la;
	out->authority = part.name;
	return quarterly_compute(roll,
		&(struct quarterly_request){.measures = &desk->measures,
			.pack = desk->pack,
			.end = in->end,
			.is_published = in->is_published,
			.has_breakdowns = in->has_breakdowns,
			.has_twin = true},
		&out->report, fault);
}

/* What every thread reads; each writes its own part only. */
struct region_ask {
	const struct desk *desk;
	const struct desk_report_input *in;
	struct gather_part *parts;
	struct arena **arenas; /* by authority */
};

/* True values, as what may be shown depends on all authorities. */
static bool report_part(const struct region_part *part, size_t index,
	void *data, struct fault *fault)
{
	struct region_ask *ask = data;
	struct roll *roll;
	struct quarterly report;
	if (!roll_open(part->store, part->la, ask->desk->codes, &roll, fault))
		return false;
	bool is_done = quarterly_compute(roll,
		&(struct quarterly_request){.measures = &ask->desk->measures,
			.pack = ask->desk->pack,
			.end = ask->in->end},
		&report, fault);
	if (is_done)
		ask->parts[index] = (struct gather_part){part->la, part->name,
			gather_keep(ask->arenas[index], &report)};
	roll_close(roll);
	return is_done;
}

static void close_arena(void *arena)
{
	arena_close(arena);
}

/* "3 authorities: Ay, Bee, Cee". */
static const char *region_name(struct desk *desk)
{
	enum { MOST_NAMED = 8 };
	const struct region *region = &desk->region;
	struct buffer name = {.maximum = 1 << 12};
	buffer_format(&name, "%zu authorities", region->count);
	for (size_t i = 0; region->count <= MOST_NAMED && i < region->count; i++)
		buffer_format(&name, "%s %s", i == 0 ? ":" : ",",
			region->parts[i].name);
	const char *kept = arena_string(desk->arena, buffer_text(&name));
	buffer_finish(&name);
	return kept;
}

static bool report_region(struct desk *desk, const struct desk_report_input *in,
	struct desk_report_output *out, struct fault *fault)
{
	size_t count = desk->region.count;
	struct region_ask ask = {desk, in,
		arena_array(desk->arena, count, sizeof *ask.parts),
		arena_array(desk->arena, count, sizeof *ask.arenas)};
	for (size_t i = 0; i < count; i++) {
		ask.arenas[i] = arena_open();
		arena_on_close(desk->arena, close_arena, ask.arenas[i]);
	}
	if (!region_run(&desk->region,
		    &(struct region_task){.work = report_part, .data = &ask},
		    fault))
		return false;
	out->la = 0;
	out->authority = region_name(desk);
	return gather_quarterly(desk->arena,
		&(struct gather_request){ask.parts, count, in->is_published,
			in->has_breakdowns},
		&out->report, fault);
}

bool acts_report(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)note;
	const struct desk_report_input *in = input;
	struct desk_report_output *out = output;
	if (!in->is_published && !desk_may(desk, DESK_MEASURE)) {
		fault_set(fault, FAULT_DENIED,
			"your role may see the published report only");
		return fault_hint(fault, "add --publish");
	}
	return desk->la == 0 && desk->region.count > 1
		? report_region(desk, in, out, fault)
		: report_authority(desk, in, out, fault);
}

bool acts_freeze(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_report_input *in = input;
	(void)output;
	struct desk_report_output out;
	struct acts_note none;
	struct region_part part;
	struct roll *roll;
	char period[PERIOD_TEXT];
	period_write_quarter(in->end, period);
	*note = (struct acts_note){"quarterly",
		arena_string(desk->arena, text_of(period)), ""};
	struct desk_report_input plain = {.end = in->end};
	return acts_report(desk, &plain, &out, &none, fault)
		&& region_one(&desk->region, desk->la, &part, fault)
		&& acts_roll(desk, &part, in->end, &roll, fault)
		&& quarterly_freeze(roll, &out.report, desk->person.login, fault);
}

bool acts_comment(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)output;
	const struct desk_comment_input *in = input;
	const struct measure *measure = acts_measure_named(desk, in->measure,
		fault);
	struct region_part part;
	char period[PERIOD_TEXT], now[MOMENT_TEXT];
	if (measure == NULL || !region_one(&desk->region, desk->la, &part, fault))
		return false;
	period_write_quarter(in->end, period);
	moment_write(moment_now(), now);
	*note = (struct acts_note){"commentary",
		arena_string(desk->arena, measure->id),
		arena_string(desk->arena, text_of(period))};
	return store_run(part.store, store_find(measures_sql, "write_commentary"),
		STORE_VALUES(store_integer(part.la), store_string("quarterly"),
			store_string(period), store_text(measure->id),
			store_string(in->why), store_string(in->so_what),
			store_string(in->what_next), store_string(in->by_when),
			store_string(desk->person.login), store_string(now)),
		fault);
}
