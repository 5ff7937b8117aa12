// SPDX-License-Identifier: MIT
// Rows of money: what the database itself lets in, and that bringing a store up to date keeps every
// one of them.

#include <catch2/catch.hpp>

#include "store/migration.hpp"
#include "store/place.hpp"
#include "store/schema.hpp"
#include "store/sql.hpp"
#include "store/sqlite.hpp"

using namespace usagectl;
using namespace usagectl::store;
using test::error_of;
using test::Postgres;
using test::Sqlite;

namespace {

constexpr const char* accounts =
    "insert into rate_profile (number, tariff, options, exemptions) values (1, 't', '', '');"
    "insert into account (number, id, name, street, city, state, county, postal_code, contacts,"
    " language, rule_pack, critical_care, chronic_condition, medical, tax_exempt,"
    " existing_customer, due_setup, due_unbilled, due_past, due_postings, deposit, debt_percent,"
    " created_at) values"
    " (1, 'A-1', 'Ana', '', '', '', '', '', '', 'en', '', 0, 0, 0, 0, 0, 0, 0, 0, '[]', 0, 0, 0);"
    "insert into account_standing (account, status, balance, moved_at, debt, meter, profile,"
    " cycle_day, cycle_start, cycle_wh, connection, disconnection, grace, low, wants_daily,"
    " changing) values (1, 'active', 5, 6, 7, 8, 1, 1, 2, 3, 4, 5, 6, 7, 1, 0);";

std::string entry(int slot, const std::string& kind) {
    return "insert into ledger_entry (slot, kind, at, known_at, amount, cause, profile, version,"
           " cycle_wh, vee_wh, raw_wh, estimated_wh, postings) values (" +
           std::to_string(slot) + ", '" + kind + "', 1, 2, 3, 'cause', 4, 5, 6, 7, 8, 9, '[]')";
}

std::string payment(int slot, const std::string& method, const std::string& reversed_by = "null") {
    return "insert into payment (slot, method, agent, reference, amount, at, reversed_by) values "
           "(" +
           std::to_string(slot) + ", '" + method + "', '', 'R" + std::to_string(slot) +
           "', 3, 4, " + reversed_by + ")";
}

std::string notice(int slot, const std::string& type, const std::string& state) {
    return "insert into notice (slot, type, state, created_at, due_from, due_to, figures) values "
           "(" +
           std::to_string(slot) + ", '" + type + "', '" + state + "', 1, 2, 3, '{}')";
}

// Every row of the four tables, as text.
std::string money(Session& session) {
    struct Table {
        const char* sql;
        int columns;
    };
    constexpr Table tables[] = {
        {"select slot, kind, at, known_at, amount, cause, profile, version, cycle_wh, vee_wh,"
         " raw_wh, estimated_wh, postings from ledger_entry order by slot",
         13},
        {"select slot, method, agent, reference, amount, at, reversed_by from payment"
         " order by slot",
         7},
        {"select slot, type, state, created_at, due_from, due_to, figures from notice"
         " order by slot",
         7},
        {"select account, status, balance, moved_at, debt, meter, profile, charged_through,"
         " cycle_day, cycle_start, cycle_wh, connection, disconnection, grace, low, low_days,"
         " wants_daily, changing from account_standing order by account",
         18},
    };
    std::string text;
    for (const auto& table : tables) {
        each_row(session, table.sql, {}, [&](const Row& row) {
            for (int column = 0; column < table.columns; ++column)
                text.append(row.is_null(column) ? "null" : row.bytes(column)).append("|");
            text += '\n';
        });
    }
    return text;
}

}  // namespace

TEMPLATE_TEST_CASE(
    "a store of schema 8 keeps its money when it is brought up to date", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    if constexpr (std::is_same_v<TestType, Sqlite>)
        create_sqlite_file(place.url(), false);
    const auto session = place.session();
    const auto carried = migrations(session->dialect());
    REQUIRE(create_schema(*session, carried.first(8), false, test::some_day, "it"));
    session->script(accounts);
    session->script(entry(1, "payment"));
    session->script(entry(2, "transfer"));
    session->script(payment(1, "cash"));
    session->script(payment(2, "prepaid_card", "9"));
    session->script(notice(1, "limit", "cancelled"));
    const auto before = money(*session);

    CHECK_FALSE(migrate_schema(*session, carried, test::some_day, "it").empty());

    CHECK(money(*session) == before);
    CHECK_FALSE(before.empty());
}

TEMPLATE_TEST_CASE("rows of money know their words", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    session->script(accounts);
    int slot = 0;
    for (const auto* kind :
         {"charge",
          "correction",
          "setup",
          "fee",
          "payment",
          "reversal",
          "deposit",
          "adjustment",
          "settlement",
          "transfer"})
        CHECK_NOTHROW(session->script(entry(++slot, kind)));
    for (const auto* method :
         {"cash", "card", "ach", "money_transfer", "bill_payment", "agent", "prepaid_card"})
        CHECK_NOTHROW(session->script(payment(++slot, method)));
    for (const auto* type : {"low_balance", "daily", "suspend", "recharge", "limit"})
        CHECK_NOTHROW(session->script(notice(++slot, type, "waiting")));
    for (const auto* state : {"waiting", "sent", "failed", "cancelled"})
        CHECK_NOTHROW(session->script(notice(++slot, "daily", state)));
    for (const auto* status : {"pending", "paid", "active", "past_due", "suspended", "closed"})
        CHECK_NOTHROW(
            session->script(std::string("update account_standing set status = '") + status + "'")
        );

    const auto before = money(*session);
    for (const auto& wrong :
         {entry(100, "gift"),
          payment(100, "shells"),
          payment(100, ""),
          notice(100, "birthday", "waiting"),
          notice(100, "daily", "lost"),
          std::string("update account_standing set status = 'asleep'"),
          std::string("update account_standing set wants_daily = 2"),
          std::string("update account_standing set changing = 2")}) {
        CAPTURE(wrong);
        CHECK_FALSE(error_of([&] { session->script(wrong); }).code.empty());
    }
    CHECK(money(*session) == before);
}

TEMPLATE_TEST_CASE(
    "rows of money are kept as they are, and taken back once", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    session->script(accounts);
    session->script(entry(1, "payment"));
    session->script(payment(1, "cash", "7"));
    session->script(payment(2, "cash"));
    session->script(payment(3, "cash"));
    session->script(notice(1, "daily", "waiting"));
    const auto before = money(*session);
    for (const auto& wrong :
         {std::string("update ledger_entry set amount = 4"),
          std::string("delete from ledger_entry"),
          std::string("update payment set amount = 4 where slot = 2"),
          std::string("update payment set reversed_by = null where slot = 1"),
          std::string("update payment set reversed_by = 7 where slot = 2"),
          std::string("delete from payment"),
          std::string("delete from notice"),
          std::string("delete from account_standing"),
          entry(1, "payment"),
          payment(3, "cash")}) {
        CAPTURE(wrong);
        CHECK_FALSE(error_of([&] { session->script(wrong); }).code.empty());
    }
    CHECK(money(*session) == before);
    CHECK_NOTHROW(session->script("update payment set reversed_by = 8 where slot = 2"));
}
