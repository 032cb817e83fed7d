/* SPDX-License-Identifier: MIT
 *
 * The statements of a measure file: one SELECT each, in words that SQLite,
 * PostgreSQL and Citus answer alike, with :name for what the engine knows.
 *
 * A definition may come from a council, so this is also a guard: no word that
 * writes or defines, no function but those listed, nothing that lets the two
 * engines see strings and comments end at different places. What a statement
 * gives is checked when it runs (roll.c). Which words differ: SQLite's and
 * PostgreSQL's manuals; tools/check-sql refuses the same in our own files.
 */
#include "measures/measure-inside.h"

enum { MOST_SQL = 1 << 18 };

/* Functions that both engines have and answer alike, and the words of SQL that
 * may stand before a parenthesis. */
static const char *const functions[] = {"abs", "add_days", "add_months",
	"age_at", "coalesce", "count", "days_between", "dense_rank",
	"first_value", "greatest", "lag", "last_value", "lead", "least",
	"length", "max", "min", "months_reached", "nullif", "rank", "replace",
	"row_number", "strpos", "substr", "sum"};
static const char *const openers[] = {"all", "and", "as", "between", "by",
	"case", "distinct", "else", "except", "exists", "filter", "from", "in",
	"intersect", "join", "not", "on", "or", "over", "select", "then",
	"union", "using", "values", "when", "where", "with"};

/* Words refused wherever they stand, and why. */
static const struct refusal {
	const char *word, *why;
} refusals[] = {{"alter", "a definition only reads"},
	{"analyze", "a definition only reads"},
	{"attach", "a definition only reads"},
	{"begin", "a definition only reads"}, {"call", "a definition only reads"},
	{"cast", "it answers differently on the two engines"},
	{"collate", "it answers differently on the two engines"},
	{"commit", "a definition only reads"},
	{"copy", "a definition only reads"},
	{"create", "a definition only reads"},
	{"cube", "SQLite does not have it"},
	{"current_date", "the day is for the engine to say"},
	{"current_time", "the day is for the engine to say"},
	{"current_timestamp", "the day is for the engine to say"},
	{"delete", "a definition only reads"},
	{"detach", "a definition only reads"},
	{"do", "a definition only reads"}, {"drop", "a definition only reads"},
	{"explain", "a definition only reads"},
	{"glob", "PostgreSQL does not have it"},
	{"grant", "a definition only reads"},
	{"grouping", "SQLite does not have it"},
	{"ilike", "SQLite does not have it"},
	{"insert", "a definition only reads"},
	{"into", "a definition only reads"},
	{"lateral", "SQLite does not have it"},
	{"like", "SQLite alone is blind to case"},
	{"limit", "a list is of all children"},
	{"merge", "a definition only reads"},
	{"natural", "it joins by whatever names are alike"},
	{"offset", "a list is of all children"},
	{"pragma", "a definition only reads"},
	{"recursive", "Citus does not take it"},
	{"regexp", "PostgreSQL does not have it"},
	{"reindex", "a definition only reads"},
	{"returning", "a definition only reads"},
	{"revoke", "a definition only reads"},
	{"rollup", "SQLite does not have it"},
	{"savepoint", "a definition only reads"},
	{"set", "a definition only reads"},
	{"similar", "SQLite does not have it"},
	{"table", "a definition only reads"},
	{"truncate", "a definition only reads"},
	{"update", "a definition only reads"},
	{"vacuum", "a definition only reads"}};

static const char *const parameters[] = {"basis", "feed", "first_day", "from",
	"id", "la", "to"};

/* ---- Pieces ---- */

enum piece_kind {
	PIECE_END,
	PIECE_WORD,
	PIECE_STRING,
	PIECE_PARAMETER, /* without its colon */
	PIECE_MARK,      /* anything else, a byte */
	PIECE_SPACE,     /* also a comment */
};

