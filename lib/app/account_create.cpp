// SPDX-License-Identifier: MIT
#include "app/account_limits.hpp"
#include "app/accounts.hpp"
#include "app/tariff_quote.hpp"
#include "app/undo.hpp"
#include "ledger/chart.hpp"
#include "ledger/posting_text.hpp"
#include "tariff/rating.hpp"

namespace usagectl::app {

namespace {

// The exemptions as a quote knows them: by the names of the tariff's version.
std::vector<std::string> named_exemptions(const RateProfile& profile, const tariff::Plan& plan) {
    RateProfile named{profile.tariff, {}, {}};
    for (const auto& name : profile.exemptions) {
        if (name != every_exemption)
            named.exemptions.push_back(name);
        for (const auto& component : plan.components()) {
            if (name == every_exemption)
                named.exemptions.insert(
                    named.exemptions.end(), component.exemptions.begin(), component.exemptions.end()
                );
        }
    }
    return sorted(std::move(named)).exemptions;
}

// What is due before service begins, with the postings that will charge it.
class DueAtFirst {
public:
    DueAtFirst(Store& store, const ReadyRates& rates)
        : store_(store)
        , rates_(rates) {}

    Result<void> add_setup(LocalDay day) {
        const auto component = rates_.plan.fee_for("setup");
        if (!component)
            return {};
        const tariff::FeeEvent event{*component, 1};
        tariff::DayCharge charge;
        if (auto rated = tariff::rate_fees(rates_.plan, day, {&event, 1}, rates_.exempt, charge);
            !rated)
            return rated;
        for (const auto& line : charge.lines) {
            const auto& component_of = rates_.plan.components()[line.component];
            add(component_of.kind == tariff::Kind::tax
                    ? ledger::tax(component_of.jurisdiction, component_of.name)
                    : ledger::fee(component_of.name),
                line.amount);
        }
        due_.setup = charge.total;
        return {};
    }

    void add_unbilled(Money amount) {
        due_.unbilled = amount;
        add(std::string(ledger::unbilled), amount);
    }
    void add_past_due(Money amount) {
        due_.past_due = amount;
        add(std::string(ledger::legacy_receivable), amount);
    }

    account::MinimumDue finish() {
        ledger::write_postings(postings_, due_.postings);
        return std::move(due_);
    }

private:
    void add(const std::string& code, Money amount) {
        if (amount != Money())
            postings_.push_back({store_.ledger().code(code), -amount});
    }

    Store& store_;
    const ReadyRates& rates_;
    account::MinimumDue due_;
    std::vector<ledger::Posting> postings_;
};

class Creation {
public:
    Creation(Store& store, const CreateAccount& request, const Prepay& prepay)
        : store_(store)
        , request_(request)
        , prepay_(prepay) {}

    Result<AccountCreated> run(const Actor& actor, Instant now);

private:
    Result<void> find_meter(Instant now);
    Result<void> work_out_due();
    Result<void> insert(Instant now);
    Result<void> begin(const Actor& actor, Instant now);

