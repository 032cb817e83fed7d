/* SPDX-License-Identifier: MIT
 *
 * Every definition shipped: it reads, says where it comes from, gives the
 * columns it must on both engines, and agrees with the report pack, the feeds
 * and the settings there are.
 */
#include "measures/quarterly.h"
#include "measures/setting.h"
#include "reckoning.h"

#include <string.h>

enum { FEWEST = 61 };

static struct measures open_all(struct harness *harness)
{
	struct measures measures;
	struct fault fault = {0};
	HARNESS_DONE(measure_open(harness_arena(harness), NULL, &measures, &fault),
		&fault);
	return measures;
}

/* ---- Names ---- */

static void test_names(void **state)
{
	struct harness *harness = harness_of(state);
	struct measures measures = open_all(harness);
	assert_true(measures.count >= FEWEST);
	for (size_t i = 0; i < measures.count; i++) {
		const struct measure *measure = &measures.items[i];
		const char *file = arena_format(harness_arena(harness),
			TEXT_FORMAT ".sql", TEXT_ARGS(measure->id));
		if (!text_is(measure->file, file))
			fail_msg("%s is in the file " TEXT_FORMAT, file,
				TEXT_ARGS(measure->file));
		if (i > 0)
			assert_true(text_compare(measures.items[i - 1].id,
					    measure->id)
				< 0);
		assert_ptr_equal(measure_find(&measures, measure->id), measure);
	}
	assert_null(measure_find(&measures, TEXT("NOSUCH")));
}

/* Nothing in the folder that is not carried in the program. */
static void test_all_carried(void **state)
{
	struct harness *harness = harness_of(state);
	struct measures shipped = open_all(harness), laid;
	struct fault fault = {0};
	HARNESS_DONE(measure_open(harness_arena(harness),
			     harness_source(harness, "definitions"), &laid,
			     &fault),
		&fault);
	assert_int_equal(laid.count, shipped.count);
	for (size_t i = 0; i < laid.count; i++)
		assert_string_equal(laid.items[i].digest,
			shipped.items[i].digest);
}

/* ---- What they say ---- */

/* The kinds of `kith import` that hold children or hand-kept figures. */
static bool is_feed(struct text name)
{
	static const char *const kinds[] = {"ssda903", "cin", "annex-a", "census",
		"marks", "aggregates", "register ehe", "register flexi"};
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (text_is(name, kinds[i]))
			return true;
	return false;
}

static void complain(const struct measure *measure, const char *what)
{
	fail_msg(TEXT_FORMAT " %s", TEXT_ARGS(measure->id), what);
}

static void check_words(const struct measure *m)
{
	if (m->title.length == 0 || m->title.length > 90)
		complain(m, "has no title, or a long one");
	if (!text_ends(m->definition, TEXT(".")))
		complain(m, "has a definition that is not a sentence");
	if (m->source.length < 8 || m->owner.length < 8)
		complain(m, "names no source or owner");
	for (size_t i = 0; i < COUNT_OF(m->feeds); i++)
		if (m->feeds[i].length > 0 && !is_feed(m->feeds[i]))
			complain(m, "reads a feed there is not");
}

static bool uses(const struct measure_query *query, const char *name)
{
	for (size_t i = 0; i < query->count; i++)
		if (strcmp(query->parameters[i], name) == 0)
			return true;
	return false;
}

static void check_settings(const struct measure *m)
{
	bool uses_one = uses(&m->list, "basis") || uses(&m->evidence, "basis");
	uses_one |= uses(&m->list, "first_day")
		|| uses(&m->evidence, "first_day");
	if (m->settings.length > 0 && setting_find(m->settings) == NULL)
		complain(m, "names a setting there is not");
	if (uses_one != (m->settings.length > 0))
		complain(m, "depends on a setting it does not name");
}

