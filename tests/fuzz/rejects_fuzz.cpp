// SPDX-License-Identifier: MIT
// Any bytes as a rejects file; and any bytes as a meter file, whose rejects are read again as they
// are: that must give no interval a place that it had not before.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

#include "app/replay.hpp"
#include "line_reader_fuzz.hpp"

using namespace usagectl;

namespace {

constexpr std::string_view latest_end = "2026-01-01T00:00:00Z";
constexpr std::array formats{
    meter::Format::csv, meter::Format::smt_csv, meter::Format::lse, meter::Format::nem12};

test::ReadOutcome replay(std::string_view text, std::size_t piece) {
    meter::AssemblerOptions assembly;
    assembly.zone = Zone::find("America/Chicago").value();
    assembly.latest_end = parse_instant(latest_end).value();
    meter::ReaderOptions reading;
    reading.zone = assembly.zone;
    reading.zone_is_explicit = true;  // one zone for all formats
    test::CollectingSink sink;
    app::Replay replay(assembly, reading, sink);
    input::RejectRuns runs(replay);
    while (!text.empty()) {
        const std::size_t least = std::min(piece, text.size());
        const std::size_t size = std::min(text.find('\n', least - 1), text.size() - 1) + 1;
        runs.take(text.substr(0, size), false);
        text.remove_prefix(size);
    }
    runs.take({}, true);
    test::ReadOutcome outcome;
    outcome.tally = replay.tally();
    outcome.intervals = std::move(sink.intervals);
    outcome.rejects = std::move(sink.rejects);
    return outcome;
}

void check_replay(const test::ReadOutcome& outcome) {
    std::uint64_t lost = 0;
    for (const meter::Reject& reject : outcome.rejects) {
        lost += reject.intervals;
        fuzz::require(!reject.reason.empty());
    }
    fuzz::require(outcome.tally.rejected == lost);
    fuzz::require(outcome.tally.intervals == outcome.intervals.size() + lost);
    fuzz::require(outcome.tally.total_wh == outcome.total_wh());
}

std::string rejects_text(const std::vector<meter::Reject>& rejects, meter::Format format) {
    std::string text;
    for (const meter::Reject& reject : rejects) {
        nlohmann::json line;
        line["line"] = reject.line;
        line["record"] = reject.record;
        line["format"] = meter::to_string(format);
        line["context"] = reject.context;
        line["cut"] = reject.cut;
        text += line.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
    }
    return text;
}

// Alone, such a row has no other beside it that it would not fit.
bool fits_alone(const meter::Reject& reject) {
    return reject.reason.find("grid") != std::string::npos ||
           reject.reason.find("end time") != std::string::npos;
}

void check_file(meter::Format format, std::string_view text, std::size_t piece) {
    test::ReadOptions options;
    options.latest_end = latest_end;
    options.zone_is_explicit = true;
    const auto first = test::read_text(format, text, options);
    for (const meter::Reject& reject : first.rejects) {
        fuzz::require(reject.record.size() <= meter::max_record);
        fuzz::require(reject.context.size() <= meter::max_record);
        if (fits_alone(reject))
            return;
    }
    const auto again = replay(rejects_text(first.rejects, format), piece);
    check_replay(again);
    std::set<std::tuple<std::string, meter::Channel, Instant>> places;
    for (const auto& interval : first.intervals)
        places.insert({interval.meter, interval.channel, interval.start});
    for (const auto& interval : again.intervals)
        fuzz::require(places.contains({interval.meter, interval.channel, interval.start}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    const std::size_t piece = data[1] < 32 ? std::string::npos : data[1];
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t kind = data[0] % (formats.size() + 1);
    if (kind < formats.size())
        check_file(formats[kind], text, piece);
    else
        check_replay(replay(text, piece));
    return 0;
}
