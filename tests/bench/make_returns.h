/* SPDX-License-Identifier: MIT
 *
 * Returns of any size in their real formats, for the timings.
 *
 * Not a borough one could report on (that is src/demo): only the right
 * columns, codes and numbers of rows, so that reading them is the real work.
 * The same numbers give the same bytes. False: the file could not be written.
 */
#ifndef KITH_MAKE_RETURNS_H
#define KITH_MAKE_RETURNS_H

#include <stdbool.h>

/* SSDA903, 2023-24, six tables in a folder. */
bool make_ssda903(const char *folder, int children);

/* Its table Header alone, a child a row; and that with each field quoted. */
bool make_persons(const char *path, int children);
bool make_persons_quoted(const char *path, int children);

/* The same year as XML: a child's header and episodes. */
bool make_ssda903_xml(const char *path, int children);

/* Children in need census, 2024, XML. */
bool make_cin(const char *path, int children);

/* School census, spring 2024, six tables in a folder. */
bool make_census(const char *folder, int pupils);

/* Marks of 2023-24: a pupil a row, or a session a row of `days` school days. */
bool make_marks_wide(const char *path, int pupils);
bool make_marks_long(const char *path, int pupils, int days);

#endif
