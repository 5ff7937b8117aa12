// SPDX-License-Identifier: MIT
// Database users with roles: each runs the real command lines, and tries what it must not do in the
// server's own language.
#include <catch2/catch.hpp>

#include <iterator>
#include <sstream>

#include "base/module.hpp"
#include "store/postgres.hpp"
#include "store/sql.hpp"
#include "whole/shop.hpp"

namespace usagectl::test {
namespace {

constexpr const char* noon = "2026-07-10T17:00:00Z";

// A user of the server, made for one test, with everything of it gone afterwards.
class Login {
public:
    explicit Login(const Postgres& place, const std::string& like = "alice")
        : place_(place) {
        static int count = 0;
        name = like + "_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
        place_.session()->script("create role " + identifier() + " login password 'pw'");
    }
    Login(const Login&) = delete;
    Login& operator=(const Login&) = delete;
    ~Login() {
        try {
            place_.session()->script("drop owned by " + identifier());
            place_.session()->script("drop role " + identifier());
        } catch (const Failure&) {
            // Dropped by the test.
        }
    }

    [[nodiscard]] std::string identifier() const {
        std::string text;
        for (const char letter : name)
            text.append(letter == '"' ? 2 : 1, letter);
        return '"' + text + '"';
    }
    // The store's URL with this user in it.
    [[nodiscard]] std::string url() const {
        auto text = place_.url();
        const auto begin = text.find("://") + 3;
        return text.replace(begin, text.find('@') - begin, name + ":pw");
    }
    [[nodiscard]] std::unique_ptr<store::Session> session() const {
        auto* const open = module_function<store::OpenPostgres>("postgres", store::postgres_symbol);
        return std::unique_ptr<store::Session>(open({url(), url(), short_wait}));
    }

    std::string name;

private:
    const Postgres& place_;
};

std::vector<std::string> split(const std::string& line) {
    std::istringstream in(line);
    return {std::istream_iterator<std::string>(in), {}};
}

// Accounts in service and in money, one that waits for its meter, readings, a bill of the legacy
// system.
struct Utility : Shop {
    explicit Utility(const Place& place)
        : Shop(place.url(), "2026-07-06T17:00:00Z")
        , owner(place.url()) {
        set("timezone", "America/Chicago");
        set("identity.provider_of_record", "SUNRISE");
        must({"tariff", "add", tariff("plain")});
        for (const std::string id : {"A-1", "A-2", "A-3"}) {
            must(split(create(id)));
            must({"payment", "post", id, "9.00", "--method", "cash", "--reference", "first-" + id});
        }
        environment["USAGECTL_NOW"] = noon;
        must({"ingest", readings("first", 500)});
        must({"account", "activate", "A-1"});
        must({"account", "activate", "A-2"});
        must({"nightly", "--date", "2026-07-07"});
        must(split("rules emergency add Dallas --state TX --day 2026-07-09 --reason advisory"));
        must(split(
            "reconcile start --cycle-end 2026-07-07 --bills " + bills("A-1", "2026-07-07", "2")
        ));
    }

    std::string tariff(const std::string& name) {
        return files().write(
            name + ".toml",
            "name = \"" + name +
                "\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
                "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.10\"\n"
        );
    }
    std::string readings(const std::string& name, int wh) {
        return files().write(
            name + ".csv", hourly({"M-A-1", "M-A-2"}, "2026-07-06T05:00:00Z", 72, wh)
        );
    }
    std::string bills(const std::string& id, const std::string& last, const std::string& days) {
        return files().write(
            last + ".csv",
            "account,cycle_start,cycle_end,days_in_cycle,kwh,energy_charge,pca_rate,taxes\n" + id +
                ",2026-07-06," + last + "," + days + ",24,2.50,0,0\n"
        );
    }
    static std::string create(const std::string& id) {
        return "account create " + id + " --name Cy --meter M-" + id +
               " --tariff plain --provider-of-record SUNRISE --phone +19725551234 --meter-number 1 "
               "--begin-reading 0"
               " --installed-on 2026-07-06 --last-read-on 2026-07-06";
    }
    void grant(const std::string& role, const Login& user) {
        environment["USAGECTL_DB"] = owner;
        must({"db", "grant", role, "--to", user.name});
    }
    Finished as(const Login& user, const std::vector<std::string>& words) {
        environment["USAGECTL_DB"] = user.url();
        auto finished = run(words);
        environment["USAGECTL_DB"] = owner;
        return finished;
    }
    // "alice is cashier and ...": what db status says of the roles.
    std::string told() {
        std::string text;
        const auto status = must({"db", "status", "--json"}).json();
        for (const auto& held : status.at("roles"))
            text += held.at("role").get<std::string>() + " " + held.at("state").get<std::string>();
        return text;
    }

