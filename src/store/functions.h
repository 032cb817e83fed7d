/* SPDX-License-Identifier: MIT
 *
 * Functions that both engines have by the same name: days_between, add_days,
 * add_months, months_reached, age_at, greatest, least, strpos. In SQLite they
 * are C; in PostgreSQL one-expression SQL, so that the planner sees through
 * them. A property test compares the two over every pair of awkward dates.
 */
#ifndef KITH_STORE_FUNCTIONS_H
#define KITH_STORE_FUNCTIONS_H

#include <sqlite3.h>
#include <stdbool.h>

/* False: SQLite refused. */
bool functions_register(sqlite3 *connection);

#endif
