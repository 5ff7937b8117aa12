// SPDX-License-Identifier: MIT
// Text on its way to a sink, gathered in large pieces. For writers of gigabytes: room is asked for
// once per record, and what follows is plain copying.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "base/assert.hpp"
#include "meter/writer.hpp"

namespace usagectl::meter {

class TextBuffer {
public:
    explicit TextBuffer(const TextSink& sink)
        : sink_(sink)
        , text_(std::make_unique_for_overwrite<char[]>(capacity)) {}
    TextBuffer(const TextBuffer&) = delete;
    TextBuffer& operator=(const TextBuffer&) = delete;

    // Makes room for `size` characters; needed before the put calls that write them.
    void reserve(std::size_t size) {
        USAGECTL_ASSERT(size <= capacity);
        if (capacity - used_ < size) {
            flush();
        }
    }
    void put(std::string_view text) {
        std::memcpy(text_.get() + used_, text.data(), text.size());
        used_ += text.size();
    }
    void put(char c) { text_[used_++] = c; }
    // Kilowatt hours with three decimals; `wh` is not negative. At most 21 characters.
    void put_kwh(std::int64_t wh) {
        auto rest = static_cast<std::uint64_t>(wh) / 1000;
        const auto decimals = static_cast<unsigned>(static_cast<std::uint64_t>(wh) % 1000);
        char digits[20];
        std::size_t count = 0;
        do {
            digits[count++] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        while (count != 0) {
            put(digits[--count]);
        }
        put('.');
        put(static_cast<char>('0' + decimals / 100));
        put(static_cast<char>('0' + decimals / 10 % 10));
        put(static_cast<char>('0' + decimals % 10));
    }
    // Hands over what is left.
    void flush() {
        if (used_ != 0) {
            sink_(std::string_view(text_.get(), used_));
            used_ = 0;
        }
    }

private:
    static constexpr std::size_t capacity = 256 * 1024;

    const TextSink& sink_;
    std::unique_ptr<char[]> text_;
    std::size_t used_ = 0;
};

}  // namespace usagectl::meter