struct piece {
	enum piece_kind kind;
	struct text text;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
		|| (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static size_t word_length(struct text text, size_t from)
{
	size_t length = 0;
	while (from + length < text.length && is_word_byte(text.at[from + length]))
		length++;
	return length;
}

static size_t space_length(struct text text)
{
	size_t i = 0;
	while (i < text.length && is_space(text.at[i]))
		i++;
	if (i > 0 || !text_starts(text, TEXT("--")))
		return i;
	while (i < text.length && text.at[i] != '\n')
		i++;
	return i;
}

/* A string may hold '' for one quote. Without its end it is the whole rest. */
static size_t string_length(struct text text)
{
	size_t i = 1;
	while (i < text.length) {
		if (text.at[i++] != '\'')
			continue;
		if (i == text.length || text.at[i] != '\'')
			return i;
		i++;
	}
	return i;
}

static struct piece piece_at(struct text rest)
{
	if (rest.length == 0)
		return (struct piece){PIECE_END, rest};
	size_t length = space_length(rest);
	if (length > 0)
		return (struct piece){PIECE_SPACE, text_cut(rest, 0, length)};
	if (rest.at[0] == '\'')
		return (struct piece){PIECE_STRING,
			text_cut(rest, 0, string_length(rest))};
	length = word_length(rest, 0);
	if (length > 0)
		return (struct piece){PIECE_WORD, text_cut(rest, 0, length)};
	length = rest.at[0] == ':' ? word_length(rest, 1) : 0;
	if (length > 0)
		return (struct piece){PIECE_PARAMETER, text_cut(rest, 1, length)};
	return (struct piece){PIECE_MARK, text_cut(rest, 0, 1)};
}

static struct piece after_space(struct text rest)
{
	struct piece piece = piece_at(rest);
	while (piece.kind == PIECE_SPACE) {
		rest = text_cut(rest, piece.text.length, rest.length);
		piece = piece_at(rest);
	}
	return piece;
}

/* ---- Checks ---- */

struct query_reader {
	struct measure_reader *reader;
	struct measure_query *query;
	struct buffer out;
	struct text last;         /* word before; empty: something else was */
	struct measure_place end; /* of the file's text */
};

static void refuse(struct query_reader *q, struct text at, const char *why,
	const char *hint)
{
	measure_mistake(q->reader, measure_place_of(q->reader, at.at), why, at,
		hint);
}

static bool is_among(struct text word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_equals_folded(word, text_of(words[i])))
			return true;
	return false;
}

/* max(a, b) is SQLite's own; whether there is a comma between its brackets. */
static bool has_several(struct text rest)
{
	int depth = 0;
	for (struct piece piece = piece_at(rest); piece.kind != PIECE_END;
		piece = piece_at(rest)) {
		char c = piece.kind == PIECE_MARK ? piece.text.at[0] : ' ';
		depth += (c == '(') - (c == ')');
		if (depth == 0 && c == ')')
			return false;
		if (depth == 1 && c == ',')
			return true;
		size_t length = piece.text.length
			+ (piece.kind == PIECE_PARAMETER ? 1 : 0);
		rest = text_cut(rest, length, rest.length);
	}
	return false;
}

static void check_function(struct query_reader *q, struct text word,
	struct text rest)
{
	bool is_extreme = text_equals_folded(word, TEXT("max"))
		|| text_equals_folded(word, TEXT("min"));
	if (is_extreme && has_several(rest)) {
		refuse(q, word, "of several values is SQLite's own",
			"write greatest or least");
		return;
	}
	if (is_among(word, functions, COUNT_OF(functions))
		|| is_among(word, openers, COUNT_OF(openers)))
		return;
	refuse(q, word, "is not a function that definitions may use",
		measure_did_you_mean(q->reader, word, functions,
			COUNT_OF(functions)));
}

static void check_word(struct query_reader *q, struct text word, struct text rest)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++)
		if (text_equals_folded(word, text_of(refusals[i].word))) {
			refuse(q, word, "is a word that definitions may not use",
				refusals[i].why);
			return;
		}
	if (rest.length > 0 && rest.at[0] == '\'') {
		refuse(q, word, "may not stand before a quote",
			"strings are in plain single quotes");
		return;
	}
	struct piece next = after_space(rest);
	if (next.kind == PIECE_MARK && next.text.at[0] == '(')
		check_function(q, word, rest);
}

static void check_mark(struct query_reader *q, struct text mark, struct text rest)
{
	static const struct {
		char mark;
		const char *hint;
	} marks[] = {{'"', "strings are in single quotes, names in none"},
		{'`', "names are in no quotes"},
		{'[', "names are in no brackets"},
		{']', "names are in no brackets"},
		{'$', "parameters are written by name, as :la"},
		{'?', "parameters are written by name, as :la"},
		{'@', "parameters are written by name, as :la"},
		{'#', "it is PostgreSQL's own"}, {'\\', "it is PostgreSQL's own"},
		{'~', "it means different things to the two engines"},
		{'^', "it is PostgreSQL's own"},
		{':', "parameters are written as :la, and types are not given"},
		{'{', "it is no part of SQL"}, {'}', "it is no part of SQL"}};
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (mark.at[0] == marks[i].mark) {
			refuse(q, mark, "is a mark that definitions may not use",
				marks[i].hint);
			return;
		}
	if (mark.at[0] == '/' && rest.length > 0 && rest.at[0] == '*')
		refuse(q, mark,
			"begins a comment that the engines end differently",
			"write comments as -- to the end of the line");
	if (mark.at[0] == '-' && rest.length > 0 && rest.at[0] == '>')
		refuse(q, mark, "begins an arrow",
			"JSON is opaque to definitions");
	unsigned char byte = (unsigned char)mark.at[0];
	if (byte < ' ' || byte == 0x7f)
		measure_mistake(q->reader, measure_place_of(q->reader, mark.at),
			"there is a control character", TEXT(""), "");
}

