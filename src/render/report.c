/* SPDX-License-Identifier: MIT
 *
 * The formats by name.
 */
#include "render/report.h"

static const struct report_format formats[] = {
	{"text", "text/plain; charset=utf-8", false, report_write_text},
	{"html", "text/html; charset=utf-8", false, report_write_html},
	{"pdf", "application/pdf", true, report_write_pdf},
	{"xlsx",
		"application/vnd.openxmlformats-officedocument.spreadsheetml"
		".sheet",
		true, report_write_xlsx},
	{"csv", "text/csv; charset=utf-8", false, report_write_csv},
	{"json", "application/json", false, report_write_json},
};

const struct report_format *report_formats(size_t *out_count)
{
	*out_count = COUNT_OF(formats);
	return formats;
}

const struct report_format *report_format_find(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (text_is(name, formats[i].name))
			return &formats[i];
	return NULL;
}
