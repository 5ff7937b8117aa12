// SPDX-License-Identifier: MIT
// What is wrong with a pack, where exactly, and the cure.
#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::rules;
using test::Lines;

namespace {

Lines mistakes(const std::string& text) {
    Lines lines;
    const auto read = read_pack(text);
    CHECK(read.file.has_value() == read.mistakes.empty());
    for (const auto& mistake : read.mistakes) {
        lines.push_back(
            std::to_string(mistake.place.line) + ":" + std::to_string(mistake.place.column) + " " +
            mistake.message + (mistake.hint.empty() ? "" : " | " + mistake.hint)
        );
    }
    return lines;
}

// The head takes lines 1 to 6; what a case adds begins in line 7.
Lines after_head(const std::string& text) {
    return mistakes(test::head + text);
}

const std::string sound = test::rule("r", "summary_months", "months = 12");

// A rule of this kind, its own keys in line 13.
Lines in_rule(const std::string& kind, const std::string& more) {
    return after_head(test::rule("r", kind, more));
}

}  // namespace

TEST_CASE("the head of a pack") {
    CHECK(
        mistakes("") ==
        Lines{
            "1:1 the pack has no name | name: the pack's name",
            "1:1 the pack has no title | title: the name for people",
            "1:1 the pack has no jurisdiction | jurisdiction: the state it is for, two letters",
            "1:1 the pack has no currency | currency: ISO 4217 code of every amount",
            "1:1 the pack has no effective | effective: first local day it holds",
            "1:1 the pack has no citation | citation: the law it stands in",
            "1:1 the pack has no rule | rule: one rule",
        }
    );
    CHECK(after_head("rule = []") == Lines{"7:8 the pack has no rule"});
    CHECK(
        after_head("counties = [\"Wise\", \"wise  County\"]\nrule = []") ==
        Lines{"7:21 the county 'wise  County' is there already", "8:8 the pack has no rule"}
    );
    CHECK(
        after_head("until = 2025-12-31\n" + sound) ==
        Lines{"7:9 the pack ends before it is effective"}
    );
    CHECK(
        after_head("jurisdicton = \"TX\"\n" + sound) ==
        Lines{"7:1 the pack has no key 'jurisdicton' | did you mean jurisdiction?"}
    );
    CHECK(mistakes("name = ").size() == 1);
}

TEST_CASE("a rule needs the figures of its kind, and no others") {
    CHECK(in_rule("payment_channels_open", "") == Lines{});
    CHECK(
        in_rule("hours", "") ==
        Lines{
            "7:1 a rule of kind hours has no earliest",
            "7:1 a rule of kind hours has no latest",
        }
    );
    CHECK(
        in_rule("summary_months", "months = 12\namount = \"1.00\"") ==
        Lines{"14:10 amount says nothing in a rule of kind summary_months"}
    );
    CHECK(
        in_rule("hour", "earliest = \"08:00\"") ==
        Lines{"9:8 kind cannot be 'hour' | did you mean hours?"}
    );
    CHECK(
        in_rule("summary_months", "months = 0") ==
        Lines{"13:10 months cannot be '0' | expected a whole number from 1 to 120"}
    );
    CHECK(
        in_rule("summary_months", "months = \"12\"") ==
        Lines{"13:10 months is a string | expected a whole number from 1 to 120"}
    );
    CHECK(
        in_rule("connection_balance_at_most", "amount = 75.00") ==
        Lines{"13:10 amount is a floating-point number; numbers are written as strings, so that "
              "they stay exact | amount = \"75.00\""}
    );
}

TEST_CASE("figures that contradict each other") {
    CHECK(
        in_rule("warning_days", "min_days = 3\nmax_days = 2") ==
        Lines{"14:12 max_days is less than min_days"}
    );
    CHECK(in_rule("warning_days", "min_days = 2\nmax_days = 2") == Lines{});
    CHECK(
        in_rule("hours", "earliest = \"10:00\"\nlatest = \"09:59\"") ==
        Lines{"14:10 latest lies before earliest"}
    );
    CHECK(
        in_rule("hours", "earliest = \"08:07\"\nlatest = \"24:00\"") ==
        Lines{"14:10 latest cannot be '24:00' | expected hours and minutes: \"08:00\", at most "
              "\"23:59\""}
    );
    CHECK(
        in_rule("no_suspension_on", "holidays = false") ==
        Lines{"7:1 a rule of kind no_suspension_on names no day | write weekdays, holidays = true "
              "or before_holiday = true"}
    );
    CHECK(
        in_rule("no_suspension_on", "before_holiday = true") ==
        Lines{"7:1 a rule for holidays, and no holidays are listed | add [[holiday]] with a name "
              "and date, yearly or nth"}
    );
    CHECK(
        in_rule("no_suspension_on", "weekdays = \"sun\"\nholidays = \"true\"") ==
        Lines{"14:12 holidays is a string | expected true or false, without quotes"}
    );
    CHECK(
        in_rule("summary_months", "months = 1\nfrom = 2026-02-01\nuntil = 2026-01-31") ==
        Lines{"15:9 the rule ends before it begins"}
    );
}

