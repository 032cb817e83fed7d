/* SPDX-License-Identifier: MIT
 *
 * Files, folders and the environment, with faults that name the path.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

struct mapping {
	void *at;
	size_t length;
};

static bool path_fault(struct fault *fault, const char *what, const char *path)
{
	int cause = errno;
	fault_set(fault, cause == ENOENT ? FAULT_MISSING : FAULT_INPUT,
		"could not %s \"%s\"", what, path);
	return fault_detail(fault, "%s", strerror(cause));
}

static void unmap(void *thing)
{
	struct mapping *mapping = thing;
	munmap(mapping->at, mapping->length);
}

bool file_map(const char *path, struct arena *arena, struct text *out_bytes,
	struct fault *fault)
{
	/* Without O_NONBLOCK, a pipe given by mistake would wait for ever. */
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return path_fault(fault, "open", path);
	struct stat about;
	if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
		close(file);
		fault_set(fault, FAULT_INPUT, "\"%s\" is not a file", path);
		return false;
	}
	if (about.st_size == 0) {
		close(file);
		*out_bytes = (struct text){.at = "", .length = 0};
		return true;
	}
	size_t length = (size_t)about.st_size;
	void *at = mmap(NULL, length, PROT_READ, MAP_PRIVATE, file, 0);
	close(file);
	if (at == MAP_FAILED)
		return path_fault(fault, "read", path);
	madvise(at, length, MADV_SEQUENTIAL);
	struct mapping *mapping = arena_new(arena, sizeof *mapping);
	*mapping = (struct mapping){at, length};
	arena_on_close(arena, unmap, mapping);
	*out_bytes = (struct text){at, length};
	return true;
}

static bool write_all(int file, struct text bytes)
{
	while (bytes.length > 0) {
		ssize_t done = write(file, bytes.at, bytes.length);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		bytes = text_cut(bytes, (size_t)done, bytes.length);
	}
	return fsync(file) == 0;
}

bool file_write(const char *path, struct text bytes, struct fault *fault)
{
	char temporary[4096];
	int length = snprintf(temporary, sizeof temporary, "%s.part", path);
	if (length < 0 || (size_t)length >= sizeof temporary)
		return fault_set(fault, FAULT_INPUT, "path is too long");
	int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		0644);
	if (file < 0)
		return path_fault(fault, "write", path);
	bool is_written = write_all(file, bytes);
	is_written = close(file) == 0 && is_written;
	if (is_written && rename(temporary, path) == 0)
		return true;
	path_fault(fault, "write", path);
	unlink(temporary);
	return false;
}

bool file_is_folder(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool file_exists(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0;
}

bool file_make_folder(const char *path, struct fault *fault)
{
	char partial[4096];
	struct text whole = text_of(path);
	if (whole.length >= sizeof partial)
		return fault_set(fault, FAULT_INPUT, "path is too long");
	for (size_t i = 1; i <= whole.length; i++) {
		if (i < whole.length && path[i] != '/')
			continue;
		text_copy(partial, sizeof partial, text_cut(whole, 0, i));
		if (mkdir(partial, 0755) != 0 && errno != EEXIST)
			return path_fault(fault, "make the folder", partial);
	}
	if (!file_is_folder(path))
		return fault_set(fault, FAULT_INPUT, "\"%s\" is not a folder",
			path);
	return true;
}

static int order_names(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

bool file_list(const char *folder, struct arena *arena,
	const struct text **out_names, size_t *out_count, struct fault *fault)
{
	DIR *listing = opendir(folder);
	if (listing == NULL)
		return path_fault(fault, "open the folder", folder);
	struct text *names = arena_array(arena, LIMIT_FILES, sizeof *names);
	size_t count = 0;
	bool is_full = false;
	for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		is_full = count == LIMIT_FILES;
		if (is_full)
			break;
		names[count++] = arena_text(arena, text_of(entry->d_name));
	}
	closedir(listing);
	if (is_full)
		return fault_set(fault, FAULT_LIMIT,
			"the folder \"%s\" holds more than %d files", folder,
			LIMIT_FILES);
	qsort(names, count, sizeof *names, order_names);
	*out_names = names;
	*out_count = count;
	return true;
}

struct text file_name(struct text path)
{
	const char *slash = path.length == 0
		? NULL
		: memrchr(path.at, '/', path.length);
	if (slash == NULL)
		return path;
	size_t skip = (size_t)(slash - path.at) + 1;
	return text_cut(path, skip, path.length);
}

const char *file_environment(const char *name)
{
	const char *value = getenv(name);
	return value == NULL || value[0] == '\0' ? NULL : value;
}
