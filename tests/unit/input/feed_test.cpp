// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <rapidcheck.h>

#include "unit/input/samples.hpp"

using namespace usagectl;
using namespace usagectl::input;

namespace {

// An input that hands out its text in portions of the given sizes, over and over.
class Portions final : public Input {
public:
    Portions(std::string text, std::vector<std::size_t> sizes)
        : text_(std::move(text))
        , sizes_(std::move(sizes)) {}
    Result<bool> next_member(std::string&) override { return true; }
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        const std::size_t portion = sizes_.empty() ? size : sizes_[turn_++ % sizes_.size()];
        const std::size_t given = std::min({size, portion, text_.size() - at_});
        std::memcpy(buffer, text_.data() + at_, given);
        at_ += given;
        return given;
    }
    std::uint64_t consumed() const override { return at_; }
    std::optional<std::uint64_t> size() const override { return text_.size(); }
    Result<std::string> sha256() override { return std::string(); }

private:
    std::string text_;
    std::vector<std::size_t> sizes_;
    std::size_t turn_ = 0;
    std::size_t at_ = 0;
};

struct Fed {
    std::string text;
    std::vector<std::string> skipped;
    bool whole_lines = true;
    int lasts = 0;
    bool after_last = false;
};

Fed feed_all(Input& input, bool by_line, std::size_t max_line, std::string_view head = {}) {
    Fed fed;
    const auto result = feed(
        input,
        by_line,
        max_line,
        head,
        [&](std::string_view piece, bool last) -> Result<void> {
            fed.after_last = fed.lasts > 0;
            fed.lasts += last ? 1 : 0;
            fed.whole_lines = fed.whole_lines && (last || piece.ends_with('\n'));
            fed.text += piece;
            return {};
        },
        [&](std::string_view beginning) { fed.skipped.emplace_back(beginning); }
    );
    REQUIRE(result);
    return fed;
}

// What must remain when lines longer than `max_line` are dropped.
Fed expected_of(const std::string& text, std::size_t max_line) {
    Fed expected;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t newline = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, newline + 1 - at);
        if (newline - at > max_line)
            expected.skipped.push_back(text.substr(at, newline - at));
        else
            expected.text += line;
        at = newline + 1;
    }
    return expected;
}

}  // namespace

TEST_CASE("pieces joined again are the input, in whole lines, with the long ones dropped") {
    CHECK(rc::check("feed by line", [] {
        const auto lengths = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange(0, 60));
        const auto max_line = *rc::gen::inRange<std::size_t>(1, 50);
        std::string text;
        for (std::size_t line = 0; line < lengths.size(); ++line)
            text += std::string(lengths[line], static_cast<char>('a' + line % 26)) + '\n';
        if (*rc::gen::arbitrary<bool>() && !text.empty())
            text.pop_back();
        const auto sizes = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange(1, 80));
        const auto head = *rc::gen::inRange<std::size_t>(0, text.size() + 1);

        Portions input(text.substr(head), sizes);
        const Fed fed = feed_all(input, true, max_line, std::string_view(text).substr(0, head));
        const Fed expected = expected_of(text, max_line);
        RC_ASSERT(fed.text == expected.text);
        RC_ASSERT(fed.skipped.size() == expected.skipped.size());
        for (std::size_t line = 0; line < fed.skipped.size(); ++line)
            RC_ASSERT(expected.skipped[line].starts_with(fed.skipped[line]));
        RC_ASSERT(fed.whole_lines);
        RC_ASSERT(fed.lasts == 1);
        RC_ASSERT(!fed.after_last);
    }));
}

TEST_CASE("pieces cut anywhere joined again are the input") {
    CHECK(rc::check("feed by piece", [] {
        const auto text = *rc::gen::arbitrary<std::string>();
        const auto sizes = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange(1, 9));
        const auto head = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
        Portions input(text.substr(head), sizes);
        const Fed fed = feed_all(input, false, 1 << 20, std::string_view(text).substr(0, head));
        RC_ASSERT(fed.text == text);
        RC_ASSERT(fed.lasts == 1);
        RC_ASSERT(!fed.after_last);
    }));
}

TEST_CASE("a line of ten megabytes between two others is dropped and shown by its beginning") {
    const std::string line = "300," + std::string(10 << 20, '7');
    Portions input("before\n" + line + "\nafter\n", {});
    const Fed fed = feed_all(input, true, 1 << 20);
    CHECK(fed.text == "before\nafter\n");
    CHECK(fed.skipped == std::vector<std::string>{line.substr(0, 4096)});
    CHECK(fed.lasts == 1);
}

TEST_CASE("a line of exactly the limit is kept, also without its line end") {
    const std::string line(1 << 20, 'x');
    for (const std::string end : {"\n", ""}) {
        Portions input(line + end, {});
        const Fed fed = feed_all(input, true, 1 << 20);
        CHECK(fed.text == line + end);
        CHECK(fed.skipped.empty());
    }
}

TEST_CASE("carriage returns, NULs and empty lines pass as they are") {
    const std::string text("a\r\n\0\n\n\r\nlast", 12);
    Portions input(text, {1});
    CHECK(feed_all(input, true, 100).text == text);
}

TEST_CASE("an empty input is one last, empty piece") {
    for (const bool by_line : {true, false}) {
        Portions input("", {});
        const Fed fed = feed_all(input, by_line, 100);
        CHECK(fed.text.empty());
        CHECK(fed.lasts == 1);
    }
}

TEST_CASE("a reader's refusal ends the feeding and is passed on") {
    for (const bool by_line : {true, false}) {
        Portions input("1\n2\n3\n4\n", {2});
        int calls = 0;
        const auto result = feed(
            input,
            by_line,
            100,
            "0\n",
            [&](std::string_view, bool) -> Result<void> {
                if (++calls == 3)
                    return refuse(Exit::rejected, "format_refused", "no");
                return {};
            },
            [](std::string_view) {}
        );
        REQUIRE_FALSE(result);
        CHECK(result.error().code == "format_refused");
        CHECK(calls == 3);
    }
}

TEST_CASE("damage met while feeding is passed on after the pieces before it") {
    const ScratchDirectory scratch;
    const std::string packed = gzip(noise(50'000));
    auto input = open_file(scratch.write("a.gz", packed.substr(0, 40'000)), {});
    REQUIRE(input);
    std::string name;
    REQUIRE((*input)->next_member(name).value());
    std::size_t fed = 0;
    const auto result = feed(
        **input,
        false,
        1 << 20,
        {},
        [&](std::string_view piece, bool last) -> Result<void> {
            CHECK_FALSE(last);
            fed += piece.size();
            return {};
        },
        [](std::string_view) {}
    );
    REQUIRE_FALSE(result);
    CHECK(result.error().code == "archive_damaged");
    CHECK(fed > 30'000);
}
