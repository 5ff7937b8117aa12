// SPDX-License-Identifier: MIT
// usagectl account prefs: how a customer wants to be told.
#include "account/account_json.hpp"
#include "account/commands.hpp"
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "app/preferences.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/masks.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct PrefsOptions {
    std::optional<account::AccountId> account;
    std::string type;
    std::string by;
    std::optional<std::string> to;
    std::optional<account::Window> window;
    std::string every;
    std::string contact;
    bool remove = false;
    bool reveal = false;
};

cli::Json to_json(const app::PreferencesShown& shown, bool reveal, bool dry_run) {
    cli::Json root;
    root["account"] = shown.account;
    root["items"] = cli::Json::array();
    for (const auto& preference : shown.preferences) {
        const bool email = preference.method == account::NoticeMethod::email;
        cli::Json item;
        item["type"] = account::to_string(preference.type);
        item["method"] = account::to_string(preference.method);
        item["address"] =
            email || reveal ? preference.address : cli::mask_phone(preference.address);
        item["window"] = preference.window.text();
        item["every"] = account::to_string(preference.every);
        item["contact"] = preference.primary ? "primary" : "secondary";
        root["items"].push_back(std::move(item));
    }
    root["dry_run"] = dry_run;
    return root;
}

std::string body_of(const PrefsOptions& options) {
    return cli::body_text(cli::Json{
        {"account", options.account->text()},
        {"type", options.type},
        {"by", options.by},
        {"to", options.to.value_or("")},
        {"window", options.window ? options.window->text() : ""},
        {"every", options.every},
        {"contact", options.contact},
        {"remove", options.remove},
    });
}

void check_words(const PrefsOptions& options, const cli::Context& context) {
    if (!options.type.empty() && (options.remove || !options.by.empty()))
        return;
    context.fail({
        Exit::usage,
        "preference_incomplete",
        options.type.empty() ? "no --type is named" : "no --by is named",
        "--type low_balance --by sms enters a preference, --type low_balance --remove takes it out",
    });
}

app::PreferencesShown
set(const PrefsOptions& options, cli::Context& context, const cli::Keyed& keyed) {
    app::SetPreference request;
    request.account = options.account->text();
    auto& wanted = request.preference;
    wanted.type = *account::parse_notice_type(options.type);
    wanted.method = *account::parse_notice_method(options.by);
    wanted.address = options.to.value_or("");
    wanted.window = options.window.value_or(account::Window{});
    wanted.every = account::parse_every(options.every).value_or(account::Every::event);
    wanted.primary = options.contact != "secondary";
    request.dry_run = context.globals.dry_run;
    request.set = [&](const app::PreferencesShown& shown) {
        keyed.keep(to_json(shown, false, false));
    };
    return context.must(app::set_preference(
        context.store(), request, prepay_of(context.settings), cli::actor_of(context), context.clock
    ));
}

app::PreferencesShown
remove(const PrefsOptions& options, cli::Context& context, const cli::Keyed& keyed) {
    app::RemovePreferences request;
    request.account = options.account->text();
    request.type = *account::parse_notice_type(options.type);
    request.method = account::parse_notice_method(options.by);
    request.address = options.to;
    request.dry_run = context.globals.dry_run;
    request.removed = [&](const app::PreferencesShown& shown) {
        keyed.keep(to_json(shown, false, false));
    };
    return context.must(app::remove_preferences(
        context.store(), request, prepay_of(context.settings), cli::actor_of(context), context.clock
    ));
}

app::PreferencesShown list(const PrefsOptions& options, cli::Context& context) {
    auto& store = context.store();
    auto shown = context.must(app::show_preferences(store, options.account->text()));
    if (options.reveal) {
        store.write([&] {
            store.audit().append(cli::actor_of(context).record(
                context.clock.now(),
                "telephone numbers in the preferences of " + shown.account + " shown"
            ));
        });
    }
    return shown;
}

