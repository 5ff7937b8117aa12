// SPDX-License-Identifier: MIT
#include "store/place.hpp"

#include <cstdlib>

#include <unistd.h>

#include "base/module.hpp"
#include "store/postgres.hpp"
#include "store/sqlite.hpp"

namespace usagectl::test {
namespace {

std::string server() {
    const char* url = std::getenv("USAGECTL_TEST_POSTGRES");
    return url != nullptr ? url : "";
}

std::unique_ptr<store::Session> connect(const std::string& url) {
    auto* const open = module_function<store::OpenPostgres>("postgres", store::postgres_symbol);
    return std::unique_ptr<store::Session>(open({url, url, std::chrono::milliseconds(60)}));
}

}  // namespace

void Place::init(bool sandbox) const {
    store::init_store(options(), sandbox, FixedClock(some_day));
}

std::unique_ptr<app::Store> Place::open() const {
    const FixedClock clock(some_day);
    if (!store::store_status(options()).exists)
        init();
    return store::open_store(options(), clock);
}

Sqlite::Sqlite() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "usagectl-store-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
}

Sqlite::~Sqlite() {
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
}

std::unique_ptr<store::Session> Sqlite::session() const {
    return store::open_sqlite({path().string(), false, short_wait});
}

bool Postgres::available() {
    return !server().empty();
}

Postgres::Postgres() {
    static int count = 0;
    schema_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    connect(server())->script("create schema " + schema_);
}

Postgres::~Postgres() {
    try {
        connect(server())->script(
            "set client_min_messages = error; drop schema " + schema_ + " cascade"
        );
    } catch (const Failure& failure) {
        WARN(failure.what());
    }
}

std::string Postgres::url() const {
    const bool has_query = server().find('?') != std::string::npos;
    return server() + (has_query ? "&" : "?") + "options=-csearch_path%3D" + schema_;
}

std::unique_ptr<store::Session> Postgres::session() const {
    return connect(url());
}

}  // namespace usagectl::test
