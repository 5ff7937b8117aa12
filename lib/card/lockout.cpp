// SPDX-License-Identifier: MIT
#include "card/lockout.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "base/words.hpp"

namespace usagectl::card {

namespace {

constexpr Words<LockScope::global> words{"card", "account", "channel", "global"};

// No lock is kept closed longer than a day, and no refusal is counted longer.
constexpr std::int64_t longest_seconds = 86'400;

std::optional<std::chrono::seconds> parse_span(std::string_view text) {
    if (text.size() < 2)
        return std::nullopt;
    std::int64_t unit = 0;
    switch (text.back()) {
    case 's':
        unit = 1;
        break;
    case 'm':
        unit = 60;
        break;
    case 'h':
        unit = 3600;
        break;
    default:
        return std::nullopt;
    }
    text.remove_suffix(1);
    const auto count = parse_integer(text, 1, longest_seconds / unit);
    if (!count)
        return std::nullopt;
    return std::chrono::seconds(*count * unit);
}

}  // namespace

std::string_view to_string(LockScope scope) {
    return words.word(scope);
}

std::optional<LockScope> parse_lock_scope(std::string_view word) {
    return words.parse(word);
}

Result<LockRule> parse_lock_rule(std::string_view text) {
    if (text == "0")
        return LockRule{};
    const auto first = text.find('/');
    const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
    if (second != std::string_view::npos) {
        const auto refusals = parse_integer(text.substr(0, first), 1, 1'000'000);
        const auto window = parse_span(text.substr(first + 1, second - first - 1));
        const auto duration = parse_span(text.substr(second + 1));
        if (refusals && window && duration)
            return LockRule{*refusals, *window, *duration};
    }
    return refuse(
        Exit::usage,
        "malformed_lock",
        quoted(text) + " is no lock-out",
        "write COUNT/WINDOW/DURATION, as 5/15m/30m (s, m, h; a day at most), or 0 for none"
    );
}

const LockRule& LockRules::of(LockScope scope) const {
    switch (scope) {
    case LockScope::card:
        return card;
    case LockScope::account:
        return account;
    case LockScope::channel:
        return channel;
    case LockScope::global:
        break;
    }
    return global;
}

LockCount one_more(const LockCount& count, const LockRule& rule, Instant now) {
    LockCount next = count;
    // A clock that went back must not make a window that never ends.
    const bool over = now < count.since || now - count.since >= rule.window;
    if (count.refusals == 0 || over || count.locked_until) {
        next.since = now;
        next.refusals = 0;
        next.locked_until.reset();
    }
    next.refusals += 1;
    if (rule.count > 0 && next.refusals >= rule.count)
        next.locked_until = now + rule.duration;
    return next;
}

}  // namespace usagectl::card
