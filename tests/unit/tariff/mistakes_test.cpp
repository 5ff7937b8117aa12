// SPDX-License-Identifier: MIT
// What is wrong, where exactly, and the cure.
#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::tariff;

namespace {

std::string text_of(const Mistake& mistake) {
    return std::to_string(mistake.place.line) + ":" + std::to_string(mistake.place.column) + " " +
           mistake.message + " | " + mistake.hint;
}

test::Lines mistakes(const std::string& text) {
    test::Lines lines;
    for (const auto& mistake : read_tariff(text).mistakes)
        lines.push_back(text_of(mistake));
    return lines;
}

// The head takes lines 1 to 3; what a case adds begins in line 4.
test::Lines after_head(const std::string& text) {
    return mistakes(test::head + text);
}

const std::string energy = "[[energy]]\nname = \"E\"\nper_kwh = \"0.1\"\n";

std::string schedule(const std::string& days, const std::string& hours) {
    return "[[schedule]]\ndays = " + days + "\nhours = [\n" + hours + "]\n";
}

}  // namespace

TEST_CASE("the head of a file") {
    CHECK(
        mistakes("") ==
        test::Lines{
            "1:1 the tariff has no name | name: the tariff's name; versions share it",
            "1:1 the tariff has no effective | effective: first local day this version holds",
            "1:1 the tariff has no currency | currency: ISO 4217 code of every amount",
            "1:1 the tariff charges nothing | add [[energy]] with a price",
        }
    );
    CHECK(
        mistakes(
            "name = \"a b\"\neffective = \"2026-01-01\"\ncurrency = \"usd\"\n"
            "rounding = \"half-evn\"\n" +
            energy
        ) ==
        test::Lines{
            "1:8 name cannot be 'a b' | expected 1 to 64 characters of A-Z a-z 0-9 . _ -",
            "2:13 effective is a string | write the date without quotes: 2026-01-01",
            "3:12 currency cannot be 'usd' | expected three capital letters: USD",
            "4:12 rounding cannot be 'half-evn' | did you mean half-even?",
        }
    );
    CHECK(mistakes("name = \n").size() == 1);
    CHECK(mistakes("name = \n")[0].substr(0, 2) == "1:");
}

TEST_CASE("keys that are unknown, missing or of the wrong type") {
    CHECK(
        after_head("[[enrgy]]\nname = \"E\"\n" + energy) ==
        test::Lines{
            "4:3 the tariff has no key 'enrgy' | did you mean energy?",
        }
    );
    CHECK(
        after_head("[[energy]]\nname = \"E\"\nper_kw = \"0.1\"\n") ==
        test::Lines{
            "4:1 [energy] has no price | write exactly one of per_kwh and tiers",
            "6:1 [energy] has no key 'per_kw' | did you mean per_kwh?",
        }
    );
    CHECK(
        after_head("[[energy]]\nname = \"E\"\nper_kwh = 0.0891 # dear\n") ==
        test::Lines{
            "6:11 per_kwh is a floating-point number; numbers are written as strings, so that they "
            "stay exact | per_kwh = \"0.0891\"",
        }
    );
    CHECK(
        after_head("[[energy]]\nname = \"E\"\nper_kwh = 1\n") ==
        test::Lines{
            "6:11 per_kwh is a whole number; numbers are written as strings, so that they stay "
            "exact "
            "| per_kwh = \"1\"",
        }
    );
    CHECK(
        after_head("[energy]\nname = \"E\"\nper_kwh = \"1\"\n") ==
        test::Lines{
            "4:1 energy is a table | write [[energy]] on a line of its own",
        }
    );
    CHECK(
        after_head("[[pca]]\nname = \"E\"\nestimated = \"1\"\n" + energy) ==
        test::Lines{
            "4:1 pca is an array | write [pca] on a line of its own",
        }
    );
    CHECK(
        after_head("energy = [ 1 ]\n") ==
        test::Lines{
            "4:12 energy is a whole number | write [[energy]] on a line of its own",
        }
    );
}

