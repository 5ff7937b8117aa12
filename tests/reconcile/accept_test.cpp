// SPDX-License-Identifier: MIT
// Bills against the ledger of the store, and what accepting them does, on both engines.
#include <array>
#include <random>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "reconcile/cycle.hpp"
#include "store/sql.hpp"
#include "support/await_waiting.hpp"
#include "support/rounds.hpp"

using namespace usagectl;
using reconcile::Part;
using test::Cycle;
using test::cycle_end;
using test::cycle_start;
using test::money;
using test::Postgres;
using test::Sqlite;

namespace {

std::string code_of(const auto& result) {
    return result ? "" : result.error().code;
}

const Money as_charged = money("7.60");

}  // namespace

TEMPLATE_TEST_CASE(
    "the ledger becomes the bill, to the cent and part by part", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Cycle cycle(place);
    for (const auto* id : {"A-1", "A-2", "A-3"})
        cycle.account(id);
    const auto before = cycle.office.shown("A-1").standing.balance;
    const auto started = cycle.start(
        Cycle::line("A-1") + Cycle::line("A-2", "4.31", "0.55", "43") +
        Cycle::line("A-3", "3.00", "0.40")
    );
    REQUIRE(started);
    CHECK(started->run.rejected == 0);
    CHECK(started->run.actual - started->run.estimated == money("-0.54"));
    CHECK(started->run.absolute == money("1.46"));
    CHECK(cycle.office.shown("A-1").standing.balance == before);
    const auto items = cycle.items();
    REQUIRE(items.size() == 3);
    CHECK(items[1].figures.pca_adjustment() == money("0.15"));
    CHECK(items[1].payments == Money());  // paid on the day after

    const auto accepted = cycle.accept();
    REQUIRE(accepted);
    CHECK(accepted->run.state == app::RunState::accepted);
    CHECK(accepted->posted == 3);
    CHECK(accepted->amount == money("-0.54"));
    CHECK(cycle.charged("A-1") == as_charged);
    CHECK(cycle.charged("A-2") == money("8.06"));
    CHECK(cycle.charged("A-3") == money("6.60"));
    CHECK(cycle.office.shown("A-2").standing.balance == money("41.94"));
    const auto entry = cycle.office.store().ledger().find(*cycle.items()[1].entry);
    REQUIRE(entry);
    CHECK(entry->kind == ledger::Kind::adjustment);
    CHECK(entry->cause == "true-up 2026-09-20.1");
    Money clearing;
    cycle.office.store().ledger().each(
        {cycle_start(), test::day("2026-12-31")},
        [&](const auto& each) {
            for (const auto& posting : each.postings) {
                if (cycle.office.store().ledger().code_name(posting.code) ==
                    "liability:pca_clearing")
                    clearing = clearing + posting.amount;
            }
        }
    );
    CHECK(clearing == Money());

    SECTION("accepted twice is accepted once") {
        const auto all = cycle.everything();
        const auto again = cycle.accept("bob");
        REQUIRE(again);
        CHECK(again->unchanged);
        CHECK(again->posted == 0);
        CHECK(cycle.everything() == all);
    }
    SECTION("what was accepted cannot be replaced, nor reconciled again") {
        CHECK(code_of(cycle.start(Cycle::line("A-1", "9.00"), true)) == "cycle_accepted");
        CHECK(cycle
                  .start(
                      Cycle::line("A-1") + Cycle::line("A-2", "4.31", "0.55", "43") +
                      Cycle::line("A-3", "3.00", "0.40")
                  )
                  ->unchanged);
    }
}

