// SPDX-License-Identifier: MIT
#include "support/sample_commands.hpp"

#include "base/assert.hpp"
#include "cli/values.hpp"

namespace usagectl::test {

namespace {

using cli::bind;
using cli::Json;

struct ShowOptions {
    std::string meter;
    std::vector<std::string> extras;
    std::optional<LocalDay> from;
    std::optional<std::string> plot;
    std::string by = "day";
    std::int64_t limit = 10;
    std::vector<std::string> tags;
    bool flag = false;
};

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Exit show(const ShowOptions& options, cli::Context& context) {
    Json root;
    root["meter"] = options.meter;
    root["extras"] = options.extras;
    root["from"] = options.from ? Json(format_day(*options.from)) : Json(nullptr);
    root["plot"] = or_null(options.plot);
    root["by"] = options.by;
    root["limit"] = options.limit;
    root["tags"] = options.tags;
    root["flag"] = options.flag;
    root["quota"] = {{"limit", 3}, {"used", nullptr}};
    context.print(std::move(root), {});
    return Exit::done;
}

cli::Command show_command() {
    cli::Spec spec;
    spec.path = {"echo", "show"};
    spec.summary = "answer with what was given";
    spec.words = {
        bind(
            {.name = "METER",
             .help = "a meter",
             .complete = cli::Complete::meter,
             .required = true},
            &ShowOptions::meter
        ),
        bind(
            {.name = "EXTRA", .help = "more", .complete = cli::Complete::file, .repeatable = true},
            &ShowOptions::extras
        ),
        bind({.name = "--from", .value = "DATE", .help = "first day"}, &ShowOptions::from),
        bind(
            {.name = "--plot", .value = "FILE", .help = "draw", .value_optional = true},
            &ShowOptions::plot
        ),
        bind(
            {.name = "--by",
             .letter = 'b',
             .value = "UNIT",
             .help = "size of a step",
             .choices = {"interval", "hour", "day", "month"},
             .default_text = "day"},
            &ShowOptions::by
        ),
        cli::bind_between(
            {.name = "--limit", .value = "N", .help = "at most so many"},
            &ShowOptions::limit,
            1,
            1000
        ),
        bind(
            {.name = "--tag", .value = "TAG", .help = "any number", .repeatable = true},
            &ShowOptions::tags
        ),
        bind({.name = "--flag", .letter = 'f', .help = "on or off"}, &ShowOptions::flag),
    };
    spec.fields = {
        {"meter", "string", "as given"},
        {"extras", "array", "as given"},
        {"from", "date", "as given", true},
        {"plot", "string", "as given", true},
        {"by", "string", "as given"},
        {"limit", "integer", "as given"},
        {"tags", "array", "as given"},
        {"flag", "boolean", "as given"},
        {"quota.limit", "integer", "an inner field"},
        {"quota.used", "integer", "another", true},
    };
    spec.examples = {{"usagectl echo show 1 --by hour", "an example"}};
    return cli::command<ShowOptions>(std::move(spec), show);
}

struct ListOptions {
    std::int64_t rows = 3;
    bool stream = false;
    bool undeclared = false;
};

Json row(std::int64_t number) {
    const std::string awkward = number == 2 ? "tab\there, \"quoted\"\nnext" : "plain";
    Json item{{"number", number}, {"name", awkward}, {"inner", {{"deep", nullptr}}}};
    if (number == 3)
        item["name"] = "Zähler 電気";
    return item;
}

Exit list(const ListOptions& options, cli::Context& context) {
    const std::vector<cli::Column> columns{{"number", "NUMBER", true}, {"name", "NAME"}};
    if (options.stream) {
        const cli::Context::StreamView view{
            columns, {"heading"}, [] { return std::vector<std::string>{"footing"}; }};
        context.stream({{"total", 7}}, view, [&](const cli::Context::Emit& emit) {
            for (std::int64_t number = 1; number <= options.rows; ++number)
                emit(row(number));
        });
        return Exit::done;
    }
    auto items = Json::array();
    for (std::int64_t number = 1; number <= options.rows; ++number)
        items.push_back(row(number));
    if (options.undeclared)
        items.back()["surprise"] = 1;
    context.print(
        {{"items", std::move(items)}, {"total", 7}},
        {.columns = columns, .heading = {"heading"}, .footing = {"footing"}}
    );
    return Exit::done;
}

cli::Command list_command() {
    cli::Spec spec;
    spec.path = {"echo", "list"};
    spec.summary = "answer with rows";
    spec.words = {
        cli::bind_between(
            {.name = "--rows", .value = "N", .help = "how many"}, &ListOptions::rows, 0, 1'000'000
        ),
        bind({.name = "--stream", .help = "one by one"}, &ListOptions::stream),
        bind({.name = "--undeclared", .help = "break the promise"}, &ListOptions::undeclared),
    };
    spec.fields = {
        {"items[].number", "integer", "from one"},
        {"items[].name", "string", "awkward at times"},
        {"items[].inner.deep", "string", "nothing", true},
        {"total", "integer", "seven"},
    };
    return cli::command<ListOptions>(std::move(spec), list);
}

struct ChangeOptions {};

Exit change(const ChangeOptions&, cli::Context& context) {
    context.confirm("change it all?");
    context.print(
        {{"actor", context.globals.actor},
         {"os_user", context.globals.os_user},
         {"dry_run", context.globals.dry_run},
         {"key", or_null(context.globals.idempotency_key)}},
        {}
    );
    return Exit::done;
}

cli::Command change_command() {
    cli::Spec spec;
    spec.path = {"echo", "change"};
    spec.summary = "change something";
    spec.fields = {
        {"actor", "string", "who"},
        {"os_user", "string", "who really"},
        {"dry_run", "boolean", "or not"},
        {"key", "string", "of idempotency", true},
    };
    spec.changes = true;
    return cli::command<ChangeOptions>(std::move(spec), change);
}

struct FailOptions {
    std::string what;
};

Exit fail(const FailOptions& options, cli::Context& context) {
    context.note("about to fail\x1b[2J");
    if (options.what == "refusal") {
        context.fail({Exit::refused, "quota_used_up", "the quota is used up", "try tomorrow", true}
        );
    }
    if (options.what == "failure")
        context.store();
    if (options.what == "bug")
        USAGECTL_ASSERT(options.what.empty());
    if (options.what == "throw")
        throw std::out_of_range("somewhere");
    return options.what == "interrupted" ? Exit::interrupted : Exit::check_failed;
}

cli::Command fail_command() {
    cli::Spec spec;
    spec.path = {"fail"};
    spec.summary = "fail in many ways";
    spec.words = {bind({.name = "WHAT", .help = "how", .required = true}, &FailOptions::what)};
    return cli::command<FailOptions>(std::move(spec), fail);
}

struct ClockOptions {
    bool early = false;
};

Exit clock(const ClockOptions& options, cli::Context& context) {
    if (!options.early)
        context.store();
    context.io.out << format_instant(context.clock.now()) << '\n';
    if (options.early)
        context.store();
    return Exit::done;
}

cli::Command clock_command() {
    cli::Spec spec;
    spec.path = {"clock"};
    spec.summary = "tell the time of the store";
    spec.words = {
        bind({.name = "--early", .help = "before the store is open"}, &ClockOptions::early)};
    return cli::command<ClockOptions>(std::move(spec), clock);
}

}  // namespace

std::span<const cli::Registered> sample_registry() {
    static constexpr cli::Registered commands[]{
        {"clock", "tell the time of the store", clock_command},
        {"echo change", "change something", change_command},
        {"echo list", "answer with rows", list_command},
        {"echo show", "answer with what was given", show_command},
        {"fail", "fail in many ways", fail_command},
    };
    return commands;
}

}  // namespace usagectl::test
