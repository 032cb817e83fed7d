/* SPDX-License-Identifier: MIT
 *
 * Invented postcodes, wards and small areas, in the layout of the ONS
 * postcode directory.
 *
 * The area ZZ is not one that Royal Mail uses. Postcodes of the borough (ZZ1
 * to ZZ12, a ward each) lie within three miles of one another; those outside
 * (ZZ20 to ZZ23) in four other authorities, the last two more than twenty
 * miles away.
 */
#include "demo/demo-inside.h"

#include <stdio.h>

#include "base/text.h"
#include "demo/demo_out.h"

enum { WARDS = 12, OUTSIDE = 4 };
enum {
	A_WARD = DEMO_POSTCODES / WARDS,
	AN_AREA = DEMO_POSTCODES_OUT / OUTSIDE
};

static const struct {
	const char *authority;
	int east, north; /* metres */
} outside[OUTSIDE] = {
	{"E09000007", 527600, 184300},
	{"E09000012", 535300, 186200},
	{"E10000012", 575800, 206900},
	{"E10000016", 577100, 156400},
};

static const char letters[] = "ABDEFGHJLN";

void demo_place_postcode(int32_t postcode, char out[DEMO_POSTCODE])
{
	int district, at;
	if (postcode < DEMO_POSTCODES) {
		district = 1 + postcode / A_WARD;
		at = postcode % A_WARD;
	} else {
		district = 20 + (postcode - DEMO_POSTCODES) / AN_AREA;
		at = (postcode - DEMO_POSTCODES) % AN_AREA;
	}
	snprintf(out, DEMO_POSTCODE, "ZZ%d %d%c%c", district, 1 + at / 20,
		letters[at / 5 % 4], letters[at % 5]);
}

/* The directory's seven places: outward left, inward right. */
static void padded(int32_t postcode, char out[DEMO_POSTCODE])
{
	char plain[DEMO_POSTCODE];
	demo_place_postcode(postcode, plain);
	struct text inward;
	struct text outward = text_split(text_of(plain), ' ', &inward);
	snprintf(out, DEMO_POSTCODE, "%-4.*s" TEXT_FORMAT, (int)outward.length,
		outward.at, TEXT_ARGS(inward));
}

static void one_inside(struct demo_out *out, int32_t postcode)
{
	int ward = postcode / A_WARD, at = postcode % A_WARD;
	char text[32];
	demo_out_field(out, "E09000019");
	snprintf(text, sizeof text, "E059990%02d", ward + 1);
	demo_out_field(out, text);
	snprintf(text, sizeof text, "E01999%03d", ward * 12 + at / 5);
	demo_out_field(out, text);
	demo_out_number(out, 530200 + ward % 4 * 900 + at % 10 * 80);
	demo_out_number(out, 183100 + ward / 4 * 1100 + at / 10 * 160);
}

static void one_outside(struct demo_out *out, int32_t postcode)
{
	int area = (postcode - DEMO_POSTCODES) / AN_AREA;
	int at = (postcode - DEMO_POSTCODES) % AN_AREA;
	char text[32];
	demo_out_field(out, outside[area].authority);
	snprintf(text, sizeof text, "E059991%02d", area + 1);
	demo_out_field(out, text);
	snprintf(text, sizeof text, "E01998%03d", area * 12 + at / 5);
	demo_out_field(out, text);
	demo_out_number(out, outside[area].east + at % 10 * 130);
	demo_out_number(out, outside[area].north + at / 10 * 140);
}

bool demo_place_write(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	(void)world; /* every postcode there is, lived at or not */
	struct demo_out out = {.is_inside_row = false};
	demo_out_line(&out, "pcd,laua,osward,lsoa21,oseast1m,osnrth1m");
	for (int32_t i = 0; i < DEMO_POSTCODES + DEMO_POSTCODES_OUT; i++) {
		char code[DEMO_POSTCODE];
		padded(i, code);
		demo_out_field(&out, code);
		if (i < DEMO_POSTCODES)
			one_inside(&out, i);
		else
			one_outside(&out, i);
		demo_out_row(&out);
	}
	return demo_out_save(&out, folder, "onspd_extract.csv", fault);
}