    Store& store_;
    const CreateAccount& request_;
    const Prepay& prepay_;
    AccountCreated made_;
    const Zone* zone_ = nullptr;
    LocalDay today_{};
    std::shared_ptr<const ReadyRates> rates_;
};

Result<void> Creation::find_meter(Instant now) {
    auto meter = store_.meters().find(request_.meter);
    if (!meter) {
        meter = meter::Meter{};
        meter->id = request_.meter;
        meter->timezone = prepay_.timezone;
        meter->known_since = now;
    }
    meter->account = request_.account.id;
    if (request_.provider_of_record)
        meter->provider_of_record = request_.provider_of_record;
    if (request_.account.meter_facts.number)
        meter->meter_number = request_.account.meter_facts.number;
    store_.meters().save(*meter);
    made_.standing.meter = store_.meters().number(request_.meter);
    const auto zone = Zone::find(meter->timezone);
    if (!zone)
        return tl::unexpected(zone.error());
    zone_ = *zone;
    today_ = zone_->day_of(now);
    return {};
}

Result<void> Creation::work_out_due() {
    const auto& flags = request_.account.flags;
    auto unbilled = request_.unbilled.value_or(Money());
    if (flags.existing_customer && !request_.unbilled) {
        // Usage since the legacy system's last bill, as the prepay tariff charges it.
        QuoteQuestion question;
        question.tariff = made_.rates.tariff;
        question.meter = request_.meter;
        question.from = cycle_start(today_, request_.cycle_day);
        question.to = today_ - std::chrono::days(1);
        question.options = made_.rates.options;
        question.exemptions = named_exemptions(made_.rates, rates_->plan);
        question.cycle_day = request_.cycle_day;
        if (*question.from <= *question.to) {
            const auto quote = quote_tariff(store_, question);
            if (!quote)
                return tl::unexpected(quote.error());
            if (quote->total_wh != 0) {
                unbilled = quote->total;
                made_.unbilled_days = DaySpan{quote->from, quote->to};
            }
        }
    }
    DueAtFirst due(store_, *rates_);
    if (auto done = due.add_setup(today_); !done)
        return done;
    due.add_unbilled(unbilled);
    due.add_past_due(request_.account.minimum_due.past_due);
    made_.known.account.minimum_due = due.finish();
    made_.minimum_due = made_.known.account.minimum_due.total();
    return {};
}

Result<void> Creation::insert(Instant now) {
    auto& standing = made_.standing;
    standing.profile = store_.accounts().profile_number(made_.rates);
    standing.thresholds = request_.thresholds;
    standing.debt = request_.debt;
    standing.cycle_day = request_.cycle_day;
    standing.cycle_start = cycle_start(today_, request_.cycle_day);
    standing.moved_at = now;
    const auto number = store_.accounts().create(made_.known.account, standing);
    if (!number) {
        if (store_.accounts().find(request_.account.id)) {
            return refuse(
                Exit::refused,
                "account_exists",
                "account " + request_.account.id + " exists already",
                "usagectl account set changes it"
            );
        }
        return refuse(
            Exit::refused,
            "meter_taken",
            "meter " + request_.meter + " serves another account",
            "a meter serves one account at a time: close the other one first"
        );
    }
    made_.known.number = *number;
    store_.accounts().add_service(*number, {today_, 0, now, standing.meter, standing.profile});
    return {};
}

// The deposit, if it is to be used, and what follows from the balance there is now.
Result<void> Creation::begin(const Actor& actor, Instant now) {
    auto change = AccountChange::begin(store_, made_.known.account.id, prepay_, actor.name, now);
    if (!change)
        return tl::unexpected(change.error());
    change->note_event("status", "", "pending", "created");
    auto& account = change->account();
    if (request_.apply_deposit && account.deposit > Money()) {
        const auto applied = change->post(
            {ledger::Kind::deposit,
             change->now(),
             "deposit applied to what is due",
             {{store_.ledger().code(ledger::deposits), account.deposit}}}
        );
        if (!applied)
            return tl::unexpected(applied.error());
        account.deposit = Money();
    }
    const auto then = account::after_payment(change->after_balance());
    if (auto done = change->follow(then, "created"); !done)
        return done;
    if (auto done = change->finish(); !done)
        return done;
    made_.known = change->known();
    made_.standing = change->standing();
    made_.orders = change->orders();
    return {};
}

Result<AccountCreated> Creation::run(const Actor& actor, Instant now) {
    made_.known.account = request_.account;
    made_.known.account.created_at = now;
    made_.rates = request_.rates;
    if (request_.account.flags.tax_exempt)
        made_.rates.exemptions.emplace_back(every_exemption);
    made_.rates = sorted(std::move(made_.rates));
    if (auto done = find_meter(now); !done)
        return tl::unexpected(done.error());
    const Limits limits{request_.thresholds, request_.account.rule_pack, today_};
    if (auto sound = check_limits(limits, prepay_, request_.packs); !sound)
        return tl::unexpected(sound.error());
    auto rates = ready_rates(store_, made_.rates, today_);
    if (!rates)
        return tl::unexpected(rates.error());
    rates_ = *rates;
    if (auto same = check_currency(*rates_, prepay_); !same)
        return tl::unexpected(same.error());
    if (auto done = work_out_due(); !done)
        return tl::unexpected(done.error());
    if (auto done = insert(now); !done)
        return tl::unexpected(done.error());
    if (auto done = begin(actor, now); !done)
        return tl::unexpected(done.error());
    return std::move(made_);
}

}  // namespace

Result<AccountCreated> create_account(
    Store& store,
    const CreateAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<AccountCreated>(store, request.dry_run, [&]() -> Result<AccountCreated> {
        const auto now = clock.now();
        auto made = Creation(store, request, prepay).run(actor, now);
        if (!made)
            return made;
        store.audit().append(actor.record(
            now,
            "account " + made->known.account.id + " created, " +
                std::string(account::to_string(made->standing.status)) + ", due " +
                format_money(made->minimum_due)
        ));
        if (request.created)
            request.created(*made);
        return made;
    });
}

}  // namespace usagectl::app
