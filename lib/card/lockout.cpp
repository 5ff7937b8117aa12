// SPDX-License-Identifier: MIT
#include "card/lockout.hpp"

#include "base/words.hpp"

namespace usagectl::card {

namespace {

constexpr Words<LockScope::global> words{"card", "account", "channel", "global"};

}  // namespace

std::string_view to_string(LockScope scope) {
    return words.word(scope);
}

std::optional<LockScope> parse_lock_scope(std::string_view word) {
    return words.parse(word);
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
