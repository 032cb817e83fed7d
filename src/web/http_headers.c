/* SPDX-License-Identifier: MIT
 *
 * The headers of every reply, one row each, and no reply without them.
 *
 * Nothing inline: styles, scripts and pictures come from this site's own
 * addresses. Nothing names the program or its version.
 *
 * Sources: OWASP ASVS 5.0.0, 3.4 and 14.3; OWASP secure headers project, 2025.
 */
#include "web/http-inside.h"

enum when { ALWAYS, BEHIND_TLS, NOT_KEPT, CHECKED, EVERLASTING };

static const struct header {
	enum when when;
	const char *name;
	const char *value;
} table[] = {
	{ALWAYS, "Content-Security-Policy",
		"default-src 'none'; style-src 'self'; script-src 'self';"
		" img-src 'self'; font-src 'self'; connect-src 'self';"
		" form-action 'self'; base-uri 'none'; object-src 'none';"
		" frame-ancestors 'none'"},
	{ALWAYS, "X-Content-Type-Options", "nosniff"},
	{ALWAYS, "X-Frame-Options", "DENY"}, /* for what knows no CSP 2 */
	{ALWAYS, "Referrer-Policy", "no-referrer"},
	{ALWAYS, "Cross-Origin-Opener-Policy", "same-origin"},
	{ALWAYS, "Cross-Origin-Resource-Policy", "same-origin"},
	{ALWAYS, "Permissions-Policy",
		"camera=(), microphone=(), geolocation=(), payment=(), usb=(),"
		" browsing-topics=()"},
	/* A year: what the preload lists and ASVS 3.4.1 ask for at least. */
	{BEHIND_TLS, "Strict-Transport-Security",
		"max-age=31536000; includeSubDomains"},
	{NOT_KEPT, "Cache-Control", "no-store"},
	{CHECKED, "Cache-Control", "no-cache"},
	{EVERLASTING, "Cache-Control", "public, max-age=31536000, immutable"},
};

static bool is_due(const struct http_exchange *exchange, enum when when)
{
	enum http_cache cache = exchange->reply.cache;
	switch (when) {
	case ALWAYS:
		return true;
	case BEHIND_TLS:
		return exchange->site->options.is_behind_tls;
	case NOT_KEPT:
		return cache == HTTP_NOT_KEPT;
	case CHECKED:
		return cache == HTTP_CHECKED;
	case EVERLASTING:
		return cache == HTTP_EVERLASTING;
	}
	return false;
}

void http_headers(struct http_exchange *exchange)
{
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (is_due(exchange, table[i].when))
			http_send(exchange, table[i].name,
				text_of(table[i].value));
	for (size_t i = 0; i < exchange->reply.header_count; i++)
		http_send(exchange,
			arena_string(exchange->arena,
				exchange->reply.headers[i].name),
			exchange->reply.headers[i].value);
	int retry = http_status_retry(exchange->reply.status);
	if (retry > 0)
		http_send(exchange, "Retry-After",
			text_of(arena_format(exchange->arena, "%d", retry)));
	http_send(exchange, "X-Request-Id", text_of(exchange->request.id));
	if (exchange->must_close)
		http_send(exchange, "Connection", TEXT("close"));
}
