// SPDX-License-Identifier: MIT
// What the readers of listings (listing*.cpp) have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "net/listing.hpp"

namespace usagectl::net {

[[nodiscard]] char lower(char c);  // ASCII
[[nodiscard]] bool same_word(std::string_view left, std::string_view right);

// Digits only; none outside [low, high].
[[nodiscard]] std::optional<int> small_number(std::string_view text, int low, int high);
[[nodiscard]] std::optional<std::uint64_t> file_size(std::string_view text);

struct TimeOfDay {
    int hour = 0;
    int minute = 0;
    int second = 0;
};
// None for a date that does not exist.
[[nodiscard]] std::optional<Instant> moment(int year, int month, int day, TimeOfDay time);

// The next line of `text`, without its end.
[[nodiscard]] std::string_view take_line(std::string_view& text);

// Gathers files and puts them in order.
class Gathering {
public:
    explicit Gathering(std::size_t limit)
        : limit_(limit) {}

    // Nothing, or a name that is not plain, is passed over.
    void add(std::optional<app::RemoteFile> file);
    [[nodiscard]] bool full() const { return files_.size() > limit_; }
    // In byte order of their names, each once; the first of equal names stays. Error
    // `listing_too_large`.
    [[nodiscard]] Files finish();

private:
    std::size_t limit_;
    std::vector<app::RemoteFile> files_;
};

}  // namespace usagectl::net
