// SPDX-License-Identifier: MIT
// One libpq connection, driven without blocking, so that a server which stops answering is noticed
// after a time instead of never. Errors are thrown as Failure.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <libpq-fe.h>

#include "store/postgres.hpp"

namespace usagectl::store {

struct ClearResult {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

class PostgresConnection {
public:
    explicit PostgresConnection(const PostgresOptions& options);

    // Drops what is left of the connection and makes a new one.
    void reconnect();
    // True once the server or the network has ended it.
    [[nodiscard]] bool lost() const;

    // Runs statements without values, in one round trip.
    PostgresResult command(const std::string& sql);
    void prepare(const std::string& name, const std::string& sql, std::span<const unsigned> types);
    PostgresResult run_prepared(const std::string& name, std::span<const Value> values);
    PostgresResult run_once(
        const std::string& sql,
        std::span<const unsigned> types,
        std::span<const std::string> binary_values
    );
    // `sql` ends in a COPY FROM STDIN. Gives the SQLSTATE of a refusal of the rows, else empty.
    [[nodiscard]] std::string copy(const std::string& sql, std::string_view rows);

private:
    struct Finish {
        void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
    };
    void connect();
    void connect_once();
    void apply_settings();
    void flush();
    void wait(short events);
    PostgresResult next_result();
    PostgresResult last_result();
    void require_sent(int sent);
    void require_done(const PGresult* result);
    [[noreturn]] void fail_connection();

    PostgresOptions options_;
    std::unique_ptr<PGconn, Finish> connection_;
    bool ended_ = false;  // the server said so; libpq notices only later
};

}  // namespace usagectl::store
