/* SPDX-License-Identifier: MIT
 *
 * Writes text files as one C table of names and texts.
 *
 *   embed files SYMBOL OUT.c ROOT FILE...    one entry a file, named by its
 *                                            path below ROOT
 *   embed sql   SYMBOL OUT.c ROOT FILE...    one entry a named block of SQL
 *
 * A block of SQL begins with a line `-- name: find_child`; the comment lines
 * after it say what the result is. The entry's text is the statement without
 * its comments and without the semicolon.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what, const char *name)
{
	fprintf(stderr, "embed: %s: %s\n", what, name);
	exit(1);
}

static char *read_whole(const char *path, size_t *out_length)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		die("cannot open", path);
	size_t capacity = 65536, length = 0;
	char *bytes = malloc(capacity);
	while (bytes != NULL) {
		length += fread(bytes + length, 1, capacity - length, file);
		if (length < capacity)
			break;
		capacity *= 2;
		bytes = realloc(bytes, capacity);
	}
	if (bytes == NULL || ferror(file))
		die("cannot read", path);
	fclose(file);
	*out_length = length;
	return bytes;
}

static void write_literal(FILE *out, const char *at, size_t length)
{
	fputs("\n\t\t\"", out);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)at[i];
		if (c == '\n')
			fputs("\\n\"\n\t\t\"", out);
		else if (c == '"' || c == '\\' || c == '?')
			fprintf(out, "\\%c", c);
		else if (c < 32 || c > 126)
			fprintf(out, "\\%03o", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static void write_entry(FILE *out, const char *name, size_t name_length,
	const char *at, size_t length)
{
	fputs("\t{\n\t\t.name = ", out);
	write_literal(out, name, name_length);
	fprintf(out, ",\n\t\t.length = %zu,\n\t\t.text = ", length);
	write_literal(out, at, length);
	fputs(",\n\t},\n", out);
}

static size_t line_length(const char *at, const char *end)
{
	const char *mark = memchr(at, '\n', (size_t)(end - at));
	return mark == NULL ? (size_t)(end - at) : (size_t)(mark - at) + 1;
}

static bool is_comment(const char *line, size_t length)
{
	while (length > 0 && (*line == ' ' || *line == '\t')) {
		line++;
		length--;
	}
	return length >= 2 && line[0] == '-' && line[1] == '-';
}

static void flush_block(FILE *out, const char *name, size_t name_length,
	char *text, size_t length)
{
	while (length > 0
		&& (isspace((unsigned char)text[length - 1])
			|| text[length - 1] == ';'))
		length--;
	if (name_length > 0 && length > 0)
		write_entry(out, name, name_length, text, length);
}

static void write_blocks(FILE *out, const char *bytes, size_t length)
{
	static const char mark[] = "-- name: ";
	const char *end = bytes + length;
	const char *name = NULL;
	size_t name_length = 0, used = 0;
	char *text = malloc(length + 1);
	if (text == NULL)
		die("no memory", "");
	for (const char *line = bytes; line < end;) {
		size_t size = line_length(line, end);
		if (size > sizeof mark - 1
			&& memcmp(line, mark, sizeof mark - 1) == 0) {
			flush_block(out, name, name_length, text, used);
			used = 0;
			name = line + sizeof mark - 1;
			name_length = strcspn(name, "\r\n");
		} else if (!is_comment(line, size)) {
			memcpy(text + used, line, size);
			used += size;
		}
		line += size;
	}
	flush_block(out, name, name_length, text, used);
	free(text);
}

int main(int argc, char **argv)
{
	if (argc < 5)
		die("usage", "embed files|sql SYMBOL OUT ROOT FILE...");
	FILE *out = fopen(argv[3], "wb");
	if (out == NULL)
		die("cannot write", argv[3]);
	size_t root = strlen(argv[4]);
	fprintf(out,
		"#include \"base/embedded.h\"\n\n"
		"const struct embedded %s[] = {\n",
		argv[2]);
	for (int i = 5; i < argc; i++) {
		size_t length;
		char *bytes = read_whole(argv[i], &length);
		const char *name = argv[i];
		if (strncmp(name, argv[4], root) == 0)
			name += root + (name[root] == '/');
		if (strcmp(argv[1], "sql") == 0)
			write_blocks(out, bytes, length);
		else
			write_entry(out, name, strlen(name), bytes, length);
		free(bytes);
	}
	fprintf(out, "\t{.name = 0},\n};\n");
	if (fclose(out) != 0)
		die("cannot write", argv[3]);
	return 0;
}
