// SPDX-License-Identifier: MIT
// Which format a file is in, told by its first line alone; names and extensions say nothing.
#include <array>
#include <string>

#include "base/text.hpp"
#include "meter/csv_row.hpp"
#include "meter/line_text.hpp"
#include "meter/reader.hpp"

namespace usagectl::meter {
namespace {

constexpr const char* choose_format =
    "known formats are lse, smt-csv, espi, nem12 and csv; name the right one with --format-in";

struct Signature {
    std::string_view bytes;
    const char* what;
    const char* hint;
};

// Things people pass by mistake. Compressed input is unpacked before detection, so that what still
// looks compressed here was compressed twice.
constexpr std::array signatures{
    Signature{"%PDF-", "a PDF document", "ask for the interval data as a data file"},
    Signature{"\x1F\x8B", "gzip inside of another archive", "unpack it once"},
    Signature{"PK\x03\x04", "a zip or a spreadsheet inside of another archive", "unpack it once"},
    Signature{"\x28\xB5\x2F\xFD", "zstd inside of another archive", "unpack it once"},
    Signature{"\xD0\xCF\x11\xE0", "an Excel workbook", "save it as CSV"},
    Signature{"-----BEGIN PGP", "encrypted (PGP)", "decrypt it first"},
    Signature{"\xFF\xFE", "UTF-16 text", "save it as UTF-8"},
    Signature{"\xFE\xFF", "UTF-16 text", "save it as UTF-8"},
    Signature{"SQLite format 3", "an SQLite database", choose_format},
};

[[nodiscard]] bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f');
}

// A NUL, or more than one byte in twenty a control character.
[[nodiscard]] bool looks_binary(std::string_view head) {
    if (head.find('\0') != std::string_view::npos)
        return true;
    const auto controls = std::count_if(head.begin(), head.end(), is_control);
    return static_cast<std::size_t>(controls) * 20 > head.size();
}

[[nodiscard]] std::string_view after_blank_lines(std::string_view head) {
    const std::size_t at = head.find_first_not_of(" \t\r\n\f\v");
    return at == std::string_view::npos ? std::string_view() : head.substr(at);
}

// `<feed`, `<entry`, `<espi:IntervalBlock`, `<?xml`, a comment.
[[nodiscard]] bool opens_like_espi(std::string_view line) {
    if (line.starts_with("<?xml") || line.starts_with("<!--"))
        return true;
    const std::size_t name_end = line.find_first_of(" \t>/");
    const std::string_view tag = line.substr(0, name_end);
    if (!tag.starts_with('<'))
        return false;
    return tag == "<feed" || tag == "<entry" || tag.find(':') != std::string_view::npos ||
           tag == "<IntervalBlock" || tag == "<UsagePoint";
}

[[nodiscard]] bool opens_like_html(std::string_view line) {
    return same_ignoring_case(line.substr(0, 5), "<html") ||
           same_ignoring_case(line.substr(0, 14), "<!doctype html");
}

[[nodiscard]] bool is_header(std::string_view line, std::initializer_list<const char*> names) {
    CsvRow row;
    if (!row.split(line))
        return false;
    return std::all_of(names.begin(), names.end(), [&](const char* name) { return row.has(name); });
}

[[nodiscard]] tl::unexpected<Error> unknown(std::string_view head, std::string_view start) {
    if (looks_binary(head)) {
        return refuse(
            Exit::rejected, "format_unknown", "binary data, not a meter file", choose_format
        );
    }
    const std::string_view shown =
        without_line_end(start.substr(0, start.find('\n'))).substr(0, 40);
    return refuse(
        Exit::rejected,
        "format_unknown",
        "the file begins with " + quoted(shown) + ", which is no known format",
        choose_format
    );
}

}  // namespace

Result<Format> detect_format(std::string_view head) {
    for (const Signature& signature : signatures) {
        if (head.starts_with(signature.bytes)) {
            return refuse(
                Exit::rejected,
                "format_refused",
                "the file is " + std::string(signature.what) + ", not interval data",
                signature.hint
            );
        }
    }
    const std::string_view start = after_blank_lines(without_mark(head));
    if (start.empty())
        return refuse(Exit::rejected, "empty_file", "the file is empty");
    const std::string_view line = without_line_end(start.substr(0, start.find('\n')));

    // ERCOT Retail Market Guide section 9 appendix G: header row one.
    if (line.starts_with("00000001,"))
        return Format::lse;
    // AEMO Meter Data File Format: the 100 record; some providers leave it out.
    if (line.starts_with("100,NEM13")) {
        return refuse(
            Exit::rejected, "format_refused", "NEM13 (accumulated reads) is not interval data"
        );
    }
    if (line.starts_with("100,NEM12") || line.starts_with("200,"))
        return Format::nem12;
    if (opens_like_html(line)) {
        return refuse(
            Exit::rejected,
            "format_refused",
            "the file is an HTML page, not interval data",
            "the download may have ended on a log-in page"
        );
    }
    if (opens_like_espi(line))
        return Format::espi;
    if (is_header(line, {"ESIID", "USAGE_KWH"}))
        return Format::smt_csv;
    if (is_header(line, {"meter", "start", "wh"}) || is_header(line, {"meter", "start", "kwh"})) {
        return Format::csv;
    }
    return unknown(head, start);
}

}  // namespace usagectl::meter
