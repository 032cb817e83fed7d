/* SPDX-License-Identifier: MIT
 *
 * Hashing and checking, by libsodium.
 */
#include "accounts/password.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

_Static_assert(PASSWORD_HASH >= crypto_pwhash_STRBYTES,
	"a hash has room for its parameters");

/* Checked where there is no account: the right form, today's parameters, made
 * of nothing, so that it takes the time of a real one and fits no password. */
static const char nobody[PASSWORD_HASH] =
	"$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
	"$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

_Static_assert(PASSWORD_PASSES == 2 && PASSWORD_BYTES == 65536 * 1024,
	"`nobody` has the parameters of a real hash");

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static int running;

static void begin_hash(void)
{
	pthread_mutex_lock(&lock);
	while (running == PASSWORD_AT_ONCE)
		pthread_cond_wait(&ended, &lock);
	running++;
	pthread_mutex_unlock(&lock);
}

static void end_hash(void)
{
	pthread_mutex_lock(&lock);
	running--;
	pthread_cond_signal(&ended);
	pthread_mutex_unlock(&lock);
}

/* In one Unicode form; memory_free it. What is longer than any password may be
 * is cut there: it is refused elsewhere, and must not cost more time here. */
static char *normal_form(struct text password, size_t *out_length)
{
	utf8proc_uint8_t *normal = NULL;
	struct text cut = text_cut(password, 0, (size_t)4 * PASSWORD_MOST + 1);
	utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)cut.at,
		(utf8proc_ssize_t)cut.length, &normal,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	*out_length = length < 0 ? 0 : (size_t)length;
	return (char *)normal;
}

static void forget(char *normal, size_t length)
{
	if (normal != NULL)
		sodium_memzero(normal, length);
	memory_free(normal);
}

bool password_hash(struct text password, char out_hash[PASSWORD_HASH],
	struct fault *fault)
{
	char hash[PASSWORD_HASH] = "";
	size_t length;
	char *normal = normal_form(password, &length);
	if (length == 0)
		return fault_set(fault, FAULT_INPUT, "the password is not text");
	begin_hash();
	int failed = crypto_pwhash_str_alg(hash, normal, length,
		PASSWORD_PASSES, PASSWORD_BYTES, crypto_pwhash_ALG_ARGON2ID13);
	end_hash();
	forget(normal, length);
	if (failed != 0)
		return fault_set(fault, FAULT_BUSY,
			"there is no memory to hash a password");
	memcpy(out_hash, hash, sizeof hash);
	return true;
}

bool password_is(struct text password, const char *hash)
{
	size_t length;
	char *normal = normal_form(password, &length);
	bool is_somebody = hash != NULL && hash[0] != '\0';
	char held[PASSWORD_HASH] = ""; /* the library wants so many bytes */
	text_copy(held, sizeof held, text_of(is_somebody ? hash : nobody));
	begin_hash();
	bool is_right = crypto_pwhash_str_verify(held,
				normal == NULL ? "" : normal, length)
		== 0;
	end_hash();
	forget(normal, length);
	return is_right && is_somebody && length > 0;
}

bool password_is_dated(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, PASSWORD_PASSES,
		       PASSWORD_BYTES)
		!= 0;
}
