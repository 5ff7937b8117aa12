// SPDX-License-Identifier: MIT
// usagectl order show: one order, and which rules hold it back at this moment.
#include "account/prepay_settings.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "order/commands.hpp"
#include "order/order_json.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::string order;
};

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const auto packs = rule_packs(context);
    std::optional<app::OrderShown> shown;
    store.read([&] {
        shown =
            context.must(app::show_order(store, options.order, prepay, packs, context.clock.now()));
    });
    auto root = order_json(*shown);
    root["currency"] = prepay.currency;
    root["allowed_now"] =
        shown->verdict ? cli::Json(shown->verdict->allowed()) : cli::Json(nullptr);
    root["holds"] = shown->verdict ? holds_json(*shown->verdict) : cli::Json::array();
    cli::Context::View view;
    for (const auto& [name, value] : root.items()) {
        if (value.is_primitive() && !value.is_null())
            view.heading.push_back(
                name + ": " + (value.is_string() ? value.get<std::string>() : value.dump())
            );
    }
    view.columns = {{"rule", "HELD BY"}, {"until", "UNTIL"}, {"text", "BECAUSE"}};
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command order_show_command() {
    cli::Spec spec;
    spec.path = {"order", "show"};
    spec.summary = "show an order and the rules that hold it back";
    spec.words = {
        cli::bind(
            {.name = "ORDER", .help = "the order's name", .required = true}, &ShowOptions::order
        ),
    };
    spec.fields = order_fields(false);
    spec.fields.push_back(currency_field());
    spec.fields.push_back(
        {"allowed_now", "boolean", "an open suspension: whether the rules let it happen now", true}
    );
    spec.fields.push_back({"holds[].rule", "string", "a rule that holds it back now"});
    spec.fields.push_back({"holds[].citation", "string", "where the rule is written"});
    spec.fields.push_back({"holds[].text", "string", "what it says"});
    spec.fields.push_back({"holds[].mark", "string", "verified, secondary or unsure", true});
    spec.fields.push_back(
        {"holds[].until", "string", "local time it lets go; null: cannot be known", true}
    );
    spec.item_list = "holds";
    spec.examples = {
        {"usagectl order show O-A-1001-20261120-1", "may it be carried out now?"},
    };
    spec.exits = {{Exit::not_found, "there is no such order"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
