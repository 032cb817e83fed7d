/* SPDX-License-Identifier: MIT
 *
 * Reading measure files: the comment at the head by libfyaml, the statements
 * by their named parameters.
 */
#include "measures/measure.h"

#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/limits.h"

extern const struct embedded measures_shipped[];

/* One definition while it is read. */
struct reader {
	struct text name;
	struct arena *arena;
	struct measure *measure;
	struct buffer *mistakes;
	int first_line; /* of the front matter in the file */
	size_t count;   /* mistakes so far */
};

struct word {
	const char *word;
	int value;
};

static const struct word units[] = {{"percent", MEASURE_PERCENT},
	{"count", MEASURE_COUNT}, {"rate", MEASURE_RATE},
	{NULL, 0}};
static const struct word polarities[] = {{"neutral", MEASURE_NEUTRAL},
	{"low", MEASURE_LOW}, {"high", MEASURE_HIGH}, {"band", MEASURE_BAND},
	{NULL, 0}};
static const struct word bases[] = {{"snapshot", MEASURE_SNAPSHOT},
	{"quarter", MEASURE_QUARTER}, {"year-to-date", MEASURE_YEAR_TO_DATE},
	{"rolling-12", MEASURE_ROLLING_12}, {"terms", MEASURE_TERMS},
	{"return-year", MEASURE_RETURN_YEAR}, {"aggregate", MEASURE_AGGREGATE},
	{NULL, 0}};
static const struct word goals[] = {{"at-most", GOAL_AT_MOST},
	{"at-least", GOAL_AT_LEAST}, {"band", GOAL_BAND},
	{"comparator", GOAL_COMPARATOR}, {NULL, 0}};

/* ---- Mistakes ---- */

static void mistake_at(struct reader *reader, int line, int column,
	const char *message, struct text shown)
{
	reader->count++;
	buffer_format(reader->mistakes, TEXT_FORMAT ":%d:%d: %s",
		TEXT_ARGS(reader->name), line, column, message);
	if (shown.length > 0)
		buffer_format(reader->mistakes, ": \"" TEXT_FORMAT "\"",
			TEXT_ARGS(shown));
	buffer_char(reader->mistakes, '\n');
}

static void mistake(struct reader *reader, struct fy_node *node,
	const char *message, struct text shown)
{
	struct fy_token *token =
		fy_node_is_scalar(node) ? fy_node_get_scalar_token(node) : NULL;
	const struct fy_mark *mark =
		token == NULL ? NULL : fy_token_start_mark(token);
	mistake_at(reader, reader->first_line + (mark == NULL ? 0 : mark->line),
		mark == NULL ? 1 : mark->column + 1, message, shown);
}

/* ---- Values ---- */

static struct text scalar(struct reader *reader, struct fy_node *node)
{
	size_t length = 0;
	const char *at = fy_node_get_scalar(node, &length);
	if (at == NULL) {
		mistake(reader, node, "this must be a single value",
			(struct text){.at = NULL});
		return (struct text){.at = "", .length = 0};
	}
	return arena_text(reader->arena, text_trim((struct text){at, length}));
}

static int one_of(struct reader *reader, struct fy_node *node,
	const struct word *words)
{
	struct text value = scalar(reader, node);
	for (const struct word *at = words; at->word != NULL; at++)
		if (text_is(value, at->word))
			return at->value;
	struct buffer list = {.maximum = 512};
	buffer_string(&list, "must be one of");
	for (const struct word *at = words; at->word != NULL; at++)
		buffer_format(&list, "%s %s", at == words ? "" : ",", at->word);
	mistake(reader, node, list.bytes, value);
	buffer_finish(&list);
	return 0;
}

/* "22", "15.9": tenths. */
static int64_t tenths(struct reader *reader, struct fy_node *node)
{
	struct text value = scalar(reader, node), fraction;
	struct text whole = text_split(value, '.', &fraction);
	int64_t number = 0, part = 0;
	if (!text_to_int64(whole, &number) || fraction.length > 1
		|| (fraction.length == 1 && !text_to_int64(fraction, &part)))
		mistake(reader, node, "must be a number with one decimal", value);
	return number * 10 + (number < 0 ? -part : part);
}

static int months(struct reader *reader, struct fy_node *node)
{
	struct text value = scalar(reader, node);
	int64_t number = 0;
	if (!text_to_int64(value, &number) || number < 0 || number > 600)
		mistake(reader, node, "must be a number of months", value);
	return (int)number;
}

static struct date day(struct reader *reader, struct fy_node *node)
{
	struct text value = scalar(reader, node);
	struct date date = DATE_NONE;
	if (!date_read_iso(value, &date))
		mistake(reader, node, "must be a date as 2024-04-01", value);
	return date;
}

/* ---- Keys ---- */

