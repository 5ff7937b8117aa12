// SPDX-License-Identifier: MIT
#include "rules/reader.hpp"

#include <set>

#include "base/text.hpp"
#include "rules/calendar.hpp"
#include "rules/judge.hpp"
#include "rules/reader_parts.hpp"

namespace usagectl::rules {

namespace {

void read_head(const Fields& root, Pack& pack) {
    pack.name = root.text("name");
    pack.title = root.text("title");
    pack.jurisdiction = root.text("jurisdiction");
    pack.currency = root.text("currency");
    pack.citation = root.text("citation");
    pack.effective = root.date("effective").value_or(LocalDay{});
    pack.until = root.date("until");
    if (root.date("effective") && pack.until && *pack.until < pack.effective)
        root.add(root.place_of("until"), "the pack ends before it is effective");
}

void read_counties(const Fields& root, Pack& pack) {
    std::set<std::string> keys;
    for (const auto* county : root.list("counties")) {
        if (!keys.insert(county_key(county->text)).second)
            root.add(county->place, "the county " + quoted(county->text) + " is there already");
        pack.counties.push_back(county->text);
    }
}

Holiday::Nth read_nth(const Fields& fields) {
    Holiday::Nth nth;
    nth.month = static_cast<unsigned>(fields.count("month").value_or(1));
    nth.weekday = static_cast<unsigned>(weekday_number(fields.text("weekday")));
    nth.nth = static_cast<int>(fields.count("nth").value_or(1));
    if (nth.nth == 0)
        fields.add(fields.place_of("nth"), "nth cannot be 0", "1 is the first, -1 the last");
    return nth;
}

// `month` and `weekday` belong to `nth` and to nothing else.
void check_nth(const Fields& fields) {
    for (const std::string_view key : {"month", "weekday"}) {
        if (fields.has("nth") && !fields.has(key))
            fields.add(fields.place(), "[holiday] has nth and no " + std::string(key));
        if (!fields.has("nth") && fields.has(key)) {
            fields.add(
                fields.place_of(key), std::string(key) + " says nothing without nth", "nth = 1"
            );
        }
    }
}

}  // namespace

std::size_t weekday_number(std::string_view name) {
    for (std::size_t day = 0; day < 7; ++day) {
        if (weekday_name(day) == name)
            return day;
    }
    return 0;
}

Protections protections_of(const Fields& fields, std::string_view key) {
    Protections found;
    for (const auto* word : fields.list(key)) {
        for (std::size_t at = 0; at < protections; ++at) {
            if (word->text == to_string(static_cast<Protection>(at)))
                found.set(at);
        }
    }
    return found;
}

void read_holidays(const Fields& root, Pack& pack) {
    for (const auto* table : root.list("holiday")) {
        const auto fields = root.open(*table, "holiday");
        Holiday holiday;
        holiday.name = fields.text("name");
        holiday.after_days = static_cast<int>(fields.count("after_days").value_or(0));
        holiday.observed = fields.flag("observed").value_or(false);
        check_nth(fields);
        if (const auto date = fields.date("date"))
            holiday.when = *date;
        else if (const auto yearly = fields.month_day("yearly"))
            holiday.when = *yearly;
        else
            holiday.when = read_nth(fields);
        pack.holidays.push_back(std::move(holiday));
    }
}

ReadPack read_pack(std::string_view text) {
    ReadPack read;
    if (const auto document = layout::parse_toml(text, read.mistakes)) {
        const Fields root(format(), *document, read.mistakes);
        PackFile file;
        read_head(root, file.pack);
        read_counties(root, file.pack);
        read_holidays(root, file.pack);
        read_rules(root, file.pack);
        read_cases(root, file.pack, file.cases);
        if (read.mistakes.empty())
            read.file = std::move(file);
    }
    layout::sort_by_place(read.mistakes);
    return read;
}

}  // namespace usagectl::rules
