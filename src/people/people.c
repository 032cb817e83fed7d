/* SPDX-License-Identifier: MIT
 *
 * The child index in memory: an array of children, in order of id, and an
 * index from each number to those who bear it (numbers.h). A child takes 32
 * bytes here: dates that few have stand apart, and texts that many share are
 * kept once.
 *
 * Long because what a child is in memory concerns reading, weighing, learning
 * and writing alike, and nobody else.
 */
#include "people/people.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "people/numbers.h"

extern const struct embedded people_sql[];

enum { ETHNICITY = 4, MOST_BATCHES = UINT16_MAX };

enum { IS_UASC = 1, IS_CHANGED = 2 };

struct person {
	int64_t id;
	struct date born;
	uint32_t rare;   /* place in `rares` plus one; 0: none */
	uint32_t source; /* place in `sources` plus one; 0: no text */
	uint16_t batch;  /* that told of the last change; see batch_number */
	uint16_t seen;   /* that spoke of the child last */
	char ethnicity[ETHNICITY]; /* zero bytes behind a shorter code */
	char sex;                  /* 0: not given */
	uint8_t flags;
};

_Static_assert(sizeof(struct person) == 32, "a child is to take 32 bytes");

/* Dates that few children have. */
struct rare {
	struct date expected;
	struct date died;
	struct date mother_of;
};

struct people {
	struct store *store;
	int la;
	struct ident_source *ids;
	struct arena *arena;
	struct person *persons;
	size_t count, capacity;
	size_t loaded; /* of them held before; ids grow in both parts */
	size_t changed;
	struct rare *rares;
	size_t rare_count, rare_capacity;
	struct map *source_places; /* text: place in `sources` */
	struct text *sources;
	size_t source_capacity;
	int64_t *batches;
	size_t batch_count, batch_capacity;
	struct numbers *numbers;
	struct map *apart; /* pairs */
	struct store_bulk *new_children;
	struct store_bulk *new_numbers;
};

static const struct rare no_rare;

static const struct rare *rare_of(const struct people *people,
	const struct person *person)
{
	return person->rare == 0 ? &no_rare : &people->rares[person->rare - 1];
}

static struct rare *make_rare(struct people *people, struct person *person)
{
	if (person->rare == 0) {
		people->rares = memory_grow(people->rares, &people->rare_capacity,
			people->rare_count + 1, sizeof *people->rares);
		people->rares[people->rare_count++] = no_rare;
		person->rare = (uint32_t)people->rare_count;
	}
	return &people->rares[person->rare - 1];
}

static struct text source_of(const struct people *people,
	const struct person *person)
{
	return person->source == 0 ? (struct text){.at = NULL, .length = 0}
				   : people->sources[person->source - 1];
}

static void set_source(struct people *people, struct person *person,
	struct text source)
{
	size_t before = map_count(people->source_places);
	int64_t place = map_intern(people->source_places, source);
	if (map_count(people->source_places) > before) {
		people->sources = memory_grow(people->sources,
			&people->source_capacity, before + 1,
			sizeof *people->sources);
		people->sources[before] = arena_text(people->arena, source);
	}
	person->source = (uint32_t)place + 1;
}

static struct text ethnicity_of(const struct person *person)
{
	return (struct text){person->ethnicity,
		strnlen(person->ethnicity, ETHNICITY)};
}

static void set_ethnicity(struct person *person, struct text code)
{
	if (code.length > 0)
		memcpy(person->ethnicity, code.at,
			code.length < ETHNICITY ? code.length : ETHNICITY);
}

static struct text sex_of(const struct person *person)
{
	return (struct text){&person->sex, person->sex != '\0'};
}

/* The batch as children remember it: from 1, in order of arrival. Beyond so
 * many, more than an import has files, the last stands for all. */
static uint16_t batch_number(struct people *people, int64_t batch)
{
	for (size_t i = people->batch_count; i-- > 0;)
		if (people->batches[i] == batch)
			return (uint16_t)(i + 1);
	if (people->batch_count == MOST_BATCHES - 1)
		people->batch_count--;
	people->batches = memory_grow(people->batches, &people->batch_capacity,
		people->batch_count + 1, sizeof *people->batches);
	people->batches[people->batch_count++] = batch;
	return (uint16_t)people->batch_count;
}

