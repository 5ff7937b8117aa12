// SPDX-License-Identifier: MIT
#include "app/tariff_quote.hpp"

#include <catch2/catch.hpp>

#include "app/meters.hpp"
#include "store/samples.hpp"
#include "tariff/tariff_text.hpp"

using namespace usagectl;
using test::add;
using test::day_after;
using test::flat_text;
using test::Postgres;
using test::Sqlite;

namespace {

// Days of 24 hours of 1 kWh in UTC, from `monday` (2026-09-20).
std::vector<std::int64_t> hours(std::int64_t wh, std::size_t count = 24) {
    return std::vector<std::int64_t>(count, wh);
}

void file_usage(app::Store& store, meter::Channel channel = meter::Channel::consumption) {
    std::vector<test::SampleBlock> blocks;
    for (int day = 0; day < 30; ++day)
        blocks.push_back({"1", day_after(day), hours(1000), 0, channel});
    test::file(store, {blocks});
    // The sample blocks lie in UTC.
    const FixedClock clock(test::some_day);
    app::MeterChange change;
    change.meter = "1";
    change.timezone = "Etc/UTC";
    REQUIRE(app::set_meter(store, change, "Etc/UTC", test::ann, clock));
}

std::vector<std::string> texts(const app::Quote& quote) {
    std::vector<std::string> lines;
    for (const auto& line : quote.lines) {
        lines.push_back(
            format_day(line.day) + " v" + std::to_string(line.version->number) + " " +
            line.component().name + " " + std::to_string(line.line.wh) + " " +
            format_money(line.line.amount)
        );
    }
    return lines;
}

app::QuoteQuestion question(int from, int to) {
    app::QuoteQuestion asked;
    asked.tariff = "t";
    asked.meter = "1";
    asked.from = day_after(from);
    asked.to = day_after(to);
    return asked;
}

}  // namespace

TEMPLATE_TEST_CASE("each day is charged by the version that holds on it", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file_usage(*store);
    REQUIRE(add(*store, flat_text("t", "2026-01-01")));
    REQUIRE(add(*store, flat_text("t", "2026-09-22", "0.20")));
    const auto quote = app::quote_tariff(*store, question(0, 2));
    REQUIRE(quote);
    CHECK(
        texts(*quote) ==
        std::vector<std::string>{
            "2026-09-20 v1 Energy 24000 2.40",
            "2026-09-21 v1 Energy 24000 2.40",
            "2026-09-22 v2 Energy 24000 4.80",
        }
    );
    CHECK(format_money(quote->total) == "9.60");
    CHECK(quote->currency == "USD");
    CHECK(quote->total_wh == 72'000);
    CHECK(quote->missing_intervals == 0);
}

TEMPLATE_TEST_CASE("a range is the sum of its days, tiers and all", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file_usage(*store);
    REQUIRE(
        add(*store,
            "name = \"t\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
            "[[energy]]\nname = \"Energy\"\ntiers = [{ up_to_kwh = \"100\", per_kwh = "
            "\"0.1\" }, { per_kwh = \"0.2\" }]\n")
    );
    const auto whole = app::quote_tariff(*store, question(0, 14));
    REQUIRE(whole);
    Money sum;
    std::vector<std::string> lines;
    for (int day = 0; day <= 14; ++day) {
        const auto one = app::quote_tariff(*store, question(day, day));
        REQUIRE(one);
        sum = sum + one->total;
        for (const auto& line : texts(*one))
            lines.push_back(line);
    }
    CHECK(sum == whole->total);
    CHECK(lines == texts(*whole));
    // The fifth day crosses 100 kWh; on the first of October the cycle begins anew.
    CHECK(lines[4] == "2026-09-24 v1 Energy 4000 0.40");
    CHECK(lines[5] == "2026-09-24 v1 Energy 20000 4.00");
    CHECK(lines[12] == "2026-10-01 v1 Energy 24000 2.40");
    // What the cycle used before the first stored day is not known.
    CHECK(whole->missing_before == std::uint64_t{19 * 24});
    auto later = question(10, 11);
    later.cycle_day = 20;
    CHECK(app::quote_tariff(*store, later)->missing_before == 0);
    CHECK(texts(*app::quote_tariff(*store, later))[1] == "2026-10-01 v1 Energy 24000 4.80");
}

TEMPLATE_TEST_CASE("what is missing is told, and charged in no line", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file_usage(*store);
    test::file(*store, {{{"1", day_after(30), hours(1000, 6)}}});
    REQUIRE(add(*store, flat_text("t", "2026-01-01")));
    const auto quote = app::quote_tariff(*store, question(30, 31));
    REQUIRE(quote);
    CHECK(quote->missing_intervals == 18 + 24);
    REQUIRE(quote->lines.size() == 2);
    CHECK(quote->lines[0].line.wh == 6000);
    CHECK(quote->lines[0].line.missing == 18);
    CHECK(quote->lines[1].line.missing == 24);
    CHECK(format_money(quote->total) == "0.60");
}

TEMPLATE_TEST_CASE("the best value of each interval is charged", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file_usage(*store);
    test::file(*store, {{{"1", day_after(30), hours(1000, 6)}}});
    test::file(*store, {{{"1", day_after(30), hours(500, 8)}}, test::some_day, meter::Layer::raw});
    REQUIRE(add(*store, flat_text("t", "2026-01-01")));
    const auto quote = app::quote_tariff(*store, question(30, 30));
    REQUIRE(quote);
    CHECK(quote->lines[0].line.wh == 7000);
}

TEMPLATE_TEST_CASE("a line is derived down to its intervals", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file_usage(*store);
    file_usage(*store, meter::Channel::generation);
    REQUIRE(
        add(*store,
            flat_text("t", "2026-01-01") + "[[generation]]\nname = \"Solar\"\nper_kwh = \"0.05\"\n"
                                           "[[fixed]]\nname = \"F\"\nper_day = \"1\"\n")
    );
    auto asked = question(0, 0);
    CHECK(app::quote_tariff(*store, asked)->lines[0].parts.empty());
    asked.explain = true;
    const auto quote = app::quote_tariff(*store, asked);
    REQUIRE(quote);
    REQUIRE(quote->lines.size() == 3);
    for (const auto& line : quote->lines) {
        std::int64_t sum = 0;
        for (const auto& part : line.parts)
            sum += part.wh;
        CHECK(sum == line.line.wh);
    }
    CHECK(quote->lines[0].parts.size() == 24);
    CHECK(quote->lines[1].parts.empty());
    CHECK(format_money(quote->lines[2].line.amount) == "-1.20");
}

TEMPLATE_TEST_CASE("fees are charged on the first day, by its version", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file_usage(*store);
    const std::string more =
        "[[fee]]\nname = \"Text\"\nevent = \"notification\"\nmethod = \"sms\"\namount = \"0.10\"\n"
        "[[fee]]\nname = \"Notice\"\nevent = \"notification\"\namount = \"0.50\"\n"
        "[[fee]]\nname = \"Reconnect\"\nevent = \"reconnect\"\namount = \"25\"\n"
        "[[tax]]\nname = \"Tax\"\njurisdiction = \"x\"\npercent = \"10\"\non = \"Reconnect\"\n";
    REQUIRE(add(*store, flat_text("t", "2026-01-01") + more));
    REQUIRE(add(*store, flat_text("t", "2026-09-21")));
    auto asked = question(0, 1);
    asked.fees = {{"notification", "sms", 3}, {"reconnect", "", 1}, {"notification", "voice", 1}};
    const auto quote = app::quote_tariff(*store, asked);
    REQUIRE(quote);
    CHECK(
        texts(*quote) ==
        std::vector<std::string>{
            "2026-09-20 v1 Energy 24000 2.40",
            "2026-09-20 v1 Text 0 0.30",
            "2026-09-20 v1 Notice 0 0.50",
            "2026-09-20 v1 Reconnect 0 25.00",
            "2026-09-20 v1 Tax 0 2.50",
            "2026-09-21 v2 Energy 24000 2.40",
        }
    );
    CHECK(quote->lines[1].line.quantity == 3);
    for (const auto& [event, method] : std::vector<std::pair<std::string, std::string>>{
             {"setup", ""}, {"notification", "smss"}, {"reconnect", "sms"}, {"Reconnect", ""}}) {
        asked.fees = {{event, method, 1}};
        const auto refused = app::quote_tariff(*store, asked);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "fee_unknown");
        CHECK(refused.error().exit == Exit::usage);
        CHECK(refused.error().hint == "it has notification, notification:sms, reconnect");
    }
    // The version of the first day has none.
    asked = question(1, 1);
    asked.fees = {{"reconnect", "", 1}};
    CHECK(app::quote_tariff(*store, asked).error().hint == "it has none");
}

