// SPDX-License-Identifier: MIT
// Estimated against actual charges of a billing cycle, in the words of US 8,095,475, figure 8.
#include "reconcile/compare.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "ledger/chart.hpp"
#include "reconcile/settle.hpp"

using namespace usagectl;
using reconcile::Bill;
using reconcile::ChargedDay;
using reconcile::Part;
using reconcile::Reason;

namespace {

const LocalDay first = *parse_day("2026-10-01");

Money money(const char* text) {
    return *parse_money(text, Sign::allowed);
}

// A cycle of days of 10 kWh each at 0.10, with a PCA estimated at 0.01 and 0.50 a day.
std::vector<ChargedDay> cycle(int days) {
    std::vector<ChargedDay> made;
    for (int day = 0; day < days; ++day) {
        ChargedDay charged{first + std::chrono::days(day), true, 10'000};
        charged.amounts[Part::energy] = money("1.00");
        charged.amounts[Part::pca] = money("0.10");
        charged.amounts[Part::base] = money("0.50");
        made.push_back(charged);
    }
    return made;
}

Bill bill_for(const std::vector<ChargedDay>& days) {
    Bill bill;
    bill.account = "A-1";
    bill.first = days.front().day;
    bill.last = days.back().day;
    bill.days = static_cast<std::int64_t>(days.size());
    for (const auto& day : days) {
        bill.wh += day.wh();
        bill.amounts.add(day.amounts);
    }
    return bill;
}

Money sum_of(const reconcile::Comparison& compared, Part part) {
    Money sum;
    for (const auto& piece : compared.explained)
        sum = sum + (piece.part == part ? piece.amount : Money());
    return sum;
}

void check_adds_up(const reconcile::Comparison& compared) {
    for (const auto part : reconcile::all_parts) {
        CAPTURE(reconcile::to_string(part));
        CHECK(sum_of(compared, part) == compared.actual[part] - compared.estimated[part]);
    }
}

std::string code_of(const Result<void>& result) {
    return result ? "" : result.error().code;
}

}  // namespace

TEST_CASE("a bill that says what was charged leaves nothing to adjust or to explain") {
    const auto days = cycle(30);
    const auto compared = compare(bill_for(days), days);
    CHECK(compared.adjustment() == Money());
    CHECK(compared.explained.empty());
    CHECK(compared.charged_wh == 300'000);
}

TEST_CASE("the PCA adjustment is the actual PCA charge less the estimated one") {
    const auto days = cycle(30);
    auto bill = bill_for(days);
    bill.amounts[Part::pca] = money("4.50");
    const auto compared = compare(bill, days);
    CHECK(compared.pca_adjustment() == money("1.50"));
    CHECK(compared.adjustment() == money("1.50"));
    REQUIRE(compared.explained.size() == 1);
    CHECK(compared.explained[0].part == Part::pca);
    CHECK(compared.explained[0].reason == Reason::rate);
}

TEST_CASE("usage that differs is put down to the days it comes from") {
    auto days = cycle(30);
    auto bill = bill_for(days);
    bill.wh += 3'000;
    bill.amounts[Part::energy] = money("30.30");

    SECTION("a day that was charged by estimate and has its readings now") {
        days[4].vee_wh = 0;
        days[4].estimated_wh = 10'000;
        days[4].known_wh = 13'000;
        const auto compared = compare(bill, days);
        REQUIRE(compared.explained.size() == 3);
        CHECK(compared.explained[0].reason == Reason::reading_changed);
        CHECK(compared.explained[0].day == days[4].day);
        CHECK(compared.explained[0].wh == 3'000);
        CHECK(compared.explained[0].amount == money("0.30"));
        check_adds_up(compared);
    }
    SECTION("days that are an estimate still, in proportion") {
        days[4] = {days[4].day, true, 5'000, 0, 5'000, std::nullopt, days[4].amounts};
        days[9] = {days[9].day, true, 0, 0, 10'000, std::nullopt, days[9].amounts};
        const auto compared = compare(bill, days);
        REQUIRE(compared.explained.size() >= 2);
        CHECK(compared.explained[0].reason == Reason::estimated);
        CHECK(compared.explained[0].wh == 1'000);
        CHECK(compared.explained[1].day == days[9].day);
        CHECK(compared.explained[1].wh == 2'000);
        check_adds_up(compared);
    }
    SECTION("days without VEE") {
        days[2] = {days[2].day, true, 0, 10'000, 0, 10'000, days[2].amounts};
        const auto compared = compare(bill, days);
        CHECK(compared.explained.at(0).reason == Reason::not_settled);
        CHECK(compared.explained.at(0).day == days[2].day);
        check_adds_up(compared);
    }
    SECTION("no day: the register and the intervals disagree") {
        for (auto& day : days)
            day.known_wh = day.wh();
        const auto compared = compare(bill, days);
        CHECK(compared.explained.at(0).reason == Reason::register_differs);
        CHECK_FALSE(compared.explained.at(0).day);
        CHECK(
            sentence(compared.explained.at(0)) ==
            "the register disagrees with the sum of the intervals: 3 kWh more"
        );
        check_adds_up(compared);
    }
    SECTION("a day that was never charged, with its charge by the day") {
        days[7] = {days[7].day, false, 0, 0, 0, 3'000};
        bill = bill_for(cycle(30));
        bill.wh -= 7'000;
        const auto compared = compare(bill, days);
        CHECK(compared.explained.at(0).reason == Reason::not_charged);
        CHECK(compared.explained.at(0).wh == 3'000);
        const auto& base = compared.explained.back();
        CHECK(base.part == Part::base);
        CHECK(base.reason == Reason::not_charged);
        CHECK(base.amount == money("0.50"));
        check_adds_up(compared);
    }
}

TEST_CASE("charges the bill does not have are named by day") {
    auto days = cycle(30);
    days[3].amounts[Part::additional] = money("0.25");
    days[8].amounts[Part::unbilled] = money("12.00");
    auto bill = bill_for(cycle(30));
    const auto compared = compare(bill, days);
    CHECK(compared.adjustment() == money("-12.25"));
    REQUIRE(compared.explained.size() == 2);
    CHECK(compared.explained[0].reason == Reason::not_in_bill);
    CHECK(compared.explained[0].day == days[3].day);
    CHECK(compared.explained[1].reason == Reason::unbilled);
    check_adds_up(compared);

    bill.amounts[Part::additional] = money("0.25");
    CHECK(compare(bill, days).explained.size() == 1);
}

TEST_CASE("checks of a bill have names") {
    const auto days = cycle(31);
    auto bill = bill_for(days);
    bill.begin_wh = 1'000'000;
    bill.end_wh = 1'310'000;
    bill.total = bill.amounts.total();
    const auto end = bill.last;
    CHECK(code_of(check_bill(bill, end, 1)).empty());

    SECTION("of another cycle") {
        CHECK(code_of(check_bill(bill, end + std::chrono::days(1), 1)) == "cycle_end_differs");
    }
    SECTION("days in cycle do not match") {
        bill.days = 30;
        CHECK(code_of(check_bill(bill, end, 1)) == "days_differ");
    }
    SECTION("a cycle that ends before it begins") {
        bill.first = end + std::chrono::days(1);
        CHECK(code_of(check_bill(bill, end, 1)) == "cycle_malformed");
    }
    SECTION("end less begin reading is not the usage") {
        bill.end_wh = 1'311'000;
        CHECK(code_of(check_bill(bill, end, 1)) == "readings_differ");
        bill.end_wh = 1'310'999;  // read in whole kWh
        CHECK(code_of(check_bill(bill, end, 1)).empty());
    }
    SECTION("the meter's multiplier counts") {
        bill.begin_wh = 1'000'000;
        bill.end_wh = 1'007'750;
        CHECK(code_of(check_bill(bill, end, 40)).empty());
        CHECK(code_of(check_bill(bill, end, 1)) == "readings_differ");
    }
    SECTION("a register of five digits that began again") {
        bill.begin_wh = 99'900'000;
        bill.end_wh = 210'000;
        CHECK(code_of(check_bill(bill, end, 1)).empty());
        bill.end_wh = 220'000;
        CHECK(code_of(check_bill(bill, end, 1)) == "readings_differ");
    }
    SECTION("beyond measure") {
        bill.wh = reconcile::most_wh + 1;
        CHECK(code_of(check_bill(bill, end, 1)) == "kwh_out_of_range");
        bill.wh = 310'000;
        bill.end_wh = 2'000'000'000'000;
        CHECK(code_of(check_bill(bill, end, 1)) == "kwh_out_of_range");
    }
    SECTION("the parts are not the total") {
        bill.total = *bill.total + money("0.01");
        CHECK(code_of(check_bill(bill, end, 1)) == "total_differs");
    }
}

namespace {

reconcile::Figures any_figures() {
    reconcile::Figures figures;
    for (const auto part : reconcile::all_parts)
        figures[part] = Money::from_cents(*rc::gen::inRange(-5'000, 50'000));
    return figures;
}

std::vector<ChargedDay> any_days() {
    std::vector<ChargedDay> days;
    const auto count = *rc::gen::inRange(1, 40);
    for (int at = 0; at < count; ++at) {
        ChargedDay day{first + std::chrono::days(at), *rc::gen::inRange(0, 5) != 0};
        if (day.charged) {
            day.vee_wh = *rc::gen::inRange(0, 50'000);
            day.raw_wh = *rc::gen::element(0, 0, 1, 7'777);
            day.estimated_wh = *rc::gen::element(0, 0, 1, 12'345);
            day.amounts = any_figures();
        }
        if (*rc::gen::inRange(0, 2) == 0)
            day.known_wh = *rc::gen::inRange(0, 60'000);
        days.push_back(day);
    }
    return days;
}

}  // namespace

TEST_CASE("whatever is compared, the pieces add up and the entry makes both totals equal") {
    CHECK(rc::check("explained and settled", [] {
        const auto days = any_days();
        auto bill = bill_for(days);
        bill.wh = *rc::gen::inRange<std::int64_t>(0, 3'000'000);
        bill.amounts = any_figures();
        bill.amounts[Part::unbilled] = Money();
        const auto compared = compare(bill, days);
        std::int64_t wh = 0;
        for (const auto part : reconcile::all_parts)
            RC_ASSERT(sum_of(compared, part) == compared.actual[part] - compared.estimated[part]);
        for (const auto& piece : compared.explained)
            wh += piece.part == Part::energy ? piece.wh : 0;
        RC_ASSERT(wh == compared.actual_wh - compared.charged_wh);

        Money moved;
        Money clearing = -compared.estimated[Part::pca];
        for (const auto& side : settle(compared.actual, compared.estimated)) {
            RC_ASSERT(ledger::valid_code(side.code));
            moved = moved + side.amount;
            clearing = clearing + (side.code == ledger::pca_clearing ? side.amount : Money());
        }
        RC_ASSERT(compared.estimated.total() - moved == compared.actual.total());
        RC_ASSERT(clearing == Money());
        // Accepted twice is accepted once: nothing is left to settle but the PCA's own account.
        auto settled = compared.actual;
        settled[Part::pca] = Money();
        RC_ASSERT(settle(settled, settled).empty());
    }));
    CHECK(rc::check("kept as text and read again", [] {
        const auto days = any_days();
        auto bill = bill_for(days);
        bill.amounts = any_figures();
        const auto compared = compare(bill, days);
        RC_ASSERT(
            *reconcile::read_explained(write_explained(compared.explained)) == compared.explained
        );
        RC_ASSERT(*reconcile::read_figures(write_figures(bill.amounts)) == bill.amounts);
    }));
}

TEST_CASE("texts that are no figures are told") {
    for (const auto* text :
         {"", "1", "1 2 3 4 5 6", "1 2 3 4 5 6 7 8", "1 2 3 4 5 6 x", "1  2 3 4 5 6 7"})
        CHECK_FALSE(reconcile::read_figures(text));
    for (const auto* text : {"0", "0 1 2 3 4", "9 0 0 0 0\n", "0 99 0 0 0\n", "x\n"})
        CHECK_FALSE(reconcile::read_explained(text));
    CHECK(reconcile::read_explained("")->empty());
}

TEST_CASE("names of the chart say which part of a bill they are") {
    CHECK(reconcile::part_of("liability:pca_clearing") == Part::pca);
    CHECK(reconcile::part_of("income:generation:Buy_back") == Part::energy);
    CHECK(reconcile::part_of("liability:tax:city:City_tax") == Part::taxes);
    CHECK(reconcile::part_of("asset:receivable:unbilled") == Part::unbilled);
    CHECK_FALSE(reconcile::part_of("asset:receivable:legacy"));
    CHECK_FALSE(reconcile::part_of("asset:cash"));
    CHECK(reconcile::prepay_only("income:option:Light"));
    CHECK(reconcile::prepay_only("income:minimum:Least"));
    CHECK_FALSE(reconcile::prepay_only("income:fixed:Customer_charge"));
}
