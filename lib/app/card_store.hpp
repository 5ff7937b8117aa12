// SPDX-License-Identifier: MIT
// Batches, cards, their events and their locks, as the store keeps them.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "card/card.hpp"
#include "card/lockout.hpp"

namespace usagectl::app {

// One step of a batch, or of one card in it.
struct CardEvent {
    std::int64_t batch = 0;
    std::optional<card::Serial> serial;  // none: the batch as a whole
    Instant at{};
    std::string actor;
    card::Step step = card::Step::print;
    std::string was;
    std::string became;
    std::string reason;
};

struct CardLock {
    card::LockScope scope = card::LockScope::global;
    std::string name;  // serial number, account, channel; "" for all of them together
    card::LockCount count;
};

// How many cards of a batch are in a state.
struct CardCount {
    std::int64_t batch = 0;
    card::CardState state = card::CardState::inactive;
    std::optional<card::CardState> frozen_from;
    std::int64_t cards = 0;
};

// Cards of a batch in one state; invoiced or not, when that is asked.
struct CardsOf {
    std::int64_t batch = 0;
    card::CardState state = card::CardState::inactive;
    std::optional<card::CardState> frozen_from = {};
    std::optional<bool> invoiced = {};
};

class CardStore {
public:
    CardStore() = default;
    CardStore(const CardStore&) = delete;
    CardStore& operator=(const CardStore&) = delete;
    virtual ~CardStore() = default;

    // One at a time moves batches, writes invoices and makes serial numbers: waits for the lock
    // until this transaction ends.
    virtual void lock_stock() = 0;

    [[nodiscard]] virtual std::optional<card::Batch> batch(std::string_view name) = 0;
    [[nodiscard]] virtual std::optional<card::Batch> batch(std::int64_t number) = 0;
    // By number, until `visit` returns false.
    virtual void each_batch(const std::function<bool(const card::Batch&)>& visit) = 0;
    // Names that begin with `prefix`, in byte order, at most `limit`.
    [[nodiscard]] virtual std::vector<std::string>
    batch_names(std::string_view prefix, std::size_t limit) = 0;
    // Gives it its number. The stock must be locked.
    [[nodiscard]] virtual std::int64_t add_batch(const card::Batch& batch) = 0;
    virtual void save(const card::Batch& batch) = 0;

    // The first serial number that is promised to no batch; beyond Serial::last_number when all
    // are. The stock must be locked.
    [[nodiscard]] virtual std::int64_t next_number() = 0;
    // Cards of a batch, inactive, with the numbers from `first` on.
    virtual void
    add_cards(std::int64_t batch, std::int64_t first, std::span<const card::PinMark> marks) = 0;

    [[nodiscard]] virtual std::optional<card::Card> find(const card::Serial& serial) = 0;
    // The same, held against other writers until this transaction ends.
    [[nodiscard]] virtual std::optional<card::Card> lock(const card::Serial& serial) = 0;
    virtual void save(const card::Card& card) = 0;
    // Cards of a batch (of all batches when none) by serial number from `after` on, at most
    // `limit`; of one state when one is named.
    struct CardFilter {
        std::optional<std::int64_t> batch = {};
        std::optional<card::CardState> state = {};
        std::int64_t after = 0;  // serial number without its check digit
        std::size_t limit = 0;
    };
    [[nodiscard]] virtual std::vector<card::Card> cards(const CardFilter& filter) = 0;
    // How many of `numbers` serial numbers, from `first` on, are cards.
    [[nodiscard]] virtual std::int64_t count(std::int64_t first, std::int64_t numbers) = 0;
    // Those cards, as they are when each is changed, go to another state; gives how many.
    virtual std::int64_t move_all(const CardsOf& which, card::CardState to) = 0;
    // Frozen cards that were in one state when they were frozen count as in another.
    virtual std::int64_t
    move_frozen(std::int64_t batch, card::CardState from, card::CardState to) = 0;
    // The first `count` cards of a batch, by number, that are not yet used or void, go into
    // another; gives how many did.
    virtual std::int64_t package(std::int64_t from, std::int64_t into, std::int64_t count) = 0;
    // By batch, state and what was frozen.
    [[nodiscard]] virtual std::vector<CardCount> counts() = 0;

    virtual void append(const CardEvent& event) = 0;
    // Of a batch as a whole, or of one card in all its batches, oldest first.
    [[nodiscard]] virtual std::vector<CardEvent>
    events(std::int64_t batch, std::optional<card::Serial> serial) = 0;

    // Zero when nothing is counted. `hold`: against other writers until this transaction ends.
    [[nodiscard]] virtual card::LockCount
    lock_count(card::LockScope scope, std::string_view name, bool hold) = 0;
    virtual void
    save(card::LockScope scope, std::string_view name, const card::LockCount& count) = 0;
    // Those that are closed at `now`, by scope and name.
    [[nodiscard]] virtual std::vector<CardLock> closed_locks(Instant now) = 0;
};

}  // namespace usagectl::app
