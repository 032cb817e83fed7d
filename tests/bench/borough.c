/* SPDX-License-Identifier: MIT
 *
 * The demonstration borough made and imported through the desk.
 */
#include "borough.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "demo/demo.h"

static bool import(const char *database, const char *folder,
	struct arena *arena, struct fault *fault)
{
	static const char *const kinds[] = {"postcodes", "ees", "aggregates",
		"ssda903", "cin", "annex-a", "census", "marks"};
	struct desk desk;
	if (!desk_open(&(struct desk_options){.url = database,
			       .actor = "bench",
			       .today = date_from(2024, 11, 1)},
		    arena, &desk, fault))
		return false;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		const char *path = arena_format(arena, "%s/%s", folder, kinds[i]);
		struct import_outcome outcome;
		if (!desk_perform(&desk, DESK_IMPORT,
			    &(struct desk_import_input){.kind = kinds[i],
				    .paths = &path,
				    .path_count = 1},
			    &outcome, fault))
			return false;
	}
	return true;
}

const char *borough_make(const char *folder, struct arena *arena)
{
	struct fault fault = {0};
	struct arena *work = arena_open();
	const char *database = arena_format(arena, "%s/borough.db", folder);
	bool is_done = file_make_folder(folder, &fault)
		&& demo_write(folder, DEMO_SEED, &fault)
		&& desk_init(database, 206, "Bench", NULL, &fault)
		&& import(database, folder, work, &fault);
	arena_close(work);
	if (is_done)
		return database;
	fprintf(stderr, "%s (%s)\n", fault.message, fault.detail);
	return NULL;
}

const char *borough_region(const char *database, int count, struct arena *arena)
{
	struct fault fault = {0};
	const char *folder = arena_format(arena, "%s.%d", database, count);
	if (!file_make_folder(folder, &fault))
		return NULL;
	for (int i = 0; i < count; i++)
		if (symlink("../borough.db",
			    arena_format(arena, "%s/%03d.db", folder, i))
			!= 0)
			return NULL;
	return folder;
}
