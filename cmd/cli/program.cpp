// SPDX-License-Identifier: MIT
#include "cli/program.hpp"

#include <algorithm>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace usagectl::cli {

namespace {

bool plain(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
}

bool runnable(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           ::access(path.c_str(), X_OK) == 0;
}

bool holds_secret(const std::string& url, std::size_t at) {
    return url.compare(at, 9, "password=") == 0 || url.compare(at, 12, "sslpassword=") == 0;
}

// Drops the parameters of the query part that hold a password.
std::string without_password_parameter(std::string url) {
    auto at = url.find('?');
    while (at != std::string::npos) {
        if (holds_secret(url, at + 1)) {
            const auto end = url.find('&', at + 1);
            if (end == std::string::npos)
                return url.substr(0, at);
            url.erase(at + 1, end - at);
        } else {
            at = url.find('&', at + 1);
        }
    }
    return url;
}

}  // namespace

std::optional<std::string> find_program(const std::string& name, const Environment& environment) {
    if (!plain(name))
        return std::nullopt;
    const auto path = environment("PATH").value_or("");
    std::string_view rest = path;
    while (!rest.empty()) {
        const auto colon = rest.find(':');
        const auto directory = rest.substr(0, colon);
        rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
        if (directory.empty() || directory.front() != '/')
            continue;
        auto candidate = std::string(directory) + "/" + name;
        if (runnable(candidate))
            return candidate;
    }
    return std::nullopt;
}

std::string without_password(const std::string& url) {
    const auto scheme = url.find("://");
    if (scheme == std::string::npos)
        return url;
    auto out = url;
    const auto begin = scheme + 3;
    const auto end = std::min(out.find_first_of("/?#", begin), out.size());
    const auto at = out.rfind('@', end);
    const auto colon = out.find(':', begin);
    if (at != std::string::npos && at >= begin && colon < at)
        out.erase(colon, at - colon);
    return without_password_parameter(std::move(out));
}

std::vector<std::pair<std::string, std::string>>
program_variables(const Settings& settings, const GlobalOptions& options) {
    std::vector<std::pair<std::string, std::string>> variables;
    for (const auto& spec : setting_specs()) {
        const auto variable = setting_variable(spec.key);
        const auto& setting = settings.explain(spec.key);
        // What came in by the variable is there already.
        if (setting.origin == variable || setting.value.empty())
            continue;
        const bool url = spec.key == "datastore";
        variables.emplace_back(variable, url ? without_password(setting.value) : setting.value);
    }
    if (options.config)
        variables.emplace_back("USAGECTL_CONFIG", *options.config);
    if (settings.profile())
        variables.emplace_back("USAGECTL_PROFILE", *settings.profile());
    return variables;
}

}  // namespace usagectl::cli
