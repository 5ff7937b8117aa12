// SPDX-License-Identifier: MIT
#include "app/account_service.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace usagectl::app {

namespace {

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

// Before there is service, the day that may be charged first is not known: it is not before today
// for whoever asks now.
LocalDay first_uncharged(const account::Standing& standing, LocalDay today) {
    return standing.charged_through ? *standing.charged_through + std::chrono::days(1) : today;
}

// None: service begins later.
const ServicePeriod* serving(
    const std::vector<ServicePeriod>& periods, const account::Standing& standing, LocalDay today
) {
    return service_on(periods, std::max(first_uncharged(standing, today), today));
}

class ServiceChange {
public:
    ServiceChange(AccountChange& change, Store& store, const ServiceAsked& asked)
        : change_(change)
        , store_(store)
        , asked_(asked)
        , periods_(store.accounts().service(change.known().number)) {}

    Result<std::optional<ServiceChanged>> run(std::optional<bool> tax_exempt, const Prepay& prepay);

private:
    Result<void> find_base();
    Result<void> choose_profile(std::optional<bool> tax_exempt, const Prepay& prepay);
    Result<void> choose_meter();
    void note_events();
    [[nodiscard]] std::int64_t versions_of(LocalDay from) const;
    void carry_on();
    Result<void> take_over();
    LocalDay first_uncharged() const;

    AccountChange& change_;
    Store& store_;
    const ServiceAsked& asked_;
    std::vector<ServicePeriod> periods_;  // ascending
    ServicePeriod base_;                  // what holds on that day so far
    ServicePeriod wanted_;
    RateProfile before_;
    RateProfile after_;
};

LocalDay ServiceChange::first_uncharged() const {
    return app::first_uncharged(change_.standing(), change_.today());
}

Result<void> ServiceChange::find_base() {
    const auto& id = change_.known().account.id;
    const auto& charged = change_.standing().charged_through;
    const auto from = asked_.from.value_or(first_uncharged());
    if (charged && from <= *charged && !asked_.exchanged) {
        return refuse(
            Exit::refused,
            "already_charged",
            "account " + id + " is charged through " + format_day(*charged),
            "what is charged does not change: give --from " +
                format_day(*charged + std::chrono::days(1)) + " or later"
        );
    }
    const auto* found = service_on(periods_, from);
    if (found == nullptr) {
        return refuse(
            Exit::refused,
            "before_service",
            "account " + id + " begins later than " + format_day(from),
            periods_.empty() ? "" : "give --from " + format_day(periods_.front().from) + " or later"
        );
    }
    base_ = *found;
    wanted_ = base_;
    wanted_.from = from;
    wanted_.known_at = change_.now();
    wanted_.version = versions_of(from);
    if (from != base_.from)
        wanted_.meter_out.reset();
    return {};
}

std::int64_t ServiceChange::versions_of(LocalDay from) const {
    return std::count_if(periods_.begin(), periods_.end(), [&](const auto& period) {
        return period.from == from;
    });
}

Result<void> ServiceChange::choose_profile(std::optional<bool> tax_exempt, const Prepay& prepay) {
    before_ = store_.accounts().profile(base_.profile).value_or(RateProfile{});
    after_ = before_;
    after_.tariff = asked_.tariff.value_or(before_.tariff);
    after_.options = asked_.options.value_or(before_.options);
    if (asked_.exemptions) {
        after_.exemptions = *asked_.exemptions;
        if (change_.account().flags.tax_exempt)
            after_.exemptions.emplace_back(every_exemption);
    }
    if (tax_exempt) {
        std::erase(after_.exemptions, std::string(every_exemption));
        if (*tax_exempt)
            after_.exemptions.emplace_back(every_exemption);
    }
    after_ = sorted(std::move(after_));
    if (after_ == before_)
        return {};
    const auto rates = ready_rates(store_, after_, wanted_.from);
    if (!rates)
        return tl::unexpected(rates.error());
    if (auto same = check_currency(**rates, prepay); !same)
        return same;
    wanted_.profile = store_.accounts().profile_number(after_);
    return {};
}

Result<void> ServiceChange::choose_meter() {
    if (!asked_.meter)
        return {};
    auto meter = store_.meters().find(*asked_.meter);
    if (meter && store_.meters().number(meter->id) == base_.meter)
        return {};
    if (!meter) {
        meter = meter::Meter{};
        meter->id = *asked_.meter;
        meter->timezone = change_.zone().name();
        meter->known_since = change_.now();
        store_.meters().save(*meter);
    }
    if (auto possible = check_next_meter(change_, store_, *meter); !possible)
        return possible;
    wanted_.meter = store_.meters().number(meter->id);
    wanted_.meter_out = asked_.exchanged ? base_.meter : std::nullopt;
    return {};
}

// A period behind the new one that was made with the old meter in mind, for another tariff as a
// rule, is to have the new one. One that has another meter was meant so, and what follows it.
void ServiceChange::carry_on() {
    if (wanted_.meter == base_.meter)
        return;
    auto after = wanted_.from;
    while (true) {
        const auto next = std::find_if(periods_.begin(), periods_.end(), [&](const auto& period) {
            return period.from > after;
        });
        if (next == periods_.end())
            return;
        after = next->from;
        auto period = *service_on(periods_, after);
        if (period.meter != base_.meter)
            return;
        period.version = versions_of(after);
        period.known_at = change_.now();
        period.meter = wanted_.meter;
        store_.accounts().add_service(change_.known().number, period);
    }
}

void ServiceChange::note_events() {
    const auto cause = "from " + format_day(wanted_.from);
    const auto note = [&](const char* field, const std::string& before, const std::string& after) {
        if (before != after)
            change_.note_event(field, before, after, cause);
    };
    note("tariff", before_.tariff, after_.tariff);
    note("options", listed(before_.options), listed(after_.options));
    note("exemptions", listed(before_.exemptions), listed(after_.exemptions));
    const auto name_of_meter = [&](std::optional<std::int64_t> number) {
        const auto meter = number ? store_.meters().find_number(*number) : std::nullopt;
        return meter ? meter->id : std::string();
    };
    if (base_.meter != wanted_.meter)
        note("meter", name_of_meter(base_.meter), name_of_meter(wanted_.meter));
}

Result<void> ServiceChange::take_over() {
    periods_ = store_.accounts().service(change_.known().number);
    auto& standing = change_.standing();
    // Days before it may still come to be charged where no day is charged yet.
    const auto known_first = standing.charged_through ? first_uncharged() : periods_.front().from;
    // Days behind an exchange are estimated from those of the meter that was taken out, too.
    standing.changing =
        standing.changing || periods_.back().from > known_first || wanted_.meter_out.has_value();
    return take_over_service(change_, store_);
}

Result<std::optional<ServiceChanged>>
ServiceChange::run(std::optional<bool> tax_exempt, const Prepay& prepay) {
    if (auto found = find_base(); !found)
        return tl::unexpected(found.error());
    if (auto chosen = choose_profile(tax_exempt, prepay); !chosen)
        return tl::unexpected(chosen.error());
    if (auto chosen = choose_meter(); !chosen)
        return tl::unexpected(chosen.error());
    if (wanted_.profile == base_.profile && wanted_.meter == base_.meter)
        return std::optional<ServiceChanged>();
    store_.accounts().add_service(change_.known().number, wanted_);
    carry_on();
    note_events();
    if (auto taken = take_over(); !taken)
        return tl::unexpected(taken.error());
    const auto reached = std::max(first_uncharged(), change_.today());
    return std::optional(ServiceChanged{wanted_.from, wanted_.from > reached});
}

}  // namespace

