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
};

Exit run(const CompleteOrderOptions& options, cli::Context& context) {
    app::DecideOrder request;
    request.order = options.order;
    request.state = options.failed ? account::OrderState::failed : account::OrderState::completed;
    request.message = options.message;
    return decide_and_print(std::move(request), context);
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
    };
    spec.fields = decided_fields();
    spec.examples = {
        {"usagectl order complete O-A-1001-20261120-1", "done"},
        {"usagectl order complete O-A-1003-20261120-1 --failed --message 'no access'", "not done"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such order"},
        {Exit::refused, "it was decided otherwise before"},
    };
    spec.changes = true;
    return cli::command<CompleteOrderOptions>(std::move(spec), run);
}

}  // namespace usagectl
