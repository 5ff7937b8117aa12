// SPDX-License-Identifier: MIT
// usagectl card locks: what too many refusals have closed.
#include "card/commands.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

struct LocksOptions {};

Exit run(const LocksOptions&, cli::Context& context) {
    auto& store = context.store();
    cli::Json root;
    root["items"] = cli::Json::array();
    for (const auto& lock : store.cards().closed_locks(context.clock.now())) {
        root["items"].push_back(
            {{"scope", card::to_string(lock.scope)},
             {"name", lock.name.empty() ? cli::Json() : cli::Json(lock.name)},
             {"since", format_instant(lock.count.since)},
             {"refusals", lock.count.refusals},
             {"locked_until", format_instant(*lock.count.locked_until)}}
        );
    }
    context.print(
        std::move(root),
        {{{"scope", "SCOPE"},
          {"name", "NAME"},
          {"refusals", "REFUSALS", true},
          {"locked_until", "UNTIL"}}}
    );
    return Exit::done;
}

}  // namespace

cli::Command card_locks_command() {
    cli::Spec spec;
    spec.path = {"card", "locks"};
    spec.summary = "list what too many refusals have locked";
    spec.description =
        "Refusals are counted for the card, the account, the channel and all of them together "
        "(settings cards.lock_card and so on). A lock opens by itself when its time is over.";
    spec.fields = {
        {"items[].scope", "string", "card, account, channel or global"},
        {"items[].name", "string", "serial number, account or channel; null for all", true},
        {"items[].since", "instant", "the first of the refusals"},
        {"items[].refusals", "integer", "how many there were"},
        {"items[].locked_until", "instant", "when it opens"},
    };
    spec.examples = {{"usagectl card locks", "nothing, on a good day"}};
    return cli::command<LocksOptions>(std::move(spec), run);
}

}  // namespace usagectl
