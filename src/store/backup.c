/* SPDX-License-Identifier: MIT
 *
 * VACUUM INTO a file beside the target, integrity and foreign keys checked,
 * flushed, then given its name without replacing anything. A PostgreSQL
 * database is first copied into a scratch file.
 */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "store/copy.h"
#include "store/migrate.h"

static bool is_postgres(const char *url)
{
	return text_starts(text_of(url), TEXT("postgresql://"))
		|| text_starts(text_of(url), TEXT("postgres://"));
}

static bool system_fault(struct fault *fault, const char *what, const char *path)
{
	int cause = errno;
	fault_set(fault, cause == EEXIST ? FAULT_CONFLICT : FAULT_SYSTEM,
		"could not %s \"%s\"", what, path);
	return fault_detail(fault, "%s", strerror(cause));
}

static bool must_be_absent(const char *path, struct fault *fault)
{
	if (!file_exists(path))
		return true;
	fault_set(fault, FAULT_CONFLICT, "\"%s\" is already there", path);
	return fault_hint(fault, "nothing is overwritten: choose another name");
}

static bool open_reading(const char *file, struct store **out_store,
	struct fault *fault)
{
	return store_open(&(struct store_options){.url = file,
				  .is_read_only = true},
		out_store, fault);
}

/* The engine's own check of every page, index and reference. */
static bool check_whole(struct store *store, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, "PRAGMA integrity_check", NULL, 0, &rows, fault))
		return false;
	if (store_next(rows, fault) && !text_is(store_get_text(rows, 0), "ok")) {
		fault_set(fault, FAULT_BROKEN, "the file is damaged");
		fault_detail(fault, TEXT_FORMAT,
			TEXT_ARGS(store_get_text(rows, 0)));
	}
	store_end(rows);
	if (fault_is_set(fault)
		|| !store_query(store, "PRAGMA foreign_key_check", NULL, 0,
			&rows, fault))
		return false;
	if (store_next(rows, fault)) {
		fault_set(fault, FAULT_BROKEN, "the file lacks records");
		fault_detail(fault, "that table \"%.*s\" refers to",
			TEXT_ARGS(store_get_text(rows, 0)));
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool check_file(const char *file, struct fault *fault)
{
	struct store *store;
	if (!open_reading(file, &store, fault))
		return false;
	bool is_fine = check_whole(store, fault);
	store_close(store);
	return is_fine;
}

static bool flush_path(const char *path, int flags, struct fault *fault)
{
	int file = open(path, flags | O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return system_fault(fault, "open", path);
	bool is_done = fsync(file) == 0 || system_fault(fault, "flush", path);
	close(file);
	return is_done;
}

/* The new name itself must reach the disk, so its folder is flushed too. */
static bool give_name(const char *part, const char *file, struct arena *arena,
	struct fault *fault)
{
	if (!flush_path(part, 0, fault))
		return false;
	if (renameat2(AT_FDCWD, part, AT_FDCWD, file, RENAME_NOREPLACE) != 0)
		return system_fault(fault, "write", file);
	struct text path = text_of(file);
	path.length -= file_name(path).length;
	return flush_path(path.length == 0 ? "." : arena_string(arena, path),
		O_DIRECTORY, fault);
}

/* SQLite to SQLite: compact, checked, named. */
static bool vacuum(const char *from, const char *to, struct fault *fault)
{
	struct store *store;
	if (!open_reading(from, &store, fault))
		return false;
	struct arena *arena = arena_open();
	const char *part = arena_format(arena, "%s.%d.part", to, (int)getpid());
	bool is_made = store_run(store, "VACUUM INTO $1",
		STORE_VALUES(store_string(part)), fault);
	store_close(store);
	bool is_done = is_made && check_file(part, fault)
		&& give_name(part, to, arena, fault);
	if (is_made && !is_done)
		unlink(part);
	arena_close(arena);
	return is_done;
}

/* A file made by SQLite in its own way may have its log beside it. */
static void remove_database(struct arena *arena, const char *file)
{
	unlink(arena_format(arena, "%s-wal", file));
	unlink(arena_format(arena, "%s-shm", file));
	unlink(file);
}

static bool make_from_postgres(const char *url, const char *file,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	const char *scratch = arena_format(arena, "%s.%d.copy", file,
		(int)getpid());
	remove_database(arena, scratch);
	bool is_done = copy_store(url, scratch, 0, NULL, fault)
		&& vacuum(scratch, file, fault);
	remove_database(arena, scratch);
	arena_close(arena);
	return is_done;
}

/* An older schema is no hindrance: a backup comes before an upgrade. */
static bool must_be_ours(const char *url, struct fault *fault)
{
	struct store *store;
	struct fault cause = {0};
	if (!open_reading(url, &store, fault))
		return false;
	bool is_ours = migrate_check(store, &cause)
		|| cause.kind == FAULT_CONFLICT;
	store_close(store);
	if (!is_ours)
		*fault = cause;
	return is_ours;
}

bool backup_make(const char *url, const char *file, struct fault *fault)
{
	if (is_postgres(file)) {
		fault_set(fault, FAULT_USAGE, "a backup is a file");
		return fault_hint(fault, "give a path, not an address");
	}
	if (!must_be_absent(file, fault) || !must_be_ours(url, fault))
		return false;
	return is_postgres(url) ? make_from_postgres(url, file, fault)
				: vacuum(url, file, fault);
}

bool backup_restore(const char *file, const char *url, struct fault *fault)
{
	if (!file_exists(file))
		return fault_set(fault, FAULT_MISSING, "no file \"%s\"", file);
	if (is_postgres(url))
		return check_file(file, fault)
			&& copy_store(file, url, 0, NULL, fault);
	return must_be_absent(url, fault) && must_be_ours(file, fault)
		&& check_file(file, fault) && vacuum(file, url, fault);
}
