/* SPDX-License-Identifier: MIT
 *
 * Which child it is: linkage by id, by UPN with date of birth, by NHS number;
 * and who must never be linked. All children are invented.
 */
#include "harness.h"
#include "people/people.h"

/* Valid by their check letter and digit. */
#define UPN_ONE "H206201512345"
#define UPN_TWO "A206402499017"
#define NHS_ONE "9434765919"
#define NHS_TWO "9990000018"

struct clue {
	const char *child_id, *upn, *former, *nhs, *born, *sex, *expected;
};

/* An index within a transaction, as an import has it. */
struct index {
	struct harness *harness;
	struct store *store;
	struct ident_source ids;
	struct people *people;
};

static void begin(struct index *index, struct harness *harness)
{
	struct fault fault = {0};
	*index = (struct index){.harness = harness,
		.store = harness_store(harness)};
	HARNESS_DONE(store_begin(index->store, &fault)
			&& people_open(index->store, HARNESS_LA, &index->ids,
				&index->people, &fault),
		&fault);
}

static void end(struct index *index)
{
	struct fault fault = {0};
	HARNESS_DONE(people_flush(index->people, &fault), &fault);
	people_close(index->people);
	HARNESS_DONE(store_commit(index->store, &fault), &fault);
}

/* Writes what is held and reads it again, as the next import would. */
static void again(struct index *index)
{
	end(index);
	begin(index, index->harness);
}

static struct people_clue full_clue(const struct clue *clue)
{
	struct people_clue full = {.sex = text_of(clue->sex)};
	full.numbers[IDENTIFIER_CHILD_ID] = text_of(clue->child_id);
	full.numbers[IDENTIFIER_UPN] = text_of(clue->upn);
	full.numbers[IDENTIFIER_FORMER_UPN] = text_of(clue->former);
	full.numbers[IDENTIFIER_NHS] = text_of(clue->nhs);
	if (clue->born != NULL)
		assert_true(date_read_iso(text_of(clue->born), &full.born));
	if (clue->expected != NULL)
		assert_true(
			date_read_iso(text_of(clue->expected), &full.expected));
	return full;
}

static struct people_found claim(struct index *index, struct clue clue)
{
	struct fault fault = {0};
	struct people_found found = {0};
	struct people_clue full = full_clue(&clue);
	int64_t before = people_find(index->people, &full);
	HARNESS_DONE(people_claim(index->people, &full, 1, &found, &fault),
		&fault);
	assert_int_equal(found.link == PEOPLE_NEW, before == 0);
	if (before != 0)
		assert_true(found.child == before);
	return found;
}

#define CLAIM(index, ...) claim((index), (struct clue){__VA_ARGS__})

static void test_by_id(void **state)
{
	struct index index;
	begin(&index, harness_of(state));
	struct people_found one = CLAIM(&index, .child_id = "T1",
		.born = "2012-06-05", .sex = "F");
	assert_int_equal(one.link, PEOPLE_NEW);
	again(&index);
	struct people_found two = CLAIM(&index, .child_id = "T1",
		.born = "2012-06-06", .sex = "M");
	assert_int_equal(two.link, PEOPLE_KNOWN);
	assert_true(two.child == one.child);
	assert_true(two.born_differs && two.sex_differs);
	assert_int_equal(two.born_held.day, date_from(2012, 6, 5).day);
	assert_int_equal(people_born(index.people, one.child).day,
		date_from(2012, 6, 5).day);
	assert_true(CLAIM(&index, .child_id = "T2").child != one.child);
	assert_int_equal(people_count(index.people), 2);
	end(&index);
}

