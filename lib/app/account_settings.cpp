// SPDX-License-Identifier: MIT
#include "app/account_settings.hpp"

#include <algorithm>

#include "app/account_limits.hpp"
#include "app/account_service.hpp"
#include "app/activation.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

std::string text_of(const std::string& text) {
    return text;
}
std::string text_of(bool yes) {
    return yes ? "yes" : "no";
}
std::string text_of(std::int64_t number) {
    return std::to_string(number);
}
std::string text_of(Money amount) {
    return format_money(amount);
}

std::string addresses(const std::vector<account::Contact>& contacts, account::ContactKind kind) {
    std::string text;
    for (const auto& contact : contacts) {
        if (contact.kind == kind)
            text += (text.empty() ? "" : ", ") + contact.value;
    }
    return text;
}

class Setting {
public:
    Setting(AccountChange& change, const SetAccount& request)
        : change_(change)
        , request_(request) {}

    void set_customer();
    void set_contacts();
    void set_limits();
    void set_flags();

private:
    template <class T>
    void set(const char* field, T& kept, const std::optional<T>& given) {
        if (!given || kept == *given)
            return;
        change_.note_event(field, text_of(kept), text_of(*given), "set");
        kept = *given;
    }
    void replace(
        const char* field,
        account::ContactKind kind,
        const std::optional<std::vector<std::string>>& values
    );

    AccountChange& change_;
    const SetAccount& request_;
};

void Setting::set_customer() {
    auto& account = change_.account();
    set("name", account.name, request_.name);
    set("street", account.address.street, request_.street);
    set("city", account.address.city, request_.city);
    set("state", account.address.state, request_.state);
    set("county", account.address.county, request_.county);
    set("postal_code", account.address.postal_code, request_.postal_code);
    set("language", account.language, request_.language);
    set("rule_pack", account.rule_pack, request_.rule_pack);
    set("debt_percent", account.debt_percent, request_.debt_percent);
}

void Setting::replace(
    const char* field,
    account::ContactKind kind,
    const std::optional<std::vector<std::string>>& values
) {
    if (!values)
        return;
    auto& contacts = change_.account().contacts;
    const auto before = addresses(contacts, kind);
    std::erase_if(contacts, [&](const account::Contact& contact) { return contact.kind == kind; });
    for (const auto& value : *values)
        contacts.push_back({kind, value, false});
    // Telephones come first, and the first of all is the primary contact.
    std::stable_sort(contacts.begin(), contacts.end(), [](const auto& left, const auto& right) {
        return left.kind < right.kind;
    });
    for (auto& contact : contacts)
        contact.primary = &contact == &contacts.front();
    const auto after = addresses(contacts, kind);
    if (before != after)
        change_.note_event(field, before, after, "set");
}

void Setting::set_contacts() {
    replace("phones", account::ContactKind::phone, request_.phones);
    replace("emails", account::ContactKind::email, request_.emails);
}

void Setting::set_limits() {
    auto& limits = change_.standing().thresholds;
    set("connection_balance", limits.connection, request_.connection);
    set("disconnection_balance", limits.disconnection, request_.disconnection);
    set("grace_balance", limits.grace, request_.grace);
    set("low_balance", limits.low, request_.low);
    std::int64_t days = limits.low_days.value_or(0);
    set("low_days", days, request_.low_days);
    limits.low_days = days == 0 ? std::nullopt : std::optional(days);
}

void Setting::set_flags() {
    auto& flags = change_.account().flags;
    set("critical_care", flags.critical_care, request_.critical_care);
    set("chronic_condition", flags.chronic_condition, request_.chronic_condition);
    set("medical", flags.medical, request_.medical);
    set("tax_exempt", flags.tax_exempt, request_.tax_exempt);
}

bool touches_service(const SetAccount& request) {
    const auto& service = request.service;
    return service.meter || service.tariff || service.options || service.exemptions ||
           request.tax_exempt;
}

// Its events, as those the account did not have before.
std::vector<std::string> fields_since(Store& store, AccountNumber number, std::size_t before) {
    std::vector<std::string> fields;
    const auto events = store.accounts().events(number);
    for (auto at = before; at < events.size(); ++at)
        fields.push_back(events[at].field);
    return fields;
}

Result<AccountSet>
set_within(Store& store, const SetAccount& request, const Prepay& prepay, AccountChange& change) {
    const auto& id = change.known().account.id;
    if (change.standing().status == account::Status::closed) {
        return refuse(
            Exit::refused,
            "account_closed",
            "account " + id + " is closed",
            "what is closed stays as it is: create a new account"
        );
    }
    AccountSet done;
    const auto before = store.accounts().events(change.known().number).size();
    Setting setting(change, request);
    setting.set_customer();
    setting.set_contacts();
    setting.set_limits();
    setting.set_flags();
    if (touches_limits(request)) {
        const Limits limits{
            change.standing().thresholds, change.account().rule_pack, change.today()};
        if (auto sound = check_limits(limits, prepay, request.packs); !sound)
            return tl::unexpected(sound.error());
    }
    if (touches_service(request)) {
        const auto changed =
            change_service(change, store, request.service, request.tax_exempt, prepay);
        if (!changed)
            return tl::unexpected(changed.error());
        if (*changed) {
            done.from = (*changed)->from;
            done.ahead = (*changed)->ahead;
        }
    }
    enter_meter_facts(change, store, request.meter_facts, "set");
    if (auto kept = change.finish(); !kept)
        return tl::unexpected(kept.error());
    done.changed = fields_since(store, change.known().number, before);
    auto shown = show_account(store, id);
    if (!shown)
        return tl::unexpected(shown.error());
    done.shown = std::move(*shown);
    return done;
}

std::string sentence(const AccountSet& done) {
    std::string fields;
    for (const auto& field : done.changed)
        fields += (fields.empty() ? "" : ", ") + field;
    return "account " + done.shown.known.account.id +
           (fields.empty() ? " was so already" : " set: " + fields) +
           (done.from ? ", from " + format_day(*done.from) : std::string());
}

}  // namespace

bool touches_limits(const SetAccount& request) {
    return request.connection || request.disconnection || request.grace || request.low ||
           request.low_days || request.rule_pack;
}

Result<AccountSet> set_account(
    Store& store,
    const SetAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<AccountSet>(store, request.dry_run, [&]() -> Result<AccountSet> {
        const auto now = clock.now();
        auto change = AccountChange::begin(store, request.account, prepay, actor.name, now);
        if (!change)
            return tl::unexpected(change.error());
        auto done = set_within(store, request, prepay, *change);
        if (!done)
            return done;
        store.audit().append(actor.record(now, sentence(*done)));
        if (request.set)
            request.set(*done);
        return done;
    });
}

}  // namespace usagectl::app
