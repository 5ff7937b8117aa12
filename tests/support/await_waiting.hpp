// SPDX-License-Identifier: MIT
// Two transactions at once, brought to the point where the second waits for the first.
#pragma once

#include <chrono>
#include <string_view>
#include <thread>

#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/sql.hpp"

namespace usagectl::test {

// Until some command that is `like` this waits for another's lock; on SQLite nobody gets that far.
inline void await_waiting(const Place& place, std::string_view like) {
    const auto session = place.session();
    if (session->dialect() == store::Dialect::sqlite)
        return;
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::int64_t waiting = 0;
    while (waiting == 0 && std::chrono::steady_clock::now() < give_up) {
        waiting = store::find_integer(
                      *session,
                      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                      " and query like $1",
                      {like}
        )
                      .value_or(0);
        std::this_thread::yield();
    }
    REQUIRE(waiting != 0);
}

}  // namespace usagectl::test
