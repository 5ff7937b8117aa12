// SPDX-License-Identifier: MIT
#include "order/decide.hpp"

#include "account/prepay_settings.hpp"
#include "cli/actor.hpp"
#include "cli/keyed.hpp"
#include "order/order_json.hpp"

namespace usagectl {

namespace {

cli::Json to_json(const app::OrderShown& shown, account::Status status, bool unchanged) {
    auto root = order_json(shown);
    root["status"] = account::to_string(status);
    root["unchanged"] = unchanged;
    return root;
}

}  // namespace

Exit decide_and_print(app::DecideOrder request, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    request.dry_run = context.globals.dry_run;
    const cli::Json body{
        {"order", request.order},
        {"state", account::to_string(request.state)},
        {"message", request.message},
    };
    const cli::Keyed keyed(context, body.dump());
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    request.decided = [&](const app::OrderShown& shown, account::Status status) {
        auto answer = to_json(shown, status, false);
        answer["dry_run"] = false;
        keyed.keep(answer);
    };
    const auto decided = context.must(
        app::decide_order(store, request, prepay, cli::actor_of(context), context.clock)
    );
    auto root = to_json(decided.shown, decided.status, decided.unchanged);
    root["dry_run"] = context.globals.dry_run;
    context.print(std::move(root), {});
    return Exit::done;
}

std::vector<cli::Field> decided_fields() {
    auto fields = order_fields(false);
    fields.push_back({"status", "string", "of the account, afterwards"});
    fields.push_back({"unchanged", "boolean", "true: it had been decided so before"});
    fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    return fields;
}

}  // namespace usagectl
