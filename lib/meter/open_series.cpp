// SPDX-License-Identifier: MIT
#include "meter/open_series.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "base/assert.hpp"

namespace usagectl::meter {

namespace {

std::size_t hash_of(std::string_view meter, Channel channel) {
    return std::hash<std::string_view>{}(meter) + static_cast<std::size_t>(channel);
}

}  // namespace

OpenSeries::OpenSeries(std::size_t capacity)
    : capacity_(capacity)
    , buckets_(std::bit_ceil(2 * capacity)) {
    USAGECTL_ASSERT(capacity > 0);
}

OpenSeries::Series* OpenSeries::find(std::string_view meter, Channel channel) {
    if (recent_[0] != nullptr && recent_[0]->is(meter, channel)) {
        touch(*recent_[0]);
        return recent_[0];
    }
    Series* found = recent_[1];
    if (found == nullptr || !found->is(meter, channel)) {
        const std::size_t hash = hash_of(meter, channel);
        found = bucket(hash);
        while (found != nullptr && !(found->hash_ == hash && found->is(meter, channel)))
            found = found->next_of_bucket_;
    }
    if (found == nullptr)
        return nullptr;
    touch(*found);
    recent_ = {found, recent_[0]};
    return found;
}

OpenSeries::Series& OpenSeries::insert(std::string_view meter, Channel channel) {
    USAGECTL_ASSERT(!full() && meter.size() <= sizeof(Series::name_));
    Series* series;
    if (free_.empty()) {
        series = &all_.emplace_back();
    } else {
        series = free_.back();
        free_.pop_back();
    }
    std::ranges::copy(meter, series->name_.begin());
    series->name_size_ = static_cast<std::uint8_t>(meter.size());
    series->channel = channel;
    series->hash_ = hash_of(meter, channel);
    Series*& head = bucket(series->hash_);
    series->next_of_bucket_ = head;
    head = series;
    link_newest(*series);
    recent_ = {series, recent_[0]};
    ++used_;
    return *series;
}

void OpenSeries::erase(Series& series) {
    Series** at = &bucket(series.hash_);
    while (*at != &series)
        at = &(*at)->next_of_bucket_;
    *at = series.next_of_bucket_;
    unlink(series);
    std::ranges::replace(recent_, &series, nullptr);
    free_.push_back(&series);
    --used_;
}

void OpenSeries::retire(Series& series) {
    if (oldest_ == &series)
        return;
    unlink(series);
    series.newer_ = oldest_;
    oldest_->older_ = &series;
    oldest_ = &series;
}

void OpenSeries::touch(Series& series) {
    if (newest_ == &series)
        return;
    unlink(series);
    link_newest(series);
}

void OpenSeries::unlink(Series& series) {
    (series.newer_ != nullptr ? series.newer_->older_ : newest_) = series.older_;
    (series.older_ != nullptr ? series.older_->newer_ : oldest_) = series.newer_;
    series.newer_ = nullptr;
    series.older_ = nullptr;
}

void OpenSeries::link_newest(Series& series) {
    series.older_ = newest_;
    (newest_ != nullptr ? newest_->newer_ : oldest_) = &series;
    newest_ = &series;
}

std::vector<OpenSeries::Series*> OpenSeries::in_order_of_use() {
    std::vector<Series*> open;
    for (Series* series = newest_; series != nullptr; series = series->older_)
        if (series->block != nullptr)
            open.push_back(series);
    std::ranges::sort(open, {}, [](const Series* series) { return series->block->sequence; });
    return open;
}

}  // namespace usagectl::meter
