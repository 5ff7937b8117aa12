// SPDX-License-Identifier: MIT
// usagectl balance: what a customer is told, on one screen.
#include <chrono>
#include <ostream>

#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "app/balance_quotes.hpp"
#include "app/usage.hpp"
#include "balance/balance_answer.hpp"
#include "balance/commands.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

// --watch alone, or --watch=SECONDS.
struct Every {
    std::int64_t seconds = 5;
};

}  // namespace

namespace cli {
template <>
struct Parse<Every> {
    static Result<Every> from(std::string_view text) {
        if (text.empty())
            return Every{};
        const auto seconds = Parse<std::int64_t>::from(text);
        if (seconds && *seconds >= 1 && *seconds <= 86'400)
            return Every{*seconds};
        return refuse(
            Exit::usage,
            "malformed_seconds",
            "--watch takes 1 to 86400 seconds, not '" + std::string(text) + "'"
        );
    }
};
}  // namespace cli

namespace {

struct BalanceOptions {
    std::optional<account::AccountId> account;
    std::optional<Instant> as_of;
    std::optional<Instant> known_at;
    std::optional<Every> watch;
    bool all = false;
    std::optional<Money> below;
    bool no_record = false;
};

app::BalanceQuestion question_of(const BalanceOptions& options, const cli::Context& context) {
    return {
        options.account->text(),
        options.as_of,
        options.known_at,
        context.clock.now(),
        context.settings.text("identity.provider_of_record"),
    };
}

BalanceShown look(app::Store& store, const BalanceOptions& options, const cli::Context& context) {
    const auto prepay = prepay_of(context.settings);
    BalanceShown shown;
    store.read([&] {
        const auto question = question_of(options, context);
        shown.answer = context.must(app::balance_of(store, question, prepay));
        shown.recent = app::recent_of(store, shown.answer.then);
        if (shown.answer.reproduced)
            shown.quoted_id = app::find_quote(store, shown.answer);
    });
    return shown;
}

// The customer is answered whether or not the answer can be kept.
void keep(
    app::Store& store,
    const BalanceOptions& options,
    const cli::Context& context,
    BalanceShown& shown
) {
    if (options.no_record || shown.answer.reproduced)
        return;
    try {
        shown.quoted_id = app::keep_quote(
            store, shown.answer, context.globals.actor, shown.answer.then.moment.known_at
        );
    } catch (const Failure& failure) {
        context.note("this answer is not kept: " + failure.error().message);
    }
}

void print(const BalanceShown& shown, const cli::Context& context) {
    const auto currency = context.settings.text("prepay.currency");
    cli::Context::View view;
    view.heading = balance_screen(shown, currency);
    context.print(balance_json(shown, currency), view);
}

bool same_figure(const BalanceShown& left, const BalanceShown& right) {
    return left.answer.parts == right.answer.parts &&
           left.answer.then.status == right.answer.then.status;
}

Exit watch(app::Store& store, const BalanceOptions& options, const cli::Context& context) {
    const bool table = context.globals.format == "table";
    const bool redraw = table && context.io.out_is_terminal;
    const auto currency = context.settings.text("prepay.currency");
    const auto pace = context.network.pace(context.interrupted, {});
    std::optional<BalanceShown> last;
    do {
        auto shown = look(store, options, context);
        const bool changed = !last || !same_figure(*last, shown);
        // What did not change was told before.
        if (changed)
            keep(store, options, context, shown);
        else
            shown.quoted_id = last->quoted_id;
        if (redraw) {
            context.io.out << "\x1b[H\x1b[2J";
            print(shown, context);
        } else if (changed && table) {
            context.io.out << balance_sentence(shown, currency) << '\n';
        } else if (changed) {
            print(shown, context);
        }
        context.io.out.flush();
        last = std::move(shown);
    } while (pace->wait(std::chrono::seconds(options.watch->seconds)));
    return Exit::interrupted;
}

Exit list(app::Store& store, const BalanceOptions& options, const cli::Context& context) {
    const auto asker = context.settings.text("identity.provider_of_record");
    cli::Context::StreamView view;
    view.columns = {
        {"account", "ACCOUNT"},
        {"name", "NAME"},
        {"status", "STATUS"},
        {"posted", "POSTED", true},
        {"charged_through", "CHARGED THROUGH"},
        {"days_left", "DAYS LEFT", true},
    };
    const auto visit = [&](const cli::Context::Emit& emit,
                           const app::KnownAccount& known,
                           const account::Standing& standing) {
        if (options.below && standing.balance >= *options.below)
            return;
        // Another provider's customers are none of this one's business.
        const auto meter =
            standing.meter ? store.meters().find_number(*standing.meter) : std::nullopt;
        if (!meter || !app::check_provider(*meter, asker))
            return;
        emit(line_json(known, app::balance_line(store, standing)));
    };
    const auto produce = [&](const cli::Context::Emit& emit) {
        store.read([&] {
            store.accounts().each({}, [&](const auto& known, const auto& standing) {
                visit(emit, known, standing);
                return true;
            });
        });
    };
    context.stream(no_balance_json(context.settings.text("prepay.currency")), view, produce);
    return Exit::done;
}

void check_words(const BalanceOptions& options, const cli::Context& context) {
    const auto wrong = [&](const char* message) {
        context.fail({Exit::usage, "words_do_not_go_together", message, ""});
    };
    if (options.all == options.account.has_value())
        wrong(options.all ? "give an ACCOUNT or --all, not both" : "an ACCOUNT is missing");
    if (options.below && !options.all)
        wrong("--below goes with --all");
    const bool moment = options.as_of || options.known_at;
    if (options.all && (moment || options.watch))
        wrong("--all is about now, once");
    if (options.watch && moment)
        wrong("only the balance of now can be watched");
}

Exit run(const BalanceOptions& options, cli::Context& context) {
    check_words(options, context);
    auto& store = context.store();
    if (options.all)
        return list(store, options, context);
    if (options.watch)
        return watch(store, options, context);
    auto shown = look(store, options, context);
    keep(store, options, context, shown);
    print(shown, context);
    return Exit::done;
}

std::vector<cli::Word> balance_words() {
    using cli::bind;
    auto account = words::account(&BalanceOptions::account);
    account.required = false;
    return {
        account,
        bind(
            {.name = "--as-of",
             .value = "INSTANT",
             .help = "time of the balance; default known-at"},
            &BalanceOptions::as_of
        ),
        bind(
            {.name = "--known-at",
             .value = "INSTANT",
             .help = "by what was known then; default now"},
            &BalanceOptions::known_at
        ),
        bind(
            {.name = "--watch",
             .value = "SECONDS",
             .help = "show it again as it changes; default every 5",
             .value_optional = true},
            &BalanceOptions::watch
        ),
        bind({.name = "--all", .help = "list all accounts"}, &BalanceOptions::all),
        bind(
            {.name = "--below", .value = "AMOUNT", .help = "with --all: only posted below this"},
            &BalanceOptions::below
        ),
        bind({.name = "--no-record", .help = "do not keep the answer"}, &BalanceOptions::no_record),
    };
}

}  // namespace

cli::Command balance_command() {
    cli::Spec spec;
    spec.path = {"balance"};
    spec.summary = "tell a customer's balance and how long it will last";
    spec.description =
        "The posted balance, less settled usage that is not charged yet, less an estimate for the "
        "hours without settled readings; with a forecast and what else a caller asks. Every answer "
        "is kept, and can be given again as it was known. Only the provider of record may ask.";
    spec.words = balance_words();
    spec.fields = balance_fields();
    spec.records = true;
    spec.examples = {
        {"usagectl balance A-1001", "one screen for a call"},
        {"usagectl balance A-1001 --json=balance,forecast", "for a script"},
        {"usagectl balance A-1001 --known-at 2026-11-20T14:00:00Z", "what was told then, again"},
        {"usagectl balance --all --below 10.00", "whose money is nearly gone"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account, or was none"},
        {Exit::refused, "the asker is not the provider of record, or the time is not yet"},
        {Exit::interrupted, "a watch was ended"},
    };
    return cli::command<BalanceOptions>(std::move(spec), run);
}

}  // namespace usagectl
