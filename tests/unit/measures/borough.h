/* SPDX-License-Identifier: MIT
 *
 * A borough of some ninety invented children, built so that each measure's
 * edges have a child on either side: what happens on the first and last day
 * of a period, on a birthday, after exactly so many months. The children are
 * numbered; who is who stands beside the rows.
 */
#ifndef KITH_TESTS_BOROUGH_H
#define KITH_TESTS_BOROUGH_H

#include "harness.h"

/* Fills the tables, as imports of all kinds would leave them. */
void borough_fill(struct harness *harness);

#endif
