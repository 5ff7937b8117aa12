// SPDX-License-Identifier: MIT
// What a line of the field's confirmations says, and what is none.
#include "app/order_lines.hpp"

#include <catch2/catch.hpp>

using namespace usagectl;
using Fields = std::vector<std::string>;

namespace {

constexpr const char* order = "O-A-1-20260921-1";

// "completed A-1 2026-09-21T14:00:00Z words", or the code of the refusal.
std::string told(const app::ConfirmationText& text) {
    const auto read = app::read_confirmation(text);
    if (!read)
        return read.error().code;
    const auto& said = read->said;
    CHECK(said.by_field_system);
    CHECK(said.order == text.order);
    return std::string(account::to_string(said.state)) + " " + read->account + " " +
           (said.at ? format_instant(*said.at) : "-") + " " + said.message;
}

std::string header_of(const Fields& names) {
    const auto read = app::ConfirmationColumns::read(names);
    return read ? "sound" : read.error().message;
}

}  // namespace

TEST_CASE("lines of confirmations") {
    using namespace std::string_view_literals;
    struct Row {
        app::ConfirmationText text;
        const char* told;
    };
    const std::string long_message(1001, 'x');
    const Row rows[]{
        {{order, "completed", "", "", ""}, "completed A-1 - "},
        {{order, "failed", "", "no access", ""}, "failed A-1 - no access"},
        {{order, "cancelled", "", "", ""}, "cancelled A-1 - "},
        {{order, "completed", "2026-09-21T14:00:00Z", "", ""},
         "completed A-1 2026-09-21T14:00:00Z "},
        {{order, "completed", "2026-09-21T09:00:00-05:00", "", ""},
         "completed A-1 2026-09-21T14:00:00Z "},
        {{order, "", "", "", "0"}, "completed A-1 - "},
        {{order, "", "", "done", "0"}, "completed A-1 - done"},
        {{order, "", "", "", "3"}, "failed A-1 - exit status 3"},
        {{order, "", "", "no access", "3"}, "failed A-1 - exit status 3: no access"},
        {{order, "", "", "", "-9"}, "failed A-1 - exit status -9"},
        {{order, "", "", "", "4294967295"}, "failed A-1 - exit status 4294967295"},
        {{order, "completed", "", "", "0"}, "completed A-1 - "},
        {{order, "failed", "", "", "1"}, "failed A-1 - exit status 1"},
        {{order, "cancelled", "", "", "2"}, "cancelled A-1 - exit status 2"},
        {{order, "failed", "", "two\r\nlines\tlong", ""}, "failed A-1 - two  lines long"},
        {{order, "completed", "", "", "1"}, "state_contradictory"},
        {{order, "failed", "", "", "0"}, "state_contradictory"},
        {{order, "cancelled", "", "", "0"}, "state_contradictory"},
        {{order, "", "", "", ""}, "state_missing"},
        {{order, "done", "", "", ""}, "order_state_unknown"},
        {{order, "Completed", "", "", ""}, "order_state_unknown"},
        {{order, "pending", "", "", ""}, "order_state_unknown"},
        {{order, "pending_usage", "", "", ""}, "order_state_unknown"},
        {{order, "exported", "", "", ""}, "order_state_unknown"},
        {{order, "", "", "", "3.0"}, "malformed_exit_status"},
        {{order, "", "", "", "0x3"}, "malformed_exit_status"},
        {{order, "", "", "", "4294967296"}, "malformed_exit_status"},
        {{order, "", "", "", "99999999999999999999"}, "malformed_exit_status"},
        {{order, "completed", "yesterday", "", ""}, "malformed_instant"},
        {{order, "completed", "2026-09-21", "", ""}, "malformed_instant"},
        {{order, "completed", "2026-09-21T14:00:00", "", ""}, "malformed_instant"},
        {{order, "completed", "2206-09-21T14:00:00Z", "", ""}, "malformed_instant"},
        {{"", "completed", "", "", ""}, "malformed_name"},
        {{"A-1", "completed", "", "", ""}, "malformed_name"},
        {{"P-A-1-20260921-1", "completed", "", "", ""}, "malformed_name"},
        {{"O-A-1-20260931-1", "completed", "", "", ""}, "malformed_name"},
        {{"O-A-1-20260921-99999", "completed", "", "", ""}, "malformed_name"},
        {{"O-A 1-20260921-1", "completed", "", "", ""}, "malformed_name"},
        {{"O-A\xFF-20260921-1", "completed", "", "", ""}, "malformed_name"},
        {{"O-A\0-20260921-1"sv, "completed", "", "", ""}, "line_malformed"},
        {{order, "completed", "", "a\0b"sv, ""}, "line_malformed"},
        {{order, "completed\0"sv, "", "", ""}, "line_malformed"},
        {{order, "completed", "", long_message, ""}, "message_too_long"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text.order, row.text.state, row.text.at, row.text.exit_status);
        CHECK(told(row.text) == row.told);
    }
}

TEST_CASE("header rows of confirmations") {
    CHECK(header_of({"order", "state", "at", "message"}) == "sound");
    CHECK(header_of({"exit_status", "order"}) == "sound");
    CHECK(header_of({"order", "state", "exit_status"}) == "sound");
    CHECK(header_of({"state", "at"}) == "column order is missing");
    CHECK(header_of({"order", "at"}) == "neither column state nor column exit_status is there");
    CHECK(header_of({"order", "state", "state"}) == "column state is there twice");
    CHECK(header_of({"order", "state", "crew"}) == "there is no column 'crew'");
    CHECK(header_of({"Order", "state"}) == "there is no column 'Order'");

    const auto columns = app::ConfirmationColumns::read({"message", "order", "state"});
    REQUIRE(columns);
    CHECK(columns->row({"words", order, "failed"})->said.message == "words");
    CHECK(columns->row({order, "failed"}).error().code == "line_malformed");
    CHECK(columns->row({"", order, "failed", ""}).error().code == "line_malformed");
}
