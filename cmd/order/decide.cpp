// SPDX-License-Identifier: MIT
#include "order/decide.hpp"

#include "account/prepay_settings.hpp"
#include "cli/actor.hpp"
#include "cli/keyed.hpp"
#include "order/order_json.hpp"

namespace usagectl {

namespace {

cli::Json to_json(const app::OrderDecided& decided, const app::Prepay& prepay, bool dry_run) {
    auto root = order_json(decided.shown);
    root["currency"] = prepay.currency;
    root["status"] = account::to_string(decided.status);
    root["unchanged"] = decided.unchanged;
    root["dry_run"] = dry_run;
    return root;
}

// Requests from before a time and facts of a meter could be given are still the same.
std::string body_of(const app::OrderSaid& said) {
    cli::Json body{
        {"order", said.order},
        {"state", account::to_string(said.state)},
        {"message", said.message},
    };
    if (said.at)
        body["at"] = format_instant(*said.at);
    if (said.meter_number)
        body["meter_number"] = *said.meter_number;
    if (said.begin_reading_wh)
        body["begin_reading_wh"] = *said.begin_reading_wh;
    return cli::body_text(body);
}

}  // namespace

Exit decide_and_print(app::OrderSaid said, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const cli::Keyed keyed(context, body_of(said));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    app::DecideOrder request;
    request.said = std::move(said);
    request.dry_run = context.globals.dry_run;
    request.decided = [&](const app::OrderDecided& decided) {
        keyed.keep(to_json(decided, prepay, false));
    };
    const auto decided = context.must(
        app::decide_order(store, request, prepay, cli::actor_of(context), context.clock)
    );
    context.print(to_json(decided, prepay, context.globals.dry_run), {});
    return Exit::done;
}

std::vector<cli::Field> decided_fields() {
    auto fields = order_fields(false);
    fields.push_back(currency_field());
    fields.push_back({"status", "string", "of the account, afterwards"});
    fields.push_back({"unchanged", "boolean", "true: it had been decided so before"});
    fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    return fields;
}

}  // namespace usagectl
