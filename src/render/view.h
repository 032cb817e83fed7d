/* SPDX-License-Identifier: MIT
 *
 * The quarterly report as plain data, ready to draw.
 *
 * Everything that may be shown is here and already decided: values are
 * formatted, suppressed cells are replaced by their symbol, words stand beside
 * colours. The writers (text, HTML, PDF, XLSX, CSV, JSON) only lay it out; none
 * of them computes, rounds or suppresses. Strings end in a zero byte; where
 * there is nothing to say they are "" (NULL is taken as ""). All memory belongs
 * to the caller.
 *
 * A value is given twice: in words ("20.7%") and, where it may be shown, as a
 * number in tenths of its unit (207), for charts, spreadsheets and machines.
 * Where has_value is false nobody sees a number: the words hold the symbol.
 */
#ifndef KITH_RENDER_VIEW_H
#define KITH_RENDER_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

enum view_unit {
	VIEW_PERCENT,
	VIEW_COUNT,
	VIEW_RATE_10000,
	VIEW_DAYS,
	VIEW_MEAN
};

/* Zero is "not judged" and "not known": what nobody has filled in never looks
 * like good news. */
enum view_status { VIEW_GREY, VIEW_GREEN, VIEW_AMBER, VIEW_RED, VIEW_NEUTRAL };

enum view_direction { VIEW_UNKNOWN, VIEW_BETTER, VIEW_WORSE, VIEW_SAME };

/* One quarter of a measure's history, oldest first. */
struct view_point {
	const char *label;     /* "2024-25 Q1" */
	const char *value;     /* "20.7%", or the symbol "c", "u", "x" */
	const char *numerator; /* "12", or a symbol; "" where there is none */
	const char *denominator;
	bool has_value; /* tenths below may be drawn */
	int64_t tenths; /* value in tenths of the unit */
	bool has_target;
	int64_t target_tenths;
	bool has_comparator;
	int64_t comparator_tenths;
};

/* One row of a breakdown. */
struct view_group {
	const char *label;
	const char *value;
	const char *numerator;
	const char *denominator;
	bool has_value;
	int64_t tenths;
};

struct view_breakdown {
	const char *title; /* "Age band" */
	const struct view_group *groups;
	size_t count;
	const char *note; /* why rows are missing or hidden; may be "" */
};

struct view_measure {
	const char *id;
	const char *title;
	const char *definition; /* plain English */
	const char *polarity;   /* "Low is good" */
	const char *basis;      /* "Year to date, 1 April to 30 June 2024" */
	enum view_unit unit;
	const char *value; /* "20.7%"; or a symbol */
	bool has_value;    /* tenths below may be shown */
	int64_t tenths;
	const char *symbol;       /* "" or "c", "u", "x", "z", "low" */
	const char *symbol_words; /* "suppressed: fewer than 6 children" or "" */
	const char *numerator;
	const char *denominator;
	const char *numerator_words;   /* "plans that were repeats" */
	const char *denominator_words; /* "plans started" */
	const char *previous; /* same period last year: "26.7%" or "not available" */
	const char *previous_label; /* "2023-24 Q1" */
	const char *change;         /* "6.0 percentage points lower" or "" */
	const char *target; /* "22.0% or less", "below Inner London (15.9%)", "none set" */
	const char *against_target;    /* "1.3 points inside target" or "" */
	const char *comparator_name;   /* "Inner London", or "" */
	const char *comparator;        /* "15.9%", or "" */
	const char *comparator_source; /* "DfE, Pupil absence, 2022/23", or "" */
	enum view_status status;
	const char *status_words; /* "Meets target" */
	enum view_direction direction;
	const char *direction_words; /* "Better than a year ago" */
	const char *frozen; /* "" or "Published value 20.7% (12 of 58); revised since" */
	const char *coverage;     /* what feeds stand behind it and how fresh */
	const char *const *notes; /* caveats, settings used, suppression done */
	size_t note_count;
	const struct view_point *points;
	size_t point_count;
	const struct view_breakdown *breakdowns;
	size_t breakdown_count;
	const char *commentary_why; /* "" leaves an empty slot */
	const char *commentary_so_what;
	const char *commentary_next;
	const char *commentary_by_when;
};

/* One feed. */
struct view_source {
	const char *feed;     /* "SSDA903" */
	const char *covers;   /* "1 April 2019 to 30 June 2024" */
	const char *freshest; /* "data to 30 June 2024" */
	const char *rows;     /* "18,240" */
	const char *refused;
	const char *repaired;
	const char *linked; /* "99.8% linked to a child" or "" */
};

struct view_report {
	const char *title;      /* "Children's services performance report" */
	const char *authority;  /* "Borough of Kithley (206)" */
	const char *period;     /* "Quarter 1 2024-25" */
	const char *as_at;      /* "30 June 2024" */
	struct date as_at_date; /* dates the PDF and the spreadsheet */
	const char *edition; /* "For publication: small numbers suppressed" */
	const char *definitions; /* "kith 0.1.0, definitions 1a2b3c4d" */
	const struct view_measure *measures;
	size_t measure_count;
	const struct view_source *sources;
	size_t source_count;
	const char *const *notes; /* about the whole report */
	size_t note_count;
};

#endif
