// SPDX-License-Identifier: MIT
#include "app/keys.hpp"

namespace usagectl::app {

Result<std::optional<std::string>>
recall(KeyStore& keys, const std::string& key, std::string_view command, std::string_view body) {
    auto kept = keys.find(key);
    if (!kept)
        return std::optional<std::string>();
    if (kept->command == command && kept->body == body)
        return std::optional(std::move(kept->answer));
    return refuse(
        Exit::refused,
        "key_used_for_another_request",
        "the idempotency key " + key + " was used for another request (" + kept->command + ")",
        "use a new key for a new request"
    );
}

}  // namespace usagectl::app
