/* SPDX-License-Identifier: MIT
 *
 * What a person gives for a field: text, as typed in a form, a command or JSON,
 * read as the field's type asks. Dates may be written 2024-09-02, 2/9/2024 or
 * 2 September 2024; codes by code or by label.
 */
#ifndef KITH_REGISTER_GIVEN_H
#define KITH_REGISTER_GIVEN_H

#include "register/definition.h"

/* Reads the text. Empty text gives an empty value. False: the message, in the
 * words of a form ("Date held must be a real date"), lives in the arena. `on`
 * is the day of the event: codes must be valid on it. */
bool given_read(const struct definition_field *field, struct text text,
	struct date on, struct arena *arena, struct value *out_value,
	const char **out_message) __attribute__((warn_unused_result));

/* "Enter the date held", for a field that must be given. */
const char *given_missing(const struct definition_field *field,
	struct arena *arena);

/* As people read it: "2 September 2024", "12.5", the label of a code. */
struct text given_shown(const struct definition_field *field,
	struct value value, struct arena *arena);

/* As it would be given again: "2024-09-02", "12.5", the code. */
struct text given_written(const struct definition_field *field,
	struct value value, struct arena *arena);

#endif
