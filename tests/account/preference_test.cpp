// SPDX-License-Identifier: MIT
#include "account/preference.hpp"

#include <catch2/catch.hpp>

#include "account/office.hpp"
#include "app/preferences.hpp"

using namespace usagectl;
using account::NoticeMethod;
using account::NoticeType;
using account::Preference;
using account::Window;
using test::Office;
using test::Postgres;
using test::Sqlite;

namespace {

Instant at(const char* text) {
    return *parse_instant(text);
}

std::string due_text(const account::Due& due) {
    return format_instant(due.from) + " " + format_instant(due.to);
}

}  // namespace

TEST_CASE("windows are read and written") {
    for (const auto* text : {"18:00-20:00", "00:00-24:00", "any", "23:59-24:00", "00:00-00:01"}) {
        CAPTURE(text);
        const auto window = Window::parse(text);
        REQUIRE(window);
        CHECK(window->text() == (std::string(text) == "00:00-24:00" ? "any" : text));
    }
    for (const auto* text :
         {"",
          "18:00",
          "18:00-",
          "-",
          "8:00-9:00",
          "18:00-18:00",
          "24:00-24:01",
          "18:60-19:00",
          "18:00-20:00 ",
          "18.00-20.00",
          "20:00-18:00",
          "22:00-00:00",
          "+1:00-20:00"}) {
        CAPTURE(text);
        const auto window = Window::parse(text);
        REQUIRE_FALSE(window);
        CHECK(window.error().code == "malformed_window");
        CHECK(window.error().exit == Exit::usage);
    }
}

TEST_CASE("the next window is what is left of today's, or the next day's") {
    struct Case {
        const char* zone;
        const char* window;
        const char* after;
        const char* due;
    };
    // Chicago: clocks go forward on 2026-03-08 at 02:00, back on 2026-11-01 at 02:00. Santiago:
    // forward on 2026-09-06 at 00:00, so that day begins at 01:00.
    for (const auto& [zone, window, after, due] : std::initializer_list<Case>{
             {"America/Chicago",
              "18:00-20:00",
              "2026-11-20T14:00:00Z",
              "2026-11-21T00:00:00Z 2026-11-21T02:00:00Z"},
             {"America/Chicago",
              "18:00-20:00",
              "2026-11-21T01:30:00Z",
              "2026-11-21T01:30:00Z 2026-11-21T02:00:00Z"},
             {"America/Chicago",
              "18:00-20:00",
              "2026-11-21T02:00:00Z",
              "2026-11-22T00:00:00Z 2026-11-22T02:00:00Z"},
             {"America/Chicago",
              "any",
              "2026-11-21T02:00:00Z",
              "2026-11-21T02:00:00Z 2026-11-21T06:00:00Z"},
             {"America/Chicago",
              "23:00-24:00",
              "2026-11-01T03:00:00Z",
              "2026-11-01T04:00:00Z 2026-11-01T05:00:00Z"},
             {"America/Chicago",
              "01:00-02:00",
              "2026-11-01T05:30:00Z",
              "2026-11-01T06:00:00Z 2026-11-01T08:00:00Z"},
             {"America/Chicago",
              "00:30-01:30",
              "2026-11-01T05:00:00Z",
              "2026-11-01T05:30:00Z 2026-11-01T07:30:00Z"},
             {"America/Chicago",
              "01:30-03:00",
              "2026-11-01T07:10:00Z",
              "2026-11-01T07:10:00Z 2026-11-01T09:00:00Z"},
             {"America/Chicago",
              "02:00-03:00",
              "2026-03-08T06:30:00Z",
              "2026-03-09T07:00:00Z 2026-03-09T08:00:00Z"},
             {"America/Chicago",
              "02:30-04:00",
              "2026-03-08T06:30:00Z",
              "2026-03-08T08:00:00Z 2026-03-08T09:00:00Z"},
             {"America/Chicago",
              "01:00-02:30",
              "2026-03-08T06:30:00Z",
              "2026-03-08T07:00:00Z 2026-03-08T08:00:00Z"},
             {"America/Santiago",
              "00:00-02:00",
              "2026-09-06T03:59:59Z",
              "2026-09-06T04:00:00Z 2026-09-06T05:00:00Z"},
         }) {
        CAPTURE(zone, window, after);
        const auto next =
            account::next_window(*Window::parse(window), at(after), **Zone::find(zone));
        CHECK(due_text(next) == due);
    }
}

