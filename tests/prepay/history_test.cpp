// SPDX-License-Identifier: MIT
// Histories drawn by lot: whatever happens to accounts, in whatever order, the books are whole, and
// both engines hold the same to the last figure.
#include <rapidcheck.h>

#include "app/names.hpp"
#include "app/order_decide.hpp"
#include "prepay/world.hpp"

using namespace usagectl;
using namespace usagectl::test;
using std::chrono::days;

namespace {

enum class Act { pay, bounce, read, reread, night, suspend, reconnect };

struct Event {
    Act act = Act::pay;
    int account = 0;
    int day = 0;  // of a reading: how many days ago
    std::int64_t figure = 0;
};

Event any_event() {
    return {
        *rc::gen::element(
            Act::pay,
            Act::bounce,
            Act::read,
            Act::reread,
            Act::night,
            Act::night,
            Act::suspend,
            Act::reconnect
        ),
        *rc::gen::inRange(0, 3),
        *rc::gen::inRange(0, 4),
        *rc::gen::inRange<std::int64_t>(0, 400),
    };
}

std::string id_of(int account) {
    return "H" + std::to_string(account);
}

class History {
public:
    explicit History(World& world)
        : world_(world) {
        world.tariff(plain_tariff());
        world.tariff(tiered_tariff());
        for (int account = 0; account < 3; ++account)
            world.account(id_of(account), account == 1 ? "tiered" : "plain", today_, cents(900));
    }

    void happen(const Event& event) {
        const auto id = id_of(event.account);
        switch (event.act) {
        case Act::pay:
            world_.noon(today_);
            payments_.push_back(world_.pay(id, cents(1 + event.figure * 10)).payment);
            break;
        case Act::bounce:
            bounce(event);
            break;
        case Act::read:
        case Act::reread:
            world_.noon(today_);
            world_.readings(today_ - days(event.day), {{id, event.figure}});
            break;
        case Act::night:
            world_.night_after(today_);
            world_.night(today_);
            today_ += days(1);
            break;
        case Act::suspend:
            complete(id, account::OrderKind::suspend);
            break;
        case Act::reconnect:
            complete(id, account::OrderKind::reconnect);
            break;
        }
    }
    // The last night once more.
    void repeat_night() {
        world_.noon(today_);
        if (today_ > first_)
            world_.night(today_ - days(1));
    }

private:
    void bounce(const Event& event) {
        if (payments_.empty())
            return;
        world_.noon(today_);
        const auto& payment = payments_[static_cast<std::size_t>(event.figure) % payments_.size()];
        // The second time it is refused, which must not do anything either.
        static_cast<void>(app::reverse_payment(
            *world_.store, {payment, "returned"}, world_.prepay, world_.actor, world_.clock
        ));
    }
    void complete(const std::string& id, account::OrderKind kind) {
        world_.noon(today_);
        for (const auto& order : world_.open_orders(id)) {
            if (order.kind != kind)
                continue;
            app::DecideOrder request;
            request.said.order = app::name_of(app::Named::order, id, order.id);
            static_cast<void>(
                app::decide_order(*world_.store, request, world_.prepay, world_.actor, world_.clock)
            );
        }
    }

    World& world_;
    const LocalDay first_ = date("2026-10-29");
    LocalDay today_ = first_;
    std::vector<std::string> payments_;
};

bool books_whole(World& world) {
    std::map<app::AccountNumber, Money> folds;
    bool whole = true;
    world.store->ledger().each({local_day(0), local_day(100'000)}, [&](const ledger::Entry& entry) {
        whole = whole && ledger::balanced(entry);
        folds[entry.id.account] = folds[entry.id.account] + entry.amount;
    });
    world.store->accounts().each("", [&](const app::KnownAccount& known, const auto& standing) {
        whole = whole && folds[known.number] == standing.balance;
        return true;
    });
    return whole;
}

}  // namespace

TEST_CASE("whatever happens the books are whole, and a night repeated changes nothing") {
    CHECK(rc::check("histories", [] {
        const auto events = *rc::gen::container<std::vector<Event>>(rc::gen::exec(any_event));
        const Sqlite place;
        World world(place, "2026-10-29");
        History history(world);
        for (const auto& event : events)
            history.happen(event);
        RC_ASSERT(books_whole(world));
        history.repeat_night();
        const auto settled = world.everything(place);
        history.repeat_night();
        RC_ASSERT(world.everything(place) == settled);
        RC_ASSERT(books_whole(world));
    }));
}

TEST_CASE("both engines hold the same after the same history") {
    REQUIRE_ENGINE(Postgres);
    CHECK(rc::check("histories on both", [] {
        const auto events = *rc::gen::container<std::vector<Event>>(rc::gen::exec(any_event));
        const Sqlite file;
        const Postgres server;
        World left(file, "2026-10-29");
        World right(server, "2026-10-29");
        History first(left);
        History second(right);
        for (const auto& event : events) {
            first.happen(event);
            second.happen(event);
        }
        RC_ASSERT(left.everything(file) == right.everything(server));
    }));
}
