// SPDX-License-Identifier: MIT
// usagectl order cancel: an order is not to be carried out.
#include "cli/values.hpp"
#include "order/commands.hpp"
#include "order/decide.hpp"

namespace usagectl {

namespace {

struct CancelOptions {
    std::string order;
    std::string reason;
};

Exit run(const CancelOptions& options, cli::Context& context) {
    app::OrderSaid said;
    said.order = options.order;
    said.state = account::OrderState::cancelled;
    said.message = options.reason;
    return decide_and_print(std::move(said), context);
}

}  // namespace

cli::Command order_cancel_command() {
    cli::Spec spec;
    spec.path = {"order", "cancel"};
    spec.summary = "call an order off";
    spec.words = {
        cli::bind(
            {.name = "ORDER", .help = "the order's name", .required = true}, &CancelOptions::order
        ),
        cli::bind(
            {.name = "--reason", .value = "TEXT", .help = "why", .required = true},
            &CancelOptions::reason
        ),
    };
    spec.fields = decided_fields();
    spec.examples = {
        {"usagectl order cancel O-A-1002-20261120-1 --reason 'paid by phone'", "called off"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such order"},
        {Exit::refused, "it was decided otherwise before"},
    };
    spec.changes = true;
    return cli::command<CancelOptions>(std::move(spec), run);
}

}  // namespace usagectl
