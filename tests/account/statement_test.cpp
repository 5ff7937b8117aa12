// SPDX-License-Identifier: MIT
#include "app/statement.hpp"

#include <catch2/catch.hpp>

#include "account/office.hpp"
#include "paper/document.hpp"

using namespace usagectl;
using test::day;
using test::money;
using test::Office;
using test::Postgres;
using test::Sqlite;

namespace {

Result<app::Statement>
statement(const Office& office, std::optional<LocalDay> from, std::optional<LocalDay> to) {
    return app::account_statement(
        office.store(), {"1", from, to, office.clock().now()}, test::prepay()
    );
}

std::int64_t profile_of(const Office& office) {
    return office.shown("1").standing.profile;
}

void post(const Office& office, app::AccountChange::Move move) {
    office.store().write([&] {
        auto change = app::AccountChange::begin(
            office.store(), "1", test::prepay(), "test", office.clock().now()
        );
        REQUIRE(change);
        REQUIRE(change->post(std::move(move)));
        REQUIRE(change->finish());
    });
}

// A day's charge by the first version of the account's tariff: energy and the city's tax.
void charge(
    const Office& office, ledger::Kind kind, const char* at, std::int64_t wh, Money amount
) {
    auto& ledger = office.store().ledger();
    ledger::CodeNumber energy = 0;
    ledger::CodeNumber tax = 0;
    office.store().write([&] {
        energy = ledger.code("income:energy:Energy");
        tax = ledger.code("liability:tax:city:City_tax");
    });
    ledger::Basis basis;
    basis.profile = profile_of(office);
    basis.version = 1;
    basis.vee_wh = wh;
    post(
        office,
        {kind,
         *parse_instant(at),
         "test",
         {{energy, -amount, 0, 0, wh, {}}, {tax, -money("0.10"), 3, 0, 0, {}}},
         basis}
    );
}

std::string text_of(const app::StatementFigures& figures) {
    return format_money(figures.opening) + " " + std::to_string(figures.wh) + " " +
           format_money(figures.charges) + " " + format_money(figures.paid) + " " +
           format_money(figures.reversed) + " " + format_money(figures.to_debt) + " " +
           format_money(figures.closing);
}

}  // namespace

TEMPLATE_TEST_CASE("a statement adds up month by month", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Office office(place);
    auto request = office.request("1");
    request.debt = money("10.00");
    request.account.debt_percent = 25;
    office.create(request);
    office.pay("1", "20.00");
    charge(office, ledger::Kind::charge, "2026-09-22T00:00:00Z", 10'000, money("1.00"));
    office.at(*parse_instant("2026-10-03T12:00:00Z"));
    // The day again, with better readings: only what is different is posted.
    charge(office, ledger::Kind::correction, "2026-09-22T00:00:00Z", 12'001, money("0.20"));
    charge(office, ledger::Kind::charge, "2026-10-02T00:00:00Z", 7, money("0.01"));
    const auto paid = office.pay("1", "8.00");
    office.at(*parse_instant("2026-11-03T12:00:00Z"));
    app::ReversePayment back{paid.payment, "bounced"};
    REQUIRE(app::reverse_payment(office.store(), back, test::prepay(), test::clerk, office.clock())
    );

    const auto made = statement(office, day("2026-08-15"), day("2026-11-30"));
    REQUIRE(made);
    REQUIRE(made->months.size() == 4);
    CHECK(made->months[0].first == day("2026-08-15"));
    CHECK(made->months[0].last == day("2026-08-31"));
    CHECK(text_of(made->months[0].figures) == "0.00 0 0.00 0.00 0.00 0.00 0.00");
    CHECK(text_of(made->months[1].figures) == "0.00 12001 1.40 20.00 0.00 5.00 13.60");
    CHECK(text_of(made->months[2].figures) == "13.60 7 0.11 8.00 0.00 2.00 19.49");
    CHECK(text_of(made->months[3].figures) == "19.49 0 0.00 0.00 8.00 -2.00 13.49");
    CHECK(text_of(made->total) == "0.00 12008 1.51 28.00 8.00 5.00 13.49");
    CHECK(made->total.closing == office.shown("1").standing.balance);
    // 1.40 / 12.001 kWh = 0.11665694...; 0.11 / 0.007 kWh = 15.714285714...
    CHECK(made->months[1].figures.average() == money("0.00") + Money::from_micro(116'657));
    CHECK(made->months[2].figures.average() == Money::from_micro(15'714'286));
    CHECK_FALSE(made->months[3].figures.average());
    REQUIRE(made->lines.size() == 2);
    CHECK(made->lines[0].name == "Energy");
    CHECK(made->lines[0].amount == money("1.21"));
    CHECK(made->lines[1].kind == "tax");
    CHECK(made->lines[1].name == "City tax");

    // From the midst: the balance before is what it was.
    const auto part = statement(office, day("2026-10-01"), day("2026-10-31"));
    REQUIRE(part);
    CHECK(text_of(part->total) == "13.60 7 0.11 8.00 0.00 2.00 19.49");
}

TEST_CASE("a statement is about twelve calendar months at most") {
    const Sqlite place;
    Office office(place);
    office.create("1");
    const auto all = statement(office, {}, {});
    REQUIRE(all);
    CHECK(all->months.size() == 12);
    CHECK(all->from == day("2025-10-01"));
    CHECK(all->to == day("2026-09-21"));
    CHECK(statement(office, day("2025-10-31"), day("2026-09-01")));
    CHECK(statement(office, day("2025-09-30"), day("2026-09-01")).error().code == "range_too_long");
    CHECK(statement(office, day("2026-09-02"), day("2026-09-01")).error().code == "range_reversed");
}

TEST_CASE("letters are printed as Windows-1252 has them") {
    CHECK(
        paper::windows_1252("Ana D\xC3\xAD"
                            "az, \xE2\x82\xAC 5") == "Ana D\xED"
                                                     "az, \x80 5"
    );
    CHECK(paper::windows_1252("\xE6\x97\xA5\xC3") == "??");
    CHECK(paper::windows_1252("\xF0\x9F\x98\x80!\n") == "?!?");
    CHECK(paper::windows_1252("\xC0\xAF") == "??");
}

TEST_CASE("a document is the same bytes whenever it is drawn") {
    const auto draw = [] {
        paper::Document document("T\xC3\xADtulo");
        document.page();
        document.text(100, 100, 120, "A (b) \\ c", paper::Align::right, {0, true});
        document.box(10, 10, 100, 100, 0xff0000);
        document.line(0, 0, 100, 0);
        return document.pdf();
    };
    const auto bytes = draw();
    CHECK(bytes.rfind("%PDF-1.", 0) == 0);
    CHECK(bytes.find("%%EOF") != std::string::npos);
    CHECK(draw() == bytes);
}
