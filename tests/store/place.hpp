// SPDX-License-Identifier: MIT
// Somewhere to put a store for one test case: a directory for SQLite, a schema of its own on the
// server named by USAGECTL_TEST_POSTGRES. Gone when the case ends.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include "app/store.hpp"
#include "base/instant.hpp"
#include "store/open.hpp"
#include "store/session.hpp"

namespace usagectl::test {

inline constexpr std::chrono::milliseconds short_wait{60};

class Place {
public:
    Place() = default;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    virtual ~Place() = default;

    [[nodiscard]] virtual std::string url() const = 0;
    // One more connection, below everything that guards the store.
    [[nodiscard]] virtual std::unique_ptr<store::Session> session() const = 0;
    [[nodiscard]] store::Dialect dialect() const { return session()->dialect(); }
    [[nodiscard]] store::OpenOptions options() const { return {.url = url(), .busy = short_wait}; }

    // Makes the store on the first call.
    [[nodiscard]] std::unique_ptr<app::Store> open() const;
    void init(bool sandbox = false) const;
};

class Sqlite final : public Place {
public:
    Sqlite();
    ~Sqlite() override;
    [[nodiscard]] static bool available() { return true; }
    [[nodiscard]] std::string url() const override { return path().string(); }
    [[nodiscard]] std::unique_ptr<store::Session> session() const override;
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
    [[nodiscard]] std::filesystem::path path() const { return directory_ / "store.db"; }

private:
    std::filesystem::path directory_;
};

class Postgres final : public Place {
public:
    Postgres();
    ~Postgres() override;
    [[nodiscard]] static bool available();
    [[nodiscard]] std::string url() const override;
    [[nodiscard]] std::unique_ptr<store::Session> session() const override;

private:
    std::string schema_;
};

inline const Instant some_day = instant(1'790'000'000);  // 2026-09-21T14:13:20Z

// The error `work` throws as Failure; an empty code when it throws none.
template <class Work>
[[nodiscard]] Error error_of(const Work& work) {
    try {
        work();
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {};
}

}  // namespace usagectl::test

// Leaves the test case when the engine is not at hand.
#define REQUIRE_ENGINE(Engine)                                                                     \
    if (!Engine::available()) {                                                                    \
        WARN("skipped: USAGECTL_TEST_POSTGRES is not set");                                        \
        return;                                                                                    \
    }
