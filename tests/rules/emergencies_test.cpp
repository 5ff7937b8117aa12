// SPDX-License-Identifier: MIT
// Entering and withdrawing emergencies.
#include "app/emergencies.hpp"

#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "support/prepay_steps.hpp"

using namespace usagectl;
using app::EmergencyChange;
using app::EmergencyDay;
using rules::Weather;
using test::Postgres;
using test::Sqlite;

namespace {

const app::Actor ann{"ann", "root", "rules emergency add", "[]"};
const FixedClock fixed(test::some_day);
using Lines = std::vector<std::string>;

LocalDay date(const char* text) {
    return *parse_day(text);
}

EmergencyChange change(const char* from, const char* to, Weather weather = Weather::heat) {
    EmergencyChange request;
    request.state = "TX";
    request.county = "Harris";
    request.from = date(from);
    request.to = date(to);
    request.weather = weather;
    request.reason = "NWS heat advisory";
    return request;
}

std::string line(const app::EnteredEmergency& entry) {
    const auto& emergency = entry.emergency;
    return format_day(emergency.day) + " " + emergency.county + " " + emergency.state + " " +
           std::string(to_string(emergency.weather)) + " #" + std::to_string(entry.entry) +
           (entry.withdrawn ? " withdrawn by " + entry.withdrawn->by : "");
}

Lines lines(const std::vector<EmergencyDay>& days) {
    Lines lines;
    for (const auto& day : days)
        lines.push_back(line(day.entry) + (day.changed ? "" : " unchanged"));
    return lines;
}

Lines stored(app::Store& store) {
    Lines lines;
    for (const auto& entry : store.rules().entries({date("1970-01-01"), date("2105-12-31")}))
        lines.push_back(line(entry));
    return lines;
}

Lines audited(app::Store& store) {
    Lines lines;
    store.audit().each({}, {}, 100, [&](const audit::Record& record) {
        lines.push_back(record.actor + ": " + record.outcome);
        return true;
    });
    return lines;
}

}  // namespace

TEMPLATE_TEST_CASE("an emergency is entered day by day, once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const auto first = enter_emergency(*store, change("2026-07-14", "2026-07-15"), ann, fixed);
    REQUIRE(first);
    CHECK(lines(*first) == Lines{"2026-07-14 Harris TX heat #1", "2026-07-15 Harris TX heat #1"});
    CHECK(
        audited(*store) == Lines{"ann: weather emergency in Harris, TX, 2026-07-14 to 2026-07-15: "
                                 "2 days entered"}
    );

    // The same county however it is written; another kind of weather is another entry.
    auto again = change("2026-07-15", "2026-07-16");
    again.state = "tx";
    again.county = "HARRIS county";
    const auto second = enter_emergency(*store, again, ann, fixed);
    REQUIRE(second);
    CHECK(
        lines(*second) ==
        Lines{"2026-07-15 Harris TX heat #1 unchanged", "2026-07-16 HARRIS county TX heat #1"}
    );
    REQUIRE(enter_emergency(*store, change("2026-07-16", "2026-07-16", Weather::cold), ann, fixed));
    CHECK(
        stored(*store) ==
        Lines{
            "2026-07-14 Harris TX heat #1",
            "2026-07-15 Harris TX heat #1",
            "2026-07-16 HARRIS county TX heat #1",
            "2026-07-16 Harris TX cold #2",
        }
    );
}

