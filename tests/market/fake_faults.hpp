// SPDX-License-Identifier: MIT
// What goes wrong at the fake market, and when: a list of faults, each for one kind of request, a
// number of times, after a number of requests that pass.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace usagectl::test {

struct Fault {
    std::string at = "any";  // token, meters, read, status, intervals, power, any
    // Instead of an answer, with nothing done:
    //   unauthorized (401), forbidden (403), throttled (429), busy (503 text/plain), not_found
    //   (404), html (200), html_busy (503), wrong_json, wrong_types, empty, quota (5031), refuse
    //   (reset)
    // After the request was carried out:
    //   reset (no answer), crash (500), html_after (200)
    // Besides: slow (after `ms`, as if nothing were)
    std::string kind;
    std::int64_t times = 1;  // -1: for ever
    std::int64_t after = 0;  // requests of this kind that pass first
    std::int64_t ms = 0;
    std::optional<std::int64_t> retry_after;
};

class Faults {
public:
    // [{"at":"read","kind":"reset","times":1}, …]; throws on nonsense, so that no test passes by
    // it.
    void set(const nlohmann::json& list);
    // Every fault this request meets, in the order they were given; counts them.
    [[nodiscard]] std::vector<Fault> meet(const std::string& at);

private:
    std::mutex mutex_;
    std::vector<Fault> faults_;
};

}  // namespace usagectl::test
