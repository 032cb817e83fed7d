/* SPDX-License-Identifier: MIT
 *
 * Routes, the writers, the key, and workers.
 */
#include "cli/serving.h"

#include "render/json_out.h"
#include "store/migrate.h"

static bool health(void *data, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	enum { MOST = 1024 };
	const struct api_worker *worker = data;
	const struct region *region = &worker->desk.region;
	struct fault fault = {.kind = FAULT_NONE};
	const struct store *last = NULL;
	(void)request;
	for (size_t i = 0; i < region->count; i++) {
		struct store *store = region->parts[i].store;
		if (store != last && !migrate_check(store, &fault)) {
			http_reply_problem(reply, 503,
				"The database does not answer.", arena);
			return true;
		}
		last = store;
	}
	struct json_out json = {
		.out = http_reply_page(reply, "application/json", MOST, arena)};
	json_out_object(&json, NULL);
	json_out_string(&json, "status", "ok");
	json_out_string(&json, "version", KITH_VERSION);
	json_out_object_end(&json);
	return true;
}

static const struct http_route own[] = {
	{HTTP_GET, "/health", health, NULL, 0, 0},
};

static void join_routes(struct serving *serving)
{
	size_t api_count;
	const struct http_route *api = api_routes(&api_count);
	struct http_route *all = arena_array(serving->context->arena,
		COUNT_OF(own) + api_count, sizeof *all);
	for (size_t i = 0; i < COUNT_OF(own); i++)
		all[i] = own[i];
	for (size_t i = 0; i < api_count; i++)
		all[COUNT_OF(own) + i] = api[i];
	serving->routes = all;
	serving->route_count = COUNT_OF(own) + api_count;
}

/* Without a key (PostgreSQL, none named) there are no sessions; tokens need
 * none. */
static bool open_seal(struct serving *serving, struct fault *fault)
{
	struct fault unnamed = {.kind = FAULT_NONE};
	const char *path;
	if (!seal_path(serving->context->arguments.db, NULL,
		    serving->context->arena, &path, &unnamed))
		return true;
	serving->has_seal = seal_open(path, &serving->seal, fault);
	return serving->has_seal;
}

/* Every authority's tables are brought up to the definitions; who may not write
 * finds them so or is told. */
static bool bring_up(struct command_context *context, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct desk desk;
	bool is_up =
		desk_open(&(struct desk_options){.url = context->arguments.db,
				  .definitions = context->arguments.definitions,
				  .actor = "server",
				  .la = (int)context->arguments.la,
				  .today = context->today},
			arena, &desk, fault);
	arena_close(arena);
	return is_up;
}

bool serving_open(struct command_context *context, struct serving *out_serving,
	struct fault *fault)
{
	*out_serving = (struct serving){.context = context};
	join_routes(out_serving);
	if (!bring_up(context, fault) || !open_seal(out_serving, fault))
		return false;
	out_serving->writers = writers_open();
	return true;
}

void serving_close(struct serving *serving)
{
	writers_close(serving->writers);
	if (serving->has_seal)
		seal_close(&serving->seal);
}

bool serving_worker(const struct serving *serving,
	struct api_worker **out_worker, struct fault *fault)
{
	const struct arguments *arguments = &serving->context->arguments;
	return api_worker_open(&(struct api_worker_options){.url = arguments->db,
				       .definitions = arguments->definitions,
				       .la = (int)arguments->la,
				       .writers = serving->writers,
				       .seal = serving->has_seal ? &serving->seal
								 : NULL,
				       .today = arguments->at},
		out_worker, fault);
}
