// SPDX-License-Identifier: MIT
#include "meter/espi_feed.hpp"

#include <algorithm>

#include "meter/line_text.hpp"

namespace usagectl::meter {

namespace {

// An address as a key: without scheme and server, query, and slashes around it. Some feeds write
// whole addresses, some only the path.
std::string path_of(std::string_view address) {
    const std::size_t scheme = address.find("://");
    if (scheme != std::string_view::npos) {
        address.remove_prefix(scheme + 3);
        address.remove_prefix(std::min(address.find('/'), address.size()));
    }
    address = address.substr(0, address.find_first_of("?#"));
    while (address.starts_with('/'))
        address.remove_prefix(1);
    while (address.ends_with('/'))
        address.remove_suffix(1);
    return std::string(address);
}

// The beginning of `path` up to and with the name after the segment `kind`: through
// `R/1/UsagePoint/2/MeterReading/3` and `UsagePoint` this is `R/1/UsagePoint/2`. Empty without one.
std::string_view through(std::string_view path, std::string_view kind) {
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        if (path.substr(at, end - at) == kind && end < path.size())
            return path.substr(0, std::min(path.find('/', end + 1), path.size()));
        at = end + 1;
    }
    return {};
}

int hex_digit(char c) {
    if (is_digit(c))
        return c - '0';
    const char letter = lower(c);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// The last name of a path, with its percent-encoded characters (RFC 3986 section 2.1) decoded.
std::string last_name(std::string_view path) {
    const std::string_view segment = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
    std::string name;
    for (std::size_t at = 0; at < segment.size(); ++at) {
        const int high = at + 2 < segment.size() ? hex_digit(segment[at + 1]) : -1;
        const int low = at + 2 < segment.size() ? hex_digit(segment[at + 2]) : -1;
        const bool encoded = segment[at] == '%' && high >= 0 && low >= 0;
        name += encoded ? static_cast<char>(high * 16 + low) : segment[at];
        at += encoded ? 2 : 0;
    }
    return name;
}

bool mentions(const std::vector<std::string>& paths, std::string_view kind) {
    return std::any_of(paths.begin(), paths.end(), [kind](const std::string& path) {
        return !through(path, kind).empty();
    });
}

template <class Map>
auto find_in(const Map& map, std::string_view key) -> const typename Map::mapped_type* {
    const auto found = map.find(std::string(key));
    return found == map.end() ? nullptr : &found->second;
}

// The value one of the paths leads to.
template <class Map>
auto find_first(const Map& map, const std::vector<std::string>& paths) -> const
    typename Map::mapped_type* {
    for (const std::string& path : paths) {
        if (const auto* value = find_in(map, path))
            return value;
    }
    return nullptr;
}

std::vector<std::string> paths_of(const std::vector<std::string>& addresses) {
    std::vector<std::string> paths;
    for (const std::string& address : addresses)
        paths.push_back(path_of(address));
    return paths;
}

}  // namespace

std::string espi_meter_name(std::string_view name) {
    std::string sound(name);
    for (char& c : sound) {
        if (!MeterId::valid(std::string_view(&c, 1)))
            c = '-';
    }
    return MeterId::valid(sound) ? sound : std::string();
}

void EspiFeed::add(const EspiEntry& entry) {
    // Entries without an address of their own are kept apart by number.
    std::string path = path_of(entry.self);
    const std::string meter = espi_meter_name(path.empty() ? entry.title : last_name(path));
    if (path.empty())
        path = "#" + std::to_string(++nameless_);
    std::vector<std::string> related = paths_of(entry.related);
    // Each address is kept as it is and as the key of a map.
    constexpr std::size_t overhead = 256;
    bytes_ += overhead + 2 * path.size() + entry.title.size();
    for (const std::string& other : related)
        bytes_ += overhead + 2 * other.size() + path.size();
    if (const auto* point = std::get_if<EspiUsagePoint>(&entry.resource)) {
        for (const std::string& other : related)
            point_of_.try_emplace(other, path);
        points_[path] = {path, meter, refuse_espi_service(*point), std::move(related)};
    } else if (std::holds_alternative<EspiMeterReading>(entry.resource)) {
        for (const std::string& other : related)
            reading_of_.try_emplace(other, path);
        readings_[path] = {path, path_of(entry.up), entry.title, std::move(related)};
    } else if (const auto* type = std::get_if<EspiReadingType>(&entry.resource)) {
        types_[path] = judge_espi(*type);
    } else if (const auto* time = std::get_if<EspiLocalTime>(&entry.resource)) {
        zones_[path] = espi_zone(*time);
    }
}

const EspiFeed::MeterReading* EspiFeed::find_reading(const EspiEntry& block) const {
    const std::string self = path_of(block.self);
    const std::string up = path_of(block.up);
    for (const std::string_view path : {std::string_view(up), std::string_view(self)}) {
        if (const std::string* key = find_in(reading_of_, path))
            return find_in(readings_, *key);
        if (const auto* reading = find_in(readings_, through(path, "MeterReading")))
            return reading;
    }
    return nullptr;
}

const EspiVerdict*
EspiFeed::find_type(const MeterReading* reading, const EspiEntry& block, bool at_end) const {
    const std::vector<std::string> related =
        reading != nullptr ? reading->related : paths_of(block.related);
    if (const auto* type = find_first(types_, related))
        return type;
    const bool only_one = at_end && types_.size() == 1 && !mentions(related, "ReadingType");
    return only_one ? &types_.begin()->second : nullptr;
}

const EspiFeed::Point*
EspiFeed::find_point(const MeterReading* reading, const EspiEntry& block, bool at_end) const {
    const std::string own = path_of(block.up.empty() ? block.self : block.up);
    const std::string& path = reading != nullptr && !reading->up.empty() ? reading->up : own;
    if (const std::string* key = find_in(point_of_, path))
        return find_in(points_, *key);
    const std::string_view point = through(path, "UsagePoint");
    if (!point.empty())
        return find_in(points_, point);
    return at_end && points_.size() == 1 ? &points_.begin()->second : nullptr;
}

void EspiFeed::find_zone(const Point* point, bool at_end, EspiOrigin& origin) const {
    const std::string* zone = point == nullptr ? nullptr : find_first(zones_, point->related);
    const bool linked = point != nullptr && mentions(point->related, "LocalTimeParameters");
    if (zone == nullptr && zones_.size() == 1 && (at_end || !linked))
        zone = &zones_.begin()->second;
    if (zone != nullptr)
        origin.zone = *zone;
    origin.settled = origin.settled && (zone != nullptr || !linked);
}

EspiOrigin EspiFeed::trace(const EspiEntry& block, bool at_end) const {
    const MeterReading* const reading = find_reading(block);
    const Point* const point = find_point(reading, block, at_end);
    const std::string own = path_of(block.up.empty() ? block.self : block.up);
    EspiOrigin origin;
    origin.verdict = find_type(reading, block, at_end);
    origin.settled = origin.verdict != nullptr && point != nullptr;
    origin.reading = reading != nullptr ? reading->path : through(own, "MeterReading");
    if (point != nullptr) {
        origin.point = point->path;
        origin.meter = point->name;
        origin.service_refusal = point->refusal;
    } else {
        origin.point = through(reading != nullptr ? reading->path : own, "UsagePoint");
        origin.meter = espi_meter_name(last_name(origin.point));
        if (origin.meter.empty())
            origin.meter = espi_meter_name(reading != nullptr ? reading->title : block.title);
    }
    find_zone(point, at_end, origin);
    return origin;
}

}  // namespace usagectl::meter
