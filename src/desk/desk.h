/* SPDX-License-Identifier: MIT
 *
 * The desk: everything a person may do, in one table.
 *
 * The command line (and later pages and the API) change and read nothing by
 * themselves: they name an act and give its input. The desk looks the act up,
 * checks that the person's roles may perform it, runs it, and writes the audit
 * entry that the act's row asks for. An act that is not in the table does not
 * exist; one that the code list `acts` does not have is nobody's.
 */
#ifndef KITH_DESK_DESK_H
#define KITH_DESK_DESK_H

#include "base/buffer.h"
#include "desk/person.h"
#include "desk/writers.h"
#include "feeds/import.h"
#include "measures/quarterly.h"
#include "register/register.h"
#include "store/region.h"

enum desk_act {
	DESK_IMPORT,
	DESK_FEEDS,
	DESK_MEASURE,
	DESK_CHILDREN,
	DESK_REPORT,
	DESK_FREEZE,
	DESK_SET,
	DESK_COMMENT,
	DESK_VERIFY,
	DESK_FAULTS,
	DESK_BACKUP,
	DESK_APART,
	DESK_SOURCE,
	DESK_ACCOUNT,
	DESK_ACCOUNTS,
	/* On registers: desk_case.h. */
	DESK_CASE_READ,
	DESK_CASE_HISTORY,
	DESK_CASE_LIST,
	DESK_CASE_STEP,
	DESK_CASE_TRY,
	DESK_CASE_BULK,
	DESK_CASE_ASSIGN,
	DESK_PROPOSALS,
	DESK_PROPOSAL_DECIDE,
	DESK_WORK,
	DESK_CHILD_FIND,
	DESK_CHILD_READ,
	DESK_CHILD_LOOKED,
	DESK_RESTRICT,
	DESK_GLASS_BREAK,
	DESK_GLASS_LIST,
	DESK_GLASS_REVIEW,
	DESK_DRAFT_SAVE,
	DESK_DRAFT_READ,
	DESK_DRAFTS,
	DESK_DRAFT_DROP,
	DESK_TOLD,
	DESK_LETTER,
	DESK_LETTER_SEND,
	DESK_LETTERS,
	DESK_DISPOSALS,
	DESK_DISPOSAL_ASK,
	DESK_DISPOSAL_AGREE,
	DESK_HOLD,
	DESK_SUBJECT,
	DESK_INTAKE,
	DESK_TERMLY,
	DESK_ACTS,
};

/* One person at work on one database. */
struct desk {
	struct arena *arena;
	struct region region;
	const char *url;
	struct codes *codes;
	struct measures measures;
	struct quarterly_pack pack;
	const struct registers *registers;
	struct writers *writers; /* a server's; NULL: one an act */
	struct person person;
	uint64_t allowed[DESK_ACTS]; /* roles that may, a bit each */
	int la;                      /* 0: the only one there is */
	struct date today;
};

struct desk_options {
	const char *url;
	const char *definitions; /* a council's own folder; NULL: none */
	const char *actor;       /* whoever has the database file */
	const char *role; /* NULL: they may all; else only what this role may */
	int la;
	struct date today;
	bool is_read_only;
};

/* Makes the schema and enters an authority; its ONS codes are taken from the
 * code list `authorities`. */
bool desk_init(const char *url, int la, const char *name, const char *definitions,
	struct fault *fault) __attribute__((warn_unused_result));

bool desk_open(const struct desk_options *options, struct arena *arena,
	struct desk *out_desk, struct fault *fault)
	__attribute__((warn_unused_result));

/* Copies an authority (0: all) into a database with no such authority yet, and
 * compares both sides. */
bool desk_copy(const char *from_url, const char *to_url, int la,
	struct fault *fault) __attribute__((warn_unused_result));

/* Brings a backup back into a database that is empty or not there. There is no
 * desk yet to ask; who may write the database may do it. */
bool desk_restore(const char *file, const char *url, struct fault *fault)
	__attribute__((warn_unused_result));

/* Performs an act. Input and output are the act's own structs, below; results
 * live in the desk's arena. */
bool desk_perform(struct desk *desk, enum desk_act act, const void *input,
	void *output, struct fault *fault) __attribute__((warn_unused_result));

/* The same desk for another person, whose results live in an arena of theirs:
 * what a server does for each request. */
void desk_seat(const struct desk *desk, const struct person *person,
	struct arena *arena, struct desk *out_desk);

/* Whether the person may perform the act at all. What the register's definition
 * says about an entry comes on top. */
bool desk_may(const struct desk *desk, enum desk_act act);

/* The table, for help and tests. What an act is about and which roles may, the
 * code list `acts` says. */
struct desk_row {
	const char *name;
	bool changes;    /* writes; needs one authority */
	bool is_audited; /* an entry in the chain for each time */
};
const struct desk_row *desk_row(enum desk_act act);

/* ---- Inputs and outputs ---- */

struct desk_import_input {
	const char *kind;
	const char *const *paths;
	size_t path_count;
	struct period covers; /* none: from the data */
};                            /* gives struct import_outcome */

struct desk_feeds_output {
	const struct desk_feeds_row {
		int la;
		const char *kind, *label;
		int64_t rows, refused, repaired, warned, children, linked;
		struct period covers;
		const char *received;
		int64_t batch;
	} * rows;
	size_t count;
};

enum { DESK_BY = 2 };

