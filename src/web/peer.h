/* SPDX-License-Identifier: MIT
 *
 * Network addresses: to listen on, of who asks, of proxies that are believed.
 *
 * All are kept as IPv6; an IPv4 address as its mapped form. Only numbers are
 * read: no name is ever looked up.
 */
#ifndef KITH_WEB_PEER_H
#define KITH_WEB_PEER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

struct sockaddr;
struct sockaddr_storage;

enum { PEER_TEXT = 46 }; /* INET6_ADDRSTRLEN */

struct peer {
	unsigned char bytes[16];
};

struct peer_network {
	struct peer peer;
	int bits; /* of 128 that count */
};

bool peer_read(struct text text, struct peer *out_peer);
void peer_write(const struct peer *peer, char out_text[PEER_TEXT]);

/* An address, or one with /bits behind it. */
bool peer_read_network(struct text text, struct peer_network *out_network);
bool peer_is_in(const struct peer *peer, const struct peer_network *networks,
	size_t count);

/* 127.0.0.1:8080, [::1]:8080; port 0 lets the machine choose. */
bool peer_read_listen(struct text text, struct sockaddr_storage *out_address,
	struct fault *fault) __attribute__((warn_unused_result));

/* All zero for an address that is neither IPv4 nor IPv6. */
struct peer peer_of(const struct sockaddr *address);

/* Who asks: the peer, or if that is one of the proxies the last address of
 * X-Forwarded-For that is not. An entry that is no address ends the search at
 * the proxy that added it. */
struct peer peer_behind(const struct peer *peer, struct text forwarded,
	const struct peer_network *proxies, size_t count);

#endif
