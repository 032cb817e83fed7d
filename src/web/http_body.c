/* SPDX-License-Identifier: MIT
 *
 * The file is made by O_TMPFILE: it has no name that anybody could open, and
 * is gone with the last that holds it, also when the process is killed.
 */
#include "web/http_body.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"

enum { IN_MEMORY = 1024 * 1024 };

struct mapped {
	void *at;
	size_t length;
};

bool http_body_begin(struct http_body *body, size_t length)
{
	*body = (struct http_body){.length = length, .file = -1};
	if (length <= IN_MEMORY) {
		body->bytes.maximum = length + 1;
		return true;
	}
	const char *folder = file_environment("TMPDIR");
	body->file = open(folder != NULL ? folder : "/var/tmp",
		O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return body->file >= 0;
}

static bool write_all(int file, struct text bytes)
{
	while (bytes.length > 0) {
		ssize_t written = write(file, bytes.at, bytes.length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes = text_cut(bytes, (size_t)written, bytes.length);
	}
	return true;
}

bool http_body_add(struct http_body *body, struct text bytes)
{
	if (bytes.length > body->length - body->arrived)
		return false;
	body->arrived += bytes.length;
	if (body->file >= 0)
		return write_all(body->file, bytes);
	buffer_add(&body->bytes, bytes);
	return !body->bytes.has_failed;
}

static void unmap(void *thing)
{
	struct mapped *mapped = thing;
	munmap(mapped->at, mapped->length);
}

bool http_body_take(struct http_body *body, struct arena *arena,
	struct text *out_bytes)
{
	if (body->arrived != body->length)
		return false;
	if (body->file < 0) {
		*out_bytes = buffer_text(&body->bytes);
		return true;
	}
	struct mapped *mapped = arena_new(arena, sizeof *mapped);
	mapped->length = body->length;
	mapped->at = mmap(NULL, body->length, PROT_READ, MAP_PRIVATE,
		body->file, 0);
	if (mapped->at == MAP_FAILED)
		return false;
	arena_on_close(arena, unmap, mapped);
	*out_bytes = (struct text){mapped->at, mapped->length};
	return true;
}

void http_body_finish(struct http_body *body)
{
	buffer_finish(&body->bytes);
	if (body->length > IN_MEMORY && body->file >= 0)
		close(body->file);
	*body = (struct http_body){.file = -1};
}
