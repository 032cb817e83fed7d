/* SPDX-License-Identifier: MIT
 *
 * Forms begun and not sent: one a person, entry and step. They are nobody
 * else's to see, and nothing is worked out from them.
 */
#include "desk/case_at-inside.h"
#include "desk/given_json.h"

extern const struct embedded case_sql[];

enum { MOST_DRAFT = 256 * 1024 };

struct place {
	int64_t entry; /* 0: of a step that opens */
	const char *register_name;
};

static bool find_place(struct case_at *at, const struct desk_draft_input *in,
	struct place *out_place, struct fault *fault)
{
	struct entry *entry;
	if (in->reference.length == 0) {
		*out_place = (struct place){0,
			arena_string(at->desk->arena, in->register_name)};
		return true;
	}
	if (!case_at_load(at, in->reference, &entry, fault))
		return false;
	*out_place = (struct place){entry->id, entry->of->name};
	return true;
}

static bool find_draft(struct case_at *at, const struct desk_draft_input *in,
	const struct place *place, int64_t *out_id,
	struct desk_draft *out_draft, struct fault *fault)
{
	struct arena *arena = at->desk->arena;
	struct store_rows *rows;
	*out_id = 0;
	if (!store_query(at->part.store, store_find(case_sql, "draft_find"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_string(at->desk->person.login),
			    store_string(place->register_name),
			    store_integer(place->entry), store_text(in->step)),
		    &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		*out_id = store_get_integer(rows, 0);
		*out_draft = (struct desk_draft){.register_name =
							 place->register_name,
			.reference = arena_string(arena, in->reference),
			.step = arena_string(arena, in->step),
			.input = arena_text(arena, store_get_text(rows, 1)),
			.saved_at = arena_string(arena, store_get_text(rows, 2))};
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static struct acts_note note_of(const struct place *place)
{
	return (struct acts_note){"draft", place->register_name, ""};
}

bool acts_draft_save(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_draft_input *in = input;
	const struct step_given *given;
	struct desk_draft before;
	struct case_at at;
	struct place place;
	size_t count;
	int64_t id;
	(void)output;
	if (in->input.length > MOST_DRAFT)
		return fault_set(fault, FAULT_LIMIT, "the draft is too long");
	if (!given_json_read(in->input, desk->arena, &given, &count, fault)
		|| !case_at_open(desk, &at, fault)
		|| !find_place(&at, in, &place, fault)
		|| !find_draft(&at, in, &place, &id, &before, fault))
		return false;
	*note = note_of(&place);
	return store_run(at.part.store, store_find(case_sql, "draft_put"),
		STORE_VALUES(store_integer(at.part.la),
			store_integer(id == 0 ? ident_next(&at.ids) : id),
			store_string(desk->person.login),
			store_string(place.register_name),
			store_integer(place.entry), store_text(in->step),
			store_text(in->input), store_string(at.now)),
		fault);
}

bool acts_draft_read(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_draft_input *in = input;
	struct case_at at;
	struct place place;
	int64_t id;
	if (!case_at_open(desk, &at, fault) || !find_place(&at, in, &place, fault)
		|| !find_draft(&at, in, &place, &id, output, fault))
		return false;
	*note = note_of(&place);
	return id != 0
		|| fault_set(fault, FAULT_MISSING, "there is no such draft");
}

bool acts_drafts(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { MOST = 200 };
	struct desk_drafts_output *out = output;
	struct arena *arena = desk->arena;
	struct case_at at;
	struct store_rows *rows;
	struct desk_draft *drafts = arena_array(arena, MOST, sizeof *drafts);
	size_t count = 0;
	(void)input;
	if (!case_at_open(desk, &at, fault)
		|| !store_query(at.part.store, store_find(case_sql, "drafts"),
			STORE_VALUES(store_integer(at.part.la),
				store_string(desk->person.login)),
			&rows, fault))
		return false;
	while (count < MOST && store_next(rows, fault)) {
		const struct register_one *one = register_find(desk->registers,
			store_get_text(rows, 1));
		int64_t entry = store_get_integer(rows, 2);
		if (one == NULL)
			continue;
		drafts[count++] = (struct desk_draft){.register_name =
							      one->definition->name,
			.reference = entry == 0
				? ""
				: case_at_reference(&at, one->definition, entry),
			.step = arena_string(arena, store_get_text(rows, 3)),
			.input = arena_text(arena, store_get_text(rows, 4)),
			.saved_at = arena_string(arena, store_get_text(rows, 5))};
	}
	store_end(rows);
	*out = (struct desk_drafts_output){drafts, count};
	*note = (struct acts_note){"draft", "", ""};
	return !fault_is_set(fault);
}

bool acts_draft_drop(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_draft_input *in = input;
	struct case_at at;
	struct place place;
	(void)output;
	if (!case_at_open(desk, &at, fault)
		|| !find_place(&at, in, &place, fault))
		return false;
	*note = note_of(&place);
	return store_run(at.part.store, store_find(case_sql, "draft_drop"),
		STORE_VALUES(store_integer(at.part.la),
			store_string(desk->person.login),
			store_string(place.register_name),
			store_integer(place.entry), store_text(in->step)),
		fault);
}
