/* SPDX-License-Identifier: MIT
 *
 * Every limit, with its reason. Limits that a kernel or format needs privately
 * stand in that file; those a user can run into stand here.
 */
#ifndef KITH_BASE_LIMITS_H
#define KITH_BASE_LIMITS_H

enum {
	/* A row of a return: the widest census table has 90 columns. */
	LIMIT_COLUMNS = 512,
	/* One field. A year of marks is 732 bytes; free text is seldom 10 kB. */
	LIMIT_FIELD_BYTES = 256 * 1024,
	/* One row, so that a stray quote cannot swallow a file. */
	LIMIT_ROW_BYTES = 1024 * 1024,
	/* Files in one import. */
	LIMIT_FILES = 4096,
	/* Depth of an XML return; the CIN census needs 8. */
	LIMIT_XML_DEPTH = 64,
	/* Parts of a zipped workbook; one of 200 sheets has about 450. */
	LIMIT_UNZIP_PARTS = 4096,
	/* All parts of it unpacked: a full sheet of 1,048,576 rows by 20. */
	LIMIT_UNZIP_BYTES = 1024 * 1024 * 1024,
	/* Unpacked to packed, beyond a free 16 MB: sheets reach about 50. */
	LIMIT_UNZIP_RATIO = 200,
	/* Different texts of a workbook. */
	LIMIT_SHARED_TEXTS = 4 * 1024 * 1024,
	/* Faults kept for one import; more are counted, not kept. */
	LIMIT_FAULTS_KEPT = 100000,
	/* Authorities in England are 153. */
	LIMIT_AUTHORITIES = 512,
	/* Measures in a report pack. */
	LIMIT_MEASURES = 256,
	/* Periods in one sweep: 480 months are forty years. */
	LIMIT_PERIODS = 512,
	/* Groups of one breakdown. */
	LIMIT_GROUPS = 4096,
};

#endif
