/* SPDX-License-Identifier: MIT
 *
 * Making the council, and asking.
 */
#include "api_council.h"

#include "accounts/password.h"

void council_run(struct council *council, const char *sql)
{
	struct fault fault = {0};
	HARNESS_DONE(store_script(harness_store(council->h), sql, &fault),
		&fault);
}

static void add_child(struct council *council, int relation)
{
	int64_t id = 900001 + relation;
	council->children[relation] = id;
	council_run(council,
		arena_format(council->arena,
			"INSERT INTO child (la, id, born, sex, is_uasc, batch,"
			" version) VALUES (206, %lld, '2014-05-%02d', 'F', 0, 1,"
			" 1);"
			"INSERT INTO identifier (la, scheme, value, child, grade,"
			" batch) VALUES (206, 'child_id', 'NUMBER%d', %lld,"
			" 'valid', 1);"
			"INSERT INTO child_name (la, child, kind, surname,"
			" forename, folded, batch) VALUES (206, %lld, 'legal',"
			" 'Zebedee', 'Quillon%d', 'zebedee quillon%d', 1)",
			(long long)id, relation + 1, relation, (long long)id,
			(long long)id, relation, relation));
}

static void take(struct council *council, int relation, const char *step,
	bool is_opening)
{
	const struct step_given given[] = {{TEXT("wheels"), TEXT("16")}};
	struct desk_step_input input = {.step = text_of(step),
		.on = date_from(2025, 1, 6)};
	struct desk_step_output output;
	struct fault fault = {0};
	if (is_opening) {
		input.register_name = TEXT("lending");
		input.child = council->children[relation];
		input.given = given;
		input.count = 1;
	} else {
		input.reference = text_of(council->entries[relation]);
	}
	HARNESS_DONE(desk_perform(&council->desk, DESK_CASE_STEP, &input,
			     &output, &fault),
		&fault);
	if (is_opening)
		council->entries[relation] = output.reference;
	else
		council->proposals[relation] = output.proposal;
}

static void give(struct council *council, int relation, const char *owner,
	const char *team)
{
	struct desk_assign_input input = {.reference = text_of(
						  council->entries[relation]),
		.owner = text_of(owner),
		.team = text_of(team)};
	struct desk_step_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(&council->desk, DESK_CASE_ASSIGN, &input,
			     &output, &fault),
		&fault);
}

static void restrict_child(struct council *council, int relation)
{
	struct desk_restrict_input input = {.child = council->children[relation],
		.reason = "tested",
		.guardian = "gwen"};
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(&council->desk, DESK_RESTRICT, &input, NULL,
			     &fault),
		&fault);
}

static void relate(struct council *council)
{
	give(council, SIGHT_OWNS, "tester", "cycles");
	give(council, SIGHT_OTHER, "", "boats");
	restrict_child(council, SIGHT_RESTRICTED);
	restrict_child(council, SIGHT_OPENED);
	council_run(council,
		arena_format(council->arena,
			"INSERT INTO break_glass (la, id, child, login, reason,"
			" opened_at, until, guardian, review_due) VALUES (206, 7,"
			" %lld, 'tester', 'tested', '2025-01-01T00:00:00.000Z',"
			" '2099-01-01T00:00:00.000Z', 'gwen', '2025-01-03')",
			(long long)council->children[SIGHT_OPENED]));
	council_run(council,
		arena_format(council->arena,
			"INSERT INTO account (la, id, login, email, name, state,"
			" language, created_at, created_by, roles_at, second_step,"
			" version) VALUES (206,"
			" 1, 'tester', '', 'Tester', 'active', 'en', 1, 'test', 1,"
			" 0, 1); INSERT INTO account_child_conflict (la, account,"
			" child, reason, set_at, set_by) VALUES (206, 1, %lld,"
			" 'own-family', 1, 'test')",
			(long long)council->children[SIGHT_CONFLICT]));
}

static void open_site(struct council *council)
{
	struct fault fault = {0};
	size_t count;
	const struct http_route *routes = api_routes(&count);
	council->writers = writers_open();
	HARNESS_DONE(api_worker_open(&(struct api_worker_options){.url = harness_url(
									  council->h),
					     .definitions =
						     harness_source(council->h,
							     "tests/council"),
					     .writers = council->writers,
					     .today = date_from(2025, 6, 2)},
			     &council->worker, &fault),
		&fault);
	HARNESS_DONE(http_site_open(&(struct http_options){.routes = routes,
					    .route_count = count},
			     council->arena, &council->site, &fault),
		&fault);
}

