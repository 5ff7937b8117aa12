// SPDX-License-Identifier: MIT
#include "meter/types.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/words.hpp"

namespace usagectl::meter {

namespace {

constexpr std::size_t longest_id = 64;
constexpr Words<Quality::actual> qualities{"missing", "estimated", "actual"};
constexpr Words<Layer::raw> layers{"vee", "raw"};

constexpr bool id_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '_' || c == ':' || c == '/' || c == '-';
}

}  // namespace

bool MeterId::valid(std::string_view text) {
    return !text.empty() && text.size() <= longest_id && std::ranges::all_of(text, id_character);
}

Result<MeterId> MeterId::parse(std::string_view text) {
    std::string_view id = text;
    if (id.starts_with('\''))
        id.remove_prefix(1);
    if (!valid(id))
        return refuse(
            Exit::usage,
            "malformed_meter",
            quoted(text) + " is not a meter identifier",
            "1 to 64 characters of A-Z a-z 0-9 . _ : / -"
        );
    return MeterId(std::string(id));
}

std::string_view to_string(Channel channel) {
    return channel == Channel::generation ? "generation" : "consumption";
}

std::string_view to_string(Layer layer) {
    return layers.word(layer);
}

std::string_view to_string(Quality quality) {
    return qualities.word(quality);
}

}  // namespace usagectl::meter
