// SPDX-License-Identifier: MIT
// usagectl card show: one card, or one batch, with everything that happened to it.
#include <algorithm>

#include "app/cards.hpp"
#include "card/card_json.hpp"
#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::optional<card::Serial> serial;
};

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto& serial = *options.serial;
    const auto rules = card_rules_of(context.settings);
    std::optional<card::Card> card;
    std::optional<card::Batch> batch;
    std::optional<card::Agent> agent;
    card::LockCount lock;
    std::vector<app::CardEvent> events;
    store.read([&] {
        card = store.cards().find(serial);
        if (!card)
            return;
        batch = store.cards().batch(card->batch);
        if (batch->agent)
            agent = store.agents().find(*batch->agent);
        lock = store.cards().lock_count(card::LockScope::card, serial.text(), false);
        events = store.cards().events(batch->number, std::nullopt);
        for (auto& event : store.cards().events(batch->number, serial))
            events.push_back(std::move(event));
    });
    if (!card)
        context.fail(app::unknown_card(serial));
    std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
        return a.at < b.at;
    });
    const bool locked = lock.locked(context.clock.now());
    const auto state = locked ? card::CardState::locked : card->state;
    cli::Json root{
        {"serial", serial.text()},
        {"state", card::to_string(state)},
        {"locked_until", nullptr},
        {"used_at", nullptr},
        {"invoice", nullptr},
    };
    if (locked)
        root["locked_until"] = format_instant(*lock.locked_until);
    if (card->used_at)
        root["used_at"] = format_instant(*card->used_at);
    if (card->invoice)
        root["invoice"] = *card->invoice;
    const auto about = batch_json(*batch, agent ? agent->id : "", rules.currency);
    root["batch"] = batch->name;
    root["batch_state"] = about["state"];
    for (const auto* field : {"value", "currency", "expires", "agent", "activated_at"})
        root[field] = about[field];
    root["items"] = cli::Json::array();
    for (const auto& event : events)
        root["items"].push_back(event_json(event));
    context.print(
        std::move(root),
        {{{"at", "AT"},
          {"actor", "ACTOR"},
          {"step", "STEP"},
          {"became", "STATE"},
          {"reason", "REASON"}},
         {"card " + serial.text() + ", " + std::string(card::to_string(state)) + ", worth " +
              format_money(batch->value) + " " + rules.currency,
          "batch " + batch->name + ", " + std::string(card::to_string(batch->state)) +
              (agent ? ", at " + agent->id : "") +
              (batch->expires ? ", until " + format_day(*batch->expires) : "")}}
    );
    return Exit::done;
}

}  // namespace

cli::Command card_show_command() {
    cli::Spec spec;
    spec.path = {"card", "show"};
    spec.summary = "show one card and what happened to it";
    spec.words = {
        cli::bind(
            {.name = "SERIAL", .help = "the card's serial number", .required = true},
            &ShowOptions::serial
        ),
    };
    spec.fields = {
        {"serial", "string", "serial number"},
        {"state", "string", "inactive, active, used, expired, frozen, void or locked"},
        {"locked_until", "instant", "while too many wrong PINs close it", true},
        {"used_at", "instant", "when it was spent", true},
        {"invoice", "integer", "number of the agent's invoice it is on", true},
        {"batch", "string", "the batch it is in"},
        {"batch_state", "string", "its batch's state: both must be active to spend it"},
        {"value", "money", "what it is worth"},
        {"currency", "string", "ISO 4217 code of the value"},
        {"expires", "date", "the last day it can be spent", true},
        {"agent", "string", "who has it", true},
        {"activated_at", "instant", "when its batch was put on sale", true},
    };
    for (const auto& field : event_fields())
        spec.fields.push_back(field);
    spec.examples = {{"usagectl card show 100000000001", "its life so far"}};
    spec.exits = {{Exit::not_found, "no card has this serial number"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
