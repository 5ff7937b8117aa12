// SPDX-License-Identifier: MIT
#include "unit/replay/rejects_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "app/replay.hpp"

namespace usagectl::test {
namespace {

std::string line_of(const meter::Reject& reject, const std::string& file, std::string_view format) {
    nlohmann::ordered_json line;
    line["file"] = file;
    line["line"] = reject.line;
    line["column"] = reject.column;
    line["reason"] = reject.reason;
    line["record"] = reject.record;
    line["format"] = format;
    if (!reject.context.empty())
        line["context"] = reject.context;
    if (reject.cut)
        line["cut"] = true;
    return line.dump() + "\n";
}

}  // namespace

std::string rejects_text(
    meter::Format format, const std::vector<meter::Reject>& rejects, const std::string& file
) {
    std::string text;
    for (const meter::Reject& reject : rejects)
        text += line_of(reject, file, meter::to_string(format));
    return text;
}

std::string rejects_text(const std::vector<meter::Reject>& rejects) {
    std::string text;
    for (const meter::Reject& reject : rejects)
        text += line_of(reject, reject.file, reject.format);
    return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

ReadOutcome replay(std::string_view rejects, const ReadOptions& options) {
    meter::AssemblerOptions assembly;
    assembly.zone = Zone::find(options.zone).value();
    assembly.latest_end = parse_instant(options.latest_end).value();
    meter::ReaderOptions reading;
    reading.zone = assembly.zone;
    reading.zone_is_explicit = options.zone_is_explicit;
    reading.layer = options.layer;
    CollectingSink sink;
    app::Replay replay(assembly, reading, sink);
    input::RejectRuns runs(replay);
    runs.take(rejects, true);

    ReadOutcome outcome;
    outcome.tally = replay.tally();
    outcome.intervals = std::move(sink.intervals);
    outcome.rejects = std::move(sink.rejects);
    REQUIRE(outcome.tally.intervals == outcome.intervals.size() + outcome.tally.rejected);
    REQUIRE(outcome.tally.total_wh == outcome.total_wh());
    return outcome;
}

Usage usage(const std::vector<Collected>& intervals) {
    Usage usage;
    for (const Collected& one : intervals) {
        usage[{one.meter, one.channel, one.start}] = {
            one.minutes, one.wh, one.quality, one.revision};
    }
    return usage;
}

void check_comes_back(
    meter::Format format,
    const std::string& wrong,
    std::string_view from,
    std::string_view to,
    const ReadOptions& options
) {
    const auto right = read_text(format, replaced(wrong, from, to), options);
    REQUIRE_FALSE(right.error);
    REQUIRE(right.rejects.empty());
    const auto first = read_text(format, wrong, options);
    REQUIRE_FALSE(first.error);
    REQUIRE_FALSE(first.rejects.empty());
    REQUIRE(usage(first.intervals) != usage(right.intervals));

    const auto text = rejects_text(format, first.rejects);
    const auto second = replay(replaced(text, from, to), options);
    for (const auto& reject : second.rejects)
        UNSCOPED_INFO(reject.reason);
    CHECK(second.rejects.empty());
    auto all = first.intervals;
    all.insert(all.end(), second.intervals.begin(), second.intervals.end());
    CHECK(usage(all) == usage(right.intervals));
}

}  // namespace usagectl::test
