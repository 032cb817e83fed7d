/* SPDX-License-Identifier: MIT
 *
 * Making and removing the databases of tests.
 */
#include "harness.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "store/migrate.h"
#include "store/region.h"

enum { MOST_DATABASES = 16 };

/* Databases of this process are emptied and used again: to drop one makes the
 * server write everything to disk, which takes longer than most tests. */
static struct database {
	char name[64];
	bool is_lent;
} pool[MOST_DATABASES];
static size_t pool_count;
static pid_t pool_owner;

struct harness {
	enum store_engine engine;
	struct arena *arena;
	const char *folder;
	const char *url;
	struct store *store;
	struct database *databases[MOST_DATABASES]; /* lent by the pool */
	size_t database_count;
	size_t file_count;
};

/* A test cannot go on without its database, and this is no assertion about
 * the code under test. */
static void give_up(const char *what, const char *detail)
{
	fprintf(stderr, "harness: cannot %s: %s\n", what, detail);
	exit(1);
}

/* ---- The cluster ---- */

static char private_cluster[] = "/tmp/kith-cluster-XXXXXX";
static char cluster_url[1024];
static enum { NOT_ASKED, PRESENT, ABSENT } cluster = NOT_ASKED;
static pid_t cluster_owner;

/* Runs tools/postgres and reads its first line. */
static bool run_tool(const char *verb, char *out_line, size_t size)
{
	int ends[2];
	if (pipe(ends) != 0)
		give_up("make a pipe", verb);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execl("/bin/sh", "sh", HARNESS_SOURCE "/tools/postgres", verb,
			private_cluster, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	FILE *answer = fdopen(ends[0], "r");
	char line[1024] = "", rest[256];
	bool has_line = fgets(line, sizeof line, answer) != NULL;
	while (fgets(rest, sizeof rest, answer) != NULL)
		continue;
	fclose(answer);
	int status = 1;
	waitpid(child, &status, 0);
	if (has_line)
		text_copy(out_line, size, text_trim(text_of(line)));
	return status == 0;
}

static int remove_one(const char *at, const struct stat *about, int kind,
	struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(at);
}

static void remove_folder(const char *folder)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* A forked child of a crash test must not stop its parent's cluster. */
static void stop_cluster(void)
{
	char line[64];
	if (getpid() != cluster_owner)
		return;
	run_tool("stop", line, sizeof line);
	remove_folder(private_cluster);
}

static bool start_cluster(void)
{
	char line[1024];
	if (access(HARNESS_SOURCE "/tools/postgres", R_OK) != 0
		|| mkdtemp(private_cluster) == NULL)
		return false;
	if (run_tool("start", line, sizeof line)
		&& run_tool("url", cluster_url, sizeof cluster_url)) {
		cluster_owner = getpid();
		atexit(stop_cluster);
		return true;
	}
	remove_folder(private_cluster);
	return false;
}

bool harness_has_postgres(void)
{
	if (cluster != NOT_ASKED)
		return cluster == PRESENT;
	const char *given = file_environment("KITH_TEST_POSTGRES");
	if (given != NULL)
		text_copy(cluster_url, sizeof cluster_url, text_of(given));
	bool is_present = given != NULL || start_cluster();
	if (!is_present)
		print_message("# PostgreSQL is skipped: KITH_TEST_POSTGRES is not"
			      " set and tools/postgres started none\n");
	cluster = is_present ? PRESENT : ABSENT;
	return is_present;
}

static void run_at(const char *url, const char *sql)
{
	PGconn *connection = PQconnectdb(url);
	PGresult *result = PQexec(connection, sql);
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		give_up("prepare the cluster", PQerrorMessage(connection));
	PQclear(result);
	PQfinish(connection);
}

/* The cluster's URL with another database's name in it. */
static const char *url_of(struct arena *arena, const char *database)
{
	const char *host = strstr(cluster_url, "://");
	const char *slash = host == NULL ? NULL : strchr(host + 3, '/');
	if (slash == NULL)
		give_up("read the URL, which must name a database", cluster_url);
	return arena_format(arena, "%.*s/%s%s", (int)(slash - cluster_url),
		cluster_url, database, slash + strcspn(slash, "?"));
}

/* ---- Databases ---- */

static void drop_pool(void)
{
	if (getpid() != pool_owner)
		return;
	struct arena *arena = arena_open();
	for (size_t i = 0; i < pool_count; i++)
		run_at(cluster_url,
			arena_format(arena, "DROP DATABASE %s WITH (FORCE)",
				pool[i].name));
	arena_close(arena);
}

static struct database *borrow_database(struct arena *arena)
{
	for (size_t i = 0; i < pool_count; i++)
		if (!pool[i].is_lent) {
			pool[i].is_lent = true;
			return &pool[i];
		}
	if (pool_count == MOST_DATABASES)
		give_up("make a database", "too many at the same time");
	if (pool_count == 0) {
		pool_owner = getpid();
		atexit(drop_pool);
	}
	struct database *database = &pool[pool_count];
	snprintf(database->name, sizeof database->name, "kith_test_%d_%zu",
		(int)getpid(), pool_count++);
	database->is_lent = true;
	run_at(cluster_url,
		arena_format(arena,
			"CREATE DATABASE %s LOCALE 'C.UTF-8' TEMPLATE template0",
			database->name));
	return database;
}

static void give_back(struct database *database, struct arena *arena)
{
	run_at(url_of(arena, database->name),
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
		" WHERE datname = current_database()"
		" AND pid <> pg_backend_pid();"
		"SET client_min_messages = 'warning';"
		"DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	database->is_lent = false;
}

const char *harness_another(struct harness *harness, enum store_engine engine)
{
	if (engine == STORE_SQLITE)
		return arena_format(harness->arena, "%s/kith-%zu.db",
			harness->folder, harness->file_count++);
	struct database *database = borrow_database(harness->arena);
	harness->databases[harness->database_count++] = database;
	return url_of(harness->arena, database->name);
}

static struct harness *open_harness(enum store_engine engine)
{
	struct arena *arena = arena_open();
	struct harness *harness = arena_new(arena, sizeof *harness);
	*harness = (struct harness){.engine = engine, .arena = arena};
	char folder[] = "/tmp/kith-test-XXXXXX";
	if (mkdtemp(folder) == NULL)
		give_up("make a folder", folder);
	harness->folder = arena_string(arena, text_of(folder));
	harness->url = harness_another(harness, engine);
	return harness;
}

static void open_database(struct harness *harness, bool has_schema)
{
	struct fault fault = {0};
	bool is_done = !has_schema
		|| region_init(harness->url, HARNESS_LA, "Islington", &fault);
	if (!is_done)
		give_up(fault.message, fault.detail);
}

static struct harness *open_if_present(enum store_engine engine, bool has_schema)
{
	if (engine == STORE_POSTGRES && !harness_has_postgres())
		return NULL;
	struct harness *harness = open_harness(engine);
	open_database(harness, has_schema);
	return harness;
}

struct harness *harness_open(enum store_engine engine)
{
	return open_if_present(engine, true);
}

struct harness *harness_open_empty(enum store_engine engine)
{
	return open_if_present(engine, false);
}

void harness_close(struct harness *harness)
{
	if (harness == NULL)
		return;
	store_close(harness->store);
	for (size_t i = 0; i < harness->database_count; i++)
		give_back(harness->databases[i], harness->arena);
	if (harness->folder != NULL && file_environment("KITH_TEST_KEEP") != NULL)
		print_message("# kept %s\n", harness->folder);
	else if (harness->folder != NULL)
		remove_folder(harness->folder);
	arena_close(harness->arena);
}

/* ---- What tests ask ---- */

struct harness *harness_of(void **state)
{
	return *state;
}

enum store_engine harness_engine(const struct harness *harness)
{
	return harness->engine;
}

const char *harness_url(const struct harness *harness)
{
	return harness->url;
}

struct store *harness_store(struct harness *harness)
{
	struct fault fault = {0};
	if (harness->store == NULL
		&& !store_open(&(struct store_options){.url = harness->url,
				       .must_create = true},
			&harness->store, &fault))
		give_up(fault.message, fault.detail);
	return harness->store;
}

void harness_leave(struct harness *harness)
{
	store_close(harness->store);
	harness->store = NULL;
}

struct arena *harness_arena(struct harness *harness)
{
	return harness->arena;
}

const char *harness_path(struct harness *harness, const char *name)
{
	return arena_format(harness->arena, "%s/%s", harness->folder, name);
}

const char *harness_source(struct harness *harness, const char *path)
{
	return arena_format(harness->arena, HARNESS_SOURCE "/%s", path);
}

void harness_done(bool is_done, const struct fault *fault, const char *call,
	const char *file, int line)
{
	if (is_done)
		return;
	print_error("%s:%d: %s: %s (%s)\n", file, line, call, fault->message,
		fault->detail);
	_fail(file, line);
}

const char *harness_rows(struct harness *harness, struct store *store,
	const char *sql)
{
	struct fault fault = {0};
	struct store_rows *rows;
	struct buffer text = {.maximum = 1 << 26};
	HARNESS_DONE(store_query(store, sql, NULL, 0, &rows, &fault), &fault);
	while (store_next(rows, &fault))
		for (int i = 0, width = store_width(rows); i < width; i++) {
			if (store_is_null(rows, i))
				buffer_char(&text, '-');
			else
				buffer_add(&text, store_get_text(rows, i));
			buffer_char(&text, i + 1 < width ? '|' : '\n');
		}
	store_end(rows);
	const char *copy = arena_string(harness->arena, buffer_text(&text));
	buffer_finish(&text);
	HARNESS_DONE(!fault_is_set(&fault), &fault);
	return copy;
}

/* ---- Lists of tests ---- */

int harness_run(const struct CMUnitTest *tests, size_t count)
{
	struct arena *arena = arena_open();
	struct CMUnitTest *kept = arena_array(arena, count, sizeof *kept);
	size_t kept_count = 0;
	for (size_t i = 0; i < count; i++) {
		bool needs_postgres = tests[i].setup_func == harness_begin_postgres
			|| tests[i].setup_func == harness_begin_empty_postgres;
		if (!needs_postgres || harness_has_postgres())
			kept[kept_count++] = tests[i];
	}
	int failed = _cmocka_run_group_tests("tests", kept, kept_count, NULL,
		NULL);
	arena_close(arena);
	return failed;
}

static int begin(void **state, enum store_engine engine, bool has_schema)
{
	*state = open_if_present(engine, has_schema);
	return *state == NULL;
}

int harness_begin_sqlite(void **state)
{
	return begin(state, STORE_SQLITE, true);
}

int harness_begin_postgres(void **state)
{
	return begin(state, STORE_POSTGRES, true);
}

int harness_begin_empty_sqlite(void **state)
{
	return begin(state, STORE_SQLITE, false);
}

int harness_begin_empty_postgres(void **state)
{
	return begin(state, STORE_POSTGRES, false);
}

int harness_end(void **state)
{
	harness_close(*state);
	return 0;
}
