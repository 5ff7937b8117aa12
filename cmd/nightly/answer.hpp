// SPDX-License-Identifier: MIT
// What a night answers.
#pragma once

#include "app/nightly.hpp"
#include "cli/context.hpp"
#include "ingest/fetch_readings.hpp"

namespace usagectl {

[[nodiscard]] std::vector<cli::Field> nightly_fields();
[[nodiscard]] cli::Json nightly_json(
    app::Store& store,
    const app::NightlyDone& done,
    const FetchedReadings& fetched,
    const app::Prepay& prepay,
    bool dry_run
);
[[nodiscard]] cli::Context::View nightly_view(const cli::Json& root);

}  // namespace usagectl
