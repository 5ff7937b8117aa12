// SPDX-License-Identifier: MIT
#include "net/connection.hpp"

#include "base/module.hpp"
#include "net/transfer.hpp"

namespace usagectl::net {

std::unique_ptr<HttpClient> make_http_client(const ConnectionOptions& options) {
    auto* const open = module_function<OpenHttpClient>("net", http_client_symbol);
    return std::unique_ptr<HttpClient>(open(options));
}

}  // namespace usagectl::net
