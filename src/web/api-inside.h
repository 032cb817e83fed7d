/* SPDX-License-Identifier: MIT
 *
 * What the files of the API share: members of inputs and outputs as tables,
 * routes as rows, one request on its way.
 *
 * A *shape* says which members of an act's struct are JSON, under which names.
 * One table reads or writes the struct and makes its schema.
 */
#ifndef KITH_WEB_API_INSIDE_H
#define KITH_WEB_API_INSIDE_H

#include "accounts/token.h"
#include "desk/desk_case.h"
#include "render/json_out.h"
#include "web/api.h"

struct api_call;

enum api_type {
	API_STRING,  /* const char *; "" and NULL are null */
	API_TEXT,    /* struct text */
	API_WHOLE,   /* int */
	API_SIZE,    /* size_t */
	API_COUNT,   /* int64_t as a number */
	API_ID,      /* int64_t as a string of digits; 0 is null */
	API_FLAG,    /* bool */
	API_DATE,    /* none is null */
	API_WORD,    /* an enum by its words */
	API_GIVEN,   /* const struct step_given *, and how many; input alone */
	API_JSON,    /* struct text that is JSON */
	API_STRINGS, /* const char *const *, and how many */
	API_LIST,    /* a pointer to items of a shape, and how many */
	API_OWN,     /* written by a function; output alone */
	API_TYPES,
};

enum api_in { API_BODY, API_PATH, API_QUERY };

struct api_shape;

struct api_member {
	const char *name, *about;
	enum api_type type;
	size_t at, count_at; /* in the struct */
	enum api_in in;      /* of an input */
	bool is_required;    /* of an input */
	const char *const *words;
	const struct api_shape *shape;
	void (*write)(struct api_call *call, const char *key, const void *whole);
	const char *schema; /* of API_OWN */
};

struct api_shape {
	const char *name; /* of its schema */
	size_t size;      /* of the struct */
	const struct api_member *members;
	size_t count;
};

/* On what the scope's verb must be held. */
enum api_subject {
	API_NOTHING,   /* the verb alone: "measure" */
	API_ALL,       /* every register: "read:*" */
	API_REGISTER,  /* the register in the path */
	API_ENTRY,     /* the register of the entry in the path */
	API_ASKED,     /* the register in the query; without it all */
	API_EACH,      /* of every entry the body names */
	API_ANY_SCOPE, /* any token */
};

struct api_route {
	enum http_method method;
	const char *pattern;
	const char *name, *about; /* operationId, summary */
	enum desk_act act;        /* DESK_ACTS: asks the desk for nothing */
	const char *verb;
	enum api_subject subject;
	const struct api_shape *input, *output; /* NULL: nothing */
	/* After reading, before the act: what a table cannot say. */
	bool (*prepare)(struct api_call *call, struct fault *fault);
	/* Instead of writing the output by its shape. */
	bool (*write)(struct api_call *call, struct fault *fault);
	const char *schema; /* of what `write` writes, JSON; NULL: the shape's */
	int status;         /* of success; 0: 200 */
};

extern const struct api_route api_table[];
extern const size_t api_table_count;

enum {
	API_SPACE = 2048,
	API_REPLY = 32 * 1024 * 1024,
	API_BODY_MOST = 512 * 1024,
};

/* One request on its way. */
struct api_call {
	const struct api_worker *worker;
	const struct api_route *route;
	const struct http_request *request;
	struct http_reply *reply;
	struct arena *arena;
	struct desk desk; /* of the person */
	struct person_found found;
	enum desk_act act;
	const struct register_one *one; /* the path's; or NULL */
	int version;                    /* If-Match; 0: none */
	struct json_out json;
	union {
		char bytes[API_SPACE];
		int64_t aligned;
	} input, output;
};

/* Roles for sight_field: the operator has all. */
uint64_t api_roles(const struct api_call *call);

/* The JSON body of the reply begins. */
void api_begin(struct api_call *call);

/* What a query says once; empty if nothing. */
struct text api_query(const struct api_call *call, const char *name);

/* "/api/v1/..." of this request with another page, for Link. */
void api_page_links(struct api_call *call, size_t page, size_t page_size,
	size_t total);

/* ---- api_shape.c: by tables ---- */

void api_shape_write(struct api_call *call, const char *key,
	const struct api_shape *shape, const void *whole);
void api_shape_members(struct api_call *call, const struct api_shape *shape,
	const void *whole);

/* ---- api_read.c ---- */

/* What was wrong with the input, each with its field. */
bool api_read_input(struct api_call *call, struct fault *fault)
	__attribute__((warn_unused_result));

/* A body by a shape, without a request: for the fuzzer too. */
bool api_read_body(const struct api_shape *shape, struct text body,
	struct arena *arena, void *out_input, struct fault *fault)
	__attribute__((warn_unused_result));

/* "Bearer ..." of an Authorization header; empty if it is none. */
struct text api_read_bearer(struct text authorization);

/* The version in If-Match: "7" or W/"7". False: it is something else. */
bool api_read_match(struct text if_match, int *out_version);

/* ---- api_problem.c ---- */

void api_problem(struct api_call *call, int status, const char *detail);
/* With what the act's output says about it. */
void api_problem_fault(struct api_call *call, const struct fault *fault);

/* ---- api_case.c, api_definition.c, api_list.c ... : writers ---- */

void api_case_versions(struct api_call *call, const char *key, const void *whole);
void api_case_value(struct api_call *call, const char *key,
	const struct definition_field *field, struct value value);
void api_case_state(struct api_call *call, const char *key,
	const struct definition *of, struct text state);
bool api_case_step(struct api_call *call, struct fault *fault);
bool api_case_entry(struct api_call *call, struct fault *fault);
bool api_case_child(struct api_call *call, struct fault *fault);
bool api_definition(struct api_call *call, struct fault *fault);
bool api_definitions(struct api_call *call, struct fault *fault);
bool api_list(struct api_call *call, struct fault *fault);
bool api_work(struct api_call *call, struct fault *fault);
bool api_figures_measures(struct api_call *call, struct fault *fault);
bool api_figures_measure(struct api_call *call, struct fault *fault);
bool api_figures_report(struct api_call *call, struct fault *fault);
bool api_index(struct api_call *call, struct fault *fault);

#endif
