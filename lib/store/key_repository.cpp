// SPDX-License-Identifier: MIT
#include "store/key_repository.hpp"

#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

std::optional<app::KeptAnswer> KeyRepository::find(std::string_view key) {
    const std::string sound = sound_text(key);
    std::optional<app::KeptAnswer> found;
    each_row(
        session_,
        "select command, body, answer from idempotency_key where key = $1",
        {std::string_view(sound)},
        [&](const Row& row) {
            found = app::KeptAnswer{
                std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))};
        }
    );
    return found;
}

void KeyRepository::keep(std::string_view key, const app::KeptAnswer& answer, Instant at) {
    const std::string sound = sound_text(key);
    const std::string command = sound_text(answer.command);
    const std::string body = sound_text(answer.body);
    const std::string said = sound_text(answer.answer);
    run(session_,
        "insert into idempotency_key (key, command, body, answer, at) values ($1, $2, $3, $4, $5)",
        {sound, command, body, said, unix_seconds(at)});
}

}  // namespace usagectl::store
