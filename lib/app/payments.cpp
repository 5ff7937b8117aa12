// SPDX-License-Identifier: MIT
#include "app/payments.hpp"

#include "app/card_reinstate.hpp"
#include "app/names.hpp"
#include "app/notices.hpp"
#include "app/recharge.hpp"
#include "app/undo.hpp"
#include "base/text.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

namespace {

using account::Rung;

constexpr Money payment_limit = Money::from_micro(1'000'000'000'000);
// Clocks of those who take payments may be a little ahead.
constexpr std::chrono::minutes received_slack{5};

std::string figures(const PaymentPosted& posted) {
    return R"({"amount":")" + format_money(posted.amount) + R"(","balance":")" +
           format_money(posted.balance) + R"("})";
}

Result<void> check_asked(const PaymentAsked& asked, Instant now) {
    if (asked.amount <= Money() || asked.amount > payment_limit) {
        return refuse(
            Exit::refused,
            "amount_out_of_range",
            "a payment of " + format_money(asked.amount) + " cannot be posted",
            "an amount lies above 0.00 and not above " + format_money(payment_limit)
        );
    }
    if ((asked.method == account::Method::agent) == asked.agent.empty()) {
        return refuse(
            Exit::usage,
            "agent_missing",
            asked.agent.empty() ? "a payment through an agent needs the agent's name"
                                : "only a payment through an agent names one",
            "--method agent --agent NAME"
        );
    }
    if (asked.received_at && *asked.received_at > now + received_slack) {
        return refuse(
            Exit::refused,
            "received_later",
            "the payment was received at " + format_instant(*asked.received_at) +
                ", and it is only " + format_instant(now)
        );
    }
    return {};
}

// What a reference that was used before means for the payment at hand.
Result<PaymentPosted>
posted_before(const Payment& before, const PaymentAsked& asked, const AccountChange& change) {
    if (before.id.account != change.known().number || before.amount != asked.amount) {
        return refuse(
            Exit::refused,
            "payment_reference_used",
            "reference " + quoted(*asked.reference) + " was posted for another payment, of " +
                format_money(before.amount) + " at " + format_instant(before.at),
            "a reference names one payment for ever; check it with whoever sent it"
        );
    }
    PaymentPosted posted;
    posted.payment = name_of(Named::payment, change.known().account.id, before.id);
    posted.account = change.known().account.id;
    posted.amount = before.amount;
    posted.balance = change.standing().balance;
    posted.status = change.standing().status;
    posted.unchanged = true;
    return posted;
}

Result<void> check_open(const AccountChange& change) {
    if (change.standing().status != account::Status::closed)
        return {};
    return refuse(
        Exit::refused,
        "account_closed",
        "account " + change.known().account.id + " is closed",
        "create a new account, or return the payment"
    );
}

// Whoever posts many payments at once relies on a refusal leaving nothing behind: once something is
// written, a refusal is a broken world, and all of the transaction goes with it.
void must(const Result<void>& done) {
    if (!done)
        throw Failure(done.error());
}

std::string sentence(const PaymentPosted& posted, std::string_view what) {
    return std::string(what) + " " + posted.payment + " of " + format_money(posted.amount) +
           ", balance " + format_money(posted.balance);
}

}  // namespace

Result<PaymentPosted> post_payment_within(
    Store& store,
    const PaymentAsked& asked,
    const Prepay& prepay,
    const std::string& actor,
    Instant now
) {
    if (auto sound = check_asked(asked, now); !sound)
        return tl::unexpected(sound.error());
    auto change = AccountChange::begin(store, asked.account, prepay, actor, now);
    if (!change)
        return tl::unexpected(change.error());
    auto& ledger = store.ledger();
    if (asked.reference) {
        const auto before =
            ledger.payment_by_reference(asked.method, asked.agent, *asked.reference);
        if (before)
            return posted_before(*before, asked, *change);
    }
    if (auto open = check_open(*change); !open)
        return tl::unexpected(open.error());

    auto& standing = change->standing();
    // Only a balance that was low can have been warned of.
    const bool warned = standing.thresholds.low_days ||
                        account::rung_of(standing.balance, standing.thresholds) != Rung::clear;
    PaymentPosted posted;
    posted.account = change->known().account.id;
    posted.amount = asked.amount;
    posted.to_debt =
        account::debt_share(asked.amount, standing.debt, change->known().account.debt_percent);
    const auto from = asked.received_from.empty()
                          ? ledger::received_by(account::to_string(asked.method), asked.agent)
                          : asked.received_from;
    std::vector<ledger::Posting> postings{{ledger.code(from), asked.amount}};
    if (posted.to_debt != Money())
        postings.push_back({ledger.code(ledger::debt), -posted.to_debt});
    const auto at = asked.received_at.value_or(change->now());
    const auto entry = change->post(
        {ledger::Kind::payment, at, std::string(account::to_string(asked.method)), postings}
    );
    if (!entry)
        return tl::unexpected(entry.error());
    standing.debt = standing.debt - posted.to_debt;
    ledger.append_payment(
        {*entry, asked.method, asked.agent, asked.reference, asked.amount, at, std::nullopt}
    );
    posted.payment = name_of(Named::payment, posted.account, *entry);

    if (warned)
        withdraw_warnings(store, standing, change->today());
    const auto cause = "payment " + posted.payment;
    const auto then = account::after_payment(change->after_balance());
    must(change->follow(then, cause));
    if (prepay.recharge_orders)
        order_recharge(*change, *entry, asked.amount - posted.to_debt, cause);
    posted.balance = standing.balance;
    posted.status = standing.status;
    posted.orders = change->orders();
    change->notice(account::NoticeType::recharge, figures(posted));
    must(change->finish());
    return posted;
}

