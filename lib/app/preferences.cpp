// SPDX-License-Identifier: MIT
#include "app/preferences.hpp"

#include <algorithm>

#include "app/undo.hpp"

namespace usagectl::app {

namespace {

std::string field_of(const account::Preference& preference) {
    return "notice " + std::string(account::to_string(preference.type)) + " by " +
           std::string(account::to_string(preference.method));
}

std::string text_of(const account::Preference& preference) {
    return preference.address + " " + preference.window.text() + " every " +
           std::string(account::to_string(preference.every)) +
           (preference.primary ? " primary" : " secondary");
}

bool same_key(const account::Preference& left, const account::Preference& right) {
    return left.type == right.type && left.method == right.method && left.address == right.address;
}

Result<void> check_open(const AccountChange& change) {
    if (change.standing().status != account::Status::closed)
        return {};
    return refuse(
        Exit::refused,
        "account_closed",
        "account " + change.known().account.id + " is closed",
        "what is closed stays as it is"
    );
}

// The first contact of the account the method can reach.
Result<std::string> contact_for(const account::Account& account, account::NoticeMethod method) {
    const auto kind = method == account::NoticeMethod::email ? account::ContactKind::email
                                                             : account::ContactKind::phone;
    for (const auto& contact : account.contacts) {
        if (contact.kind == kind)
            return contact.value;
    }
    return refuse(
        Exit::refused,
        "address_missing",
        "account " + account.id + " has no " +
            (kind == account::ContactKind::email ? "e-mail address" : "telephone number"),
        "give --to ADDRESS"
    );
}

// What follows for the standing, and the account with its preferences as they are now.
Result<PreferencesShown> settle(Store& store, AccountChange& change) {
    PreferencesShown shown;
    shown.account = change.known().account.id;
    shown.preferences = store.accounts().preferences(change.known().number);
    change.standing().wants_daily =
        std::any_of(shown.preferences.begin(), shown.preferences.end(), [](const auto& each) {
            return each.type == account::NoticeType::daily;
        });
    if (auto kept = change.finish(); !kept)
        return tl::unexpected(kept.error());
    return shown;
}

Result<PreferencesShown>
set_within(Store& store, const SetPreference& request, AccountChange& change) {
    auto wanted = request.preference;
    if (wanted.address.empty()) {
        auto found = contact_for(change.known().account, wanted.method);
        if (!found)
            return tl::unexpected(found.error());
        wanted.address = std::move(*found);
    }
    if (auto sound = account::check_address(wanted.method, wanted.address); !sound)
        return tl::unexpected(sound.error());
    const auto number = change.known().number;
    std::string before;
    for (const auto& known : store.accounts().preferences(number)) {
        if (same_key(known, wanted))
            before = text_of(known);
    }
    if (before != text_of(wanted)) {
        store.accounts().save_preference(number, wanted);
        change.note_event(field_of(wanted), before, text_of(wanted), "set");
    }
    return settle(store, change);
}

Result<PreferencesShown>
remove_within(Store& store, const RemovePreferences& request, AccountChange& change) {
    const auto number = change.known().number;
    bool any = false;
    for (const auto& known : store.accounts().preferences(number)) {
        if (known.type != request.type || (request.method && known.method != *request.method) ||
            (request.address && known.address != *request.address))
            continue;
        store.accounts().remove_preference(number, known);
        change.note_event(field_of(known), text_of(known), "", "removed");
        any = true;
    }
    if (any)
        return settle(store, change);
    return refuse(
        Exit::not_found,
        "preference_unknown",
        "account " + change.known().account.id + " has no such preference",
        "usagectl account prefs " + change.known().account.id + " shows those there are"
    );
}

template <class Request, class Work>
Result<PreferencesShown> change_preferences(
    Store& store,
    const Request& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock,
    const Work& work
) {
    return attempt<PreferencesShown>(store, request.dry_run, [&]() -> Result<PreferencesShown> {
        const auto now = clock.now();
        auto change = AccountChange::begin(store, request.account, prepay, actor.name, now);
        if (!change)
            return tl::unexpected(change.error());
        if (auto open = check_open(*change); !open)
            return tl::unexpected(open.error());
        auto shown = work(*change);
        if (!shown)
            return shown;
        store.audit().append(actor.record(
            now,
            "account " + shown->account + " has " + std::to_string(shown->preferences.size()) +
                " notice preferences"
        ));
        return shown;
    });
}

}  // namespace

Result<PreferencesShown> show_preferences(Store& store, std::string_view account_id) {
    const auto known = store.accounts().find(account_id);
    if (!known)
        return tl::unexpected(unknown_account(account_id));
    return PreferencesShown{known->account.id, store.accounts().preferences(known->number)};
}

Result<PreferencesShown> set_preference(
    Store& store,
    const SetPreference& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return change_preferences(store, request, prepay, actor, clock, [&](AccountChange& change) {
        auto shown = set_within(store, request, change);
        if (shown && request.set)
            request.set(*shown);
        return shown;
    });
}

Result<PreferencesShown> remove_preferences(
    Store& store,
    const RemovePreferences& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return change_preferences(store, request, prepay, actor, clock, [&](AccountChange& change) {
        auto shown = remove_within(store, request, change);
        if (shown && request.removed)
            request.removed(*shown);
        return shown;
    });
}

}  // namespace usagectl::app
