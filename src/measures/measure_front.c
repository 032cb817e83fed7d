/* SPDX-License-Identifier: MIT
 *
 * The comment at the head of a measure file, in YAML. Every name that may
 * stand there is a row of a table, with what takes its value and whether it
 * must be given.
 *
 * Long because each name has the function that takes its value here.
 */
#include <libfyaml.h>

#include "measures/measure-inside.h"

enum { MOST_FEEDS = 4 };

const struct measure_word measure_units[] = {{"percent", MEASURE_PERCENT},
	{"count", MEASURE_COUNT}, {"rate", MEASURE_RATE},
	{"mean", MEASURE_MEAN}, {NULL, 0}};
const struct measure_word measure_polarities[] = {{"neutral", MEASURE_NEUTRAL},
	{"low", MEASURE_LOW}, {"high", MEASURE_HIGH}, {"band", MEASURE_BAND},
	{NULL, 0}};
const struct measure_word measure_bases[] = {{"snapshot", MEASURE_SNAPSHOT},
	{"extract", MEASURE_EXTRACT}, {"quarter", MEASURE_QUARTER},
	{"year-to-date", MEASURE_YEAR_TO_DATE},
	{"rolling-12", MEASURE_ROLLING_12}, {"terms", MEASURE_TERMS},
	{"return-year", MEASURE_RETURN_YEAR}, {"aggregate", MEASURE_AGGREGATE},
	{NULL, 0}};
const struct measure_word measure_goals[] = {{"at-most", GOAL_AT_MOST},
	{"at-least", GOAL_AT_LEAST}, {"band", GOAL_BAND},
	{"comparator", GOAL_COMPARATOR}, {"improve-on-last-year", GOAL_IMPROVE},
	{NULL, 0}};

static const struct text nothing = {"", 0};

/* ---- Places ---- */

/* Marks count lines and columns of the front matter from 0; it begins on the
 * file's second line. */
static struct measure_place place_in_front(const struct fy_mark *mark)
{
	if (mark == NULL)
		return (struct measure_place){1, 1};
	return (struct measure_place){mark->line + 2, mark->column + 1};
}

/* Where a node begins; a list or mapping begins with its first value. */
static struct measure_place place_of(struct fy_node *node)
{
	while (node != NULL && !fy_node_is_scalar(node)) {
		if (fy_node_is_sequence(node)) {
			node = fy_node_sequence_get_by_index(node, 0);
			continue;
		}
		struct fy_node_pair *pair = fy_node_mapping_get_by_index(node, 0);
		node = pair == NULL ? NULL : fy_node_pair_key(pair);
	}
	struct fy_token *token = node == NULL ? NULL
					      : fy_node_get_scalar_token(node);
	return place_in_front(token == NULL ? NULL : fy_token_start_mark(token));
}

static void mistake(struct measure_reader *reader, struct fy_node *node,
	const char *message, struct text shown)
{
	measure_mistake(reader, place_of(node), message, shown, "");
}

/* ---- Values ---- */

static struct text scalar(struct measure_reader *reader, struct fy_node *node)
{
	size_t length = 0;
	const char *at = node == NULL ? NULL : fy_node_get_scalar(node, &length);
	if (at == NULL) {
		mistake(reader, node, "this must be a single value", nothing);
		return nothing;
	}
	return arena_text(reader->arena, text_trim((struct text){at, length}));
}

static int one_of(struct measure_reader *reader, struct fy_node *node,
	const struct measure_word *words)
{
	struct text value = scalar(reader, node);
	for (const struct measure_word *at = words; at->word != NULL; at++)
		if (text_is(value, at->word))
			return at->value;
	struct buffer list = {.maximum = 512};
	buffer_string(&list, "must be one of");
	for (const struct measure_word *at = words; at->word != NULL; at++)
		buffer_format(&list, "%s %s", at == words ? "" : ",", at->word);
	mistake(reader, node, list.bytes, value);
	buffer_finish(&list);
	return 0;
}

/* "22", "15.9", "-0.5": tenths. */
static bool read_tenths(struct text value, int64_t *out_tenths)
{
	static const int64_t most = 1000000000;
	struct text fraction;
	bool is_negative = text_starts(value, TEXT("-"));
	bool has_point = text_has(value, TEXT("."));
	struct text whole = text_split(text_cut(value, is_negative ? 1 : 0,
					       value.length),
		'.', &fraction);
	int64_t number = 0, part = 0;
	if (!text_to_int64(whole, &number) || number < 0 || number > most
		|| whole.at[0] == '+' || whole.at[0] == '-'
		|| fraction.length != (has_point ? 1 : 0)
		|| (has_point && !text_to_int64(fraction, &part)))
		return false;
	*out_tenths = (number * 10 + part) * (is_negative ? -1 : 1);
	return true;
}

