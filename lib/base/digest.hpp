// SPDX-License-Identifier: MIT
// SHA-256 over a stream of bytes. OpenSSL's (it uses the processor's SHA instructions), in a
// module, so that only what hashes pays for loading it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace usagectl {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void update(std::string_view bytes);
    // 64 lower-case hex digits; the object is spent afterwards.
    [[nodiscard]] std::string finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace usagectl
