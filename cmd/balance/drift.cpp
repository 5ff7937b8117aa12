// SPDX-License-Identifier: MIT
// usagectl balance drift: who was told a figure that later data proved wrong.
#include "account/prepay_settings.hpp"
#include "app/balance_drift.hpp"
#include "balance/commands.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct DriftOptions {
    std::optional<Money> more_than;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
};

cli::Json item_of(const app::QuoteDrift& drift) {
    cli::Json item;
    item["account"] = drift.account;
    item["quoted_id"] = drift.quoted_id;
    item["told"] = format_money(drift.told);
    item["now"] = format_money(drift.now);
    item["difference"] = format_money(drift.difference());
    item["quoted_at"] = format_instant(drift.quoted_at);
    item["asked_by"] = drift.asked_by;
    return item;
}

Exit run(const DriftOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    app::DriftQuestion question;
    question.days = {options.from.value_or(local_day(0)), options.to.value_or(local_day(131'071))};
    question.more_than = options.more_than.value_or(Money());
    question.now = context.clock.now();
    question.asker = context.settings.text("identity.provider_of_record");
    app::DriftTally tally;
    cli::Context::StreamView view;
    view.columns = {
        {"account", "ACCOUNT"},
        {"quoted_at", "QUOTED AT"},
        {"told", "TOLD", true},
        {"now", "NOW", true},
        {"difference", "DIFFERENCE", true},
        {"quoted_id", "QUOTED ID"},
    };
    view.footing = [&tally] {
        std::string line = std::to_string(tally.wrong) + " of " + std::to_string(tally.quotes) +
                           " quotes differ from what is known now";
        if (tally.unknown != 0)
            line += ", " + std::to_string(tally.unknown) + " cannot be worked out again";
        return std::vector<std::string>{line};
    };
    cli::Json root;
    root["currency"] = prepay.currency;
    context.stream(std::move(root), view, [&](const cli::Context::Emit& emit) {
        store.read([&] {
            tally = app::find_quote_drift(store, question, prepay, [&](const auto& drift) {
                emit(item_of(drift));
            });
        });
    });
    return Exit::done;
}

}  // namespace

cli::Command balance_drift_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"balance", "drift"};
    spec.summary = "find balances told that later data proved wrong";
    spec.description =
        "Works every balance that was told out again, of the same time and by what is known now, "
        "and lists those that differ.";
    spec.words = {
        bind(
            {.name = "--more-than",
             .value = "AMOUNT",
             .help = "leave out differences up to this",
             .default_text = "0.00"},
            &DriftOptions::more_than
        ),
        bind(
            {.name = "--from", .value = "DATE", .help = "first local day it was told on"},
            &DriftOptions::from
        ),
        bind(
            {.name = "--to", .value = "DATE", .help = "last local day, inclusive"},
            &DriftOptions::to
        ),
    };
    spec.fields = {
        {"currency", "string", "ISO 4217 code of every amount"},
        {"items[].account", "string", "the account's number"},
        {"items[].quoted_id", "string", "the answer that was given"},
        {"items[].told", "money", "the balance the customer was told"},
        {"items[].now", "money", "the balance of that time by what is known now"},
        {"items[].difference", "money", "now less told; negative: there was less"},
        {"items[].quoted_at", "instant", "when it was told"},
        {"items[].asked_by", "string", "who asked"},
    };
    spec.examples = {
        {"usagectl balance drift --more-than 5.00", "who should be called back"},
        {"usagectl balance drift --from 2026-11-01 --to 2026-11-30 --format csv",
         "a month's worth"},
    };
    return cli::command<DriftOptions>(std::move(spec), run);
}

}  // namespace usagectl
