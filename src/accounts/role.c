/* SPDX-License-Identifier: MIT
 *
 * The list of roles, and sets of them as bits.
 */
#include "accounts/role.h"

#include "base/buffer.h"
#include "codes/codes.h"

static bool read_reads(struct text word, enum role_reads *out_reads)
{
	static const char *const words[] = {[ROLE_NOTHING] = "none",
		[ROLE_FIGURES] = "figures",
		[ROLE_OWN] = "own",
		[ROLE_CASES] = "cases"};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_is(word, words[i])) {
			*out_reads = (enum role_reads)i;
			return true;
		}
	return false;
}

static bool add(struct role_list *list, const struct codes_entry *entry,
	struct fault *fault)
{
	if (role_place(list, entry->code) >= 0)
		return true;
	if (list->count == ROLE_MOST)
		return fault_set(fault, FAULT_LIMIT,
			"there are more than %d roles", ROLE_MOST);
	struct role *role = &list->roles[list->count];
	*role = (struct role){.code = entry->code,
		.label = entry->label,
		.does = codes_column(entry, "does"),
		.is_public = text_is(codes_column(entry, "kind"), "public")};
	if (!read_reads(codes_column(entry, "reads"), &role->reads))
		return fault_set(fault, FAULT_INPUT,
			"role \"" TEXT_FORMAT "\": \"reads\" must be none,"
			" figures, own or cases",
			TEXT_ARGS(entry->code));
	list->count++;
	return true;
}

bool role_open(const struct codes *codes, struct arena *arena,
	const struct role_list **out_roles, struct fault *fault)
{
	const struct codes_list *entries = codes_list(codes, "roles");
	struct role_list *list = arena_new(arena, sizeof *list);
	if (entries == NULL)
		return fault_set(fault, FAULT_BROKEN,
			"there is no list of roles");
	for (size_t i = 0; i < entries->count; i++)
		if (!add(list, &entries->entries[i], fault))
			return false;
	*out_roles = list;
	return true;
}

int role_place(const struct role_list *roles, struct text code)
{
	for (size_t i = 0; i < roles->count; i++)
		if (text_equals(roles->roles[i].code, code))
			return (int)i;
	return -1;
}

struct role_set role_with(struct role_set set, int place)
{
	if (place >= 0)
		set.bits |= (uint64_t)1 << place;
	return set;
}

struct role_set role_without(struct role_set set, int place)
{
	if (place >= 0)
		set.bits &= ~((uint64_t)1 << place);
	return set;
}

struct role_set role_set_of(const struct role_list *roles,
	const char *const *codes, size_t count)
{
	struct role_set set = {0};
	for (size_t i = 0; i < count; i++)
		set = role_with(set, role_place(roles, text_of(codes[i])));
	return set;
}

bool role_overlaps(struct role_set a, struct role_set b)
{
	return (a.bits & b.bits) != 0;
}

bool role_has(const struct role_list *roles, struct role_set set, const char *code)
{
	return role_overlaps(set, role_set_of(roles, &code, 1));
}

enum role_reads role_most_read(const struct role_list *roles, struct role_set set)
{
	enum role_reads most = ROLE_NOTHING;
	for (size_t i = 0; i < roles->count; i++)
		if ((set.bits >> i & 1) != 0 && roles->roles[i].reads > most)
			most = roles->roles[i].reads;
	return most;
}

bool role_may_join(const struct role_list *roles, struct role_set set)
{
	return !role_has(roles, set, "administrator")
		|| role_most_read(roles, set) < ROLE_OWN;
}

struct text role_words(const struct role_list *roles, struct role_set set,
	struct arena *arena)
{
	struct buffer words = {.maximum = 1 << 16};
	for (size_t i = 0; i < roles->count; i++) {
		if ((set.bits >> i & 1) == 0)
			continue;
		buffer_string(&words, words.length > 0 ? " " : "");
		buffer_add(&words, roles->roles[i].code);
	}
	struct text text = arena_text(arena, buffer_text(&words));
	buffer_finish(&words);
	return text;
}
