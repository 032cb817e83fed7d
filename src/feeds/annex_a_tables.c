/* SPDX-License-Identifier: MIT
 *
 * The eleven lists of Annex A and their columns. Headings are compared by
 * their letters and digits alone, so case, spaces and marks do not matter.
 * Long because eleven lists have 170 columns; it is one table.
 */
#include "feeds/annex_a-inside.h"

/* clang-format off */
#define TEXTUAL(name) {name, ANNEX_A_TEXT, NULL, ANNEX_A_NONE}
#define DAY(name) {name, ANNEX_A_DATE, NULL, ANNEX_A_NONE}
#define NUMBER(name) {name, ANNEX_A_NUMBER, NULL, ANNEX_A_NONE}
#define CHOICE(name) {name, ANNEX_A_CHOICE, NULL, ANNEX_A_NONE}
#define YES(name) {name, ANNEX_A_YES, NULL, ANNEX_A_NONE}
#define CODED(name, list) {name, ANNEX_A_CODE, list, ANNEX_A_NONE}
#define PERSON \
	{"Gender", ANNEX_A_CODE, "sex", ANNEX_A_SEX}, \
	{"Ethnicity", ANNEX_A_CODE, "ethnic", ANNEX_A_ETHNICITY}
#define BORN {"Date of Birth", ANNEX_A_DATE, NULL, ANNEX_A_BORN}
#define CHILD {"Child Unique ID", ANNEX_A_TEXT, NULL, ANNEX_A_CHILD}
#define AGE {"Age", ANNEX_A_AGE, NULL, ANNEX_A_NONE}
#define DISABILITY YES("Does the Child have a Disability")
#define STAFF TEXTUAL("Allocated Team"), TEXTUAL("Allocated Worker")
/* clang-format on */

