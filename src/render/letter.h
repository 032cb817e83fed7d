/* SPDX-License-Identifier: MIT
 *
 * Letters: a template filled with values, as one page of HTML that prints.
 *
 * The template is a file of definitions/letters, markup by those who may change
 * definitions; what is filled in is text and is escaped, whatever it holds. A
 * name that nothing was given for leaves nothing. The words of the template
 * language stand in definitions/letters/README.md.
 *
 * Only what was handed over can get into a letter: whoever makes the values
 * (the desk) leaves out what its reader may not know.
 */
#ifndef KITH_RENDER_LETTER_H
#define KITH_RENDER_LETTER_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"

struct letter_value {
	const char *name;  /* "child.name", "notice_reasons" */
	const char *label; /* for {{everything}}; NULL: not in it */
	struct text text;  /* as people read it; empty: not given */
};

struct letter_row {
	const struct letter_value *values;
	size_t count;
};

struct letter_part {
	const char *name, *title;
	const struct letter_row *rows;
	size_t count;
	size_t chosen; /* the row the letter is about, from 1; 0: none */
};

struct letter {
	const char *title;    /* of the window; names nobody */
	const char *language; /* "en" */
	const char *council, *address, *contact;
	const char *recipient; /* as it stands on the cover; lines by \n */
	const char *date, *reference;
	struct text template;
	const struct letter_value *values;
	size_t value_count;
	const struct letter_part *parts;
	size_t part_count;
};

/* Writes the page. A fault names what is wrong in the template, and its line. */
bool letter_write(const struct letter *letter, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));

/* Checks a template alone: blocks are closed, names are ones that `is_name`
 * knows. */
struct letter_names {
	bool (*is_name)(void *context, struct text name, struct text each);
	void *context;
};
bool letter_check(struct text template, const struct letter_names *names,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