struct desk_measure_input {
	struct text id;
	struct date at;
	struct text by[DESK_BY];
	size_t by_count;
	bool is_published;
};

/* One line: a group of one authority. */
struct desk_measure_row {
	int la;
	const char *by;    /* "" for the whole, "age", "age,sex" */
	const char *group; /* "5 to 9", "5 to 9, Female" */
	struct evaluate_figure figure;
};

struct desk_measure_output {
	const struct measure *measure;
	const struct desk_measure_row *rows;
	size_t count;
};

struct desk_children_input {
	struct text id;
	struct date at;
	bool is_in_words; /* with the evidence why each counted */
};

struct desk_child {
	int la;
	const char *child_id; /* of the case-management system, or the UPN */
	struct date born;
	const char *sex;
	bool is_counted; /* in the numerator; all are in the denominator's list */
	struct date starts, ends;
	const char *why; /* evidence, "; " between */
};

struct desk_children_output {
	const struct measure *measure;
	const struct desk_child *children;
	size_t count;
};

struct desk_report_input {
	struct date end; /* of the quarter */
	bool is_published;
	bool has_breakdowns;
};

struct desk_report_output {
	int la; /* 0: a region, summed over its authorities */
	const char *authority;
	struct quarterly report;
};

struct desk_set_input {
	const char *name, *value;
	struct date from;
};

struct desk_comment_input {
	struct text measure;
	struct date end;
	const char *why, *so_what, *what_next, *by_when;
};

struct desk_verify_output {
	const struct desk_verify_row {
		int la;
		struct audit_verdict_row {
			int64_t entries, broken_at;
			const char *head, *why;
		} verdict;
		/* Every version of every entry, against the chain. */
		int64_t versions, broken_entry; /* 0: none named */
		int broken_version;
		const char *broken_why; /* "": they are whole */
	} * rows;
	size_t count;
};

struct desk_faults_input {
	int64_t batch; /* 0: the newest */
	size_t most;
};

struct desk_apart_input {
	const char *child, *other, *reason;
};

struct desk_source_input {
	int64_t batch;
	int part; /* file of the batch; list of a workbook */
	int64_t row;
};

struct desk_source_output {
	const char *kind, *label, *received_at, *received_by;
	const char *file, *content; /* its name, and what its columns say it is */
	const char *heading;        /* the row of headings; "" none */
	const char *text;           /* as it came */
	const char *const *remarks; /* what was repaired or found wrong */
	size_t remark_count;
};

struct desk_backup_input {
	const char *file;
};

/* What is done with an account or a team; see accounts/. */
enum desk_account_doing {
	DESK_ACCOUNT_ADD,
	DESK_ACCOUNT_GIVE,
	DESK_ACCOUNT_TAKE,
	DESK_ACCOUNT_CLOSE,
	DESK_ACCOUNT_REOPEN,
	DESK_ACCOUNT_RESET,    /* gives a link to set a password with */
	DESK_ACCOUNT_PASSWORD, /* sets one by its hash */
	DESK_ACCOUNT_SECOND,   /* takes the second factor away */
	DESK_ACCOUNT_CONFLICT, /* a child that the account may never see */
	DESK_ACCOUNT_TEAM_ADD,
	DESK_ACCOUNT_TEAM_CLOSE,
	DESK_ACCOUNT_TEAM_JOIN,
	DESK_ACCOUNT_TEAM_LEAVE,
	DESK_ACCOUNT_SWEEP,    /* closes what nobody uses */
	DESK_ACCOUNT_PROVIDER, /* an identity provider that is trusted */
	DESK_ACCOUNT_MEANS,    /* a group there means a role here */
	DESK_ACCOUNT_MEANS_NOT,
	DESK_ACCOUNT_TOKEN_ADD, /* for a program; see accounts/token.h */
	DESK_ACCOUNT_TOKEN_REVOKE,
	DESK_ACCOUNT_TOKENS,
	DESK_ACCOUNT_DOINGS,
};

struct desk_account_input {
	enum desk_account_doing doing;
	const char *login;
	const char *name;  /* of the person */
	const char *roles; /* codes with commas between; one to give or take */
	const char *team;
	const char *why;
	const char *child; /* its id in the case system */
	const char *hash;  /* accounts/password.h */
	const char *issuer, *client, *redirect, *claim, *group; /* oidc.h */
	const char *secret;
	const char *scopes; /* of a token, with blanks between */
	struct date until;  /* its last day; none: a year from now */
	const char *token;  /* its number */
};

struct desk_account_output {
	const char *link; /* the secret of an invitation, reset or token; or
			   * NULL */
	size_t closed;    /* by the sweep */
	const struct desk_token_row {
		int64_t id;
		const char *label, *scopes;
		struct date made, until, used; /* used: none: never */
		bool is_revoked;
	} * tokens;
	size_t token_count;
};

struct desk_accounts_output {
	const struct desk_account_row {
		int la;
		const char *login, *name, *state, *roles;
		struct date used; /* none: never */
		bool has_second;
		size_t teams;
	} * rows;
	size_t count;
	const struct desk_team_row {
		const char *name;
		struct date from, to;
		int64_t members;
	} * teams;
	size_t team_count;
};

struct desk_faults_output {
	const struct desk_fault {
		int64_t batch;
		const char *file, *column, *value, *rule, *severity, *message;
		int64_t row;
	} * rows;
	size_t count;
};

#endif
