/* SPDX-License-Identifier: MIT
 *
 * Measures that read registers, over cases taken through their steps. Beside
 * each figure stand the children counted, then those in the denominator only.
 * None of them may be left out.
 */
#include "home.h"
#include "reckoning.h"

#include <string.h>

struct vector {
	const char *id, *at, *expected;
};

static const struct vector vectors[] = {
	{"EHE", "2024-09-30", "3"},    /* A, B, I */
	{"EHE", "2024-10-10", "4"},    /* A, B, C, I */
	{"EHE", "2024-10-15", "4"},    /* the last day before C is decided */
	{"EHE", "2024-10-16", "3"},    /* C is not educated suitably */
	{"EHE", "2024-12-31", "3"},    /* A, B, E; I has moved */
	{"EHE", "2025-01-12", "3"},    /* B, the day before school */
	{"EHE", "2025-01-13", "2"},    /* A, E */
	{"EHE", "2025-05-31", "3"},    /* A, D, I again */
	{"EHEANY", "2024-09-30", "3"}, /* A, B, I */
	{"EHEANY", "2025-05-31", "6"}, /* A to E, I once */
	{"EHENEW", "2025-05-31", "7"}, /* A to E, I twice; not H, not J */
	{"EHEEND", "2025-05-31", "2"}, /* B, I */
	{"EHECON", "2025-05-31", "1/3 33.3"}, /* A; D, I */
	{"EHECON", "2024-10-09", "0/4 0.0"},
	{"EHECON", "2024-10-10", "1/4 25.0"}, /* A; B, C, I */
	{"EHESUI", "2025-05-31", "1/4 25.0"}, /* A; C, D, I */
	{"EHEUNC", "2024-10-10", "1/4 25.0"}, /* C; A, B, I */
	{"EHEUNC", "2025-05-31", "0/4 0.0"},
	{"EHEUNS", "2025-05-31", "1/4 25.0"}, /* C; A, D, I */
	{"EHERET", "2025-05-31", "1"},        /* B */
	{"EHESUS", "2025-04-06", "0/0 z"},
	{"EHESUS", "2025-05-31", "1/1 100.0"}, /* B */
	{"EHEKIO", "2025-05-31", "2"},         /* A, D */
	{"EHEKIH", "2025-05-31", "1"},         /* A */
	{"EHEKID", "2025-05-31", "1"},         /* D */
	{"EHEVOI", "2025-05-31", "1/1 100.0"}, /* A */
	{"EHENOT", "2025-05-31", "1"},         /* C */
	{"EHESAO", "2025-05-31", "1"},         /* C */
	{"EHESAR", "2025-05-31", "0"},
	{"EHEBLK", "2025-05-31", "1/3 33.3"},  /* I; A, D */
	{"EHEWDR", "2025-05-31", "1"},         /* D */
	{"EHEPRS", "2025-05-31", "1/1 100.0"}, /* D */
	{"CME", "2025-05-31", "2"},            /* C, E */
	{"FLX", "2025-03-31", "2"},            /* F, G */
	{"FLX", "2025-05-31", "1"},            /* G */
	{"FLXOUT", "2025-05-31", "1/1 100.0"}, /* F */
	{"CNIS", "2025-05-31", "6"},           /* A, C, D, E, G, I */
};

static void test_vectors(void **state)
{
	struct harness *harness = harness_of(state);
	struct registering r;
	home_begin(&r, harness, "2025-06-02");
	home_cases(&r);
	struct reckoning reckoning = reckoning_open(harness);
	struct buffer wrong = {.maximum = 1 << 16};
	for (size_t i = 0; i < COUNT_OF(vectors); i++) {
		const struct vector *v = &vectors[i];
		const char *got = reckoning_text(&reckoning, v->id, v->at);
		if (strcmp(got, v->expected) != 0)
			buffer_format(&wrong, "%s at %s: expected %s, got %s\n",
				v->id, v->at, v->expected, got);
	}
	reckoning_close(&reckoning);
	if (wrong.length > 0)
		fail_msg("%s", wrong.bytes);
	buffer_finish(&wrong);
}

/* Began less ended is the change of the stock, as long as nobody went between
 * home education and missing education. */
static void test_reconciles(void **state)
{
	struct harness *harness = harness_of(state);
	struct registering r;
	home_begin(&r, harness, "2025-06-02");
	home_in_error(&r, "2023-01-09", "2023-01-10");
	home_back_at_school(&r);
	home_taught(&r);
	home_register(&r, 0, "2025-01-06");
	struct reckoning reckoning = reckoning_open(harness);
	int64_t start = reckoning_at(&reckoning, "EHE", "2024-05-31").numerator;
	int64_t end = reckoning_at(&reckoning, "EHE", "2025-05-31").numerator;
	int64_t in = reckoning_at(&reckoning, "EHENEW", "2025-05-31").numerator;
	int64_t out = reckoning_at(&reckoning, "EHEEND", "2025-05-31").numerator;
	assert_int_equal(start, 0);
	assert_int_equal(in, 3);
	assert_int_equal(out, 1);
	assert_int_equal(start + in - out, end);
	reckoning_close(&reckoning);
}

/* A register without an entry says nothing, and before its first entry. */
static void test_not_kept(void **state)
{
	struct harness *harness = harness_of(state);
	struct reckoning reckoning = reckoning_open(harness);
	assert_string_equal(reckoning_text(&reckoning, "EHE", "2025-05-31"),
		"0 x");
	reckoning_close(&reckoning);
	struct registering r;
	home_begin(&r, harness, "2025-06-02");
	home_taught(&r);
	reckoning = reckoning_open(harness);
	assert_string_equal(reckoning_text(&reckoning, "EHE", "2024-09-01"),
		"0 x");
	assert_string_equal(reckoning_text(&reckoning, "EHE", "2024-09-02"), "1");
	/* Twelve months that begin before the register does. */
	assert_string_equal(reckoning_text(&reckoning, "EHENEW", "2024-12-31"),
		"1 u");
	assert_string_equal(reckoning_text(&reckoning, "FLX", "2025-05-31"),
		"0 x");
	reckoning_close(&reckoning);
}

static void test_all_have_vectors(void **state)
{
	struct reckoning reckoning = reckoning_open(harness_of(state));
	for (size_t m = 0; m < reckoning.measures.count; m++) {
		const struct measure *measure = &reckoning.measures.items[m];
		bool is_there = !text_starts(measure->feeds[0],
			TEXT("register "));
		for (size_t i = 0; i < COUNT_OF(vectors); i++)
			is_there |= text_is(measure->id, vectors[i].id);
		if (!is_there)
			fail_msg(TEXT_FORMAT " has no vector",
				TEXT_ARGS(measure->id));
	}
	reckoning_close(&reckoning);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_vectors),
		HARNESS_EACH_ENGINE(test_reconciles),
		HARNESS_EACH_ENGINE(test_not_kept),
		HARNESS_SQLITE(test_all_have_vectors)};
	return HARNESS_RUN(tests);
}
