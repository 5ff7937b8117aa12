// SPDX-License-Identifier: MIT
#include "account/create_words.hpp"

#include "account/words.hpp"

namespace usagectl {

namespace {

std::vector<cli::Word> who_and_where() {
    using cli::bind;
    using O = CreateOptions;
    return {
        words::account(&O::account),
        bind({.name = "--name", .value = "NAME", .help = "the customer's name"}, &O::name),
        bind(
            {.name = "--meter",
             .value = "METER",
             .help = "ESI ID or other meter identifier",
             .complete = cli::Complete::meter},
            &O::meter
        ),
        bind(
            {.name = "--tariff",
             .value = "TARIFF",
             .help = "what the account is charged by",
             .complete = cli::Complete::tariff,
             .required = true},
            &O::tariff
        ),
        bind(
            {.name = "--option",
             .value = "NAME",
             .help = "an option of the tariff, held every day",
             .repeatable = true},
            &O::options
        ),
        bind(
            {.name = "--exemption",
             .value = "NAME",
             .help = "an exemption from taxes",
             .repeatable = true},
            &O::exemptions
        ),
        bind(
            {.name = "--language",
             .value = "CODE",
             .help = "in which the customer is told things",
             .choices = {"en", "es"},
             .default_text = "en"},
            &O::language
        ),
        bind(
            {.name = "--provider-of-record",
             .value = "NAME",
             .help = "retail provider that serves the meter"},
            &O::provider_of_record
        ),
    };
}

void append_meter_words(std::vector<cli::Word>& words) {
    using O = CreateOptions;
    words::append_meter_fact_words<O>(words);
    words.push_back(cli::bind_between(
        {.name = "--cycle-day",
         .value = "N",
         .help = "day of the month on which a billing cycle begins, 1 to 28",
         .default_text = "1"},
        &O::cycle_day,
        1,
        28
    ));
}

void append_money_words(std::vector<cli::Word>& words) {
    using O = CreateOptions;
    const auto amount = [&](std::string_view name, std::string_view help, auto member) {
        words.push_back(cli::bind({.name = name, .value = "AMOUNT", .help = help}, member));
    };
    amount("--deposit", "deposit held for the customer", &O::deposit);
    words.push_back(cli::bind(
        {.name = "--apply-deposit", .help = "use the deposit for what is due"}, &O::apply_deposit
    ));
    amount("--past-due", "past due on the legacy account", &O::past_due);
    amount("--unbilled", "unbilled usage; default: worked out from stored usage", &O::unbilled);
    amount("--debt", "old debt, paid off by a share of each payment", &O::debt);
    words.push_back(cli::bind_between(
        {.name = "--debt-percent", .value = "N", .help = "that share, 0 to 100"},
        &O::debt_percent,
        0,
        100
    ));
    words::append_balance_words<O>(words);
    words.push_back(cli::bind_between(
        {.name = "--low-days", .value = "N", .help = "the same when so few days are left"},
        &O::low_days,
        1,
        60
    ));
}

void append_flag_words(std::vector<cli::Word>& words) {
    using O = CreateOptions;
    const auto flag = [&](std::string_view name, std::string_view help, bool O::*member) {
        words.push_back(cli::bind({.name = name, .help = help}, member));
    };
    flag("--critical-care", "the customer depends on power to live", &O::critical_care);
    flag("--chronic-condition", "an outage would harm the customer", &O::chronic_condition);
    flag("--medical", "another medical need", &O::medical);
    flag("--tax-exempt", "holds every exemption the tariff has", &O::tax_exempt);
    flag("--existing-customer", "known to the legacy system", &O::existing_customer);
    words.push_back(words::rule_pack<O>("rules that guard suspension"));
}

}  // namespace

std::vector<cli::Word> create_words() {
    auto words = who_and_where();
    words::append_contact_words<CreateOptions>(words, "in E.164; the first is the primary contact");
    words::append_address_words<CreateOptions>(words);
    append_meter_words(words);
    append_money_words(words);
    append_flag_words(words);
    return words;
}

}  // namespace usagectl