/* ---- Keys ---- */

/* `into` is where in the struct being filled. */
struct key {
	const char *name;
	void (*take)(struct measure_reader *, struct fy_node *, void *into);
	size_t into;
	bool is_required;
};

static void take_text(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	*(struct text *)into = scalar(reader, node);
}

static void take_unit(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	*(enum measure_unit *)into = (enum measure_unit)one_of(reader, node,
		measure_units);
}

static void take_polarity(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	*(enum measure_polarity *)into = (enum measure_polarity)one_of(reader,
		node, measure_polarities);
}

static void take_basis(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	*(enum measure_basis *)into = (enum measure_basis)one_of(reader, node,
		measure_bases);
}

static void take_goal(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	*(enum measure_goal *)into = (enum measure_goal)one_of(reader, node,
		measure_goals);
}

static void take_months(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	enum { MOST_MONTHS = 600 };
	struct text value = scalar(reader, node);
	int64_t number = 0;
	if (!text_to_int64(value, &number) || number < 0 || number > MOST_MONTHS)
		mistake(reader, node, "must be a number of months", value);
	else
		*(int *)into = (int)number;
}

static void take_tenths(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	struct text value = scalar(reader, node);
	if (!read_tenths(value, into))
		mistake(reader, node, "must be a number with one decimal", value);
}

static void take_day(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	struct text value = scalar(reader, node);
	if (!date_read_iso(value, into))
		mistake(reader, node, "must be a date as 2024-04-01", value);
}

/* A target for the end of each quarter: [5, 10, 15, 20]. */
static void take_quarters(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	int64_t *quarters = into;
	void *at = NULL;
	struct fy_node *item;
	if (!fy_node_is_sequence(node) || fy_node_sequence_item_count(node) != 4) {
		mistake(reader, node,
			"must be four numbers, as [5, 10, 15, 20]", nothing);
		return;
	}
	while ((item = fy_node_sequence_iterate(node, &at)) != NULL)
		take_tenths(reader, item, quarters++);
}

static void take_feeds(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	struct text *feeds = into;
	void *at = NULL;
	struct fy_node *item;
	size_t count = 0;
	if (!fy_node_is_sequence(node)) {
		mistake(reader, node, "must be a list, as [cin, annex-a]",
			nothing);
		return;
	}
	while ((item = fy_node_sequence_iterate(node, &at)) != NULL) {
		if (count == MOST_FEEDS) {
			mistake(reader, item, "is one feed too many", nothing);
			return;
		}
		feeds[count++] = scalar(reader, item);
	}
}

static void take_words(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	struct measure_parts *parts = into;
	void *at = NULL;
	struct fy_node *item;
	if (!fy_node_is_sequence(node)) {
		mistake(reader, node,
			"must be a list of words, as [late, missing]", nothing);
		return;
	}
	while ((item = fy_node_sequence_iterate(node, &at)) != NULL) {
		struct text word = scalar(reader, item);
		if (parts->count == MEASURE_WORDS) {
			mistake(reader, item, "is one word too many", word);
			return;
		}
		if (word.length == 0 || text_has(word, TEXT(" ")))
			mistake(reader, item, "must be one word", word);
		parts->words[parts->count++] = word;
	}
	if (parts->count == 0)
		mistake(reader, node, "there must be a word", nothing);
}

static const struct key *find_key(const struct key *keys, struct text name)
{
	while (keys->name != NULL && !text_is(name, keys->name))
		keys++;
	return keys->name == NULL ? NULL : keys;
}

static void unknown_key(struct measure_reader *reader, struct fy_node *node,
	struct text name, const struct key *keys)
{
	enum { MOST = 24 };
	const char *words[MOST];
	size_t count = 0;
	for (; keys[count].name != NULL && count < MOST; count++)
		words[count] = keys[count].name;
	measure_mistake(reader, place_of(node), "is not a name used here", name,
		measure_did_you_mean(reader, name, words, count));
}

/* `what` begins the message where a name is lacking. */
static void take_keys(struct measure_reader *reader, struct fy_node *mapping,
	const struct key *keys, const char *what, void *into)
{
	void *at = NULL;
	struct fy_node_pair *pair;
	uint64_t seen = 0;
	if (mapping == NULL || !fy_node_is_mapping(mapping)) {
		mistake(reader, mapping, "must be names and values", nothing);
		return;
	}
	while ((pair = fy_node_mapping_iterate(mapping, &at)) != NULL) {
		struct fy_node *name_node = fy_node_pair_key(pair);
		struct fy_node *value = fy_node_pair_value(pair);
		struct text name = scalar(reader, name_node);
		const struct key *key = find_key(keys, name);
		size_t length = 0;
		if (key == NULL) {
			unknown_key(reader, name_node, name, keys);
			continue;
		}
		bool is_empty = value == NULL
			|| (fy_node_is_scalar(value)
				&& (fy_node_get_scalar(value, &length) == NULL
					|| length == 0));
		seen |= (uint64_t)1 << (key - keys);
		if (is_empty)
			mistake(reader, name_node, "has no value", name);
		else
			key->take(reader, value, (char *)into + key->into);
	}
	for (size_t i = 0; keys[i].name != NULL; i++)
		if (keys[i].is_required && !(seen >> i & 1))
			mistake(reader, mapping, what, text_of(keys[i].name));
}

