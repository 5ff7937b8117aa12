// SPDX-License-Identifier: MIT
#include "cli/masks.hpp"

#include <catch2/catch.hpp>

using usagectl::cli::mask_phone;
using usagectl::cli::mask_phones;

TEST_CASE("a telephone number keeps its beginning and its end") {
    CHECK(mask_phone("+19725551234") == "+1972*****34");
    CHECK(mask_phone("+123456") == "*******");
}

TEST_CASE("numbers are found wherever they stand, and nothing else is touched") {
    CHECK(mask_phones("--phone=+19725551234") == "--phone=+1972*****34");
    CHECK(mask_phones("a +19725551234, b +12145551234") == "a +1972*****34, b +1214*****34");
    for (const auto* plain : {"", "+", "+1234567", "25.00+12", "2026-11-20T14:00:00+06:00", "A-1"})
        CHECK(mask_phones(plain) == plain);
}
