// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <utility>

#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

constexpr std::chrono::milliseconds silence{1000};
constexpr std::chrono::milliseconds pace{100};

// a * b / c without overflow.
std::uint64_t scale(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(static_cast<Wide>(a) * b / c);
}

std::string two_digits(std::uint64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::string format_amount(std::uint64_t amount, Progress::Unit unit) {
    constexpr std::array<std::string_view, 6> byte_names{" B", " kB", " MB", " GB", " TB", " PB"};
    constexpr std::array<std::string_view, 6> item_names{"", " k", " M", " G", " T", " P"};
    const auto& names = unit == Progress::Unit::bytes ? byte_names : item_names;
    std::size_t step = 0;
    std::uint64_t tenths = 0;
    while (amount >= 1000 && step + 1 < names.size()) {
        tenths = amount % 1000 / 100;
        amount /= 1000;
        ++step;
    }
    auto text = std::to_string(amount);
    if (step != 0)
        text += "." + std::to_string(tenths);
    return text.append(names[step]);
}

std::string format_seconds(std::uint64_t seconds) {
    const auto hours = seconds / 3600;
    const auto minutes = seconds / 60 % 60;
    const auto rest = two_digits(seconds % 60);
    if (hours == 0)
        return std::to_string(minutes) + ":" + rest;
    return std::to_string(hours) + ":" + two_digits(minutes) + ":" + rest;
}

Progress::Progress(
    std::ostream* out, SteadyClock now, std::string label, std::uint64_t total, int width
)
    : out_(out)
    , now_(std::move(now))
    , label_(std::move(label))
    , total_(total)
    , width_(width) {
    if (out_ == nullptr)
        return;
    start_ = now_();
    next_ = start_ + silence;
}

Progress::Progress(Progress&& other) noexcept
    : out_(std::exchange(other.out_, nullptr))
    , now_(std::move(other.now_))
    , label_(std::move(other.label_))
    , total_(other.total_)
    , done_(other.done_)
    , start_(other.start_)
    , next_(other.next_)
    , width_(other.width_)
    , unit_(other.unit_)
    , drawn_(other.drawn_) {}

Progress::~Progress() {
    try {
        finish();
    } catch (...) {  // a terminal that went away must not end the program
    }
}

void Progress::update(std::uint64_t done) {
    done_ = done;
    if (out_ == nullptr)
        return;
    const auto now = now_();
    if (now < next_)
        return;
    next_ = now + pace;
    draw(now - start_);
}

void Progress::draw(std::chrono::milliseconds elapsed) {
    const auto milliseconds = static_cast<std::uint64_t>(elapsed.count());
    const auto rate = scale(done_, 1000, milliseconds);
    auto line = format_amount(done_, unit_);
    if (total_ != 0) {
        line += " of " + format_amount(total_, unit_);
        line += "  " + std::to_string(scale(std::min(done_, total_), 100, total_)) + " %";
    }
    line += "  " + format_amount(rate, unit_) + "/s";
    if (total_ > done_ && rate != 0) {
        line += "  " + format_seconds((total_ - done_) / rate) + " left";
    }
    // A line that wraps could not be wiped again: the label gives way.
    const auto room = static_cast<std::size_t>(std::max(width_, 1)) - 1;
    const auto label = harmless(label_) + "  ";
    if (display_width(label + line) <= room)
        line = label + line;
    if (display_width(line) > room)
        return;
    *out_ << "\r\x1b[K" << line << std::flush;
    drawn_ = true;
}

void Progress::finish() {
    if (out_ != nullptr && drawn_)
        *out_ << "\r\x1b[K" << std::flush;
    out_ = nullptr;
}

}  // namespace usagectl::cli