bool service_is_due(Store& store, const account::Standing& standing, LocalDay today) {
    const auto periods = store.accounts().service(standing.account);
    const auto* now = serving(periods, standing, today);
    return now != nullptr && (standing.meter != now->meter || standing.profile != now->profile);
}

Result<void> take_over_service(AccountChange& change, Store& store) {
    const auto periods = store.accounts().service(change.known().number);
    auto& standing = change.standing();
    const auto* now = serving(periods, standing, change.today());
    USAGECTL_ASSERT(now != nullptr);
    if (standing.meter == now->meter) {
        standing.profile = now->profile;
        return {};
    }
    auto next = now->meter ? store.meters().find_number(*now->meter) : std::nullopt;
    if (next) {
        if (auto possible = check_next_meter(change, store, *next); !possible)
            return possible;
    }
    standing.profile = now->profile;
    if (auto old = standing.meter ? store.meters().find_number(*standing.meter) : std::nullopt) {
        old->account.reset();
        store.meters().save(*old);
    }
    standing.meter = now->meter;
    standing.meter_id.clear();
    if (next) {
        standing.meter_id = next->id;
        next->account = change.known().account.id;
        store.meters().save(*next);
    }
    return {};
}

Result<void>
check_next_meter(const AccountChange& change, Store& store, const meter::Meter& meter) {
    if (meter.timezone != change.zone().name()) {
        return refuse(
            Exit::refused,
            "timezone_differs",
            "meter " + meter.id + " is in " + meter.timezone + ", the account's days are in " +
                change.zone().name(),
            "days of an account do not change: close it and create another, or correct the meter"
        );
    }
    const auto number = store.meters().number(meter.id);
    const auto serves = number ? store.accounts().of_meter(*number) : std::nullopt;
    if (serves && *serves != change.known().number) {
        return refuse(
            Exit::refused,
            "meter_taken",
            "meter " + meter.id + " serves another account",
            "a meter serves one account at a time: close the other one first"
        );
    }
    return {};
}

Result<std::optional<ServiceChanged>> change_service(
    AccountChange& change,
    Store& store,
    const ServiceAsked& asked,
    std::optional<bool> tax_exempt,
    const Prepay& prepay
) {
    return ServiceChange(change, store, asked).run(tax_exempt, prepay);
}

}  // namespace usagectl::app
