// SPDX-License-Identifier: MIT
// --idempotency-key, for every command that changes the store.
#pragma once

#include <functional>
#include <optional>

#include "cli/context.hpp"

namespace usagectl::cli {

// What is asked for, as text. Bytes that are no UTF-8 become U+FFFD, as the store keeps them.
[[nodiscard]] std::string body_text(const Json& body);

class Keyed {
public:
    // `body` is what is asked for, in words that do not depend on how it is shown.
    Keyed(const Context& context, std::string body);

    // The answer given before, when this key has been used for the same request; the command prints
    // it and does nothing. Refuses a key that was used for another.
    [[nodiscard]] std::optional<Json> before() const;
    // Keeps the answer; call it inside the transaction of the change. Nothing without a key.
    void keep(const Json& answer) const;

private:
    const Context& context_;
    std::string body_;
};

}  // namespace usagectl::cli
