// SPDX-License-Identifier: MIT
// Files of readings among those that are picked up.
#pragma once

#include <vector>

#include "app/ingest.hpp"
#include "app/pick_up.hpp"

namespace usagectl::app {

// Ingests what was fetched, one report a file, whose path is its URL; `observer.file` has seen
// each, `observer.keep` is not called. Everything is kept by reference until the last call.
[[nodiscard]] TakeFile take_readings(
    Store& store,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const IngestObserver& observer,
    std::vector<FileReport>& reports
);

}  // namespace usagectl::app
