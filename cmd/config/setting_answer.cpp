// SPDX-License-Identifier: MIT
#include "config/setting_answer.hpp"

#include <vector>

#include "base/text.hpp"
#include "cli/text.hpp"

namespace usagectl {

const cli::SettingSpec& known_setting(const cli::Context& context, const std::string& key) {
    if (const auto* spec = cli::find_setting(key))
        return *spec;
    std::vector<std::string_view> keys;
    for (const auto& spec : cli::setting_specs())
        keys.push_back(spec.key);
    auto hint = cli::did_you_mean(key, keys);
    if (hint.empty())
        hint = "usagectl config list shows every setting";
    context.fail(
        {Exit::not_found, "setting_unknown", "there is no setting " + usagectl::quoted(key), hint}
    );
}

std::string
setting_text(const cli::Context& context, const cli::SettingSpec& spec, const std::string& value) {
    return spec.key == "datastore" && !value.empty() ? context.stores.mask(value) : value;
}

}  // namespace usagectl
