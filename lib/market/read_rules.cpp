// SPDX-License-Identifier: MIT
#include "market/read_rules.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace usagectl::market {
namespace {

// `0` is an end only as the answer to "how does it stand": the answer to the request itself carries
// it too, and means accepted there. Who reads that answer knows.
constexpr std::array<StateWord, 18> words{{
    {"PENDING", ReadState::pending},
    {"PEN", ReadState::pending},
    {"ACK", ReadState::pending},
    {"SUBMITTED", ReadState::pending},
    {"IN PROGRESS", ReadState::pending},
    {"INPROGRESS", ReadState::pending},
    {"COMPLETED", ReadState::completed},
    {"COMPLETE", ReadState::completed},
    {"SUCCESS", ReadState::completed},
    {"0", ReadState::completed},
    {"FAILED", ReadState::failed},
    {"FAILURE", ReadState::failed},
    {"FLR", ReadState::failed},
    {"ERROR", ReadState::failed},
    {"T-FAILED", ReadState::technical_failure},
    {"T_FAILED", ReadState::technical_failure},
    {"TFAILED", ReadState::technical_failure},
    {"5031", ReadState::too_many},
}};

[[nodiscard]] std::string_view without_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

[[nodiscard]] bool same_word(std::string_view left, std::string_view upper) {
    return std::equal(left.begin(), left.end(), upper.begin(), upper.end(), [](char l, char u) {
        return (l >= 'a' && l <= 'z' ? static_cast<char>(l - 'a' + 'A') : l) == u;
    });
}

}  // namespace

std::span<const StateWord> state_words() {
    return words;
}

ReadState state_of(std::string_view word) {
    const std::string_view bare = without_blanks(word);
    const auto found = std::find_if(words.begin(), words.end(), [&](const StateWord& known) {
        return same_word(bare, known.word);
    });
    return found == words.end() ? ReadState::unknown : found->state;
}

bool is_final(ReadState state) {
    return state != ReadState::pending && state != ReadState::unknown;
}

bool is_stale(const ReadStatus& status, Instant asked_at, std::chrono::seconds tolerance) {
    return status.read_at && *status.read_at + tolerance < asked_at;
}

std::optional<std::chrono::seconds>
next_poll(const PollRhythm& rhythm, std::int32_t attempt, std::chrono::seconds elapsed) {
    using std::chrono::seconds;
    const seconds left = rhythm.total - elapsed;
    if (left <= seconds(0))
        return {};
    const seconds cap = std::max(rhythm.cap, seconds(1));
    if (attempt <= 0)
        return std::min(std::clamp(rhythm.first, seconds(1), std::max(cap, rhythm.first)), left);

    // Beyond a cap of some days nothing is meant; it keeps the product small.
    const std::int64_t most = std::min<std::int64_t>(cap.count(), 1'000'000);
    const std::int64_t growth = std::clamp(rhythm.growth_percent, 100, 10'000);
    std::int64_t wait = std::clamp<std::int64_t>(rhythm.interval.count(), 1, most);
    for (std::int32_t i = 1; i < attempt && wait < most && growth > 100; ++i) {
        // Rounded up: a wait of one second grows as well.
        wait = std::min(most, (wait * growth + 99) / 100);
    }
    return std::min(seconds(wait), left);
}

}  // namespace usagectl::market
