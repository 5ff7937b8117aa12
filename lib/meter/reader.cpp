// SPDX-License-Identifier: MIT
#include "meter/reader.hpp"

#include <array>

#include "base/assert.hpp"

namespace usagectl::meter {
namespace {

constexpr std::array formats{
    Format::lse,
    Format::smt_csv,
    Format::espi,
    Format::nem12,
    Format::csv,
};

}  // namespace

std::string_view to_string(Format format) {
    switch (format) {
    case Format::lse:
        return "lse";
    case Format::smt_csv:
        return "smt-csv";
    case Format::espi:
        return "espi";
    case Format::nem12:
        return "nem12";
    case Format::csv:
        return "csv";
    }
    USAGECTL_ASSERT(!"a format without a name");
    return {};
}

std::optional<Format> parse_format(std::string_view name) {
    for (const Format format : formats) {
        if (to_string(format) == name)
            return format;
    }
    return {};
}

std::optional<std::string_view> format_zone(Format format) {
    if (format == Format::nem12)
        return "Australia/Brisbane";
    return {};
}

std::unique_ptr<Reader>
make_reader(Format format, const ReaderOptions& options, Assembler& assembler) {
    switch (format) {
    case Format::lse:
        return make_lse_reader(options, assembler);
    case Format::smt_csv:
        return make_smt_csv_reader(options, assembler);
    case Format::espi:
        return make_espi_reader(options, assembler);
    case Format::nem12:
        return make_nem12_reader(options, assembler);
    case Format::csv:
        return make_csv_reader(options, assembler);
    }
    USAGECTL_ASSERT(!"a format without a reader");
    return nullptr;
}

}  // namespace usagectl::meter
