// SPDX-License-Identifier: MIT
#include "card/shop.hpp"

#include "app/card_desk.hpp"
#include "app/card_expire.hpp"
#include "app/card_generate.hpp"
#include "app/ledger_proof.hpp"
#include "card/print_line.hpp"
#include "ledger/chart.hpp"

namespace usagectl::test {

namespace {

// A mark that is the PIN, for those who need no secret.
class OpenVault final : public card::PinVault {
public:
    [[nodiscard]] const std::string& key() const override { return key_; }
    [[nodiscard]] bool has_key(std::string_view) const override { return true; }
    [[nodiscard]] card::PinMark
    mark(const card::Serial&, std::string_view pin, std::string_view, const card::HashCost&)
        const override {
        std::string hash(pin);
        hash.resize(card::PinMark::hash_size, '.');
        return {std::string(card::PinMark::salt_size, 's'), hash};
    }
    [[nodiscard]] bool fits(
        const card::Serial& serial,
        std::string_view pin,
        const card::PinMark& known,
        std::string_view key,
        const card::HashCost& cost
    ) const override {
        return mark(serial, pin, key, cost) == known;
    }

private:
    std::string key_ = "test";
};

const OpenVault vault;

// Digits that tell each card from the others.
class PlainText final : public app::SecretText {
public:
    explicit PlainText(int& last)
        : last_(last) {}
    void append(std::string_view text) override { text_ += text; }
    void append_random_digits(std::size_t count) override {
        auto digits = std::to_string(++last_);
        text_ += std::string(count - digits.size(), '7') + digits;
    }
    [[nodiscard]] std::string_view view() const override { return text_; }
    void clear() override { text_.clear(); }

private:
    std::string text_;
    int& last_;
};

class Kept final : public app::PrintSink {
public:
    Kept(std::string& all, const std::function<void()>& reopened)
        : all_(all)
        , reopened_(reopened) {}
    [[nodiscard]] Result<void> begin() override { return {}; }
    [[nodiscard]] Result<void> reopen() override {
        if (reopened_)
            reopened_();
        return {};
    }
    [[nodiscard]] Result<void> cut(std::int64_t bytes) override {
        all_.resize(static_cast<std::size_t>(bytes));
        return {};
    }
    std::int64_t write(std::string_view piece) override {
        all_ += piece;
        return static_cast<std::int64_t>(all_.size());
    }

private:
    std::string& all_;
    const std::function<void()>& reopened_;
};

}  // namespace

Shop::Shop(const Place& place)
    : office_(place) {
    rules_.timezone = "UTC";
    rules_.cost = card::lowest_cost;
    office_.create("1");
}

void Shop::agent(const std::string& id, card::Basis basis, std::int64_t commission) const {
    card::Agent agent;
    agent.id = id;
    agent.name = id;
    agent.commission = commission;
    agent.basis = basis;
    agent.period = card::Period::week;
    agent.created_at = office_.clock().now();
    store().write([&] { store().agents().append(agent); });
}

app::CardsGenerated Shop::make(const Making& making) {
    app::GenerateCards request;
    request.batch = making.batch;
    request.count = making.count;
    request.value = money(making.value);
    if (*making.expires != '\0')
        request.expires = day(making.expires);
    auto pieces = making.pieces;
    request.interrupted = [&pieces] { return pieces-- == 0; };
    Kept sink(print_files_[making.batch], making.reopened);
    PlainText text(last_pin_);
    return must(
        app::generate_cards(store(), request, rules_, vault, sink, text, clerk, office_.clock())
    );
}

std::vector<card::Serial> Shop::generate(
    const std::string& batch, std::int64_t count, const char* value, const char* expires
) {
    const auto made = make({batch, count, value, expires});
    std::vector<card::Serial> serials;
    for (std::int64_t at = 0; at < count; ++at)
        serials.push_back(card::Serial::of(made.batch.first + at));
    auto rest = std::string_view(print_files_[batch]).substr(card::print_header.size());
    while (!rest.empty()) {
        const auto line = must(card::parse_print_line(rest.substr(0, rest.find('\n'))));
        pins_[line.serial.text()] = line.pin;
        rest.remove_prefix(rest.find('\n') + 1);
    }
    return serials;
}

Result<std::vector<app::CardsMoved>> Shop::move(const app::MoveCards& request) const {
    return app::move_cards(store(), request, rules_, clerk, office_.clock());
}

void Shop::move(card::Step step, const std::string& batch) const {
    app::MoveCards request;
    request.step = step;
    request.batch = batch;
    request.reason = "test";
    static_cast<void>(must(move(request)));
}

void Shop::move(card::Step step, const card::Serial& serial) const {
    app::MoveCards request;
    request.step = step;
    request.serials = {serial};
    request.reason = "test";
    static_cast<void>(must(move(request)));
}

void Shop::sell(const std::string& batch, const std::string& agent) const {
    move(card::Step::receive, batch);
    app::MoveCards ship;
    ship.step = card::Step::ship;
    ship.batch = batch;
    ship.agent = agent;
    static_cast<void>(must(move(ship)));
    move(card::Step::confirm, batch);
    move(card::Step::activate, batch);
}

std::string Shop::redeem(
    const card::Serial& serial, const std::string& account, const std::function<void()>& kept
) const {
    const auto figures = prepay();
    app::CardDesk desk(store(), rules_, figures, vault, clerk, office_.clock());
    const app::CardAttempt attempt{serial, pins_.at(serial.text()), account};
    const auto outcome = desk.attempt(attempt, [&](const auto&) {
        if (kept)
            kept();
    });
    return outcome.accepted() ? outcome.payment->payment : app::error_of(outcome, attempt).code;
}

void Shop::take_back(const std::string& payment) const {
    app::ReversePayment request;
    request.payment = payment;
    request.reason = "test";
    static_cast<void>(must(app::reverse_payment(store(), request, prepay(), clerk, office_.clock()))
    );
}

std::int64_t Shop::expire() const {
    std::int64_t cards = 0;
    for (const auto& batch : must(app::expire_cards(store(), {}, rules_, clerk, office_.clock())))
        cards += batch.cards;
    return cards;
}

Result<app::InvoiceShown>
Shop::invoice(const std::string& agent, const char* from, const char* to) const {
    app::MakeInvoice request;
    request.agent = agent;
    if (*from != '\0')
        request.days = card::Days{day(from), day(to)};
    return app::make_invoice(store(), request, rules_, clerk, office_.clock());
}

Result<app::InvoiceShown> Shop::pay(std::int64_t number, std::optional<Money> amount) const {
    const app::PayInvoice request{number, account::Method::ach, "77", amount};
    return app::pay_invoice(store(), request, rules_, clerk, office_.clock());
}

std::string Shop::inventory() const {
    std::string text;
    store().read([&] {
        std::string findings;
        const auto taken = must(app::take_inventory(store(), {}, [&](const auto& finding) {
            findings += " " + finding.what;
        }));
        for (const auto place : card::places) {
            if (taken.places.at(place) != 0)
                text += std::string(card::to_string(place)) + " " +
                        std::to_string(taken.places.at(place)) + " ";
        }
        text += "held " + std::to_string(taken.places.held()) + findings;
    });
    return text;
}

card::Card Shop::card(const card::Serial& serial) const {
    std::optional<card::Card> found;
    store().read([&] { found = store().cards().find(serial); });
    REQUIRE(found);
    return *found;
}

std::string Shop::ledger(std::string_view code) const {
    Money sum;
    store().read([&] {
        CHECK(app::prove_ledger(store(), {}, [](const auto& finding) {
                  UNSCOPED_INFO(finding.what << ": " << finding.detail);
              }).findings == 0);
        auto& ledger = store().ledger();
        ledger.each(app::every_day, [&](const auto& entry) {
            for (const auto& posting : entry.postings)
                sum = ledger.code_name(posting.code) == code ? sum + posting.amount : sum;
        });
    });
    return format_money(sum);
}

Money Shop::unpaid(const std::string& id) const {
    Money sum;
    store().read([&] {
        const auto agent = store().agents().find(id).value();
        sum = -agent.credit;
        for (const auto& kept : store().agents().invoices(agent.number)) {
            if (!kept.invoice.paid.at)
                sum = sum + kept.invoice.due();
        }
    });
    return sum;
}

std::string Shop::books(const std::string& agent) const {
    std::string text;
    const auto add = [&](const char* name, const std::string& code) {
        if (const auto sum = ledger(code); sum != "0.00")
            text += (text.empty() ? "" : ", ") + std::string(name) + " " + sum;
    };
    add("cards", std::string(ledger::unused_cards));
    add("expired", std::string(ledger::expired_cards));
    add("at agent", ledger::cards_at(agent));
    add("owed", ledger::owed_by(agent));
    add("commission", ledger::commission_of(agent));
    add("bank", ledger::received_by("ach"));
    CHECK(ledger(ledger::owed_by(agent)) == format_money(unpaid(agent)));
    return text;
}

}  // namespace usagectl::test
