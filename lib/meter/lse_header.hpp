// SPDX-License-Identifier: MIT
// The header rows of a group in an LSE file: whose data follows, from when to when, in what unit.
// ERCOT Retail Market Guide section 9 appendix G names the rows; their fields are those of the
// LodeStar enhanced format. A fault in a header refuses the whole group.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "meter/csv_row.hpp"
#include "meter/types.hpp"

namespace usagectl::meter {

struct LseHeader {
    std::string meter;
    Channel channel = Channel::consumption;
    LocalTime start{};
    LocalTime stop{};        // as written; see LseHeader::end
    bool prevailing = true;  // local prevailing time, else standard time all year
    std::uint32_t start_column = 0;
    std::uint32_t stop_column = 0;
    std::uint32_t flag_column = 0;  // of the invalid record flag
    std::int64_t seconds = 0;       // per interval; 0 until row two has come
    std::optional<LocalTime> stamp;
    bool validated = true;  // invalid record flag N: needs no validation any more

    // Where a group that started at `from` ends, if its stop time is at `written`. A stop of
    // 23:59:59 and a stop of 23:59:00 both mean through the end of the day: the last second or the
    // start of the last minute. A stop that is already whole intervals away is meant as it stands.
    [[nodiscard]] Instant end(Instant from, Instant written) const;
};

// What is wrong in a header row, and where.
struct LseFault {
    const char* at = nullptr;
    std::string reason;
};

// Reads rows one, two and four (without their line ends) into a header; row three is free text.
// Groups of one file say nearly the same, so what a row said last is kept beside its text.
class LseHeaderRows {
public:
    // Row one begins a new header.
    [[nodiscard]] std::optional<LseFault> read_one(std::string_view line, LseHeader& header);
    [[nodiscard]] std::optional<LseFault> read_two(std::string_view line, LseHeader& header);
    [[nodiscard]] std::optional<LseFault> read_four(std::string_view line, LseHeader& header);

private:
    CsvRow row_;
    std::string last_one_;  // from the comma after the ESI ID on; empty: nothing kept
    std::string last_two_;
    std::string last_four_;
    std::int64_t last_seconds_ = 0;
    std::optional<LocalTime> last_stamp_;
};

}  // namespace usagectl::meter
