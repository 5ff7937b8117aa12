// SPDX-License-Identifier: MIT
// Fees by themselves, and the taxes on them.
#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::tariff;
using test::date;
using test::Lines;

namespace {

const auto monday = date("2026-07-06");

const std::string everything =
    "[[energy]]\nname = \"E\"\nper_kwh = \"0.0891\"\n"
    "[[delivery]]\nname = \"D\"\nper_day = \"0.144\"\n"
    "[[fixed]]\nname = \"F\"\nper_day = \"0.33\"\n"
    "[[option]]\nname = \"surge\"\nper_day = \"0.198\"\n"
    "[minimum]\nname = \"Least\"\nper_day = \"5\"\n"
    "[[fee]]\nname = \"Text\"\nevent = \"notification\"\nmethod = \"sms\"\namount = \"0.10\"\n"
    "[[fee]]\nname = \"Reconnect\"\nevent = \"reconnect\"\namount = \"25\"\n"
    "[[tax]]\nname = \"State\"\njurisdiction = \"x\"\npercent = \"6.25\"\n"
    "[[tax]]\nname = \"City\"\njurisdiction = \"x\"\npercent = \"1.5\"\n"
    "on = [\"E\", \"Reconnect\"]\nexemptions = \"charity\"\n"
    "[[tax]]\nname = \"Wires\"\njurisdiction = \"x\"\npercent = \"9\"\non = [\"D\", \"Least\"]\n"
    "[[tax]]\nname = \"Day\"\njurisdiction = \"x\"\nper_day = \"0.02\"\n"
    "[[tax]]\nname = \"Wh\"\njurisdiction = \"x\"\nper_kwh = \"0.0006\"\n";

Plan plan_of(const std::string& text) {
    return Plan(test::tariff_of(test::head + text));
}

Lines fee_lines(const Plan& plan, std::span<const FeeEvent> fees, Bits exempt = 0) {
    DayCharge charge;
    charge.consumption_wh = 7;  // of an earlier use of the same memory
    charge.lines.resize(3);
    REQUIRE(rate_fees(plan, monday, fees, exempt, charge));
    CHECK(charge.consumption_wh == 0);
    Lines lines;
    Money sum;
    for (const auto& line : charge.lines) {
        lines.push_back(test::line_text(plan, line));
        sum = sum + line.amount;
    }
    CHECK(charge.total == sum);
    return lines;
}

}  // namespace

TEST_CASE("fees alone: their lines and the shares of them, nothing of the day") {
    const auto plan = plan_of(everything);
    const auto text = *plan.fee_for("notification", "sms");
    const auto reconnect = *plan.fee_for("reconnect");
    struct Case {
        std::vector<FeeEvent> fees;
        Bits exempt;
        Lines lines;
    };
    const std::vector<Case> cases{
        {{}, 0, {}},
        {{{text, 3}}, 0, {"Text at 0.10 = 0.30", "State at 6.25 = 0.02"}},
        {{{text, 1}, {text, 2}},
         0,
         {"Text at 0.10 = 0.10", "Text at 0.10 = 0.20", "State at 6.25 = 0.02"}},
        {{{reconnect, 1}},
         0,
         {"Reconnect at 25.00 = 25.00", "State at 6.25 = 1.56", "City at 1.50 = 0.38"}},
        {{{reconnect, 1}},
         plan.lifted_by("charity"),
         {"Reconnect at 25.00 = 25.00", "State at 6.25 = 1.56"}},
        {{{reconnect, 1}, {text, 1}},
         0,
         {"Text at 0.10 = 0.10",
          "Reconnect at 25.00 = 25.00",
          "State at 6.25 = 1.57",   // of 25.10
          "City at 1.50 = 0.38"}},  // of 25.00: 0.375
    };
    for (const auto& [fees, exempt, lines] : cases)
        CHECK(fee_lines(plan, fees, exempt) == lines);
}

TEST_CASE("a tax on fees is rounded by the tariff's rule") {
    struct Case {
        const char* rule;
        const char* line;  // 2.5 % of 5.00: 0.125
    };
    for (const auto& [rule, line] : std::initializer_list<Case>{
             {"half-even", "T at 2.50 = 0.12"},
             {"half-up", "T at 2.50 = 0.13"},
             {"up", "T at 2.50 = 0.13"},
             {"down", "T at 2.50 = 0.12"}}) {
        CAPTURE(rule);
        const auto plan = plan_of(
            "rounding = \"" + std::string(rule) +
            "\"\n[[fee]]\nname = \"Setup\"\nevent = \"setup\"\namount = \"5\"\n"
            "[[tax]]\nname = \"T\"\njurisdiction = \"x\"\npercent = \"2.5\"\n"
        );
        const std::vector<FeeEvent> fees{{*plan.fee_for("setup"), 1}};
        CHECK(fee_lines(plan, fees) == Lines{"Setup at 5.00 = 5.00", line});
    }
}

TEST_CASE("fees of a tariff without a day's charges cost the same with the day as alone") {
    const auto plan = plan_of("[[fee]]\nname = \"Setup\"\nevent = \"setup\"\namount = \"15.35\"\n"
                              "[[tax]]\nname = \"T\"\njurisdiction = \"x\"\npercent = \"8.25\"\n");
    const std::vector<FeeEvent> fees{{*plan.fee_for("setup"), 2}};
    CHECK(fee_lines(plan, fees) == test::rated(plan, monday, {.fees = fees}).lines);
}

TEST_CASE("fees beyond all measure are refused") {
    const auto plan =
        plan_of("[[fee]]\nname = \"Setup\"\nevent = \"setup\"\namount = \"999999.99\"\n");
    const std::vector<FeeEvent> fees{{*plan.fee_for("setup"), 1'000'000}};
    DayCharge charge;
    const auto refused = rate_fees(plan, monday, fees, 0, charge);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "charge_out_of_range");
    CHECK(refused.error().exit == Exit::refused);
}
