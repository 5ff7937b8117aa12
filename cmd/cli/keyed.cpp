// SPDX-License-Identifier: MIT
#include "cli/keyed.hpp"

#include "app/keys.hpp"
#include "cli/fields.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

std::string body_text(const Json& body) {
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Keyed::Keyed(const Context& context, std::string body)
    : context_(context)
    , body_(std::move(body)) {}

std::optional<Json> Keyed::before() const {
    const auto& key = context_.globals.idempotency_key;
    if (!key)
        return std::nullopt;
    const auto command = join(context_.spec.path, " ");
    const auto kept = context_.must(app::recall(context_.store().keys(), *key, command, body_));
    if (!kept)
        return std::nullopt;
    context_.note("this key was used before: its first answer is given again");
    auto answer = Json::parse(*kept);
    add_absent(field_tree(context_.spec.fields), answer);
    return answer;
}

void Keyed::keep(const Json& answer) const {
    const auto& key = context_.globals.idempotency_key;
    if (!key || context_.globals.dry_run)
        return;
    context_.store().keys().keep(
        *key, {join(context_.spec.path, " "), body_, body_text(answer)}, context_.clock.now()
    );
}

}  // namespace usagectl::cli