Result<PaymentPosted> post_payment(
    Store& store,
    const PostPayment& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<PaymentPosted>(store, request.dry_run, [&]() -> Result<PaymentPosted> {
        const auto now = clock.now();
        auto posted = post_payment_within(store, request.payment, prepay, actor.name, now);
        if (!posted)
            return posted;
        store.audit().append(actor.record(
            now, sentence(*posted, posted->unchanged ? "was there already: payment" : "payment")
        ));
        if (request.posted)
            request.posted(*posted);
        return posted;
    });
}

namespace {

Result<PaymentPosted> reverse_within(
    Store& store,
    const ReversePayment& request,
    const Prepay& prepay,
    const std::string& actor,
    Instant now
) {
    const auto name = read_name(Named::payment, request.payment);
    if (!name)
        return tl::unexpected(name.error());
    auto change = AccountChange::begin(store, name->account_id, prepay, actor, now);
    if (!change)
        return tl::unexpected(change.error());
    auto& ledger = store.ledger();
    const ledger::EntryId id{change->known().number, name->day, name->place};
    const auto payment = ledger.payment(id);
    const auto entry = ledger.find(id);
    if (!payment || !entry) {
        return refuse(
            Exit::not_found,
            "payment_unknown",
            "there is no payment " + request.payment,
            "usagectl payment list " + name->account_id + " shows the payments there are"
        );
    }
    if (payment->reversed_by) {
        return refuse(
            Exit::refused,
            "payment_reversed",
            "payment " + request.payment + " was taken back before",
            "the entry that did it is " +
                name_of(Named::entry, name->account_id, *payment->reversed_by)
        );
    }
    if (auto open = check_open(*change); !open)
        return tl::unexpected(open.error());

    auto& standing = change->standing();
    auto postings = entry->postings;
    for (auto& posting : postings)
        posting.amount = -posting.amount;
    const auto cause = "payment " + request.payment + " taken back: " + request.reason;
    const auto back =
        change->post({ledger::Kind::reversal, change->now(), cause, std::move(postings)});
    if (!back)
        return tl::unexpected(back.error());
    PaymentPosted reversed;
    reversed.to_debt = payment->amount - entry->amount;
    standing.debt = standing.debt + reversed.to_debt;
    ledger.mark_reversed(id, *back);
    if (payment->method == account::Method::prepaid_card)
        reinstate_card(store, *payment, {actor, cause, now, back->day});

    const auto then = account::after_reversal(change->after_balance());
    if (auto done = change->follow(then, cause); !done)
        return tl::unexpected(done.error());
    // Whatever is settled now: what the field was told by then, it knows.
    take_recharge_back(*change, store, id, entry->known_at, cause);
    if (auto done = change->finish(); !done)
        return tl::unexpected(done.error());
    reversed.payment = request.payment;
    reversed.account = name->account_id;
    reversed.amount = payment->amount;
    reversed.balance = standing.balance;
    reversed.status = standing.status;
    reversed.orders = change->orders();
    return reversed;
}

}  // namespace

Result<PaymentPosted> reverse_payment(
    Store& store,
    const ReversePayment& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<PaymentPosted>(store, request.dry_run, [&]() -> Result<PaymentPosted> {
        const auto now = clock.now();
        auto reversed = reverse_within(store, request, prepay, actor.name, now);
        if (!reversed)
            return reversed;
        store.audit().append(
            actor.record(now, sentence(*reversed, "took back") + ": " + request.reason)
        );
        if (request.reversed)
            request.reversed(*reversed);
        return reversed;
    });
}

}  // namespace usagectl::app