static void take_comparator(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	static const struct key keys[] = {{"name", take_text,
						  offsetof(struct measure_comparator,
							  name),
						  true},
		{"area", take_text, offsetof(struct measure_comparator, area),
			true},
		{"indicator", take_text,
			offsetof(struct measure_comparator, indicator), true},
		{"filters", take_text,
			offsetof(struct measure_comparator, filters), false},
		{NULL, NULL, 0, false}};
	take_keys(reader, node, keys, "the comparator lacks", into);
}

/* ---- Targets ---- */

static bool is_in_force_together(const struct measure_target *a,
	const struct measure_target *b)
{
	bool a_before = a->to.day != 0 && b->from.day > a->to.day;
	bool b_before = b->to.day != 0 && a->from.day > b->to.day;
	return !a_before && !b_before;
}

static void check_target(struct measure_reader *reader, struct fy_node *node,
	const struct measure_target *target)
{
	const struct measure *measure = reader->measure;
	bool has_value = fy_node_mapping_lookup_by_string(node, "value",
				 (size_t)-1)
		!= NULL;
	bool has_band = fy_node_mapping_lookup_by_string(node, "low", (size_t)-1)
			!= NULL
		&& fy_node_mapping_lookup_by_string(node, "high", (size_t)-1)
			!= NULL;
	bool is_limit = target->goal == GOAL_AT_MOST
		|| target->goal == GOAL_AT_LEAST;
	if (is_limit && !has_value && !target->has_quarters)
		mistake(reader, node, "the target lacks",
			TEXT("value or quarters"));
	if (target->has_quarters && (has_value || !is_limit))
		mistake(reader, node,
			"quarters stand in the place of a value, for at-most and"
			" at-least",
			nothing);
	if (target->goal == GOAL_BAND && !has_band)
		mistake(reader, node, "a band needs", TEXT("low and high"));
	else if (target->goal == GOAL_BAND && target->low > target->high)
		mistake(reader, node, "the band ends below where it begins",
			nothing);
	if (target->to.day != 0 && target->to.day < target->from.day)
		mistake(reader, node, "the target ends before it begins",
			nothing);
	for (const struct measure_target *other = measure->targets;
		other < target; other++)
		if (is_in_force_together(other, target)) {
			mistake(reader, node,
				"another target is in force on the same days",
				nothing);
			break;
		}
}

static void take_target(struct measure_reader *reader, struct fy_node *node)
{
	static const struct key keys[] = {{"from", take_day,
						  offsetof(struct measure_target,
							  from),
						  false},
		{"to", take_day, offsetof(struct measure_target, to), false},
		{"goal", take_goal, offsetof(struct measure_target, goal), true},
		{"value", take_tenths, offsetof(struct measure_target, high),
			false},
		{"low", take_tenths, offsetof(struct measure_target, low), false},
		{"high", take_tenths, offsetof(struct measure_target, high),
			false},
		{"quarters", take_quarters,
			offsetof(struct measure_target, quarters), false},
		{"source", take_text, offsetof(struct measure_target, source),
			true},
		{NULL, NULL, 0, false}};
	struct measure *measure = reader->measure;
	if (measure->target_count == MEASURE_TARGETS) {
		mistake(reader, node, "is one target too many", nothing);
		return;
	}
	struct measure_target *target = &measure->targets[measure->target_count++];
	size_t before = reader->count;
	take_keys(reader, node, keys, "the target lacks", target);
	target->has_quarters = fy_node_is_mapping(node)
		&& fy_node_mapping_lookup_by_string(node, "quarters", (size_t)-1)
			!= NULL;
	if (target->has_quarters)
		target->high = target->quarters[3];
	if (target->goal == GOAL_AT_LEAST)
		target->low = target->high;
	if (reader->count == before)
		check_target(reader, node, target);
}

static void take_targets(struct measure_reader *reader, struct fy_node *node,
	void *into)
{
	(void)into;
	void *at = NULL;
	struct fy_node *item;
	if (!fy_node_is_sequence(node))
		mistake(reader, node, "must be a list of targets", nothing);
	while (fy_node_is_sequence(node)
		&& (item = fy_node_sequence_iterate(node, &at)) != NULL)
		take_target(reader, item);
}

