/* SPDX-License-Identifier: MIT
 *
 * The front on expat, for what is not of the plain kind (xml-inside.h) and for
 * what comes in pieces.
 *
 * Text is gathered only from a start tag to the next tag: the character
 * handler is taken off after each end tag, so that the white space between
 * elements costs nothing. A tag or comment that never ends would grow expat's
 * own buffer; `quiet` counts the bytes fed since anything was reported and
 * stops that.
 */
#include "feeds/xml.h"

#include <string.h>
#include <strings.h>

#include <expat.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/encoding.h"
#include "base/limits.h"
#include "feeds/xml-inside.h"

enum {
	PIECE = 16 * 1024,             /* bytes given to expat at once */
	LIMIT_QUIET = 4 * 1024 * 1024, /* bytes without an element or text */
};

_Static_assert(LIMIT_XML_DEPTH == 64 && LIMIT_FIELD_BYTES == 262144,
	"the wording of the faults names the limits");

struct level {
	int name;
	bool has_children;
	int64_t line;
};

struct xml {
	struct arena *arena;
	XML_Parser parser;
	struct xml_consumer consumer;
	struct xml_names names;
	int64_t told; /* starts and ends the consumer knows of already */
	struct buffer text;
	size_t quiet;
	int depth;
	struct level levels[LIMIT_XML_DEPTH + 1];
	struct fault fault; /* written by a handler; decides */
	char encoding[64];  /* the declared one, if we do not read it */
};

static struct text local_name(const char *tag)
{
	const char *colon = strrchr(tag, ':');
	return text_of(colon == NULL ? tag : colon + 1);
}

static int64_t line_now(const struct xml *xml)
{
	return (int64_t)XML_GetCurrentLineNumber(xml->parser);
}

static void stop(struct xml *xml, enum fault_kind kind, const char *why)
{
	fault_set(&xml->fault, kind,
		"cannot read the XML at line %lld, column %lld: %s",
		(long long)line_now(xml),
		(long long)XML_GetCurrentColumnNumber(xml->parser) + 1, why);
	XML_StopParser(xml->parser, XML_FALSE);
}

static void on_text(void *self, const char *at, int length)
{
	struct xml *xml = self;
	xml->quiet = 0;
	if (fault_is_set(&xml->fault))
		return;
	buffer_add(&xml->text, (struct text){at, (size_t)length});
	if (xml->text.has_failed)
		stop(xml, FAULT_LIMIT, "text is longer than 262,144 bytes");
}

/* Whether this one is news to the consumer. */
static bool is_news(struct xml *xml)
{
	if (xml->told == 0)
		return true;
	xml->told--;
	return false;
}

static void on_start(void *self, const char *tag, const char **attributes)
{
	struct xml *xml = self;
	xml->quiet = 0;
	if (fault_is_set(&xml->fault))
		return;
	if (xml->depth == LIMIT_XML_DEPTH) {
		stop(xml, FAULT_LIMIT, "elements are nested more than 64 deep");
		return;
	}
	xml->levels[xml->depth].has_children = true;
	xml->depth++;
	struct xml_element element = {.depth = xml->depth,
		.line = line_now(xml),
		.tag = local_name(tag),
		.attributes = (const char *const *)attributes};
	element.name = xml_names_find(&xml->names, element.tag);
	xml->levels[xml->depth] = (struct level){.name = element.name,
		.line = element.line};
	buffer_clear(&xml->text);
	XML_SetCharacterDataHandler(xml->parser, on_text);
	if (is_news(xml) && xml->consumer.start != NULL
		&& !xml->consumer.start(xml->consumer.self, &element, &xml->fault))
		XML_StopParser(xml->parser, XML_FALSE);
}

static void on_end(void *self, const char *tag)
{
	struct xml *xml = self;
	xml->quiet = 0;
	if (fault_is_set(&xml->fault))
		return;
	const struct level *level = &xml->levels[xml->depth];
	struct xml_element element = {.name = level->name,
		.depth = xml->depth,
		.line = level->line,
		.tag = local_name(tag),
		.has_children = level->has_children};
	if (!level->has_children)
		element.whole = buffer_text(&xml->text);
	element.text = text_trim(element.whole);
	xml->depth--;
	XML_SetCharacterDataHandler(xml->parser, NULL);
	if (is_news(xml) && xml->consumer.end != NULL
		&& !xml->consumer.end(xml->consumer.self, &element, &xml->fault))
		XML_StopParser(xml->parser, XML_FALSE);
}

static void on_doctype(void *self, const char *name, const char *outside,
	const char *public, int has_subset)
{
	(void)name, (void)outside, (void)public, (void)has_subset;
	stop(self, FAULT_INPUT, "a document type (DOCTYPE) is not accepted");
}

