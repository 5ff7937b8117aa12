// SPDX-License-Identifier: MIT
#include "app/ledger_proof.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <catch2/catch.hpp>

#include "app/balance_drift.hpp"
#include "app/balance_quotes.hpp"
#include "app/names.hpp"
#include "balance/household.hpp"
#include "ledger/journal_text.hpp"
#include "store/account_slot.hpp"

using namespace usagectl;
using namespace usagectl::test;

namespace {

struct Proof {
    app::LedgerTally tally;
    std::vector<std::string> findings;  // "what account entry"
};

Proof prove(app::Store& store, const std::optional<app::DaySpan>& days = {}) {
    Proof proof;
    store.read([&] {
        proof.tally = app::prove_ledger(store, days, [&](const app::LedgerFinding& finding) {
            proof.findings.push_back(finding.what + " " + finding.account + " " + finding.entry);
        });
    });
    return proof;
}

using Findings = std::vector<std::string>;

// Three days of usage, a payment that bounced.
void live(const Household& home) {
    for (int day = 0; day < 3; ++day) {
        home.read_day(day, 700 + 100 * day, at(day + 1, 3));
        home.charge(day, at(day + 1, 4));
    }
    home.pay("10.00", at(3, 9));
    const FixedClock clock(at(3, 10));
    const auto back = app::reverse_payment(
        home.store, {"P-A-1-20260923-1", "bounced", false, {}}, home.prepay, teller, clock
    );
    REQUIRE(back);
}

std::int64_t slot(int day, int place) {
    return store::AccountSlot(ledger::EntryId{1, day_after(day), place}).packed();
}

// Behind the guards, as only a damaged file could be.
void damage(const Place& place, const std::string& sql) {
    const auto session = place.session();
    if (session->dialect() == store::Dialect::sqlite) {
        session->script("drop trigger ledger_entry_update; drop trigger ledger_entry_delete;"
                        "drop trigger payment_update; drop trigger payment_delete");
    } else {
        session->script("drop trigger ledger_entry_change on ledger_entry;"
                        "drop trigger payment_update on payment;"
                        "drop trigger payment_delete on payment");
    }
    session->script(sql);
}

}  // namespace

TEMPLATE_TEST_CASE("a ledger that is whole has no findings", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    CHECK(prove(*store).tally.entries == 0);
    const Household home(*store, rich_tariff, "50.00");
    live(home);
    const auto proof = prove(*store);
    CHECK(proof.findings == Findings{});
    CHECK(proof.tally.entries == 6);
    CHECK(proof.tally.payments == 2);
    CHECK(proof.tally.accounts == 1);
    CHECK(proof.tally.customers == store->accounts().standing(1).balance);
    CHECK(proof.tally.house == proof.tally.customers);

    SECTION("a span of days leaves balances out") {
        const auto part = prove(*store, app::DaySpan{day_after(1), day_after(2)});
        CHECK(part.findings == Findings{});
        CHECK(part.tally.entries == 2);
        CHECK_FALSE(part.tally.accounts);
    }
}

TEMPLATE_TEST_CASE("what is wrong with a ledger is found", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const Household home(*store, rich_tariff, "50.00");
    live(home);
    const auto at_slot = [](int day, int number) {
        return " where slot = " + std::to_string(slot(day, number));
    };

    SECTION("an amount that was altered") {
        damage(place, "update ledger_entry set amount = amount + 10000" + at_slot(1, 0));
        CHECK(
            prove(*store).findings ==
            Findings{"unbalanced A-1 E-A-1-20260921-0", "balance_differs A-1 "}
        );
    }
    SECTION("a posting that was altered") {
        damage(place, "update ledger_entry set postings = '[[1,-5]]'" + at_slot(1, 0));
        CHECK(prove(*store).findings == Findings{"unbalanced A-1 E-A-1-20260921-0"});
    }
    SECTION("an entry that is gone") {
        damage(place, "delete from ledger_entry" + at_slot(1, 0));
        CHECK(prove(*store).findings == Findings{"balance_differs A-1 "});
    }
    SECTION("a payment without its entry") {
        damage(place, "delete from ledger_entry" + at_slot(0, 1));
        CHECK(
            prove(*store).findings ==
            Findings{"payment_without_entry A-1 E-A-1-20260920-1", "balance_differs A-1 "}
        );
    }
    SECTION("an entry without its payment") {
        damage(place, "delete from payment" + at_slot(0, 1));
        CHECK(prove(*store).findings == Findings{"entry_without_payment A-1 E-A-1-20260920-1"});
    }
    SECTION("a payment of another amount") {
        damage(place, "update payment set amount = amount + 1" + at_slot(0, 1));
        CHECK(prove(*store).findings == Findings{"payment_amount_differs A-1 E-A-1-20260920-1"});
    }
    SECTION("a reversal that nothing calls for") {
        damage(place, "update payment set reversed_by = null" + at_slot(3, 1));
        CHECK(prove(*store).findings == Findings{"reversal_without_payment  "});
    }
    SECTION("a reversal of something else") {
        damage(
            place,
            "update ledger_entry set postings = '[[1,-9000000],[2,-1000000]]'" + at_slot(3, 2)
        );
        CHECK(prove(*store).findings == Findings{"reversal_differs A-1 E-A-1-20260923-2"});
    }
    SECTION("a charge that is no charge of its day") {
        damage(place, "update ledger_entry set kind = 'fee'" + at_slot(1, 0));
        CHECK(prove(*store).findings == Findings{"charge_place A-1 E-A-1-20260921-0"});
    }
    SECTION("a day that could be charged again") {
        damage(
            place,
            "update account_standing set charged_through = " +
                std::to_string(day_number(day_after(0)))
        );
        CHECK(prove(*store).findings == Findings{"charged_later A-1 "});
    }
    SECTION("a balance that was altered") {
        damage(place, "update account_standing set balance = balance + 1");
        CHECK(prove(*store).findings == Findings{"balance_differs A-1 "});
    }
}