TEST_CASE("numbers out of shape and out of range") {
    for (const auto* rate : {"-0.1", "1e-3", "0.0000000001", "1,5", "", ".5", "5.", " 1", "nan"}) {
        CAPTURE(rate);
        const auto found =
            after_head("[[energy]]\nname = \"E\"\nper_kwh = \"" + std::string(rate) + "\"\n");
        REQUIRE(found.size() == 1);
        CHECK(found[0].substr(0, 5) == "6:11 ");
    }
    for (const auto* percent : {"100.1", "-1", "8.25%", "1000"}) {
        CAPTURE(percent);
        const auto found = after_head(
            energy + "[[tax]]\nname = \"T\"\njurisdiction = \"x\"\npercent = \"" + percent + "\"\n"
        );
        REQUIRE(found.size() == 1);
        CHECK(found[0].substr(0, 6) == "10:11 ");
    }
    CHECK(
        after_head("[[fee]]\nname = \"F\"\nevent = \"setup\"\namount = \"1.005\"\n") ==
        test::Lines{"7:10 amount cannot be '1.005' | expected an amount with at most two "
                    "decimals: \"12.34\""}
    );
}

TEST_CASE("tiers that do not ascend or do not end") {
    const auto tiers = [](const std::string& list) {
        return after_head("[[energy]]\nname = \"E\"\ntiers = [\n" + list + "]\n");
    };
    CHECK(
        tiers(
            "{ up_to_kwh = \"500\", per_kwh = \"1\" },\n{ up_to_kwh = \"500\", per_kwh = \"2\" },\n"
            "{ per_kwh = \"3\" }\n"
        ) ==
        test::Lines{"8:15 the tiers do not ascend | write the tier with the lowest limit first"}
    );
    CHECK(
        tiers("{ up_to_kwh = \"500\", per_kwh = \"1\" }\n") ==
        test::Lines{
            "7:15 the last tier has an upper limit: usage above it would have no price | leave "
            "up_to_kwh out of the last tier"}
    );
    CHECK(
        tiers("{ per_kwh = \"1\" }, { per_kwh = \"2\" }\n") ==
        test::Lines{"7:1 a tier before the last has no upper limit | add up_to_kwh, the usage of "
                    "the cycle at "
                    "which the next tier begins"}
    );
    CHECK(tiers("{ up_to_kwh = \"0\", per_kwh = \"1\" }, { per_kwh = \"2\" }\n").size() == 1);
    CHECK(
        tiers("{ up_to_kwh = \"1\" }, { per_kwh = \"2\" }\n") ==
        test::Lines{"7:1 [tier] has no per_kwh | per_kwh: price of a kWh"}
    );
}

TEST_CASE("dates that do not exist, and seasons with holes and overlaps") {
    const auto season = [](const char* name, const char* from, const char* to) {
        return std::string("[[season]]\nname = \"") + name + "\"\nfrom = \"" + from +
               "\"\nto = \"" + to + "\"\n";
    };
    CHECK(
        after_head(season("s", "02-30", "12-31") + energy) ==
        test::Lines{"6:8 from cannot be '02-30' | expected month and day: \"06-01\""}
    );
    CHECK(
        after_head(season("a", "03-01", "09-30") + season("b", "10-01", "02-28") + energy) ==
        test::Lines{"4:1 no season holds on 02-29 | February has 29 days in a leap year: end the "
                    "season on 02-29"}
    );
    CHECK(
        after_head(season("a", "03-01", "10-05") + season("b", "10-01", "02-29") + energy) ==
        test::Lines{"8:1 seasons 'a' and 'b' both hold on 10-01 to 10-05 | let one end the day "
                    "before the other begins"}
    );
    CHECK(
        after_head(season("a", "01-01", "06-30") + energy) ==
        test::Lines{"4:1 no season holds on 07-01 to 12-31 | the seasons must cover the whole year"}
    );
    const auto twice =
        after_head(season("a", "01-01", "06-30") + season("a", "07-01", "12-31") + energy);
    CHECK(twice == test::Lines{"9:8 there are two seasons 'a' | "});
    CHECK(mistakes("name = \"t\"\neffective = 2026-02-30\n").size() == 1);
}