static int place_of(struct query_reader *q, struct text name)
{
	struct measure_query *query = q->query;
	for (size_t i = 0; i < query->count; i++)
		if (text_is(name, query->parameters[i]))
			return (int)i + 1;
	for (size_t i = 0; i < COUNT_OF(parameters); i++) {
		if (!text_is(name, parameters[i]))
			continue;
		query->parameters[query->count++] = parameters[i];
		return (int)query->count;
	}
	refuse(q, name, "there is no parameter",
		measure_did_you_mean(q->reader, name, parameters,
			COUNT_OF(parameters)));
	return 1;
}
_Static_assert(COUNT_OF(parameters) <= MEASURE_PARAMETERS,
	"every parameter must have a place");

/* ---- Reading ---- */

static void copy_piece(struct query_reader *q, const struct piece *piece,
	struct text rest)
{
	bool is_open = piece->kind == PIECE_STRING
		&& (piece->text.length == 1
			|| !text_ends(piece->text, TEXT("'")));
	switch (piece->kind) {
	case PIECE_WORD:
		check_word(q, piece->text, rest);
		break;
	case PIECE_STRING:
		if (is_open)
			measure_mistake(q->reader,
				measure_place_of(q->reader, piece->text.at),
				"the string is not closed", TEXT(""), "");
		break;
	case PIECE_PARAMETER:
		buffer_format(&q->out, "$%d", place_of(q, piece->text));
		return;
	case PIECE_MARK:
		check_mark(q, piece->text, rest);
		break;
	case PIECE_SPACE:
		if (text_starts(piece->text, TEXT("--")))
			return;
		break;
	case PIECE_END:
		return;
	}
	buffer_add(&q->out, piece->text);
}

static void check_first(struct query_reader *q, struct text sql)
{
	struct piece first = after_space(sql);
	if (first.kind != PIECE_WORD
		|| (!text_equals_folded(first.text, TEXT("select"))
			&& !text_equals_folded(first.text, TEXT("with"))))
		refuse(q, text_cut(first.text, 0, 40),
			"the statement must begin with SELECT or WITH", "");
}

/* Takes one statement; a semicolon may end it. */
static void read_query(struct measure_reader *reader, struct text sql,
	struct measure_query *query)
{
	struct query_reader q = {.reader = reader,
		.query = query,
		.out = {.maximum = MOST_SQL}};
	struct text rest = sql;
	check_first(&q, sql);
	for (struct piece piece = piece_at(rest); piece.kind != PIECE_END;
		piece = piece_at(rest)) {
		size_t length = piece.text.length
			+ (piece.kind == PIECE_PARAMETER ? 1 : 0);
		rest = text_cut(rest, length, rest.length);
		if (piece.kind == PIECE_MARK && piece.text.at[0] == ';') {
			struct piece next = after_space(rest);
			if (next.kind != PIECE_END)
				refuse(&q, text_cut(next.text, 0, 40),
					"there must be one statement only", "");
			break;
		}
		copy_piece(&q, &piece, rest);
	}
	if (q.out.has_failed)
		measure_mistake(reader, measure_place_of(reader, sql.at),
			"the statement is too long", TEXT(""), "");
	query->sql = arena_string(reader->arena, text_trim(buffer_text(&q.out)));
	buffer_finish(&q.out);
}

static bool uses(const struct measure_query *query, const char *name)
{
	for (size_t i = 0; i < query->count; i++)
		if (text_is(text_of(name), query->parameters[i]))
			return true;
	return false;
}

/* A list that names no authority would mix those of a database. */
static void check_authority(struct measure_reader *reader, struct text sql,
	const struct measure_query *query)
{
	if (!uses(query, "la"))
		measure_mistake(reader, measure_place_of(reader, sql.at),
			"the statement does not keep to one authority",
			TEXT(""), "it needs :la");
}

/* Where the line `-- evidence` begins; the length if there is none. */
static size_t evidence_mark(struct text sql)
{
	static const struct text mark = {"-- evidence", 11};
	struct text rest = sql;
	while (rest.length > 0) {
		struct text after;
		struct text line = text_split(rest, '\n', &after);
		if (text_equals(text_trim(line), mark))
			return (size_t)(line.at - sql.at);
		rest = after;
	}
	return sql.length;
}

void measure_query_read(struct measure_reader *reader, struct text sql)
{
	struct measure *measure = reader->measure;
	size_t cut = evidence_mark(sql);
	struct text list = text_cut(sql, 0, cut);
	struct text evidence = text_cut(sql, cut, sql.length);
	struct piece first = after_space(list);
	if (first.kind == PIECE_END) {
		measure_mistake(reader, measure_place_of(reader, first.text.at),
			"the list of children is missing", TEXT(""), "");
	} else {
		read_query(reader, list, &measure->list);
		check_authority(reader, first.text, &measure->list);
	}
	if (evidence.length == 0)
		return;
	first = after_space(evidence);
	if (first.kind == PIECE_END) {
		measure_mistake(reader, measure_place_of(reader, first.text.at),
			"there is no statement behind -- evidence", TEXT(""), "");
		return;
	}
	read_query(reader, evidence, &measure->evidence);
	check_authority(reader, first.text, &measure->evidence);
}
