/* SPDX-License-Identifier: MIT
 *
 * What the files that read a definition share: the definition so far, and the
 * list of mistakes.
 */
#ifndef KITH_MEASURES_MEASURE_INSIDE_H
#define KITH_MEASURES_MEASURE_INSIDE_H

#include "measures/measure.h"

/* One definition while it is read. */
struct measure_reader {
	struct text name, text; /* the file, whole */
	struct arena *arena;
	struct measure *measure;
	struct buffer *mistakes;
	size_t count; /* mistakes so far */
};

/* Where a mistake is: lines and columns of the file, from 1. */
struct measure_place {
	int line, column;
};

/* Of a byte of the file. */
struct measure_place measure_place_of(const struct measure_reader *reader,
	const char *at);

/* "FILE:LINE:COLUMN: message: "shown"", and a hint in brackets; `shown` and
 * `hint` may be empty. */
void measure_mistake(struct measure_reader *reader, struct measure_place place,
	const char *message, struct text shown, const char *hint);

/* "did you mean X?", or "". */
const char *measure_did_you_mean(struct measure_reader *reader,
	struct text word, const char *const *words, size_t count);

/* Words of the language that stand for enum values; end with NULL. */
struct measure_word {
	const char *word;
	int value;
};
extern const struct measure_word measure_units[], measure_polarities[],
	measure_bases[], measure_goals[];

/* The comment at the head: `yaml` lies inside the reader's text. */
void measure_front_read(struct measure_reader *reader, struct text yaml);

/* The statements behind it. */
void measure_query_read(struct measure_reader *reader, struct text sql);

#endif
