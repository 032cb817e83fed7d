/* SPDX-License-Identifier: MIT
 *
 * Looking for children, reading what is known of one, and who looked.
 *
 * A hidden child is not found, not counted and not told about. Of an entry that
 * is somebody else's it is told that it is there and whom to ask.
 */
#include "desk/case_at-inside.h"
#include "people/fold.h"

extern const struct embedded case_sql[];

enum { MOST_FOUND = 50, MOST_WORDS = 8, MOST_CANDIDATES = 400 };

/* ---- Looking ---- */

struct finding {
	struct case_at *at;
	int64_t children[MOST_CANDIDATES];
	size_t count;
};

static bool is_in(const struct finding *finding, int64_t child)
{
	for (size_t i = 0; i < finding->count; i++)
		if (finding->children[i] == child)
			return true;
	return false;
}

static bool add_all(struct finding *finding, const char *statement,
	const struct store_value *values, size_t count, struct fault *fault)
{
	struct store_rows *rows;
	const struct case_at *at = finding->at;
	if (!store_query(at->part.store, store_find(case_sql, statement),
		    values, count, &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		int64_t child = store_get_integer(rows, 0);
		bool is_told = at->desk->person.is_operator
			|| sight_child(at->sight, child);
		if (is_told && finding->count < MOST_CANDIDATES
			&& !is_in(finding, child))
			finding->children[finding->count++] = child;
	}
	store_end(rows);
	return !fault_is_set(fault);
}

/* Numbers are written with blanks by people. */
static struct text without_blanks(struct arena *arena, struct text text)
{
	char *to = arena_new(arena, text.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] != ' ')
			to[length++] = text.at[i] >= 'a' && text.at[i] <= 'z'
				? (char)(text.at[i] - 'a' + 'A')
				: text.at[i];
	return (struct text){to, length};
}

/* The first text behind all that begin with these bytes. */
static struct text after(struct arena *arena, struct text folded)
{
	return text_of(
		arena_format(arena, TEXT_FORMAT "\x7f", TEXT_ARGS(folded)));
}

static bool find_by_name(struct finding *finding, struct text words,
	struct fault *fault)
{
	struct case_at *at = finding->at;
	struct text folded = fold_name(at->desk->arena, words);
	struct text first, rest = folded;
	if (folded.length < 2)
		return true;
	/* As it stands (surname forename), then with the words turned round. */
	if (!add_all(finding, "child_by_name",
		    STORE_VALUES(store_integer(at->part.la), store_text(folded),
			    store_text(after(at->desk->arena, folded))),
		    fault))
		return false;
	first = text_split(folded, ' ', &rest);
	if (rest.length == 0)
		return true;
	struct text turned = text_of(arena_format(at->desk->arena,
		TEXT_FORMAT " " TEXT_FORMAT, TEXT_ARGS(rest), TEXT_ARGS(first)));
	return add_all(finding, "child_by_name",
		STORE_VALUES(store_integer(at->part.la), store_text(turned),
			store_text(after(at->desk->arena, turned))),
		fault);
}

static bool find_all(struct finding *finding, struct text words,
	struct fault *fault)
{
	struct case_at *at = finding->at;
	struct date born;
	if (date_read_any(words, &born)
		&& !add_all(finding, "child_by_born",
			STORE_VALUES(store_integer(at->part.la), store_date(born)),
			fault))
		return false;
	return add_all(finding, "child_by_number",
		       STORE_VALUES(store_integer(at->part.la),
			       store_text(without_blanks(at->desk->arena, words))),
		       fault)
		&& add_all(finding, "child_by_number",
			STORE_VALUES(store_integer(at->part.la),
				store_text(words)),
			fault)
		&& find_by_name(finding, words, fault);
}

/* ---- Cards ---- */

