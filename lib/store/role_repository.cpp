// SPDX-License-Identifier: MIT
#include "store/role_repository.hpp"

#include <algorithm>

#include "store/lock.hpp"
#include "store/role_table.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

// A name as SQL takes it whatever it holds; the server knows it exactly so.
std::string identifier(std::string_view name) {
    std::string text = "\"";
    for (const char letter : name)
        text.append(letter == '"' ? 2 : 1, letter);
    return text + '"';
}

const TableRule* find_rule(std::string_view table) {
    const auto rules = table_rules();
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const TableRule& rule) {
        return rule.table == table;
    });
    return found == rules.end() ? nullptr : &*found;
}

std::string listed(const std::set<std::string>& columns) {
    std::string text;
    for (const auto& column : columns)
        text += (text.empty() ? "" : ", ") + identifier(column);
    return text;
}

// "select, update ("state")": what stands between GRANT and ON.
std::string grant_words(const app::Rights& rights) {
    std::string text;
    for (const auto& word : rights.whole)
        text += (text.empty() ? "" : ", ") + word;
    for (const auto& [word, columns] : rights.by_column)
        text += (text.empty() ? "" : ", ") + word + " (" + listed(columns) + ")";
    return text;
}

bool within(const std::set<std::string>& part, const std::set<std::string>& whole) {
    return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

bool within(const app::Rights& part, const app::Rights& whole) {
    const auto covered = [&](const auto& given) {
        const auto found = whole.by_column.find(given.first);
        return found != whole.by_column.end() && within(given.second, found->second);
    };
    return within(part.whole, whole.whole) &&
           std::all_of(part.by_column.begin(), part.by_column.end(), covered);
}

std::string info_key(const std::string& user) {
    return "role:" + user;
}

// What was given to whole objects, and to columns. A right that may be passed on is more than one
// that may not.
constexpr std::string_view given_sql =
    "select 0, '', '', lower(a.privilege_type) || case when a.is_grantable then"
    " ' with grant option' else '' end"
    " from pg_namespace n cross join lateral aclexplode(n.nspacl) a"
    " where n.nspname = current_schema() and a.privilege_type = 'USAGE'"
    " and a.grantee = to_regrole($1)"
    " union all "
    "select 1, cast(c.relname as text), '', lower(a.privilege_type) || case when a.is_grantable"
    " then ' with grant option' else '' end"
    " from pg_class c cross join lateral aclexplode(c.relacl) a"
    " where c.relnamespace = (select oid from pg_namespace where nspname = current_schema())"
    " and a.grantee = to_regrole($1)"
    " union all "
    "select 2, cast(c.relname as text), cast(t.attname as text), lower(a.privilege_type) ||"
    " case when a.is_grantable then ' with grant option' else '' end"
    " from pg_class c join pg_attribute t on t.attrelid = c.oid"
    " cross join lateral aclexplode(t.attacl) a"
    " where c.relnamespace = (select oid from pg_namespace where nspname = current_schema())"
    " and a.grantee = to_regrole($1)";

}  // namespace

bool RoleRepository::has_users() const {
    return session_.dialect() == Dialect::postgresql;
}

void RoleRepository::lock() {
    lock_until_end(session_, Lock::schema);
}

app::DatabaseUser RoleRepository::user(const std::string& name) {
    app::DatabaseUser found;
    const std::string wanted = sound_text(name);
    // The server's own roles (pg_…) are nobody's, and nothing of ours.
    each_row(
        session_,
        "select case when pg_has_role(r.oid, c.relowner, 'member') then 1 else 0 end"
        " from pg_roles r, pg_class c"
        " where cast(r.rolname as text) = $1 and not starts_with($1, 'pg_')"
        " and c.oid = to_regclass('schema_migration')",
        {std::string_view(wanted)},
        [&](const Row& row) {
            found = {true, row.integer(0) != 0};
        }
    );
    return found;
}

bool RoleRepository::may_grant() {
    return find_integer(
               session_,
               "select case when pg_has_role(current_user, relowner, 'usage') then 1 else 0 end"
               " from pg_class where oid = to_regclass('schema_migration')",
               {}
           ) == 1;
}

RoleRepository::Objects RoleRepository::objects() {
    Objects found;
    each_row(session_, "select cast(current_schema() as text)", {}, [&](const Row& row) {
        found.schema = row.text(0);
    });
    each_row(
        session_,
        "select cast(relname as text) from pg_class where relkind in ('r', 'v', 'p') and"
        " relnamespace = (select oid from pg_namespace where nspname = current_schema())"
        " order by relname",
        {},
        [&](const Row& row) {
            // Another program's tables may stand in the same schema.
            if (find_rule(row.text(0)) != nullptr)
                found.tables.emplace_back(row.text(0));
        }
    );
    return found;
}

