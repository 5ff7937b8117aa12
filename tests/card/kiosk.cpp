// SPDX-License-Identifier: MIT
#include "card/kiosk.hpp"

#include "app/card_expire.hpp"
#include "app/card_generate.hpp"
#include "app/ledger_proof.hpp"
#include "card/print_line.hpp"
#include "ledger/chart.hpp"

namespace usagectl::test {

using card::Serial;
using card::Step;

namespace {

class Text final : public app::SecretText {
public:
    void append(std::string_view more) override { text += more; }
    void append_random_digits(std::size_t count) override {
        static std::uint64_t next = 0;
        auto number = std::to_string(++next);
        text += std::string(count - number.size(), '7') + number;
    }
    [[nodiscard]] std::string_view view() const override { return text; }
    void clear() override { text.clear(); }
    std::string text;
};

class Print final : public app::PrintSink {
public:
    Result<void> begin() override { return {}; }
    Result<void> reopen() override { return {}; }
    Result<void> cut(std::int64_t) override { return {}; }
    std::int64_t write(std::string_view piece) override {
        text += piece;
        return std::ssize(text);
    }
    std::string text;
};

}  // namespace

Kiosk::Kiosk(const Place& place)
    : World(place, "2026-07-01") {
    rules.timezone = zone.name();
    rules.cost = card::lowest_cost;
    constexpr card::LockRule never{0, std::chrono::hours(24 * 365), {}};
    rules.locks = {never, never, never, never};
    const auto keys = files_.path("card.keys");
    must(crypto::add_card_key(keys));
    vault_ = must(crypto::CardPins::read(keys));
    tariff(plain_tariff());
    account("A", "plain", date("2026-07-01"), Money());
    card::Agent agent;
    agent.id = "corner";
    agent.created_at = clock.now();
    store->write([&] { store->agents().append(agent); });
}

std::vector<Serial>
Kiosk::generate(const std::string& batch, int count, std::optional<LocalDay> expires) {
    app::GenerateCards request;
    request.batch = batch;
    request.count = count;
    request.value = cents(2500);
    request.expires = expires;
    Print print;
    Text text;
    const auto made =
        must(app::generate_cards(*store, request, rules, *vault_, print, text, World::actor, clock)
        );
    std::vector<Serial> serials;
    std::string_view rest = print.text;
    rest.remove_prefix(card::print_header.size());
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        const auto serial = must(Serial::parse(line.substr(0, 12)));
        pins_of_[serial] = line.substr(13, static_cast<std::size_t>(made.batch.pin_digits));
        serials.push_back(serial);
        rest.remove_prefix(line.size() + 1);
    }
    return serials;
}

std::vector<Serial>
Kiosk::on_sale(const std::string& batch, int count, std::optional<LocalDay> expires) {
    auto serials = generate(batch, count, expires);
    for (const auto next : {Step::receive, Step::ship, Step::confirm, Step::activate})
        must(step(next, batch));
    return serials;
}

Result<std::vector<app::CardsMoved>> Kiosk::step(Step step, const std::string& batch) {
    app::MoveCards request;
    request.step = step;
    request.batch = batch;
    request.agent = "corner";
    request.reason = "as it happens";
    return app::move_cards(*store, request, rules, World::actor, clock);
}

Result<std::vector<app::CardsMoved>> Kiosk::step(Step step, const std::vector<Serial>& cards) {
    app::MoveCards request;
    request.step = step;
    request.serials = cards;
    request.reason = "as it happens";
    return app::move_cards(*store, request, rules, World::actor, clock);
}

app::CardAttempt
Kiosk::attempt_of(const Serial& serial, const std::optional<std::string>& account) const {
    app::CardAttempt attempt;
    attempt.serial = serial;
    const auto known = pins_of_.find(serial);
    attempt.pin = known == pins_of_.end() ? wrong_pin : std::string_view(known->second);
    attempt.account = account;
    return attempt;
}

app::CardOutcome Kiosk::attempt(const app::CardAttempt& attempt) {
    return app::CardDesk(*store, rules, prepay, *vault_, World::actor, clock).attempt(attempt);
}

std::string Kiosk::redeem(const Serial& serial, const std::optional<std::string>& account) {
    const auto asked = attempt_of(serial, account);
    const auto outcome = attempt(asked);
    return outcome.accepted() ? "" : error_of(outcome, asked).code;
}

std::string Kiosk::guess(
    const Serial& serial, const std::optional<std::string>& account, card::Channel channel
) {
    auto asked = attempt_of(serial, account);
    asked.pin = wrong_pin;
    asked.channel = channel;
    const auto outcome = attempt(asked);
    asked.channel = card::Channel::csr;
    return outcome.accepted() ? "" : error_of(outcome, asked).code;
}

Result<app::PaymentPosted> Kiosk::take_back(const std::string& payment) {
    return app::reverse_payment(*store, {payment, "bounced"}, prepay, World::actor, clock);
}

Result<std::int64_t> Kiosk::expire() {
    const auto expired = app::expire_cards(*store, {}, rules, World::actor, clock);
    if (!expired)
        return tl::unexpected(expired.error());
    std::int64_t cards = 0;
    for (const auto& batch : *expired)
        cards += batch.cards;
    return cards;
}

Money Kiosk::liability() {
    const auto code = store->ledger().code(ledger::unused_cards);
    Money sum;
    store->ledger().each(app::every_day, [&](const ledger::Entry& entry) {
        for (const auto& posting : entry.postings) {
            if (posting.code == code)
                sum = sum - posting.amount;
        }
    });
    return sum;
}

std::string Kiosk::last_outcome() {
    std::string outcome;
    store->audit().each({}, {}, 1, [&](const audit::Record& record) {
        outcome = record.outcome;
        return true;
    });
    return outcome;
}

std::size_t Kiosk::audit_records() {
    std::size_t count = 0;
    store->audit().each({}, {}, 1'000'000, [&](const audit::Record&) {
        ++count;
        return true;
    });
    return count;
}

void Kiosk::prove() {
    store->read([&] {
        app::prove_ledger(*store, {}, [](const app::LedgerFinding& finding) {
            FAIL_CHECK(
                finding.what << " " << finding.account << " " << finding.entry << " "
                             << finding.detail
            );
        });
    });
}

}  // namespace usagectl::test
