// SPDX-License-Identifier: MIT
// Each component by itself, and together.
#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::tariff;
using test::date;
using test::Lines;
using test::rated;
using test::readings;

namespace {

Plan plan_of(const std::string& text) {
    return Plan(test::tariff_of(test::head + text));
}

const std::string flat = "[[energy]]\nname = \"E\"\nper_kwh = \"0.0891\"\n";
const std::string tiers =
    "[[energy]]\nname = \"E\"\ntiers = [{ up_to_kwh = \"500\", per_kwh = \"0.08\" },\n"
    "{ up_to_kwh = \"1000\", per_kwh = \"0.10\" }, { per_kwh = \"0.12\" }]\n";
const auto monday = date("2026-07-06");

}  // namespace

TEST_CASE("flat energy, over days of 23, 24 and 25 hours") {
    const auto plan = plan_of(flat);
    struct Case {
        const char* day;
        const char* line;
    };
    for (const auto& [day, line] : std::initializer_list<Case>{
             {"2026-07-06", "E 24000 Wh at 0.0891 = 2.14"},     // 2.1384
             {"2026-03-08", "E 23000 Wh at 0.0891 = 2.05"},     // 2.0493
             {"2026-11-01", "E 25000 Wh at 0.0891 = 2.23"}}) {  // 2.2275
        const auto used = readings(date(day), 1000);
        CHECK(rated(plan, date(day), {.consumption = used}).lines == Lines{line});
    }
    CHECK(rated(plan, monday, {}).lines.empty());
}

TEST_CASE("energy by period: what begins in it, at every interval length") {
    const auto plan =
        plan_of("[[schedule]]\ndays = \"all\"\nhours = [\n"
                "{ from = \"18:00\", to = \"13:00\", period = \"off\" },\n"
                "{ from = \"13:00\", to = \"18:00\", period = \"peak\" }]\n"
                "[[energy]]\nname = \"Off\"\nperiods = \"off\"\nper_kwh = \"0.05\"\n"
                "[[energy]]\nname = \"Peak\"\nperiods = \"peak\"\nper_kwh = \"0.25\"\n"
                "[[delivery]]\nname = \"Wires\"\nper_kwh = \"0.01\"\n");
    for (const int minutes : {5, 10, 15, 30, 60}) {
        const auto used = readings(monday, 10 * minutes, minutes);
        CHECK(
            rated(plan, monday, {.consumption = used}).lines ==
            Lines{
                "Off 11400 Wh at 0.05 = 0.57",
                "Peak 3000 Wh at 0.25 = 0.75",
                "Wires 14400 Wh at 0.01 = 0.14",
            }
        );
    }
    // The hour from one to two comes twice: 20 off-peak hours.
    const auto autumn = date("2026-11-01");
    const auto used = readings(autumn, 1000);
    CHECK(rated(plan, autumn, {.consumption = used}).lines[0] == "Off 20000 Wh at 0.05 = 1.00");
}

