// SPDX-License-Identifier: MIT
// The door of module "net", opened by base/module.hpp.
#include "net/curl_http.hpp"
#include "net/curl_transfer.hpp"

extern "C" __attribute__((visibility("default"))) usagectl::net::HttpClient*
usagectl_open_http_client(const usagectl::net::ConnectionOptions& options) {
    return usagectl::net::make_curl_http(options).release();
}

extern "C" __attribute__((visibility("default"))) usagectl::net::Transfer*
usagectl_open_transfer(const usagectl::net::TransferOptions& options) {
    return usagectl::net::make_curl_transfer(options).release();
}
