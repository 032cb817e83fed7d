/* SPDX-License-Identifier: MIT
 *
 * The functions over dates. How each counts is said in base/clock.h; a function
 * of nothing gives nothing, and so does one that leaves the calendar.
 */
#include "register/condition-inside.h"

static struct date run_date(const struct condition_node *node, int argument,
	struct condition_frame *frame)
{
	const struct condition_node *next = node->arguments[argument];
	struct value value = next->run(next, frame);
	return value.kind == VALUE_DATE ? value.date : DATE_NONE;
}

/* More days than a calendar has cannot be counted. */
static bool run_amount(const struct condition_node *node,
	struct condition_frame *frame, int *out_amount)
{
	enum { MOST = 10 * 1000 * 1000 };
	const struct condition_node *next = node->arguments[1];
	struct value value = next->run(next, frame);
	if (value.kind != VALUE_NUMBER || value.number > MOST
		|| value.number < -MOST)
		return false;
	*out_amount = (int)value.number;
	return true;
}

struct span {
	bool is_given; /* both */
	struct date from, to;
};

static struct span run_span(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct span span = {
		.from = run_date(node, 0, frame),
		.to = run_date(node, 1, frame),
	};
	span.is_given = !date_is_none(span.from) && !date_is_none(span.to);
	return span;
}

struct value condition_run_days(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct span span = run_span(node, frame);
	return span.is_given ? value_number(span.to.day - span.from.day)
			     : value_empty();
}

/* Whole months: the most that may be added to the earlier without passing the
 * later. */
static int months_between(struct date from, struct date to)
{
	int y1, m1, d1, y2, m2, d2;
	date_parts(from, &y1, &m1, &d1);
	date_parts(to, &y2, &m2, &d2);
	int months = (y2 - y1) * 12 + m2 - m1;
	return months - (date_add_months(from, months).day > to.day);
}

struct value condition_run_months_between(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct span span = run_span(node, frame);
	if (!span.is_given)
		return value_empty();
	return value_number(span.from.day <= span.to.day
			? months_between(span.from, span.to)
			: -months_between(span.to, span.from));
}

static const struct clock_holidays *holidays_of(
	const struct condition_frame *frame)
{
	const struct condition_calendar *calendar = frame->input->calendar;
	return calendar == NULL ? NULL : &calendar->holidays;
}

static const struct clock_school *school_of(const struct condition_frame *frame)
{
	const struct condition_calendar *calendar = frame->input->calendar;
	return calendar == NULL ? NULL : calendar->school;
}

struct value condition_run_working_days(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct span span = run_span(node, frame);
	const struct clock_holidays *holidays = holidays_of(frame);
	return span.is_given && holidays != NULL ? value_number(
		       clock_working_days_between(holidays, span.from, span.to))
						 : value_empty();
}

struct value condition_run_school_days(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct span span = run_span(node, frame);
	const struct clock_school *school = school_of(frame);
	int days;
	return span.is_given && school != NULL
			&& clock_school_days_between(school, span.from, span.to,
				&days)
		? value_number(days)
		: value_empty();
}

struct value condition_run_add_days(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct date date = run_date(node, 0, frame);
	int days;
	return run_amount(node, frame, &days)
		? value_date(date_add_days(date, days))
		: value_empty();
}

struct value condition_run_add_months(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct date date = run_date(node, 0, frame);
	int months;
	return run_amount(node, frame, &months)
		? value_date(date_add_months(date, months))
		: value_empty();
}

struct value condition_run_add_working_days(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct date date = run_date(node, 0, frame);
	const struct clock_holidays *holidays = holidays_of(frame);
	int days;
	return holidays != NULL && run_amount(node, frame, &days)
		? value_date(clock_working_days(holidays, date, days))
		: value_empty();
}

struct value condition_run_add_school_days(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct date date = run_date(node, 0, frame);
	const struct clock_school *school = school_of(frame);
	int days;
	return school != NULL && run_amount(node, frame, &days)
		? value_date(clock_school_days(school, date, days))
		: value_empty();
}

struct value condition_run_add_school_weeks(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct date date = run_date(node, 0, frame);
	const struct clock_school *school = school_of(frame);
	int weeks;
	return school != NULL && run_amount(node, frame, &weeks)
		? value_date(clock_school_weeks(school, date, weeks))
		: value_empty();
}

/* By the rule in force on the day it was served. */
struct value condition_run_deemed(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct date served = run_date(node, 0, frame);
	const struct condition_node *next = node->arguments[1];
	struct value code = next->run(next, frame);
	const struct clock_holidays *holidays = holidays_of(frame);
	if (date_is_none(served) || code.kind != VALUE_TEXT || holidays == NULL)
		return value_empty();
	for (size_t i = 0; i < node->methods->count; i++) {
		const struct condition_method *method = &node->methods->methods[i];
		if (text_equals(method->code, code.text)
			&& method->from.day <= served.day
			&& (date_is_none(method->to)
				|| served.day <= method->to.day))
			return value_date(
				clock_deemed(holidays, served, method->days));
	}
	return value_empty();
}

struct value condition_run_age(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct span span = run_span(node, frame);
	return span.is_given && span.from.day <= span.to.day
		? value_number(date_age(span.from, span.to))
		: value_empty();
}

/* The year, from 1 September, that a day is in. */
static int academic_year(struct date day)
{
	int year, month, number;
	date_parts(day, &year, &month, &number);
	return year - (month < 9);
}

/* England: reception is the year in which the fifth birthday comes, years 1 to
 * 13 follow. By age alone; some children are taught out of their year. */
struct value condition_run_year_group(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct span span = run_span(node, frame);
	if (!span.is_given)
		return value_empty();
	int group = academic_year(span.to) - academic_year(span.from) - 5;
	return group < 0 || group > 13 ? value_empty() : value_number(group);
}
