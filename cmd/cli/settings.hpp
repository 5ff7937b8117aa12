// SPDX-License-Identifier: MIT
// Configuration, resolved: every key of the table in settings_table.cpp has a value and tells where
// it came from (option, environment, profile, user file, system file, default).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/money.hpp"
#include "cli/streams.hpp"

namespace usagectl::cli {

struct SettingSpec {
    std::string_view key;       // "timezone", "quality.spike_percent"
    std::string_view type;      // string, integer, boolean
    std::string_view fallback;  // the default, as text
    std::string_view help;
    std::int64_t low = 0;  // range of an integer
    std::int64_t high = 0;
    std::vector<std::string_view> choices = {};
    bool amount = false;  // a string that holds money
    // What else a value has to be; none: anything of the type.
    Result<void> (*check)(std::string_view value) = nullptr;
};

// Every key there is, sorted; unknown keys in a file are an error that names file, line and the
// nearest key.
[[nodiscard]] const std::vector<SettingSpec>& setting_specs();
[[nodiscard]] const SettingSpec* find_setting(std::string_view key);  // null when unknown
// Every key can be set by a variable: USAGECTL_DB for `datastore`, else
// USAGECTL_QUALITY_SPIKE_PERCENT.
[[nodiscard]] std::string setting_variable(std::string_view key);
// Type, range and choices. Error code `malformed_setting`, exit 2.
[[nodiscard]] Result<void> check_setting(const SettingSpec& spec, std::string_view value);

struct Setting {
    std::string value;
    std::string origin;  // "default", "system file /etc/usagectl/config.toml:3", "USAGECTL_DB", …
};

// The properties of a [source.NAME] table, `key` without the name in front.
[[nodiscard]] const std::vector<SettingSpec>& source_specs();
// Property to text; what is not set is not there.
using Source = std::map<std::string, std::string, std::less<>>;

// A file to read, weakest first. `kind` begins its origins: "user file".
struct ConfigFile {
    std::string kind;
    std::string path;
    bool required = false;
};

class Settings {
public:
    // Reads system file, user file (or --config FILE alone), and the profile's table.
    [[nodiscard]] static Result<Settings> load(
        const Environment& environment,
        const std::optional<std::string>& config_file,
        const std::optional<std::string>& profile
    );
    // The same from named files. Errors: `config_missing` (3), `config_unreadable` (5),
    // `config_malformed`, `config_unknown_key`, `malformed_setting`, `profile_unknown` (2).
    [[nodiscard]] static Result<Settings> read(
        const Environment& environment,
        std::span<const ConfigFile> files,
        const std::optional<std::string>& profile
    );

    [[nodiscard]] const std::string& text(std::string_view key) const;  // the key must be known
    [[nodiscard]] std::int64_t integer(std::string_view key) const;
    [[nodiscard]] bool boolean(std::string_view key) const;
    [[nodiscard]] Money money(std::string_view key) const;
    [[nodiscard]] const Setting& explain(std::string_view key) const;
    // Every place that sets the key, weakest first; the last one wins.
    [[nodiscard]] const std::vector<Setting>& places(std::string_view key) const;
    // [alias] name = "words"
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& aliases() const {
        return aliases_;
    }
    // [source.NAME] property = "text": where files are picked up. Every property is one of
    // source_specs().
    [[nodiscard]] const std::map<std::string, Source, std::less<>>& sources() const {
        return sources_;
    }
    // The file `config set` writes: the user's, or the one --config names.
    [[nodiscard]] const std::string& user_file() const { return user_file_; }
    [[nodiscard]] const std::optional<std::string>& profile() const { return profile_; }

    // For options and environment variables that are settings too (--db, USAGECTL_DB).
    void override_with(std::string_view key, std::string value, std::string origin);

private:
    friend class SettingsReader;

    std::map<std::string, std::vector<Setting>, std::less<>> values_;
    std::map<std::string, std::string, std::less<>> aliases_;
    std::map<std::string, Source, std::less<>> sources_;
    std::string user_file_;
    std::optional<std::string> profile_;
};

}  // namespace usagectl::cli
