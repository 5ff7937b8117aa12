// SPDX-License-Identifier: MIT
// Making a batch of cards (source: US 8,095,475, figure 10, step 232). Serial numbers are promised
// to the batch at once; then PINs are made some hundred at a time: their marks go into the store,
// the PINs themselves into the print file, and nowhere else. The print file is ahead of the store
// by one such piece at most, so that whoever was stopped goes on where the store says: the rest of
// the file is cut off and its PINs are forgotten.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/actor.hpp"
#include "app/cards.hpp"

namespace usagectl::app {

// Where PINs are written in clear, or sealed to the printer's key.
class PrintSink {
public:
    PrintSink() = default;
    PrintSink(const PrintSink&) = delete;
    PrintSink& operator=(const PrintSink&) = delete;
    virtual ~PrintSink() = default;

    // A new file, ours alone; an empty one will do. Error `print_file_exists` (4).
    [[nodiscard]] virtual Result<void> begin() = 0;
    // The file as it is; from here on nobody else writes it. Errors (4): `print_file_lost`, it is
    // not there; `print_file_taken`, another process is writing it.
    [[nodiscard]] virtual Result<void> reopen() = 0;
    // What is behind the first `bytes` goes. Error `print_file_lost` (4): it is shorter.
    [[nodiscard]] virtual Result<void> cut(std::int64_t bytes) = 0;
    // On the disk when it returns; gives the length of the file. Failure when it cannot be.
    virtual std::int64_t write(std::string_view piece) = 0;
};

// Room for a secret text: kept out of swap, overwritten when it goes.
class SecretText {
public:
    SecretText() = default;
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    virtual ~SecretText() = default;
    virtual void append(std::string_view text) = 0;
    virtual void append_random_digits(std::size_t count) = 0;
    [[nodiscard]] virtual std::string_view view() const = 0;
    virtual void clear() = 0;
};

struct GenerateCards {
    std::string batch;
    std::int64_t count = 0;
    Money value;
    std::optional<LocalDay> expires;
    std::string print_file;  // its name, for the record
    bool dry_run = false;
    unsigned threads = 1;
    std::function<void(std::int64_t made)> progress = {};
    std::function<bool()> interrupted = {};
    // Called inside the transaction of the last cards.
    std::function<void(const struct CardsGenerated&)> finished = {};
};

struct CardsGenerated {
    card::Batch batch;
    bool resumed = false;      // some were there already
    bool interrupted = false;  // and some are still to be made
};

inline constexpr std::int64_t most_cards = 1'000'000;

// `text` has room for one piece: piece_cards lines. Errors: `batch_exists` (4: it is complete, or
// was asked for with other words), `amount_out_of_range` (4), `serials_spent` (4), and those of the
// sink.
inline constexpr std::int64_t piece_cards = 256;
inline constexpr std::size_t print_line_size = 128;
[[nodiscard]] Result<CardsGenerated> generate_cards(
    Store& store,
    const GenerateCards& request,
    const CardRules& rules,
    const card::PinVault& vault,
    PrintSink& sink,
    SecretText& text,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
