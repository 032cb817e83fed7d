/* SPDX-License-Identifier: MIT
 *
 * What the opening of a workbook (xlsx.c) and the reading of its sheets
 * (xlsx_sheet.c) share. For these two files only.
 */
#ifndef KITH_FEEDS_XLSX_INSIDE_H
#define KITH_FEEDS_XLSX_INSIDE_H

#include "feeds/unzip.h"
#include "feeds/xlsx.h"
#include "feeds/xlsx_value.h"
#include "feeds/xml.h"

struct xlsx {
	struct arena *arena;
	struct unzip *unzip;
	struct xlsx_sheet *sheets;
	const char **sheet_parts; /* the zip part of each sheet */
	size_t sheet_count;
	struct text *texts; /* shared by the sheets */
	size_t text_count;
	size_t text_capacity;
	bool *is_date; /* for each cell style; NULL if there are none */
	size_t style_count;
	enum xlsx_value_system dates;
};

/* Unpacks a part and reads it as XML. */
bool xlsx_read_part(const struct xlsx *xlsx, const char *part,
	const struct xml_consumer *consumer, struct fault *fault)
	__attribute__((warn_unused_result));

bool xlsx_sheet_read(const struct xlsx *xlsx, size_t sheet,
	const struct xlsx_consumer *consumer, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
