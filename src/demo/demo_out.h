/* SPDX-License-Identifier: MIT
 *
 * Writing one file of a feed: CSV fields and XML elements into a buffer, then
 * saved in one step. Values are the generator's own, which never hold a comma,
 * a quote or an angle bracket, so nothing is escaped.
 */
#ifndef KITH_DEMO_DEMO_OUT_H
#define KITH_DEMO_DEMO_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/fault.h"

struct demo_out {
	struct buffer buffer;
	bool is_inside_row;
};

/* Fields of a CSV row, then its end. */
void demo_out_field(struct demo_out *out, const char *value);
void demo_out_number(struct demo_out *out, int64_t value);
void demo_out_whole(struct demo_out *out, int64_t value);  /* 132 as "132.0" */
void demo_out_uk(struct demo_out *out, struct date date);  /* 30/06/2024 */
void demo_out_iso(struct demo_out *out, struct date date); /* 2024-06-30 */
void demo_out_census(struct demo_out *out, struct date date);
void demo_out_row(struct demo_out *out);

/* A line as it stands: headings, and whole XML lines. */
void demo_out_line(struct demo_out *out, const char *line);

/* <name>value</name>, left out when the value is empty or no date. */
void demo_out_element(struct demo_out *out, const char *name, const char *value);
void demo_out_element_date(struct demo_out *out, const char *name,
	struct date date);
void demo_out_element_number(struct demo_out *out, const char *name,
	int64_t value);

/* Saves as folder/name, releases the buffer and is empty again. */
bool demo_out_save(struct demo_out *out, const char *folder, const char *name,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
