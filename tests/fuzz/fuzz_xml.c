/* SPDX-License-Identifier: MIT
 *
 * The XML front on any bytes, three times: by xml_read, which is the plain
 * reader as far as that goes; by the library alone; and by the library in small
 * pieces. The first two must tell the same up to the same fault. Starts and
 * ends must pair, and text must be UTF-8.
 */
#include <stdint.h>
#include <string.h>

#include "base/encoding.h"
#include "base/limits.h"
#include "feeds/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const names[] = {"Message", "Child", "LAchildID", "c"};

struct told {
	struct text given;
	uint64_t hash;
	int depth;
	uint64_t lines;
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
	told->lines = told->lines * 3 + (uint64_t)element->line;
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
	require(!element->is_lasting || element->whole.length == 0
		|| (element->whole.at > told->given.at
			&& element->whole.at + element->whole.length
				< told->given.at + told->given.length));
	require(!element->has_children || element->whole.length == 0);
	told->depth--;
	told->lines = told->lines * 3 + (uint64_t)element->line;
	told->hash = (told->hash ^ text_hash(element->text)) * 37;
	told->hash = (told->hash ^ text_hash(element->whole)) * 41
		+ text_hash(element->tag) + (uint64_t)element->depth
		+ (uint64_t)(element->name + 1);
	return true;
}

static const struct xml_consumer consumer = {.names = names,
	.count = COUNT_OF(names),
	.start = on_start,
	.end = on_end};

static bool read_pieces(struct told *told, size_t piece, struct fault *fault)
{
	struct xml_consumer mine = consumer;
	mine.self = told;
	struct xml *xml = xml_open(&mine);
	bool is_read = true;
	for (size_t i = 0; i < told->given.length && is_read; i += piece)
		is_read = xml_feed(xml, text_cut(told->given, i, piece), fault);
	is_read = is_read && xml_finish(xml, fault);
	xml_close(xml);
	return is_read;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct text text = {(const char *)bytes, length};
	struct told first = {text}, second = {text}, third = {text};
	struct fault fault = {0}, same = {0}, ignored = {0};
	struct xml_consumer mine = consumer;
	mine.self = &first;
	bool is_read = xml_read(text, &mine, &fault);
	require(is_read != fault_is_set(&fault));
	require(read_pieces(&second, length + 1, &same) == is_read);
	require(first.hash == second.hash && first.lines == second.lines);
	require(first.depth == second.depth && fault.kind == same.kind);
	require(strcmp(fault.message, same.message) == 0);
	if (length > 4096)
		return 0;
	/* Where a fault is found may depend on the pieces. */
	require(read_pieces(&third, 1 + length % 8, &ignored) == is_read);
	require(first.depth == third.depth);
	require(!is_read || first.hash == third.hash);
	require(!is_read || first.lines == third.lines);
	return 0;
}
