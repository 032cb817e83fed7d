/* SPDX-License-Identifier: MIT
 *
 * The functions: one row of a table each, which says what it takes and gives.
 */
#include "base/nearest.h"
#include "register/condition-inside.h"

enum takes {
	A_DATE,
	A_NUMBER,
	A_FLAG,
	A_TEXT,
	ANY_VALUE,
	SOME_DATES, /* a date, or a part's dates */
	A_PART,
	A_COLUMN,
	DATE_COLUMN,
	ROW_FLAG, /* a condition on one row of the part named before */
	MANY_CODES,
	A_METHOD,
};

enum { TAKES = 3, ANY_NUMBER = CONDITION_NODES };

struct function {
	const char *name;
	struct value (
		*run)(const struct condition_node *, struct condition_frame *);
	enum value_kind kind;    /* VALUE_EMPTY: that of the value it picks */
	int least, most;         /* values taken */
	enum takes takes[TAKES]; /* the last for all that follow */
	const char *usage;
	bool is_given; /* never empty */
	bool uses_school;
};

static const struct function functions[] = {
	{"days", condition_run_days, VALUE_NUMBER, 2, 2, {A_DATE, A_DATE},
		"days(from, to)"},
	{"months_between", condition_run_months_between, VALUE_NUMBER, 2, 2,
		{A_DATE, A_DATE}, "months_between(from, to)"},
	{"working_days", condition_run_working_days, VALUE_NUMBER, 2, 2,
		{A_DATE, A_DATE}, "working_days(from, to)"},
	{"school_days", condition_run_school_days, VALUE_NUMBER, 2, 2,
		{A_DATE, A_DATE}, "school_days(from, to)", .uses_school = true},
	{"add_days", condition_run_add_days, VALUE_DATE, 2, 2,
		{A_DATE, A_NUMBER}, "add_days(date, days)"},
	{"add_months", condition_run_add_months, VALUE_DATE, 2, 2,
		{A_DATE, A_NUMBER}, "add_months(date, months)"},
	{"add_working_days", condition_run_add_working_days, VALUE_DATE, 2, 2,
		{A_DATE, A_NUMBER}, "add_working_days(date, days)"},
	{"add_school_days", condition_run_add_school_days, VALUE_DATE, 2, 2,
		{A_DATE, A_NUMBER}, "add_school_days(date, days)",
		.uses_school = true},
	{"add_school_weeks", condition_run_add_school_weeks, VALUE_DATE, 2, 2,
		{A_DATE, A_NUMBER}, "add_school_weeks(date, weeks)",
		.uses_school = true},
	{"deemed", condition_run_deemed, VALUE_DATE, 2, 2, {A_DATE, A_METHOD},
		"deemed(served_on, method)"},
	{"age", condition_run_age, VALUE_NUMBER, 2, 2, {A_DATE, A_DATE},
		"age(date_of_birth, on)"},
	{"year_group", condition_run_year_group, VALUE_NUMBER, 2, 2,
		{A_DATE, A_DATE}, "year_group(date_of_birth, on)"},
	{"earliest", condition_run_earliest, VALUE_DATE, 1, ANY_NUMBER,
		{SOME_DATES, SOME_DATES, SOME_DATES}, "earliest(date, ...)"},
	{"latest", condition_run_latest, VALUE_DATE, 1, ANY_NUMBER,
		{SOME_DATES, SOME_DATES, SOME_DATES}, "latest(date, ...)"},
	{"count", condition_run_count, VALUE_NUMBER, 1, 2, {A_PART, ROW_FLAG},
		"count(meetings), count(meetings, condition)", .is_given = true},
	{"any", condition_run_any, VALUE_FLAG, 2, 2, {A_PART, ROW_FLAG},
		"any(meetings, condition)", .is_given = true},
	{"all", condition_run_all, VALUE_FLAG, 2, 2, {A_PART, ROW_FLAG},
		"all(meetings, condition)", .is_given = true},
	{"first", condition_run_first, VALUE_EMPTY, 1, 2, {A_COLUMN, ROW_FLAG},
		"first(meetings.held_on), first(meetings.held_on, condition)"},
	{"last", condition_run_last, VALUE_EMPTY, 1, 2, {A_COLUMN, ROW_FLAG},
		"last(meetings.held_on), last(meetings.held_on, condition)"},
	{"run_start", condition_run_run_start, VALUE_DATE, 2, 2,
		{DATE_COLUMN, DATE_COLUMN}, "run_start(stays.from, stays.to)"},
	{"percent", condition_run_percent, VALUE_NUMBER, 2, 2,
		{A_NUMBER, A_NUMBER}, "percent(part, whole)"},
	{"has", condition_run_has, VALUE_FLAG, 2, 2, {MANY_CODES, A_TEXT},
		"has(reasons, CODE)", .is_given = true},
	{"if", condition_run_if, VALUE_EMPTY, 2, 3, {A_FLAG, ANY_VALUE, ANY_VALUE},
		"if(condition, then), if(condition, then, else)"},
};

