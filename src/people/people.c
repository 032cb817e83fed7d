/* SPDX-License-Identifier: MIT
 *
 * The child index in memory: an array of children, and a map from each number
 * to the first child that bears it; further bearers hang behind.
 */
#include "people/people.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"

extern const struct embedded people_sql[];

struct person {
	int64_t id;
	int64_t batch;
	struct date born;
	struct date expected;
	struct date died;
	struct date mother_of;
	char sex[2];
	char ethnicity[5];
	struct text ethnicity_source;
	bool is_uasc;
	bool is_changed;
};

/* A number borne by a person; `next` is the next bearer plus one. */
struct bearer {
	int32_t person;
	int32_t next;
};

struct people {
	struct store *store;
	int la;
	struct ident_source *ids;
	struct arena *arena;
	struct person *persons;
	size_t count, capacity;
	struct bearer *bearers;
	size_t bearer_count, bearer_capacity;
	struct map *numbers; /* scheme digit and value: bearer plus one */
	struct map *places;  /* child id: index into persons */
	struct map *apart;   /* pairs */
	struct store_bulk *new_children;
	struct store_bulk *new_numbers;
};

enum { KEY_BYTES = PEOPLE_NUMBER + 6 };

static struct text number_key(enum identifier_scheme scheme, struct text value,
	char buffer[KEY_BYTES])
{
	/* A former UPN is sought where UPNs are, and the other way round. */
	buffer[0] = (char)('0'
		+ (scheme == IDENTIFIER_FORMER_UPN ? IDENTIFIER_UPN : scheme));
	text_copy(buffer + 1, KEY_BYTES - 1, value);
	return text_of(buffer);
}

static struct text apart_key(int64_t a, int64_t b, char buffer[KEY_BYTES])
{
	snprintf(buffer, KEY_BYTES, "%lld/%lld", (long long)(a < b ? a : b),
		(long long)(a < b ? b : a));
	return text_of(buffer);
}

static struct person *add_person(struct people *people, int64_t id)
{
	people->persons = memory_grow(people->persons, &people->capacity,
		people->count + 1, sizeof *people->persons);
	struct person *person = &people->persons[people->count];
	*person = (struct person){.id = id};
	map_set_number(people->places, id, (int64_t)people->count++);
	return person;
}

static int64_t first_bearer(const struct people *people,
	enum identifier_scheme scheme, struct text value)
{
	char buffer[KEY_BYTES];
	int64_t bearer = 0;
	map_get(people->numbers, number_key(scheme, value, buffer), &bearer);
	return bearer;
}

static bool bears(const struct people *people, enum identifier_scheme scheme,
	struct text value, int32_t person)
{
	for (int64_t at = first_bearer(people, scheme, value); at != 0;
		at = people->bearers[at - 1].next)
		if (people->bearers[at - 1].person == person)
			return true;
	return false;
}

static void add_bearer(struct people *people, enum identifier_scheme scheme,
	struct text value, int32_t person)
{
	char buffer[KEY_BYTES];
	struct text key = number_key(scheme, value, buffer);
	int64_t first = 0;
	map_get(people->numbers, key, &first);
	people->bearers = memory_grow(people->bearers, &people->bearer_capacity,
		people->bearer_count + 1, sizeof *people->bearers);
	people->bearers[people->bearer_count++] = (struct bearer){person,
		(int32_t)first};
	map_set(people->numbers, key, (int64_t)people->bearer_count);
}

