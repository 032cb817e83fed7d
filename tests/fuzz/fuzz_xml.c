/* SPDX-License-Identifier: MIT
 *
 * The XML front on any bytes, whole and in pieces of 1 to 8 bytes: both must
 * tell the same, starts and ends must pair, and text must be UTF-8.
 */
#include <stdint.h>

#include "base/encoding.h"
#include "base/limits.h"
#include "feeds/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const names[] = {"Message", "Child", "LAchildID", "c"};

struct told {
	uint64_t hash;
	int depth;
	int64_t lines;
};

static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool on_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct told *told = self;
	(void)fault;
	told->depth++;
	require(element->depth == told->depth);
	require(element->depth <= LIMIT_XML_DEPTH && element->line >= 1);
	require(encoding_is_utf8(element->tag));
	told->hash = (told->hash ^ text_hash(element->tag)) * 31
		+ text_hash(xml_attribute(element, "r"));
	return true;
}

static bool on_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct told *told = self;
	(void)fault;
	require(element->depth == told->depth);
	require(encoding_is_utf8(element->whole));
	require(element->whole.length <= LIMIT_FIELD_BYTES);
	told->depth--;
	told->lines += element->line;
	told->hash = (told->hash ^ text_hash(element->text)) * 37
		+ (uint64_t)(element->name + 1);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct told whole = {0}, pieces = {0};
	struct xml_consumer consumer = {.names = names,
		.count = COUNT_OF(names),
		.self = &whole,
		.start = on_start,
		.end = on_end};
	struct text text = {(const char *)bytes, length};
	struct fault fault = {0}, second = {0};
	bool is_read = xml_read(text, &consumer, &fault);
	require(is_read != fault_is_set(&fault));
	if (length > 4096)
		return 0;
	consumer.self = &pieces;
	struct xml *xml = xml_open(&consumer);
	size_t piece = 1 + length % 8;
	bool is_same = true;
	for (size_t i = 0; i < length && is_same; i += piece)
		is_same = xml_feed(xml, text_cut(text, i, piece), &second);
	is_same = is_same && xml_finish(xml, &second);
	xml_close(xml);
	require(is_same == is_read && pieces.depth == whole.depth);
	require(!is_read || pieces.hash == whole.hash);
	require(!is_read || pieces.lines == whole.lines);
	return 0;
}
