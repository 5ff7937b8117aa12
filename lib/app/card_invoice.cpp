// SPDX-License-Identifier: MIT
#include "app/card_invoice.hpp"

#include <algorithm>

#include "app/house_ledger.hpp"
#include "app/undo.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

namespace {

using card::Batch;
using card::Days;
using card::Invoice;

std::string days_text(LocalDay first, LocalDay last) {
    return format_day(first) + " to " + format_day(last);
}

tl::unexpected<Error> refused(std::string_view code, std::string message, std::string hint = {}) {
    return refuse(Exit::refused, code, std::move(message), std::move(hint));
}

Result<void> check_days(Store& store, const card::Agent& agent, const Days& days, LocalDay today) {
    if (days.last >= today) {
        return refused(
            "period_not_over",
            "cards may still be sold on " + format_day(days.last),
            "name days that are over"
        );
    }
    for (const auto& other : store.agents().invoices(agent.number)) {
        const auto& invoice = other.invoice;
        if (invoice.first <= days.last && days.first <= invoice.last) {
            return refused(
                "invoice_overlaps",
                "agent " + agent.id + " has invoice " + std::to_string(invoice.number) + " for " +
                    days_text(invoice.first, invoice.last),
                "usagectl invoice show " + std::to_string(invoice.number)
            );
        }
    }
    return {};
}

// Puts the cards on the invoice and adds up what they are worth.
class Gathering {
public:
    Gathering(Store& store, const CardRules& rules, Invoice& invoice)
        : store_(store)
        , invoice_(invoice) {
        const auto zone = Zone::find(rules.timezone);
        if (!zone)
            throw Failure(zone.error());
        from_ = (*zone)->day_start(invoice.first);
        before_ = (*zone)->day_start(invoice.last + std::chrono::days(1));
    }

    [[nodiscard]] Result<void> run() {
        std::vector<Batch> batches;
        store_.cards().each_batch([&](const Batch& batch) {
            if (batch.agent == invoice_.agent && batch.activated.at)
                batches.push_back(batch);
            return true;
        });
        for (const auto& batch : batches) {
            const auto cards = put(batch);
            const auto face = face_of(cards, batch.value);
            if (!face)
                return tl::unexpected(face.error());
            invoice_.cards += cards;
            invoice_.face = invoice_.face + *face;
        }
        return {};
    }

private:
    [[nodiscard]] std::int64_t put(const Batch& batch) {
        auto& agents = store_.agents();
        if (invoice_.basis == card::Basis::used)
            return agents.put_used(batch.number, from_, before_, invoice_.number);
        const auto at = *batch.activated.at;
        return at >= from_ && at < before_ ? agents.put_sold(batch.number, invoice_.number) : 0;
    }