static void check_shape(const struct measure *m)
{
	bool has_base = measure_has_words(m)
		? m->unit == MEASURE_PERCENT
		: strstr(m->list.sql, "'base'") != NULL;
	bool is_kept = m->basis == MEASURE_AGGREGATE;
	if (!is_kept && has_base != (m->unit == MEASURE_PERCENT))
		complain(m, "has a denominator, or has none");
	if ((m->unit == MEASURE_RATE) != (m->population.length > 0))
		complain(m, "has a population, or has none");
	if (is_kept != text_is(m->feeds[0], "aggregates"))
		complain(m, "is kept by hand, or is not");
	if (m->target_count > 0 && m->polarity == MEASURE_NEUTRAL)
		complain(m, "has a target and takes no sides");
	for (size_t i = 0; i < m->target_count; i++) {
		const struct measure_target *target = &m->targets[i];
		if (target->source.length < 20)
			complain(m, "has a target without its source");
		bool is_right = target->goal == GOAL_AT_LEAST
			? m->polarity == MEASURE_HIGH
			: m->polarity == MEASURE_LOW;
		if (target->goal != GOAL_BAND && !is_right)
			complain(m, "has a target against its polarity");
	}
}

static void test_says(void **state)
{
	struct measures measures = open_all(harness_of(state));
	for (size_t i = 0; i < measures.count; i++) {
		check_words(&measures.items[i]);
		check_settings(&measures.items[i]);
		check_shape(&measures.items[i]);
	}
}

/* Targets of the Islington Together 2030 Plan as the report to scrutiny of 25
 * November 2024 has them; before 2024-25 we know of none. */
static void test_targets(void **state)
{
	static const struct {
		const char *id;
		enum measure_goal goal;
		int64_t low, high;
	} targets[] = {{"CPP2", GOAL_AT_MOST, 0, 220},
		{"LAC3P", GOAL_AT_MOST, 0, 110},
		{"LACLT", GOAL_AT_LEAST, 700, 700},
		{"PAPRI", GOAL_COMPARATOR, 0, 0},
		{"PASEC", GOAL_COMPARATOR, 0, 0}};
	struct measures measures = open_all(harness_of(state));
	size_t with_targets = 0;
	for (size_t i = 0; i < COUNT_OF(targets); i++) {
		const struct measure *measure = measure_find(&measures,
			text_of(targets[i].id));
		const struct measure_target *target = measure_target_on(measure,
			date_from(2024, 6, 30));
		assert_non_null(target);
		assert_int_equal(target->goal, targets[i].goal);
		assert_int_equal(target->low, targets[i].low);
		assert_int_equal(target->high, targets[i].high);
		if (target->goal != GOAL_COMPARATOR)
			assert_null(measure_target_on(measure,
				date_from(2024, 3, 31)));
	}
	for (size_t i = 0; i < measures.count; i++)
		with_targets += measures.items[i].target_count > 0;
	assert_int_equal(with_targets, COUNT_OF(targets));
}

/* ---- What they give ---- */

static void check_columns(struct store_rows *rows, const char *const *names,
	int count, const struct measure *measure)
{
	/* Evidence may leave out where it came from. */
	if (count == 7 && store_width(rows) == 4)
		count = 4;
	bool is_right = store_width(rows) == count;
	for (int i = 0; is_right && i < count; i++)
		is_right = text_is(text_of(names[i]), store_column(rows, i));
	if (!is_right)
		complain(measure, "gives other columns than it must");
}

static void run_query(struct reckoning *reckoning, const struct measure *measure,
	const struct measure_query *query, const char *const *names, int count)
{
	struct fault fault = {0};
	struct store_value values[MEASURE_PARAMETERS];
	struct store_rows *rows;
	for (size_t f = 0; f < COUNT_OF(measure->feeds); f++) {
		if (measure->feeds[f].length == 0)
			continue;
		for (size_t i = 0; i < query->count; i++)
			values[i] = roll_parameter(reckoning->roll,
				query->parameters[i], measure->feeds[f],
				measure->id);
		HARNESS_DONE(store_query(reckoning->roll->store, query->sql,
				     values, query->count, &rows, &fault),
			&fault);
		check_columns(rows, names, count, measure);
		assert_false(store_next(rows, &fault));
		assert_false(fault_is_set(&fault));
		store_end(rows);
	}
}

