// SPDX-License-Identifier: MIT
// The files a night writes for others, each whole or not at all.
#pragma once

#include <functional>
#include <string>

#include "app/nightly.hpp"
#include "app/prepay.hpp"

namespace usagectl {

// A folder or a disk that does not take a file is an error with its cure (5), not a Failure: what
// customers are charged does not wait for it. None without a folder. What they are given must
// outlive them.

// prepay-charges-DATE.csv, for the legacy system.
[[nodiscard]] std::function<Result<app::NightlyRequest::Exported>(LocalDay)>
export_into(const std::string& folder, app::Store& store, const app::Prepay& prepay);

// reading-requests-DATE.csv, the meters to read.
[[nodiscard]] std::function<Result<std::int64_t>(LocalDay)>
requests_into(const std::string& folder, app::Store& store, Instant now);

}  // namespace usagectl
