/* SPDX-License-Identifier: MIT
 *
 * The XML front: what the consumer is told, in which encodings, and what is
 * refused with which words. Every reading is also made byte by byte, which
 * must tell the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/limits.h"
#include "feeds/xml.h"

/* The plain reader is used by xml_read alone; its text lies in the file. */
struct tally {
	struct text given;
	int starts, ends;
	int lasting;
};

static bool count_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	(void)element, (void)fault;
	((struct tally *)self)->starts++;
	return true;
}

static bool count_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct tally *tally = self;
	(void)fault;
	tally->ends++;
	if (!element->is_lasting)
		return true;
	tally->lasting++;
	assert_true(element->text.length == 0
		|| (element->text.at > tally->given.at
			&& element->text.at + element->text.length
				< tally->given.at + tally->given.length));
	return true;
}

static struct tally tally_of(struct text given)
{
	struct tally tally = {.given = given};
	struct fault fault = {0};
	assert_true(xml_read(given,
		&(struct xml_consumer){.self = &tally,
			.start = count_start,
			.end = count_end},
		&fault));
	assert_int_equal(tally.starts, tally.ends);
	return tally;
}

enum { MESSAGE, CHILD, ID, NOTE };
static const char *const names[] =
	{[MESSAGE] = "Message", [CHILD] = "Child", [ID] = "LAchildID", [NOTE] = "Note"};

static bool told_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct buffer *out = self;
	(void)fault;
	buffer_format(out, "%d.%d@%d<", element->depth, element->name,
		(int)element->line);
	buffer_add(out, element->tag);
	struct text id = xml_attribute(element, "id");
	buffer_format(out, "%s" TEXT_FORMAT,
		id.length == 0 ? "" : " id=", TEXT_ARGS(id));
	buffer_string(out, "> ");
	return true;
}

static bool told_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct buffer *out = self;
	if (text_is(element->text, "stop"))
		return fault_set(fault, FAULT_INPUT, "the consumer says stop");
	buffer_format(out, "%d.%d@%d[", element->depth, element->name,
		(int)element->line);
	buffer_add(out, element->text);
	buffer_string(out, element->has_children ? "+] " : "] ");
	return true;
}

static bool read_with(struct text bytes, size_t piece, struct buffer *out,
	struct fault *fault)
{
	struct xml_consumer consumer = {.names = names,
		.count = COUNT_OF(names),
		.self = out,
		.start = told_start,
		.end = told_end};
	if (piece == 0)
		return xml_read(bytes, &consumer, fault);
	struct xml *xml = xml_open(&consumer);
	bool is_read = true;
	for (size_t i = 0; i < bytes.length && is_read; i += piece)
		is_read = xml_feed(xml, text_cut(bytes, i, piece), fault);
	is_read = is_read && xml_finish(xml, fault);
	xml_close(xml);
	return is_read;
}

static void check_tells(struct text given, const char *expected)
{
	for (size_t piece = 0; piece < 4; piece++) {
		struct buffer out = {0};
		struct fault fault = {0};
		bool is_read = read_with(given, piece, &out, &fault);
		assert_string_equal(fault.message, "");
		assert_true(is_read);
		assert_string_equal(out.bytes, expected);
		buffer_finish(&out);
	}
}

static void check_refused(struct text given, const char *message)
{
	for (size_t piece = 0; piece < 2; piece++) {
		struct buffer out = {0};
		struct fault fault = {0};
		assert_false(read_with(given, piece, &out, &fault));
		assert_string_equal(fault.message, message);
		buffer_finish(&out);
	}
}

static void test_tells_elements(void **state)
{
	(void)state;
	check_tells(TEXT("<Message>\n <Child>\n  <LAchildID> A1 </LAchildID>\n"
			 "  <Other/>\n </Child>\n</Message>\n"),
		"1.0@1<Message> 2.1@2<Child> 3.2@3<LAchildID> 3.2@3[A1] "
		"3.-1@4<Other> 3.-1@4[] 2.1@2[+] 1.0@1[+] ");
}

static void test_passes_over_stray_text(void **state)
{
	(void)state;
	check_tells(TEXT("<Message>stray<Child>x<Note>a<!-- b -->&lt;c</Note>y"
			 "<Note><![CDATA[<d>]]></Note></Child>z</Message>"),
		"1.0@1<Message> 2.1@1<Child> 3.3@1<Note> 3.3@1[a<c] "
		"3.3@1<Note> 3.3@1[<d>] 2.1@1[+] 1.0@1[+] ");
}

