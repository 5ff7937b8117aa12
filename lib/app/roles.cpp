// SPDX-License-Identifier: MIT
#include "app/roles.hpp"

#include <algorithm>

#include "app/actor.hpp"
#include "app/store.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

std::string join(const std::set<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

Result<void> check(RoleStore& roles, const GrantRole& request) {
    if (!roles.may_grant()) {
        return refuse(
            Exit::refused,
            "grant_by_owner_only",
            "only the owner of the store can grant roles",
            "connect as the user who made it with `usagectl db init`"
        );
    }
    const auto user = roles.user(request.user);
    // One that was dropped can be forgotten.
    const bool forget = !request.role && roles.role_of(request.user);
    if (!user.exists && !forget) {
        return refuse(
            Exit::not_found,
            "database_user_unknown",
            "the server knows no user " + request.user,
            "make it there first, with `create role … login`; letter case counts"
        );
    }
    if (user.above) {
        return refuse(
            Exit::refused,
            "database_user_above",
            request.user + " owns the store, acts for its owner or is a superuser: no grant binds "
                           "it",
            "make a user for this work alone, with `create role … login`"
        );
    }
    return {};
}

std::string outcome(const RoleGranted& granted) {
    const auto changes = std::to_string(granted.changes());
    if (!granted.role)
        return "everything taken back from " + granted.user + ", " + changes + " objects changed";
    return "role " + std::string(role_words.word(*granted.role)) + " granted to " + granted.user +
           ", " + changes + " objects changed";
}

RoleGranted replace_rights(RoleStore& roles, const GrantRole& request) {
    RoleGranted granted{request.user, request.role, roles.role_of(request.user), {}, {}};
    const auto wanted = roles.wanted(request.role);
    if (roles.user(request.user).exists) {
        const auto held = roles.held(request.user);
        for (std::size_t at = 0; at < wanted.size(); ++at) {
            const bool changed = held.at(at) != wanted[at];
            if (changed)
                roles.replace(request.user, wanted[at]);
            if (changed || !wanted[at].empty())
                granted.objects.push_back(
                    {wanted[at].name, wanted[at].schema, wanted[at].words(), changed}
                );
        }
        granted.beyond = roles.beyond(request.user, wanted);
    }
    if (granted.before != granted.role)
        roles.remember(request.user, request.role);
    return granted;
}

}  // namespace

std::string Rights::words() const {
    std::set<std::string> all = whole;
    for (const auto& [word, columns] : by_column)
        all.insert(word + " (" + join(columns) + ")");
    return join(all);
}

std::size_t RoleGranted::changes() const {
    return static_cast<std::size_t>(
        std::count_if(objects.begin(), objects.end(), [](const auto& one) { return one.changed; })
    );
}

Result<RoleGranted> grant_role(
    Store& store,
    const GrantRole& request,
    const std::function<void(const RoleGranted&)>& granted,
    const Actor& actor,
    const Clock& clock
) {
    auto& roles = store.roles();
    if (!roles.has_users()) {
        return refuse(
            Exit::refused,
            "grant_needs_postgresql",
            "a SQLite store has no users that could be given a role",
            "the mode of the file says who may open it, and its triggers keep what is only ever "
            "added to; a store on PostgreSQL has roles"
        );
    }
    return attempt<RoleGranted>(store, request.dry_run, [&]() -> Result<RoleGranted> {
        roles.lock();
        if (const auto fine = check(roles, request); !fine)
            return tl::unexpected(fine.error());
        auto done = replace_rights(roles, request);
        store.audit().append(actor.record(clock.now(), outcome(done)));
        if (!request.dry_run)
            granted(done);
        return done;
    });
}

}  // namespace usagectl::app
