// SPDX-License-Identifier: MIT
#include "card/move.hpp"

#include "card/card_settings.hpp"
#include "cli/actor.hpp"
#include "cli/keyed.hpp"

namespace usagectl {

namespace {

cli::Json item_json(const app::CardsMoved& moved, std::string_view currency) {
    cli::Json item{
        {"batch", moved.batch.name},
        {"state", card::to_string(moved.batch.state)},
        {"cards", moved.cards},
        {"face", format_money(moved.face)},
        {"currency", currency},
        {"agent", nullptr},
        {"from", nullptr},
        {"serials", nullptr},
        {"second_person", moved.second_person},
    };
    if (!moved.agent.empty())
        item["agent"] = moved.agent;
    if (!moved.from.empty())
        item["from"] = moved.from;
    if (!moved.serials.empty()) {
        item["serials"] = cli::Json::array();
        for (const auto& serial : moved.serials)
            item["serials"].push_back(serial.text());
    }
    return item;
}

cli::Json to_json(const std::vector<app::CardsMoved>& all, std::string_view currency, bool dry) {
    cli::Json root;
    root["items"] = cli::Json::array();
    for (const auto& moved : all)
        root["items"].push_back(item_json(moved, currency));
    root["dry_run"] = dry;
    return root;
}

app::MoveCards
request_of(card::Step step, const MoveOptions& options, const cli::Context& context) {
    if (options.batch.has_value() == !options.serials.empty()) {
        context.fail(
            {Exit::usage,
             "cards_missing",
             options.batch ? "a batch and single cards cannot be named together"
                           : "no cards are named",
             "name a batch with --batch, or serial numbers"}
        );
    }
    app::MoveCards request;
    request.step = step;
    request.batch = options.batch ? options.batch->text() : "";
    request.serials = options.serials;
    request.agent = options.agent ? options.agent->text() : "";
    request.into = options.into ? options.into->text() : "";
    request.count = options.count.value_or(0);
    request.by = options.by;
    request.reason = options.reason;
    request.dry_run = context.globals.dry_run;
    return request;
}

std::string body_of(const app::MoveCards& request) {
    cli::Json body{
        {"batch", request.batch},
        {"agent", request.agent},
        {"into", request.into},
        {"count", request.count},
        {"by", request.by},
        {"reason", request.reason},
        {"serials", cli::Json::array()},
    };
    for (const auto& serial : request.serials)
        body["serials"].push_back(serial.text());
    return cli::body_text(body);
}

cli::Context::View table() {
    return {
        {{"batch", "BATCH"},
         {"state", "STATE"},
         {"cards", "CARDS", true},
         {"face", "FACE", true},
         {"agent", "AGENT"},
         {"from", "FROM"}}};
}

}  // namespace

std::vector<cli::Word> move_words(bool reason_needed) {
    std::vector<cli::Word> made{
        cli::bind(
            {.name = "SERIAL", .help = "serial numbers of single cards", .repeatable = true},
            &MoveOptions::serials
        ),
        words::batch(&MoveOptions::batch),
    };
    made.push_back(cli::bind(
        {.name = "--reason", .value = "TEXT", .help = "why", .required = reason_needed},
        &MoveOptions::reason
    ));
    return made;
}

std::vector<cli::Field> move_fields() {
    return {
        {"items[].batch", "string", "the batch they are in now"},
        {"items[].state", "string", "its state"},
        {"items[].cards", "integer", "how many cards took the step"},
        {"items[].face", "money", "what they are worth together"},
        {"items[].currency", "string", "ISO 4217 code of the worth"},
        {"items[].agent", "string", "who has them", true},
        {"items[].from", "string", "the batch they were packaged out of", true},
        {"items[].serials", "array", "the cards, when single ones were named", true},
        {"items[].second_person", "boolean", "true: a second person has to do it too"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
}

Exit move_and_print(card::Step step, const MoveOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto rules = card_rules_of(context.settings);
    auto request = request_of(step, options, context);
    const cli::Keyed keyed(context, body_of(request));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), table());
        return Exit::done;
    }
    request.moved = [&](const std::vector<app::CardsMoved>& moved) {
        keyed.keep(to_json(moved, rules.currency, false));
    };
    const auto moved =
        context.must(app::move_cards(store, request, rules, cli::actor_of(context), context.clock));
    for (const auto& one : moved) {
        if (one.second_person)
            context.note("batch " + one.batch.name + " waits for a second person");
    }
    context.print(to_json(moved, rules.currency, context.globals.dry_run), table());
    return Exit::done;
}

}  // namespace usagectl