    Store& store_;
    Invoice& invoice_;
    Instant from_{};
    Instant before_{};
};

// The credit is used up, and may be all there is to pay. In the ledger it is taken off already.
void take_off(Store& store, CardInvoice& kept) {
    auto& invoice = kept.invoice;
    store.agents().add_credit(invoice.agent, -invoice.credit);
    if (invoice.due() != Money())
        return;
    invoice.paid = {invoice.made.at, "credit"};
    store.agents().mark_paid(kept);
}

Result<InvoiceShown> make_within(
    Store& store,
    const MakeInvoice& request,
    const CardRules& rules,
    const Actor& actor,
    Instant now
) {
    store.cards().lock_stock();
    const auto agent = store.agents().find(request.agent);
    if (!agent)
        return tl::unexpected(unknown_agent(request.agent));
    const auto today = card_day(rules, now);
    const auto days = request.days.value_or(card::last_whole(agent->period, today));
    if (auto sound = check_days(store, *agent, days, today); !sound)
        return tl::unexpected(sound.error());
    CardInvoice kept;
    auto& invoice = kept.invoice;
    invoice.number = store.agents().next_invoice();
    invoice.agent = agent->number;
    invoice.first = days.first;
    invoice.last = days.last;
    invoice.basis = agent->basis;
    invoice.made = {now, actor.name};
    if (auto gathered = Gathering(store, rules, invoice).run(); !gathered)
        return tl::unexpected(gathered.error());
    if (invoice.cards == 0) {
        return refused(
            "invoice_empty",
            "agent " + agent->id + " has nothing to be invoiced for " +
                days_text(days.first, days.last),
            "name other days with --from and --to"
        );
    }
    const auto commission = card::commission_of(invoice.face, agent->commission);
    if (!commission)
        return refused("amount_out_of_range", "the cards together are worth too much");
    invoice.commission = *commission;
    invoice.credit = std::min(agent->credit, invoice.net());
    const auto name = "invoice " + std::to_string(invoice.number) + " of agent " + agent->id;
    const auto cards = ledger::cards_at(agent->id);
    const auto entry = post_house(
        store,
        today,
        now,
        name + ", " + days_text(days.first, days.last),
        {{ledger::owed_by(agent->id), cards, invoice.net()},
         {ledger::commission_of(agent->id), cards, invoice.commission}}
    );
    kept.entry = entry.value();
    store.agents().append(kept);
    if (invoice.credit != Money())
        take_off(store, kept);
    store.audit().append(actor.record(
        now,
        name + ", " + days_text(days.first, days.last) + ": " + std::to_string(invoice.cards) +
            " cards, " + format_money(invoice.due()) + " due"
    ));
    return show_invoice(store, invoice.number);
}

Result<InvoiceShown> pay_within(
    Store& store, const PayInvoice& request, const CardRules& rules, const Actor& actor, Instant now
) {
    store.cards().lock_stock();
    auto shown = show_invoice(store, request.number);
    if (!shown)
        return shown;
    auto& invoice = shown->kept.invoice;
    const auto name = "invoice " + std::to_string(invoice.number);
    if (invoice.paid.at) {
        return refused(
            "invoice_paid",
            name + " was paid at " + format_instant(*invoice.paid.at) + ": " + invoice.paid.by
        );
    }
    if (request.amount && *request.amount != invoice.due()) {
        return refused(
            "invoice_amount_differs",
            "of " + name + " " + format_money(invoice.due()) + " is due, not " +
                format_money(*request.amount),
            "an invoice is paid as a whole"
        );
    }
    const auto method = account::to_string(request.method);
    invoice.paid = {
        now, std::string(method) + (request.reference.empty() ? "" : " " + request.reference)};
    shown->kept.paid_entry = post_house(
        store,
        card_day(rules, now),
        now,
        name + " of agent " + shown->agent.id + " paid: " + invoice.paid.by,
        {{ledger::received_by(method), ledger::owed_by(shown->agent.id), invoice.due()}}
    );
    store.agents().mark_paid(shown->kept);
    store.audit().append(
        actor.record(now, name + " paid: " + format_money(invoice.due()) + ", " + invoice.paid.by)
    );
    return shown;
}

std::vector<InvoiceLine> lines_of(Store& store, const Invoice& invoice) {
    std::vector<InvoiceLine> lines;
    std::vector<Money> faces;
    for (const auto& counted : store.agents().on_invoice(invoice)) {
        const auto batch = store.cards().batch(counted.batch);
        const auto face = face_of(counted.cards, batch->value);
        if (!face)
            throw Failure(face.error());
        lines.push_back({batch->name, batch->value, counted.cards, counted.voided, *face, {}});
        faces.push_back(*face);
    }
    const auto shares = card::shares_of(invoice.commission, faces);
    for (std::size_t at = 0; at < lines.size(); ++at)
        lines[at].commission = shares[at];
    return lines;
}

}  // namespace

Result<InvoiceShown> make_invoice(
    Store& store,
    const MakeInvoice& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<InvoiceShown>(store, request.dry_run, [&] {
        auto made = make_within(store, request, rules, actor, clock.now());
        if (made && request.made)
            request.made(*made);
        return made;
    });
}

Result<InvoiceShown> show_invoice(Store& store, std::int64_t number) {
    auto kept = store.agents().invoice(number);
    if (!kept) {
        return refuse(
            Exit::not_found,
            "invoice_unknown",
            "there is no invoice " + std::to_string(number),
            "usagectl invoice list shows the invoices there are"
        );
    }
    InvoiceShown shown;
    shown.agent = store.agents().find(kept->invoice.agent).value();
    shown.lines = lines_of(store, kept->invoice);
    shown.kept = std::move(*kept);
    return shown;
}

Result<InvoiceShown> pay_invoice(
    Store& store,
    const PayInvoice& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<InvoiceShown>(store, request.dry_run, [&] {
        auto paid = pay_within(store, request, rules, actor, clock.now());
        if (paid && request.paid)
            request.paid(*paid);
        return paid;
    });
}

}  // namespace usagectl::app
