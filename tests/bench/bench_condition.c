/* SPDX-License-Identifier: MIT
 *
 * Conditions asked of 20,000 invented entries: nanoseconds of processor time an
 * entry, beside the same question written in C over the same values, in turn.
 */
#include <stdio.h>
#include <time.h>

#include "register/condition.h"

enum { ENTRIES = 20000, ROUNDS = 25, MEETINGS = 3 };
enum {
	STATE,
	ARRANGEMENT,
	REASON,
	REFERRED,
	CP_PLAN,
	SECTION47,
	REVIEW,
	SLOTS
};
enum { OFFERED, HELD, KIND, COLUMNS };

static const struct condition_name names[] = {
	{"state", VALUE_TEXT, 0, STATE, NULL, false},
	{"arrangement", VALUE_TEXT, 0, ARRANGEMENT, NULL, false},
	{"reason", VALUE_TEXT, 0, REASON, NULL, false},
	{"referred_on", VALUE_DATE, 0, REFERRED, NULL, false},
	{"child.cp_plan", VALUE_FLAG, 0, CP_PLAN, NULL, false},
	{"child.section47", VALUE_FLAG, 0, SECTION47, NULL, false},
	{"setting.review", VALUE_NUMBER, 0, REVIEW, NULL, false},
	{"offered_on", VALUE_DATE, 1, OFFERED, NULL, false},
	{"held_on", VALUE_DATE, 1, HELD, NULL, false},
	{"kind", VALUE_TEXT, 1, KIND, NULL, false},
};
static const char *const parts[] = {"meetings"};
static const struct condition_scope scope = {.names = names,
	.count = COUNT_OF(names),
	.parts = parts,
	.part_count = COUNT_OF(parts)};

static const struct date holiday_days[] = {{739245}, {739246}, {739252}};
static const struct condition_calendar calendar = {
	.holidays = {holiday_days, COUNT_OF(holiday_days)}};
static const struct date today = {739215}; /* 25 November 2024 */

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- Entries ---- */

static uint64_t seed = 1;

static int random_to(int end)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)end);
}

static struct value word_of(const char *const *words, int count)
{
	return value_text(text_of(words[random_to(count)]));
}

static struct value day_back(int most)
{
	return value_date(date_add_days(today, -random_to(most)));
}

static const struct value *make_meeting(struct arena *arena)
{
	static const char *const kinds[] = {"KIT", "HOME", "REVIEW"};
	struct value *row = arena_array(arena, COLUMNS, sizeof *row);
	row[OFFERED] = day_back(900);
	row[HELD] = random_to(4) == 0 ? value_empty() : day_back(800);
	row[KIND] = word_of(kinds, 3);
	return row;
}

static struct condition_input make_entry(struct arena *arena)
{
	static const char *const states[] = {"REGISTERED", "CONTACTED",
		"CLOSED", "OPEN"};
	static const char *const arrangements[] = {"EHE", "EOTAS", "CME"};
	struct value *entry = arena_array(arena, SLOTS, sizeof *entry);
	entry[STATE] = word_of(states, 4);
	entry[ARRANGEMENT] = word_of(arrangements, 3);
	entry[REASON] = random_to(3) == 0 ? value_empty()
					  : value_text(TEXT("BELIEF"));
	entry[REFERRED] = day_back(700);
	entry[CP_PLAN] = value_flag(random_to(20) == 0);
	entry[SECTION47] = value_flag(random_to(30) == 0);
	entry[REVIEW] = value_number(6);
	struct condition_rows *meetings = arena_new(arena, sizeof *meetings);
	const struct value **rows = arena_array(arena, MEETINGS, sizeof *rows);
	meetings->count = (size_t)random_to(MEETINGS + 1);
	for (size_t i = 0; i < meetings->count; i++)
		rows[i] = make_meeting(arena);
	meetings->rows = rows;
	return (struct condition_input){.entry = entry,
		.parts = meetings,
		.today = today,
		.calendar = &calendar};
}

/* ---- The same in C ---- */

