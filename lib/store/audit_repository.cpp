// SPDX-License-Identifier: MIT
#include "store/audit_repository.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

constexpr std::size_t page_rows = 256;

audit::Record read_record(const Row& row) {
    audit::Record record;
    record.number = row.integer(0);
    record.at = instant(row.integer(1));
    record.actor = row.text(2);
    record.os_user = row.text(3);
    record.command = row.text(4);
    record.arguments = row.text(5);
    record.outcome = row.text(6);
    return record;
}

}  // namespace

void AuditRepository::append(const audit::Record& record) {
    const std::string actor = sound_text(record.actor);
    const std::string os_user = sound_text(record.os_user);
    const std::string command = sound_text(record.command);
    const std::string arguments = sound_text(record.arguments);
    const std::string outcome = sound_text(record.outcome);
    run(session_,
        "insert into audit_record (at, actor, os_user, command, arguments, outcome)"
        " values ($1, $2, $3, $4, $5, $6)",
        {unix_seconds(record.at), actor, os_user, command, arguments, outcome});
}

void AuditRepository::each(
    std::optional<Instant> from,
    std::optional<Instant> to,
    std::size_t limit,
    const std::function<bool(const audit::Record&)>& visit
) {
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    // The place of the last record seen, in the order of the list.
    std::int64_t last_at = highest;
    std::int64_t last_number = highest;
    while (limit > 0) {
        const std::size_t wanted = std::min(limit, page_rows);
        std::vector<audit::Record> page;
        each_row(
            session_,
            "select number, at, actor, os_user, command, arguments, outcome from audit_record"
            " where at >= $1 and at < $2 and (at, number) < ($3, $4)"
            " order by at desc, number desc limit $5",
            {from ? unix_seconds(*from) : lowest,
             to ? unix_seconds(*to) : highest,
             last_at,
             last_number,
             static_cast<std::int64_t>(wanted)},
            [&](const Row& row) { page.push_back(read_record(row)); }
        );
        for (const auto& record : page) {
            if (!visit(record))
                return;
        }
        if (page.size() < wanted)
            return;
        limit -= page.size();
        last_at = unix_seconds(page.back().at);
        last_number = page.back().number;
    }
}

}  // namespace usagectl::store
