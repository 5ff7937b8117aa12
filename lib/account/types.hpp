// SPDX-License-Identifier: MIT
// A prepay account: who is served, where, through which meter, and by which limits. What changes
// every day, the balance above all, is in the account's standing (standing.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"

namespace usagectl::account {

// The utility's own number of an account, as the legacy system has it: 1 to 32 characters of
// A-Z a-z 0-9 . _ -, the first a letter or digit.
class AccountId {
public:
    // Error code `malformed_account`, exit 2.
    [[nodiscard]] static Result<AccountId> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    auto operator<=>(const AccountId&) const = default;

private:
    explicit AccountId(std::string text)
        : text_(std::move(text)) {}
    std::string text_;
};

// E.164: a plus sign, then 8 to 15 digits, the first not 0.
struct Phone {
    // Error code `malformed_phone`, exit 2.
    [[nodiscard]] static Result<Phone> parse(std::string_view text);
    std::string text;
};

// One @ with something on both sides, a dot behind it, no blanks, at most 254 characters; whether
// anybody reads it is only found out by writing.
struct Email {
    // Error code `malformed_email`, exit 2.
    [[nodiscard]] static Result<Email> parse(std::string_view text);
    std::string text;
};

struct Address {
    std::string street;
    std::string city;
    std::string state;   // two letters; a rule pack asks for it
    std::string county;  // without "County"; weather emergencies are declared by county
    std::string postal_code;
    bool operator==(const Address&) const = default;
};

enum class ContactKind : std::uint8_t { phone, email };
struct Contact {
    ContactKind kind = ContactKind::phone;
    std::string value;  // a phone number in E.164, or an address
    bool primary = false;
    bool operator==(const Contact&) const = default;
};

// Facts that protect a customer or lift a tax.
struct Flags {
    bool critical_care = false;
    bool chronic_condition = false;
    bool medical = false;
    bool tax_exempt = false;
    bool existing_customer = false;  // of the legacy system, when the account was created
    bool operator==(const Flags&) const = default;
};

// What must be known of a meter before service begins (source: US 8,095,475, figure 5, step 102).
struct MeterFacts {
    std::optional<std::string> number;  // on its plate
    std::optional<std::int64_t> begin_reading_wh;
    std::optional<LocalDay> installed_on;
    std::optional<LocalDay> last_read_on;

    // The names of those that are missing, in this order.
    [[nodiscard]] std::vector<std::string_view> missing() const;
    bool operator==(const MeterFacts&) const = default;
};

// Amounts at which something happens to an account in service; ladder.hpp says what.
struct Thresholds {
    Money connection;     // beside what is due, to begin or to be reconnected: at least this
    Money disconnection;  // at or below: suspension
    Money grace;          // at or below: the warning that suspension is near
    Money low;            // at or below: the low balance notice
    std::optional<std::int64_t> low_days = {};  // the same when so few days are left
    bool operator==(const Thresholds&) const = default;
};
// Disconnection <= grace <= low, connection >= disconnection. Error `thresholds_disordered` (4).
[[nodiscard]] Result<void> check_thresholds(const Thresholds& thresholds);

// What is still due before service begins; nothing once it is charged (source: US 8,095,475,
// figures 2 to 4).
struct MinimumDue {
    Money setup;     // installation and set-up charges, taxes on them included
    Money unbilled;  // usage since the last bill
    Money past_due;  // on the legacy account
    std::string postings =
        {};  // the other side of the entry that will charge it (ledger/posting_text.hpp)
    [[nodiscard]] Money total() const { return setup + unbilled + past_due; }
    bool operator==(const MinimumDue&) const = default;
};

struct Account {
    std::string id;
    std::string name;
    Address address;
    std::vector<Contact> contacts;
    std::string language = "en";
    std::string rule_pack;  // empty: the configured one
    Flags flags;
    MeterFacts meter_facts;
    MinimumDue minimum_due;
    Money deposit;                  // held for the customer, not yet used
    std::int64_t debt_percent = 0;  // of each payment that goes to old debt, 0 to 100
    Instant created_at{};
    bool operator==(const Account&) const = default;
};

}  // namespace usagectl::account