TEST_CASE("several windows of a type are one span") {
    const auto& utc = **Zone::find("UTC");
    const std::vector<Preference> preferences{
        {NoticeType::recharge, NoticeMethod::sms, "+19725551234", {1080, 1200}, {}, true},
        {NoticeType::recharge, NoticeMethod::voice, "+12145551234", {840, 1020}, {}, false},
        {NoticeType::daily, NoticeMethod::email, "joe@coop.org", {}, {}, true},
    };
    const auto noon = at("2026-11-20T12:00:00Z");
    CHECK(
        due_text(*account::due_by(preferences, NoticeType::recharge, noon, utc)) ==
        "2026-11-20T14:00:00Z 2026-11-20T20:00:00Z"
    );
    CHECK_FALSE(account::due_by(preferences, NoticeType::suspend, noon, utc));
}

TEST_CASE("an address must be one the method can reach") {
    CHECK(account::check_address(NoticeMethod::sms, "+19725551234"));
    CHECK(account::check_address(NoticeMethod::email, "joe@coop.org"));
    CHECK(
        account::check_address(NoticeMethod::email, "+19725551234").error().code ==
        "malformed_email"
    );
    for (const auto method :
         {NoticeMethod::sms, NoticeMethod::voice, NoticeMethod::pager, NoticeMethod::csr}) {
        CHECK(account::check_address(method, "joe@coop.org").error().code == "malformed_phone");
        CHECK(account::check_address(method, "972-555-1234").error().code == "malformed_phone");
    }
}

TEMPLATE_TEST_CASE("preferences are entered, changed and taken out", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Office office(place);
    office.create("1");
    const auto set = [&](const Preference& preference) {
        return app::set_preference(
            office.store(), {"1", preference}, test::prepay(), test::clerk, office.clock()
        );
    };
    const auto remove = [&](NoticeType type, std::optional<NoticeMethod> method = {}) {
        return app::remove_preferences(
            office.store(), {"1", type, method}, test::prepay(), test::clerk, office.clock()
        );
    };
    REQUIRE(set({NoticeType::recharge, NoticeMethod::sms, "", {1080, 1200}}));
    CHECK(set({NoticeType::daily, NoticeMethod::email, ""}).error().code == "address_missing");
    CHECK_FALSE(office.shown("1").standing.wants_daily);
    REQUIRE(set({NoticeType::daily, NoticeMethod::email, "joe@coop.org"}));
    CHECK(office.shown("1").standing.wants_daily);
    const auto twice = set({NoticeType::daily, NoticeMethod::email, "joe@coop.org", {0, 60}});
    REQUIRE(twice);
    REQUIRE(twice->preferences.size() == 2);
    CHECK(twice->preferences[0].window == Window{0, 60});
    CHECK(twice->preferences[1].address == "+19725551234");
    const auto events = office.events("1");
    CHECK(
        events.back() == "notice daily by email: joe@coop.org any every event primary -> "
                         "joe@coop.org 00:00-01:00 every event primary"
    );

    SECTION("a notice is due in the window of its type") {
        office.pay("1", "10.00");
        const auto& known = office.shown("1").known;
        const auto today = test::day("2026-09-21");
        const auto notices = office.store().service().notices(known.number, {today, today});
        REQUIRE(notices.size() == 1);
        CHECK(format_instant(notices[0].due_from) == "2026-09-21T18:00:00Z");
        CHECK(format_instant(notices[0].due_to) == "2026-09-21T20:00:00Z");
    }
    SECTION("the last one for daily takes the wish along") {
        CHECK(remove(NoticeType::daily, NoticeMethod::sms).error().code == "preference_unknown");
        const auto left = remove(NoticeType::daily);
        REQUIRE(left);
        CHECK(left->preferences.size() == 1);
        CHECK_FALSE(office.shown("1").standing.wants_daily);
        CHECK(remove(NoticeType::daily).error().exit == Exit::not_found);
    }
}
