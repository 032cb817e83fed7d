/* SPDX-License-Identifier: MIT
 *
 * The table of transitions of home education, allowed and refused, as a whole:
 * each step is tried from each state, before and after the 2026 Act begins, and
 * what the engine offers is compared with tests/golden/ehe-steps.txt. The ways
 * between states are written down here once more, from the law's order, so that
 * the file is not its own judge. KITH_TEST_REWRITE=1 writes the file anew.
 */
#include "base/file.h"
#include "home.h"

struct way {
	const char *from, *to;
};

/* From where to where a case may go, in one step. */
static const struct way ways[] = {
	{"NOTIFIED", "TRIAGE"},
	{"TRIAGE", "TRIAGE"},
	{"TRIAGE", "REGISTERED"},
	{"TRIAGE", "CONSENT"},
	{"TRIAGE", "CME"},
	{"CONSENT", "TRIAGE"},
	{"REGISTERED", "CONTACTED"},
	{"REGISTERED", "SUITABLE"},
	{"REGISTERED", "UNCLEAR"},
	{"REGISTERED", "CME"},
	{"REGISTERED", "RETURNED"},
	{"CONTACTED", "SUITABLE"},
	{"CONTACTED", "UNCLEAR"},
	{"CONTACTED", "CME"},
	{"CONTACTED", "RETURNED"},
	{"SUITABLE", "SUITABLE"},
	{"SUITABLE", "UNCLEAR"},
	{"SUITABLE", "RETURNED"},
	{"UNCLEAR", "SUITABLE"},
	{"UNCLEAR", "FORMAL_NOTICE"},
	{"UNCLEAR", "CME"},
	{"UNCLEAR", "RETURNED"},
	{"FORMAL_NOTICE", "SUITABLE"},
	{"FORMAL_NOTICE", "NOT_SATISFIED"},
	{"FORMAL_NOTICE", "UNCLEAR"},
	{"FORMAL_NOTICE", "RETURNED"},
	{"NOT_SATISFIED", "MONITOR"},
	{"NOT_SATISFIED", "INTENTION"},
	{"NOT_SATISFIED", "SAO_IN_FORCE"},
	{"NOT_SATISFIED", "SUITABLE"},
	{"NOT_SATISFIED", "RETURNED"},
	{"MONITOR", "SUITABLE"},
	{"MONITOR", "UNCLEAR"},
	{"MONITOR", "FORMAL_NOTICE"},
	{"MONITOR", "RETURNED"},
	{"INTENTION", "SAO_IN_FORCE"},
	{"INTENTION", "SUITABLE"},
	{"INTENTION", "RETURNED"},
	{"SAO_IN_FORCE", "SAO_IN_FORCE"},
	{"SAO_IN_FORCE", "COMPLIED"},
	{"SAO_IN_FORCE", "BREACH"},
	{"SAO_IN_FORCE", "REVOKED"},
	{"BREACH", "SAO_IN_FORCE"},
	{"BREACH", "ESO_CONSIDERED"},
	{"BREACH", "COMPLIED"},
	{"BREACH", "REVOKED"},
	{"ESO_CONSIDERED", "PROSECUTION_CONSIDERED"},
	{"ESO_CONSIDERED", "COMPLIED"},
	{"ESO_CONSIDERED", "REVOKED"},
	{"PROSECUTION_CONSIDERED", "COMPLIED"},
	{"PROSECUTION_CONSIDERED", "REVOKED"},
	{"REVOKED", "SUITABLE"},
	{"REVOKED", "UNCLEAR"},
	{"REVOKED", "RETURNED"},
	{"CME", "TRIAGE"},
	{"CME", "RETURNED"},
	{"CLOSED", "TRIAGE"},
};

static bool is_way(const char *from, const char *to)
{
	/* Any case that is open may be closed. */
	if (text_is(text_of(to), "CLOSED"))
		return !text_is(text_of(from), "CLOSED");
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (text_is(text_of(from), ways[i].from)
			&& text_is(text_of(to), ways[i].to))
			return true;
	return false;
}

static const struct definition *open_register(struct arena *arena)
{
	struct fault fault = {0};
	struct codes *codes;
	struct registers *registers;
	HARNESS_DONE(codes_open(arena, NULL, &codes, &fault), &fault);
	HARNESS_DONE(register_open(arena, codes, NULL, &registers, &fault),
		&fault);
	return register_find(registers, TEXT("ehe"))->definition;
}

/* An entry in a state, with the Act beginning on a day or not at all. */
static struct entry *in_state(const struct definition *of,
	const struct definition_state *state, struct date commences,
	struct arena *arena)
{
	struct value facts[FACTS] = {{0}}, settings[DEFINITION_SETTINGS] = {{0}};
	struct entry *entry = entry_new(of, HARNESS_LA, 1, arena);
	for (size_t i = 0; i < of->setting_count; i++)
		settings[i] = text_is(text_of(of->settings[i].name),
				      "ehe_2026_commencement")
			? value_date(commences)
			: of->settings[i].initial;
	entry_dress(entry, facts, settings);
	if (state != NULL)
		entry_set_slot(entry, DEFINITION_STATE,
			value_text(text_of(state->name)));
	return entry;
}

static bool is_offered(const struct definition *of,
	const struct definition_step *step,
	const struct definition_state *state, const char *commences)
{
	struct arena *arena = arena_open();
	struct entry *entry = in_state(of, state, registering_day(commences),
		arena);
	bool is_open = step_is_open(entry, step, registering_day("2025-06-02"));
	arena_close(arena);
	return is_open;
}

