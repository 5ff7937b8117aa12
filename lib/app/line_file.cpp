// SPDX-License-Identifier: MIT
#include "app/line_file.hpp"

#include "input/input.hpp"

namespace usagectl::app {

namespace {

constexpr int standard_input = 0;

bool is_standard_input(const std::string& path) {
    return path == "-";
}

Result<std::unique_ptr<input::Input>> open(const std::string& path) {
    return is_standard_input(path) ? input::open_descriptor(standard_input, {})
                                   : input::open_file(path, {});
}

// False when the taker had enough before the end.
Result<bool> feed(input::Input& input, const LineTaker& taker) {
    bool ended = false;
    const auto fed = input::feed(
        input,
        true,
        taker.longest,
        {},
        [&](std::string_view piece, bool) -> Result<void> {
            ended = taker.ended();
            if (ended)
                return refuse(Exit::interrupted, "ended", "the rest is not wanted");
            taker.lines(piece);
            return {};
        },
        [&](std::string_view beginning) {
            if (!taker.ended())
                taker.too_long(beginning);
        }
    );
    if (!fed && !ended)
        return tl::unexpected(fed.error());
    return !ended && !taker.ended();
}

}  // namespace

Result<void> read_line_file(const std::string& path, const LineTaker& taker) {
    const auto input = open(path);
    if (!input)
        return tl::unexpected(input.error());
    std::string member;
    if (const auto any = (*input)->next_member(member); !any)
        return tl::unexpected(any.error());
    const auto whole = feed(**input, taker);
    if (!whole)
        return tl::unexpected(whole.error());
    if (!*whole)
        return {};
    taker.end();
    const auto more = (*input)->next_member(member);
    if (!more)
        return tl::unexpected(more.error());
    if (!*more)
        return {};
    return refuse(
        Exit::rejected,
        "archive_of_several",
        "the archive holds more than one file; the first was taken",
        "give the files one by one"
    );
}

Result<void> check_line_file(const std::string& path) {
    if (is_standard_input(path))
        return {};
    const auto input = input::open_file(path, {});
    return input ? Result<void>() : tl::unexpected(input.error());
}

Result<std::string> hash_line_file(const std::string& path) {
    if (is_standard_input(path)) {
        return refuse(
            Exit::usage,
            "source_read_once",
            "standard input cannot be read twice, as an idempotency key needs it",
            "name a file, or leave the key out: a line that is taken again changes nothing"
        );
    }
    return input::hash_file(path);
}

}  // namespace usagectl::app