TEST_CASE("holes and overlaps in the day") {
    const auto hours = [](const std::string& list) {
        return after_head(schedule("\"all\"", list) + energy);
    };
    CHECK(
        hours("{ from = \"00:00\", to = \"14:00\", period = \"a\" },\n"
              "{ from = \"16:00\", to = \"24:00\", period = \"b\" },\n") ==
        test::Lines{"6:9 14:00 to 16:00 has no period | the parts must cover the day from 00:00 "
                    "to 24:00"}
    );
    CHECK(
        hours("{ from = \"00:00\", to = \"14:00\", period = \"a\" },\n"
              "{ from = \"13:30\", to = \"24:00\", period = \"b\" },\n"
        ) == test::Lines{"8:1 13:30 to 14:00 has two periods | the parts of a day must not overlap"}
    );
    CHECK(
        hours("{ from = \"22:00\", to = \"06:00\", period = \"a\" },\n"
              "{ from = \"05:00\", to = \"21:55\", period = \"b\" },\n") ==
        test::Lines{
            "6:9 21:55 to 22:00 has no period | the parts must cover the day from 00:00 to 24:00",
            "8:1 05:00 to 06:00 has two periods | the parts of a day must not overlap"}
    );
    for (const auto* wrong : {"7:00", "07:03", "24:05", "25:00", "12:60", "-0:00", "noon"}) {
        CAPTURE(wrong);
        const auto found =
            hours("{ from = \"" + std::string(wrong) + "\", to = \"24:00\", period = \"a\" },\n");
        REQUIRE(found.size() == 1);
        CHECK(found[0].substr(0, 5) == "7:10 ");
    }
    CHECK(hours("{ from = \"07:00\", to = \"07:00\", period = \"a\" },\n").size() == 2);
}

TEST_CASE("a schedule that names no period says so, whatever the prices name") {
    const std::string hole =
        "6:9 00:00 to 24:00 has no period | the parts must cover the day from 00:00 to 24:00";
    CHECK(after_head(schedule("\"all\"", "") + energy) == test::Lines{hole});
    const auto peak = after_head(schedule("\"all\"", "") + energy + "periods = \"peak\"\n");
    REQUIRE(peak.size() == 2);
    CHECK(peak[0] == hole);
    CHECK(peak[1].find("there is no period 'peak'") != std::string::npos);
}

TEST_CASE("days that have no schedule, or two") {
    const std::string whole = "{ from = \"00:00\", to = \"24:00\", period = \"a\" },\n";
    CHECK(
        after_head(schedule("\"weekday\"", whole) + energy) ==
        test::Lines{
            "4:1 no schedule holds on sat, sun | add [[schedule]] with days = [...] for them"}
    );
    CHECK(
        after_head(schedule("\"all\"", whole) + schedule("[\"sun\"]", whole) + energy) ==
        test::Lines{"9:1 two schedules hold on sun | name each kind of day in one schedule of a "
                    "season"}
    );
    CHECK(
        after_head(
            "[holidays]\nyearly = [\"12-25\"]\n" + schedule("[\"weekday\", \"weekend\"]", whole) +
            energy
        ) == test::Lines{"6:1 no schedule holds on holiday | add [[schedule]] with days = [...] "
                         "for them"}
    );
    CHECK(
        after_head(schedule("[\"weekday\", \"weekend\", \"holiday\"]", whole) + energy) ==
        test::Lines{"5:31 a schedule for holidays, and no holidays are listed | add [holidays] "
                    "with dates = [2026-12-25] or yearly = [\"12-25\"]"}
    );
    CHECK(
        after_head("[holidays]\nyearly = \"12-25\"\n" + energy) ==
        test::Lines{"4:1 holidays are listed, and no schedule says what holds on them | add "
                    "[[schedule]], or remove [holidays]"}
    );
    CHECK(
        after_head(schedule("\"weekdays\"", whole) + energy) ==
        test::Lines{"5:8 days cannot be 'weekdays' | did you mean weekday?"}
    );
}

TEST_CASE("periods without a price, or with two, and names that mean nothing") {
    const auto day = schedule(
        "\"all\"",
        "{ from = \"00:00\", to = \"12:00\", period = \"low\" },\n"
        "{ from = \"12:00\", to = \"24:00\", period = \"high\" },\n"
    );
    const auto priced = [](const char* name, const std::string& periods) {
        return "[[energy]]\nname = \"" + std::string(name) + "\"\nper_kwh = \"1\"\n" + periods;
    };
    CHECK(
        after_head(day + priced("L", "periods = \"low\"\n")) ==
        test::Lines{"8:42 period 'high' has no energy price | add [[energy]], or name the period "
                    "in the one that is meant"}
    );
    CHECK(
        after_head(day + priced("L", "") + priced("H", "periods = [\"high\"]\n")) ==
        test::Lines{"13:1 period 'high' has two energy prices | an addition to a price is a "
                    "[[delivery]] or the [pca]"}
    );
    CHECK(
        after_head(day + priced("L", "periods = [\"low\", \"hig\"]\n")).front() ==
        "8:42 period 'high' has no energy price | add [[energy]], or name the period in the one "
        "that is meant"
    );
    CHECK(
        after_head(day + priced("L", "periods = [\"low\", \"hig\"]\n")).back() ==
        "13:19 there is no period 'hig' | did you mean high?"
    );
    CHECK(
        after_head(energy + energy) ==
        test::Lines{
            "7:1 energy has two energy prices | an addition to a price is a [[delivery]] or the "
            "[pca]",
            "8:8 the name 'E' is taken in line 4 | every charge has a name of its own"}
    );
}

