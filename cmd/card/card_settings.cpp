// SPDX-License-Identifier: MIT
#include "card/card_settings.hpp"

#include <filesystem>

#include "base/assert.hpp"
#include "crypto/locked_bytes.hpp"

namespace usagectl {

namespace {

card::LockRule lock_rule(const cli::Settings& settings, std::string_view key) {
    const auto rule = card::parse_lock_rule(settings.text(key));
    USAGECTL_ASSERT(rule.has_value());  // check_setting() has looked at it
    return *rule;
}

}  // namespace

app::CardRules card_rules_of(const cli::Settings& settings) {
    app::CardRules rules;
    rules.currency = settings.text("prepay.currency");
    rules.timezone = settings.text("timezone");
    rules.pin_digits = settings.integer("cards.pin_digits");
    rules.cost = {settings.integer("cards.hash_memory_kib"), settings.integer("cards.hash_passes")};
    rules.locks = {
        lock_rule(settings, "cards.lock_card"),
        lock_rule(settings, "cards.lock_account"),
        lock_rule(settings, "cards.lock_channel"),
        lock_rule(settings, "cards.lock_global"),
    };
    if (const auto above = settings.money("cards.second_person_above"); above > Money())
        rules.second_person_above = above;
    return rules;
}

Result<std::string> card_key_file(const cli::Settings& settings) {
    if (const auto& file = settings.text("cards.key_file"); !file.empty())
        return file;
    if (!settings.user_file().empty())
        return (std::filesystem::path(settings.user_file()).parent_path() / "card.keys").string();
    return refuse(
        Exit::refused,
        "card_key_missing",
        "there is no place for the keys of PINs",
        "usagectl config set cards.key_file PATH"
    );
}

Result<crypto::CardPins> card_pins(const cli::Settings& settings) {
    crypto::keep_process_private();
    const auto file = card_key_file(settings);
    if (!file)
        return tl::unexpected(file.error());
    auto pins = crypto::CardPins::read(*file);
    if (!pins && pins.error().code == "secret_missing") {
        return refuse(
            Exit::refused,
            "card_key_missing",
            "there is no key for PINs: " + *file + " does not exist",
            "usagectl card key makes one; where there are cards already, put their keys back"
        );
    }
    return pins;
}

}  // namespace usagectl