static void test_columns(void **state)
{
	static const char *const list[] = {"la", "child", "part", "starts",
		"ends", "amount"};
	static const char *const kept[] = {"la", "covers_first", "covers_last",
		"numerator", "denominator", "value_tenths", "note", "source",
		"entered_by"};
	static const char *const evidence[] = {"la", "child", "day", "what",
		"batch", "part", "row_number"};
	struct harness *harness = harness_of(state);
	struct reckoning reckoning = reckoning_open(harness);
	for (size_t i = 0; i < reckoning.measures.count; i++) {
		const struct measure *m = &reckoning.measures.items[i];
		bool is_kept = m->basis == MEASURE_AGGREGATE;
		run_query(&reckoning, m, &m->list, is_kept ? kept : list,
			is_kept                           ? COUNT_OF(kept)
				: m->unit == MEASURE_MEAN ? COUNT_OF(list)
							  : COUNT_OF(list) - 1);
		if (m->evidence.sql != NULL)
			run_query(&reckoning, m, &m->evidence, evidence,
				COUNT_OF(evidence));
	}
	reckoning_close(&reckoning);
}

/* With nothing loaded every figure says so; none is 0. */
static void test_nothing_loaded(void **state)
{
	struct harness *harness = harness_of(state);
	struct reckoning reckoning = reckoning_open(harness);
	for (size_t i = 0; i < reckoning.measures.count; i++) {
		const char *id = arena_string(harness_arena(harness),
			reckoning.measures.items[i].id);
		struct evaluate_figure figure = reckoning_at(&reckoning, id,
			"2024-06-30");
		if (figure.symbol[0] != 'x')
			fail_msg("%s has the symbol \"%s\"", id, figure.symbol);
	}
	reckoning_close(&reckoning);
}

/* ---- A council's own that goes wrong only when it runs ---- */

static void check_list(struct reckoning *reckoning, const char *select,
	const char *expected)
{
	static const char front[] =
		"/*---\nid: OWN\ntitle: Own\ndefinition: Own.\nunit: count\n"
		"polarity: neutral\nbasis: snapshot\nnumerator: own\n"
		"feeds: [ssda903]\nsource: invented\n---*/\n";
	struct arena *arena = reckoning->roll->arena;
	struct measure measure;
	struct sweep_list list;
	struct fault fault = {0};
	struct buffer mistakes = {.maximum = 1 << 16};
	const char *text = arena_format(arena, "%s%s", front, select);
	if (!measure_read(TEXT("OWN.sql"), text_of(text), arena, &measure,
		    &mistakes))
		fail_msg("%s", mistakes.bytes);
	buffer_finish(&mistakes);
	bool is_read = roll_list(reckoning->roll, &measure, TEXT("ssda903"),
		&list, &fault);
	assert_int_equal(is_read, expected == NULL);
	if (expected != NULL && strstr(fault.message, expected) == NULL)
		fail_msg("expected \"%s\", got \"%s\"", expected, fault.message);
}

static void test_own_lists(void **state)
{
	struct harness *harness = harness_of(state);
	reckoning_fill(harness,
		"INSERT INTO child (la, id, is_uasc, batch, version)"
		" VALUES (206, 1, 0, 1, 1);");
	struct reckoning reckoning = reckoning_open(harness);
	check_list(&reckoning,
		"SELECT la, id AS child, 'counted' AS part, born AS starts,"
		" died AS ends FROM child WHERE la = :la",
		NULL);
	check_list(&reckoning, "SELECT la, id AS child FROM child WHERE la = :la",
		"has other columns than it must");
	check_list(&reckoning,
		"SELECT la, id AS child, 'counted' AS part, died AS ends,"
		" born AS starts FROM child WHERE la = :la",
		"has other columns than it must");
	check_list(&reckoning,
		"SELECT la, id AS child, 'cuonted' AS part, born AS starts,"
		" died AS ends FROM child WHERE la = :la",
		"has the part \"cuonted\"");
	check_list(&reckoning,
		"SELECT la, id AS child, 'counted' AS part, born AS starts,"
		" died AS ends FROM no_such_table WHERE la = :la",
		"");
	reckoning_close(&reckoning);
}

/* ---- Words, and lists read together ---- */

