// SPDX-License-Identifier: MIT
#include "market/interval_text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "meter/energy_text.hpp"

namespace usagectl::market {
namespace {

constexpr std::int32_t interval_minutes = 15;
constexpr std::chrono::seconds interval{interval_minutes * 60};
// Longer than any day cut in pieces of a quarter of an hour; what is more is not looked at.
constexpr std::size_t most_tokens = 1000;

[[nodiscard]] std::string_view without_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

[[nodiscard]] std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> tokens;
    while (tokens.size() <= most_tokens) {
        const auto comma = text.find(',');
        tokens.push_back(without_blanks(text.substr(0, comma)));
        if (comma == std::string_view::npos)
            break;
        text.remove_prefix(comma + 1);
    }
    return tokens;
}

// Positions in the list of tokens, one per interval of the day.
using Places = std::vector<std::size_t>;

[[nodiscard]] Places in_order(std::size_t slots) {
    Places places(slots);
    for (std::size_t slot = 0; slot < slots; ++slot)
        places[slot] = slot;
    return places;
}

class Layout {
public:
    Layout(const std::vector<std::string_view>& tokens, LocalDay day, const Zone& zone)
        : tokens_(tokens)
        , day_(day)
        , zone_(zone)
        , start_(zone.day_start(day)) {
        const Instant end = zone.day_start(day + std::chrono::days(1));
        slots_ = static_cast<std::size_t>((end - start_) / interval);
        values_ = tokens.size() - blanks(0, tokens.size());
    }

    [[nodiscard]] Instant start() const { return start_; }
    [[nodiscard]] std::size_t slots() const { return slots_; }
    // Where each interval's token is; none when that cannot be told.
    [[nodiscard]] std::optional<Places> places() const;

private:
    [[nodiscard]] std::size_t blanks(std::size_t from, std::size_t to) const {
        std::size_t count = 0;
        for (std::size_t at = from; at < to; ++at)
            count += tokens_[at].empty() ? 1U : 0U;
        return count;
    }
    [[nodiscard]] Places filled() const;
    [[nodiscard]] std::optional<Places> by_wall_clock() const;
    [[nodiscard]] bool surplus_is_behind() const;

    const std::vector<std::string_view>& tokens_;
    LocalDay day_;
    const Zone& zone_;
    Instant start_;
    std::size_t slots_ = 0;
    std::size_t values_ = 0;
};

std::optional<Places> Layout::places() const {
    if (tokens_.size() < slots_)
        return {};
    if (tokens_.size() == slots_)
        return in_order(slots_);
    if (values_ == slots_)
        return filled();
    if (auto places = by_wall_clock())
        return places;
    if (surplus_is_behind())
        return in_order(slots_);
    return {};
}

// A value for each interval: whatever the empty tokens are for, they are none of them.
Places Layout::filled() const {
    Places places;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
        if (!tokens_[at].empty())
            places.push_back(at);
    }
    return places;
}

// A token for each quarter of an hour a wall clock has, as if no hour had been skipped; those of
// the skipped hour must be empty.
std::optional<Places> Layout::by_wall_clock() const {
    constexpr std::size_t wall_slots = 24 * 60 / interval_minutes;
    if (tokens_.size() != wall_slots || slots_ >= wall_slots)
        return {};
    Places places;
    for (std::size_t at = 0; at < wall_slots; ++at) {
        const auto readings = zone_.readings(LocalTime(day_) + static_cast<int>(at) * interval);
        if (readings.count != 0)
            places.push_back(at);
        else if (!tokens_[at].empty())
            return {};
    }
    if (places.size() != slots_)
        return {};
    return places;
}

// What is too much is empty and at the end, and no gap before the last value is so long that it
// could be what is too much instead. A single one more is a comma behind the last value.
bool Layout::surplus_is_behind() const {
    const std::size_t surplus = tokens_.size() - slots_;
    if (blanks(slots_, tokens_.size()) != surplus)
        return false;
    if (surplus == 1)
        return true;
    std::size_t run = 0;
    for (std::size_t at = 0; at < slots_; ++at) {
        if (!tokens_[at].empty() && run >= surplus)
            return false;
        run = tokens_[at].empty() ? run + 1 : 0;
    }
    return true;
}

[[nodiscard]] tl::unexpected<Error> malformed(std::string message) {
    return refuse(Exit::unavailable, "market_answer_malformed", std::move(message));
}

[[nodiscard]] std::string named(std::size_t at, std::string_view token) {
    return "value " + std::to_string(at + 1) + " (" + quoted(token) + ")";
}

}  // namespace

Result<ReadValue> read_value(std::string_view value, std::string_view quality) {
    ReadValue read;
    if (quality == "A")
        read.quality = meter::Quality::actual;
    else if (quality == "E")
        read.quality = meter::Quality::estimated;
    else
        return malformed("quality " + quoted(quality) + " is neither A nor E");
    const meter::EnergyText energy = meter::read_energy(value, 3);
    if (!energy.fault.empty())
        return malformed(energy.fault);
    read.wh = energy.wh;
    read.rounded = energy.inexact;
    return read;
}

Result<DayReads> read_day_text(std::string_view text, LocalDay day, const Zone& zone) {
    const std::vector<std::string_view> tokens = split(text);
    const Layout layout(tokens, day, zone);
    const auto places = layout.places();
    if (!places) {
        const std::string many = tokens.size() > most_tokens ? "more than " : "";
        return malformed(
            format_day(day) + " has " + std::to_string(layout.slots()) + " intervals, not " + many +
            std::to_string(std::min(tokens.size(), most_tokens))
        );
    }
    DayReads reads;
    for (std::size_t slot = 0; slot < places->size(); ++slot) {
        const std::size_t at = (*places)[slot];
        const std::string_view token = tokens[at];
        if (token.empty()) {
            ++reads.blanks;
            continue;
        }
        const auto dash = token.rfind('-');
        if (dash == std::string_view::npos)
            return malformed(format_day(day) + ": " + named(at, token) + " has no quality");
        const auto value = read_value(token.substr(0, dash), token.substr(dash + 1));
        if (!value)
            return malformed(
                format_day(day) + ": " + named(at, token) + ": " + value.error().message
            );
        reads.rounded += value->rounded ? 1U : 0U;
        reads.intervals.push_back(
            {layout.start() + static_cast<int>(slot) * interval,
             interval_minutes,
             value->wh,
             value->quality}
        );
    }
    return reads;
}

}  // namespace usagectl::market
