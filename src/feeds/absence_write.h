/* SPDX-License-Identifier: MIT
 *
 * Writes the table absence_state of an authority anew from its terms of
 * attendance. Every feed that brings terms calls it at its end, within the
 * import's transaction, so no order of imports leaves a trace. Where the
 * census and the marks both give a term of an enrolment, the census counts.
 */
#ifndef KITH_FEEDS_ABSENCE_WRITE_H
#define KITH_FEEDS_ABSENCE_WRITE_H

#include "feeds/feed.h"

bool absence_write(struct feed *feed, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
