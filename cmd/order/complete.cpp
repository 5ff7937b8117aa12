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
    std::optional<std::string> meter_number;
    std::optional<std::int64_t> begin_reading_wh;
};

Exit run(const CompleteOrderOptions& options, cli::Context& context) {
    app::OrderSaid said;
    said.order = options.order;
    said.state = options.failed ? account::OrderState::failed : account::OrderState::completed;
    said.message = options.message;
    said.at = options.at;
    said.meter_number = options.meter_number;
    said.begin_reading_wh = options.begin_reading_wh;
    return decide_and_print(std::move(said), context);
}

}  // namespace

cli::Command order_complete_command() {
    cli::Spec spec;
    spec.path = {"order", "complete"};
    spec.summary = "confirm that an order was carried out";
    spec.description =
        "A suspension makes its account suspended, a reconnection puts it in service again, an "
        "activation waits for the first daily usage, an exchange has the account served by the new "
        "meter from that day. With --failed the order is given up.";
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
        cli::bind(
            {.name = "--meter-number",
             .value = "TEXT",
             .help = "of an exchange: number on the plate of the meter that was put in"},
            &CompleteOrderOptions::meter_number
        ),
        cli::bind(
            {.name = "--begin-reading",
             .value = "WH",
             .help = "of an exchange: its register when it was put in, in Wh"},
            &CompleteOrderOptions::begin_reading_wh
        ),
    };
    spec.fields = decided_fields();
    spec.examples = {
        {"usagectl order complete O-A-1001-20261120-1", "done"},
        {"usagectl order complete O-A-1003-20261120-1 --failed --message 'no access'", "not done"},
        {"usagectl order complete O-A-1004-20261120-2 --at 2026-11-20T14:00:00Z --meter-number "
         "4472 --begin-reading 0",
         "the meter was exchanged"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such order"},
        {Exit::refused,
         "it was decided otherwise before, cannot have been done then, or lacks the facts of a "
         "meter"},
    };
    spec.changes = true;
    return cli::command<CompleteOrderOptions>(std::move(spec), run);
}

}  // namespace usagectl
