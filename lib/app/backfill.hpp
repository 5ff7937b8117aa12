// SPDX-License-Identifier: MIT
// History fetched in bulk from the market, never more in a day than its table of sizes allows: what
// does not fit today is planned for the days after, and a later run goes on with it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/actor.hpp"
#include "app/store.hpp"
#include "market/market.hpp"

namespace usagectl::app {

struct BackfillWish {
    std::vector<std::string> meters;  // none: go on with what is planned
    LocalDay from{};
    LocalDay to{};
    std::string asker;
    bool dry_run = false;  // shows the plan and keeps nothing
};

struct BackfillLink {
    Store& store;
    std::string name;            // of the market
    const Zone* zone = nullptr;  // the market's
    meter::Layer layer = meter::Layer::raw;
    const Actor& actor;
    const Clock& clock;
    std::function<bool()> interrupted;
    std::function<void(const BackfillRequest&)> sending;
};

struct BackfillAnswer {
    std::vector<BackfillRequest> requests;  // of the new plan, or all that were open
    bool interrupted = false;
    std::optional<Error> ended;  // the market stopped answering; the rest stays planned
};

// Every meter must be known with the asker as its provider of record. Errors: `meter_unknown` (3),
// `not_provider_of_record` (4), `range_reversed` (2), `day_not_over` (2: the last day is not
// before today), `nothing_planned` (3: no meters given, and nothing open).
[[nodiscard]] Result<std::vector<BackfillRequest>>
plan_backfill(const BackfillLink& link, const BackfillWish& wish);

// Sends what is due today and fits; answers with `requests` as they stand then.
[[nodiscard]] BackfillAnswer send_backfill(
    const BackfillLink& link, market::Market& market, std::vector<BackfillRequest> requests
);

}  // namespace usagectl::app
