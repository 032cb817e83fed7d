/* SPDX-License-Identifier: MIT
 *
 * Loading and keeping entries.
 */
#include "register/keep.h"

#include "base/digest.h"
#include "base/moment.h"
#include "store/audit.h"

extern const struct embedded register_sql[];

/* ---- Loading ---- */

static bool missing(struct fault *fault)
{
	return fault_set(fault, FAULT_MISSING, "there is no such entry");
}

static bool load(struct keep *keep, int64_t id, const char *sql,
	const struct store_value *values, size_t count,
	struct entry **out_entry, struct fault *fault)
{
	struct store_rows *rows;
	struct entry *entry = NULL;
	if (!store_query(keep->store, sql, values, count, &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		const struct register_one *one = register_find(keep->registers,
			store_get_text(rows, 0));
		if (one == NULL) {
			fault_set(fault, FAULT_BROKEN,
				"the entry's register has no definition");
		} else {
			entry = entry_new(one->definition, keep->la,
				store_get_integer(rows, 1), keep->arena);
			entry->id = id;
			entry->version = (int)store_get_integer(rows, 2);
			entry->changed_at = arena_text(keep->arena,
				store_get_text(rows, 3));
			if (!entry_read(entry, store_get_text(rows, 4), fault))
				entry = NULL;
		}
	}
	store_end(rows);
	if (fault_is_set(fault))
		return false;
	if (entry == NULL)
		return missing(fault);
	*out_entry = entry;
	return true;
}

bool keep_load(struct keep *keep, int64_t id, struct entry **out_entry,
	struct fault *fault)
{
	return load(keep, id, store_find(register_sql, "entry_newest"),
		STORE_VALUES(store_integer(keep->la), store_integer(id)),
		out_entry, fault);
}

bool keep_load_version(struct keep *keep, int64_t id, int version,
	struct entry **out_entry, struct fault *fault)
{
	return load(keep, id, store_find(register_sql, "entry_at_version"),
		STORE_VALUES(store_integer(keep->la), store_integer(id),
			store_integer(version)),
		out_entry, fault);
}

bool keep_load_known(struct keep *keep, int64_t id, const char *at,
	struct entry **out_entry, struct fault *fault)
{
	return load(keep, id, store_find(register_sql, "entry_known_at"),
		STORE_VALUES(store_integer(keep->la), store_integer(id),
			store_string(at)),
		out_entry, fault);
}

bool keep_open_about(struct keep *keep, const struct definition *of,
	int64_t subject, int64_t *out_id, struct fault *fault)
{
	*out_id = 0;
	return store_number(keep->store,
		       store_find(register_sql, "open_of_subject"),
		       STORE_VALUES(store_integer(keep->la),
			       store_string(of->name), store_integer(subject)),
		       out_id, fault)
		|| !fault_is_set(fault);
}

bool keep_dress(struct keep *keep, struct entry *entry, struct date on,
	struct condition_calendar *out_calendar, struct fault *fault)
{
	struct value facts[FACTS], settings[DEFINITION_SETTINGS];
	const struct register_one *one = register_find(keep->registers,
		text_of(entry->of->name));
	bool has_child = entry->of->subject == DEFINITION_CHILD;
	if (!fact_read(keep->store, keep->la, has_child ? entry->subject : 0,
		    on, keep->arena, facts, fault)
		|| !register_settings(one, keep->store, keep->la, on,
			keep->arena, settings, fault))
		return false;
	entry_dress(entry, facts, settings);
	*out_calendar = register_calendar(keep->registers, keep->la,
		facts[FACT_SCHOOL].kind == VALUE_TEXT ? facts[FACT_SCHOOL].text
						      : TEXT(""),
		on);
	return true;
}

bool keep_history(struct keep *keep, int64_t id,
	const struct keep_version **out_versions, size_t *out_count,
	struct fault *fault)
{
	struct store_rows *rows;
	struct keep_version *versions = NULL;
	size_t count = 0, room = 0;
	if (!store_query(keep->store, store_find(register_sql, "history"),
		    STORE_VALUES(store_integer(keep->la), store_integer(id)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		if (count == room) {
			struct keep_version *more = arena_array(keep->arena,
				room = room == 0 ? 16 : room * 2, sizeof *more);
			for (size_t i = 0; i < count; i++)
				more[i] = versions[i];
			versions = more;
		}
		struct keep_version *version = &versions[count++];
		const char **texts[] = {&version->at, NULL, &version->step,
			&version->actor, &version->reason, &version->definition};
		version->version = (int)store_get_integer(rows, 0);
		version->on = store_get_date(rows, 2);
		for (size_t i = 0; i < COUNT_OF(texts); i++)
			if (texts[i] != NULL)
				*texts[i] = arena_string(keep->arena,
					store_get_text(rows, (int)i + 1));
		version->document = arena_text(keep->arena,
			store_get_text(rows, 7));
	}
	store_end(rows);
	*out_versions = versions;
	*out_count = count;
	return !fault_is_set(fault);
}

/* ---- Keeping ---- */

static struct text text_in(const struct entry *entry, enum definition_slot slot)
{
	struct value value = entry_slot(entry, slot);
	return value.kind == VALUE_TEXT ? value.text : TEXT("");
}

static struct date date_in(const struct entry *entry, enum definition_slot slot)
{
	struct value value = entry_slot(entry, slot);
	return value.kind == VALUE_DATE ? value.date : DATE_NONE;
}

static bool add_entry(struct keep *keep, const struct entry *entry,
	struct text now, struct fault *fault)
{
	return store_run(keep->store, store_find(register_sql, "entry_add"),
		STORE_VALUES(store_integer(keep->la), store_integer(entry->id),
			store_string(entry->of->name),
			store_integer(entry->subject),
			store_text(text_in(entry, DEFINITION_STATE)),
			store_integer(entry_is_open(entry)),
			store_date(date_in(entry, DEFINITION_OPENED)),
			store_date(date_in(entry, DEFINITION_CLOSED)),
			store_date(date_in(entry, DEFINITION_SINCE)),
			store_text(text_in(entry, DEFINITION_OWNER)),
			store_text(text_in(entry, DEFINITION_TEAM)),
			store_text(now)),
		fault);
}

static bool change_entry(struct keep *keep, const struct entry *entry,
	struct text now, struct fault *fault)
{
	int64_t version;
	if (store_number(keep->store, store_find(register_sql, "entry_change"),
		    STORE_VALUES(store_integer(keep->la), store_integer(entry->id),
			    store_text(text_in(entry, DEFINITION_STATE)),
			    store_integer(entry_is_open(entry)),
			    store_date(date_in(entry, DEFINITION_CLOSED)),
			    store_date(date_in(entry, DEFINITION_SINCE)),
			    store_text(text_in(entry, DEFINITION_OWNER)),
			    store_text(text_in(entry, DEFINITION_TEAM)),
			    store_integer(entry->version + 1), store_text(now),
			    store_integer(entry->version)),
		    &version, fault))
		return true;
	if (fault_is_set(fault))
		return false;
	fault_set(fault, FAULT_CONFLICT,
		"somebody else changed this entry since you read it");
	return fault_hint(fault, "look at what changed, then do it again");
}

static void add_sealed(struct digest *digest, struct text field)
{
	char length[24];
	struct buffer out = {.maximum = sizeof length};
	buffer_format(&out, "%zu:", field.length);
	text_copy(length, sizeof length, buffer_text(&out));
	buffer_finish(&out);
	digest_add(digest, text_of(length));
	digest_add(digest, field);
}

void keep_digest(const struct keep_sealed *sealed, char *out_digest)
{
	struct digest digest;
	char day[DATE_TEXT], head[80];
	struct buffer out = {.maximum = sizeof head};
	buffer_format(&out, "%d/%lld/%d/", sealed->la, (long long)sealed->entry,
		sealed->version);
	date_write(sealed->on, day);
	digest_begin(&digest);
	digest_add(&digest, buffer_text(&out));
	buffer_finish(&out);
	add_sealed(&digest, text_of(sealed->at));
	add_sealed(&digest, text_of(day));
	add_sealed(&digest, text_of(sealed->step));
	add_sealed(&digest, text_of(sealed->actor));
	add_sealed(&digest, text_of(sealed->reason));
	add_sealed(&digest, text_of(sealed->definition));
	add_sealed(&digest, sealed->document);
	digest_end(&digest, out_digest);
}

/* The version's row and its audit entry, which holds the row's digest. */
static bool add_version(struct keep *keep, const struct entry *entry,
	const struct keep_change *change, const char *now, struct fault *fault)
{
	const struct definition *of = entry->of;
	char digest[DIGEST_TEXT];
	struct text document = entry_write(entry);
	int64_t seq = 0;
	struct keep_sealed sealed = {.la = keep->la,
		.version = entry->version + 1,
		.entry = entry->id,
		.at = now,
		.step = change->step,
		.actor = change->actor,
		.reason = change->reason,
		.definition = of->digest,
		.on = change->on,
		.document = document};
	keep_digest(&sealed, digest);
	return audit_add(keep->store, keep->la,
		       &(struct audit_entry){.actor = change->actor,
			       .purpose = change->purpose,
			       .act = arena_format(keep->arena, "%s.%s",
				       of->name, change->step),
			       .subject = "entry_version",
			       .subject_key = arena_format(keep->arena, "%lld/%d",
				       (long long)entry->id, entry->version + 1),
			       .detail = digest,
			       .out_seq = &seq},
		       fault)
		&& store_run(keep->store, store_find(register_sql, "version_add"),
			STORE_VALUES(store_integer(keep->la),
				store_integer(entry->id),
				store_integer(entry->version + 1),
				store_string(now), store_date(change->on),
				store_string(change->step),
				store_string(change->actor),
				store_string(change->reason),
				store_string(of->digest), store_text(document),
				store_string(digest), store_integer(seq)),
			fault)
		&& store_run(keep->store,
			store_find(register_sql, "definition_keep"),
			STORE_VALUES(store_integer(keep->la),
				store_string(of->name), store_string(of->digest),
				store_string(now), store_text(of->text)),
			fault);
}

bool keep_save(struct keep *keep, struct entry *entry,
	const struct keep_change *change, struct fault *fault)
{
	char now[MOMENT_TEXT];
	moment_write(moment_now(), now);
	bool is_new = entry->version == 0;
	if (!audit_turn(keep->store, keep->la, fault))
		return false;
	if (is_new)
		entry->id = ident_next(change->ids);
	if (!(is_new ? add_entry(keep, entry, text_of(now), fault)
		     : change_entry(keep, entry, text_of(now), fault))
		|| !add_version(keep, entry, change, now, fault))
		return false;
	entry->version++;
	entry->changed_at = arena_text(keep->arena, text_of(now));
	return keep_derive(keep, entry, change->today, fault);
}
