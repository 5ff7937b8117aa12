// SPDX-License-Identifier: MIT
// Series out as text of a format other programs read. Pure and streaming: pieces go to a sink, day
// by day, so that years leave in constant memory. What is written is what our own readers take
// back.
//
// Call order: begin, then per series: series, day…, and end once.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "base/zone.hpp"
#include "meter/series.hpp"

namespace usagectl::meter {

using TextSink = std::function<void(std::string_view)>;

struct SeriesHead {
    std::string_view meter;  // a valid MeterId
    Channel channel = Channel::consumption;
    std::int32_t minutes = 15;   // the usual length; an interval's own length counts
    const Zone* zone = nullptr;  // the meter's
    LocalDay first{};            // the first day that follows
};

class SeriesWriter {
public:
    SeriesWriter() = default;
    SeriesWriter(const SeriesWriter&) = delete;
    SeriesWriter& operator=(const SeriesWriter&) = delete;
    virtual ~SeriesWriter() = default;

    virtual void begin() = 0;
    // Series of one meter follow one another.
    virtual void series(const SeriesHead& head) = 0;
    // The intervals of one local day (DaySlice), missing ones included; days ascend.
    virtual void day(std::span<const SeriesInterval> intervals) = 0;
    virtual void end() = 0;
};

}  // namespace usagectl::meter
