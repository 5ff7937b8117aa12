// SPDX-License-Identifier: MIT
// The rule packs at hand: those the program carries and a user's own, which take the place of a
// built-in one of the same name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "rules/reader.hpp"

namespace usagectl::app {

// A file of a pack, read but not understood yet.
struct PackText {
    std::string path;  // for messages
    std::string text;
};

struct LoadedPack {
    rules::PackFile file;
    std::string text;
    std::string path;  // empty: carried by the program
};

// One pack. Error `rules_malformed` (6): the first mistake and how many there are.
[[nodiscard]] Result<LoadedPack> read_pack_text(const PackText& file);

class RulePacks {
public:
    // The built-in packs and those of `files`. Error `rules_malformed` (6): one of them is wrong,
    // or two files have the same name; none is ever left out silently.
    [[nodiscard]] static Result<RulePacks> load(const std::vector<PackText>& files);

    // Null when there is no pack of that name, which judge_suspension() holds by `no_rule_pack`.
    [[nodiscard]] const rules::Pack* find(std::string_view name) const;
    [[nodiscard]] const LoadedPack* find_file(std::string_view name) const;
    // The same, refusing: `rule_pack_unknown` (3) with the nearest names.
    [[nodiscard]] Result<const LoadedPack*> get(std::string_view name) const;
    [[nodiscard]] const std::vector<LoadedPack>& all() const { return packs_; }  // by name

private:
    std::vector<LoadedPack> packs_;
};

}  // namespace usagectl::app
