/* SPDX-License-Identifier: MIT
 *
 * Looks for the cheapest shift through a cell: for each choice of circuits on
 * the axes outside a plane, Dijkstra's walk in the plane.
 */
#include "measures/shift-inside.h"

/* A cell of the circuits outside the plane, and which way it moves. */
struct mate {
	size_t offset;
	int way;
};

struct step {
	size_t cell;
	int way;
};

/* The rows and columns of the plane are nodes, rows first. */
struct node {
	int64_t far;
	uint32_t from;
	bool is_done;
};

struct shift_search {
	struct shift_grid *grid;
	uint32_t start[SHIFT_AXES]; /* places of the cell to be shifted */
	uint32_t outside[SHIFT_AXES];
	int outside_count;
	int plane[2]; /* axes; -1: none */
	int way;
	struct mate *mates; /* room for a product of circuits at each depth */
	size_t mates_room;
	struct node *nodes;
	uint32_t *frontier; /* nodes reached but not done */
	uint32_t frontier_count;
	int64_t best; /* cost of the cheapest found so far */
	struct step *steps;
	size_t step_count;
	size_t *touched;
	size_t touched_count;
	bool *is_touched;
};

/* The longest circuit of an axis. */
static size_t longest(const struct shift_grid *grid, int axis)
{
	if (grid->size[axis] < 2)
		return 1;
	return axis == SHIFT_TIME ? grid->periods + 1 : 2;
}

struct shift_search *shift_open(struct arena *arena, struct shift_grid *grid)
{
	struct shift_search *search = arena_new(arena, sizeof(*search));
	search->grid = grid;
	search->mates_room = 1;
	size_t nodes = 2;
	for (int axis = 0; axis < SHIFT_AXES; axis++) {
		search->mates_room *= longest(grid, axis);
		nodes += grid->size[axis];
	}
	search->mates = arena_array(arena,
		search->mates_room * (SHIFT_AXES + 1), sizeof(struct mate));
	search->nodes = arena_array(arena, nodes, sizeof(struct node));
	search->frontier = arena_array(arena, nodes, sizeof(uint32_t));
	search->steps = arena_array(arena, nodes * search->mates_room,
		sizeof(struct step));
	search->touched = arena_array(arena, grid->cells, sizeof(size_t));
	search->is_touched = arena_array(arena, grid->cells, sizeof(bool));
	return search;
}

/* What it costs to move one cell one step; SHIFT_NEVER: it cannot. */
static inline int64_t cell_cost(const struct shift_grid *grid, size_t cell,
	int way)
{
	if (way < 0 && grid->value[cell] + grid->flow[cell] <= grid->least[cell])
		return SHIFT_NEVER;
	if (grid->is_hidden[cell] || grid->flow[cell] != 0)
		return 0;
	return grid->cost[cell];
}

/* The same for a place in the plane, with all its mates. */
static int64_t place_cost(const struct shift_search *search,
	const struct mate *mates, size_t count, struct step place)
{
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t cost = cell_cost(search->grid,
			place.cell + mates[i].offset, place.way * mates[i].way);
		if (cost >= search->best - sum)
			return SHIFT_NEVER;
		sum += cost;
	}
	return sum;
}

/* The cell in the plane between a row and a column. A walk enters rows and
 * columns in turn, so signs alternate; a total moves against its sign. */
static inline struct step plane_step(const struct shift_search *search,
	uint32_t row, uint32_t column, int turn)
{
	const struct shift_grid *grid = search->grid;
	int a = search->plane[0], b = search->plane[1];
	int totals = (row == 0) + (column == 0) + (search->start[a] == 0)
		+ (search->start[b] == 0);
	return (struct step){.cell = row * grid->stride[a]
			+ column * grid->stride[b],
		.way = search->way * turn * (totals % 2 == 0 ? 1 : -1)};
}

static void keep_step(struct shift_search *search, const struct mate *mates,
	size_t count, struct step place)
{
	for (size_t i = 0; i < count; i++)
		search->steps[search->step_count++] = (struct step){place.cell
				+ mates[i].offset,
			place.way * mates[i].way};
}

/* The walk from the cell's column back to its row, by where each node came
 * from; the cell itself closes it. */
