/* SPDX-License-Identifier: MIT
 *
 * The parts of the census and their values, 2017-18 to 2026-27. Elements that
 * came later (CINPlanDates 2022, Sex 2024-25) or went (GenderCurrent) stand
 * side by side, so one table serves every year; codes are dated in the code
 * lists.
 */
#include "feeds/cin-inside.h"

#define KEY_DATE(name) \
	{ \
		name, CIN_DATE, NULL, true, true \
	}
#define LATE_DATE(name) \
	{ \
		name, CIN_DATE, NULL, false, true \
	}
#define DATE(name) \
	{ \
		name, CIN_DATE, NULL, false, false \
	}
#define CODE(name, list) \
	{ \
		name, CIN_CODE, list, false, false \
	}
#define FLAG(name) \
	{ \
		name, CIN_FLAG, NULL, false, false \
	}
#define WORDS(name) \
	{ \
		name, CIN_TEXT, NULL, false, false \
	}

const struct cin_record cin_tables[CIN_KINDS] = {
	[CIN_HEADER] = {"Header", CIN_KINDS,
		{[CIN_COLLECTION] = WORDS("Collection"),
			[CIN_YEAR] = WORDS("Year"),
			[CIN_REFERENCE_DATE] = DATE("ReferenceDate"),
			[CIN_LEA] = WORDS("LEA")}},
	[CIN_CHILD] = {"Child", CIN_KINDS,
		{[CIN_ID] = WORDS("LAchildID"),
			[CIN_UPN] = WORDS("UPN"),
			[CIN_FORMER_UPN] = WORDS("FormerUPN"),
			[CIN_UPN_UNKNOWN] = CODE("UPNunknown", "upn-unknown"),
			[CIN_BORN] = DATE("PersonBirthDate"),
			[CIN_EXPECTED] = DATE("ExpectedPersonBirthDate"),
			[CIN_SEX] = WORDS("Sex"),
			[CIN_GENDER] = WORDS("GenderCurrent"),
			[CIN_DIED] = DATE("PersonDeathDate"),
			[CIN_ETHNICITY] = CODE("Ethnicity", "ethnic")}},
	[CIN_DISABILITY] = {"Disability", CIN_CHILD,
		{{"Disability", CIN_CODE, "disability", true, false}}},
	[CIN_DETAILS] = {"CINdetails", CIN_CHILD,
		{[CIN_REFERRED] = KEY_DATE("CINreferralDate"),
			[CIN_SOURCE] = CODE("ReferralSource", "referral-source"),
			[CIN_NEED] = CODE("PrimaryNeedCode", "primary-need"),
			[CIN_CLOSED] = LATE_DATE("CINclosureDate"),
			[CIN_CLOSURE_REASON] = CODE("ReasonForClosure",
				"reason-for-closure"),
			[CIN_TRANSFER_CPC] = LATE_DATE("DateOfInitialCPC"),
			[CIN_NFA] = FLAG("ReferralNFA")}},
	[CIN_ASSESSMENT] = {"Assessments", CIN_DETAILS,
		{[CIN_ASSESSMENT_START] = KEY_DATE("AssessmentActualStartDate"),
			[CIN_REVIEWED] = LATE_DATE("AssessmentInternalReviewDate"),
			[CIN_AUTHORISED] = LATE_DATE(
				"AssessmentAuthorisationDate")}},
	[CIN_FACTOR] = {"AssessmentFactors", CIN_ASSESSMENT,
		{{"AssessmentFactors", CIN_CODE, "assessment-factors", true,
			false}}},
	[CIN_PLAN] = {"CINPlanDates", CIN_DETAILS,
		{[CIN_STARTS] = KEY_DATE("CINPlanStartDate"),
			[CIN_ENDS] = LATE_DATE("CINPlanEndDate")}},
	[CIN_SECTION47] = {"Section47", CIN_DETAILS,
		{[CIN_S47_START] = KEY_DATE("S47ActualStartDate"),
			[CIN_TARGET] = LATE_DATE("InitialCPCtarget"),
			[CIN_ICPC] = LATE_DATE("DateOfInitialCPC"),
			[CIN_ICPC_NOT_REQUIRED] = FLAG("ICPCnotRequired")}},
	[CIN_CP_PLAN] = {"ChildProtectionPlans", CIN_DETAILS,
		{[CIN_STARTS] = KEY_DATE("CPPstartDate"),
			[CIN_ENDS] = LATE_DATE("CPPendDate"),
			[CIN_INITIAL] = CODE("InitialCategoryOfAbuse",
				"category-of-abuse"),
			[CIN_LATEST] = CODE("LatestCategoryOfAbuse",
				"category-of-abuse"),
			[CIN_PREVIOUS] = {"NumberOfPreviousCPP", CIN_NUMBER,
				NULL, false, false}}},
	[CIN_REVIEW] = {"CPPreviewDate", CIN_CP_PLAN,
		{{"CPPreviewDate", CIN_DATE, NULL, true, true}}},
};