static void print_states(const struct definition *of, uint64_t states,
	struct buffer *out)
{
	uint64_t all = ((uint64_t)1 << of->state_count) - 1, open = all;
	for (size_t i = 0; i < of->state_count; i++)
		if (of->states[i].closes)
			open &= ~((uint64_t)1 << i);
	if (states == all || states == open) {
		buffer_string(out, states == all ? " any" : " any-open");
		return;
	}
	for (size_t i = 0; i < of->state_count; i++)
		if (states >> i & 1)
			buffer_format(out, " %s", of->states[i].name);
}

/* "serve-notice: UNCLEAR MONITOR -> FORMAL_NOTICE (until the 2026 Act)" */
static void print_step(const struct definition *of,
	const struct definition_step *step, struct buffer *out)
{
	bool is_old = false, is_new = false;
	uint64_t states = 0;
	buffer_format(out, "%s:", step->name);
	for (size_t i = 0; i <= of->state_count; i++) {
		const struct definition_state *state = i == of->state_count
			? NULL
			: &of->states[i];
		bool before = is_offered(of, step, state, "");
		bool after = is_offered(of, step, state, "2025-06-02");
		is_old = is_old || before;
		is_new = is_new || after;
		if (before || after)
			states |= (uint64_t)1 << i;
	}
	if (states == (uint64_t)1 << of->state_count)
		buffer_string(out, " (none)");
	else
		print_states(of, states, out);
	buffer_format(out, " -> %s%s\n",
		step->to == NULL ? "same" : step->to->name,
		is_old && is_new ? ""
			: is_old ? " (until the 2026 Act)"
				 : " (from the 2026 Act)");
}

static void test_table(void **state)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct buffer out = {.maximum = 1 << 16};
	const struct definition *of = open_register(arena);
	(void)state;
	for (size_t i = 0; i < of->step_count; i++)
		print_step(of, &of->steps[i], &out);
	const char *path = GOLDEN "/ehe-steps.txt";
	if (file_environment("KITH_TEST_REWRITE") != NULL)
		HARNESS_DONE(file_write(path, buffer_text(&out), &fault), &fault);
	struct text golden;
	HARNESS_DONE(file_map(path, arena, &golden, &fault), &fault);
	if (!text_equals(golden, buffer_text(&out)))
		fail_msg("tests/golden/ehe-steps.txt differs; what came:\n%.*s",
			(int)out.length, out.bytes);
	buffer_finish(&out);
	arena_close(arena);
}

/* Whether some step leads there, on either side of the Act. */
static bool leads(const struct definition *of,
	const struct definition_state *from, const struct definition_state *to)
{
	for (size_t i = 0; i < of->step_count; i++)
		if (of->steps[i].to == to
			&& (is_offered(of, &of->steps[i], from, "")
				|| is_offered(of, &of->steps[i], from,
					"2025-06-02")))
			return true;
	return false;
}

static void test_ways(void **state)
{
	struct arena *arena = arena_open();
	const struct definition *of = open_register(arena);
	(void)state;
	for (size_t i = 0; i < of->state_count; i++)
		for (size_t j = 0; j < of->state_count; j++) {
			const struct definition_state *from = &of->states[i];
			const struct definition_state *to = &of->states[j];
			bool is_known = is_way(from->name, to->name);
			if (leads(of, from, to) != is_known)
				fail_msg("%s -> %s %s", from->name, to->name,
					is_known ? "is missing"
						 : "must not be there");
		}
	arena_close(arena);
}

/* Each step that decides something is a principal officer's, or is agreed by
 * one; families may only say that they want to talk. */
static void test_roles(void **state)
{
	static const char *const decisions[] = {"consent-give",
		"consent-refuse", "satisfied", "not-satisfied",
		"decide-expedient", "decide-not-expedient", "revoke-order",
		"consider-eso", "consider-prosecution", "record-prosecution"};
	static const char *const agreed[] = {"serve-notice",
		"serve-preliminary", "serve-intention", "serve-order",
		"serve-order-plan", "serve-order-2026", "amend-order"};
	struct arena *arena = arena_open();
	const struct definition *of = open_register(arena);
	uint64_t principal = definition_role(of, TEXT("principal-officer"));
	uint64_t public = definition_role(of, TEXT("family"))
		| definition_role(of, TEXT("young-person"));
	(void)state;
	for (size_t i = 0; i < COUNT_OF(decisions); i++)
		assert_true(definition_step(of, text_of(decisions[i]))->who
			== principal);
	for (size_t i = 0; i < COUNT_OF(agreed); i++)
		assert_true(definition_step(of, text_of(agreed[i]))->approve
			== principal);
	for (size_t i = 0; i < of->step_count; i++)
		if ((of->steps[i].who & public) != 0)
			assert_string_equal(of->steps[i].name,
				"talk-about-school");
	arena_close(arena);
}

/* A statutory step and a clock say under which law. */
static void test_sources(void **state)
{
	struct arena *arena = arena_open();
	const struct definition *of = open_register(arena);
	(void)state;
	for (size_t i = 0; i < of->step_count; i++) {
		const struct definition_step *step = &of->steps[i];
		if (step->approve != 0 && step->source[0] == '\0')
			fail_msg("step \"%s\" names no law", step->name);
	}
	for (size_t i = 0; i < of->clock_count; i++)
		if (of->clocks[i].law[0] == '\0')
			fail_msg("clock \"%s\" names no law", of->clocks[i].name);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_table),
		cmocka_unit_test(test_ways), cmocka_unit_test(test_roles),
		cmocka_unit_test(test_sources)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
