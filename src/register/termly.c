/* SPDX-License-Identifier: MIT
 *
 * Counting the termly return.
 *
 * The states of each case become spells of one collection or the other: states
 * that follow each other without a gap are one spell. Spells are then counted.
 *
 * Long because the groups of the return are named beside how they are counted.
 */
#include "register/termly.h"

#include <stdio.h>

#include "base/embedded.h"
#include "base/map.h"

extern const struct embedded termly_sql[];

enum { MOST_CELLS = 512 };

struct date termly_census(int year, enum termly_term term)
{
	static const struct {
		int later, month, nth;
	} days[TERMLY_TERMS] = {[TERMLY_AUTUMN] = {0, 10, 1},
		[TERMLY_SPRING] = {1, 1, 3},
		[TERMLY_SUMMER] = {1, 5, 3}};
	return date_nth_weekday(year + days[term].later, days[term].month,
		THURSDAY, days[term].nth);
}

/* ---- Spells ---- */

struct spell {
	enum termly_collection of;
	int64_t entry, child;
	struct date starts, ends; /* ends: the first day no more; none: still */
	bool is_first;            /* of its case in this collection */
	bool is_last;             /* of its case */
	struct text sex, reason, setting, sen, cme_reason, close_reason;
	struct date born;
};

struct counting {
	struct arena *arena;
	const struct codes *codes;
	struct termly *termly;
	struct termly_cell *cells;
	struct spell *spells;
	size_t count, room;
};

/* Which collection a state is of; false: of none. */
static bool collection_of(struct text state, struct text arrangement,
	enum termly_collection *out_of)
{
	static const char *const home[] = {"REGISTERED", "CONTACTED",
		"SUITABLE", "UNCLEAR", "FORMAL_NOTICE"};
	static const char *const missing[] = {"CME", "NOT_SATISFIED", "MONITOR",
		"INTENTION", "SAO_IN_FORCE", "BREACH", "ESO_CONSIDERED",
		"PROSECUTION_CONSIDERED"};
	for (size_t i = 0; i < COUNT_OF(missing); i++)
		if (text_is(state, missing[i])) {
			*out_of = TERMLY_CME;
			return true;
		}
	for (size_t i = 0; i < COUNT_OF(home); i++)
		if (text_is(state, home[i])) {
			*out_of = TERMLY_EHE;
			return text_is(arrangement, "EHE");
		}
	return false;
}

static struct spell *add_spell(struct counting *counting)
{
	if (counting->count == counting->room) {
		size_t room = counting->room * 2 + 64;
		struct spell *spells = arena_array(counting->arena, room,
			sizeof *spells);
		for (size_t i = 0;
			counting->spells != NULL && i < counting->count; i++)
			spells[i] = counting->spells[i];
		counting->spells = spells;
		counting->room = room;
	}
	return &counting->spells[counting->count++];
}

/* Where in the statement's rows things stand. */
enum column {
	ENTRY,
	CHILD,
	STATE,
	FROM,
	UNTIL,
	ARRANGEMENT,
	STARTED,
	ENDED,
	CLOSE_REASON,
	REASON,
	SETTING,
	SEN,
	CME_ON,
	CME_REASON,
	SEX,
	BORN,
};

static struct text kept(struct counting *counting, struct store_rows *rows,
	enum column column)
{
	return arena_text(counting->arena, store_get_text(rows, (int)column));
}

static bool is_before(struct date a, struct date b)
{
	return !date_is_none(a) && (date_is_none(b) || a.day < b.day);
}

/* The first of a case begins when home education did, not when it was told;
 * missing education since the day that is kept. */
static struct date begins(struct store_rows *rows, enum termly_collection of,
	bool is_first)
{
	struct date from = store_get_date(rows, FROM);
	struct date own = store_get_date(rows,
		of == TERMLY_EHE ? STARTED : CME_ON);
	bool is_own = is_first && !date_is_none(own) && own.day < from.day
		&& (of == TERMLY_EHE
			|| text_is(store_get_text(rows, STATE), "CME"));
	return is_own ? own : from;
}

