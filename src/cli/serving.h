/* SPDX-License-Identifier: MIT
 *
 * What is served, to a socket (kith serve) or to the command line (kith get):
 * the routes, what all workers share, and a worker each.
 */
#ifndef KITH_CLI_SERVING_H
#define KITH_CLI_SERVING_H

#include "cli/command.h"
#include "web/api.h"

struct serving {
	struct command_context *context;
	const struct http_route *routes;
	size_t route_count;
	struct writers *writers;
	struct seal seal;
	bool has_seal;
};

/* Brings the registers' tables up to their definitions first. To be closed
 * even after a fault. */
bool serving_open(struct command_context *context, struct serving *out_serving,
	struct fault *fault) __attribute__((warn_unused_result));
void serving_close(struct serving *serving);

bool serving_worker(const struct serving *serving, struct api_worker **out_worker,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
