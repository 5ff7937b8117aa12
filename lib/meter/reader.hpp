// SPDX-License-Identifier: MIT
// A file format, turned into intervals. Readers are pure: bytes in, intervals and rejects out
// through the Assembler; no clock, no file, no store. One reader reads one file once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "meter/assembler.hpp"

namespace usagectl::meter {

enum class Format : std::uint8_t { lse, smt_csv, espi, nem12, csv };
// "lse", "smt-csv", "espi", "nem12", "csv".
[[nodiscard]] std::string_view to_string(Format format);
[[nodiscard]] std::optional<Format> parse_format(std::string_view name);

// Decides by content. `head` is the beginning of the file (up to 64 KiB; all of it when shorter).
// Errors (exit 6): `empty_file`; `format_unknown` with what was seen; `format_refused` for what is
// known and not taken (NEM13, a PDF document, ...) by name.
[[nodiscard]] Result<Format> detect_format(std::string_view head);

// A zone the file itself implies, before it is read: NEM12 is market time (AEMO MDFF, no daylight
// saving); others: none.
[[nodiscard]] std::optional<std::string_view> format_zone(Format format);

struct ReaderOptions {
    const Zone* zone = nullptr;     // how to read local times, where a meter has no zone of its own
    bool zone_is_explicit = false;  // --timezone was given: it wins over what the file says
    // Where the file goes. Data that says it is not validated is taken into the raw layer only.
    Layer layer = Layer::vee;
    // The text is single records, each under its header lines, that were taken out of a file.
    bool part = false;
    // The stored zone of a meter where it differs from `zone`, as AssemblerOptions::zone_of; both
    // must know the same zones. May be empty.
    std::function<const Zone*(std::string_view meter)> zone_of = {};

    // How to read the local times of this meter.
    [[nodiscard]] const Zone& zone_for(std::string_view meter) const {
        const Zone* own = zone_of ? zone_of(meter) : nullptr;
        return own != nullptr ? *own : *zone;
    }
};

class Reader {
public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    // Lines longer than this are rejected by the feeder, not given to a line reader.
    static constexpr std::size_t max_line = 1 << 20;

    // Takes the next piece of the file. For line formats (`by_line()` true) a piece holds whole
    // lines, except that the last line of the last piece may lack its line end. `last` is true
    // exactly once, perhaps with empty text. Returns an error only when the file as a whole is
    // refused (exit 6: `empty_file`, `header_malformed`, ...); single bad records are rejects.
    // Whoever owns the assembler finishes it afterwards.
    [[nodiscard]] virtual Result<void> read(std::string_view text, bool last) = 0;
    [[nodiscard]] virtual bool by_line() const { return true; }
    // The feeder dropped an over-long line: count it, so that line numbers stay true.
    virtual void skip_line(std::string_view beginning) = 0;
};

[[nodiscard]] std::unique_ptr<Reader>
make_reader(Format format, const ReaderOptions& options, Assembler& assembler);
// The five, each in its own file.
[[nodiscard]] std::unique_ptr<Reader> make_lse_reader(const ReaderOptions&, Assembler&);
[[nodiscard]] std::unique_ptr<Reader> make_smt_csv_reader(const ReaderOptions&, Assembler&);
[[nodiscard]] std::unique_ptr<Reader> make_espi_reader(const ReaderOptions&, Assembler&);
[[nodiscard]] std::unique_ptr<Reader> make_nem12_reader(const ReaderOptions&, Assembler&);
[[nodiscard]] std::unique_ptr<Reader> make_csv_reader(const ReaderOptions&, Assembler&);

}  // namespace usagectl::meter
