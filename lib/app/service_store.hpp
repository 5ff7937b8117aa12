// SPDX-License-Identifier: MIT
// Orders to the field and notices to customers, as the store keeps them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "account/service.hpp"
#include "app/ledger_store.hpp"

namespace usagectl::app {

// Named as entries are: account, local day it was made, place among that day's orders.
struct ServiceOrder {
    ledger::EntryId id;
    account::OrderKind kind = account::OrderKind::activate;
    account::OrderState state = account::OrderState::pending;
    std::string reason;
    Instant created_at{};
    std::optional<Instant> due_at = {};       // reconnect: by then
    std::optional<Instant> exported_at = {};  // handed to the field
    std::optional<Instant> done_at = {};      // when the field did it, by its own word
    // When it was completed, failed or cancelled here, and worked into the account.
    std::optional<Instant> decided_at = {};
    std::string outcome;  // in the words of the field or of whoever cancelled
    std::string held_by;  // the rules that held it back when last judged

    std::optional<std::string> new_meter = {};  // change: the meter that is to serve the account
    std::string note = {};                      // for whoever goes there
    // Recharge: what the meter's credit gains, less than nothing where a payment was taken back,
    // and which payment that was.
    std::optional<Money> amount = {};
    std::optional<ledger::EntryId> payment = {};
};

struct Notice {
    ledger::EntryId id;
    account::NoticeType type = account::NoticeType::daily;
    std::string state = "waiting";  // waiting, sent, failed, cancelled
    Instant created_at{};
    Instant due_from{};
    Instant due_to{};
    std::string figures;  // a JSON object: what the message will say
};
// Places of notices that come at most once a day; the others begin behind them.
[[nodiscard]] constexpr int place_of(account::NoticeType type) {
    return static_cast<int>(type);
}
inline constexpr int first_free_notice = 256;

class ServiceStore {
public:
    ServiceStore() = default;
    ServiceStore(const ServiceStore&) = delete;
    ServiceStore& operator=(const ServiceStore&) = delete;
    virtual ~ServiceStore() = default;

    // Gives the order its place. None when an order of its kind is open for the account; a recharge
    // only when it is one of the same payment and amount.
    [[nodiscard]] virtual std::optional<ServiceOrder> open_order(ServiceOrder order) = 0;
    [[nodiscard]] virtual std::optional<ServiceOrder> order(const ledger::EntryId& id) = 0;
    // Not yet decided, ascending by id.
    [[nodiscard]] virtual std::vector<ServiceOrder> open_orders(ledger::AccountNumber account) = 0;
    virtual void save(const ServiceOrder& order) = 0;
    struct OrderFilter {
        std::optional<ledger::AccountNumber> account;
        std::optional<account::OrderKind> kind;
        std::optional<account::OrderState> state;
        bool open = false;  // not yet decided
        std::optional<DaySpan> days;
    };
    // Ascending by id. The orders of an account, and those that are open, are found without a look
    // at the others.
    virtual void
    orders(const OrderFilter& filter, const std::function<bool(const ServiceOrder&)>& visit) = 0;
    // Change orders that were completed at or behind the moment, ascending by id.
    [[nodiscard]] virtual std::vector<ServiceOrder> exchanges_since(Instant decided_at) = 0;

    // False when one of this type is there for the day already (only types with a place of their
    // own); a notice whose place is first_free_notice gets the next free one.
    [[nodiscard]] virtual bool add_notice(Notice notice) = 0;
    [[nodiscard]] virtual std::vector<Notice>
    notices(ledger::AccountNumber account, const DaySpan& days) = 0;
    // A notice that waits is not to be told any more; any other stays as it is.
    virtual void cancel_notice(const ledger::EntryId& id) = 0;
};

}  // namespace usagectl::app
