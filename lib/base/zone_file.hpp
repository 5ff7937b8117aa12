// SPDX-License-Identifier: MIT
// One zone of the system's database, read from its own file (RFC 8536, TZif version 2 and later).
// The date library would read the whole tree of six hundred files first, which takes longer than
// most commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

struct ZoneFile {
    // The offset, in seconds east of UTC, that holds from `at` until the next piece.
    struct Piece {
        std::int64_t at = 0;
        std::int32_t offset = 0;
        bool daylight = false;
    };
    Piece first;                // what holds before all others; its `at` means nothing
    std::vector<Piece> pieces;  // ascending
    std::string rule;           // a POSIX rule for the time behind the last one; may be empty
};

// Whether a name may be that of a file of the database: nothing outside it, none of its copies.
[[nodiscard]] bool is_zone_name(std::string_view name);

// None: no such file. Failure `timezone_database_unreadable` (5): it is there and cannot be read,
// or does not hold what it should.
[[nodiscard]] std::optional<ZoneFile> read_zone_file(const std::string& name);

// The content of a file; none when it is not one of the format. Never reads outside `bytes`.
[[nodiscard]] std::optional<ZoneFile> parse_zone_file(std::string_view bytes);

}  // namespace usagectl