static bool load_children(struct people *people, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(people->store, store_find(people_sql, "all_children"),
		    STORE_VALUES(store_integer(people->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		struct person *person = add_person(people,
			store_get_integer(rows, 0));
		person->born = store_get_date(rows, 1);
		person->expected = store_get_date(rows, 2);
		person->died = store_get_date(rows, 3);
		text_copy(person->sex, sizeof person->sex,
			store_get_text(rows, 4));
		text_copy(person->ethnicity, sizeof person->ethnicity,
			store_get_text(rows, 5));
		person->is_uasc = store_get_integer(rows, 6) == 1;
		person->mother_of = store_get_date(rows, 7);
		if (!store_is_null(rows, 8))
			person->ethnicity_source = arena_text(people->arena,
				store_get_text(rows, 8));
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static enum identifier_scheme scheme_of(struct text name)
{
	for (int i = 0; i < IDENTIFIER_SCHEMES; i++)
		if (text_is(name,
			    identifier_scheme_name((enum identifier_scheme)i)))
			return (enum identifier_scheme)i;
	return IDENTIFIER_CHILD_ID;
}

static bool load_numbers(struct people *people, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(people->store, store_find(people_sql, "all_identifiers"),
		    STORE_VALUES(store_integer(people->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		int64_t place;
		if (map_get_number(people->places, store_get_integer(rows, 2),
			    &place))
			add_bearer(people, scheme_of(store_get_text(rows, 0)),
				store_get_text(rows, 1), (int32_t)place);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool load_apart(struct people *people, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(people->store, store_find(people_sql, "all_apart"),
		    STORE_VALUES(store_integer(people->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		char buffer[KEY_BYTES];
		map_set(people->apart,
			apart_key(store_get_integer(rows, 0),
				store_get_integer(rows, 1), buffer),
			1);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

bool people_open(struct store *store, int la, struct ident_source *ids,
	struct people **out_people, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct people *people = arena_new(arena, sizeof *people);
	*people = (struct people){.store = store,
		.la = la,
		.ids = ids,
		.arena = arena,
		.numbers = map_open(),
		.places = map_open(),
		.apart = map_open()};
	bool is_open = load_children(people, fault)
		&& load_numbers(people, fault) && load_apart(people, fault)
		&& store_bulk_open(store, "child",
			"la, id, born, expected, died, sex, ethnicity,"
			" ethnicity_source, is_uasc, mother_of, batch, version",
			&people->new_children, fault)
		&& store_bulk_open(store, "identifier",
			"la, scheme, value, child, grade, batch",
			&people->new_numbers, fault);
	if (!is_open) {
		people_close(people);
		return false;
	}
	*out_people = people;
	return true;
}

void people_close(struct people *people)
{
	if (people == NULL)
		return;
	store_bulk_close(people->new_children);
	store_bulk_close(people->new_numbers);
	map_close(people->numbers);
	map_close(people->places);
	map_close(people->apart);
	memory_free(people->persons);
	memory_free(people->bearers);
	arena_close(people->arena);
}

static bool is_kept_apart(const struct people *people, const struct person *a,
	const struct person *b)
{
	char buffer[KEY_BYTES];
	int64_t ignored;
	return a != NULL && b != NULL
		&& map_get(people->apart, apart_key(a->id, b->id, buffer),
			&ignored);
}

static bool born_agrees(const struct person *person,
	const struct people_clue *clue, bool must_be_known)
{
	if (person->born.day == 0 || clue->born.day == 0)
		return !must_be_known;
	return person->born.day == clue->born.day;
}

/* The bearer of the number whose date of birth agrees. The schemes that need
 * a date of birth on both sides say so. */
static struct person *seek(const struct people *people,
	enum identifier_scheme scheme, const struct people_clue *clue,
	bool must_agree)
{
	struct text value = clue->numbers[scheme];
	if (value.length == 0)
		return NULL;
	if (scheme != IDENTIFIER_CHILD_ID
		&& !identifier_may_link(identifier_grade_of(scheme, value), value))
		return NULL;
	for (int64_t at = first_bearer(people, scheme, value); at != 0;
		at = people->bearers[at - 1].next) {
		assert(people->persons != NULL);
		struct person *person =
			&people->persons[people->bearers[at - 1].person];
		if (scheme == IDENTIFIER_CHILD_ID
			|| born_agrees(person, clue, must_agree))
			return person;
	}
	return NULL;
}

static struct person *find(const struct people *people,
	const struct people_clue *clue, enum people_link *out_link)
{
	static const struct {
		enum identifier_scheme scheme;
		bool must_agree; /* date of birth known on both sides, and equal */
		enum people_link link;
	} evidence[] = {
		{IDENTIFIER_CHILD_ID, false, PEOPLE_KNOWN},
		{IDENTIFIER_UPN, true, PEOPLE_BY_UPN},
		{IDENTIFIER_FORMER_UPN, true, PEOPLE_BY_UPN},
		{IDENTIFIER_NHS, false, PEOPLE_BY_NHS},
	};
	for (size_t i = 0; i < COUNT_OF(evidence); i++) {
		struct person *person = seek(people, evidence[i].scheme, clue,
			evidence[i].must_agree);
		if (person == NULL)
			continue;
		*out_link = evidence[i].link;
		return person;
	}
	*out_link = PEOPLE_NEW;
	return NULL;
}

int64_t people_find(const struct people *people, const struct people_clue *clue)
{
	enum people_link link;
	const struct person *person = find(people, clue, &link);
	return person == NULL ? 0 : person->id;
}

static void fill_date(struct person *person, struct date *held,
	struct date offered)
{
	if (held->day != 0 || offered.day == 0)
		return;
	*held = offered;
	person->is_changed = true;
}

static void fill_text(struct person *person, char *held, size_t size,
	struct text offered)
{
	if (held[0] != '\0' || offered.length == 0)
		return;
	text_copy(held, size, offered);
	person->is_changed = true;
}

/* Adds what is not known yet; never overwrites. A birth ends the expectation. */
static void learn(struct people *people, struct person *person,
	const struct people_clue *clue, int64_t batch)
{
	fill_date(person, &person->born, clue->born);
	if (person->born.day == 0)
		fill_date(person, &person->expected, clue->expected);
	else
		person->expected = DATE_NONE;
	fill_date(person, &person->died, clue->died);
	fill_date(person, &person->mother_of, clue->mother_of);
	if (text_is(text_of(person->sex), "U") && clue->sex.length > 0
		&& !text_is(clue->sex, "U"))
		person->sex[0] = '\0';
	fill_text(person, person->sex, sizeof person->sex, clue->sex);
	fill_text(person, person->ethnicity, sizeof person->ethnicity,
		clue->ethnicity);
	if (person->ethnicity_source.length == 0
		&& clue->ethnicity_source.length > 0) {
		person->ethnicity_source = arena_text(people->arena,
			clue->ethnicity_source);
		person->is_changed = true;
	}
	if (clue->is_uasc && !person->is_uasc)
		person->is_uasc = person->is_changed = true;
	if (person->is_changed)
		person->batch = batch;
}

static bool write_new(struct people *people, struct person *person,
	struct fault *fault)
{
	person->is_changed = false;
	return store_bulk_row(people->new_children,
		STORE_VALUES(store_integer(people->la),
			store_integer(person->id), store_date(person->born),
			store_date(person->expected), store_date(person->died),
			store_maybe(text_of(person->sex)),
			store_maybe(text_of(person->ethnicity)),
			store_maybe(person->ethnicity_source),
			store_integer(person->is_uasc),
			store_date(person->mother_of),
			store_integer(person->batch), store_integer(1)),
		fault);
}

/* A number of the record a child is kept apart from must not come to stand
 * with this one: it would link the two in every later feed. */
static bool is_borne_apart(const struct people *people,
	enum identifier_scheme scheme, struct text value,
	const struct person *person)
{
	if (map_count(people->apart) == 0)
		return false;
	for (int64_t at = first_bearer(people, scheme, value); at != 0;
		at = people->bearers[at - 1].next)
		if (is_kept_apart(people, person,
			    &people->persons[people->bearers[at - 1].person]))
			return true;
	return false;
}

static bool write_numbers(struct people *people, struct person *person,
	const struct people_clue *clue, int64_t batch, struct fault *fault)
{
	int32_t place = (int32_t)(person - people->persons);
	for (int i = 0; i < IDENTIFIER_SCHEMES; i++) {
		enum identifier_scheme scheme = (enum identifier_scheme)i;
		struct text value = clue->numbers[scheme];
		if (value.length == 0 || value.length > PEOPLE_NUMBER
			|| bears(people, scheme, value, place)
			|| is_borne_apart(people, scheme, value, person))
			continue;
		enum identifier_grade grade = identifier_grade_of(scheme, value);
		if (grade == IDENTIFIER_PLACEHOLDER)
			continue;
		add_bearer(people, scheme, value, place);
		if (!store_bulk_row(people->new_numbers,
			    STORE_VALUES(store_integer(people->la),
				    store_string(identifier_scheme_name(scheme)),
				    store_text(value), store_integer(person->id),
				    store_string(identifier_grade_name(grade)),
				    store_integer(batch)),
			    fault))
			return false;
	}
	return true;
}

bool people_claim(struct people *people, const struct people_clue *clue,
	int64_t batch, struct people_found *out_found, struct fault *fault)
{
	struct people_found found = {0};
	struct person *person = find(people, clue, &found.link);
	struct people_clue more = *clue;
	struct person *by_id = person;
	if (found.link == PEOPLE_KNOWN) /* found by this number, so it bears it */
		more.numbers[IDENTIFIER_CHILD_ID].length = 0;
	else
		by_id = seek(people, IDENTIFIER_CHILD_ID, clue, false);
	if (is_kept_apart(people, person, by_id))
		person = by_id;
	bool is_new = person == NULL;
	if (is_new) {
		person = add_person(people, ident_next(people->ids));
		person->batch = batch;
	}
	found.child = person->id;
	found.born_held = person->born;
	assert(person != NULL);
	found.born_differs = !born_agrees(person, clue, false);
	found.sex_differs = clue->sex.length == 1 && person->sex[0] != '\0'
		&& clue->sex.at[0] != person->sex[0] && clue->sex.at[0] != 'U'
		&& person->sex[0] != 'U';
	learn(people, person, clue, batch);
	if ((is_new && !write_new(people, person, fault))
		|| !write_numbers(people, person, &more, batch, fault))
		return false;
	*out_found = found;
	return true;
}

bool people_flush(struct people *people, struct fault *fault)
{
	if (!store_bulk_flush(people->new_children, fault)
		|| !store_bulk_flush(people->new_numbers, fault))
		return false;
	const char *change = store_find(people_sql, "change_child");
	for (size_t i = 0; i < people->count; i++) {
		struct person *p = &people->persons[i];
		if (!p->is_changed)
			continue;
		p->is_changed = false;
		if (!store_run(people->store, change,
			    STORE_VALUES(store_integer(people->la),
				    store_integer(p->id), store_date(p->born),
				    store_date(p->expected), store_date(p->died),
				    store_maybe(text_of(p->sex)),
				    store_maybe(text_of(p->ethnicity)),
				    store_maybe(p->ethnicity_source),
				    store_integer(p->is_uasc),
				    store_date(p->mother_of),
				    store_integer(p->batch)),
			    fault))
			return false;
	}
	return true;
}

size_t people_count(const struct people *people)
{
	return people->count;
}

struct date people_born(const struct people *people, int64_t child)
{
	int64_t place;
	if (!map_get_number(people->places, child, &place))
		return DATE_NONE;
	return people->persons[place].born;
}
