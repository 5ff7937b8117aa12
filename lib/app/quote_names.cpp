// SPDX-License-Identifier: MIT
#include "app/quote_names.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "tariff/format.hpp"

namespace usagectl::app {

namespace {

using tariff::Bits;
using tariff::Kind;
using Names = std::vector<std::string>;

bool lacks(Names& known, const std::string& name) {
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    return std::find(known.begin(), known.end(), name) == known.end();
}

Error unknown_name(std::string_view noun, const std::string& name, const Names& known) {
    std::string hint;
    for (const auto& one : known)
        hint += (hint.empty() ? "it has " : ", ") + one;
    if (hint.empty())
        hint = "it has none";
    return {
        Exit::usage,
        std::string(noun) + "_unknown",
        "the tariff has no " + std::string(noun) + " " + quoted(name),
        std::move(hint),
    };
}

std::string event_text(const std::string& event, const std::string& method) {
    return method.empty() ? event : event + ":" + method;
}

// A way of notifying that no tariff can name would be charged as any other is.
bool is_method(std::string_view method) {
    for (const auto& rule : tariff::format().rules) {
        if (rule.table == "fee" && rule.key == "method")
            return std::find(rule.choices.begin(), rule.choices.end(), method) !=
                   rule.choices.end();
    }
    return false;
}

std::optional<std::size_t> fee_of(const tariff::Plan& plan, const QuotedEvent& asked) {
    if (!asked.method.empty() && (asked.event != "notification" || !is_method(asked.method)))
        return std::nullopt;
    return plan.fee_for(asked.event, asked.method);
}

}  // namespace

Held held_in(const tariff::Plan& plan, const QuoteQuestion& question) {
    Held held;
    for (const auto& name : question.options) {
        if (const auto at = plan.find(Kind::option, name))
            held.options |= Bits{1} << *at;
    }
    for (const auto& name : question.exemptions)
        held.exempt |= plan.lifted_by(name);
    return held;
}

Result<void> check_names(const Quote& quote, const QuoteQuestion& question) {
    Names options;
    Names exemptions;
    for (const auto& version : quote.versions) {
        for (const auto& component : version->plan.components()) {
            if (component.kind == Kind::option)
                options.push_back(component.name);
            exemptions.insert(
                exemptions.end(), component.exemptions.begin(), component.exemptions.end()
            );
        }
    }
    for (const auto& name : question.options) {
        if (lacks(options, name))
            return tl::unexpected(unknown_name("option", name, options));
    }
    for (const auto& name : question.exemptions) {
        if (lacks(exemptions, name))
            return tl::unexpected(unknown_name("exemption", name, exemptions));
    }
    return {};
}

Result<std::vector<tariff::FeeEvent>>
fees_in(const tariff::Plan& plan, const QuoteQuestion& question) {
    std::vector<tariff::FeeEvent> fees;
    for (const auto& asked : question.fees) {
        if (const auto at = fee_of(plan, asked)) {
            fees.push_back({*at, asked.count});
            continue;
        }
        Names known;
        for (const auto& component : plan.components()) {
            if (component.kind == Kind::fee)
                known.push_back(event_text(component.event, component.method));
        }
        std::sort(known.begin(), known.end());
        return tl::unexpected(unknown_name("fee", event_text(asked.event, asked.method), known));
    }
    return fees;
}

}  // namespace usagectl::app
