// SPDX-License-Identifier: MIT
#include "meter/writer_lse.hpp"

#include <fmt/format.h>

#include "meter/kwh.hpp"
#include "meter/local_text.hpp"

namespace usagectl::meter {

namespace {

class LseWriter final : public SeriesWriter {
public:
    explicit LseWriter(TextSink sink)
        : sink_(std::move(sink)) {}

    void begin() override {}
    void end() override {}

    void series(const SeriesHead& head) override {
        meter_ = head.meter;
        channel_ = head.channel;
        zone_ = head.zone;
    }

    // A header states one interval length, so a day whose length changes becomes several records.
    void day(std::span<const SeriesInterval> intervals) override {
        std::size_t first = 0;
        while (first < intervals.size()) {
            const auto length = intervals[first].end - intervals[first].start;
            std::size_t last = first + 1;
            while (last < intervals.size() && intervals[last].end - intervals[last].start == length
            ) {
                ++last;
            }
            record(intervals.subspan(first, last - first));
            first = last;
        }
    }

private:
    void record(std::span<const SeriesInterval> intervals) {
        text_.clear();
        headers(intervals);
        for (std::size_t at = 0; at < intervals.size(); ++at) {
            if (at % lse_triples_per_row == 0) {
                text_ += at == 0 ? "" : "\n";
                text_ += std::to_string(10'000'000 + at / lse_triples_per_row);
            }
            triple(intervals[at]);
        }
        text_ += '\n';
        sink_(text_);
    }

    // Rows one to four; the count of commas is part of the format.
    void headers(std::span<const SeriesInterval> intervals) {
        bool settled = true;
        for (const SeriesInterval& interval : intervals) {
            settled = settled && interval.layer != Layer::raw;
        }
        const SeriesInterval& head = intervals.front();
        const LocalTime start = zone_->local(head.start);
        const LocalTime stop = zone_->local(intervals.back().end - std::chrono::seconds(1));
        const char invalid = settled ? 'N' : 'Y';  // N: validated, estimated, edited
        text_ += fmt::format(
            "00000001,{},{},{},{},Y,{}\n",
            meter_,
            static_cast<int>(channel_),
            format_stamp(start),
            format_stamp(stop),
            invalid
        );
        text_ += fmt::format("00000002,,,1,0,1,0,{},01,,,,\n", (head.end - head.start).count());
        text_ += "00000003,\n00000004,,\n";
    }

    // The start of an interval is left blank: it follows from the header and the position.
    void triple(const SeriesInterval& interval) {
        text_ += ',';
        if (interval.quality != Quality::missing) {
            text_ += kwh_text(interval.wh);
            text_ += interval.quality == Quality::actual ? ",A" : ",E";
        } else {
            text_ += ',';
        }
        text_ += ',';
    }

    TextSink sink_;
    std::string text_;
    std::string meter_;
    Channel channel_ = Channel::consumption;
    const Zone* zone_ = nullptr;
};

}  // namespace

std::unique_ptr<SeriesWriter> make_lse_writer(TextSink sink) {
    return std::make_unique<LseWriter>(std::move(sink));
}

}  // namespace usagectl::meter
