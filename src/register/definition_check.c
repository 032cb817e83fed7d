/* SPDX-License-Identifier: MIT
 *
 * What must hold between the sections of a definition: every state is reached
 * and left, who takes a step is shown the entry, nothing is in force that ends
 * before it begins, nothing asks about what is still sealed, and what is worked
 * out finds what it is worked out from.
 *
 * Each mistake is told where the council's officer wrote it, so this walks the
 * tree beside what was understood of it.
 */
#include "base/nearest.h"
#include "register/definition-inside.h"

static const struct text nothing = {"", 0};

struct checking {
	struct definition_reader *reader;
	const struct definition *of;
	const struct tree *root;
};

/* The value under the key; where there is none, the node itself. */
static const struct tree *below(const struct tree *node, const char *key)
{
	const struct tree *found = tree_find(node, key);
	return found == NULL ? node : found;
}

static const struct tree *item(const struct tree *list, size_t place)
{
	const struct tree *at = list->first;
	for (size_t i = 0; at != NULL && i < place; i++)
		at = at->next;
	return at == NULL ? list : at;
}

static const struct tree *step_node(const struct checking *checking,
	const struct definition_step *step)
{
	return below(below(checking->root, "steps"), step->name);
}

static const struct tree *field_node(const struct checking *checking,
	const struct definition_part *part, const struct definition_field *field)
{
	const struct tree *where = part == NULL
		? checking->root
		: below(below(checking->root, "parts"), part->name);
	return below(below(where, "fields"), field->name);
}

/* ---- States ---- */

/* The states that an entry can come to, a bit each, leaving out one step. */
static uint64_t reached(const struct definition *of,
	const struct definition_step *without)
{
	uint64_t states = 0, before = 1;
	while (before != states) {
		before = states;
		for (size_t i = 0; i < of->step_count; i++) {
			const struct definition_step *step = &of->steps[i];
			if (step != without && step->to != NULL
				&& (step->opens || (step->from & states) != 0))
				states |= (uint64_t)1 << (step->to - of->states);
		}
	}
	return states;
}

static bool is_left(const struct definition *of, size_t state)
{
	for (size_t i = 0; i < of->step_count; i++)
		if ((of->steps[i].from >> state & 1) != 0 && of->steps[i].to != NULL
			&& of->steps[i].to != &of->states[state])
			return true;
	return of->states[state].closes;
}

static void check_states(const struct checking *checking)
{
	const struct definition *of = checking->of;
	struct tree_reader *tree = checking->reader->tree;
	const struct tree *nodes = below(checking->root, "states");
	uint64_t can_be = reached(of, NULL);
	bool opens = false;
	for (size_t i = 0; i < of->step_count; i++)
		opens = opens || of->steps[i].opens;
	if (!opens) {
		tree_mistake_key(tree, below(checking->root, "steps"),
			"no step opens an entry", nothing, "");
		return;
	}
	for (size_t i = 0; i < of->state_count; i++) {
		struct text name = text_of(of->states[i].name);
		const struct tree *node = below(nodes, of->states[i].name);
		if ((can_be >> i & 1) == 0)
			tree_mistake_key(tree, node,
				"no step leads to this state", name, "");
		else if (!is_left(of, i))
			tree_mistake_key(tree, node,
				"no step leads out of this state", name,
				"if entries end here: closes: yes");
	}
}

/* ---- Roles ---- */

/* Families see the entry about them by invitation, not by reach. */
static bool is_public(const struct codes_entry *role)
{
	return text_is(codes_column(role, "kind"), "public");
}

static void check_roles(const struct checking *checking,
	const struct tree *node, uint64_t roles)
{
	const struct definition *of = checking->of;
	const struct tree *see = tree_find(checking->root, "see");
	if (see == NULL || see->first == NULL)
		return;
	for (size_t i = 0; i < of->roles->count && i < DEFINITION_ROLES; i++)
		if ((roles >> i & 1) != 0 && of->reach[i] == DEFINITION_REACH_NONE
			&& !is_public(&of->roles->entries[i]))
			tree_mistake(checking->reader->tree, node,
				"is shown no entry of this register",
				of->roles->entries[i].code,
				"say under see: which ones");
}

/* Who only opens entries need not be shown any: a school that tells us. */
static void check_step_roles(const struct checking *checking)
{
	const struct definition *of = checking->of;
	for (size_t i = 0; i < of->step_count; i++) {
		const struct definition_step *step = &of->steps[i];
		const struct tree *node = step_node(checking, step);
		if (!step->opens)
			check_roles(checking, below(node, "who"), step->who);
		check_roles(checking, below(node, "approve"), step->approve);
	}
}

