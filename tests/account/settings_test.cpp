// SPDX-License-Identifier: MIT
#include "app/account_settings.hpp"

#include <catch2/catch.hpp>

#include "account/office.hpp"

using namespace usagectl;
using test::day;
using test::money;
using test::Office;
using test::Postgres;
using test::Sqlite;

namespace {

Result<app::AccountSet> set(const Office& office, app::SetAccount request) {
    request.account = "1";
    return app::set_account(office.store(), request, test::prepay(), test::clerk, office.clock());
}

const app::RulePacks& packs() {
    static const auto loaded = *app::RulePacks::load({});
    return loaded;
}

// As the nightly process leaves an account it has charged.
void charge_through(const Office& office, const char* last) {
    office.store().write([&] {
        auto standing = office.shown("1").standing;
        standing.charged_through = day(last);
        REQUIRE(office.store().accounts().save(standing));
    });
}

}  // namespace

TEMPLATE_TEST_CASE("a setting changes with its event, and nothing else", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Office office(place);
    office.create("1");
    const auto before = office.events("1").size();
    app::SetAccount request;
    request.name = "Ana D\xC3\xAD"
                   "az";
    request.phones = {"+12145551234", "+19725551234"};
    request.emails = {"a@example.org"};
    request.low = money("30.00");
    request.low_days = 5;
    request.medical = true;
    request.language = "en";
    request.meter_facts.begin_reading_wh = 12;
    const auto done = set(office, request);
    REQUIRE(done);
    CHECK(
        done->changed ==
        std::vector<std::string>{
            "name", "phones", "emails", "low_balance", "low_days", "medical", "begin_reading_wh"}
    );
    const auto events = office.events("1");
    CHECK(events.size() == before + 7);
    CHECK(events.at(before + 1) == "phones: +19725551234 -> +12145551234, +19725551234");
    CHECK(events.at(before + 4) == "low_days: 0 -> 5");
    const auto shown = office.shown("1");
    const auto& contacts = shown.known.account.contacts;
    REQUIRE(contacts.size() == 3);
    CHECK(contacts[0].value == "+12145551234");
    CHECK(contacts[0].primary);
    CHECK_FALSE(contacts[1].primary);
    CHECK(contacts[2].kind == account::ContactKind::email);
    CHECK(shown.standing.thresholds.low_days == 5);
    CHECK(shown.standing.thresholds.grace == money("10.00"));

    const auto again = set(office, request);
    REQUIRE(again);
    CHECK(again->changed.empty());
    CHECK(office.events("1").size() == before + 7);

    app::SetAccount clear;
    clear.phones = std::vector<std::string>{};
    clear.low_days = 0;
    clear.dry_run = true;
    CHECK(set(office, clear)->changed.size() == 2);
    CHECK(office.shown("1").known.account.contacts.size() == 3);
    clear.dry_run = false;
    REQUIRE(set(office, clear));
    const auto left = office.shown("1");
    REQUIRE(left.known.account.contacts.size() == 1);
    CHECK(left.known.account.contacts[0].primary);
    CHECK_FALSE(left.standing.thresholds.low_days);
}

TEST_CASE("limits are held against their order, the floor and the rules") {
    const Sqlite place;
    const Office office(place);
    office.create("1");
    const auto refused = [&](auto change) {
        app::SetAccount request;
        request.packs = &packs();
        change(request);
        const auto done = set(office, request);
        return done ? std::string("taken") : done.error().code;
    };
    CHECK(refused([](auto& asked) { asked.low = money("9.99"); }) == "thresholds_disordered");
    CHECK(refused([](auto& asked) {
              asked.grace = Money();
              asked.low = money("4.99");
          }) == "low_balance_below_floor");
    CHECK(refused([](auto& asked) { asked.rule_pack = "nowhere"; }) == "rule_pack_unknown");
    // 16 TAC 25.498(b): connection balance at most 75.00, disconnection at most 10.00.
    CHECK(refused([](auto& asked) { asked.rule_pack = "texas"; }) == "taken");
    CHECK(refused([](auto& asked) {
              asked.connection = money("75.01");
          }) == "balance_against_rules");
    CHECK(refused([](auto& asked) { asked.connection = money("75.00"); }) == "taken");
    CHECK(refused([](auto& asked) {
              asked.disconnection = money("10.01");
              asked.grace = money("11.00");
          }) == "balance_against_rules");
    CHECK(office.shown("1").standing.thresholds.disconnection == Money());
    CHECK(office.shown("1").known.account.rule_pack == "texas");

    auto request = office.request("2");
    request.account.rule_pack = "texas";
    request.thresholds.connection = money("80.00");
    request.packs = &packs();
    const auto made =
        app::create_account(office.store(), request, test::prepay(), test::clerk, office.clock());
    REQUIRE_FALSE(made);
    CHECK(made.error().code == "balance_against_rules");
    auto strict = test::prepay();
    strict.rule_pack = "texas";
    request.account.rule_pack.clear();
    CHECK_FALSE(app::create_account(office.store(), request, strict, test::clerk, office.clock()));
    request.thresholds.connection = money("75.00");
    CHECK(app::create_account(office.store(), request, strict, test::clerk, office.clock()));
}

