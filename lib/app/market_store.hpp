// SPDX-License-Identifier: MIT
// The market link's own memory: what was asked of the market and how it ended. The quota is counted
// from here, so that a row is durable before anything is sent. Calls that write happen inside a
// transaction the use case opened.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.hpp"
#include "market/market.hpp"
#include "meter/store.hpp"

namespace usagectl::app {

enum class RequestKind : std::uint8_t { read, power_status };
enum class RequestState : std::uint8_t {
    claimed,    // about to be sent; after a crash nobody here knows whether it was
    pending,    // the market took it
    completed,  // counts against the quota
    failed,     // the market tried and could not
    refused,    // the market said no
    withdrawn,  // it certainly never reached the market
    expired,    // no outcome within the time given to it
};
inline constexpr Words<RequestKind::power_status> request_kinds{"read", "power_status"};
inline constexpr Words<RequestState::expired> request_states{
    "claimed", "pending", "completed", "failed", "refused", "withdrawn", "expired"};
[[nodiscard]] constexpr std::string_view to_string(RequestKind kind) {
    return request_kinds.word(kind);
}
[[nodiscard]] constexpr std::string_view to_string(RequestState state) {
    return request_states.word(state);
}

struct MarketRequest {
    std::string id;  // our reference, also sent to the market
    RequestKind kind = RequestKind::read;
    std::string meter;
    RequestState state = RequestState::claimed;
    Instant asked_at{};
    std::string asked_by;
    market::Ticket ticket;
    std::int64_t poll_after_ms = 0;  // machine time, not business time: who may poll next, and when
    std::int64_t polls = 0;
    std::optional<Instant> decided_at;
    std::optional<Instant> read_at;
    std::optional<std::int64_t> register_wh;
    std::string word;                           // the market's last word
    std::string message;                        // and sentence
    std::optional<meter::SourceNumber> source;  // the intervals it brought

    [[nodiscard]] bool open() const {
        return state == RequestState::claimed || state == RequestState::pending;
    }
};

class MarketStore {
public:
    MarketStore() = default;
    MarketStore(const MarketStore&) = delete;
    MarketStore& operator=(const MarketStore&) = delete;
    virtual ~MarketStore() = default;

    [[nodiscard]] virtual std::optional<MarketRequest> find(std::string_view id) = 0;
    [[nodiscard]] virtual std::optional<MarketRequest>
    find_open(std::string_view meter, RequestKind kind) = 0;
    // The latest by asked_at.
    [[nodiscard]] virtual std::optional<MarketRequest>
    last_completed(std::string_view meter, RequestKind kind) = 0;
    // When the completed ones since `from` (inclusive) were asked, ascending.
    [[nodiscard]] virtual std::vector<Instant>
    completed_since(std::string_view meter, RequestKind kind, Instant from) = 0;
    // False when a request of this kind is open for the meter already.
    [[nodiscard]] virtual bool claim(const MarketRequest& request) = 0;
    // Writes everything but id, kind, meter, asked_at and asked_by.
    virtual void update(const MarketRequest& request) = 0;
    // Gives the turn to poll to one caller: true when nobody has it at `now_ms`; it is then his
    // until `until_ms`.
    [[nodiscard]] virtual bool
    take_turn(std::string_view id, std::int64_t now_ms, std::int64_t until_ms) = 0;
};

}  // namespace usagectl::app
