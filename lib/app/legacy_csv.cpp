// SPDX-License-Identifier: MIT
#include "app/legacy_csv.hpp"

#include "input/input.hpp"

namespace usagectl::app {

namespace {

constexpr std::size_t longest_line = 64UL << 10;

class Reading {
public:
    Reading(const legacy::Layout& layout, const LegacyLines& lines)
        : layout_(layout)
        , lines_(lines)
        , csv_({
              [this](const CsvRecord& record) { take(record); },
              [this](std::uint64_t line, std::string_view reason, std::string_view) {
                  lines_.bad(line, {Exit::rejected, "line_malformed", std::string(reason)});
              },
          }) {}

    Result<void> member(input::Input& input) {
        const auto fed = input::feed(
            input,
            true,
            longest_line,
            {},
            [&](std::string_view piece, bool last) -> Result<void> {
                csv_.take(piece);
                if (last)
                    csv_.end();
                return wrong_ ? Result<void>(tl::unexpected(*wrong_)) : Result<void>();
            },
            [&](std::string_view beginning) { csv_.skip(beginning); }
        );
        if (fed && !header_) {
            return refuse(
                Exit::rejected,
                "header_malformed",
                "the file has no header row",
                "usagectl legacy schema " + std::string(layout_.name) + " shows the columns"
            );
        }
        return fed;
    }

private:
    void take(const CsvRecord& record) {
        if (header_) {
            lines_.line(*header_, record);
            return;
        }
        if (wrong_)
            return;
        auto header = legacy::Header::read(layout_, record.fields);
        if (header)
            header_ = std::move(*header);
        else
            wrong_ = std::move(header.error());
    }

    const legacy::Layout& layout_;
    const LegacyLines& lines_;
    CsvReader csv_;
    std::optional<legacy::Header> header_;
    std::optional<Error> wrong_;
};

}  // namespace

Result<std::string>
read_legacy_file(const std::string& path, const legacy::Layout& layout, const LegacyLines& lines) {
    auto input = input::open_file(path, {});
    if (!input)
        return tl::unexpected(input.error());
    std::string member;
    const auto any = (*input)->next_member(member);
    if (!any)
        return tl::unexpected(any.error());
    Reading reading(layout, lines);
    if (auto read = reading.member(**input); !read)
        return tl::unexpected(read.error());
    const auto more = (*input)->next_member(member);
    if (!more)
        return tl::unexpected(more.error());
    if (*more) {
        return refuse(
            Exit::rejected,
            "archive_of_several",
            "the archive holds more than one file",
            "give the files one by one"
        );
    }
    return (*input)->sha256();
}

Result<std::string> legacy_file_hash(const std::string& path) {
    return input::hash_file(path);
}

}  // namespace usagectl::app
