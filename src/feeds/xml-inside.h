/* SPDX-License-Identifier: MIT
 *
 * What the XML front's files share; for the xml files alone.
 *
 * A file of the plain kind is read by xml_plain.c, every other by the library
 * (xml.c). The plain reader never says what is wrong with a file: where it
 * meets anything but the plain it gives up, and the library reads the file
 * anew, telling the consumer only what it has not been told.
 */
#ifndef KITH_FEEDS_XML_INSIDE_H
#define KITH_FEEDS_XML_INSIDE_H

#include "base/arena.h"
#include "feeds/xml.h"

/* ---- The consumer's names (xml_names.c) ---- */

struct xml_names {
	const struct text *texts;
	int16_t *slots; /* of a hash table: places in texts, or -1 */
	unsigned shift; /* from a hash to a slot */
	size_t mask;
};

void xml_names_make(const struct xml_consumer *consumer, struct arena *arena,
	struct xml_names *out_names);

/* The place in the consumer's table, or -1. */
int xml_names_find(const struct xml_names *names, struct text name);

/* ---- The plain kind (xml_plain.c) ---- */

enum xml_plain_end {
	XML_PLAIN_WHOLE,   /* the file is read */
	XML_PLAIN_STOPPED, /* the consumer has written a fault */
	XML_PLAIN_ODD,     /* there is something for the library */
};

/* Counts the starts and ends of elements that the consumer was told of. */
enum xml_plain_end xml_plain_read(struct text bytes,
	const struct xml_consumer *consumer, int64_t *out_told,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
