// SPDX-License-Identifier: MIT
#include "cli/settings.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/assert.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "cli/files.hpp"
#include "cli/settings_toml.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

std::optional<std::string> non_empty(std::optional<std::string> text) {
    return text && !text->empty() ? text : std::nullopt;
}

// XDG Base Directory Specification: a relative path in the variable is ignored.
std::optional<std::string> base_directory(
    const Environment& environment, std::string_view variable, std::string_view below_home
) {
    if (const auto set = environment(variable); set && set->rfind('/', 0) == 0)
        return set;
    if (const auto home = non_empty(environment("HOME")))
        return *home + "/" + std::string(below_home);
    return std::nullopt;
}

std::string dotted(std::span<const std::string> path) {
    std::string out;
    for (const auto& part : path)
        out += (out.empty() ? "" : ".") + part;
    return out;
}

std::vector<std::string_view> setting_keys() {
    std::vector<std::string_view> keys;
    for (const auto& spec : setting_specs())
        keys.push_back(spec.key);
    return keys;
}

}  // namespace

// Gathers the layers of one Settings, weakest first.
class SettingsReader {
public:
    SettingsReader(const Environment& environment, const std::optional<std::string>& profile)
        : environment_(environment) {
        settings_.profile_ = profile ? profile : non_empty(environment("USAGECTL_PROFILE"));
        add_defaults();
    }

    Result<void> read_file(const ConfigFile& file);
    Result<void> add_profile();
    Result<void> add_variables();
    [[nodiscard]] Settings take(std::string user_file) {
        settings_.user_file_ = std::move(user_file);
        return std::move(settings_);
    }

private:
    struct Pending {
        std::string key;
        Setting setting;
    };

    void add_defaults();
    Result<void> add(const TomlValue& value, const ConfigFile& file);
    Result<void> add_source(const TomlValue& value, const std::string& file);
    Result<Pending>
    check(const TomlValue& value, std::span<const std::string> path, const std::string& file) const;

    const Environment& environment_;
    Settings settings_;
    std::vector<Pending> profile_;  // set after every file was read: a profile beats them all
    std::vector<std::string> profile_names_;
};

void SettingsReader::add_defaults() {
    for (const auto& spec : setting_specs()) {
        settings_.override_with(spec.key, std::string(spec.fallback), "default");
    }
    if (const auto data = base_directory(environment_, "XDG_DATA_HOME", ".local/share")) {
        settings_.values_.find("datastore")->second = {
            {*data + "/usagectl/usagectl.db", "default"}};
    }
}

Result<void> SettingsReader::read_file(const ConfigFile& file) {
    auto text = read_small_file(file.path);
    if (!text) {
        const bool missing = text.error().exit == Exit::not_found;
        if (missing && !file.required)
            return {};
        return tl::unexpected(std::move(text.error()));
    }
    auto values = read_toml(*text, file.path);
    if (!values)
        return tl::unexpected(std::move(values.error()));
    for (const auto& value : *values) {
        if (auto added = add(value, file); !added)
            return added;
    }
    return {};
}

Result<void> SettingsReader::add(const TomlValue& value, const ConfigFile& file) {
    const auto where = file.path + ":" + std::to_string(value.line);
    const std::span<const std::string> path = value.path;
    if (path.front() == "alias" && path.size() == 2 && value.type == "string") {
        settings_.aliases_[path[1]] = value.text;
        return {};
    }
    if (path.front() == "source" && path.size() == 3)
        return add_source(value, file.path);
    const bool in_profile = path.front() == "profile" && path.size() > 2;
    auto pending = check(value, in_profile ? path.subspan(2) : path, file.path);
    if (!pending)
        return tl::unexpected(std::move(pending.error()));
    if (!in_profile) {
        settings_.override_with(pending->key, pending->setting.value, file.kind + " " + where);
        return {};
    }
    profile_names_.push_back(path[1]);
    if (path[1] == settings_.profile_) {
        pending->setting.origin = "profile " + path[1] + " in " + where;
        profile_.push_back(std::move(*pending));
    }
    return {};
}

Result<void> SettingsReader::add_source(const TomlValue& value, const std::string& file) {
    const auto where =
        file + ":" + std::to_string(value.line) + ":" + std::to_string(value.column) + ": ";
    const auto& property = value.path[2];
    const auto& specs = source_specs();
    const auto spec = std::find_if(specs.begin(), specs.end(), [&](const SettingSpec& known) {
        return known.key == property;
    });
    if (spec == specs.end()) {
        std::vector<std::string_view> names;
        for (const auto& known : specs)
            names.push_back(known.key);
        return refuse(
            Exit::usage,
            "config_unknown_key",
            where + usagectl::quoted(property) + " is not a property of a source",
            did_you_mean(property, names)
        );
    }
    if (value.type != spec->type) {
        return refuse(
            Exit::usage,
            "malformed_setting",
            where + property + " takes a value of type " + std::string(spec->type)
        );
    }
    if (auto checked = check_setting(*spec, value.text); !checked) {
        auto error = std::move(checked.error());
        error.message = where + error.message;
        return tl::unexpected(std::move(error));
    }
    settings_.sources_[value.path[1]][property] = value.text;
    return {};
}

