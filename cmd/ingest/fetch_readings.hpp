// SPDX-License-Identifier: MIT
// Readings that a command takes from configured sources before it begins with its own work.
#pragma once

#include <string>
#include <vector>

#include "app/ingest.hpp"
#include "cli/context.hpp"

namespace usagectl {

// What the settings ingest.* and timezone say of how files are ingested, settled ones.
[[nodiscard]] app::IngestRequest ingest_request(const cli::Context& context);

struct FetchedReadings {
    std::vector<app::FileReport> files;  // a server that failed is one, with its error
    std::vector<std::string> left;       // "URL: reason" of files left for the next run
};

// `sources`: names of configured sources with commas between them, or `all`. A server or a file
// that fails does not stop the others. Refuses a name that is not configured (3). Throws
// app::Interrupted.
[[nodiscard]] FetchedReadings fetch_readings(cli::Context& context, const std::string& sources);

}  // namespace usagectl
