// SPDX-License-Identifier: MIT
// What holds for every tariff and every day.
#include <algorithm>
#include <map>

#include <rapidcheck.h>

#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::tariff;

namespace {

std::string rate_text() {
    return format_rate(Rate::from_nano(*rc::gen::inRange<std::int64_t>(0, 500'000'000)));
}

std::string table(const char* kind, const std::string& name, const std::string& more) {
    return "[[" + std::string(kind) + "]]\nname = \"" + name + "\"\n" + more + "\n";
}

// The parts of a tariff in no particular order: two seasons, cuts of the day at random places.
std::vector<std::string> random_parts() {
    const auto cut = *rc::gen::inRange(1, 288);
    const auto clock = [](int slot) {
        return std::to_string(100 + slot / 12).substr(1) + ":" +
               std::to_string(100 + slot % 12 * 5).substr(1);
    };
    const auto first = *rc::gen::inRange(1, 1000);
    std::vector<std::string> parts{
        table("season", "s", "from = \"04-01\"\nto = \"10-31\""),
        table("season", "w", "from = \"11-01\"\nto = \"03-31\""),
        "[[schedule]]\ndays = \"all\"\nhours = [\n{ from = \"00:00\", to = \"" + clock(cut) +
            "\", period = \"a\" },\n{ from = \"" + clock(cut) +
            "\", to = \"24:00\", period = \"b\" }]\n",
        table("energy", "A", "periods = \"a\"\nper_kwh = \"" + rate_text() + "\""),
        table(
            "energy",
            "B",
            "periods = \"b\"\ntiers = [{ up_to_kwh = \"" + std::to_string(first) +
                "\", per_kwh = \"" + rate_text() + "\" }, { up_to_kwh = \"" +
                std::to_string(first + *rc::gen::inRange(1, 500)) + "\", per_kwh = \"" +
                rate_text() + "\" }, { per_kwh = \"" + rate_text() + "\" }]"
        ),
        table("delivery", "D", "seasons = \"w\"\nper_kwh = \"-" + rate_text() + "\""),
        table("fixed", "F", "per_day = \"" + rate_text() + "\""),
        table("option", "O", "per_day = \"" + rate_text() + "\""),
        table("generation", "G", "per_kwh = \"" + rate_text() + "\""),
        "[minimum]\nname = \"M\"\nper_day = \"1.25\"\n",
        "[pca]\nname = \"P\"\nestimated = \"" + rate_text() + "\"\n",
        table("tax", "T", "jurisdiction = \"x\"\npercent = \"" + rate_text() + "\""),
        table("tax", "U", "jurisdiction = \"y\"\npercent = \"7.5\"\non = [\"A\", \"G\", \"F\"]"),
    };
    return parts;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text = test::head;
    for (const auto& part : parts)
        text += part;
    return text;
}

LocalDay random_day() {
    return local_day(*rc::gen::inRange<std::int32_t>(20'454, 20'454 + 730));
}

std::vector<Reading> random_readings(LocalDay day) {
    const int minutes = *rc::gen::element(5, 15, 30, 60);
    auto made = test::readings(day, 0, minutes);
    for (auto& reading : made) {
        reading.wh = *rc::gen::inRange<std::int64_t>(0, 40'000);
        reading.missing = *rc::gen::inRange(0, 10) == 0;
    }
    return made;
}

}  // namespace

TEST_CASE("the total is the sum of the lines, and the lines hold all the energy") {
    rc::check("sum of lines = total; shares add up to the line", [] {
        const Plan plan(*read_tariff(joined(random_parts())).tariff);
        const auto day = random_day();
        const auto used = random_readings(day);
        const auto fed_in = random_readings(day);
        const DayFacts facts{
            .consumption = used,
            .generation = fed_in,
            .cycle_wh = *rc::gen::inRange<std::int64_t>(0, 2'000'000),
            .options = *rc::gen::arbitrary<Bits>(),
        };
        const auto planned = plan_day(plan, day, test::central());
        DayCharge charge;
        RC_ASSERT(rate_day(planned, facts, charge).has_value());
        Money sum;
        std::int64_t energy = 0;
        for (const auto& line : charge.lines) {
            sum = sum + line.amount;
            RC_ASSERT(line.amount.micro() % Money::micro_per_cent == 0);
            const auto& component = plan.components()[line.component];
            if (component.kind == Kind::energy)
                energy += line.wh;
            std::int64_t shared = 0;
            for (const auto& share : explain(planned, facts, line))
                shared += share.wh;
            RC_ASSERT(shared == line.wh);
        }
        RC_ASSERT(sum == charge.total);
        std::int64_t known = 0;
        for (const auto& reading : used)
            known += reading.missing ? 0 : reading.wh;
        RC_ASSERT(energy == known);
        RC_ASSERT(charge.consumption_wh == known);
    });
}

TEST_CASE("the order of the tables changes nothing") {
    rc::check("order of components", [] {
        const auto parts = random_parts();
        auto shuffled = parts;
        for (std::size_t at = shuffled.size(); at > 1; --at)
            std::swap(shuffled[at - 1], shuffled[*rc::gen::inRange<std::size_t>(0, at)]);
        const auto day = random_day();
        const auto used = random_readings(day);
        const auto charge_by = [&](const std::vector<std::string>& order) {
            const Plan plan(*read_tariff(joined(order)).tariff);
            DayFacts facts{.consumption = used, .cycle_wh = 480'000};
            facts.options = Bits{1} << *plan.find(Kind::option, "O");
            DayCharge charge;
            RC_ASSERT(rate_day(plan_day(plan, day, test::central()), facts, charge).has_value());
            std::vector<std::string> lines;
            for (const auto& line : charge.lines)
                lines.push_back(test::line_text(plan, line));
            std::sort(lines.begin(), lines.end());
            return std::pair(charge.total, lines);
        };
        RC_ASSERT(charge_by(parts) == charge_by(shuffled));
    });
}

TEST_CASE("a cycle charged in two goes is the cycle charged in one") {
    rc::check("cycle usage carried over = charged through", [] {
        const Plan plan(*read_tariff(joined(random_parts())).tariff);
        const auto first = random_day();
        const int days = *rc::gen::inRange(2, 8);
        const int split = *rc::gen::inRange(1, days);
        std::vector<std::vector<Reading>> used;
        for (int at = 0; at < days; ++at)
            used.push_back(random_readings(first + std::chrono::days(at)));
        std::map<std::string, std::int64_t> through;
        std::map<std::string, std::int64_t> in_two;
        const auto charge_days = [&](int from, int to, std::int64_t cycle_wh, auto& by_line) {
            Money total;
            DayCharge charge;
            for (int at = from; at < to; ++at) {
                const auto day = plan_day(plan, first + std::chrono::days(at), test::central());
                RC_ASSERT(rate_day(
                              day,
                              {.consumption = used[static_cast<std::size_t>(at)],
                               .cycle_wh = cycle_wh},
                              charge
                )
                              .has_value());
                cycle_wh += charge.consumption_wh;
                total = total + charge.total;
                for (const auto& line : charge.lines)
                    by_line[plan.components()[line.component].name] += line.amount.micro();
            }
            return std::pair(total, cycle_wh);
        };
        const auto whole = charge_days(0, days, 0, through);
        const auto left = charge_days(0, split, 0, in_two);
        const auto right = charge_days(split, days, left.second, in_two);
        RC_ASSERT(whole.first == left.first + right.first);
        RC_ASSERT(whole.second == right.second);
        RC_ASSERT(through == in_two);
    });
}

TEST_CASE("a schedule that is taken covers each five minutes once; holes and overlaps are not") {
    rc::check("coverage", [] {
        // Random cuts of the day; then one part is stretched or shrunk by a step.
        auto cuts = *rc::gen::unique<std::vector<int>>(3, rc::gen::inRange(1, 288));
        std::sort(cuts.begin(), cuts.end());
        cuts.insert(cuts.begin(), 0);
        cuts.push_back(288);
        const auto clock = [](int slot) {
            return std::to_string(100 + slot / 12).substr(1) + ":" +
                   std::to_string(100 + slot % 12 * 5).substr(1);
        };
        const auto text = [&](int stretch) {
            std::string hours;
            for (std::size_t at = 0; at + 1 < cuts.size(); ++at) {
                const auto end = cuts[at + 1] + (at == 1 ? stretch : 0);
                hours += "{ from = \"" + clock(cuts[at]) + "\", to = \"" + clock(end) +
                         "\", period = \"p" + std::to_string(at) + "\" },\n";
            }
            return test::head + std::string("[[schedule]]\ndays = \"all\"\nhours = [\n") + hours +
                   "]\n[[energy]]\nname = \"E\"\nper_kwh = \"1\"\n";
        };
        const auto read = read_tariff(text(0));
        RC_ASSERT(read.tariff.has_value());
        const auto& period = read.tariff->schedules[0].period;
        for (int slot = 0; slot < 288; ++slot) {
            const auto part = std::upper_bound(cuts.begin(), cuts.end(), slot) - cuts.begin() - 1;
            RC_ASSERT(period[static_cast<std::size_t>(slot)] == static_cast<std::uint8_t>(part));
        }
        RC_ASSERT(!read_tariff(text(1)).tariff.has_value());
        if (cuts[2] - cuts[1] > 1)
            RC_ASSERT(!read_tariff(text(-1)).tariff.has_value());
    });
}
