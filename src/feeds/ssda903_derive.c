/* SPDX-License-Identifier: MIT
 *
 * From the returns' episodes to one history a child, and what follows from
 * it. Everything derived is written anew for the authority: that is quick, and
 * no order of imports can leave a trace.
 */
#include <math.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "codes/codes.h"
#include "feeds/episodes.h"
#include "feeds/ssda903-inside.h"

extern const struct embedded feeds_sql[];

/* The first review of a looked-after child is held within 20 working days:
 * Care Planning, Placement and Case Review (England) Regulations 2010, reg 33. */
enum { A_YEAR = 12, TWO_YEARS = 24 }; /* months */

enum { MOST_YEARS = 64, UNKNOWN_DISTANCE = 9999, FIRST_REVIEW = 20 };

struct derivation {
	struct feed *feed;
	struct arena *child; /* memory for one child */
	struct episode *rows;
	size_t count, capacity;
	int64_t child_id;
	struct clock_holidays holidays;
	int years[MOST_YEARS];
	size_t year_count;
	char ons_code[16];
	struct map *postcodes; /* looked up: place in `where`, or -1 */
	struct where *where;
	size_t where_count, where_capacity;
	struct store_bulk *episodes, *cares, *spells, *counts, *stays, *repairs;
};

struct where {
	char laua[10];
	int64_t east, north;
	bool has_grid;
};

/* ---- Where a postcode is ---- */

static bool find_postcode(struct derivation *d, struct text pcd,
	const struct where **out_where, struct fault *fault)
{
	int64_t place;
	*out_where = NULL;
	if (pcd.length == 0)
		return true;
	if (map_get(d->postcodes, pcd, &place)) {
		*out_where = place < 0 ? NULL : &d->where[place];
		return true;
	}
	struct store_rows *rows;
	if (!store_query(d->feed->store, store_find(feeds_sql, "postcode"),
		    STORE_VALUES(store_text(pcd)), &rows, fault))
		return false;
	bool is_there = store_next(rows, fault);
	map_set(d->postcodes, pcd, is_there ? (int64_t)d->where_count : -1);
	if (is_there) {
		d->where = memory_grow(d->where, &d->where_capacity,
			d->where_count + 1, sizeof *d->where);
		struct where *where = &d->where[d->where_count++];
		*where = (struct where){.has_grid = !store_is_null(rows, 1)};
		text_copy(where->laua, sizeof where->laua,
			store_get_text(rows, 0));
		where->east = store_get_integer(rows, 1);
		where->north = store_get_integer(rows, 2);
		*out_where = where;
	}
	store_end(rows);
	return !fault_is_set(fault);
}

/* Miles in tenths from home to placement: metres / 1000 / 1.6093, the rule of
 * the SSDA903 guide, rounded to one decimal. By the same guide there is none
 * for a home outside England. */
static int64_t distance_tenths(const struct where *home,
	const struct where *placement)
{
	if (home == NULL || placement == NULL || !home->has_grid
		|| !placement->has_grid
		|| (home->laua[0] != 'E' && home->laua[0] != '\0'))
		return UNKNOWN_DISTANCE;
	double east = (double)(home->east - placement->east);
	double north = (double)(home->north - placement->north);
	double miles = sqrt(east * east + north * north) / 1000.0 / 1.6093;
	return (int64_t)floor(miles * 10.0 + 0.5);
}

/* ---- Writing one child ---- */

static void repair_letters(unsigned repairs, char out_letters[8])
{
	size_t used = 0;
	for (unsigned i = 0; i < 5; i++)
		if (repairs & (1u << i))
			out_letters[used++] = (char)('a' + i);
	out_letters[used] = '\0';
}