static void test_by_upn(void **state)
{
	struct index index;
	begin(&index, harness_of(state));
	int64_t child = CLAIM(&index, .child_id = "T1", .upn = UPN_ONE,
		.born = "2012-06-05")
				.child;
	again(&index);
	struct people_found linked = CLAIM(&index, .upn = UPN_ONE,
		.born = "2012-06-05");
	assert_int_equal(linked.link, PEOPLE_BY_UPN);
	assert_true(linked.child == child);
	/* Another date of birth, or none: never by the number alone. */
	struct people_found other = CLAIM(&index, .upn = UPN_ONE,
		.born = "2011-06-05");
	assert_int_equal(other.link, PEOPLE_NEW);
	assert_int_equal(CLAIM(&index, .child_id = "T3", .upn = UPN_ONE).link,
		PEOPLE_NEW);
	/* Both bearers are found by their own dates, now and later. */
	again(&index);
	assert_true(CLAIM(&index, .upn = UPN_ONE, .born = "2012-06-05").child
		== child);
	assert_true(CLAIM(&index, .upn = UPN_ONE, .born = "2011-06-05").child
		== other.child);
	end(&index);
}

static void test_former_upn(void **state)
{
	struct index index;
	begin(&index, harness_of(state));
	int64_t one = CLAIM(&index, .child_id = "T1", .upn = UPN_ONE,
		.born = "2012-06-05")
			      .child;
	int64_t two = CLAIM(&index, .child_id = "T2", .former = UPN_TWO,
		.born = "2013-07-06")
			      .child;
	again(&index);
	/* The feed knows it as former, the index as present; and the reverse. */
	assert_true(CLAIM(&index, .former = UPN_ONE, .born = "2012-06-05").child
		== one);
	assert_true(CLAIM(&index, .upn = UPN_TWO, .born = "2013-07-06").child
		== two);
	end(&index);
}

static void test_by_nhs(void **state)
{
	struct index index;
	begin(&index, harness_of(state));
	int64_t child = CLAIM(&index, .child_id = "T1", .nhs = NHS_ONE,
		.born = "2012-06-05")
				.child;
	again(&index);
	struct people_found linked = CLAIM(&index, .nhs = NHS_ONE);
	assert_int_equal(linked.link, PEOPLE_BY_NHS);
	assert_true(linked.child == child);
	assert_int_equal(CLAIM(&index, .nhs = NHS_ONE, .born = "2012-06-06").link,
		PEOPLE_NEW);
	assert_int_equal(CLAIM(&index, .nhs = NHS_TWO, .born = "2012-06-05").link,
		PEOPLE_NEW);
	end(&index);
}

static void test_twins(void **state)
{
	struct index index;
	begin(&index, harness_of(state));
	int64_t one = CLAIM(&index, .child_id = "T1", .upn = UPN_ONE,
		.born = "2012-06-05", .sex = "F")
			      .child;
	int64_t two = CLAIM(&index, .child_id = "T2", .upn = UPN_TWO,
		.born = "2012-06-05", .sex = "F")
			      .child;
	assert_true(one != two);
	again(&index);
	assert_true(CLAIM(&index, .upn = UPN_TWO, .born = "2012-06-05").child
		== two);
	end(&index);
}

/* Neither a reason for having no number nor a typing stub links anybody. */
static void test_no_number(void **state)
{
	struct index index;
	struct harness *harness = harness_of(state);
	begin(&index, harness);
	int64_t one = CLAIM(&index, .child_id = "T1", .upn = "UN1",
		.born = "2023-06-05")
			      .child;
	assert_true(CLAIM(&index, .child_id = "T2", .upn = "UN1",
			    .born = "2023-06-05")
			    .child
		!= one);
	assert_true(CLAIM(&index, .child_id = "T3", .upn = "3412",
			    .born = "2023-06-05")
			    .child
		!= CLAIM(&index, .child_id = "T4", .upn = "3412",
			.born = "2023-06-05")
			   .child);
	end(&index);
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "SELECT scheme, value, grade FROM identifier"
				    " ORDER BY scheme, value, child"),
		"child_id|T1|valid\nchild_id|T2|valid\nchild_id|T3|valid\n"
		"child_id|T4|valid\nupn|3412|form\nupn|3412|form\n");
}