static void take_stay(struct counting *counting, struct store_rows *rows)
{
	enum termly_collection of;
	struct spell *last = counting->count == 0
		? NULL
		: &counting->spells[counting->count - 1];
	int64_t entry = store_get_integer(rows, ENTRY);
	struct date from = store_get_date(rows, FROM);
	struct date until = store_get_date(rows, UNTIL);
	struct date ended = store_get_date(rows, ENDED);
	if (is_before(ended, until))
		until = ended;
	bool is_of_case = last != NULL && last->entry == entry;
	if (!collection_of(store_get_text(rows, STATE),
		    store_get_text(rows, ARRANGEMENT), &of)
		|| (!date_is_none(until) && until.day <= from.day))
		return;
	if (is_of_case && last->of == of && last->ends.day == from.day) {
		last->ends = until;
		return;
	}
	bool is_first = true;
	for (size_t i = counting->count;
		is_of_case && i > 0 && counting->spells[i - 1].entry == entry;
		i--)
		is_first = is_first && counting->spells[i - 1].of != of;
	if (is_of_case)
		last->is_last = false;
	struct date starts = begins(rows, of, is_first);
	/* No spell begins inside the one before it. */
	if (is_of_case && is_before(starts, last->ends))
		starts = last->ends;
	*add_spell(counting) = (struct spell){.of = of,
		.entry = entry,
		.child = store_get_integer(rows, CHILD),
		.starts = starts,
		.ends = until,
		.is_first = is_first,
		.is_last = true,
		.sex = kept(counting, rows, SEX),
		.reason = kept(counting, rows, REASON),
		.setting = kept(counting, rows, SETTING),
		.sen = kept(counting, rows, SEN),
		.cme_reason = kept(counting, rows, CME_REASON),
		.close_reason = kept(counting, rows, CLOSE_REASON),
		.born = store_get_date(rows, BORN)};
}

static bool read_spells(struct counting *counting, struct store *store, int la,
	struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, store_find(termly_sql, "termly_stays"),
		    STORE_VALUES(store_integer(la)), &rows, fault))
		return false;
	while (store_next(rows, fault))
		take_stay(counting, rows);
	store_end(rows);
	return !fault_is_set(fault);
}

/* ---- Cells ---- */

/* Groups of a topic stand in the order they are first named. */
static void count_in(struct counting *counting, enum termly_collection of,
	const char *topic, const char *group, int64_t more)
{
	struct termly *termly = counting->termly;
	for (size_t i = 0; i < termly->count; i++) {
		struct termly_cell *cell = &counting->cells[i];
		if (cell->of == of && text_is(text_of(cell->topic), topic)
			&& text_is(text_of(cell->group), group)) {
			cell->count += more;
			return;
		}
	}
	if (termly->count < MOST_CELLS)
		counting->cells[termly->count++] = (struct termly_cell){of,
			topic, group, more};
}

/* Labels of a list as the return names its groups: codes that are returned as
 * one group share the first one's label. Names them all, so that none is left
 * out where it is 0. */
static const char *label_of(struct counting *counting, const char *list_name,
	struct text code, const char *missing)
{
	const struct codes_list *list = codes_list(counting->codes, list_name);
	const struct codes_entry *entry = codes_in(list, code,
		counting->termly->census);
	if (entry == NULL)
		return missing;
	struct text as = codes_column(entry, "returned_as");
	for (size_t i = 0; as.length > 0 && i < list->count; i++)
		if (text_equals(codes_column(&list->entries[i], "returned_as"),
			    as)) {
			entry = &list->entries[i];
			break;
		}
	return arena_string(counting->arena, entry->label);
}

static void name_all(struct counting *counting, enum termly_collection of,
	const char *topic, const char *list_name)
{
	const struct codes_list *list = codes_list(counting->codes, list_name);
	for (size_t i = 0; list != NULL && i < list->count; i++)
		count_in(counting, of, topic,
			label_of(counting, list_name, list->entries[i].code,
				"Unknown"),
			0);
}

/* The academic year, from 1 September, that a day is in. */
static int academic_year(struct date day)
{
	return date_year(date_add_months(day, -8));
}

/* By age alone, as the return's "expected year group". */
static const char *year_group(struct counting *counting, struct date born)
{
	int group = academic_year(counting->termly->census)
		- academic_year(born) - 5;
	if (date_is_none(born) || group < 0 || group > 11)
		return "Unknown";
	return group == 0 ? "Reception"
			  : arena_format(counting->arena, "Year %d", group);
}

static const char *sex_of(const struct spell *spell)
{
	return text_is(spell->sex, "F")    ? "Female"
		: text_is(spell->sex, "M") ? "Male"
					   : "Unknown";
}

static const struct {
	int weeks;
	const char *group;
} lengths[] = {{4, "Up to 4 weeks"}, {13, "Over 4 and up to 13 weeks"},
	{26, "Over 13 and up to 26 weeks"}, {0, "Over 26 weeks"}};

static const char *missing_for(struct counting *counting,
	const struct spell *spell)
{
	int days = counting->termly->census.day - spell->starts.day;
	size_t i = 0;
	while (i + 1 < COUNT_OF(lengths) && days > 7 * lengths[i].weeks)
		i++;
	return lengths[i].group;
}

