// SPDX-License-Identifier: MIT
// Transfer by libcurl, inside module "net".
#pragma once

#include <memory>

#include "net/transfer.hpp"

namespace usagectl::net {

[[nodiscard]] std::unique_ptr<Transfer> make_curl_transfer(const TransferOptions& options);

}  // namespace usagectl::net