/* ---- The whole ---- */

static const struct key measure_keys[] = {
	{"id", take_text, offsetof(struct measure, id), true},
	{"title", take_text, offsetof(struct measure, title), true},
	{"definition", take_text, offsetof(struct measure, definition), true},
	{"unit", take_unit, offsetof(struct measure, unit), true},
	{"polarity", take_polarity, offsetof(struct measure, polarity), true},
	{"basis", take_basis, offsetof(struct measure, basis), true},
	{"numerator", take_text, offsetof(struct measure, numerator), true},
	{"denominator", take_text, offsetof(struct measure, denominator), false},
	{"feeds", take_feeds, offsetof(struct measure, feeds), true},
	{"history-months", take_months,
		offsetof(struct measure, history_months), false},
	{"available-from", take_day, offsetof(struct measure, available_from),
		false},
	{"population", take_text, offsetof(struct measure, population), false},
	{"of", take_words, offsetof(struct measure, of), false},
	{"counted", take_words, offsetof(struct measure, counted), false},
	{"targets", take_targets, 0, false},
	{"comparator", take_comparator, offsetof(struct measure, comparator),
		false},
	{"owner", take_text, offsetof(struct measure, owner), false},
	{"source", take_text, offsetof(struct measure, source), true},
	{"settings", take_text, offsetof(struct measure, settings), false},
	{"suppression", take_text, offsetof(struct measure, suppression), false},
	{NULL, NULL, 0, false},
};

/* What one name asks of another. */
static void check_together(struct measure_reader *reader, struct fy_node *root)
{
	const struct measure *m = reader->measure;
	struct fy_node *unit = fy_node_mapping_lookup_by_string(root, "unit",
		(size_t)-1);
	size_t length = 0;
	const char *word = unit == NULL ? NULL
					: fy_node_get_scalar(unit, &length);
	if (text_is((struct text){word, length}, "percent")
		&& m->denominator.length == 0)
		mistake(reader, root, "a percentage needs", TEXT("denominator"));
	if (m->unit == MEASURE_MEAN && m->denominator.length == 0)
		mistake(reader, root, "a mean needs", TEXT("denominator"));
	if (m->unit == MEASURE_RATE && m->population.length == 0)
		mistake(reader, root, "a rate needs", TEXT("population"));
	if (m->unit == MEASURE_PERCENT && m->of.count > 0 && m->counted.count == 0)
		mistake(reader, root, "a percentage of some rows needs",
			TEXT("counted"));
	for (size_t i = 0; i < m->target_count; i++)
		if (m->targets[i].goal == GOAL_COMPARATOR
			&& m->comparator.name.length == 0)
			mistake(reader, root, "a target by comparator needs",
				TEXT("comparator"));
	for (size_t i = 0; i < m->target_count; i++)
		if (m->targets[i].goal == GOAL_IMPROVE && m->polarity != MEASURE_LOW
			&& m->polarity != MEASURE_HIGH)
			mistake(reader, root,
				"a target to improve on last year needs a"
				" polarity of low or high",
				nothing);
}

/* libfyaml keeps what it finds; the first is enough, as the rest follow. */
static void take_syntax_error(struct measure_reader *reader, struct fy_diag *diag)
{
	void *at = NULL;
	struct fy_diag_error *error = fy_diag_errors_iterate(diag, &at);
	struct measure_place place = {2, 1};
	if (error != NULL && error->line > 0)
		place = (struct measure_place){error->line + 1,
			error->column > 0 ? error->column : 1};
	measure_mistake(reader, place, "the front matter is not YAML",
		error == NULL ? nothing : text_of(error->msg), "");
}

void measure_front_read(struct measure_reader *reader, struct text yaml)
{
	if (text_trim(yaml).length == 0) {
		measure_mistake(reader, (struct measure_place){1, 1},
			"the front matter is empty", nothing, "");
		return;
	}
	struct fy_diag_cfg diag_config;
	fy_diag_cfg_default(&diag_config);
	diag_config.fp = NULL;
	diag_config.colorize = false;
	struct fy_diag *diag = fy_diag_create(&diag_config);
	fy_diag_set_collect_errors(diag, true);
	struct fy_parse_cfg config = {.flags = FYPCF_QUIET, .diag = diag};
	struct fy_document *document = fy_document_build_from_string(&config,
		yaml.at, yaml.length);
	struct fy_node *root = document == NULL ? NULL
						: fy_document_root(document);
	if (document == NULL)
		take_syntax_error(reader, diag);
	else
		take_keys(reader, root, measure_keys, "the definition lacks",
			reader->measure);
	if (root != NULL && fy_node_is_mapping(root))
		check_together(reader, root);
	fy_document_destroy(document);
	fy_diag_destroy(diag);
}
