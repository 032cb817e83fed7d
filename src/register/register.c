/* SPDX-License-Identifier: MIT
 *
 * Opening all registers, and keeping their tables in step.
 */
#include "register/register.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/moment.h"
#include "register/keep.h"
#include "store/migrate.h"

extern const struct embedded register_sql[];
extern const struct embedded registers_shipped[];
extern const struct embedded letters_shipped[];

enum { MOST_REGISTERS = 64, EVERYBODY = 0 /* instead of an authority */ };

/* ---- Reading the definitions ---- */

static bool read_one(struct arena *arena,
	const struct definition_options *options, struct register_one *out_one,
	struct fault *fault)
{
	const struct definition *definition;
	struct buffer mistakes = {.maximum = 1 << 20};
	bool is_read = definition_read(arena, options, &definition, &mistakes,
		fault);
	if (is_read)
		register_work_out(arena, definition, out_one);
	else
		fault_detail(fault, "%.*s", (int)mistakes.length,
			mistakes.bytes == NULL ? "" : mistakes.bytes);
	buffer_finish(&mistakes);
	return is_read;
}

/* The council's own text for a register, if it has one; empty otherwise. */
static bool read_overlay(struct arena *arena, const char *overlay,
	const char *name, struct text *out_text, struct fault *fault)
{
	*out_text = (struct text){NULL, 0};
	if (overlay == NULL)
		return true;
	const char *path = arena_format(arena, "%s/registers/%s", overlay, name);
	return !file_exists(path) || file_map(path, arena, out_text, fault);
}

static bool read_shipped(struct arena *arena, const char *overlay,
	struct registers *registers, struct register_one *all,
	struct fault *fault)
{
	for (const struct embedded *at = registers_shipped; at->name != NULL;
		at++) {
		struct text name = file_name(text_of(at->name));
		struct definition_options options = {.name = name,
			.text = {at->text, at->length},
			.overlay_name = overlay == NULL
				? name
				: text_of(arena_format(arena, "%s/registers/%s",
					overlay, name.at)),
			.codes = registers->codes};
		if (!read_overlay(arena, overlay, name.at, &options.overlay, fault)
			|| !read_one(arena, &options, &all[registers->count],
				fault))
			return false;
		registers->count++;
	}
	return true;
}

static bool is_shipped(const char *name)
{
	for (const struct embedded *at = registers_shipped; at->name != NULL; at++)
		if (text_is(file_name(text_of(at->name)), name))
			return true;
	return false;
}

/* Whether a line begins so. */
static bool has_line(struct text text, struct text begin)
{
	while (text.length > 0)
		if (text_starts(text_split(text, '\n', &text), begin))
			return true;
	return false;
}

void register_lay(struct definition_options *options)
{
	for (const struct embedded *at = registers_shipped; at->name != NULL;
		at++) {
		if (!text_equals(file_name(text_of(at->name)), options->name)
			|| has_line(options->text, TEXT("register:")))
			continue;
		options->overlay = options->text;
		options->overlay_name = options->name;
		options->text = (struct text){at->text, at->length};
	}
}

static bool read_added(struct arena *arena, const char *overlay,
	struct registers *registers, struct register_one *all,
	struct fault *fault)
{
	const struct text *names;
	size_t count;
	const char *folder = overlay == NULL
		? NULL
		: arena_format(arena, "%s/registers", overlay);
	if (folder == NULL || !file_is_folder(folder))
		return true;
	if (!file_list(folder, arena, &names, &count, fault))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct definition_options options = {.name = names[i],
			.codes = registers->codes};
		if (!text_ends(names[i], TEXT(".yaml"))
			|| is_shipped(names[i].at))
			continue;
		if (registers->count == MOST_REGISTERS)
			return fault_set(fault, FAULT_LIMIT,
				"there are more than %d registers",
				MOST_REGISTERS);
		if (!file_map(arena_format(arena, "%s/%s", folder, names[i].at),
			    arena, &options.text, fault)
			|| !read_one(arena, &options, &all[registers->count],
				fault))
			return false;
		registers->count++;
	}
	return true;
}

