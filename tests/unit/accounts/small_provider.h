/* SPDX-License-Identifier: MIT
 *
 * An identity provider that says whatever the test wants, on this machine; and
 * the real one of tests/oidc, where Node.js and its package are to be had.
 */
#ifndef KITH_TESTS_SMALL_PROVIDER_H
#define KITH_TESTS_SMALL_PROVIDER_H

#include <stdbool.h>

/* The bodies are read when a request comes; set them before. */
struct small_provider {
	int port;
	const char *description; /* /.well-known/openid-configuration */
	const char *token;       /* /token */
	const char *keys;        /* /keys */
	const char *status;      /* NULL: 200 OK */
};

/* One at a time; runs until the program ends. */
struct small_provider *small_provider_start(void);

/* The real one's port; 0 where it cannot be had, which has been said. It ends
 * with the program. */
int small_provider_real(void);

#endif
