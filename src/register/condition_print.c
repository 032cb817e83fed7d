/* SPDX-License-Identifier: MIT
 *
 * A condition as it was understood: every operation in brackets, one space
 * between words. What is printed reads as the same condition again.
 */
#include "base/buffer.h"
#include "register/condition-inside.h"

/* Whether the text may stand bare: a capital, or a digit and not only digits,
 * which would be read as a number. */
static bool is_bare(struct text text)
{
	bool has_letter = false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_capital = c >= 'A' && c <= 'Z';
		bool is_digit = c >= '0' && c <= '9';
		bool is_small = (c >= 'a' && c <= 'z') || c == '_';
		if (!is_capital && !is_digit && (!is_small || i == 0))
			return false;
		has_letter |= !is_digit;
	}
	return has_letter;
}

static void print_text(struct text text, struct buffer *out)
{
	if (is_bare(text)) {
		buffer_add(out, text);
		return;
	}
	buffer_char(out, '\'');
	for (size_t i = 0; i < text.length; i++) {
		buffer_char(out, text.at[i]);
		if (text.at[i] == '\'')
			buffer_char(out, '\'');
	}
	buffer_char(out, '\'');
}

static void print_constant(const struct condition_node *node, struct buffer *out)
{
	char written[VALUE_WRITTEN];
	if (node->word != NULL)
		buffer_string(out, node->word);
	else if (node->kind == VALUE_TEXT)
		print_text(node->constant.text, out);
	else
		buffer_add(out, value_write(node->constant, written));
}

static void print_node(const struct condition_node *node, struct buffer *out);

/* The arguments from the first on, with commas. */
static void print_list(const struct condition_node *node, int first,
	struct buffer *out)
{
	buffer_char(out, '(');
	for (int i = first; i < node->count; i++) {
		if (i > first)
			buffer_string(out, ", ");
		print_node(node->arguments[i], out);
	}
	buffer_char(out, ')');
}

static void print_operation(const struct condition_node *node, struct buffer *out)
{
	buffer_char(out, '(');
	if (node->shape == CONDITION_PREFIX)
		buffer_format(out, "%s ", node->word);
	print_node(node->arguments[0], out);
	if (node->shape != CONDITION_PREFIX)
		buffer_format(out, " %s", node->word);
	if (node->shape == CONDITION_INFIX) {
		buffer_char(out, ' ');
		print_node(node->arguments[1], out);
	}
	if (node->shape == CONDITION_AMONG) {
		buffer_char(out, ' ');
		print_list(node, 1, out);
	}
	buffer_char(out, ')');
}

static void print_node(const struct condition_node *node, struct buffer *out)
{
	switch (node->shape) {
	case CONDITION_CONSTANT:
		print_constant(node, out);
		return;
	case CONDITION_FIELD:
	case CONDITION_PART:
		buffer_string(out, node->word);
		return;
	case CONDITION_COLUMN:
		buffer_add(out, node->written);
		return;
	case CONDITION_CALL:
		buffer_string(out, node->word);
		print_list(node, 0, out);
		return;
	case CONDITION_INFIX:
	case CONDITION_PREFIX:
	case CONDITION_SUFFIX:
	case CONDITION_AMONG:
		print_operation(node, out);
		return;
	}
}

void condition_print(const struct condition *condition, struct buffer *out)
{
	print_node(condition->top, out);
}
