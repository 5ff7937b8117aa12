// SPDX-License-Identifier: MIT
#include "db/status_answer.hpp"
#include "cli/json_values.hpp"

namespace usagectl {

namespace {

// With the cure, for a role that is no longer what it was.
std::string role_line(const app::RoleHeld& held) {
    const std::string role(app::role_words.word(held.role));
    const auto line = "role       " + held.user + " is " + role;
    if (held.state == "current")
        return line;
    const auto give = [&](const std::string& word) {
        return "`usagectl db grant " + word + " --to " + held.user + "`";
    };
    if (held.state == "gone")
        return line + ", and the server knows no such user: " + give("none") + " forgets it";
    const std::string what =
        held.state == "behind" ? " and lacks some of it: " : " and may do more than that: ";
    return line + what + give(role);
}

}  // namespace

std::vector<cli::Field> status_fields() {
    return {
        {"url", "string", "the datastore, password masked"},
        {"engine", "string", "sqlite or postgresql"},
        {"exists", "boolean", "false when nothing is there yet"},
        {"sandbox", "boolean", "true when USAGECTL_NOW is accepted, for ever"},
        {"schema_version", "integer", "newest migration applied; 0 when none"},
        {"newest_version", "integer", "newest migration this usagectl knows"},
        {"roles[].user", "string", "a database user who was given a role; none on SQLite"},
        {"roles[].role", "string", "the role"},
        {"roles[].state", "string", "current, behind, wider or gone"},
        {"items[].version", "integer", "of the migration"},
        {"items[].name", "string", "its name"},
        {"items[].applied", "boolean", "whether it was applied"},
        {"items[].applied_at", "instant", "when", true},
    };
}

cli::Json status_json(const app::StoreStatus& status) {
    cli::Json root;
    root["url"] = status.url;
    root["engine"] = status.engine;
    root["exists"] = status.exists;
    root["sandbox"] = status.sandbox;
    root["schema_version"] = status.version;
    root["newest_version"] = status.newest;
    root["roles"] = cli::Json::array();
    for (const auto& held : status.roles) {
        root["roles"].push_back({
            {"user", held.user},
            {"role", app::role_words.word(held.role)},
            {"state", held.state},
        });
    }
    root["items"] = cli::Json::array();
    for (const auto& migration : status.migrations) {
        cli::Json item;
        item["version"] = migration.version;
        item["name"] = migration.name;
        item["applied"] = migration.applied;
        item["applied_at"] = cli::name_json(migration.applied_at);
        root["items"].push_back(std::move(item));
    }
    return root;
}

cli::Context::View status_view(const app::StoreStatus& status) {
    cli::Context::View view;
    view.heading = {
        "datastore  " + status.url,
        "engine     " + status.engine,
        std::string("exists     ") + (status.exists ? "yes" : "no"),
        std::string("sandbox    ") + (status.sandbox ? "yes" : "no"),
        "schema     " + std::to_string(status.version) + " of " + std::to_string(status.newest),
    };
    for (const auto& held : status.roles)
        view.heading.push_back(role_line(held));
    view.columns = {
        {"version", "VERSION", true},
        {"name", "MIGRATION"},
        {"applied_at", "APPLIED AT"},
    };
    return view;
}

}  // namespace usagectl
