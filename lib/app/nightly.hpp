// SPDX-License-Identifier: MIT
// The nightly process: ordered steps, each of which can be repeated and goes on where a killed run
// stopped (source: US 8,095,475, figure 9).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/charge_run.hpp"
#include "app/rules.hpp"

namespace usagectl::app {

// In the order they run. What a day's charge holds of options and taxes is posted with it, as one
// entry; their steps tell how much that is.
enum class Step : std::uint8_t {
    readings,       // of the meters in service; a reading that is missing is estimated
    orders,         // activations whose first usage has come
    corrections,    // days charged before, rated again with better readings or another meter
    cycle_dates,    // billing cycles that begin
    daily_charges,  // usage, delivery, options, taxes: one entry an account
    option_charges,
    past_due,        // accounts at or below their disconnection balance
    suspend_orders,  // orders and notices
    taxes,
    legacy_export,  // charges the legacy system does not know of
};
inline constexpr int step_count = 10;
[[nodiscard]] std::string_view to_string(Step step);  // "readings", "daily_charges", ...
[[nodiscard]] std::optional<Step> parse_step(std::string_view word);

struct NightlyRequest {
    std::optional<LocalDay> day = {};  // the last to charge; none: yesterday in the configured zone
    std::optional<Step> from = {};     // leave out the steps before it
    bool dry_run = false;
    std::string actor;
    // The meters whose day is not covered by readings, handed over to whoever reads them; gives how
    // many they are. Asked before anything is charged; an error is told with the step, which counts
    // as not done then, and the night goes on.
    std::function<Result<std::int64_t>(LocalDay)> request_readings = {};
    // Charges of one day that the legacy system does not know of, written as a whole where it will
    // find them; asked again for days that change. An error is told with the step, and the days are
    // told by a later night.
    struct Exported {
        std::int64_t items = 0;
        Money amount;
    };
    std::function<Result<Exported>(LocalDay)> legacy_export = {};
    std::function<void(std::string_view step, LocalDay day)> begin_step = {};
    std::function<void(std::int64_t accounts)> progress = {};
    std::function<bool()> interrupted = {};  // asked between days and steps
};

struct StepDone {
    Step step = Step::readings;
    // "done", "already" (by an earlier run), "left_out", "interrupted", "failed"
    std::string status;
    std::int64_t items = 0;
    Money amount;
    std::string detail;
    std::optional<Error> error = {};  // why it failed; the same night again does what is missing
};

struct NightlyDone {
    LocalDay day{};
    std::vector<LocalDay> caught_up;  // days before it that were charged as well
    std::vector<StepDone> steps;
    std::vector<ChargeTally::Problem> problems;
    ChargeTally charges;  // of all days of this run
};

// Errors: `day_not_over` (4: the day has not ended yet).
[[nodiscard]] Result<NightlyDone> run_nightly(
    Store& store,
    const NightlyRequest& request,
    const Prepay& prepay,
    const RulePacks& packs,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
