/* SPDX-License-Identifier: MIT
 *
 * A value of a register's field, as the definition's language sees it.
 *
 * Nothing given is VALUE_EMPTY; a date that is none, or text without bytes, is
 * never anything else. Codes are text; a field of several codes holds them in
 * the order of their list with ';' between. Texts live as long as whoever made
 * the value says.
 */
#ifndef KITH_REGISTER_VALUE_H
#define KITH_REGISTER_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/text.h"

enum value_kind {
	VALUE_EMPTY,
	VALUE_TEXT,
	VALUE_NUMBER, /* whole; money in pence, tenths in tenths */
	VALUE_DATE,
	VALUE_FLAG, /* yes or no; a fact, or what a condition gives */
	VALUE_KINDS,
};

struct value {
	enum value_kind kind;
	union {
		struct text text;
		int64_t number;
		struct date date;
		bool flag;
	};
};

static inline struct value value_empty(void)
{
	return (struct value){.kind = VALUE_EMPTY};
}

static inline struct value value_text(struct text text)
{
	return text.length == 0
		? value_empty()
		: (struct value){.kind = VALUE_TEXT, .text = text};
}

static inline struct value value_number(int64_t number)
{
	return (struct value){.kind = VALUE_NUMBER, .number = number};
}

static inline struct value value_date(struct date date)
{
	return date.day == 0 ? value_empty()
			     : (struct value){.kind = VALUE_DATE, .date = date};
}

static inline struct value value_flag(bool flag)
{
	return (struct value){.kind = VALUE_FLAG, .flag = flag};
}

/* Same kind and same content. Two empty values are equal. */
bool value_equals(struct value a, struct value b);

/* As JSON and CSV have it: "2024-09-02", "15", "EHE", "yes"; "" if empty.
 * Returns the length; texts longer than the room are cut. */
enum { VALUE_WRITTEN = 64 };
struct text value_write(struct value value, char out_text[VALUE_WRITTEN]);

#endif
