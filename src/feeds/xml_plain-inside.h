/* SPDX-License-Identifier: MIT
 *
 * The plain XML reader's state, for xml_plain.c (tags, the file) and xml_text.c
 * (what stands between tags).
 *
 * Invariant: the last of the bytes looked at is ">", and every loop over bytes
 * stops at a ">". So a byte that is not ">" has another behind it, and only
 * behind a ">" the end has to be looked for.
 */
#ifndef KITH_FEEDS_XML_PLAIN_INSIDE_H
#define KITH_FEEDS_XML_PLAIN_INSIDE_H

#include "base/buffer.h"
#include "base/limits.h"
#include "feeds/xml-inside.h"

enum {
	XML_PLAIN_ATTRIBUTES = 8,
	XML_PLAIN_ROOM = 1024, /* bytes of a tag's attributes and values */
};

/* What a byte may be; ">" nothing. */
enum xml_class {
	XML_BLANK = 1,  /* space, tab */
	XML_WORD = 2,   /* stands for itself in text */
	XML_FIRST = 4,  /* begins a name */
	XML_NAME = 8,   /* goes on with it */
	XML_COLON = 16, /* ends the prefix of a name */
};

struct xml_tag {
	struct text raw; /* as written, with its prefix */
	size_t prefix;   /* bytes of it */
	int name;        /* in the consumer's table, or -1 */
};

struct xml_level {
	struct xml_tag tag;
	int64_t line;
	bool has_children;
};

struct xml_scan {
	const char *at, *end;
	const char *told_at; /* behind the last tag */
	int64_t line;
	int64_t told;
	const struct xml_consumer *consumer;
	struct xml_names names;
	struct xml_tag *nexts; /* by a name + 1: the tag that came behind it */
	int last_name;         /* of the last start tag */
	struct fault *fault;
	int depth;
	struct xml_level levels[LIMIT_XML_DEPTH + 1];
	struct text text; /* since the last tag */
	bool is_gathered; /* it is in `pieces`, otherwise in the file */
	bool is_stopped;  /* by the consumer */
	struct buffer pieces;
	const char *attributes[2 * XML_PLAIN_ATTRIBUTES + 1];
	char room[XML_PLAIN_ROOM];
};

/* By the byte, of enum xml_class. Line ends, & < > ] and all above 7f have
 * none. */
extern const unsigned char xml_text_classes[256];

static inline unsigned char xml_class_of(const char *at)
{
	return xml_text_classes[(unsigned char)*at];
}

/* Each moves scan->at, and returns false where the file is not plain. */

/* The text up to the next tag, to scan->text. Behind an end tag it does not
 * matter and may be less than there is. */
bool xml_text_read(struct xml_scan *scan) __attribute__((warn_unused_result));

/* White space and comments outside the outermost element. */
bool xml_text_outside(struct xml_scan *scan) __attribute__((warn_unused_result));

/* White space; of carriage returns only those before a line feed. */
void xml_text_space(struct xml_scan *scan);

#endif