static bool write_repair(struct derivation *d, const struct episode *episode,
	struct fault *fault)
{
	char letters[8], key[DATE_TEXT], was[DATE_TEXT], became[DATE_TEXT];
	repair_letters(episode->repairs, letters);
	date_write(episode->decom, key);
	date_write(episode->dec_supplied, was);
	date_write(episode->dec, became);
	bool is_double = (episode->repairs & EPISODES_TWICE) != 0;
	for (struct feed_batch *at = d->feed->batches; at != NULL;
		at = feed_batch_older(at))
		if (feed_batch_id(at) == episode->batch)
			feed_repaired(at);
	return store_bulk_row(d->repairs,
		STORE_VALUES(store_integer(d->feed->la),
			store_integer(d->child_id), store_string("episode"),
			store_string(key), store_string(letters),
			store_string(is_double ? "row" : "DEC"),
			store_string(is_double ? "given twice" : was),
			store_string(is_double ? "dropped" : became),
			store_integer(episode->batch),
			store_integer(episode->file), store_integer(episode->row)),
		fault);
}

static bool write_episode(struct derivation *d, const struct episode *e,
	struct fault *fault)
{
	const struct where *home, *placement;
	char letters[8];
	repair_letters(e->repairs, letters);
	if (!find_postcode(d, e->pl_post, &placement, fault))
		return false;
	struct text laua = text_of(placement == NULL ? "" : placement->laua);
	bool is_in = text_is(laua, d->ons_code);
	if (!find_postcode(d, e->home_post, &home, fault))
		return false;
	/* find_postcode may have moved what `placement` points to. */
	if (!find_postcode(d, e->pl_post, &placement, fault))
		return false;
	laua = text_of(placement == NULL ? "" : placement->laua);
	const char *location = laua.length == 0 ? "" : is_in ? "IN" : "OUT";
	return store_bulk_row(d->episodes,
		STORE_VALUES(store_integer(d->feed->la),
			store_integer(d->child_id), store_date(e->decom),
			store_date(e->dec), store_date(e->dec_supplied),
			store_maybe(e->rne), store_maybe(e->ls),
			store_maybe(e->cin), store_maybe(e->place),
			store_maybe(e->provider), store_maybe(e->rec),
			store_maybe(e->reason), store_maybe(e->home_post),
			store_maybe(e->pl_post), store_maybe(e->urn),
			store_string(letters), store_maybe(laua),
			store_maybe(text_of(location)),
			store_integer(distance_tenths(home, placement)),
			store_integer(e->batch), store_integer(e->file),
			store_integer(e->row)),
		fault);
}

static bool write_cares(struct derivation *d, size_t kept, struct fault *fault)
{
	struct episodes_care *cares;
	size_t count = episodes_cares(d->rows, kept, d->child, &cares);
	for (size_t i = 0; i < count; i++)
		if (!store_bulk_row(d->cares,
			    STORE_VALUES(store_integer(d->feed->la),
				    store_integer(d->child_id),
				    store_date(cares[i].span.starts),
				    store_date(cares[i].span.ends),
				    store_maybe(cares[i].rec),
				    store_date(clock_working_days(&d->holidays,
					    cares[i].span.starts, FIRST_REVIEW))),
			    fault))
			return false;
	return true;
}

static bool write_span(struct derivation *d, struct store_bulk *bulk,
	const char *basis, struct episodes_span span, struct store_value last,
	struct fault *fault)
{
	return store_bulk_row(bulk,
		STORE_VALUES(store_integer(d->feed->la), store_string(basis),
			store_integer(d->child_id), store_date(span.starts),
			store_date(span.ends), last),
		fault);
}

static bool write_spells(struct derivation *d, const char *basis,
	const struct episodes_spell *spells, size_t count, struct fault *fault)
{
	for (size_t i = 0; i < count; i++)
		if (!store_bulk_row(d->spells,
			    STORE_VALUES(store_integer(d->feed->la),
				    store_string(basis),
				    store_integer(d->child_id),
				    store_date(spells[i].span.starts),
				    store_date(spells[i].span.ends),
				    store_maybe(spells[i].place),
				    store_maybe(spells[i].pl_post),
				    store_maybe(spells[i].rne)),
			    fault))
			return false;
	return true;
}

static bool write_tallies(struct derivation *d, const char *basis,
	const struct episodes_spell *spells, size_t count, int months,
	struct fault *fault)
{
	struct episodes_tally *tallies;
	count = episodes_tallies(spells, count, months, d->child, &tallies);
	for (size_t i = 0; i < count; i++)
		if (!write_span(d, d->counts, basis, tallies[i].span,
			    store_integer(tallies[i].placements), fault))
			return false;
	return true;
}