TEST_CASE("a journal is text that no cause can break") {
    ledger::JournalEntry entry;
    entry.day = monday;
    entry.name = "E-A-1-20260920-1";
    entry.description = "payment: bounced;\n2026/01/01 forged\n    Assets  1";
    entry.currency = "USD";
    entry.lines = {
        {"Assets:Cash", dollars("5.00")}, {"Liabilities:Customer:A-1", dollars("-5.00")}};
    std::string text;
    ledger::write_journal(entry, text);
    CHECK(std::count(text.begin(), text.end(), '\n') == 4);
    CHECK(
        text.rfind("2026-09-20 * (E-A-1-20260920-1) payment: bounced, 2026/01/01 forged", 0) == 0
    );
    CHECK(ledger::journal_account("income:energy:Energy") == "Income:energy:Energy");
    CHECK(ledger::journal_account("asset:cash") == "Assets:cash");
    CHECK(ledger::journal_account("odd") == "Equity:Unclassified:odd");
}

TEST_CASE("ledger(1) balances the journal to the same figures") {
    if (std::system("ledger --version > /dev/null 2>&1") != 0) {
        WARN("skipped: ledger is not installed");
        return;
    }
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, rich_tariff, "50.00");
    live(home);
    const auto journal = place.directory() / "journal.ledger";
    std::map<std::string, Money> sums;
    store->read([&] {
        std::ofstream file(journal);
        app::export_journal(*store, app::every_day, "USD", [&](const auto& text) { file << text; });
        store->ledger().each(app::every_day, [&](const ledger::Entry& entry) {
            auto& customer = sums[ledger::journal_customer("A-1")];
            customer = customer - entry.amount;
            for (const auto& posting : entry.postings) {
                auto& sum = sums[ledger::journal_account(store->ledger().code_name(posting.code))];
                sum = sum + posting.amount;
            }
        });
    });
    const auto told = place.directory() / "told";
    const auto command = "ledger -f " + journal.string() +
                         " balance --flat --no-total --balance-format"
                         " '%(account) %(quantity(amount))\\n' > " +
                         told.string();
    REQUIRE(std::system(command.c_str()) == 0);
    std::ifstream file(told);
    std::string account;
    std::string amount;
    std::map<std::string, Money> read;
    while (file >> account >> amount)
        read[account] = dollars(amount.c_str());
    std::erase_if(sums, [](const auto& sum) { return sum.second == Money(); });
    CHECK(read == sums);
    CHECK(read.size() > 4);
}

TEMPLATE_TEST_CASE("figures that later data proved wrong are found", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "20.00");
    const auto tell = [&](Instant now) {
        return app::keep_quote(*store, home.told(now), "ann", now);
    };
    home.read_day(0, 1'000, at(1, 3));
    const auto first = tell(at(1, 8));   // 8 hours of today are estimated: 0.80
    const auto second = tell(at(2, 8));  // and a day, of 2.90
    home.read_day(1, 2'000, at(2, 9));   // twice as much
    home.charge(0, at(3, 4));
    home.charge(1, at(3, 4));

    app::DriftQuestion question;
    question.days = app::every_day;
    question.now = at(4);
    question.asker = provider;
    const auto find = [&] {
        std::vector<app::QuoteDrift> found;
        app::DriftTally tally;
        store->read([&] {
            tally = app::find_quote_drift(*store, question, home.prepay, [&](const auto& drift) {
                found.push_back(drift);
            });
        });
        CHECK(tally.wrong == static_cast<std::int64_t>(found.size()));
        return found;
    };
    const auto all = find();
    REQUIRE(all.size() == 2);
    CHECK(all[0].quoted_id == first);
    CHECK(all[0].told == dollars("15.80"));
    CHECK(all[0].now == dollars("15.00"));
    CHECK(all[0].difference() == dollars("-0.80"));
    CHECK(all[0].quoted_at == at(1, 8));
    CHECK(all[1].quoted_id == second);

    question.more_than = dollars("0.80");
    CHECK(find().size() == 1);
    question.asker = "REP-2";
    CHECK(find().empty());
    question.asker = provider;
    question.more_than = Money();
    question.days = {day_after(2), day_after(2)};
    CHECK(find().size() == 1);
}
