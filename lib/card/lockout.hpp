// SPDX-License-Identifier: MIT
// Lock-outs: so many refusals within so long a time, and nobody gets further for a while. They are
// counted for the card, for the account it was to be posted to, for the channel the attempt came
// by, and for all of them together. What is refused because of a lock is not counted again: nobody
// can keep a lock closed by knocking at it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace usagectl::card {

enum class LockScope : std::uint8_t { card, account, channel, global };
inline constexpr std::array lock_scopes{
    LockScope::card, LockScope::account, LockScope::channel, LockScope::global};

[[nodiscard]] std::string_view to_string(LockScope scope);
[[nodiscard]] std::optional<LockScope> parse_lock_scope(std::string_view word);

struct LockRule {
    std::int64_t count = 0;  // refusals that close the lock; 0: it never closes
    std::chrono::seconds window{};
    std::chrono::seconds duration{};
};

// `5/15m/30m`: so many refusals within so long close the lock for so long; s, m, h; `0` never.
// Error `malformed_lock` (2).
[[nodiscard]] Result<LockRule> parse_lock_rule(std::string_view text);

struct LockRules {
    LockRule card;
    LockRule account;
    LockRule channel;
    LockRule global;
    [[nodiscard]] const LockRule& of(LockScope scope) const;
};

// What is counted under one key of a scope.
struct LockCount {
    Instant since{};  // of the first refusal in the window
    std::int64_t refusals = 0;
    std::optional<Instant> locked_until;

    [[nodiscard]] bool locked(Instant now) const { return locked_until && now < *locked_until; }
    bool operator==(const LockCount&) const = default;
};

// The count after one more refusal at `now`, which comes while the lock is open. A window begins
// with its first refusal; one that is over begins anew.
[[nodiscard]] LockCount one_more(const LockCount& count, const LockRule& rule, Instant now);

}  // namespace usagectl::card