    std::string owner;
};

enum Who : unsigned { reader = 1, ingest = 2, cashier = 4, office = 8, auditor = 16 };
constexpr unsigned people = reader | cashier | office | auditor;
constexpr unsigned everyone = people | ingest;

struct Line {
    unsigned may;
    std::string words;
};

// In the order they are run; `role` makes what they add their own.
std::vector<Line> lines_of(Utility& utility, const std::string& role, int wh) {
    const auto mine = "A-" + role;
    const auto file = [&](const std::string& name, const std::string& text) {
        return utility.files().write(role + name, text);
    };
    const auto extract = file("extract.csv", "account,name,meter\nL-1,Ana,2001\n");
    const auto payments = file(
        "pays.csv", "account,amount,method,reference\n" + mine + ",5.00,cash,p-" + role + "\n"
    );
    return {
        {everyone, "db status"},
        {everyone, "meter list"},
        {everyone, "usage show M-A-1 --from 2026-07-06 --to 2026-07-07"},
        {everyone, "usage gap M-A-1"},
        {everyone, "tariff list"},
        {people, "account show A-1"},
        {people, "account statement A-1"},
        {people, "balance A-1"},
        {people, "balance drift"},
        {people, "audit ledger"},
        {people, "audit log"},
        {cashier | office | auditor, "account show A-1 --reveal"},
        {ingest | office, "ingest " + utility.readings(role, wh)},
        {ingest | office | cashier, "meter set M-" + role + " --multiplier 2"},
        {cashier | office, Utility::create(mine)},
        {cashier | office, "account set " + mine + " --name Bo"},
        {cashier | office, "account prefs " + mine + " --type daily --by email --to b@c.org"},
        {cashier | office,
         "account prefs " + mine + " --type daily --by email --to b@c.org --remove"},
        {cashier | office, "payment post " + mine + " 40.00 --method cash --reference " + role},
        {cashier | office, "payment import " + payments},
        {cashier | office, "order export"},
        {office, "tariff add " + utility.tariff("t-" + role)},
        {office, "rules emergency add Travis --state TX --day 2026-07-10 --reason advisory"},
        {office, "rules emergency withdraw Dallas --state TX --day 2026-07-09 --reason over"},
        {office, "legacy import " + extract},
        {office, "reconcile accept 2026-07-07"},
        {office, "nightly --date 2026-07-08"},
        {office,
         "reconcile start --cycle-end 2026-07-08 --bills " +
             utility.bills("A-2", "2026-07-08", "3")},
        {cashier | office, "payment reverse P-A-1-20260706-1 --reason mistake"},
        {cashier | office, "account close " + mine},
        {ingest | office, "meter set M-A-1 --timezone America/Denver"},
    };
}

struct RoleName {
    Who who;
    const char* name;
};

}  // namespace

TEST_CASE("each role does its work, and nothing of another's") {
    REQUIRE_ENGINE(Postgres);
    const auto role = GENERATE(
        RoleName{reader, "reader"},
        RoleName{ingest, "ingest"},
        RoleName{cashier, "cashier"},
        RoleName{office, "operator"},
        RoleName{auditor, "auditor"}
    );
    CAPTURE(role.name);
    const Postgres place;
    Utility utility(place);
    const Login user(place);
    utility.grant(role.name, user);
    CHECK(utility.told() == std::string(role.name) + " current");
    for (const auto& line : lines_of(utility, role.name, 400)) {
        const auto finished = utility.as(user, split(line.words));
        CAPTURE(line.words, finished.out, finished.err);
        if ((line.may & role.who) != 0) {
            CHECK(finished.exit == 0);
            continue;
        }
        CHECK(finished.exit == 4);
        CHECK_THAT(finished.err, Catch::Contains("refuses permission"));
        CHECK_THAT(finished.err, Catch::Contains("usagectl db grant"));
    }
}

TEST_CASE("whoever may not keep the answer is given the balance") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Utility utility(place);
    const Login user(place);
    utility.grant("reader", user);
    const auto finished = utility.as(user, {"balance", "A-1", "--json"});
    CHECK(finished.exit == 0);
    CHECK(finished.json().at("quoted_id").is_null());
    CHECK_THAT(finished.err, Catch::Contains("this answer is not kept"));
    utility.grant("cashier", user);
    CHECK(utility.as(user, {"balance", "A-1", "--json"}).json().at("quoted_id").is_string());
}

