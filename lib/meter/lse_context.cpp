// SPDX-License-Identifier: MIT
#include "meter/lse_context.hpp"

#include "meter/line_text.hpp"
#include "meter/local_text.hpp"

namespace usagectl::meter {
namespace {

// What from_standard() reads as `at`.
[[nodiscard]] LocalTime standard_time(Instant at, const Zone& zone) {
    const LocalTime shown = zone.local(at);
    return shown + (at - zone.from_standard(shown));
}

// Prevailing time cannot say that a row begins in the second of two equal hours, nor that it ends
// there at an earlier time than it began.
[[nodiscard]] bool can_prevail(const LseRowSpan& row, const Zone& zone) {
    const LocalTime start = zone.local(row.from);
    const Zone::Readings readings = zone.readings(start);
    const bool second = readings.count == 2 && row.from == readings.second;
    return !second && zone.local(row.to - std::chrono::seconds(1)) > start;
}

[[nodiscard]] std::string
row_one(const LseHeader& header, const LseRowSpan& row, bool prevailing, const Zone& zone) {
    const Instant last = row.to - std::chrono::seconds(1);
    const auto written = [&](Instant at) {
        return format_stamp(prevailing ? zone.local(at) : standard_time(at, zone));
    };
    std::string text = "00000001," + header.meter;
    text += header.channel == Channel::generation ? ",1," : ",4,";
    text += written(row.from) + "," + written(last);
    text += prevailing ? ",Y" : ",N";
    text += header.validated ? ",N" : ",Y";
    return text;
}

// Row four, its time stamp in standard time.
[[nodiscard]] std::string row_four(std::string_view line, const LseRowSpan& row, const Zone& zone) {
    const std::size_t rest = std::min(line.find(',', 9), line.size());
    std::string text = "00000004,";
    text += format_stamp(standard_time(instant(row.revision), zone));
    text += line.substr(rest);
    return text;
}

}  // namespace

std::string lse_context(
    std::string_view group, const LseHeader& header, const LseRowSpan& row, const Zone& zone
) {
    if (row.from >= row.to)
        return {};
    const bool prevailing = header.prevailing && can_prevail(row, zone);
    std::string context = row_one(header, row, prevailing, zone);
    while (!group.empty()) {
        const std::size_t size = group.find('\n');
        const std::string_view line = without_line_end(group.substr(0, size + 1));
        if (!line.starts_with('0') && !trim(line).empty())
            return context;
        if (size == std::string_view::npos)
            return {};
        group.remove_prefix(size + 1);
        if (line.starts_with("00000001") || trim(line).empty())
            continue;
        context += '\n';
        const bool restamp = line.starts_with("00000004,") && row.revision != 0;
        if (restamp && prevailing != header.prevailing)
            context += row_four(line, row, zone);
        else
            context += line;
    }
    return {};
}

}  // namespace usagectl::meter
