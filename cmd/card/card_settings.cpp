// SPDX-License-Identifier: MIT
#include "card/card_settings.hpp"

#include <filesystem>

#include "base/number.hpp"
#include "base/text.hpp"
#include "crypto/locked_bytes.hpp"

namespace usagectl {

namespace {

// No lock is kept closed longer than a day, and no refusal is counted longer.
constexpr std::int64_t longest_seconds = 86'400;

std::optional<std::chrono::seconds> parse_span(std::string_view text) {
    if (text.size() < 2)
        return std::nullopt;
    std::int64_t unit = 0;
    switch (text.back()) {
    case 's':
        unit = 1;
        break;
    case 'm':
        unit = 60;
        break;
    case 'h':
        unit = 3600;
        break;
    default:
        return std::nullopt;
    }
    text.remove_suffix(1);
    const auto count = parse_integer(text, 1, longest_seconds / unit);
    if (!count)
        return std::nullopt;
    return std::chrono::seconds(*count * unit);
}

card::LockRule lock_rule(const cli::Settings& settings, std::string_view key) {
    auto rule = parse_lock_rule(settings.text(key));
    if (!rule)
        throw Failure(Error{
            Exit::usage,
            "malformed_setting",
            std::string(key) + ": " + rule.error().message,
            rule.error().hint});
    return *rule;
}

}  // namespace

Result<card::LockRule> parse_lock_rule(std::string_view text) {
    if (text == "0")
        return card::LockRule{};
    const auto first = text.find('/');
    const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
    if (second != std::string_view::npos) {
        const auto refusals = parse_integer(text.substr(0, first), 1, 1'000'000);
        const auto window = parse_span(text.substr(first + 1, second - first - 1));
        const auto duration = parse_span(text.substr(second + 1));
        if (refusals && window && duration)
            return card::LockRule{*refusals, *window, *duration};
    }
    return refuse(
        Exit::usage,
        "malformed_lock",
        quoted(text) + " is no lock-out",
        "write COUNT/WINDOW/DURATION, as 5/15m/30m (s, m, h; a day at most), or 0 for none"
    );
}

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