/* expat asks here for what it does not know itself. */
static int on_encoding(void *self, const XML_Char *name, XML_Encoding *out)
{
	struct xml *xml = self;
	static const char *const names[] = {"windows-1252", "cp1252", "ansi"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcasecmp(name, names[i]) != 0)
			continue;
		*out = (XML_Encoding){.data = NULL};
		for (int byte = 0; byte < 256; byte++)
			out->map[byte] = (int)encoding_windows_1252(
				(unsigned char)byte);
		return XML_STATUS_OK;
	}
	text_copy(xml->encoding, sizeof xml->encoding, text_of(name));
	return XML_STATUS_ERROR;
}

struct xml *xml_open(const struct xml_consumer *consumer)
{
	struct arena *arena = arena_open();
	struct xml *xml = arena_new(arena, sizeof *xml);
	xml->arena = arena;
	xml->consumer = *consumer;
	xml->text.maximum = LIMIT_FIELD_BYTES;
	xml_names_make(&xml->consumer, arena, &xml->names);
	xml->parser = XML_ParserCreate(NULL);
	if (xml->parser == NULL)
		return xml;
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
	XML_SetUnknownEncodingHandler(xml->parser, on_encoding, xml);
	return xml;
}

void xml_close(struct xml *xml)
{
	if (xml == NULL)
		return;
	if (xml->parser != NULL)
		XML_ParserFree(xml->parser);
	buffer_finish(&xml->text);
	arena_close(xml->arena);
}

/* The faults that people meet; expat's own words go into the detail. */
static const char *plain_words(enum XML_Error error)
{
	switch (error) {
	case XML_ERROR_NO_ELEMENTS:
		return "the file ends before its outermost element does";
	case XML_ERROR_TAG_MISMATCH:
		return "a closing tag does not match the tag that is open";
	case XML_ERROR_UNCLOSED_TOKEN:
		return "the file ends inside a tag";
	case XML_ERROR_UNDEFINED_ENTITY:
		return "a name between & and ; is not one that XML has";
	case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
		return "something stands behind the end of the outermost element";
	case XML_ERROR_UNKNOWN_ENCODING:
	case XML_ERROR_INCORRECT_ENCODING:
		return "the declared encoding is not one that we read, or is not "
		       "the one the file is in";
	case XML_ERROR_DUPLICATE_ATTRIBUTE:
		return "an attribute is given twice";
	default:
		return "a character is not allowed here, or is not in the "
		       "encoding that the file declares";
	}
}

static bool report(struct xml *xml, struct fault *fault)
{
	if (!fault_is_set(&xml->fault)) {
		enum XML_Error error = XML_GetErrorCode(xml->parser);
		if (error == XML_ERROR_NO_MEMORY)
			return fault_set(fault, FAULT_SYSTEM,
				"out of memory while reading XML");
		stop(xml, FAULT_INPUT, plain_words(error));
		fault_detail(&xml->fault, "%s%s%s", XML_ErrorString(error),
			xml->encoding[0] == '\0' ? "" : ": ", xml->encoding);
	}
	if (!fault_is_set(fault))
		*fault = xml->fault;
	return false;
}

static bool parse(struct xml *xml, struct text piece, bool is_last,
	struct fault *fault)
{
	if (xml->parser == NULL)
		return fault_set(fault, FAULT_SYSTEM,
			"out of memory while reading XML");
	xml->quiet += piece.length;
	if (XML_Parse(xml->parser, piece.at, (int)piece.length, is_last)
		!= XML_STATUS_OK)
		return report(xml, fault);
	if (xml->quiet > LIMIT_QUIET) {
		stop(xml, FAULT_LIMIT, "4 MB pass without an element");
		return report(xml, fault);
	}
	return true;
}

bool xml_feed(struct xml *xml, struct text piece, struct fault *fault)
{
	for (size_t at = 0; at < piece.length; at += PIECE)
		if (!parse(xml, text_cut(piece, at, PIECE), false, fault))
			return false;
	return true;
}

bool xml_finish(struct xml *xml, struct fault *fault)
{
	return parse(xml, TEXT(""), true, fault);
}

bool xml_read(struct text bytes, const struct xml_consumer *consumer,
	struct fault *fault)
{
	int64_t told;
	enum xml_plain_end end = xml_plain_read(bytes, consumer, &told, fault);
	if (end != XML_PLAIN_ODD)
		return end == XML_PLAIN_WHOLE;
	struct xml *xml = xml_open(consumer);
	xml->told = told;
	bool is_read = xml_feed(xml, bytes, fault) && xml_finish(xml, fault);
	xml_close(xml);
	return is_read;
}

struct text xml_attribute(const struct xml_element *element, const char *name)
{
	const char *const *at = element->attributes;
	for (; at != NULL && at[0] != NULL; at += 2)
		if (text_is(local_name(at[0]), name))
			return text_of(at[1]);
	return (struct text){0};
}
