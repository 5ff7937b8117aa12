// SPDX-License-Identifier: MIT
// usagectl account activate: the meter is installed; service begins with the first daily usage.
#include "account/account_json.hpp"
#include "account/commands.hpp"
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "app/activation.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct ActivateOptions {
    std::optional<account::AccountId> account;
    std::optional<std::string> meter_number;
    std::optional<std::int64_t> begin_reading_wh;
    std::optional<LocalDay> installed_on;
    std::optional<LocalDay> last_read_on;
};

std::string body_of(const app::ActivateAccount& request) {
    const auto& facts = request.facts;
    return cli::body_text(cli::Json{
        {"account", request.account},
        {"meter_number", cli::text_json(facts.number)},
        {"begin_reading_wh", facts.begin_reading_wh.value_or(-1)},
        {"installed_on", cli::day_json(facts.installed_on)},
        {"last_read_on", cli::day_json(facts.last_read_on)},
    });
}

cli::Json to_json(const app::AccountActivated& done, bool dry_run) {
    cli::Json root;
    root["account"] = done.account;
    root["status"] = account::to_string(done.status);
    root["first_service_day"] = format_day(done.first_service_day);
    root["charged_from"] = cli::day_json(done.charged_from);
    root["unchanged"] = done.unchanged;
    root["orders"] = orders_json(done.orders);
    root["dry_run"] = dry_run;
    return root;
}

Exit run(const ActivateOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::ActivateAccount request;
    request.account = options.account->text();
    request.facts = {
        options.meter_number,
        options.begin_reading_wh,
        options.installed_on,
        options.last_read_on,
    };
    request.dry_run = context.globals.dry_run;
    const cli::Keyed keyed(context, body_of(request));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    request.activated = [&](const app::AccountActivated& done) {
        keyed.keep(to_json(done, false));
    };
    const auto done = context.must(app::activate_account(
        store, request, prepay_of(context.settings), cli::actor_of(context), context.clock
    ));
    if (done.unchanged)
        context.note("the account is in service already: nothing was changed but meter facts");
    else if (done.status == account::Status::paid)
        context.note("service begins with the first daily usage of the meter");
    context.print(to_json(done, context.globals.dry_run), {});
    return Exit::done;
}

}  // namespace

cli::Command account_activate_command() {
    cli::Spec spec;
    spec.path = {"account", "activate"};
    spec.summary = "confirm the installation and take an account into service";
    spec.description =
        "Confirms that the meter of a paid account is installed; all meter facts must be known. "
        "The activation order then waits for usage, and the first settled daily usage makes the "
        "account active, at once or during a nightly process.";
    spec.words = {words::account(&ActivateOptions::account)};
    words::append_meter_fact_words<ActivateOptions>(spec.words);
    spec.fields = {
        {"account", "string", "the account's number"},
        {"status", "string", "paid while it waits for usage, then active"},
        {"first_service_day", "date", "first local day whose usage counts"},
        {"charged_from", "date", "first local day charged; null: waits for usage", true},
        {"unchanged", "boolean", "true: it was in service already"},
    };
    append_order_fields(spec.fields);
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.item_list = "orders";
    spec.examples = {
        {"usagectl account activate A-1001", "all meter facts are known"},
        {"usagectl account activate A-1001 --meter-number 4471 --begin-reading 0 --installed-on "
         "2026-11-20 --last-read-on 2026-11-20",
         "they are entered along the way"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account"},
        {Exit::refused, "meter facts are missing, or the account is not paid"},
    };
    spec.changes = true;
    return cli::command<ActivateOptions>(std::move(spec), run);
}

}  // namespace usagectl
