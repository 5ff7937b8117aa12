// SPDX-License-Identifier: MIT
// Everything a store holds, as text to compare: proof that nothing changed.
#pragma once

#include <string>

#include "store/session.hpp"
#include "store/sql.hpp"

namespace usagectl::test {

[[nodiscard]] inline std::string all_rows(store::Session& session) {
    struct Table {
        const char* sql;
        int columns;
    };
    constexpr Table tables[] = {
        {"select id, name, timezone, provider_of_record, account, multiplier, known_since"
         " from meter order by id",
         7},
        {"select number, kind, sha256, path, format, status, layer, size, known_at, intervals,"
         " stored, unchanged, superseded, rejected, meters from source order by number",
         15},
        {"select slot, revision, source, data from block order by slot", 4},
        {"select slot, version, revision, source, superseded_by, data from block_history"
         " order by slot, version",
         6},
        {"select at, actor, os_user, command, arguments, outcome from audit_record"
         " order by number",
         6},
    };
    std::string text;
    for (const auto& table : tables) {
        store::each_row(session, table.sql, {}, [&](const store::Row& row) {
            for (int column = 0; column < table.columns; ++column) {
                text.append(row.bytes(column)).append("|");
            }
            text += '\n';
        });
    }
    return text;
}

}  // namespace usagectl::test
