/* SPDX-License-Identifier: MIT
 *
 * CSV: find the few bytes that matter, 64 at a time, and cut between them.
 *
 * A block of 64 bytes becomes one word in which a bit stands for each mark,
 * quote and line end. Reading a row is taking bits off that word, so that the
 * bytes inside fields are never looked at one by one.
 *
 * A quoted field may run over lines, so a wrong quote makes the reader look
 * ahead in vain, by up to LIMIT_ROW_BYTES, before it goes back to the line's
 * end. A hostile file could ask for that on every line; the reader therefore
 * has a patience, and once it is used up no field may run over a line end.
 */
#include "base/csv.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/arena.h"
#include "base/limits.h"

enum {
	BLOCK = 64,
	/* Bytes looked at in vain, for a whole file, before patience ends. */
	PATIENCE = 64 * LIMIT_ROW_BYTES,
};

static const char flaw_open[] = "a quotation mark is opened and not closed";
static const char flaw_after[] =
	"text stands between a closing quotation mark and the next field";
static const char flaw_fields[] = "the row has more than 512 fields";
static const char flaw_row[] = "the row is longer than 1,048,576 bytes";
static const char flaw_field[] = "a field is longer than 262,144 bytes";

_Static_assert(LIMIT_COLUMNS == 512 && LIMIT_ROW_BYTES == 1048576
		&& LIMIT_FIELD_BYTES == 262144,
	"the wording of the flaws names the limits");

/* Where the reader stands among the bytes that matter. */
struct scan {
	const char *bytes;
	size_t length;
	size_t block;   /* offset of the block that `found` describes */
	uint64_t found; /* bytes that matter in it, not yet taken; bit 0 first */
	char mark;
};

struct csv {
	struct arena *arena;
	struct scan scan;
	int64_t row;
	int64_t line;    /* of the next byte */
	size_t patience; /* bytes that may still be looked at in vain */
	char *unfolded;  /* room for the longest row, made when needed */
	size_t folded;   /* bytes of it that this row uses */
	size_t at;       /* where the next row begins */
	struct text fields[LIMIT_COLUMNS];
};

/* A row in the making. */
struct draft {
	size_t start;
	size_t end;   /* of the row, without its line end */
	size_t field; /* where the current field begins */
	size_t count;
	int64_t breaks;   /* line ends inside quoted fields */
	const char *flaw; /* once set, the rest means nothing */
};

#if defined(__SSE2__) && !defined(CSV_PORTABLE)

static uint64_t find16(const char *at, char mark)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i found =
		_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes,
						  _mm_set1_epi8(mark)),
				     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))),
			_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
				_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'))));
	return (uint64_t)(unsigned)_mm_movemask_epi8(found);
}

static uint64_t find_in_block(const char *at, char mark)
{
	return find16(at, mark) | find16(at + 16, mark) << 16
		| find16(at + 32, mark) << 32 | find16(at + 48, mark) << 48;
}

#else

static uint64_t find_in_block(const char *at, char mark)
{
	uint64_t found = 0;
	for (unsigned i = 0; i < BLOCK; i++) {
		char c = at[i];
		uint64_t is_found = (c == mark) | (c == '"') | (c == '\n')
			| (c == '\r');
		found |= is_found << i;
	}
	return found;
}

#endif

/* The last block is short: what is behind the end must not be touched. */
static uint64_t find(const struct scan *scan, size_t block)
{
	if (scan->length - block >= BLOCK)
		return find_in_block(scan->bytes + block, scan->mark);
	char padded[BLOCK] = {0};
	memcpy(padded, scan->bytes + block, scan->length - block);
	return find_in_block(padded, scan->mark)
		& (((uint64_t)1 << (scan->length - block)) - 1);
}

static void scan_seek(struct scan *scan, size_t offset)
{
	scan->block = offset - offset % BLOCK;
	scan->found = scan->block < scan->length
		? find(scan, scan->block) & (~(uint64_t)0 << offset % BLOCK)
		: 0;
}

