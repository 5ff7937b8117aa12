// SPDX-License-Identifier: MIT
// Open orders are found by an index of their own, however many were ever made; and what became of
// the orders of an older store when it was brought up to date.
#include <catch2/catch.hpp>

#include "store/migration.hpp"
#include "store/place.hpp"
#include "store/schema.hpp"
#include "store/service_repository.hpp"
#include "store/sql.hpp"
#include "store/sqlite.hpp"

using namespace usagectl;
using namespace usagectl::store;
using account::OrderKind;
using account::OrderState;
using test::error_of;
using test::Postgres;
using test::Sqlite;

namespace {

using Filter = app::ServiceStore::OrderFilter;

// Gives each query to a reader as well: the statement as it is, with the plan the engine has for
// it.
class PlanSession final : public Session {
public:
    explicit PlanSession(std::unique_ptr<Session> inner)
        : inner_(std::move(inner)) {}

    [[nodiscard]] Dialect dialect() const override { return inner_->dialect(); }
    void query(
        std::string_view sql,
        std::span<const Value> values,
        const std::function<bool(const Row&)>& visit
    ) override {
        const bool sqlite = dialect() == Dialect::sqlite;
        inner_->query(
            (sqlite ? "explain query plan " : "explain ") + std::string(sql),
            values,
            [&](const Row& row) {
                plan += std::string(row.text(sqlite ? 3 : 0)) + '\n';
                return true;
            }
        );
        inner_->query(sql, values, visit);
    }
    std::int64_t execute(std::string_view sql, std::span<const Value> values) override {
        return inner_->execute(sql, values);
    }
    void script(std::string_view sql) override { inner_->script(sql); }
    void update_rows(const BulkUpdate& rows) override { inner_->update_rows(rows); }
    [[nodiscard]] std::vector<std::size_t> insert_new(const BulkInsert& rows) override {
        return inner_->insert_new(rows);
    }
    void begin(Access access) override { inner_->begin(access); }
    void commit() override { inner_->commit(); }
    void rollback() noexcept override { inner_->rollback(); }

    std::string plan;

private:
    std::unique_ptr<Session> inner_;
};

void add_account(Session& session, std::int64_t number) {
    const std::string id = std::to_string(number);
    run(session,
        "insert into account values ($1, $2, '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0,"
        " null, null, null, null, 0, 0, 0, '', 0, 0, 0)",
        {number, id});
}

app::ServiceOrder order_of(std::int64_t number, OrderKind kind) {
    app::ServiceOrder order;
    order.id = {number, *parse_day("2026-07-01"), 0};
    order.kind = kind;
    order.created_at = test::some_day;
    return order;
}

// An account for each kind: a decided order and an open one.
void fill(Session& session) {
    ServiceRepository service(session);
    for (const auto kind : {OrderKind::activate, OrderKind::suspend, OrderKind::reconnect}) {
        const auto number = static_cast<std::int64_t>(kind) + 1;
        add_account(session, number);
        auto decided = *service.open_order(order_of(number, kind));
        decided.state = OrderState::completed;
        decided.decided_at = test::some_day;
        service.save(decided);
        auto open = *service.open_order(order_of(number, kind));
        if (kind == OrderKind::activate) {
            open.state = OrderState::pending_usage;
            service.save(open);
        }
    }
}

Filter open_only() {
    Filter filter;
    filter.open = true;
    return filter;
}

Filter in_state(OrderState state) {
    Filter filter;
    filter.state = state;
    return filter;
}

Filter of_account(Filter filter, std::int64_t number) {
    filter.account = number;
    return filter;
}

std::vector<app::ServiceOrder> found_by(ServiceRepository& service, const Filter& filter) {
    std::vector<app::ServiceOrder> found;
    service.orders(filter, [&](const app::ServiceOrder& order) {
        found.push_back(order);
        return true;
    });
    return found;
}

}  // namespace

