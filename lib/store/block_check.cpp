// SPDX-License-Identifier: MIT
#include "store/block_check.hpp"

#include <limits>
#include <vector>

#include "meter/codec.hpp"
#include "meter/store.hpp"
#include "store/slot.hpp"
#include "store/sql.hpp"

namespace usagectl::store {
namespace {

constexpr std::int64_t page_rows = 1024;

// One bit for each number of a table that numbers its rows from 1 without large holes.
class Numbers {
public:
    void insert(std::int64_t number) {
        if (number < 1 || number > limit)
            return;
        const auto word = static_cast<std::size_t>(number / 64);
        if (word >= words_.size())
            words_.resize(word + 1, 0);
        words_[word] |= bit(number);
    }
    [[nodiscard]] bool contains(std::int64_t number) const {
        const auto word = static_cast<std::size_t>(number / 64);
        return number >= 1 && word < words_.size() && (words_[word] & bit(number)) != 0;
    }

private:
    // Far above any meter or file count; a damaged number must not ask for all memory.
    static constexpr std::int64_t limit = std::int64_t{1} << 30;
    static std::uint64_t bit(std::int64_t number) { return std::uint64_t{1} << (number % 64); }
    std::vector<std::uint64_t> words_;
};

Numbers read_numbers(Session& session, std::string_view sql) {
    Numbers numbers;
    std::int64_t last = 0;
    std::int64_t rows = page_rows;
    while (rows == page_rows) {
        rows = 0;
        each_row(session, sql, {last, page_rows}, [&](const Row& row) {
            last = row.integer(0);
            numbers.insert(last);
            ++rows;
        });
    }
    return numbers;
}

struct CheckedRow {
    Slot slot;
    std::int64_t version;  // 0: the current block
    meter::SourceNumber source;
    meter::SourceNumber superseded_by;
    std::string data;
};

class BlockCheck {
public:
    BlockCheck(Session& session, const std::function<void(std::string)>& damaged)
        : session_(session)
        , damaged_(damaged)
        , meters_(read_numbers(session, "select id from meter where id > $1 order by id limit $2"))
        , sources_(read_numbers(
              session, "select number from source where number > $1 order by number limit $2"
          )) {}

    void current() {
        walk("select slot, 0, source, source, data from block"
             " where slot > $1 and $2 = 0 order by slot limit $3");
    }
    void history() {
        walk("select slot, version, source, superseded_by, data from block_history"
             " where (slot, version) > ($1, $2) order by slot, version limit $3");
    }

private:
    void walk(std::string_view sql) {
        std::int64_t slot = std::numeric_limits<std::int64_t>::min();
        std::int64_t version = 0;
        std::vector<CheckedRow> page;
        do {
            page.clear();
            each_row(session_, sql, {slot, version, page_rows}, [&](const Row& row) {
                page.push_back(
                    {Slot(row.integer(0)),
                     row.integer(1),
                     row.integer(2),
                     row.integer(3),
                     std::string(row.bytes(4))}
                );
            });
            for (const auto& row : page) {
                const bool same = row.slot.packed() == slot;
                check(row, same ? version : 0);
                slot = row.slot.packed();
                version = row.version;
            }
        } while (static_cast<std::int64_t>(page.size()) == page_rows);
    }

    void check(const CheckedRow& row, std::int64_t version_before) {
        if (!row.slot.valid()) {
            damaged_("slot " + std::to_string(row.slot.packed()) + " is none");
            return;
        }
        const auto what = meter::decode(row.data, row.slot.day(), block_);
        if (!what.empty())
            damaged_(place(row) + ": " + std::string(what));
        if (!meters_.contains(row.slot.meter()))
            damaged_(place(row) + ": unknown meter number");
        for (const auto source : {row.source, row.superseded_by}) {
            if (sources_.contains(source))
                continue;
            damaged_(place(row) + ": unknown source " + std::to_string(source));
            break;
        }
        if (row.version != 0 && row.version != version_before + 1) {
            damaged_(place(row) + ": a version before it is missing");
        }
    }

    [[nodiscard]] std::string place(const CheckedRow& row) {
        std::string name = "number " + std::to_string(row.slot.meter());
        each_row(
            session_,
            "select name from meter where id = $1",
            {std::int64_t{row.slot.meter()}},
            [&](const Row& found) { name = found.text(0); }
        );
        std::string place = "meter " + name + ", day " + format_day(row.slot.day());
        if (row.version != 0)
            place += ", version " + std::to_string(row.version);
        return place;
    }

    Session& session_;
    const std::function<void(std::string)>& damaged_;
    Numbers meters_;
    Numbers sources_;
    meter::DayBlock block_;
};

}  // namespace

void check_blocks(Session& session, const std::function<void(std::string)>& damaged) {
    BlockCheck check(session, damaged);
    check.current();
    check.history();
}

void check_sources(Session& session, const std::function<void(std::string)>& finding) {
    each_row(
        session,
        "select number, status, intervals, stored + unchanged + superseded + rejected from source"
        " where status = 'open' or intervals <> stored + unchanged + superseded + rejected"
        " order by number limit 1000",
        {},
        [&](const Row& row) {
            const std::string source = "source " + std::to_string(row.integer(0));
            if (row.text(1) == "open") {
                finding(source + ": never completed");
                return;
            }
            finding(
                source + ": " + std::to_string(row.integer(2)) + " intervals were read, " +
                std::to_string(row.integer(3)) + " are accounted for"
            );
        }
    );
}

void check_engine(Session& session, const std::function<void(std::string)>& finding) {
    if (session.dialect() == Dialect::postgresql)
        return;
    session.script("pragma cell_size_check = on");
    each_row(session, "pragma integrity_check(100)", {}, [&](const Row& row) {
        if (row.text(0) != "ok")
            finding("sqlite: " + std::string(row.text(0)));
    });
    each_row(session, "pragma foreign_key_check", {}, [&](const Row& row) {
        finding("sqlite: a row of " + std::string(row.text(0)) + " refers to nothing");
    });
}

}  // namespace usagectl::store