/* A former UPN is sought where UPNs are, and the other way round. */
static struct numbers_key key_of(const struct people *people,
	enum identifier_scheme scheme, struct text value)
{
	return numbers_key_of(people->numbers,
		scheme == IDENTIFIER_FORMER_UPN ? IDENTIFIER_UPN : scheme, value);
}

enum { APART_BYTES = 48 };

static struct text apart_key(int64_t a, int64_t b, char buffer[APART_BYTES])
{
	snprintf(buffer, APART_BYTES, "%lld/%lld", (long long)(a < b ? a : b),
		(long long)(a < b ? b : a));
	return text_of(buffer);
}

static struct person *add_person(struct people *people, int64_t id)
{
	people->persons = memory_grow(people->persons, &people->capacity,
		people->count + 1, sizeof *people->persons);
	struct person *person = &people->persons[people->count++];
	*person = (struct person){.id = id};
	return person;
}

static struct person *seek_id(const struct people *people, size_t from,
	size_t to, int64_t id)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (people->persons[middle].id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < people->count && people->persons[from].id == id
		? &people->persons[from]
		: NULL;
}

/* Ids grow among those held before and among the new ones. */
static struct person *person_of(const struct people *people, int64_t id)
{
	struct person *person = seek_id(people, 0, people->loaded, id);
	return person != NULL
		? person
		: seek_id(people, people->loaded, people->count, id);
}

static bool bears(const struct people *people, uint32_t first, int32_t person)
{
	for (uint32_t at = first; at != 0; at = numbers_next(people->numbers, at))
		if (numbers_person(people->numbers, at) == person)
			return true;
	return false;
}

static void load_rare(struct people *people, struct person *person,
	const struct store_rows *rows)
{
	struct rare rare = {.expected = store_get_date(rows, 2),
		.died = store_get_date(rows, 3),
		.mother_of = store_get_date(rows, 7)};
	if (rare.expected.day != 0 || rare.died.day != 0
		|| rare.mother_of.day != 0)
		*make_rare(people, person) = rare;
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
		struct text sex = store_get_text(rows, 4);
		person->born = store_get_date(rows, 1);
		person->sex = sex.length > 0 ? sex.at[0] : '\0';
		set_ethnicity(person, store_get_text(rows, 5));
		person->flags = store_get_integer(rows, 6) == 1 ? IS_UASC : 0;
		load_rare(people, person, rows);
		if (!store_is_null(rows, 8))
			set_source(people, person, store_get_text(rows, 8));
	}
	store_end(rows);
	people->loaded = people->count;
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
	const struct person *person = NULL;
	while (store_next(rows, fault)) {
		int64_t id = store_get_integer(rows, 2);
		if (person == NULL || person->id != id)
			person = person_of(people, id);
		if (person == NULL)
			continue;
		struct numbers_key key = key_of(people,
			scheme_of(store_get_text(rows, 0)),
			store_get_text(rows, 1));
		numbers_add(people->numbers, &key,
			(int32_t)(person - people->persons));
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
		char buffer[APART_BYTES];
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
		.numbers = numbers_open(),
		.source_places = map_open(),
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
	numbers_close(people->numbers);
	map_close(people->source_places);
	map_close(people->apart);
	memory_free(people->persons);
	memory_free(people->rares);
	memory_free(people->sources);
	memory_free(people->batches);
	arena_close(people->arena);
}

static bool is_kept_apart(const struct people *people, const struct person *a,
	const struct person *b)
{
	char buffer[APART_BYTES];
	int64_t ignored;
	return a != NULL && b != NULL && map_count(people->apart) > 0
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
	if (value.length == 0
		|| (scheme != IDENTIFIER_CHILD_ID
			&& !identifier_may_be_sought(value)))
		return NULL;
	struct numbers_key key = key_of(people, scheme, value);
	for (uint32_t at = numbers_first(people->numbers, &key); at != 0;
		at = numbers_next(people->numbers, at)) {
		assert(people->persons != NULL);
		struct person *person =
			&people->persons[numbers_person(people->numbers, at)];
		if (scheme == IDENTIFIER_CHILD_ID
			|| born_agrees(person, clue, must_agree))
			return person;
	}
	return NULL;
}

