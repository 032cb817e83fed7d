/* SPDX-License-Identifier: MIT
 *
 * Measures and the quarterly report as JSON.
 */
#include "measures/evaluate.h"
#include "render/report.h"
#include "web/api-inside.h"
#include "web/quarterly_view.h"

static void write_text(struct api_call *call, const char *key, struct text text)
{
	json_out_string_or_null(&call->json, key,
		arena_string(call->arena, text));
}

static const char *unit_word(const struct measure *measure)
{
	static const char *const words[] = {[MEASURE_PERCENT] = "percent",
		[MEASURE_COUNT] = "count",
		[MEASURE_RATE] = "rate",
		[MEASURE_MEAN] = "mean"};
	return words[measure->unit];
}

static void write_measure(struct api_call *call, const struct measure *measure)
{
	write_text(call, "measure", measure->id);
	write_text(call, "title", measure->title);
	write_text(call, "definition", measure->definition);
	json_out_string(&call->json, "unit", unit_word(measure));
	write_text(call, "owner", measure->owner);
	write_text(call, "source", measure->source);
	json_out_string(&call->json, "digest", measure->digest);
}

bool api_figures_measures(struct api_call *call, struct fault *fault)
{
	const struct measures *measures = &call->desk.measures;
	(void)fault;
	api_begin(call);
	json_out_object(&call->json, NULL);
	json_out_array(&call->json, "measures");
	for (size_t i = 0; i < measures->count; i++) {
		json_out_object(&call->json, NULL);
		write_measure(call, &measures->items[i]);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
	json_out_object_end(&call->json);
	return true;
}

static void write_count(struct api_call *call, const char *key, int64_t count,
	bool is_hidden)
{
	if (is_hidden)
		json_out_null(&call->json, key);
	else
		json_out_whole(&call->json, key, count);
}

static void write_figure(struct api_call *call, const struct measure *measure,
	const struct desk_measure_row *row)
{
	const struct evaluate_figure *figure = &row->figure;
	struct json_out *json = &call->json;
	bool is_absent = figure->symbol[0] == 'x' || figure->lacks_counts;
	json_out_object(json, NULL);
	json_out_whole(json, "la", row->la);
	json_out_string_or_null(json, "by", row->by);
	json_out_string_or_null(json, "group", row->group);
	write_count(call, "numerator", figure->numerator,
		is_absent || figure->hides_numerator);
	write_count(call, "denominator", figure->denominator,
		is_absent || figure->hides_denominator
			|| measure->unit == MEASURE_COUNT);
	if (figure->symbol[0] == '\0')
		json_out_tenths(json, "value", figure->tenths);
	else
		json_out_null(json, "value");
	json_out_string_or_null(json, "symbol", figure->symbol);
	json_out_string_or_null(json, "symbol_label",
		quarterly_view_symbol(figure->symbol));
	json_out_object_end(json);
}

bool api_figures_measure(struct api_call *call, struct fault *fault)
{
	const struct desk_measure_input *in = (const void *)call->input.bytes;
	const struct desk_measure_output *output = (const void *)call->output.bytes;
	char at[DATE_TEXT];
	(void)fault;
	date_write(in->at, at);
	api_begin(call);
	json_out_object(&call->json, NULL);
	write_measure(call, output->measure);
	json_out_string(&call->json, "at", at);
	json_out_flag(&call->json, "is_published", in->is_published);
	json_out_array(&call->json, "rows");
	for (size_t i = 0; i < output->count; i++)
		write_figure(call, output->measure, &output->rows[i]);
	json_out_array_end(&call->json);
	json_out_object_end(&call->json);
	return true;
}

bool api_figures_report(struct api_call *call, struct fault *fault)
{
	const struct desk_report_output *output = (const void *)call->output.bytes;
	struct view_report view = quarterly_view(output, call->arena);
	api_begin(call);
	return report_write_json(&view, call->json.out, fault);
}
