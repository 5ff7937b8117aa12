// SPDX-License-Identifier: MIT
#include "store/postgres_connection.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <random>
#include <thread>
#include <vector>

#include <poll.h>

#include "base/assert.hpp"
#include "store/postgres_error.hpp"
#include "store/postgres_wire.hpp"

namespace usagectl::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr const char* connect_seconds = "5";
constexpr int most_tries = 3;

// libpq quotes the whole URL when it cannot read it.
std::string without_secret(std::string text, const PostgresOptions& options) {
    for (auto at = text.find(options.url); at != std::string::npos; at = text.find(options.url)) {
        text.replace(at, options.url.size(), options.masked);
        if (options.masked.find(options.url) != std::string::npos)
            break;
    }
    return text;
}

void check_url(const PostgresOptions& options) {
    char* reason = nullptr;
    PQconninfoOption* parsed = PQconninfoParse(options.url.c_str(), &reason);
    if (parsed != nullptr) {
        PQconninfoFree(parsed);
        return;
    }
    // The reason quotes parts of the URL, and a part of a malformed URL may be its password.
    PQfreemem(reason);
    throw Failure(Error{
        Exit::usage,
        "store_url_malformed",
        "the datastore URL " + options.masked + " is malformed",
        "write postgresql://USER@HOST:PORT/DATABASE, special characters as %XX",
        false,
    });
}

}  // namespace

PostgresConnection::PostgresConnection(const PostgresOptions& options)
    : options_(options) {
    check_url(options_);
    connect();
}

// Nothing has been sent before a connection stands, so it may be tried again: a server that had no
// connection left, or was slow under a rush of clients, is asked again after a random pause.
void PostgresConnection::connect() {
    std::minstd_rand random(std::random_device{}());
    for (int tries = 1;; ++tries) {
        const auto begun = SteadyClock::now();
        try {
            connect_once();
            return;
        } catch (const Failure&) {
            const std::string_view said = PQerrorMessage(connection_.get());
            const bool slow = SteadyClock::now() - begun >= std::chrono::seconds(4);
            const bool full = said.find("too many clients") != said.npos ||
                              said.find("connection slots are reserved") != said.npos;
            if (tries == most_tries || !(slow || full))
                throw;
        }
        const auto most = static_cast<std::uint32_t>(500 * tries);
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % most));
    }
}

void PostgresConnection::connect_once() {
    // The URL comes last, so that it overrules what stands before it.
    constexpr std::array keywords{
        "application_name",
        "client_encoding",
        "connect_timeout",
        "target_session_attrs",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
        "dbname",
        static_cast<const char*>(nullptr),
    };
    const std::array<const char*, keywords.size()> values{
        "usagectl",
        "UTF8",
        connect_seconds,
        "read-write",
        "10",
        "5",
        "3",
        "30000",
        options_.url.c_str(),
        nullptr,
    };
    connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
    ended_ = false;
    PGconn* connection = connection_.get();
    if (connection == nullptr)
        throw std::bad_alloc();
    if (PQstatus(connection) != CONNECTION_OK)
        fail_connection();
    PQsetNoticeProcessor(
        connection, [](void*, const char*) {}, nullptr
    );
    if (PQsetnonblocking(connection, 1) != 0)
        fail_connection();
    apply_settings();
}

void PostgresConnection::apply_settings() {
    command("set lock_timeout = " + std::to_string(options_.busy.count()));
}

void PostgresConnection::reconnect() {
    connect();
}

bool PostgresConnection::lost() const {
    return ended_ || PQstatus(connection_.get()) != CONNECTION_OK;
}

void PostgresConnection::fail_connection() {
    throw_unreachable(without_secret(PQerrorMessage(connection_.get()), options_), options_.masked);
}

void PostgresConnection::wait(short events) {
    pollfd socket{PQsocket(connection_.get()), events, 0};
    int ready = 0;
    do {
        ready = ::poll(&socket, 1, static_cast<int>(options_.silence.count()));
    } while (ready < 0 && errno == EINTR);
    if (ready == 0) {
        ended_ = true;
        throw_unreachable("the server stopped answering", options_.masked);
    }
    if ((socket.revents & (POLLIN | POLLERR | POLLHUP)) != 0 &&
        PQconsumeInput(connection_.get()) == 0) {
        fail_connection();
    }
}

void PostgresConnection::flush() {
    for (int left = PQflush(connection_.get()); left != 0; left = PQflush(connection_.get())) {
        if (left < 0)
            fail_connection();
        // Reading at the same time keeps both sides from waiting for each other.
        wait(POLLIN | POLLOUT);
    }
}

