/* SPDX-License-Identifier: MIT
 *
 * Writers by authority.
 */
#include "desk/writers.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/limits.h"

struct writers {
	struct arena *arena;
	pthread_mutex_t lock;
	struct {
		int la;
		struct writer *writer;
	} all[LIMIT_AUTHORITIES];
	size_t count;
};

struct writers *writers_open(void)
{
	struct arena *arena = arena_open();
	struct writers *writers = arena_new(arena, sizeof *writers);
	writers->arena = arena;
	pthread_mutex_init(&writers->lock, NULL);
	return writers;
}

void writers_close(struct writers *writers)
{
	if (writers == NULL)
		return;
	for (size_t i = 0; i < writers->count; i++)
		writer_close(writers->all[i].writer);
	pthread_mutex_destroy(&writers->lock);
	arena_close(writers->arena);
}

static struct writer *find(const struct writers *writers, int la)
{
	for (size_t i = 0; i < writers->count; i++)
		if (writers->all[i].la == la)
			return writers->all[i].writer;
	return NULL;
}

bool writers_for(struct writers *writers, const struct region_part *part,
	struct writer **out_writer, struct fault *fault)
{
	pthread_mutex_lock(&writers->lock);
	struct writer *writer = find(writers, part->la);
	if (writer == NULL && writers->count == LIMIT_AUTHORITIES)
		fault_set(fault, FAULT_LIMIT, "there are too many authorities");
	else if (writer == NULL
		&& writer_open(part->url, part->la, &writer, fault)) {
		writers->all[writers->count].la = part->la;
		writers->all[writers->count++].writer = writer;
	}
	pthread_mutex_unlock(&writers->lock);
	*out_writer = writer;
	return writer != NULL;
}