static void check_field_roles(const struct checking *checking,
	const struct definition_part *part, const struct definition_field *field)
{
	const struct tree *node = field_node(checking, part, field);
	uint64_t opening = 0;
	for (size_t i = 0; i < checking->of->step_count; i++)
		if (checking->of->steps[i].opens)
			opening |= checking->of->steps[i].who;
	check_roles(checking, below(node, "see"), field->see);
	check_roles(checking, below(node, "set"), field->set & ~opening);
}

static void check_clocks(const struct checking *checking)
{
	for (size_t i = 0; i < checking->of->clock_count; i++) {
		const struct definition_clock *clock = &checking->of->clocks[i];
		const struct tree *node = below(below(checking->root, "clocks"),
			clock->name);
		check_roles(checking, below(node, "due-to"), clock->due_to);
		if (tree_find(node, "when") == NULL
			&& tree_find(node, "stops") == NULL
			&& tree_find(node, "ends") == NULL)
			tree_mistake_key(checking->reader->tree, node,
				"the clock never stops", text_of(clock->name),
				"say stops, ends or when");
	}
}

static void check_owner(const struct checking *checking)
{
	const struct tree *node = tree_find(checking->root, "owner-role");
	uint64_t role = 0;
	if (node == NULL || node->kind != TREE_SCALAR)
		return;
	definition_take_roles(checking->reader, node, &role);
	check_roles(checking, node, role);
}

/* ---- Letters ---- */

/* A step offers only letters that there are. */
static void check_offers(const struct checking *checking)
{
	const struct definition *of = checking->of;
	const char *known[DEFINITION_LETTERS];
	for (size_t i = 0; i < of->letter_count; i++)
		known[i] = of->letters[i].name;
	for (size_t i = 0; i < of->step_count; i++)
		for (size_t j = 0; j < of->steps[i].letter_count; j++) {
			struct text name = text_of(of->steps[i].letters[j]);
			const struct tree *node = below(step_node(checking,
								&of->steps[i]),
				"letters");
			if (definition_letter(of, name) == NULL)
				tree_mistake(checking->reader->tree,
					item(node, j),
					"is no letter of this register", name,
					nearest_hint(checking->reader->tree->arena,
						name, known, of->letter_count));
		}
}

/* ---- Spans ---- */

static void check_span(const struct checking *checking, const struct tree *node,
	const struct definition_span *span)
{
	bool is_backwards = span->from.day != 0 && span->until.day != 0
		&& span->until.day < span->from.day;
	bool is_same = span->from_setting != NULL
		&& span->from_setting == span->until_setting;
	if (is_backwards || is_same)
		tree_mistake(checking->reader->tree, below(node, "until"),
			"is never in force: it ends before it begins", nothing,
			"");
}

static void check_spans(const struct checking *checking)
{
	const struct definition *of = checking->of;
	for (size_t i = 0; i < of->step_count; i++) {
		const struct definition_step *step = &of->steps[i];
		const struct tree *node = step_node(checking, step);
		check_span(checking, node, &step->span);
		for (size_t j = 0; j < step->guard_count; j++)
			check_span(checking, item(below(node, "guards"), j),
				&step->guards[j].span);
	}
	for (size_t i = 0; i < of->clock_count; i++)
		check_span(checking,
			below(below(checking->root, "clocks"), of->clocks[i].name),
			&of->clocks[i].span);
	for (size_t i = 0; i < of->letter_count; i++)
		check_span(checking,
			below(below(checking->root, "letters"),
				of->letters[i].name),
			&of->letters[i].span);
}

/* ---- Seals ---- */

/* Whether a condition looks at one field. */
struct looking {
	const struct definition_field *field;
	int part; /* 0: of the entry */
	bool is_found;
};

static void look(void *context, const struct condition_name *name)
{
	struct looking *looking = context;
	looking->is_found = looking->is_found
		|| (name->part == looking->part
			&& text_is(text_of(name->name), looking->field->name));
}

static bool uses(const struct condition *condition,
	const struct definition_part *part, const struct definition_field *field)
{
	struct looking looking = {field, part == NULL ? 0 : part->number, false};
	if (condition != NULL)
		condition_uses(condition, look, &looking);
	return looking.is_found;
}

static bool asks(const struct definition_step *step,
	const struct definition_field *field)
{
	for (size_t i = 0; i < step->ask_count; i++)
		if (step->asks[i].field == field)
			return true;
	return false;
}

/* A guard that asks about a sealed field tells what it holds to whoever tries
 * the step, unless they give it themselves. */
static void check_sealed_guards(const struct checking *checking,
	const struct definition_part *part, const struct definition_field *field,
	const struct definition_step *opener)
{
	const struct definition *of = checking->of;
	uint64_t before = reached(of, opener);
	for (size_t i = 0; i < of->step_count; i++) {
		const struct definition_step *step = &of->steps[i];
		if (step == opener || asks(step, field)
			|| (!step->opens && (step->from & before) == 0))
			continue;
		const struct tree *guards = below(step_node(checking, step),
			"guards");
		for (size_t j = 0; j < step->guard_count; j++)
			if (uses(step->guards[j].need, part, field))
				tree_mistake(checking->reader->tree,
					below(item(guards, j), "need"),
					"asks about a field that may still be sealed",
					text_of(field->name), "");
	}
}

