/* SPDX-License-Identifier: MIT
 *
 * The borough is built once, then each feed is written from it.
 */
#include "demo/demo.h"

#include <stdio.h>

#include "base/file.h"
#include "base/text.h"
#include "demo/demo-inside.h"

static const struct {
	const char *folder;
	bool (*write)(const struct demo_world *world, const char *folder,
		struct fault *fault);
} feeds[] = {
	{"ssda903", demo_903_write},
	{"cin", demo_cin_write},
	{"census", demo_census_write},
	{"marks", demo_marks_write},
	{"annex-a", demo_annex_write},
	{"ees", demo_other_comparators},
	{"postcodes", demo_place_write},
	{"aggregates", demo_other_aggregates},
	{"registers", demo_home_write},
};

static void build(struct demo_world *world)
{
	world->next_social = 400000;
	demo_roll_build(world);
	demo_care_build(world);
	demo_needs_build(world);
	demo_marks_build(world);
}

static bool write_feeds(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	for (size_t i = 0; i < COUNT_OF(feeds); i++) {
		char path[4096];
		int length = snprintf(path, sizeof path, "%s/%s", folder,
			feeds[i].folder);
		if (length < 0 || (size_t)length > sizeof path - 64)
			return fault_set(fault, FAULT_INPUT, "path is too long");
		if (!file_make_folder(path, fault)
			|| !feeds[i].write(world, path, fault))
			return false;
	}
	return true;
}

bool demo_write(const char *folder, uint64_t seed, struct fault *fault)
{
	struct demo_world world = {.arena = arena_open(), .seed = seed};
	build(&world);
	bool is_fine = write_feeds(&world, folder, fault);
	memory_free(world.people);
	memory_free(world.families);
	memory_free(world.enrolments);
	memory_free(world.tallies);
	memory_free(world.looked);
	memory_free(world.referrals);
	arena_close(world.arena);
	return is_fine;
}
