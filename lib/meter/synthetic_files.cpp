// SPDX-License-Identifier: MIT
#include <vector>

#include <fmt/format.h>

#include "meter/synthetic_calendar.hpp"
#include "meter/text_buffer.hpp"
#include "meter/writer_lse.hpp"

namespace usagectl::meter {

namespace {

void put_lse_group(
    TextBuffer& text,
    std::string_view meter,
    char channel,
    const SyntheticCalendar& calendar,
    const DayBlock& block
) {
    if (block.count == 0) {
        return;
    }
    text.reserve(256 + static_cast<std::size_t>(block.count) * 26);
    text.put("00000001,");
    text.put(meter);
    text.put(',');
    text.put(channel);
    text.put(',');
    text.put(calendar.lse_header);
    for (std::size_t slot = 0; slot < static_cast<std::size_t>(block.count); ++slot) {
        if (slot % lse_triples_per_row == 0) {
            text.put(slot == 0 ? "1000000" : "\n1000000");
            text.put(static_cast<char>('0' + slot / lse_triples_per_row));
        }
        text.put(',');
        text.put_kwh(block.wh[slot]);
        text.put(block.quality[slot] == Quality::actual ? ",A," : ",E,");
    }
    text.put('\n');
}

// `head` is a row's beginning up to its times, `tail` what follows its quality.
void put_smt_rows(
    TextBuffer& text,
    std::string_view head,
    std::string_view tail,
    const SyntheticCalendar& calendar,
    const DayBlock& block
) {
    if (block.count == 0) {
        return;
    }
    for (const SyntheticCalendar::Row& row : calendar.rows) {
        text.reserve(128);
        text.put(head);
        text.put(row.times);
        if (row.slot >= 0) {
            const auto slot = static_cast<std::size_t>(row.slot);
            text.put_kwh(block.wh[slot]);
            text.put(block.quality[slot] == Quality::actual ? ",A" : ",E");
        } else {
            text.put(',');
        }
        text.put(tail);
    }
}

struct Sum {
    std::uint64_t intervals = 0;
    std::int64_t wh = 0;

    void add(const DayBlock& block) {
        intervals += static_cast<std::uint64_t>(block.count);
        wh += block.total_wh();
    }
    void add(const Sum& other) {
        intervals += other.intervals;
        wh += other.wh;
    }
};

void put_truth(TextBuffer& text, std::string_view name, std::string_view channel, const Sum& sum) {
    text.reserve(128);
    text.put(fmt::format("{},{},{},{}\n", name, channel, sum.intervals, sum.wh));
}

}  // namespace

// Calls write(meter, calendar, is_revision, day) for everything the file carries, in its order.
template <class Write>
void SyntheticUtility::each_posting(Write write) const {
    SyntheticDay filled;
    for (std::uint32_t day = 0; day < options_.days; ++day) {
        const SyntheticCalendar today(options_, day);
        for (std::uint32_t meter = 0; meter < options_.meters; ++meter) {
            if (fill(meter, day, Posting::first, today, filled)) {
                write(meter, today, false, filled);
            }
        }
        if (day < revision_delay) {
            continue;
        }
        const SyntheticCalendar then(options_, day - revision_delay);
        for (std::uint32_t meter = 0; meter < options_.meters; ++meter) {
            const bool again = revised(meter, then.index);
            if (again && fill(meter, then.index, Posting::last, then, filled)) {
                write(meter, then, true, filled);
            }
        }
    }
}

void SyntheticUtility::write_lse(const TextSink& sink) const {
    TextBuffer text(sink);
    each_posting([&](std::uint32_t meter, const auto& calendar, bool, const SyntheticDay& day) {
        const std::string id = meter_id(meter);
        put_lse_group(text, id, '4', calendar, day.consumption);
        put_lse_group(text, id, '1', calendar, day.generation);
    });
    text.flush();
}

void SyntheticUtility::write_smt_csv(const TextSink& sink) const {
    TextBuffer text(sink);
    text.reserve(256);
    text.put(
        "ESIID,USAGE_DATE,REVISION_DATE,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH,ESTIMATED_ACTUAL,"
        "CONSUMPTION_SURPLUSGENERATION\n"
    );
    each_posting(
        [&](std::uint32_t meter, const auto& calendar, bool revision, const SyntheticDay& day) {
            const std::string head = fmt::format(
                "'{},{},{},",
                meter_id(meter),
                calendar.usage_date,
                revision ? calendar.reposted : calendar.posted
            );
            put_smt_rows(text, head, ",Consumption\n", calendar, day.consumption);
            put_smt_rows(text, head, ",Surplus Generation\n", calendar, day.generation);
        }
    );
    text.flush();
}

void SyntheticUtility::write_truth(const TextSink& sink) const {
    // A revision has the intervals and the energy of what it replaces, so it counts as read only.
    std::vector<Sum> consumption(options_.meters);
    std::vector<Sum> generation(options_.meters);
    Sum read;
    each_posting([&](std::uint32_t meter, const auto&, bool revision, const SyntheticDay& day) {
        read.add(day.consumption);
        read.add(day.generation);
        if (!revision) {
            consumption[meter].add(day.consumption);
            generation[meter].add(day.generation);
        }
    });
    TextBuffer text(sink);
    text.reserve(64);
    text.put("meter,channel,intervals,total_wh\n");
    Sum total;
    for (std::uint32_t meter = 0; meter < options_.meters; ++meter) {
        const std::string id = meter_id(meter);
        total.add(consumption[meter]);
        total.add(generation[meter]);
        if (generation[meter].intervals > 0) {
            put_truth(text, id, "1", generation[meter]);
        }
        if (consumption[meter].intervals > 0) {
            put_truth(text, id, "4", consumption[meter]);
        }
    }
    put_truth(text, "total", "", total);
    put_truth(text, "read", "", read);
    text.flush();
}

}  // namespace usagectl::meter
