/* SPDX-License-Identifier: MIT
 *
 * Filling letters. A template is read from front to back; a block is a piece of
 * it between its tags, filled by the same function again.
 */
#include "render/letter.h"

#include "render/html.h"

enum { MOST_DEPTH = 8 };

struct filling {
	const struct letter *letter;
	const struct letter_names *names; /* only checked; else NULL */
	struct buffer *out;               /* NULL: only checked */
	struct fault *fault;
	const struct letter_part *each; /* inside {{#each part}} */
	size_t row;
	struct text each_name;
	int depth;
};

static bool fill(struct filling *filling, struct text template);

/* ---- Text into HTML ---- */

/* Line ends become <br>; they are cut out before the cleaning, which would make
 * them blanks. */
static void put_text(struct buffer *out, struct text text)
{
	bool is_first = true;
	while (text.length > 0) {
		struct text line = text_trim(text_split(text, '\n', &text));
		if (!is_first)
			buffer_string(out, "<br>");
		is_first = false;
		html_bytes(out, line);
	}
}

/* ---- Values ---- */

static bool find_value(const struct letter_value *values, size_t count,
	struct text name, struct text *out_text)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(name, values[i].name)) {
			*out_text = values[i].text;
			return true;
		}
	return false;
}

static const struct letter_part *find_part(const struct letter *letter,
	struct text name)
{
	for (size_t i = 0; i < letter->part_count; i++)
		if (text_is(name, letter->parts[i].name))
			return &letter->parts[i];
	return NULL;
}

/* The row a name "part.field" means: inside {{#each part}} the present one,
 * elsewhere the one the letter is about. */
static const struct letter_row *row_of(const struct filling *filling,
	const struct letter_part *part)
{
	if (part == filling->each)
		return &part->rows[filling->row];
	return part->chosen == 0 ? NULL : &part->rows[part->chosen - 1];
}

static struct text value_of(const struct filling *filling, struct text name)
{
	const struct letter *letter = filling->letter;
	struct text text = {NULL, 0}, field;
	if (find_value(letter->values, letter->value_count, name, &text))
		return text;
	const struct letter_part *part = find_part(letter,
		text_split(name, '.', &field));
	const struct letter_row *row = part == NULL ? NULL
						    : row_of(filling, part);
	if (row != NULL)
		(void)find_value(row->values, row->count, field, &text);
	return text;
}

static bool is_given(const struct filling *filling, struct text name)
{
	const struct letter_part *part = find_part(filling->letter, name);
	if (part != NULL)
		return part->count > 0;
	struct text text = value_of(filling, name);
	return text.length > 0 && !text_equals_folded(text, TEXT("no"));
}

/* ---- Everything ---- */

static void put_values(struct buffer *out, const struct letter_value *values,
	size_t count)
{
	buffer_string(out, "<table>\n");
	for (size_t i = 0; i < count; i++) {
		if (values[i].label == NULL || values[i].text.length == 0)
			continue;
		buffer_string(out, "<tr><th scope=\"row\">");
		put_text(out, text_of(values[i].label));
		buffer_string(out, "</th><td>");
		put_text(out, values[i].text);
		buffer_string(out, "</td></tr>\n");
	}
	buffer_string(out, "</table>\n");
}

static bool has_labels(const struct letter_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->values[i].label != NULL && row->values[i].text.length > 0)
			return true;
	return false;
}

static void put_everything(const struct filling *filling)
{
	const struct letter *letter = filling->letter;
	put_values(filling->out, letter->values, letter->value_count);
	for (size_t i = 0; i < letter->part_count; i++)
		for (size_t j = 0; j < letter->parts[i].count; j++) {
			if (!has_labels(&letter->parts[i].rows[j]))
				continue;
			buffer_string(filling->out, "<h2>");
			put_text(filling->out, text_of(letter->parts[i].title));
			buffer_format(filling->out, " %zu</h2>\n", j + 1);
			put_values(filling->out, letter->parts[i].rows[j].values,
				letter->parts[i].rows[j].count);
		}
}

/* ---- Tags ---- */

static size_t find(struct text text, struct text part, size_t from)
{
	for (size_t i = from; i + part.length <= text.length; i++)
		if (text_equals(text_cut(text, i, part.length), part))
			return i;
	return text.length;
}

static bool is_known(const struct filling *filling, struct text name)
{
	return filling->names == NULL
		|| filling->names->is_name(filling->names->context, name,
			filling->each_name);
}

static bool mistake(const struct filling *filling, const char *message,
	struct text shown)
{
	return fault_set(filling->fault, FAULT_INPUT, "%s: \"" TEXT_FORMAT "\"",
		message, TEXT_ARGS(shown));
}

/* Where the block ends that opens before `from`: the place of its closing tag,
 * and behind it. */
static bool find_end(struct text template, size_t from, struct text word,
	size_t *out_end, size_t *out_after)
{
	int depth = 1;
	for (size_t at = find(template, TEXT("{{"), from); at < template.length;
		at = find(template, TEXT("{{"), at + 2)) {
		size_t close = find(template, TEXT("}}"), at);
		struct text tag = text_trim(
			text_cut(template, at + 2, close - at - 2));
		if (text_starts(tag, TEXT("#")))
			depth++;
		if (!text_starts(tag, TEXT("/")) || --depth > 0)
			continue;
		*out_end = at;
		*out_after = close + 2;
		return text_equals(text_cut(tag, 1, tag.length), word);
	}
	return false;
}