static void name_groups(struct counting *counting, enum termly_collection of)
{
	static const char *const sexes[] = {"Female", "Male", "Unknown"};
	count_in(counting, of, "Total", "Total", 0);
	for (size_t i = 0; i < COUNT_OF(sexes); i++)
		count_in(counting, of, "Sex", sexes[i], 0);
	count_in(counting, of, "Year group", "Reception", 0);
	for (int i = 1; i <= 11; i++)
		count_in(counting, of, "Year group",
			arena_format(counting->arena, "Year %d", i), 0);
	count_in(counting, of, "Year group", "Unknown", 0);
	if (of == TERMLY_CME) {
		name_all(counting, of, "Primary reason", "cme-reason");
		for (size_t i = 0; i < COUNT_OF(lengths); i++)
			count_in(counting, of, "Length of time missing",
				lengths[i].group, 0);
		return;
	}
	name_all(counting, of, "Primary reason", "ehe-reason");
	count_in(counting, of, "Special educational needs", "None", 0);
	count_in(counting, of, "Special educational needs", "SEN support", 0);
	count_in(counting, of, "Special educational needs",
		"Education, health and care plan", 0);
	name_all(counting, of, "Previous setting of those who began",
		"ehe-previous-setting");
}

static const char *sen_group(const struct spell *spell)
{
	return text_is(spell->sen, "E")    ? "Education, health and care plan"
		: text_is(spell->sen, "K") ? "SEN support"
		: text_is(spell->sen, "N") ? "None"
					   : "Unknown";
}

static void count_stock(struct counting *counting, const struct spell *spell)
{
	count_in(counting, spell->of, "Total", "Total", 1);
	count_in(counting, spell->of, "Sex", sex_of(spell), 1);
	count_in(counting, spell->of, "Year group",
		year_group(counting, spell->born), 1);
	if (spell->of == TERMLY_EHE) {
		count_in(counting, spell->of, "Primary reason",
			label_of(counting, "ehe-reason", spell->reason, "Unknown"),
			1);
		count_in(counting, spell->of, "Special educational needs",
			sen_group(spell), 1);
		return;
	}
	count_in(counting, spell->of, "Primary reason",
		label_of(counting, "cme-reason", spell->cme_reason,
			/* It was home education, decided not to be suitable. */
			"Home education not suitable"),
		1);
	count_in(counting, spell->of, "Length of time missing",
		missing_for(counting, spell), 1);
}

/* ---- Flows ---- */

static bool is_within(struct date day, struct period period)
{
	return day.day >= period.first.day && day.day <= period.last.day;
}

static bool is_on(const struct spell *spell, struct date day)
{
	return spell->starts.day <= day.day
		&& (date_is_none(spell->ends) || day.day < spell->ends.day);
}

static const char *way_out(const struct spell *spell)
{
	static const struct {
		const char *reason, *way;
	} ways[] = {{"RETURNED_SCHOOL", "To school"},
		{"INDEPENDENT_SCHOOL", "To school"},
		{"AP", "To other education"}, {"EOTAS", "To other education"},
		{"COLLEGE", "To other education"},
		{"MOVED_OUT", "Moved to another area"},
		{"OVER_CSA", "Past compulsory school age"},
		{"CME", "To missing education"}};
	if (!spell->is_last)
		return spell->of == TERMLY_EHE ? "To missing education"
					       : "To home education";
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (text_is(spell->close_reason, ways[i].reason))
			return ways[i].way;
	return "Otherwise";
}

static void count_flow(struct counting *counting, const struct spell *spell,
	struct map *const *children)
{
	struct termly *termly = counting->termly;
	struct termly_flow *flow = &termly->flow[spell->of];
	struct period in = termly->flows;
	bool is_in = is_within(spell->starts, in);
	bool is_out = !date_is_none(spell->ends) && is_within(spell->ends, in);
	flow->start += is_on(spell, date_add_days(in.first, -1));
	flow->end += is_on(spell, in.last);
	flow->in += is_in;
	flow->out += is_out;
	if (is_in && spell->of == TERMLY_EHE && spell->is_first)
		count_in(counting, TERMLY_EHE,
			"Previous setting of those who began",
			label_of(counting, "ehe-previous-setting",
				spell->setting, "Elsewhere or not known"),
			1);
	if (is_in)
		count_in(counting, spell->of, "In",
			spell->is_first ? "Began" : "Again", 1);
	if (is_out)
		count_in(counting, spell->of, "Out", way_out(spell), 1);
	bool is_any = spell->starts.day <= in.last.day
		&& (date_is_none(spell->ends) || spell->ends.day > in.first.day);
	/* Each child once. */
	if (is_any && map_set_number(children[spell->of], spell->child, 1))
		flow->any_time++;
}

