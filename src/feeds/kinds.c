/* SPDX-License-Identifier: MIT
 *
 * The kinds of feed there are, one row each.
 */
#include "feeds/kinds-inside.h"

const struct kind kinds[] = {
	{{"ssda903", "SSDA903",
		 "children looked after return, CSV files or XML, of one or more years"},
		ssda903_read},
	{{"cin", "CIN census",
		 "children in need census, XML, of one or more years"},
		cin_read, .looks_again = true},
	{{"ees", "Published statistics",
		 "figures in the CSV of Explore Education Statistics, any level"},
		ees_read},
	{{"postcodes", "Postcodes", "extract of the ONS Postcode Directory, CSV"},
		postcodes_read},
	{{"aggregates", "Aggregates",
		 "figures kept by hand: measure, period, numbers, source, CSV"},
		aggregates_read},
	{{"census", "School census",
		 "tables of one or more school censuses, CSV files of a COLLECT export"},
		census_read},
	{{"annex-a", "Annex A",
		 "Ofsted's child-level lists, a workbook of up to eleven sheets"},
		annex_a_read},
	{{"marks", "Attendance marks",
		 "daily marks, a session a row or a pupil a row, CSV files"},
		marks_feed_read},
	{{NULL, NULL, NULL}, NULL},
};

size_t import_kinds(const struct import_kind **out_kinds)
{
	static struct import_kind list[COUNT_OF(kinds)];
	size_t count = 0;
	for (; kinds[count].about.name != NULL; count++)
		list[count] = kinds[count].about;
	*out_kinds = list;
	return count;
}