std::vector<app::Rights> RoleRepository::wanted(std::optional<app::Role> role) {
    const auto known = objects();
    app::Rights schema;
    schema.schema = true;
    schema.name = known.schema;
    if (role)
        schema.whole.insert("usage");
    std::vector<app::Rights> all{schema};
    for (const auto& table : known.tables)
        all.push_back(rights_of(*find_rule(table), role));
    return all;
}

std::vector<app::Rights> RoleRepository::held(const std::string& user) {
    auto all = wanted(std::nullopt);
    const std::string name = identifier(sound_text(user));
    each_row(session_, given_sql, {std::string_view(name)}, [&](const Row& row) {
        const bool schema = row.integer(0) == 0;
        const auto found = std::find_if(all.begin(), all.end(), [&](const app::Rights& rights) {
            return rights.schema == schema && (schema || rights.name == row.text(1));
        });
        if (found == all.end())
            return;
        const std::string word(row.text(3));
        if (row.integer(0) == 2)
            found->by_column[word].emplace(row.text(2));
        else
            found->whole.insert(word);
    });
    return all;
}

std::vector<std::string>
RoleRepository::beyond(const std::string& user, const std::vector<app::Rights>& wanted) {
    std::vector<std::string> more;
    const std::string name = identifier(sound_text(user));
    each_row(
        session_,
        "select cast(c.relname as text), w.word from pg_class c cross join"
        " (values ('select'), ('insert'), ('update'), ('delete'), ('truncate'), ('references'),"
        " ('trigger')) as w(word)"
        " where c.relnamespace = (select oid from pg_namespace where nspname = current_schema())"
        " and c.relkind in ('r', 'v', 'p')"
        " and has_table_privilege(cast(to_regrole($1) as oid), c.oid, w.word)"
        " order by c.relname, w.word",
        {std::string_view(name)},
        [&](const Row& row) {
            const auto found =
                std::find_if(wanted.begin(), wanted.end(), [&](const app::Rights& rights) {
                    return !rights.schema && rights.name == row.text(0);
                });
            if (found != wanted.end() && found->whole.count(std::string(row.text(1))) == 0)
                more.push_back(std::string(row.text(1)) + " on " + found->name);
        }
    );
    return more;
}

void RoleRepository::replace(const std::string& user, const app::Rights& rights) {
    const std::string schema = rights.schema ? rights.name : objects().schema;
    const std::string object = rights.schema ? "schema " + identifier(schema)
                                             : identifier(schema) + "." + identifier(rights.name);
    const std::string name = identifier(sound_text(user));
    // Taking back all from a table takes back what its columns were given as well. Others may use
    // the schema for something else, so that only the right to find our tables is ours to take.
    std::string sql = std::string("revoke ") + (rights.schema ? "usage" : "all") + " on " + object +
                      " from " + name + " cascade";
    if (!rights.empty())
        sql += "; grant " + grant_words(rights) + " on " + object + " to " + name;
    session_.script(sql);
}

std::optional<app::Role> RoleRepository::role_of(const std::string& user) {
    std::optional<app::Role> role;
    const std::string key = info_key(sound_text(user));
    each_row(
        session_,
        "select value from store_info where key = $1",
        {std::string_view(key)},
        [&](const Row& row) { role = app::role_words.parse(row.text(0)); }
    );
    return role;
}

void RoleRepository::remember(const std::string& user, std::optional<app::Role> role) {
    const std::string key = info_key(sound_text(user));
    run(session_, "delete from store_info where key = $1", {std::string_view(key)});
    if (!role)
        return;
    run(session_,
        "insert into store_info (key, value) values ($1, $2)",
        {std::string_view(key), app::role_words.word(*role)});
}

std::string RoleRepository::state_of(const std::string& user, app::Role role) {
    if (!this->user(user).exists)
        return "gone";
    const auto meant = wanted(role);
    const auto given = held(user);
    bool lacks = false;
    bool more = !beyond(user, meant).empty();
    for (std::size_t at = 0; at < meant.size(); ++at) {
        lacks = lacks || !within(meant[at], given.at(at));
        more = more || !within(given.at(at), meant[at]);
    }
    return lacks ? "behind" : more ? "wider" : "current";
}

std::vector<app::RoleHeld> RoleRepository::all() {
    std::vector<app::RoleHeld> found;
    if (!has_users())
        return found;
    constexpr std::string_view before = "role:";
    each_row(
        session_,
        "select key, value from store_info where starts_with(key, 'role:') order by key",
        {},
        [&](const Row& row) {
            if (const auto role = app::role_words.parse(row.text(1)))
                found.push_back({std::string(row.text(0).substr(before.size())), *role, {}});
        }
    );
    for (auto& one : found)
        one.state = state_of(one.user, one.role);
    return found;
}

}  // namespace usagectl::store