TEST_CASE("what no role may do, the server itself refuses") {
    REQUIRE_ENGINE(Postgres);
    const auto* role = GENERATE("reader", "ingest", "cashier", "operator", "auditor");
    CAPTURE(role);
    const Postgres place;
    Utility utility(place);
    const Login user(place);
    utility.grant(role, user);
    const auto session = user.session();
    for (const auto* change :
         {"update ledger_entry set amount = 0",
          "update ledger_entry set postings = ''",
          "delete from ledger_entry",
          "truncate ledger_entry",
          "alter table ledger_entry disable trigger all",
          "alter table ledger_entry disable trigger ledger_entry_change",
          "drop trigger ledger_entry_change on ledger_entry",
          "drop table ledger_entry",
          "create or replace function refuse_change() returns trigger language plpgsql as"
          " 'begin return new; end'",
          "set session_replication_role = replica",
          "update audit_record set actor = 'bob'",
          "delete from audit_record",
          "truncate audit_record",
          "insert into audit_record (number, at, actor, os_user, command, arguments, outcome)"
          " values (1, 0, '', '', '', '', '')",
          "update account_event set actor = 'bob'",
          "delete from account_service",
          "update balance_quote set balance = 0",
          "update idempotency_key set answer = ''",
          "update tariff set text = ''",
          "update block_history set data = data",
          "update payment set amount = 1",
          "delete from payment",
          "update account set created_at = 0",
          "update source set known_at = 0",
          "update store_info set value = '1'",
          "insert into store_info values ('role:x', 'operator')",
          "delete from schema_migration",
          "truncate account cascade"}) {
        CAPTURE(change);
        const auto error = error_of([&] { session->script(change); });
        CHECK(error.code == "store_permission");
        CHECK(error.exit == Exit::refused);
        CHECK_THAT(error.hint, Catch::Contains("usagectl db grant"));
    }
    const auto append = error_of([&] {
        session->script("insert into audit_record (at, actor, os_user, command, arguments, outcome)"
                        " values (0, '', '', '', '', '')");
    });
    CHECK(append.code == (role == std::string("reader") ? "store_permission" : ""));
}

TEST_CASE("a role is given once, changed, and taken back") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Utility utility(place);
    const Login user(place, "O'Brien \"x\"; drop");
    const auto grant = [&](const char* role) {
        return utility.must({"db", "grant", role, "--to", user.name, "--json"}).json();
    };
    const auto before = utility.must({"audit", "log", "--json"}).out;
    const auto planned =
        utility.must({"db", "grant", "cashier", "--to", user.name, "--dry-run", "--json"}).json();
    CHECK(planned.at("dry_run") == true);
    CHECK(utility.told().empty());
    CHECK(utility.must({"audit", "log", "--json"}).out == before);

    const auto first = grant("cashier");
    CHECK(first.at("items") == planned.at("items"));
    CHECK(first.at("changed").get<int>() > 20);
    CHECK(first.at("role_before").is_null());
    CHECK(first.at("beyond").empty());
    const auto log = utility.must({"audit", "log", "--limit", "1", "--json"}).json().at("items")[0];
    CHECK(log.at("command") == "db grant");
    CHECK_THAT(
        log.at("outcome").get<std::string>(),
        Catch::Contains("role cashier granted to " + user.name)
    );
    const auto again = grant("cashier");
    CHECK(again.at("changed") == 0);
    CHECK(again.at("role_before") == "cashier");

    const auto less = grant("reader");
    CHECK(less.at("changed").get<int>() > 5);
    CHECK(utility.told() == "reader current");
    for (const auto& item : less.at("items")) {
        const auto words = item.at("privileges").get<std::string>();
        CHECK(words == (item.at("table").is_null() ? "usage" : "select"));
    }
    const auto none = grant("none");
    CHECK(none.at("role").is_null());
    CHECK(none.at("changed").get<int>() > 20);
    CHECK(utility.told().empty());
    CHECK_FALSE(error_of([&] { user.session()->script("select 1 from account"); }).code.empty());
}

