/* SPDX-License-Identifier: MIT
 *
 * The grammar, one function for each step of binding:
 *
 *   or:       and { "or" and }
 *   and:      compared { "and" compared }
 *   compared: sum [ sign sum | "is" ["not"] "empty"
 *                 | ["not"] "in" "(" sum { "," sum } ")" ]
 *   sum:      single { ("+" | "-") single }
 *   single:   "not" single | "-" single | "(" or ")" | literal | name | call
 */
#include "register/condition-inside.h"

static struct condition_node *parse_single(struct condition_reader *reader);

/* Guards the C stack: every way of nesting comes through here. */
static struct condition_node *nested(struct condition_reader *reader,
	struct condition_node *(*parse)(struct condition_reader *reader))
{
	if (reader->depth == CONDITION_DEPTH)
		return condition_refuse(reader, reader->token.at,
			arena_format(reader->arena,
				"more than %d brackets in brackets",
				CONDITION_DEPTH),
			"make a field of a part of it");
	reader->depth++;
	struct condition_node *node = parse(reader);
	reader->depth--;
	return node;
}

static struct condition_node *parse_bracket(struct condition_reader *reader)
{
	struct condition_node *node = condition_expression(reader);
	if (node == NULL || !condition_wants(reader, ")"))
		return NULL;
	node->is_bracketed = true;
	return node;
}

static bool is_keyword(struct text text)
{
	static const char *const words[] = {"and", "or", "in", "is", "empty"};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_is(text, words[i]))
			return true;
	return false;
}

static struct condition_node *parse_name(struct condition_reader *reader)
{
	struct condition_token token = reader->token;
	if (is_keyword(token.text))
		return condition_unexpected(reader, "a value",
			text_is(token.text, "empty") ? "write is empty" : "");
	condition_lex(reader);
	if (condition_takes(reader, "("))
		return condition_call(reader, token);
	if (condition_is_word(token.text))
		return condition_word(reader, token);
	return condition_field(reader, token);
}

static struct condition_node *parse_literal(struct condition_reader *reader)
{
	struct condition_token token = reader->token;
	condition_lex(reader);
	if (condition_is_at(reader, "(") && token.kind == CONDITION_CODE)
		return condition_unexpected(reader, "\"and\" or \"or\"",
			"functions are written in small letters");
	return condition_constant(reader, token);
}

static struct condition_node *parse_single(struct condition_reader *reader)
{
	size_t at = reader->token.at;
	if (condition_takes(reader, "not"))
		return condition_not(reader, at, nested(reader, parse_single));
	if (condition_takes(reader, "-"))
		return condition_minus(reader, at, nested(reader, parse_single));
	if (condition_takes(reader, "("))
		return parse_bracket(reader);
	switch (reader->token.kind) {
	case CONDITION_NAME:
		return parse_name(reader);
	case CONDITION_CODE:
	case CONDITION_NUMBER:
	case CONDITION_DATE:
	case CONDITION_TEXT:
		return parse_literal(reader);
	case CONDITION_END:
	case CONDITION_SIGN:
	case CONDITION_BROKEN:
		break;
	}
	return condition_unexpected(reader, "a value", "");
}

static struct condition_node *parse_sum(struct condition_reader *reader)
{
	struct condition_node *node = parse_single(reader);
	while (node != NULL
		&& (condition_is_at(reader, "+") || condition_is_at(reader, "-"))) {
		struct condition_token sign = reader->token;
		condition_lex(reader);
		node = condition_join(reader, sign, node, parse_single(reader));
	}
	return node;
}

/* Behind `in`. */
static struct condition_node *parse_among(struct condition_reader *reader,
	struct condition_node *asked, bool is_not)
{
	if (!condition_wants(reader, "("))
		return NULL;
	struct condition_node *items[CONDITION_NODES];
	int count = 0;
	items[count++] = asked;
	do {
		if (count == CONDITION_NODES)
			return condition_refuse(reader, reader->token.at,
				"there are too many values", "");
		items[count] = parse_sum(reader);
		if (items[count++] == NULL)
			return NULL;
	} while (condition_takes(reader, ","));
	struct condition_node *node = condition_node(reader, CONDITION_AMONG,
		asked->at);
	if (node == NULL || !condition_wants(reader, ")"))
		return NULL;
	node->count = count;
	node->arguments = arena_array(reader->arena, (size_t)count,
		sizeof(struct condition_node *));
	for (int i = 0; i < count; i++)
		node->arguments[i] = items[i];
	return condition_among(reader, node, is_not);
}

static struct condition_node *parse_is(struct condition_reader *reader,
	struct condition_node *asked)
{
	bool is_not = condition_takes(reader, "not");
	if (!condition_takes(reader, "empty"))
		return condition_unexpected(reader, "\"empty\"", "write = or !=");
	return condition_is_empty(reader, asked, is_not);
}

static struct condition_node *parse_compared(struct condition_reader *reader)
{
	static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
	struct condition_node *node = parse_sum(reader);
	if (node == NULL)
		return NULL;
	if (condition_takes(reader, "is"))
		return parse_is(reader, node);
	if (condition_takes(reader, "in"))
		return parse_among(reader, node, false);
	if (condition_takes(reader, "not"))
		return condition_wants(reader, "in")
			? parse_among(reader, node, true)
			: NULL;
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		struct condition_token sign = reader->token;
		if (condition_takes(reader, signs[i]))
			return condition_join(reader, sign, node,
				parse_sum(reader));
	}
	return node;
}

static struct condition_node *parse_and(struct condition_reader *reader)
{
	struct condition_node *node = parse_compared(reader);
	while (node != NULL && condition_is_at(reader, "and")) {
		struct condition_token word = reader->token;
		condition_lex(reader);
		node = condition_join(reader, word, node, parse_compared(reader));
	}
	return node;
}

static struct condition_node *parse_or(struct condition_reader *reader)
{
	struct condition_node *node = parse_and(reader);
	while (node != NULL && condition_is_at(reader, "or")) {
		struct condition_token word = reader->token;
		condition_lex(reader);
		node = condition_join(reader, word, node, parse_and(reader));
	}
	return node;
}

struct condition_node *condition_expression(struct condition_reader *reader)
{
	return nested(reader, parse_or);
}
