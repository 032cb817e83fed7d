/* SPDX-License-Identifier: MIT
 *
 * Reading the report pack: a short YAML file.
 */
#include <libfyaml.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/limits.h"
#include "measures/quarterly.h"

extern const struct embedded reports_shipped[];

static struct text scalar(struct arena *arena, struct fy_node *node)
{
	size_t length = 0;
	const char *at = node == NULL ? NULL : fy_node_get_scalar(node, &length);
	return at == NULL ? (struct text){.at = "", .length = 0}
			  : arena_text(arena, (struct text){at, length});
}

static const struct text *list(struct arena *arena, struct fy_node *node,
	size_t most, size_t *out_count)
{
	struct text *items = arena_array(arena, most, sizeof *items);
	void *at = NULL;
	struct fy_node *item;
	*out_count = 0;
	while (node != NULL && fy_node_is_sequence(node) && *out_count < most
		&& (item = fy_node_sequence_iterate(node, &at)) != NULL)
		items[(*out_count)++] = scalar(arena, item);
	return items;
}

static bool read_pack(struct arena *arena, struct text text,
	struct quarterly_pack *out_pack, struct fault *fault)
{
	enum { FEWEST = 8, MOST = 40 };
	struct fy_parse_cfg config = {.flags = FYPCF_QUIET};
	struct fy_document *document = fy_document_build_from_string(&config,
		text.at, text.length);
	if (document == NULL)
		return fault_set(fault, FAULT_INPUT,
			"the report pack quarterly.yaml is not YAML");
	struct fy_node *root = fy_document_root(document);
	struct quarterly_pack pack = {
		.title = scalar(arena, fy_node_by_path(root, "/title", -1, 0))};
	int64_t quarters = 0;
	bool is_fine = text_to_int64(scalar(arena,
					     fy_node_by_path(root, "/quarters",
						     -1, 0)),
			       &quarters)
		&& quarters >= FEWEST && quarters <= MOST;
	pack.quarters = (size_t)quarters;
	pack.breakdowns = list(arena, fy_node_by_path(root, "/breakdowns", -1, 0),
		QUARTERLY_BREAKDOWNS, &pack.breakdown_count);
	pack.measures = list(arena, fy_node_by_path(root, "/measures", -1, 0),
		LIMIT_MEASURES, &pack.measure_count);
	fy_document_destroy(document);
	if (!is_fine || pack.measure_count == 0) {
		fault_set(fault, FAULT_INPUT,
			"the report pack quarterly.yaml is not complete");
		return fault_hint(fault,
			"it needs a title, 8 to 40 quarters, and measures");
	}
	*out_pack = pack;
	return true;
}

bool quarterly_pack_open(struct arena *arena, const char *overlay,
	struct quarterly_pack *out_pack, struct fault *fault)
{
	struct text text = {reports_shipped[0].text, reports_shipped[0].length};
	const char *path = overlay == NULL
		? NULL
		: arena_format(arena, "%s/reports/quarterly.yaml", overlay);
	if (path != NULL && file_exists(path)
		&& !file_map(path, arena, &text, fault))
		return false;
	return read_pack(arena, text, out_pack, fault);
}
