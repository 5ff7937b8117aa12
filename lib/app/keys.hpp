// SPDX-License-Identifier: MIT
// Idempotency keys: the caller names a change before asking for it, and asking again, after a
// time-out or a crash, gives the first answer instead of a second change. Kept for ever.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace usagectl::app {

struct KeptAnswer {
    std::string command;
    std::string body;    // what was asked, in a canonical form
    std::string answer;  // what was said, as JSON
};

class KeyStore {
public:
    KeyStore() = default;
    KeyStore(const KeyStore&) = delete;
    KeyStore& operator=(const KeyStore&) = delete;
    virtual ~KeyStore() = default;

    [[nodiscard]] virtual std::optional<KeptAnswer> find(std::string_view key) = 0;
    // Inside the transaction of the change. A key that is there already is a Failure.
    virtual void keep(std::string_view key, const KeptAnswer& answer, Instant at) = 0;
};

// The answer this key was given before; none when it is new. Error `key_used_for_another_request`
// (4): the same key came with another command or another body.
[[nodiscard]] Result<std::optional<std::string>>
recall(KeyStore& keys, const std::string& key, std::string_view command, std::string_view body);

}  // namespace usagectl::app
