// SPDX-License-Identifier: MIT
// The configured market at the end of the line: connection, terms and pace of one command.
#pragma once

#include <memory>

#include "app/market_request.hpp"
#include "cli/context.hpp"

namespace usagectl {

// The market's terms from the settings. None when no market is configured.
[[nodiscard]] std::optional<app::MarketTerms> market_terms(const cli::Context& context);

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

[[nodiscard]] cli::Json quota_json(const std::optional<market::Quota>& quota);
[[nodiscard]] cli::Json request_json(const std::optional<app::MarketRequest>& request);
// "quota.limit" … and "request.status" …
void add_market_fields(std::vector<cli::Field>& fields);

}  // namespace usagectl