TEST_CASE("ids are unique on a day, and never one of our own") {
    CHECK(
        after_head(sound + sound) ==
        Lines{"15:6 two rules 'r' hold at the same time | end one with "
              "until = DATE and begin the other with from = DATE"}
    );
    const auto early = test::rule("r", "summary_months", "months = 1\nuntil = 2026-06-30");
    CHECK(
        after_head(early + test::rule("r", "summary_months", "months = 2\nfrom = 2026-06-30"))
            .size() == 1
    );
    CHECK(
        after_head(early + test::rule("r", "summary_months", "months = 2\nfrom = 2026-07-01")) ==
        Lines{}
    );
    CHECK(
        after_head(test::rule("county_unknown", "summary_months", "months = 1")) ==
        Lines{"8:6 'county_unknown' is what the program calls a hold"}
    );
    CHECK(
        after_head(test::rule("No-Weekend", "summary_months", "months = 1")) ==
        Lines{"8:6 id cannot be 'No-Weekend' | expected small letters, digits and _: "
              "\"low_balance\""}
    );
}

TEST_CASE("a holiday has one way to fall on a day") {
    const auto holiday = [](const std::string& text) {
        return after_head("[[holiday]]\nname = \"H\"\n" + text + "\n" + sound);
    };
    CHECK(holiday("yearly = \"12-25\"") == Lines{});
    CHECK(
        holiday("") ==
        Lines{"7:1 [holiday] has no date | write exactly one of date, yearly and nth"}
    );
    CHECK(
        holiday("yearly = \"12-25\"\ndate = 2026-12-25") ==
        Lines{"7:1 [holiday] has more than one date | write exactly one of date, yearly and nth"}
    );
    CHECK(
        holiday("nth = 1") ==
        Lines{
            "7:1 [holiday] has nth and no month",
            "7:1 [holiday] has nth and no weekday",
        }
    );
    CHECK(
        holiday("yearly = \"12-25\"\nmonth = 3") ==
        Lines{"10:9 month says nothing without nth | nth = 1"}
    );
    CHECK(
        holiday("nth = 0\nmonth = 1\nweekday = \"mon\"") ==
        Lines{"9:7 nth cannot be 0 | 1 is the first, -1 the last"}
    );
    CHECK(holiday("yearly = \"02-30\"").size() == 1);
}

TEST_CASE("a test names what it expects") {
    const auto test = [](const std::string& text) {
        return after_head(sound + "[[test]]\nname = \"t\"\nday = 2026-07-15\n" + text);
    };
    CHECK(test("expect = \"held\"\nheld_by = [\"r\", \"no_warning_given\"]") == Lines{});
    CHECK(test("expect = \"allowed\"") == Lines{});
    CHECK(
        test("expect = \"held\"") ==
        Lines{"14:1 [test] is held by nothing | held_by = [\"the rule's id\"]"}
    );
    CHECK(
        test("expect = \"allowed\"\nheld_by = [\"r\"]") ==
        Lines{"18:11 what is allowed is held by nothing"}
    );
    CHECK(
        test("expect = \"held\"\nheld_by = [\"no_warning_givn\"]") ==
        Lines{"18:12 the pack has no rule 'no_warning_givn' | did you mean no_warning_given?"}
    );
    CHECK(
        test("expect = \"held\"\nheld_by = \"r\"\nemergency = [{ weather = \"hot\" }]").size() == 2
    );
}

TEST_CASE("everything wrong is told, in the order of the file") {
    CHECK(
        mistakes("name = \"a b\"\neffective = \"2026-01-01\"\n[[rule]]\nid = 7\n") ==
        Lines{
            "1:1 the pack has no title | title: the name for people",
            "1:1 the pack has no jurisdiction | jurisdiction: the state it is for, two letters",
            "1:1 the pack has no currency | currency: ISO 4217 code of every amount",
            "1:1 the pack has no citation | citation: the law it stands in",
            "1:8 name cannot be 'a b' | expected 1 to 64 characters of A-Z a-z 0-9 . _ -",
            "2:13 effective is a string | write the date without quotes: 2026-01-01",
            "3:1 [rule] has no kind | kind: what it is about",
            "3:1 [rule] has no citation | citation: where it stands",
            "3:1 [rule] has no mark | mark: read in the law, in a text about it, or remembered",
            "3:1 [rule] has no text | text: one sentence for whoever speaks with the customer",
            "4:6 id is a whole number | expected small letters, digits and _: \"low_balance\"",
        }
    );
}