static bool count_notices(struct counting *counting, struct store *store,
	int la, struct fault *fault)
{
	static const struct {
		const char *type, *group;
	} rows[] = {{"S437_1", "Notices under section 437(1)"},
		{"PRELIM_436H", "Preliminary notices under section 436H"},
		{"SAO", "School attendance orders issued"},
		{"SAO_436I", "School attendance orders issued"},
		{"SAO_REVOKE", "School attendance orders revoked"}};
	struct termly *termly = counting->termly;
	struct store_rows *found;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		count_in(counting, TERMLY_EHE, "Notices and orders",
			rows[i].group, 0);
	if (!store_query(store, store_find(termly_sql, "termly_notices"),
		    STORE_VALUES(store_integer(la),
			    store_date(termly->flows.first),
			    store_date(termly->flows.last)),
		    &found, fault))
		return false;
	while (store_next(found, fault))
		for (size_t i = 0; i < COUNT_OF(rows); i++)
			if (text_is(store_get_text(found, 0), rows[i].type))
				count_in(counting, TERMLY_EHE,
					"Notices and orders", rows[i].group,
					store_get_integer(found, 1));
	store_end(found);
	return !fault_is_set(fault);
}

bool termly_compute(struct store *store, int la, const struct codes *codes,
	struct date census, struct arena *arena, struct termly *out_return,
	struct fault *fault)
{
	struct termly termly = {.census = census,
		.flows = {date_add_days(date_add_months(census, -12), 1), census}};
	struct counting counting = {.arena = arena,
		.codes = codes,
		.termly = &termly,
		.cells = arena_array(arena, MOST_CELLS, sizeof *counting.cells)};
	struct map *children[TERMLY_COLLECTIONS] = {map_open(), map_open()};
	for (int of = 0; of < TERMLY_COLLECTIONS; of++)
		name_groups(&counting, (enum termly_collection)of);
	bool is_read = read_spells(&counting, store, la, fault)
		&& count_notices(&counting, store, la, fault);
	for (size_t i = 0; is_read && i < counting.count; i++) {
		if (is_on(&counting.spells[i], census))
			count_stock(&counting, &counting.spells[i]);
		count_flow(&counting, &counting.spells[i], children);
	}
	for (int of = 0; of < TERMLY_COLLECTIONS; of++)
		map_close(children[of]);
	termly.cells = counting.cells;
	if (is_read)
		*out_return = termly;
	return is_read;
}

/* ---- As text ---- */

void termly_round(int64_t count, char out_text[TERMLY_ROUNDED])
{
	int64_t rounded = (count + 5) / 10 * 10;
	if (count > 0 && rounded == 0)
		text_copy(out_text, TERMLY_ROUNDED, TEXT("low"));
	else
		(void)snprintf(out_text, TERMLY_ROUNDED, "%lld",
			(long long)rounded);
}

static void write_line(struct buffer *out, const struct termly_cell *cell,
	enum termly_edition edition)
{
	static const char *const names[] = {"ehe", "cme"};
	char count[TERMLY_ROUNDED];
	if (edition == TERMLY_PUBLISHED)
		termly_round(cell->count, count);
	else
		(void)snprintf(count, sizeof count, "%lld",
			(long long)cell->count);
	buffer_format(out, "%s,\"%s\",\"%s\",%s\n", names[cell->of],
		cell->topic, cell->group, count);
}

void termly_csv(const struct termly *termly, enum termly_edition edition,
	struct buffer *out)
{
	buffer_string(out, "collection,topic,group,count\n");
	for (int of = 0; of < TERMLY_COLLECTIONS; of++) {
		enum termly_collection which = (enum termly_collection)of;
		const struct termly_flow *flow = &termly->flow[of];
		const struct termly_cell flows[] = {{which, "Flow", "At the start",
							    flow->start},
			{which, "Flow", "In", flow->in},
			{which, "Flow", "Out", flow->out},
			{which, "Flow", "At the end", flow->end},
			{which, "Flow", "At any time", flow->any_time}};
		for (size_t i = 0; i < termly->count; i++)
			if (termly->cells[i].of == which)
				write_line(out, &termly->cells[i], edition);
		for (size_t i = 0; i < COUNT_OF(flows); i++)
			write_line(out, &flows[i], edition);
	}
}