/* ---- One argument ---- */

static struct condition_token take_token(struct condition_reader *reader)
{
	struct condition_token token = reader->token;
	condition_lex(reader);
	return token;
}

static struct condition_node *parse_kind(struct condition_reader *reader,
	enum value_kind kind)
{
	struct condition_node *node = condition_expression(reader);
	return condition_fits(reader, node, kind, NULL) ? node : NULL;
}

static struct condition_node *parse_date_column(struct condition_reader *reader)
{
	struct condition_node *node = condition_column(reader,
		take_token(reader));
	return condition_fits(reader, node, VALUE_DATE, NULL) ? node : NULL;
}

/* A condition in which the part's own names stand for one row. */
static struct condition_node *parse_row_flag(struct condition_reader *reader,
	int part)
{
	int most = CONDITION_ROWS + (reader->scope->row_part > 0);
	if (reader->level == most)
		return condition_refuse(reader, reader->token.at,
			arena_format(reader->arena,
				"more than %d rows, each looked at for each",
				CONDITION_ROWS),
			"make a field of a part of it");
	reader->rows[++reader->level] = part;
	struct condition_node *node = parse_kind(reader, VALUE_FLAG);
	reader->level--;
	return node;
}

static struct condition_node *parse_many(struct condition_reader *reader)
{
	struct condition_node *node = condition_expression(reader);
	if (node == NULL || node->is_many)
		return node;
	return condition_refuse(reader, node->at,
		"this never holds several codes", "write = CODE");
}

static bool read_method(const struct codes_entry *entry,
	struct condition_method *method)
{
	int64_t days;
	*method = (struct condition_method){entry->code, entry->valid_from,
		entry->valid_to, 0};
	if (!text_to_int64(codes_column(entry, "working_days"), &days)
		|| days < 0 || days > 1000)
		return false;
	method->days = (int)days;
	return true;
}

/* How long each way of serving takes, read once. */
static bool read_methods(struct condition_reader *reader, size_t at,
	const struct codes_list *list)
{
	if (reader->methods != NULL)
		return true;
	struct condition_methods *all = arena_new(reader->arena, sizeof *all);
	struct condition_method *methods = arena_array(reader->arena,
		list->count, sizeof *methods);
	for (size_t i = 0; i < list->count; i++)
		if (!read_method(&list->entries[i], &methods[i])) {
			condition_refuse(reader, at,
				arena_format(reader->arena,
					"list service-methods: working_days of "
					"" TEXT_FORMAT " is not a number",
					TEXT_ARGS(list->entries[i].code)),
				"");
			return false;
		}
	*all = (struct condition_methods){methods, list->count};
	reader->methods = all;
	return true;
}

static struct condition_node *parse_method(struct condition_reader *reader)
{
	const struct codes *codes = reader->scope->codes;
	const struct codes_list *list = codes == NULL
		? NULL
		: codes_list(codes, "service-methods");
	size_t at = reader->token.at;
	if (list == NULL)
		return condition_refuse(reader, at,
			"ways of serving are not known here", "");
	struct condition_node *node = condition_expression(reader);
	if (!read_methods(reader, at, list)
		|| !condition_fits(reader, node, VALUE_TEXT, list))
		return NULL;
	if (node->list != NULL && !text_equals(node->list->name, list->name))
		return condition_refuse(reader, node->at,
			"this is not a code of service-methods",
			"give the field that list");
	return node;
}

static struct condition_node *parse_argument(struct condition_reader *reader,
	const struct function *function, const struct condition_node *first,
	int number)
{
	switch (function->takes[number < TAKES ? number : TAKES - 1]) {
	case A_DATE:
		return parse_kind(reader, VALUE_DATE);
	case A_NUMBER:
		return parse_kind(reader, VALUE_NUMBER);
	case A_FLAG:
		return parse_kind(reader, VALUE_FLAG);
	case A_TEXT:
		return parse_kind(reader, VALUE_TEXT);
	case ANY_VALUE:
		return condition_expression(reader);
	case SOME_DATES:
		return condition_is_column(reader, reader->token)
			? parse_date_column(reader)
			: parse_kind(reader, VALUE_DATE);
	case A_PART:
		return condition_part(reader, take_token(reader));
	case A_COLUMN:
		return condition_column(reader, take_token(reader));
	case DATE_COLUMN:
		return parse_date_column(reader);
	case ROW_FLAG:
		return first == NULL ? NULL : parse_row_flag(reader, first->part);
	case MANY_CODES:
		return parse_many(reader);
	case A_METHOD:
		return parse_method(reader);
	}
	return NULL;
}

