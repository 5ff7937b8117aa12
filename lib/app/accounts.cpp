// SPDX-License-Identifier: MIT
#include "app/accounts.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace usagectl::app {

namespace {

Error unknown_name(
    std::string_view noun, const std::string& name, const std::vector<std::string_view>& known
) {
    std::string hint;
    for (const auto each : known)
        hint += (hint.empty() ? "the tariff has " : ", ") + std::string(each);
    return {
        Exit::usage,
        std::string(noun) + "_unknown",
        "the tariff has no " + std::string(noun) + " " + quoted(name),
        hint,
    };
}

Result<tariff::Bits> option_bits(const tariff::Plan& plan, const std::vector<std::string>& names) {
    tariff::Bits bits = 0;
    for (const auto& name : names) {
        const auto found = plan.find(tariff::Kind::option, name);
        if (!found) {
            std::vector<std::string_view> known;
            for (const auto& component : plan.components()) {
                if (component.kind == tariff::Kind::option)
                    known.emplace_back(component.name);
            }
            return tl::unexpected(unknown_name("option", name, known));
        }
        bits |= tariff::Bits{1} << *found;
    }
    return bits;
}

tariff::Bits every_lifted(const tariff::Plan& plan) {
    tariff::Bits bits = 0;
    for (const auto& component : plan.components()) {
        for (const auto& name : component.exemptions)
            bits |= plan.lifted_by(name);
    }
    return bits;
}

Result<tariff::Bits> exempt_bits(const tariff::Plan& plan, const std::vector<std::string>& names) {
    tariff::Bits bits = 0;
    for (const auto& name : names) {
        if (name == every_exemption) {
            bits |= every_lifted(plan);
            continue;
        }
        const auto lifted = plan.lifted_by(name);
        if (lifted == 0) {
            std::vector<std::string_view> known;
            for (const auto& component : plan.components())
                known.insert(known.end(), component.exemptions.begin(), component.exemptions.end());
            return tl::unexpected(unknown_name("exemption", name, known));
        }
        bits |= lifted;
    }
    return bits;
}

}  // namespace

RateProfile sorted(RateProfile profile) {
    for (auto* names : {&profile.options, &profile.exemptions}) {
        std::sort(names->begin(), names->end());
        names->erase(std::unique(names->begin(), names->end()), names->end());
    }
    return profile;
}

Result<void> check_currency(const ReadyRates& rates, const Prepay& prepay) {
    const auto& tariff = rates.plan.tariff();
    if (tariff.currency == prepay.currency)
        return {};
    return refuse(
        Exit::refused,
        "currency_differs",
        "tariff " + tariff.name + " is in " + tariff.currency + ", accounts are in " +
            prepay.currency,
        "usagectl config set prepay.currency settles it for all accounts"
    );
}

const ServicePeriod* service_on(const std::vector<ServicePeriod>& periods, LocalDay day) {
    const ServicePeriod* found = nullptr;
    for (const auto& period : periods) {
        if (period.from <= day)
            found = &period;
    }
    return found;
}

Result<AccountShown> show_account(Store& store, std::string_view id) {
    auto known = store.accounts().find(id);
    if (!known)
        return tl::unexpected(unknown_account(id));
    AccountShown shown;
    shown.standing = store.accounts().standing(known->number);
    shown.rates = store.accounts().profile(shown.standing.profile).value_or(RateProfile{});
    shown.known = std::move(*known);
    return shown;
}

Result<std::shared_ptr<const ReadyRates>> ready_rates(
    Store& store, const RateProfile& profile, LocalDay day, std::optional<std::int64_t> wanted
) {
    const auto versions = tariff_versions(store, profile.tariff);
    if (!versions)
        return tl::unexpected(versions.error());
    const auto* version = version_on(*versions, day);
    for (const auto& known : *versions) {
        if (known.version == wanted)
            version = &known;
    }
    if (version == nullptr) {
        return refuse(
            Exit::refused,
            "tariff_not_in_force",
            "tariff " + profile.tariff + " does not hold on " + format_day(day),
            "usagectl tariff list shows from when each version is effective"
        );
    }
    tariff::Plan plan(read_stored(*version));
    const auto options = option_bits(plan, profile.options);
    if (!options)
        return tl::unexpected(options.error());
    const auto exempt = exempt_bits(plan, profile.exemptions);
    if (!exempt)
        return tl::unexpected(exempt.error());
    auto ready = std::make_shared<ReadyRates>(ReadyRates{
        0, *version, last_day_of(*versions, *version), std::move(plan), *options, *exempt});
    return std::shared_ptr<const ReadyRates>(std::move(ready));
}

}  // namespace usagectl::app
