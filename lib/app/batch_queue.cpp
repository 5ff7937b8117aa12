// SPDX-License-Identifier: MIT
#include "app/batch_queue.hpp"

namespace usagectl::app {

void BatchQueue::take(meter::BlockBatch&& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return abandoned_ || batches_.size() < capacity; });
    if (abandoned_)
        throw Abandoned{};
    batches_.push_back(std::move(batch));
    changed_.notify_all();
}

void BatchQueue::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

std::optional<meter::BlockBatch> BatchQueue::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !batches_.empty(); });
    if (batches_.empty())
        return std::nullopt;
    meter::BlockBatch batch = std::move(batches_.front());
    batches_.pop_front();
    changed_.notify_all();
    return batch;
}

void BatchQueue::abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    changed_.notify_all();
}

}  // namespace usagectl::app
