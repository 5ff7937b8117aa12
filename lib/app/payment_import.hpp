// SPDX-License-Identifier: MIT
// Payments of a file: as agents, banks and money transfer services hand them in (source: US
// 8,095,475, figure 4, step 82). Any number of lines in constant memory; the same file again posts
// nothing, because every line has its reference.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/payment_lines.hpp"

namespace usagectl::app {

enum class LineState : std::uint8_t { posted, unchanged, rejected };
[[nodiscard]] std::string_view to_string(LineState state);

// What became of a line. The text is valid during the call alone.
struct PaymentLine {
    std::uint64_t line = 0;  // in the file, from 1
    std::string_view text;
    LineState state = LineState::rejected;
    std::optional<PaymentAsked> asked;    // none: it could not be read
    std::optional<PaymentPosted> posted;  // none: rejected
    std::optional<Error> error;           // rejected
};

struct ImportPayments {
    std::string path;
    // Reads one line; none: the file is CSV.
    std::function<Result<PaymentAsked>(std::string_view line)> read = {};
    bool dry_run = false;
    // In the order of the file, once what it says is kept.
    std::function<void(const PaymentLine& line)> line = {};
    // Asked between transactions: true ends the run in good order.
    std::function<bool()> interrupted = {};
};

struct PaymentsImported {
    std::uint64_t lines = 0;  // = posted + unchanged + rejected; blank ones and the header aside
    std::uint64_t posted = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t rejected = 0;
    Money amount;  // of what was posted
    bool interrupted = false;
};

// Posts line by line, many in a transaction (app/chunk_pace.hpp), with one audit record each that
// names the lines: none of them is there without it. Within a transaction accounts come in order,
// so that two imports never wait for each other in a circle. A dry run posts each chunk and takes
// it back: balances count from the chunk's beginning. Errors: `source_missing` (3),
// `source_unreadable`, `read_failed` (5), `source_is_special` (2), `archive_damaged`,
// `archive_too_large`, `archive_encrypted`, `archive_of_several` (6).
[[nodiscard]] Result<PaymentsImported> import_payments(
    Store& store,
    const ImportPayments& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
