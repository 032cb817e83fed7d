/* SPDX-License-Identifier: MIT
 *
 * A register as its text defines it: `definitions/registers/NAME.yaml`.
 *
 * A register holds entries about a subject (a child, a family, a home ...). An
 * entry has fields, parts that repeat (each row with fields of its own), and
 * one state. Steps take it from state to state; clocks say what is due, when,
 * under which law; lists, letters and exports show it. All of it comes from
 * one text; nothing in C knows any one register.
 *
 * Everything in a definition may be dated: `from` and `until` are a day or a
 * setting that holds one, so that a case is judged by what was in force on the
 * day of the event. A setting that is not set means "not yet".
 *
 * Values of an entry stand in an array by slot: its fields in the order of the
 * text, then what every entry has (enum definition_slot), then the facts about
 * its child and the settings. Each part's rows have slots of their own.
 *
 * A definition is read once, whole or not at all, and never changes after. It
 * lives in the arena it was read into. Reading reports every mistake there is.
 */
#ifndef KITH_REGISTER_DEFINITION_H
#define KITH_REGISTER_DEFINITION_H

#include "base/arena.h"
#include "base/buffer.h"
#include "codes/codes.h"
#include "register/condition.h"

enum {
	DEFINITION_FIELDS = 128, /* of an entry, or of one part */
	DEFINITION_PARTS = 16,
	DEFINITION_STATES = 48,
	DEFINITION_STEPS = 128,
	DEFINITION_CLOCKS = 64,
	DEFINITION_LISTS = 64,
	DEFINITION_LETTERS = 64,
	DEFINITION_SETTINGS = 64,
	DEFINITION_ROLES = 64, /* a set of roles is one 64-bit word */
};

/* When something is in force. Both ends may come from a setting. */
struct definition_span {
	struct date from, until; /* none: open; until is the last day */
	const struct definition_setting *from_setting, *until_setting;
};

enum definition_subject {
	DEFINITION_CHILD,
	DEFINITION_FAMILY,
	DEFINITION_PERSON,
	DEFINITION_ORGANISATION,
	DEFINITION_HOME,
	DEFINITION_SPACE,
	DEFINITION_GROUP,
	DEFINITION_NOTHING,
	DEFINITION_SUBJECTS,
};

/* Who is shown a field when something leaves the council: a bit each. */
enum definition_audience {
	DEFINITION_STAFF = 0,        /* nobody outside */
	DEFINITION_FOR_FAMILY = 1,   /* parents and the child */
	DEFINITION_FOR_PARTNERS = 2, /* schools, health, other authorities */
	DEFINITION_FOR_ANYONE = 4,
};

enum definition_type {
	DEFINITION_TEXT,  /* one line */
	DEFINITION_PROSE, /* lines, as they were said */
	DEFINITION_CODE,  /* one of a code list */
	DEFINITION_CODES, /* several of it, ';' between */
	DEFINITION_DATE,
	DEFINITION_WHOLE,
	DEFINITION_TENTHS, /* hours, percentages: 12.5 is 125 */
	DEFINITION_PENCE,
	DEFINITION_YESNO,
	DEFINITION_SCHOOL,  /* URN, or LAESTAB */
	DEFINITION_ACCOUNT, /* login of a person at the council */
	DEFINITION_POSTCODE,
	DEFINITION_PHONE,
	DEFINITION_EMAIL,
	DEFINITION_LINK,     /* reference of an entry in a register */
	DEFINITION_DOCUMENT, /* name of a file kept with the entry */
	DEFINITION_TYPES,
};

struct definition_field {
	const char *name;  /* "reason_primary": a column too */
	const char *label; /* as people are asked */
	const char *hint;
	enum definition_type type;
	const struct codes_list *list; /* CODE, CODES */
	const char *register_name;     /* LINK */
	int64_t least, most; /* WHOLE, TENTHS, PENCE; TEXT: most bytes */
	const struct condition *required; /* NULL: never */
	const struct condition *asked; /* NULL: always; else only if it holds */
	const struct condition *derived; /* NULL: given by people */
	uint64_t see, set;               /* roles; 0: as the register says */
	unsigned audience;
	const char *sealed_until; /* name of the step that opens it, or NULL */
	bool is_third_party;      /* about someone else: withheld from access */
	bool is_address;          /* withheld where the address is protected */
	struct definition_span span;
	const char *source;
	int slot;
	int line; /* of the text */
};