bool register_open(struct arena *arena, const struct codes *codes,
	const char *overlay, struct registers **out_registers,
	struct fault *fault)
{
	struct registers *registers = arena_new(arena, sizeof *registers);
	struct register_one *all = arena_array(arena, MOST_REGISTERS,
		sizeof *all);
	*registers = (struct registers){.all = all,
		.codes = codes,
		.overlay = overlay == NULL
			? NULL
			: arena_string(arena, text_of(overlay))};
	if (!school_calendar_open(arena, codes, &registers->calendars, fault)
		|| !read_shipped(arena, overlay, registers, all, fault)
		|| !read_added(arena, overlay, registers, all, fault))
		return false;
	*out_registers = registers;
	return true;
}

bool register_letter(const struct registers *registers,
	const struct definition_letter *letter, struct arena *arena,
	struct text *out_template, struct fault *fault)
{
	const char *path = registers->overlay == NULL
		? NULL
		: arena_format(arena, "%s/letters/%s", registers->overlay,
			letter->file);
	if (path != NULL && file_exists(path))
		return file_map(path, arena, out_template, fault);
	for (const struct embedded *at = letters_shipped; at->name != NULL; at++)
		if (text_is(file_name(text_of(at->name)), letter->file)) {
			*out_template = (struct text){at->text, at->length};
			return true;
		}
	return fault_set(fault, FAULT_MISSING, "there is no letter file \"%s\"",
		letter->file);
}

const struct register_one *register_find(const struct registers *registers,
	struct text name)
{
	for (size_t i = 0; i < registers->count; i++)
		if (text_is(name, registers->all[i].definition->name))
			return &registers->all[i];
	return NULL;
}

/* ---- Bringing tables up ---- */

static bool has_shape(const struct register_one *one, struct store *store,
	int la, bool *out_has, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, store_find(register_sql, "shape"),
		    STORE_VALUES(store_integer(la),
			    store_string(one->definition->name)),
		    &rows, fault))
		return false;
	*out_has = store_next(rows, fault)
		&& text_is(store_get_text(rows, 0), one->shape);
	store_end(rows);
	return !fault_is_set(fault);
}

static bool set_shape(const struct register_one *one, struct store *store,
	int la, struct fault *fault)
{
	return store_run(store, store_find(register_sql, "shape_set"),
		STORE_VALUES(store_integer(la),
			store_string(one->definition->name),
			store_string(one->shape)),
		fault);
}

/* All authorities of a database share the tables: their rows go with them, and
 * each makes its own anew when it is brought up. */
static bool make_tables(const struct register_one *one, struct store *store,
	struct fault *fault)
{
	struct buffer sql = {.maximum = 1 << 20};
	for (size_t i = 0; i < one->table_count; i++) {
		buffer_format(&sql, "%s;\n", one->tables[i].drop);
		migrate_render_text(text_of(one->tables[i].create),
			store_engine(store), &sql);
	}
	bool is_done = store_script(store, sql.bytes, fault)
		&& store_run(store, store_find(register_sql, "shape_forget"),
			STORE_VALUES(store_string(one->definition->name)), fault)
		&& set_shape(one, store, EVERYBODY, fault);
	buffer_finish(&sql);
	return is_done;
}

/* A field that is worked out may be new: then it is worked out by today's
 * facts. The document stays as it was kept. */
static bool derive_again(struct keep *keep, struct entry *entry,
	struct fault *fault)
{
	struct condition_calendar calendar;
	struct date today = moment_date(moment_now());
	if (!keep_dress(keep, entry, today, &calendar, fault))
		return false;
	entry_derive(entry, today, &calendar);
	return keep_derive(keep, entry, today, fault);
}

/* One page of documents into the tables; *io_last is the last entry's id. */
static bool fill_page(struct keep *keep, const struct register_one *one,
	int64_t *io_last, size_t *out_count, struct fault *fault)
{
	enum { PAGE = 500 };
	struct entry *entries[PAGE];
	struct store_rows *rows;
	size_t count = 0;
	if (!store_query(keep->store, store_find(register_sql, "documents"),
		    STORE_VALUES(store_integer(keep->la),
			    store_string(one->definition->name),
			    store_integer(*io_last)),
		    &rows, fault))
		return false;
	while (count < PAGE && store_next(rows, fault)) {
		struct entry *entry = entry_new(one->definition, keep->la,
			store_get_integer(rows, 1), keep->arena);
		entry->id = store_get_integer(rows, 0);
		entry->version = (int)store_get_integer(rows, 2);
		entry->changed_at = arena_text(keep->arena,
			store_get_text(rows, 3));
		if (!entry_read(entry, store_get_text(rows, 4), fault))
			break;
		entries[count++] = entry;
		*io_last = entry->id;
	}
	store_end(rows);
	for (size_t i = 0; i < count && !fault_is_set(fault); i++)
		if (!derive_again(keep, entries[i], fault))
			break;
	*out_count = count;
	return !fault_is_set(fault);
}

