// SPDX-License-Identifier: MIT
// Where an account stands in its life, and which steps there are between.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::account {

enum class Status : std::uint8_t {
    pending,    // waits for the minimum amount due
    paid,       // it is covered; waits for the meter
    active,     // has power and is charged every day
    past_due,   // has power; the balance has gone below the disconnection balance
    suspended,  // has no power, is kept
    closed,     // settled, for good
};

[[nodiscard]] std::string_view to_string(Status status);  // "pending", "past_due", ...
[[nodiscard]] std::optional<Status> parse_status(std::string_view word);

// Power is on: usage is charged, notices go out.
[[nodiscard]] constexpr bool in_service(Status status) {
    return status == Status::active || status == Status::past_due;
}

// Whether `to` may follow `from`. Error `status_impossible` (4), with what may follow.
[[nodiscard]] Result<void> check_change(Status from, Status to);

}  // namespace usagectl::account