TEST_CASE("a user without a role is told who can give one") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Utility utility(place);
    const Login user(place);
    for (const bool finds_the_schema : {false, true}) {
        if (finds_the_schema) {
            place.session()->script("do $$ begin execute 'grant usage on schema ' ||"
                                    " current_schema() || ' to public'; end $$");
        }
        const auto finished = utility.as(user, {"account", "list"});
        CHECK(finished.exit == 4);
        CHECK_THAT(finished.err, Catch::Contains("usagectl db grant"));
    }
}

TEST_CASE("who is refused a role, or may give none") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Utility utility(place);
    const Login user(place);
    utility.grant("operator", user);
    const auto refused = [&](const std::string& to) {
        const auto finished = utility.run({"db", "grant", "reader", "--to", to, "--json"});
        const auto error = nlohmann::json::parse(finished.err).at("error");
        return error.at("code").get<std::string>() + " " + std::to_string(finished.exit);
    };
    CHECK(refused("nobody-of-this-name") == "database_user_unknown 3");
    CHECK(refused("PUBLIC") == "database_user_unknown 3");
    CHECK(refused("public") == "database_user_unknown 3");
    CHECK(refused("pg_read_all_data") == "database_user_unknown 3");
    CHECK(refused("caf\xff") == "database_user_unknown 3");
    std::string owner;
    const auto session = place.session();
    store::each_row(*session, "select cast(current_user as text)", {}, [&](const auto& row) {
        owner = row.text(0);
    });
    CHECK(refused(owner) == "database_user_above 4");

    const auto finished = utility.as(user, {"db", "grant", "reader", "--to", user.name});
    CHECK(finished.exit == 4);
    CHECK_THAT(finished.err, Catch::Contains("only the owner of the store can grant roles"));
}

TEST_CASE("status says who lacks something of his role, and who has more than it") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Utility utility(place);
    Login user(place);
    utility.grant("cashier", user);
    const auto session = place.session();
    struct Row {
        std::string change;
        const char* state;
    };
    const std::vector<Row> rows{
        // As after a migration that brought the table.
        {"revoke all on notice from " + user.identifier(), "behind"},
        {"revoke update (state) on notice from " + user.identifier(), "behind"},
        {"grant update on ledger_entry to " + user.identifier(), "wider"},
        {"grant update (amount) on ledger_entry to " + user.identifier(), "wider"},
        {"grant select on account to " + user.identifier() + " with grant option", "behind"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.change);
        session->script(row.change);
        CHECK(utility.told() == "cashier " + std::string(row.state));
        CHECK_THAT(
            utility.must({"db", "status"}).out,
            Catch::Contains("`usagectl db grant cashier --to " + user.name + "`")
        );
        utility.grant("cashier", user);
        CHECK(utility.told() == "cashier current");
    }

    session->script("grant delete on ledger_entry to public");
    CHECK(utility.told() == "cashier wider");
    const auto finished = utility.must({"db", "grant", "cashier", "--to", user.name, "--json"});
    CHECK(finished.json().at("beyond") == nlohmann::json{"delete on ledger_entry"});
    CHECK_THAT(finished.err, Catch::Contains("still has delete on ledger_entry, through PUBLIC"));
    session->script("revoke delete on ledger_entry from public");

    // Asked of a store that has fewer tables than this program knows.
    session->script("drop table balance_quote");
    CHECK(utility.told() == "cashier current");

    session->script("drop owned by " + user.identifier());
    session->script("drop role " + user.identifier());
    CHECK(utility.told() == "cashier gone");
    utility.must({"db", "grant", "none", "--to", user.name});
    CHECK(utility.told().empty());
}

TEST_CASE("grants given at the same moment come one after the other") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Utility utility(place);
    const Login user(place);
    std::vector<Started> started;
    for (const auto* role : {"reader", "cashier", "operator", "cashier", "reader", "cashier"})
        started.push_back(utility.start({"db", "grant", role, "--to", user.name}));
    for (auto& one : started) {
        const int exit = one.wait();
        INFO(one.err());
        CHECK(exit == 0);
    }
    CHECK_THAT(utility.told(), Catch::EndsWith(" current"));
}

TEST_CASE("a SQLite store has no users to grant anything to") {
    const Sqlite place;
    Shop shop(place.url(), noon);
    const auto finished = shop.run({"db", "grant", "reader", "--to", "alice"});
    CHECK(finished.exit == 4);
    CHECK_THAT(finished.err, Catch::Contains("a SQLite store has no users"));
    CHECK_THAT(finished.err, Catch::Contains("hint: the mode of the file"));
    CHECK(shop.must({"db", "status", "--json"}).json().at("roles").empty());
}

}  // namespace usagectl::test
