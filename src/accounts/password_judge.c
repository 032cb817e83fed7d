/* SPDX-License-Identifier: MIT
 *
 * Which passwords are refused.
 *
 * The password, folded, is cut into words in the cheapest way: a word of the
 * work or of the person costs nothing, a common password one, digits and signs
 * nothing, and any other letter makes it impossible. What can be cut for two
 * or less is guessed early. So "Password2024!!" and "islington.council1" are
 * refused, and "four unlikely plain words" is not, though it has no digit.
 */
#include <pthread.h>
#include <string.h>
#include <utf8proc.h>

#include "accounts/password.h"
#include "base/embedded.h"
#include "base/map.h"
#include "base/memory.h"

extern const struct embedded accounts_common[];

enum {
	BYTES = 4 * PASSWORD_MOST,
	WORD_LEAST = 3, /* bytes of a word that counts */
	WORD_MOST = 24,
	GUESSED = 2,   /* common words that make no secret */
	DIFFERENT = 5, /* characters, at least */
	IMPOSSIBLE = 9999,
};

/* What people in this work choose: ours, not a council's own names. */
static const char *const work[] = {"admin", "april", "assessment", "august",
	"authority", "autumn", "borough", "care", "child", "children",
	"childrens", "council", "county", "december", "director", "early",
	"education", "england", "families", "family", "february", "fostering",
	"friday", "help", "housing", "islington", "january", "july", "june",
	"kith", "letmein", "london", "manager", "march", "may", "monday",
	"november", "october", "officer", "passw", "password", "safeguarding",
	"saturday", "school", "secure", "september", "service", "services",
	"social", "spring", "summer", "sunday", "team", "the", "thursday",
	"tuesday", "wednesday", "welcome", "winter", "work", "worker", "youth"};

static const char *const rows[] = {"1234567890", "qwertyuiop", "asdfghjkl",
	"zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "0123456789"};

static const char *const advice[PASSWORD_VERDICTS] = {
	[PASSWORD_GOOD] = "",
	[PASSWORD_SHORT] = "Password must be 12 characters or more",
	[PASSWORD_LONG] = "Password must be 256 characters or fewer",
	[PASSWORD_NOT_TEXT] = "Password must be made of letters, digits and signs",
	[PASSWORD_COMMON] =
		"Password must not be one that is easy to guess. Try four words"
		" that have nothing to do with each other",
	[PASSWORD_OWN] = "Password must not be made of your name, your council or"
			 " words of your work",
	[PASSWORD_REPEATS] = "Password must not be the same part again and again",
	[PASSWORD_RUN] = "Password must not follow the alphabet or the keyboard",
};

const char *password_advice(enum password_verdict verdict)
{
	return advice[verdict];
}

/* ---- The common ones ---- */

static struct map *common; /* made once, read by all threads, never ends */

static void read_common(void)
{
	struct text lines = {accounts_common[0].text, accounts_common[0].length};
	common = map_open();
	while (lines.length > 0) {
		struct text line = text_trim(text_split(lines, '\n', &lines));
		if (line.length < WORD_LEAST || line.length > WORD_MOST
			|| text_starts(line, TEXT("#!comment")))
			continue;
		char word[WORD_MOST];
		for (size_t i = 0; i < line.length; i++)
			word[i] = line.at[i] >= 'A' && line.at[i] <= 'Z'
				? (char)(line.at[i] + 'a' - 'A')
				: line.at[i];
		map_set(common, (struct text){word, line.length}, 1);
	}
}

static bool is_common(struct text word)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	int64_t ignored;
	pthread_once(&once, read_common);
	return map_get(common, word, &ignored);
}

/* ---- Folding ---- */

struct folded {
	char plain[BYTES];  /* lower case, compatibility forms */
	char undone[BYTES]; /* and with digits and signs read as letters */
	size_t length;
};

/* Signs written for letters. */
static char undo(char c)
{
	static const char from[] = "0134578@$!|+", to[] = "oieastbasilt";
	const char *at = c == '\0' ? NULL : strchr(from, c);
	return at == NULL ? c : to[at - from];
}

/* False: longer than any password, or not UTF-8. */
static bool fold(struct text text, struct folded *folded)
{
	utf8proc_uint8_t *bytes = NULL;
	utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.at,
		(utf8proc_ssize_t)text.length, &bytes,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT
			| UTF8PROC_CASEFOLD);
	bool fits = length >= 0 && length <= BYTES;
	folded->length = fits ? (size_t)length : 0;
	for (size_t i = 0; i < folded->length; i++) {
		folded->plain[i] = (char)bytes[i];
		folded->undone[i] = undo((char)bytes[i]);
	}
	memory_free(bytes);
	return fits;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* ---- Words ---- */