/* Strongest evidence first. */
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

void people_expect(const struct people *people, enum identifier_scheme scheme,
	struct text value)
{
	struct numbers_key key = key_of(people, scheme, value);
	numbers_expect(people->numbers, &key);
}

int64_t people_find(const struct people *people, const struct people_clue *clue)
{
	enum people_link link;
	const struct person *person = find(people, clue, &link);
	return person == NULL ? 0 : person->id;
}

static bool fill_date(struct date *held, struct date offered)
{
	if (held->day != 0 || offered.day == 0)
		return false;
	*held = offered;
	return true;
}

/* The dates that few have. A birth ends the expectation. */
static bool learn_rare(struct people *people, struct person *person,
	const struct people_clue *clue)
{
	struct date expected = person->born.day == 0 ? clue->expected : DATE_NONE;
	if (person->rare == 0 && expected.day == 0 && clue->died.day == 0
		&& clue->mother_of.day == 0)
		return false;
	struct rare *rare = make_rare(people, person);
	bool is_news = fill_date(&rare->expected, expected);
	is_news |= fill_date(&rare->died, clue->died);
	is_news |= fill_date(&rare->mother_of, clue->mother_of);
	if (person->born.day != 0)
		rare->expected = DATE_NONE;
	return is_news;
}

static bool learn_sex(struct person *person, struct text sex)
{
	bool is_open = person->sex == '\0'
		|| (person->sex == 'U' && !text_is(sex, "U"));
	if (sex.length == 0 || !is_open)
		return false;
	person->sex = sex.at[0];
	return true;
}

/* Adds what is not known yet; never overwrites. */
static void learn(struct people *people, struct person *person,
	const struct people_clue *clue, uint16_t batch)
{
	bool is_news = fill_date(&person->born, clue->born);
	is_news |= learn_rare(people, person, clue);
	is_news |= learn_sex(person, clue->sex);
	if (person->ethnicity[0] == '\0' && clue->ethnicity.length > 0) {
		set_ethnicity(person, clue->ethnicity);
		is_news = true;
	}
	if (person->source == 0 && clue->ethnicity_source.length > 0) {
		set_source(people, person, clue->ethnicity_source);
		is_news = true;
	}
	if (clue->is_uasc && (person->flags & IS_UASC) == 0) {
		person->flags |= IS_UASC;
		is_news = true;
	}
	if (!is_news)
		return;
	people->changed += (person->flags & IS_CHANGED) == 0;
	person->flags |= IS_CHANGED;
	person->batch = batch;
}

static bool write_new(struct people *people, struct person *person,
	struct fault *fault)
{
	const struct rare *rare = rare_of(people, person);
	people->changed -= (person->flags & IS_CHANGED) != 0;
	person->flags &= (uint8_t)~IS_CHANGED;
	return store_bulk_row(people->new_children,
		STORE_VALUES(store_integer(people->la), store_integer(person->id),
			store_date(person->born), store_date(rare->expected),
			store_date(rare->died), store_maybe(sex_of(person)),
			store_maybe(ethnicity_of(person)),
			store_maybe(source_of(people, person)),
			store_integer((person->flags & IS_UASC) != 0),
			store_date(rare->mother_of),
			store_integer(people->batches[person->batch - 1]),
			store_integer(1)),
		fault);
}

/* A number of the record a child is kept apart from must not come to stand
 * with this one: it would link the two in every later feed. */
static bool is_borne_apart(const struct people *people, uint32_t first,
	const struct person *person)
{
	if (map_count(people->apart) == 0)
		return false;
	for (uint32_t at = first; at != 0;
		at = numbers_next(people->numbers, at)) {
		int32_t place = numbers_person(people->numbers, at);
		if (is_kept_apart(people, person, &people->persons[place]))
			return true;
	}
	return false;
}

