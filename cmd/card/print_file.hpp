// SPDX-License-Identifier: MIT
// The print file: the only place a PIN is written, in clear or sealed to the printer's key; ours
// alone to read, and written once.
#pragma once

#include <optional>
#include <string>

#include "app/card_generate.hpp"
#include "base/descriptor.hpp"
#include "crypto/locked_bytes.hpp"
#include "crypto/sealed_file.hpp"

namespace usagectl {

class PrintFile final : public app::PrintSink {
public:
    PrintFile(std::string path, std::optional<crypto::PublicKey> printer)
        : path_(std::move(path))
        , printer_(std::move(printer)) {}

    [[nodiscard]] Result<void> begin() override;
    [[nodiscard]] Result<void> reopen() override;
    [[nodiscard]] Result<void> cut(std::int64_t bytes) override;
    std::int64_t write(std::string_view piece) override;

private:
    [[nodiscard]] Result<void> hold();
    [[nodiscard]] tl::unexpected<Error> lost(std::string_view how) const;
    [[noreturn]] void fail(int error) const;
    void put(std::string_view bytes);

    std::string path_;
    std::optional<crypto::PublicKey> printer_;
    Descriptor file_;
    std::int64_t bytes_ = 0;
};

// Text in locked memory.
class LockedText final : public app::SecretText {
public:
    explicit LockedText(std::size_t capacity)
        : bytes_(capacity) {}
    void append(std::string_view text) override { bytes_.append(text); }
    void append_random_digits(std::size_t count) override;
    [[nodiscard]] std::string_view view() const override { return bytes_.view(); }
    void clear() override { bytes_.clear(); }

private:
    crypto::LockedBytes bytes_;
};

}  // namespace usagectl
