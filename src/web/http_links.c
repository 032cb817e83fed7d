/* SPDX-License-Identifier: MIT
 *
 * The list of links under one lock, and its watcher.
 */
#include "web/http_links.h"

#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "base/memory.h"
#include "web/http-inside.h"

enum { LOOK_EVERY_MS = 50, REFUSED_MS = 2000 };

struct http_links {
	struct http_links_options options;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* closing, draining, a link gone */
	pthread_t watcher;
	struct http_link *first;
	size_t count;
	atomic_bool is_draining;
	bool is_closing;
};

bool http_links_move(struct http_link *link, enum http_stage from,
	enum http_stage to, int64_t due)
{
	int expected = (int)from;
	/* Before the stage, or the watcher may meet the new stage with the old
	 * time. */
	atomic_store(&link->due, due);
	return atomic_compare_exchange_strong(&link->stage, &expected, (int)to);
}

static bool end_link(struct http_link *link, int stage)
{
	return atomic_compare_exchange_strong(&link->stage, &stage,
		HTTP_LINK_ENDED);
}

/* The library is told once that bytes came, and loses that now and then: when
 * the end came with them, and, seldom, when they came while a reply was sent.
 * It would sleep until the time is up. An end seen twice ends the link (twice,
 * because between two looks a request that was read whole is taken up by a
 * worker); bytes that lie there are announced again, which setting the mark
 * from which the kernel announces does (tcp_set_rcvlowat). Those who wait are
 * looked at less often: they are many. */
static bool has_left(struct http_link *link, int stage, bool is_thorough)
{
	const int mark = 1;
	char byte;
	if (stage != HTTP_LINK_READING
		&& !(stage == HTTP_LINK_WAITING && is_thorough)) {
		link->gone = stage == HTTP_LINK_WAITING ? link->gone : 0;
		return false;
	}
	ssize_t come = recv(link->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
	if (come > 0)
		setsockopt(link->socket, SOL_SOCKET, SO_RCVLOWAT, &mark,
			sizeof mark);
	link->gone = come == 0 ? link->gone + 1 : 0;
	return link->gone >= 2;
}

/* Under the lock: the library closes a socket only after the link is gone. */
static void look_at(struct http_links *links, struct http_link *link,
	int64_t now, bool is_thorough)
{
	int stage = atomic_load(&link->stage);
	bool is_gone = has_left(link, stage, is_thorough);
	bool is_overdue = is_gone || now >= atomic_load(&link->due);
	if (stage == HTTP_LINK_WAITING && atomic_load(&links->is_draining))
		is_overdue = true;
	if (!is_overdue || stage == HTTP_LINK_ANSWERING
		|| stage == HTTP_LINK_ENDED || !end_link(link, stage))
		return;
	/* A link that waits between requests is closed without a word; one
	 * that never sent a whole line is told. */
	bool is_late = stage == HTTP_LINK_READING
		|| (stage == HTTP_LINK_WAITING && !atomic_load(&link->is_known)
			&& !atomic_load(&links->is_draining));
	if (is_late && !is_gone)
		(void)send(link->socket, links->options.late.at,
			links->options.late.length, MSG_DONTWAIT | MSG_NOSIGNAL);
	/* What a slow reader has not taken lies in the kernel, which would go
	 * on offering it; a reset throws it away. */
	const struct linger reset = {.l_onoff = 1};
	if (stage == HTTP_LINK_SENDING)
		setsockopt(link->socket, SOL_SOCKET, SO_LINGER, &reset,
			sizeof reset);
	shutdown(link->socket, SHUT_RDWR);
}

static void wait_a_little(struct http_links *links)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += LOOK_EVERY_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_cond_timedwait(&links->changed, &links->lock, &until);
}

static void *watch(void *data)
{
	enum { LOOKS = 200 / LOOK_EVERY_MS };
	struct http_links *links = data;
	pthread_mutex_lock(&links->lock);
	for (unsigned look = 0; !links->is_closing; look++) {
		int64_t now = http_now();
		for (struct http_link *link = links->first; link != NULL;
			link = link->next)
			look_at(links, link, now, look % LOOKS == 0);
		wait_a_little(links);
	}
	pthread_mutex_unlock(&links->lock);
	return NULL;
}

struct http_links *http_links_open(const struct http_links_options *options)
{
	struct http_links *links = memory_new(sizeof *links);
	*links = (struct http_links){.options = *options};
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_mutex_init(&links->lock, NULL);
	pthread_cond_init(&links->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&links->watcher, NULL, watch, links) == 0)
		return links;
	links->is_closing = true;
	pthread_cond_destroy(&links->changed);
	pthread_mutex_destroy(&links->lock);
	memory_free(links);
	return NULL;
}

void http_links_close(struct http_links *links)
{
	if (links == NULL)
		return;
	pthread_mutex_lock(&links->lock);
	links->is_closing = true;
	pthread_cond_broadcast(&links->changed);
	pthread_mutex_unlock(&links->lock);
	pthread_join(links->watcher, NULL);
	pthread_cond_destroy(&links->changed);
	pthread_mutex_destroy(&links->lock);
	memory_free(links);
}

/* Under the lock. Few links need no count. */
static int refusal_of(const struct http_links *links, const struct http_link *link)
{
	const struct http_links_options *options = &links->options;
	size_t same = 0;
	if (links->count > options->most)
		return 503;
	if (!link->is_counted || links->count <= options->most_per_address)
		return 0;
	for (const struct http_link *at = links->first; at != NULL; at = at->next)
		same += at->is_counted
			&& memcmp(&at->peer, &link->peer, sizeof at->peer) == 0;
	return same > options->most_per_address ? 429 : 0;
}

struct http_link *http_links_add(struct http_links *links, int socket,
	const struct peer *peer)
{
	const struct http_links_options *options = &links->options;
	struct http_link *link = memory_new(sizeof *link);
	*link = (struct http_link){.socket = socket,
		.peer = *peer,
		.is_counted = !peer_is_in(peer, options->proxies,
			options->proxy_count)};
	pthread_mutex_lock(&links->lock);
	link->next = links->first;
	if (link->next != NULL)
		link->next->previous = link;
	links->first = link;
	links->count++;
	link->refusal = refusal_of(links, link);
	atomic_store(&link->due,
		http_now() + (link->refusal == 0 ? options->idle_ms : REFUSED_MS));
	pthread_mutex_unlock(&links->lock);
	return link;
}

void http_links_remove(struct http_links *links, struct http_link *link)
{
	pthread_mutex_lock(&links->lock);
	if (link->previous != NULL)
		link->previous->next = link->next;
	else
		links->first = link->next;
	if (link->next != NULL)
		link->next->previous = link->previous;
	links->count--;
	if (atomic_load(&links->is_draining))
		pthread_cond_broadcast(&links->changed);
	pthread_mutex_unlock(&links->lock);
	memory_free(link);
}

size_t http_links_count(struct http_links *links)
{
	pthread_mutex_lock(&links->lock);
	size_t count = links->count;
	pthread_mutex_unlock(&links->lock);
	return count;
}

bool http_links_drain(struct http_links *links, int64_t until)
{
	atomic_store(&links->is_draining, true);
	pthread_mutex_lock(&links->lock);
	pthread_cond_broadcast(&links->changed);
	while (links->count > 0 && http_now() < until)
		wait_a_little(links);
	bool is_empty = links->count == 0;
	pthread_mutex_unlock(&links->lock);
	return is_empty;
}

bool http_links_is_draining(struct http_links *links)
{
	return atomic_load(&links->is_draining);
}
