// SPDX-License-Identifier: MIT
// Any bytes as a file of the legacy billing system, in arbitrary pieces of whole lines: however it
// is cut the same comes out of it, a line is a record or has a reason, what is read of a line is
// within its bounds, and a record that is written is read as it was.
#include <algorithm>

#include "base/csv.hpp"
#include "legacy/bill_row.hpp"
#include "legacy/facts.hpp"
#include "line_reader_fuzz.hpp"

using namespace usagectl;

namespace {

struct Outcome {
    std::vector<CsvRecord> records;
    std::vector<std::pair<std::uint64_t, std::string>> bad;
};

// `piece`: as many lines at a time; 0: all of them.
Outcome read(std::string_view text, std::size_t piece) {
    Outcome outcome;
    CsvReader reader({
        [&](const CsvRecord& record) { outcome.records.push_back(record); },
        [&](std::uint64_t line, std::string_view reason, std::string_view) {
            outcome.bad.emplace_back(line, reason);
        },
    });
    while (!text.empty()) {
        std::size_t end = text.size();
        if (piece != 0) {
            end = 0;
            for (std::size_t lines = 0; lines < piece && end < text.size(); ++lines) {
                const auto feed = text.find('\n', end);
                end = feed == std::string_view::npos ? text.size() : feed + 1;
            }
        }
        reader.take(text.substr(0, end));
        text.remove_prefix(end);
    }
    reader.end();
    return outcome;
}

void check_lines(const Outcome& outcome, std::uint64_t lines) {
    std::uint64_t last = 0;
    for (const auto& record : outcome.records) {
        fuzz::require(record.line > last && record.line <= lines);
        fuzz::require(!record.fields.empty());
        fuzz::require(record.fields.size() <= CsvReader::most_fields);
        last = record.line;
    }
    for (const auto& [line, reason] : outcome.bad)
        fuzz::require(line >= 1 && line <= lines && !reason.empty());
}

void check_same(const Outcome& left, const Outcome& right) {
    fuzz::require(left.bad == right.bad && left.records.size() == right.records.size());
    for (std::size_t at = 0; at < left.records.size(); ++at) {
        fuzz::require(left.records[at].line == right.records[at].line);
        fuzz::require(left.records[at].fields == right.records[at].fields);
    }
}

void check_written(const CsvRecord& record) {
    // Behind a header row, as writers put it: only at the beginning is a byte order mark none of
    // the first field.
    const auto again = read("a\n" + csv_row(record.fields), 0);
    // A row of nothing but one empty field is an empty line.
    if (record.fields.size() == 1 && record.fields.front().empty())
        return;
    fuzz::require(again.bad.empty() && again.records.size() == 2);
    fuzz::require(again.records.back().fields == record.fields);
}

void check_facts(const legacy::Header& header, const CsvRecord& record) {
    const auto facts = legacy::read_facts(header, record);
    if (!facts) {
        fuzz::require(!facts.error().code.empty() && facts.error().exit == Exit::rejected);
        return;
    }
    fuzz::require(account::AccountId::parse(facts->account).has_value());
    fuzz::require(legacy::same(*facts, *facts));
    fuzz::require(!facts->cycle_day || (*facts->cycle_day >= 1 && *facts->cycle_day <= 28));
    fuzz::require(!facts->past_due || *facts->past_due >= Money());
    const auto primary = std::count_if(
        facts->contacts.begin(),
        facts->contacts.end(),
        [](const account::Contact& contact) { return contact.primary; }
    );
    fuzz::require(facts->contacts.empty() ? primary == 0 : primary == 1);
}

void check_bill(const legacy::Header& header, const CsvRecord& record) {
    const auto given = legacy::GivenRates{Rate::from_nano(100'000'000), std::nullopt};
    const auto bill = legacy::read_bill(header, record, given);
    if (!bill)
        fuzz::require(!bill.error().code.empty() && bill.error().exit == Exit::rejected);
    else
        fuzz::require(!reconcile::write_figures(bill->amounts).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    // The first byte chooses the layout and how the rest is cut.
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto outcome = read(text, 0);
    check_lines(
        outcome, static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1
    );
    check_same(outcome, read(text, 1 + data[0] / 2 % 8));
    const bool bills = data[0] % 2 == 1;
    const auto& layout = bills ? legacy::bills_layout() : legacy::extract_layout();
    std::optional<legacy::Header> header;
    for (const auto& record : outcome.records) {
        check_written(record);
        if (header) {
            bills ? check_bill(*header, record) : check_facts(*header, record);
            continue;
        }
        auto read_header = legacy::Header::read(layout, record.fields);
        if (!read_header) {
            fuzz::require(read_header.error().exit == Exit::rejected);
            break;
        }
        header = std::move(*read_header);
    }
    return 0;
}