TEMPLATE_TEST_CASE("an index leads to the open orders, and to nothing else", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    struct Row {
        const char* name;
        Filter filter;
        std::size_t found;
        bool by_index;
        bool of_account = false;
    };
    const auto row = GENERATE(
        Row{"all", Filter(), 6, false},
        Row{"all of an account", of_account(Filter(), 2), 2, false, true},
        Row{"decided of an account",
            of_account(in_state(OrderState::completed), 2),
            1,
            false,
            true},
        Row{"decided", in_state(OrderState::completed), 3, false},
        Row{"open", open_only(), 3, true},
        Row{"pending", in_state(OrderState::pending), 2, true},
        Row{"pending_usage", in_state(OrderState::pending_usage), 1, true},
        Row{"open of an account", of_account(open_only(), 2), 1, true}
    );
    CAPTURE(row.name);
    const TestType place;
    place.init();
    PlanSession session(place.session());
    fill(session);
    // A handful of rows is one page: PostgreSQL looks at an index only when it may not read that.
    if (session.dialect() == Dialect::postgresql)
        session.script("set enable_seqscan = off; set enable_bitmapscan = off");
    ServiceRepository service(session);
    session.plan.clear();
    const auto found = found_by(service, row.filter);
    CHECK(found.size() == row.found);
    INFO(session.plan);
    const bool waiting = session.plan.find("service_order_waiting") != std::string::npos;
    const bool open = session.plan.find("service_order_open") != std::string::npos;
    CHECK((waiting || open) == row.by_index);
    const bool of_account = session.plan.find("service_order_account") != std::string::npos;
    CHECK(of_account == row.of_account);
    CHECK(session.plan.find("SCAN t\n") == std::string::npos);
}

TEMPLATE_TEST_CASE("the open orders of an account have their index", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    PlanSession session(place.session());
    fill(session);
    if (session.dialect() == Dialect::postgresql)
        session.script("set enable_seqscan = off; set enable_bitmapscan = off");
    ServiceRepository service(session);
    session.plan.clear();
    REQUIRE(service.open_orders(2).size() == 1);
    INFO(session.plan);
    CHECK(session.plan.find("service_order_open") != std::string::npos);
}

TEMPLATE_TEST_CASE("one order of a kind is open, recharges one a payment", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    add_account(*session, 1);
    ServiceRepository service(*session);
    CHECK(service.open_order(order_of(1, OrderKind::change)));
    CHECK_FALSE(service.open_order(order_of(1, OrderKind::change)));
    const auto recharge = [&](int payment, std::int64_t amount) {
        auto order = order_of(1, OrderKind::recharge);
        order.payment = ledger::EntryId{1, *parse_day("2026-07-01"), payment};
        order.amount = Money::from_cents(amount);
        return service.open_order(order).has_value();
    };
    CHECK(recharge(1, 500));
    CHECK_FALSE(recharge(1, 500));
    CHECK(recharge(1, -500));
    CHECK(recharge(2, 500));
    const auto found = service.open_orders(1);
    REQUIRE(found.size() == 4);
    CHECK(found[2].amount == Money::from_cents(-500));
    CHECK(found[3].payment->place == 2);
}

TEMPLATE_TEST_CASE("orders of an older store are kept as they were", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    if constexpr (std::is_same_v<TestType, Sqlite>)
        create_sqlite_file(place.url(), false);
    const auto session = place.session();
    const auto carried = migrations(session->dialect());
    REQUIRE(std::string_view(carried[7].name) == "0008_field_orders");
    REQUIRE(create_schema(*session, carried.first(7), false, test::some_day, "it"));
    add_account(*session, 1);
    session->script("insert into service_order (slot, account, kind, state, reason, created_at,"
                    " exported_at, decided_at, outcome, held_by, processed_at) values"
                    " (65537, 1, 'suspend', 'completed', 'a', 10, 20, 30, 'cut', '', 30),"
                    " (65538, 1, 'reconnect', 'exported', 'b', 40, 50, null, '', '', null)");
    const auto applied = migrate_schema(*session, carried, test::some_day, "it");
    REQUIRE_FALSE(applied.empty());
    CHECK(applied.front() == "0008_field_orders");

    ServiceRepository service(*session);
    const auto orders = found_by(service, {});
    REQUIRE(orders.size() == 2);
    CHECK(orders[0].state == OrderState::completed);
    CHECK(orders[0].exported_at == instant(20));
    CHECK(orders[0].decided_at == instant(30));
    CHECK_FALSE(orders[0].done_at);
    CHECK(orders[0].outcome == "cut");
    CHECK(orders[1].state == OrderState::exported);
    REQUIRE(found_by(service, open_only()).size() == 1);
    // The database itself keeps what was decided.
    for (const auto* sql :
         {"update service_order set state = 'failed' where slot = 65537",
          "update service_order set decided_at = 31 where slot = 65537",
          "update service_order set done_at = 25 where slot = 65537",
          "update service_order set kind = 'change' where slot = 65538",
          "update service_order set new_meter = 'M' where slot = 65538",
          "update service_order set note = 'n' where slot = 65538",
          "update service_order set amount = 1 where slot = 65538",
          "update service_order set payment = 1 where slot = 65538",
          "delete from service_order"}) {
        INFO(sql);
        CHECK(error_of([&] { session->script(sql); }).code == "store_failed");
    }
    session->script("update service_order set done_at = 55, state = 'completed', decided_at = 60"
                    " where slot = 65538");
    CHECK(found_by(service, {})[1].done_at == instant(55));
}