/* ---- The call ---- */

static void take_kind(struct condition_node *node,
	const struct condition_node *picked)
{
	node->kind = picked->kind;
	node->list = picked->list;
	node->is_many = picked->is_many;
}

/* The two branches give one kind, and one list if both are of one. */
static bool finish_if(struct condition_reader *reader, struct condition_node *node)
{
	struct condition_node *a = node->arguments[1];
	take_kind(node, a);
	if (node->count < 3)
		return true;
	struct condition_node *b = node->arguments[2];
	enum value_kind kind = b->kind == VALUE_TEXT ? VALUE_TEXT : a->kind;
	if (!condition_fits(reader, a, kind, b->list)
		|| !condition_fits(reader, b, kind, a->list))
		return false;
	node->kind = kind;
	node->list = a->list == NULL || b->list == NULL || a->list == b->list
		? a->list != NULL ? a->list : b->list
		: NULL;
	node->is_many = a->is_many || b->is_many;
	node->is_given = a->is_given && b->is_given;
	return true;
}

/* What a table of kinds cannot say. */
static bool finish(struct condition_reader *reader,
	const struct function *function, struct condition_node *node)
{
	struct condition_node **arguments = node->arguments;
	if (function->run == condition_run_if)
		return finish_if(reader, node);
	if (function->run == condition_run_has)
		return condition_fits(reader, arguments[1], VALUE_TEXT,
			arguments[0]->list);
	if (function->kind == VALUE_EMPTY)
		take_kind(node, arguments[0]);
	if (function->run == condition_run_run_start
		&& arguments[0]->part != arguments[1]->part) {
		condition_refuse(reader, arguments[1]->at,
			"the two are fields of different parts", function->usage);
		return false;
	}
	return true;
}

/* Behind the opening bracket, as far as the closing one. -1: refused. */
static int parse_arguments(struct condition_reader *reader,
	const struct function *function, struct condition_node **arguments)
{
	int count = 0;
	if (condition_takes(reader, ")"))
		return 0;
	do {
		if (count == function->most) {
			condition_refuse(reader, reader->token.at,
				arena_format(reader->arena,
					"%s takes no more than %d",
					function->name, function->most),
				function->usage);
			return -1;
		}
		arguments[count] = parse_argument(reader, function,
			arguments[0], count);
		if (arguments[count++] == NULL)
			return -1;
	} while (condition_takes(reader, ","));
	return condition_wants(reader, ")") ? count : -1;
}

static const struct function *find_function(struct condition_reader *reader,
	struct condition_token name)
{
	const char *words[COUNT_OF(functions)];
	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		words[i] = functions[i].name;
		if (text_is(name.text, words[i]))
			return &functions[i];
	}
	condition_refuse(reader, name.at,
		arena_format(reader->arena,
			"\"" TEXT_FORMAT "\" is not a function",
			TEXT_ARGS(name.text)),
		nearest_hint(reader->arena, name.text, words, COUNT_OF(words)));
	return NULL;
}

static struct condition_node *make_call(struct condition_reader *reader,
	const struct function *function, size_t at,
	struct condition_node *const *arguments, int count)
{
	struct condition_node *node = condition_node(reader, CONDITION_CALL, at);
	if (node == NULL)
		return NULL;
	node->run = function->run;
	node->word = function->name;
	node->kind = function->kind;
	node->is_given = function->is_given;
	node->level = reader->level + 1;
	node->methods = reader->methods;
	node->count = count;
	node->arguments = arena_array(reader->arena, (size_t)count,
		sizeof(struct condition_node *));
	for (int i = 0; i < count; i++)
		node->arguments[i] = arguments[i];
	reader->condition->uses_school |= function->uses_school;
	return finish(reader, function, node) ? node : NULL;
}

struct condition_node *condition_call(struct condition_reader *reader,
	struct condition_token name)
{
	const struct function *function = find_function(reader, name);
	struct condition_node *arguments[CONDITION_NODES] = {NULL};
	if (function == NULL)
		return NULL;
	int count = parse_arguments(reader, function, arguments);
	if (count < 0)
		return NULL;
	if (count < function->least)
		return condition_refuse(reader, name.at,
			arena_format(reader->arena, "%s takes at least %d",
				function->name, function->least),
			function->usage);
	return make_call(reader, function, name.at, arguments, count);
}