static bool write_basis(struct derivation *d, size_t kept,
	enum episodes_basis basis, const char *name, struct fault *fault)
{
	struct episodes_spell *spells;
	struct episodes_stay *stays;
	size_t count = episodes_spells(d->rows, kept, basis, d->child, &spells);
	if (!write_spells(d, name, spells, count, fault)
		|| !write_tallies(d, name, spells, count, A_YEAR, fault)
		|| (basis == EPISODES_CARER
			&& !write_tallies(d, "D", spells, count, TWO_YEARS,
				fault)))
		return false;
	count = episodes_stays(d->rows, kept, basis, d->child, &stays);
	for (size_t i = 0; i < count; i++)
		if (!write_span(d, d->stays, name, stays[i].span,
			    store_date(stays[i].since), fault))
			return false;
	return true;
}

static bool write_child(struct derivation *d, struct fault *fault)
{
	size_t kept = episodes_merge(d->rows, d->count, d->years, d->year_count);
	for (size_t i = 0; i < d->count; i++) {
		if (i < kept && !write_episode(d, &d->rows[i], fault))
			return false;
		bool is_repaired = d->rows[i].repairs != 0;
		if (is_repaired && !write_repair(d, &d->rows[i], fault))
			return false;
	}
	return write_cares(d, kept, fault)
		&& write_basis(d, kept, EPISODES_CARER, "C", fault)
		&& write_basis(d, kept, EPISODES_PLACEMENT, "P", fault);
}

/* ---- Reading the returns child by child ---- */

static void add_row(struct derivation *d, const struct store_rows *rows)
{
	struct text texts[10];
	for (int i = 0; i < 10; i++)
		texts[i] = arena_text(d->child, store_get_text(rows, i + 3));
	d->rows = memory_grow(d->rows, &d->capacity, d->count + 1,
		sizeof *d->rows);
	d->rows[d->count++] = (struct episode){
		.decom = store_get_date(rows, 1),
		.dec_supplied = store_get_date(rows, 2),
		.rne = texts[0],
		.ls = texts[1],
		.cin = texts[2],
		.place = texts[3],
		.provider = texts[4],
		.rec = texts[5],
		.reason = texts[6],
		.home_post = texts[7],
		.pl_post = texts[8],
		.urn = texts[9],
		.year = (int)store_get_integer(rows, 13),
		.batch = store_get_integer(rows, 14),
		.file = (int)store_get_integer(rows, 15),
		.row = store_get_integer(rows, 16),
	};
}

static bool derive_all(struct derivation *d, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(d->feed->store, store_find(feeds_sql, "episode_rows"),
		    STORE_VALUES(store_integer(d->feed->la)), &rows, fault))
		return false;
	bool is_fine = true;
	while (is_fine && store_next(rows, fault)) {
		int64_t child = store_get_integer(rows, 0);
		if (child != d->child_id && d->count > 0) {
			is_fine = write_child(d, fault);
			d->count = 0;
			arena_reset(d->child);
		}
		d->child_id = child;
		add_row(d, rows);
	}
	store_end(rows);
	return is_fine && !fault_is_set(fault)
		&& (d->count == 0 || write_child(d, fault));
}

/* Social workers count like placements: how many in the year to each day. */
static bool write_workers(struct derivation *d, const struct buffer *spells,
	struct fault *fault)
{
	return write_tallies(d, "W", (const void *)spells->bytes,
		spells->length / sizeof(struct episodes_spell), A_YEAR, fault);
}

static bool derive_workers(struct derivation *d, struct fault *fault)
{
	struct store_rows *rows;
	struct buffer spells = {.maximum = 1 << 24};
	if (!store_query(d->feed->store, store_find(feeds_sql, "worker_rows"),
		    STORE_VALUES(store_integer(d->feed->la)), &rows, fault))
		return false;
	bool is_fine = true;
	d->child_id = 0;
	while (is_fine && store_next(rows, fault)) {
		int64_t child = store_get_integer(rows, 0);
		if (child != d->child_id) {
			is_fine = write_workers(d, &spells, fault);
			buffer_clear(&spells);
			arena_reset(d->child);
		}
		d->child_id = child;
		struct episodes_spell spell = {.span = {store_get_date(rows, 1),
						       store_get_date(rows, 2)}};
		buffer_add(&spells,
			(struct text){(const char *)&spell, sizeof spell});
	}
	store_end(rows);
	is_fine = is_fine && !fault_is_set(fault)
		&& write_workers(d, &spells, fault);
	buffer_finish(&spells);
	return is_fine;
}

