/* SPDX-License-Identifier: MIT
 *
 * Addresses by inet_pton and inet_ntop, which read and write numbers only.
 */
#include "web/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

static bool is_mapped(const struct peer *peer)
{
	return memcmp(peer->bytes, mapped, sizeof mapped) == 0;
}

bool peer_read(struct text text, struct peer *out_peer)
{
	char string[PEER_TEXT];
	struct peer peer;
	if (text.length == 0 || text.length >= sizeof string)
		return false;
	text_copy(string, sizeof string, text);
	if (inet_pton(AF_INET, string, peer.bytes + sizeof mapped) == 1)
		memcpy(peer.bytes, mapped, sizeof mapped);
	else if (inet_pton(AF_INET6, string, peer.bytes) != 1)
		return false;
	*out_peer = peer;
	return true;
}

void peer_write(const struct peer *peer, char out_text[PEER_TEXT])
{
	const char *written = is_mapped(peer)
		? inet_ntop(AF_INET, peer->bytes + sizeof mapped, out_text,
			PEER_TEXT)
		: inet_ntop(AF_INET6, peer->bytes, out_text, PEER_TEXT);
	if (written == NULL)
		out_text[0] = '\0';
}

bool peer_read_network(struct text text, struct peer_network *out_network)
{
	struct text bits_text;
	struct text address = text_split(text, '/', &bits_text);
	struct peer_network network = {.bits = 128};
	int64_t bits;
	if (!peer_read(address, &network.peer))
		return false;
	if (bits_text.at != NULL) {
		int most = is_mapped(&network.peer) ? 32 : 128;
		if (!text_to_int64(bits_text, &bits) || bits < 0 || bits > most)
			return false;
		network.bits = (int)bits + 128 - most;
	}
	*out_network = network;
	return true;
}

static bool is_within(const struct peer *peer, const struct peer_network *network)
{
	int whole = network->bits / 8, rest = network->bits % 8;
	if (memcmp(peer->bytes, network->peer.bytes, (size_t)whole) != 0)
		return false;
	unsigned mask = (0xff00u >> rest) & 0xffu;
	return rest == 0
		|| ((peer->bytes[whole] ^ network->peer.bytes[whole]) & mask)
		== 0;
}

bool peer_is_in(const struct peer *peer, const struct peer_network *networks,
	size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_within(peer, &networks[i]))
			return true;
	return false;
}

bool peer_read_listen(struct text text, struct sockaddr_storage *out_address,
	struct fault *fault)
{
	size_t colon = text.length;
	while (colon > 0 && text.at[colon - 1] != ':')
		colon--;
	struct text address = text_cut(text, 0, colon > 0 ? colon - 1 : 0);
	bool has_brackets = address.length > 2 && address.at[0] == '['
		&& address.at[address.length - 1] == ']';
	if (has_brackets)
		address = text_cut(address, 1, address.length - 2);
	struct peer peer;
	int64_t port;
	if (!peer_read(address, &peer) || has_brackets == is_mapped(&peer)
		|| !text_to_int64(text_cut(text, colon, text.length), &port)
		|| port < 0 || port > 65535) {
		fault_set(fault, FAULT_USAGE,
			"cannot listen on \"" TEXT_FORMAT "\"", TEXT_ARGS(text));
		return fault_hint(fault,
			"give an address and a port, as"
			" 127.0.0.1:8080 or [::1]:8080");
	}
	*out_address = (struct sockaddr_storage){.ss_family = AF_INET6};
	if (is_mapped(&peer)) {
		struct sockaddr_in *v4 = (struct sockaddr_in *)out_address;
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		memcpy(&v4->sin_addr, peer.bytes + sizeof mapped, 4);
	} else {
		struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out_address;
		v6->sin6_port = htons((uint16_t)port);
		memcpy(&v6->sin6_addr, peer.bytes, 16);
	}
	return true;
}

struct peer peer_of(const struct sockaddr *address)
{
	struct peer peer = {{0}};
	if (address->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, address, sizeof v4);
		memcpy(peer.bytes, mapped, sizeof mapped);
		memcpy(peer.bytes + sizeof mapped, &v4.sin_addr, 4);
	} else if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, address, sizeof v6);
		memcpy(peer.bytes, &v6.sin6_addr, 16);
	}
	return peer;
}

struct peer peer_behind(const struct peer *peer, struct text forwarded,
	const struct peer_network *proxies, size_t count)
{
	struct peer found = *peer;
	size_t end = forwarded.length;
	/* From the right: each proxy writes behind what it was given. */
	while (end > 0 && peer_is_in(&found, proxies, count)) {
		size_t from = end;
		while (from > 0 && forwarded.at[from - 1] != ',')
			from--;
		struct peer next;
		if (!peer_read(text_trim(text_cut(forwarded, from, end - from)),
			    &next))
			break;
		found = next;
		end = from > 0 ? from - 1 : 0;
	}
	return found;
}
