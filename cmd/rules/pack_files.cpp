// SPDX-License-Identifier: MIT
#include "rules/pack_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/counties.hpp"
#include "cli/files.hpp"

namespace usagectl {

namespace {

namespace fs = std::filesystem;

Error unreadable(const std::string& path, const std::string& why) {
    return {
        Exit::unavailable,
        "rules_unreadable",
        "cannot read rule packs from " + path + ": " + why,
        "usagectl config explain rules.directory tells where it is set"};
}

// The *.toml files of a folder, by name.
Result<std::vector<std::string>> toml_files(const std::string& directory) {
    std::vector<std::string> paths;
    std::error_code error;
    fs::directory_iterator at(directory, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
        const auto& path = at->path();
        if (path.extension() == ".toml" && path.filename().string().front() != '.')
            paths.push_back(path.string());
    }
    if (error)
        return tl::unexpected(unreadable(directory, error.message()));
    std::sort(paths.begin(), paths.end());
    return paths;
}

Result<app::RulePacks> load(const std::string& directory) {
    std::vector<app::PackText> files;
    if (!directory.empty()) {
        const auto paths = toml_files(directory);
        if (!paths)
            return tl::unexpected(paths.error());
        for (const auto& path : *paths) {
            auto text = cli::read_small_file(path);
            if (!text)
                return tl::unexpected(unreadable(path, text.error().message));
            files.push_back({path, std::move(*text)});
        }
    }
    return app::RulePacks::load(files);
}

}  // namespace

app::RulePacks rule_packs(const cli::Context& context) {
    return context.must(load(context.settings.text("rules.directory")));
}

std::vector<std::string>
county_warnings(const cli::Context& context, const std::string& state, const std::string& county) {
    if (state.empty() || county.empty())
        return {};
    const auto packs = load(context.settings.text("rules.directory"));
    if (!packs)
        return {};
    const auto found = app::find_county(*packs, state, county);
    if (found.is != app::CountyIs::missing)
        return {};
    return {found.sentence()};
}

std::vector<std::string> rule_pack_names(const Result<cli::Settings>& settings) {
    auto packs = load(settings ? settings->text("rules.directory") : std::string());
    if (!packs)
        packs = load({});
    std::vector<std::string> names;
    for (const auto& pack : packs->all())
        names.push_back(pack.file.pack.name);
    return names;
}

app::PackText read_pack_file(const cli::Context& context, const std::string& path) {
    auto text = cli::read_small_file(path);
    if (text)
        return {path, std::move(*text)};
    auto error = std::move(text.error());
    error.code = error.exit == Exit::not_found ? "file_missing" : "file_unreadable";
    context.fail(std::move(error));
}

}  // namespace usagectl
