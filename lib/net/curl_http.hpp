// SPDX-License-Identifier: MIT
// HTTP by libcurl, inside module "net".
#pragma once

#include <memory>

#include "net/connection.hpp"

namespace usagectl::net {

[[nodiscard]] std::unique_ptr<HttpClient> make_curl_http(const ConnectionOptions& options);

}  // namespace usagectl::net
