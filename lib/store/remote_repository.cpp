// SPDX-License-Identifier: MIT
#include "store/remote_repository.hpp"

#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

// What the server did not say.
constexpr std::int64_t unknown = -1;

std::int64_t size_of(const app::RemoteFile& file) {
    return file.size ? static_cast<std::int64_t>(*file.size) : unknown;
}

std::int64_t time_of(const app::RemoteFile& file) {
    return file.modified ? unix_seconds(*file.modified) : unknown;
}

}  // namespace

std::optional<app::TakenFile>
RemoteRepository::find(const std::string& folder, const app::RemoteFile& file) {
    const std::string place = sound_text(folder);
    const std::string name = sound_text(file.name);
    std::optional<app::TakenFile> found;
    each_row(
        session_,
        "select sha256, status, taken_at, finished from remote_file"
        " where folder = $1 and name = $2 and size = $3 and modified = $4",
        {place, name, size_of(file), time_of(file)},
        [&](const Row& row) {
            found = app::TakenFile{
                folder,
                file,
                std::string(row.text(0)),
                std::string(row.text(1)),
                instant(row.integer(2)),
                row.integer(3) != 0};
        }
    );
    return found;
}

void RemoteRepository::save(const app::TakenFile& taken) {
    const std::string place = sound_text(taken.folder);
    const std::string name = sound_text(taken.file.name);
    run(session_,
        "insert into remote_file"
        " (folder, name, size, modified, sha256, status, taken_at, finished)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)"
        " on conflict (folder, name, size, modified)"
        " do update set finished = excluded.finished, status = excluded.status",
        {place,
         name,
         size_of(taken.file),
         time_of(taken.file),
         taken.sha256,
         taken.status,
         unix_seconds(taken.taken_at),
         std::int64_t{taken.finished ? 1 : 0}});
}

}  // namespace usagectl::store