Result<SettingsReader::Pending> SettingsReader::check(
    const TomlValue& value, std::span<const std::string> path, const std::string& file
) const {
    const auto where =
        file + ":" + std::to_string(value.line) + ":" + std::to_string(value.column) + ": ";
    const auto key = dotted(path);
    const auto* spec = find_setting(key);
    if (spec == nullptr) {
        return refuse(
            Exit::usage,
            "config_unknown_key",
            where + usagectl::quoted(key) + " is not a setting",
            did_you_mean(key, setting_keys())
        );
    }
    if (value.type != spec->type) {
        return refuse(
            Exit::usage,
            "malformed_setting",
            where + key + " takes a value of type " + std::string(spec->type)
        );
    }
    auto text = value.text;
    // No shell has seen this text, and a directory named `~` is never meant.
    if (key == "datastore" && text.rfind("~/", 0) == 0) {
        text = environment_("HOME").value_or("") + text.substr(1);
    }
    if (auto checked = check_setting(*spec, text); !checked) {
        auto error = std::move(checked.error());
        error.message = where + error.message;
        return tl::unexpected(std::move(error));
    }
    return Pending{key, {std::move(text), {}}};
}

Result<void> SettingsReader::add_profile() {
    for (auto& [key, setting] : profile_) {
        settings_.override_with(key, std::move(setting.value), std::move(setting.origin));
    }
    const auto& wanted = settings_.profile_;
    if (!wanted || !profile_.empty())
        return {};
    const std::vector<std::string_view> names(profile_names_.begin(), profile_names_.end());
    return refuse(
        Exit::usage,
        "profile_unknown",
        "the configuration has no profile " + usagectl::quoted(*wanted),
        did_you_mean(*wanted, names)
    );
}

Result<void> SettingsReader::add_variables() {
    for (const auto& spec : setting_specs()) {
        const auto variable = setting_variable(spec.key);
        auto value = non_empty(environment_(variable));
        if (!value)
            continue;
        if (auto checked = check_setting(spec, *value); !checked) {
            auto error = std::move(checked.error());
            error.message = variable + ": " + error.message;
            return tl::unexpected(std::move(error));
        }
        settings_.override_with(spec.key, std::move(*value), variable);
    }
    return {};
}

Result<Settings> Settings::read(
    const Environment& environment,
    std::span<const ConfigFile> files,
    const std::optional<std::string>& profile
) {
    SettingsReader reader(environment, profile);
    for (const auto& file : files) {
        if (auto done = reader.read_file(file); !done)
            return tl::unexpected(done.error());
    }
    if (auto done = reader.add_profile(); !done)
        return tl::unexpected(done.error());
    if (auto done = reader.add_variables(); !done)
        return tl::unexpected(done.error());
    return reader.take(files.empty() ? std::string() : files.back().path);
}

Result<Settings> Settings::load(
    const Environment& environment,
    const std::optional<std::string>& config_file,
    const std::optional<std::string>& profile
) {
    const auto alone = config_file ? config_file : non_empty(environment("USAGECTL_CONFIG"));
    if (alone) {
        const ConfigFile file{"file", *alone, true};
        return read(environment, {&file, 1}, profile);
    }
    std::vector<ConfigFile> files{{"system file", "/etc/usagectl/config.toml"}};
    if (const auto home = base_directory(environment, "XDG_CONFIG_HOME", ".config")) {
        files.push_back({"user file", *home + "/usagectl/config.toml"});
    }
    auto settings = read(environment, files, profile);
    // Without a home there is no user file; the system's is not ours to write.
    if (settings && files.size() == 1)
        settings->user_file_.clear();
    return settings;
}

const std::vector<Setting>& Settings::places(std::string_view key) const {
    const auto found = values_.find(key);
    USAGECTL_ASSERT(found != values_.end());
    return found->second;
}

const Setting& Settings::explain(std::string_view key) const {
    return places(key).back();
}

const std::string& Settings::text(std::string_view key) const {
    return explain(key).value;
}

std::int64_t Settings::integer(std::string_view key) const {
    const auto* spec = find_setting(key);
    USAGECTL_ASSERT(spec != nullptr && spec->type == "integer");
    const auto value = parse_integer(text(key), spec->low, spec->high);
    USAGECTL_ASSERT(value.has_value());
    return *value;
}

Money Settings::money(std::string_view key) const {
    const auto* spec = find_setting(key);
    USAGECTL_ASSERT(spec != nullptr && spec->amount);
    return *parse_money(text(key), Sign::allowed);
}

bool Settings::boolean(std::string_view key) const {
    const auto* spec = find_setting(key);
    USAGECTL_ASSERT(spec != nullptr && spec->type == "boolean");
    return text(key) == "true";
}

void Settings::override_with(std::string_view key, std::string value, std::string origin) {
    USAGECTL_ASSERT(find_setting(key) != nullptr);
    auto found = values_.find(key);
    if (found == values_.end())
        found = values_.emplace(key, std::vector<Setting>{}).first;
    found->second.push_back({std::move(value), std::move(origin)});
}

}  // namespace usagectl::cli
