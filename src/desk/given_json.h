/* SPDX-License-Identifier: MIT
 *
 * What was given for a step, as JSON: an object of names and single values. As
 * drafts and proposals keep it, and as the API takes it.
 */
#ifndef KITH_DESK_GIVEN_JSON_H
#define KITH_DESK_GIVEN_JSON_H

#include "base/arena.h"
#include "register/step.h"

struct text given_json_write(const struct step_given *given, size_t count,
	struct arena *arena);

/* Numbers and true or false may stand as such, several codes as an array of
 * strings; null clears. */
bool given_json_read(struct text json, struct arena *arena,
	const struct step_given **out_given, size_t *out_count,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
