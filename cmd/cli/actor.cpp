// SPDX-License-Identifier: MIT
#include "cli/actor.hpp"

#include "cli/masks.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

std::string mask(const Context& context, const std::string& word) {
    const auto scheme = word.find("://");
    if (scheme == std::string::npos)
        return mask_phones(word);
    const auto value = word.rfind('=', scheme);
    const auto url = value == std::string::npos ? 0 : value + 1;
    return word.substr(0, url) + context.stores.mask(word.substr(url));
}

}  // namespace

app::Actor actor_of(const Context& context) {
    Json words = Json::array();
    for (const auto& word : context.arguments)
        words.push_back(mask(context, word));
    return {
        context.globals.actor,
        context.globals.os_user,
        join(context.spec.path, " "),
        // File names need not be UTF-8; what is not is replaced, never refused.
        words.dump(-1, ' ', false, Json::error_handler_t::replace),
    };
}

}  // namespace usagectl::cli
