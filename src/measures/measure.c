/* SPDX-License-Identifier: MIT
 *
 * Definitions: reading one file, laying all of them out, printing one as it
 * was understood. measure_front.c reads the comment at the head,
 * measure_query.c the statements.
 */
#include "measures/measure-inside.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/nearest.h"

extern const struct embedded measures_shipped[];

/* ---- Mistakes ---- */

struct measure_place measure_place_of(const struct measure_reader *reader,
	const char *at)
{
	struct measure_place place = {1, 1};
	const char *end = reader->text.at + reader->text.length;
	for (const char *c = reader->text.at; c < at && c < end; c++) {
		place.column++;
		if (*c == '\n')
			place = (struct measure_place){place.line + 1, 1};
	}
	return place;
}

void measure_mistake(struct measure_reader *reader, struct measure_place place,
	const char *message, struct text shown, const char *hint)
{
	enum { MOST_SHOWN = 200 };
	reader->count++;
	buffer_format(reader->mistakes, TEXT_FORMAT ":%d:%d: %s",
		TEXT_ARGS(reader->name), place.line, place.column, message);
	if (shown.length > 0) {
		struct text cut = text_cut(shown, 0, MOST_SHOWN);
		buffer_format(reader->mistakes, ": \"" TEXT_FORMAT "\"",
			TEXT_ARGS(cut));
	}
	if (hint[0] != '\0')
		buffer_format(reader->mistakes, " (%s)", hint);
	buffer_char(reader->mistakes, '\n');
}

const char *measure_did_you_mean(struct measure_reader *reader,
	struct text word, const char *const *words, size_t count)
{
	return nearest_hint(reader->arena, word, words, count);
}

/* ---- One definition ---- */

bool measure_read(struct text name, struct text text, struct arena *arena,
	struct measure *out_measure, struct buffer *mistakes)
{
	static const struct text opening = {"/*---\n", 6},
				 closing = {"\n---*/", 6};
	struct measure measure = {.file = arena_text(arena, name)};
	struct measure_reader reader = {name, text, arena, &measure, mistakes, 0};
	digest_text(text, measure.digest);
	size_t end = opening.length - 1; /* the two may share a line's end */
	while (end < text.length
		&& !text_equals(text_cut(text, end, closing.length), closing))
		end++;
	if (!text_starts(text, opening) || end >= text.length) {
		measure_mistake(&reader, (struct measure_place){1, 1},
			"a measure begins with its front matter between /*--- and"
			" ---*/",
			TEXT(""), "");
		return false;
	}
	measure_front_read(&reader,
		text_cut(text, opening.length, end + 1 - opening.length));
	measure_query_read(&reader,
		text_cut(text, end + closing.length, text.length));
	if (reader.count > 0)
		return false;
	*out_measure = measure;
	return true;
}

/* ---- All definitions ---- */

static int order_measures(const void *a, const void *b)
{
	return text_compare(((const struct measure *)a)->id,
		((const struct measure *)b)->id);
}

/* Adds a measure, or replaces the one with its id. */
static bool add(struct measure *items, size_t *count,
	const struct measure *measure, struct fault *fault)
{
	for (size_t i = 0; i < *count; i++)
		if (text_equals(items[i].id, measure->id)) {
			items[i] = *measure;
			return true;
		}
	if (*count == LIMIT_MEASURES)
		return fault_set(fault, FAULT_LIMIT, "more than %d measures",
			LIMIT_MEASURES);
	items[(*count)++] = *measure;
	return true;
}

static bool add_text(struct arena *arena, struct measure *items, size_t *count,
	struct text name, struct text text, struct fault *fault)
{
	struct measure measure;
	struct buffer mistakes = {.maximum = 1 << 16};
	bool is_read = measure_read(name, text, arena, &measure, &mistakes);
	if (!is_read) {
		fault_set(fault, FAULT_INPUT,
			"the measure file \"" TEXT_FORMAT "\" has mistakes",
			TEXT_ARGS(name));
		fault_detail(fault, "%s", mistakes.bytes);
	}
	buffer_finish(&mistakes);
	return is_read && add(items, count, &measure, fault);
}

static bool add_folder(struct arena *arena, const char *folder,
	struct measure *items, size_t *count, struct fault *fault)
{
	const char *path = arena_format(arena, "%s/measures", folder);
	const struct text *names;
	size_t names_count;
	if (!file_is_folder(path))
		return true;
	if (!file_list(path, arena, &names, &names_count, fault))
		return false;
	for (size_t i = 0; i < names_count; i++) {
		struct text text;
		if (!text_ends(names[i], TEXT(".sql")))
			continue;
		if (!file_map(arena_format(arena, "%s/%s", path, names[i].at),
			    arena, &text, fault)
			|| !add_text(arena, items, count, names[i], text, fault))
			return false;
	}
	return true;
}

bool measure_open(struct arena *arena, const char *overlay,
	struct measures *out_measures, struct fault *fault)
{
	struct measure *items = arena_array(arena, LIMIT_MEASURES, sizeof *items);
	size_t count = 0;
	for (const struct embedded *at = measures_shipped; at->name != NULL; at++)
		if (!add_text(arena, items, &count, file_name(text_of(at->name)),
			    (struct text){at->text, at->length}, fault))
			return false;
	if (overlay != NULL && !add_folder(arena, overlay, items, &count, fault))
		return false;
	qsort(items, count, sizeof *items, order_measures);
	*out_measures = (struct measures){items, count};
	return true;
}