static void test_prefixes_and_attributes(void **state)
{
	(void)state;
	check_tells(TEXT("<x:Message xmlns:x=\"u\"><x:Child b='1' x:id='7'/>"
			 "</x:Message>"),
		"1.0@1<Message> 2.1@1<Child id=7> 2.1@1[] 1.0@1[+] ");
}

static void test_encodings(void **state)
{
	(void)state;
	const char *told = "1.3@1<Note> 1.3@1[\xc3\xa9\xe2\x82\xac] ";
	check_tells(TEXT("\xef\xbb\xbf<Note>\xc3\xa9\xe2\x82\xac</Note>"), told);
	check_tells(TEXT("<?xml version='1.0' encoding='Windows-1252'?>"
			 "<Note>\xe9\x80</Note>"),
		told);
	check_tells(TEXT("<?xml version='1.0' encoding='ISO-8859-1'?>"
			 "<Note>\xe9</Note>"),
		"1.3@1<Note> 1.3@1[\xc3\xa9] ");
	static const char wide[] = "\xff\xfe<\0N\0o\0t\0e\0>\0\xe9\0\xac\x20<\0/\0"
				   "N\0o\0t\0e\0>\0";
	check_tells((struct text){wide, sizeof wide - 1}, told);
}

static void test_plain_text_lies_in_the_file(void **state)
{
	(void)state;
	struct tally tally = tally_of(
		TEXT("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n"
		     "<Message xmlns:a='urn:b'><!-- c -->\r\n"
		     "<Note>\xc3\xa9 ></Note><Note d=\"e\" /><Note>\r\n</Note>"
		     "<Note>f &amp; g</Note></Message>\r\n"));
	assert_int_equal(tally.ends, 5);
	assert_int_equal(tally.lasting, 2);
}

/* The library goes on where the plain reader gives up: each is told once. */
static void test_goes_on_where_it_is_odd(void **state)
{
	(void)state;
	static const char *const odd[] = {"<![CDATA[x]]>", "<?x y?>", "&#233;",
		"<Note \xc3\xa9='1'/>", "<Note a='\n'/>", "\r", "]]",
		"<Note a='1' b='2' c='3' d='4' e='5' f='6' g='7' h='8' i='9'/>"};
	for (size_t i = 0; i < COUNT_OF(odd); i++) {
		struct buffer bytes = {0};
		buffer_format(&bytes,
			"<Message><Child><Note>1</Note>%s<Note>2</Note></Child>"
			"</Message>",
			odd[i]);
		struct tally tally = tally_of(buffer_text(&bytes));
		assert_int_equal(tally.ends, 4 + (odd[i][1] == 'N'));
		assert_int_equal(tally.lasting, 1);
		buffer_finish(&bytes);
	}
}

static void test_line_ends(void **state)
{
	(void)state;
	const char *told = "1.0@1<Message> 2.3@3<Note id=7> 2.3@3[a\nb] "
			   "2.1@6<Child> 2.1@6[] 1.0@1[+] ";
	check_tells(TEXT("<Message>\n<!--\n--><Note\nid='7'>a\nb</Note\n><Child/>"
			 "</Message>\n"),
		told);
	check_tells(TEXT("<Message>\r\n<!--\r\n--><Note\r\nid='7'>a\r\nb</Note"
			 "\r\n><Child/></Message>\r\n"),
		told);
	check_tells(TEXT("<Message>\r<!--\r--><Note\rid='7'>a\rb</Note\r><Child/>"
			 "</Message>\r"),
		told);
}

static void test_references(void **state)
{
	(void)state;
	check_tells(TEXT("<Note>&lt;&gt;&amp;&quot;&apos;&#65;&#x4a;&#x4A;&#xe9;"
			 "&#8364;&#x10FFFF;</Note>"),
		"1.3@1<Note> 1.3@1[<>&\"'AJJ\xc3\xa9\xe2\x82\xac"
		"\xf4\x8f\xbf\xbf] ");
}

