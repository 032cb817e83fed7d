/* SPDX-License-Identifier: MIT
 *
 * Applying the numbered schema files, and turning their types into an
 * engine's. The form is one column a line, so rendering looks at the second
 * word of each line inside CREATE TABLE.
 */
#include "store/migrate.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/moment.h"

extern const struct embedded store_schema[];
extern const struct embedded store_sql[];

static const char postgres_functions[] =
	"CREATE OR REPLACE FUNCTION days_between(a date, b date) RETURNS integer"
	" LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN b - a;\n"
	"CREATE OR REPLACE FUNCTION add_days(d date, n integer) RETURNS date"
	" LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN d + n;\n"
	"CREATE OR REPLACE FUNCTION add_months(d date, n integer) RETURNS date"
	" LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"
	" RETURN (d + make_interval(months => n))::date;\n"
	"CREATE OR REPLACE FUNCTION months_reached(d date, n integer)"
	" RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN"
	" (d + make_interval(months => n))::date + CASE WHEN"
	" extract(day FROM d + make_interval(months => n)) < extract(day FROM d)"
	" THEN 1 ELSE 0 END;\n"
	"CREATE OR REPLACE FUNCTION age_at(born date, d date) RETURNS integer"
	" LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN"
	" extract(year FROM d)::integer - extract(year FROM born)::integer"
	" - CASE WHEN (extract(month FROM d), extract(day FROM d))"
	" < (extract(month FROM born), extract(day FROM born))"
	" THEN 1 ELSE 0 END;\n";

static const char step_table[] =
	"CREATE TABLE IF NOT EXISTS schema_step (step INTEGER NOT NULL PRIMARY KEY,"
	" digest TEXT NOT NULL, applied_at TEXT NOT NULL)";

static const struct {
	const char *common;
	const char *type[2]; /* by enum store_engine */
} types[] = {
	{"SMALLINT", {"INTEGER", "SMALLINT"}},
	{"INTEGER", {"INTEGER", "INTEGER"}},
	{"BIGINT", {"INTEGER", "BIGINT"}},
	{"TEXT", {"TEXT", "TEXT"}},
	{"DATE", {"TEXT", "DATE"}},
	{"BLOB", {"BLOB", "BYTEA"}},
};

static struct text next_word(struct text *rest)
{
	struct text trimmed = text_trim(*rest);
	size_t length = 0;
	while (length < trimmed.length && trimmed.at[length] != ' '
		&& trimmed.at[length] != ',' && trimmed.at[length] != '('
		&& trimmed.at[length] != '\n')
		length++;
	*rest = text_cut(trimmed, length, trimmed.length);
	return text_cut(trimmed, 0, length);
}

/* Without the comment at its end. Comments hold no quotes in these files. */
static struct text without_comment(struct text line)
{
	for (size_t i = 0; i + 1 < line.length; i++)
		if (line.at[i] == '-' && line.at[i + 1] == '-')
			return text_trim(text_cut(line, 0, i));
	return text_trim(line);
}

static const char *type_for(struct text word, enum store_engine engine)
{
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (text_is(word, types[i].common))
			return types[i].type[engine];
	return NULL;
}

/* SQLite keeps a date as text. Its date() gives back what it was given unless
 * it has to count, which moves 30 February to 1 March: so only days that exist
 * come out as they went in. */
static void render_line(struct text line, enum store_engine engine,
	struct buffer *out)
{
	struct text rest = line;
	struct text name = next_word(&rest);
	struct text type = next_word(&rest);
	const char *rendered = type_for(type, engine);
	if (rendered == NULL) {
		buffer_add(out, line);
		buffer_char(out, '\n');
		return;
	}
	bool has_comma = text_ends(rest, TEXT(","));
	if (has_comma)
		rest.length--;
	buffer_format(out, "  " TEXT_FORMAT " %s" TEXT_FORMAT, TEXT_ARGS(name),
		rendered, TEXT_ARGS(rest));
	if (engine == STORE_SQLITE && text_is(type, "DATE"))
		buffer_format(out,
			" CHECK (" TEXT_FORMAT " IS date(" TEXT_FORMAT
			", '+0 days'))",
			TEXT_ARGS(name), TEXT_ARGS(name));
	buffer_string(out, has_comma ? ",\n" : "\n");
}

/* Tables whose rows are long keep a row id; the rest are stored by key. So
 * does one whose key is not its first columns: of such a table, stored by key,
 * SQLite 3.40's integrity check says falsely that it holds NULLs. */
static bool keeps_row_id(struct text table)
{
	static const char *const tables[] = {"batch_chunk", "mark_year",
		"import_fault", "published", "repair", "entry_version",
		"letter_sent", "definition_text"};
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		if (text_is(table, tables[i]))
			return true;
	return text_starts(table, TEXT("reg_"));
}

