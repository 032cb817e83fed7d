/* SPDX-License-Identifier: MIT
 *
 * The router: patterns taken apart once, paths matched segment by segment.
 *
 * The ways stand in the order in which they are tried: at the first segment
 * where two differ, the one written out goes before a place, so that
 * /child/new is never read as a child. Two that would match the same paths
 * for one method are a fault when the site opens.
 */
#include "web/http-inside.h"

enum { SEGMENTS = 16 };

static bool is_number(struct text text)
{
	int64_t number;
	return text.length <= 19 && text.length > 0 && text.at[0] >= '1'
		&& text.at[0] <= '9' && text_to_int64(text, &number);
}

static bool is_word(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_letter = c >= 'a' && c <= 'z';
		if (!is_letter
			&& (i == 0
				|| !((c >= '0' && c <= '9') || c == '-'
					|| c == '_')))
			return false;
	}
	return text.length > 0 && text.length <= 64;
}

static bool is_date(struct text text)
{
	struct date date;
	return text.length == 10 && date_read_iso(text, &date);
}

static bool is_any(struct text text)
{
	return text.length > 0 && text.length <= 200;
}

static const struct place_type {
	const char *name;
	bool (*holds)(struct text text);
} place_types[] = {
	{"number", is_number}, /* the first is the default */
	{"word", is_word},
	{"date", is_date},
	{"text", is_any},
};

struct http_segment {
	struct text text;              /* written out, or the place's name */
	const struct place_type *type; /* NULL: written out */
};

/* ---- Reading patterns ---- */

static bool bad_pattern(const struct http_route *route, struct fault *fault)
{
	return fault_set(fault, FAULT_BROKEN, "cannot read the pattern \"%s\"",
		route->pattern);
}

static bool read_segment(struct text text, struct http_segment *out_segment)
{
	if (!text_starts(text, TEXT("{"))) {
		*out_segment = (struct http_segment){text, NULL};
		return text.length > 0 && !text_has(text, TEXT("{"));
	}
	if (!text_ends(text, TEXT("}")))
		return false;
	struct text type;
	struct text name = text_split(text_cut(text, 1, text.length - 2), ':',
		&type);
	if (!is_word(name))
		return false;
	*out_segment = (struct http_segment){name, NULL};
	for (size_t i = 0; i < COUNT_OF(place_types); i++)
		if (type.at == NULL || text_is(type, place_types[i].name)) {
			out_segment->type = &place_types[i];
			return true;
		}
	return false;
}

static bool read_way(const struct http_route *route, struct arena *arena,
	struct http_way *out_way, struct fault *fault)
{
	struct http_segment *segments = arena_array(arena, SEGMENTS,
		sizeof *segments);
	struct text rest = text_of(route->pattern);
	size_t count = 0;
	if (!text_starts(rest, TEXT("/")) || route->handle == NULL
		|| route->method == HTTP_HEAD || route->method == HTTP_OPTIONS)
		return bad_pattern(route, fault);
	rest = text_cut(rest, 1, rest.length);
	while (rest.length > 0) {
		struct text segment = text_split(rest, '/', &rest);
		if (count == SEGMENTS || !read_segment(segment, &segments[count]))
			return bad_pattern(route, fault);
		if (rest.at != NULL && rest.length == 0)
			return bad_pattern(route, fault);
		count++;
	}
	*out_way = (struct http_way){route, segments, count};
	return true;
}

static int compare_segments(const struct http_segment *a,
	const struct http_segment *b)
{
	if (a->type == NULL && b->type == NULL)
		return text_compare(a->text, b->text);
	if (a->type == NULL || b->type == NULL)
		return a->type == NULL ? -1 : 1;
	/* Texts take everything, so they go last. */
	return (a->type > b->type) - (a->type < b->type);
}

static int compare_ways(const void *one, const void *other)
{
	const struct http_way *a = one, *b = other;
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	for (size_t i = 0; i < a->count; i++) {
		int order = compare_segments(&a->segments[i], &b->segments[i]);
		if (order != 0)
			return order;
	}
	return (int)a->route->method - (int)b->route->method;
}

