// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include <memory>
#include <ostream>

#include "base/assert.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/print.hpp"
#include "cli/program.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

template <class T>
T must(Result<T> result) {
    if (!result)
        throw Refusal(std::move(result.error()));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

// The system's clock until the store is known to be a sandbox that was given another time.
class SettledClock final : public Clock {
public:
    SettledClock(const Clock& system, const Environment& environment)
        : system_(system) {
        const auto text = environment("USAGECTL_NOW");
        if (!text || text->empty())
            return;
        auto instant = parse_instant(*text);
        if (!instant) {
            instant.error().message = "USAGECTL_NOW: " + instant.error().message;
            malformed_ = instant.error();
        }
        wanted_ = instant.value_or(Instant{});
    }

    [[nodiscard]] Instant now() const override {
        // Otherwise one command could see two times.
        USAGECTL_ASSERT(!wanted_ || settled_);
        return wanted_ ? *wanted_ : system_.now();
    }

    [[nodiscard]] bool is_asked_for() const { return wanted_.has_value(); }

    void settle(bool sandbox) {
        if (malformed_)
            throw Refusal(*malformed_);
        if (wanted_ && !sandbox) {
            throw Refusal(
                {Exit::refused,
                 "clock_not_sandbox",
                 "USAGECTL_NOW is set, and this datastore is not a sandbox",
                 "unset USAGECTL_NOW, or use a store made with usagectl db init --sandbox"}
            );
        }
        settled_ = true;
    }

private:
    const Clock& system_;
    std::optional<Instant> wanted_;
    std::optional<Error> malformed_;
    bool settled_ = false;
};

// The datastore a command runs on, opened when it is first asked for.
class OneStore {
public:
    OneStore(const Settings& settings, Stores& stores, SettledClock& clock)
        : settings_(settings)
        , stores_(stores)
        , clock_(clock) {}

    [[nodiscard]] const std::string& url() const {
        const auto& url = settings_.text("datastore");
        if (url.empty()) {
            throw Refusal(
                {Exit::usage,
                 "datastore_unset",
                 "no datastore is named, and there is no home directory to keep one in",
                 "pass --db, or set USAGECTL_DB"}
            );
        }
        return url;
    }
    app::Store& get() {
        if (store_)
            return *store_;
        Stores::Look look;
        // Nothing may be made, nor any time read, before it is known which time holds.
        if (clock_.is_asked_for())
            look = [this](bool sandbox) { clock_.settle(sandbox); };
        auto opened = stores_.open(url(), look);
        clock_.settle(opened->sandbox());
        store_ = std::move(opened);
        return *store_;
    }

private:
    const Settings& settings_;
    Stores& stores_;
    SettledClock& clock_;
    std::unique_ptr<app::Store> store_;
};

std::string pager_command(const Settings& settings, const Environment& environment) {
    if (const auto& command = settings.text("pager"); !command.empty())
        return command;
    const auto pager = environment("PAGER");
    return pager && !pager->empty() ? *pager : "less -FRX";
}

Settings load_settings(const Spec& spec, const GlobalOptions& options, const Host& host) {
    if (spec.bare) {
        const Environment nothing = [](std::string_view) { return std::nullopt; };
        return must(Settings::read(nothing, {}, std::nullopt));
    }
    auto settings = must(Settings::load(host.environment, options.config, options.profile));
    if (options.db)
        settings.override_with("datastore", *options.db, "option --db");
    return settings;
}

void refuse_for_readers(const Given& given, const Spec& spec) {
    if (!for_changes_only(*given.word) || spec.changes)
        return;
    throw Refusal(
        {Exit::usage,
         "option_not_taken",
         path_text(spec) + " changes nothing and takes no " + std::string(given.word->name)}
    );
}

// The words of one line: the command's own come before global ones of the same name.
class Line {
public:
    Line(const Command& command, Located located)
        : spec_(command.spec)
        , options_(command.make_options())
        , address_(command.address(options_))
        , located_(std::move(located)) {
        for (const auto& word : spec_.words)
            words_.push_back(&word);
        for (const auto& word : global_words()) {
            if (own(word.name) == nullptr)
                words_.push_back(&word);
        }
    }

    // What is global, so that --help and --json= can be answered before anything is required.
    void read() {
        if (spec_.raw) {
            tokens_.rest = located_.arguments;
        } else {
            tokens_ = must(tokenise(words_, located_.arguments, Until::end));
        }
        auto given = std::move(located_.early);
        given.insert(given.end(), tokens_.given.begin(), tokens_.given.end());
        tokens_.given.clear();
        for (auto& one : given) {
            const auto* word = own(one.word->name);
            if (word != nullptr) {
                tokens_.given.push_back({word, one.value});
            } else {
                refuse_for_readers(one, spec_);
                must(assign_global(one, located_.options));
            }
        }
    }
    void fill() {
        if (!tokens_.unknown.empty())
            throw Refusal(unknown_option(tokens_.unknown.front(), words_));
        for (const auto& given : tokens_.given) {
            must(assign(*given.word, given.value.value_or(""), address_));
        }
        must(assign_arguments(spec_, tokens_.rest, tokens_.given, address_));
    }

    [[nodiscard]] const GlobalOptions& globals() const { return located_.options; }
    [[nodiscard]] const std::any& options() const { return options_; }

private:
    [[nodiscard]] const Word* own(std::string_view name) const {
        for (const auto& word : spec_.words) {
            if (word.name == name)
                return &word;
        }
        return nullptr;
    }

    const Spec& spec_;
    std::any options_;
    void* address_;
    Located located_;
    std::vector<const Word*> words_;
    Tokens tokens_;
};

Exit run_with(
    const Command& command,
    const Line& line,
    const std::vector<std::string>& arguments,
    Host& host,
    ReportStyle& style
) {
    const auto& spec = command.spec;
    const auto settings = load_settings(spec, line.globals(), host);
    auto globals =
        must(resolve(line.globals(), spec.bare ? nullptr : &settings, host.environment, host.io));
    style.json = style.json || globals.format == "json" || globals.format == "jsonl";
    style.quiet = globals.quiet;
    if (spec.changes || spec.records) {
        globals.os_user = host.os_user();
        if (globals.actor.empty())
            globals.actor = globals.os_user;
    }
    const auto printer =
        must(Printer::make(spec, globals, host.io, pager_command(settings, host.environment)));
    SettledClock clock(host.clock, host.environment);
    OneStore store(settings, host.stores, clock);
    host.stores.prepare(clock, settings.explain("datastore").origin == "default");
    Context context{
        .io = host.io,
        .globals = globals,
        .settings = settings,
        .spec = spec,
        .arguments = arguments,
        .clock = clock,
        .registry = host.registry,
        .environment = host.environment,
        .store = [&store]() -> app::Store& { return store.get(); },
        .store_url = [&] { return host.stores.mask(store.url()); },
        .secret_store_url = [&store] { return store.url(); },
        .stores = host.stores,
        .network = host.network,
        .settle_clock = [&clock](bool sandbox) { clock.settle(sandbox); },
        .print = [&printer](
                     Json root, const Context::View& view
                 ) { printer.print(std::move(root), view); },
        .stream = [&printer](
                      Json root, const Context::StreamView& view, const Printer::Produce& produce
                  ) { printer.stream(std::move(root), view, produce); },
        .note =
            [&](std::string_view text) {
                if (!globals.quiet)
                    host.io.err << harmless(text) << '\n';
            },
        .progress =
            [&](std::string label, std::uint64_t total) {
                const bool shown = host.io.err_is_terminal && !globals.quiet;
                return Progress(
                    shown ? &host.io.err : nullptr,
                    host.steady,
                    std::move(label),
                    total,
                    host.io.width
                );
            },
        .interrupted = host.interrupted,
    };
    return command.run(line.options(), context);
}

}  // namespace

Exit run_command(Located located, Host& host, ReportStyle& style) {
    const auto command = located.command->declare();
    const auto arguments = located.arguments;
    Line line(command, std::move(located));
    line.read();
    if (line.globals().help) {
        host.io.out << command_help(command.spec);
        return Exit::done;
    }
    if (line.globals().json == "") {
        Printer::list_fields(command.spec, host.io.out);
        return Exit::done;
    }
    line.fill();
    return run_with(command, line, arguments, host, style);
}

int run_program(const Located& located, Host& host) {
    auto settings =
        must(Settings::load(host.environment, located.options.config, located.options.profile));
    if (located.options.db) {
        settings.override_with("datastore", *located.options.db, "option --db");
    }
    host.io.out.flush();
    return host.become(
        {*located.program, located.arguments, program_variables(settings, located.options)}
    );
}

}  // namespace usagectl::cli
