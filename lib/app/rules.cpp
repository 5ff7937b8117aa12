// SPDX-License-Identifier: MIT
#include "app/rules.hpp"

#include <algorithm>

#include "app/mistakes.hpp"
#include "base/assert.hpp"
#include "base/text.hpp"
#include "rules/built_in.hpp"

namespace usagectl::app {

namespace {

bool before(const LoadedPack& pack, std::string_view name) {
    return pack.file.pack.name < name;
}

}  // namespace

Result<LoadedPack> read_pack_text(const PackText& file) {
    auto read = rules::read_pack(file.text);
    if (!read.file)
        return tl::unexpected(malformed_file("rules", file.path, read.mistakes));
    return LoadedPack{std::move(*read.file), file.text, file.path};
}

Result<RulePacks> RulePacks::load(const std::vector<PackText>& files) {
    RulePacks loaded;
    auto& packs = loaded.packs_;
    for (const auto& file : files) {
        auto pack = read_pack_text(file);
        if (!pack)
            return tl::unexpected(pack.error());
        const auto& name = pack->file.pack.name;
        const auto place = std::lower_bound(packs.begin(), packs.end(), name, before);
        if (place != packs.end() && place->file.pack.name == name) {
            return refuse(
                Exit::rejected,
                "rules_malformed",
                file.path + ": the pack is called " + name + ", as that of " + place->path + " is",
                "a pack holds all its versions in one file: give its rules from and until"
            );
        }
        packs.insert(place, std::move(*pack));
    }
    for (const auto& [name, text] : rules::built_in_packs()) {
        const auto place = std::lower_bound(packs.begin(), packs.end(), name, before);
        if (place != packs.end() && place->file.pack.name == name)
            continue;
        auto read = rules::read_pack(text);
        USAGECTL_ASSERT(read.file.has_value());
        packs.insert(place, LoadedPack{std::move(*read.file), std::string(text), {}});
    }
    return loaded;
}

const LoadedPack* RulePacks::find_file(std::string_view name) const {
    const auto place = std::lower_bound(packs_.begin(), packs_.end(), name, before);
    return place != packs_.end() && place->file.pack.name == name ? &*place : nullptr;
}

const rules::Pack* RulePacks::find(std::string_view name) const {
    const auto* found = find_file(name);
    return found == nullptr ? nullptr : &found->file.pack;
}

Result<const LoadedPack*> RulePacks::get(std::string_view name) const {
    if (const auto* found = find_file(name))
        return found;
    std::vector<std::string_view> names;
    for (const auto& pack : packs_)
        names.push_back(pack.file.pack.name);
    std::string hint;
    for (const auto close : nearest(name, names, 3))
        hint += (hint.empty() ? "did you mean " : ", ") + std::string(close);
    return refuse(
        Exit::not_found,
        "rule_pack_unknown",
        "there is no rule pack " + quoted(name),
        hint.empty() ? "usagectl rules list shows the packs there are" : hint + "?"
    );
}

}  // namespace usagectl::app
