// SPDX-License-Identifier: MIT
// One question to the market, from claim to outcome, in steps that survive a kill between any two:
// the claim is durable before anything is sent, the ticket as soon as it is known, the outcome
// together with what it brought. Several processes that ask about one meter share one question;
// they take turns at polling and all see its outcome.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "app/actor.hpp"
#include "app/pace.hpp"
#include "app/store.hpp"
#include "market/quota.hpp"
#include "market/read_rules.hpp"

namespace usagectl::app {

// How this house deals with its market; from the configuration.
struct MarketTerms {
    std::string name;  // of the market, for messages and origins
    market::QuotaRule read_quota;
    market::QuotaRule power_quota;
    const Zone* zone = nullptr;  // the market's
    market::PollRhythm rhythm;
    // A question without outcome for so long no longer keeps others from asking.
    std::chrono::seconds give_up{7200};
};

struct MarketLink {
    Store& store;
    market::Market& market;
    const MarketTerms& terms;
    const Actor& actor;
    const Clock& clock;
    Pace& pace;
};

[[nodiscard]] const market::QuotaRule& quota_rule(const MarketTerms& terms, RequestKind kind);

// How often the meter was asked in the window around `now`, and how often it may be. A question
// still open is not counted: it is shared.
[[nodiscard]] market::Quota quota_of(
    Store& store, const MarketTerms& terms, std::string_view meter, RequestKind kind, Instant now
);

// A write that is not given up because the store is busy, or away for a moment: others are asking
// as well, and what the market has said would be lost. `work` looks at what is there, so that it
// may run again after a commit nobody saw succeed.
void persist(MarketLink& link, const std::function<void()>& work);

// The open question about this meter, unless it is too old to wait for.
[[nodiscard]] std::optional<MarketRequest>
open_request(MarketLink& link, const std::string& meter, RequestKind kind, Instant now);

// Inside a write transaction: the open question about this meter, else a new one within the quota.
// Error `read_quota_used` (4) says when it resets.
struct Claimed {
    MarketRequest request;
    bool ours = false;  // and to be sent now
};
[[nodiscard]] Result<Claimed>
claim_request(MarketLink& link, const std::string& meter, RequestKind kind, Instant now);

// What one poll, or the sending itself, came to.
struct Progress {
    RequestState state = RequestState::pending;  // pending: nothing final yet
    std::string word;
    std::string message;
    std::optional<Instant> read_at = {};
    std::optional<std::int64_t> register_wh = {};
    std::optional<market::Ticket> ticket = {};  // newly given
    // Runs in the transaction that decides the request; gives the source of what it filed.
    std::function<std::optional<meter::SourceNumber>()> file = {};
};

// Writes the outcome and its audit record. A request someone else has decided meanwhile stays as it
// is. Gives the request as it is now.
MarketRequest record(MarketLink& link, const std::string& id, const Progress& progress);

// Takes turns at `poll` until the request is decided, `wait` has passed or the user interrupts.
// `poll` talks to the market, outside of any transaction; its error ends the waiting and leaves the
// request as it is, and its hint says until when it stays open.
struct Awaited {
    MarketRequest request;
    bool interrupted = false;
    std::optional<Error> error;
};
[[nodiscard]] Awaited await_outcome(
    MarketLink& link,
    const std::string& id,
    std::chrono::seconds wait,
    const std::function<Result<Progress>(const MarketRequest&)>& poll
);

// "request ID is given up at TIME": until then nobody else may ask about its meter. Also when
// whoever wrote it down died before sending it.
[[nodiscard]] std::string given_up_text(const MarketRequest& request, const MarketTerms& terms);

// The error a decided or undecided request means to who asked, none when it is completed.
[[nodiscard]] std::optional<Error> ending(const MarketRequest& request, const MarketTerms& terms);

}  // namespace usagectl::app
