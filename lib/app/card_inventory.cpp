// SPDX-License-Identifier: MIT
#include "app/card_inventory.hpp"

#include <map>

#include "app/ledger_proof.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

namespace {

using card::Batch;
using card::CardState;
using card::Places;
using card::Serial;

constexpr std::size_t page_cards = 1024;

std::string cards_text(std::int64_t cards) {
    return std::to_string(cards) + (cards == 1 ? " card" : " cards");
}

class Taking {
public:
    Taking(
        Store& store,
        const InventoryAsked& asked,
        const std::function<void(const InventoryFinding&)>& finding
    )
        : store_(store)
        , asked_(asked)
        , finding_(finding) {}

    Result<Inventory> run() {
        if (auto found = choose(); !found)
            return tl::unexpected(found.error());
        count();
        for (const auto& item : taken_.items) {
            hold_count(item);
            hold_serials(item.batch);
            hold_used(item);
        }
        if (asked_.whole())
            hold_whole();
        return std::move(taken_);
    }

private:
    void find(std::string what, const Batch* batch, std::string serial, std::string detail) {
        ++taken_.findings;
        finding_(
            {std::move(what),
             batch != nullptr ? batch->name : "",
             std::move(serial),
             std::move(detail)}
        );
    }

    [[nodiscard]] Result<void> choose() {
        if (asked_.batch && !store_.cards().batch(*asked_.batch))
            return tl::unexpected(unknown_batch(*asked_.batch));
        if (asked_.agent && !store_.agents().find(*asked_.agent))
            return tl::unexpected(unknown_agent(*asked_.agent));
        std::map<std::int64_t, std::string> agents;
        for (const auto& agent : store_.agents().list())
            agents[agent.number] = agent.id;
        store_.cards().each_batch([&](const Batch& batch) {
            const auto agent = batch.agent ? agents[*batch.agent] : "";
            if ((!asked_.batch || *asked_.batch == batch.name) &&
                (!asked_.agent || *asked_.agent == agent)) {
                places_[batch.number] = taken_.items.size();
                taken_.items.push_back({batch, agent, {}, {}});
            }
            return true;
        });
        return {};
    }

    void count() {
        for (const auto& found : store_.cards().counts()) {
            const auto at = places_.find(found.batch);
            if (at == places_.end())
                continue;
            auto& item = taken_.items.at(at->second);
            item.places.add({found.state, found.frozen_from, found.cards}, item.batch);
        }
        for (auto& item : taken_.items) {
            const auto worth = face_of(item.places.at(card::Place::active), item.batch.value);
            if (!worth)
                throw Failure(worth.error());
            item.worth = *worth;
            taken_.worth = taken_.worth + item.worth;
            taken_.places.add(item.places);
            taken_.generated += asked_.whole() ? item.batch.made : item.batch.cards;
        }
    }

    void hold_count(const InventoryItem& item) {
        const auto& batch = item.batch;
        if (item.places.cards() != batch.cards) {
            find(
                "batch_count_differs",
                &batch,
                "",
                cards_text(item.places.cards()) + " are in the batch, which is said to have " +
                    std::to_string(batch.cards)
            );
        }
        if (item.places.misplaced() != 0) {
            find(
                "card_misplaced",
                &batch,
                "",
                cards_text(item.places.misplaced()) + " in a state that cards of a batch that is " +
                    std::string(to_string(batch.state)) + " do not have"
            );
        }
    }

    // The numbers promised to a batch, as far as it is made, are all cards.
    void hold_serials(const Batch& batch) {
        if (store_.cards().count(batch.first, batch.made) == batch.made)
            return;
        auto expected = batch.first;
        CardStore::CardFilter filter{{}, {}, batch.first - 1, page_cards};
        for (auto page = store_.cards().cards(filter); !page.empty();
             page = store_.cards().cards(filter)) {
            for (const auto& card : page) {
                if (card.serial.number() != expected)
                    break;
                ++expected;
            }
            filter.after = page.back().serial.number();
            if (expected <= filter.after)
                break;
        }
        find(
            "serial_missing",
            &batch,
            Serial::of(expected).text(),
            "this card, and perhaps others behind it, was made and is not there"
        );
    }

