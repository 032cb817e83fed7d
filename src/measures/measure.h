/* SPDX-License-Identifier: MIT
 *
 * The measure language: one .sql file a measure.
 *
 * A file begins with a comment that holds its front matter, in YAML:
 *
 *     (comment opens) ---
 *     id: LAC3P
 *     title: Children with 3 or more placements in the year
 *     ...
 *     --- (comment closes)
 *     SELECT la, child, part, starts, ends FROM ...
 *
 * then one SELECT that lists children with dates. `part` is 'base' (in the
 * denominator), 'counted', or 'both' at once; a state holds from `starts` until before `ends`
 * (NULL: still), an event happens on `starts`. Where the front matter has `of`
 * or `counted`, `part` is any words with spaces between them: rows with a word
 * of `of` belong to the measure, and those with a word of `counted` count.
 * Measures whose SELECT is the same, byte for byte, are read together: the
 * rows are fetched once, whatever their words. Named parameters stand for
 * what the engine knows: :la, :basis, :feed, :first_day, :from, :to, and, for measures of
 * hand-kept figures, :id. A second SELECT, after a line `-- evidence`, may
 * give la, child, day, what: why a child counted; and, behind them, batch, part
 * and row_number: where it came from.
 *
 * The reader reports every mistake it can find, each with file, line and
 * column. Definitions are read once and live as long as their arena.
 */
#ifndef KITH_MEASURES_MEASURE_H
#define KITH_MEASURES_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/fault.h"

enum measure_unit {
	MEASURE_PERCENT,
	MEASURE_COUNT,
	MEASURE_RATE,
	MEASURE_MEAN, /* the amounts counted, over those in the denominator */
};
enum measure_polarity {
	MEASURE_NEUTRAL,
	MEASURE_LOW,  /* low is good */
	MEASURE_HIGH, /* high is good */
	MEASURE_BAND, /* good inside a band */
};
enum measure_basis {
	MEASURE_SNAPSHOT, /* states on the day */
	MEASURE_EXTRACT,  /* states on the day of the feed's latest extract */
	MEASURE_QUARTER,  /* events from the quarter's first day to the day */
	MEASURE_YEAR_TO_DATE, /* events from 1 April */
	MEASURE_ROLLING_12,   /* events in the twelve months to the day */
	MEASURE_TERMS,        /* states that change when a term ends */
	MEASURE_RETURN_YEAR,  /* states that change when a year's return ends */
	MEASURE_AGGREGATE,    /* kept by hand, the period's own figure */
};
enum measure_goal {
	GOAL_NONE,
	GOAL_AT_MOST,
	GOAL_AT_LEAST,
	GOAL_BAND,
	GOAL_COMPARATOR,
	GOAL_IMPROVE, /* on the same period last year */
};

/* In force from `from` to `to`; none: since or for ever. Tenths of the unit. */
struct measure_target {
	struct date from, to;
	enum measure_goal goal;
	int64_t low, high;   /* of the year, where it has a profile */
	int64_t quarters[4]; /* at the end of each quarter of the year */
	bool has_quarters;
	struct text source;
};

struct measure_comparator {
	struct text name;      /* "Inner London"; empty: there is none */
	struct text area;      /* ONS code */
	struct text indicator; /* column of the publication */
	struct text filters;   /* "school_type=State-funded primary" */
};

enum { MEASURE_TARGETS = 16, MEASURE_PARAMETERS = 8, MEASURE_WORDS = 8 };

/* Words of the column `part`. */
struct measure_parts {
	struct text words[MEASURE_WORDS];
	size_t count; /* 0: not given */
};

struct measure_query {
	const char *sql; /* with $1, $2 ... ; NULL: none */
	const char *parameters[MEASURE_PARAMETERS]; /* names in that order */
	size_t count;
};

struct measure {
	struct text id, title, definition;
	enum measure_unit unit;
	enum measure_polarity polarity;
	enum measure_basis basis;
	struct text numerator, denominator; /* in words */
	/* That it may be read from, best first. "register ehe" is the register's
	 * tables, which are there once it has an entry. */
	struct text feeds[4];
	int history_months; /* the feed must reach back so far before the day */
	struct date available_from; /* the return asks since then; none: always */
	struct text population;     /* rate: which population, "0-17" */
	struct measure_target targets[MEASURE_TARGETS];
	size_t target_count;
	struct measure_comparator comparator;
	struct text owner, source, settings, suppression;
	struct measure_parts of;      /* not given: all rows belong */
	struct measure_parts counted; /* not given: all of those count */
	struct measure_query list;
	struct measure_query evidence;
	struct text file; /* its name */
	char digest[65];  /* of the whole text */
};

struct measures {
	const struct measure *items; /* in the order of their ids */
	size_t count;
};

/* The shipped definitions, with those of a folder (NULL: none) laid over. */
bool measure_open(struct arena *arena, const char *overlay,
	struct measures *out_measures, struct fault *fault)
	__attribute__((warn_unused_result));

/* Reads one definition. False: every mistake, a line each, is in `mistakes`. */
bool measure_read(struct text name, struct text text, struct arena *arena,
	struct measure *out_measure, struct buffer *mistakes);

/* The definition as it was understood, for `kith define print`. */
void measure_print(const struct measure *measure, struct buffer *out);

const struct measure *measure_find(const struct measures *measures,
	struct text id);

/* Whether `part` is words of the measure's own, not base, counted or both. */
bool measure_has_words(const struct measure *measure);

/* What is in force on a day; NULL: none. */
const struct measure_target *measure_target_on(const struct measure *measure,
	struct date day);

#endif
