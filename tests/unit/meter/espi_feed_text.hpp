// SPDX-License-Identifier: MIT
// ESPI documents for tests, put together from parts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

namespace usagectl::test::espi {

inline constexpr std::int64_t noon = 1'330'603'200;  // 2012-03-01T12:00:00Z

struct Reading {
    std::int64_t start = noon;
    std::int64_t value = 100;
    std::int64_t duration = 900;
    std::string quality;  // codes, separated by blanks
};

inline std::string element(const std::string& name, const std::string& text) {
    return "<" + name + ">" + text + "</" + name + ">";
}
inline std::string element(const std::string& name, std::int64_t number) {
    return element(name, std::to_string(number));
}

inline std::string atom_link(const std::string& relation, const std::string& address) {
    return "<link rel=\"" + relation + "\" href=\"" + address + "\"/>\n";
}

inline std::string entry(const std::string& links, const std::string& content) {
    return "<entry>\n" + links + "<content>" + content +
           "</content>\n<updated>2012-10-24T00:00:00Z" + "</updated></entry>\n";
}

inline std::string feed(const std::string& entries) {
    return "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n" + entries +
           "</feed>\n";
}

inline std::string text(const Reading& reading) {
    std::string qualities;
    for (std::size_t at = 0; at < reading.quality.size();) {
        const std::size_t end = std::min(reading.quality.find(' ', at), reading.quality.size());
        qualities +=
            element("ReadingQuality", element("quality", reading.quality.substr(at, end - at)));
        at = end + 1;
    }
    return element(
               "IntervalReading",
               qualities +
                   element(
                       "timePeriod",
                       element("duration", reading.duration) + element("start", reading.start)
                   ) +
                   element("value", reading.value)
           ) +
           "\n";
}

// The usual entries of one usage point `P` with the meter reading `R`.
inline std::string usage_point(const std::string& point = "P", const std::string& kind = "0") {
    return entry(
        atom_link("self", "/U/UsagePoint/" + point) + atom_link("up", "/U/UsagePoint") +
            atom_link("related", "/U/UsagePoint/" + point + "/MeterReading"),
        element("UsagePoint", element("ServiceCategory", element("kind", kind)))
    );
}
inline std::string meter_reading(
    const std::string& point = "P", const std::string& reading = "R", const std::string& type = "T"
) {
    const std::string path = "/U/UsagePoint/" + point + "/MeterReading";
    return entry(
        atom_link("self", path + "/" + reading) + atom_link("up", path) +
            atom_link("related", path + "/" + reading + "/IntervalBlock") +
            atom_link("related", "/U/ReadingType/" + type),
        "<MeterReading/>"
    );
}
inline std::string
reading_type(const std::string& elements = "<uom>72</uom>", const std::string& type = "T") {
    return entry(
        atom_link("self", "/U/ReadingType/" + type) + atom_link("up", "/U/ReadingType"),
        element("ReadingType", elements)
    );
}
inline std::string block(
    const std::string& readings, const std::string& point = "P", const std::string& reading = "R"
) {
    const std::string up = "/U/UsagePoint/" + point + "/MeterReading/" + reading + "/IntervalBlock";
    return entry(
        atom_link("self", up + "/1") + atom_link("up", up), element("IntervalBlock", readings)
    );
}

// A whole feed with one block of the given readings.
inline std::string
simple_feed(const std::string& readings, const std::string& type = "<uom>72</uom>") {
    return feed(usage_point() + meter_reading() + reading_type(type) + block(readings));
}

}  // namespace usagectl::test::espi