/* Cuts the person's own texts at everything that is no letter. */
static void add_own(struct map *own, struct text text)
{
	struct folded folded;
	size_t begin = 0;
	if (!fold(text, &folded))
		return;
	for (size_t at = 0; at <= folded.length; at++) {
		if (at < folded.length && is_letter(folded.plain[at]))
			continue;
		if (at - begin >= WORD_LEAST)
			map_set(own,
				(struct text){folded.plain + begin, at - begin},
				1);
		begin = at + 1;
	}
}

static bool is_work(struct text word)
{
	for (size_t i = 0; i < COUNT_OF(work); i++)
		if (text_is(word, work[i]))
			return true;
	return false;
}

/* 0, 1 or IMPOSSIBLE. */
static int cost_of(const struct map *own, struct text word)
{
	int64_t ignored;
	if (is_work(word) || map_get(own, word, &ignored))
		return 0;
	return is_common(word) ? 1 : IMPOSSIBLE;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* The cheapest cut of the whole; cost[i] is that of the first i bytes. */
static int cut_cost(const struct folded *folded, const struct map *own)
{
	int cost[BYTES + 1];
	cost[0] = 0;
	for (size_t end = 1; end <= folded->length; end++) {
		cost[end] = is_letter(folded->plain[end - 1]) ? IMPOSSIBLE
							      : cost[end - 1];
		for (size_t size = WORD_LEAST; size <= WORD_MOST && size <= end;
			size++) {
			size_t begin = end - size;
			struct text plain = {folded->plain + begin, size};
			struct text undone = {folded->undone + begin, size};
			if (cost[begin] > GUESSED)
				continue;
			int word = least(cost_of(own, plain),
				cost_of(own, undone));
			cost[end] = least(cost[end], cost[begin] + word);
		}
	}
	return cost[folded->length];
}

static bool has_letter(const struct folded *folded)
{
	for (size_t i = 0; i < folded->length; i++)
		if (is_letter(folded->plain[i]))
			return true;
	return false;
}

/* ---- Patterns ---- */

static bool repeats(const struct folded *folded)
{
	bool seen[256] = {false};
	size_t different = 0;
	for (size_t i = 0; i < folded->length; i++) {
		unsigned char c = (unsigned char)folded->plain[i];
		different += !seen[c];
		seen[c] = true;
	}
	if (different < DIFFERENT)
		return true;
	for (size_t unit = 1; unit <= folded->length / 2; unit++)
		if (memcmp(folded->plain, folded->plain + unit,
			    folded->length - unit)
			== 0)
			return true;
	return false;
}

/* Neighbours in a row of the keyboard or the alphabet, either way. */
static bool is_step(char a, char b)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *at = a == '\0' ? NULL : strchr(rows[i], a);
		if (at != NULL && b != '\0'
			&& (at[1] == b || (at > rows[i] && at[-1] == b)))
			return true;
	}
	return a == b;
}

/* At most one jump in six characters. */
static bool is_run(const struct folded *folded)
{
	size_t steps = 0;
	for (size_t i = 1; i < folded->length; i++)
		steps += is_step(folded->plain[i - 1], folded->plain[i]);
	return steps * 6 >= (folded->length - 1) * 5;
}

static enum password_verdict judge_words(const struct folded *folded,
	const struct text *own, size_t count)
{
	struct map *words = map_open();
	for (size_t i = 0; i < count; i++)
		add_own(words, own[i]);
	int cost = cut_cost(folded, words);
	map_close(words);
	return cost > GUESSED ? PASSWORD_GOOD
		: cost == 0   ? PASSWORD_OWN
			      : PASSWORD_COMMON;
}

static enum password_verdict judge_length(struct text password)
{
	utf8proc_int32_t characters[PASSWORD_MOST + 2];
	if (password.length > BYTES)
		return PASSWORD_LONG;
	utf8proc_ssize_t length =
		utf8proc_decompose((const utf8proc_uint8_t *)password.at,
			(utf8proc_ssize_t)password.length, characters,
			PASSWORD_MOST + 2, 0);
	return length < 0                 ? PASSWORD_NOT_TEXT
		: length < PASSWORD_LEAST ? PASSWORD_SHORT
		: length > PASSWORD_MOST  ? PASSWORD_LONG
					  : PASSWORD_GOOD;
}

enum password_verdict password_judge(struct text password,
	const struct text *own, size_t count)
{
	struct folded folded;
	enum password_verdict verdict = judge_length(password);
	if (verdict != PASSWORD_GOOD)
		return verdict;
	if (!fold(password, &folded)) /* letters that fold into very many */
		return PASSWORD_GOOD;
	if (repeats(&folded))
		return PASSWORD_REPEATS;
	if (is_run(&folded))
		return PASSWORD_RUN;
	return has_letter(&folded) ? judge_words(&folded, own, count)
				   : PASSWORD_GOOD;
}