TEMPLATE_TEST_CASE("what cannot be quoted is refused by name", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file_usage(*store);
    REQUIRE(add(
        *store, flat_text("t", "2026-09-21") + "[[option]]\nname = \"light\"\nper_day = \"0.4\"\n"
    ));
    const auto code = [&](const app::QuoteQuestion& asked) {
        const auto quote = app::quote_tariff(*store, asked);
        return quote ? std::string() : quote.error().code;
    };
    CHECK(code(question(0, 1)) == "tariff_not_in_force");
    CHECK(code(question(2, 1)) == "range_reversed");
    auto asked = question(1, 1);
    asked.options = {"light"};
    CHECK(app::quote_tariff(*store, asked)->lines.size() == 2);
    asked.options = {"lihgt"};
    CHECK(code(asked) == "option_unknown");
    asked.options = {};
    asked.exemptions = {"charity"};
    CHECK(code(asked) == "exemption_unknown");
    asked.exemptions = {};
    asked.meter = "2";
    CHECK(code(asked) == "meter_unknown");
    asked.tariff = "u";
    CHECK(code(asked) == "tariff_unknown");
    REQUIRE(
        add(*store,
            "name = \"t\"\neffective = 2026-09-25\ncurrency = \"CAD\"\n"
            "[[energy]]\nname = \"E\"\nper_kwh = \"0.1\"\n")
    );
    CHECK(code(question(4, 5)) == "currency_changes");
}

TEST_CASE("a billing cycle begins on its day of the month") {
    const auto start = [](const char* day, int cycle_day) {
        return format_day(app::cycle_start(*parse_day(day), cycle_day));
    };
    CHECK(start("2026-11-20", 1) == "2026-11-01");
    CHECK(start("2026-11-20", 20) == "2026-11-20");
    CHECK(start("2026-11-20", 21) == "2026-10-21");
    CHECK(start("2026-01-05", 28) == "2025-12-28");
}