struct definition_part {
	const char *name, *title; /* "meetings", "Keep-in-touch meetings" */
	const char *one;          /* "keep-in-touch meeting" */
	struct definition_field *fields;
	size_t field_count;
	int number;  /* from 1 */
	bool is_own; /* every register's: definition_stays */
	int line;
};

/* Every register has a last part of its own, "states": a row for each state
 * the entry was in, kept by its steps. So conditions may ask
 * first(states.stay_from, stay_state = UNCLEAR), and measures who was in which
 * state on any day. */
enum definition_stay {
	DEFINITION_STAY_STATE,
	DEFINITION_STAY_FROM,
	DEFINITION_STAY_UNTIL, /* the day it left; none: still there */
	DEFINITION_STAY_FIELDS,
};

/* What every entry has besides its fields, and every row of a part. Their
 * slots follow the fields. */
enum definition_slot {
	DEFINITION_STATE,
	DEFINITION_OPENED,
	DEFINITION_CLOSED,
	DEFINITION_SINCE, /* in this state since */
	DEFINITION_OWNER,
	DEFINITION_TEAM,
	DEFINITION_ACTOR, /* who performs the step */
	DEFINITION_SLOTS,
};

struct definition_state {
	const char *name, *title;
	bool closes; /* entries in it are closed */
	int line;
};

/* One thing a step asks for. */
struct definition_ask {
	const struct definition_field *field;
	const struct condition *required; /* NULL: as the field says */
	bool is_required;                 /* whatever else */
};

/* A value a step gives by itself. */
struct definition_set {
	const struct definition_field *field;
	const struct condition *value;
};

struct definition_guard {
	const struct condition *need;
	const char *say;  /* to the person, when it does not hold */
	const char *hint; /* what to do */
	const char *source;
	const char *field; /* the input at fault, or NULL */
	struct definition_span span;
	bool is_warning; /* told, recorded, not refused */
	int line;
};

struct definition_step {
	const char *name, *title, *about;
	bool opens;                        /* makes the entry */
	uint64_t from;                     /* states, a bit each; opens: 0 */
	const struct definition_state *to; /* NULL: stays */
	uint64_t who;                      /* roles */
	uint64_t approve; /* roles that must agree; 0: nobody */
	const struct definition_part *adds, *changes; /* a row of this part */
	struct definition_ask *asks;
	size_t ask_count;
	struct definition_set *sets;
	size_t set_count;
	struct definition_guard *guards;
	size_t guard_count;
	const char *const *letters; /* offered when done */
	size_t letter_count;
	const char *const *tells; /* roles told at once: "social-worker" */
	size_t tell_count;
	bool needs_reason; /* a correction says why */
	struct definition_span span;
	const char *source;
	int line;
};

enum definition_unit {
	DEFINITION_DAYS,
	DEFINITION_WORKING_DAYS,
	DEFINITION_SCHOOL_DAYS,
	DEFINITION_SCHOOL_WEEKS,
	DEFINITION_WEEKS,
	DEFINITION_MONTHS,
	DEFINITION_UNITS,
};

struct definition_count {
	int number;
	const struct definition_setting *setting; /* instead of the number */
	const struct condition *field; /* a whole number of the entry or row */
	enum definition_unit unit;
	bool is_beginning_with; /* the first day is day 1; else day 0 */
};

struct definition_clock {
	const char *name, *title, *then; /* what is to be done when it is due */
	const struct definition_part *part; /* one clock a row; NULL: an entry */
	const struct condition *when;       /* NULL: always */
	const struct condition *starts;     /* a date; empty: not running */
	const struct condition *stops;      /* a date: when it was done */
	const struct condition *ends;       /* a condition: no longer wanted */
	struct definition_count count;
	struct definition_count warn; /* days before; 0: the day itself */
	uint64_t due_to;              /* roles whose work it is */
	const char *law;              /* Act and section, or guidance */
	bool is_local;                /* the council's own rule, not law */
	struct definition_span span;  /* judged on the day it starts */
	int line;
};

struct definition_list {
	const char *name, *title, *about;
	const struct condition *where; /* NULL: all open */
	bool has_closed;               /* closed entries too */
	const struct definition_field **columns;
	size_t column_count;
	const char *empty; /* what an empty list says */
	int line;
};

