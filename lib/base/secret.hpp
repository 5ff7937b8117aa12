// SPDX-License-Identifier: MIT
// A password, token or key. It cannot be printed, logged, compared by accident or turned into JSON;
// who needs the characters says so with reveal(). Overwritten when it is let go, moved or replaced.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace usagectl {

// Overwrites all the memory of `text` and leaves it empty: also what a move left behind in a short
// string.
inline void wipe(std::string& text) noexcept {
    text.resize(text.capacity());  // never allocates
    // volatile: the compiler may not leave out stores to memory that is about to be freed.
    volatile char* const memory = text.data();
    for (std::size_t i = 0; i < text.size(); ++i)
        memory[i] = '\0';
    text.clear();
}

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text)
        : text_(std::move(text)) {
        wipe(text);
    }
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept
        : text_(std::move(other.text_)) {
        wipe(other.text_);
    }
    Secret& operator=(Secret other) noexcept {
        text_.swap(other.text_);
        return *this;
    }
    ~Secret() { wipe(text_); }

    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    [[nodiscard]] const std::string& reveal() const noexcept { return text_; }

private:
    std::string text_;
};

}  // namespace usagectl
