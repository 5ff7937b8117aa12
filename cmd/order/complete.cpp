// SPDX-License-Identifier: MIT
// usagectl order complete: the field says that an order is done, or that it could not be.
#include "cli/values.hpp"
#include "order/commands.hpp"
#include "order/decide.hpp"

namespace usagectl {

namespace {

struct CompleteOrderOptions {
    std::string order;
    bool failed = false;
    std::string message;
    std::optional<Instant> at;
};

Exit run(const CompleteOrderOptions& options, cli::Context& context) {
    app::OrderSaid said;
    said.order = options.order;
    said.state = options.failed ? account::OrderState::failed : account::OrderState::completed;
    said.message = options.message;
    said.at = options.at;
    return decide_and_print(std::move(said), context);
}

}  // namespace

cli::Command order_complete_command() {
    cli::Spec spec;
    spec.path = {"order", "complete"};
    spec.summary = "confirm that an order was carried out";
    spec.description =
        "A suspension makes its account suspended, a reconnection puts it in service again, an "
        "activation waits for the first daily usage. With --failed the order is given up.";
    spec.words = {
        cli::bind(
            {.name = "ORDER", .help = "the order's name", .required = true},
            &CompleteOrderOptions::order
        ),
        cli::bind(
            {.name = "--failed", .help = "the field could not do it"}, &CompleteOrderOptions::failed
        ),
        cli::bind(
            {.name = "--message", .value = "TEXT", .help = "what the field says of it"},
            &CompleteOrderOptions::message
        ),
        cli::bind(
            {.name = "--at", .value = "INSTANT", .help = "when the field did it"},
            &CompleteOrderOptions::at
        ),
    };
    spec.fields = decided_fields();
    spec.examples = {
        {"usagectl order complete O-A-1001-20261120-1", "done"},
        {"usagectl order complete O-A-1003-20261120-1 --failed --message 'no access'", "not done"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such order"},
        {Exit::refused, "it was decided otherwise before, or cannot have been done then"},
    };
    spec.changes = true;
    return cli::command<CompleteOrderOptions>(std::move(spec), run);
}

}  // namespace usagectl
