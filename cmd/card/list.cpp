// SPDX-License-Identifier: MIT
// usagectl card list: cards and where they stand.
#include <map>

#include "app/cards.hpp"
#include "card/commands.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

constexpr std::size_t page_cards = 1024;

struct ListOptions {
    std::optional<card::BatchName> batch;
    std::string state;
};

cli::Json item_json(const card::Card& card, const card::Batch& batch) {
    cli::Json item{
        {"serial", card.serial.text()},
        {"batch", batch.name},
        {"batch_state", card::to_string(batch.state)},
        {"state", card::to_string(card.state)},
        {"value", format_money(batch.value)},
        {"expires", nullptr},
        {"used_at", nullptr},
    };
    if (batch.expires)
        item["expires"] = format_day(*batch.expires);
    if (card.used_at)
        item["used_at"] = format_instant(*card.used_at);
    return item;
}

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::CardStore::CardFilter filter;
    filter.limit = page_cards;
    if (!options.state.empty())
        filter.state = card::parse_card_state(options.state);
    if (options.batch) {
        const auto batch = store.cards().batch(options.batch->text());
        if (!batch)
            context.fail(app::unknown_batch(options.batch->text()));
        filter.batch = batch->number;
    }
    std::map<std::int64_t, card::Batch> batches;
    const auto batch_of = [&](std::int64_t number) -> const card::Batch& {
        const auto [found, made] = batches.try_emplace(number);
        if (made)
            found->second = *store.cards().batch(number);
        return found->second;
    };
    const cli::Context::StreamView view{
        {{"serial", "SERIAL"},
         {"batch", "BATCH"},
         {"state", "STATE"},
         {"value", "VALUE", true},
         {"expires", "EXPIRES"},
         {"used_at", "USED"}}};
    context.stream(cli::Json::object(), view, [&](const cli::Context::Emit& emit) {
        store.read([&] {
            for (auto page = store.cards().cards(filter); !page.empty();
                 page = store.cards().cards(filter)) {
                for (const auto& card : page)
                    emit(item_json(card, batch_of(card.batch)));
                filter.after = page.back().serial.number();
            }
        });
    });
    return Exit::done;
}

}  // namespace

cli::Command card_list_command() {
    cli::Spec spec;
    spec.path = {"card", "list"};
    spec.summary = "list cards by serial number";
    spec.words = {
        words::batch(&ListOptions::batch),
        cli::bind(
            {.name = "--state",
             .value = "STATE",
             .help = "only cards in this state",
             .choices = {"inactive", "active", "used", "expired", "frozen", "void"}},
            &ListOptions::state
        ),
    };
    spec.fields = {
        {"items[].serial", "string", "serial number"},
        {"items[].batch", "string", "the batch it is in"},
        {"items[].batch_state", "string", "its batch's state: both must be active to spend it"},
        {"items[].state", "string", "inactive, active, used, expired, frozen or void"},
        {"items[].value", "money", "what it is worth"},
        {"items[].expires", "date", "the last day it can be spent", true},
        {"items[].used_at", "instant", "when it was spent", true},
    };
    spec.examples = {
        {"usagectl card list --batch 2026-11 --state used", "what was spent of a batch"},
    };
    spec.exits = {{Exit::not_found, "there is no such batch"}};
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
