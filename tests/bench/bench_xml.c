/* SPDX-License-Identifier: MIT
 *
 * Reading XML without what follows: a children in need census, element by
 * element to a consumer that does nothing, by the front (which is the plain
 * reader, see src/feeds/xml-inside.h), by the library alone, and turned into
 * parts of children. Beside each the plain read of the same bytes.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "bench.h"
#include "feeds/cin-inside.h"
#include "feeds/xml.h"
#include "make_returns.h"

enum { CHILDREN = 200000, ROUNDS = 3 };

static bool pass(void *self, const struct xml_element *element,
	struct fault *fault)
{
	(void)element, (void)fault;
	++*(int64_t *)self;
	return true;
}

static bool by_front(struct text bytes, int64_t *count, struct fault *fault)
{
	return xml_read(bytes,
		&(struct xml_consumer){.self = count, .start = pass, .end = pass},
		fault);
}

static bool by_library(struct text bytes, int64_t *count, struct fault *fault)
{
	struct xml *xml = xml_open(&(
		struct xml_consumer){.self = count, .start = pass, .end = pass});
	bool is_read = xml_feed(xml, bytes, fault) && xml_finish(xml, fault);
	xml_close(xml);
	return is_read;
}

static bool take_child(void *self, struct cin_part *child, struct fault *fault)
{
	(void)child, (void)fault;
	++*(int64_t *)self;
	return true;
}

static bool to_parts(struct text bytes, int64_t *count, struct fault *fault)
{
	struct cin_unknown unknown;
	return cin_xml_read(bytes, &(struct cin_sink){count, take_child},
		&unknown, fault);
}

static const struct {
	const char *title, *told;
	bool (*read)(struct text bytes, int64_t *count, struct fault *fault);
} ways[] = {
	{"front", "starts and ends", by_front},
	{"library", "starts and ends", by_library},
	{"to parts", "children", to_parts},
};

static bool run(const char *path)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct text bytes;
	double size, plain = bench_read(path, &size);
	bool is_fine = file_map(path, arena, &bytes, &fault);
	for (size_t i = 0; is_fine && i < COUNT_OF(ways) * ROUNDS; i++) {
		int64_t count = 0;
		double started = bench_processor();
		is_fine = ways[i % COUNT_OF(ways)].read(bytes, &count, &fault);
		double took = bench_processor() - started;
		printf("%-8s %9lld %-15s %6.3f s %5.0f MB/s %5.1f x read\n",
			ways[i % COUNT_OF(ways)].title, (long long)count,
			ways[i % COUNT_OF(ways)].told, took, size / 1e6 / took,
			took / plain);
	}
	if (!is_fine)
		fprintf(stderr, "%s\n", fault.message);
	arena_close(arena);
	return is_fine;
}

int main(int argc, char **argv)
{
	char path[4000];
	snprintf(path, sizeof path, "%s/bench-xml.xml", argc > 1 ? argv[1] : ".");
	bool is_fine = make_cin(path, CHILDREN) && run(path);
	unlink(path);
	return is_fine ? 0 : 1;
}
