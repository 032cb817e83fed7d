/* SPDX-License-Identifier: MIT
 *
 * Words, numbers, dates, texts and signs of the condition language.
 */
#include "register/condition-inside.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_small(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_word(char c)
{
	return is_small(c) || is_capital(c) || is_digit(c);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The byte at that place; zero behind the end. */
static char at(const struct condition_reader *reader, size_t place)
{
	return place < reader->source.length ? reader->source.at[place] : '\0';
}

static size_t word_end(const struct condition_reader *reader, size_t place)
{
	while (is_word(at(reader, place)))
		place++;
	return place;
}

static void take(struct condition_reader *reader,
	enum condition_token_kind kind, size_t from, size_t to)
{
	reader->token = (struct condition_token){kind,
		text_cut(reader->source, from, to - from), from};
	reader->next = to;
}

static void refuse(struct condition_reader *reader, size_t from,
	const char *message, const char *hint)
{
	condition_refuse(reader, from, message, hint);
	take(reader, CONDITION_BROKEN, from, from);
}

/* held_on, child.cp_plan */
static void lex_name(struct condition_reader *reader, size_t from)
{
	size_t to = word_end(reader, from);
	while (at(reader, to) == '.' && is_small(at(reader, to + 1)))
		to = word_end(reader, to + 1);
	take(reader, CONDITION_NAME, from, to);
}

/* 2024-09-02: digits where there are nines. */
static bool is_dated(const struct condition_reader *reader, size_t from)
{
	static const char shape[] = "9999-99-99";
	for (size_t i = 0; i < sizeof shape - 1; i++) {
		char c = at(reader, from + i);
		if (shape[i] == '9' ? !is_digit(c) : c != shape[i])
			return false;
	}
	return !is_word(at(reader, from + sizeof shape - 1));
}

/* A date, a number, or a code that begins with a digit. */
static void lex_digits(struct condition_reader *reader, size_t from)
{
	struct date date;
	if (is_dated(reader, from)) {
		if (!date_read_iso(text_cut(reader->source, from, 10), &date))
			refuse(reader, from, "there is no such day", "");
		else
			take(reader, CONDITION_DATE, from, from + 10);
		return;
	}
	size_t to = from;
	while (is_digit(at(reader, to)))
		to++;
	if (is_word(at(reader, to)))
		take(reader, CONDITION_CODE, from, word_end(reader, to));
	else
		take(reader, CONDITION_NUMBER, from, to);
}

static void lex_text(struct condition_reader *reader, size_t from)
{
	size_t to = from + 1;
	while (to < reader->source.length
		&& (at(reader, to) != '\'' || at(reader, to + 1) == '\''))
		to += at(reader, to) == '\'' ? 2 : 1;
	if (to >= reader->source.length)
		refuse(reader, from, "the quote is not closed",
			"'it''s' has two quotes for one");
	else
		take(reader, CONDITION_TEXT, from, to + 1);
}

static const char *const signs[] = {"!=", "<=", ">=", "(", ")", ",", "=", "<",
	">", "+", "-"};

/* What other languages write; looked for before the signs. */
static const struct {
	const char *sign, *hint;
} foreign[] = {{"==", "write ="}, {"<>", "write !="}, {"=>", "write >="},
	{"=<", "write <="}, {"&", "write and"}, {"|", "write or"},
	{"\"", "write texts in 'single quotes'"}, {"*", "there is only + and -"},
	{"/", "there is only + and -; dates are written 2024-09-02"}};

static void lex_sign(struct condition_reader *reader, size_t from)
{
	struct text rest = text_cut(reader->source, from, 2);
	for (size_t i = 0; i < COUNT_OF(foreign); i++)
		if (text_starts(rest, text_of(foreign[i].sign))) {
			refuse(reader, from,
				arena_format(reader->arena,
					"\"%s\" is not a sign of conditions",
					foreign[i].sign),
				foreign[i].hint);
			return;
		}
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		struct text sign = text_of(signs[i]);
		if (text_starts(rest, sign)) {
			take(reader, CONDITION_SIGN, from, from + sign.length);
			return;
		}
	}
	unsigned char c = (unsigned char)at(reader, from);
	refuse(reader, from,
		c > ' ' && c < 0x7f ? arena_format(reader->arena,
			"\"%c\" is not a sign of conditions", c)
				    : "this is not a sign of conditions",
		c == '!' ? "write not" : "");
}

void condition_lex(struct condition_reader *reader)
{
	size_t from = reader->next;
	if (reader->token.kind == CONDITION_BROKEN)
		return;
	while (is_space(at(reader, from)))
		from++;
	char c = at(reader, from);
	if (from >= reader->source.length)
		take(reader, CONDITION_END, from, from);
	else if (is_small(c))
		lex_name(reader, from);
	else if (is_capital(c))
		take(reader, CONDITION_CODE, from, word_end(reader, from));
	else if (is_digit(c))
		lex_digits(reader, from);
	else if (c == '\'')
		lex_text(reader, from);
	else
		lex_sign(reader, from);
}

bool condition_is_at(const struct condition_reader *reader, const char *word)
{
	const struct condition_token *token = &reader->token;
	return (token->kind == CONDITION_NAME || token->kind == CONDITION_SIGN)
		&& text_is(token->text, word);
}

bool condition_takes(struct condition_reader *reader, const char *word)
{
	if (!condition_is_at(reader, word))
		return false;
	condition_lex(reader);
	return true;
}

struct condition_node *condition_unexpected(struct condition_reader *reader,
	const char *wanted, const char *hint)
{
	struct condition_token token = reader->token;
	const char *message = token.kind == CONDITION_END
		? arena_format(reader->arena, "%s is wanted, but the text ends",
			wanted)
		: arena_format(reader->arena,
			"%s is wanted, not \"" TEXT_FORMAT "\"", wanted,
			TEXT_ARGS(token.text));
	return condition_refuse(reader, token.at, message, hint);
}

bool condition_wants(struct condition_reader *reader, const char *word)
{
	if (condition_takes(reader, word))
		return true;
	condition_unexpected(reader,
		arena_format(reader->arena, "\"%s\"", word), "");
	return false;
}
