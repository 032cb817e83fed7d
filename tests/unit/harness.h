/* SPDX-License-Identifier: MIT
 *
 * One fresh database for one test, on either engine.
 *
 * A test that touches a database is written once and listed with
 * HARNESS_EACH_ENGINE; it then runs on SQLite and on PostgreSQL:
 *
 *     static void test_x(void **state)
 *     {
 *             struct harness *harness = harness_of(state);
 *             ...
 *     }
 *     const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_x)};
 *     return HARNESS_RUN(tests);
 *
 * The database holds the schema and the authority 206 and is gone afterwards,
 * as is the scratch folder. PostgreSQL is the cluster at KITH_TEST_POSTGRES, a
 * postgresql:// URL of a user who may create databases; where that is not set
 * a private one is started by tools/postgres, and where there is none of that
 * either, PostgreSQL's half is left out with a message (cmocka's own skip()
 * counts as a failure in meson's reading of TAP). KITH_TEST_KEEP=1 keeps the
 * scratch folder and says where it is.
 */
#ifndef KITH_TESTS_HARNESS_H
#define KITH_TESTS_HARNESS_H

#include "base/arena.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { HARNESS_LA = 206 };

struct harness;

/* Outside cmocka's lists. NULL: the engine is not to be had here; it has been
 * said on standard output. Anything else that goes wrong ends the program. */
struct harness *harness_open(enum store_engine engine);
struct harness *harness_open_empty(enum store_engine engine); /* no tables */
void harness_close(struct harness *harness);                  /* NULL is fine */

/* The harness of a listed test. */
struct harness *harness_of(void **state);

enum store_engine harness_engine(const struct harness *harness);
const char *harness_url(const struct harness *harness);
struct store *harness_store(struct harness *harness); /* open for writing */

/* Closes that store, before a fork: a connection must not be in two processes.
 * harness_store opens it anew. */
void harness_leave(struct harness *harness);
struct arena *harness_arena(struct harness *harness); /* ends with it */

/* A path in the scratch folder, in the harness's arena. */
const char *harness_path(struct harness *harness, const char *name);

/* The URL of one more fresh and empty database, gone with the harness. */
const char *harness_another(struct harness *harness, enum store_engine engine);

/* True if PostgreSQL is to be had. */
bool harness_has_postgres(void);

/* All rows of a query as text, "1|a|\n": values by |, lines by \n, NULL as
 * "-". In the harness's arena. Fails the test on a fault. */
const char *harness_rows(struct harness *harness, struct store *store,
	const char *sql);

/* Fails the test, showing the fault, unless `call` is true. */
#define HARNESS_DONE(call, fault) \
	harness_done((call), (fault), #call, __FILE__, __LINE__)
void harness_done(bool is_done, const struct fault *fault, const char *call,
	const char *file, int line);

/* Where the test data of the source tree lie: tests/golden and so on. */
const char *harness_source(struct harness *harness, const char *path);

int harness_begin_sqlite(void **state);
int harness_begin_postgres(void **state);
int harness_begin_empty_sqlite(void **state);
int harness_begin_empty_postgres(void **state);
int harness_end(void **state);

#define HARNESS_EACH_ENGINE(test) \
	{#test " on SQLite", test, harness_begin_sqlite, harness_end, NULL}, \
	{ \
#test " on PostgreSQL", test, harness_begin_postgres, \
			harness_end, NULL \
	}

/* The same with an empty database. */
#define HARNESS_EACH_EMPTY(test) \
	{#test " on SQLite", test, harness_begin_empty_sqlite, harness_end, \
		NULL}, \
	{ \
#test " on PostgreSQL", test, harness_begin_empty_postgres, \
			harness_end, NULL \
	}

/* Runs the list, without PostgreSQL's half where there is none. */
#define HARNESS_RUN(tests) harness_run((tests), COUNT_OF(tests))
int harness_run(const struct CMUnitTest *tests, size_t count);

/* With SQLite alone, for what does not depend on the engine. */
#define HARNESS_SQLITE(test) \
	{ \
#test, test, harness_begin_sqlite, harness_end, NULL \
	}

#endif
