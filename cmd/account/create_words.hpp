// SPDX-License-Identifier: MIT
// What usagectl account create is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "account/types.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "cli/command.hpp"
#include "cli/values.hpp"
#include "meter/types.hpp"

namespace usagectl {

// As it stood on the line: what is empty may come from the legacy system, or from a default.
struct CreateOptions {
    std::optional<account::AccountId> account;
    std::string name;
    std::optional<meter::MeterId> meter;
    std::string tariff;
    std::vector<std::string> options;
    std::vector<std::string> exemptions;
    std::vector<account::Phone> phones;
    std::vector<account::Email> emails;
    std::string street;
    std::string city;
    std::string state;
    std::string county;
    std::string postal_code;
    std::string language;
    std::optional<std::string> meter_number;
    std::optional<std::int64_t> begin_reading_wh;
    std::optional<LocalDay> installed_on;
    std::optional<LocalDay> last_read_on;
    std::int64_t cycle_day = 0;  // 0: not given
    std::optional<Money> deposit;
    bool apply_deposit = false;
    std::optional<Money> past_due;
    std::optional<Money> unbilled;
    std::optional<Money> debt;
    std::int64_t debt_percent = 0;
    std::optional<Money> connection_balance;
    std::optional<Money> disconnection_balance;
    std::optional<Money> grace_balance;
    std::optional<Money> low_balance;
    std::int64_t low_days = 0;  // 0: not given
    std::string rule_pack;
    std::optional<std::string> provider_of_record;
    bool critical_care = false;
    bool chronic_condition = false;
    bool medical = false;
    bool tax_exempt = false;
    bool existing_customer = false;
};

[[nodiscard]] std::vector<cli::Word> create_words();

}  // namespace usagectl