static void keep_walk(struct shift_search *search, const struct mate *mates,
	size_t count)
{
	uint32_t rows = search->grid->size[search->plane[0]];
	uint32_t row = search->start[search->plane[0]];
	uint32_t column = search->start[search->plane[1]];
	search->step_count = 0;
	keep_step(search, mates, count, plane_step(search, row, column, 1));
	uint32_t node = row;
	while (node != rows + column) {
		uint32_t from = search->nodes[node].from;
		struct step step = node < rows
			? plane_step(search, node, from - rows, -1)
			: plane_step(search, from, node - rows, 1);
		keep_step(search, mates, count, step);
		node = from;
	}
}

/* Takes the nearest node off the frontier. Of equals the last found, so that a
 * column is left for the row that ends the walk before other rows are tried. */
static uint32_t take_nearest(struct shift_search *search)
{
	const struct node *nodes = search->nodes;
	uint32_t *frontier = search->frontier;
	uint32_t last = search->frontier_count - 1, best = last;
	for (uint32_t i = last; i-- > 0;)
		if (nodes[frontier[i]].far < nodes[frontier[best]].far)
			best = i;
	uint32_t node = frontier[best];
	frontier[best] = frontier[last];
	search->frontier_count = last;
	return node;
}

static void relax(struct shift_search *search, const struct mate *mates,
	size_t count, uint32_t node)
{
	uint32_t rows = search->grid->size[search->plane[0]];
	uint32_t all = rows + search->grid->size[search->plane[1]];
	uint32_t row = search->start[search->plane[0]];
	uint32_t column = rows + search->start[search->plane[1]];
	uint32_t to = node < rows ? rows : 0, stop = node < rows ? all : rows;
	for (; to < stop; to++) {
		struct node *next = &search->nodes[to];
		if (next->is_done || (node == column && to == row)
			|| (node == row && to == column))
			continue;
		struct step step = node < rows
			? plane_step(search, node, to - rows, 1)
			: plane_step(search, to, node - rows, -1);
		int64_t cost = place_cost(search, mates, count, step);
		if (cost == SHIFT_NEVER)
			continue;
		int64_t far = search->nodes[node].far + cost;
		if (far >= next->far)
			continue;
		if (next->far == SHIFT_NEVER)
			search->frontier[search->frontier_count++] = to;
		next->far = far;
		next->from = node;
	}
}

static void search_plane(struct shift_search *search, const struct mate *mates,
	size_t count)
{
	uint32_t rows = search->grid->size[search->plane[0]];
	uint32_t all = rows + search->grid->size[search->plane[1]];
	uint32_t row = search->start[search->plane[0]];
	uint32_t column = search->start[search->plane[1]];
	int64_t own = place_cost(search, mates, count,
		plane_step(search, row, column, 1));
	if (own == SHIFT_NEVER)
		return;
	for (uint32_t i = 0; i < all; i++)
		search->nodes[i] = (struct node){.far = SHIFT_NEVER};
	search->nodes[rows + column].far = own;
	search->frontier[0] = rows + column;
	search->frontier_count = 1;
	for (;;) {
		if (search->frontier_count == 0)
			return;
		uint32_t node = take_nearest(search);
		int64_t far = search->nodes[node].far;
		if (far >= search->best)
			return;
		if (search->nodes[row].far <= far)
			break;
		search->nodes[node].is_done = true;
		relax(search, mates, count, node);
	}
	search->best = search->nodes[row].far;
	keep_walk(search, mates, count);
}

static void search_end(struct shift_search *search, const struct mate *mates,
	size_t count)
{
	if (search->plane[0] >= 0) {
		search_plane(search, mates, count);
		return;
	}
	struct step own = {.cell = 0, .way = search->way};
	int64_t cost = place_cost(search, mates, count, own);
	if (cost >= search->best)
		return;
	search->best = cost;
	search->step_count = 0;
	keep_step(search, mates, count, own);
}

/* Mates so far, each at one more place: the product with a circuit. */
struct product {
	const struct mate *from;
	size_t count;
	struct mate *to;
	size_t made;
	size_t stride;
};

static void multiply(struct product *product, uint32_t place, int way)
{
	for (size_t i = 0; i < product->count; i++)
		product->to[product->made++] = (struct mate){product->from[i].offset
				+ place * product->stride,
			product->from[i].way * way};
}

