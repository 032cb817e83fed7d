/* SPDX-License-Identifier: MIT
 *
 * Literals, and whether a value is of the kind that is wanted: a code is one of
 * its field's list, digits are a code where a code is wanted.
 */
#include "base/nearest.h"
#include "register/condition-inside.h"

const char *condition_kind_words(enum value_kind kind)
{
	static const char *const words[VALUE_KINDS] = {
		[VALUE_EMPTY] = "nothing",
		[VALUE_TEXT] = "a code or text",
		[VALUE_NUMBER] = "a number",
		[VALUE_DATE] = "a date",
		[VALUE_FLAG] = "yes or no",
	};
	return words[kind];
}

/* ---- Literals ---- */

/* Without its quotes; '' is one. */
static struct text unquote(struct arena *arena, struct text text)
{
	char *bytes = arena_new(arena, text.length);
	size_t length = 0;
	for (size_t i = 1; i + 1 < text.length; i++) {
		bytes[length++] = text.at[i];
		i += text.at[i] == '\'';
	}
	return (struct text){bytes, length};
}

static bool read_literal(struct condition_reader *reader,
	struct condition_token token, struct value *out_value)
{
	struct date date = DATE_NONE;
	int64_t number = 0;
	switch (token.kind) {
	case CONDITION_NUMBER:
		if (!text_to_int64(token.text, &number))
			return false;
		*out_value = value_number(number);
		return true;
	case CONDITION_DATE:
		if (!date_read_iso(token.text, &date))
			return false;
		*out_value = value_date(date);
		return true;
	case CONDITION_TEXT:
		*out_value = value_text(unquote(reader->arena, token.text));
		return out_value->kind == VALUE_TEXT;
	default:
		*out_value = value_text(token.text);
		return true;
	}
}

struct condition_node *condition_constant(struct condition_reader *reader,
	struct condition_token token)
{
	struct condition_node *node = condition_node(reader, CONDITION_CONSTANT,
		token.at);
	if (node == NULL)
		return NULL;
	if (!read_literal(reader, token, &node->constant))
		return condition_refuse(reader, token.at,
			token.kind == CONDITION_TEXT ? "the text is empty"
						     : "the number is too large",
			token.kind == CONDITION_TEXT ? "write is empty" : "");
	node->run = condition_run_constant;
	node->kind = node->constant.kind;
	node->written = token.text;
	node->is_given = true;
	return node;
}

bool condition_is_word(struct text text)
{
	return text_is(text, "yes") || text_is(text, "no")
		|| text_is(text, "today");
}

struct condition_node *condition_word(struct condition_reader *reader,
	struct condition_token token)
{
	struct condition_node *node = condition_node(reader, CONDITION_CONSTANT,
		token.at);
	if (node == NULL)
		return NULL;
	bool is_today = text_is(token.text, "today");
	node->run = is_today ? condition_run_today : condition_run_constant;
	node->kind = is_today ? VALUE_DATE : VALUE_FLAG;
	node->constant = value_flag(text_is(token.text, "yes"));
	node->word = is_today ? "today" : NULL;
	node->is_given = true;
	return node;
}

/* ---- Kinds and codes ---- */

static bool refuse_kind(struct condition_reader *reader,
	const struct condition_node *node, enum value_kind wanted)
{
	const char *hint = "";
	if (wanted == VALUE_FLAG && node->kind != VALUE_FLAG)
		hint = "compare it: =, !=, <, is empty, in (...)";
	condition_refuse(reader, node->at,
		arena_format(reader->arena, "this is %s where %s is wanted",
			condition_kind_words(node->kind),
			condition_kind_words(wanted)),
		hint);
	return false;
}

static bool is_of_list(const struct codes_list *list, struct text code)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_equals(list->entries[i].code, code))
			return true;
	return false;
}

/* The code meant, or all of them if they are few. */
static const char *hint_code(struct condition_reader *reader, struct text code,
	const struct codes_list *list)
{
	enum { FEW = 8 };
	const char **words = arena_array(reader->arena, list->count + 1,
		sizeof *words);
	for (size_t i = 0; i < list->count; i++)
		words[i] = arena_string(reader->arena, list->entries[i].code);
	const char *hint = nearest_hint(reader->arena, code, words, list->count);
	if (hint[0] != '\0' || list->count == 0 || list->count > FEW)
		return hint;
	hint = words[0];
	for (size_t i = 1; i < list->count; i++)
		hint = arena_format(reader->arena, "%s, %s", hint, words[i]);
	return arena_format(reader->arena, "one of %s", hint);
}

static bool refuse_code(struct condition_reader *reader,
	const struct condition_node *node, const struct codes_list *list)
{
	struct text code = node->constant.text;
	condition_refuse(reader, node->at,
		arena_format(reader->arena,
			"\"" TEXT_FORMAT "\" is not a code of " TEXT_FORMAT,
			TEXT_ARGS(code), TEXT_ARGS(list->name)),
		hint_code(reader, code, list));
	return false;
}

/* What gives the value: the branches of if(), else the node itself. */
static bool fits_each(struct condition_reader *reader,
	struct condition_node *node, const struct codes_list *list)
{
	if (node->run == condition_run_if) {
		bool fits = true;
		for (int i = 1; i < node->count; i++)
			fits = fits
				&& condition_fits(reader, node->arguments[i],
					VALUE_TEXT, list);
		return fits;
	}
	if (node->shape == CONDITION_CONSTANT && list != NULL
		&& !is_of_list(list, node->constant.text))
		return refuse_code(reader, node, list);
	return true;
}

bool condition_fits(struct condition_reader *reader, struct condition_node *node,
	enum value_kind kind, const struct codes_list *list)
{
	if (node == NULL)
		return false;
	if (kind == VALUE_TEXT && node->kind == VALUE_NUMBER
		&& node->shape == CONDITION_CONSTANT && node->written.length > 0) {
		node->constant = value_text(node->written);
		node->kind = VALUE_TEXT;
	}
	if (node->kind != kind)
		return refuse_kind(reader, node, kind);
	return kind != VALUE_TEXT || fits_each(reader, node, list);
}