TEMPLATE_TEST_CASE(
    "bills in any order and payments do not wait in a circle", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Cycle cycle(place);
    for (const auto* id : {"A-1", "A-2"})
        cycle.account(id);
    REQUIRE(cycle.start(Cycle::line("A-2", "4.31") + Cycle::line("A-1", "3.00")));
    auto options = place.options();
    options.busy = std::chrono::seconds(30);
    const auto payments = store::open_store(options, SystemClock());
    std::string refused;
    std::thread thread;
    payments->write([&] {
        static_cast<void>(payments->accounts().lock("A-1"));
        thread = std::thread([&] {
            const auto store = store::open_store(options, SystemClock());
            app::AcceptReconcile request;
            request.id = {cycle_end(), 0};
            const auto failed = test::error_of([&] {
                refused = code_of(app::accept_reconcile(
                    *store, request, test::prepay(), test::clerk, cycle.office.clock()
                ));
            });
            refused += failed.message;
        });
        test::await_waiting(place, "%for update%");
        static_cast<void>(payments->accounts().lock("A-2"));
    });
    thread.join();
    CHECK(refused.empty());
    CHECK(cycle.charged("A-1") == as_charged - money("1.00"));
    CHECK(cycle.charged("A-2") == as_charged + money("0.31"));
}

TEMPLATE_TEST_CASE("a run of a cycle is recognised, refused or replaced", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Cycle cycle(place);
    cycle.account("A-1");
    const auto bills = Cycle::line("A-1", "5.00");
    CHECK(cycle.start(bills, false, true)->run.id.version == 1);
    CHECK_FALSE(cycle.office.store().reconcile().find({cycle_end(), 0}));
    REQUIRE(cycle.start(bills));
    CHECK(cycle.start(bills)->unchanged);
    CHECK(code_of(cycle.start(Cycle::line("A-1", "6.00"))) == "cycle_started");
    const auto second = cycle.start(Cycle::line("A-1", "6.00"), true);
    REQUIRE(second);
    CHECK(second->run.id.version == 2);
    const auto first = cycle.office.store().reconcile().find({cycle_end(), 1});
    CHECK(first->state == app::RunState::replaced);
    REQUIRE(cycle.accept());
    CHECK(cycle.charged("A-1") == money("9.60"));
}

TEMPLATE_TEST_CASE("lines that cannot be reconciled leave the others alone", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Cycle cycle(place);
    for (const auto* id : {"A-1", "A-2", "A-3"})
        cycle.account(id);
    cycle.office.create("A-4");
    const auto started = cycle.start(
        Cycle::line("A-1", "5.00") + Cycle::line("A-2") + Cycle::line("A-2") +
        Cycle::line("A-3", "4.005") + Cycle::line("A-4") + Cycle::line("A-9") + "\"x\n"
    );
    REQUIRE(started);
    CHECK(started->run.lines == 7);
    CHECK(started->run.rejected == 6);
    std::string codes;
    for (const auto& item : cycle.items())
        codes += std::to_string(item.line) + item.code + ' ';
    CHECK(
        codes == "2 3account_twice 4account_twice 5malformed_amount 6not_charged_yet "
                 "7account_unknown 8line_malformed "
    );
    const auto accepted = cycle.accept();
    REQUIRE(accepted);
    CHECK(accepted->posted == 1);
    CHECK(cycle.charged("A-2") == as_charged);
}

TEMPLATE_TEST_CASE(
    "above an amount a second, different person has to accept", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Cycle cycle(place);
    cycle.account("A-1");
    REQUIRE(cycle.start(Cycle::line("A-1", "5.00")));
    const auto first = cycle.accept("ann", money("0.99"));
    REQUIRE(first);
    CHECK(first->run.state == app::RunState::awaiting_second);
    CHECK(cycle.charged("A-1") == as_charged);
    CHECK(code_of(cycle.accept("ann", money("0.99"))) == "second_person_needed");
    const auto second = cycle.accept("bob", money("0.99"));
    REQUIRE(second);
    CHECK(second->run.state == app::RunState::accepted);
    CHECK(second->run.accepted_by == "ann");
    CHECK(second->run.second_by == "bob");
    CHECK(cycle.charged("A-1") == money("8.60"));
}

TEMPLATE_TEST_CASE(
    "an account whose ledger has moved is not what was accepted", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Cycle cycle(place);
    cycle.account("A-1");
    REQUIRE(cycle.start(Cycle::line("A-1", "5.00")));
    cycle.post(
        "A-1", ledger::Kind::correction, cycle_end(), "income:energy:Energy", money("-0.30")
    );
    CHECK(code_of(cycle.accept()) == "ledger_moved");
    CHECK(cycle.charged("A-1") == money("7.90"));
    REQUIRE(cycle.start(Cycle::line("A-1", "5.00"), true));
    REQUIRE(cycle.accept());
    CHECK(cycle.charged("A-1") == money("8.60"));
}

