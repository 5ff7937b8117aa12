// SPDX-License-Identifier: MIT
// Rows of block and block_history, and the statements that move many of them at once.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "meter/store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

struct StoredRow {
    std::int64_t slot = 0;
    std::int64_t revision = 0;
    meter::SourceNumber source = 0;
    std::string data;
    std::int64_t versions = 0;  // of this slot in block_history; the newest has this number
};

struct HistoryRow {
    std::int64_t slot = 0;
    std::int64_t version = 0;
    std::int64_t revision = 0;
    meter::SourceNumber source = 0;
    meter::SourceNumber superseded_by = 0;
    std::string data;
};

// The rows of these slots, ascending; a slot that has none is left out.
[[nodiscard]] std::vector<StoredRow>
read_rows(Session& session, std::span<const std::int64_t> slots);
void write_rows(Session& session, std::span<const StoredRow> rows);
void delete_rows(Session& session, std::span<const std::int64_t> slots);
void add_history(Session& session, std::span<const HistoryRow> rows);

// What is wrong with a packed block, as the Failure store_damaged naming meter and day.
[[noreturn]] void throw_damaged(std::string_view meter, LocalDay day, std::string_view what);

}  // namespace usagectl::store
