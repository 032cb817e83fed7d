/* SPDX-License-Identifier: MIT
 *
 * Values: equal, and written down.
 */
#include "register/value.h"

#include <inttypes.h>
#include <stdio.h>

bool value_equals(struct value a, struct value b)
{
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case VALUE_TEXT:
		return text_equals(a.text, b.text);
	case VALUE_NUMBER:
		return a.number == b.number;
	case VALUE_DATE:
		return a.date.day == b.date.day;
	case VALUE_FLAG:
		return a.flag == b.flag;
	case VALUE_EMPTY:
	case VALUE_KINDS:
		break;
	}
	return true;
}

struct text value_write(struct value value, char out_text[VALUE_WRITTEN])
{
	int length = 0;
	switch (value.kind) {
	case VALUE_TEXT:
		text_copy(out_text, VALUE_WRITTEN, value.text);
		return text_of(out_text);
	case VALUE_NUMBER:
		length = snprintf(out_text, VALUE_WRITTEN, "%" PRId64,
			value.number);
		break;
	case VALUE_DATE:
		length = date_write(value.date, out_text);
		break;
	case VALUE_FLAG:
		length = snprintf(out_text, VALUE_WRITTEN, "%s",
			value.flag ? "yes" : "no");
		break;
	case VALUE_EMPTY:
	case VALUE_KINDS:
		out_text[0] = '\0';
		break;
	}
	return (struct text){out_text, (size_t)length};
}
