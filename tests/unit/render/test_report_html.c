/* SPDX-License-Identifier: MIT
 *
 * The HTML report read by an XML parser: well-formed, one h1, headings without
 * gaps, every reference has its id, every table its caption and scopes, and
 * hostile text nowhere but in text.
 */
#include "render/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <expat.h>
#include <string.h>

#include "base/arena.h"
#include "fixture.h"

enum { NAMES = 512, NAME = 64 };

struct page {
	char ids[NAMES][NAME];
	size_t id_count;
	char references[NAMES][NAME];
	size_t reference_count;
	int h1;
	int heading; /* level of the last one */
	int tables;
	int captions;
	int images;
	int titles; /* inside images */
	int headings_without_scope;
	char flaw[256]; /* the first thing that should not be there */
	struct buffer text;
};

static void set_flaw(struct page *page, const char *what, const char *which)
{
	if (page->flaw[0] == '\0')
		snprintf(page->flaw, sizeof page->flaw, "%s: %s", what, which);
}

static void keep(char names[NAMES][NAME], size_t *count, const char *name,
	size_t length)
{
	assert_true(*count < NAMES && length < NAME);
	memcpy(names[*count], name, length);
	names[(*count)++][length] = '\0';
}

static void keep_references(struct page *page, const char *list)
{
	struct text rest = text_of(list);
	while (rest.length > 0) {
		struct text name = text_split(rest, ' ', &rest);
		keep(page->references, &page->reference_count, name.at,
			name.length);
	}
}

/* Elements and attributes that the report needs; hostile text would bring
 * others (script, img, onerror). */
static bool is_listed(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

static const char *const elements[] = {"html", "head", "meta", "title", "style",
	"body", "a", "header", "main", "h1", "h2", "h3", "p", "dl", "dt", "dd",
	"div", "ul", "ol", "li", "nav", "section", "table", "caption", "thead",
	"tbody", "tr", "th", "td", "strong", "span", "b", "bdi", "br", "svg",
	"desc", "rect", "polyline", "polygon", "circle", "text", "figure",
	"figcaption", "footer", "details", "summary"};

static const char *const attributes[] = {"lang", "xmlns", "charset", "name",
	"content", "http-equiv", "class", "href", "id", "aria-labelledby",
	"aria-describedby", "aria-hidden", "aria-label", "role", "scope",
	"data-label", "tabindex", "dir", "width", "height", "viewBox",
	"focusable", "x", "y", "cx", "cy", "r", "points", "fill", "stroke",
	"stroke-width", "stroke-dasharray", "stroke-linecap", "font-size",
	"font-weight", "text-anchor"};

static void take_attribute(struct page *page, const char *name, const char *value)
{
	if (!is_listed(attributes, COUNT_OF(attributes), name))
		set_flaw(page, "attribute", name);
	if (strcmp(name, "id") == 0)
		keep(page->ids, &page->id_count, value, strlen(value));
	if (strcmp(name, "aria-labelledby") == 0
		|| strcmp(name, "aria-describedby") == 0)
		keep_references(page, value);
	if (strcmp(name, "href") == 0) {
		if (value[0] != '#')
			set_flaw(page, "link outside the page", value);
		else
			keep_references(page, value + 1);
	}
}

static void XMLCALL start(void *data, const char *name, const char **attribute)
{
	struct page *page = data;
	if (!is_listed(elements, COUNT_OF(elements), name))
		set_flaw(page, "element", name);
	bool has_scope = false, is_image = false;
	for (; *attribute != NULL; attribute += 2) {
		take_attribute(page, attribute[0], attribute[1]);
		has_scope |= strcmp(attribute[0], "scope") == 0;
		is_image |= strcmp(attribute[1], "img") == 0;
	}
	if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
		int level = name[1] - '0';
		page->h1 += level == 1;
		if (level > page->heading + 1)
			set_flaw(page, "heading after a gap", name);
		page->heading = level;
	}
	page->tables += strcmp(name, "table") == 0;
	page->captions += strcmp(name, "caption") == 0;
	page->images += is_image;
	page->titles += strcmp(name, "title") == 0;
	page->headings_without_scope += strcmp(name, "th") == 0 && !has_scope;
}

static void XMLCALL characters(void *data, const char *at, int length)
{
	struct page *page = data;
	buffer_add(&page->text, (struct text){at, (size_t)length});
}