/* Works out every entry anew: its rows, and its clocks. */
static bool fill(const struct registers *registers,
	const struct register_one *one, struct store *store, int la,
	struct fault *fault)
{
	int64_t last = 0;
	size_t count = 1;
	while (count > 0 && !fault_is_set(fault)) {
		struct arena *arena = arena_open();
		struct keep keep = {registers, store, la, arena};
		if (!fill_page(&keep, one, &last, &count, fault))
			count = 0;
		arena_close(arena);
	}
	return !fault_is_set(fault) && set_shape(one, store, la, fault);
}

static bool empty_tables(const struct register_one *one, struct store *store,
	int la, struct fault *fault)
{
	for (size_t i = 0; i < one->table_count; i++)
		if (!store_run(store, one->tables[i].empty,
			    STORE_VALUES(store_integer(la)), fault))
			return false;
	return true;
}

static bool bring_up(const struct registers *registers,
	const struct register_one *one, struct store *store, int la,
	struct fault *fault)
{
	bool has_tables = false;
	return has_shape(one, store, EVERYBODY, &has_tables, fault)
		&& (has_tables || make_tables(one, store, fault))
		&& empty_tables(one, store, la, fault)
		&& fill(registers, one, store, la, fault);
}

/* The tables are there, and the authority's rows in them. A copy of the
 * authority brings its own line, not the tables. */
static bool is_up(const struct register_one *one, struct store *store, int la,
	bool *out_is, struct fault *fault)
{
	bool has_tables = false, has_rows = false;
	if (!has_shape(one, store, EVERYBODY, &has_tables, fault)
		|| !has_shape(one, store, la, &has_rows, fault))
		return false;
	*out_is = has_tables && has_rows;
	return true;
}

bool register_up(const struct registers *registers, struct store *store, int la,
	size_t *out_changed, struct fault *fault)
{
	*out_changed = 0;
	for (size_t i = 0; i < registers->count; i++) {
		bool has = false;
		if (!is_up(&registers->all[i], store, la, &has, fault))
			return false;
		if (has)
			continue;
		if (!store_begin(store, fault))
			return false;
		if (!bring_up(registers, &registers->all[i], store, la, fault)
			|| !store_commit(store, fault)) {
			store_rollback(store);
			return false;
		}
		(*out_changed)++;
	}
	return true;
}

bool register_check(const struct registers *registers, struct store *store,
	int la, struct fault *fault)
{
	for (size_t i = 0; i < registers->count; i++) {
		bool has = false;
		if (!is_up(&registers->all[i], store, la, &has, fault))
			return false;
		if (has)
			continue;
		fault_set(fault, FAULT_CONFLICT,
			"the tables of the register \"%s\" are not those of its"
			" definition",
			registers->all[i].definition->name);
		return fault_hint(fault, "bring them up with: kith init");
	}
	return true;
}

/* ---- Settings and days ---- */

bool register_settings(const struct register_one *one, struct store *store,
	int la, struct date on, struct arena *arena, struct value *out_values,
	struct fault *fault)
{
	const struct definition *of = one->definition;
	struct store_rows *rows;
	for (size_t i = 0; i < of->setting_count; i++)
		out_values[i] = of->settings[i].initial;
	if (of->setting_count == 0)
		return true;
	if (!store_query(store, store_find(register_sql, "settings_on"),
		    STORE_VALUES(store_integer(la), store_date(on)), &rows, fault))
		return false;
	while (store_next(rows, fault))
		for (size_t i = 0; i < of->setting_count; i++)
			if (text_is(store_get_text(rows, 0), of->settings[i].name))
				(void)definition_setting_read(&of->settings[i],
					arena_text(arena, store_get_text(rows, 1)),
					&out_values[i]);
	store_end(rows);
	return !fault_is_set(fault);
}

struct condition_calendar register_calendar(const struct registers *registers,
	int la, struct text school, struct date on)
{
	int64_t urn = 0;
	if (school.length != 6 || !text_to_int64(school, &urn))
		urn = 0;
	return (struct condition_calendar){.holidays = codes_bank_holidays(
						   registers->codes),
		.school = school_calendar_on(registers->calendars, la, urn, on)
				  .school};
}