const struct measure *measure_find(const struct measures *measures, struct text id)
{
	for (size_t i = 0; i < measures->count; i++)
		if (text_equals_folded(measures->items[i].id, id))
			return &measures->items[i];
	return NULL;
}

bool measure_has_words(const struct measure *measure)
{
	return measure->of.count > 0 || measure->counted.count > 0;
}

const struct measure_target *measure_target_on(const struct measure *measure,
	struct date on)
{
	for (size_t i = 0; i < measure->target_count; i++) {
		const struct measure_target *target = &measure->targets[i];
		if ((target->from.day == 0 || target->from.day <= on.day)
			&& (target->to.day == 0 || on.day <= target->to.day))
			return target;
	}
	return NULL;
}

/* ---- Printing ---- */

static const char *word_of(const struct measure_word *words, int value)
{
	while (words->word != NULL && words->value != value)
		words++;
	return words->word == NULL ? "" : words->word;
}

static void print_tenths(int64_t tenths, struct buffer *out)
{
	int64_t size = tenths < 0 ? -tenths : tenths;
	buffer_format(out, "%s%lld.%lld", tenths < 0 ? "-" : "",
		(long long)size / 10, (long long)size % 10);
}

static void print_target(const struct measure_target *target, struct buffer *out)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	date_write(target->from, from);
	date_write(target->to, to);
	buffer_format(out, "target: %s",
		word_of(measure_goals, (int)target->goal));
	if (target->has_quarters) {
		buffer_string(out, " by quarter");
		for (int i = 0; i < 4; i++) {
			buffer_string(out, " ");
			print_tenths(target->quarters[i], out);
		}
	} else if (target->goal == GOAL_BAND || target->goal == GOAL_AT_LEAST) {
		buffer_char(out, ' ');
		print_tenths(target->low, out);
	}
	if (target->goal == GOAL_BAND)
		buffer_string(out, " to");
	if (target->goal == GOAL_BAND
		|| (target->goal == GOAL_AT_MOST && !target->has_quarters)) {
		buffer_char(out, ' ');
		print_tenths(target->high, out);
	}
	if (from[0] != '\0')
		buffer_format(out, ", from %s", from);
	if (to[0] != '\0')
		buffer_format(out, ", to %s", to);
	buffer_format(out, " (" TEXT_FORMAT ")\n", TEXT_ARGS(target->source));
}

static void print_feeds(const struct measure *measure, struct buffer *out)
{
	buffer_string(out, "feeds:");
	for (size_t i = 0; i < COUNT_OF(measure->feeds); i++)
		if (measure->feeds[i].length > 0)
			buffer_format(out, "%s " TEXT_FORMAT, i > 0 ? "," : "",
				TEXT_ARGS(measure->feeds[i]));
	buffer_char(out, '\n');
	if (measure->available_from.day != 0) {
		char day[DATE_TEXT];
		date_write(measure->available_from, day);
		buffer_format(out, "available-from: %s\n", day);
	}
	if (measure->history_months > 0)
		buffer_format(out, "history-months: %d\n",
			measure->history_months);
}

static void print_words(const char *name, const struct measure_parts *parts,
	struct buffer *out)
{
	if (parts->count == 0)
		return;
	buffer_format(out, "%s:", name);
	for (size_t i = 0; i < parts->count; i++)
		buffer_format(out, "%s " TEXT_FORMAT, i > 0 ? "," : "",
			TEXT_ARGS(parts->words[i]));
	buffer_char(out, '\n');
}

static void print_comparator(const struct measure_comparator *comparator,
	struct buffer *out)
{
	if (comparator->name.length == 0)
		return;
	buffer_format(out,
		"comparator: " TEXT_FORMAT ", " TEXT_FORMAT ", " TEXT_FORMAT,
		TEXT_ARGS(comparator->name), TEXT_ARGS(comparator->area),
		TEXT_ARGS(comparator->indicator));
	if (comparator->filters.length > 0)
		buffer_format(out, ", " TEXT_FORMAT,
			TEXT_ARGS(comparator->filters));
	buffer_char(out, '\n');
}

void measure_print(const struct measure *measure, struct buffer *out)
{
	const struct {
		const char *name;
		struct text value;
	} lines[] = {{"id", measure->id}, {"title", measure->title},
		{"definition", measure->definition},
		{"unit", text_of(word_of(measure_units, (int)measure->unit))},
		{"polarity",
			text_of(word_of(measure_polarities,
				(int)measure->polarity))},
		{"basis", text_of(word_of(measure_bases, (int)measure->basis))},
		{"numerator", measure->numerator},
		{"denominator", measure->denominator},
		{"population", measure->population},
		{"settings", measure->settings},
		{"suppression", measure->suppression},
		{"owner", measure->owner}, {"source", measure->source}};
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (lines[i].value.length > 0)
			buffer_format(out, "%s: " TEXT_FORMAT "\n",
				lines[i].name, TEXT_ARGS(lines[i].value));
	print_feeds(measure, out);
	print_words("of", &measure->of, out);
	print_words("counted", &measure->counted, out);
	print_comparator(&measure->comparator, out);
	for (size_t i = 0; i < measure->target_count; i++)
		print_target(&measure->targets[i], out);
	buffer_format(out, "list:\n%s\n", measure->list.sql);
	if (measure->evidence.sql != NULL)
		buffer_format(out, "evidence:\n%s\n", measure->evidence.sql);
}
