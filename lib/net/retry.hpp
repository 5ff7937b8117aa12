// SPDX-License-Identifier: MIT
// Asking again. A request is repeated a bounded number of times, after random waits that grow, and
// only when that cannot do anything twice: what certainly did not arrive is always repeated, what
// may have arrived only when the request says that twice is the same as once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "net/http.hpp"

namespace usagectl::net {

// Waiting, so that tests need not.
class Sleeper {
public:
    Sleeper() = default;
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;
    virtual ~Sleeper() = default;
    // False when interrupted before the end.
    [[nodiscard]] virtual bool sleep_for(std::chrono::milliseconds time) = 0;
};

// Really waits; asks `interrupted` (may be empty) ten times a second.
[[nodiscard]] std::unique_ptr<Sleeper> system_sleeper(std::function<bool()> interrupted);

// A whole number in [0, bound); bound is at least 1.
using Random = std::function<std::uint64_t(std::uint64_t bound)>;
// The kernel's random numbers.
[[nodiscard]] Random system_random();

struct RetryRules {
    int attempts = 4;                                 // at most, the first one counted; at least 1
    std::chrono::milliseconds base{500};              // the first wait is at most this, then double
    std::chrono::milliseconds cap{30'000};            // no random wait is longer
    std::chrono::milliseconds longest_asked{60'000};  // a longer Retry-After is not waited for
};

// How one attempt ended.
struct Attempt {
    int number = 1;                  // of the attempt that ended
    bool repeatable = false;         // HttpRequest::repeatable
    std::optional<int> status = {};  // none: no answer
    bool sent = false;               // no answer: it may have been carried out
    bool retryable = false;          // no answer: the error says that it may pass
    std::optional<std::chrono::milliseconds> retry_after = {};
};

// The wait before the next attempt; none when this outcome is final. Status 429 is always repeated
// (the server did nothing), 408, 502, 503 and 504 when repeatable. A server's Retry-After is the
// least wait; random time up to `base` is added, so that not everybody comes back at once.
[[nodiscard]] std::optional<std::chrono::milliseconds>
wait_before_next(const RetryRules& rules, const Attempt& attempt, const Random& random);

// Retry-After: seconds, or a date (RFC 9110 section 10.2.3), counted from the answer's own Date so
// that clocks need not agree, else from `now`. A date gone by is 0. None when absent or malformed.
[[nodiscard]] std::optional<std::chrono::milliseconds>
retry_after(const HttpResponse& response, Instant now);

// `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);

class RetryingClient final : public HttpClient {
public:
    // Everything but `random` and `log` must outlive this. `log` (may be empty) gets a line for
    // every wait.
    RetryingClient(
        HttpClient& inner,
        const RetryRules& rules,
        const Clock& clock,
        Sleeper& sleeper,
        Random random,
        std::function<void(std::string)> log = {}
    );
    // The last attempt's outcome. `sent` is true when any attempt may have been carried out.
    [[nodiscard]] Answer<HttpResponse> send(const HttpRequest& request) override;

private:
    HttpClient& inner_;
    RetryRules rules_;
    const Clock& clock_;
    Sleeper& sleeper_;
    Random random_;
    std::function<void(std::string)> log_;
};

}  // namespace usagectl::net
