/* SPDX-License-Identifier: MIT
 *
 * Says what is small, then asks for shifts until nothing small can be found
 * out. Periods are taken one after another: what an earlier one shows stays
 * shown, what it hides is looked at again beside the new figures.
 */
#include "measures/suppress.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "measures/shift-inside.h"

enum { USUAL_THRESHOLD = 5, USUAL_INTERVAL = 5, USUAL_DENOMINATOR = 10 };

/* What hiding costs: a total never for any number of parts; a year to date
 * never for any of a period's own figures; a zero last among its like; else
 * the smaller value, and fewer cells. */
static const int64_t level_cost[SUPPRESS_AXES + 1] = {0, (int64_t)1 << 32,
	(int64_t)1 << 40, (int64_t)1 << 48};
enum {
	CELL_COST = 20,
	VALUE_MOST = 1 << 20,
	ZERO_COST = 1 << 21,
	OWN_COST = 1 << 22,
	YEAR_COST = 1 << 24
};

struct job {
	const struct suppress_table *table;
	struct suppress_rules rules;
	struct suppress_result result;
	uint32_t size[SUPPRESS_AXES]; /* at least 1 */
	size_t stride[SUPPRESS_AXES];
	size_t cells;    /* of one period */
	uint32_t period; /* the one being decided */
	struct shift_grid *grid;
};

static struct suppress_rules usual(const struct suppress_rules *rules)
{
	return (struct suppress_rules){.threshold = rules->threshold
			? rules->threshold
			: USUAL_THRESHOLD,
		.interval = rules->interval ? rules->interval : USUAL_INTERVAL,
		.least_denominator = rules->least_denominator
			? rules->least_denominator
			: USUAL_DENOMINATOR};
}

static bool measure_axes(struct job *job, struct fault *fault)
{
	const struct suppress_table *table = job->table;
	size_t cells = 1;
	for (int axis = SUPPRESS_AXES - 1; axis >= 0; axis--) {
		uint32_t size = table->size[axis] ? table->size[axis] : 1;
		if (size > LIMIT_GROUPS || cells * size > 1 << 20)
			return fault_set(fault, FAULT_LIMIT,
				"the table has too many cells to protect");
		job->size[axis] = size;
		job->stride[axis] = cells;
		cells *= size;
	}
	job->cells = cells;
	if (table->periods > SUPPRESS_PERIODS)
		return fault_set(fault, FAULT_LIMIT,
			"a series of %u periods, at most %d can be protected",
			table->periods, SUPPRESS_PERIODS);
	if (table->outcome > SUPPRESS_AXES
		|| (table->outcome > 0
			&& job->size[table->outcome - 1] != OUTCOMES))
		return fault_set(fault, FAULT_BROKEN,
			"the outcome of a table must have three places");
	return true;
}

static uint32_t place_on(const struct job *job, size_t cell, int axis)
{
	return (uint32_t)(cell / job->stride[axis]) % job->size[axis];
}

static uint32_t periods_of(const struct suppress_table *table)
{
	return table->periods > 1 ? table->periods : 1;
}

/* A total on this axis equals the parts behind it. */
static bool adds_up(const struct job *job, const uint32_t *values, size_t total,
	int axis)
{
	uint64_t sum = 0;
	for (uint32_t i = 1; i < job->size[axis]; i++)
		sum += values[total + i * job->stride[axis]];
	return sum == values[total];
}

static bool check_values(const struct job *job, struct fault *fault)
{
	for (uint32_t t = 0; t < periods_of(job->table); t++) {
		const uint32_t *values = job->table->values + t * job->cells;
		for (size_t cell = 0; cell < job->cells; cell++) {
			for (int axis = 0; axis < SUPPRESS_AXES; axis++)
				if (job->size[axis] > 1
					&& place_on(job, cell, axis) == 0
					&& !adds_up(job, values, cell, axis))
					return fault_set(fault, FAULT_BROKEN,
						"total %zu of period %u is not "
						"the sum of its parts",
						cell, t + 1);
			if (t > 0 && values[cell] < (values - job->cells)[cell])
				return fault_set(fault, FAULT_BROKEN,
					"year to date %zu falls in period %u",
					cell, t + 1);
		}
	}
	return true;
}