const struct annex_a_list annex_a_tables[ANNEX_A_LISTS] = {
	{"Contacts",
		{CHILD, PERSON, BORN, AGE,
			{"Date of Contact", ANNEX_A_DATE, NULL, ANNEX_A_START},
			{"Contact Source", ANNEX_A_CODE, "referral-source",
				ANNEX_A_SOURCE}}},
	{"Early help assessments",
		{CHILD, PERSON, BORN, AGE,
			{"Assessment start date", ANNEX_A_DATE, NULL,
				ANNEX_A_START},
			{"Assessment completion date", ANNEX_A_DATE, NULL,
				ANNEX_A_END},
			{"Organisation completing assessment", ANNEX_A_TEXT,
				NULL, ANNEX_A_ORGANISATION}}},
	{"Referrals",
		{CHILD, PERSON, BORN, AGE,
			{"Date of Referral", ANNEX_A_DATE, NULL, ANNEX_A_START},
			{"Referral Source", ANNEX_A_CODE, "referral-source",
				ANNEX_A_SOURCE},
			{"Referral NFA?", ANNEX_A_YES, NULL, ANNEX_A_NFA},
			NUMBER("Number of Referrals in Last 12 Months"), STAFF}},
	{"Assessments",
		{CHILD, PERSON, BORN, AGE, DISABILITY,
			{"Continuous Assessment Start Date", ANNEX_A_DATE, NULL,
				ANNEX_A_START},
			YES("Child Seen During Continuous Assessment"),
			{"Continuous Assessment Date of Authorisation",
				ANNEX_A_DATE, NULL, ANNEX_A_END},
			CHOICE("Was the child assessed as requiring LA children's "
			       "social care support?"),
			STAFF}},
	{"Section 47 enquiries and conferences",
		{CHILD, PERSON, BORN, AGE, DISABILITY,
			{"Strategy discussion initiating Section 47 Enquiry "
			 "Start Date",
				ANNEX_A_DATE, NULL, ANNEX_A_START},
			{"Was an Initial Child Protection Conference deemed "
			 "unnecessary?",
				ANNEX_A_YES, NULL, ANNEX_A_UNNECESSARY},
			{"Date of Initial Child Protection Conference",
				ANNEX_A_DATE, NULL, ANNEX_A_CONFERENCE},
			YES("Did the Initial Child Protection Conference Result "
			    "in a Child Protection Plan"),
			NUMBER("Number of Section 47 Enquiries in the last 12 months"),
			NUMBER("Number of ICPCs in the last 12 months"), STAFF}},
	{"Children in need",
		{CHILD, PERSON, BORN, AGE, DISABILITY,
			{"CIN Start Date", ANNEX_A_DATE, NULL, ANNEX_A_START},
			{"Primary Need Code", ANNEX_A_CODE, "primary-need",
				ANNEX_A_NEED},
			{"Date Child Was Last Seen", ANNEX_A_DATE, NULL,
				ANNEX_A_SEEN},
			{"CIN Closure Date", ANNEX_A_DATE, NULL, ANNEX_A_END},
			{"Reason for Closure", ANNEX_A_CODE,
				"reason-for-closure", ANNEX_A_REASON},
			{"Case Status", ANNEX_A_CHOICE, NULL, ANNEX_A_STATUS},
			STAFF}},
	{"Child protection plans",
		{CHILD, PERSON, BORN, AGE, DISABILITY,
			{"Child Protection Plan Start Date", ANNEX_A_DATE, NULL,
				ANNEX_A_START},
			{"Initial Category of Abuse", ANNEX_A_CODE,
				"category-of-abuse", ANNEX_A_INITIAL},
			{"Latest Category of Abuse", ANNEX_A_CODE,
				"category-of-abuse", ANNEX_A_LATEST},
			{"Date of the Last Statutory Visit", ANNEX_A_DATE, NULL,
				ANNEX_A_SEEN},
			{"Was the Child Seen Alone?", ANNEX_A_YES, NULL,
				ANNEX_A_ALONE},
			{"Date of latest review conference", ANNEX_A_DATE, NULL,
				ANNEX_A_REVIEW},
			{"Child Protection Plan End Date", ANNEX_A_DATE, NULL,
				ANNEX_A_END},
			YES("Subject to Emergency Protection Order or Protected "
			    "Under Police Powers in Last Six Months (Y/N)"),
			{"Number of Previous Child Protection Plans",
				ANNEX_A_NUMBER, NULL, ANNEX_A_PREVIOUS},
			STAFF}},
	{"Children looked after",
		{CHILD, PERSON, BORN, AGE,
			YES("Unaccompanied Asylum Seeking Child (UASC) within the "
			    "Last 12 Months (Y/N))"),
			DISABILITY,
			{"Date Started to be Looked After", ANNEX_A_DATE, NULL,
				ANNEX_A_START},
			CODED("Child's Category of Need", "category-of-need"),
			YES("Is this a second or subsequent period of being a "
			    "Looked After Child within the last 12 months (Y/N)"),
			DAY("Start date of current legal status"),
			{"Child's Legal Status", ANNEX_A_CODE, "legal-status",
				ANNEX_A_LEGAL},
			{"Date of Latest Statutory Review", ANNEX_A_DATE, NULL,
				ANNEX_A_REVIEW},
			{"Date of Last Social Work Visit", ANNEX_A_DATE, NULL,
				ANNEX_A_SEEN},
			{"What is the permanence plan for this child?",
				ANNEX_A_CHOICE, NULL, ANNEX_A_PERMANENCE},
			DAY("Date of Last IRO Visit / Contact to the Child"),
			{"Date of Last Health Assessment", ANNEX_A_DATE, NULL,
				ANNEX_A_HEALTH},
			{"Date of Last Dental Check", ANNEX_A_DATE, NULL,
				ANNEX_A_DENTAL},
			{"Number of Placements in the Last 12 months",
				ANNEX_A_NUMBER, NULL, ANNEX_A_PLACEMENTS},
			{"Date Ceased to be Looked After", ANNEX_A_DATE, NULL,
				ANNEX_A_END},
			CODED("Reason Ceased to be Looked After", "rec"),
			{"Start Date of Most Recent Placement", ANNEX_A_DATE,
				NULL, ANNEX_A_PLACED},
			CODED("Placement Type", "place"),
			CODED("Placement Provider", "place-provider"),
			TEXTUAL("Placement postcode"), TEXTUAL("URN of Placement"),
			CHOICE("Placement Location"), TEXTUAL("LA of Placement"),
			{"Number of Episodes the Child has been Missing from "
			 "their Placement in the last 12 months",
				ANNEX_A_NUMBER, NULL, ANNEX_A_MISSING},
			{"Number of Episodes the Child has been Absent from "
			 "their Placement in the last 12 months",
				ANNEX_A_NUMBER, NULL, ANNEX_A_ABSENT},
			{"Was the child offered a Return Interview after their "
			 "last missing episode (Y/N)?",
				ANNEX_A_YES, NULL, ANNEX_A_OFFERED},
			{"Did the child accept a Return Interview after their "
			 "last missing episode (Y/N)?",
				ANNEX_A_YES, NULL, ANNEX_A_ACCEPTED},
			STAFF}},
	{"Care leavers",
		{CHILD, PERSON, BORN, AGE,
			YES("Unaccompanied Asylum Seeking Child (UASC), or "
			    "formerly UASC if 18 or over (Y/N)"),
			DISABILITY, STAFF, TEXTUAL("Allocated Personal Advisor"),
			{"Eligibility Category", ANNEX_A_CHOICE, NULL,
				ANNEX_A_ELIGIBILITY},
			{"Latest Pathway Plan Review Date", ANNEX_A_DATE, NULL,
				ANNEX_A_REVIEW},
			{"LA in Touch", ANNEX_A_CHOICE, NULL, ANNEX_A_TOUCH},
			{"Latest Date of Contact", ANNEX_A_DATE, NULL,
				ANNEX_A_SEEN},
			{"Type of Accommodation", ANNEX_A_CHOICE, NULL,
				ANNEX_A_HOME},
			{"Suitability of Accommodation", ANNEX_A_CHOICE, NULL,
				ANNEX_A_SUITABLE},
			{"Activity Status", ANNEX_A_CODE, "activ",
				ANNEX_A_ACTIVITY}}},
	{"Adoption",
		{CHILD, TEXTUAL("Family identifier"), PERSON, BORN,
			{"Age of Child (Years)", ANNEX_A_AGE, NULL, ANNEX_A_NONE},
			DISABILITY, DAY("Date the Child Entered Care"),
			DAY("Date of Decision that Child Should be Placed for Adoption"),
			DAY("Date of Placement Order"),
			DAY("Date of Matching Child and Prospective Adopters"),
			DAY("Date Placed for Adoption"),
			DAY("Date of Adoption Order"),
			DAY("Date of Decision that Child Should No Longer be "
			    "Placed for Adoption"),
			CODED("Reason Why Child No Longer Placed for Adoption",
				"reason-placed-ceased"),
			DAY("Date the child was placed for fostering in FFA or "
			    "concurrent planning placement")}},
	{"Adopters",
		{{"Individual adopter identifier", ANNEX_A_TEXT, NULL,
			 ANNEX_A_ADOPTER},
			TEXTUAL("Family identifier"), PERSON, YES("Disability"),
			YES("Is the (prospective) adopter fostering for adoption?"),
			DAY("Date enquiry received"),
			DAY("Date Stage 1 started"), DAY("Date Stage 1 ended"),
			DAY("Date Stage 2 started"), DAY("Date Stage 2 ended"),
			DAY("Date application submitted"),
			DAY("Date application approved"),
			DAY("Date adopter matched with child(ren)"),
			DAY("Date child/children placed with adopter(s)"),
			NUMBER("No. of children placed"),
			DAY("Date of Adoption Order"),
			DAY("Date of leaving adoption process"),
			CHOICE("Reason for leaving adoption process")}},
};
