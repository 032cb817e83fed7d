/* SPDX-License-Identifier: MIT
 *
 * Asking a provider, by libcurl: no redirects, no other schemes, a limit of
 * time and of size, the system's certificates.
 */
#include <curl/curl.h>
#include <pthread.h>

#include "accounts/account-inside.h"
#include "accounts/oidc-inside.h"
#include "base/buffer.h"

static void begin_once(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static bool is_this_machine(const char *host)
{
	static const char *const names[] = {"127.0.0.1", "[::1]", "localhost"};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (text_is(text_of(host), names[i]))
			return true;
	return false;
}

static bool judge(CURLU *parts, const char *url)
{
	char *scheme = NULL, *host = NULL, *user = NULL;
	bool is_good = curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK
		&& curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
		&& curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK
		&& curl_url_get(parts, CURLUPART_USER, &user, 0) != CURLUE_OK
		&& (text_is(text_of(scheme), "https")
			|| (text_is(text_of(scheme), "http")
				&& is_this_machine(host)));
	curl_free(scheme);
	curl_free(host);
	curl_free(user);
	return is_good;
}

bool oidc_is_allowed(struct text url)
{
	char string[2048];
	if (url.length == 0 || url.length >= sizeof string)
		return false;
	text_copy(string, sizeof string, url);
	CURLU *parts = curl_url();
	bool is_good = parts != NULL && judge(parts, string);
	curl_url_cleanup(parts);
	return is_good;
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *data)
{
	struct buffer *body = data;
	buffer_add(body, (struct text){bytes, size * count});
	return body->has_failed ? 0 : size * count;
}

/* RFC 6749, 2.3.1: both are escaped before they are joined. */
static const char *basic(const struct oidc_request *request, struct arena *arena)
{
	struct buffer pair = {.maximum = 1 << 14};
	account_escape(&pair, request->client);
	buffer_char(&pair, ':');
	account_escape(&pair, request->secret);
	const char *string = arena_string(arena, buffer_text(&pair));
	buffer_finish(&pair);
	return string;
}

static void prepare(CURL *curl, const struct oidc_request *request,
	struct buffer *body, struct arena *arena)
{
	const char *url = arena_string(arena, request->url);
	bool is_plain = text_starts(request->url, TEXT("http:"));
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR,
		is_plain ? "http" : "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)OIDC_TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
		(long)OIDC_TIMEOUT_MS / 2);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "kith");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
	if (is_plain) /* this machine is not asked through another */
		curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	if (request->form.length > 0) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE,
			(long)request->form.length);
		curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, request->form.at);
	}
	if (request->secret.length > 0) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(curl, CURLOPT_USERPWD, basic(request, arena));
	}
}

static bool perform(CURL *curl, struct buffer *body, struct fault *fault)
{
	long status = 0;
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	if (body->has_failed)
		return fault_set(fault, FAULT_LIMIT,
			"the identity provider answers too much");
	if (code == CURLE_OK && status == 200)
		return true;
	fault_set(fault,
		status >= 400 && status < 500 ? FAULT_DENIED : FAULT_BUSY,
		"the identity provider does not answer as it should");
	return code == CURLE_OK
		? fault_detail(fault, "status %ld", status)
		: fault_detail(fault, "%s", curl_easy_strerror(code));
}

bool oidc_fetch(const struct oidc_request *request, struct arena *arena,
	struct text *out_body, struct fault *fault)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct buffer body = {.maximum = OIDC_ANSWER_BYTES};
	pthread_once(&once, begin_once);
	if (!oidc_is_allowed(request->url))
		return fault_set(fault, FAULT_BROKEN,
			"an identity provider must be asked over https");
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		return fault_set(fault, FAULT_SYSTEM, "could not start libcurl");
	prepare(curl, request, &body, arena);
	bool is_done = perform(curl, &body, fault);
	if (is_done)
		*out_body = arena_text(arena, buffer_text(&body));
	curl_easy_cleanup(curl);
	buffer_finish(&body);
	return is_done;
}