static void search_axis(struct shift_search *search, int depth,
	const struct mate *mates, size_t count);

/* One circuit in time: out of the own figure of period `begin`, through the
 * years to date, and back at the own figure of `end`; or, if that is T, on to
 * the last year to date. Skipped if the cell's own place is not on it. */
static void search_time(struct shift_search *search, int depth,
	struct product product, uint32_t begin, uint32_t end)
{
	uint32_t periods = search->grid->periods;
	uint32_t own = search->start[SHIFT_TIME];
	int way = 0;
	if (own == periods + begin || (own >= begin && own < end))
		way = 1;
	else if (end < periods && own == periods + end)
		way = -1;
	if (way == 0)
		return;
	product.made = 0;
	multiply(&product, periods + begin, way);
	for (uint32_t i = begin; i < end; i++)
		multiply(&product, i, way);
	if (end < periods)
		multiply(&product, periods + end, -way);
	search_axis(search, depth + 1, product.to, product.made);
}

/* Every circuit through the cell on the axis at this depth. */
static void search_axis(struct shift_search *search, int depth,
	const struct mate *mates, size_t count)
{
	if (search->best == 0)
		return;
	if (depth == search->outside_count) {
		search_end(search, mates, count);
		return;
	}
	const struct shift_grid *grid = search->grid;
	uint32_t axis = search->outside[depth], own = search->start[axis];
	struct product product = {.from = mates,
		.count = count,
		.to = search->mates + search->mates_room * (size_t)(depth + 1),
		.stride = grid->stride[axis]};
	if (grid->size[axis] == 1) {
		search_axis(search, depth + 1, mates, count);
		return;
	}
	if (axis == SHIFT_TIME) {
		for (uint32_t i = 0; i < grid->periods; i++)
			for (uint32_t j = i + 1; j <= grid->periods; j++)
				search_time(search, depth, product, i, j);
		return;
	}
	for (uint32_t other = 0; other < grid->size[axis]; other++) {
		if (other == own)
			continue;
		product.made = 0;
		multiply(&product, own, 1);
		multiply(&product, other, own == 0 || other == 0 ? 1 : -1);
		search_axis(search, depth + 1, product.to, product.made);
	}
}

static void search_around(struct shift_search *search, int a, int b)
{
	search->plane[0] = a;
	search->plane[1] = b;
	search->outside_count = 0;
	for (int axis = 0; axis < SHIFT_AXES; axis++)
		if (axis != a && axis != b)
			search->outside[search->outside_count++] = (uint32_t)axis;
	search->mates[0] = (struct mate){.way = 1};
	search_axis(search, 0, search->mates, 1);
}

/* Each pair of axes with parts makes a plane. */
static void search_all(struct shift_search *search)
{
	const struct shift_grid *grid = search->grid;
	bool has_plane = false;
	for (int a = 0; a < SHIFT_TIME; a++)
		for (int b = a + 1; b < SHIFT_TIME; b++)
			if (grid->size[a] > 1 && grid->size[b] > 1) {
				has_plane = true;
				search_around(search, a, b);
			}
	if (!has_plane)
		search_around(search, -1, -1);
}

static void take_steps(struct shift_search *search)
{
	struct shift_grid *grid = search->grid;
	for (size_t i = 0; i < search->step_count; i++) {
		size_t cell = search->steps[i].cell;
		if (!search->is_touched[cell])
			search->touched[search->touched_count++] = cell;
		search->is_touched[cell] = true;
		grid->flow[cell] += search->steps[i].way;
	}
}

int64_t shift_push(struct shift_search *search, size_t cell, enum shift_way way,
	int64_t wanted, int64_t most)
{
	const struct shift_grid *grid = search->grid;
	for (int axis = 0; axis < SHIFT_AXES; axis++)
		search->start[axis] = (uint32_t)(cell / grid->stride[axis])
			% grid->size[axis];
	search->way = way;
	int64_t done = 0;
	while (done < wanted) {
		search->best = most;
		search_all(search);
		if (search->best == most)
			break;
		take_steps(search);
		done++;
	}
	return done;
}

void shift_forget(struct shift_search *search)
{
	for (size_t i = 0; i < search->touched_count; i++) {
		search->grid->flow[search->touched[i]] = 0;
		search->is_touched[search->touched[i]] = false;
	}
	search->touched_count = 0;
}