TEMPLATE_TEST_CASE("a tariff changes from a day that is not charged yet", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Office office(place);
    office.create("1");
    charge_through(office, "2026-09-25");
    const auto number = office.shown("1").known.number;
    app::SetAccount request;
    request.service.tariff = "other";

    SECTION("by default the next one, and then at once") {
        const auto done = set(office, request);
        REQUIRE(done);
        CHECK(done->from == day("2026-09-26"));
        CHECK_FALSE(done->ahead);
        CHECK(done->shown.rates.tariff == "other");
        CHECK_FALSE(done->shown.standing.changing);
        CHECK(office.events("1").back() == "tariff: home -> other");
    }
    SECTION("a day ahead is left to the nightly process") {
        request.service.from = day("2026-09-27");
        const auto done = set(office, request);
        REQUIRE(done);
        CHECK(done->ahead);
        CHECK(done->shown.rates.tariff == "home");
        CHECK(done->shown.standing.changing);
        const auto periods = office.store().accounts().service(number);
        REQUIRE(periods.size() == 2);
        CHECK(app::service_on(periods, day("2026-09-26"))->profile == periods[0].profile);
        CHECK(app::service_on(periods, day("2026-09-27"))->profile == periods[1].profile);
        CHECK(periods[1].known_at == test::some_day);
    }
    SECTION("a day that is charged does not change") {
        request.service.from = day("2026-09-25");
        CHECK(set(office, request).error().code == "already_charged");
        CHECK(office.store().accounts().service(number).size() == 1);
    }
    SECTION("the latest word for a day counts") {
        REQUIRE(set(office, request));
        request.service.tariff = "home";
        request.service.options = {"light"};
        const auto done = set(office, request);
        REQUIRE(done);
        CHECK(done->shown.rates.options == std::vector<std::string>{"light"});
        const auto periods = office.store().accounts().service(number);
        REQUIRE(periods.size() == 3);
        CHECK(periods[2].version == 1);
    }
    SECTION("what the tariff does not have is refused") {
        request.service.options = {"pool"};
        CHECK(set(office, request).error().code == "option_unknown");
        request.service.tariff = "none";
        CHECK(set(office, request).error().code == "tariff_unknown");
        request.service = {};
        request.service.tariff = "home";
        CHECK(set(office, request)->changed.empty());
    }
}

TEST_CASE("before service the change counts at once, and days before it are looked up") {
    const Sqlite place;
    Office office(place);
    office.create("1");
    office.at(test::some_day + std::chrono::hours(48));
    app::SetAccount request;
    request.service.tariff = "other";
    const auto done = set(office, request);
    REQUIRE(done);
    CHECK(done->from == day("2026-09-23"));
    CHECK(done->shown.rates.tariff == "other");
    CHECK(done->shown.standing.changing);
    request.service.tariff = "home";
    request.service.from = day("2026-09-20");
    CHECK(set(office, request).error().code == "before_service");
}

TEMPLATE_TEST_CASE("a meter is exchanged", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Office office(place);
    office.create("1");
    office.create("2");
    app::SetAccount request;
    request.service.meter = "2";
    CHECK(set(office, request).error().code == "meter_taken");
    request.service.meter = "3";
    const auto done = set(office, request);
    REQUIRE(done);
    CHECK(done->shown.standing.meter_id == "3");
    CHECK(office.events("1").back() == "meter: 1 -> 3");
    auto& meters = office.store().meters();
    CHECK(meters.find("3")->account == "1");
    CHECK_FALSE(meters.find("1")->account);
    CHECK(office.store().accounts().of_meter(*meters.number("3")) == done->shown.known.number);
    CHECK_FALSE(office.store().accounts().of_meter(*meters.number("1")));
    meter::Meter away;
    away.id = "4";
    away.timezone = "America/Chicago";
    office.store().write([&] { meters.save(away); });
    request.service.meter = "4";
    CHECK(set(office, request).error().code == "timezone_differs");
}

TEST_CASE("whoever is exempt holds every exemption, whatever it is called") {
    const Sqlite place;
    const Office office(place);
    auto request = office.request("1");
    request.account.flags.tax_exempt = true;
    office.create(request);
    const auto taxed = [&] {
        const auto shown = office.shown("1");
        const auto rates = app::ready_rates(office.store(), shown.rates, day("2026-09-21"));
        REQUIRE(rates);
        return (*rates)->exempt == 0;
    };
    CHECK(office.shown("1").rates.exemptions == std::vector<std::string>{"*"});
    CHECK_FALSE(taxed());
    app::SetAccount change;
    change.tax_exempt = false;
    REQUIRE(set(office, change));
    CHECK(taxed());
    change.tax_exempt = {};
    change.service.exemptions = {"charity"};
    REQUIRE(set(office, change));
    CHECK_FALSE(taxed());
    change.service.exemptions = {"church"};
    CHECK(set(office, change).error().code == "exemption_unknown");
}
