/* SPDX-License-Identifier: MIT
 *
 * Fields, rows, elements, files.
 */
#include "demo/demo_out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void begin_field(struct demo_out *out)
{
	if (out->is_inside_row)
		buffer_char(&out->buffer, ',');
	out->is_inside_row = true;
}

void demo_out_field(struct demo_out *out, const char *value)
{
	begin_field(out);
	buffer_string(&out->buffer, value);
}

/* Decimal digits, without the cost of a format string: the census has more
 * than a million of these. */
static void add_digits(struct buffer *buffer, int64_t value)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (value < 0)
		digits[--at] = '-';
	buffer_add(buffer, (struct text){digits + at, sizeof digits - at});
}

void demo_out_number(struct demo_out *out, int64_t value)
{
	begin_field(out);
	add_digits(&out->buffer, value);
}

void demo_out_whole(struct demo_out *out, int64_t value)
{
	demo_out_number(out, value);
	buffer_add(&out->buffer, TEXT(".0"));
}

void demo_out_uk(struct demo_out *out, struct date date)
{
	begin_field(out);
	if (date_is_none(date))
		return;
	int year, month, day;
	date_parts(date, &year, &month, &day);
	buffer_format(&out->buffer, "%02d/%02d/%04d", day, month, year);
}

void demo_out_iso(struct demo_out *out, struct date date)
{
	char text[DATE_TEXT];
	begin_field(out);
	date_write(date, text);
	buffer_string(&out->buffer, text);
}

void demo_out_census(struct demo_out *out, struct date date)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	begin_field(out);
	if (date_is_none(date))
		return;
	int year, month, day;
	date_parts(date, &year, &month, &day);
	buffer_format(&out->buffer, "%04d-%s-%02d 00:00:00", year,
		months[month - 1], day);
}

void demo_out_row(struct demo_out *out)
{
	buffer_char(&out->buffer, '\n');
	out->is_inside_row = false;
}

void demo_out_line(struct demo_out *out, const char *line)
{
	buffer_string(&out->buffer, line);
	buffer_char(&out->buffer, '\n');
}

void demo_out_element(struct demo_out *out, const char *name, const char *value)
{
	if (value[0] == '\0')
		return;
	buffer_format(&out->buffer, "<%s>%s</%s>\n", name, value, name);
}

void demo_out_element_date(struct demo_out *out, const char *name,
	struct date date)
{
	char text[DATE_TEXT];
	date_write(date, text);
	demo_out_element(out, name, text);
}

void demo_out_element_number(struct demo_out *out, const char *name, int64_t value)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", (long long)value);
	demo_out_element(out, name, text);
}

/* Not base's file_write: that waits for the disk, two hundred times over, and
 * these files can be made again from the seed. */
static bool write_plainly(const char *path, struct text bytes, struct fault *fault)
{
	FILE *file = fopen(path, "wb");
	bool is_fine = file != NULL
		&& fwrite(bytes.at, 1, bytes.length, file) == bytes.length;
	int cause = errno;
	if (file != NULL && fclose(file) != 0) {
		cause = errno;
		is_fine = false;
	}
	if (is_fine)
		return true;
	fault_set(fault, FAULT_INPUT, "could not write \"%s\"", path);
	return fault_detail(fault, "%s", strerror(cause));
}

bool demo_out_save(struct demo_out *out, const char *folder, const char *name,
	struct fault *fault)
{
	char path[4096];
	int length = snprintf(path, sizeof path, "%s/%s", folder, name);
	bool is_fine = length > 0 && (size_t)length < sizeof path
		? !out->buffer.has_failed
			|| fault_set(fault, FAULT_LIMIT,
				"\"%s\" would be too large", name)
		: fault_set(fault, FAULT_INPUT, "path is too long");
	is_fine = is_fine
		&& write_plainly(path, buffer_text(&out->buffer), fault);
	buffer_finish(&out->buffer);
	*out = (struct demo_out){.is_inside_row = false};
	return is_fine;
}
