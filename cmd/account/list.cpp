// SPDX-License-Identifier: MIT
// usagectl account list: every account of the store, one a line, however many.
#include <map>

#include "account/commands.hpp"
#include "app/accounts.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

// A balance may be below nothing.
struct Balance {
    Money amount;
};

struct ListOptions {
    std::string status;
    std::string tariff;
    std::optional<meter::MeterId> meter;
    std::optional<Balance> below;
};

class Listing {
public:
    Listing(const ListOptions& options, app::Store& store, const cli::Context::Emit& emit)
        : options_(options)
        , store_(store)
        , emit_(emit) {}

    void run() {
        const auto visit = [this](const auto& known, const auto& standing) {
            show(known, standing);
            return true;
        };
        if (!options_.meter) {
            store_.accounts().each({}, visit);
            return;
        }
        const auto meter = store_.meters().number(options_.meter->text());
        const auto number = meter ? store_.accounts().of_meter(*meter) : std::nullopt;
        if (!number)
            return;
        if (const auto known = store_.accounts().find(*number))
            show(*known, store_.accounts().standing(*number));
    }

private:
    void show(const app::KnownAccount& known, const account::Standing& standing) {
        const auto& rates = profile(standing.profile);
        const auto status = account::to_string(standing.status);
        if ((!options_.status.empty() && options_.status != status) ||
            (!options_.tariff.empty() && options_.tariff != rates.tariff) ||
            (options_.below && standing.balance >= options_.below->amount))
            return;
        cli::Json item;
        item["account"] = known.account.id;
        item["name"] = known.account.name;
        item["status"] = status;
        item["balance"] = format_money(standing.balance);
        item["meter"] = cli::name_json(standing.meter_id);
        item["tariff"] = rates.tariff;
        item["charged_through"] = cli::day_json(standing.charged_through);
        emit_(item);
    }

    // There are few profiles and many accounts.
    const app::RateProfile& profile(std::int64_t number) {
        auto known = profiles_.find(number);
        if (known == profiles_.end()) {
            const auto found = store_.accounts().profile(number);
            known = profiles_.emplace(number, found.value_or(app::RateProfile{})).first;
        }
        return known->second;
    }

    const ListOptions& options_;
    app::Store& store_;
    const cli::Context::Emit& emit_;
    std::map<std::int64_t, app::RateProfile> profiles_;
};

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    cli::Context::StreamView view;
    view.columns = {
        {"account", "ACCOUNT"},
        {"name", "NAME"},
        {"status", "STATUS"},
        {"balance", "BALANCE", true},
        {"meter", "METER"},
        {"tariff", "TARIFF"},
        {"charged_through", "CHARGED THROUGH"},
    };
    cli::Json root;
    root["currency"] = context.settings.text("prepay.currency");
    context.stream(std::move(root), view, [&](const cli::Context::Emit& emit) {
        store.read([&] { Listing(options, store, emit).run(); });
    });
    return Exit::done;
}

}  // namespace

template <>
struct cli::Parse<Balance> {
    static Result<Balance> from(std::string_view text) {
        const auto amount = parse_money(text, Sign::allowed);
        if (!amount)
            return tl::unexpected(amount.error());
        return Balance{*amount};
    }
};

cli::Command account_list_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"account", "list"};
    spec.summary = "list prepay accounts";
    spec.words = {
        bind(
            {.name = "--status",
             .value = "STATUS",
             .help = "only accounts that stand so",
             .choices = {"pending", "paid", "active", "past_due", "suspended", "closed"}},
            &ListOptions::status
        ),
        bind(
            {.name = "--tariff",
             .value = "TARIFF",
             .help = "only accounts charged by it now",
             .complete = cli::Complete::tariff},
            &ListOptions::tariff
        ),
        bind(
            {.name = "--meter",
             .value = "METER",
             .help = "only the account it serves now",
             .complete = cli::Complete::meter},
            &ListOptions::meter
        ),
        bind(
            {.name = "--below", .value = "AMOUNT", .help = "only posted balances below it"},
            &ListOptions::below
        ),
    };
    spec.fields = {
        {"currency", "string", "ISO 4217 code of every amount"},
        {"items[].account", "string", "the account's number"},
        {"items[].name", "string", "the customer's name"},
        {"items[].status", "string", "pending, paid, active, past_due, suspended or closed"},
        {"items[].balance", "money", "posted balance; negative: owed"},
        {"items[].meter", "string", "its meter; null once closed", true},
        {"items[].tariff", "string", "what it is charged by"},
        {"items[].charged_through", "date", "last local day charged; null before service", true},
    };
    spec.examples = {
        {"usagectl account list --status past_due", "who is about to be suspended"},
        {"usagectl account list --below 10.00 --format csv", "for a spreadsheet"},
        {"usagectl account list --below=-0.01", "who owes"},
    };
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
