// SPDX-License-Identifier: MIT
// Requests to the market in the store.
#pragma once

#include "app/market_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class MarketRepository final : public app::MarketStore {
public:
    explicit MarketRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<app::MarketRequest> find(std::string_view id) override;
    [[nodiscard]] std::optional<app::MarketRequest>
    find_open(std::string_view meter, app::RequestKind kind) override;
    [[nodiscard]] std::optional<app::MarketRequest>
    last_completed(std::string_view meter, app::RequestKind kind) override;
    [[nodiscard]] std::vector<Instant>
    completed_since(std::string_view meter, app::RequestKind kind, Instant from) override;
    [[nodiscard]] bool claim(const app::MarketRequest& request) override;
    void update(const app::MarketRequest& request) override;
    [[nodiscard]] bool
    take_turn(std::string_view id, std::int64_t now_ms, std::int64_t until_ms) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
