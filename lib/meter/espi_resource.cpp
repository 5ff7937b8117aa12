// SPDX-License-Identifier: MIT
#include "meter/espi_resource.hpp"

#include <algorithm>
#include <limits>

#include <pugixml.hpp>

#include "base/number.hpp"
#include "base/text.hpp"
#include "meter/line_text.hpp"

namespace usagectl::meter {

namespace {

using pugi::xml_node;

// A fragment has no declaration of its own: it is UTF-8, like the feed, and may be several
// elements.
constexpr unsigned parse_flags =
    pugi::parse_default | pugi::parse_fragment | pugi::parse_embed_pcdata | pugi::parse_trim_pcdata;

std::string_view local_name(const xml_node& node) {
    const std::string_view name = node.name();
    return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

xml_node child(const xml_node& node, std::string_view name) {
    for (const xml_node& candidate : node.children()) {
        if (local_name(candidate) == name)
            return candidate;
    }
    return {};
}

std::string_view text_of(const xml_node& node) {
    return trim(node.text().get());
}

// Absent for an element that is not there or empty; `fault` names one that is no number.
std::optional<std::int64_t> number_in(
    const xml_node& node,
    std::string_view name,
    std::int64_t low,
    std::int64_t high,
    std::string& fault
) {
    const std::string_view text = text_of(child(node, name));
    if (text.empty())
        return {};
    const auto number = parse_integer(text, low, high);
    if (!number && fault.empty())
        fault = std::string(name) + " " + quoted(text) + " is not a whole number in range";
    return number;
}

EspiReadingType read_reading_type(const xml_node& node) {
    EspiReadingType type;
    const auto code = [&](std::string_view name) {
        return number_in(node, name, 0, 100'000, type.fault);
    };
    type.accumulation = code("accumulationBehaviour");
    type.commodity = code("commodity");
    type.qualifier = code("dataQualifier");
    type.flow = code("flowDirection");
    type.interval_length = number_in(node, "intervalLength", 0, 1'000'000'000, type.fault);
    type.kind = code("kind");
    type.multiplier = number_in(node, "powerOfTenMultiplier", -12, 12, type.fault);
    type.unit = code("uom");
    return type;
}

EspiLocalTime read_local_time(const xml_node& node) {
    std::string fault;
    EspiLocalTime time;
    time.offset = number_in(node, "tzOffset", -86'400, 86'400, fault);
    time.dst_offset = number_in(node, "dstOffset", 0, 86'400, fault);
    time.dst_start = text_of(child(node, "dstStartRule"));
    time.dst_end = text_of(child(node, "dstEndRule"));
    return time;
}

EspiUsagePoint read_usage_point(const xml_node& node) {
    std::string fault;
    return {number_in(child(node, "ServiceCategory"), "kind", 0, 100'000, fault)};
}

std::optional<std::int64_t> read_block_start(const xml_node& block) {
    std::string fault;
    return number_in(child(block, "interval"), "start", 0, 0xFFFF'FFFF, fault);
}

// False when the element is no resource of interest.
bool read_resource(const xml_node& node, EspiEntry& entry) {
    const std::string_view name = local_name(node);
    if (name == "IntervalBlock") {
        auto* blocks = std::get_if<EspiIntervalBlocks>(&entry.resource);
        if (blocks == nullptr)
            blocks = &entry.resource.emplace<EspiIntervalBlocks>();
        blocks->starts.push_back(read_block_start(node));
    } else if (name == "UsagePoint") {
        entry.resource = read_usage_point(node);
    } else if (name == "MeterReading") {
        entry.resource = EspiMeterReading{};
    } else if (name == "ReadingType") {
        entry.resource = read_reading_type(node);
    } else if (name == "LocalTimeParameters") {
        entry.resource = read_local_time(node);
    } else {
        return false;
    }
    return true;
}

// Atom times may have a fraction of a second (RFC 4287 section 3.3), which no revision needs.
std::int64_t read_updated(std::string_view text) {
    std::string time(text);
    const std::size_t point = time.find('.');
    if (point != std::string::npos)
        time.erase(point, time.find_first_not_of("0123456789", point + 1) - point);
    const auto instant = parse_instant(time);
    return instant ? unix_seconds(*instant) : 0;
}

void read_link(const xml_node& link, EspiEntry& entry) {
    const std::string_view relation = link.attribute("rel").value();
    const char* const href = link.attribute("href").value();
    if (relation == "self")
        entry.self = href;
    else if (relation == "up")
        entry.up = href;
    else if (relation == "related")
        entry.related.emplace_back(href);
}

// The children of an entry, and those of its content, where some providers put the times as well.
void read_children(const xml_node& node, EspiEntry& entry) {
    for (const xml_node& item : node.children()) {
        const std::string_view name = local_name(item);
        if (read_resource(item, entry))
            continue;
        if (name == "link")
            read_link(item, entry);
        else if (name == "title" && entry.title.empty())
            entry.title = text_of(item);
        else if (name == "updated" && entry.updated == 0)
            entry.updated = read_updated(text_of(item));
        else if (name == "content")
            read_children(item, entry);
    }
}

// QualityOfReading of usage.xsd. An edited value (7) is settled but is not the meter's own, so it
// counts as estimated, like what was estimated, derived, projected, mixed, questionable, normalised
// for weather, or of a kind the schema does not know. Raw (14) is what the meter said.
Quality quality_of(std::int64_t code) {
    constexpr std::int64_t actual[] = {0, 14, 17, 18, 19};
    const bool known = std::find(std::begin(actual), std::end(actual), code) != std::end(actual);
    return known ? Quality::actual : Quality::estimated;
}

// The worst of all ReadingQuality elements.
Quality read_quality(const xml_node& reading, std::string& fault) {
    Quality worst = Quality::actual;
    for (const xml_node& item : reading.children()) {
        if (local_name(item) != "ReadingQuality")
            continue;
        const auto code = number_in(item, "quality", 0, 100'000, fault);
        worst = std::min(worst, quality_of(code.value_or(0)));
    }
    return worst;
}

class RunParser {
public:
    void take(const xml_node& node, const EspiPlace& place, std::string_view text) {
        constexpr std::int64_t int48 = std::int64_t{1} << 47;
        std::string fault;
        EspiReading reading;
        const xml_node period = child(node, "timePeriod");
        reading.start =
            number_in(period, "start", 0, 0xFFFF'FFFF, fault).value_or(EspiReading::no_start);
        reading.duration = static_cast<std::uint32_t>(
            number_in(period, "duration", 0, 0xFFFF'FFFF, fault).value_or(0)
        );
        const auto value = number_in(node, "value", -int48, int48 - 1, fault);
        reading.value = value.value_or(0);
        reading.quality = static_cast<std::uint8_t>(read_quality(node, fault));
        reading.block = place.block & 0xFF'FFFFU;
        reading.ordinal = place.ordinal;
        reading.line = static_cast<std::uint32_t>(place.line);
        if (!fault.empty())
            refuse(place, text, std::move(fault));
        else if (value)
            run_.readings.push_back(reading);
        else
            ++run_.blanks;
    }
    void refuse(const EspiPlace& place, std::string_view text, std::string why) {
        if (run_.faulty++ > 0)
            return;
        run_.fault = std::move(why);
        run_.fault_line = place.line;
        run_.fault_text = text;
    }
    [[nodiscard]] EspiRun finish() { return std::move(run_); }

private:
    EspiRun run_;
};

}  // namespace

std::optional<EspiEntry> parse_espi_entry(std::string_view shell, std::string& why) {
    pugi::xml_document document;
    const auto result =
        document.load_buffer(shell.data(), shell.size(), parse_flags, pugi::encoding_utf8);
    if (!result) {
        why = "malformed XML " + std::to_string(result.offset) +
              " bytes into the entry: " + result.description();
        return {};
    }
    EspiEntry entry;
    const xml_node root = document.first_child();
    if (!read_resource(root, entry))
        read_children(root, entry);
    return entry;
}

EspiRun parse_espi_readings(std::string_view run, const std::vector<EspiPlace>& places) {
    RunParser parser;
    pugi::xml_document document;
    const auto whole =
        document.load_buffer(run.data(), run.size(), parse_flags, pugi::encoding_utf8);
    const auto text_at = [&](std::size_t index) {
        const std::size_t from = places[index].offset;
        const std::size_t to = index + 1 < places.size() ? places[index + 1].offset : run.size();
        return run.substr(from, to - from);
    };
    if (whole) {
        xml_node node = document.first_child();
        for (std::size_t index = 0; index < places.size(); ++index, node = node.next_sibling())
            parser.take(node, places[index], text_at(index));
        return parser.finish();
    }
    // One of them is malformed: each alone, so that only that one is lost.
    for (std::size_t index = 0; index < places.size(); ++index) {
        const std::string_view text = text_at(index);
        const auto result =
            document.load_buffer(text.data(), text.size(), parse_flags, pugi::encoding_utf8);
        if (result)
            parser.take(document.first_child(), places[index], text);
        else
            parser.refuse(
                places[index], text, std::string("malformed XML: ") + result.description()
            );
    }
    return parser.finish();
}

}  // namespace usagectl::meter