struct key {
	const char *name;
	void (*take)(struct reader *, struct fy_node *, void *into);
	size_t into; /* offset in the struct being filled */
};

static void take_text(struct reader *reader, struct fy_node *node, void *into)
{
	*(struct text *)into = scalar(reader, node);
}

static void take_unit(struct reader *reader, struct fy_node *node, void *into)
{
	*(enum measure_unit *)into =
		(enum measure_unit)one_of(reader, node, units);
}

static void take_polarity(struct reader *reader, struct fy_node *node,
	void *into)
{
	*(enum measure_polarity *)into =
		(enum measure_polarity)one_of(reader, node, polarities);
}

static void take_basis(struct reader *reader, struct fy_node *node, void *into)
{
	*(enum measure_basis *)into =
		(enum measure_basis)one_of(reader, node, bases);
}

static void take_goal(struct reader *reader, struct fy_node *node, void *into)
{
	*(enum measure_goal *)into =
		(enum measure_goal)one_of(reader, node, goals);
}

static void take_months(struct reader *reader, struct fy_node *node, void *into)
{
	*(int *)into = months(reader, node);
}

static void take_tenths(struct reader *reader, struct fy_node *node, void *into)
{
	*(int64_t *)into = tenths(reader, node);
}

static void take_day(struct reader *reader, struct fy_node *node, void *into)
{
	*(struct date *)into = day(reader, node);
}

static void take_feeds(struct reader *reader, struct fy_node *node, void *into)
{
	struct text *feeds = into;
	void *at = NULL;
	struct fy_node *item;
	size_t count = 0;
	if (!fy_node_is_sequence(node))
		mistake(reader, node, "must be a list, as [cin, annex-a]",
			(struct text){.at = NULL});
	while (fy_node_is_sequence(node) && count < 4
		&& (item = fy_node_sequence_iterate(node, &at)) != NULL)
		feeds[count++] = scalar(reader, item);
}

static void take_keys(struct reader *reader, struct fy_node *mapping,
	const struct key *keys, void *into)
{
	void *at = NULL;
	struct fy_node_pair *pair;
	if (!fy_node_is_mapping(mapping)) {
		mistake(reader, mapping, "must be names and values",
			(struct text){.at = NULL});
		return;
	}
	while ((pair = fy_node_mapping_iterate(mapping, &at)) != NULL) {
		struct fy_node *name_node = fy_node_pair_key(pair);
		struct text name = scalar(reader, name_node);
		const struct key *key = keys;
		while (key->name != NULL && !text_is(name, key->name))
			key++;
		if (key->name == NULL)
			mistake(reader, name_node, "is not a name used here", name);
		else
			key->take(reader, fy_node_pair_value(pair),
				(char *)into + key->into);
	}
}

static void take_comparator(struct reader *reader, struct fy_node *node,
	void *into)
{
	static const struct key keys[] = {
		{"name", take_text, offsetof(struct measure_comparator, name)},
		{"area", take_text, offsetof(struct measure_comparator, area)},
		{"indicator", take_text,
			offsetof(struct measure_comparator, indicator)},
		{"filters", take_text,
			offsetof(struct measure_comparator, filters)},
		{NULL, NULL, 0}};
	take_keys(reader, node, keys, into);
}

static void take_targets(struct reader *reader, struct fy_node *node,
	void *into)
{
	static const struct key keys[] = {
		{"from", take_day, offsetof(struct measure_target, from)},
		{"to", take_day, offsetof(struct measure_target, to)},
		{"goal", take_goal, offsetof(struct measure_target, goal)},
		{"value", take_tenths, offsetof(struct measure_target, high)},
		{"low", take_tenths, offsetof(struct measure_target, low)},
		{"high", take_tenths, offsetof(struct measure_target, high)},
		{"source", take_text, offsetof(struct measure_target, source)},
		{NULL, NULL, 0}};
	(void)into;
	void *at = NULL;
	struct fy_node *item;
	if (!fy_node_is_sequence(node))
		mistake(reader, node, "must be a list of targets",
			(struct text){.at = NULL});
	while (fy_node_is_sequence(node)
		&& (item = fy_node_sequence_iterate(node, &at)) != NULL) {
		struct measure *measure = reader->measure;
		if (measure->target_count == MEASURE_TARGETS) {
			mistake(reader, item, "is one target too many",
				(struct text){.at = NULL});
			return;
		}
		struct measure_target *target =
			&measure->targets[measure->target_count++];
		take_keys(reader, item, keys, target);
		if (target->goal == GOAL_AT_LEAST)
			target->low = target->high;
	}
}

