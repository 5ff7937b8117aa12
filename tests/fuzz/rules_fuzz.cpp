// SPDX-License-Identifier: MIT
// Any bytes as a rule pack: a pack or its mistakes, each with its place in the text. What is taken
// for a pack judges its own cases and any day, and what it cannot know it holds.
#include <algorithm>

#include "line_reader_fuzz.hpp"
#include "rules/reader.hpp"

using namespace usagectl;

namespace {

void check_mistakes(std::string_view text, const std::vector<rules::Mistake>& mistakes) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const auto& mistake : mistakes) {
        fuzz::require(!mistake.message.empty());
        fuzz::require(mistake.place.line >= 1 && mistake.place.column >= 1);
        fuzz::require(mistake.place.line <= lines + 1);
    }
}

void check_day(const rules::Pack& pack, LocalDay day) {
    rules::Facts facts;
    facts.day = day;
    facts.state = pack.jurisdiction;
    // Nobody was warned: whatever the pack says, this is held.
    const auto verdict = rules::judge_suspension(pack, facts);
    fuzz::require(!verdict.allowed());
    for (const auto& hold : verdict.holds) {
        fuzz::require(!hold.id.empty() && !hold.text.empty());
        fuzz::require(!hold.until || *hold.until > LocalTime(day));
    }
    static_cast<void>(rules::check_thresholds(pack, day, {}));
    static_cast<void>(rules::reconnect_deadline(pack, day));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = rules::read_pack(text);
    fuzz::require(read.file.has_value() == read.mistakes.empty());
    check_mistakes(text, read.mistakes);
    if (!read.file)
        return 0;
    const auto& pack = read.file->pack;
    fuzz::require(!pack.rules.empty());
    for (const auto& result : rules::run_cases(pack, read.file->cases))
        fuzz::require(result.passed() == (result.got == result.of->held_by));
    for (const auto& rule : pack.rules)
        fuzz::require(!rules::figures_text(pack, rule).empty());
    for (const auto* day : {"2026-07-04", "2028-02-29", "2026-11-27", "1970-01-01", "2105-12-31"})
        check_day(pack, parse_day(day).value());
    return 0;
}
