// SPDX-License-Identifier: MIT
// The words that commands about accounts share.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "account/types.hpp"
#include "cli/command.hpp"

namespace usagectl::words {

template <class O>
[[nodiscard]] cli::Word account(std::optional<account::AccountId> O::*member) {
    return cli::bind(
        {.name = "ACCOUNT",
         .help = "the account's number",
         .complete = cli::Complete::account,
         .required = true},
        member
    );
}

// The members these bind are optional for a command that changes an account, plain for one that
// makes it. Whoever calls them adds what is different.

template <class O>
void append_address_words(std::vector<cli::Word>& words) {
    using cli::bind;
    words.push_back(
        bind({.name = "--street", .value = "TEXT", .help = "service address"}, &O::street)
    );
    words.push_back(bind({.name = "--city", .value = "TEXT", .help = "its city"}, &O::city));
    words.push_back(
        bind({.name = "--state", .value = "XX", .help = "its state, two letters"}, &O::state)
    );
    words.push_back(bind(
        {.name = "--county", .value = "NAME", .help = "its county, for weather emergencies"},
        &O::county
    ));
    words.push_back(
        bind({.name = "--postal-code", .value = "CODE", .help = "its postal code"}, &O::postal_code)
    );
}

// Members phones and emails, lists.
template <class O>
void append_contact_words(std::vector<cli::Word>& words, std::string_view phone_help) {
    words.push_back(cli::bind(
        {.name = "--phone", .value = "NUMBER", .help = phone_help, .repeatable = true}, &O::phones
    ));
    words.push_back(cli::bind(
        {.name = "--email", .value = "ADDRESS", .help = "e-mail address", .repeatable = true},
        &O::emails
    ));
}

// What must be known of a meter before service.
template <class O>
void append_meter_fact_words(std::vector<cli::Word>& words) {
    using cli::bind;
    words.push_back(bind(
        {.name = "--meter-number", .value = "TEXT", .help = "number on the meter's plate"},
        &O::meter_number
    ));
    words.push_back(bind(
        {.name = "--begin-reading", .value = "WH", .help = "register when service begins, in Wh"},
        &O::begin_reading_wh
    ));
    words.push_back(bind(
        {.name = "--installed-on", .value = "DATE", .help = "when the meter was installed"},
        &O::installed_on
    ));
    words.push_back(bind(
        {.name = "--last-read-on", .value = "DATE", .help = "when it was last read"},
        &O::last_read_on
    ));
}

template <class O>
void append_balance_words(std::vector<cli::Word>& words) {
    const auto amount = [&](std::string_view name, std::string_view help, auto member) {
        words.push_back(cli::bind({.name = name, .value = "AMOUNT", .help = help}, member));
    };
    amount("--connection-balance", "needed beside what is due to begin", &O::connection_balance);
    amount("--disconnection-balance", "at or below: may be suspended", &O::disconnection_balance);
    amount("--grace-balance", "at or below: a suspend notice", &O::grace_balance);
    amount("--low-balance", "at or below: a low balance notice", &O::low_balance);
}

template <class O>
[[nodiscard]] cli::Word rule_pack(std::string_view help) {
    return cli::bind(
        {.name = "--rule-pack",
         .value = "PACK",
         .help = help,
         .complete = cli::Complete::rule_pack},
        &O::rule_pack
    );
}

}  // namespace usagectl::words
