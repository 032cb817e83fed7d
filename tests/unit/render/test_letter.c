/* SPDX-License-Identifier: MIT
 *
 * Letters are filled with what was given and with nothing else; text stays
 * text.
 */
#include "render/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct letter_value values[] = {{"child.name", NULL,
						     {"Ada <b>Test</b>", 15}},
	{"reasons", "Reasons", {"one & two\nthree", 15}},
	{"stated", "Stated", {"No", 2}}, {"absent", "Absent", {NULL, 0}}};
static const struct letter_value first[] = {{"on", "Day", {"1 May", 5}}},
				 second[] = {{"on", "Day", {"2 May", 5}}};
static const struct letter_row rows[] = {{first, 1}, {second, 1}};
static const struct letter_part parts[] = {{"meetings", "Meeting", rows, 2, 2},
	{"none", "None", NULL, 0, 0}};

static struct letter letter_of(const char *template)
{
	return (struct letter){.title = "A letter",
		.language = "en",
		.council = "Testshire",
		.address = "1 Test Street",
		.contact = "Call us",
		.recipient = "Parent\n2 Test Street",
		.date = "1 May 2025",
		.reference = "EHE-1",
		.template = text_of(template),
		.values = values,
		.value_count = COUNT_OF(values),
		.parts = parts,
		.part_count = COUNT_OF(parts)};
}

/* What stands inside <main>. */
static void check(const char *template, const char *wanted)
{
	struct letter letter = letter_of(template);
	struct buffer out = {.maximum = 1 << 16};
	struct fault fault = {0};
	if (!letter_write(&letter, &out, &fault))
		fail_msg("%s: %s", template, fault.message);
	const char *at = strstr(out.bytes, "<main>\n") + 7;
	size_t length = (size_t)(strstr(at, "\n</main>") - at);
	assert_int_equal(length, strlen(wanted));
	assert_memory_equal(at, wanted, length);
	buffer_finish(&out);
}

static void test_filled(void **state)
{
	(void)state;
	check("Dear {{ child.name }},", "Dear Ada &lt;b&gt;Test&lt;/b&gt;,");
	check("{{reasons}}", "one &amp; two<br>three");
	check("[{{absent}}][{{nowhere}}]", "[][]");
	check("{{#if reasons}}yes{{/if}}{{#if absent}}no{{/if}}", "yes");
	check("{{#if stated}}no{{/if}}{{#unless stated}}not{{/unless}}", "not");
	check("{{#unless absent}}a{{#if reasons}}b{{/if}}c{{/unless}}", "abc");
	check("{{meetings.on}}", "2 May");
	check("{{#each meetings}}<li>{{meetings.on}}</li>{{/each}}",
		"<li>1 May</li><li>2 May</li>");
	check("{{#if meetings}}m{{/if}}{{#if none}}n{{/if}}", "m");
	check("{{#each none}}x{{/each}}", "");
}

static void test_everything(void **state)
{
	(void)state;
	check("{{everything}}",
		"<table>\n<tr><th scope=\"row\">Reasons</th><td>one &amp; two<br>"
		"three</td></tr>\n<tr><th scope=\"row\">Stated</th><td>No</td></tr>\n"
		"</table>\n<h2>Meeting 1</h2>\n<table>\n<tr><th scope=\"row\">Day</th>"
		"<td>1 May</td></tr>\n</table>\n<h2>Meeting 2</h2>\n<table>\n<tr>"
		"<th scope=\"row\">Day</th><td>2 May</td></tr>\n</table>\n");
}

static void test_refused(void **state)
{
	static const char *const templates[] = {"{{open", "{{/if}}",
		"{{#if a}}never closed", "{{#if a}}x{{/unless}}",
		"{{#with a}}x{{/with}}"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(templates); i++) {
		struct letter letter = letter_of(templates[i]);
		struct buffer out = {.maximum = 1 << 16};
		struct fault fault = {0};
		if (letter_write(&letter, &out, &fault))
			fail_msg("taken: %s", templates[i]);
		assert_int_equal(fault.kind, FAULT_INPUT);
		buffer_finish(&out);
	}
}

static bool is_a(void *context, struct text name, struct text each)
{
	(void)context;
	return text_is(name, "a") || text_is(each, "a");
}

static void test_checked(void **state)
{
	const struct letter_names names = {is_a, NULL};
	struct fault fault = {0};
	(void)state;
	assert_true(letter_check(TEXT("{{a}}{{#each a}}{{b}}{{/each}}"), &names,
		&fault));
	assert_false(letter_check(TEXT("{{a}}{{b}}"), &names, &fault));
	assert_string_equal(fault.message,
		"is no name this letter may use: \"b\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_filled),
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_checked)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
