// SPDX-License-Identifier: MIT
// The records of a NEM12 file (AEMO, Meter Data File Format Specification NEM12 and NEM13, section
// 4), each read from its fields alone. What is wrong with one is a sentence, empty when nothing is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "meter/types.hpp"

namespace usagectl::meter {

// The fields of one line, trimmed. They lie in the line, so that each knows its column. Those past
// the last place any record has are not kept: some providers pad every row with commas.
class Nem12Fields {
public:
    static constexpr std::size_t most = 2 + 288 + 5;

    void split(std::string_view line);
    [[nodiscard]] std::size_t size() const { return fields_.size(); }
    // Empty for a field that is not there.
    [[nodiscard]] std::string_view operator[](std::size_t field) const;
    // From 1; 0 for a field that is not there.
    [[nodiscard]] std::uint32_t column(std::size_t field) const;
    [[nodiscard]] std::string_view line() const { return line_; }

private:
    std::string_view line_;
    std::vector<std::string_view> fields_;
};

// The quality flag of a 300 or 400 record: a letter, and for E, F and S a method of two digits.
enum class Nem12Flag : std::uint8_t {
    actual,     // A
    estimated,  // E forward estimate, F final substitute, S substitute
    null,       // N: no data, whatever the values say
    variable,   // V: 400 records tell, range by range
};
[[nodiscard]] std::optional<Nem12Flag> parse_nem12_flag(std::string_view text);

// What a 200 record says about the 300 records below it. A stream that is not stored says why not.
struct Nem12Stream {
    std::string meter;
    Channel channel = Channel::consumption;
    std::int32_t minutes = 0;
    int scale = 0;           // a value times 10^scale is Wh
    std::string refusal;     // why its rows are not taken
    bool malformed = false;  // the record itself is wrong, not only of no use
    std::uint32_t column = 0;
};
// Active energy only: suffix E* is consumption, B* generation, in Wh, kWh or MWh. E1 and B1 go
// under the NMI itself. Further registers of the same kind (E2, controlled load) are streams of
// their own that would overwrite it, so they go under NMI/E2.
[[nodiscard]] Nem12Stream parse_nem12_stream(const Nem12Fields& fields);

// A 300 record: one day of one stream, its qualities perhaps completed by 400 records.
class Nem12Day {
public:
    enum class Text : std::uint8_t { blank, number, unreadable };
    struct Slot {
        Text text = Text::blank;
        std::int64_t wh = 0;
        bool rounded = false;
        bool null = false;     // whatever the text: there is no data
        bool covered = false;  // by a 400 record
        Quality quality = Quality::actual;
        std::uint32_t column = 0;
    };

    // Reads the fields; `refusal` tells when the row cannot be taken. Times are the standard time
    // of `zone`, all year: market time has no daylight saving.
    void begin(const Nem12Fields& fields, const Nem12Stream& stream, const Zone& zone);
    // Completes the qualities by a 400 record; a wrong one refuses the day.
    void cover(const Nem12Fields& fields);
    // No 400 record follows any more.
    void end();

    [[nodiscard]] bool may_be_covered() const {
        return flag_ == Nem12Flag::variable || flag_ == Nem12Flag::actual;
    }
    [[nodiscard]] const std::string& refusal() const { return refusal_; }
    [[nodiscard]] std::uint32_t column() const { return column_; }
    // Values in the row, blanks not counted.
    [[nodiscard]] std::uint32_t values() const { return values_; }
    [[nodiscard]] int size() const { return size_; }
    [[nodiscard]] const Slot& slot(int index) const {
        return slots_[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] Instant start() const { return start_; }
    [[nodiscard]] std::int64_t revision() const { return revision_; }

private:
    void refuse(std::string reason, std::uint32_t column);
    bool check_shape(const Nem12Fields& fields, const Nem12Stream& stream);
    bool read_times(const Nem12Fields& fields, const Zone& zone);
    void read_values(const Nem12Fields& fields, int scale);

    std::array<Slot, 288> slots_;
    int size_ = 0;
    Nem12Flag flag_ = Nem12Flag::actual;
    Instant start_{};
    std::int64_t revision_ = 0;
    std::uint32_t values_ = 0;
    std::string refusal_;
    std::uint32_t column_ = 0;
    std::uint32_t covers_ = 0;  // 400 records so far
};

// Values of a 300 row, however wrong it is: its fields up to the quality flag, blanks left out.
[[nodiscard]] std::uint32_t count_nem12_values(const Nem12Fields& fields);

}  // namespace usagectl::meter
