// SPDX-License-Identifier: MIT
// Packs from their text, facts that pass, and lines as one can read them.
#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "rules/built_in.hpp"
#include "rules/judge.hpp"
#include "rules/reader.hpp"

namespace usagectl::test {

using Lines = std::vector<std::string>;

inline const char* const head = "name = \"p\"\ntitle = \"P\"\njurisdiction = \"TX\"\n"
                                "currency = \"USD\"\neffective = 2026-01-01\ncitation = \"law\"\n";

inline rules::PackFile file_of(const std::string& text) {
    auto read = rules::read_pack(text);
    for (const auto& mistake : read.mistakes)
        UNSCOPED_INFO(mistake.place.line << ":" << mistake.place.column << " " << mistake.message);
    REQUIRE(read.file);
    return std::move(*read.file);
}

inline std::string rule(const std::string& id, const std::string& kind, const std::string& more) {
    return "[[rule]]\nid = \"" + id + "\"\nkind = \"" + kind +
           "\"\ncitation = \"law 1\"\nmark = \"verified\"\ntext = \"T.\"\n" + more + "\n";
}

inline rules::Pack pack_of(const std::string& rules) {
    return file_of(head + rules).pack;
}

inline rules::Pack built_in(std::string_view name) {
    for (const auto& pack : rules::built_in_packs()) {
        if (pack.name == name)
            return file_of(std::string(pack.text)).pack;
    }
    FAIL("no pack " << name);
    return {};
}

inline LocalDay date(const char* text) {
    return *parse_day(text);
}

// Of a Wednesday, warned the day before; a pack of Texas lets them through.
inline rules::Facts facts_of(const char* day = "2026-07-15") {
    rules::Facts facts;
    facts.day = date(day);
    facts.minute = 12 * 60;
    facts.connection_balance = Money::from_cents(7500);
    facts.disconnection_balance = Money::from_cents(1000);
    facts.warned_on = facts.day - std::chrono::days(1);
    facts.county = "Harris";
    facts.state = "TX";
    facts.payments_open = true;
    return facts;
}

// "no_weekend until 2026-07-20 00:00": ids of the holds and when each lets go.
inline Lines held(const std::vector<rules::Hold>& holds) {
    Lines lines;
    for (const auto& hold : holds) {
        auto line = hold.id;
        if (hold.until) {
            const auto day = std::chrono::floor<std::chrono::days>(*hold.until);
            const auto minute = static_cast<int>((*hold.until - day) / std::chrono::minutes(1));
            line += " until " + format_day(day) + " " +
                    std::to_string(100 + minute / 60).substr(1) + ":" +
                    std::to_string(100 + minute % 60).substr(1);
        }
        lines.push_back(line);
    }
    return lines;
}

inline Lines judged(const rules::Pack& pack, const rules::Facts& facts) {
    const auto verdict = rules::judge_suspension(pack, facts);
    CHECK(verdict.allowed() == verdict.holds.empty());
    return held(verdict.holds);
}

}  // namespace usagectl::test