TEMPLATE_TEST_CASE("what was signed and posted cannot be changed", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Cycle cycle(place);
    cycle.account("A-1");
    REQUIRE(cycle.start(Cycle::line("A-1", "5.00")));
    REQUIRE(cycle.accept());
    const auto session = place.session();
    for (const auto* change :
         {"update reconcile_item set posted_at = null",
          "update reconcile_item set adjustment = 0",
          "delete from reconcile_item",
          "update reconcile_run set accepted_by = 'eve'",
          "update reconcile_run set state = 'started'",
          "delete from reconcile_run"}) {
        CAPTURE(change);
        CHECK(test::error_of([&] { session->script(change); }).code == "store_failed");
    }
}

namespace {

// Accepts in a process of its own, which is killed so long after it has come to the end of that
// many transactions, or ends before.
void accept_and_die(
    const test::Place& place, std::uint64_t transactions, std::chrono::microseconds time
) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(pipe[0]);
        try {
            const auto store = place.open();
            app::AcceptReconcile request;
            request.id = {cycle_end(), 0};
            request.at_once = 3;
            request.progress = [&](std::int64_t) { static_cast<void>(::write(pipe[1], "x", 1)); };
            const FixedClock clock(test::some_day);
            auto actor = test::clerk;
            actor.name = "ann";
            const auto done = app::accept_reconcile(*store, request, test::prepay(), actor, clock);
            ::_exit(done ? 0 : 1);
        } catch (...) {
            ::_exit(2);
        }
    }
    ::close(pipe[1]);
    char seen = 0;
    for (std::uint64_t count = 0; count < transactions && ::read(pipe[0], &seen, 1) == 1; ++count) {
    }
    std::this_thread::sleep_for(time);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    ::close(pipe[0]);
}

std::size_t posted_of(app::Store& store) {
    std::size_t posted = 0;
    for (const auto& item : store.reconcile().items({cycle_end(), 1}, 0, 1000))
        posted += item.posted_at ? 1U : 0U;
    return posted;
}

void fill(const Cycle& cycle) {
    constexpr int accounts = 60;
    std::string bills;
    for (int number = 10; number < 10 + accounts; ++number) {
        const auto id = "A-" + std::to_string(number);
        cycle.account(id);
        bills += Cycle::line(id, "4." + std::to_string(number));
    }
    REQUIRE(cycle.start(bills));
}

// A cycle that is accepted, killed eight times on the way; what it comes to.
template <class Engine>
std::string accept_with_kills(std::minstd_rand& random) {
    const Engine place;
    {
        const Cycle cycle(place);
        fill(cycle);
    }
    std::size_t before = 0;
    for (int round = 0; round < 8; ++round) {
        accept_and_die(place, random() % 4, std::chrono::microseconds(random() % 4'000));
        const auto posted = posted_of(*place.open());
        CHECK(posted >= before);
        before = posted;
    }
    const auto store = place.open();
    app::AcceptReconcile request;
    request.id = {cycle_end(), 0};
    const FixedClock clock(test::some_day);
    auto actor = test::clerk;
    actor.name = "ann";
    const auto ended = app::accept_reconcile(*store, request, test::prepay(), actor, clock);
    REQUIRE(ended);
    CHECK(ended->run.state == app::RunState::accepted);
    return Cycle::everything(*store);
}

}  // namespace

TEMPLATE_TEST_CASE(
    "killed at any moment, accepting goes on where it stopped", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType calm;
    const Cycle undisturbed(calm);
    fill(undisturbed);
    REQUIRE(undisturbed.accept());
    const auto expected = undisturbed.everything();

    const auto seed = static_cast<std::uint32_t>(::getpid());
    CAPTURE(seed);
    std::minstd_rand random(seed);
    for (int cycle = 0; cycle < test::rounds(1); ++cycle)
        CHECK(accept_with_kills<TestType>(random) == expected);
}