TEMPLATE_TEST_CASE("what is withdrawn stays readable and holds nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    REQUIRE(enter_emergency(*store, change("2026-07-14", "2026-07-16"), ann, fixed));
    auto request = change("2026-07-15", "2026-07-15");
    request.county = "harris";
    request.reason = "entered for the wrong day";
    const auto withdrawn = withdraw_emergency(*store, request, ann, fixed);
    REQUIRE(withdrawn);
    CHECK(lines(*withdrawn) == Lines{"2026-07-15 Harris TX heat #1 withdrawn by ann"});
    CHECK(audited(*store).front().find("1 day withdrawn") != std::string::npos);
    const auto entries = store->rules().entries({date("2026-07-15"), date("2026-07-15")});
    REQUIRE(entries.size() == 1);
    REQUIRE(entries[0].withdrawn);
    CHECK(entries[0].reason == "NWS heat advisory");
    CHECK(entries[0].withdrawn->reason == "entered for the wrong day");
    CHECK(entries[0].withdrawn->at == test::some_day);
    CHECK(store->rules().in_force({date("2026-07-14"), date("2026-07-16")}).size() == 2);

    SECTION("withdrawing it again finds nothing") {
        const auto again = withdraw_emergency(*store, request, ann, fixed);
        REQUIRE_FALSE(again);
        CHECK(again.error().code == "emergency_unknown");
        CHECK(again.error().exit == Exit::not_found);
        CHECK(audited(*store).size() == 2);
    }
    SECTION("the day can be entered again, as the next entry") {
        REQUIRE(enter_emergency(*store, change("2026-07-15", "2026-07-15"), ann, fixed));
        CHECK(
            stored(*store) ==
            Lines{
                "2026-07-14 Harris TX heat #1",
                "2026-07-15 Harris TX heat #1 withdrawn by ann",
                "2026-07-15 Harris TX heat #2",
                "2026-07-16 Harris TX heat #1",
            }
        );
    }
    SECTION("only the kind of weather that is named") {
        request = change("2026-07-14", "2026-07-16", Weather::cold);
        CHECK_FALSE(withdraw_emergency(*store, request, ann, fixed));
        request.weather.reset();
        const auto rest = withdraw_emergency(*store, request, ann, fixed);
        REQUIRE(rest);
        CHECK(rest->size() == 2);
    }
}

TEMPLATE_TEST_CASE("a dry run keeps nothing and shows what would be", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    auto request = change("2026-07-14", "2026-07-14");
    request.dry_run = true;
    CHECK(lines(*enter_emergency(*store, request, ann, fixed)).size() == 1);
    CHECK(stored(*store) == Lines{});
    CHECK(audited(*store) == Lines{});
    REQUIRE(enter_emergency(*store, change("2026-07-14", "2026-07-14"), ann, fixed));
    CHECK(withdraw_emergency(*store, request, ann, fixed)->size() == 1);
    CHECK(stored(*store) == Lines{"2026-07-14 Harris TX heat #1"});
}

TEST_CASE("what cannot be an emergency is refused") {
    const Sqlite place;
    const auto store = place.open();
    const auto refused = [&](auto spoil) {
        auto request = change("2026-07-14", "2026-07-14");
        spoil(request);
        const auto done = enter_emergency(*store, request, ann, fixed);
        const auto back = withdraw_emergency(*store, request, ann, fixed);
        CHECK((done || back || done.error().message == back.error().message));
        return done ? std::string("taken") : done.error().message;
    };
    CHECK(refused([](auto& r) { r.state = "Texas"; }) == "the state is two letters: TX");
    CHECK(refused([](auto& r) { r.state = "T1"; }) == "the state is two letters: TX");
    CHECK(refused([](auto& r) { r.county = "  "; }) == "the county is a name: Harris");
    CHECK(refused([](auto& r) { r.county = "a\nb"; }) == "the county is a name: Harris");
    CHECK(refused([](auto& r) { r.reason = ""; }) == "a reason is 1 to 200 bytes in one line");
    CHECK(refused([](auto& r) {
              r.to = date("2026-07-13");
          }) == "the last day lies before the first");
    CHECK(refused([](auto& r) {
              r.to = date("2026-08-14");
          }) == "an emergency is for at most 31 days");
    CHECK(refused([](auto& r) { r.to = date("2026-08-13"); }) == "taken");
}