/* One number of the clue, if the person does not bear it yet. */
static bool write_number(struct people *people, struct person *person,
	enum identifier_scheme scheme, struct text value,
	const struct numbers_key *key, struct fault *fault)
{
	int32_t place = (int32_t)(person - people->persons);
	uint32_t first = numbers_first(people->numbers, key);
	if (bears(people, first, place) || is_borne_apart(people, first, person))
		return true;
	enum identifier_grade grade = identifier_grade_of(scheme, value);
	if (grade == IDENTIFIER_PLACEHOLDER)
		return true;
	numbers_add(people->numbers, key, place);
	return store_bulk_row(people->new_numbers,
		STORE_VALUES(store_integer(people->la),
			store_string(identifier_scheme_name(scheme)),
			store_text(value), store_integer(person->id),
			store_string(identifier_grade_name(grade)),
			store_integer(people->batches[person->seen - 1])),
		fault);
}

static bool write_numbers(struct people *people, struct person *person,
	const struct people_clue *clue, enum people_link link,
	struct fault *fault)
{
	for (int i = 0; i < IDENTIFIER_SCHEMES; i++) {
		enum identifier_scheme scheme = (enum identifier_scheme)i;
		struct text value = clue->numbers[scheme];
		/* Found by the child's own id, so it bears that. */
		if (value.length == 0 || value.length > PEOPLE_NUMBER
			|| (scheme == IDENTIFIER_CHILD_ID && link == PEOPLE_KNOWN))
			continue;
		struct numbers_key key = key_of(people, scheme, value);
		if (!write_number(people, person, scheme, value, &key, fault))
			return false;
	}
	return true;
}

bool people_claim(struct people *people, const struct people_clue *clue,
	int64_t batch, struct people_found *out_found, struct fault *fault)
{
	struct people_found found = {0};
	uint16_t number = batch_number(people, batch);
	struct person *person = find(people, clue, &found.link);
	struct person *by_id = person;
	if (found.link != PEOPLE_KNOWN)
		by_id = seek(people, IDENTIFIER_CHILD_ID, clue, false);
	if (is_kept_apart(people, person, by_id))
		person = by_id;
	bool is_new = person == NULL;
	if (is_new) {
		person = add_person(people, ident_next(people->ids));
		person->batch = number;
	}
	assert(person != NULL);
	found.child = person->id;
	found.born_held = person->born;
	found.is_first = person->seen != number;
	person->seen = number;
	found.born_differs = !born_agrees(person, clue, false);
	found.sex_differs = clue->sex.length == 1 && person->sex != '\0'
		&& clue->sex.at[0] != person->sex && clue->sex.at[0] != 'U'
		&& person->sex != 'U';
	learn(people, person, clue, number);
	if ((is_new && !write_new(people, person, fault))
		|| !write_numbers(people, person, clue, found.link, fault))
		return false;
	*out_found = found;
	return true;
}

static bool write_change(struct people *people, struct person *p,
	struct fault *fault)
{
	const struct rare *rare = rare_of(people, p);
	p->flags &= (uint8_t)~IS_CHANGED;
	people->changed--;
	return store_run(people->store, store_find(people_sql, "change_child"),
		STORE_VALUES(store_integer(people->la), store_integer(p->id),
			store_date(p->born), store_date(rare->expected),
			store_date(rare->died), store_maybe(sex_of(p)),
			store_maybe(ethnicity_of(p)),
			store_maybe(source_of(people, p)),
			store_integer((p->flags & IS_UASC) != 0),
			store_date(rare->mother_of),
			store_integer(people->batches[p->batch - 1])),
		fault);
}

bool people_flush(struct people *people, struct fault *fault)
{
	if (!store_bulk_flush(people->new_children, fault)
		|| !store_bulk_flush(people->new_numbers, fault))
		return false;
	for (size_t i = 0; people->changed > 0 && i < people->count; i++)
		if ((people->persons[i].flags & IS_CHANGED) != 0
			&& !write_change(people, &people->persons[i], fault))
			return false;
	return true;
}

size_t people_count(const struct people *people)
{
	return people->count;
}

struct date people_born(const struct people *people, int64_t child)
{
	const struct person *person = person_of(people, child);
	return person == NULL ? DATE_NONE : person->born;
}