    void hold_used(const InventoryItem& item) {
        CardStore::CardFilter filter{item.batch.number, CardState::used, 0, page_cards};
        for (auto page = store_.cards().cards(filter); !page.empty();
             page = store_.cards().cards(filter)) {
            for (const auto& card : page)
                hold_payment(item.batch, card);
            filter.after = page.back().serial.number();
        }
    }

    void hold_payment(const Batch& batch, const card::Card& card) {
        const auto reference = card::payment_reference(card.serial, card.uses);
        const auto payment =
            store_.ledger().payment_by_reference(account::Method::prepaid_card, "", reference);
        const auto serial = card.serial.text();
        if (!payment)
            find("payment_missing", &batch, serial, "it was spent, and paid for nothing");
        else if (payment->reversed_by)
            find("payment_taken_back", &batch, serial, "its payment was taken back, the card used");
        else if (payment->amount != batch.value)
            find(
                "payment_differs",
                &batch,
                serial,
                "its payment is of " + format_money(payment->amount) + ", the card worth " +
                    format_money(batch.value)
            );
    }

    void hold_whole() {
        const auto rows = store_.cards().count(Serial::first_number, Serial::last_number);
        if (rows != taken_.generated) {
            find(
                "card_count_differs",
                nullptr,
                "",
                cards_text(rows) + " are there, and " + std::to_string(taken_.generated) +
                    " were generated"
            );
        }
        Money sum;
        for (const auto& entry : store_.ledger().entries(ledger::house, every_day))
            sum = sum + on_cards(entry);
        store_.ledger().each_payment(every_day, [&](const Payment& payment) {
            if (payment.method == account::Method::prepaid_card)
                sum = sum + moved_by(payment);
        });
        taken_.liability = -sum;
        if (*taken_.liability != taken_.worth) {
            find(
                "liability_differs",
                nullptr,
                "",
                "the ledger owes " + format_money(*taken_.liability) +
                    " for cards, those on sale are worth " + format_money(taken_.worth)
            );
        }
    }

    // Debits positive.
    [[nodiscard]] Money on_cards(const ledger::Entry& entry) {
        Money sum;
        for (const auto& posting : entry.postings) {
            if (store_.ledger().code_name(posting.code) == ledger::unused_cards)
                sum = sum + posting.amount;
        }
        return sum;
    }

    [[nodiscard]] Money moved_by(const Payment& payment) {
        const auto entry = store_.ledger().find(payment.id);
        auto sum = entry ? on_cards(*entry) : Money();
        // One that was posted by hand came from no card.
        if (sum == Money())
            return sum;
        if (!payment.reversed_by) {
            hold_card(payment);
            return sum;
        }
        const auto back = store_.ledger().find(*payment.reversed_by);
        return back ? sum + on_cards(*back) : sum;
    }

    void hold_card(const Payment& payment) {
        const auto reference = payment.reference.value_or("");
        const auto serial = Serial::parse(reference.substr(0, reference.find('/')));
        const auto card = serial ? store_.cards().find(*serial) : std::nullopt;
        if (card && card->state == CardState::used &&
            card::payment_reference(*serial, card->uses) == reference)
            return;
        find(
            "payment_without_card",
            nullptr,
            serial ? serial->text() : "",
            "a payment of " + format_money(payment.amount) + ", reference " + reference +
                ", came from a card that is not used"
        );
    }

    Store& store_;
    const InventoryAsked& asked_;
    const std::function<void(const InventoryFinding&)>& finding_;
    Inventory taken_;
    std::map<std::int64_t, std::size_t> places_;  // batch to item
};

}  // namespace

Result<Inventory> take_inventory(
    Store& store,
    const InventoryAsked& asked,
    const std::function<void(const InventoryFinding&)>& finding
) {
    return Taking(store, asked, finding).run();
}

}  // namespace usagectl::app
