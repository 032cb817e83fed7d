/* SPDX-License-Identifier: MIT
 *
 * What the files of the condition language share: the reader that turns a text
 * into a tree of nodes, and the nodes that give their value.
 *
 * A node carries the function that runs it, chosen when it was read, so that
 * running is calling. While reading, NULL stands for a node that could not be
 * made: the mistake has then been said, and every maker hands NULL on.
 */
#ifndef KITH_REGISTER_CONDITION_INSIDE_H
#define KITH_REGISTER_CONDITION_INSIDE_H

#include "register/condition.h"

/* ---- Running ---- */

/* The rows that names stand for: the entry is level 0, then the scope's row or
 * that of the outermost function over rows, and so on. */
struct condition_frame {
	const struct condition_input *input;
	const struct value *rows[CONDITION_ROWS + 2]; /* NULL: holds nothing */
};

enum condition_shape {
	CONDITION_CONSTANT,
	CONDITION_FIELD,
	CONDITION_PART,   /* meetings: not run, looked at by its function */
	CONDITION_COLUMN, /* meetings.held_on: likewise */
	CONDITION_INFIX,  /* a and b */
	CONDITION_PREFIX, /* not a */
	CONDITION_SUFFIX, /* a is empty */
	CONDITION_AMONG,  /* a in (b, c) */
	CONDITION_CALL,   /* days(a, b) */
};

/* How many working days a way of serving a paper takes. */
struct condition_method {
	struct text code;
	struct date from, to; /* to: none if still so */
	int days;
};

struct condition_methods {
	const struct condition_method *methods;
	size_t count;
};

struct condition_node {
	struct value (*run)(const struct condition_node *node,
		struct condition_frame *frame);
	struct condition_node **arguments;
	int count;
	int part;  /* of a part, column or field */
	int slot;  /* of a column or field */
	int level; /* of a field, and of the row a function over rows makes */
	struct value constant;
	const struct condition_methods *methods; /* of deemed */
	/* The rest is for reading and printing. */
	enum condition_shape shape;
	enum value_kind kind;
	size_t at;                     /* byte of the text */
	const char *word;              /* "and", "days" */
	struct text written;           /* a literal as it stands in the text */
	const struct codes_list *list; /* whose codes its text is one of */
	const struct condition_name *name;
	bool is_many;
	bool is_bracketed;
	bool is_given; /* never empty, so asking is a slip */
};

struct condition {
	const struct condition_node *top;
	const struct condition_name **names; /* each once */
	size_t name_count;
	bool *uses_part; /* by part */
	size_t part_count;
	bool uses_school;
};

/* ---- Reading ---- */

enum condition_token_kind {
	CONDITION_END,
	CONDITION_NAME,
	CONDITION_CODE,
	CONDITION_NUMBER,
	CONDITION_DATE,
	CONDITION_TEXT, /* with its quotes */
	CONDITION_SIGN,
	CONDITION_BROKEN, /* the mistake has been said */
};

struct condition_token {
	enum condition_token_kind kind;
	struct text text;
	size_t at;
};

struct condition_reader {
	struct arena *arena;
	struct text source; /* in the arena */
	const struct condition_scope *scope;
	struct condition_mistake mistake;
	bool has_mistake;
	struct condition_token token; /* the one to be taken next */
	size_t next;                  /* byte behind it */
	int nodes, depth;
	int rows[CONDITION_ROWS + 2]; /* part by level; 0 is the entry's */
	int level;                    /* the innermost */
	const struct condition_methods *methods; /* NULL: not yet read */
	struct condition *condition;
};

/* Says the first mistake; NULL, so that a maker may end with it. */
struct condition_node *condition_refuse(struct condition_reader *reader,
	size_t at, const char *message, const char *hint);

/* condition_lex.c */
void condition_lex(struct condition_reader *reader);
bool condition_takes(struct condition_reader *reader, const char *word);
bool condition_is_at(const struct condition_reader *reader, const char *word);

/* Says what stands where something else is wanted. */
struct condition_node *condition_unexpected(struct condition_reader *reader,
	const char *wanted, const char *hint);
bool condition_wants(struct condition_reader *reader, const char *word);

/* condition_parse.c */
struct condition_node *condition_expression(struct condition_reader *reader);

/* condition_name.c: nodes for what the scope names, and codes of a list. */
struct condition_node *condition_node(struct condition_reader *reader,
	enum condition_shape shape, size_t at);
struct condition_node *condition_field(struct condition_reader *reader,
	struct condition_token token);
struct condition_node *condition_part(struct condition_reader *reader,
	struct condition_token token);
struct condition_node *condition_column(struct condition_reader *reader,
	struct condition_token token);
bool condition_is_column(const struct condition_reader *reader,
	struct condition_token token);

/* condition_fit.c: literals, and what kind a node is. */
const char *condition_kind_words(enum value_kind kind); /* "a date" */
struct condition_node *condition_constant(struct condition_reader *reader,
	struct condition_token token);
bool condition_is_word(struct text text); /* yes, no, today */
struct condition_node *condition_word(struct condition_reader *reader,
	struct condition_token token);
/* Literals become codes where text is wanted, and are codes of the list. */
bool condition_fits(struct condition_reader *reader, struct condition_node *node,
	enum value_kind kind, const struct codes_list *list);

/* condition_check.c: operators over nodes whose kinds fit. */
struct condition_node *condition_join(struct condition_reader *reader,
	struct condition_token word, struct condition_node *a,
	struct condition_node *b);
struct condition_node *condition_not(struct condition_reader *reader, size_t at,
	struct condition_node *a);
struct condition_node *condition_minus(struct condition_reader *reader,
	size_t at, struct condition_node *a);
struct condition_node *condition_is_empty(struct condition_reader *reader,
	struct condition_node *a, bool is_not);
struct condition_node *condition_among(struct condition_reader *reader,
	struct condition_node *node, bool is_not);

/* condition_call.c */
struct condition_node *condition_call(struct condition_reader *reader,
	struct condition_token name);

/* condition_run.c, condition_dates.c, condition_rows.c: what nodes do. */
struct value condition_run_constant(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_field(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_and(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_or(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_not(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_equal(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_unequal(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_less(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_at_most(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_more(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_at_least(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_add(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_subtract(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_is_empty(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_is_not_empty(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_in(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_not_in(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_if(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_percent(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_has(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_today(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_days(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_months_between(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_working_days(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_school_days(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_add_days(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_add_months(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_add_working_days(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_add_school_days(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_add_school_weeks(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_deemed(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_age(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_year_group(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_earliest(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_latest(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_count(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_any(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_all(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_first(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_last(const struct condition_node *node,
	struct condition_frame *frame);
struct value condition_run_run_start(const struct condition_node *node,
	struct condition_frame *frame);

#endif
