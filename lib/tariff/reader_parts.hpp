// SPDX-License-Identifier: MIT
// The parts of the reader. Each reads its tables of the file into the tariff and adds what is wrong
// to the list; names of seasons and periods are known once the calendar is read.
#pragma once

#include "layout/fields.hpp"
#include "tariff/format.hpp"
#include "tariff/types.hpp"

namespace usagectl::tariff {

using layout::did_you_mean;
using layout::Fields;
using layout::Mistake;
using layout::Place;

struct Draft {
    Tariff tariff;
    std::vector<Place> components = {};  // where each begins
    std::vector<Mistake> mistakes = {};
    std::vector<Place> periods = {};  // where each is first named
    bool calendar_sound = true;       // names that are not found are worth reporting

    void add(Place place, std::string message, std::string hint = {}) {
        mistakes.push_back({place, std::move(message), std::move(hint)});
    }
};

// Seasons, holidays, schedules.
void read_calendar(const Fields& root, Draft& draft);
// Every component, and the names by which they speak of each other.
void read_charges(const Fields& root, Draft& draft);

// The set of the names listed under `key`; all when the key is absent.
[[nodiscard]] Bits named_bits(
    const Fields& fields,
    std::string_view key,
    std::string_view noun,
    const std::vector<std::string_view>& known,
    Draft& draft
);
[[nodiscard]] std::vector<std::string_view> season_names(const Tariff& tariff);
[[nodiscard]] std::vector<std::string_view> period_names(const Tariff& tariff);

[[nodiscard]] constexpr Bits bit(std::size_t at) {
    return Bits{1} << at;
}

}  // namespace usagectl::tariff
