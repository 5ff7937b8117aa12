// SPDX-License-Identifier: MIT
#include "ingest/pick_up.hpp"

#include <array>
#include <mutex>
#include <utility>

#include "cli/values.hpp"

namespace usagectl {

namespace {

constexpr std::array<std::string_view, 3> schemes{"sftp://", "ftps://", "https://"};
constexpr std::array<std::string_view, 4> open_schemes{"ftp://", "http://", "scp://", "tftp://"};

template <class Schemes>
bool begins_with_one(const Schemes& schemes_, std::string_view word) {
    for (const auto scheme : schemes_) {
        if (word.starts_with(scheme))
            return true;
    }
    return false;
}

std::string property(const cli::Source& source, std::string_view name) {
    const auto found = source.find(name);
    return found == source.end() ? std::string() : found->second;
}

std::string held_by(const cli::Source& source) {
    const auto holds = property(source, "holds");
    return holds.empty() ? "readings" : holds;
}

std::string staging_folder(const cli::Context& context) {
    if (const auto& own = context.settings.text("ingest.staging"); !own.empty())
        return own;
    const auto state = context.environment("XDG_STATE_HOME");
    if (state && !state->empty())
        return *state + "/usagectl/incoming";
    const auto home = context.environment("HOME");
    if (home && !home->empty())
        return *home + "/.local/state/usagectl/incoming";
    context.fail({
        Exit::usage,
        "staging_unusable",
        "there is no home directory to keep fetched files in",
        "usagectl config set ingest.staging DIRECTORY",
    });
}

// Lines said in the thread that fetches, kept until the one that owns the streams writes them.
class HeldLines {
public:
    void add(const std::string& line) {
        const std::scoped_lock lock(mutex_);
        lines_.push_back(line);
    }
    void write(const cli::Context& context) {
        std::unique_lock lock(mutex_);
        const auto lines = std::exchange(lines_, {});
        lock.unlock();
        for (const auto& line : lines)
            context.note(line);
    }

private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace

bool is_remote_source(const cli::Context& context, const std::string& word) {
    if (begins_with_one(open_schemes, word)) {
        context.fail({
            Exit::usage,
            "source_insecure",
            word.substr(0, word.find("://")) + " shows everything to everybody on the way",
            "use sftp://, ftps:// or https://",
        });
    }
    return word.starts_with('@') || begins_with_one(schemes, word);
}

PickUps::PickUps(cli::Context& context, const RemoteWords& words, std::string_view holds)
    : context_(context)
    , words_(words)
    , holds_(holds) {
    if (words.archive && words.remove) {
        context.fail({Exit::usage, "afterwards_twice", "--archive and --delete exclude each other"}
        );
    }
}

void PickUps::add(const std::string& word) {
    if (!word.starts_with('@')) {
        sources_.push_back(with_words({{"url", word}}));
        return;
    }
    const auto& known = context_.settings.sources();
    const auto found = known.find(word.substr(1));
    if (found == known.end()) {
        context_.fail({
            Exit::not_found,
            "source_unknown",
            "the configuration has no source " + word.substr(1),
            "add a table [source." + word.substr(1) + "] with its url",
        });
    }
    if (held_by(found->second) != holds_) {
        context_.fail({
            Exit::usage,
            "source_holds_other",
            "the source " + word.substr(1) + " holds " + held_by(found->second) + ", not " +
                std::string(holds_),
            "holds = \"" + std::string(holds_) + "\" in its table says otherwise",
        });
    }
    sources_.push_back(with_words(found->second));
}

void PickUps::add_all() {
    for (const auto& [name, source] : context_.settings.sources()) {
        if (held_by(source) == holds_)
            sources_.push_back(with_words(source));
    }
    if (sources_.empty()) {
        context_.fail({
            Exit::not_found,
            "source_unknown",
            "the configuration has no source of " + std::string(holds_),
            "add a table [source.NAME] with its url",
        });
    }
}

cli::Source PickUps::with_words(cli::Source source) const {
    const auto set = [&](std::string_view name, const std::optional<std::string>& word) {
        if (word)
            source.insert_or_assign(std::string(name), *word);
    };
    set("pattern", words_.pattern);
    set("archive", words_.archive);
    set("identity_file", words_.identity_file);
    set("known_hosts", words_.known_hosts);
    set("host_key_sha256", words_.host_key);
    set("ca_file", words_.ca_file);
    set("password_file", words_.password_file);
    if (words_.archive)
        source.insert_or_assign("afterwards", "archive");
    if (words_.remove)
        source.insert_or_assign("afterwards", "delete");
    if (property(source, "url").empty()) {
        context_.fail(
            {Exit::usage, "source_without_url", "a source has no url", "url = \"sftp://…\""}
        );
    }
    return source;
}

std::string PickUps::shown_url(const cli::Source& source) const {
    return context_.stores.mask(property(source, "url"));
}

app::PickUp PickUps::wish_of(const cli::Source& source) const {
    app::PickUp wish;
    if (const auto pattern = property(source, "pattern"); !pattern.empty())
        wish.pattern = pattern;
    wish.archive = property(source, "archive");
    const auto afterwards = property(source, "afterwards");
    if (afterwards == "delete")
        wish.afterwards = app::Afterwards::remove;
    else if (!wish.archive.empty() && afterwards != "leave")
        wish.afterwards = app::Afterwards::archive;
    else if (afterwards == "archive")
        context_.fail({
            Exit::usage,
            "archive_unnamed",
            shown_url(source) + " is to be archived, and no folder is named",
            "archive = \"FOLDER\"",
        });
    wish.staging = staging_folder(context_);
    wish.dry_run = context_.globals.dry_run;
    wish.settle = std::chrono::seconds(context_.settings.integer("ingest.settle_seconds"));
    return wish;
}

void PickUps::run(const Taking& taking) {
    HeldLines log;
    cli::NetworkUse use{
        context_.settings,
        context_.environment,
        context_.clock,
        context_.interrupted,
        {},
        static_cast<int>(words_.password_fd)};
    if (context_.globals.verbose)
        use.log = [&log](const std::string& line) { log.add(line); };
    auto telling = taking.observer;
    telling.fetching = [&](const std::string& name, auto done, auto size) {
        log.write(context_);
        if (taking.observer.fetching)
            taking.observer.fetching(name, done, size);
    };
    for (const auto& source : sources_) {
        try {
            take(source, use, taking, telling);
        } catch (...) {
            log.write(context_);
            throw;
        }
        log.write(context_);
    }
}

void PickUps::take(
    const cli::Source& source,
    const cli::NetworkUse& use,
    const Taking& taking,
    const app::PickUpObserver& observer
) {
    auto wish = wish_of(source);
    wish.purpose = taking.purpose;
    std::optional<Error> ended;
    std::string shown = shown_url(source);
    try {
        const auto folder = context_.network.folder(source, use);
        shown = folder->shown();
        auto answer =
            app::pick_up(context_.store(), *folder, wish, taking.take, context_.clock, observer);
        for (const auto& file : answer.taken.left)
            left_.push_back(file.path + ": " + file.reason);
        known_ += answer.taken.known;
        ended = std::move(answer.ended);
    } catch (const Failure& failure) {
        ended = failure.error();
    }
    if (ended)
        taking.failed(shown, std::move(*ended));
}

}  // namespace usagectl
