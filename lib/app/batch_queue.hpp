// SPDX-License-Identifier: MIT
// The bounded hand-over between the thread that parses and the one that writes. Either side can
// end it: the parser by close(), the writer by abandon(), after which take() throws Abandoned so
// that the parser unwinds.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "meter/batch.hpp"

namespace usagectl::app {

class BatchQueue final : public meter::BatchSink {
public:
    struct Abandoned {};

    void take(meter::BlockBatch&& batch) override;
    void close();
    // The next batch in order; none once closed and drained.
    [[nodiscard]] std::optional<meter::BlockBatch> next();
    void abandon();

private:
    // Each batch is about a megabyte: four keep both sides busy and memory small.
    static constexpr std::size_t capacity = 4;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<meter::BlockBatch> batches_;
    bool closed_ = false;
    bool abandoned_ = false;
};

}  // namespace usagectl::app
