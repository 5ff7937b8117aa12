// SPDX-License-Identifier: MIT
#include "meter/reader.hpp"

#include "base/assert.hpp"
#include "base/words.hpp"

namespace usagectl::meter {
namespace {

constexpr Words<Format::csv> formats{"lse", "smt-csv", "espi", "nem12", "csv"};

}  // namespace

std::string_view to_string(Format format) {
    return formats.word(format);
}

std::optional<Format> parse_format(std::string_view name) {
    return formats.parse(name);
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
