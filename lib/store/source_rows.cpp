// SPDX-License-Identifier: MIT
#include "store/source_rows.hpp"

#include "base/assert.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

constexpr std::string_view columns =
    "number, kind, sha256, path, format, status, layer, size, known_at, records, intervals, blanks,"
    " read_rejected, rounded, total_wh, first_at, last_at, stored, unchanged, superseded, rejected,"
    " meters";

// Counts of rows and bytes stay far below 2^63.
std::int64_t figure(std::uint64_t count) {
    USAGECTL_ASSERT(count <= static_cast<std::uint64_t>(INT64_MAX));
    return static_cast<std::int64_t>(count);
}

meter::Source read_source(const Row& row) {
    const auto count = [&](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
    meter::Source source;
    source.number = row.integer(0);
    source.kind = row.text(1);
    source.sha256 = row.text(2);
    source.path = row.text(3);
    source.format = row.text(4);
    source.status = row.text(5);
    source.layer = static_cast<meter::Layer>(row.integer(6));
    source.size = count(7);
    source.known_at = instant(row.integer(8));
    source.tally.records = count(9);
    source.tally.intervals = count(10);
    source.tally.blanks = count(11);
    source.tally.rejected = count(12);
    source.tally.rounded = count(13);
    source.tally.total_wh = row.integer(14);
    source.tally.first = optional_instant(row, 15);
    source.tally.last = optional_instant(row, 16);
    source.counts.stored = count(17);
    source.counts.unchanged = count(18);
    source.counts.superseded = count(19);
    source.counts.rejected = count(20);
    source.counts.meters = count(21);
    return source;
}

std::optional<meter::Source> find_one(Session& session, std::string_view where, Values values) {
    std::optional<meter::Source> found;
    const std::string sql =
        "select " + std::string(columns) + " from source where " + std::string(where);
    each_row(session, sql, values, [&](const Row& row) { found = read_source(row); });
    return found;
}

}  // namespace

std::optional<meter::Source>
find_file(Session& session, std::string_view sha256, meter::Layer layer) {
    return find_one(
        session,
        "sha256 = $1 and layer = $2 and sha256 is not null",
        {sha256, static_cast<std::int64_t>(layer)}
    );
}

std::optional<meter::Source> find_source(Session& session, meter::SourceNumber number) {
    return find_one(session, "number = $1", {number});
}

bool file_size_known(Session& session, std::uint64_t size) {
    return find_integer(
               session,
               "select 1 from source where size = $1 and sha256 is not null limit 1",
               {figure(size)}
    )
        .has_value();
}

meter::SourceNumber open_source(Session& session, const meter::Source& source) {
    const std::string path = sound_text(source.path);
    const auto number = find_integer(
        session,
        "insert into source (number, kind, path, format, status, layer, size, known_at, records,"
        " intervals, blanks, read_rejected, rounded, total_wh, stored, unchanged, superseded,"
        " rejected, meters)"
        " select coalesce(max(number), 0) + 1, $1, $2, '', 'open', cast($3 as bigint), 0,"
        " cast($4 as bigint), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from source returning number",
        {source.kind, path, static_cast<std::int64_t>(source.layer), unix_seconds(source.known_at)}
    );
    USAGECTL_ASSERT(number.has_value());
    return *number;
}

void close_source(Session& session, const meter::Source& source) {
    const auto& tally = source.tally;
    const auto& counts = source.counts;
    const std::string path = sound_text(source.path);
    const auto changed =
        run(session,
            "update source set sha256 = $2, format = $3, status = $4, size = $5, records = $6,"
            " intervals = $7, blanks = $8, read_rejected = $9, rounded = $10, total_wh = $11,"
            " first_at = $12, last_at = $13, stored = $14, unchanged = $15, superseded = $16,"
            " rejected = $17, meters = $18, path = $19 where number = $1",
            {source.number,
             source.sha256.empty() ? Value() : Value(std::string_view(source.sha256)),
             source.format,
             source.status,
             figure(source.size),
             figure(tally.records),
             figure(tally.intervals),
             figure(tally.blanks),
             figure(tally.rejected),
             figure(tally.rounded),
             tally.total_wh,
             nullable(tally.first),
             nullable(tally.last),
             figure(counts.stored),
             figure(counts.unchanged),
             figure(counts.superseded),
             figure(counts.rejected),
             figure(counts.meters),
             path});
    USAGECTL_ASSERT(changed == 1);
}

}  // namespace usagectl::store
