// SPDX-License-Identifier: MIT
// Text to typed value for everything a command line may hold. Errors say what was expected and
// quote what came; the caller puts the option's name before them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "account/types.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "cli/command.hpp"
#include "meter/types.hpp"

namespace usagectl::cli {

template <>
struct Parse<std::string> {
    static Result<std::string> from(std::string_view text) { return std::string(text); }
};

template <>
struct Parse<std::int64_t> {
    static Result<std::int64_t> from(std::string_view text);
};

// true, false, yes, no, on, off, 1, 0
template <>
struct Parse<bool> {
    static Result<bool> from(std::string_view text);
};

template <>
struct Parse<LocalDay> {
    static Result<LocalDay> from(std::string_view text) { return parse_day(text); }
};

// Two digits behind the point at most, no sign.
template <>
struct Parse<Money> {
    static Result<Money> from(std::string_view text) { return parse_money(text); }
};

template <>
struct Parse<account::AccountId> {
    static Result<account::AccountId> from(std::string_view text) {
        return account::AccountId::parse(text);
    }
};

template <>
struct Parse<account::Phone> {
    static Result<account::Phone> from(std::string_view text) {
        return account::Phone::parse(text);
    }
};

template <>
struct Parse<account::Email> {
    static Result<account::Email> from(std::string_view text) {
        return account::Email::parse(text);
    }
};

template <>
struct Parse<Instant> {
    static Result<Instant> from(std::string_view text) { return parse_instant(text); }
};

// A number of the ERCOT header row, or its name: 4 or consumption, 1 or generation.
template <>
struct Parse<meter::Channel> {
    static Result<meter::Channel> from(std::string_view text);
};

template <>
struct Parse<meter::Layer> {
    static Result<meter::Layer> from(std::string_view text);
};

template <>
struct Parse<meter::MeterId> {
    static Result<meter::MeterId> from(std::string_view text) {
        return meter::MeterId::parse(text);
    }
};

// A whole number that must lie in [low, high].
[[nodiscard]] Result<std::int64_t>
parse_between(std::string_view text, std::int64_t low, std::int64_t high);

// As bind(), for an integer option with a range.
template <class O>
[[nodiscard]] Word
bind_between(Word word, std::int64_t O::*member, std::int64_t low, std::int64_t high) {
    word.store = [member, low, high](void* options, std::string_view text) -> Result<void> {
        auto value = parse_between(text, low, high);
        if (!value)
            return tl::unexpected(value.error());
        static_cast<O*>(options)->*member = *value;
        return {};
    };
    return word;
}

}  // namespace usagectl::cli