static void check_sealed_lists(const struct checking *checking,
	const struct definition_part *part, const struct definition_field *field)
{
	for (size_t i = 0; i < checking->of->list_count; i++) {
		const struct definition_list *list = &checking->of->lists[i];
		const struct tree *node = below(below(checking->root, "lists"),
			list->name);
		if (uses(list->where, part, field))
			tree_mistake(checking->reader->tree, below(node, "where"),
				"asks about a field that may still be sealed",
				text_of(field->name), "");
		for (size_t j = 0; j < list->column_count; j++)
			if (list->columns[j] == field)
				tree_mistake(checking->reader->tree,
					item(below(node, "columns"), j),
					"shows a field that may still be sealed",
					text_of(field->name), "");
	}
}

static void check_seal(const struct checking *checking,
	const struct definition_part *part, const struct definition_field *field)
{
	const struct definition *of = checking->of;
	struct text name = text_of(field->sealed_until);
	const struct definition_step *opener = definition_step(of, name);
	const char *known[DEFINITION_STEPS];
	for (size_t i = 0; i < of->step_count; i++)
		known[i] = of->steps[i].name;
	if (opener == NULL) {
		tree_mistake(checking->reader->tree,
			below(field_node(checking, part, field), "sealed-until"),
			"is no step of this register", name,
			nearest_hint(checking->reader->tree->arena, name, known,
				of->step_count));
		return;
	}
	check_sealed_guards(checking, part, field, opener);
	check_sealed_lists(checking, part, field);
}

/* ---- What is worked out ---- */

/* Rows are worked out before the entry, parts and fields in the order of the
 * text. */
struct ordering {
	const struct definition *of;
	const struct definition_part *part; /* of the field, or NULL */
	const struct definition_field *field;
	const struct condition *rule;
	const char *late; /* the first field that comes too late, or NULL */
};

static int turn(const struct definition *of, int part)
{
	return part == 0 ? (int)of->part_count + 1 : part;
}

static void look_later(void *context, const struct condition_name *name)
{
	struct ordering *ordering = context;
	const struct definition *of = ordering->of;
	const struct definition_part *part = name->part == 0
		? NULL
		: &of->parts[name->part - 1];
	const struct definition_field *field = definition_field(of, part,
		text_of(name->name));
	if (field == NULL || field->derived == NULL || ordering->late != NULL)
		return;
	int own = turn(of, ordering->part == NULL ? 0 : ordering->part->number);
	int its = turn(of, name->part);
	bool is_of_rows = name->part > 0 && its == own
		&& condition_uses_part(ordering->rule, name->part);
	if (its > own || (its == own && field->slot >= ordering->field->slot)
		|| is_of_rows)
		ordering->late = field->name;
}

static void check_order(const struct checking *checking,
	const struct definition_part *part, const struct definition_field *field)
{
	struct ordering ordering = {checking->of, part, field, field->derived,
		NULL};
	condition_uses(field->derived, look_later, &ordering);
	if (ordering.late != NULL)
		tree_mistake(checking->reader->tree,
			below(field_node(checking, part, field), "derived"),
			ordering.late == field->name
				? "is worked out from itself"
				: "is worked out from a field that is worked out later",
			text_of(ordering.late), "");
}

/* ---- The whole ---- */

static void check_fields(const struct checking *checking,
	const struct definition_part *part)
{
	const struct definition *of = checking->of;
	const struct definition_field *fields = part == NULL ? of->fields
							     : part->fields;
	size_t count = part == NULL ? of->field_count : part->field_count;
	for (size_t i = 0; i < count; i++) {
		check_field_roles(checking, part, &fields[i]);
		check_span(checking, field_node(checking, part, &fields[i]),
			&fields[i].span);
		if (fields[i].derived != NULL)
			check_order(checking, part, &fields[i]);
		if (fields[i].sealed_until != NULL)
			check_seal(checking, part, &fields[i]);
	}
}

void definition_check(struct definition_reader *reader, const struct tree *root,
	bool has_whole_steps)
{
	struct checking checking = {reader, reader->definition, root};
	if (has_whole_steps && tree_find(root, "steps") != NULL)
		check_states(&checking);
	check_owner(&checking);
	check_step_roles(&checking);
	check_clocks(&checking);
	check_offers(&checking);
	check_spans(&checking);
	check_fields(&checking, NULL);
	for (size_t i = 0; i < checking.of->part_count; i++)
		if (!checking.of->parts[i].is_own)
			check_fields(&checking, &checking.of->parts[i]);
}