/* Cells of the grid: the place in time, then the cell of the table. */
static uint32_t grid_value(const struct job *job, uint32_t time, size_t cell)
{
	const uint32_t *values = job->table->values;
	uint32_t periods = job->grid->periods;
	if (time < periods)
		return values[time * job->cells + cell];
	uint32_t t = time - periods;
	uint32_t before = t == 0 ? 0 : values[(t - 1) * job->cells + cell];
	return values[t * job->cells + cell] - before;
}

static uint8_t *grid_reason(const struct job *job, size_t place)
{
	size_t own = (size_t)job->grid->periods * job->cells;
	return place < own ? &job->result.figures[place]
			   : &job->result.within[place - own];
}

/* Of the same outcome, the cell at the given place. */
static size_t outcome_cell(const struct job *job, size_t cell, uint32_t place)
{
	int axis = (int)job->table->outcome - 1;
	return cell - place_on(job, cell, axis) * job->stride[axis]
		+ place * job->stride[axis];
}

/* May a zero be hidden here? Only where it is not a figure of its own. */
static bool is_soft_zero(const struct job *job, uint32_t time, size_t cell)
{
	uint32_t periods = job->grid->periods;
	if (time > periods)
		return grid_value(job, time - periods, cell) > 0
			|| is_soft_zero(job, time - periods, cell);
	if (job->table->outcome == 0
		|| place_on(job, cell, (int)job->table->outcome - 1)
			!= OUTCOME_NOT_COUNTED)
		return false;
	return grid_value(job, time, outcome_cell(job, cell, OUTCOME_BOTH)) > 0;
}

static int64_t cost_of(const struct job *job, uint32_t time, size_t cell)
{
	uint32_t periods = job->grid->periods;
	uint32_t t = time < periods ? time : time - periods;
	if (t < job->period)
		return SHIFT_NEVER;
	uint32_t value = grid_value(job, time, cell);
	if (value == 0 && !is_soft_zero(job, time, cell))
		return SHIFT_NEVER;
	int level = 0;
	for (int axis = 0; axis < SUPPRESS_AXES; axis++)
		level += job->size[axis] > 1 && place_on(job, cell, axis) == 0;
	bool is_own = periods > 1 && time >= periods;
	return (is_own ? (int64_t)level * OWN_COST : level_cost[level])
		+ CELL_COST + (value < VALUE_MOST ? value : VALUE_MOST)
		+ (value == 0 ? ZERO_COST : 0)
		+ (periods > 1 && !is_own ? YEAR_COST : 0);
}

static void grid_open(struct job *job, struct arena *arena)
{
	uint32_t periods = job->period + 1;
	struct shift_grid *grid = arena_new(arena, sizeof(*grid));
	grid->periods = periods;
	for (int axis = 0; axis < SUPPRESS_AXES; axis++) {
		grid->size[axis] = job->size[axis];
		grid->stride[axis] = job->stride[axis];
	}
	grid->size[SHIFT_TIME] = periods == 1 ? 1 : 2 * periods;
	grid->stride[SHIFT_TIME] = job->cells;
	grid->cells = job->cells * grid->size[SHIFT_TIME];
	grid->value = arena_array(arena, grid->cells, sizeof(int64_t));
	grid->least = arena_array(arena, grid->cells, sizeof(int64_t));
	grid->cost = arena_array(arena, grid->cells, sizeof(int64_t));
	grid->flow = arena_array(arena, grid->cells, sizeof(int64_t));
	grid->is_hidden = arena_array(arena, grid->cells, 1);
	job->grid = grid;
	for (size_t place = 0; place < grid->cells; place++) {
		uint32_t time = (uint32_t)(place / job->cells);
		size_t cell = place % job->cells;
		grid->value[place] = grid_value(job, time, cell);
		grid->least[place] = time <= periods && grid->value[place] > 0;
		grid->cost[place] = cost_of(job, time, cell);
		grid->is_hidden[place] = *grid_reason(job, place)
			!= SUPPRESS_SHOWN;
	}
}