PostgresResult PostgresConnection::next_result() {
    flush();
    while (PQisBusy(connection_.get()) != 0)
        wait(POLLIN);
    return PostgresResult(PQgetResult(connection_.get()));
}

// The first failure counts, else the last result. A COPY waits for its rows, so nothing follows it.
PostgresResult PostgresConnection::last_result() {
    PostgresResult last;
    bool failed = false;
    while (auto result = next_result()) {
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN)
            return result;
        if (!failed)
            last = std::move(result);
        failed = failed || status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
    }
    if (!last)
        fail_connection();
    return last;
}

void PostgresConnection::require_sent(int sent) {
    if (sent != 1)
        fail_connection();
}

void PostgresConnection::require_done(const PGresult* result) {
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
        return;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == nullptr)
        fail_connection();
    ended_ = ended_ || ends_connection(state);
    const char* detail = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    throw_postgres_failure(state, detail != nullptr ? detail : "", options_.masked);
}

PostgresResult PostgresConnection::command(const std::string& sql) {
    require_sent(PQsendQuery(connection_.get(), sql.c_str()));
    auto result = last_result();
    require_done(result.get());
    return result;
}

void PostgresConnection::prepare(
    const std::string& name, const std::string& sql, std::span<const unsigned> types
) {
    require_sent(PQsendPrepare(
        connection_.get(), name.c_str(), sql.c_str(), static_cast<int>(types.size()), types.data()
    ));
    require_done(last_result().get());
}

PostgresResult
PostgresConnection::run_prepared(const std::string& name, std::span<const Value> values) {
    const std::size_t count = values.size();
    std::string integers;
    integers.reserve(count * sizeof(std::int64_t));
    std::vector<const char*> data(count, nullptr);
    std::vector<int> sizes(count, 0);
    const std::vector<int> binary(count, 1);
    for (std::size_t i = 0; i < count; ++i) {
        if (std::holds_alternative<std::monostate>(values[i]))
            continue;
        sizes[i] = static_cast<int>(wire::size_of(values[i]));
        if (std::holds_alternative<std::int64_t>(values[i])) {
            data[i] = integers.data() + integers.size();
            wire::append_value(integers, values[i]);
            continue;
        }
        const auto* text = std::get_if<std::string_view>(&values[i]);
        const std::string_view view = text != nullptr ? *text : std::get<Bytes>(values[i]).view;
        data[i] = view.empty() ? "" : view.data();
    }
    require_sent(PQsendQueryPrepared(
        connection_.get(),
        name.c_str(),
        static_cast<int>(count),
        data.data(),
        sizes.data(),
        binary.data(),
        1
    ));
    auto result = last_result();
    require_done(result.get());
    return result;
}

PostgresResult PostgresConnection::run_once(
    const std::string& sql,
    std::span<const unsigned> types,
    std::span<const std::string> binary_values
) {
    std::vector<const char*> data;
    std::vector<int> sizes;
    for (const auto& value : binary_values) {
        data.push_back(value.data());
        sizes.push_back(static_cast<int>(value.size()));
    }
    const std::vector<int> binary(binary_values.size(), 1);
    require_sent(PQsendQueryParams(
        connection_.get(),
        sql.c_str(),
        static_cast<int>(types.size()),
        types.data(),
        data.data(),
        sizes.data(),
        binary.data(),
        1
    ));
    auto result = last_result();
    require_done(result.get());
    return result;
}

std::string PostgresConnection::copy(const std::string& sql, std::string_view rows) {
    require_sent(PQsendQuery(connection_.get(), sql.c_str()));
    const auto started = last_result();
    if (PQresultStatus(started.get()) != PGRES_COPY_IN) {
        require_done(started.get());
        USAGECTL_ASSERT(false);
    }
    constexpr std::size_t piece = 1 << 20;
    for (std::size_t at = 0; at < rows.size(); at += piece) {
        const auto part = rows.substr(at, piece);
        while (true) {
            const int taken =
                PQputCopyData(connection_.get(), part.data(), static_cast<int>(part.size()));
            if (taken < 0)
                fail_connection();
            if (taken == 1)
                break;
            wait(POLLIN | POLLOUT);
        }
        flush();
    }
    while (true) {
        const int taken = PQputCopyEnd(connection_.get(), nullptr);
        if (taken < 0)
            fail_connection();
        if (taken == 1)
            break;
        wait(POLLIN | POLLOUT);
    }
    const auto done = last_result();
    const char* state = PQresultErrorField(done.get(), PG_DIAG_SQLSTATE);
    if (state != nullptr && std::string_view(state) == "23505")
        return state;
    require_done(done.get());
    return {};
}

}  // namespace usagectl::store
