// SPDX-License-Identifier: MIT
#include "card/serial.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace usagectl;
using card::Serial;

namespace {

Serial any_serial() {
    return Serial::of(*rc::gen::inRange<std::int64_t>(Serial::first_number, Serial::last_number + 1)
    );
}

std::string code_of(std::string_view text) {
    const auto serial = Serial::parse(text);
    return serial ? "" : serial.error().code;
}

}  // namespace

TEST_CASE("a check digit is the one Damm's table gives") {
    // The example of the thesis, and what follows from the zeros on the diagonal.
    CHECK(card::damm_digit("572") == '4');
    CHECK(card::damm_digit("5724") == '0');
    CHECK(card::damm_digit("") == '0');
}

TEST_CASE("a serial number reads back as it was written") {
    CHECK(rc::check([] {
        const auto serial = any_serial();
        const auto read = Serial::parse(serial.text());
        RC_ASSERT(read);
        RC_ASSERT(read->number() == serial.number());
        RC_ASSERT(serial.text().size() == 12U);
    }));
    const auto first = Serial::of(Serial::first_number).text();
    const auto grouped = first.substr(0, 4) + " " + first.substr(4, 4) + "-" + first.substr(8);
    CHECK(Serial::parse(grouped)->number() == Serial::first_number);
}

TEST_CASE("no wrong digit and no swap of neighbours makes another serial number") {
    CHECK(rc::check([] {
        const auto text = any_serial().text();
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (char digit = '0'; digit <= '9'; ++digit) {
                auto wrong = text;
                wrong[at] = digit;
                RC_ASSERT(wrong == text || code_of(wrong) == "malformed_serial");
            }
            if (at + 1 == text.size())
                continue;
            auto swapped = text;
            std::swap(swapped[at], swapped[at + 1]);
            RC_ASSERT(swapped == text || code_of(swapped) == "malformed_serial");
        }
    }));
}

TEST_CASE("what is no serial number is refused and not quoted") {
    const auto good = Serial::of(Serial::first_number).text();
    const auto text = GENERATE_COPY(
        std::string(),
        good.substr(1),
        good + "0",
        "0" + good.substr(1),
        good.substr(0, 11) + "x",
        "+" + good.substr(1),
        good.substr(0, 6) + std::string(1, '\0') + good.substr(7),
        // Full-width digits look like digits.
        std::string("\xef\xbc\x91") + good.substr(1),
        std::string("1e10"),
        std::string(4096, '1')
    );
    const auto serial = Serial::parse(text);
    REQUIRE(!serial);
    CHECK(serial.error().code == "malformed_serial");
    CHECK(serial.error().exit == Exit::usage);
}
