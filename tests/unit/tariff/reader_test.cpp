// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <iterator>

#include <rapidcheck.h>

#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::tariff;

namespace {

std::string example(const std::string& name) {
    std::ifstream file(std::filesystem::path(USAGECTL_EXAMPLES) / (name + ".toml"));
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the examples are tariffs") {
    const auto flat = test::tariff_of(example("flat"));
    CHECK(flat.name == "home-flat");
    CHECK(flat.title == "Home Flat");
    CHECK(format_day(flat.effective) == "2026-01-01");
    CHECK(flat.currency == "USD");
    CHECK(flat.rounding == Rounding::half_even);
    CHECK(flat.periods == std::vector<std::string>{""});
    REQUIRE(flat.components.size() == 6);
    CHECK(flat.components[1].kind == Kind::delivery);
    CHECK(flat.components[1].jurisdiction == "TDSP");
    CHECK(flat.components[5].method == "sms");

    const auto tou = test::tariff_of(example("time-of-use"));
    CHECK(tou.periods == std::vector<std::string>{"night", "day", "peak"});
    CHECK(tou.seasons.size() == 2);
    CHECK(tou.schedules.size() == 3);

    const auto tiered = test::tariff_of(example("tiered"));
    CHECK(tiered.rounding == Rounding::half_up);
    REQUIRE(tiered.components[0].tiers.size() == 3);
    CHECK(tiered.components[0].tiers[1].below_wh == 1'200'000);
    CHECK(format_rate(tiered.components[0].tiers[2].rate) == "0.1198");
}

TEST_CASE("a tax without a list is on every charge but taxes and generation credits") {
    const auto tariff = test::tariff_of(
        std::string(test::head) + "[[tax]]\nname = \"T\"\njurisdiction = \"x\"\npercent = \"1\"\n"
                                  "[[generation]]\nname = \"G\"\nper_kwh = \"0.1\"\n"
                                  "[[energy]]\nname = \"E\"\nper_kwh = \"0.1\"\n"
                                  "[minimum]\nname = \"M\"\nper_day = \"1\"\n"
                                  "[[option]]\nname = \"O\"\nper_day = \"1\"\n"
    );
    const Plan plan(tariff);
    const auto at = [&](Kind kind, const char* name) { return *plan.find(kind, name); };
    const auto bit = [](std::size_t index) { return Bits{1} << index; };
    CHECK(
        tariff.components[at(Kind::tax, "T")].on ==
        (bit(at(Kind::energy, "E")) | bit(at(Kind::minimum, "M")) | bit(at(Kind::option, "O")))
    );
    CHECK(
        tariff.components[at(Kind::minimum, "M")].on ==
        (bit(at(Kind::energy, "E")) | bit(at(Kind::generation, "G")))
    );
}

TEST_CASE("every way a file can be cut short is a mistake, not a crash") {
    for (const auto* name : {"flat", "time-of-use", "tiered"}) {
        const auto text = example(name);
        for (std::size_t size = 0; size < text.size(); ++size) {
            const auto read = read_tariff(std::string_view(text).substr(0, size));
            CHECK(read.tariff.has_value() == read.mistakes.empty());
        }
    }
}

TEST_CASE("a file with bytes changed is a tariff or has mistakes, whatever the bytes") {
    const auto text = example("time-of-use");
    rc::check("any bytes", [&text] {
        auto changed = text;
        const auto count = *rc::gen::inRange(1, 8);
        for (int at = 0; at < count; ++at)
            changed[*rc::gen::inRange<std::size_t>(0, changed.size())] =
                *rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::elementOf(text));
        const auto read = read_tariff(changed);
        RC_ASSERT(read.tariff.has_value() == read.mistakes.empty());
    });
}