static void hide(struct job *job, size_t place, enum suppress_reason reason)
{
	if (job->grid->is_hidden[place])
		return;
	job->grid->is_hidden[place] = true;
	*grid_reason(job, place) = (uint8_t)reason;
}

static bool is_small(const struct job *job, int64_t value)
{
	return value >= 1 && value <= job->rules.threshold;
}

static void hide_small(struct job *job)
{
	size_t from = job->period * job->cells;
	for (size_t cell = 0; cell < job->cells; cell++)
		if (is_small(job, job->grid->value[from + cell]))
			hide(job, from + cell, SUPPRESS_PRIMARY);
	if (job->period == 0)
		return;
	from = (2 * (size_t)job->period + 1) * job->cells;
	for (size_t cell = 0; cell < job->cells; cell++)
		if (is_small(job, job->grid->value[from + cell]))
			hide(job, from + cell, SUPPRESS_PRIMARY);
}

/* A percentage that may not be shown takes both halves with it: either, beside
 * the base, is as good as the percentage. */
static void hide_complements(struct job *job)
{
	if (job->table->outcome == 0)
		return;
	const int64_t *value = job->grid->value + job->period * job->cells;
	for (size_t both = 0; both < job->cells; both++) {
		if (both != outcome_cell(job, both, OUTCOME_BOTH))
			continue;
		size_t counted = outcome_cell(job, both, OUTCOME_COUNTED);
		size_t rest = outcome_cell(job, both, OUTCOME_NOT_COUNTED);
		if (value[counted] == 0
			|| (value[both] >= job->rules.least_denominator
				&& !is_small(job, value[counted])
				&& !is_small(job, value[rest])))
			continue;
		size_t from = job->period * job->cells;
		hide(job, from + counted, SUPPRESS_COMPLEMENT);
		hide(job, from + rest, SUPPRESS_COMPLEMENT);
	}
}

/* A small step up from the last figure shown this year. */
static void hide_steps(struct job *job)
{
	for (size_t cell = 0; cell < job->cells; cell++) {
		uint32_t t = job->period;
		size_t now = t * job->cells + cell;
		while (t > 0 && job->grid->is_hidden[(t - 1) * job->cells + cell])
			t--;
		if (t > 0
			&& is_small(job,
				job->grid->value[now]
					- job->grid->value[(t - 1) * job->cells
						+ cell]))
			hide(job, now, SUPPRESS_DIFFERENCE);
	}
}

/* What another table hides must not be read from this one. */
static void hide_elsewhere(struct job *job)
{
	size_t from = job->period * job->cells;
	if (job->table->hidden == NULL)
		return;
	for (size_t place = from; place < from + job->cells; place++)
		if (job->table->hidden[place] != 0 && job->grid->value[place] > 0)
			hide(job, place, SUPPRESS_ELSEWHERE);
}

/* How wide the range of a hidden cell must stay. */
static int64_t width_due(const struct job *job, size_t place)
{
	enum suppress_reason reason = *grid_reason(job, place);
	bool is_own = place >= (size_t)job->grid->periods * job->cells;
	if (job->grid->value[place] == 0 || reason == SUPPRESS_SECONDARY
		|| (is_own && reason == SUPPRESS_DIFFERENCE))
		return 1;
	return job->rules.interval;
}

static void hide_flow(struct job *job)
{
	size_t own = (size_t)job->grid->periods * job->cells;
	for (size_t place = 0; place < job->grid->cells; place++)
		if (job->grid->flow[place] != 0)
			hide(job, place,
				place < own ? SUPPRESS_SECONDARY
					    : SUPPRESS_DIFFERENCE);
}

/* Shifts through cells still shown, and hides those. */
static int64_t widen(struct job *job, struct shift_search *search, size_t place,
	enum shift_way way, int64_t wanted)
{
	int64_t done = shift_push(search, place, way, wanted, SHIFT_NEVER);
	hide_flow(job);
	shift_forget(search);
	return done;
}

/* Up there is always a way, through the totals; but not for a cell of an
 * earlier period whose totals have been shown: that may have to go down. False
 * if it is not found to go far enough both ways together. */
