/* SPDX-License-Identifier: MIT
 *
 * All registers of a council: the shipped definitions, with its own laid over
 * them, and what is worked out from each once.
 *
 * Each register has tables of its own, `reg_NAME` and `reg_NAME_PART`, made
 * from its definition: columns for its fields, so that measures and lists can
 * ask the database. They are derived from the documents of its entries; when a
 * definition changes they are made anew. Their statements are put together
 * here, when the definitions are read, from checked names alone.
 */
#ifndef KITH_REGISTER_REGISTER_H
#define KITH_REGISTER_REGISTER_H

#include "codes/school_calendar.h"
#include "register/definition.h"
#include "store/store.h"

struct register_table {
	const char *name;   /* reg_ehe_meetings */
	const char *create; /* in the dialect of the schema files */
	const char *drop, *add;
	const char *clear;                  /* the rows of an entry */
	const char *empty;                  /* the rows of an authority */
	const struct definition_part *part; /* NULL: of the entries */
	size_t width;                       /* values `add` takes */
};

struct register_one {
	const struct definition *definition;
	struct register_table *tables; /* the entries' first, then by part */
	size_t table_count;
	const char *shape; /* SHA-256 of what `create` says */
};

struct registers {
	const struct register_one *all;
	size_t count;
	const struct codes *codes;
	struct school_calendars *calendars;
	const char *overlay; /* the council's own folder; NULL: none */
};

/* Reads every definition. `overlay` is a council's own folder of definitions
 * (its files registers/NAME.yaml are laid over ours, or are new); NULL: none.
 * Mistakes are in the fault's detail, the first of them; `kith define check`
 * tells all. */
bool register_open(struct arena *arena, const struct codes *codes,
	const char *overlay, struct registers **out_registers,
	struct fault *fault) __attribute__((warn_unused_result));

/* The template of a letter: the council's own file, else ours. */
bool register_letter(const struct registers *registers,
	const struct definition_letter *letter, struct arena *arena,
	struct text *out_template, struct fault *fault)
	__attribute__((warn_unused_result));

/* NULL if there is no such register. */
const struct register_one *register_find(const struct registers *registers,
	struct text name);

/* For a council's file that is to be checked alone: one that does not say which
 * register it is lies over the shipped one of its name. */
void register_lay(struct definition_options *options);

/* Works out one from a definition read elsewhere. */
void register_work_out(struct arena *arena, const struct definition *definition,
	struct register_one *out_one);

/* Brings the tables of all registers up to their definitions, in a transaction
 * of its own; nothing to do is fine. *out_changed counts those made anew. */
bool register_up(const struct registers *registers, struct store *store, int la,
	size_t *out_changed, struct fault *fault)
	__attribute__((warn_unused_result));

/* Whether the tables are those of the definitions; the hint says what to do. */
bool register_check(const struct registers *registers, struct store *store,
	int la, struct fault *fault) __attribute__((warn_unused_result));

/* The settings of a register on a day, by number. */
bool register_settings(const struct register_one *one, struct store *store,
	int la, struct date on, struct arena *arena, struct value *out_values,
	struct fault *fault) __attribute__((warn_unused_result));

/* The days that count for a child at a school (empty: none known). */
struct condition_calendar register_calendar(const struct registers *registers,
	int la, struct text school, struct date on);

#endif
