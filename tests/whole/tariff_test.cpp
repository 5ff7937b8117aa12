// SPDX-License-Identifier: MIT
// Processes that add versions of one tariff at the same moment.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "whole/shop.hpp"

namespace usagectl::test {
namespace {

constexpr const char* now = "2026-11-20T14:00:00Z";
constexpr int processes = 8;

struct TariffShop : Shop {
    explicit TariffShop(const Place& place)
        : Shop(place.url(), now) {}

    // A file of its own, with this effective day of July and this price in cents.
    std::string file(const std::string& name, int day, int cents) {
        const auto two = [](int number) {
            return (number < 10 ? "0" : "") + std::to_string(number);
        };
        return files().write(
            name,
            "name = \"t\"\neffective = 2026-07-" + two(day) +
                "\ncurrency = \"USD\"\n[[energy]]\nname = \"E\"\nper_kwh = \"0." + two(cents) +
                "\"\n"
        );
    }
    // How many ended how: "added 1 unchanged 7", or the code of an error.
    std::string add_at_once(const std::vector<std::string>& paths) {
        std::vector<Started> started;
        for (const auto& path : paths)
            started.push_back(start({"tariff", "add", path, "--json"}));
        std::map<std::string, int> ended;
        for (auto& one : started) {
            const int exit = one.wait();
            const auto told = nlohmann::json::parse(exit == 0 ? one.out() : one.err());
            if (exit == 0)
                ++ended[told.at("status").get<std::string>()];
            else
                ++ended[told.at("error").at("code").get<std::string>()];
        }
        std::string text;
        for (const auto& [status, count] : ended)
            text += (text.empty() ? "" : " ") + status + " " + std::to_string(count);
        return text;
    }
    // Version numbers, ascending.
    std::vector<int> versions() {
        const auto answer = must({"tariff", "list", "--json"}).json();
        std::vector<int> found;
        for (const auto& item : answer.at("items"))
            found.push_back(item.at("version"));
        std::sort(found.begin(), found.end());
        return found;
    }
};

}  // namespace

TEMPLATE_TEST_CASE("the same tariff added by many at once is one version", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    TariffShop shop(place);
    const auto path = shop.file("t.toml", 1, 10);
    const std::vector<std::string> paths(processes, path);
    CHECK(shop.add_at_once(paths) == "added 1 unchanged 7");
    CHECK(shop.versions() == std::vector<int>{1});
    shop.must({"db", "check"});
}

TEMPLATE_TEST_CASE("versions added by many at once are all kept, each once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    TariffShop shop(place);
    std::vector<std::string> paths;
    std::vector<int> numbers;
    for (int i = 1; i <= processes; ++i) {
        paths.push_back(shop.file("t" + std::to_string(i) + ".toml", i, i));
        numbers.push_back(i);
    }
    CHECK(shop.add_at_once(paths) == "added 8");
    CHECK(shop.versions() == numbers);
    // Each holds with its own price from its own day, whatever number it got.
    for (int i = 1; i <= processes; ++i) {
        const auto shown =
            shop.must({"tariff", "show", "t", "--at", "2026-07-0" + std::to_string(i), "--json"})
                .json();
        CHECK(shown.at("items").at(0).at("rate") == "0.0" + std::to_string(i));
    }
    shop.must({"db", "check"});
}

TEMPLATE_TEST_CASE(
    "of several texts for one day that come at once, one is taken", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    TariffShop shop(place);
    std::vector<std::string> paths;
    for (int i = 1; i <= processes; ++i)
        paths.push_back(shop.file("t" + std::to_string(i) + ".toml", 1, i));
    CHECK(shop.add_at_once(paths) == "added 1 tariff_effective_taken 7");
    CHECK(shop.versions() == std::vector<int>{1});
}

}  // namespace usagectl::test
