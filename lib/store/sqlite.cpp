// SPDX-License-Identifier: MIT
#include "store/sqlite.hpp"

#include <filesystem>
#include <optional>
#include <thread>
#include <unordered_map>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/assert.hpp"
#include "store/sqlite_error.hpp"
#include "store/sqlite_statement.hpp"
#include "store/write_turn.hpp"

namespace usagectl::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Settings of the connection alone; none of them changes the file. The log is moved into the file
// when it has 16 MiB: pages that many small transactions change are moved once for all of them, and
// a reader still finds its way through it fast. journal_size_limit gives the space of the log back
// after a large ingest. trusted_schema keeps functions with side effects out
// of views and triggers a hostile file may hold.
constexpr const char* connection_settings = "pragma synchronous = full;"
                                            "pragma foreign_keys = on;"
                                            "pragma recursive_triggers = on;"
                                            "pragma trusted_schema = off;"
                                            "pragma temp_store = memory;"
                                            "pragma mmap_size = 0;"
                                            "pragma cache_size = -8192;"
                                            "pragma wal_autocheckpoint = 4096;"
                                            "pragma journal_size_limit = 67108864;";

// Waits for writers that take no turns, such as sqlite3(1), and for the moments SQLite locks for
// itself. SQLite's own time-out backs off to 100 ms, which starves whoever has waited longest;
// short equal steps give every process the same chance.
class BusyWait {
public:
    explicit BusyWait(std::chrono::milliseconds limit)
        : limit_(limit) {}

    [[nodiscard]] std::chrono::milliseconds limit() const { return limit_; }
    // A wait that is part of a longer one ends with it; until then each has the limit to itself.
    void end_at(std::optional<SteadyClock::time_point> end) { end_ = end; }

    static int handler(void* self, int attempt) {
        return static_cast<BusyWait*>(self)->wait(attempt);
    }

private:
    int wait(int attempt) {
        const auto now = SteadyClock::now();
        if (attempt == 0)
            deadline_ = end_.value_or(now + limit_);
        if (now >= deadline_)
            return 0;
        std::this_thread::sleep_for(std::chrono::microseconds(1000 + (attempt % 4) * 250));
        return 1;
    }

    std::chrono::milliseconds limit_;
    std::optional<SteadyClock::time_point> end_;
    SteadyClock::time_point deadline_;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

// SQLite counts the memory it uses under one lock, at each allocation; nothing here asks for it.
void count_no_memory() {
    [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// On a medium that takes no writes a store without a log is what it is, and is read as such: SQLite
// would want to make a log first. Elsewhere somebody may be about to write, though not this user.
bool is_frozen(const std::string& path) {
    struct statvfs system {};
    return ::statvfs(path.c_str(), &system) == 0 && (system.f_flag & ST_RDONLY) != 0 &&
           ::access((path + "-wal").c_str(), F_OK) != 0;
}

// The path as a URI has it, with nothing in it that a URI would take for something else.
std::string frozen_uri(const std::string& path) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string uri = path.starts_with('/') ? "file://" : "file:";
    for (const char letter : path) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter != '%' && letter != '?' && letter != '#') {
            uri += letter;
            continue;
        }
        uri.append("%").append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
    }
    return uri + "?immutable=1";
}

SQLite::Database open_database(const SqliteOptions& options) {
    count_no_memory();
    try {
        if (is_frozen(options.path)) {
            constexpr int frozen = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
            return SQLite::Database(
                frozen_uri(options.path), frozen | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            );
        }
        const int mode = options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
        return SQLite::Database(options.path, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE);
    } catch (const SQLite::Exception& error) {
        throw_sqlite_failure(error.getExtendedErrorCode(), error.getErrorStr(), options.path);
    }
}

class SqliteSession final : public Session {
public:
    explicit SqliteSession(const SqliteOptions& options)
        : path_(options.path)
        , read_only_(options.read_only)
        , turn_(options.path)
        , busy_(options.busy)
        , database_(open_database(options)) {
        sqlite3_busy_handler(handle(), &BusyWait::handler, &busy_);
        sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        script(connection_settings);
    }
    ~SqliteSession() override {
        if (!waited_ && log_is_short())
            sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }

    void query(
        std::string_view sql,
        std::span<const Value> values,
        const std::function<bool(const Row&)>& visit
    ) override {
        SqliteStatement& statement = prepared(sql);
        SqliteRun run(statement, values);
        const SqliteRow row(statement.handle());
        while (run.step() && visit(row)) {
        }
    }

    std::int64_t execute(std::string_view sql, std::span<const Value> values) override {
        // The count of changes stays that of an earlier statement when this one is not a change.
        const auto before = sqlite3_total_changes64(handle());
        SqliteRun run(prepared(sql), values);
        while (run.step()) {
        }
        return sqlite3_total_changes64(handle()) == before ? 0 : sqlite3_changes64(handle());
    }

    void script(std::string_view sql) override {
        if (sqlite3_exec(handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr)) {
            throw_sqlite_failure(handle(), path_);
        }
    }

    [[nodiscard]] std::vector<std::size_t> insert_new(const BulkInsert& rows) override;
    void update_rows(const BulkUpdate& rows) override;

    void begin(Access access) override {
        USAGECTL_ASSERT(!in_transaction());
        if (access == Access::read) {
            execute("begin", {});
            return;
        }
        sync(access == Access::write);
        if (access == Access::write_soon && !waited_)
            keep_log_short();
        waited_ = waited_ || access == Access::write;
        const auto end = SteadyClock::now() + busy_.limit();
        if (!read_only_ && !turn_.take(busy_.limit()))
            throw_sqlite_failure(SQLITE_BUSY, "", path_);
        // Those that take no turns may still be writing: what is left of the limit is theirs.
        busy_.end_at(end);
        try {
            execute("begin immediate", {});
        } catch (...) {
            busy_.end_at(std::nullopt);
            turn_.give();
            throw;
        }
        busy_.end_at(std::nullopt);
    }

