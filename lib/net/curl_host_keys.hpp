// SPDX-License-Identifier: MIT
// Which host key a handle accepts, and which kind of key it asks the server for. libcurl asks for
// the kind of the first line in the known_hosts file it is given; it is given one that holds keys
// of one kind, and where a server has none of that kind, the next.
#pragma once

#include <curl/curl.h>

#include <string>
#include <vector>

#include "base/descriptor.hpp"
#include "net/curl_handle.hpp"
#include "net/transfer.hpp"

namespace usagectl::net {

class HostKeyRule {
public:
    // Sets what the handle needs. It must not outlive this, and this must stay where it is.
    HostKeyRule(CurlHandle& handle, const TransferOptions& options);
    HostKeyRule(const HostKeyRule&) = delete;
    HostKeyRule& operator=(const HostKeyRule&) = delete;
    ~HostKeyRule() = default;

    // Whether the transfer that ended so is to be repeated: from now on the server is asked for the
    // next kind of key. Nothing was sent to it yet.
    bool other_kind_may_do(const Outcome& outcome);
    // Before each transfer: no key was judged yet.
    void reset() { match_ = CURLKHMATCH_OK; }
    // How the key shown compares with those known.
    [[nodiscard]] curl_khmatch match() const { return match_; }

private:
    void use(std::size_t kind);
    static int
    judge(CURL*, const curl_khkey*, const curl_khkey*, curl_khmatch match, void* self) noexcept;

    CurlHandle& handle_;
    bool by_fingerprint_;
    std::vector<std::string> kinds_;  // a known_hosts file for each, best first
    std::size_t kind_ = 0;
    Descriptor file_;
    curl_khmatch match_ = CURLKHMATCH_OK;
};

}  // namespace usagectl::net
