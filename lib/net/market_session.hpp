// SPDX-License-Identifier: MIT
// Conversation with one market: who we are, proven by a token that is fetched when it is first
// needed, kept until shortly before it expires, and fetched anew once when the market no longer
// takes it. A refused login is not tried again by this process: accounts are locked after a few.
//
// Threads may share a session; one of them fetches the token while the others wait.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "net/market_answer.hpp"
#include "net/market_profile.hpp"

namespace usagectl::net {

struct MarketQuestion {
    std::string path;   // below the base URL
    std::string body;   // JSON
    std::string label;  // for the log
    bool repeatable = false;
    std::chrono::milliseconds total{};
};

class MarketSession {
public:
    // http and clock outlive the session.
    MarketSession(const MarketProfile& profile, HttpClient& http, const Clock& clock);

    // Errors of read_answer; of the connection, as HttpClient gives them, with `done` as it is
    // known; `market_login_refused` (4). A refusal inside the JSON is the caller's to find.
    [[nodiscard]] market::Outcome<Json> ask(const MarketQuestion& question);

private:
    struct Token {
        Secret header;  // the whole value of Authorization
        Instant good_until{};
        std::uint64_t number = 0;  // tells whether someone has fetched another one meanwhile
    };
    [[nodiscard]] market::Outcome<Token> token();
    [[nodiscard]] market::Outcome<Token> log_in();
    [[nodiscard]] market::Outcome<Token> read_token(const Json& answer, Instant asked_at);
    void forget(const Token& token);
    [[nodiscard]] market::Failed refuse_login(Error error);
    [[nodiscard]] Answer<HttpResponse> send(const MarketQuestion& question, const Secret& header);

    const MarketProfile profile_;
    HttpClient& http_;
    const Clock& clock_;
    std::mutex mutex_;  // over what follows
    std::optional<Token> token_;
    std::optional<Error> refused_;
    std::uint64_t logins_ = 0;
};

}  // namespace usagectl::net