    void write_ahead() override {
        USAGECTL_ASSERT(in_transaction());
        if (const int code = sqlite3_db_cacheflush(handle()); code != SQLITE_OK)
            throw_sqlite_failure(handle(), path_);
    }

    // Pages that do not fit are written to the log before the commit, and again with it.
    void keep_more_at_hand() override { script("pragma cache_size = -49152"); }

    void commit() override {
        USAGECTL_ASSERT(in_transaction());
        execute("commit", {});
        turn_.give();
    }

    // Some failures (disk full) have already rolled back.
    void rollback() noexcept override {
        if (in_transaction())
            sqlite3_exec(handle(), "rollback", nullptr, nullptr, nullptr);
        turn_.give();
    }

private:
    [[nodiscard]] sqlite3* handle() const { return database_.getHandle(); }
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

    // With a write-ahead log, `normal` leaves out nothing but the wait at a commit.
    void sync(bool full) {
        if (full == full_sync_)
            return;
        script(full ? "pragma synchronous = full" : "pragma synchronous = normal");
        full_sync_ = full;
    }

    // Whoever closes last moves the log into the file, and waits for the disk to do it. A process
    // that wrote nothing worth that wait leaves it to others, unless the log is so long that the
    // next one to open, who has to read it, would wait longer.
    void keep_log_short() { script("pragma wal_autocheckpoint = 100"); }
    [[nodiscard]] bool log_is_short() const {
        struct ::stat log {};
        constexpr ::off_t short_enough = 512L << 10;
        const bool there = ::stat((path_ + "-wal").c_str(), &log) == 0;
        // An empty one waits for nothing, and is better not left lying about.
        return there && log.st_size > 0 && log.st_size <= short_enough;
    }

    SqliteStatement& prepared(std::string_view sql) {
        if (const auto known = statements_.find(sql); known != statements_.end()) {
            return known->second;
        }
        return statements_.try_emplace(std::string(sql), handle(), sql, path_).first->second;
    }

    std::string path_;
    bool read_only_;
    bool full_sync_ = true;  // as connection_settings has it
    bool waited_ = false;    // something was written whose commit waits for the disk
    WriteTurn turn_;
    BusyWait busy_;
    SQLite::Database database_;
    // After the database, so that statements are finalised before it closes.
    std::unordered_map<std::string, SqliteStatement, TextHash, std::equal_to<>> statements_;
};

std::string insert_text(const BulkInsert& rows) {
    std::string names;
    std::string values;
    std::string keys;
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        const char* comma = i == 0 ? "" : ", ";
        names.append(comma).append(rows.columns[i]);
        values.append(comma).append("$").append(std::to_string(i + 1));
        if (i < rows.keys)
            keys.append(comma).append(rows.columns[i]);
    }
    return "insert into " + std::string(rows.table) + " (" + names + ") values (" + values +
           ") on conflict (" + keys + ") do nothing";
}

std::vector<std::size_t> SqliteSession::insert_new(const BulkInsert& rows) {
    USAGECTL_ASSERT(in_transaction());
    std::vector<std::size_t> existing;
    std::vector<Value> values(rows.columns.size());
    SqliteStatement& statement = prepared(insert_text(rows));
    for (std::size_t index = 0; index < rows.rows; ++index) {
        rows.fill(index, values);
        SqliteRun run(statement, values);
        run.step();
        if (sqlite3_changes64(handle()) == 0)
            existing.push_back(index);
    }
    return existing;
}

void SqliteSession::update_rows(const BulkUpdate& rows) {
    USAGECTL_ASSERT(in_transaction());
    std::string text = "update " + std::string(rows.table) + " set ";
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        text.append(i == 0 ? "" : ", ").append(rows.columns[i]);
        text.append(" = $").append(std::to_string(i + 2));
    }
    text.append(" where ").append(rows.key).append(" = $1");
    SqliteStatement& statement = prepared(text);
    std::vector<Value> values(rows.columns.size() + 1);
    for (std::size_t index = 0; index < rows.rows; ++index) {
        rows.fill(index, values);
        SqliteRun run(statement, values);
        run.step();
    }
}

}  // namespace

std::unique_ptr<Session> open_sqlite(const SqliteOptions& options) {
    return std::make_unique<SqliteSession>(options);
}

std::string sqlite_library_version() {
    return SQLite::getLibVersion();
}

void create_sqlite_file(const std::string& path, bool directories) {
    if (directories) {
        const auto parent = std::filesystem::path(path).parent_path();
        std::string made;
        for (const auto& part : parent) {
            made = made.empty() ? part.string() : (std::filesystem::path(made) / part).string();
            // The parent may appear at any moment; whether it is there is asked by the open below.
            if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST)
                break;
        }
    }
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);
        return;
    }
    const int reason = errno;
    if (reason == EEXIST)
        return;
    if (reason == EROFS)
        throw_sqlite_failure(SQLITE_READONLY, "", path);
    if (reason == EACCES)
        throw_sqlite_failure(SQLITE_PERM, "", path);
    if (reason == ENOSPC)
        throw_sqlite_failure(SQLITE_FULL, "no space left", path);
    throw Failure(
        "store_unreachable",
        "cannot create the store " + path + ": " + std::generic_category().message(reason),
        "create the directory first, or name another store with --db"
    );
}

}  // namespace usagectl::store
