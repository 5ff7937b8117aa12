// SPDX-License-Identifier: MIT
// The configured market at the end of the line: connection, terms and pace of one command.
#pragma once

#include <chrono>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/market_request.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"

namespace usagectl {

// The market's terms from the settings. None when no market is configured.
[[nodiscard]] std::optional<app::MarketTerms> market_terms(const cli::Context& context);
// The same; refuses `market_not_configured` (5) when there are none.
[[nodiscard]] app::MarketTerms known_market_terms(const cli::Context& context);

class MarketLine {
public:
    // Refuses `market_not_configured` (5) and what is wrong with the credentials.
    explicit MarketLine(cli::Context& context, int password_descriptor = -1);
    MarketLine(const MarketLine&) = delete;
    MarketLine& operator=(const MarketLine&) = delete;

    [[nodiscard]] app::MarketLink link(app::Store& store);
    [[nodiscard]] market::Market& market() { return *market_; }
    [[nodiscard]] const app::MarketTerms& terms() const { return terms_; }

private:
    cli::Context& context_;
    cli::NetworkUse use_;
    app::MarketTerms terms_;
    app::Actor actor_;
    std::unique_ptr<market::Market> market_;
    cli::Progress progress_;
    std::unique_ptr<app::Pace> pace_;
};

// What the command line says of one question to the market. Commands derive their options from it.
struct QuestionOptions {
    std::optional<std::string> resume;
    std::int64_t wait = -1;  // seconds; not given
    std::int64_t password_fd = -1;
};

// How a question ended, and how it is shown.
struct QuestionAnswer {
    cli::Json root;
    cli::Context::View view = {};
    std::string request = {};  // its name, where it can be gone on with
    bool interrupted = false;
    std::optional<Error> ended = {};
};

// Puts a question to the configured market, or gives the answer kept under the idempotency key.
// `body` is what is asked for, for that key; `ask` is told how long to wait. What was found is
// printed before an error ends the command.
using AskMarket = std::function<QuestionAnswer(app::MarketLink& link, std::chrono::seconds wait)>;
[[nodiscard]] Exit ask_market(
    cli::Context& context,
    const QuestionOptions& options,
    const meter::MeterId& meter,
    const cli::Json& body,
    const AskMarket& ask
);

namespace words {

template <class O>
[[nodiscard]] cli::Word market_password(std::int64_t O::*member) {
    return cli::bind_between(
        {.name = "--password-fd",
         .value = "N",
         .help = "read the market's password from this descriptor"},
        member,
        0,
        1'000'000
    );
}

// --resume, --wait, --password-fd
template <std::derived_from<QuestionOptions> O>
void add_question(std::vector<cli::Word>& words) {
    std::optional<std::string> O::*const resume = &O::resume;
    std::int64_t O::*const wait = &O::wait;
    std::int64_t O::*const password_fd = &O::password_fd;
    words.push_back(cli::bind(
        {.name = "--resume",
         .value = "ID",
         .help = "go on with a request instead of making a new one"},
        resume
    ));
    words.push_back(cli::bind_between(
        {.name = "--wait",
         .value = "SECONDS",
         .help = "how long to wait for the answer; 0: ask and return at once"},
        wait,
        0,
        86'400
    ));
    words.push_back(market_password(password_fd));
}

}  // namespace words

[[nodiscard]] cli::Json quota_json(const std::optional<market::Quota>& quota);
[[nodiscard]] cli::Json request_json(const std::optional<app::MarketRequest>& request);
// "quota.limit" … and "request.status" …
void add_market_fields(std::vector<cli::Field>& fields);

}  // namespace usagectl
