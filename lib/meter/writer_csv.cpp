// SPDX-License-Identifier: MIT
#include "meter/writer_csv.hpp"

#include <fmt/format.h>

namespace usagectl::meter {

namespace {

class CsvWriter final : public SeriesWriter {
public:
    explicit CsvWriter(TextSink sink)
        : sink_(std::move(sink)) {}

    void begin() override { sink_("meter,start,wh,quality,channel,minutes\n"); }
    void end() override {}

    void series(const SeriesHead& head) override {
        meter_ = head.meter;
        channel_ = head.channel;
    }

    // Meter ids hold nothing that CSV would have to quote.
    void day(std::span<const SeriesInterval> intervals) override {
        text_.clear();
        for (const SeriesInterval& interval : intervals) {
            if (interval.quality == Quality::missing) {
                continue;
            }
            const auto minutes =
                std::chrono::duration_cast<std::chrono::minutes>(interval.end - interval.start);
            text_ += fmt::format(
                "{},{},{},{},{},{}\n",
                meter_,
                format_instant(interval.start),
                interval.wh,
                interval.layer == Layer::raw ? "raw" : to_string(interval.quality),
                static_cast<int>(channel_),
                minutes.count()
            );
        }
        if (!text_.empty()) {
            sink_(text_);
        }
    }

private:
    TextSink sink_;
    std::string text_;
    std::string meter_;
    Channel channel_ = Channel::consumption;
};

}  // namespace

std::unique_ptr<SeriesWriter> make_csv_writer(TextSink sink) {
    return std::make_unique<CsvWriter>(std::move(sink));
}

}  // namespace usagectl::meter
