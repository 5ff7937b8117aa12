// SPDX-License-Identifier: MIT
#include "store/tariff_repository.hpp"

#include "base/digest.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

app::TariffVersion read_version(const Row& row) {
    app::TariffVersion version;
    version.name = row.text(0);
    version.version = row.integer(1);
    version.effective = day_in(row, 2);
    version.sha256 = row.text(3);
    version.added_at = instant(row.integer(4));
    return version;
}

}  // namespace

std::vector<app::TariffVersion> TariffRepository::versions(std::string_view name) {
    const std::string sound = sound_text(name);
    std::vector<app::TariffVersion> found;
    each_row(
        session_,
        "select name, version, effective, sha256, added_at, text from tariff"
        " where name = $1 order by version",
        {std::string_view(sound)},
        [&](const Row& row) {
            found.push_back(read_version(row));
            found.back().text = row.text(5);
        }
    );
    return found;
}

std::vector<app::TariffVersion> TariffRepository::list() {
    std::vector<app::TariffVersion> found;
    each_row(
        session_,
        "select name, version, effective, sha256, added_at from tariff order by name, effective",
        {},
        [&](const Row& row) { found.push_back(read_version(row)); }
    );
    return found;
}

std::vector<std::string> TariffRepository::names(std::string_view prefix, std::size_t limit) {
    const std::string begin = sound_text(prefix);
    // No name holds a character above `~`: the reader of tariffs refuses it.
    const std::string end = begin + '\x7f';
    std::vector<std::string> found;
    each_row(
        session_,
        "select distinct name from tariff where name >= $1 and name < $2 order by name limit $3",
        {std::string_view(begin), std::string_view(end), static_cast<std::int64_t>(limit)},
        [&](const Row& row) { found.emplace_back(row.text(0)); }
    );
    return found;
}

bool TariffRepository::append(const app::TariffVersion& version) {
    return run(session_,
               "insert into tariff (name, version, effective, sha256, text, added_at)"
               " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
               {version.name,
                version.version,
                std::int64_t{day_number(version.effective)},
                version.sha256,
                version.text,
                unix_seconds(version.added_at)}) == 1;
}

void TariffRepository::check(const std::function<void(std::string)>& finding) {
    each_row(
        session_,
        "select name, version, sha256, text from tariff order by name, version",
        {},
        [&](const Row& row) {
            Sha256 hash;
            hash.update(row.text(3));
            if (hash.finish() != row.text(2)) {
                finding(
                    "version " + std::to_string(row.integer(1)) + " of tariff " +
                    std::string(row.text(0)) + " is not the text that was added"
                );
            }
        }
    );
}

}  // namespace usagectl::store
