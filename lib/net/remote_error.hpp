// SPDX-License-Identifier: MIT
// What became of an operation on a remote folder, said to people.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "net/remote_url.hpp"
#include "net/transfer.hpp"

namespace usagectl::net {

struct RemoteWork {
    const RemoteUrl& url;
    const TransferOptions& options;
    const std::optional<std::string>& known_hosts;  // the file's path
    std::string what;                               // "report.csv cannot be fetched"
    std::string state;                              // what was and was not done; may be empty
};

// `outcome.trouble` is not none.
[[nodiscard]] Error remote_error(const RemoteWork& work, const Outcome& outcome);

}  // namespace usagectl::net
