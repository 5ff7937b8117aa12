// SPDX-License-Identifier: MIT
#include "store/open.hpp"

#include <chrono>
#include <filesystem>
#include <thread>

#include "base/module.hpp"
#include "store/datastore.hpp"
#include "store/postgres.hpp"
#include "store/role_repository.hpp"
#include "store/schema.hpp"
#include "store/sql.hpp"
#include "store/sqlite.hpp"

namespace usagectl::store {
namespace {

Location locate(const std::string& url) {
    auto location = parse_url(url);
    if (!location)
        throw Failure(std::move(location.error()));
    return std::move(*location);
}

bool missing(const Location& location) {
    std::error_code error;
    return !location.remote && !std::filesystem::exists(location.path, error);
}

std::unique_ptr<Session> connect(const Location& location, const OpenOptions& options) {
    if (!location.remote)
        return open_sqlite({location.path, false, options.busy});
    const PostgresOptions postgres{location.url, mask_url(location.url), options.busy};
    auto* const open = module_function<OpenPostgres>("postgres", postgres_symbol);
    return std::unique_ptr<Session>(open(postgres));
}

bool logs_ahead(Session& session) {
    bool ahead = false;
    each_row(session, "pragma journal_mode", {}, [&](const Row& row) {
        ahead = row.text(0) == "wal";
    });
    return ahead;
}

// The log mode is a property of the file, set once for all who open it later. It cannot change
// inside a transaction, so it comes before the schema does. SQLite refuses the change at once, and
// does not wait, while another one is at the file: whoever makes the same store at the same moment.
void use_write_ahead_log(Session& session, std::chrono::milliseconds limit) {
    if (session.dialect() != Dialect::sqlite)
        return;
    constexpr std::chrono::milliseconds pause{1};
    for (auto left = limit; !logs_ahead(session); left -= pause) {
        try {
            session.script("pragma journal_mode = wal");
            return;
        } catch (const Failure& failure) {
            if (failure.error().code != "store_busy" || left <= pause)
                throw;
        }
        std::this_thread::sleep_for(pause);
    }
}

// False when a store was there already.
bool make(Session& session, const OpenOptions& options, bool sandbox, const Clock& clock) {
    const Schema schema = read_schema(session);
    if (!schema.exists() && !schema.foreign)
        use_write_ahead_log(session, options.busy);
    return create_schema(
        session, migrations(session.dialect()), sandbox, clock.now(), mask_url(options.url)
    );
}

[[noreturn]] void fail_missing(const OpenOptions& options) {
    throw Failure(
        "store_missing",
        "there is no store " + mask_url(options.url),
        "make one with `usagectl db init`, or name another with --db"
    );
}

}  // namespace

std::unique_ptr<app::Store>
open_store(const OpenOptions& options, const Clock& clock, const Look& look) {
    const Location location = locate(options.url);
    if (missing(location)) {
        if (look)
            look(false);
        if (!options.create)
            fail_missing(options);
        create_sqlite_file(location.path, options.directories);
    }
    auto session = connect(location, options);
    Schema schema = read_schema(*session);
    if (look)
        look(schema.exists() && read_sandbox(*session));
    // An empty file is a store that was about to be made.
    const bool make_now = !location.remote && options.create;
    if (make_now && !schema.exists() && !schema.foreign) {
        make(*session, options, false, clock);
        schema = read_schema(*session);
    }
    require_current(schema, migrations(session->dialect()), mask_url(options.url));
    use_write_ahead_log(*session, options.busy);
    return std::make_unique<Datastore>(std::move(session), mask_url(options.url));
}

void init_store(const OpenOptions& options, bool sandbox, const Clock& clock) {
    const Location location = locate(options.url);
    if (!location.remote)
        create_sqlite_file(location.path, options.directories);
    const auto session = connect(location, options);
    if (make(*session, options, sandbox, clock))
        return;
    throw Failure(Error{
        Exit::refused,
        "store_exists",
        "there is a store " + mask_url(options.url) + " already",
        "see it with `usagectl db status`, or name another with --db",
        false,
    });
}

std::vector<std::string> migrate_store(const OpenOptions& options, const Clock& clock) {
    const Location location = locate(options.url);
    if (missing(location))
        create_sqlite_file(location.path, options.directories);
    const auto session = connect(location, options);
    const std::string shown = mask_url(options.url);
    if (!make(*session, options, false, clock)) {
        return migrate_schema(*session, migrations(session->dialect()), clock.now(), shown);
    }
    std::vector<std::string> names;
    for (auto& applied : read_schema(*session).applied)
        names.push_back(std::move(applied.name));
    return names;
}

app::StoreStatus store_status(const OpenOptions& options) {
    const Location location = locate(options.url);
    const std::string shown = mask_url(options.url);
    if (missing(location))
        return describe({}, Dialect::sqlite, false, shown);
    const auto session = connect(location, options);
    const Schema schema = read_schema(*session);
    const bool sandbox = schema.exists() && read_sandbox(*session);
    auto status = describe(schema, session->dialect(), sandbox, shown);
    if (schema.exists())
        status.roles = RoleRepository(*session).all();
    return status;
}

std::unique_ptr<app::Store> open_for_completion(const std::string& url) noexcept {
    try {
        const Location location = locate(url);
        if (location.remote || missing(location))
            return nullptr;
        auto session = open_sqlite({location.path, true, std::chrono::milliseconds(0)});
        require_current(read_schema(*session), migrations(session->dialect()), url);
        return std::make_unique<Datastore>(std::move(session), url);
    } catch (const std::exception&) {
        return nullptr;
    }
}

int newest_schema() {
    return newest_version(migrations(Dialect::sqlite));
}

std::string sqlite_version() {
    return sqlite_library_version();
}

}  // namespace usagectl::store
