// SPDX-License-Identifier: MIT
// Which datastore, and whose clock.
#include <catch2/catch.hpp>

#include "base/assert.hpp"
#include "support/run_command.hpp"
#include "support/sample_commands.hpp"
#include "support/scratch.hpp"

using usagectl::test::NoStores;
using usagectl::test::World;

namespace {

class BlankStore final : public usagectl::app::Store {
public:
    explicit BlankStore(bool sandbox)
        : sandbox_(sandbox) {}
    usagectl::meter::MeterStore& meters() override { none(); }
    usagectl::meter::BlockStore& blocks() override { none(); }
    usagectl::audit::AuditStore& audit() override { none(); }
    usagectl::app::KeyStore& keys() override { none(); }
    void write(const std::function<void()>&) override { none(); }
    void write_soon(const std::function<void()>&) override { none(); }
    void read(const std::function<void()>&) override { none(); }
    void lock_ingest() override { none(); }
    void write_ahead() override { none(); }
    void keep_more_at_hand() override { none(); }
    usagectl::app::MarketStore& market() override { none(); }
    usagectl::app::RemoteStore& remote() override { none(); }
    usagectl::app::BackfillStore& backfill() override { none(); }
    usagectl::app::TariffStore& tariffs() override { none(); }
    usagectl::app::RulesStore& rules() override { none(); }
    usagectl::app::AccountStore& accounts() override { none(); }
    usagectl::app::LedgerStore& ledger() override { none(); }
    usagectl::app::ServiceStore& service() override { none(); }
    usagectl::app::NightlyStore& nightly() override { none(); }
    usagectl::app::LegacyStore& legacy() override { none(); }
    usagectl::app::ReconcileStore& reconcile() override { none(); }
    usagectl::app::QuoteStore& quotes() override { none(); }
    usagectl::app::RoleStore& roles() override { none(); }
    usagectl::app::CardStore& cards() override { none(); }
    usagectl::app::AgentStore& agents() override { none(); }
    [[nodiscard]] bool sandbox() const override { return sandbox_; }
    [[nodiscard]] usagectl::app::StoreStatus status() override { none(); }
    void check(const std::function<void(std::string)>&) override { none(); }

private:
    [[noreturn]] static void none() {
        throw usagectl::Bug("a blank store was asked for something");
    }
    bool sandbox_;
};

class BlankStores final : public NoStores {
public:
    std::unique_ptr<usagectl::app::Store> open(const std::string& url, const Look& look) override {
        if (look)
            look(sandbox);
        opened.push_back(url);
        return std::make_unique<BlankStore>(sandbox);
    }
    usagectl::app::StoreStatus status(const std::string& url) override {
        ++looked;
        auto status = NoStores::status(url);
        status.sandbox = sandbox;
        return status;
    }
    void prepare(const usagectl::Clock&, bool make_directories) override {
        directories = make_directories;
    }

    bool sandbox = false;
    bool directories = false;
    int looked = 0;
    std::vector<std::string> opened;
};

struct ClockWorld : World {
    BlankStores blank;
    ClockWorld() {
        registry = usagectl::test::sample_registry();
        stores = &blank;
        environment["HOME"] = "/home/x";
    }
};

}  // namespace

TEST_CASE("a command sees the system's clock") {
    ClockWorld world;
    CHECK(world("clock").out == "2026-11-20T14:00:00Z\n");
}

TEST_CASE("a sandbox store believes USAGECTL_NOW") {
    ClockWorld world;
    world.blank.sandbox = true;
    world.environment["USAGECTL_NOW"] = "2030-01-01T00:00:00Z";
    CHECK(world("clock").out == "2030-01-01T00:00:00Z\n");
    // One opening tells both: a second one would cost as much again.
    CHECK(world.blank.looked == 0);
    CHECK(world.blank.opened.size() == 1);
    world.environment["USAGECTL_NOW"] = "";
    CHECK(world("clock").out == "2026-11-20T14:00:00Z\n");
}

TEST_CASE("any other store refuses to run with USAGECTL_NOW set, and is not even opened") {
    ClockWorld world;
    world.environment["USAGECTL_NOW"] = "2030-01-01T00:00:00Z";
    const auto ran = world("clock");
    CHECK(ran.exit == 4);
    CHECK_THAT(
        ran.err, Catch::Contains("USAGECTL_NOW is set, and this datastore is not a sandbox")
    );
    CHECK(world.blank.opened.empty());
    // What opens no store has no reason to refuse.
    CHECK(world("echo show 1").exit == 0);
}

TEST_CASE("a USAGECTL_NOW that is no time is wrong usage") {
    ClockWorld world;
    world.blank.sandbox = true;
    world.environment["USAGECTL_NOW"] = "tomorrow";
    const auto ran = world("clock");
    CHECK(ran.exit == 2);
    CHECK_THAT(ran.err, Catch::Contains("USAGECTL_NOW: "));
}

TEST_CASE("reading the clock before the store is open is a bug where it could tell two times") {
    ClockWorld world;
    world.blank.sandbox = true;
    CHECK(world("clock --early").exit == 0);
    world.environment["USAGECTL_NOW"] = "2030-01-01T00:00:00Z";
    CHECK(world("clock --early").exit == 70);
}

TEST_CASE("the datastore is looked for from the strongest place to the weakest") {
    ClockWorld world;
    const usagectl::test::Scratch scratch;
    auto& places = world.environment;
    const auto opened = [&](const std::string& line) {
        const auto ran = world(line);
        CAPTURE(ran.err);
        REQUIRE(ran.exit == 0);
        return world.blank.opened.back();
    };
    CHECK(opened("clock") == "/home/x/.local/share/usagectl/usagectl.db");
    CHECK(world.blank.directories);
    places["XDG_DATA_HOME"] = "relative/is/ignored";
    CHECK(opened("clock") == "/home/x/.local/share/usagectl/usagectl.db");
    places["XDG_DATA_HOME"] = "/data";
    CHECK(opened("clock") == "/data/usagectl/usagectl.db");
    places["XDG_CONFIG_HOME"] = scratch.path();
    scratch.write(
        "usagectl/config.toml", "datastore = '~/mine.db'\n[profile.night]\ndatastore = 'night.db'\n"
    );
    CHECK(opened("clock") == "/home/x/mine.db");
    CHECK_FALSE(world.blank.directories);
    CHECK(opened("--profile night clock") == "night.db");
    places["USAGECTL_DB"] = "variable.db";
    CHECK(opened("--profile night clock") == "variable.db");
    CHECK(opened("--profile night --db option.db clock") == "option.db");
}

TEST_CASE("without a home and without a name there is no datastore") {
    ClockWorld world;
    world.environment.clear();
    const auto ran = world("clock");
    CHECK(ran.exit == 2);
    CHECK_THAT(ran.err, Catch::Contains("hint: pass --db, or set USAGECTL_DB"));
}
