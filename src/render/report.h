/* SPDX-License-Identifier: MIT
 *
 * The quarterly performance report, written in six formats.
 *
 * A writer takes the report as plain data (view.h) and appends one whole
 * document to a buffer. It reads no clock, locale, file or environment: equal
 * reports give equal bytes. On failure the fault is set and the buffer may hold
 * part of a document, which must not be used.
 *
 * Text, HTML, PDF and XLSX are for people. CSV is for people with a
 * spreadsheet: a cell that a spreadsheet would run begins with an apostrophe.
 * JSON is for machines and carries every string exactly as it was given.
 */
#ifndef KITH_RENDER_REPORT_H
#define KITH_RENDER_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "render/view.h"

bool report_write_text(const struct view_report *report, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));
bool report_write_html(const struct view_report *report, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));
bool report_write_csv(const struct view_report *report, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));
bool report_write_json(const struct view_report *report, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));
bool report_write_xlsx(const struct view_report *report, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));
bool report_write_pdf(const struct view_report *report, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));

struct report_format {
	const char *name; /* as on the command line, and the file extension */
	const char *type; /* media type */
	bool is_binary;   /* not to be written to a terminal */
	bool (*write)(const struct view_report *report, struct buffer *out,
		struct fault *fault);
};

/* By name; NULL if there is no such format. */
const struct report_format *report_format_find(struct text name);

/* All formats, in the order to offer them. */
const struct report_format *report_formats(size_t *out_count);

#endif