static bool read_card(struct case_at *at, struct desk_child_card *card,
	struct fault *fault)
{
	struct arena *arena = at->desk->arena;
	struct store_rows *rows;
	bool is_found = false;
	if (!store_query(at->part.store, store_find(case_sql, "child_card"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(card->child)),
		    &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		is_found = true;
		card->born = store_get_date(rows, 0);
		card->sex = arena_string(arena, store_get_text(rows, 1));
		card->ethnicity = arena_string(arena, store_get_text(rows, 2));
		card->died = store_get_date(rows, 3);
	}
	store_end(rows);
	return !fault_is_set(fault)
		&& (is_found
			|| fault_set(fault, FAULT_MISSING,
				"there is no such child"));
}

static bool read_names(struct case_at *at, struct desk_child_card *card,
	struct fault *fault)
{
	enum { MOST = 32 };
	struct arena *arena = at->desk->arena;
	struct store_rows *rows;
	struct desk_child_name *names = arena_array(arena, MOST, sizeof *names);
	if (!store_query(at->part.store, store_find(case_sql, "child_names"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(card->child)),
		    &rows, fault))
		return false;
	while (card->name_count < MOST && store_next(rows, fault))
		names[card->name_count++] =
			(struct desk_child_name){arena_string(arena,
							 store_get_text(rows, 0)),
				arena_string(arena, store_get_text(rows, 1)),
				arena_string(arena, store_get_text(rows, 2))};
	store_end(rows);
	card->names = names;
	return !fault_is_set(fault);
}

static bool read_numbers(struct case_at *at, struct desk_child_card *card,
	struct fault *fault)
{
	enum { MOST = 64 };
	struct arena *arena = at->desk->arena;
	struct store_rows *rows;
	struct desk_child_number *numbers = arena_array(arena, MOST,
		sizeof *numbers);
	if (!store_query(at->part.store, store_find(case_sql, "child_numbers"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(card->child)),
		    &rows, fault))
		return false;
	while (card->number_count < MOST && store_next(rows, fault))
		numbers[card->number_count++] =
			(struct desk_child_number){arena_string(arena,
							   store_get_text(rows,
								   0)),
				arena_string(arena, store_get_text(rows, 1)),
				arena_string(arena, store_get_text(rows, 2)),
				arena_string(arena, store_get_text(rows, 3))};
	store_end(rows);
	card->numbers = numbers;
	return !fault_is_set(fault);
}

/* A register the person has no business with is not told about. */
static void add_entry(struct case_at *at, const struct store_rows *rows,
	struct desk_child_card *card, struct desk_child_entry *entries)
{
	struct arena *arena = at->desk->arena;
	const struct register_one *one = register_find(at->desk->registers,
		store_get_text(rows, 1));
	struct text owner = store_get_text(rows, 7);
	struct text team = store_get_text(rows, 8);
	if (one == NULL)
		return;
	enum sight_verdict verdict = at->desk->person.is_operator
		? SIGHT_YES
		: sight_read(one->definition, at->roles,
			sight_relation(at->sight, card->child, owner, team));
	if (verdict == SIGHT_HIDDEN)
		return;
	struct desk_child_entry *entry = &entries[card->entry_count++];
	*entry = (struct desk_child_entry){.definition = one->definition,
		.state = "",
		.owner = arena_string(arena, owner),
		.team = arena_string(arena, team)};
	if (verdict == SIGHT_NO)
		return;
	entry->reference = case_at_reference(at, one->definition,
		store_get_integer(rows, 0));
	entry->state = arena_string(arena, store_get_text(rows, 2));
	entry->opened = store_get_date(rows, 4);
	entry->closed = store_get_date(rows, 5);
}

static bool read_entries(struct case_at *at, struct desk_child_card *card,
	struct fault *fault)
{
	enum { MOST = 200 };
	extern const struct embedded register_sql[];
	struct store_rows *rows;
	struct desk_child_entry *entries = arena_array(at->desk->arena, MOST,
		sizeof *entries);
	if (!store_query(at->part.store,
		    store_find(register_sql, "entries_of_subject"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(card->child)),
		    &rows, fault))
		return false;
	while (card->entry_count < MOST && store_next(rows, fault))
		add_entry(at, rows, card, entries);
	store_end(rows);
	card->entries = entries;
	return !fault_is_set(fault);
}

/* ---- The acts ---- */

static const char *first_name(struct arena *arena,
	const struct desk_child_card *card)
{
	return card->name_count == 0
		? ""
		: arena_format(arena, "%s %s", card->names[0].forename,
			card->names[0].surname);
}

static bool has_own(const struct desk_child_card *card)
{
	for (size_t i = 0; i < card->entry_count; i++)
		if (card->entries[i].reference != NULL)
			return true;
	return false;
}

static bool add_found(struct finding *finding, int64_t child,
	struct desk_found *found, struct fault *fault)
{
	struct desk_child_card card = {.child = child};
	struct case_at *at = finding->at;
	if (!read_card(at, &card, fault) || !read_names(at, &card, fault)
		|| !read_numbers(at, &card, fault)
		|| !read_entries(at, &card, fault))
		return false;
	*found = (struct desk_found){.child = child,
		.name = first_name(at->desk->arena, &card),
		.number = card.number_count == 0 ? "" : card.numbers[0].value,
		.born = card.born,
		.is_mine = has_own(&card)};
	return true;
}

bool acts_child_find(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_find_input *in = input;
	struct desk_find_output *out = output;
	struct case_at at;
	struct text words = text_trim(in->words);
	*out = (struct desk_find_output){NULL, 0, false};
	if (words.length < 2 || words.length > 200)
		return fault_set(fault, FAULT_INPUT,
			"enter a name, a number or a date of birth");
	if (!case_at_open(desk, &at, fault))
		return false;
	struct finding *finding = arena_new(desk->arena, sizeof *finding);
	finding->at = &at;
	if (!find_all(finding, words, fault))
		return false;
	out->is_cut = finding->count > MOST_FOUND;
	size_t count = out->is_cut ? MOST_FOUND : finding->count;
	struct desk_found *found = arena_array(desk->arena, count + 1,
		sizeof *found);
	for (size_t i = 0; i < count; i++)
		if (!add_found(finding, finding->children[i], &found[i], fault))
			return false;
	out->found = found;
	out->count = count;
	*note = (struct acts_note){"search", "child",
		arena_format(desk->arena, "%zu found", finding->count)};
	return true;
}

bool acts_child_read(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_child_input *in = input;
	struct desk_child_card *out = output;
	struct case_at at;
	struct value *facts = arena_array(desk->arena, FACTS, sizeof *facts);
	*out = (struct desk_child_card){.child = in->child, .facts = facts};
	if (!case_at_open(desk, &at, fault))
		return false;
	if (!desk->person.is_operator && !sight_child(at.sight, in->child))
		return fault_set(fault, FAULT_MISSING, "there is no such child");
	if (!read_card(&at, out, fault) || !read_names(&at, out, fault)
		|| !read_numbers(&at, out, fault)
		|| !read_entries(&at, out, fault)
		|| !fact_read(at.part.store, at.part.la, in->child, desk->today,
			desk->arena, facts, fault))
		return false;
	*note = case_at_note(&at, in->child, "record");
	return true;
}

bool acts_child_looked(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { MOST = 1000 };
	const struct desk_child_input *in = input;
	struct desk_looked_output *out = output;
	struct case_at at;
	struct store_rows *rows;
	size_t count = 0;
	if (!case_at_open(desk, &at, fault))
		return false;
	if (!desk->person.is_operator && !sight_child(at.sight, in->child))
		return fault_set(fault, FAULT_MISSING, "there is no such child");
	/* One that is not there answers as one that is hidden. */
	struct desk_child_card card = {.child = in->child};
	if (!read_card(&at, &card, fault))
		return false;
	struct desk_looked *looks = arena_array(desk->arena, MOST, sizeof *looks);
	*note = case_at_note(&at, in->child, "who looked");
	if (!store_query(at.part.store, store_find(case_sql, "looked"),
		    STORE_VALUES(store_integer(at.part.la),
			    store_string(note->key)),
		    &rows, fault))
		return false;
	while (count < MOST && store_next(rows, fault)) {
		struct desk_looked *look = &looks[count++];
		const char **texts[] = {&look->at, &look->actor, &look->purpose,
			&look->act, NULL, &look->detail};
		for (size_t i = 0; i < COUNT_OF(texts); i++)
			if (texts[i] != NULL)
				*texts[i] = arena_string(desk->arena,
					store_get_text(rows, (int)i));
	}
	store_end(rows);
	*out = (struct desk_looked_output){looks, count};
	return !fault_is_set(fault);
}
