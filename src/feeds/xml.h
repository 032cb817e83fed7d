/* SPDX-License-Identifier: MIT
 *
 * XML returns, element by element, in constant memory.
 *
 * The consumer names the elements it knows in a table and is told of each
 * element twice: at its start, and at its end together with its text. It gets
 * the element's place in the table, so that it can switch on a number. A
 * prefix ("x:row") is left out of the name. Text counts only in an element
 * without children; stray text between elements is passed over, because real
 * returns have it.
 *
 * Reads UTF-8, UTF-16, ISO-8859-1, US-ASCII and Windows-1252 as declared and
 * gives UTF-8. Refuses every DOCTYPE, so that there are no entities to expand
 * and nothing to fetch; elements nested deeper than LIMIT_XML_DEPTH; text over
 * LIMIT_FIELD_BYTES. Faults name line and column. No schema is checked: what
 * belongs where is for the consumer.
 */
#ifndef KITH_FEEDS_XML_H
#define KITH_FEEDS_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/text.h"

/* Valid during the call only. */
struct xml_element {
	int name;          /* place in the table of names; -1: not in it */
	int depth;         /* 1 is the outermost */
	int64_t line;      /* of the start tag, from 1 */
	struct text tag;   /* the name as written, without its prefix */
	bool has_children; /* at the end only */
	struct text text;  /* at the end only; trimmed */
	struct text whole; /* the same, not trimmed */
	bool is_lasting;   /* both lie in the bytes given to xml_read */
	const char *const *attributes; /* at the start only; see below */
};

/* Either function may be NULL. One that returns false has written a fault and
 * reading stops there. */
struct xml_consumer {
	const char *const *names; /* at most 32,000, all different */
	size_t count;
	void *self;
	bool (*start)(void *self, const struct xml_element *element,
		struct fault *fault);
	bool (*end)(void *self, const struct xml_element *element,
		struct fault *fault);
};

/* Reads the whole. The consumer may have been given elements when it fails. */
bool xml_read(struct text bytes, const struct xml_consumer *consumer,
	struct fault *fault) __attribute__((warn_unused_result));

/* The attribute with that name, prefix left out; empty if it is not there. */
struct text xml_attribute(const struct xml_element *element, const char *name);

/* The same in pieces, for bytes that are made as they are read. After a
 * failure only xml_close may follow. The consumer is copied, its names not. */
struct xml;

struct xml *xml_open(const struct xml_consumer *consumer);
bool xml_feed(struct xml *xml, struct text piece, struct fault *fault)
	__attribute__((warn_unused_result));
bool xml_finish(struct xml *xml, struct fault *fault)
	__attribute__((warn_unused_result));
void xml_close(struct xml *xml); /* NULL is fine */

#endif