struct definition_letter {
	const char *name, *title;
	const char *file;                   /* definitions/letters/FILE.html */
	unsigned audience;                  /* of its recipient */
	const struct definition_part *part; /* about one row, or NULL */
	const struct condition *when;       /* may be made; NULL: always */
	struct definition_span span;
	const char *source;
	int line;
};

enum definition_setting_kind {
	DEFINITION_SET_DATE,
	DEFINITION_SET_NUMBER,
	DEFINITION_SET_CODE,
};

struct definition_setting {
	const char *name, *title, *source;
	enum definition_setting_kind kind;
	struct value initial; /* empty: not set */
	const char *const *choices;
	size_t choice_count;
	int64_t least, most;
	int slot;
	int line;
};

/* Which entries a role is shown. */
enum definition_reach {
	DEFINITION_REACH_NONE,
	DEFINITION_REACH_OWN,  /* those it owns */
	DEFINITION_REACH_TEAM, /* and those of its teams */
	DEFINITION_REACH_ANY,
};

struct definition {
	const char *name, *title, *about, *source, *prefix;
	enum definition_subject subject;
	bool has_one_open; /* one open entry a subject */
	const char *owner_role, *team;
	enum definition_reach reach[DEFINITION_ROLES]; /* by role */
	struct definition_field *fields;
	size_t field_count;
	struct definition_part *parts; /* the last: definition_stays */
	size_t part_count;
	struct definition_state *states;
	size_t state_count;
	struct definition_step *steps;
	size_t step_count;
	struct definition_clock *clocks;
	size_t clock_count;
	struct definition_list *lists;
	size_t list_count;
	struct definition_letter *letters;
	size_t letter_count;
	struct definition_setting *settings;
	size_t setting_count;
	int retention_years; /* from the child's birth, or from closing */
	bool retains_from_birth;
	const char *retention_source;
	size_t slot_count; /* of an entry's array of values */
	const struct codes_list *roles;
	const char *digest; /* SHA-256 of the text, and of what lies over it */
	struct text text;
};

struct definition_options {
	struct text name, text;            /* of the file */
	struct text overlay_name, overlay; /* a council's own, laid over; empty */
	const struct codes *codes;
	const struct embedded *letters; /* shipped letter files, to be checked */
};

/* Reads a definition. On mistakes gives NULL members and adds to out_mistakes a
 * line for each: "FILE:LINE:COLUMN: message: "shown" (did you mean ...?)". The
 * fault says how many. */
bool definition_read(struct arena *arena,
	const struct definition_options *options,
	const struct definition **out_definition, struct buffer *out_mistakes,
	struct fault *fault) __attribute__((warn_unused_result));

/* ---- Looking things up; NULL where there is none ---- */

const struct definition_field *definition_field(const struct definition *of,
	const struct definition_part *part, struct text name);
const struct definition_part *definition_part(const struct definition *of,
	struct text name);
const struct definition_step *definition_step(const struct definition *of,
	struct text name);
const struct definition_state *definition_state(const struct definition *of,
	struct text name);
const struct definition_clock *definition_clock(const struct definition *of,
	struct text name);
const struct definition_list *definition_list(const struct definition *of,
	struct text name);
const struct definition_letter *definition_letter(const struct definition *of,
	struct text name);

/* The part of states; its fields are those of enum definition_stay. */
const struct definition_part *definition_stays(const struct definition *of);

/* The kind of a field's value. */
enum value_kind definition_field_kind(const struct definition_field *field);

/* The slot of what every entry has. */
int definition_slot(const struct definition *of, enum definition_slot which);

/* The bit of a role; 0 if there is no such role. */
uint64_t definition_role(const struct definition *of, struct text role);

/* A text as a value of the setting; false if it may not have it. The value's
 * text is the caller's. */
bool definition_setting_read(const struct definition_setting *setting,
	struct text text, struct value *out_value);

/* In force on the day, by the settings given (values by setting, in order). */
bool definition_holds_on(const struct definition_span *span,
	const struct value *settings, struct date on);

/* Words of the language for the values of the enums above, for pages, JSON and
 * `kith define print`. */
const char *definition_type_word(enum definition_type type);
const char *definition_unit_word(enum definition_unit unit);
const char *definition_subject_word(enum definition_subject subject);

/* The definition again, in the order of the language: what was understood. */
void definition_print(const struct definition *definition, struct buffer *out);

#endif
