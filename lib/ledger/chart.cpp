// SPDX-License-Identifier: MIT
#include "ledger/chart.hpp"

#include <algorithm>

namespace usagectl::ledger {

namespace {

bool plain(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

// A name from outside as one part: whatever a part may not hold becomes `_`.
std::string part(std::string_view name) {
    std::string made(name);
    std::replace_if(
        made.begin(), made.end(), [](char c) { return !plain(c); }, '_'
    );
    return made;
}

}  // namespace

std::string_view class_of(std::string_view code) {
    return code.substr(0, code.find(':'));
}

bool valid_code(std::string_view code) {
    if (code.empty() || code.size() > 128)
        return false;
    for (const auto known : {"asset", "liability", "equity", "income", "expense"}) {
        if (class_of(code) != known)
            continue;
        return code.find("::") == std::string_view::npos && code.back() != ':' &&
               std::all_of(code.begin(), code.end(), [](char c) { return plain(c) || c == ':'; });
    }
    return false;
}

std::string received_by(std::string_view method, std::string_view agent) {
    if (method == "cash")
        return "asset:cash";
    return "asset:receivable:" + part(method) + (agent.empty() ? "" : ":" + part(agent));
}

std::string revenue(std::string_view kind, std::string_view component) {
    return "income:" + part(kind) + ":" + part(component);
}

std::string tax(std::string_view jurisdiction, std::string_view component) {
    return "liability:tax:" + part(jurisdiction.empty() ? "unnamed" : jurisdiction) + ":" +
           part(component);
}

std::string cards_at(std::string_view agent) {
    return "asset:cards:" + part(agent);
}

std::string owed_by(std::string_view agent) {
    return "asset:receivable:agent_invoices:" + part(agent);
}

std::string commission_of(std::string_view agent) {
    return "expense:commission:" + part(agent);
}

std::string fee(std::string_view component) {
    return "income:fee:" + part(component);
}

}  // namespace usagectl::ledger
