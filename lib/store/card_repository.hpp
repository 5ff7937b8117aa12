// SPDX-License-Identifier: MIT
// Prepaid cards in the store.
#pragma once

#include "app/card_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class CardRepository final : public app::CardStore {
public:
    explicit CardRepository(Session& session)
        : session_(session) {}

    void lock_stock() override;

    // card_batches.cpp
    [[nodiscard]] std::optional<card::Batch> batch(std::string_view name) override;
    [[nodiscard]] std::optional<card::Batch> batch(std::int64_t number) override;
    void each_batch(const std::function<bool(const card::Batch&)>& visit) override;
    [[nodiscard]] std::vector<std::string>
    batch_names(std::string_view prefix, std::size_t limit) override;
    [[nodiscard]] std::int64_t add_batch(const card::Batch& batch) override;
    void save(const card::Batch& batch) override;

    // card_repository.cpp
    [[nodiscard]] std::int64_t next_number() override;
    void add_cards(std::int64_t batch, std::int64_t first, std::span<const card::PinMark> marks)
        override;
    [[nodiscard]] std::optional<card::Card> find(const card::Serial& serial) override;
    [[nodiscard]] std::optional<card::Card> lock(const card::Serial& serial) override;
    void save(const card::Card& card) override;
    [[nodiscard]] std::vector<card::Card> cards(const CardFilter& filter) override;
    [[nodiscard]] std::int64_t count(std::int64_t first, std::int64_t numbers) override;
    std::int64_t move_all(const app::CardsOf& which, card::CardState to) override;
    std::int64_t move_frozen(std::int64_t batch, card::CardState from, card::CardState to) override;
    std::int64_t package(std::int64_t from, std::int64_t into, std::int64_t count) override;
    [[nodiscard]] std::vector<app::CardCount> counts() override;

    // card_events.cpp
    void append(const app::CardEvent& event) override;
    [[nodiscard]] std::vector<app::CardEvent>
    events(std::int64_t batch, std::optional<card::Serial> serial) override;
    [[nodiscard]] card::LockCount
    lock_count(card::LockScope scope, std::string_view name, bool hold) override;
    void save(card::LockScope scope, std::string_view name, const card::LockCount& count) override;
    [[nodiscard]] std::vector<app::CardLock> closed_locks(Instant now) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