void migrate_render_text(struct text step, enum store_engine engine,
	struct buffer *out)
{
	static const struct text create = {"CREATE TABLE ", 13};
	struct text table = {.at = NULL};
	while (step.length > 0) {
		struct text line = without_comment(text_split(step, '\n', &step));
		if (text_starts(line, create)) {
			struct text rest = text_cut(line, create.length,
				line.length);
			table = next_word(&rest);
		}
		if (line.length == 0)
			continue;
		if (engine == STORE_SQLITE && text_is(line, ");")) {
			buffer_string(out,
				keeps_row_id(table)
					? ") STRICT;\n"
					: ") STRICT, WITHOUT ROWID;\n");
			continue;
		}
		render_line(line, engine, out);
	}
}

static struct text entry_text(const struct embedded *entry)
{
	return (struct text){entry->text, entry->length};
}

void migrate_render(enum store_engine engine, struct buffer *out_sql)
{
	if (engine == STORE_POSTGRES)
		buffer_string(out_sql, postgres_functions);
	for (const struct embedded *at = store_schema; at->name != NULL; at++)
		migrate_render_text(entry_text(at), engine, out_sql);
}

static void render_citus_line(struct text line, bool is_reference,
	struct buffer *out)
{
	struct text rest = text_cut(line, sizeof "CREATE TABLE " - 1,
		line.length);
	struct text table = next_word(&rest);
	if (is_reference)
		buffer_format(out,
			"SELECT create_reference_table('" TEXT_FORMAT "');\n",
			TEXT_ARGS(table));
	else if (text_is(table, "authority"))
		buffer_string(out,
			"SELECT create_distributed_table('authority', 'la',"
			" shard_count => 128);\n");
	else
		buffer_format(out,
			"SELECT create_distributed_table('" TEXT_FORMAT
			"', 'la', colocate_with => 'authority');\n",
			TEXT_ARGS(table));
}

void migrate_render_citus(struct buffer *out_sql)
{
	for (const struct embedded *at = store_schema; at->name != NULL; at++) {
		struct text step = entry_text(at);
		bool is_reference = false;
		while (step.length > 0) {
			struct text line = text_split(step, '\n', &step);
			if (text_starts(line, TEXT("-- reference")))
				is_reference = true;
			if (!text_starts(line, TEXT("CREATE TABLE ")))
				continue;
			render_citus_line(line, is_reference, out_sql);
			is_reference = false;
		}
	}
}

/* How many of our steps the database has; false if it is not one of ours. */
static bool count_applied(struct store *store, size_t *out_count,
	struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, store_find(store_sql, "applied"), NULL, 0,
		    &rows, fault))
		return false;
	size_t count = 0;
	while (store_next(rows, fault)) {
		char digest[DIGEST_TEXT];
		const struct embedded *entry = &store_schema[count];
		if (entry->name != NULL)
			digest_text(entry_text(entry), digest);
		if (entry->name == NULL
			|| !text_is(store_get_text(rows, 1), digest)) {
			fault_set(fault, FAULT_CONFLICT,
				"the database was made by another version of kith");
			fault_hint(fault, "use that version, or copy the data");
			break;
		}
		count++;
	}
	store_end(rows);
	*out_count = count;
	return !fault_is_set(fault);
}

static bool apply(struct store *store, size_t step, struct fault *fault)
{
	struct buffer sql = {.maximum = 1 << 22};
	migrate_render_text(entry_text(&store_schema[step]),
		store_engine(store), &sql);
	char digest[DIGEST_TEXT], now[MOMENT_TEXT];
	digest_text(entry_text(&store_schema[step]), digest);
	moment_write(moment_now(), now);
	bool is_done = store_script(store, sql.bytes, fault)
		&& store_run(store, store_find(store_sql, "apply"),
			STORE_VALUES(store_integer((int64_t)step + 1),
				store_string(digest), store_string(now)),
			fault);
	buffer_finish(&sql);
	return is_done;
}

static bool apply_all(struct store *store, struct fault *fault)
{
	if (store_engine(store) == STORE_POSTGRES
		&& !store_script(store, postgres_functions, fault))
		return false;
	size_t count;
	if (!store_script(store, step_table, fault)
		|| !count_applied(store, &count, fault))
		return false;
	for (; store_schema[count].name != NULL; count++)
		if (!apply(store, count, fault))
			return false;
	return true;
}

bool migrate_up(struct store *store, struct fault *fault)
{
	if (!store_begin(store, fault))
		return false;
	if (apply_all(store, fault) && store_commit(store, fault))
		return true;
	store_rollback(store);
	return false;
}

bool migrate_check(struct store *store, struct fault *fault)
{
	size_t count;
	struct fault cause = {0};
	if (!store_check(store, store_find(store_sql, "applied"), &cause)) {
		fault_set(fault, FAULT_MISSING, "this is not a kith database");
		return fault_hint(fault, "make one with: kith init --la 206");
	}
	if (!count_applied(store, &count, fault))
		return false;
	if (store_schema[count].name == NULL)
		return true;
	fault_set(fault, FAULT_CONFLICT, "the database has an older schema");
	return fault_hint(fault, "bring it up to date with: kith init");
}
