/* SPDX-License-Identifier: MIT
 *
 * From the desk's letter to the renderer's.
 */
#include "web/letter_page.h"

#include "render/letter.h"

static const struct letter_value *values_of(struct arena *arena,
	const struct desk_letter_value *from, size_t count)
{
	struct letter_value *values = arena_array(arena, count + 1,
		sizeof *values);
	for (size_t i = 0; i < count; i++)
		values[i] = (struct letter_value){from[i].name, from[i].label,
			from[i].text};
	return values;
}

static const struct letter_part *parts_of(struct arena *arena,
	const struct desk_letter *letter)
{
	struct letter_part *parts = arena_array(arena, letter->part_count + 1,
		sizeof *parts);
	for (size_t i = 0; i < letter->part_count; i++) {
		const struct desk_letter_part *from = &letter->parts[i];
		struct letter_row *rows = arena_array(arena, from->count + 1,
			sizeof *rows);
		for (size_t j = 0; j < from->count; j++)
			rows[j] = (struct letter_row){values_of(arena,
							      from->rows[j].values,
							      from->rows[j].count),
				from->rows[j].count};
		parts[i] = (struct letter_part){from->name, from->title, rows,
			from->count, from->chosen};
	}
	return parts;
}

bool letter_page_write(const struct letter_page *page, struct arena *arena,
	struct buffer *out, struct fault *fault)
{
	const struct desk_letter *letter = page->letter;
	char date[DATE_WORDS];
	date_words(page->date, date);
	struct letter drawn = {.title = letter->letter->title,
		.language = "en",
		.council = letter->council,
		.address = page->address,
		.contact = page->contact,
		.recipient = page->recipient,
		.date = date,
		.reference = letter->reference,
		.template = letter->template,
		.values = values_of(arena, letter->values, letter->value_count),
		.value_count = letter->value_count,
		.parts = parts_of(arena, letter),
		.part_count = letter->part_count};
	return letter_write(&drawn, out, fault);
}
