/* SPDX-License-Identifier: MIT
 *
 * The report as JSON, for machines: every string exactly as given, every value
 * that may be shown as a number, every other null beside its symbol.
 *
 * The member "format" names this layout. Members may be added under the same
 * name; none is renamed or dropped without a new one.
 */
#include "render/report.h"

#include "render/json_out.h"
#include "render/report-inside.h"
#include "render/status.h"
#include "render/words.h"

static const char FORMAT[] = "kith-report-1";

static void put_tenths(struct json_out *json, const char *key, bool has_value,
	int64_t tenths)
{
	if (has_value)
		json_out_tenths(json, key, tenths);
	else
		json_out_null(json, key);
}

static void put_value(struct json_out *json, bool has_value, int64_t tenths,
	const char *words)
{
	put_tenths(json, "value", has_value, tenths);
	json_out_string_or_null(json, "symbol", has_value ? NULL : words);
}

static void put_strings(struct json_out *json, const char *key,
	const char *const *strings, size_t count)
{
	json_out_array(json, key);
	for (size_t i = 0; i < count; i++)
		json_out_string(json, NULL, strings[i]);
	json_out_array_end(json);
}

static void put_point(struct json_out *json, const struct view_point *point)
{
	json_out_object(json, NULL);
	json_out_string(json, "period", point->label);
	put_value(json, point->has_value, point->tenths, point->value);
	json_out_string_or_null(json, "numerator", point->numerator);
	json_out_string_or_null(json, "denominator", point->denominator);
	put_tenths(json, "target", point->has_target, point->target_tenths);
	put_tenths(json, "comparator", point->has_comparator,
		point->comparator_tenths);
	json_out_object_end(json);
}

static void put_breakdown(struct json_out *json,
	const struct view_breakdown *breakdown)
{
	json_out_object(json, NULL);
	json_out_string(json, "by", breakdown->title);
	json_out_string_or_null(json, "note", breakdown->note);
	json_out_array(json, "groups");
	for (size_t i = 0; i < breakdown->count; i++) {
		const struct view_group *group = &breakdown->groups[i];
		json_out_object(json, NULL);
		json_out_string(json, "group", group->label);
		put_value(json, group->has_value, group->tenths, group->value);
		json_out_string_or_null(json, "numerator", group->numerator);
		json_out_string_or_null(json, "denominator", group->denominator);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

static void put_judgement(struct json_out *json,
	const struct view_measure *measure)
{
	json_out_string_or_null(json, "previous", measure->previous);
	json_out_string_or_null(json, "previous_period", measure->previous_label);
	json_out_string_or_null(json, "change", measure->change);
	json_out_string(json, "direction", status_way(measure->direction)->name);
	json_out_string_or_null(json, "direction_words",
		measure->direction_words);
	json_out_string_or_null(json, "target", measure->target);
	json_out_string_or_null(json, "against_target", measure->against_target);
	json_out_string(json, "status", status_look(measure->status)->name);
	json_out_string(json, "status_words", words_status(measure));
	json_out_string_or_null(json, "comparator_name",
		measure->comparator_name);
	json_out_string_or_null(json, "comparator", measure->comparator);
	json_out_string_or_null(json, "comparator_source",
		measure->comparator_source);
	json_out_string_or_null(json, "published", measure->frozen);
}

static void put_commentary(struct json_out *json,
	const struct view_measure *measure)
{
	json_out_object(json, "commentary");
	json_out_string_or_null(json, "why", measure->commentary_why);
	json_out_string_or_null(json, "so_what", measure->commentary_so_what);
	json_out_string_or_null(json, "what_next", measure->commentary_next);
	json_out_string_or_null(json, "by_when", measure->commentary_by_when);
	json_out_object_end(json);
}

static void put_measure(struct json_out *json, const struct view_measure *measure)
{
	json_out_object(json, NULL);
	json_out_string(json, "id", measure->id);
	json_out_string(json, "title", measure->title);
	json_out_string_or_null(json, "definition", measure->definition);
	json_out_string_or_null(json, "polarity", measure->polarity);
	json_out_string_or_null(json, "basis", measure->basis);
	json_out_string(json, "unit", words_unit(measure->unit));
	put_value(json, measure->has_value, measure->tenths,
		words_given(measure->symbol) ? measure->symbol : measure->value);
	json_out_string_or_null(json, "symbol_words", words_symbol(measure));
	json_out_string_or_null(json, "numerator", measure->numerator);
	json_out_string_or_null(json, "denominator", measure->denominator);
	json_out_string_or_null(json, "numerator_words",
		measure->numerator_words);
	json_out_string_or_null(json, "denominator_words",
		measure->denominator_words);
	put_judgement(json, measure);
	json_out_string_or_null(json, "coverage", measure->coverage);
	json_out_array(json, "history");
	for (size_t i = 0; i < measure->point_count; i++)
		put_point(json, &measure->points[i]);
	json_out_array_end(json);
	json_out_array(json, "breakdowns");
	for (size_t i = 0; i < measure->breakdown_count; i++)
		put_breakdown(json, &measure->breakdowns[i]);
	json_out_array_end(json);
	put_commentary(json, measure);
	put_strings(json, "notes", measure->notes, measure->note_count);
	json_out_object_end(json);
}

static void put_source(struct json_out *json, const struct view_source *source)
{
	json_out_object(json, NULL);
	json_out_string(json, "feed", source->feed);
	json_out_string_or_null(json, "covers", source->covers);
	json_out_string_or_null(json, "freshest", source->freshest);
	json_out_string_or_null(json, "rows", source->rows);
	json_out_string_or_null(json, "refused", source->refused);
	json_out_string_or_null(json, "repaired", source->repaired);
	json_out_string_or_null(json, "linked", source->linked);
	json_out_object_end(json);
}

bool report_write_json(const struct view_report *report, struct buffer *out,
	struct fault *fault)
{
	struct json_out writer = {.out = out};
	struct json_out *json = &writer;
	json_out_object(json, NULL);
	json_out_string(json, "format", FORMAT);
	json_out_string(json, "title", report->title);
	json_out_string(json, "authority", report->authority);
	json_out_string(json, "period", report->period);
	json_out_string(json, "as_at", report->as_at);
	json_out_string(json, "edition", report->edition);
	json_out_string(json, "definitions", report->definitions);
	json_out_array(json, "measures");
	for (size_t i = 0; i < report->measure_count; i++)
		put_measure(json, &report->measures[i]);
	json_out_array_end(json);
	json_out_array(json, "sources");
	for (size_t i = 0; i < report->source_count; i++)
		put_source(json, &report->sources[i]);
	json_out_array_end(json);
	put_strings(json, "notes", report->notes, report->note_count);
	json_out_object_end(json);
	return report_is_whole(out, fault);
}
