// SPDX-License-Identifier: MIT
#include "meter/writer_espi.hpp"

#include <fmt/format.h>

#include "meter/xml_text.hpp"

namespace usagectl::meter {

namespace {

// QualityOfReading of the ESPI schema.
constexpr int quality_estimated = 8;
constexpr int quality_raw = 14;

constexpr std::string_view resources = "/espi/1_1/resource";

// Weekday, operator and day of a DstRuleType: "the second Sunday of March" rather than a date,
// "the last" where it falls in a month's last seven days.
std::uint32_t dst_rule(LocalTime change) {
    using namespace std::chrono;
    const auto day = floor<days>(change);
    const year_month_day date(day);
    const auto last_day = static_cast<unsigned>((date.year() / date.month() / last).day());
    const auto day_of_month = static_cast<unsigned>(date.day());
    const unsigned ordinal = day_of_month + 7 > last_day ? 6 : (day_of_month - 1) / 7 + 1;
    const auto clock = (change - day).count();
    return static_cast<std::uint32_t>(clock % 3600) |
           static_cast<std::uint32_t>(clock / 3600) << 12U |
           static_cast<std::uint32_t>(weekday(day).iso_encoding()) << 17U |
           static_cast<std::uint32_t>(ordinal + 1) << 25U |
           static_cast<std::uint32_t>(static_cast<unsigned>(date.month())) << 28U;
}

// The first instant in (low, high] with the offset of `high`.
Instant find_change(const Zone& zone, Instant low, Instant high) {
    while (high - low > std::chrono::seconds(1)) {
        const Instant middle = low + (high - low) / 2;
        (zone.offset(middle) == zone.offset(high) ? high : low) = middle;
    }
    return high;
}

// A UUID that follows from a name: version 8 (RFC 9562 section 5.8), two FNV-1a hashes over it.
std::string uuid(std::string_view name) {
    std::uint64_t high = 0xcbf29ce484222325;
    std::uint64_t low = 0x9ae16a3b2f90404f;
    for (const char c : name) {
        high = (high ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        low = (low ^ static_cast<unsigned char>(c) ^ (high >> 40U)) * 0x100000001b3;
    }
    high = (high & ~0xF000ULL) | 0x8000ULL;
    low = (low & ~(3ULL << 62U)) | (2ULL << 62U);
    return fmt::format(
        "urn:uuid:{:08X}-{:04X}-{:04X}-{:04X}-{:012X}",
        high >> 32U,
        high >> 16U & 0xFFFFU,
        high & 0xFFFFU,
        low >> 48U,
        low & 0xFFFF'FFFF'FFFFULL
    );
}

// A meter id holds letters, digits and . _ : / - ; only the slash would part a path.
std::string path_part(std::string_view meter) {
    std::string part;
    for (const char c : meter) {
        part += c == '/' ? std::string("%2F") : std::string(1, c);
    }
    return part;
}

class EspiWriter final : public SeriesWriter {
public:
    EspiWriter(TextSink sink, Instant updated)
        : sink_(std::move(sink))
        , updated_(format_instant(updated)) {}

    void begin() override {
        const std::string self = fmt::format("{}/Batch/Bulk/1", resources);
        sink_(fmt::format(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
            "<id>{}</id>\n"
            "<title>Green Button Usage Feed</title>\n"
            "<updated>{}</updated>\n"
            "<link rel=\"self\" href=\"{}\"/>\n",
            uuid(self + updated_),
            updated_,
            self
        ));
    }

    void series(const SeriesHead& head) override {
        if (meter_ != head.meter) {
            meter_ = head.meter;
            usage_point(head);
        }
        meter_reading(head);
    }

    void day(std::span<const SeriesInterval> intervals) override {
        text_.clear();
        for (const SeriesInterval& interval : intervals) {
            if (interval.quality != Quality::missing) {
                reading(interval);
            }
        }
        if (text_.empty()) {
            return;
        }
        const auto start = unix_seconds(intervals.front().start);
        const std::string block = fmt::format(
            "<IntervalBlock xmlns=\"http://naesb.org/espi\">\n"
            "<interval><duration>{}</duration><start>{}</start></interval>\n"
            "{}"
            "</IntervalBlock>\n",
            unix_seconds(intervals.back().end) - start,
            start,
            text_
        );
        const std::string parent = reading_path_ + "/IntervalBlock";
        entry(fmt::format("{}/{}", parent, start), parent, {}, "", block);
    }

    void end() override { sink_("</feed>\n"); }

private:
    void usage_point(const SeriesHead& head) {
        const std::string parent = std::string(resources) + "/UsagePoint";
        point_path_ = fmt::format("{}/{}", parent, path_part(head.meter));
        const std::string clocks = std::string(resources) + "/LocalTimeParameters";
        const std::string clock_path = fmt::format("{}/{}", clocks, path_part(head.meter));
        entry(
            point_path_,
            parent,
            {point_path_ + "/MeterReading", clock_path},
            fmt::format("Electric meter {}", head.meter),
            "<UsagePoint xmlns=\"http://naesb.org/espi\">"
            "<ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>\n"
        );
        const EspiClock clock = espi_clock(*head.zone, head.first);
        entry(
            clock_path,
            clocks,
            {},
            head.zone->name(),
            fmt::format(
                "<LocalTimeParameters xmlns=\"http://naesb.org/espi\">\n"
                "<dstEndRule>{:08X}</dstEndRule>\n"
                "<dstOffset>{}</dstOffset>\n"
                "<dstStartRule>{:08X}</dstStartRule>\n"
                "<tzOffset>{}</tzOffset>\n"
                "</LocalTimeParameters>\n",
                clock.dst_end_rule,
                clock.dst_offset,
                clock.dst_start_rule,
                clock.tz_offset
            )
        );
    }

    void meter_reading(const SeriesHead& head) {
        const bool generation = head.channel == Channel::generation;
        const std::string parent = point_path_ + "/MeterReading";
        reading_path_ = fmt::format("{}/{}", parent, static_cast<int>(head.channel));
        const std::string types = std::string(resources) + "/ReadingType";
        const std::string type_path =
            fmt::format("{}/{}-{}", types, path_part(head.meter), static_cast<int>(head.channel));
        entry(
            reading_path_,
            parent,
            {reading_path_ + "/IntervalBlock", type_path},
            generation ? "Energy received (generation)" : "Energy delivered (consumption)",
            "<MeterReading xmlns=\"http://naesb.org/espi\"/>\n"
        );
        // Energy (kind 12) of each interval (accumulation 4, delta data) in Wh (72), on electricity
        // secondary metered (1), normal (12), valid unless a reading says otherwise.
        entry(
            type_path,
            types,
            {},
            "Type of the readings",
            fmt::format(
                "<ReadingType xmlns=\"http://naesb.org/espi\">\n"
                "<accumulationBehaviour>4</accumulationBehaviour>\n"
                "<commodity>1</commodity>\n"
                "<dataQualifier>12</dataQualifier>\n"
                "<defaultQuality>0</defaultQuality>\n"
                "<flowDirection>{}</flowDirection>\n"
                "<intervalLength>{}</intervalLength>\n"
                "<kind>12</kind>\n"
                "<powerOfTenMultiplier>0</powerOfTenMultiplier>\n"
                "<timeAttribute>0</timeAttribute>\n"
                "<uom>72</uom>\n"
                "</ReadingType>\n",
                generation ? 19 : 1,
                head.minutes * 60
            )
        );
    }

    void reading(const SeriesInterval& interval) {
        text_ += "<IntervalReading>";
        const bool raw = interval.layer == Layer::raw;
        if (raw || interval.quality == Quality::estimated) {
            text_ += fmt::format(
                "<ReadingQuality><quality>{}</quality></ReadingQuality>",
                raw ? quality_raw : quality_estimated
            );
        }
        text_ += fmt::format(
            "<timePeriod><duration>{}</duration><start>{}</start></timePeriod>"
            "<value>{}</value></IntervalReading>\n",
            (interval.end - interval.start).count(),
            unix_seconds(interval.start),
            interval.wh
        );
    }

    void entry(
        std::string_view self,
        std::string_view up,
        const std::vector<std::string>& related,
        std::string_view title,
        std::string_view content
    ) {
        std::string links;
        for (const std::string& path : related) {
            links += fmt::format("<link rel=\"related\" href=\"{}\"/>\n", xml_text(path));
        }
        sink_(fmt::format(
            "<entry>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n"
            "<link rel=\"up\" href=\"{}\"/>\n{}<title>{}</title>\n"
            "<content>\n{}</content>\n<published>{}</published>\n<updated>{}</updated>\n</entry>\n",
            uuid(self),
            xml_text(self),
            xml_text(up),
            links,
            xml_text(title),
            content,
            updated_,
            updated_
        ));
    }

    TextSink sink_;
    std::string updated_;
    std::string text_;
    std::string meter_;
    std::string point_path_;
    std::string reading_path_;
};

}  // namespace

EspiClock espi_clock(const Zone& zone, LocalDay day) {
    const auto year = std::chrono::year_month_day(day).year();
    LocalDay date = LocalDay(year / std::chrono::January / 1);
    const LocalDay next_year = LocalDay((year + std::chrono::years(1)) / std::chrono::January / 1);
    EspiClock clock;
    clock.tz_offset = zone.offset(zone.day_start(day));
    for (; date < next_year; date += std::chrono::days(1)) {
        const Instant low = zone.day_start(date);
        const Instant high = zone.day_start(date + std::chrono::days(1));
        const std::int32_t change = zone.offset(high) - zone.offset(low);
        if (change == 0) {
            continue;
        }
        // A rule names the time on the clock that is about to be changed.
        const Instant at = find_change(zone, low, high);
        const std::uint32_t rule =
            dst_rule(zone.local(at - std::chrono::seconds(1)) + std::chrono::seconds(1));
        (change > 0 ? clock.dst_start_rule : clock.dst_end_rule) = rule;
        clock.tz_offset = change > 0 ? zone.offset(low) : zone.offset(high);
        clock.dst_offset = change > 0 ? change : -change;
    }
    const bool both = clock.dst_start_rule != 0xFFFFFFFF && clock.dst_end_rule != 0xFFFFFFFF;
    return both ? clock : EspiClock{zone.offset(zone.day_start(day)), 0};
}

std::unique_ptr<SeriesWriter> make_espi_writer(TextSink sink, Instant updated) {
    return std::make_unique<EspiWriter>(std::move(sink), updated);
}

}  // namespace usagectl::meter
