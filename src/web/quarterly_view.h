/* SPDX-License-Identifier: MIT
 *
 * The quarterly report's figures put into words, as render's view.h wants
 * them. Formatting only: what may be shown has been decided.
 */
#ifndef KITH_WEB_QUARTERLY_VIEW_H
#define KITH_WEB_QUARTERLY_VIEW_H

#include "desk/desk.h"
#include "render/view.h"

/* The view lives in the arena, and borrows from the report. */
struct view_report quarterly_view(const struct desk_report_output *output,
	struct arena *arena);

/* "20.7%", "299", "51.3", or the symbol. */
const char *quarterly_view_value(const struct measure *measure,
	const struct evaluate_figure *figure, struct arena *arena);

/* "12 of 58", "12"; c for what is hidden; "" where nothing is loaded. */
const char *quarterly_view_counts(const struct measure *measure,
	const struct evaluate_figure *figure, struct arena *arena);

/* What a symbol means, in words; "" for none. */
const char *quarterly_view_symbol(const char *symbol);

#endif