/* Takes the next byte that matters; the length of all when there is none. */
static inline size_t scan_take(struct scan *scan)
{
	while (scan->found == 0) {
		if (scan->length - scan->block <= BLOCK)
			return scan->length;
		scan->block += BLOCK;
		scan->found = find(scan, scan->block);
	}
	size_t offset = scan->block + (size_t)__builtin_ctzll(scan->found);
	scan->found &= scan->found - 1;
	return offset;
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

struct csv *csv_open(struct text bytes, char mark)
{
	struct arena *arena = arena_open();
	struct csv *csv = arena_new(arena, sizeof *csv);
	csv->arena = arena;
	csv->scan = (struct scan){.bytes = bytes.length == 0 ? "" : bytes.at,
		.length = bytes.length,
		.mark = mark};
	csv->line = 1;
	csv->patience = PATIENCE;
	scan_seek(&csv->scan, 0);
	return csv;
}

void csv_close(struct csv *csv)
{
	if (csv != NULL)
		arena_close(csv->arena);
}

/* The inside of a quoted field with each doubled quote made single. The row's
 * length is limited before, so the memory suffices. */
static struct text unfold(struct csv *csv, struct text inside)
{
	if (csv->unfolded == NULL)
		csv->unfolded = arena_new(csv->arena,
			csv->scan.length < LIMIT_ROW_BYTES ? csv->scan.length
							   : LIMIT_ROW_BYTES);
	char *start = csv->unfolded + csv->folded;
	char *to = start;
	while (inside.length > 0) {
		const char *quote = memchr(inside.at, '"', inside.length);
		size_t piece = quote == NULL ? inside.length
					     : (size_t)(quote - inside.at) + 1;
		memcpy(to, inside.at, piece);
		to += piece;
		inside = text_cut(inside, piece + (quote != NULL), inside.length);
	}
	csv->folded += (size_t)(to - start);
	return (struct text){start, (size_t)(to - start)};
}

/* Finds the closing quote and returns what stands behind it; its place is
 * left in *out_close. The length of all if the field is not closed. */
static size_t close_quote(struct csv *csv, struct scan *scan,
	struct draft *draft, size_t *out_close, bool *out_folded)
{
	size_t reach = LIMIT_ROW_BYTES < csv->patience ? LIMIT_ROW_BYTES
						       : csv->patience;
	for (;;) {
		size_t at = scan_take(scan);
		if (at == scan->length)
			break;
		char c = scan->bytes[at];
		if (c == '"') {
			bool is_last = at + 1 == scan->length;
			if (is_last || scan->bytes[at + 1] != '"') {
				*out_close = at;
				return at + 1;
			}
			*out_folded = true;
			scan_take(scan);
		} else if (is_line_end(c)) {
			if (at - draft->start > reach)
				break;
			if (c == '\n' || at + 1 == scan->length
				|| scan->bytes[at + 1] != '\n')
				draft->breaks++;
		}
	}
	draft->flaw = flaw_open;
	return scan->length;
}

/* Reads the quoted field that opens at draft->field. Returns the place of the
 * mark or line end behind it, already taken from the scan. */
static size_t read_quoted(struct csv *csv, struct scan *scan, struct draft *draft)
{
	size_t close = 0;
	bool is_folded = false;
	size_t after = close_quote(csv, scan, draft, &close, &is_folded);
	if (draft->flaw != NULL)
		return after;
	size_t next = scan_take(scan);
	if (next != after || (next < scan->length && scan->bytes[next] == '"')) {
		draft->flaw = flaw_after;
		return next;
	}
	if (close - draft->start > LIMIT_ROW_BYTES) {
		draft->flaw = flaw_row;
		return next;
	}
	size_t inside = draft->field + 1;
	struct text field = {scan->bytes + inside, close - inside};
	csv->fields[draft->count] = is_folded ? unfold(csv, field) : field;
	return next;
}

/* Cuts one row, up to its line end or a flaw. The scan is a copy, and what is
 * counted stands by itself, so that the compiler may keep it in registers; only
 * a quoted field, which is seldom, needs it in memory. */
static struct scan cut_row(struct csv *csv, struct scan scan, struct draft *draft)
{
	struct text *fields = csv->fields;
	size_t field = draft->start, count = 0;
	for (;;) {
		size_t at = scan_take(&scan);
		char c = at == scan.length ? '\n' : scan.bytes[at];
		if (c != '"') {
			fields[count] = (struct text){scan.bytes + field,
				at - field};
		} else if (at != field) {
			continue;
		} else {
			struct scan inside = scan;
			draft->field = field;
			draft->count = count;
			at = read_quoted(csv, &inside, draft);
			scan = inside;
			if (draft->flaw != NULL)
				return scan;
			c = at == scan.length ? '\n' : scan.bytes[at];
		}
		count++;
		field = at + 1;
		if (c == scan.mark && count < LIMIT_COLUMNS)
			continue;
		if (c == scan.mark)
			draft->flaw = flaw_fields;
		draft->field = field;
		draft->count = count;
		draft->end = at;
		return scan;
	}
}

static void check_lengths(const struct csv *csv, struct draft *draft)
{
	size_t length = draft->end - draft->start;
	if (length <= LIMIT_FIELD_BYTES)
		return;
	if (length > LIMIT_ROW_BYTES)
		draft->flaw = flaw_row;
	for (size_t i = 0; i < draft->count && draft->flaw == NULL; i++)
		if (csv->fields[i].length > LIMIT_FIELD_BYTES)
			draft->flaw = flaw_field;
}

/* Back to the first line of a flawed row, split without regard to quotes. */
static void cut_plainly(struct csv *csv, struct draft *draft)
{
	struct scan *scan = &csv->scan;
	size_t looked_at = scan->block;
	scan_seek(scan, draft->start);
	draft->field = draft->start;
	draft->count = 0;
	draft->breaks = 0;
	for (;;) {
		size_t at = scan_take(scan);
		bool is_end = at == scan->length || is_line_end(scan->bytes[at]);
		if (!is_end && scan->bytes[at] != scan->mark)
			continue;
		if (draft->count < LIMIT_COLUMNS)
			csv->fields[draft->count++] = (struct text){scan->bytes
					+ draft->field,
				at - draft->field};
		draft->field = at + 1;
		draft->end = at;
		if (is_end)
			break;
	}
	size_t vain = looked_at > draft->end ? looked_at - draft->end : 0;
	csv->patience -= vain < csv->patience ? vain : csv->patience;
}

/* The scan has taken the line end; of CRLF only its first byte. */
static void pass_line_end(struct csv *csv, const struct draft *draft)
{
	struct scan *scan = &csv->scan;
	csv->line += draft->breaks;
	csv->at = draft->end;
	if (csv->at == scan->length)
		return;
	bool is_pair = scan->bytes[csv->at] == '\r' && csv->at + 1 < scan->length
		&& scan->bytes[csv->at + 1] == '\n';
	if (is_pair)
		scan_take(scan);
	csv->at += 1 + is_pair;
	csv->line++;
}

bool csv_next(struct csv *csv, struct csv_row *out_row)
{
	while (csv->at < csv->scan.length) {
		struct draft draft = {.start = csv->at, .field = csv->at};
		int64_t line = csv->line;
		csv->folded = 0;
		csv->scan = cut_row(csv, csv->scan, &draft);
		if (draft.flaw == NULL)
			check_lengths(csv, &draft);
		if (draft.flaw != NULL)
			cut_plainly(csv, &draft);
		pass_line_end(csv, &draft);
		if (draft.end == draft.start)
			continue;
		*out_row = (struct csv_row){.fields = csv->fields,
			.count = draft.count,
			.row = ++csv->row,
			.line = line,
			.raw = {csv->scan.bytes + draft.start,
				draft.end - draft.start},
			.rest = {csv->scan.bytes + csv->at,
				csv->scan.length - csv->at},
			.flaw = draft.flaw};
		return true;
	}
	return false;
}

char csv_guess_mark(struct text bytes)
{
	static const char marks[] = {',', ';', '\t'};
	size_t counts[sizeof marks] = {0};
	bool is_quoted = false;
	for (size_t i = 0; i < bytes.length; i++) {
		char c = bytes.at[i];
		if (is_line_end(c))
			break;
		if (c == '"')
			is_quoted = !is_quoted;
		for (size_t k = 0; k < sizeof marks && !is_quoted; k++)
			counts[k] += c == marks[k];
	}
	size_t best = 0;
	for (size_t k = 1; k < sizeof marks; k++)
		if (counts[k] > counts[best])
			best = k;
	return marks[best];
}