TEMPLATE_TEST_CASE("a verdict is given what is in force around its day", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    REQUIRE(enter_emergency(*store, change("2026-07-13", "2026-07-14"), ann, fixed));
    auto other = change("2026-07-15", "2026-07-15");
    other.county = "Travis";
    REQUIRE(enter_emergency(*store, other, ann, fixed));
    REQUIRE(withdraw_emergency(*store, change("2026-07-14", "2026-07-14"), ann, fixed));
    const auto around = emergencies_around(*store, date("2026-07-15"));
    REQUIRE(around.size() == 2);
    CHECK(around[0].day == date("2026-07-13"));
    CHECK(around[1].county == "Travis");
    CHECK(emergencies_around(*store, date("2026-12-01")).empty());

    const auto of_county = [&](const char* state, const char* county) {
        return store->rules()
            .in_force({date("2026-07-01"), date("2026-07-31"), state, county})
            .size();
    };
    CHECK(of_county("TX", "travis COUNTY") == 1);
    CHECK(of_county("TX", "") == 2);
    CHECK(of_county("VA", "") == 0);
    CHECK(of_county("", "Harris") == 1);
}

TEMPLATE_TEST_CASE(
    "a run asks the store once a day and gives each county its own", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    REQUIRE(enter_emergency(*store, change("2026-07-13", "2026-07-14"), ann, fixed));
    auto other = change("2026-07-15", "2026-07-15");
    other.county = "Travis";
    REQUIRE(enter_emergency(*store, other, ann, fixed));
    app::CountyEmergencies emergencies(*store);
    const auto day = date("2026-07-15");
    CHECK(emergencies.around(day, "Harris").size() == 2);
    CHECK(emergencies.around(day, "HARRIS county").size() == 2);
    REQUIRE(emergencies.around(day, "travis").size() == 1);
    CHECK(emergencies.around(day, "travis").front().day == day);
    CHECK(emergencies.around(day, "Bexar").empty());
    CHECK(emergencies.around(day, "").empty());
    CHECK(emergencies.around(date("2026-12-01"), "Harris").empty());

    other.county = "Bexar";
    REQUIRE(enter_emergency(*store, other, ann, fixed));
    CHECK(emergencies.around(day, "Bexar").empty());
    CHECK(app::CountyEmergencies(*store).around(day, "Bexar").size() == 1);
}

TEMPLATE_TEST_CASE("a county is looked up before it is entered", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const auto packs = *app::RulePacks::load({});
    app::Prepay prepay;
    prepay.timezone = "UTC";
    const test::Desk desk{*store, prepay, ann, FixedClock(fixed.now())};
    test::add_tariff(
        desk,
        "name = \"t\"\neffective = 2020-01-01\ncurrency = \"USD\"\n"
        "[[energy]]\nname = \"E\"\nper_kwh = \"0.1\"\n"
    );
    for (const auto& [id, state, county] :
         {std::tuple("A", "TX", "Haris County"), std::tuple("B", "OK", "Tulsa")}) {
        app::CreateAccount request;
        request.account.id = id;
        request.account.address = {"", "", state, county, ""};
        request.meter = std::string("M-") + id;
        request.rates.tariff = "t";
        test::create_account(desk, request);
    }
    const auto enter = [&](const char* state, const char* county, bool force = false) {
        auto request = change("2026-07-14", "2026-07-14");
        request.state = state;
        request.county = county;
        request.packs = &packs;
        request.force = force;
        std::string doubt;
        request.doubt = [&](const std::string& text) { doubt = text; };
        const auto done = enter_emergency(*store, request, ann, fixed);
        if (!done)
            return done.error().code + ": " + done.error().hint;
        return doubt.empty() ? std::string("entered") : doubt;
    };
    CHECK(enter("TX", "harris COUNTY") == "entered");
    CHECK(enter("va", "Richmond city") == "entered");
    CHECK(
        enter("TX", "Hariss") ==
        "county_unknown: did you mean Harris? --force enters it all the same"
    );
    CHECK(
        enter("TX", "Hariss", true) ==
        "no rule pack of TX knows the county 'Hariss', and emergencies go by its name; did you mean"
        " Harris?"
    );
    // An account lives there: it is entered, and the doubt is told.
    CHECK(enter("TX", "haris").starts_with("no rule pack of TX knows the county 'haris'"));
    CHECK(enter("OK", "Tulsa county") == "entered");
    CHECK(enter("OK", "Osage") == "county_unknown: --force enters it all the same");
    CHECK(enter("OK", "Osage", true) == "no rule pack lists the counties of OK");
    CHECK(stored(*store).size() == 6);
}
