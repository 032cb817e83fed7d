/* SPDX-License-Identifier: MIT
 *
 * Importing in a test.
 */
#include "importing.h"

#include "base/buffer.h"
#include "base/file.h"
#include "codes/codes.h"
#include "store/tables.h"

bool importing_try(struct harness *harness, const char *kind,
	const char *const *paths, struct import_outcome *out_outcome,
	struct fault *fault)
{
	struct codes *codes;
	HARNESS_DONE(codes_open(harness_arena(harness), NULL, &codes, fault),
		fault);
	struct region_part part = {.la = HARNESS_LA,
		.name = "Islington",
		.store = harness_store(harness)};
	struct import_request request = {.part = &part,
		.kind = kind,
		.paths = paths,
		.actor = "test.analyst",
		.codes = codes,
		.today = date_from(2024, 7, 1)};
	while (paths[request.path_count] != NULL)
		request.path_count++;
	return import_run(&request, harness_arena(harness), out_outcome, fault);
}

struct import_outcome importing_all(struct harness *harness, const char *kind,
	const char *const *paths)
{
	struct fault fault = {0};
	struct import_outcome outcome = {0};
	HARNESS_DONE(importing_try(harness, kind, paths, &outcome, &fault),
		&fault);
	return outcome;
}

struct import_outcome importing_one(struct harness *harness, const char *kind,
	const char *path)
{
	return importing_all(harness, kind, (const char *const[]){path, NULL});
}

const char *importing_write(struct harness *harness, const char *name,
	struct text bytes)
{
	struct fault fault = {0};
	const char *path = harness_path(harness, name);
	struct text whole = text_of(path);
	struct text folder = text_cut(whole, 0,
		whole.length - file_name(whole).length - 1);
	HARNESS_DONE(file_make_folder(arena_string(harness_arena(harness), folder),
			     &fault)
			&& file_write(path, bytes, &fault),
		&fault);
	return path;
}

const char *importing_sample(struct harness *harness, const char *name)
{
	const char *given = file_environment("KITH_SAMPLES");
	const char *folder = given != NULL
		? given
		: harness_source(harness, "../shared/samples");
	const char *path = arena_format(harness_arena(harness), "%s/%s", folder,
		name);
	if (file_exists(path) || file_is_folder(path))
		return path;
	print_message("# left out: the sample %s is not here\n", name);
	return NULL;
}

const char *importing_dump(struct harness *harness)
{
	const struct tables_table *tables;
	size_t count;
	struct arena *arena = harness_arena(harness);
	struct buffer dump = {.maximum = 1 << 28};
	tables_read(arena, &tables, &count);
	for (size_t i = 0; i < count; i++) {
		if (tables[i].has_blob)
			continue;
		struct buffer order = {.maximum = 1024};
		for (size_t k = 0; k < tables[i].key_count; k++)
			buffer_format(&order, "%s%s", k > 0 ? ", " : "",
				tables[i].columns[tables[i].key[k]].name);
		buffer_format(&dump, "%s\n%s", tables[i].name,
			IMPORTING_ROWS(harness,
				arena_format(arena, "SELECT * FROM %s ORDER BY %s",
					tables[i].name, order.bytes)));
		buffer_finish(&order);
	}
	const char *copy = arena_string(arena, buffer_text(&dump));
	assert_false(dump.has_failed);
	buffer_finish(&dump);
	return copy;
}

int64_t importing_number(struct harness *harness, const char *sql)
{
	struct fault fault = {0};
	int64_t number = 0;
	HARNESS_DONE(store_number(harness_store(harness), sql, NULL, 0, &number,
			     &fault),
		&fault);
	return number;
}
