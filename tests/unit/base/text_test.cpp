// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/text.hpp"

using namespace usagectl;
using Names = std::vector<std::string_view>;

TEST_CASE("quoted text is short and printable, whatever it was") {
    CHECK(quoted("meter 7") == "'meter 7'");
    CHECK(quoted("") == "''");
    CHECK(quoted("\x1b[31mred\n") == "'?[31mred?'");
    CHECK(
        quoted("caf\xc3\xa9 7") == "'caf?"
                                   "? 7'"
    );
    CHECK(quoted(std::string(48, 'x')) == "'" + std::string(48, 'x') + "'");
    CHECK(quoted(std::string(1'000'000, 'x')) == "'" + std::string(48, 'x') + "...'");
    CHECK(rc::check("any bytes", [](const std::string& text) {
        const std::string shown = quoted(text);
        RC_ASSERT(shown.size() <= 53U);
        for (const char c : shown)
            RC_ASSERT(c >= ' ' && c <= '~');
    }));
}

TEST_CASE("the nearest names come best first, blind to case, by the whole name or its last part") {
    const Names names{"America/Chicago", "America/Chihuahua", "Asia/Tokyo", "Etc/UTC", "UTC"};
    CHECK(nearest("America/Chcago", names, 3) == Names{"America/Chicago"});
    CHECK(nearest("America/Chihcago", names, 3) == Names{"America/Chicago", "America/Chihuahua"});
    CHECK(nearest("america/chicago", names, 1) == Names{"America/Chicago"});
    CHECK(nearest("tokyo", names, 3) == Names{"Asia/Tokyo"});
    CHECK(nearest("utc", names, 3) == Names{"Etc/UTC", "UTC"});
    CHECK(nearest("Europe/Atlantis", names, 3).empty());
    CHECK(nearest("", names, 3).empty());
    CHECK(nearest("utc", names, 0).empty());
    CHECK(nearest("utc", {}, 3).empty());
    CHECK(nearest(std::string(1'000'000, 'a'), names, 3).empty());
}