static struct page *read_page(struct arena *arena, struct buffer *out)
{
	struct fault fault = {0};
	assert_true(report_write_html(&fixture_report, out, &fault));
	struct page *page = arena_new(arena, sizeof *page);
	XML_Parser parser = XML_ParserCreate("UTF-8");
	XML_SetUserData(parser, page);
	XML_SetStartElementHandler(parser, start);
	XML_SetCharacterDataHandler(parser, characters);
	if (XML_Parse(parser, out->bytes, (int)out->length, 1) != XML_STATUS_OK)
		fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser),
			XML_ErrorString(XML_GetErrorCode(parser)));
	XML_ParserFree(parser);
	return page;
}

static bool has_name(char names[NAMES][NAME], size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void the_page_is_well_made(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct buffer out = {0};
	struct page *page = read_page(arena, &out);
	assert_string_equal(page->flaw, "");
	assert_int_equal(page->h1, 1);
	assert_true(page->tables > 10);
	assert_int_equal(page->tables, page->captions);
	assert_int_equal(page->headings_without_scope, 0);
	/* Seven measures have a chart, each for two widths; besides their
	 * titles there is the page's own. */
	assert_int_equal(page->images, 14);
	assert_int_equal(page->titles, 15);
	buffer_finish(&page->text);
	buffer_finish(&out);
	arena_close(arena);
}

static void every_reference_has_its_id(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct buffer out = {0};
	struct page *page = read_page(arena, &out);
	assert_true(page->reference_count > 30);
	for (size_t i = 0; i < page->reference_count; i++)
		if (!has_name(page->ids, page->id_count, page->references[i]))
			fail_msg("no element has the id \"%s\"",
				page->references[i]);
	for (size_t i = 0; i < page->id_count; i++)
		if (has_name(page->ids, i, page->ids[i]))
			fail_msg("two elements have the id \"%s\"", page->ids[i]);
	buffer_finish(&page->text);
	buffer_finish(&out);
	arena_close(arena);
}

static void hostile_text_stays_text(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct buffer out = {0};
	struct page *page = read_page(arena, &out);
	static const char *const as_text[] = {
		"<script>alert(\"title\")</script> & Łódź",
		"<img src=x onerror=alert(1)>",
		"</p></section><h1>Not a heading</h1>",
		"]]> --> &amp; &#x3c;",
		"فاطمة الزهراء",
		"\xEF\xBF\xBDgnirts desrever",
	};
	for (size_t i = 0; i < COUNT_OF(as_text); i++)
		if (strstr(page->text.bytes, as_text[i]) == NULL)
			fail_msg("the text lacks: %s", as_text[i]);
	static const char *const never[] = {"<script", "<img", "<textarea",
		"<i>", "</i>", "<b>last", "<u>", "\x1b", "\xE2\x80\xAE"};
	for (size_t i = 0; i < COUNT_OF(never); i++)
		if (strstr(out.bytes, never[i]) != NULL)
			fail_msg("the page holds: %s", never[i]);
	buffer_finish(&page->text);
	buffer_finish(&out);
	arena_close(arena);
}

/* Nothing is fetched: no source, no style from elsewhere. */
static void nothing_comes_from_elsewhere(void **state)
{
	(void)state;
	struct buffer out = {0};
	struct fault fault = {0};
	assert_true(report_write_html(&fixture_report, &out, &fault));
	static const char *const never[] = {"src=\"", "url(", "@import",
		"<link", "<script", "style=\""};
	for (size_t i = 0; i < COUNT_OF(never); i++)
		if (strstr(out.bytes, never[i]) != NULL)
			fail_msg("the page holds: %s", never[i]);
	buffer_finish(&out);
}

/* What a reader must be told in words beside each figure. */
static void the_page_says_what_it_must(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct buffer out = {0};
	struct page *page = read_page(arena, &out);
	static const char *const wanted[] = {
		"20.7%",
		"26.7%",
		"14.4%",
		"12.1%",
		"67.0%",
		"17.7%",
		"24.5%",
		"6.0 percentage points lower",
		"2.3 percentage points higher",
		"Green: meets target",
		"Amber: misses target by less than a tenth",
		"12 plans for a child with an earlier plan, of 58 plans",
		"c: suppressed: fewer than 6 young people",
		"u: the data loaded do not cover all its days",
		"suppressed because it could identify a child",
		"The axis starts at 66%, not at zero.",
		"Not written yet",
		"99.8% linked to a child",
		"Source: Department for Education",
	};
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		if (strstr(page->text.bytes, wanted[i]) == NULL)
			fail_msg("the page does not say: %s", wanted[i]);
	buffer_finish(&page->text);
	buffer_finish(&out);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_is_well_made),
		cmocka_unit_test(every_reference_has_its_id),
		cmocka_unit_test(hostile_text_stays_text),
		cmocka_unit_test(nothing_comes_from_elsewhere),
		cmocka_unit_test(the_page_says_what_it_must),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