static bool protect(struct job *job, struct shift_search *search, size_t place)
{
	int64_t due = width_due(job, place);
	int64_t up = shift_push(search, place, SHIFT_UP, due, 1);
	shift_forget(search);
	if (up >= due)
		return true;
	int64_t down = shift_push(search, place, SHIFT_DOWN, due - up, 1);
	shift_forget(search);
	if (up + down >= due)
		return true;
	up = widen(job, search, place, SHIFT_UP, due - down);
	if (up + down >= due)
		return true;
	return widen(job, search, place, SHIFT_DOWN, due - up) >= due - up;
}

/* Hides of the new year to date what was hidden of the last. Then whatever
 * protected a cell of an earlier period does so still: the same shift goes on
 * through the new figures, which are no smaller. */
static void carry_on(struct job *job)
{
	size_t now = job->period * job->cells;
	for (size_t cell = 0; cell < job->cells; cell++)
		if (job->period > 0
			&& job->grid->is_hidden[now - job->cells + cell])
			hide(job, now + cell, SUPPRESS_SECONDARY);
}

/* Cells hidden on the way are protected by the shift that hid them, and hiding
 * more never narrows a range: one pass is enough. */
static bool protect_period(struct job *job, struct arena *arena,
	struct fault *fault)
{
	struct shift_search *search = shift_open(arena, job->grid);
	assert(job->cells > 0);
	uint8_t *was_hidden = arena_array(arena, job->grid->cells, 1);
	memcpy(was_hidden, job->grid->is_hidden, job->grid->cells);
	bool is_carried = false;
	for (size_t place = 0; place < job->grid->cells; place++) {
		uint32_t time = (uint32_t)(place / job->cells);
		bool is_new = time % job->grid->periods == job->period;
		if (!was_hidden[place] || (is_carried && !is_new)
			|| protect(job, search, place))
			continue;
		if (is_new)
			return fault_set(fault, FAULT_BROKEN,
				"cell %zu cannot be protected", place);
		carry_on(job);
		is_carried = true;
	}
	return true;
}

bool suppress_cells(struct arena *arena, const struct suppress_table *table,
	const struct suppress_rules *rules, struct suppress_result *out_result,
	struct fault *fault)
{
	struct job job = {.table = table, .rules = usual(rules)};
	if (!measure_axes(&job, fault) || !check_values(&job, fault))
		return false;
	uint32_t periods = periods_of(table);
	job.result.figures = arena_array(arena, periods * job.cells, 1);
	job.result.within = arena_array(arena, periods * job.cells, 1);
	for (job.period = 0; job.period < periods; job.period++) {
		grid_open(&job, arena);
		hide_small(&job);
		hide_complements(&job);
		hide_elsewhere(&job);
		hide_steps(&job);
		if (!protect_period(&job, arena, fault))
			return false;
		if (job.period == 0)
			memcpy(job.result.within, job.result.figures, job.cells);
	}
	if (periods == 1)
		job.result.within = NULL;
	*out_result = job.result;
	return true;
}

bool suppress_shows_percentage(const struct suppress_table *table,
	const struct suppress_rules *rules, const uint8_t *reasons, size_t cell)
{
	struct job job = {.table = table, .rules = usual(rules)};
	struct fault fault = {0};
	if (table->outcome == 0 || !measure_axes(&job, &fault))
		return false;
	assert(job.cells > 0);
	size_t period = cell / job.cells * job.cells;
	size_t both = period + outcome_cell(&job, cell - period, OUTCOME_BOTH);
	size_t step = job.stride[table->outcome - 1];
	return table->values[both] >= job.rules.least_denominator
		&& reasons[both] == SUPPRESS_SHOWN
		&& reasons[both + OUTCOME_COUNTED * step] == SUPPRESS_SHOWN
		&& reasons[both + OUTCOME_NOT_COUNTED * step] == SUPPRESS_SHOWN;
}

const char *suppress_reason_name(enum suppress_reason reason)
{
	static const char *const names[SUPPRESS_REASONS] = {"shown", "primary",
		"complement", "difference", "secondary", "elsewhere"};
	return reason < SUPPRESS_REASONS ? names[reason] : "";
}
