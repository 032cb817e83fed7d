/* SPDX-License-Identifier: MIT
 *
 * A second connection to the same file, holding the same snapshot.
 *
 * Both begin to read, one after the other; a writer may commit in between.
 * `data_version` tells a connection whether anyone else has committed since it
 * last looked. The twin looks before the first begins, and again within its
 * own transaction: the same number both times means that nothing was committed
 * from before the first's snapshot until after its own, so they are one.
 */
#include "store/sqlite-inside.h"

static bool read_version(struct store *store, int64_t *out_version,
	struct fault *fault)
{
	return store_number(store, "PRAGMA data_version", NULL, 0, out_version,
		fault);
}

static bool begin(struct store *store, int64_t *out_version, struct fault *fault)
{
	return store_script(store, "BEGIN", fault)
		&& read_version(store, out_version, fault);
}

static void end(struct store *store)
{
	struct fault fault = {0};
	if (store_has_transaction(store))
		(void)!store_script(store, "ROLLBACK", &fault);
}

static bool begin_both(struct store *store, struct store *twin)
{
	enum { TRIES = 5 };
	struct fault fault = {0};
	for (int i = 0; i < TRIES; i++) {
		int64_t own, before, after;
		if (read_version(twin, &before, &fault)
			&& begin(store, &own, &fault)
			&& begin(twin, &after, &fault) && before == after)
			return true;
		end(store);
		end(twin);
		if (fault_is_set(&fault))
			return false;
	}
	return false;
}

struct store *sqlite_twin(struct store *store)
{
	struct fault fault = {0};
	struct store *twin;
	const char *path = sqlite3_db_filename(store->handle, "main");
	if (store_has_transaction(store) || path == NULL || path[0] == '\0'
		|| !store_open(&(struct store_options){.url = path,
				       .is_read_only = true},
			&twin, &fault))
		return NULL;
	if (begin_both(store, twin))
		return twin;
	store_close(twin);
	return NULL;
}

void sqlite_part(struct store *store, struct store *twin)
{
	end(store);
	store_close(twin);
}
