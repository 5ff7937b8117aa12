// SPDX-License-Identifier: MIT
// usagectl card expire: cards whose last day is over.
#include "app/card_expire.hpp"
#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"

namespace usagectl {

namespace {

struct ExpireOptions {};

cli::Json
to_json(const std::vector<app::CardsExpired>& all, std::string_view currency, bool dry_run) {
    cli::Json root;
    root["items"] = cli::Json::array();
    for (const auto& expired : all) {
        root["items"].push_back(
            {{"batch", expired.batch.name},
             {"expires", format_day(*expired.batch.expires)},
             {"cards", expired.cards},
             {"face", format_money(expired.face)},
             {"currency", currency}}
        );
    }
    root["dry_run"] = dry_run;
    return root;
}

Exit run(const ExpireOptions&, cli::Context& context) {
    auto& store = context.store();
    const auto rules = card_rules_of(context.settings);
    const cli::Context::View view{
        {{"batch", "BATCH"},
         {"expires", "LAST DAY"},
         {"cards", "CARDS", true},
         {"face", "FACE", true}}};
    const cli::Keyed keyed(context, cli::body_text({{"expire", "cards"}}));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), view);
        return Exit::done;
    }
    app::ExpireCards request;
    request.dry_run = context.globals.dry_run;
    request.expired = [&](const std::vector<app::CardsExpired>& all) {
        keyed.keep(to_json(all, rules.currency, false));
    };
    const auto all =
        context.must(app::expire_cards(store, request, rules, cli::actor_of(context), context.clock)
        );
    context.print(to_json(all, rules.currency, request.dry_run), view);
    return Exit::done;
}

}  // namespace

cli::Command card_expire_command() {
    cli::Spec spec;
    spec.path = {"card", "expire"};
    spec.summary = "take cards off whose last day is over";
    spec.description =
        "Such a card is refused from the day after its last one, whether or not this has run; this "
        "settles its worth. Run it each day; running it again finds nothing. Frozen batches wait.";
    spec.fields = {
        {"items[].batch", "string", "a batch whose last day is over"},
        {"items[].expires", "date", "the last day its cards could be spent"},
        {"items[].cards", "integer", "cards that expired"},
        {"items[].face", "money", "worth of those that were on sale"},
        {"items[].currency", "string", "ISO 4217 code of the worth"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
    spec.examples = {
        {"usagectl card expire --dry-run", "what is to expire"},
        {"usagectl card expire", "each day, behind the nightly process"},
    };
    spec.changes = true;
    return cli::command<ExpireOptions>(std::move(spec), run);
}

}  // namespace usagectl