static bool fill_each(struct filling *filling, struct text name, struct text block)
{
	struct filling inner = *filling;
	inner.each_name = name;
	inner.depth++;
	if (filling->out == NULL)
		return fill(&inner, block);
	inner.each = find_part(filling->letter, name);
	for (size_t i = 0; inner.each != NULL && i < inner.each->count; i++) {
		inner.row = i;
		if (!fill(&inner, block))
			return false;
	}
	return true;
}

static bool fill_block(struct filling *filling, struct text tag, struct text block)
{
	struct text name;
	struct text word = text_split(text_cut(tag, 1, tag.length), ' ', &name);
	name = text_trim(name);
	bool is_each = text_is(word, "each");
	bool is_if = text_is(word, "if");
	if (filling->depth == MOST_DEPTH)
		return mistake(filling, "is nested too deeply", tag);
	if (!is_each && !is_if && !text_is(word, "unless"))
		return mistake(filling, "is no block of a letter", tag);
	if (!is_known(filling, name))
		return mistake(filling, "is no name this letter may use", name);
	if (is_each)
		return fill_each(filling, name, block);
	if (filling->out != NULL && is_given(filling, name) != is_if)
		return true;
	struct filling inner = *filling;
	inner.depth++;
	return fill(&inner, block);
}

static bool fill_name(struct filling *filling, struct text tag)
{
	bool is_all = text_is(tag, "everything");
	if (!is_all && !is_known(filling, tag))
		return mistake(filling, "is no name this letter may use", tag);
	if (filling->out == NULL)
		return true;
	if (is_all)
		put_everything(filling);
	else
		put_text(filling->out, value_of(filling, tag));
	return true;
}

static bool fill(struct filling *filling, struct text template)
{
	size_t at = 0;
	while (at < template.length) {
		size_t open = find(template, TEXT("{{"), at);
		if (filling->out != NULL)
			buffer_add(filling->out,
				text_cut(template, at, open - at));
		if (open == template.length)
			return true;
		size_t close = find(template, TEXT("}}"), open), end;
		struct text tag = text_trim(
			text_cut(template, open + 2, close - open - 2));
		if (close == template.length)
			return mistake(filling, "is not closed by }}", tag);
		at = close + 2;
		if (text_starts(tag, TEXT("/")))
			return mistake(filling, "closes nothing", tag);
		if (!text_starts(tag, TEXT("#"))) {
			if (!fill_name(filling, tag))
				return false;
			continue;
		}
		struct text rest;
		struct text word = text_split(text_cut(tag, 1, tag.length), ' ',
			&rest);
		if (!find_end(template, at, word, &end, &close))
			return mistake(filling, "has no end", tag);
		if (!fill_block(filling, tag, text_cut(template, at, end - at)))
			return false;
		at = close;
	}
	return true;
}

/* ---- The page ---- */

static const char style[] =
	"body{font:12pt/1.5 Arial,sans-serif;color:#0b0c0c;max-width:40em;"
	"margin:2em auto;padding:0 1em}"
	"h1{font-size:1.5em;line-height:1.25}h2{font-size:1.2em}"
	"table{border-collapse:collapse;width:100%}"
	"th,td{text-align:left;vertical-align:top;padding:.4em .5em .4em 0;"
	"border-bottom:1px solid #b1b4b6}"
	".head{display:flex;justify-content:space-between;gap:2em}"
	".head div{white-space:pre-line}"
	"@media print{body{margin:0;max-width:none}h2{break-after:avoid}}";

static void put_head(const struct letter *letter, struct buffer *out)
{
	buffer_string(out, "<!DOCTYPE html>\n<html lang=\"");
	put_text(out, text_of(letter->language));
	buffer_string(out,
		"\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\""
		" content=\"width=device-width, initial-scale=1\">\n<title>");
	put_text(out, text_of(letter->title));
	buffer_format(out, "</title>\n<style>%s</style>\n</head>\n<body>\n",
		style);
	buffer_string(out, "<div class=\"head\">\n<div>");
	put_text(out, text_of(letter->recipient));
	buffer_string(out, "</div>\n<div>");
	put_text(out, text_of(letter->council));
	buffer_string(out, "<br>");
	put_text(out, text_of(letter->address));
	buffer_string(out, "</div>\n</div>\n<p>");
	put_text(out, text_of(letter->date));
	buffer_string(out, "<br>Our reference: ");
	put_text(out, text_of(letter->reference));
	buffer_string(out, "</p>\n<main>\n");
}

bool letter_write(const struct letter *letter, struct buffer *out,
	struct fault *fault)
{
	struct filling filling = {.letter = letter, .out = out, .fault = fault};
	put_head(letter, out);
	if (!fill(&filling, letter->template))
		return false;
	buffer_string(out, "\n</main>\n<p>");
	put_text(out, text_of(letter->contact));
	buffer_string(out, "</p>\n</body>\n</html>\n");
	return !out->has_failed
		|| fault_set(fault, FAULT_LIMIT, "the letter is too long");
}

bool letter_check(struct text template, const struct letter_names *names,
	struct fault *fault)
{
	static const struct letter none = {.title = ""};
	struct filling filling = {.letter = &none, .names = names, .fault = fault};
	return fill(&filling, template);
}
