/* SPDX-License-Identifier: MIT
 *
 * A letter as the desk allows it, drawn as a page.
 */
#ifndef KITH_WEB_LETTER_PAGE_H
#define KITH_WEB_LETTER_PAGE_H

#include "base/buffer.h"
#include "desk/desk_case.h"

struct letter_page {
	const struct desk_letter *letter;
	const char *recipient;         /* name and address, lines by \n */
	const char *address, *contact; /* the council's; may be empty */
	struct date date;
};

bool letter_page_write(const struct letter_page *page, struct arena *arena,
	struct buffer *out, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