/* A measure with words in its head over the parts that `select` gives. */
static struct measure read_worded(struct reckoning *reckoning,
	const char *words, const char *select)
{
	struct measure measure;
	struct buffer mistakes = {.maximum = 1 << 16};
	const char *text = arena_format(reckoning->roll->arena,
		"/*---\nid: OWN\ntitle: Own\ndefinition: Own.\nunit: %s\n"
		"polarity: neutral\nbasis: snapshot\nnumerator: own\n"
		"denominator: own\nfeeds: [ssda903]\n%ssource: invented\n---*/\n%s",
		strstr(words, "of:") == words ? "count" : "percent", words,
		select);
	if (!measure_read(TEXT("OWN.sql"), text_of(text),
		    reckoning->roll->arena, &measure, &mistakes))
		fail_msg("%s", mistakes.bytes);
	buffer_finish(&mistakes);
	return measure;
}

static size_t count_part(const struct sweep_list *list, enum sweep_part part)
{
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++)
		count += list->part[i] == part;
	return count;
}

/* Seven children: two girls, three boys, one of them with a mark, and two of
 * no sex. Five measures over one statement, and one over another. */
static void check_shared_words(struct harness *harness, bool has_twin)
{
	static const char select[] =
		"SELECT la, id AS child, COALESCE(sex, '')"
		" || CASE WHEN ethnicity = 'WBRI' THEN ' marked' ELSE '' END AS part,"
		" born AS starts, died AS ends FROM child WHERE la = :la";
	static const struct {
		const char *words;
		size_t base, counted;
	} cases[] = {{"counted: [M]\n", 7, 3}, {"counted: [F, marked]\n", 7, 4},
		{"of: [M, F]\n", 0, 5}, {"counted: [marked]\nof: [M]\n", 3, 1},
		{"counted: [nobody]\n", 7, 0}};
	struct reckoning reckoning = reckoning_open(harness);
	struct measure measures[COUNT_OF(cases) + 1];
	struct roll_ask asks[COUNT_OF(cases) + 1];
	struct fault fault = {0};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		measures[i] = read_worded(&reckoning, cases[i].words, select);
	measures[COUNT_OF(cases)] = read_worded(&reckoning, "",
		"SELECT la, id AS child, 'both' AS part, born AS starts, died AS ends"
		" FROM child WHERE la = :la AND sex = 'F'");
	for (size_t i = 0; i < COUNT_OF(asks); i++)
		asks[i] = (struct roll_ask){.measure = &measures[i],
			.feed = TEXT("ssda903")};
	struct store *store = reckoning.roll->store;
	reckoning.roll->twin = has_twin ? store_twin(store) : NULL;
	assert_int_equal(reckoning.roll->twin != NULL, has_twin);
	HARNESS_DONE(roll_lists(reckoning.roll, asks, COUNT_OF(asks), &fault),
		&fault);
	store_part(store, reckoning.roll->twin);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(count_part(&asks[i].list, SWEEP_DENOMINATOR),
			cases[i].base);
		assert_int_equal(count_part(&asks[i].list, SWEEP_COUNTED),
			cases[i].counted);
	}
	assert_int_equal(asks[COUNT_OF(cases)].list.count, 4);
	assert_int_equal(reckoning.roll->count, 7);
	for (int64_t i = 0; i < 7; i++) /* in the order of the asks */
		assert_int_equal(reckoning.roll->ids[i], i + 1);
	reckoning_close(&reckoning);
}

static void test_words(void **state)
{
	struct harness *harness = harness_of(state);
	reckoning_fill(harness,
		"INSERT INTO child (la, id, born, sex, ethnicity, is_uasc, batch,"
		" version) VALUES (206, 1, '2010-01-01', 'F', NULL, 0, 1, 1),"
		" (206, 2, '2010-01-02', 'M', 'WBRI', 0, 1, 1),"
		" (206, 3, '2010-01-03', 'M', NULL, 0, 1, 1),"
		" (206, 4, '2010-01-04', NULL, 'WBRI', 0, 1, 1),"
		" (206, 5, '2010-01-05', 'F', NULL, 0, 1, 1),"
		" (206, 6, '2010-01-06', NULL, NULL, 0, 1, 1),"
		" (206, 7, '2010-01-07', 'M', NULL, 0, 1, 1);");
	check_shared_words(harness, false);
	if (harness_engine(harness) == STORE_SQLITE)
		check_shared_words(harness, true);
}