Exit run(const PrefsOptions& options, cli::Context& context) {
    cli::Context::View view;
    view.columns = {
        {"type", "TYPE"},
        {"method", "METHOD"},
        {"address", "ADDRESS"},
        {"window", "WINDOW"},
        {"every", "EVERY"},
        {"contact", "CONTACT"},
    };
    const bool named = !options.type.empty() || !options.by.empty() || options.to ||
                       options.window || !options.every.empty() || !options.contact.empty() ||
                       options.remove;
    if (!named) {
        context.print(to_json(list(options, context), options.reveal, false), view);
        return Exit::done;
    }
    check_words(options, context);
    const cli::Keyed keyed(context, body_of(options));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), view);
        return Exit::done;
    }
    const auto shown =
        options.remove ? remove(options, context, keyed) : set(options, context, keyed);
    context.print(to_json(shown, false, context.globals.dry_run), view);
    return Exit::done;
}

std::vector<cli::Word> prefs_words() {
    using cli::bind;
    using O = PrefsOptions;
    return {
        words::account(&O::account),
        bind(
            {.name = "--type",
             .value = "TYPE",
             .help = "what the customer is told",
             .choices = {"low_balance", "daily", "suspend", "recharge", "limit"}},
            &O::type
        ),
        bind(
            {.name = "--by",
             .value = "METHOD",
             .help = "how",
             .choices = {"sms", "voice", "email", "pager", "csr"}},
            &O::by
        ),
        bind(
            {.name = "--to",
             .value = "ADDRESS",
             .help = "number in E.164, or e-mail address; default: the first contact of the kind"},
            &O::to
        ),
        bind(
            {.name = "--window",
             .value = "HH:MM-HH:MM",
             .help = "at what time of the day; default any"},
            &O::window
        ),
        bind(
            {.name = "--every",
             .value = "SPAN",
             .help = "how often at most; default event",
             .choices = {"event", "day", "week", "month"}},
            &O::every
        ),
        bind(
            {.name = "--contact",
             .value = "RANK",
             .help = "the secondary contact is asked where the primary is not reached",
             .choices = {"primary", "secondary"}},
            &O::contact
        ),
        bind({.name = "--remove", .help = "take out what is named by the others"}, &O::remove),
        bind(
            {.name = "--reveal", .help = "show telephone numbers in full; this is recorded"},
            &O::reveal
        ),
    };
}

}  // namespace

template <>
struct cli::Parse<account::Window> {
    static Result<account::Window> from(std::string_view text) {
        return account::Window::parse(text);
    }
};

cli::Command account_prefs_command() {
    cli::Spec spec;
    spec.path = {"account", "prefs"};
    spec.summary = "list or change how a customer wants to be told";
    spec.description =
        "Without --type, lists. A customer may have several preferences for a type of notice: one "
        "for each method and address.";
    spec.words = prefs_words();
    spec.fields = {
        {"account", "string", "the account's number"},
        {"items[].type", "string", "low_balance, daily, suspend, recharge or limit"},
        {"items[].method", "string", "sms, voice, email, pager or csr"},
        {"items[].address", "string", "number, masked unless --reveal, or e-mail address"},
        {"items[].window", "string", "local time of the day, 18:00-20:00, or any"},
        {"items[].every", "string", "how often at most: event, day, week or month"},
        {"items[].contact", "string", "primary or secondary"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
    spec.examples = {
        {"usagectl account prefs A-1001", "what is preferred"},
        {"usagectl account prefs A-1001 --type low_balance --by sms --to +19725551234 --window "
         "18:00-20:00",
         "a text message in the evening"},
        {"usagectl account prefs A-1001 --type daily --by email --to joe@example.org --every day",
         "every day's usage by e-mail"},
        {"usagectl account prefs A-1001 --type daily --remove", "no longer"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account or preference"},
        {Exit::refused, "the account is closed, or has no contact of the kind"},
    };
    spec.changes = true;
    return cli::command<PrefsOptions>(std::move(spec), run);
}

}  // namespace usagectl