static const struct key measure_keys[] = {
	{"id", take_text, offsetof(struct measure, id)},
	{"title", take_text, offsetof(struct measure, title)},
	{"definition", take_text, offsetof(struct measure, definition)},
	{"unit", take_unit, offsetof(struct measure, unit)},
	{"polarity", take_polarity, offsetof(struct measure, polarity)},
	{"basis", take_basis, offsetof(struct measure, basis)},
	{"numerator", take_text, offsetof(struct measure, numerator)},
	{"denominator", take_text, offsetof(struct measure, denominator)},
	{"feeds", take_feeds, offsetof(struct measure, feeds)},
	{"history-months", take_months, offsetof(struct measure, history_months)},
	{"population", take_text, offsetof(struct measure, population)},
	{"targets", take_targets, 0},
	{"comparator", take_comparator, offsetof(struct measure, comparator)},
	{"owner", take_text, offsetof(struct measure, owner)},
	{"source", take_text, offsetof(struct measure, source)},
	{"settings", take_text, offsetof(struct measure, settings)},
	{"suppression", take_text, offsetof(struct measure, suppression)},
	{NULL, NULL, 0},
};

static void check_required(struct reader *reader)
{
	const struct measure *m = reader->measure;
	const struct {
		const char *name;
		struct text value;
	} required[] = {{"id", m->id}, {"title", m->title},
		{"definition", m->definition}, {"numerator", m->numerator},
		{"feeds", m->feeds[0]}, {"source", m->source}};
	for (size_t i = 0; i < COUNT_OF(required); i++)
		if (required[i].value.length == 0)
			mistake_at(reader, reader->first_line, 1,
				"the definition lacks",
				text_of(required[i].name));
	if (m->unit == MEASURE_PERCENT && m->denominator.length == 0)
		mistake_at(reader, reader->first_line, 1,
			"a percentage needs", TEXT("denominator"));
	for (size_t i = 0; i < m->target_count; i++)
		if (m->targets[i].goal == GOAL_COMPARATOR
			&& m->comparator.name.length == 0)
			mistake_at(reader, reader->first_line, 1,
				"a target by comparator needs", TEXT("comparator"));
}

/* libfyaml writes its own report of a syntax error; only its place is kept. */
static void quiet(struct fy_diag *diag, void *user, const char *bytes, size_t length)
{
	(void)diag;
	struct reader *reader = user;
	struct text line = text_trim((struct text){bytes, length});
	if (line.length > 0 && reader->count == 0)
		mistake_at(reader, reader->first_line, 1,
			"the front matter is not YAML", text_cut(line, 0, 200));
}

static void read_front(struct reader *reader, struct text yaml)
{
	struct fy_diag_cfg diag_config;
	fy_diag_cfg_default(&diag_config);
	diag_config.fp = NULL;
	diag_config.output_fn = quiet;
	diag_config.user = reader;
	diag_config.colorize = false;
	struct fy_diag *diag = fy_diag_create(&diag_config);
	struct fy_parse_cfg config = {.flags = FYPCF_QUIET, .diag = diag};
	struct fy_document *document =
		fy_document_build_from_string(&config, yaml.at, yaml.length);
	fy_diag_destroy(diag);
	if (document == NULL) {
		if (reader->count == 0)
			mistake_at(reader, reader->first_line, 1,
				"the front matter is not YAML",
				(struct text){.at = NULL});
		return;
	}
	struct fy_node *root = fy_document_root(document);
	if (root != NULL)
		take_keys(reader, root, measure_keys, reader->measure);
	fy_document_destroy(document);
	check_required(reader);
}

/* ---- Statements ---- */

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

static int place_of(struct reader *reader, struct measure_query *query,
	struct text name)
{
	static const char *const known[] = {"la", "basis", "feed", "from", "to",
		"id", "day_rule"};
	for (size_t i = 0; i < query->count; i++)
		if (text_is(name, query->parameters[i]))
			return (int)i + 1;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		if (!text_is(name, known[i]))
			continue;
		if (query->count == MEASURE_PARAMETERS)
			break;
		query->parameters[query->count++] = known[i];
		return (int)query->count;
	}
	mistake_at(reader, 1, 1, "there is no parameter", name);
	return 1;
}

/* Replaces :name by $n, outside quotes and comments. */
static void read_query(struct reader *reader, struct text sql,
	struct measure_query *query)
{
	struct buffer out = {.maximum = 1 << 18};
	bool is_quoted = false;
	for (size_t i = 0; i < sql.length; i++) {
		char c = sql.at[i];
		if (c == '\'')
			is_quoted = !is_quoted;
		bool is_comment = !is_quoted && c == '-' && i + 1 < sql.length
			&& sql.at[i + 1] == '-';
		while (is_comment && i < sql.length && sql.at[i] != '\n')
			i++;
		if (is_comment) {
			buffer_char(&out, '\n');
			continue;
		}
		if (is_quoted || c != ':' || i + 1 == sql.length
			|| !is_name_byte(sql.at[i + 1])) {
			buffer_char(&out, c);
			continue;
		}
		size_t length = 0;
		while (i + 1 + length < sql.length
			&& is_name_byte(sql.at[i + 1 + length]))
			length++;
		buffer_format(&out, "$%d",
			place_of(reader, query, text_cut(sql, i + 1, length)));
		i += length;
	}
	struct text text = text_trim(buffer_text(&out));
	while (text_ends(text, TEXT(";")))
		text = text_trim(text_cut(text, 0, text.length - 1));
	query->sql = arena_string(reader->arena, text);
	buffer_finish(&out);
}

