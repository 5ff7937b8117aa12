// SPDX-License-Identifier: MIT
#include "store/meter_repository.hpp"

#include "store/lock.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

constexpr std::size_t page_rows = 1024;

meter::Meter read_meter(const Row& row) {
    meter::Meter meter;
    meter.id = row.text(0);
    meter.timezone = row.text(1);
    meter.provider_of_record = optional_text(row, 2);
    meter.account = optional_text(row, 3);
    meter.multiplier = row.integer(4);
    meter.known_since = instant(row.integer(5));
    meter.meter_number = optional_text(row, 6);
    return meter;
}

std::optional<std::string> sound(const std::optional<std::string>& text) {
    return text ? std::optional(sound_text(*text)) : std::nullopt;
}

}  // namespace

std::optional<meter::Meter> MeterRepository::find(std::string_view id) {
    std::optional<meter::Meter> found;
    each_row(
        session_,
        "select name, timezone, provider_of_record, account, multiplier, known_since, meter_number"
        " from meter where name = $1",
        {id},
        [&](const Row& row) { found = read_meter(row); }
    );
    return found;
}

std::optional<std::int64_t> MeterRepository::number(std::string_view id) {
    return find_integer(session_, "select id from meter where name = $1", {id});
}

std::optional<meter::Meter> MeterRepository::find_number(std::int64_t number) {
    std::optional<meter::Meter> found;
    each_row(
        session_,
        "select name, timezone, provider_of_record, account, multiplier, known_since, meter_number"
        " from meter where id = $1",
        {number},
        [&](const Row& row) { found = read_meter(row); }
    );
    return found;
}

void MeterRepository::each(
    std::string_view from, const std::function<bool(const meter::Meter&)>& visit
) {
    constexpr const char* first =
        "select name, timezone, provider_of_record, account, multiplier, known_since, meter_number"
        " from meter where name >= $1 order by name limit $2";
    constexpr const char* following =
        "select name, timezone, provider_of_record, account, multiplier, known_since, meter_number"
        " from meter where name > $1 order by name limit $2";
    const char* sql = first;
    std::string last(from);
    while (true) {
        std::vector<meter::Meter> page;
        each_row(session_, sql, {last, std::int64_t{page_rows}}, [&](const Row& row) {
            page.push_back(read_meter(row));
        });
        for (const auto& meter : page) {
            if (!visit(meter))
                return;
        }
        if (page.size() < page_rows)
            return;
        last = page.back().id;
        sql = following;
    }
}

std::vector<std::string> MeterRepository::ids(std::string_view prefix, std::size_t limit) {
    // No name holds a character above `~` (MeterId).
    const std::string end = std::string(prefix) + '\x7f';
    std::vector<std::string> found;
    each_row(
        session_,
        "select name from meter where name >= $1 and name < $2 order by name limit $3",
        {prefix, end, static_cast<std::int64_t>(limit)},
        [&](const Row& row) { found.emplace_back(row.text(0)); }
    );
    return found;
}

void MeterRepository::save(const meter::Meter& meter) {
    const auto provider = sound(meter.provider_of_record);
    const auto account = sound(meter.account);
    const auto number = sound(meter.meter_number);
    const auto changed = run(
        session_,
        "update meter set timezone = $2, provider_of_record = $3, account = $4, multiplier = $5,"
        " meter_number = $6 where name = $1",
        {meter.id,
         meter.timezone,
         nullable(provider),
         nullable(account),
         meter.multiplier,
         nullable(number)}
    );
    if (changed > 0)
        return;
    lock_until_end(session_, Lock::meters);
    run(session_,
        "insert into meter (id, name, timezone, provider_of_record, account, multiplier, "
        "known_since, meter_number)"
        " select coalesce(max(id), 0) + 1, $1, $2, cast($3 as text), cast($4 as text),"
        " cast($5 as bigint), cast($6 as bigint), cast($7 as text) from meter",
        {meter.id,
         meter.timezone,
         nullable(provider),
         nullable(account),
         meter.multiplier,
         unix_seconds(meter.known_since),
         nullable(number)});
}

void MeterRepository::each_zoned_otherwise(
    std::string_view timezone,
    const std::function<void(std::string_view id, std::string_view zone)>& visit
) {
    // Two ranges of the index; `<>` would read every meter.
    for (const auto* sql :
         {"select name, timezone, id from meter where timezone < $1 and (timezone, id) > ($2, $3)"
          " order by timezone, id limit $4",
          "select name, timezone, id from meter where timezone > $1 and (timezone, id) > ($2, $3)"
          " order by timezone, id limit $4"}) {
        std::string last_zone;
        std::int64_t last_id = 0;
        std::size_t size = page_rows;
        while (size == page_rows) {
            std::vector<std::pair<std::string, std::string>> page;
            each_row(
                session_,
                sql,
                {timezone, last_zone, last_id, std::int64_t{page_rows}},
                [&](const Row& row) {
                    page.emplace_back(row.text(0), row.text(1));
                    last_id = row.integer(2);
                }
            );
            for (const auto& [name, zone] : page)
                visit(name, zone);
            if (!page.empty())
                last_zone = page.back().second;
            size = page.size();
        }
    }
}

}  // namespace usagectl::store
