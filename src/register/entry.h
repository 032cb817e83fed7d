/* SPDX-License-Identifier: MIT
 *
 * One entry of a register in memory: its fields, the rows of its parts, its
 * state.
 *
 * An entry is kept as versions, each a whole document; the newest is what it
 * is now. Values that the definition no longer has stay in the document and
 * come back should the definition have them again.
 *
 * Values and rows live in the arena the entry was made in.
 */
#ifndef KITH_REGISTER_ENTRY_H
#define KITH_REGISTER_ENTRY_H

#include "base/ident.h"
#include "register/definition.h"
#include "register/fact.h"

/* The rows of one part, in the order they were added. */
struct entry_part {
	struct value **rows; /* each by slot: the part's fields, then `added` */
	int64_t *items;      /* the row's own number */
	size_t count, room;
};

struct entry {
	const struct definition *of;
	struct arena *arena;
	int la;
	int64_t id;               /* 0: not yet kept */
	int64_t subject;          /* the child; 0: none */
	int version;              /* 0: not yet kept */
	struct value *values;     /* by slot: fields, state and so on, facts,
				     settings */
	struct entry_part *parts; /* by number - 1 */
	struct text changed_at;   /* UTC instant of the newest version */
	void *kept; /* json_t: what the document holds beyond the definition */
};

enum { ENTRY_ROWS = 1000 }; /* of one part */

struct entry *entry_new(const struct definition *of, int la, int64_t subject,
	struct arena *arena);

/* A copy that can be changed without changing the other. */
struct entry *entry_copy(const struct entry *entry, struct arena *arena);

/* Adds an empty row and returns its place. */
size_t entry_add_row(struct entry *entry, const struct definition_part *part,
	int64_t item, struct date added);

/* The place of a row by its number; false if there is none. */
bool entry_find_row(const struct entry *entry,
	const struct definition_part *part, int64_t item, size_t *out_place);

struct value entry_value(const struct entry *entry,
	const struct definition_field *field);
struct value entry_slot(const struct entry *entry, enum definition_slot which);
void entry_set_slot(struct entry *entry, enum definition_slot which,
	struct value value);
const struct definition_state *entry_state(const struct entry *entry);
bool entry_is_open(const struct entry *entry);

/* Puts in what conditions look at beside the entry: facts and settings, each an
 * array by number (FACTS, of->setting_count). */
void entry_dress(struct entry *entry, const struct value *facts,
	const struct value *settings);
const struct value *entry_settings(const struct entry *entry);

/* What a condition is given. `row` is NULL, or a row of the part the condition
 * was read for. The struct and its rows live in the entry's arena. */
const struct condition_input *entry_input(const struct entry *entry,
	const struct value *row, struct date today,
	const struct condition_calendar *calendar);

/* Works out the derived fields, in the order of the definition. */
void entry_derive(struct entry *entry, struct date today,
	const struct condition_calendar *calendar);

/* The document of the entry, JSON with keys in the order of the definition;
 * lives in the entry's arena. */
struct text entry_write(const struct entry *entry);

/* Fills the entry from a document. What its definition no longer takes is kept
 * aside. False: the document is no JSON of ours. */
bool entry_read(struct entry *entry, struct text document, struct fault *fault)
	__attribute__((warn_unused_result));

/* The reference people use, "EHE-3F7K-2Q9M-4": the id in Crockford's base 32
 * with a check character. */
enum { ENTRY_REFERENCE = 40 };
void entry_reference(const struct definition *of, int64_t id,
	char out_reference[ENTRY_REFERENCE]);
bool entry_reference_read(const struct definition *of, struct text reference,
	int64_t *out_id);

#endif
