/* SPDX-License-Identifier: MIT
 *
 * An invented borough, written as the files a council really receives.
 *
 * The generator makes one set of children (births, families, schools, social
 * care histories) from a seed and writes each feed from it, so that a child in
 * one file is the same child in the next. It writes files only: reading them,
 * computing the measures and drawing the report is the work of other rooms,
 * which therefore meet the demonstration as they would meet a council's own
 * returns.
 *
 * The same seed gives the same bytes on every machine: whole numbers only, no
 * clock, no library's random numbers. Whatever the seed, the headline
 * measures come out as published (see demo_plan.c). Everything is invented and
 * looks invented; the troubles planted on purpose are listed in README.md.
 */
#ifndef KITH_DEMO_DEMO_H
#define KITH_DEMO_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

#define DEMO_SEED UINT64_C(20240630)

/* Writes every feed under the folder, which is made if it is not there;
 * existing files of the same names are replaced. */
bool demo_write(const char *folder, uint64_t seed, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
