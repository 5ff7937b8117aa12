// SPDX-License-Identifier: MIT
// A file of the field system's confirmations (source: US 8,095,475, figure 5, step 106, and figure
// 9, step 206): any number of lines in constant memory, each for itself. The same file again
// changes nothing, because what is in force already is left as it is.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/order_lines.hpp"

namespace usagectl::app {

enum class Confirmed : std::uint8_t { accepted, unchanged, rejected };
[[nodiscard]] std::string_view to_string(Confirmed state);

// What became of a line. The text is valid during the call alone.
struct ConfirmedLine {
    std::uint64_t line = 0;  // in the file, from 1; of several, the first
    std::string_view text;   // as it was written; of a CSV record, as it was understood
    Confirmed state = Confirmed::rejected;
    std::optional<std::string> order;     // none: the line could not be read
    std::optional<OrderDecided> decided;  // none: rejected
    std::optional<Error> error;           // rejected
};

struct ConfirmOrders {
    std::string path;  // "-": standard input
    // Reads one line; none: the file is CSV.
    std::function<Result<Confirmation>(std::string_view line)> read = {};
    bool dry_run = false;
    // In the order of the file, once what it says is kept.
    std::function<void(const ConfirmedLine& line)> line = {};
    // Asked between transactions: true ends the run in good order.
    std::function<bool()> interrupted = {};
};

struct OrdersConfirmed {
    std::uint64_t lines = 0;  // = accepted + unchanged + rejected; blank ones and the header aside
    std::uint64_t accepted = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t rejected = 0;
    bool interrupted = false;
};

// Decides line by line as decide_order_within() does, many in a transaction (app/chunk_pace.hpp),
// with one audit record each that names the lines. Within a transaction accounts come in order, so
// that two runs never wait for each other in a circle, and the lines of an account in that of the
// file. A dry run decides each chunk and takes it back: orders stand as they did at the chunk's
// beginning. Errors: those of read_line_file().
[[nodiscard]] Result<OrdersConfirmed> confirm_orders(
    Store& store,
    const ConfirmOrders& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
