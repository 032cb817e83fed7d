/* SPDX-License-Identifier: MIT
 *
 * The invented council.
 */
#include "council.h"

static uint64_t role(const struct council *council, const char *code)
{
	const struct codes_list *roles = codes_list(council->desk.codes, "roles");
	for (size_t i = 0; i < roles->count; i++)
		if (text_is(roles->entries[i].code, code))
			return (uint64_t)1 << i;
	fail_msg("no role %s", code);
	return 0;
}

/* Somebody with one role, in the team "cycles" or in none. */
struct desk council_as(const struct council *council, const char *login,
	const char *code, const char *team)
{
	struct person person = {.login = login,
		.account = 1,
		.roles = role(council, code),
		.teams = {team},
		.team_count = team != NULL,
		.purpose = "test"};
	struct desk desk;
	desk_seat(&council->desk, &person, council->desk.arena, &desk);
	return desk;
}

void council_run(struct council *council, const char *sql)
{
	struct fault fault = {0};
	HARNESS_DONE(store_script(harness_store(council->h), sql, &fault),
		&fault);
}

static const char *open_entry(struct council *council, int64_t child)
{
	const struct step_given given[] = {{TEXT("wheels"), TEXT("16")}};
	struct desk_step_input input = {.register_name = TEXT("lending"),
		.step = TEXT("ask"),
		.child = child,
		.given = given,
		.count = 1,
		.on = date_from(2025, 1, 6)};
	struct desk_step_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(&council->desk, DESK_CASE_STEP, &input,
			     &output, &fault),
		&fault);
	return output.reference;
}

void council_begin(struct council *council, void **state)
{
	struct fault fault = {0};
	council->h = harness_of(state);
	struct desk_options options = {.url = harness_url(council->h),
		.definitions = harness_source(council->h, "tests/council"),
		.actor = "operator",
		.today = date_from(2025, 6, 2)};
	HARNESS_DONE(desk_open(&options, harness_arena(council->h),
			     &council->desk, &fault),
		&fault);
	for (int i = 0; i < CHILDREN; i++) {
		council->children[i] = 101 + i;
		council_run(council,
			arena_format(council->desk.arena,
				"INSERT INTO child (la, id, born, sex, is_uasc,"
				" batch, version) VALUES (206, %d, '2014-05-06',"
				" 'F', 0, 1, 1);"
				"INSERT INTO identifier (la, scheme, value, child,"
				" grade, batch) VALUES (206, 'child_id', 'C%d',"
				" %d, 'valid', 1)",
				101 + i, i, 101 + i));
		council->references[i] = open_entry(council,
			council->children[i]);
	}
}

struct fault council_read(struct desk *desk, const char *reference)
{
	struct desk_case_input input = {.reference = text_of(reference)};
	struct desk_case output;
	struct fault fault = {0};
	(void)!desk_perform(desk, DESK_CASE_READ, &input, &output, &fault);
	return fault;
}

struct fault council_take(struct desk *desk, const char *reference,
	const char *step, const char *name, const char *value)
{
	const struct step_given given[] = {{text_of(name), text_of(value)}};
	struct desk_step_input input = {.reference = text_of(reference),
		.step = text_of(step),
		.given = given,
		.count = name == NULL ? 0 : 1,
		.on = date_from(2025, 2, 1)};
	struct desk_step_output output;
	struct fault fault = {0};
	(void)!desk_perform(desk, DESK_CASE_STEP, &input, &output, &fault);
	return fault;
}

size_t council_listed(struct desk *desk)
{
	struct desk_list_input input = {.register_name = TEXT("lending"),
		.list = TEXT("open")};
	struct desk_list_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(desk, DESK_CASE_LIST, &input, &output, &fault),
		&fault);
	assert_int_equal(output.count, output.total);
	return output.total;
}

size_t council_found(struct desk *desk, const char *words)
{
	struct desk_find_input input = {.words = text_of(words)};
	struct desk_find_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(desk, DESK_CHILD_FIND, &input, &output, &fault),
		&fault);
	return output.count;
}
