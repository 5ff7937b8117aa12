// SPDX-License-Identifier: MIT
#include "account/status.hpp"

#include <initializer_list>
#include <string>

#include "base/words.hpp"

namespace usagectl::account {

namespace {

constexpr Words<Status::closed> words{
    "pending", "paid", "active", "past_due", "suspended", "closed"};

// A returned payment takes `paid` back to `pending`. Nothing follows `closed`: whoever comes back
// gets a new account.
std::initializer_list<Status> following(Status status) {
    static constexpr std::initializer_list<Status> after_pending{Status::paid, Status::closed};
    static constexpr std::initializer_list<Status> after_paid{
        Status::active, Status::pending, Status::closed};
    static constexpr std::initializer_list<Status> after_active{
        Status::past_due, Status::suspended, Status::closed};
    static constexpr std::initializer_list<Status> after_past_due{
        Status::active, Status::suspended, Status::closed};
    static constexpr std::initializer_list<Status> after_suspended{Status::active, Status::closed};
    static constexpr std::initializer_list<Status> none{};
    switch (status) {
    case Status::pending:
        return after_pending;
    case Status::paid:
        return after_paid;
    case Status::active:
        return after_active;
    case Status::past_due:
        return after_past_due;
    case Status::suspended:
        return after_suspended;
    case Status::closed:
        break;
    }
    return none;
}

}  // namespace

std::string_view to_string(Status status) {
    return words.word(status);
}

std::optional<Status> parse_status(std::string_view word) {
    return words.parse(word);
}

Result<void> check_change(Status from, Status to) {
    std::string possible;
    for (const auto next : following(from)) {
        if (next == to)
            return {};
        possible += (possible.empty() ? "" : " or ") + std::string(to_string(next));
    }
    return refuse(
        Exit::refused,
        "status_impossible",
        "an account that is " + std::string(to_string(from)) + " cannot become " +
            std::string(to_string(to)),
        possible.empty() ? "nothing follows: create a new account" : "it may become " + possible
    );
}

}  // namespace usagectl::account