static bool is(struct value value, const char *word)
{
	return value.kind == VALUE_TEXT && text_is(value.text, word);
}

static bool plain_state(const struct condition_input *input)
{
	return is(input->entry[ARRANGEMENT], "EHE")
		&& input->entry[REASON].kind == VALUE_EMPTY;
}

static bool plain_overdue(const struct condition_input *input)
{
	struct value state = input->entry[STATE];
	if (!is(state, "REGISTERED") && !is(state, "CONTACTED"))
		return false;
	for (size_t i = input->parts->count; i > 0; i--) {
		struct value held = input->parts->rows[i - 1][HELD];
		if (held.kind == VALUE_DATE)
			return input->today.day - held.date.day > 365;
	}
	return false;
}

static bool plain_flags(const struct condition_input *input)
{
	return input->entry[CP_PLAN].flag || input->entry[SECTION47].flag;
}

static bool plain_missed(const struct condition_input *input)
{
	int missed = 0;
	for (size_t i = 0; i < input->parts->count; i++) {
		const struct value *row = input->parts->rows[i];
		missed += row[OFFERED].kind == VALUE_DATE
			&& row[HELD].kind == VALUE_EMPTY;
	}
	return missed >= 2;
}

static bool plain_late(const struct condition_input *input)
{
	struct date due = clock_working_days(&input->calendar->holidays,
		input->entry[REFERRED].date, 45);
	return due.day < input->today.day && !is(input->entry[STATE], "CLOSED");
}

static const struct question {
	const char *text;
	bool (*plain)(const struct condition_input *input);
} questions[] = {
	{"arrangement = EHE and reason is empty", plain_state},
	{"state in (REGISTERED, CONTACTED) and "
	 "days(last(meetings.held_on), today) > 365",
		plain_overdue},
	{"child.cp_plan or child.section47", plain_flags},
	{"count(meetings, offered_on is not empty and held_on is empty) >= 2",
		plain_missed},
	{"add_working_days(referred_on, 45) < today and state != CLOSED",
		plain_late},
};

static int count_plain(const struct question *question,
	const struct condition_input *entries)
{
	int count = 0;
	for (int i = 0; i < ENTRIES; i++)
		count += question->plain(&entries[i]);
	return count;
}

static int count_asked(const struct condition *condition,
	const struct condition_input *entries)
{
	int count = 0;
	for (int i = 0; i < ENTRIES; i++)
		count += condition_holds(condition, &entries[i]);
	return count;
}

static double least_of(double least, double from)
{
	double took = seconds() - from;
	return took < least ? took : least;
}

static bool time_question(struct arena *arena, const struct question *question,
	const struct condition_input *entries)
{
	struct condition_mistake mistake;
	const struct condition *condition = condition_read(arena,
		text_of(question->text), &scope, VALUE_FLAG, &mistake);
	if (condition == NULL) {
		printf("%s: %s\n", question->text, mistake.message);
		return false;
	}
	double asked = 1e9, plain = 1e9;
	int one = 0, two = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double from = seconds();
		one = count_asked(condition, entries);
		asked = least_of(asked, from);
		from = seconds();
		two = count_plain(question, entries);
		plain = least_of(plain, from);
	}
	printf("%6.1f ns an entry, %6.1f in C, %5d of %d, %.2f ms for all: %s\n",
		asked * 1e9 / ENTRIES, plain * 1e9 / ENTRIES, one, ENTRIES,
		asked * 1e3, question->text);
	if (one != two)
		printf("C counts %d\n", two);
	return one == two;
}

int main(void)
{
	struct arena *arena = arena_open();
	struct condition_input *entries = arena_array(arena, ENTRIES,
		sizeof *entries);
	for (int i = 0; i < ENTRIES; i++)
		entries[i] = make_entry(arena);
	bool is_fine = true;
	for (size_t i = 0; i < COUNT_OF(questions); i++)
		is_fine &= time_question(arena, &questions[i], entries);
	arena_close(arena);
	return is_fine ? 0 : 1;
}
