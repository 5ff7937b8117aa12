// SPDX-License-Identifier: MIT
// A throw-away certificate authority, made by openssl(1), and what it signs.
#pragma once

#include <string>

#include "support/scratch.hpp"

namespace usagectl::test {

struct Certificate {
    std::string certificate;  // path of the PEM
    std::string key;
};

class Authority {
public:
    explicit Authority(const std::string& name = "Test authority");

    [[nodiscard]] const std::string& file() const { return own_.certificate; }
    // `names` as in subjectAltName: "DNS:localhost,IP:127.0.0.1".
    [[nodiscard]] Certificate
    issue(const std::string& names = "DNS:localhost,IP:127.0.0.1", bool expired = false);

private:
    Scratch scratch_;
    Certificate own_;
    int issued_ = 0;
};

}  // namespace usagectl::test
