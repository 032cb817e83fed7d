/* SPDX-License-Identifier: MIT
 *
 * Every shipped measure over the invented borough, reckoned by hand; and that
 * none is left out. Beside each figure stand the children counted, then
 * those in the denominator only.
 */
#include "borough.h"
#include "reckoning.h"

#include <string.h>

struct vector {
	const char *id, *at, *expected;
};

static const struct vector vectors[] = {
	/* 1, 2, 3 (once), 4 (twice), 5, 6 */
	{"REF", "2024-06-30", "7"},
	{"REF", "2024-07-01", "8"},
	{"REF", "2024-03-31", "3"},           /* 1, 2, 8 in the year before */
	{"REFNFA", "2024-06-30", "1/7 14.3"}, /* 4 */
	/* 2, 4; 1, 3, 4, 5, 6, 8 */
	{"REREF", "2024-06-30", "2/8 25.0"},
	{"CIN", "2024-06-30", "6"},           /* 1, 2, 3, 4, 6, 8 */
	{"CIN", "2024-06-29", "7"},           /* 5 twice instead of 6 */
	{"ASS45", "2024-06-30", "2/3 66.7"},  /* 1, 3; 2 */
	{"ASS45R", "2024-06-30", "1/3 33.3"}, /* 3; 1, 2 */
	{"ICPC15", "2024-06-30", "2/3 66.7"}, /* 1, 2; 3 */
	{"ICPCP", "2024-06-30", "2/3 66.7"},  /* 1, 3; 2 a day late */
	/* 2, 10, 11, 12, 13; 1, 9, 10 */
	{"CPP2", "2024-06-30", "5/8 62.5"},
	{"CPP2W2", "2024-06-30", "3/8 37.5"}, /* 10, 11, 13 */
	/* 1, 2, 9 to 15, 20 to 24 */
	{"CPP", "2024-06-30", "14"},
	{"CPPR", "2024-06-30", "14/40000 3.5"},
	{"CPPLONG", "2024-06-30", "1/14 7.1"}, /* 14 */
	{"CPPLONG", "2024-07-01", "2/14 14.3"},
	{"CPPENDL", "2024-06-30", "1/4 25.0"}, /* 16; 10, 13, 17 */
	{"CPPENDL", "2022-03-31", "1/2 50.0"}, /* 19; 18 */
	/* 20, 24; 14, 15, 21, 22 (overdue), 23 (once late) */
	{"CPPREV", "2024-06-30", "2/7 28.6"},
	{"CPPREV", "2024-05-31", "3/8 37.5"}, /* 22 too, and 13 */
	{"CINVIS", "2024-06-30", "1/3 33.3"}, /* 1; 2, 3 */
	{"CPPVIS", "2024-06-30", "1/3 33.3"},
	{"CPPVIS", "2024-06-29", "2/3 x"}, /* before the extract's day */
	{"CPPALN", "2024-06-30", "1/2 50.0"},
	/* 31, 40 to 46 */
	{"LAC", "2024-06-30", "8"},
	{"LAC", "2024-06-29", "10"},
	{"LAC", "2022-02-28", "9"},
	{"LAC", "2022-03-01", "8"},
	{"LACR", "2024-06-30", "8/40000 2.0"},
	{"LACR", "2024-03-31", "8/40000 2.0"},
	{"LAC3P", "2024-06-30", "1/8 12.5"},  /* 31 */
	{"LAC3P", "2024-06-29", "1/10 10.0"}, /* 41 */
	{"LAC3P2", "2024-06-30", "1/6 16.7"}, /* 40; 31, 41 to 44 */
	{"LACSW3", "2024-06-30", "1/8 12.5"}, /* 41 */
	{"LACLT", "2024-06-30", "2/3 66.7"},  /* 40, 44; 42 */
	{"LACLT", "2024-06-29", "2/4 50.0"},  /* 43, 44; 34, 42 */
	{"LACLT", "2024-07-01", "2/3 66.7"},  /* 40, 42; 41 */
	{"LACNEW", "2024-06-30", "2"},        /* 45, 46 */
	{"LACEND", "2024-06-30", "3"},        /* 34, 47, 48 */
	{"LACEND", "2024-06-29", "2"},
	{"LACSGO", "2024-06-30", "1"},
	{"LACSGO", "2024-03-31", "1"}, /* 50, by the codes of then */
	{"LACADO", "2024-06-30", "1"},
	{"LACSGP", "2024-06-30", "2/4 50.0"}, /* 47, 50; 34, 48 */
	{"LACADP", "2024-06-30", "1/4 25.0"},
	{"LACSGB", "2024-06-30", "1"},
	/* 41, 43, 44, 45; 31, 40, 42, 46 */
	{"LACREV", "2024-06-30", "4/8 50.0"},
	{"LAC20M", "2024-06-30", "1/2 50.0"}, /* 41; 40 at 20.0 miles */
	{"LACOUT", "2024-06-30", "2/3 66.7"}, /* 41, 42; 40 */
	{"LACMIS", "2024-06-30", "2"},
	{"LACMIS", "2024-03-31", "1"},
	{"LACMIP", "2024-06-30", "2/8 25.0"},  /* 31, 41 */
	{"LACMIP", "2024-06-29", "3/10 30.0"}, /* 40 */
	{"LACUAS", "2024-06-30", "2"},         /* 42, 44 */
	{"LACUAS", "2024-06-29", "3"},         /* 43 */
	/* Annex A on its day: 40, 41, 45; 42, 43, 46, 63 */
	{"LACVIS", "2024-06-30", "3/7 42.9"},
	{"LACVIS", "2024-07-01", "0/7 0.0"},
	{"LACVIS", "2024-06-29", "6/9 x"},
	{"LACVIS", "2024-08-01", "0/7 x"},
	{"LACHAD", "2024-06-30", "2/7 28.6"}, /* 40, 63 */
	{"LACDND", "2024-06-30", "1/7 14.3"}, /* 41 */
	{"LACRHI", "2024-06-30", "2/3 66.7"}, /* 40, 43; 41 */
	{"LACRHA", "2024-06-30", "1/2 50.0"}, /* 40; 43 */
	{"LAC3PA", "2024-06-30", "2/7 28.6"}, /* 40, 43 */
	{"LACLTA", "2024-06-30", "1/2 50.0"}, /* 40; 42 */
	{"CLPATH", "2024-06-30", "1/3 33.3"}, /* 70; 71, 77 */
	{"CLCON", "2024-06-30", "1/4 25.0"},  /* 70; 71, 72, 77 */
	{"CONTACT", "2024-06-30", "3"},       /* 1 (twice), 2 */
	{"CONTACT", "2024-09-30", "1 x"},
	{"EHASS", "2024-06-30", "1"}, /* 5 */
	/* data that stop inside the span */
	{"CONTACT", "2024-07-15", "1 x"},
	{"SUSP", "2024-07-31", "1"},
	{"SUSP", "2024-08-01", "1 u"},
	{"REF", "2025-03-31", "8"},
	{"REF", "2025-04-01", "0 x"},
	{"REREF", "2025-04-01", "2/7 u"},
	/* ages at 31 March: 40 (14), 60 (10), 65 (17), 66 (16) */
	{"LACCON", "2024-06-30", "1/4 25.0"},
	{"LACHCK", "2024-06-30", "1/2 50.0"},  /* 63; 64 */
	{"LACSDQ", "2024-06-30", "2/6 33.3"},  /* 40, 60; 61, 62, 63, 66 */
	{"LACSDC", "2024-06-30", "2/3 66.7"},  /* 40, 64; 60 with 16 */
	{"LACSDM", "2024-06-30", "53/3 17.7"}, /* 17, 16, 20 */
	{"LACSDM", "2024-03-30", "0/0 z"},
	{"LACHA", "2024-06-30", "1/8 12.5"},
	{"LACDEN", "2024-06-30", "0/8 0.0"},
	{"LACIMM", "2024-06-30", "2/8 25.0"},
	{"LACSUB", "2024-06-30", "1/8 12.5"},
	/* a return's figures hold until the next year's would */
	{"LACHA", "2024-03-30", "0/0 z"},
	{"LACHA", "2024-03-31", "1/8 12.5"},
	{"LACHA", "2025-03-30", "1/8 12.5"},
	{"LACHA", "2025-03-31", "0/0 z"},
	/* 70, 71, 75; without 73 (died), 74 (home), 76 (22) */
	{"CLTCH", "2024-06-30", "1/3 33.3"},
	{"CLEET", "2024-06-30", "1/3 33.3"},
	{"CLSUI", "2024-06-30", "1/3 33.3"},
	/* 72 and 77; without 79 (16) */
	{"CLTCHY", "2024-06-30", "2/2 100.0"},
	{"CLEETY", "2024-06-30", "2/2 100.0"},
	{"CLSUIY", "2024-06-30", "1/2 50.0"},
	/* 80, 82; 80 at another school, 81 */
	{"PAPRI", "2024-06-30", "2/4 50.0"},
	{"SAPRI", "2024-06-30", "1/4 25.0"},
	{"PASEC", "2024-06-30", "2/3 66.7"},
	{"SASEC", "2024-06-30", "0/3 0.0"},
	{"PASPE", "2024-06-30", "1/1 100.0"},
	{"PAALL", "2024-06-30", "6/10 60.0"}, /* 4; 5 */
	{"PAPRI", "2023-12-30", "0/0 z"},
	{"PAPRI", "2022-07-31", "0/0 x"},
	{"PALAC", "2024-06-30", "1/1 100.0"}, /* 40 */
	{"PACP", "2024-06-30", "0/1 0.0"},    /* 1 */
	{"PACP", "2024-04-22", "0/0 z"},
	{"PACIN", "2024-06-30", "1/2 50.0"}, /* 4; 1 */
	{"PACIN", "2024-06-29", "1/3 33.3"}, /* 5, once */
	{"PACIN", "2024-05-31", "0/2 0.0"},  /* 4 with no further action */
	{"PAEHC", "2024-06-30", "1/2 50.0"}, /* 80 at two schools */
	{"PAEHC", "2024-05-15", "1/3 33.3"}, /* 81 */
	{"PAFSM", "2024-06-30", "1/2 50.0"}, /* 80 */
	{"PAFSM", "2024-06-29", "2/3 66.7"}, /* 82 */
	{"SUSP", "2024-06-30", "2"},
	{"PEX", "2024-06-30", "1"},
	/* kept by hand: the period's own, of the shortest period */
	{"IYPT2", "2024-06-30", "31"},
	{"IYPT2", "2024-09-30", "0 x"},
	{"IYPT3", "2024-06-30", "0"},
	{"EHC20W", "2024-06-30", "20/50 40.0"},
	{"NEETNK", "2024-06-30", "3/100 3.1"}, /* the value given */
	{"FTE", "2024-06-30", "4"},
	{"SWVAC", "2024-06-30", "0/0 12.5"},
	{"SWAGY", "2024-06-30", "10/80 12.5"},
	{"SWTURN", "2024-06-30", "12/100 12.0"},
	{"FOSCAR", "2024-06-30", "55"},
	{"EHSTEP", "2024-06-30", "7"},
	{"COMPLAINTS", "2024-06-30", "0 x"},
};

static void test_vectors(void **state)
{
	struct harness *harness = harness_of(state);
	borough_fill(harness);
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

/* By placement instead of by carer. */
static void test_basis(void **state)
{
	struct harness *harness = harness_of(state);
	borough_fill(harness);
	struct reckoning reckoning = reckoning_open(harness);
	reckoning.roll->basis = "P";
	assert_string_equal(reckoning_text(&reckoning, "LAC3P", "2024-06-30"),
		"2/8 25.0");
	assert_string_equal(reckoning_text(&reckoning, "LACLT", "2024-06-30"),
		"0/3 0.0");
	reckoning_close(&reckoning);
}

/* A new measure brings its vectors with it. */
static void test_all_have_vectors(void **state)
{
	struct harness *harness = harness_of(state);
	struct reckoning reckoning = reckoning_open(harness);
	for (size_t m = 0; m < reckoning.measures.count; m++) {
		const struct measure *measure = &reckoning.measures.items[m];
		/* Those of registers: test_register_measures.c */
		bool is_there = text_starts(measure->feeds[0], TEXT("register "));
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
		HARNESS_SQLITE(test_basis),
		HARNESS_SQLITE(test_all_have_vectors)};
	return HARNESS_RUN(tests);
}
