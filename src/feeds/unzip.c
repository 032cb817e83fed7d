/* SPDX-License-Identifier: MIT
 *
 * The front on libzip.
 */
#include "feeds/unzip.h"

#include <stdint.h>

#include <zip.h>

#include "base/limits.h"

enum {
	PIECE = 32 * 1024,
	FREE_BYTES = 16 * 1024 * 1024, /* a part so small needs no ratio */
};

struct unzip {
	zip_t *zip;
};

static void close_zip(void *thing)
{
	struct unzip *unzip = thing;
	zip_discard(unzip->zip);
}

/* Old workbooks (.xls) and workbooks with a password are both of this kind:
 * [MS-CFB] 2.2, the signature of a compound file. */
static bool refuse_other_files(struct text bytes, struct fault *fault)
{
	static const char compound[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	if (text_starts(bytes, (struct text){compound, 8})) {
		fault_set(fault, FAULT_INPUT,
			"the file is an old (.xls) workbook "
			"or one with a password");
		return fault_hint(fault,
			"open it and save it as .xlsx without a password");
	}
	if (!text_starts(bytes, TEXT("PK")))
		return fault_set(fault, FAULT_INPUT,
			"the file is not a workbook (.xlsx)");
	return true;
}

static bool zip_fault(zip_error_t *error, const char *what, struct fault *fault)
{
	fault_set(fault, FAULT_INPUT, "cannot %s", what);
	fault_detail(fault, "%s", zip_error_strerror(error));
	zip_error_fini(error);
	return false;
}

static bool check_part(const zip_stat_t *about, struct fault *fault)
{
	zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
	if ((about->valid & needed) != needed)
		return fault_set(fault, FAULT_INPUT,
			"the zip directory does not say how large its parts are");
	if (about->size > LIMIT_UNZIP_BYTES)
		return fault_set(fault, FAULT_LIMIT,
			"a part of the file unpacks to more than 1 GB");
	if (about->size > FREE_BYTES
		&& about->size / LIMIT_UNZIP_RATIO > about->comp_size)
		return fault_set(fault, FAULT_LIMIT,
			"a part of the file unpacks "
			"to more than 200 times its size");
	return true;
}

static bool check_parts(zip_t *zip, struct fault *fault)
{
	zip_int64_t parts = zip_get_num_entries(zip, 0);
	if (parts > LIMIT_UNZIP_PARTS)
		return fault_set(fault, FAULT_LIMIT,
			"the file has more than %d parts", LIMIT_UNZIP_PARTS);
	uint64_t total = 0;
	for (zip_int64_t i = 0; i < parts; i++) {
		zip_stat_t about;
		zip_stat_init(&about);
		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &about) != 0)
			return fault_set(fault, FAULT_INPUT,
				"the zip directory is damaged");
		if (!check_part(&about, fault))
			return false;
		total += about.size;
	}
	if (total > LIMIT_UNZIP_BYTES)
		return fault_set(fault, FAULT_LIMIT,
			"the file unpacks to more than 1 GB");
	return true;
}

bool unzip_open(struct text bytes, struct arena *arena,
	struct unzip **out_unzip, struct fault *fault)
{
	if (!refuse_other_files(bytes, fault))
		return false;
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.length,
		0, &error);
	if (source == NULL)
		return zip_fault(&error, "read the zip file", fault);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (zip == NULL) {
		zip_source_free(source);
		return zip_fault(&error, "read the zip file", fault);
	}
	zip_error_fini(&error);
	struct unzip *unzip = arena_new(arena, sizeof *unzip);
	unzip->zip = zip;
	arena_on_close(arena, close_zip, unzip);
	if (!check_parts(zip, fault))
		return false;
	*out_unzip = unzip;
	return true;
}

static bool read_pieces(zip_file_t *file, uint64_t claimed,
	const struct unzip_consumer *consumer, struct fault *fault)
{
	char bytes[PIECE];
	uint64_t total = 0;
	for (;;) {
		zip_int64_t got = zip_fread(file, bytes, sizeof bytes);
		if (got == 0)
			return true;
		if (got < 0) {
			fault_set(fault, FAULT_INPUT,
				"a part of the file is damaged");
			return fault_detail(fault, "%s",
				zip_error_strerror(zip_file_get_error(file)));
		}
		total += (uint64_t)got;
		if (total > claimed)
			return fault_set(fault, FAULT_INPUT,
				"a part of the file "
				"is larger than its directory claims");
		if (!consumer->piece(consumer->self,
			    (struct text){bytes, (size_t)got}, fault))
			return false;
	}
}

bool unzip_read(const struct unzip *unzip, const char *part,
	const struct unzip_consumer *consumer, struct fault *fault)
{
	zip_int64_t place = zip_name_locate(unzip->zip, part, ZIP_FL_NOCASE);
	zip_stat_t about;
	zip_stat_init(&about);
	if (place < 0
		|| zip_stat_index(unzip->zip, (zip_uint64_t)place, 0, &about) != 0)
		return fault_set(fault, FAULT_MISSING,
			"the file has no part \"%s\"", part);
	zip_file_t *file = zip_fopen_index(unzip->zip, (zip_uint64_t)place, 0);
	if (file == NULL) {
		fault_set(fault, FAULT_INPUT, "cannot unpack the part \"%s\"",
			part);
		return fault_detail(fault, "%s", zip_strerror(unzip->zip));
	}
	bool is_read = read_pieces(file, about.size, consumer, fault);
	zip_fclose(file);
	return is_read;
}