TEST_CASE("taxes on what is not there, or not known yet") {
    const auto tax = [](const std::string& more) {
        return after_head(energy + "[[tax]]\nname = \"T\"\njurisdiction = \"x\"\n" + more);
    };
    CHECK(
        tax("percent = \"1\"\non = [\"E\", \"Enregy\"]\n") ==
        test::Lines{"11:12 there is no charge 'Enregy' | there are E, T"}
    );
    CHECK(
        tax("percent = \"1\"\non = \"T\"\n") ==
        test::Lines{"11:6 T cannot count 'T', a tax | name charges that are known before it"}
    );
    CHECK(
        tax("per_kwh = \"1\"\non = \"E\"\n") ==
        test::Lines{"11:6 a flat tax is on no charges | remove on, or write the tax as percent"}
    );
    CHECK(
        tax("per_kwh = \"1\"\npercent = \"2\"\n") ==
        test::Lines{"7:1 [tax] has more than one price | write exactly one of percent, per_kwh "
                    "and per_day"}
    );
    CHECK(
        after_head(
            energy + "[[fee]]\nname = \"F\"\nevent = \"setup\"\nmethod = \"sms\"\n"
                     "amount = \"1\"\n"
        ) ==
        test::Lines{"10:10 only a fee for a notification has a method | remove method, or write "
                    "event = \"notification\""}
    );
}

TEST_CASE("two fees for one event") {
    const auto fee = [](const char* name, const std::string& method) {
        return "[[fee]]\nname = \"" + std::string(name) +
               "\"\nevent = \"notification\"\namount = \"1\"\n" + method;
    };
    CHECK(
        after_head(fee("A", "") + fee("B", "")) ==
        test::Lines{"8:1 'A' in line 4 is a fee for the same event | leave one of them out"}
    );
    CHECK(after_head(fee("A", "") + fee("B", "method = \"sms\"\n")).empty());
}

TEST_CASE("keys of very many parts are refused before they nest") {
    std::string key = "a";
    for (int part = 0; part < 300'000; ++part)
        key += ".a";
    for (const auto& text : {key + " = 1\n", "[" + key + "]\n"})
        CHECK(mistakes(text) == test::Lines{"1:1 the keys of the file have too many dots | "});
    // As deep as it goes: values in values, with dotted keys inside.
    std::string nested = "a = 1\n";
    for (int depth = 0; depth < 250; ++depth)
        nested = "{ a.a.a.a.a.a.a.a.a = [\n" + nested;
    CHECK(mistakes("x = " + nested).size() == 1);
}

TEST_CASE("all mistakes are told at once, in the order of the file") {
    const auto found = mistakes(
        "name = \"t\"\ncurrency = \"US\"\n[[energy]]\nname = \"E\"\nper_kwh = 0.1\n[[tax]]\n"
        "name = \"T\"\npercent = \"101\"\n"
    );
    REQUIRE(found.size() == 5);
    CHECK(found[0].substr(0, 4) == "1:1 ");
    CHECK(found[1].substr(0, 5) == "2:12 ");
    CHECK(found[2].substr(0, 5) == "5:11 ");
    CHECK(found[3] == "6:1 [tax] has no jurisdiction | jurisdiction: who imposes or regulates it");
    CHECK(found[4].substr(0, 5) == "8:11 ");
}

TEST_CASE("columns count characters") {
    CHECK(
        after_head("[[energy]]\nname = \"Ä\"\ntiers = [{ per_kwh = 0.1 }] # é\n")[0].substr(0, 5) ==
        "6:22 "
    );
}
