// SPDX-License-Identifier: MIT
// Picking up files as a timer does it: from sshd and proftpd, into either engine, and killed.
#include <catch2/catch.hpp>

#include <random>

#include <unistd.h>

#include "net/file_servers.hpp"
#include "support/rounds.hpp"
#include "whole/shop.hpp"

namespace usagectl::test {
namespace {

using std::chrono::milliseconds;

constexpr const char* now = "2026-11-20T14:00:00Z";
constexpr int days = 6;
const std::vector<std::string> ids{
    "10443720990000001", "10443720990000002", "10443720990000003", "10443720990000004"};

// A file for each day in `folder`, old enough to be finished.
void post(Shop& shop, const Scratch& folder) {
    for (int day = 1; day <= days; ++day) {
        const std::string number = std::to_string(day);
        const auto file = folder.path("day" + number + ".lse");
        shop.must(
            {"bench",
             "generate",
             "--meters",
             "4",
             "--days",
             "1",
             "--from",
             "2026-11-0" + number,
             "--seed",
             number,
             "-o",
             file}
        );
        std::filesystem::last_write_time(
            file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(720)
        );
    }
}

std::vector<std::string> names(const std::string& folder) {
    std::vector<std::string> found;
    if (std::filesystem::exists(folder)) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.is_regular_file())
                found.push_back(entry.path().filename());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

// Everything the shop knows of the meters.
std::string usage(Shop& shop) {
    std::vector<std::string> words{"usage", "export", "--format", "lse"};
    words.insert(words.end(), ids.begin(), ids.end());
    return shop.must(words).out;
}

// A shop with a configured source, and what a local ingest of the same files comes to.
struct PickUpShop : Shop {
    PickUpShop(const Place& place, const std::string& url, const std::string& table)
        : Shop(place.url(), now) {
        files().write(
            "config/usagectl/config.toml", "[source.tdsp]\nurl = \"" + url + "\"\n" + table
        );
    }
};

std::string local_usage(const Scratch& folder) {
    const Sqlite place;
    Shop shop(place.url(), now);
    shop.must({"ingest", folder.path()});
    return usage(shop);
}

std::string sftp_url(const SshServer& server) {
    return "sftp://" + server.user() + "@127.0.0.1:" + std::to_string(server.port()) +
           server.files().path() + "/";
}

std::string sftp_table(const SshServer& server, const std::string& more) {
    return "identity_file = \"" + server.key() + "\"\nhost_key_sha256 = \"" + server.fingerprint() +
           "\"\n" + more;
}

TEMPLATE_TEST_CASE("files over sftp are taken once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const SshServer server;
    const TestType place;
    PickUpShop shop(place, sftp_url(server), sftp_table(server, "pattern = \"*.lse\"\n"));
    post(shop, server.files());
    const auto expected = local_usage(server.files());
    server.files().write("notes.txt", "not ours");

    const auto taken = shop.must({"ingest", "@tdsp", "--json"}).json();
    CHECK(taken.at("totals").at("files") == days);
    CHECK(taken.at("totals").at("stored") == taken.at("totals").at("intervals"));
    CHECK(taken.at("known") == 0);
    CHECK(taken.at("files").at(0).at("path").get<std::string>().starts_with("sftp://127.0.0.1:"));
    CHECK(usage(shop) == expected);

    const auto again = shop.must({"ingest", "--all", "--json"}).json();
    CHECK(again.at("totals").at("files") == 0);
    CHECK(again.at("known") == days);
    CHECK(names(server.files().path()).size() == days + 1);
}

TEMPLATE_TEST_CASE("files over ftps are taken, and archived", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    Authority authority;
    const FtpServer server(authority.issue());
    const TestType place;
    Shop shop(place.url(), now);
    post(shop, server.home());
    const auto expected = local_usage(server.home());
    const auto password = shop.files().write("password", "pass word\n");
    std::filesystem::permissions(password, std::filesystem::perms::owner_read);
    const auto taken = shop.must({"ingest",
                                  "ftps://meter@localhost:" + std::to_string(server.port()) + "/",
                                  "--ca-file",
                                  authority.file(),
                                  "--password-file",
                                  password,
                                  "--archive",
                                  "done",
                                  "--json"})
                           .json();
    CHECK(taken.at("totals").at("files") == days);
    CHECK(usage(shop) == expected);
    CHECK(names(server.home().path()).empty());
    CHECK(names(server.home().path("done")).size() == days);
}

TEMPLATE_TEST_CASE("a night begins with what its sources hold", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const SshServer server;
    const TestType place;
    // Beside it a server that is not who it says it is.
    const std::string stranger = "[source.stranger]\nurl = \"" + sftp_url(server) +
                                 "\"\nhost_key_sha256 = \"" + std::string(43, 'A') +
                                 "\"\nidentity_file = \"" + server.key() + "\"\n";
    PickUpShop shop(place, sftp_url(server), sftp_table(server, stranger));
    const Scratch requests;
    shop.set("nightly.sources", "stranger,tdsp");
    shop.set("nightly.request_directory", requests.path());
    shop.environment["USAGECTL_NOW"] = "2026-11-01T12:00:00Z";
    const auto tariff = shop.files().write(
        "t.toml",
        "name = \"plain\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
        "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.10\"\n"
    );
    shop.must({"tariff", "add", tariff});
    for (const auto& [account, meter] :
         {std::pair{"A-1", ids[0]}, std::pair{"A-2", ids[1] + "0"}}) {
        shop.must(
            {"account", "create", account, "--name", "C", "--meter", meter, "--tariff", "plain"}
        );
        shop.must({"payment", "post", account, "500.00", "--method", "cash"});
        shop.must(
            {"account",
             "activate",
             account,
             "--meter-number",
             "1",
             "--begin-reading",
             "0",
             "--installed-on",
             "2026-11-01",
             "--last-read-on",
             "2026-11-01"}
        );
    }
    post(shop, server.files());
    const Sqlite elsewhere;
    Shop local(elsewhere.url(), now);
    const auto stored =
        local.must({"ingest", server.files().path(), "--json"}).json().at("totals").at("stored");

    shop.environment["USAGECTL_NOW"] = "2026-11-07T09:00:00Z";
    const std::vector<std::string> night{"nightly", "--date", "2026-11-06", "--json"};
    auto dry = night;
    dry.emplace_back("--dry-run");
    CHECK(shop.must(dry).json().at("fetched").at("files") == 0);
    CHECK(names(requests.path()).empty());

    const auto first = shop.run(night);
    INFO(first.out << first.err);
    CHECK(first.exit == 6);
    const auto told = first.json();
    CHECK(told.at("fetched").at("files") == days);
    CHECK(told.at("fetched").at("stored") == stored);
    REQUIRE(told.at("fetched").at("failed").size() == 1);
    CHECK(told.at("fetched").at("failed").at(0).at("code") == "host_key_changed");
    // The first usage has come: the account is active, and charged since.
    CHECK(told.at("steps").at(1).at("items") == 1);
    CHECK(told.at("charged").get<int>() >= 5);
    CHECK(told.at("estimated") == 0);
    CHECK(shop.must({"account", "show", "A-1", "--jq", ".status"}).out == "active\n");
    CHECK(names(requests.path()) == std::vector<std::string>{"reading-requests-2026-11-06.csv"});

    const auto again = shop.run(night).json();
    CHECK(again.at("fetched").at("files") == 0);
    CHECK(again.at("charged") == 0);

    // Asked for twice by the same key: the same answer, and the same end.
    auto keyed = night;
    keyed.insert(keyed.end(), {"--idempotency-key", "night-6"});
    const auto once = shop.run(keyed);
    const auto twice = shop.run(keyed);
    CHECK(once.exit == 6);
    CHECK(twice.exit == 6);
    CHECK(twice.out == once.out);

    shop.set("nightly.sources", "nowhere");
    const auto unknown = shop.run(night);
    CHECK(unknown.exit == 3);
    CHECK(unknown.err.find("source_unknown") != std::string::npos);
}

TEMPLATE_TEST_CASE(
    "extracts over sftp are taken once, readings beside them", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const SshServer server;
    const TestType place;
    Shop shop(place.url(), now);
    const auto source = [&](const std::string& more) {
        return "url = \"" + sftp_url(server) + "\"\n" + sftp_table(server, more);
    };
    shop.files().write(
        "config/usagectl/config.toml",
        "[source.billing]\n" + source("holds = \"extracts\"\npattern = \"*.csv\"\n") +
            "[source.tdsp]\n" + source("pattern = \"*.lse\"\n")
    );
    post(shop, server.files());
    const auto extract = [&](const std::string& name, const std::string& lines) {
        const auto path = server.files().write(name, "account,name,cycle_day\n" + lines);
        std::filesystem::last_write_time(
            path, std::filesystem::file_time_type::clock::now() - std::chrono::hours(720)
        );
    };
    extract("1.csv", "L-1,Ann,7\nL-2,Bo,8\n");
    extract("2.csv", "L-2,Bob,8\nL-3,Cy,99\n");

    const auto taken = shop.run({"legacy", "import", "@billing", "--json"});
    CHECK(taken.exit == 6);
    CHECK(taken.err.find("1 of 2 files were not taken") != std::string::npos);
    const auto answer = taken.json();
    CHECK(answer.at("status") == "partial");
    CHECK(answer.at("new") == 2);
    CHECK(answer.at("files").at(0).at("path").get<std::string>().ends_with("/1.csv"));
    CHECK(answer.at("items").size() == 4);
    CHECK(answer.at("items").at(3).at("code") == "malformed_number");
    CHECK(shop.must({"legacy", "lookup", "L-2", "--json"}).json().at("name") == "Bob");

    const auto again = shop.must({"legacy", "import", "@billing", "--json"}).json();
    CHECK(again.at("known") == 2);
    CHECK(again.at("status") == "none");
    // Neither command takes what is the other's.
    CHECK(shop.must({"ingest", "--all", "--json"}).json().at("totals").at("files") == days);
    CHECK(shop.run({"ingest", "@billing"}).exit == 2);
    CHECK(shop.run({"legacy", "import", "@tdsp"}).exit == 2);
    CHECK(shop.run({"legacy", "import", "ftp://files.example.com/"}).exit == 2);
}

TEST_CASE("a server that cannot be trusted stops neither the others nor a timer's notice") {
    const SshServer good;
    const SshServer bad;
    const Sqlite place;
    Shop shop(place.url(), now);
    post(shop, good.files());
    post(shop, bad.files());
    shop.files().write(
        "config/usagectl/config.toml",
        "[source.a]\nurl = \"" + sftp_url(bad) + "\"\nidentity_file = \"" + bad.key() +
            "\"\nhost_key_sha256 = \"" + good.fingerprint() + "\"\n[source.b]\nurl = \"" +
            sftp_url(good) + "\"\n" + sftp_table(good, "")
    );
    const auto run = shop.run({"ingest", "--all", "--json"});
    CHECK(run.exit == 4);
    CHECK(run.err.find("host_key") != std::string::npos);
    CHECK(usage(shop) == local_usage(good.files()));
}

TEMPLATE_TEST_CASE(
    "killed at any moment, a pick-up takes nothing twice and loses nothing", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    constexpr int rounds = 6;
    const auto seed = static_cast<std::uint32_t>(::getpid());
    CAPTURE(seed);
    std::minstd_rand random(seed);
    for (int round = 0; round < rounds; ++round) {
        const SshServer server;
        const TestType place;
        PickUpShop shop(place, sftp_url(server), sftp_table(server, "archive = \"done\"\n"));
        post(shop, server.files());
        const auto expected = local_usage(server.files());
        int kills = 0;
        for (;; ++kills) {
            // Longer and longer, so that it gets through in the end.
            auto run = shop.start({"ingest", "@tdsp", "--json"});
            if (!run.ends_within(
                    milliseconds(30 + random() % static_cast<unsigned>(60 + 30 * kills))
                ))
                run.kill();
            if (const int exit = run.wait(); exit != 137) {
                INFO(run.err());
                REQUIRE(exit == 0);
                break;
            }
        }
        CAPTURE(round, kills);
        CHECK(usage(shop) == expected);
        CHECK(names(server.files().path()).empty());
        CHECK(names(server.files().path("done")).size() == days);
        shop.must({"db", "check"});
        // Every file was stored by exactly one transaction: a second would have been a duplicate.
        const auto last = shop.must({"ingest", "@tdsp", "--json"}).json();
        CHECK(last.at("totals").at("files") == 0);
    }
}

// Extracts as a billing system leaves them, a night each: customers come, and change.
void post_extracts(const Scratch& folder) {
    for (int night = 1; night <= days; ++night) {
        std::string text = "account,name,cycle_day\n";
        for (int customer = 0; customer < 300; ++customer) {
            text += "L-" + std::to_string(100 * night + customer) + ",Customer " +
                    std::to_string(night) + "," + std::to_string(1 + customer % 28) + "\n";
        }
        const auto path = folder.write("extract" + std::to_string(night) + ".csv", text);
        std::filesystem::last_write_time(
            path, std::filesystem::file_time_type::clock::now() - std::chrono::hours(720)
        );
    }
}

// What the shop knows of the customers: of some of each extract, and of those at its ends.
std::string customers(Shop& shop) {
    std::string known;
    for (int customer = 100; customer < 100 * days + 300; customer += 33) {
        const auto name = "L-" + std::to_string(customer);
        known += shop.must({"legacy", "lookup", name, "--jq", ".name, .cycle_day"}).out;
    }
    return known;
}

TEMPLATE_TEST_CASE(
    "killed at any moment, a pick-up of extracts takes each once", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const auto seed = static_cast<std::uint32_t>(::getpid());
    CAPTURE(seed);
    std::minstd_rand random(seed);
    const int wanted = rounds(3);
    for (int round = 0; round < wanted; ++round) {
        const SshServer server;
        const TestType place;
        PickUpShop shop(
            place,
            sftp_url(server),
            sftp_table(server, "holds = \"extracts\"\narchive = \"done\"\n")
        );
        post_extracts(server.files());
        const Sqlite elsewhere;
        Shop local(elsewhere.url(), now);
        for (const auto& name : names(server.files().path()))
            local.must({"legacy", "import", server.files().path(name)});
        const auto expected = customers(local);
        int kills = 0;
        for (;; ++kills) {
            // Longer and longer, so that it gets through in the end.
            auto run = shop.start({"legacy", "import", "@tdsp", "--json"});
            if (!run.ends_within(
                    milliseconds(30 + random() % static_cast<unsigned>(60 + 30 * kills))
                ))
                run.kill();
            if (const int exit = run.wait(); exit != 137) {
                INFO(run.err());
                REQUIRE(exit == 0);
                break;
            }
        }
        CAPTURE(round, kills);
        CHECK(customers(shop) == expected);
        CHECK(names(server.files().path()).empty());
        CHECK(names(server.files().path("done")).size() == days);
        shop.must({"db", "check"});
        // Each was taken by exactly one transaction: the log has one record of each.
        const auto log = shop.must({"audit", "log", "--json"}).json().at("items");
        std::map<std::string, int> taken;
        for (const auto& record : log) {
            if (record.at("command") == "legacy import")
                ++taken[record.at("outcome").template get<std::string>()];
        }
        CHECK(taken.size() >= days);
        for (const auto& [outcome, times] : taken)
            CHECK((outcome + " x" + std::to_string(times)).ends_with(" x1"));
        const auto last = shop.must({"legacy", "import", "@tdsp", "--json"}).json();
        CHECK(last.at("status") == "none");
    }
}

}  // namespace
}  // namespace usagectl::test
