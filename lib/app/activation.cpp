// SPDX-License-Identifier: MIT
#include "app/activation.hpp"

#include <algorithm>

#include "app/undo.hpp"

namespace usagectl::app {

namespace {

// Blocks are looked through so many days at a time.
constexpr std::chrono::days read_days{31};

std::string day_text(const std::optional<LocalDay>& day) {
    return day ? format_day(*day) : std::string();
}

std::string number_text(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : std::string();
}

// The first day from `from` on that has settled consumption; none: there is none.
std::optional<LocalDay> first_usage(Store& store, const std::string& meter, LocalDay from) {
    const meter::BlockKey key{meter, meter::Channel::consumption, meter::Layer::vee};
    const auto span = store.blocks().extent();
    const auto last = span ? store.blocks().last_day(key, span->last) : std::nullopt;
    for (auto day = from; last && day <= *last; day += read_days) {
        const auto until = std::min(*last, day + read_days - std::chrono::days(1));
        for (const auto& stored : store.blocks().read(key, {day, until})) {
            if (stored.block.present() > 0)
                return stored.day;
        }
    }
    return std::nullopt;
}

}  // namespace

LocalDay first_service_day(const AccountChange& change) {
    const auto& account = change.known().account;
    const auto created = change.zone().day_of(account.created_at);
    return std::max(created, account.meter_facts.installed_on.value_or(created));
}

std::optional<LocalDay> first_charged_day(AccountChange& change, Store& store) {
    const auto from = first_service_day(change);
    const auto used = first_usage(store, change.standing().meter_id, from);
    return used && change.account().flags.existing_customer ? from : used;
}

Result<bool> try_activate(AccountChange& change, Store& store) {
    auto order = change.open_order(account::OrderKind::activate);
    if (!order || order->state != account::OrderState::pending_usage)
        return false;
    const auto first = first_charged_day(change, store);
    if (!first)
        return false;
    const auto cause = "first daily usage, charged from " + format_day(*first);
    // What may refuse comes first, before anything is written.
    if (auto done = change.become(account::Status::active, cause); !done)
        return tl::unexpected(done.error());
    if (auto done = change.advance(*order, account::OrderState::completed, cause); !done)
        return tl::unexpected(done.error());
    change.standing().charged_through = *first - std::chrono::days(1);
    return true;
}

void enter_meter_facts(
    AccountChange& change, Store& store, const account::MeterFacts& facts, const std::string& cause
) {
    auto& known = change.account().meter_facts;
    const auto enter = [&](const char* field, auto& kept, const auto& given, const auto& text) {
        if (!given || kept == given)
            return;
        change.note_event(field, text(kept), text(given), cause);
        kept = given;
    };
    const auto as_is = [](const std::optional<std::string>& text) { return text.value_or(""); };
    const bool renumbered = facts.number && known.number != facts.number;
    enter("meter_number", known.number, facts.number, as_is);
    enter("begin_reading_wh", known.begin_reading_wh, facts.begin_reading_wh, number_text);
    enter("installed_on", known.installed_on, facts.installed_on, day_text);
    enter("last_read_on", known.last_read_on, facts.last_read_on, day_text);
    if (!renumbered || !change.standing().meter)
        return;
    auto meter = store.meters().find_number(*change.standing().meter);
    if (!meter)
        return;
    meter->meter_number = facts.number;
    store.meters().save(*meter);
}

namespace {

Result<void> check_facts(const AccountChange& change) {
    const auto& facts = change.known().account.meter_facts;
    std::string missing;
    for (const auto name : facts.missing())
        missing += (missing.empty() ? "" : ", ") + std::string(name);
    if (!missing.empty()) {
        return refuse(
            Exit::refused,
            "meter_facts_missing",
            "of the meter of account " + change.known().account.id + " is not known: " + missing,
            "give --meter-number, --begin-reading, --installed-on and --last-read-on as they lack"
        );
    }
    if (*facts.installed_on <= change.today())
        return {};
    return refuse(
        Exit::refused,
        "installed_later",
        "the meter is to be installed on " + format_day(*facts.installed_on) + ", and it is only " +
            format_day(change.today()),
        "confirm the installation once it is done"
    );
}

// The order that is to wait for usage from now on.
Result<void> confirm_installation(AccountChange& change) {
    auto order = change.open_order(account::OrderKind::activate);
    const auto& id = change.known().account.id;
    if (change.standing().status == account::Status::pending) {
        const auto due = change.account().minimum_due.total() +
                         change.standing().thresholds.connection - change.standing().balance;
        return refuse(
            Exit::refused,
            "account_not_paid",
            "account " + id + " is pending: " + format_money(due) + " are still to be paid",
            "usagectl payment post " + id
        );
    }
    if (!order) {
        return refuse(
            Exit::refused,
            "no_activation_order",
            "account " + id + " is " + std::string(account::to_string(change.standing().status)) +
                " and has no activation order",
            "usagectl account events " + id + " shows what became of it"
        );
    }
    if (order->state == account::OrderState::pending_usage)
        return {};
    return change.advance(*order, account::OrderState::pending_usage);
}

// An order that is touched twice is told as it stands in the end.
std::vector<OrderTouched> last_of_each(std::vector<OrderTouched> orders) {
    std::vector<OrderTouched> kept;
    for (auto& order : orders) {
        std::erase_if(kept, [&](const OrderTouched& other) { return other.name == order.name; });
        kept.push_back(std::move(order));
    }
    return kept;
}

Result<AccountActivated>
activate_within(Store& store, const ActivateAccount& request, AccountChange& change) {
    enter_meter_facts(change, store, request.facts, "activation");
    AccountActivated done;
    done.unchanged = account::in_service(change.standing().status);
    if (!done.unchanged) {
        if (auto complete = check_facts(change); !complete)
            return tl::unexpected(complete.error());
        if (auto confirmed = confirm_installation(change); !confirmed)
            return tl::unexpected(confirmed.error());
        if (auto active = try_activate(change, store); !active)
            return tl::unexpected(active.error());
    }
    if (auto kept = change.finish(); !kept)
        return tl::unexpected(kept.error());
    done.account = change.known().account.id;
    done.status = change.standing().status;
    done.first_service_day = first_service_day(change);
    if (change.standing().charged_through && !done.unchanged)
        done.charged_from = *change.standing().charged_through + std::chrono::days(1);
    done.orders = last_of_each(change.orders());
    return done;
}

}  // namespace

Result<AccountActivated> activate_account(
    Store& store,
    const ActivateAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<AccountActivated>(store, request.dry_run, [&]() -> Result<AccountActivated> {
        const auto now = clock.now();
        auto change = AccountChange::begin(store, request.account, prepay, actor.name, now);
        if (!change)
            return tl::unexpected(change.error());
        auto done = activate_within(store, request, *change);
        if (!done)
            return done;
        store.audit().append(actor.record(
            now,
            "account " + done->account + " is " + std::string(account::to_string(done->status)) +
                (done->charged_from ? ", charged from " + format_day(*done->charged_from)
                 : done->unchanged  ? " already"
                                    : ", waits for usage")
        ));
        if (request.activated)
            request.activated(*done);
        return done;
    });
}

}  // namespace usagectl::app
