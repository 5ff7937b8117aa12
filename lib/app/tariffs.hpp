// SPDX-License-Identifier: MIT
// Versions of tariffs: added, never edited, and which of them holds on a day.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.hpp"
#include "app/store.hpp"
#include "tariff/types.hpp"

namespace usagectl::app {

struct TariffAdded {
    TariffVersion version;
    bool unchanged = false;  // this very text had been added before
};

struct AddTariff {
    std::string path;  // of the file, for messages
    std::string text;
    bool dry_run = false;
    // Runs inside the transaction, after the change.
    std::function<void(const TariffAdded&)> added = {};
};

// Adds the text as the next version of its tariff, unless it is there already. Errors:
// `tariff_malformed` (6: the first mistake and how many there are), `tariff_effective_taken` (4:
// another text holds from the same day). Several may add at once: each gets a number of its own.
[[nodiscard]] Result<TariffAdded>
add_tariff(Store& store, const AddTariff& request, const Actor& actor, const Clock& clock);

// The one with the latest effective date that is not after `day`; null before the first.
[[nodiscard]] const TariffVersion*
version_on(const std::vector<TariffVersion>& versions, LocalDay day);
// The last day `version` holds: the day before a later one takes over; none: no end is known.
[[nodiscard]] std::optional<LocalDay>
last_day_of(const std::vector<TariffVersion>& versions, const TariffVersion& version);

// All versions of one tariff, at least one. Error `tariff_unknown` (3) with the nearest names.
[[nodiscard]] Result<std::vector<TariffVersion>>
tariff_versions(Store& store, const std::string& name);

struct TariffListed {
    TariffVersion version;
    std::optional<LocalDay> until;
};
// All versions by name and effective date, their texts left out.
[[nodiscard]] std::vector<TariffListed> list_tariffs(Store& store);

// One version: by number, or the one that holds on a day, else the one with the latest effective
// date. Errors: `tariff_unknown`, `tariff_version_unknown`, `tariff_not_in_force` (3).
struct TariffShown {
    TariffVersion version;
    std::optional<LocalDay> until;
    tariff::Tariff tariff;
};
struct WhichTariff {
    std::string name;
    std::optional<std::int64_t> version = {};
    std::optional<LocalDay> at = {};
};
[[nodiscard]] Result<TariffShown> show_tariff(Store& store, const WhichTariff& which);

// What a stored text says. A text that is no tariff any more is a Failure: it was one when it was
// added.
[[nodiscard]] tariff::Tariff read_stored(const TariffVersion& version);

}  // namespace usagectl::app
