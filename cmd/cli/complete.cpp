// SPDX-License-Identifier: MIT
#include "cli/complete.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "cli/commands.hpp"
#include "cli/globals.hpp"
#include "cli/settings.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

bool begins(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

// The line up to the cursor, read as the parser will read it, but forgiving everything.
class Line {
public:
    explicit Line(const CompletionSources& sources)
        : sources_(sources) {}

    void read(std::vector<std::string> words) {
        words_ = std::move(words);
        for (std::size_t at = 0; at < words_.size(); ++at) {
            pending_ = nullptr;
            if (options_ended_ || words_[at].size() < 2 || words_[at][0] != '-') {
                read_argument(at);
            } else if (words_[at] == "--") {
                options_ended_ = true;
            } else {
                read_option(at);
            }
        }
    }

    [[nodiscard]] const Word* find(std::string_view name) const {
        const auto matches = [name](const Word& word) {
            return word.name == name ||
                   (word.letter != 0 && name.size() == 2 && name[1] == word.letter);
        };
        if (command_) {
            for (const auto& word : command_->spec.words) {
                if (is_option(word) && matches(word))
                    return &word;
            }
        }
        for (const auto& word : global_words()) {
            if (matches(word))
                return &word;
        }
        return nullptr;
    }
    [[nodiscard]] const Word* argument() const {
        auto left = arguments_.size();
        for (const auto& word : command_->spec.words) {
            if (is_option(word))
                continue;
            if (left == 0 || word.repeatable)
                return &word;
            --left;
        }
        return nullptr;
    }
    [[nodiscard]] const std::optional<Command>& command() const { return command_; }
    [[nodiscard]] const std::string& noun() const { return noun_; }
    [[nodiscard]] const Word* pending() const { return pending_; }
    // No command has the name that was typed: nothing sensible can be offered.
    [[nodiscard]] bool lost() const { return lost_; }
    [[nodiscard]] bool options_ended() const { return options_ended_; }
    [[nodiscard]] const std::string& db() const { return db_; }
    [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }

private:
    void read_option(std::size_t& at) {
        const auto& text = words_[at];
        const auto equals = text.find('=');
        const auto* word = find(text.substr(0, equals));
        if (word == nullptr || is_flag(*word) || word->value_optional)
            return;
        if (equals != std::string::npos) {
            note_value(*word, text.substr(equals + 1));
        } else if (at + 1 == words_.size()) {
            pending_ = word;
        } else {
            note_value(*word, words_[++at]);
        }
    }
    void note_value(const Word& word, std::string value) {
        if (word.name == "--db")
            db_ = std::move(value);
    }

    void read_argument(std::size_t at) {
        const auto& word = words_[at];
        if (command_) {
            arguments_.push_back(word);
            return;
        }
        auto path = noun_.empty() ? word : noun_ + " " + word;
        if (const auto* found = find_command(sources_.registry, path)) {
            command_ = found->declare();
        } else if (verbs_of(sources_.registry, path).empty()) {
            lost_ = !expand(at) || lost_;
            return;
        }
        noun_ = std::move(path);
    }
    // The words an alias stands for take its place. Each line needs one alias at most.
    bool expand(std::size_t at) {
        if (!noun_.empty() || std::exchange(expanded_, true))
            return false;
        const auto name = words_[at];
        for (const auto& [alias, text] : sources_.aliases()) {
            std::vector<std::string> words;
            if (alias != name || !split_words(text, words))
                continue;
            const auto place = words_.begin() + static_cast<std::ptrdiff_t>(at) + 1;
            words_.insert(place, words.begin(), words.end());
            return true;
        }
        return false;
    }

    const CompletionSources& sources_;
    std::optional<Command> command_;
    std::string noun_;
    std::vector<std::string> arguments_;
    std::string db_;
    const Word* pending_ = nullptr;
    std::vector<std::string> words_;
    bool options_ended_ = false;
    bool expanded_ = false;
    bool lost_ = false;
};

class Completer {
public:
    Completer(const Line& line, std::string_view current, const CompletionSources& sources)
        : line_(line)
        , current_(current)
        , sources_(sources) {}

    Completion run() {
        const auto equals = current_.find('=');
        const bool option = !line_.options_ended() && begins(current_, "-");
        if (line_.pending() != nullptr) {
            value(*line_.pending());
        } else if (option && begins(current_, "--") && equals != std::string_view::npos) {
            value_after_equals(equals);
        } else if (option) {
            options();
        } else if (line_.command()) {
            if (const auto* word = line_.argument()) {
                value(*word);
            } else {
                answer_.directive = Directive::none;
            }
        } else if (!line_.lost()) {
            command_words();
        }
        return std::move(answer_);
    }

private:
    void offer(std::string_view text, std::string_view help = {}) {
        if (begins(text, current_)) {
            answer_.candidates.push_back({prefix_ + std::string(text), std::string(help)});
        }
    }

    // The next word of each command below a noun; one that more words follow is offered once.
    void verbs(const std::string& noun) {
        std::string_view last;
        for (const auto* command : verbs_of(sources_.registry, noun)) {
            const auto rest = command->path.substr(noun.size() + 1);
            const auto word = rest.substr(0, rest.find(' '));
            if (word != last)
                offer(word, word == rest ? command->summary : "commands");
            last = word;
        }
    }

    void command_words() {
        if (!line_.noun().empty()) {
            verbs(line_.noun());
            return;
        }
        for (const auto noun : nouns(sources_.registry)) {
            const auto* command = find_command(sources_.registry, noun);
            offer(noun, command == nullptr ? "commands" : command->summary);
        }
        for (const auto& [alias, text] : sources_.aliases())
            offer(alias, "alias: " + text);
    }

    void options() {
        if (line_.command()) {
            for (const auto& word : line_.command()->spec.words) {
                if (is_option(word) && !word.hidden)
                    offer(word.name, word.help);
            }
        }
        const bool changes = !line_.command() || line_.command()->spec.changes;
        for (const auto& word : global_words()) {
            if (changes || !for_changes_only(word))
                offer(word.name, word.help);
        }
    }

    void value_after_equals(std::size_t equals) {
        const auto* word = line_.find(current_.substr(0, equals));
        if (word == nullptr || is_flag(*word)) {
            answer_.directive = Directive::none;
            return;
        }
        prefix_ = std::string(current_.substr(0, equals + 1));
        current_.remove_prefix(equals + 1);
        value(*word);
    }

    void value(const Word& word) {
        if (word.name == "--json") {
            fields();
            return;
        }
        if (!word.choices.empty()) {
            for (const auto choice : word.choices)
                offer(choice);
            return;
        }
        switch (word.complete) {
        case Complete::none:
            answer_.directive = Directive::none;
            break;
        case Complete::file:
            answer_.directive = Directive::files;
            break;
        case Complete::directory:
            answer_.directive = Directive::directories;
            break;
        case Complete::account:
        case Complete::agent:
        case Complete::card_batch:
        case Complete::meter:
        case Complete::tariff:
            for (const auto& name : sources_.names(word.complete, current_, line_.db()))
                offer(name);
            break;
        case Complete::rule_pack:
            for (const auto& name : sources_.rule_packs())
                offer(name);
            break;
        case Complete::timezone:
            for (const auto& name : sources_.timezones())
                offer(name);
            break;
        case Complete::command:
            commands();
            break;
        case Complete::config_key:
            for (const auto& spec : setting_specs())
                offer(spec.key, spec.help);
            break;
        case Complete::config_value:
            setting_values();
            break;
        }
    }

    // The next word of a command's path, after those that are there.
    void commands() {
        if (line_.arguments().empty()) {
            for (const auto noun : nouns(sources_.registry)) {
                const auto* command = find_command(sources_.registry, noun);
                offer(noun, command == nullptr ? "commands" : command->summary);
            }
            return;
        }
        std::string noun;
        for (const auto& word : line_.arguments())
            noun += (noun.empty() ? "" : " ") + word;
        verbs(noun);
    }

    // FIELDS is a list: the last of them is completed.
    void fields() {
        if (!line_.command()) {
            answer_.directive = Directive::none;
            return;
        }
        const auto comma = current_.rfind(',');
        if (comma != std::string_view::npos) {
            prefix_ += current_.substr(0, comma + 1);
            current_.remove_prefix(comma + 1);
        }
        for (const auto& field : line_.command()->spec.fields) {
            std::string path;
            for (const char c : field.path) {
                if (c != '[' && c != ']')
                    path += c;
            }
            offer(path, field.help);
        }
    }

    void setting_values() {
        const auto* spec =
            line_.arguments().empty() ? nullptr : find_setting(line_.arguments().front());
        if (spec != nullptr && spec->key == "timezone") {
            for (const auto& name : sources_.timezones())
                offer(name);
        } else if (spec != nullptr && !spec->choices.empty()) {
            for (const auto choice : spec->choices)
                offer(choice);
        } else if (spec != nullptr && spec->type == "boolean") {
            offer("true");
            offer("false");
        } else if (spec != nullptr && spec->key == "datastore") {
            answer_.directive = Directive::files;
        } else {
            answer_.directive = Directive::none;
        }
    }

    const Line& line_;
    std::string_view current_;
    const CompletionSources& sources_;
    std::string prefix_;
    Completion answer_;
};

}  // namespace

std::string_view to_string(Directive directive) {
    switch (directive) {
    case Directive::words:
        return "words";
    case Directive::files:
        return "files";
    case Directive::directories:
        return "dirs";
    case Directive::none:
        break;
    }
    return "none";
}

Completion
complete(std::span<const std::string> words, std::size_t cursor, const CompletionSources& sources) {
    if (cursor == 0 || cursor > words.size())
        return {Directive::none, {}};
    const std::string current = cursor < words.size() ? words[cursor] : std::string();
    Line line(sources);
    const auto before = words.subspan(1, cursor - 1);
    line.read({before.begin(), before.end()});
    return Completer(line, current, sources).run();
}

}  // namespace usagectl::cli
