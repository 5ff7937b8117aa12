// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include "cli/text.hpp"

namespace usagectl::cli {

const Registered* find_command(std::span<const Registered> registry, std::string_view path) {
    for (const auto& command : registry) {
        if (command.path == path)
            return &command;
    }
    return nullptr;
}

std::string_view noun_of(const Registered& command) {
    return command.path.substr(0, command.path.find(' '));
}

std::vector<const Registered*>
verbs_of(std::span<const Registered> registry, std::string_view noun) {
    std::vector<const Registered*> verbs;
    for (const auto& command : registry) {
        const auto& path = command.path;
        if (path.size() > noun.size() && path.starts_with(noun) && path[noun.size()] == ' ')
            verbs.push_back(&command);
    }
    return verbs;
}

std::vector<std::string_view> nouns(std::span<const Registered> registry) {
    std::vector<std::string_view> names;
    for (const auto& command : registry) {
        if (is_hidden(command))
            continue;
        if (names.empty() || names.back() != noun_of(command))
            names.push_back(noun_of(command));
    }
    return names;
}

bool is_hidden(const Registered& command) {
    return command.path.substr(0, 2) == "__";
}

std::string path_text(const Spec& spec) {
    return join(spec.path, " ");
}

}  // namespace usagectl::cli
