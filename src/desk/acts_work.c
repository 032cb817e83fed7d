/* SPDX-License-Identifier: MIT
 *
 * What is to be done by when: every open clock of the entries the person sees.
 */
#include "desk/case_at-inside.h"

extern const struct embedded case_sql[];

const char *const desk_work_when_words[] = {"all", "overdue", "soon", NULL};
const char *const desk_work_whose_words[] = {"mine", "team", "anybody", NULL};

struct listing {
	struct case_at *at;
	const struct desk_work_input *in;
	struct desk_work_output *out;
	struct desk_work_line *lines;
	size_t first, room;
};

/* Mine: what I own, or what nobody owns and falls to one of my roles in my
 * team. */
static bool is_whose(const struct case_at *at, const struct desk_work_input *in,
	const struct desk_work_line *line)
{
	const struct person *person = &at->desk->person;
	bool is_own = text_is(text_of(line->owner), person->login);
	bool is_teams = person_is_in(person, text_of(line->team));
	bool falls_to_me = (line->clock->due_to & at->roles) != 0;
	switch (in->whose) {
	case DESK_WORK_MINE:
		return is_own
			|| (line->owner[0] == '\0' && is_teams && falls_to_me);
	case DESK_WORK_TEAM:
		return is_own || is_teams;
	default:
		return true;
	}
}

static void add_line(struct listing *listing, struct desk_work_line line,
	int64_t entry)
{
	struct case_at *at = listing->at;
	struct desk_work_output *out = listing->out;
	int today = at->desk->today.day;
	bool is_overdue = line.due.day != 0 && line.due.day < today;
	bool is_soon = !is_overdue && line.warns.day != 0
		&& line.warns.day <= today;
	if (!is_whose(at, listing->in, &line))
		return;
	out->overdue += is_overdue;
	out->soon += is_soon;
	if ((listing->in->when == DESK_WORK_OVERDUE && !is_overdue)
		|| (listing->in->when == DESK_WORK_SOON && !is_soon))
		return;
	out->total++;
	if (out->total <= listing->first || out->count == listing->room)
		return;
	line.reference = case_at_reference(at, line.definition, entry);
	line.owner = arena_string(at->desk->arena, text_of(line.owner));
	line.team = arena_string(at->desk->arena, text_of(line.team));
	listing->lines[out->count++] = line;
}

static void read_line(struct listing *listing, const struct store_rows *rows,
	struct arena *row_arena)
{
	const struct case_at *at = listing->at;
	const struct register_one *one = register_find(at->desk->registers,
		store_get_text(rows, 3));
	struct text owner = store_get_text(rows, 8);
	struct text team = store_get_text(rows, 9);
	int64_t child = store_get_integer(rows, 4);
	if (one == NULL)
		return;
	const struct definition_clock *clock = definition_clock(one->definition,
		store_get_text(rows, 1));
	bool is_seen = at->desk->person.is_operator
		|| sight_read(one->definition, at->roles,
			   sight_relation(at->sight, child, owner, team))
			== SIGHT_YES;
	if (clock == NULL || !is_seen)
		return;
	add_line(listing,
		(struct desk_work_line){.definition = one->definition,
			.clock = clock,
			.child = child,
			.item = store_get_integer(rows, 2),
			.starts = store_get_date(rows, 5),
			.due = store_get_date(rows, 6),
			.warns = store_get_date(rows, 7),
			.owner = arena_string(row_arena, owner),
			.team = arena_string(row_arena, team)},
		store_get_integer(rows, 0));
}

static bool read_all(struct listing *listing, struct fault *fault)
{
	struct case_at *at = listing->at;
	struct store_rows *rows;
	if (!store_query(at->part.store, store_find(case_sql, "work_open"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_text(listing->in->register_name)),
		    &rows, fault))
		return false;
	struct arena *row_arena = arena_open();
	while (store_next(rows, fault)) {
		arena_reset(row_arena);
		read_line(listing, rows, row_arena);
	}
	arena_close(row_arena);
	store_end(rows);
	return !fault_is_set(fault);
}

bool acts_work(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_work_input *in = input;
	struct desk_work_output *out = output;
	struct case_at at;
	size_t size = in->page_size == 0         ? DESK_PAGE
		: in->page_size > DESK_PAGE_MOST ? DESK_PAGE_MOST
						 : in->page_size;
	size_t page = in->page == 0 ? 1 : in->page;
	*out = (struct desk_work_output){.page = page, .page_size = size};
	if (!case_at_open(desk, &at, fault))
		return false;
	struct listing listing = {.at = &at,
		.in = in,
		.out = out,
		.lines = arena_array(desk->arena, size, sizeof *listing.lines),
		.first = (page - 1) * size,
		.room = size};
	if (!read_all(&listing, fault))
		return false;
	out->lines = listing.lines;
	*note = (struct acts_note){"register", "work",
		desk_work_whose_words[in->whose]};
	return true;
}

/* ---- Messages ---- */

static bool read_told(struct case_at *at, const char *statement,
	struct text whose, struct desk_told *told, size_t *io_count,
	struct fault *fault)
{
	struct arena *arena = at->desk->arena;
	struct store_rows *rows;
	if (!store_query(at->part.store, store_find(case_sql, statement),
		    STORE_VALUES(store_integer(at->part.la), store_text(whose)),
		    &rows, fault))
		return false;
	for (size_t i = 0; i < 200 && store_next(rows, fault); i++)
		told[(*io_count)++] = (struct desk_told){.kind = arena_string(arena,
								 store_get_text(rows,
									 1)),
			.role = arena_string(arena, store_get_text(rows, 2)),
			.subject = arena_string(arena, store_get_text(rows, 4)),
			.content = arena_string(arena, store_get_text(rows, 5)),
			.made_at = arena_string(arena, store_get_text(rows, 6)),
			.reference = ""};
	store_end(rows);
	return !fault_is_set(fault);
}

bool acts_told(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { MOST = 200 };
	struct desk_told_output *out = output;
	const struct codes_list *roles = codes_list(desk->codes, "roles");
	struct case_at at;
	size_t count = 0;
	(void)input;
	if (!case_at_open(desk, &at, fault))
		return false;
	struct desk_told *told = arena_array(desk->arena,
		(roles->count + 1) * MOST, sizeof *told);
	if (!read_told(&at, "told_to", text_of(desk->person.login), told,
		    &count, fault))
		return false;
	for (size_t i = 0; i < roles->count && i < DEFINITION_ROLES; i++)
		if ((desk->person.roles >> i & 1) != 0
			&& !read_told(&at, "told_role", roles->entries[i].code,
				told, &count, fault))
			return false;
	*out = (struct desk_told_output){told, count};
	*note = (struct acts_note){"outbox", desk->person.login, ""};
	return true;
}