bool http_route_all(struct http_site *site, struct arena *arena,
	struct fault *fault)
{
	size_t count = site->options.route_count;
	site->ways = arena_array(arena, count, sizeof *site->ways);
	for (size_t i = 0; i < count; i++)
		if (!read_way(&site->options.routes[i], arena, &site->ways[i],
			    fault))
			return false;
	if (count > 0)
		qsort(site->ways, count, sizeof *site->ways, compare_ways);
	for (size_t i = 1; i < count; i++)
		if (compare_ways(&site->ways[i - 1], &site->ways[i]) == 0)
			return fault_set(fault, FAULT_BROKEN,
				"two routes are \"%s\"",
				site->ways[i].route->pattern);
	return true;
}

/* ---- Finding the way ---- */

static bool is_match(const struct http_way *way, const struct text *segments)
{
	for (size_t i = 0; i < way->count; i++) {
		const struct http_segment *segment = &way->segments[i];
		bool holds = segment->type == NULL
			? text_equals(segment->text, segments[i])
			: segment->type->holds(segments[i]);
		if (!holds)
			return false;
	}
	return true;
}

/* More than SEGMENTS: one more, which no way has. */
static size_t split_path(struct text path, struct text segments[SEGMENTS])
{
	size_t count = 0;
	struct text rest = text_cut(path, 1, path.length);
	if (rest.length == 0)
		return 0;
	do {
		struct text segment = text_split(rest, '/', &rest);
		if (count == SEGMENTS)
			return SEGMENTS + 1;
		segments[count++] = segment;
	} while (rest.at != NULL);
	return count;
}

static void fill_places(struct http_exchange *exchange,
	const struct text *segments)
{
	const struct http_way *way = exchange->way;
	struct http_field *places = arena_array(exchange->arena, way->count + 1,
		sizeof *places);
	size_t count = 0;
	for (size_t i = 0; i < way->count; i++)
		if (way->segments[i].type != NULL)
			places[count++] = (struct http_field){way->segments[i].text,
				segments[i]};
	exchange->request.places = (struct http_fields){places, count};
}

/* The methods of a path, as Allow wants them; `allowed` are bits. */
static void say_allowed(struct http_exchange *exchange, unsigned allowed)
{
	const char *names = "";
	for (int method = 0; method < HTTP_METHODS; method++)
		if ((allowed & 1u << method) != 0)
			names = arena_format(exchange->arena, "%s%s%s", names,
				names[0] == '\0' ? "" : ", ",
				http_method_name((enum http_method)method));
	http_reply_header(&exchange->reply, "Allow", text_of(names));
}

static bool without_way(struct http_exchange *exchange, unsigned allowed)
{
	if (allowed == 0)
		return http_refuse(exchange, 404, NULL);
	if ((allowed & 1u << HTTP_GET) != 0)
		allowed |= 1u << HTTP_HEAD;
	allowed |= 1u << HTTP_OPTIONS;
	if (exchange->request.method == HTTP_OPTIONS)
		exchange->reply.status = 204;
	else
		http_refuse(exchange, 405, NULL);
	say_allowed(exchange, allowed);
	return false;
}

bool http_route(struct http_exchange *exchange)
{
	const struct http_site *site = exchange->site;
	struct text segments[SEGMENTS];
	size_t count = split_path(exchange->request.path, segments);
	enum http_method method = exchange->is_head ? HTTP_GET
						    : exchange->request.method;
	unsigned allowed = 0;
	for (size_t i = 0; i < site->options.route_count; i++) {
		const struct http_way *way = &site->ways[i];
		if (way->count != count || !is_match(way, segments))
			continue;
		allowed |= 1u << way->route->method;
		if (way->route->method != method)
			continue;
		exchange->way = way;
		exchange->request.route = way->route;
		exchange->request.method = method;
		fill_places(exchange, segments);
		return true;
	}
	return without_way(exchange, allowed);
}

/* ---- What stands at the places ---- */

struct text http_place(const struct http_request *request, const char *name)
{
	struct text value;
	if (!http_only(request->places, name, &value))
		abort();
	return value;
}

int64_t http_place_number(const struct http_request *request, const char *name)
{
	int64_t number;
	if (!text_to_int64(http_place(request, name), &number))
		abort();
	return number;
}

struct date http_place_date(const struct http_request *request, const char *name)
{
	struct date date;
	if (!date_read_iso(http_place(request, name), &date))
		abort();
	return date;
}
