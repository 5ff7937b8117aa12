// SPDX-License-Identifier: MIT
// The customer is answered whether or not the answer can be kept.
#include "balance/teller.hpp"
#include "store/small_disk.hpp"

using namespace usagectl;
using test::Household;
using test::Postgres;
using test::Sqlite;
using test::Teller;

namespace {

std::size_t quotes(app::Store& store) {
    const auto number = store.accounts().find("A-1")->number;
    return store.quotes().quotes(number, {test::day_after(0), test::day_after(9)}).size();
}

// The real way to a store, which a case makes read-only.
class RealStores final : public test::NoStores {
public:
    std::unique_ptr<app::Store> open(const std::string& url, const Look& look) override {
        return store::open_store({.url = url, .busy = test::short_wait}, SystemClock(), look);
    }
};

void check_not_kept(const test::Ran& ran) {
    CHECK(ran.exit == 0);
    CHECK_THAT(
        ran.out, Catch::Contains("\"balance\":\"18.00\"") && Catch::Contains("\"quoted_id\":null")
    );
    CHECK_THAT(ran.err, Catch::StartsWith("this answer is not kept: "));
}

}  // namespace

TEMPLATE_TEST_CASE("whatever fails while it is kept, the answer is told", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const Household home(*store, test::plain_tariff, "20.00");
    int answered = 0;
    for (int call = 1;; ++call) {
        CAPTURE(call);
        Teller teller(place);
        teller.at.trigger = {true, call, 0, {}};
        const auto ran = teller("balance A-1 --json");
        if (teller.at.trigger.calls < call) {
            CHECK(ran.exit == 0);
            CHECK(ran.err.empty());
            break;
        }
        CHECK(quotes(*store) == 0);
        if (ran.exit == 0) {
            check_not_kept(ran);
            ++answered;
            continue;
        }
        // It failed before there was anything to tell.
        CHECK(ran.exit == 5);
        CHECK(ran.out.empty());
        CHECK(answered == 0);
    }
    CHECK(answered >= 3);  // begin, insert, commit
    CHECK(quotes(*store) == 1);
}

TEST_CASE("a store on a disk that takes no writes tells a balance") {
    const Sqlite place;
    const test::SmallDisk disk(place.directory() / "a disk?%23#");
    if (!disk.mounted()) {
        WARN("skipped: cannot mount a small file system");
        return;
    }
    const bool with_log = GENERATE(false, true);
    CAPTURE(with_log);
    {
        const auto store = store::open_store({.url = disk.store()}, SystemClock());
        const Household home(*store, test::plain_tariff, "20.00");
    }
    if (!with_log) {
        std::filesystem::remove(disk.store() + "-wal");
        std::filesystem::remove(disk.store() + "-shm");
    }
    REQUIRE(disk.make_read_only());
    Teller teller(place);
    RealStores real;
    teller.stores = &real;
    teller.environment["USAGECTL_DB"] = disk.store();
    check_not_kept(teller("balance A-1 --json"));
    CHECK(teller("balance A-1 --json --no-record").err.empty());
    CHECK(teller("balance --all").exit == 0);
    CHECK(teller("payment post A-1 1.00 --method cash").exit == 5);
}

TEST_CASE("a server that takes no writes tells a balance") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    const auto store = place.open();
    const Household home(*store, test::plain_tariff, "20.00");
    Teller teller(place);
    RealStores real;
    teller.stores = &real;
    teller.environment["USAGECTL_DB"] = place.url() + "%20-cdefault_transaction_read_only%3Don"
                                                      "&target_session_attrs=any";
    check_not_kept(teller("balance A-1 --json"));
    CHECK(teller("payment post A-1 1.00 --method cash").exit == 5);
    CHECK(quotes(*store) == 0);
}
