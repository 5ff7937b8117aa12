// SPDX-License-Identifier: MIT
// Packs of the program, of a folder, and what is wrong with them.
#include <catch2/catch.hpp>

#include "app/rules.hpp"

using namespace usagectl;
using app::RulePacks;

namespace {

std::string pack_text(const std::string& name, const std::string& title = "T") {
    return "name = \"" + name + "\"\ntitle = \"" + title +
           "\"\njurisdiction = \"TX\"\ncurrency = \"USD\"\neffective = 2026-01-01\n"
           "citation = \"c\"\n[[rule]]\nid = \"r\"\nkind = \"summary_months\"\nmonths = 1\n"
           "citation = \"c\"\nmark = \"unsure\"\ntext = \"t\"\n";
}

std::vector<std::string> names(const RulePacks& packs) {
    std::vector<std::string> found;
    for (const auto& pack : packs.all())
        found.push_back(pack.file.pack.name + (pack.path.empty() ? "" : " of " + pack.path));
    return found;
}

}  // namespace

TEST_CASE("the program carries packs, and a folder adds to them or takes their place") {
    const auto built_in = RulePacks::load({});
    REQUIRE(built_in);
    CHECK(names(*built_in) == std::vector<std::string>{"texas", "virginia"});
    CHECK(built_in->find("texas")->jurisdiction == "TX");
    CHECK(built_in->find("Texas") == nullptr);

    const auto packs =
        RulePacks::load({{"b.toml", pack_text("virginia", "ours")}, {"a.toml", pack_text("coop")}});
    REQUIRE(packs);
    CHECK(
        names(*packs) == std::vector<std::string>{"coop of a.toml", "texas", "virginia of b.toml"}
    );
    CHECK(packs->find("virginia")->title == "ours");
    CHECK(packs->find_file("coop")->text == pack_text("coop"));
}

TEST_CASE("a pack that is wrong is never left out silently") {
    const auto wrong = RulePacks::load({{"a.toml", pack_text("coop")}, {"b.toml", "name = 1\n"}});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == "rules_malformed");
    CHECK(wrong.error().exit == Exit::rejected);
    CHECK(wrong.error().message == "b.toml:1:1: the pack has no title (1 of 7 mistakes)");
    CHECK(wrong.error().hint == "usagectl rules check b.toml explains every mistake");

    const auto twice = RulePacks::load({{"a.toml", pack_text("p")}, {"b.toml", pack_text("p")}});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().code == "rules_malformed");
    CHECK(twice.error().message == "b.toml: the pack is called p, as that of a.toml is");
}

TEST_CASE("a pack nobody knows is refused with the nearest name") {
    const auto packs = RulePacks::load({});
    REQUIRE(packs);
    CHECK(packs->get("texas"));
    const auto close = packs->get("texs");
    REQUIRE_FALSE(close);
    CHECK(close.error().code == "rule_pack_unknown");
    CHECK(close.error().exit == Exit::not_found);
    CHECK(close.error().hint == "did you mean texas?");
    CHECK(packs->get("zzzzzz").error().hint == "usagectl rules list shows the packs there are");
}