static size_t find(struct text text, struct text part)
{
	for (size_t i = 0; i + part.length <= text.length; i++)
		if (text_equals(text_cut(text, i, part.length), part))
			return i;
	return text.length;
}

static void read_queries(struct reader *reader, struct text sql)
{
	static const struct text mark = {"\n-- evidence", 12};
	size_t cut = find(sql, mark);
	struct text list = text_trim(text_cut(sql, 0, cut));
	read_query(reader, list, &reader->measure->list);
	if (text_trim(text_of(reader->measure->list.sql)).length == 0)
		mistake_at(reader, reader->first_line, 1,
			"the list of children is missing",
			(struct text){.at = NULL});
	if (cut < sql.length)
		read_query(reader, text_cut(sql, cut + mark.length, sql.length),
			&reader->measure->evidence);
}

bool measure_read(struct text name, struct text text, struct arena *arena,
	struct measure *out_measure, struct buffer *mistakes)
{
	static const struct text opening = {"/*---\n", 6}, closing = {"\n---*/", 6};
	struct measure measure = {.file = arena_text(arena, name)};
	struct reader reader = {name, arena, &measure, mistakes, 2, 0};
	digest_text(text, measure.digest);
	size_t end = find(text, closing);
	if (!text_starts(text, opening) || end == text.length)
		mistake_at(&reader, 1, 1,
			"a measure begins with its front matter between /*--- and"
			" ---*/",
			(struct text){.at = NULL});
	if (reader.count == 0)
		read_front(&reader, text_cut(text, opening.length,
					    end - opening.length + 1));
	if (end < text.length)
		read_queries(&reader,
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
	struct measure *items =
		arena_array(arena, LIMIT_MEASURES, sizeof *items);
	size_t count = 0;
	for (const struct embedded *at = measures_shipped; at->name != NULL; at++)
		if (!add_text(arena, items, &count, text_of(at->name),
			    (struct text){at->text, at->length}, fault))
			return false;
	if (overlay != NULL && !add_folder(arena, overlay, items, &count, fault))
		return false;
	qsort(items, count, sizeof *items, order_measures);
	*out_measures = (struct measures){items, count};
	return true;
}

const struct measure *measure_find(const struct measures *measures,
	struct text id)
{
	for (size_t i = 0; i < measures->count; i++)
		if (text_equals_folded(measures->items[i].id, id))
			return &measures->items[i];
	return NULL;
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

static const char *word_of(const struct word *words, int value)
{
	while (words->word != NULL && words->value != value)
		words++;
	return words->word == NULL ? "" : words->word;
}

void measure_print(const struct measure *measure, struct buffer *out)
{
	const struct {
		const char *name;
		struct text value;
	} lines[] = {{"id", measure->id}, {"title", measure->title},
		{"definition", measure->definition},
		{"unit", text_of(word_of(units, (int)measure->unit))},
		{"polarity", text_of(word_of(polarities, (int)measure->polarity))},
		{"basis", text_of(word_of(bases, (int)measure->basis))},
		{"numerator", measure->numerator},
		{"denominator", measure->denominator},
		{"comparator", measure->comparator.name},
		{"settings", measure->settings}, {"owner", measure->owner},
		{"source", measure->source}};
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		if (lines[i].value.length > 0)
			buffer_format(out, "%s: " TEXT_FORMAT "\n", lines[i].name,
				TEXT_ARGS(lines[i].value));
	for (size_t i = 0; i < measure->target_count; i++) {
		const struct measure_target *t = &measure->targets[i];
		char from[DATE_TEXT], to[DATE_TEXT];
		date_write(t->from, from);
		date_write(t->to, to);
		buffer_format(out, "target: %s %lld.%lld to %lld.%lld (%s to %s)\n",
			word_of(goals, (int)t->goal), (long long)t->low / 10,
			(long long)t->low % 10, (long long)t->high / 10,
			(long long)t->high % 10, from, to);
	}
	buffer_format(out, "list:\n%s\n", measure->list.sql);
	if (measure->evidence.sql != NULL)
		buffer_format(out, "evidence:\n%s\n", measure->evidence.sql);
}
