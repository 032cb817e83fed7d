/* SPDX-License-Identifier: MIT
 *
 * The key file and the sealing. The file holds the key in hexadecimal and a
 * line feed. A new one is written under another name and linked into place, so
 * that of two programs that make one at the same time both end with the same.
 */
#include "accounts/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum {
	HEX = 2 * SEAL_KEY + 1, /* with the zero byte */
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	MARK = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

_Static_assert(SEAL_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	"the key is as long as the cipher's");

bool seal_path(const char *url, const char *named, struct arena *arena,
	const char **out_path, struct fault *fault)
{
	const char *path = named != NULL ? named : file_environment("KITH_KEY");
	bool is_server = text_starts(text_of(url), TEXT("postgresql://"))
		|| text_starts(text_of(url), TEXT("postgres://"));
	if (path == NULL && is_server) {
		fault_set(fault, FAULT_USAGE,
			"it is not said where the key for sealing is");
		return fault_hint(fault, "name a file with KITH_KEY");
	}
	if (path == NULL)
		path = file_is_folder(url)
			? arena_format(arena, "%s/kith.key", url)
			: arena_format(arena, "%s.key", url);
	*out_path = arena_string(arena, text_of(path));
	return true;
}

static bool system_fault(const char *what, struct fault *fault)
{
	fault_set(fault, FAULT_SYSTEM, "could not %s the key for sealing", what);
	return fault_detail(fault, "%s", strerror(errno));
}

/* False without a fault: there is no file yet. */
static bool read_key(const char *path, struct seal *seal, struct fault *fault)
{
	struct stat facts;
	char hex[HEX] = "";
	size_t length = 0;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return errno != ENOENT && system_fault("open", fault);
	ssize_t got = read(file, hex, HEX - 1);
	int failed = fstat(file, &facts);
	close(file);
	if (failed != 0 || got < 0)
		return system_fault("read", fault);
	if ((facts.st_mode & 077) != 0) {
		fault_set(fault, FAULT_DENIED,
			"others may read the key for sealing");
		return fault_hint(fault, "chmod 400 %s", path);
	}
	bool is_key = sodium_hex2bin(seal->key, SEAL_KEY, hex, (size_t)got,
			      NULL, &length, NULL)
			== 0
		&& length == SEAL_KEY;
	sodium_memzero(hex, sizeof hex);
	return is_key
		|| fault_set(fault, FAULT_BROKEN, "%s is not a key of kith",
			path);
}

static bool write_whole(int file, const char *hex)
{
	return write(file, hex, HEX - 1) == HEX - 1 && write(file, "\n", 1) == 1
		&& fsync(file) == 0;
}

static bool make_key(const char *path, struct fault *fault)
{
	unsigned char key[SEAL_KEY];
	char hex[HEX], other[4096];
	int length = snprintf(other, sizeof other, "%s.%08x", path,
		(unsigned)randombytes_random());
	if (length >= (int)sizeof other)
		return fault_set(fault, FAULT_LIMIT,
			"the key's path is too long");
	randombytes_buf(key, sizeof key);
	sodium_bin2hex(hex, sizeof hex, key, sizeof key);
	int file = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	if (file < 0)
		return system_fault("make", fault);
	bool is_made = write_whole(file, hex);
	close(file);
	sodium_memzero(key, sizeof key);
	sodium_memzero(hex, sizeof hex);
	is_made = is_made && (link(other, path) == 0 || errno == EEXIST);
	if (!is_made)
		system_fault("write", fault);
	unlink(other);
	return is_made;
}

bool seal_open(const char *path, struct seal *out_seal, struct fault *fault)
{
	if (read_key(path, out_seal, fault))
		return true;
	return !fault_is_set(fault) && make_key(path, fault)
		&& read_key(path, out_seal, fault);
}

void seal_close(struct seal *seal)
{
	sodium_memzero(seal, sizeof *seal);
}

struct text seal_shut(const struct seal *seal, const char *place,
	struct text secret, struct arena *arena)
{
	unsigned char *bytes = arena_new(arena, NONCE + secret.length + MARK);
	randombytes_buf(bytes, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + NONCE, NULL,
		(const unsigned char *)secret.at, secret.length,
		(const unsigned char *)place, strlen(place), NULL, bytes,
		seal->key);
	return (struct text){(char *)bytes, NONCE + secret.length + MARK};
}

bool seal_take(const struct seal *seal, const char *place, struct text sealed,
	struct arena *arena, struct text *out_secret, struct fault *fault)
{
	const unsigned char *bytes = (const unsigned char *)sealed.at;
	size_t length = sealed.length - NONCE - MARK;
	if (sealed.length >= NONCE + MARK) {
		unsigned char *secret = arena_new(arena, length + 1);
		if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret, NULL,
			    NULL, bytes + NONCE, sealed.length - NONCE,
			    (const unsigned char *)place, strlen(place), bytes,
			    seal->key)
			== 0) {
			*out_secret = (struct text){(char *)secret, length};
			return true;
		}
	}
	fault_set(fault, FAULT_BROKEN, "a sealed secret cannot be opened");
	return fault_hint(fault,
		"bring back the key file that belongs to this database");
}

void seal_hash(const struct seal *seal, const char *purpose, struct text text,
	char out_hash[DIGEST_TEXT])
{
	unsigned char hash[32];
	crypto_generichash_state state;
	crypto_generichash_init(&state, seal->key, SEAL_KEY, sizeof hash);
	crypto_generichash_update(&state, (const unsigned char *)purpose,
		strlen(purpose) + 1);
	crypto_generichash_update(&state, (const unsigned char *)text.at,
		text.length);
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(out_hash, DIGEST_TEXT, hash, sizeof hash);
}