/* What goes wrong in either thread is told; the first list's, if in several. */
static void test_fault_beside_a_twin(void **state)
{
	struct harness *harness = harness_of(state);
	struct reckoning reckoning = reckoning_open(harness);
	struct measure measures[3];
	struct roll_ask asks[3];
	struct fault fault = {0};
	measures[0] = read_worded(&reckoning, "",
		"SELECT la, id AS child, 'both' AS part, born AS starts,"
		" died AS ends FROM child WHERE la = :la");
	measures[1] = read_worded(&reckoning, "",
		"SELECT la, id AS child, 'both' AS part, born AS first,"
		" died AS ends FROM child WHERE la = :la");
	measures[2] = read_worded(&reckoning, "",
		"SELECT la, id AS child, born AS starts FROM child WHERE la = :la");
	for (size_t i = 0; i < COUNT_OF(asks); i++)
		asks[i] = (struct roll_ask){.measure = &measures[i],
			.feed = TEXT("ssda903")};
	measures[1].id = TEXT("ONE");
	measures[2].id = TEXT("TWO");
	struct store *store = reckoning.roll->store;
	reckoning.roll->twin = store_twin(store);
	assert_false(roll_lists(reckoning.roll, asks, COUNT_OF(asks), &fault));
	assert_non_null(strstr(fault.message, "measure ONE has other columns"));
	store_part(store, reckoning.roll->twin);
	reckoning_close(&reckoning);
}

/* Measures that are meant to be read together are, while their statements stay
 * the same to the byte. */
static void test_shared(void **state)
{
	static const char *const shared[][6] = {{"PAALL", "PAPRI", "PASEC",
							"PASPE", "SAPRI", "SASEC"},
		{"REF", "REFNFA", "REREF"}, {"ASS45", "ASS45R"},
		{"LAC20M", "LACOUT"}, {"PEX", "SUSP"},
		{"CLEET", "CLEETY", "CLSUI", "CLSUIY", "CLTCH", "CLTCHY"},
		{"LACDEN", "LACHA", "LACIMM", "LACSUB"}};
	struct measures measures = open_all(harness_of(state));
	for (size_t i = 0; i < COUNT_OF(shared); i++)
		for (size_t j = 1; j < 6 && shared[i][j] != NULL; j++)
			assert_string_equal(measure_find(&measures,
						    text_of(shared[i][j]))
						    ->list.sql,
				measure_find(&measures, text_of(shared[i][0]))
					->list.sql);
}

/* ---- The report pack ---- */

static void test_pack(void **state)
{
	struct harness *harness = harness_of(state);
	struct measures measures = open_all(harness);
	struct quarterly_pack pack;
	struct fault fault = {0};
	HARNESS_DONE(quarterly_pack_open(harness_arena(harness), NULL, &pack,
			     &fault),
		&fault);
	static const char *const first[] = {"CPP2", "LAC3P", "LACLT", "PAPRI",
		"PASEC"};
	assert_true(pack.measure_count > COUNT_OF(first) && pack.quarters >= 8);
	for (size_t i = 0; i < COUNT_OF(first); i++)
		assert_true(text_is(pack.measures[i], first[i]));
	for (size_t i = 0; i < pack.measure_count; i++) {
		if (measure_find(&measures, pack.measures[i]) == NULL)
			fail_msg("the pack has " TEXT_FORMAT,
				TEXT_ARGS(pack.measures[i]));
		for (size_t j = 0; j < i; j++)
			assert_false(
				text_equals(pack.measures[i], pack.measures[j]));
	}
	struct reckoning reckoning = reckoning_open(harness);
	for (size_t i = 0; i < pack.breakdown_count; i++) {
		struct roll_dimension dimension;
		HARNESS_DONE(roll_dimension(reckoning.roll, pack.breakdowns[i],
				     &dimension, &fault),
			&fault);
	}
	reckoning_close(&reckoning);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_SQLITE(test_names),
		HARNESS_SQLITE(test_all_carried), HARNESS_SQLITE(test_says),
		HARNESS_SQLITE(test_targets), HARNESS_EACH_ENGINE(test_columns),
		HARNESS_EACH_ENGINE(test_nothing_loaded),
		HARNESS_EACH_ENGINE(test_own_lists),
		HARNESS_EACH_ENGINE(test_words),
		HARNESS_SQLITE(test_fault_beside_a_twin),
		HARNESS_SQLITE(test_shared), HARNESS_SQLITE(test_pack)};
	return HARNESS_RUN(tests);
}