void council_begin(struct council *council, void **state)
{
	struct fault fault = {0};
	*council = (struct council){.h = harness_of(state)};
	council->arena = harness_arena(council->h);
	struct desk_options options = {.url = harness_url(council->h),
		.definitions = harness_source(council->h, "tests/council"),
		.actor = "operator",
		.today = date_from(2025, 6, 2)};
	HARNESS_DONE(desk_open(&options, council->arena, &council->desk, &fault),
		&fault);
	for (int i = 0; i < SIGHT_RELATIONS; i++) {
		char reference[ENTRY_REFERENCE];
		add_child(council, i);
		take(council, i, "ask", true);
		take(council, i, "scrap", false);
		entry_reference(register_find(council->desk.registers,
					TEXT("lending"))
					->definition,
			424242, reference);
		council->entries[COUNCIL_MISSING] = arena_string(council->arena,
			text_of(reference));
	}
	council->children[COUNCIL_MISSING] = 424242;
	relate(council);
	open_site(council);
}

void council_end(struct council *council)
{
	api_worker_close(council->worker);
	writers_close(council->writers);
}

void council_ask_as_place(struct council *council, size_t role)
{
	council->person = (struct person){.login = "tester",
		.account = 1,
		.roles = (uint64_t)1 << role,
		.teams = {"cycles"},
		.team_count = 1,
		.purpose = "api"};
	council->worker->person = &council->person;
}

void council_ask_as(struct council *council, const char *role)
{
	const struct codes_list *roles = codes_list(council->desk.codes, "roles");
	council->worker->person = NULL;
	for (size_t i = 0; role != NULL && i < roles->count; i++)
		if (text_is(roles->entries[i].code, role))
			council_ask_as_place(council, i);
	assert_true(role == NULL || council->worker->person != NULL);
}

struct http_answer council_ask(struct council *council, struct council_asked asked)
{
	struct http_field fields[5] = {{TEXT("Host"), TEXT("localhost")}};
	size_t count = 1;
	const char *body = asked.body == NULL ? "" : asked.body;
	if (asked.body != NULL) {
		fields[count++] = (struct http_field){TEXT("Content-Type"),
			TEXT("application/json")};
		fields[count++] = (struct http_field){TEXT("Content-Length"),
			text_of(arena_format(council->arena, "%zu",
				text_of(body).length))};
	}
	if (council->token != NULL)
		fields[count++] = (struct http_field){TEXT("Authorization"),
			text_of(arena_format(council->arena, "Bearer %s",
				council->token))};
	if (asked.header.name.length > 0)
		fields[count++] = asked.header;
	const struct http_head head = {.method = text_of(asked.method),
		.target = text_of(asked.target),
		.client = TEXT("192.0.2.1"),
		.fields = {fields, count}};
	return http_answer(council->site, &head, text_of(body), council->worker,
		council->arena);
}

const char *council_header(struct council *council,
	const struct http_answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->headers.count; i++)
		if (text_is(answer->headers.at[i].name, name))
			return arena_string(council->arena,
				answer->headers.at[i].value);
	return "";
}

/* $REF, $CHILD and $PROPOSAL. */
const char *council_fill(struct council *council, const char *text, int relation)
{
	struct buffer out = {.maximum = 1 << 16};
	struct text rest = text_of(text);
	while (rest.length > 0) {
		if (text_starts(rest, TEXT("$REF"))) {
			buffer_string(&out, council->entries[relation]);
			rest = text_cut(rest, 4, rest.length);
		} else if (text_starts(rest, TEXT("$CHILD"))) {
			buffer_format(&out, "%lld",
				(long long)council->children[relation]);
			rest = text_cut(rest, 6, rest.length);
		} else if (text_starts(rest, TEXT("$PROPOSAL"))) {
			buffer_format(&out, "%lld",
				relation == COUNCIL_MISSING
					? 424242LL
					: (long long)council->proposals[relation]);
			rest = text_cut(rest, 9, rest.length);
		} else {
			buffer_char(&out, rest.at[0]);
			rest = text_cut(rest, 1, rest.length);
		}
	}
	const char *filled = arena_string(council->arena, buffer_text(&out));
	buffer_finish(&out);
	return filled;
}

void council_names_nobody(const struct council *council, struct text bytes)
{
	static const char *const words[] = {"Zebedee", "ZEBEDEE", "Quillon",
		"NUMBER", "2014-05"};
	(void)council;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_has(bytes, text_of(words[i])))
			fail_msg("\"%s\" is in an answer: %.2000s", words[i],
				bytes.at);
}

const char *council_token(struct council *council, const char *login,
	const char *roles, const char *scopes)
{
	struct desk_account_input input = {.doing = DESK_ACCOUNT_ADD,
		.login = login,
		.name = "Somebody",
		.roles = roles};
	struct desk_account_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(&council->desk, DESK_ACCOUNT, &input, &output,
			     &fault),
		&fault);
	council_run(council,
		arena_format(council->arena,
			"UPDATE account SET state = 'active' WHERE login = '%s'",
			login));
	input.doing = DESK_ACCOUNT_TOKEN_ADD;
	input.name = "tests";
	input.scopes = scopes;
	HARNESS_DONE(desk_perform(&council->desk, DESK_ACCOUNT, &input, &output,
			     &fault),
		&fault);
	return output.link;
}