/* A child before and after adoption: whatever numbers a feed brings, the two
 * records stay two. */
static void test_kept_apart(void **state)
{
	struct index index;
	struct fault fault = {0};
	struct harness *harness = harness_of(state);
	begin(&index, harness);
	int64_t before = CLAIM(&index, .child_id = "T1", .upn = UPN_ONE,
		.born = "2012-06-05")
				 .child;
	int64_t after = CLAIM(&index, .child_id = "T2", .upn = UPN_TWO,
		.born = "2012-06-05")
				.child;
	HARNESS_DONE(store_run(index.store,
			     "INSERT INTO kept_apart (la, child, other, reason)"
			     " VALUES (206, $1, $2, 'adopted')",
			     STORE_VALUES(store_integer(before),
				     store_integer(after)),
			     &fault),
		&fault);
	again(&index);
	/* The old number must not come to stand with the new record. */
	assert_true(CLAIM(&index, .child_id = "T2", .upn = UPN_TWO,
			    .former = UPN_ONE, .born = "2012-06-05")
			    .child
		== after);
	again(&index);
	assert_true(CLAIM(&index, .upn = UPN_ONE, .born = "2012-06-05").child
		== before);
	assert_true(CLAIM(&index, .upn = UPN_TWO, .born = "2012-06-05").child
		== after);
	end(&index);
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "SELECT COUNT(*), COUNT(DISTINCT child) FROM"
				    " identifier WHERE scheme LIKE '%upn'"),
		"2|2\n");
}

static void test_unborn(void **state)
{
	struct index index;
	struct harness *harness = harness_of(state);
	begin(&index, harness);
	int64_t child =
		CLAIM(&index, .child_id = "T1", .expected = "2024-07-01").child;
	again(&index);
	struct people_found born = CLAIM(&index, .child_id = "T1",
		.born = "2024-06-20", .sex = "M");
	assert_true(born.child == child && !born.born_differs);
	/* A later file that still expects the birth changes nothing. */
	again(&index);
	assert_true(CLAIM(&index, .child_id = "T1", .expected = "2024-07-01").child
		== child);
	end(&index);
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "SELECT born, expected, sex FROM child"),
		"2024-06-20|-|M\n");
}

/* What is known is kept; U gives way to a sex, nothing gives way to nothing. */
static void test_learning(void **state)
{
	struct index index;
	struct harness *harness = harness_of(state);
	begin(&index, harness);
	CLAIM(&index, .child_id = "T1", .sex = "U");
	CLAIM(&index, .child_id = "T2", .sex = "U");
	CLAIM(&index, .child_id = "T3", .sex = "F", .born = "2012-06-05");
	again(&index);
	assert_false(CLAIM(&index, .child_id = "T1", .sex = "M").sex_differs);
	CLAIM(&index, .child_id = "T2", .born = "2012-06-05");
	assert_false(CLAIM(&index, .child_id = "T3", .sex = "U").sex_differs);
	CLAIM(&index, .child_id = "T3", .born = "2012-06-06");
	end(&index);
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "SELECT i.value, c.sex, c.born FROM child AS c"
				    " JOIN identifier AS i ON i.child = c.id"
				    " ORDER BY i.value"),
		"T1|M|-\nT2|U|2012-06-05\nT3|F|2012-06-05\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_by_id),
		HARNESS_EACH_ENGINE(test_by_upn),
		HARNESS_SQLITE(test_former_upn),
		HARNESS_SQLITE(test_by_nhs),
		HARNESS_SQLITE(test_twins),
		HARNESS_EACH_ENGINE(test_no_number),
		HARNESS_EACH_ENGINE(test_kept_apart),
		HARNESS_EACH_ENGINE(test_unborn),
		HARNESS_EACH_ENGINE(test_learning),
	};
	return HARNESS_RUN(tests);
}