static void test_refuses_plainly(void **state)
{
	(void)state;
	check_refused(TEXT(""),
		"cannot read the XML at line 1, column 1: the "
		"file ends before its outermost element does");
	check_refused(TEXT("<a>\n<b></a>"),
		"cannot read the XML at line 2, "
		"column 6: a closing tag does not match the tag that is open");
	check_refused(TEXT("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
		"cannot read the XML at line 1, column 13: a document type "
		"(DOCTYPE) is not accepted");
	check_refused(TEXT("<a>&b;</a>"),
		"cannot read the XML at line 1, "
		"column 4: a name between & and ; is not one that XML has");
	check_refused(TEXT("<a>\xe9</a>"),
		"cannot read the XML at line 1, "
		"column 4: a character is not allowed here, or is not in the "
		"encoding that the file declares");
	check_refused(TEXT("<?xml version='1.0' encoding='EBCDIC'?><a/>"),
		"cannot read the XML at line 1, column 31: the declared encoding "
		"is not one that we read, or is not the one the file is in");
	check_refused(TEXT("<a>]]></a>"),
		"cannot read the XML at line 1, "
		"column 6: a character is not allowed here, or is not in the "
		"encoding that the file declares");
	check_refused(TEXT("<a>\n<b c='1' c='2'/></a>"),
		"cannot read the XML at line 2, "
		"column 10: an attribute is given twice");
	check_refused(TEXT("<a/>\n<b/>"),
		"cannot read the XML at line 2, column 1: something stands "
		"behind the end of the outermost element");
	check_refused(TEXT("<a><b>stop</b>"), "the consumer says stop");
	check_refused(TEXT("<a><b>stop</b></a>"), "the consumer says stop");
}

static void fill(struct buffer *buffer, const char *with, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_string(buffer, with);
}

static void check_large_refused(struct buffer *bytes, const char *why)
{
	struct buffer out = {0};
	struct fault fault = {0};
	assert_false(read_with(buffer_text(bytes), 0, &out, &fault));
	assert_int_equal(fault.kind, FAULT_LIMIT);
	assert_non_null(strstr(fault.message, why));
	buffer_finish(&out);
	buffer_finish(bytes);
}

static void test_limits(void **state)
{
	(void)state;
	struct buffer bytes = {0};
	fill(&bytes, "<Note>", LIMIT_XML_DEPTH + 1);
	check_large_refused(&bytes, "nested more than 64 deep");
	buffer_string(&bytes, "<Note>");
	fill(&bytes, "a", LIMIT_FIELD_BYTES + 1);
	check_large_refused(&bytes, "text is longer than 262,144 bytes");
	buffer_string(&bytes, "<Note a=\"");
	fill(&bytes, "0123456789abcdef", 512 * 1024);
	check_large_refused(&bytes, "4 MB pass without an element");
	fill(&bytes, "<Note>", LIMIT_XML_DEPTH);
	fill(&bytes, "</Note>", LIMIT_XML_DEPTH);
	struct buffer out = {0};
	struct fault fault = {0};
	assert_true(read_with(buffer_text(&bytes), 0, &out, &fault));
	buffer_finish(&out);
	buffer_finish(&bytes);
}

static bool count_children(void *self, const struct xml_element *element,
	struct fault *fault)
{
	(void)fault;
	*(int *)self += element->name == CHILD;
	return true;
}

static void test_a_census_nobody_here_wrote(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	const char *folder = file_environment("KITH_SAMPLES");
	const char *path = arena_format(arena, "%s/cin-census/fake_CIN_data.xml",
		folder == NULL ? "../shared/samples" : folder);
	if (!file_exists(path)) {
		print_message("# no sample at %s\n", path);
		arena_close(arena);
		return;
	}
	struct text bytes;
	struct fault fault = {0};
	int children = 0;
	struct xml_consumer consumer = {.names = names,
		.count = COUNT_OF(names),
		.self = &children,
		.end = count_children};
	assert_true(file_map(path, arena, &bytes, &fault));
	assert_true(xml_read(bytes, &consumer, &fault));
	assert_int_equal(children, 332);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tells_elements),
		cmocka_unit_test(test_passes_over_stray_text),
		cmocka_unit_test(test_prefixes_and_attributes),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_plain_text_lies_in_the_file),
		cmocka_unit_test(test_goes_on_where_it_is_odd),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_refuses_plainly),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_a_census_nobody_here_wrote),
	};
	return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