static bool read_years(struct derivation *d, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(d->feed->store, store_find(feeds_sql, "episode_years"),
		    STORE_VALUES(store_integer(d->feed->la)), &rows, fault))
		return false;
	while (store_next(rows, fault) && d->year_count < MOST_YEARS)
		d->years[d->year_count++] = (int)store_get_integer(rows, 0);
	store_end(rows);
	if (fault_is_set(fault)
		|| !store_query(d->feed->store,
			store_find(feeds_sql, "authority_code"),
			STORE_VALUES(store_integer(d->feed->la)), &rows, fault))
		return false;
	if (store_next(rows, fault))
		text_copy(d->ons_code, sizeof d->ons_code,
			store_get_text(rows, 0));
	store_end(rows);
	return !fault_is_set(fault);
}

static bool drop_derived(struct derivation *d, struct fault *fault)
{
	static const char *const drops[] = {"drop_episodes", "drop_cares",
		"drop_spells", "drop_counts", "drop_stays",
		"drop_episode_repairs"};
	for (size_t i = 0; i < COUNT_OF(drops); i++)
		if (!store_run(d->feed->store, store_find(feeds_sql, drops[i]),
			    STORE_VALUES(store_integer(d->feed->la)), fault))
			return false;
	return true;
}

/* The derived tables and their columns. */
static const struct {
	size_t bulk; /* place in struct derivation */
	const char *table;
	const char *columns;
} targets[] = {
	{offsetof(struct derivation, episodes), "episode",
		"la, child, decom, dec, dec_supplied, rne, ls, cin, place,"
		" provider, rec, reason, home_post, pl_post, urn, repairs,"
		" pl_laua, pl_location, distance_tenths, batch, file, row_number"},
	{offsetof(struct derivation, cares), "care_period",
		"la, child, starts, ends, rec, first_review_due"},
	{offsetof(struct derivation, spells), "placement_spell",
		"la, basis, child, starts, ends, place, pl_post, rne"},
	{offsetof(struct derivation, counts), "placement_count",
		"la, basis, child, starts, ends, placements"},
	{offsetof(struct derivation, stays), "placement_stay",
		"la, basis, child, starts, ends, since"},
	{offsetof(struct derivation, repairs), "repair",
		"la, child, table_name, record_key, rule, field, was, became,"
		" batch, file, row_number"},
};

static struct store_bulk **bulk_at(struct derivation *d, size_t i)
{
	return (struct store_bulk **)(void *)((char *)d + targets[i].bulk);
}

static bool open_bulks(struct derivation *d, struct fault *fault)
{
	for (size_t i = 0; i < COUNT_OF(targets); i++)
		if (!store_bulk_open(d->feed->store, targets[i].table,
			    targets[i].columns, bulk_at(d, i), fault))
			return false;
	return true;
}

static bool flush_bulks(struct derivation *d, struct fault *fault)
{
	for (size_t i = 0; i < COUNT_OF(targets); i++)
		if (!store_bulk_flush(*bulk_at(d, i), fault))
			return false;
	return true;
}

bool ssda903_derive(struct feed *feed, struct fault *fault)
{
	struct derivation d = {.feed = feed,
		.holidays = codes_bank_holidays(feed->codes),
		.child = arena_open(),
		.postcodes = map_open()};
	bool is_done = read_years(&d, fault) && drop_derived(&d, fault)
		&& open_bulks(&d, fault) && derive_all(&d, fault)
		&& derive_workers(&d, fault) && flush_bulks(&d, fault);
	for (size_t i = 0; i < COUNT_OF(targets); i++)
		store_bulk_close(*bulk_at(&d, i));
	memory_free(d.rows);
	memory_free(d.where);
	map_close(d.postcodes);
	arena_close(d.child);
	return is_done;
}
