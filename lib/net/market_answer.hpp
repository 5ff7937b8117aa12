// SPDX-License-Identifier: MIT
// What a market's HTTP answer amounts to before anyone looks for the data in it: a JSON value, or
// why there is none and whether the request may have been carried out all the same.
#pragma once

#include <string>
#include <string_view>

#include "market/market.hpp"
#include "net/http.hpp"
#include "net/market_json.hpp"

namespace usagectl::net {

// `done` follows from the status: a 2xx was carried out, whatever its body is worth; a 5xx may have
// been, except 503, with which a server says that it did not take the request; others were not.
//   401               market_login_refused (4): who logs in anew has done so before
//   403, 429          market_unavailable (5), retryable, with the time to wait where it is told
//   other 4xx, 3xx    market_refused (4)
//   5xx               market_unavailable (5), retryable
//   a web page        market_unavailable (5), retryable: bot filter, maintenance
//   2xx without JSON  market_answer_malformed (5)
// A 400 whose JSON holds a refusal (see below) is handed on: the services put their own codes
// there. `market` names the market in messages.
[[nodiscard]] market::Outcome<Json>
read_answer(const HttpResponse& response, std::string_view market);

// The service's own refusal in a JSON answer, looked for at the top and in `data`: `errorCode`,
// `errormessage`, a `statusCode` or `RequestStatus` of failure.
struct Refusal {
    bool no_data = false;   // errorCode 1: nothing to tell, and no error
    bool too_many = false;  // 5031: this market's own count of requests
    bool login = false;     // ERR-USR-…
    std::string code;
    std::string text;  // for people
};
[[nodiscard]] std::optional<Refusal> refusal_in(const Json& answer);
// Precondition: not `no_data`.
[[nodiscard]] Error error_of(const Refusal& refusal, std::string_view market);

// The payload: `data` when the answer wraps it, else the answer itself.
[[nodiscard]] const Json& payload(const Json& answer);

// "smt-rest: the answer …"; the request was carried out or not as `done` says.
[[nodiscard]] tl::unexpected<market::Failed>
malformed_answer(std::string_view market, std::string message, bool done);

}  // namespace usagectl::net