TEST_CASE("tiers go by the cycle's usage and split an interval at the limit") {
    const auto plan = plan_of(tiers);
    const auto used = readings(monday, 1000);
    struct Case {
        std::int64_t cycle_wh;
        Lines lines;
    };
    for (const auto& [cycle_wh, lines] : std::initializer_list<Case>{
             {0, {"E/1 24000 Wh at 0.08 = 1.92"}},
             {476'000, {"E/1 24000 Wh at 0.08 = 1.92"}},
             {476'001, {"E/1 23999 Wh at 0.08 = 1.92", "E/2 1 Wh at 0.10 = 0.00"}},
             {489'500, {"E/1 10500 Wh at 0.08 = 0.84", "E/2 13500 Wh at 0.10 = 1.35"}},
             {500'000, {"E/2 24000 Wh at 0.10 = 2.40"}},
             {1'500'000, {"E/3 24000 Wh at 0.12 = 2.88"}}}) {
        CAPTURE(cycle_wh);
        CHECK(rated(plan, monday, {.consumption = used, .cycle_wh = cycle_wh}).lines == lines);
    }
    // One interval over two limits.
    const std::vector<Reading> one{{test::central().day_start(monday), 600'000, false}};
    CHECK(
        rated(plan, monday, {.consumption = one, .cycle_wh = 450'000}).lines ==
        Lines{
            "E/1 50000 Wh at 0.08 = 4.00",
            "E/2 500000 Wh at 0.10 = 50.00",
            "E/3 50000 Wh at 0.12 = 6.00",
        }
    );
}

TEST_CASE("a tier of one period counts what was used in the others") {
    const auto plan =
        plan_of("[[schedule]]\ndays = \"all\"\nhours = [\n"
                "{ from = \"00:00\", to = \"12:00\", period = \"a\" },\n"
                "{ from = \"12:00\", to = \"24:00\", period = \"b\" }]\n"
                "[[energy]]\nname = \"A\"\nperiods = \"a\"\nper_kwh = \"0.1\"\n"
                "[[energy]]\nname = \"B\"\nperiods = \"b\"\n"
                "tiers = [{ up_to_kwh = \"14\", per_kwh = \"0.2\" }, { per_kwh = \"0.3\" }]\n");
    const auto used = readings(monday, 1000);
    CHECK(
        rated(plan, monday, {.consumption = used}).lines ==
        Lines{
            "A 12000 Wh at 0.10 = 1.20",
            "B/1 2000 Wh at 0.20 = 0.40",
            "B/2 10000 Wh at 0.30 = 3.00",
        }
    );
}

TEST_CASE("a price may hold in one season only") {
    const auto plan = plan_of("[[season]]\nname = \"s\"\nfrom = \"06-01\"\nto = \"09-30\"\n"
                              "[[season]]\nname = \"w\"\nfrom = \"10-01\"\nto = \"05-31\"\n"
                              "[[energy]]\nname = \"S\"\nseasons = \"s\"\nper_kwh = \"0.2\"\n"
                              "[[energy]]\nname = \"W\"\nseasons = \"w\"\nper_kwh = \"0.1\"\n"
                              "[[fixed]]\nname = \"F\"\nseasons = \"w\"\nper_day = \"0.5\"\n");
    const auto july = readings(monday, 1000);
    CHECK(rated(plan, monday, {.consumption = july}).lines == Lines{"S 24000 Wh at 0.20 = 4.80"});
    const auto winter = date("2026-12-07");
    const auto december = readings(winter, 1000);
    CHECK(
        rated(plan, winter, {.consumption = december}).lines ==
        Lines{"W 24000 Wh at 0.10 = 2.40", "F at 0.50 = 0.50"}
    );
}

TEST_CASE("charges by the day, options that are held, fees that happened") {
    const auto plan = plan_of(
        flat +
        "[[fixed]]\nname = \"F\"\nper_day = \"0.3266\"\n"
        "[[delivery]]\nname = \"D\"\nper_day = \"0.144\"\n"
        "[[delivery]]\nname = \"Rider\"\nper_day = \"-0.02\"\n"
        "[[option]]\nname = \"surge\"\nper_day = \"0.198\"\n"
        "[[option]]\nname = \"light\"\nper_day = \"0.4125\"\n"
        "[[fee]]\nname = \"Text\"\nevent = \"notification\"\nmethod = \"sms\"\namount = \"0.10\"\n"
        "[[fee]]\nname = \"Setup\"\nevent = \"setup\"\namount = \"15\"\n"
    );
    CHECK(
        rated(plan, monday, {}).lines ==
        Lines{"D at 0.144 = 0.14", "Rider at -0.02 = -0.02", "F at 0.3266 = 0.33"}
    );
    const auto light = Bits{1} << *plan.find(Kind::option, "light");
    const std::vector<FeeEvent> events{{*plan.find(Kind::fee, "Text"), 3}};
    const auto with = rated(plan, monday, {.options = light, .fees = events});
    CHECK(
        with.lines ==
        Lines{
            "D at 0.144 = 0.14",
            "Rider at -0.02 = -0.02",
            "F at 0.3266 = 0.33",
            "light at 0.4125 = 0.41",
            "Text at 0.10 = 0.30",
        }
    );
    CHECK(format_money(with.total) == "1.16");
    CHECK_FALSE(plan.find(Kind::option, "Text"));
    CHECK(plan.fee_for("notification", "sms") == plan.find(Kind::fee, "Text"));
    CHECK_FALSE(plan.fee_for("notification", "voice"));
    CHECK(plan.fee_for("setup") == plan.find(Kind::fee, "Setup"));
    CHECK_FALSE(plan.fee_for("reconnect"));
}

TEST_CASE("the PCA is an estimate until the actual figure is known; it may be a credit") {
    const auto plan = plan_of("[pca]\nname = \"PCA\"\nestimated = \"0.0125\"\n");
    const auto used = readings(monday, 1000);
    CHECK(
        rated(plan, monday, {.consumption = used}).lines == Lines{"PCA 24000 Wh at 0.0125 = 0.30"}
    );
    const auto actual = parse_rate("-0.0031", Sign::allowed);
    CHECK(
        rated(plan, monday, {.consumption = used, .pca = *actual}).lines ==
        Lines{"PCA 24000 Wh at -0.0031 = -0.07"}
    );
}

TEST_CASE("generation is credited, not taxed unless named, and lowers what a minimum counts") {
    const std::string solar = flat +
                              "[[generation]]\nname = \"Solar\"\nper_kwh = \"0.05\"\n"
                              "[minimum]\nname = \"Least\"\nper_day = \"2.00\"\n"
                              "[[tax]]\nname = \"T\"\njurisdiction = \"x\"\npercent = \"10\"\n";
    const auto used = readings(monday, 1000);
    const auto fed_in = readings(monday, 500);
    CHECK(
        rated(plan_of(solar), monday, {.consumption = used, .generation = fed_in}).lines ==
        Lines{
            "E 24000 Wh at 0.0891 = 2.14",
            "Solar 12000 Wh at 0.05 = -0.60",
            "Least at 2.00 = 0.46",
            "T at 10.00 = 0.26",
        }
    );
    const auto net = plan_of(solar + "on = [\"E\", \"Solar\"]\n");
    CHECK(
        rated(net, monday, {.consumption = used, .generation = fed_in}).lines.back() ==
        "T at 10.00 = 0.15"
    );
    // A credit beyond the charges: the tax is nothing, not negative.
    CHECK(
        rated(net, monday, {.generation = fed_in}).lines ==
        Lines{
            "Solar 12000 Wh at 0.05 = -0.60",
            "Least at 2.00 = 2.60",
        }
    );
}

TEST_CASE("a minimum is a line for the difference, of the charges it counts") {
    const auto plan = plan_of(
        flat + "[[fixed]]\nname = \"F\"\nper_day = \"0.50\"\n"
               "[[option]]\nname = \"surge\"\nper_day = \"5\"\n"
               "[minimum]\nname = \"Least\"\nper_day = \"0.75\"\n"
    );
    const auto held = Bits{1} << *plan.find(Kind::option, "surge");
    CHECK(
        rated(plan, monday, {.options = held}).lines ==
        Lines{"F at 0.50 = 0.50", "surge at 5.00 = 5.00", "Least at 0.75 = 0.25"}
    );
    const auto enough = readings(monday, 117);  // 0.2501928
    CHECK(
        rated(plan, monday, {.consumption = enough}).lines ==
        Lines{"E 2808 Wh at 0.0891 = 0.25", "F at 0.50 = 0.50"}
    );
}

TEST_CASE("taxes are on the rounded lines they name, lifted by an exemption") {
    const auto plan = plan_of(
        flat + "[[fixed]]\nname = \"F\"\nper_day = \"1\"\n"
               "[[tax]]\nname = \"State\"\njurisdiction = \"TX\"\npercent = \"6.25\"\n"
               "[[tax]]\nname = \"City\"\njurisdiction = \"Dallas\"\npercent = \"1.5\"\n"
               "on = \"E\"\nexemptions = [\"city\", \"charity\"]\n"
               "[[tax]]\nname = \"Wh\"\njurisdiction = \"x\"\nper_kwh = \"0.000655\"\n"
               "exemptions = \"charity\"\n"
               "[[tax]]\nname = \"Day\"\njurisdiction = \"x\"\nper_day = \"0.02\"\n"
    );
    const auto used = readings(monday, 1000);
    CHECK(
        rated(plan, monday, {.consumption = used}).lines ==
        Lines{
            "E 24000 Wh at 0.0891 = 2.14",
            "F at 1.00 = 1.00",
            "State at 6.25 = 0.20",  // of 3.14: 0.19625
            "City at 1.50 = 0.03",   // of 2.14: 0.0321
            "Wh 24000 Wh at 0.000655 = 0.02",
            "Day at 0.02 = 0.02",
        }
    );
    const auto lines_with = [&](const char* exemption) {
        return rated(plan, monday, {.consumption = used, .exempt = plan.lifted_by(exemption)})
            .lines.size();
    };
    CHECK(lines_with("nothing") == 6);
    CHECK(lines_with("city") == 5);
    CHECK(lines_with("charity") == 4);
}

TEST_CASE("a tie goes by the tariff's rule") {
    struct Case {
        const char* rule;
        const char* even;  // 0.125
        const char* odd;   // 0.135
    };
    for (const auto& [rule, even, odd] : std::initializer_list<Case>{
             {"half-even", "0.12", "0.14"},
             {"half-up", "0.13", "0.14"},
             {"up", "0.13", "0.14"},
             {"down", "0.12", "0.13"}}) {
        const auto plan = plan_of(
            "rounding = \"" + std::string(rule) +
            "\"\n[[fixed]]\nname = \"A\"\nper_day = \"0.125\"\n"
            "[[fixed]]\nname = \"B\"\nper_day = \"0.135\"\n"
        );
        CHECK(
            rated(plan, monday, {}).lines ==
            Lines{"A at 0.125 = " + std::string(even), "B at 0.135 = " + std::string(odd)}
        );
    }
}

TEST_CASE("what has no value is marked, never charged as nothing") {
    const auto plan =
        plan_of("[[schedule]]\ndays = \"all\"\nhours = [\n"
                "{ from = \"00:00\", to = \"12:00\", period = \"a\" },\n"
                "{ from = \"12:00\", to = \"24:00\", period = \"b\" }]\n"
                "[[energy]]\nname = \"A\"\nperiods = \"a\"\nper_kwh = \"0.1\"\n"
                "[[energy]]\nname = \"B\"\nperiods = \"b\"\n"
                "tiers = [{ up_to_kwh = \"14\", per_kwh = \"0.2\" }, { per_kwh = \"0.3\" }]\n");
    auto used = readings(monday, 1000);
    used[3].missing = true;
    for (std::size_t at = 12; at < used.size(); ++at)
        used[at].missing = true;
    CHECK(
        rated(plan, monday, {.consumption = used}).lines ==
        Lines{"A 11000 Wh at 0.10 = 1.10 missing 1", "B/1 0 Wh at 0.20 = 0.00 missing 12"}
    );
}

TEST_CASE("a charge beyond all measure is refused") {
    const auto plan = plan_of("[[energy]]\nname = \"E\"\nper_kwh = \"999999\"\n");
    const auto used = readings(monday, meter::max_interval_wh);
    DayCharge charge;
    const auto day = plan_day(plan, monday, test::central());
    const auto done = rate_day(day, {.consumption = used}, charge);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "charge_out_of_range");
}
